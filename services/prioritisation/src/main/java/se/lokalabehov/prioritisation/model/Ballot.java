package se.lokalabehov.prioritisation.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one seat says: an order of groups (items in one group are tied), perhaps of some
 * items only, and the items on which it has declared a conflict of interest and so has no
 * voice (domain rule 4). An empty order is a blank vote.
 *
 * @param ranking groups, best first
 * @param conflicts items on which the seat has no voice
 */
public record Ballot(List<List<String>> ranking, List<String> conflicts) {

	/**
	 * What can be wrong with a ballot. Names no item: a refusal must not tell how one
	 * voted.
	 */
	public enum Fault {

		/** An item does not belong to the round. */
		UNKNOWN_ITEM,
		/** An item stands twice. */
		ITEM_TWICE,
		/** A group holds nothing. */
		EMPTY_GROUP,
		/** An item is both ranked and a declared conflict. */
		RANKED_CONFLICT

	}

	public Ballot {
		ranking = ranking.stream().map(List::copyOf).toList();
		conflicts = List.copyOf(conflicts);
	}

	/**
	 * The first thing that is wrong with this ballot.
	 * @param items the items of the round
	 * @return none when it can be cast
	 */
	public Optional<Fault> fault(List<String> items) {
		Set<String> known = new HashSet<>(items);
		Set<String> ranked = new HashSet<>();
		for (List<String> group : this.ranking) {
			if (group.isEmpty()) {
				return Optional.of(Fault.EMPTY_GROUP);
			}
			for (String item : group) {
				if (!known.contains(item)) {
					return Optional.of(Fault.UNKNOWN_ITEM);
				}
				if (!ranked.add(item)) {
					return Optional.of(Fault.ITEM_TWICE);
				}
			}
		}
		Set<String> declared = new HashSet<>();
		for (String item : this.conflicts) {
			if (!known.contains(item)) {
				return Optional.of(Fault.UNKNOWN_ITEM);
			}
			if (ranked.contains(item)) {
				return Optional.of(Fault.RANKED_CONFLICT);
			}
			if (!declared.add(item)) {
				return Optional.of(Fault.ITEM_TWICE);
			}
		}
		return Optional.empty();
	}

	/**
	 * Writes the order as short text: positions in the round's items, {@code 3>0=4>1}.
	 * @param items the round's items
	 * @return empty for a blank vote
	 */
	public String writtenRanking(List<String> items) {
		Map<String, Integer> position = positions(items);
		return this.ranking.stream()
			.map((group) -> group.stream().map((item) -> "" + known(position, item)).collect(Collectors.joining("=")))
			.collect(Collectors.joining(">"));
	}

	/**
	 * Writes the conflicts as short text: positions in the round's items, {@code 2=5}.
	 */
	public String writtenConflicts(List<String> items) {
		Map<String, Integer> position = positions(items);
		return this.conflicts.stream().map((item) -> "" + known(position, item)).collect(Collectors.joining("="));
	}

	/**
	 * Reads a ballot as {@link #writtenRanking} and {@link #writtenConflicts} wrote it.
	 * @param items the round's items
	 */
	public static Ballot read(List<String> items, String ranking, String conflicts) {
		return new Ballot(split(ranking, ">").stream().map((group) -> items(items, group)).toList(),
				items(items, conflicts));
	}

	private static List<String> items(List<String> items, String written) {
		return split(written, "=").stream().map((position) -> items.get(Integer.parseInt(position))).toList();
	}

	private static List<String> split(String text, String separator) {
		return text.isEmpty() ? List.of() : Arrays.asList(text.split(separator, -1));
	}

	private static Map<String, Integer> positions(List<String> items) {
		Map<String, Integer> positions = new HashMap<>();
		for (int i = 0; i < items.size(); i++) {
			positions.put(items.get(i), i);
		}
		return positions;
	}

	private static int known(Map<String, Integer> position, String item) {
		return Objects.requireNonNull(position.get(item), "not an item of the round");
	}

	/** Says nothing: whatever comes to print a ballot must not tell how one voted. */
	@Override
	public String toString() {
		return "Ballot[secret]";
	}

}
