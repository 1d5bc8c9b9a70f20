package se.lokalabehov.prioritisation.model;

import java.util.List;
import java.util.Random;

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
			List<String> items = BordaTests.items(1 + random.nextInt(14));
			for (Ballot ballot : BordaTests.anyBallots(random, items)) {
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

}
