package se.lokalabehov.needintake;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import se.lokalabehov.contracts.ClarificationId;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedEvent.ClarificationAnswered;
import se.lokalabehov.contracts.NeedEvent.ClarificationAsked;
import se.lokalabehov.contracts.NeedEvent.NeedConfirmed;
import se.lokalabehov.contracts.NeedEvent.NeedDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedNotDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedRecorded;
import se.lokalabehov.contracts.NeedEvent.NeedRedacted;
import se.lokalabehov.contracts.NeedEvent.NeedRevised;
import se.lokalabehov.contracts.NeedEvent.NeedSplit;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.NeedSupplemented;
import se.lokalabehov.contracts.NeedEvent.NeedTakenUp;
import se.lokalabehov.contracts.NeedEvent.NeedTurnedBack;
import se.lokalabehov.contracts.NeedEvent.NeedWaitlisted;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedEvent.TurnedBackBecause;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.needintake.Need.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.needintake.Fixtures.CYCLE;
import static se.lokalabehov.needintake.Fixtures.R1;
import static se.lokalabehov.needintake.Fixtures.RSS;
import static se.lokalabehov.needintake.Fixtures.SOLNA;
import static se.lokalabehov.needintake.Fixtures.STOCKHOLM;
import static se.lokalabehov.needintake.Fixtures.TODAY;
import static se.lokalabehov.needintake.Fixtures.aCycle;
import static se.lokalabehov.needintake.Fixtures.aNeedFrom;
import static se.lokalabehov.needintake.Fixtures.aWording;
import static se.lokalabehov.needintake.Fixtures.after;
import static se.lokalabehov.needintake.Fixtures.apply;
import static se.lokalabehov.needintake.Fixtures.events;
import static se.lokalabehov.needintake.Fixtures.member;
import static se.lokalabehov.needintake.Fixtures.mergedInR1;
import static se.lokalabehov.needintake.Fixtures.refusal;
import static se.lokalabehov.needintake.Fixtures.submitted;

class NeedDeciderTests {

	private static final Draft.Words WRITTEN = new Draft.Words("Stöd till närstående", List.of("ANH"), "METOD",
			"Vi har inget i dag.", "Vad hjälper?", null, List.of("METOD"));

	private static final ClarificationId C1 = new ClarificationId("clarification-1");

	@Test
	void aCompleteDraftIsSubmittedInTheCycle() {
		assertThat(events(NeedDecider.submit(draft("SBB", WRITTEN), aCycle(CycleView.Status.OPEN), RSS, TODAY, TODAY)))
			.containsExactly(submitted(STOCKHOLM));
	}

	@Test
	void freeTextAloneIsNeverEnough() {
		Draft.Words textOnly = new Draft.Words("Stöd", List.of(), null, "Vi har inget.", "Vad hjälper?", null,
				List.of());

		assertThat(
				refusal(NeedDecider.submit(draft("SBB", textOnly), aCycle(CycleView.Status.OPEN), RSS, TODAY, TODAY)))
			.isEqualTo("ofullstandigt-behov");
	}

	@Test
	void theDayAfterTheLastDayIsLate() {
		assertThat(events(NeedDecider.submit(draft("SBB", WRITTEN), aCycle(CycleView.Status.OPEN), RSS, TODAY,
				TODAY.plusDays(1))))
			.singleElement()
			.isInstanceOfSatisfying(NeedSubmitted.class, (event) -> assertThat(event.late()).isTrue());
	}

