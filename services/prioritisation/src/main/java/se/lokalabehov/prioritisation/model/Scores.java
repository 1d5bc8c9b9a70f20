package se.lokalabehov.prioritisation.model;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import se.lokalabehov.contracts.RankingEvent.Criterion;
import se.lokalabehov.contracts.RankingEvent.Weight;
import se.lokalabehov.ranking.Criteria;

/**
 * What one seat scores items on, from which its ballot is derived: the weighted sums,
 * highest first. An item that is not scored on every criterion is not listed.
 *
 * @param items per item, per criterion, from 1 to 4
 */
public record Scores(Map<String, Map<Criterion, Integer>> items) {

	/** No scores: the seat orders the items itself. */
	public static final Scores NONE = new Scores(Map.of());

	/** What can be wrong. Names no item and no score. */
	public enum Fault {

		/** An item does not belong to the round. */
		UNKNOWN_ITEM,
		/** A criterion is none of the round's. */
		UNKNOWN_CRITERION,
		/** A score is outside 1 to 4. */
		OUTSIDE

	}

	public Scores {
		items = items.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, (one) -> Map.copyOf(one.getValue())));
	}

	/**
	 * The first thing that is wrong.
	 * @param known the items of the round
	 * @param criteria those of the round
	 */
	public Optional<Fault> fault(List<String> known, List<Weight> criteria) {
		List<Criterion> mine = criteria.stream().map(Weight::criterion).toList();
		if (!known.containsAll(this.items.keySet())) {
			return Optional.of(Fault.UNKNOWN_ITEM);
		}
		for (Map<Criterion, Integer> given : this.items.values()) {
			if (!mine.containsAll(given.keySet())) {
				return Optional.of(Fault.UNKNOWN_CRITERION);
			}
			if (given.values().stream().anyMatch((one) -> one < Criteria.LOWEST || one > Criteria.HIGHEST)) {
				return Optional.of(Fault.OUTSIDE);
			}
		}
		return Optional.empty();
	}

	/**
	 * The order that follows from the scores.
	 * @param criteria the round's weights
	 * @return groups of tied items, best first
	 */
	public List<List<String>> order(List<Weight> criteria) {
		Map<String, Map<String, Integer>> named = new HashMap<>();
		this.items.forEach((item, given) -> {
			Map<String, Integer> byName = new HashMap<>();
			given.forEach((criterion, score) -> byName.put(criterion.name(), score));
			named.put(item, byName);
		});
		return new Criteria(
				criteria.stream().map((one) -> new Criteria.Criterion(one.criterion().name(), one.weight())).toList())
			.order(named);
	}

	/**
	 * Writes them as short text: position of the item, criteria and scores,
	 * {@code 3:URGENCY=4,HOW_MANY=2;5:...}.
	 * @param known the round's items
	 */
	public String written(List<String> known) {
		TreeMap<Integer, String> byPosition = new TreeMap<>();
		this.items.forEach((item, given) -> byPosition.put(known.indexOf(item),
				given.entrySet()
					.stream()
					.sorted(Map.Entry.comparingByKey())
					.map((one) -> one.getKey().name() + "=" + one.getValue())
					.collect(Collectors.joining(","))));
		return byPosition.entrySet()
			.stream()
			.map((one) -> one.getKey() + ":" + one.getValue())
			.collect(Collectors.joining(";"));
	}

	/** Reads what {@link #written} wrote. */
	public static Scores read(List<String> known, String written) {
		Map<String, Map<Criterion, Integer>> items = new HashMap<>();
		Arrays.stream(written.split(";")).filter((one) -> !one.isEmpty()).forEach((one) -> {
			Map<Criterion, Integer> given = new EnumMap<>(Criterion.class);
			int colon = one.indexOf(':');
			Arrays.stream(one.substring(colon + 1).split(","))
				.filter((pair) -> !pair.isEmpty())
				.map((pair) -> pair.split("=", -1))
				.forEach((pair) -> given.put(Criterion.valueOf(pair[0]), Integer.parseInt(pair[1])));
			items.put(Objects.requireNonNull(known.get(Integer.parseInt(one.substring(0, colon)))), given);
		});
		return new Scores(items);
	}

	/** Says nothing: whatever comes to print them must not tell how one voted. */
	@Override
	public String toString() {
		return "Scores[secret]";
	}

}
