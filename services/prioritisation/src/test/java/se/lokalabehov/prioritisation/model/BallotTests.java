package se.lokalabehov.prioritisation.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import se.lokalabehov.prioritisation.model.Ballot.Fault;

import static org.assertj.core.api.Assertions.assertThat;

class BallotTests {

	private static final List<String> ITEMS = List.of("need-a", "need-b", "need-c");

	@Test
	void anOrderWithTiesGapsAndConflictsCanBeCast() {
		assertThat(new Ballot(List.of(List.of("need-b", "need-a")), List.of("need-c")).fault(ITEMS)).isEmpty();
	}

	@Test
	void aBlankVoteCanBeCast() {
		assertThat(new Ballot(List.of(), List.of()).fault(ITEMS)).isEmpty();
	}

	@Test
	void anItemOfAnotherRoundCanNotBeRankedOrDeclared() {
		assertThat(new Ballot(List.of(List.of("need-x")), List.of()).fault(ITEMS)).contains(Fault.UNKNOWN_ITEM);
		assertThat(new Ballot(List.of(), List.of("need-x")).fault(ITEMS)).contains(Fault.UNKNOWN_ITEM);
	}

	@Test
	void anItemStandsOnce() {
		assertThat(new Ballot(List.of(List.of("need-a"), List.of("need-a")), List.of()).fault(ITEMS))
			.contains(Fault.ITEM_TWICE);
		assertThat(new Ballot(List.of(), List.of("need-a", "need-a")).fault(ITEMS)).contains(Fault.ITEM_TWICE);
	}

	@Test
	void aGroupHoldsSomething() {
		assertThat(new Ballot(List.of(List.of()), List.of()).fault(ITEMS)).contains(Fault.EMPTY_GROUP);
	}

	@Test
	void aConflictIsNotRanked() {
		assertThat(new Ballot(List.of(List.of("need-a")), List.of("need-a")).fault(ITEMS))
			.contains(Fault.RANKED_CONFLICT);
	}

	@Test
	void readsWhatItWrote() {
		Random random = new Random(3);
		for (int round = 0; round < 200; round++) {
			List<String> items = items(1 + random.nextInt(14));
			for (Ballot ballot : anyBallots(random, items)) {
				assertThat(Ballot.read(items, ballot.writtenRanking(items), ballot.writtenConflicts(items)))
					.isEqualTo(ballot);
			}
		}
	}

	@Test
	void printsNothingOfItself() {
		assertThat(new Ballot(List.of(List.of("need-a")), List.of("need-b"))).asString()
			.doesNotContain("need-a", "need-b");
	}

	private static List<Ballot> anyBallots(Random random, List<String> items) {
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

	private static List<String> items(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "item-" + (char) ('a' + i)).toList();
	}

}
