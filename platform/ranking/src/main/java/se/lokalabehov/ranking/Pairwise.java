package se.lokalabehov.ranking;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many put one item before another, for every pair: all that any {@link Method} here
 * needs to know of the ballots. A ballot on which two items are tied, or that leaves one
 * of them out, counts for neither.
 *
 * <p>
 * Votes are whole numbers. Where the groups of the panel are balanced every group has the
 * same weight in total, {@link #unit()}, which is the least common multiple of their
 * numbers of ballots, so that everything stays exact; ballots without a group are one
 * group, and with fewer than two groups there is nothing to balance. Should that number
 * be too large for sums of 64 bits, the largest unit that is not is used, and a ballot's
 * weight is rounded to the nearest whole ({@link #exact()}).
 */
public final class Pairwise {

	private final int items;

	private final long total;

	private final long unit;

	private final boolean exact;

	/** Row by row: before[a * items + b] is the weight that puts a before b. */
	private final long[] before;

	Pairwise(int items, long total, long unit, boolean exact, long[] before) {
		this.items = items;
		this.total = total;
		this.unit = unit;
		this.exact = exact;
		this.before = before;
	}

	/**
	 * Counts. Time in proportion to ballots x items squared.
	 * @param profile the ballots
	 * @param balanced whether every group of the panel has the same weight
	 */
	public static Pairwise of(Profile profile, boolean balanced) {
		Weights weights = Weights.of(profile, balanced);
		long[] counts = profile.ballots().stream().mapToLong(Ballot::count).toArray();
		return of(profile, weights, counts);
	}

	/** Counts with other numbers of each ballot than the profile's own. */
	static Pairwise of(Profile profile, Weights weights, long[] counts) {
		int n = profile.items().size();
		long[] before = new long[n * n];
		long total = 0;
		for (int b = 0; b < counts.length; b++) {
			if (counts[b] > 0) {
				long weight = Math.multiplyExact(counts[b], weights.each()[b]);
				total = Math.addExact(total, weight);
				add(before, n, profile.listed(b), profile.ends(b), weight);
			}
		}
		return new Pairwise(n, total, weights.unit(), weights.exact(), before);
	}

	/** This with one ballot fewer and another one in its place, of the same weight. */
	Pairwise with(List<List<Integer>> gone, List<List<Integer>> come, long weight) {
		long[] changed = this.before.clone();
		add(changed, this.items, gone, -weight);
		add(changed, this.items, come, weight);
		return new Pairwise(this.items, this.total, this.unit, this.exact, changed);
	}

	private static void add(long[] before, int n, List<List<Integer>> order, long weight) {
		int[] listed = order.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
		int[] ends = new int[order.size()];
		for (int g = 0, end = 0; g < ends.length; g++) {
			end += order.get(g).size();
			ends[g] = end;
		}
		add(before, n, listed, ends, weight);
	}

	private static void add(long[] before, int n, int[] listed, int[] ends, long weight) {
		int from = 0;
		for (int end : ends) {
			for (int i = from; i < end; i++) {
				int row = listed[i] * n;
				for (int j = end; j < listed.length; j++) {
					before[row + listed[j]] += weight;
				}
			}
			from = end;
		}
	}

	/** How many items there are. */
	public int items() {
		return this.items;
	}

	/** The weight of all ballots together. */
	public long total() {
		return this.total;
	}

	/** What one vote weighs: 1, or a whole group's weight where groups are balanced. */
	public long unit() {
		return this.unit;
	}

	/** Whether balanced groups weigh exactly the same. */
	public boolean exact() {
		return this.exact;
	}

	/** The weight of the ballots that put the first before the second. */
	public long before(int first, int second) {
		return this.before[first * this.items + second];
	}

	/** How much more weight puts the first before the second than the other way. */
	public long margin(int first, int second) {
		return before(first, second) - before(second, first);
	}

	/** The sum of {@link #margin} over all other items. */
	long margins(int item) {
		long sum = 0;
		for (int other = 0; other < this.items; other++) {
			sum += margin(item, other);
		}
		return sum;
	}

	/** Row by row. */
	public long[][] matrix() {
		long[][] rows = new long[this.items][];
		for (int item = 0; item < this.items; item++) {
			rows[item] = Arrays.copyOfRange(this.before, item * this.items, (item + 1) * this.items);
		}
		return rows;
	}

	/**
	 * What each ballot weighs.
	 *
	 * @param each per ballot of the profile, for one voter
	 * @param unit what one vote weighs
	 * @param exact whether nothing was rounded
	 */
	record Weights(long[] each, long unit, boolean exact) {

		static Weights of(Profile profile, boolean balanced) {
			long[] each = new long[profile.ballots().size()];
			Map<String, Long> sizes = new HashMap<>();
			profile.ballots().forEach((ballot) -> sizes.merge(name(ballot), (long) ballot.count(), Long::sum));
			if (!balanced || sizes.size() < 2) {
				Arrays.fill(each, 1);
				return new Weights(each, 1, true);
			}
			BigInteger common = BigInteger.ONE;
			for (long size : sizes.values()) {
				BigInteger one = BigInteger.valueOf(size);
				common = common.divide(common.gcd(one)).multiply(one);
			}
			long most = most(profile.items().size(), sizes.size());
			boolean exact = common.compareTo(BigInteger.valueOf(most)) <= 0;
			long unit = exact ? common.longValueExact() : most;
			for (int b = 0; b < each.length; b++) {
				long size = sizes.getOrDefault(name(profile.ballots().get(b)), 1L);
				each[b] = (unit + size / 2) / size;
			}
			return new Weights(each, unit, exact);
		}

		/** So that the sum over all pairs of items, doubled, stays within 62 bits. */
		private static long most(long items, long groups) {
			return (1L << 62) / (Math.max(groups, 1) * (items + 1) * (items + 1));
		}

		private static String name(Ballot ballot) {
			return (ballot.group() != null) ? ballot.group() : "";
		}

	}

}
