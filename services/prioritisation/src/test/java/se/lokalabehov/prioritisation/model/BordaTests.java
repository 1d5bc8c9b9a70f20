package se.lokalabehov.prioritisation.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.RankingEvent.Place;
import se.lokalabehov.contracts.RankingEvent.Unranked;

import static org.assertj.core.api.Assertions.assertThat;

class BordaTests {

	private static final List<String> ABCDE = List.of("A", "B", "C", "D", "E");

	@Test
	void countsSchulzesFortyFiveBallotsAsPublished() {
		List<Ballot> ballots = new ArrayList<>();
		Map.of("ACBED", 5, "ADECB", 5, "BEDAC", 8, "CABED", 3, "CAEBD", 7, "CBADE", 2, "DCEBA", 7, "EBADC", 8)
			.forEach((order, count) -> ballots.addAll(Collections.nCopies(count, aBallot(order.split("")))));
		assertThat(ballots).hasSize(45);
		assertThat(scores(rank(ABCDE, ballots, Unranked.LAST))).containsExactly(Map.entry("E", "147"),
				Map.entry("A", "143"), Map.entry("B", "137"), Map.entry("C", "134"), Map.entry("D", "114"));
	}

	@Test
	void choosesNashvilleForTennessee() {
		List<Ballot> ballots = new ArrayList<>();
		ballots.addAll(Collections.nCopies(42, aBallot("M", "N", "C", "K")));
		ballots.addAll(Collections.nCopies(26, aBallot("N", "C", "K", "M")));
		ballots.addAll(Collections.nCopies(15, aBallot("C", "K", "N", "M")));
		ballots.addAll(Collections.nCopies(17, aBallot("K", "C", "N", "M")));
		assertThat(scores(rank(List.of("C", "K", "M", "N"), ballots, Unranked.LAST))).containsExactly(
				Map.entry("N", "294"), Map.entry("C", "273"), Map.entry("M", "226"), Map.entry("K", "207"));
	}

	@Test
	void aPureCycleIsATieOfAll() {
		List<Place> places = rank(List.of("A", "B", "C"),
				List.of(aBallot("A", "B", "C"), aBallot("B", "C", "A"), aBallot("C", "A", "B")), Unranked.LAST);
		assertThat(places).containsExactly(new Place(1, "A", "6"), new Place(1, "B", "6"), new Place(1, "C", "6"));
	}

	@Test
	void aRoundWithoutBallotsIsATieOfAllAtNothing() {
		assertThat(rank(List.of("A", "B"), List.of(), Unranked.NO_OPINION)).containsExactly(new Place(1, "A", "0"),
				new Place(1, "B", "0"));
	}

	@Test
	void tiedItemsShareThePointsOfTheirPlacesAndTheRankAfterThemCountsBoth() {
		Ballot ballot = new Ballot(List.of(List.of("A"), List.of("B", "C"), List.of("D")), List.of());
		assertThat(rank(List.of("A", "B", "C", "D"), List.of(ballot), Unranked.LAST)).containsExactly(
				new Place(1, "A", "4"), new Place(2, "B", "2.5"), new Place(2, "C", "2.5"), new Place(4, "D", "1"));
	}

	@Test
	void unlistedItemsAreTiedLastWhereTheRoundSaysLast() {
		assertThat(rank(List.of("A", "B", "C", "D"), List.of(aBallot("A")), Unranked.LAST)).containsExactly(
				new Place(1, "A", "4"), new Place(2, "B", "2"), new Place(2, "C", "2"), new Place(2, "D", "2"));
	}

	@Test
	void unlistedItemsGetTheMeanWhereTheRoundSaysNoOpinion() {
		assertThat(rank(List.of("A", "B", "C", "D"), List.of(aBallot("A", "B")), Unranked.NO_OPINION)).containsExactly(
				new Place(1, "A", "3"), new Place(2, "C", "2.5"), new Place(2, "D", "2.5"), new Place(4, "B", "2"));
	}

