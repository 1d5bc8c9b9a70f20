package se.lokalabehov.ranking;

import java.util.List;
import java.util.stream.LongStream;

/**
 * Borda's count and the sum of ranks.
 *
 * <p>
 * On a full order of n items the best gets n points, the next n-1, the last 1. Ties and
 * what is left out follow Cullinan, Hsiao and Polett, "A Borda count for partially
 * ordered ballots" (Social Choice and Welfare 42, 2014): an item gets 1 point, 1 more for
 * each item that it is placed above, and a half for each that it is tied with or not
 * compared with. So every ballot gives out n(n+1)/2 points whatever its form; tied items
 * share the mean of their points; an item of which nothing is said gets the mean of all.
 *
 * <p>
 * The rank on a ballot is n+1 less the points (tied items share the mean rank), so the
 * sum of ranks always orders as the points do. It is there because panels know it, and
 * because Kendall's W is made of it ({@link Agreement}).
 *
 * <p>
 * Twice an item's points are (n+1) on each ballot, plus those it is above, less those it
 * is below: whole numbers, taken from the pairwise comparisons.
 */
final class Borda {

	private Borda() {
	}

	static Ranking points(Pairwise votes) {
		long[] doubled = doubled(votes, 1);
		return new Ranking(Method.BORDA, Ranking.byScore(doubled), texts(doubled, votes), null);
	}

	static Ranking rankSum(Pairwise votes) {
		long[] doubled = doubled(votes, -1);
		return new Ranking(Method.RANK_SUM, Ranking.byScore(LongStream.of(doubled).map((sum) -> -sum).toArray()),
				texts(doubled, votes), null);
	}

	/** Twice the points (sign 1) or twice the sum of ranks (sign -1). */
	static long[] doubled(Pairwise votes, int sign) {
		long[] doubled = new long[votes.items()];
		for (int item = 0; item < doubled.length; item++) {
			doubled[item] = votes.total() * (votes.items() + 1) + sign * votes.margins(item);
		}
		return doubled;
	}

	private static List<String> texts(long[] doubled, Pairwise votes) {
		return LongStream.of(doubled).mapToObj((sum) -> Exact.text(sum, 2 * votes.unit())).toList();
	}

}
