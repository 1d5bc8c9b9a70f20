package se.lokalabehov.needintake;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CollectionEvent.CollectionExtended;
import se.lokalabehov.contracts.CollectionEvent.CollectionRedacted;
import se.lokalabehov.contracts.CollectionEvent.Delivered;
import se.lokalabehov.contracts.CollectionEvent.MunicipalitiesReminded;
import se.lokalabehov.contracts.CollectionEvent.NoNeedsAnswered;
import se.lokalabehov.contracts.CollectionEvent.NotDelivered;
import se.lokalabehov.contracts.CollectionEvent.RegionAsked;
import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedRevised;
import se.lokalabehov.contracts.NeedEvent.NeedTurnedBack;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.contracts.NeedEvent.TurnedBackBecause;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.needintake.AskingDecider.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.needintake.Fixtures.CYCLE;
import static se.lokalabehov.needintake.Fixtures.R1;
import static se.lokalabehov.needintake.Fixtures.RSS;
import static se.lokalabehov.needintake.Fixtures.SOLNA;
import static se.lokalabehov.needintake.Fixtures.STOCKHOLM;
import static se.lokalabehov.needintake.Fixtures.TODAY;
import static se.lokalabehov.needintake.Fixtures.aCycle;
import static se.lokalabehov.needintake.Fixtures.aNeedFrom;
import static se.lokalabehov.needintake.Fixtures.aRegionalNeed;
import static se.lokalabehov.needintake.Fixtures.aWording;
import static se.lokalabehov.needintake.Fixtures.after;
import static se.lokalabehov.needintake.Fixtures.events;
import static se.lokalabehov.needintake.Fixtures.member;
import static se.lokalabehov.needintake.Fixtures.mergedInR1;
import static se.lokalabehov.needintake.Fixtures.refusal;

class AskingDeciderTests {

	private static final CycleView OPEN = aCycle(CycleView.Status.OPEN);

	private static final RegionAsked ASKED = new RegionAsked(CYCLE, "SBB", RSS, List.of(STOCKHOLM, SOLNA),
			TODAY.plusDays(10), "Vad behöver ni veta?");

	private static final Asking ASKING = Asking.evolve(null, ASKED);

	private static final NeedId N1 = new NeedId("need-1");

	private static final NeedId N2 = new NeedId("need-2");

	private static final Map<RegionalNeedId, RegionalNeed> LIST = Map.of(R1,
			aRegionalNeed(member("need-1", 1, STOCKHOLM)));

	private static final Order ONLY_R1 = new Order(List.of(new Order.Wanted(R1, 1)), List.of());

	@Test
	void theFrozenRegionIsAskedByTheDayOfTheTimetable() {
		assertThat(events(AskingDecider.ask(null, CYCLE, OPEN, RSS, null, "Vad behöver ni veta?", TODAY)))
			.containsExactly(ASKED);
	}

	@Test
	void askedOnceInAnOpenCycleByWhoHasSomeoneToAsk() {
		assertThat(refusal(AskingDecider.ask(ASKING, CYCLE, OPEN, RSS, null, "Igen", TODAY))).isEqualTo("redan-fragad");
		assertThat(refusal(AskingDecider.ask(null, CYCLE, aCycle(CycleView.Status.CHOSEN), RSS, null, "Vad?", TODAY)))
			.isEqualTo("omgangen-ej-oppen");
		assertThat(refusal(AskingDecider.ask(null, CYCLE, OPEN, new OrganisationId("RSS-03"), null, "Vad?", TODAY)))
			.isEqualTo("fragar-ingen");
	}

	@Test
	void theLastDayLiesBetweenTodayAndTheDeliveryDay() {
		assertThat(refusal(AskingDecider.ask(null, CYCLE, OPEN, RSS, TODAY.minusDays(1), "Vad?", TODAY)))
			.isEqualTo("felaktig-uppgift");
		assertThat(refusal(AskingDecider.ask(null, CYCLE, OPEN, RSS, TODAY.plusDays(21), "Vad?", TODAY)))
			.isEqualTo("felaktig-uppgift");
		assertThat(events(AskingDecider.extend(ASKING, OPEN, TODAY.plusDays(20), "Semester.", TODAY)))
			.containsExactly(new CollectionExtended(TODAY.plusDays(20), "Semester."));
		assertThat(refusal(AskingDecider.extend(ASKING, OPEN, TODAY.plusDays(10), "Semester.", TODAY)))
			.isEqualTo("felaktig-uppgift");
	}