	@Test
	void aDeclaredConflictGivesNoVoiceOnThatItemUnderEitherTreatment() {
		List<String> items = List.of("A", "B", "C");
		Ballot conflicted = new Ballot(List.of(List.of("A"), List.of("C")), List.of("B"));
		for (Unranked unranked : Unranked.values()) {
			assertThat(scores(rank(items, List.of(conflicted), unranked))).containsEntry("B", "2")
				.containsEntry("A", "2.5")
				.containsEntry("C", "1.5");
		}
	}

	@Test
	void aConflictIsNotMadeLastWhereUnlistedItemsAre() {
		Ballot ballot = new Ballot(List.of(List.of("A")), List.of("B"));
		assertThat(Profile.of(List.of("A", "B", "C"), List.of(ballot), Unranked.LAST).votes())
			.containsExactly(new Profile.Vote(1, List.of(List.of(0), List.of(2))));
	}

	@Test
	void agreesWithCountingEveryPairOfEveryBallot() {
		Random random = new Random(20261122);
		for (int round = 0; round < 300; round++) {
			List<String> items = items(1 + random.nextInt(9));
			List<Ballot> ballots = anyBallots(random, items);
			for (Unranked unranked : Unranked.values()) {
				assertThat(scores(rank(items, ballots, unranked)))
					.containsExactlyInAnyOrderEntriesOf(byPairs(items, ballots, unranked));
			}
		}
	}

	@Test
	void ballotOrderAndLabelsDoNotMatter() {
		Random random = new Random(7);
		for (int round = 0; round < 100; round++) {
			List<String> items = items(2 + random.nextInt(7));
			List<Ballot> ballots = new ArrayList<>(anyBallots(random, items));
			List<Place> before = rank(items, ballots, Unranked.LAST);
			Collections.shuffle(ballots, random);
			assertThat(rank(items, ballots, Unranked.LAST)).isEqualTo(before);
			List<String> names = new ArrayList<>(items);
			Collections.shuffle(names, random);
			Map<String, String> renamed = new LinkedHashMap<>();
			IntStream.range(0, names.size()).forEach((i) -> renamed.put(items.get(i), names.get(i)));
			List<Place> after = rank(items, ballots.stream().map((one) -> rename(one, renamed)).toList(),
					Unranked.LAST);
			assertThat(after).containsExactlyInAnyOrderElementsOf(before.stream()
				.map((place) -> new Place(place.rank(), value(renamed, place.item()), place.score()))
				.toList());
		}
	}

	@Test
	void reversedBallotsReverseTheOrderAndDoubledBallotsKeepIt() {
		Random random = new Random(11);
		for (int round = 0; round < 100; round++) {
			List<String> items = items(2 + random.nextInt(7));
			List<Ballot> ballots = anyBallots(random, items);
			List<Place> ranked = rank(items, ballots, Unranked.NO_OPINION);
			List<Place> reversed = rank(items,
					ballots.stream().map((one) -> new Ballot(one.ranking().reversed(), one.conflicts())).toList(),
					Unranked.NO_OPINION);
			List<Ballot> twice = new ArrayList<>(ballots);
			twice.addAll(ballots);
			assertThat(ranks(rank(items, twice, Unranked.NO_OPINION))).isEqualTo(ranks(ranked));
			for (Place one : ranked) {
				for (Place other : ranked) {
					assertThat(Integer.compare(one.rank(), other.rank()))
						.isEqualTo(Integer.compare(rankOf(reversed, other.item()), rankOf(reversed, one.item())));
				}
			}
		}
	}

	@Test
	void everyBallotGivesOutTheSameSum() {
		Random random = new Random(13);
		for (int round = 0; round < 100; round++) {
			List<String> items = items(1 + random.nextInt(9));
			List<Ballot> ballots = anyBallots(random, items);
			BigDecimal sum = rank(items, ballots, Unranked.LAST).stream()
				.map((place) -> new BigDecimal(place.score()))
				.reduce(BigDecimal.ZERO, BigDecimal::add);
			int each = items.size() * (items.size() + 1) / 2;
			assertThat(sum).isEqualByComparingTo(BigDecimal.valueOf((long) each * ballots.size()));
		}
	}

