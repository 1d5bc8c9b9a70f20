package se.lokalabehov.benchmarks;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.Recorder;

/**
 * A number of clients each of which begins when it has been served: for capacity. Latency
 * under load is for {@link OpenLoop} to say.
 */
final class ClosedLoop {

	private ClosedLoop() {
	}

	/**
	 * Lets them act, and waits for the last one.
	 * @param clients how many there are
	 * @param duration until when they begin anew
	 * @param action what each does again and again, in a virtual thread of its own
	 * @return what came of it
	 */
	static Load run(int clients, Duration duration, Load.Action action) {
		Recorder recorder = new Recorder(3);
		LongAdder done = new LongAdder();
		LongAdder failed = new LongAdder();
		long began = System.nanoTime();
		long until = began + duration.toNanos();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < clients; i++) {
				executor.execute(() -> {
					for (long start = System.nanoTime(); start < until; start = System.nanoTime()) {
						try {
							action.perform();
							done.increment();
							recorder.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
						}
						catch (Exception ex) {
							Load.failed(failed, ex);
						}
					}
				});
			}
		}
		return new Load(recorder.getIntervalHistogram(), done.sum(), failed.sum(),
				Duration.ofNanos(System.nanoTime() - began));
	}

}
