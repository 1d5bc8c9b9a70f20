package se.lokalabehov.search;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import se.lokalabehov.search.Clusters.Cluster;
import se.lokalabehov.search.Clusters.Text;

/**
 * Measures clusters on the example cycle: pairs of needs that mean the same by its plan
 * (N01 to N14) against pairs that lie in one cluster. N01 to N07 are for tuning.
 */
public final class ClusterFigures {

	private ClusterFigures() {
	}

	/**
	 * What was measured.
	 *
	 * @param precision share of the pairs found that mean the same
	 * @param recall share of the pairs that mean the same that were found
	 */
	record Figures(double precision, double recall) {
	}

	/** Prints the figures by threshold. */
	public static void main(String[] arguments) {
		for (double least = 0.2; least < 0.96; least += 0.05) {
			Figures dev = of(least, 1, 7);
			Figures test = of(least, 8, 14);
			Figures all = of(least, 1, 14);
			System.out.printf(Locale.ROOT,
					"%.2f  N01-N07 precision %.2f recall %.2f  N08-N14 precision %.2f recall %.2f  all precision %.2f recall %.2f%n",
					least, dev.precision(), dev.recall(), test.precision(), test.recall(), all.precision(),
					all.recall());
		}
		Clusters.of(texts())
			.forEach((cluster) -> System.out.println(cluster.ids() + " " + cluster.title() + " "
					+ cluster.why().stream().map(Suggestion.Match::shown).toList()));
	}

	static List<Text> texts() {
		return RelevanceSet.items()
			.stream()
			.filter((item) -> item.id().startsWith("k"))
			.map((item) -> new Text(item.id(), item.title(), item.summary()))
			.toList();
	}

	/** Figures of the pairs in which a need of these national needs takes part. */
	static Figures of(double least, int from, int to) {
		Map<String, String> groups = RelevanceSet.groups();
		Set<String> of = new HashSet<>();
		groups.forEach((id, national) -> {
			int number = Integer.parseInt(national.substring(1));
			if (number >= from && number <= to) {
				of.add(id);
			}
		});
		int right = 0;
		int found = 0;
		for (Cluster cluster : Clusters.of(texts(), least)) {
			for (String one : cluster.ids()) {
				for (String two : cluster.ids()) {
					boolean every = from == 1 && to == 14;
					if (one.compareTo(two) < 0 && (every || of.contains(one) || of.contains(two))) {
						found++;
						String national = groups.get(one);
						right += (national != null && national.equals(groups.get(two))) ? 1 : 0;
					}
				}
			}
		}
		int same = 0;
		for (String one : of) {
			for (String two : of) {
				same += (one.compareTo(two) < 0 && String.valueOf(groups.get(one)).equals(groups.get(two))) ? 1 : 0;
			}
		}
		return new Figures((found > 0) ? (double) right / found : 1, (double) right / same);
	}

}
