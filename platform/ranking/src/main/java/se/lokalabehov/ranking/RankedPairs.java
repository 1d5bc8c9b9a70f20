package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Ranked pairs: T. N. Tideman, "Independence of clones as a criterion for voting rules"
 * (Social Choice and Welfare 4, 1987), with winning votes.
 *
 * <p>
 * Majorities are taken strongest first (by how many are in favour), and one is locked
 * unless those locked before it already lead the other way. Zavist and Tideman (1989)
 * break equal strengths by chance; here chance has no part, and no item is favoured:
 * majorities of equal strength are taken together, and each of them is locked unless
 * <em>stronger</em> ones lead the other way. If the equal ones close a circle among
 * themselves, they all stay, and nobody in the circle is before another. An item is
 * before another when locked majorities lead from the first to the second and not back;
 * that is transitive. The score is how many an item is before, less how many are before
 * it; equal scores are tied.
 */
final class RankedPairs {

	private RankedPairs() {
	}

	private record Majority(int winner, int loser, long votes) {
	}

	static Ranking rank(Pairwise votes) {
		int n = votes.items();
		BitSet[] reach = locked(votes);
		long[] balance = Ranking.balance(n, (a, b) -> reach[a].get(b) && !reach[b].get(a));
		return new Ranking(Method.RANKED_PAIRS, Ranking.byScore(balance),
				LongStream.of(balance).mapToObj(Long::toString).toList(), null);
	}

	/** Per item: where locked majorities lead from it. */
	private static BitSet[] locked(Pairwise votes) {
		int n = votes.items();
		BitSet[] reach = new BitSet[n];
		for (int item = 0; item < n; item++) {
			reach[item] = new BitSet(n);
		}
		List<Majority> majorities = majorities(votes);
		int from = 0;
		while (from < majorities.size()) {
			int end = from;
			List<Majority> locked = new ArrayList<>();
			while (end < majorities.size() && majorities.get(end).votes() == majorities.get(from).votes()) {
				Majority one = majorities.get(end++);
				if (!reach[one.loser()].get(one.winner())) {
					locked.add(one);
				}
			}
			locked.forEach((one) -> lock(reach, one));
			from = end;
		}
		return reach;
	}

	private static void lock(BitSet[] reach, Majority one) {
		if (reach[one.winner()].get(one.loser())) {
			return;
		}
		for (int item = 0; item < reach.length; item++) {
			if (item == one.winner() || reach[item].get(one.winner())) {
				reach[item].or(reach[one.loser()]);
				reach[item].set(one.loser());
			}
		}
	}

	private static List<Majority> majorities(Pairwise votes) {
		List<Majority> majorities = new ArrayList<>();
		for (int a = 0; a < votes.items(); a++) {
			for (int b = 0; b < votes.items(); b++) {
				if (votes.margin(a, b) > 0) {
					majorities.add(new Majority(a, b, votes.before(a, b)));
				}
			}
		}
		majorities.sort(Comparator.comparingLong(Majority::votes).reversed());
		return majorities;
	}

}
