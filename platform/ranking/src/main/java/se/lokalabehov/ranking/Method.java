package se.lokalabehov.ranking;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A way of making one common order of many ballots. Each is a pure function of the
 * {@link Pairwise} comparisons: what the items are called and in which order the ballots
 * came does not matter. Definitions and sources stand with the classes named.
 */
public enum Method {

	/** {@link Borda}: points. */
	BORDA,
	/** {@link Schulze}: strongest paths, winning votes. */
	SCHULZE,
	/** {@link RankedPairs}: strongest majorities first, winning votes. */
	RANKED_PAIRS,
	/** {@link Kemeny}: the order with the least disagreement. */
	KEMENY,
	/** {@link Borda}: sum of ranks. */
	RANK_SUM;

	/** The name by which a round fixes it, for example {@code ranked-pairs}. */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The method of that name.
	 * @param label as {@link #label()} writes it
	 */
	public static Optional<Method> named(String label) {
		return Stream.of(values()).filter((one) -> one.label().equals(label)).findFirst();
	}

	/**
	 * Ranks, with {@link Limit#STANDARD}: always the same result.
	 * @param profile items and ballots; perhaps none
	 * @param balanced whether every group of the panel has the same weight
	 * @return every item once
	 */
	public Ranking rank(Profile profile, boolean balanced) {
		return rank(Pairwise.of(profile, balanced), Limit.STANDARD);
	}

	/**
	 * Ranks.
	 * @param votes the comparisons
	 * @param limit when to stop searching; only {@link #KEMENY} searches
	 * @return every item once
	 */
	public Ranking rank(Pairwise votes, Limit limit) {
		return switch (this) {
			case BORDA -> Borda.points(votes);
			case SCHULZE -> Schulze.rank(votes);
			case RANKED_PAIRS -> RankedPairs.rank(votes);
			case KEMENY -> Kemeny.rank(votes, limit);
			case RANK_SUM -> Borda.rankSum(votes);
		};
	}

}
