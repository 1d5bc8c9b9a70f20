package se.lokalabehov.nationalhandoff.model;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedNotHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal.Kind;
import se.lokalabehov.nationalhandoff.model.CycleSeen.Phase;
import se.lokalabehov.nationalhandoff.model.HandOff.AwaitingReceipt;
import se.lokalabehov.nationalhandoff.model.HandOff.Received;
import se.lokalabehov.nationalhandoff.model.HandOff.Return;
import se.lokalabehov.nationalhandoff.model.HandOff.Returned;
import se.lokalabehov.nationalhandoff.model.HandingOver.Candidate;
import se.lokalabehov.nationalhandoff.model.HandingOver.HandOver;
import se.lokalabehov.nationalhandoff.model.RankStanding.Ranked;
import se.lokalabehov.nationalhandoff.model.RankStanding.Undecided;
import se.lokalabehov.nationalhandoff.model.RankStanding.Unopened;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.nationalhandoff.model.Fixtures.AGENCIES;
import static se.lokalabehov.nationalhandoff.model.Fixtures.CYCLE;
import static se.lokalabehov.nationalhandoff.model.Fixtures.OPEN_CYCLE;
import static se.lokalabehov.nationalhandoff.model.Fixtures.SBU;
import static se.lokalabehov.nationalhandoff.model.Fixtures.SKR;
import static se.lokalabehov.nationalhandoff.model.Fixtures.SOS;
import static se.lokalabehov.nationalhandoff.model.Fixtures.TODAY;
import static se.lokalabehov.nationalhandoff.model.Fixtures.aNeedJudged;
import static se.lokalabehov.nationalhandoff.model.Fixtures.accepted;
import static se.lokalabehov.nationalhandoff.model.Fixtures.handOff;
import static se.lokalabehov.nationalhandoff.model.Fixtures.handedTo;
import static se.lokalabehov.nationalhandoff.model.Fixtures.refused;
import static se.lokalabehov.nationalhandoff.model.Fixtures.sourceOf;
import static se.lokalabehov.nationalhandoff.model.Fixtures.wording;

/**
 * Moment 6, hand over.
 */
class HandingOverTests {

	private static final Ranked THIRD = new Ranked(new RoundId("round-1"), 3, 1);

	@Test
	void aRankedNeedIsHandedOverWithRankWordsAndProvenance() {
		assertThat(accepted(handOver(null, SOS, aCandidate(THIRD), SBU))).containsExactly(handedTo(SOS, SBU));
	}

	@Test
	void whatIsHandedOverIsTheVersionThatWasRanked() {
		// A change slipped in while the round was on its way here.
		var changed = NationalNeed.evolve(aNeedJudged(Verdict.NEW),
				new CompilationEvent.NationalNeedChanged(2, wording("Andra ord"), List.of(sourceOf("b"))));

		var event = (NeedHandedOver) accepted(handOver(null, SOS, new Candidate(changed, OPEN_CYCLE, THIRD)))
			.getFirst();

		assertThat(event.wording()).isEqualTo(wording("Cannabis och unga"));
		assertThat(event.sources()).containsExactly(sourceOf("a"));
	}

	@Test
	void whatNoClosedRoundRanksIsNotHereYet() {
		for (RankStanding standing : List.of(new Unopened(), new Undecided())) {
			assertThat(refused(handOver(null, SOS, aCandidate(standing))).kind()).isEqualTo(Kind.NOT_HERE_YET);
			assertThat(refused(HandingOver.leaveBelowTheLine(null, "Resurser", aCandidate(standing))).kind())
				.isEqualTo(Kind.NOT_HERE_YET);
		}
	}

	@Test
	void onlyANationalAgencyLeadsOrContributes() {
		assertThat(refused(handOver(null, SKR, aCandidate(THIRD))).fields()).extracting("name")
			.containsExactly("agency");
		assertThat(refused(handOver(null, SOS, aCandidate(THIRD), SKR)).fields()).extracting("name")
			.containsExactly("contributors");
	}

