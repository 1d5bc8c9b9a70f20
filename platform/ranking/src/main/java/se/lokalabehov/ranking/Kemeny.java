package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Kemeny and Young's method: J. Kemeny, "Mathematics without numbers" (Daedalus 88,
 * 1959); H. P. Young and A. Levenglick (SIAM Journal on Applied Mathematics 35, 1978).
 * Among all orders the one with the least distance, that is the fewest pairs of items
 * that a ballot puts the other way, over all ballots.
 *
 * <p>
 * Every order disagrees with at least the minority on every pair. What it costs beyond
 * that is the margins of the majorities that it goes against, so a best order is a
 * minimum feedback arc set of the graph of majorities, and its strong components can be
 * ordered one by one (Betzler, Bredereck and Niedermeier, "Theoretical and empirical
 * evaluation of data reduction for exact Kemeny rank aggregation", Autonomous Agents and
 * Multi-Agent Systems 28, 2014). Within one, {@link Search} goes over sets of items
 * placed first, with a proven bound.
 *
 * <p>
 * Several orders may be best. Two items are told apart only when all best orders of their
 * component put them the same way, or a chain of majorities between components and of
 * such agreements leads from one to the other; the rest is tied
 * ({@link Ranking#bySeries}). So nothing depends on what the items are called. When the
 * search is stopped, a component stands in the best order that was found.
 */
final class Kemeny {

	private Kemeny() {
	}

	static Ranking rank(Pairwise votes, Limit limit) {
		int n = votes.items();
		long end = (limit.nanos() == Long.MAX_VALUE) ? Long.MAX_VALUE : System.nanoTime() + limit.nanos();
		BitSet[] before = reach(n, (a, b) -> votes.margin(a, b) > 0);
		BitSet[] chain = new BitSet[n];
		for (int a = 0; a < n; a++) {
			chain[a] = new BitSet(n);
			for (int b = 0; b < n; b++) {
				chain[a].set(b, votes.margin(a, b) > 0 && !before[b].get(a));
			}
		}
		long cost = 0;
		long bound = 0;
		boolean complete = true;
		for (List<Integer> component : components(before)) {
			Search.Found found = new Search(votes, component, limit.steps(), end).run();
			cost += found.cost();
			bound += found.bound();
			complete &= found.complete();
			int m = component.size();
			for (int a = 0; a < m; a++) {
				for (int b = 0; b < m; b++) {
					if (found.before()[a * m + b] && !found.before()[b * m + a]) {
						chain[component.get(a)].set(component.get(b));
					}
				}
			}
		}
		BitSet[] told = reach(n, (a, b) -> chain[a].get(b));
		long least = 0;
		long all = 0;
		for (int a = 0; a < n; a++) {
			for (int b = a + 1; b < n; b++) {
				least += Math.min(votes.before(a, b), votes.before(b, a));
				all += votes.before(a, b) + votes.before(b, a);
			}
		}
		long distance = least + cost;
		return new Ranking(Method.KEMENY, Ranking.bySeries(n, (a, b) -> told[a].get(b)), List.of(),
				new Ranking.Proof(all - distance, distance, least + bound, cost == bound, complete));
	}

	/** Warshall's algorithm on rows of bits. */
	private static BitSet[] reach(int n, Ranking.Relation relation) {
		BitSet[] reach = new BitSet[n];
		for (int a = 0; a < n; a++) {
			reach[a] = new BitSet(n);
			for (int b = 0; b < n; b++) {
				reach[a].set(b, a != b && relation.before(a, b));
			}
		}
		for (int k = 0; k < n; k++) {
			for (int a = 0; a < n; a++) {
				if (reach[a].get(k)) {
					reach[a].or(reach[k]);
				}
			}
		}
		return reach;
	}

	/** The strong components of more than one item. */
	private static List<List<Integer>> components(BitSet[] reach) {
		List<List<Integer>> components = new ArrayList<>();
		for (int a = 0; a < reach.length; a++) {
			int first = a;
			if (reach[a].get(a) && reach[a].stream().filter((b) -> reach[b].get(first)).min().orElse(a) == a) {
				components.add(reach[a].stream().filter((b) -> reach[b].get(first)).boxed().toList());
			}
		}
		return components;
	}

	/**
	 * Orders one strong component. An order is good to begin with (moving single items
	 * until nothing is gained, from several starts). Then sets of items that stand first
	 * are looked at, smallest first: of all ways to order a set only the cheapest counts
	 * (Held and Karp's dynamic programming), and a set is dropped when its cost and a
	 * lower bound for the others together exceed the best known. The bound: in a circle
	 * of three majorities one must be gone against, so circles that share no weight add
	 * up (Conitzer, Davenport and Kalagnanam, "Improved bounds for computing Kemeny
	 * rankings", AAAI 2006). When stopped, the least of (cost and bound) over the sets
	 * not yet done is a lower bound for all orders.
	 */
	private static final class Search {

		/** A set of items is one long. */
		private static final int MOST = 62;

		private final int m;

		/** against[a * m + b]: by how much a majority puts a before b, or 0. */
		private final long[] against;

		private final long steps;

		private final long end;

		private int[] best;

		private long cost;

		/** Circles: sets of three items, and what each must cost. */
		private long[] circles = {};

		private long[] weights = {};

		/**
		 * What was found.
		 *
		 * @param cost of the best order
		 * @param bound of all orders
		 * @param complete whether all best orders are known
		 * @param before before[a * m + b]: in some best order that was found a stands
		 * before b
		 */
		record Found(long cost, long bound, boolean complete, boolean[] before) {
		}

		Search(Pairwise votes, List<Integer> items, long steps, long end) {
			this.m = items.size();
			this.against = new long[this.m * this.m];
			for (int a = 0; a < this.m; a++) {
				for (int b = 0; b < this.m; b++) {
					this.against[a * this.m + b] = Math.max(0, votes.margin(items.get(a), items.get(b)));
				}
			}
			this.steps = steps;
			this.end = end;
			this.best = start();
			this.cost = cost(this.best);
		}

		Found run() {
			improve();
			long bound = packCircles();
			if (this.m > MOST) {
				return new Found(this.cost, bound, false, linear());
			}
			List<Layer> layers = new ArrayList<>();
			Layer layer = new Layer();
			layer.put(0, 0);
			layers.add(layer);
			long known = 1;
			for (int placed = 0; placed < this.m; placed++) {
				Layer next = new Layer();
				for (int s = 0; s < layer.size; s++) {
					if (known + next.size + this.m > this.steps || ((s & 1023) == 0 && late())) {
						long open = Math.min(least(layer, s), least(next, 0));
						return new Found(this.cost, Math.max(bound, Math.min(open, this.cost)), false, linear());
					}
					expand(layer.sets[s], layer.costs[s], next);
				}
				known += next.size;
				layers.add(next);
				layer = next;
			}
			return all(layers);
		}

		private void expand(long placed, long cost, Layer next) {
			long rest = ((1L << this.m) - 1) & ~placed;
			long[] less = new long[this.m];
			long bound = 0;
			for (int c = 0; c < this.circles.length; c++) {
				long circle = this.circles[c];
				if ((circle & placed) == 0) {
					bound += this.weights[c];
					for (long left = circle; left != 0; left &= left - 1) {
						less[Long.numberOfTrailingZeros(left)] += this.weights[c];
					}
				}
			}
			for (long left = rest; left != 0; left &= left - 1) {
				int item = Long.numberOfTrailingZeros(left);
				long sum = cost + bound - less[item];
				for (long others = rest; others != 0 && sum <= this.cost; others &= others - 1) {
					sum += this.against[Long.numberOfTrailingZeros(others) * this.m + item];
				}
				if (sum <= this.cost) {
					next.put(placed | (1L << item), sum - bound + less[item]);
				}
			}
		}

		/** The least cost and bound among sets from one on. */
		private long least(Layer layer, int from) {
			long least = Long.MAX_VALUE;
			for (int s = from; s < layer.size; s++) {
				long bound = layer.costs[s];
				for (int c = 0; c < this.circles.length; c++) {
					if ((this.circles[c] & layer.sets[s]) == 0) {
						bound += this.weights[c];
					}
				}
				least = Math.min(least, bound);
			}
			return least;
		}

		/** Goes back over the sets that belong to best orders. */
		private Found all(List<Layer> layers) {
			boolean[] before = new boolean[this.m * this.m];
			Layer last = layers.getLast();
			long cost = last.costs[0];
			Layer good = last;
			for (int placed = this.m - 1; placed >= 0; placed--) {
				Layer earlier = layers.get(placed);
				Layer kept = new Layer();
				for (int s = 0; s < good.size; s++) {
					long set = good.sets[s];
					for (long left = set; left != 0; left &= left - 1) {
						int item = Long.numberOfTrailingZeros(left);
						long without = set & ~(1L << item);
						int at = earlier.find(without);
						if (at >= 0 && earlier.costs[at] + first(item, without) == good.costs[s]) {
							kept.put(without, earlier.costs[at]);
						}
					}
				}
				for (int s = 0; s < kept.size; s++) {
					mark(kept.sets[s], before);
				}
				good = kept;
			}
			return new Found(cost, cost, true, before);
		}

		/** What it costs to place an item behind a set and before all others. */
		private long first(int item, long placed) {
			long sum = 0;
			for (int other = 0; other < this.m; other++) {
				if ((placed >>> other & 1) == 0) {
					sum += this.against[other * this.m + item];
				}
			}
			return sum;
		}

		private void mark(long set, boolean[] before) {
			for (int a = 0; a < this.m; a++) {
				for (int b = 0; b < this.m; b++) {
					before[a * this.m + b] |= (set >>> a & 1) == 1 && (set >>> b & 1) == 0;
				}
			}
		}

		private boolean[] linear() {
			boolean[] before = new boolean[this.m * this.m];
			for (int i = 0; i < this.m; i++) {
				for (int j = i + 1; j < this.m; j++) {
					before[this.best[i] * this.m + this.best[j]] = true;
				}
			}
			return before;
		}

		private boolean late() {
			return this.end != Long.MAX_VALUE && System.nanoTime() - this.end > 0;
		}

		/** By margins. */
		private int[] start() {
			long[] sums = new long[this.m];
			for (int a = 0; a < this.m; a++) {
				for (int b = 0; b < this.m; b++) {
					sums[a] += this.against[a * this.m + b] - this.against[b * this.m + a];
				}
			}
			return Ranking.byScore(sums).stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
		}

		private long cost(int[] order) {
			long sum = 0;
			for (int i = 0; i < this.m; i++) {
				for (int j = i + 1; j < this.m; j++) {
					sum += this.against[order[j] * this.m + order[i]];
				}
			}
			return sum;
		}

		private void improve() {
			SplitMix64 chance = new SplitMix64(1);
			int starts = Math.max(1, Math.min(30, 20_000 / (this.m * this.m)));
			for (int start = 0; start < starts; start++) {
				int[] order = this.best.clone();
				for (int move = 0; start > 0 && move < 2 + this.m / 4; move++) {
					move(order, chance.below(this.m), chance.below(this.m));
				}
				settle(order);
				long cost = cost(order);
				if (cost < this.cost) {
					this.cost = cost;
					this.best = order;
				}
			}
		}

		/** Moves single items to where they cost least, until none gains. */
		private void settle(int[] order) {
			boolean moved = true;
			while (moved && !late()) {
				moved = false;
				for (int from = 0; from < this.m; from++) {
					int item = order[from];
					long gain = 0;
					long most = 0;
					int to = from;
					for (int i = from - 1; i >= 0; i--) {
						gain += this.against[item * this.m + order[i]] - this.against[order[i] * this.m + item];
						if (gain > most) {
							most = gain;
							to = i;
						}
					}
					gain = 0;
					for (int i = from + 1; i < this.m; i++) {
						gain += this.against[order[i] * this.m + item] - this.against[item * this.m + order[i]];
						if (gain > most) {
							most = gain;
							to = i;
						}
					}
					if (most > 0) {
						move(order, from, to);
						moved = true;
					}
				}
			}
		}

		private static void move(int[] order, int from, int to) {
			int item = order[from];
			if (from < to) {
				System.arraycopy(order, from + 1, order, from, to - from);
			}
			else {
				System.arraycopy(order, to, order, to + 1, from - to);
			}
			order[to] = item;
		}

		/**
		 * Takes circles, heaviest first, each with all the weight it still has. Where
		 * there are too many items to search, there are too many circles to sort.
		 */
		private long packCircles() {
			long[] left = this.against.clone();
			List<int[]> all = new ArrayList<>();
			long sum = 0;
			for (int a = 0; a < this.m; a++) {
				for (int b = a + 1; b < this.m; b++) {
					for (int c = a + 1; c < this.m; c++) {
						if (weight(left, a, b, c) > 0) {
							if (this.m <= MOST) {
								all.add(new int[] { a, b, c });
							}
							else {
								sum += take(left, a, b, c);
							}
						}
					}
				}
			}
			all.sort((one, other) -> Long.compare(weight(this.against, other[0], other[1], other[2]),
					weight(this.against, one[0], one[1], one[2])));
			this.circles = new long[all.size()];
			this.weights = new long[all.size()];
			int taken = 0;
			for (int[] one : all) {
				long weight = take(left, one[0], one[1], one[2]);
				if (weight > 0) {
					this.circles[taken] = (1L << one[0]) | (1L << one[1]) | (1L << one[2]);
					this.weights[taken++] = weight;
					sum += weight;
				}
			}
			this.circles = Arrays.copyOf(this.circles, taken);
			this.weights = Arrays.copyOf(this.weights, taken);
			return sum;
		}

		private long take(long[] left, int a, int b, int c) {
			long weight = weight(left, a, b, c);
			left[a * this.m + b] -= weight;
			left[b * this.m + c] -= weight;
			left[c * this.m + a] -= weight;
			return weight;
		}

		private long weight(long[] left, int a, int b, int c) {
			return Math.min(left[a * this.m + b], Math.min(left[b * this.m + c], left[c * this.m + a]));
		}

	}

	/** Sets with their costs; a set that is put again keeps the smaller one. */
	private static final class Layer {

		private long[] sets = new long[8];

		private long[] costs = new long[8];

		private int size;

		/** Where in the arrays, plus one; 0 is free. Twice as long as needed. */
		private int[] table = new int[16];

		void put(long set, long cost) {
			int at = find(set);
			if (at >= 0) {
				this.costs[at] = Math.min(this.costs[at], cost);
				return;
			}
			if (this.size == this.sets.length) {
				this.sets = Arrays.copyOf(this.sets, 2 * this.size);
				this.costs = Arrays.copyOf(this.costs, 2 * this.size);
				this.table = new int[4 * this.size];
				IntStream.range(0, this.size).forEach((old) -> this.table[slot(this.sets[old])] = old + 1);
			}
			this.sets[this.size] = set;
			this.costs[this.size] = cost;
			this.table[slot(set)] = ++this.size;
		}

		int find(long set) {
			return this.table[slot(set)] - 1;
		}

		private int slot(long set) {
			int mask = this.table.length - 1;
			int slot = (int) ((set * 0x9E3779B97F4A7C15L) >>> 32) & mask;
			while (this.table[slot] != 0 && this.sets[this.table[slot] - 1] != set) {
				slot = (slot + 1) & mask;
			}
			return slot;
		}

	}

}
