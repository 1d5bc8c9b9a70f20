package se.lokalabehov.ranking;

/**
 * When a search stops. What is published is limited by steps, so that whoever recomputes
 * it stops at the same place.
 *
 * @param steps how many sets of items are kept, at most, for each strong component: each
 * takes about 50 bytes
 * @param nanos for how long, at most
 */
public record Limit(long steps, long nanos) {

	/** Enough for 20 items whatever the ballots say. */
	public static final Limit STANDARD = steps(1_200_000);

	/** For each of many recounts, as in {@link Bootstrap} and {@link Alteration}. */
	public static final Limit SMALL = steps(2_000);

	/** By steps only. */
	public static Limit steps(long steps) {
		return new Limit(steps, Long.MAX_VALUE);
	}

	/**
	 * By time, and by what fits into the memory there is: not the same on every machine.
	 */
	public static Limit seconds(double seconds) {
		return new Limit(Runtime.getRuntime().maxMemory() / 150, (long) (seconds * 1e9));
	}

}