	@Test
	void theLeadIsNoContributorAndAContributorIsNamedOnce() {
		assertThat(refused(handOver(null, SOS, aCandidate(THIRD), SOS)).kind()).isEqualTo(Kind.INVALID);
		assertThat(refused(handOver(null, SOS, aCandidate(THIRD), SBU, SBU)).kind()).isEqualTo(Kind.INVALID);
	}

	@Test
	void theLastDayToConfirmIsNotPast() {
		var late = new HandOver(SOS, List.of(), TODAY.minusDays(1));

		assertThat(refused(HandingOver.handOver(null, late, aCandidate(THIRD), AGENCIES, TODAY)).fields())
			.extracting("name")
			.containsExactly("due");
	}

	@Test
	void whatIsAnsweredOrDissolvedIsNotHandedOver() {
		var dissolved = NationalNeed.evolve(aNeedJudged(Verdict.NEW),
				new CompilationEvent.NationalNeedDissolved("Två frågor"));

		assertThat(refused(handOver(null, SOS, new Candidate(aNeedJudged(Verdict.EXISTS), OPEN_CYCLE, THIRD))).code())
			.isEqualTo("behovet-ar-besvarat");
		assertThat(refused(handOver(null, SOS, new Candidate(dissolved, OPEN_CYCLE, THIRD))).code())
			.isEqualTo("behovet-ar-upplost");
	}

	@Test
	void aCancelledCycleHandsNothingOverAFinishedOneMay() {
		var need = aNeedJudged(Verdict.NEW);

		assertThat(
				refused(handOver(null, SOS, new Candidate(need, new CycleSeen(Phase.CANCELLED, null), THIRD))).code())
			.isEqualTo("omgangen-ar-avbruten");
		assertThat(accepted(handOver(null, SOS, new Candidate(need, new CycleSeen(Phase.FINISHED, null), THIRD))))
			.hasSize(1);
	}

	@Test
	void theLeadConfirmsThatItHasReceived() {
		var awaiting = handOff(handedTo(SOS, SBU));

		assertThat(accepted(HandingOver.receive(awaiting, SOS, "5.1-1234/2026")))
			.containsExactly(new NeedReceived("5.1-1234/2026"));
		assertThat(handOff(handedTo(SOS), new NeedReceived("5.1-1234/2026"))).isInstanceOf(Received.class);
	}

	@Test
	void nobodyButTheLeadConfirmsOrReturns() {
		var awaiting = handOff(handedTo(SOS, SBU));

		assertThat(refused(HandingOver.receive(awaiting, SBU, null)).kind()).isEqualTo(Kind.FORBIDDEN);
		assertThat(refused(HandingOver.giveBack(awaiting, SBU, "Inte vårt")).kind()).isEqualTo(Kind.FORBIDDEN);
	}

	@Test
	void aReturnFreesItForAnotherAgencyAndIsRemembered() {
		var returned = handOff(handedTo(SOS), new NeedReturned("Ligger hos SBU"));

		var again = HandOff.evolve(returned, accepted(handOver(returned, SBU, aCandidate(THIRD))).getFirst());

		assertThat(returned).isInstanceOf(Returned.class);
		assertThat(again).isInstanceOf(AwaitingReceipt.class);
		assertThat(again.handedTo()).extracting("agency").isEqualTo(SBU);
		assertThat(again.returns()).containsExactly(new Return(SOS, "Ligger hos SBU"));
		assertThat(again.concerns(SOS)).isTrue();
	}

	@Test
	void whatIsHandedOverIsNotHandedOverAgainUntilItIsReturned() {
		assertThat(refused(handOver(handOff(handedTo(SOS)), SBU, aCandidate(THIRD))).code())
			.isEqualTo("behovet-ar-overlamnat");
		assertThat(refused(handOver(handOff(handedTo(SOS), new NeedReceived(null)), SBU, aCandidate(THIRD))).code())
			.isEqualTo("mottagandet-ar-bekraftat");
	}