	@Test
	void onlyTheSilentAreReminded() {
		Replies replies = Replies.of(ASKING, List.of(aNeedFrom(STOCKHOLM)));

		assertThat(events(AskingDecider.remind(OPEN, replies.silent(), "Snart.")))
			.containsExactly(new MunicipalitiesReminded(List.of(SOLNA), "Snart."));
		assertThat(refusal(AskingDecider.remind(OPEN, List.of(), "Snart."))).isEqualTo("alla-har-svarat");
	}

	@Test
	void aJointNeedIsTheAnswerOfEachAndNoNeedsIsAnAnswerToo() {
		Asking answered = Asking.evolve(ASKING, new NoNeedsAnswered(SOLNA, "Inget nu."));

		assertThat(Replies.of(ASKING, List.of(aNeedFrom(STOCKHOLM, SOLNA))).silent()).isEmpty();
		assertThat(Replies.of(answered, List.of()).all()).containsExactly(
				new Replies.Reply(STOCKHOLM, Replies.Kind.NOT_YET, 0, null),
				new Replies.Reply(SOLNA, Replies.Kind.NO_NEEDS, 0, "Inget nu."));
		assertThat(Replies.of(answered, List.of(aNeedFrom(SOLNA))).needsOf(SOLNA)).isEqualTo(1);
		assertThat(Replies.of(ASKING, List.of(after(aNeedFrom(SOLNA), new NeedWithdrawn("Löst.")))).silent())
			.contains(SOLNA);
	}

	@Test
	void noNeedsIsAnsweredByAnAskedMunicipalityWithoutNeeds() {
		assertThat(events(AskingDecider.noNeeds(ASKING, OPEN, SOLNA, "", 0)))
			.containsExactly(new NoNeedsAnswered(SOLNA, ""));
		assertThat(events(
				AskingDecider.noNeeds(Asking.evolve(ASKING, new NoNeedsAnswered(SOLNA, "")), OPEN, SOLNA, "", 0)))
			.isEmpty();
		assertThat(refusal(AskingDecider.noNeeds(ASKING, OPEN, SOLNA, "", 1))).isEqualTo("har-behov");
		assertThat(refusal(AskingDecider.noNeeds(ASKING, OPEN, new OrganisationId("1480"), "", 0)))
			.isEqualTo("felaktig-uppgift");
	}

	@Test
	void theDeliveryNamesExactVersionsAndMembers() {
		assertThat(events(deliver(ONLY_R1, Map.of(N1, mergedInR1(aNeedFrom(STOCKHOLM))))))
			.containsExactly(new RegionalListDelivered(1,
					List.of(new Delivered(R1, 1, List.of(member("need-1", 1, STOCKHOLM)))), List.of()));
	}

	@Test
	void nobodyIsLeftOutOfTheFirstDeliveryWithoutAnAnswer() {
		Map<NeedId, Need> two = Map.of(N1, mergedInR1(aNeedFrom(STOCKHOLM)), N2, aNeedFrom(SOLNA));

		assertThat(refusal(deliver(ONLY_R1, two))).isEqualTo("obesvarade-behov");
		assertThat(events(deliver(new Order(ONLY_R1.regionalNeeds(), List.of(new NotDelivered(N2, "Täcks."))), two)))
			.hasSize(1);
		assertThat(events(deliver(ONLY_R1,
				Map.of(N1, mergedInR1(aNeedFrom(STOCKHOLM)), N2,
						after(aNeedFrom(SOLNA), new NeedTurnedBack(TurnedBackBecause.LOCAL, "Lokalt.", null))))))
			.hasSize(1);
	}

	@Test
	void aNeedIsNotBothDeliveredAndLeftOut() {
		assertThat(refusal(deliver(new Order(ONLY_R1.regionalNeeds(), List.of(new NotDelivered(N1, "Nej."))),
				Map.of(N1, mergedInR1(aNeedFrom(STOCKHOLM))))))
			.isEqualTo("felaktig-uppgift");
	}

