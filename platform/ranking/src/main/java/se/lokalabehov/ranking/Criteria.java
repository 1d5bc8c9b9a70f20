package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scoring on criteria, from which a ballot is derived: an item's sum of weight times
 * score over the criteria, highest first, equal sums tied. Exact.
 *
 * @param criteria in the order in which scores are given; fixed before the round opens
 */
public record Criteria(List<Criterion> criteria) {

	/** The lowest score. */
	public static final int LOWEST = 1;

	/** The highest score. */
	public static final int HIGHEST = 4;

	/**
	 * One of them.
	 *
	 * @param name for example what it means for the individual
	 * @param weight a whole number from 1 to 1,000
	 */
	public record Criterion(String name, int weight) {

		/**
		 * Checks.
		 * @throws IllegalArgumentException for a blank name or another weight
		 */
		public Criterion {
			if (name.isBlank() || weight < 1 || weight > 1000) {
				throw new IllegalArgumentException("a criterion has a name, and a weight from 1 to 1000");
			}
		}

	}

	/**
	 * Checks.
	 * @throws IllegalArgumentException when there are none, more than 1,000, or two of
	 * one name
	 */
	public Criteria {
		criteria = List.copyOf(criteria);
		if (criteria.isEmpty() || criteria.size() > 1000
				|| new HashSet<>(criteria.stream().map(Criterion::name).toList()).size() < criteria.size()) {
			throw new IllegalArgumentException("one criterion or more, with different names");
		}
	}

	/**
	 * An item's weighted sum.
	 * @param scores one per criterion, 1 to 4
	 * @throws IllegalArgumentException for too few, too many, or another score
	 */
	public int sum(List<Integer> scores) {
		if (scores.size() != this.criteria.size()) {
			throw new IllegalArgumentException("one score for each criterion");
		}
		int sum = 0;
		for (int c = 0; c < scores.size(); c++) {
			int score = scores.get(c);
			if (score < LOWEST || score > HIGHEST) {
				throw new IllegalArgumentException("a score is from 1 to 4");
			}
			sum += this.criteria.get(c).weight() * score;
		}
		return sum;
	}

	/**
	 * The order for {@link Ballot#of}.
	 * @param scores per item, per name of a criterion; an item without a score on every
	 * criterion is left out
	 * @return groups of tied items, best first, tied ones by name
	 * @throws IllegalArgumentException for a criterion that is none, or another score
	 */
	public List<List<String>> order(Map<String, Map<String, Integer>> scores) {
		List<String> names = this.criteria.stream().map(Criterion::name).toList();
		TreeMap<Integer, List<String>> bySum = new TreeMap<>();
		new TreeMap<>(scores).forEach((item, given) -> {
			if (!names.containsAll(given.keySet())) {
				throw new IllegalArgumentException("a criterion that is none of the round's");
			}
			if (given.size() == names.size()) {
				List<Integer> inOrder = names.stream().map((name) -> given.getOrDefault(name, 0)).toList();
				bySum.computeIfAbsent(-sum(inOrder), (sum) -> new ArrayList<>()).add(item);
			}
		});
		return List.copyOf(bySum.values());
	}

}