	@Test
	void whatIsConfirmedIsAnsweredNotReturned() {
		var received = handOff(handedTo(SOS), new NeedReceived(null));

		assertThat(refused(HandingOver.giveBack(received, SOS, "Ändrat oss")).code())
			.isEqualTo("mottagandet-ar-bekraftat");
		assertThat(refused(HandingOver.receive(received, SOS, null)).code()).isEqualTo("mottagandet-ar-bekraftat");
	}

	@Test
	void whatIsReturnedIsReturnedOnce() {
		var returned = handOff(handedTo(SOS), new NeedReturned("Inte vårt"));

		assertThat(refused(HandingOver.giveBack(returned, SOS, "Igen")).code()).isEqualTo("behovet-ar-aterlamnat");
	}

	@Test
	void belowTheLineIsAnAnswerWithItsReason() {
		assertThat(accepted(HandingOver.leaveBelowTheLine(null, "Andra behov väger tyngre", aCandidate(THIRD))))
			.containsExactly(new NeedNotHandedOver(CYCLE, new RoundId("round-1"), 3, List.of(sourceOf("a")),
					"Andra behov väger tyngre"));
	}

	@Test
	void whatEveryAgencyReturnsMayBeLeftBelowTheLine() {
		var returned = handOff(handedTo(SOS), new NeedReturned("Inte vårt"));

		assertThat(accepted(HandingOver.leaveBelowTheLine(returned, "Ingen tar det", aCandidate(THIRD)))).hasSize(1);
	}

	@Test
	void whatStaysBelowTheLineIsTakenUpOnlyByACorrectedRanking() {
		var below = handOff(
				new NeedNotHandedOver(CYCLE, new RoundId("round-1"), 3, List.of(sourceOf("a")), "Resurser"));
		var corrected = new Ranked(new RoundId("round-2"), 1, 1);

		assertThat(refused(handOver(below, SOS, aCandidate(THIRD))).code()).isEqualTo("behovet-stannar-under-strecket");
		assertThat(accepted(handOver(below, SOS, aCandidate(corrected)))).hasSize(1);
	}

	@Test
	void nobodyReceivesWhatIsBelowTheLine() {
		var below = handOff(
				new NeedNotHandedOver(CYCLE, new RoundId("round-1"), 3, List.of(sourceOf("a")), "Resurser"));

		assertThat(refused(HandingOver.receive(below, SOS, null)).kind()).isEqualTo(Kind.FORBIDDEN);
	}

	@Test
	void aRedactionBlanksWordsAndReasons() {
		var returned = handOff(handedTo(SOS), new NeedReturned("Inte vårt"));
		var again = HandOff.evolve(returned, handedTo(SBU));

		for (HandOff one : List.of(again, returned, HandOff.evolve(again, new NeedReceived("1/2026")), handOff(
				new NeedNotHandedOver(CYCLE, new RoundId("round-1"), 3, List.of(sourceOf("a")), "Inte vårt")))) {
			var redacted = HandOff.evolve(one, accepted(HandingOver.redact(one, "Personuppgift")).getFirst());

			assertThat(redacted.toString()).doesNotContain("Inte vårt", "Cannabis").contains("[borttaget]");
			assertThat(redacted).hasSameClassAs(one);
			assertThat(redacted.basis()).isEqualTo(one.basis());
		}
	}

	private static Candidate aCandidate(RankStanding standing) {
		return new Candidate(aNeedJudged(Verdict.NEW), OPEN_CYCLE, standing);
	}

	private static Decision<HandOffEvent> handOver(@Nullable HandOff before, OrganisationId agency, Candidate candidate,
			OrganisationId... contributors) {
		return HandingOver.handOver(before, new HandOver(agency, List.of(contributors), TODAY.plusDays(14)), candidate,
				AGENCIES, TODAY);
	}

}
