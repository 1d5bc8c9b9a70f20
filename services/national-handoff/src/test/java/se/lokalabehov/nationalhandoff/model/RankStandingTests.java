package se.lokalabehov.nationalhandoff.model;

import java.util.List;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.Procedure;
import se.lokalabehov.contracts.RankingEvent.Step;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.nationalhandoff.model.RankStanding.Ranked;
import se.lokalabehov.nationalhandoff.model.RankStanding.Undecided;
import se.lokalabehov.nationalhandoff.model.RankStanding.Unopened;
import se.lokalabehov.nationalhandoff.model.RoundSeen.Phase;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.nationalhandoff.model.Fixtures.CYCLE;
import static se.lokalabehov.nationalhandoff.model.Fixtures.NEED;
import static se.lokalabehov.nationalhandoff.model.Fixtures.NOW;
import static se.lokalabehov.nationalhandoff.model.Fixtures.SKR;
import static se.lokalabehov.nationalhandoff.model.Fixtures.aRound;
import static se.lokalabehov.nationalhandoff.model.Fixtures.told;

/**
 * What the rounds say of a national need (domain rules 6 and 12).
 */
class RankStandingTests {

	@Test
	void aNeedThatNoRoundKnowsMayStillBeChanged() {
		assertThat(RankStanding.of(NEED, List.of(aRound("round-1", Phase.CLOSED, null, "national-2"))))
			.isEqualTo(new Unopened());
	}

	@Test
	void aRegionalRoundDoesNotLockANationalNeed() {
		var regional = new RoundSeen(new RoundId("round-1"), Level.REGIONAL, CYCLE, Phase.CLOSED,
				List.of(new RoundSeen.Item("national-1", 1)), List.of(), null, Procedure.plain(1),
				List.of(new RoundSeen.Place(1, "national-1")), NOW);

		assertThat(RankStanding.of(NEED, List.of(regional))).isEqualTo(new Unopened());
		assertThat(RankStanding.published(NEED, List.of(regional))).isFalse();
	}

	@Test
	void anOpenRoundLocksItWithoutRankingIt() {
		var open = aRound("round-1", Phase.OPEN, null, "national-1");

		assertThat(RankStanding.of(NEED, List.of(open))).isEqualTo(new Undecided());
		assertThat(RankStanding.published(NEED, List.of(open))).isFalse();
	}

	@Test
	void aCancelledRoundHasLockedItForGood() {
		assertThat(RankStanding.of(NEED, List.of(aRound("round-1", Phase.CANCELLED, null, "national-1"))))
			.isEqualTo(new Undecided());
	}

	@Test
	void aClosedRoundRanksItAndPublishesIt() {
		var closed = aRound("round-1", Phase.CLOSED, null, "national-2", "national-1");

		assertThat(RankStanding.of(NEED, List.of(closed))).isEqualTo(new Ranked(new RoundId("round-1"), 2, 1));
		assertThat(RankStanding.published(NEED, List.of(closed))).isTrue();
	}

	@Test
	void aRankingThatIsBeingCorrectedIsNotActedOn() {
		var closed = aRound("round-1", Phase.CLOSED, null, "national-1");
		var correction = aRound("round-2", Phase.OPEN, "round-1", "national-1");

		assertThat(RankStanding.of(NEED, List.of(closed, correction))).isEqualTo(new Undecided());
		assertThat(RankStanding.published(NEED, List.of(closed, correction))).isTrue();
	}

	@Test
	void aClosedCorrectionTakesThePlaceOfTheRound() {
		var closed = aRound("round-1", Phase.CLOSED, null, "national-1");
		var correction = aRound("round-2", Phase.CLOSED, "round-1", "national-2", "national-1");

		assertThat(RankStanding.of(NEED, List.of(closed, correction)))
			.isEqualTo(new Ranked(new RoundId("round-2"), 2, 1));
	}

	@Test
	void aNeedThatTheCorrectionLeavesOutIsNoLongerRanked() {
		var closed = aRound("round-1", Phase.CLOSED, null, "national-1");
		var correction = aRound("round-2", Phase.CLOSED, "round-1", "national-2");

		assertThat(RankStanding.of(NEED, List.of(closed, correction))).isEqualTo(new Undecided());
	}

	@Test
	void aCancelledCorrectionLeavesTheRankingAsItWas() {
		var closed = aRound("round-1", Phase.CLOSED, null, "national-1");
		var cancelled = aRound("round-2", Phase.CANCELLED, "round-1", "national-1");

		assertThat(RankStanding.of(NEED, List.of(closed, cancelled)))
			.isEqualTo(new Ranked(new RoundId("round-1"), 1, 1));
	}

	@Test
	void whatGoesOnFromAnInterimStepIsRankedByTheFinalOneTheRestByIt() {
		List<String> needs = List.of("national-1", "national-2", "national-3");
		var procedure = new Procedure(Step.INTERIM, null, false, 1, List.of(), List.of());
		var opened = RoundSeen.after(null,
				told(Topics.RANKING, "round-1", 1,
						new RankingEvent.RoundOpened(Level.NATIONAL, CYCLE, SKR, "Första steget",
								needs.stream().map((need) -> new RankingEvent.Item(need, 1, "Titel")).toList(),
								List.of(), 1, NOW, "borda", RankingEvent.Unranked.LAST, null, procedure)));
		var interim = RoundSeen.after(opened, told(Topics.RANKING, "round-1", 2,
				new RankingEvent.RoundClosed(List.of(new RankingEvent.Place(1, "national-1", "9"),
						new RankingEvent.Place(2, "national-2", "6"), new RankingEvent.Place(3, "national-3", "3")),
						"borda", 1, false, "abc", false)));

		assertThat(RankStanding.of(NEED, List.of(interim))).isEqualTo(new Undecided());
		assertThat(RankStanding.of(new NationalNeedId("national-2"), List.of(interim)))
			.isEqualTo(new Ranked(new RoundId("round-1"), 2, 1));
		assertThat(RankStanding.of(NEED, List.of(interim, aRound("round-2", Phase.CLOSED, null, "national-1"))))
			.isEqualTo(new Ranked(new RoundId("round-2"), 1, 1));
	}

	@Test
	void ofTwoRankingsTheOneThatClosedLastHolds() {
		var first = aRound("round-1", Phase.CLOSED, null, "national-1");
		var second = new RoundSeen(new RoundId("round-2"), Level.NATIONAL, CYCLE, Phase.CLOSED,
				List.of(new RoundSeen.Item("national-1", 1)), List.of(), null, Procedure.plain(1),
				List.of(new RoundSeen.Place(7, "national-1")), NOW.plusSeconds(1));

		assertThat(RankStanding.of(NEED, List.of(first, second)))
			.isEqualTo(RankStanding.of(NEED, List.of(second, first)))
			.isEqualTo(new Ranked(new RoundId("round-2"), 7, 1));
	}

}
