package se.lokalabehov.ranking;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.jspecify.annotations.Nullable;

/**
 * How much voters agree: Kendall's W with correction for ties (M. G. Kendall and B.
 * Babington Smith, "The problem of m rankings", Annals of Mathematical Statistics 10,
 * 1939; Kendall, "Rank correlation methods", 1970), and the probability of at least as
 * much by chance (Friedman's chi-square, m(n-1)W with n-1 degrees of freedom).
 *
 * <p>
 * The rank on a ballot is n+1 less Borda's points ({@link Borda}): tied items share the
 * mean rank, and what is left out has the mean of all, (n+1)/2. W is the sum of squares
 * of the items' rank sums about their mean, as a share of what it would be had every
 * ballot the same order: m times the sum of squares within ballots. With ties that is the
 * usual correction to the letter; with items left out it carries it on. Ballots that tell
 * no two items apart are not counted. Voters weigh the same, balanced groups or not.
 *
 * @param ballots how many ballots tell something apart: m
 * @param w from 0 (none) to 1 (all alike), six decimals; none when there is nothing to
 * compare
 * @param p probability, six decimals; none for fewer than two ballots
 * @param meanRanks per item, exact, 1 is best
 */
public record Agreement(long ballots, @Nullable BigDecimal w, @Nullable BigDecimal p, List<String> meanRanks) {

	public Agreement {
		meanRanks = List.copyOf(meanRanks);
	}

	/** Computes. */
	public static Agreement of(Profile profile) {
		int n = profile.items().size();
		Pairwise votes = Pairwise.of(profile, false);
		long counted = counted(profile);
		double between = IntStream.range(0, n).mapToDouble(votes::margins).map((sum) -> sum * sum).sum();
		double within = 0;
		for (int b = 0; b < profile.ballots().size(); b++) {
			within += (double) profile.ballots().get(b).count() * squares(profile, b);
		}
		List<String> means = IntStream.range(0, n)
			.mapToObj((item) -> Exact.text(doubledSum(votes, counted, item), 2 * Math.max(counted, 1)))
			.toList();
		if (counted == 0) {
			return new Agreement(0, null, null, means);
		}
		double w = between / (counted * within);
		double p = ChiSquaredDistribution.of(n - 1).survivalProbability(counted * (n - 1) * w);
		return new Agreement(counted, Exact.rounded(w), (counted > 1) ? Exact.rounded(p) : null, means);
	}

	/** How many ballots tell something apart. */
	static long counted(Profile profile) {
		return profile.ballots().stream().filter((one) -> one.order().size() > 1).mapToLong(Ballot::count).sum();
	}

	/** Twice an item's sum of ranks over the counted ballots; twice the mean for none. */
	static long doubledSum(Pairwise votes, long counted, int item) {
		return Math.max(counted, 1) * (votes.items() + 1) - votes.margins(item);
	}

	/** Sum over items of (how many below less how many above), squared. */
	private static long squares(Profile profile, int ballot) {
		int listed = profile.listed(ballot).length;
		long sum = 0;
		int above = 0;
		for (int end : profile.ends(ballot)) {
			long difference = (listed - end) - above;
			sum += (end - above) * difference * difference;
			above = end;
		}
		return sum;
	}

}
