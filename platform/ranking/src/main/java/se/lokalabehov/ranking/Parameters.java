package se.lokalabehov.ranking;

/**
 * What decides how ballots are counted, fixed before the round opens.
 *
 * @param method the method that makes the ranking; the others are shown beside it
 * @param balanced whether every group of the panel has the same weight in total
 * @param unranked what an unlisted item meant when the ballots were taken in
 * @param topK how many places matter (a shortlist), at least 1
 * @param seed of the chance in {@link Bootstrap}
 * @param resamples how many times {@link Bootstrap} recounts, from 0 to 10,000
 */
public record Parameters(Method method, boolean balanced, Unranked unranked, int topK, long seed, int resamples) {

	/** The most resamples there may be. */
	public static final int MOST_RESAMPLES = 10_000;

	/**
	 * Checks.
	 * @throws IllegalArgumentException outside the limits
	 */
	public Parameters {
		if (topK < 1 || resamples < 0 || resamples > MOST_RESAMPLES) {
			throw new IllegalArgumentException("topK is at least 1, resamples 0 to " + MOST_RESAMPLES);
		}
	}

}