	private static List<Place> rank(List<String> items, List<Ballot> ballots, Unranked unranked) {
		return Method.named("borda").orElseThrow().rank(Profile.of(items, ballots, unranked));
	}

	/** The definition, counted from the ballots as cast. */
	private static Map<String, String> byPairs(List<String> items, List<Ballot> ballots, Unranked unranked) {
		Map<String, String> scores = new LinkedHashMap<>();
		for (String item : items) {
			BigDecimal score = BigDecimal.ZERO;
			for (Ballot ballot : ballots) {
				score = score.add(BigDecimal.ONE);
				for (String other : items) {
					if (!other.equals(item)) {
						score = score.add(pair(ballot, item, other, unranked));
					}
				}
			}
			scores.put(item, score.stripTrailingZeros().toPlainString());
		}
		return scores;
	}

	private static BigDecimal pair(Ballot ballot, String item, String other, Unranked unranked) {
		int mine = position(ballot, item, unranked);
		int theirs = position(ballot, other, unranked);
		if (mine < 0 || theirs < 0 || mine == theirs) {
			return new BigDecimal("0.5");
		}
		return (mine < theirs) ? BigDecimal.ONE : BigDecimal.ZERO;
	}

	private static int position(Ballot ballot, String item, Unranked unranked) {
		for (int group = 0; group < ballot.ranking().size(); group++) {
			if (ballot.ranking().get(group).contains(item)) {
				return group;
			}
		}
		return (unranked == Unranked.LAST && !ballot.conflicts().contains(item)) ? Integer.MAX_VALUE : -1;
	}

	static List<Ballot> anyBallots(Random random, List<String> items) {
		List<Ballot> ballots = new ArrayList<>();
		for (int count = random.nextInt(12); count > 0; count--) {
			List<List<String>> ranking = new ArrayList<>();
			List<String> conflicts = new ArrayList<>();
			List<String> shuffled = new ArrayList<>(items);
			Collections.shuffle(shuffled, random);
			for (String item : shuffled) {
				switch (random.nextInt(6)) {
					case 0 -> conflicts.add(item);
					case 1 -> {
						if (ranking.isEmpty()) {
							ranking.add(List.of(item));
						}
						else {
							List<String> tied = new ArrayList<>(ranking.getLast());
							tied.add(item);
							ranking.set(ranking.size() - 1, tied);
						}
					}
					case 2 -> {
					}
					default -> ranking.add(List.of(item));
				}
			}
			ballots.add(new Ballot(ranking, conflicts));
		}
		return ballots;
	}

	static List<String> items(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "item-" + (char) ('a' + i)).toList();
	}

	private static Ballot aBallot(String... order) {
		return new Ballot(Arrays.stream(order).map(List::of).toList(), List.of());
	}

	private static Ballot rename(Ballot ballot, Map<String, String> names) {
		return new Ballot(ballot.ranking()
			.stream()
			.map((group) -> group.stream().map((item) -> value(names, item)).toList())
			.toList(), ballot.conflicts().stream().map((item) -> value(names, item)).toList());
	}

	private static String value(Map<String, String> names, String item) {
		return names.getOrDefault(item, item);
	}

	private static Map<String, String> scores(List<Place> places) {
		Map<String, String> scores = new LinkedHashMap<>();
		places.forEach((place) -> scores.put(place.item(), place.score()));
		return scores;
	}

	private static Map<String, Integer> ranks(List<Place> places) {
		Map<String, Integer> ranks = new LinkedHashMap<>();
		places.forEach((place) -> ranks.put(place.item(), place.rank()));
		return ranks;
	}

	private static int rankOf(List<Place> places, String item) {
		return places.stream().filter((place) -> place.item().equals(item)).findFirst().orElseThrow().rank();
	}

}
