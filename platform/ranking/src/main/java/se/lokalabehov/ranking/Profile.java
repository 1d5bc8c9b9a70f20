package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is ranked: items in a fixed order, and the ballots in a form that does not depend
 * on when or by whom they were cast. Immutable. Equal ballots of one group of the panel
 * are counted together, and they stand by group (without a name first) and then by
 * {@link Ballot#written()}, both as text, code unit by code unit.
 */
public final class Profile {

	private static final Comparator<Kind> ORDER = Comparator
		.comparing((Kind kind) -> kind.group().isPresent() ? kind.group().get() : "")
		.thenComparing(Kind::written);

	private final List<String> items;

	private final List<Ballot> ballots;

	/** Per ballot: the listed items, best first. */
	private final int[][] listed;

	/** Per ballot and group of tied items: where in the listed ones it ends. */
	private final int[][] ends;

	private record Kind(Optional<String> group, String written) {
	}

	private Profile(List<String> items, List<Ballot> ballots) {
		this.items = items;
		this.ballots = ballots;
		this.listed = new int[ballots.size()][];
		this.ends = new int[ballots.size()][];
		for (int b = 0; b < ballots.size(); b++) {
			List<List<Integer>> order = ballots.get(b).order();
			this.listed[b] = order.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
			this.ends[b] = new int[order.size()];
			int end = 0;
			for (int g = 0; g < order.size(); g++) {
				end += order.get(g).size();
				this.ends[b][g] = end;
			}
		}
	}

	/**
	 * Makes a profile.
	 * @param items the items' names, different from each other, in the order by which
	 * ballots name them; may be none
	 * @param ballots in any order; may be none
	 * @throws IllegalArgumentException when two items have one name, a ballot names an
	 * item that is none, or a group of the panel has an empty name
	 * @throws ArithmeticException for more than 2,147,483,647 equal ballots
	 */
	public static Profile of(List<String> items, Collection<Ballot> ballots) {
		if (new HashSet<>(items).size() < items.size()) {
			throw new IllegalArgumentException("two items have the same name");
		}
		TreeMap<Kind, Ballot> equal = new TreeMap<>(ORDER);
		for (Ballot ballot : ballots) {
			if (ballot.order().stream().flatMap(List::stream).anyMatch((item) -> item >= items.size())) {
				throw new IllegalArgumentException("an item that is none of the profile's");
			}
			if (ballot.group() != null && ballot.group().isEmpty()) {
				throw new IllegalArgumentException("a group of the panel without a name");
			}
			equal.merge(new Kind(Optional.ofNullable(ballot.group()), ballot.written()), ballot,
					(one, other) -> new Ballot(one.order(), Math.addExact(one.count(), other.count()), one.group()));
		}
		return new Profile(List.copyOf(items), List.copyOf(equal.values()));
	}

	/** The items' names. */
	public List<String> items() {
		return this.items;
	}

	/** The ballots, equal ones together. */
	public List<Ballot> ballots() {
		return this.ballots;
	}

	/** How many ballots were cast, blank ones too. */
	public long cast() {
		return this.ballots.stream().mapToLong(Ballot::count).sum();
	}

	/** The named groups of the panel that voted, by name. */
	public List<String> groups() {
		return this.ballots.stream().map(Ballot::group).filter(Objects::nonNull).distinct().sorted().toList();
	}

	/** The ballots of one group only. */
	public Profile of(String group) {
		return new Profile(this.items, this.ballots.stream().filter((ballot) -> group.equals(ballot.group())).toList());
	}

	/** The ballots with some taken away and some added. */
	Profile with(List<Ballot> gone, List<Ballot> come) {
		List<Ballot> changed = new ArrayList<>(come);
		List<Ballot> less = new ArrayList<>(gone);
		for (Ballot ballot : this.ballots) {
			int left = ballot.count();
			for (Ballot one : less) {
				if (one.order().equals(ballot.order()) && Objects.equals(one.group(), ballot.group())) {
					left -= one.count();
				}
			}
			if (left > 0) {
				changed.add(new Ballot(ballot.order(), left, ballot.group()));
			}
		}
		return of(this.items, changed);
	}

	int[] listed(int ballot) {
		return this.listed[ballot];
	}

	int[] ends(int ballot) {
		return this.ends[ballot];
	}

	/** Says nothing of the ballots. */
	@Override
	public String toString() {
		return "Profile[" + this.items.size() + " items]";
	}

}
