package se.lokalabehov.benchmarks;

import java.util.Arrays;
import java.util.Random;

/**
 * How one side stands to the other: the median of the ratios of pairs that were measured
 * one right after the other, and a bootstrap interval in which it lies with 95 %.
 *
 * @param median of a/b over all pairs
 * @param low end of the interval
 * @param high end of the interval
 * @param pairs how many there were
 */
record Ratio(double median, double low, double high, int pairs) {

	private static final int RESAMPLES = 10_000;

	/**
	 * The ratio of paired figures.
	 * @param a one side's, pair by pair
	 * @param b the other side's
	 * @return the ratio; the same for the same figures
	 */
	static Ratio of(double[] a, double[] b) {
		if (a.length != b.length || a.length == 0) {
			throw new IllegalArgumentException(a.length + " and " + b.length + " are not pairs");
		}
		double[] ratios = new double[a.length];
		Arrays.setAll(ratios, (i) -> a[i] / b[i]);
		Random random = new Random(20_261_123);
		double[] medians = new double[RESAMPLES];
		double[] sample = new double[ratios.length];
		for (int i = 0; i < RESAMPLES; i++) {
			Arrays.setAll(sample, (j) -> ratios[random.nextInt(ratios.length)]);
			medians[i] = median(sample);
		}
		Arrays.sort(medians);
		return new Ratio(median(ratios), medians[(int) (RESAMPLES * 0.025)], medians[(int) (RESAMPLES * 0.975) - 1],
				ratios.length);
	}

	/** The middle one, or between the two in the middle; the array stays as it is. */
	static double median(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/** Whether a side measured beside itself came out as itself. */
	boolean includesOne() {
		return this.low <= 1 && this.high >= 1;
	}

}
