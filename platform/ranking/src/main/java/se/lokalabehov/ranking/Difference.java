package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the groups of a panel disagree on one item.
 *
 * @param item its position in {@link Profile#items()}
 * @param highest the group that puts it highest; among equals the first by name
 * @param highestMean that group's mean rank of it, exact
 * @param lowest the group that puts it lowest
 * @param lowestMean that group's mean rank of it, exact
 * @param spread the difference of the two, exact
 */
public record Difference(int item, String highest, String highestMean, String lowest, String lowestMean,
		String spread) {

	private record Mean(String group, long doubledSum, long counted) {

		double value() {
			return (double) this.doubledSum / this.counted;
		}

		String text() {
			return Exact.text(this.doubledSum, 2 * this.counted);
		}

	}

	/**
	 * Compares the named groups that have a ballot which tells something apart.
	 * @return every item, largest difference first; empty for fewer than two groups
	 */
	public static List<Difference> of(Profile profile) {
		List<long[]> sums = new ArrayList<>();
		List<String> names = new ArrayList<>();
		List<Long> counted = new ArrayList<>();
		for (String group : profile.groups()) {
			Profile part = profile.of(group);
			if (Agreement.counted(part) > 0) {
				Pairwise votes = Pairwise.of(part, false);
				long voters = Agreement.counted(part);
				names.add(group);
				counted.add(voters);
				sums.add(IntStream.range(0, profile.items().size())
					.mapToLong((one) -> Agreement.doubledSum(votes, voters, one))
					.toArray());
			}
		}
		record Sized(double size, Difference difference) {
		}
		List<Sized> all = new ArrayList<>();
		for (int item = 0; item < profile.items().size() && names.size() > 1; item++) {
			List<Mean> means = new ArrayList<>();
			for (int g = 0; g < names.size(); g++) {
				means.add(new Mean(names.get(g), sums.get(g)[item], counted.get(g)));
			}
			means.sort(Comparator.comparingDouble(Mean::value).thenComparing(Mean::group));
			Mean high = means.getFirst();
			Mean low = means.getLast();
			String spread = Exact.text(low.doubledSum() * high.counted() - high.doubledSum() * low.counted(),
					2 * low.counted() * high.counted());
			all.add(new Sized(low.value() - high.value(),
					new Difference(item, high.group(), high.text(), low.group(), low.text(), spread)));
		}
		all.sort(Comparator.comparingDouble(Sized::size).reversed().thenComparing((one) -> one.difference().item()));
		return all.stream().map(Sized::difference).toList();
	}

}
