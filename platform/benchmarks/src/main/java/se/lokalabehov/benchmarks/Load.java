package se.lokalabehov.benchmarks;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param latency of what was done, in microseconds
 * @param done how many were done
 * @param failed how many were not
 * @param took from the first one's beginning to the last one's end
 */
record Load(Histogram latency, long done, long failed, Duration took) {

	/** Something that a client does; it fails by throwing. */
	@FunctionalInterface
	interface Action {

		void perform() throws Exception;

	}

	/** Counts what failed, and says of the first one why. */
	static void failed(LongAdder failed, Exception why) {
		failed.increment();
		if (failed.sum() == 1) {
			System.err.println("failed: " + why);
		}
	}

	double perSecond() {
		return this.done / (this.took.toNanos() / 1e9);
	}

	/** Milliseconds within which such a share of all were done. */
	double millis(double percentile) {
		return this.latency.getValueAtPercentile(percentile) / 1000.0;
	}

}
