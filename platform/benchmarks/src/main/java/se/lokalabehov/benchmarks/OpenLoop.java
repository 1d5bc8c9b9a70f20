package se.lokalabehov.benchmarks;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Recorder;

/**
 * Callers who come at a given rate whether or not those before them have been served. The
 * latency counts from when each should have come, so a server that stalls is not spared
 * (no coordinated omission).
 */
final class OpenLoop {

	private OpenLoop() {
	}

	/**
	 * Lets them come, and waits for the last one.
	 * @param perSecond how many a second
	 * @param duration how long they come
	 * @param action what each does, in a virtual thread of its own
	 * @return what came of it
	 */
	static Load run(double perSecond, Duration duration, Load.Action action) {
		Recorder recorder = new Recorder(3);
		LongAdder done = new LongAdder();
		LongAdder failed = new LongAdder();
		long count = Math.max(1, Math.round(perSecond * duration.toNanos() / 1e9));
		long began = System.nanoTime();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (long i = 0; i < count; i++) {
				long intended = began + Math.round(i * 1e9 / perSecond);
				for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
					LockSupport.parkNanos(left);
				}
				executor.execute(() -> {
					try {
						action.perform();
						done.increment();
						recorder.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - intended));
					}
					catch (Exception ex) {
						Load.failed(failed, ex);
					}
				});
			}
		}
		return new Load(recorder.getIntervalHistogram(), done.sum(), failed.sum(),
				Duration.ofNanos(System.nanoTime() - began));
	}

}
