package se.lokalabehov.ranking;

import java.util.BitSet;
import java.util.stream.IntStream;
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
		long[] majorities = majorities(votes);
		long pairs = (long) n * n;
		int from = 0;
		while (from < majorities.length) {
			int end = from;
			long strength = majorities[from] / pairs;
			BitSet locked = new BitSet();
			for (; end < majorities.length && majorities[end] / pairs == strength; end++) {
				int pair = (int) (majorities[end] % pairs);
				locked.set(end - from, !reach[pair % n].get(pair / n));
			}
			int first = from;
			locked.stream()
				.map((one) -> (int) (majorities[first + one] % pairs))
				.forEach((pair) -> lock(reach, pair / n, pair % n));
			from = end;
		}
		return reach;
	}

	private static void lock(BitSet[] reach, int winner, int loser) {
		if (reach[winner].get(loser)) {
			return;
		}
		for (int item = 0; item < reach.length; item++) {
			if (item == winner || reach[item].get(winner)) {
				reach[item].or(reach[loser]);
				reach[item].set(loser);
			}
		}
	}

	/**
	 * Strongest first, each as one number that sorts so: (all votes less those in favour)
	 * x pairs + winner x items + loser.
	 */
	private static long[] majorities(Pairwise votes) {
		int n = votes.items();
		return IntStream.range(0, n * n)
			.filter((pair) -> votes.margin(pair / n, pair % n) > 0)
			.mapToLong((pair) -> Math
				.addExact(Math.multiplyExact(votes.total() - votes.before(pair / n, pair % n), (long) n * n), pair))
			.sorted()
			.toArray();
	}

}
