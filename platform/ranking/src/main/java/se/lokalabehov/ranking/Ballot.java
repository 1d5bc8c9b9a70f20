package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Equal ballots of one group of the panel, as they are counted and published. An item in
 * no group of the order is one of which nothing is said.
 *
 * @param order groups of tied items, best first; an item is its position in
 * {@link Profile#items()}, from 0; empty for a blank vote
 * @param count how many cast it, at least 1
 * @param group which part of the panel they belong to; none where it is not divided
 */
public record Ballot(List<List<Integer>> order, int count, @Nullable String group) {

	/**
	 * Puts tied items in ascending order.
	 * @throws IllegalArgumentException for an empty group, an item that stands twice, a
	 * negative position or a count under 1
	 */
	public Ballot {
		order = order.stream().map((tied) -> tied.stream().sorted().toList()).toList();
		if (count < 1) {
			throw new IllegalArgumentException("a ballot is cast at least once");
		}
		BitSet seen = new BitSet();
		for (List<Integer> tied : order) {
			if (tied.isEmpty()) {
				throw new IllegalArgumentException("an empty group of items");
			}
			for (int item : tied) {
				if (item < 0 || seen.get(item)) {
					throw new IllegalArgumentException("an item that stands twice, or is none");
				}
				seen.set(item);
			}
		}
	}

	/**
	 * One ballot as it is taken in.
	 * @param order groups of tied items, best first, by their names
	 * @param silent items on which the voter has no voice (a declared conflict): left
	 * out, whatever the round says of unlisted ones
	 * @param items the items of the round, in the order of the profile
	 * @param unranked what an unlisted item means
	 * @param group which part of the panel, or none
	 * @throws IllegalArgumentException when it names an item that is none of the round's,
	 * twice, or as silent too
	 */
	public static Ballot of(List<? extends Collection<String>> order, Collection<String> silent, List<String> items,
			Unranked unranked, @Nullable String group) {
		Map<String, Integer> positions = new HashMap<>();
		for (int item = 0; item < items.size(); item++) {
			positions.put(items.get(item), item);
		}
		Set<Integer> mute = silent.stream().map((item) -> position(positions, item)).collect(Collectors.toSet());
		Set<Integer> said = new HashSet<>(mute);
		List<List<Integer>> groups = new ArrayList<>();
		for (Collection<String> tied : order) {
			List<Integer> one = tied.stream().map((item) -> position(positions, item)).toList();
			if (one.stream().anyMatch(mute::contains)) {
				throw new IllegalArgumentException("an item that is both ranked and a declared conflict");
			}
			groups.add(one);
			said.addAll(one);
		}
		return new Ballot(completed(groups, said, items.size(), unranked), 1, group);
	}

	/** The order with what is unlisted put where the round says. */
	static List<List<Integer>> completed(List<List<Integer>> groups, Collection<Integer> said, int items,
			Unranked unranked) {
		List<Integer> rest = IntStream.range(0, items).boxed().filter((item) -> !said.contains(item)).toList();
		if (unranked == Unranked.NO_OPINION || rest.isEmpty()) {
			return groups;
		}
		List<List<Integer>> completed = new ArrayList<>(groups);
		completed.add(rest);
		return completed;
	}

	/**
	 * The order as text, items numbered from 1 as PrefLib does: {@code 3>1=2}; {@code -}
	 * for a blank vote.
	 */
	public String written() {
		return this.order.isEmpty() ? "-"
				: this.order.stream()
					.map((tied) -> tied.stream().map((item) -> "" + (item + 1)).collect(Collectors.joining("=")))
					.collect(Collectors.joining(">"));
	}

	/**
	 * Reads an order as {@link #written()} writes it.
	 * @throws IllegalArgumentException when it is something else
	 */
	static List<List<Integer>> read(String written) {
		if (written.equals("-")) {
			return List.of();
		}
		List<List<Integer>> order = new ArrayList<>();
		for (String tied : written.split(">", -1)) {
			List<Integer> group = new ArrayList<>();
			for (String number : tied.split("=", -1)) {
				if (number.isEmpty() || number.length() > 6 || !number.chars().allMatch((c) -> c >= '0' && c <= '9')) {
					throw new IllegalArgumentException("not an order of items");
				}
				group.add(Integer.parseInt(number) - 1);
			}
			order.add(group);
		}
		return order;
	}

	private static int position(Map<String, Integer> positions, String item) {
		Integer position = positions.get(item);
		if (position == null) {
			throw new IllegalArgumentException("an item that is none of the round's");
		}
		return position;
	}

	/** Says nothing: whatever comes to print a ballot must not tell how one voted. */
	@Override
	public String toString() {
		return "Ballot[secret]";
	}

}