	@Test
	void aMemberThatWasRevisedOrWithdrawnStopsTheDelivery() {
		Need merged = mergedInR1(aNeedFrom(STOCKHOLM));

		assertThat(refusal(
				deliver(ONLY_R1, Map.of(N1, after(merged, new NeedRevised(2, aWording("Nytt?"), List.of(STOCKHOLM)))))))
			.isEqualTo("andrad-under-tiden");
		assertThat(refusal(deliver(ONLY_R1, Map.of(N1, after(merged, new NeedWithdrawn("Löst."))))))
			.isEqualTo("andrad-under-tiden");
	}

	@Test
	void aVersionThatTheRssHasNotSeenStopsTheDelivery() {
		assertThat(refusal(deliver(new Order(List.of(new Order.Wanted(R1, 2)), List.of()),
				Map.of(N1, mergedInR1(aNeedFrom(STOCKHOLM))))))
			.isEqualTo("andrad-under-tiden");
	}

	@Test
	void aSupplementMayLeaveTheRestForLaterAndNothingIsDeliveredTwice() {
		Asking delivered = Asking.evolve(ASKING, new RegionalListDelivered(1,
				List.of(new Delivered(R1, 1, List.of(member("need-1", 1, STOCKHOLM)))), List.of()));
		RegionalNeedId r2 = new RegionalNeedId("regional-2");
		Map<RegionalNeedId, RegionalNeed> list = Map.of(R1, aRegionalNeed(member("need-1", 1, STOCKHOLM)), r2,
				aRegionalNeed(member("need-2", 1, SOLNA)));
		Map<NeedId, Need> needs = Map.of(N1, mergedInR1(aNeedFrom(STOCKHOLM)), N2, aNeedFrom(SOLNA),
				new NeedId("need-3"), aNeedFrom(SOLNA));

		Decision<CollectionEvent> supplement = AskingDecider.deliver(delivered, OPEN,
				new Order(List.of(new Order.Wanted(r2, 1)), List.of()), list, needs);

		assertThat(events(supplement)).singleElement()
			.isInstanceOfSatisfying(RegionalListDelivered.class, (event) -> assertThat(event.delivery()).isEqualTo(2));
		assertThat(refusal(AskingDecider.deliver(delivered, OPEN, ONLY_R1, list, needs))).isEqualTo("redan-levererat");
		assertThat(refusal(AskingDecider.deliver(delivered, OPEN, new Order(List.of(), List.of()), list, needs)))
			.isEqualTo("tom-leverans");
	}

	@Test
	void anEmptyFirstListIsAnAnswerAndAClosedCycleTakesNone() {
		assertThat(events(deliver(new Order(List.of(), List.of()), Map.of()))).hasSize(1);
		assertThat(refusal(AskingDecider.deliver(ASKING, aCycle(CycleView.Status.COMPILED), ONLY_R1, LIST, Map.of())))
			.isEqualTo("sammanstallningen-stangd");
	}

	@Test
	void aDeliveryIsAboutToMarkUntilTheMarkIsThere() {
		Asking delivered = Asking.evolve(ASKING, new RegionalListDelivered(1,
				List.of(new Delivered(R1, 1, List.of(member("need-1", 1, STOCKHOLM)))), List.of()));
		Need need = mergedInR1(aNeedFrom(STOCKHOLM));

		assertThat(delivered.isAboutToMark(N1, need)).isTrue();
		assertThat(delivered.isAboutToMark(N2, aNeedFrom(SOLNA))).isFalse();
		assertThat(delivered.isAboutToMark(N1, Fixtures.apply(need, NeedDecider.deliver(need, R1, 1)))).isFalse();
	}

	@Test
	void aRedactionBlanksEveryText() {
		Asking redacted = ASKING;
		for (CollectionEvent event : List.of(new MunicipalitiesReminded(List.of(SOLNA), "Text."),
				new CollectionExtended(TODAY, "Text."), new NoNeedsAnswered(SOLNA, "Text."),
				new RegionalListDelivered(1, List.of(), List.of(new NotDelivered(N1, "Text."))),
				new CollectionRedacted("Namn."))) {
			redacted = Asking.evolve(redacted, event);
		}

		assertThat(redacted.toString()).doesNotContain("Text.").doesNotContain("Vad behöver");
		assertThat(redacted.message()).isEqualTo(Wording.REDACTED);
	}

	private static Decision<CollectionEvent> deliver(Order order, Map<NeedId, Need> needs) {
		return AskingDecider.deliver(ASKING, OPEN, order, LIST, needs);
	}

}
