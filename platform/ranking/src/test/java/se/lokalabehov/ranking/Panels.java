package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/** Profiles for tests: published ones, and ones by chance from a seed. */
final class Panels {

	private Panels() {
	}

	/** Lines such as {@code 5 A>C=B}; an item is one letter. */
	static Profile profile(String items, String... lines) {
		List<String> names = List.of(items.split(""));
		return profile(items.isEmpty() ? List.of() : names, Unranked.NO_OPINION, lines);
	}

	static Profile profile(List<String> items, Unranked unranked, String... lines) {
		List<Ballot> ballots = new ArrayList<>();
		for (String line : lines) {
			String[] words = line.split(" ");
			List<List<String>> order = new ArrayList<>();
			for (String tied : words[1].split(">")) {
				order.add(List.of(tied.split("=")));
			}
			Ballot one = Ballot.of(order, List.of(), items, unranked, (words.length > 2) ? words[2] : null);
			ballots.add(new Ballot(one.order(), Integer.parseInt(words[0]), one.group()));
		}
		return Profile.of(items, ballots);
	}

	/** Schulze 2011, example 1. */
	static Profile schulze() {
		return profile("ABCDE", "5 A>C>B>E>D", "5 A>D>E>C>B", "8 B>E>D>A>C", "3 C>A>B>E>D", "7 C>A>E>B>D",
				"2 C>B>A>D>E", "7 D>C>E>B>A", "8 E>B>A>D>C");
	}

	/** Memphis, Nashville, Chattanooga, Knoxville. */
	static Profile tennessee() {
		return profile("MNCK", "42 M>N>C>K", "26 N>C>K>M", "15 C>K>N>M", "17 K>C>N>M");
	}

	/** How a ballot by chance looks. */
	enum Form {

		/** All items, no ties. */
		FULL,
		/** All items, ties. */
		TIED,
		/** Some items, ties. */
		PARTIAL

	}

	static Profile random(Random random, int items, int ballots, Form form, String... groups) {
		List<Ballot> all = new ArrayList<>();
		for (int b = 0; b < ballots; b++) {
			@Nullable String group = (groups.length == 0) ? null : groups[random.nextInt(groups.length)];
			all.add(new Ballot(order(random, items, form), 1 + random.nextInt(2), group));
		}
		return Profile.of(names(items), all);
	}

	static List<String> names(int items) {
		return IntStream.range(0, items).mapToObj((item) -> "behov-" + (100 + item)).toList();
	}

	static List<List<Integer>> order(Random random, int items, Form form) {
		List<Integer> shuffled = new ArrayList<>(IntStream.range(0, items).boxed().toList());
		Collections.shuffle(shuffled, random);
		int listed = (form == Form.PARTIAL) ? random.nextInt(items + 1) : items;
		List<List<Integer>> order = new ArrayList<>();
		for (int item : shuffled.subList(0, listed)) {
			if (order.isEmpty() || form == Form.FULL || random.nextInt(3) > 0) {
				order.add(new ArrayList<>());
			}
			order.getLast().add(item);
		}
		return order;
	}

	/**
	 * A panel that partly agrees: each ballot is a common order with a disturbance.
	 * @param spread how far an item may go from its place, in places
	 */
	static Profile opinions(long seed, int items, int ballots, double spread, String... groups) {
		Random random = new Random(seed);
		List<Ballot> all = new ArrayList<>();
		for (int b = 0; b < ballots; b++) {
			double[] places = IntStream.range(0, items)
				.mapToDouble((item) -> item + spread * random.nextGaussian())
				.toArray();
			List<List<Integer>> order = IntStream.range(0, items)
				.boxed()
				.sorted((one, other) -> Double.compare(places[one], places[other]))
				.map(List::of)
				.toList();
			all.add(new Ballot(order, 1, (groups.length == 0) ? null : groups[b % groups.length]));
		}
		return Profile.of(names(items), all);
	}

	/** An order in words: {@code A>B=C}. */
	static String written(Profile profile, Ranking ranking) {
		return ranking.order()
			.stream()
			.map((tied) -> String.join("=", tied.stream().map((item) -> profile.items().get(item)).sorted().toList()))
			.reduce((one, other) -> one + ">" + other)
			.orElse("");
	}

}
