package se.lokalabehov.ranking;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A common order.
 *
 * @param method by which method
 * @param order every item once, as groups of tied items, best first; an item is its
 * position in {@link Profile#items()}
 * @param scores per item, exact, as decimal text or a fraction; empty where the method
 * has none
 * @param proof for {@link Method#KEMENY}: how good the order is
 */
public record Ranking(Method method, List<List<Integer>> order, List<String> scores, @Nullable Proof proof) {

	/**
	 * How good an order is by Kemeny's measure, in the weight of {@link Pairwise}. A
	 * pair, a ballot: agreement where both put them the same way, distance where they do
	 * not; a pair that the ballot does not tell apart is in neither.
	 *
	 * @param agreement sum of agreements
	 * @param distance sum of disagreements
	 * @param bound no order has a smaller distance than this: proven
	 * @param exact whether the distance is the least
	 * @param complete whether all best orders were found, so that ties are known too;
	 * otherwise the order is one of the best found
	 */
	public record Proof(long agreement, long distance, long bound, boolean exact, boolean complete) {

		/** No order has a larger agreement than this: proven. */
		public long agreementBound() {
			return this.agreement + this.distance - this.bound;
		}

		/**
		 * How much the agreement could be larger at most, as a share of what it is at
		 * most, from 0 to 1, six decimals.
		 */
		public BigDecimal gap() {
			return Exact
				.rounded((agreementBound() == 0) ? 0 : (double) (agreementBound() - this.agreement) / agreementBound());
		}

	}

	public Ranking {
		order = order.stream().map(List::copyOf).toList();
		scores = List.copyOf(scores);
	}

	/** Per item its rank: tied items share one, the next counts them all (1, 2, 2, 4). */
	public int[] ranks() {
		int[] ranks = new int[this.order.stream().mapToInt(List::size).sum()];
		int rank = 1;
		for (List<Integer> tied : this.order) {
			for (int item : tied) {
				ranks[item] = rank;
			}
			rank += tied.size();
		}
		return ranks;
	}

	/**
	 * The items whose rank is at most k, ascending: more than k where the border goes
	 * through a group of tied items.
	 */
	public List<Integer> top(int k) {
		int[] ranks = ranks();
		return IntStream.range(0, ranks.length).filter((item) -> ranks[item] <= k).boxed().toList();
	}

	/** Highest score first, equal scores tied. */
	static List<List<Integer>> byScore(long[] scores) {
		Integer[] items = new Integer[scores.length];
		Arrays.setAll(items, (item) -> item);
		Arrays.sort(items, Comparator.comparingLong((Integer item) -> -scores[item]));
		List<List<Integer>> order = new ArrayList<>();
		for (int i = 0; i < items.length; i++) {
			if (i == 0 || scores[items[i]] != scores[items[i - 1]]) {
				order.add(new ArrayList<>());
			}
			order.getLast().add(items[i]);
		}
		return order;
	}

	/** One item before another. */
	@FunctionalInterface
	interface Relation {

		boolean before(int first, int second);

	}

	/**
	 * Per item: how many it is before, less how many are before it. For a transitive
	 * relation an item before another has the higher number; and turning the relation
	 * turns the order.
	 */
	static long[] balance(int items, Relation relation) {
		long[] balance = new long[items];
		for (int a = 0; a < items; a++) {
			for (int b = 0; b < items; b++) {
				if (a != b && relation.before(a, b)) {
					balance[a]++;
					balance[b]--;
				}
			}
		}
		return balance;
	}

	/**
	 * The finest order of groups that a transitive relation supports throughout: two
	 * items that are not told apart are tied, and so is what is tied to either. Between
	 * two such groups the relation holds for all or for none, always one way.
	 */
	static List<List<Integer>> bySeries(int items, Relation relation) {
		int[] part = IntStream.range(0, items).toArray();
		for (int a = 0; a < items; a++) {
			for (int b = a + 1; b < items; b++) {
				if (!relation.before(a, b) && !relation.before(b, a) && part[a] != part[b]) {
					int from = part[b];
					int to = part[a];
					for (int c = 0; c < items; c++) {
						part[c] = (part[c] == from) ? to : part[c];
					}
				}
			}
		}
		List<List<Integer>> order = new ArrayList<>();
		for (int p = 0; p < items; p++) {
			int number = p;
			List<Integer> group = IntStream.range(0, items).filter((item) -> part[item] == number).boxed().toList();
			if (!group.isEmpty()) {
				order.add(group);
			}
		}
		order.sort((one, other) -> (one == other) ? 0 : relation.before(one.getFirst(), other.getFirst()) ? -1 : 1);
		return order;
	}

}
