package se.lokalabehov.prioritisation.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import se.lokalabehov.contracts.RankingEvent.Place;

/**
 * Borda's count. On a full order of n items the best gets n points, the next n-1, the
 * last 1. Ties and what is left out follow Cullinan, Hsiao and Polett, "A Borda count for
 * partially ordered ballots" (Social Choice and Welfare 42, 2014): an item gets 1 point,
 * 1 more for each item that it is placed above, and a half for each that it is tied with
 * or not compared with. So each ballot gives out n(n+1)/2 points whatever its form, and
 * having no opinion on an item neither helps nor harms it: it gets the mean.
 *
 * <p>
 * Exact: points are counted in halves as whole numbers.
 */
final class Borda implements Method {

	@Override
	public String name() {
		return "borda";
	}

	@Override
	public List<Place> rank(Profile profile) {
		long[] halves = halves(profile);
		List<Integer> order = IntStream.range(0, halves.length)
			.boxed()
			.sorted(Comparator.<Integer>comparingLong((item) -> -halves[item]).thenComparing((item) -> item))
			.toList();
		List<Place> places = new ArrayList<>();
		int rank = 1;
		for (int i = 0; i < order.size(); i++) {
			if (i > 0 && halves[order.get(i)] != halves[order.get(i - 1)]) {
				rank = i + 1;
			}
			places.add(new Place(rank, profile.items().get(order.get(i)), points(halves[order.get(i)])));
		}
		return places;
	}

	private static long[] halves(Profile profile) {
		int items = profile.items().size();
		long[] halves = new long[items];
		for (Profile.Vote vote : profile.votes()) {
			int listed = vote.groups().stream().mapToInt(List::size).sum();
			boolean[] compared = new boolean[items];
			int above = 0;
			for (List<Integer> group : vote.groups()) {
				int below = listed - above - group.size();
				int even = group.size() - 1 + items - listed;
				for (int item : group) {
					compared[item] = true;
					halves[item] += vote.count() * (2L + 2L * below + even);
				}
				above += group.size();
			}
			for (int item = 0; item < items; item++) {
				if (!compared[item]) {
					halves[item] += vote.count() * (2L + (items - 1));
				}
			}
		}
		return halves;
	}

	/** Decimal text without trailing zeros, for example {@code 147} or {@code 12.5}. */
	private static String points(long halves) {
		return (halves % 2 == 0) ? Long.toString(halves / 2)
				: BigDecimal.valueOf(halves).divide(BigDecimal.TWO).toPlainString();
	}

}
