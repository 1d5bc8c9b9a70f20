package se.lokalabehov.ranking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Schulze's method: M. Schulze, "A new monotonic, clone-independent, reversal symmetric,
 * and Condorcet-consistent single-winner election method" (Social Choice and Welfare 36,
 * 2011), with winning votes.
 *
 * <p>
 * A link from a to b is there when more put a before b than the other way; its strength
 * is how many do. A path is as strong as its weakest link, and a beats b when the
 * strongest path from a to b is stronger than the one back. That relation is transitive.
 * The score is how many an item beats, less how many beat it; equal scores are tied.
 * Where the relation tells all apart that is its order; where it does not, an item that
 * beats another still always stands before it, and reversing all ballots reverses the
 * order.
 */
final class Schulze {

	private Schulze() {
	}

	static Ranking rank(Pairwise votes) {
		int n = votes.items();
		int[] paths = links(votes);
		strongest(paths, n);
		long[] balance = Ranking.balance(n, (a, b) -> paths[a * n + b] > paths[b * n + a]);
		return new Ranking(Method.SCHULZE, Ranking.byScore(balance),
				LongStream.of(balance).mapToObj(Long::toString).toList(), null);
	}

	/**
	 * Strengths as ints, 0 for no link. Only their order matters, so numbers too large
	 * for an int (weights of balanced groups) are replaced by their place in order.
	 */
	static int[] links(Pairwise votes) {
		int n = votes.items();
		long[] links = new long[n * n];
		for (int a = 0; a < n; a++) {
			for (int b = 0; b < n; b++) {
				links[a * n + b] = (votes.margin(a, b) > 0) ? votes.before(a, b) : 0;
			}
		}
		int[] small = new int[n * n];
		if (votes.total() <= Integer.MAX_VALUE) {
			Arrays.setAll(small, (i) -> (int) links[i]);
		}
		else {
			long[] sorted = LongStream.concat(LongStream.of(0), LongStream.of(links)).sorted().distinct().toArray();
			Arrays.setAll(small, (i) -> Arrays.binarySearch(sorted, links[i]));
		}
		return small;
	}

	/** Floyd and Warshall's algorithm, widest paths, in place; n cubed steps. */
	static void strongest(int[] paths, int n) {
		for (int k = 0; k < n; k++) {
			int via = k * n;
			for (int i = 0; i < n; i++) {
				int first = paths[i * n + k];
				if (i != k && first > 0) {
					widen(paths, i * n, via, n, first);
				}
			}
		}
	}

	private static void widen(int[] paths, int row, int via, int n, int first) {
		for (int j = 0; j < n; j++) {
			paths[row + j] = Math.max(paths[row + j], Math.min(first, paths[via + j]));
		}
	}

	/**
	 * A shortest one among the strongest paths.
	 * @return the items passed, both ends included; empty when there is no path
	 */
	static List<Integer> path(Pairwise votes, int from, int to) {
		int n = votes.items();
		int[] links = links(votes);
		int[] paths = links.clone();
		strongest(paths, n);
		int width = paths[from * n + to];
		if (width == 0) {
			return List.of();
		}
		int[] before = new int[n];
		Arrays.fill(before, -1);
		ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(from));
		while (before[to] < 0) {
			int at = queue.remove();
			for (int next = 0; next < n; next++) {
				if (next != from && before[next] < 0 && links[at * n + next] >= width) {
					before[next] = at;
					queue.add(next);
				}
			}
		}
		List<Integer> path = new ArrayList<>(List.of(to));
		while (path.getFirst() != from) {
			path.addFirst(before[path.getFirst()]);
		}
		return path;
	}

}
