package se.lokalabehov.prioritisation.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import se.lokalabehov.contracts.RankingEvent.Unranked;

/**
 * What a method ranks: items and the ballots as they are counted, without seats, in an
 * order that does not depend on when or by whom they were cast. The same form is
 * published.
 *
 * @param items identifiers, sorted
 * @param votes equal ballots counted together, sorted by their written order
 */
public record Profile(List<String> items, List<Vote> votes) {

	/**
	 * Equal ballots.
	 *
	 * @param count how many, at least 1
	 * @param groups best first, each the positions in {@link Profile#items} (from 0,
	 * ascending) of the items that are tied; an item in no group is one on which there is
	 * no opinion
	 */
	public record Vote(int count, List<List<Integer>> groups) {

		public Vote {
			groups = groups.stream().map(List::copyOf).toList();
		}

		/**
		 * The order as text with items numbered from 1, as PrefLib does: {@code 3>1=2};
		 * {@code -} for a blank vote.
		 */
		public String written() {
			return Profile.written(this.groups);
		}

	}

	public Profile {
		items = List.copyOf(items);
		votes = List.copyOf(votes);
	}

	/**
	 * The profile of some ballots.
	 * @param items the round's items in any order
	 * @param ballots one per seat that voted, in any order, without fault
	 * @param unranked what an unlisted item means
	 */
	public static Profile of(Collection<String> items, Collection<Ballot> ballots, Unranked unranked) {
		List<String> sorted = items.stream().sorted().toList();
		Map<String, List<List<List<Integer>>>> equal = ballots.stream()
			.map((ballot) -> ballot.resolved(sorted, unranked))
			.collect(Collectors.groupingBy(Profile::written, TreeMap::new, Collectors.toList()));
		List<Vote> votes = new ArrayList<>();
		equal.values().forEach((same) -> votes.add(new Vote(same.size(), same.getFirst())));
		return new Profile(sorted, votes);
	}

	/** How many ballots there are. */
	public int cast() {
		return this.votes.stream().mapToInt(Vote::count).sum();
	}

	private static String written(List<List<Integer>> groups) {
		if (groups.isEmpty()) {
			return "-";
		}
		return groups.stream()
			.map((group) -> group.stream().map((item) -> "" + (item + 1)).collect(Collectors.joining("=")))
			.collect(Collectors.joining(">"));
	}

	/** Says nothing of the votes. */
	@Override
	public String toString() {
		return "Profile[" + this.items.size() + " items]";
	}

}