	@Test
	void aNeedInAnotherAreaGoesToTheWaitingListOfThatAreaAndIsTold() {
		Need need = apply(null,
				NeedDecider.submit(draft("DEM", WRITTEN), aCycle(CycleView.Status.OPEN), RSS, TODAY, TODAY));

		assertThat(need.status()).isEqualTo(Status.WAITLISTED);
		assertThat(need.cycle()).isNull();
		assertThat(need.area()).isEqualTo("DEM");
		assertThat(need.answer()).isEqualTo(new Need.Answer(NeedDecider.OTHER_AREA, null, null));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "CHOSEN", "OPEN" })
	void whatComesTooLateWaitsForTheNextCycleAndIsTold(CycleView.Status status) {
		Need need = apply(null, NeedDecider.submit(draft("SBB", WRITTEN), aCycle(status), RSS, TODAY, TODAY));

		assertThat(need.status()).isEqualTo(Status.WAITLISTED);
		assertThat(need.answer()).isEqualTo(new Need.Answer(NeedDecider.TOO_LATE, null, null));
	}

	@Test
	void aCycleThatHasNotOpenedTakesNoNeeds() {
		assertThat(
				refusal(NeedDecider.submit(draft("SBB", WRITTEN), aCycle(CycleView.Status.CHOSEN), RSS, TODAY, TODAY)))
			.isEqualTo("omgangen-ej-oppen");
	}

	@Test
	void withoutACycleItGoesStraightToTheWaitingList() {
		assertThat(events(NeedDecider.submit(draft("SBB", WRITTEN), null, RSS, TODAY, TODAY)))
			.hasExactlyElementsOfTypes(NeedSubmitted.class, NeedWaitlisted.class);
	}

	@Test
	void anAnsweredNeedIsReconsideredAndAnOpenOneIsNot() {
		Need answered = after(aNeedFrom(STOCKHOLM), new NeedTurnedBack(TurnedBackBecause.LOCAL, "Löses lokalt.", null));

		assertThat(NeedDecider.reconsider(answered, false, STOCKHOLM)).isEmpty();
		assertThat(NeedDecider.reconsider(aNeedFrom(STOCKHOLM), false, STOCKHOLM)).isPresent();
		assertThat(NeedDecider.reconsider(aNeedFrom(STOCKHOLM), true, STOCKHOLM)).isEmpty();
		assertThat(NeedDecider.reconsider(answered, false, SOLNA)).isPresent();
		assertThat(NeedDecider.reconsider(null, false, STOCKHOLM)).isPresent();
	}

	@Test
	void anRssRecordsForItsOwnMunicipalitiesOnly() {
		CycleView cycle = aCycle(CycleView.Status.OPEN);

		assertThat(events(NeedDecider.record(recorded("SBB", STOCKHOLM), cycle))).hasSize(1);
		assertThat(refusal(NeedDecider.record(recorded("SBB", new OrganisationId("1480")), cycle)))
			.isEqualTo("felaktig-uppgift");
		assertThat(refusal(NeedDecider.record(recorded("DEM", STOCKHOLM), cycle))).isEqualTo("felaktig-uppgift");
		assertThat(refusal(NeedDecider.record(recorded("SBB", STOCKHOLM), aCycle(CycleView.Status.COMPILED))))
			.isEqualTo("sammanstallningen-stangd");
	}

	@Test
	void aRecordedNeedIsTheMunicipalitysWhenConfirmedOnce() {
		Need recorded = after(null, recorded("SBB", STOCKHOLM));
		assertThat(recorded.status()).isEqualTo(Status.RECORDED);
		assertThat(refusal(claim(recorded))).isEqualTo("ej-oppet");
		assertThat(refusal(NeedDecider.revise(recorded, aWording("Nytt?"), List.of(STOCKHOLM), false)))
			.isEqualTo("ej-bekraftat");

		Need confirmed = apply(recorded, NeedDecider.confirm(recorded, true, aCycle(CycleView.Status.OPEN)));

		assertThat(confirmed.status()).isEqualTo(Status.SUBMITTED);
		assertThat(confirmed.origin().namesMunicipalities()).isTrue();
		assertThat(refusal(NeedDecider.confirm(confirmed, true, aCycle(CycleView.Status.OPEN))))
			.isEqualTo("redan-bekraftat");
	}

	@Test
	void confirmedTooLateItWaits() {
		assertThat(events(
				NeedDecider.confirm(after(null, recorded("SBB", STOCKHOLM)), false, aCycle(CycleView.Status.COMPILED))))
			.hasExactlyElementsOfTypes(NeedConfirmed.class, NeedWaitlisted.class);
	}

	@Test
	void aRevisionIsANewVersionUntilDelivered() {
		Need need = aNeedFrom(STOCKHOLM);

		Need revised = apply(need,
				NeedDecider.revise(need, aWording("Vad hjälper barnen?"), List.of(STOCKHOLM, SOLNA), false));

		assertThat(revised.version()).isEqualTo(2);
		assertThat(revised.municipalities()).containsExactly(STOCKHOLM, SOLNA);
		assertThat(revised.versions().getFirst().wording()).isEqualTo(aWording("Vad hjälper?"));
		Need delivered = after(mergedInR1(revised), new NeedDelivered(R1, 1));
		assertThat(refusal(NeedDecider.revise(delivered, aWording("Nytt?"), List.of(STOCKHOLM), false)))
			.isEqualTo("redan-levererat");
	}

	@Test
	void aDeliveryThatHasNotMarkedTheNeedYetStopsARevisionToo() {
		assertThat(refusal(NeedDecider.revise(aNeedFrom(STOCKHOLM), aWording("Nytt?"), List.of(STOCKHOLM), true)))
			.isEqualTo("redan-levererat");
	}

	@Test
	void theMunicipalityThatWroteStaysFirst() {
		assertThat(refusal(NeedDecider.revise(aNeedFrom(STOCKHOLM), aWording("Nytt?"), List.of(SOLNA), false)))
			.isEqualTo("felaktig-uppgift");
	}

	@Test
	void theSameWordsAgainAreNoRevision() {
		assertThat(
				events(NeedDecider.revise(aNeedFrom(STOCKHOLM), aWording("Vad hjälper?"), List.of(STOCKHOLM), false)))
			.isEmpty();
	}

	@Test
	void withdrawalIsAMarkThatADeliveryDoesNotTakeAway() {
		Need withdrawn = apply(mergedInR1(aNeedFrom(STOCKHOLM)),
				NeedDecider.withdraw(mergedInR1(aNeedFrom(STOCKHOLM)), "Löst."));
		assertThat(withdrawn.status()).isEqualTo(Status.WITHDRAWN);
		assertThat(withdrawn.merge(R1)).isPresent();

		Need delivered = apply(withdrawn, NeedDecider.deliver(withdrawn, R1, 1));

		assertThat(delivered.status()).isEqualTo(Status.WITHDRAWN);
		assertThat(delivered.isDelivered()).isTrue();
		assertThat(events(NeedDecider.withdraw(delivered, "Igen."))).isEmpty();
	}

	@Test
	void supplementsComeAfterDelivery() {
		Need delivered = after(mergedInR1(aNeedFrom(STOCKHOLM)), new NeedDelivered(R1, 1));

		assertThat(events(NeedDecider.supplement(delivered, "Fler gör så.")))
			.containsExactly(new NeedSupplemented("Fler gör så."));
		assertThat(refusal(NeedDecider.supplement(aNeedFrom(STOCKHOLM), "Fler."))).isEqualTo("ej-levererat");
	}

	@Test
	void aQuestionIsAnsweredOnceAndStays() {
		Need need = aNeedFrom(STOCKHOLM);
		Need asked = apply(need, NeedDecider.ask(need, C1, "Vilka åldrar?", TODAY.plusDays(5), TODAY));

		Need replied = apply(asked, NeedDecider.reply(asked, C1, "Vuxna."));

		assertThat(replied.clarifications())
			.containsExactly(new Need.Clarification(C1, "Vilka åldrar?", TODAY.plusDays(5), "Vuxna."));
		assertThat(refusal(NeedDecider.reply(replied, C1, "Alla."))).isEqualTo("redan-svarat");
		assertThat(refusal(NeedDecider.reply(need, C1, "Vuxna."))).isEqualTo("finns-inte");
		assertThat(refusal(NeedDecider.ask(need, C1, "Vad?", TODAY.minusDays(1), TODAY))).isEqualTo("felaktig-uppgift");
	}

	@Test
	void turnedBackWithTheAnswerAndOnlyWhenFree() {
		Need need = aNeedFrom(STOCKHOLM);

		assertThat(events(NeedDecider.turnBack(need, TurnedBackBecause.EXISTS, "Finns.", "Handboken")))
			.containsExactly(new NeedTurnedBack(TurnedBackBecause.EXISTS, "Finns.", "Handboken"));
		assertThat(refusal(NeedDecider.turnBack(need, TurnedBackBecause.EXISTS, "Finns.", null)))
			.isEqualTo("felaktig-uppgift");
		assertThat(refusal(NeedDecider.turnBack(mergedInR1(need), TurnedBackBecause.LOCAL, "Lokalt.", null)))
			.isEqualTo("sammanslaget");
		assertThat(refusal(NeedDecider.turnBack(after(need, new NeedWithdrawn("Löst.")), TurnedBackBecause.LOCAL,
				"Lokalt.", null)))
			.isEqualTo("ej-oppet");
	}

	@Test
	void fromTheWaitingListIntoACycleThatCoversIt() {
		Need waiting = apply(aNeedFrom(STOCKHOLM), NeedDecider.waitlist(aNeedFrom(STOCKHOLM), "SBB", "Väntar."));
		CycleId next = new CycleId("cycle-next");

		Need takenUp = apply(waiting, NeedDecider.takeUp(waiting, next, aCycle(CycleView.Status.OPEN)));

		assertThat(takenUp.status()).isEqualTo(Status.SUBMITTED);
		assertThat(takenUp.cycle()).isEqualTo(next);
		assertThat(takenUp.answer()).isNull();
		assertThat(refusal(NeedDecider.takeUp(takenUp, next, aCycle(CycleView.Status.OPEN)))).isEqualTo("vantar-inte");
		Need elsewhere = after(waiting, new NeedWaitlisted("DEM", "Väntar."));
		assertThat(refusal(NeedDecider.takeUp(elsewhere, next, aCycle(CycleView.Status.OPEN))))
			.isEqualTo("annat-omrade");
		assertThat(refusal(NeedDecider.takeUp(waiting, next, aCycle(CycleView.Status.COMPILED))))
			.isEqualTo("sammanstallningen-stangd");
	}

	@Test
	void whoMovedToAnotherRegionIsFollowedIntoTheNextCycle() {
		Need waiting = after(aNeedFrom(STOCKHOLM), new NeedWaitlisted("SBB", "Väntar."));

		assertThat(after(waiting, new NeedTakenUp(new CycleId("cycle-next"), new OrganisationId("RSS-03"))).rss())
			.isEqualTo(new OrganisationId("RSS-03"));
	}

	@Test
	void aClaimNamesTheExactVersionAndIsMadeOnce() {
		Need need = aNeedFrom(STOCKHOLM);

		assertThat(events(claim(need))).containsExactly(new NeedMerged(R1));
		assertThat(events(claim(mergedInR1(need)))).isEmpty();
		Need revised = after(mergedInR1(need), new NeedRevised(2, aWording("Nytt?"), List.of(STOCKHOLM)));
		assertThat(refusal(NeedDecider.claim(revised, new RegionalNeedId("regional-2"), member("need-1", 1, STOCKHOLM),
				CYCLE, RSS)))
			.isEqualTo("andrad-under-tiden");
		assertThat(events(NeedDecider.claim(revised, R1, member("need-1", 2, STOCKHOLM), CYCLE, RSS)))
			.containsExactly(new NeedMerged(R1));
	}

	@Test
	void needsOfOthersCanNotBeClaimed() {
		assertThat(refusal(NeedDecider.claim(null, R1, member("need-1", 1), CYCLE, RSS)))
			.isEqualTo("finns-inte-i-listan");
		assertThat(refusal(
				NeedDecider.claim(aNeedFrom(STOCKHOLM), R1, member("need-1", 1), CYCLE, new OrganisationId("RSS-03"))))
			.isEqualTo("finns-inte-i-listan");
	}

	@Test
	void aNeedCanBePartOfSeveralAndIsFreeWhenEachHasLetGo() {
		RegionalNeedId r2 = new RegionalNeedId("regional-2");
		Need need = after(aNeedFrom(STOCKHOLM), new NeedMerged(R1), new NeedMerged(r2), new NeedDelivered(R1, 1),
				new NeedDelivered(r2, 1));

		Need one = apply(need, NeedDecider.release(need, R1, "Ogjort."));
		Need none = apply(one, NeedDecider.release(one, r2, "Ogjort."));

		assertThat(one.status()).isEqualTo(Status.DELIVERED);
		assertThat(none.status()).isEqualTo(Status.SUBMITTED);
		assertThat(events(NeedDecider.release(none, r2, "Ogjort."))).isEmpty();
	}

	@Test
	void theMarksOfADeliveryAreMadeOnce() {
		Need need = mergedInR1(aNeedFrom(STOCKHOLM));
		Need delivered = apply(need, NeedDecider.deliver(need, R1, 1));

		assertThat(delivered.status()).isEqualTo(Status.DELIVERED);
		assertThat(delivered.deliveredVersion()).isEqualTo(1);
		assertThat(events(NeedDecider.deliver(delivered, R1, 1))).isEmpty();
		Need left = apply(aNeedFrom(STOCKHOLM), NeedDecider.notDeliver(aNeedFrom(STOCKHOLM), 1, "Täcks redan."));
		assertThat(left.status()).isEqualTo(Status.NOT_DELIVERED);
		assertThat(events(NeedDecider.notDeliver(left, 1, "Täcks redan."))).isEmpty();
	}

	@Test
	void leftBehindItWaitsAndIsToldWhy() {
		assertThat(events(NeedDecider.leaveBehind(aNeedFrom(STOCKHOLM), "Omgången avbröts.")))
			.containsExactly(new NeedWaitlisted("SBB", "Omgången avbröts."));
		assertThat(events(NeedDecider.leaveBehind(after(aNeedFrom(STOCKHOLM), new NeedNotDelivered(1, "Nej.")), "x")))
			.isEmpty();
	}

	@Test
	void aRedactionBlanksEveryText() {
		Need need = after(aNeedFrom(STOCKHOLM), new NeedRevised(2, aWording("Nytt?"), List.of(STOCKHOLM)),
				new ClarificationAsked(C1, "Vilka?", TODAY), new ClarificationAnswered(C1, "Vuxna."),
				new NeedMerged(R1), new NeedDelivered(R1, 1), new NeedSupplemented("Mer."),
				new NeedSplit(R1, "Ogjort."), new NeedTurnedBack(TurnedBackBecause.EXISTS, "Finns.", "Boken"),
				new NeedRedacted("Namn."));

		assertThat(need.versions()).extracting(Need.Version::wording).containsOnly(aWording("Vad hjälper?").redacted());
		assertThat(Stream.of(need.clarifications().getFirst().question(), need.clarifications().getFirst().reply(),
				need.supplements().getFirst()))
			.containsOnly(Wording.REDACTED);
		assertThat(need.answer())
			.isEqualTo(new Need.Answer(Wording.REDACTED, TurnedBackBecause.EXISTS, Wording.REDACTED));
	}

	private static Decision<OfNeed> claim(Need need) {
		return NeedDecider.claim(need, R1, member("need-1", 1, STOCKHOLM), CYCLE, RSS);
	}

	private static Draft.Content draft(String area, Draft.Words words) {
		return new Draft.Content(CYCLE, area, List.of(STOCKHOLM), null, words, false, List.of(), null, null);
	}

	private static NeedRecorded recorded(String area, OrganisationId municipality) {
		return new NeedRecorded(CYCLE, area, List.of(municipality), RSS, aWording("Vad hjälper?"), "Nätverksmöte");
	}

}
