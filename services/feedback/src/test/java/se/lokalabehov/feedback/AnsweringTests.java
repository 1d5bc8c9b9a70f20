package se.lokalabehov.feedback;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackProgressed;
import se.lokalabehov.contracts.FeedbackEvent.OfFeedback;
import se.lokalabehov.contracts.FeedbackEvent.SupportDelivered;
import se.lokalabehov.contracts.HandOffEvent.NeedNotHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;
import se.lokalabehov.contracts.RecordId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.eventing.Decision;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.feedback.Fixtures.CYCLE;
import static se.lokalabehov.feedback.Fixtures.TODAY;
import static se.lokalabehov.feedback.Fixtures.decided;
import static se.lokalabehov.feedback.Fixtures.feedbackAfter;
import static se.lokalabehov.feedback.Fixtures.handOffAfter;
import static se.lokalabehov.feedback.Fixtures.handedOver;
import static se.lokalabehov.feedback.Fixtures.member;
import static se.lokalabehov.feedback.Fixtures.org;
import static se.lokalabehov.feedback.Fixtures.source;
import static se.lokalabehov.feedback.Fixtures.sources;

class AnsweringTests {

	private static final HandOffSeen RECEIVED = handOffAfter(handedOver("SOS"), new NeedReceived("4.1-1/2026"));

	private static final FeedbackDecided NEW_SUPPORT = decided("SOS", FeedbackEvent.Decision.NEW_SUPPORT,
			"Vi gör en vägledning.");

	private static final FeedbackProgressed PROGRESS = new FeedbackProgressed("Arbetet har börjat.", null);

	private static final SupportDelivered DELIVERY = new SupportDelivered("Vägledning om anhörigstöd", "VAGLEDNING",
			"https://example.org/vagledning", null);

	@Test
	void theLeadAgencyDecidesWhenItHasReceivedTheNeed() {
		assertThat(Answering.decide(null, RECEIVED, NEW_SUPPORT, TODAY)).isEqualTo(Decision.of(NEW_SUPPORT));
	}

	@Test
	void aNeedThatIsNotReceivedIsNotDecided() {
		assertThat(refusalOf(Answering.decide(null, handOffAfter(handedOver("SOS")), NEW_SUPPORT, TODAY)))
			.isEqualTo("ej-mottaget");
		assertThat(refusalOf(Answering.decide(null,
				handOffAfter(handedOver("SOS"), new NeedReceived(null), new NeedReturned("Inte vårt.")), NEW_SUPPORT,
				TODAY)))
			.isEqualTo("aterlamnat");
		assertThat(refusalOf(Answering.decide(null,
				handOffAfter(
						new NeedNotHandedOver(CYCLE, new RoundId("round-1"), 40, sources(), "Det räckte inte till.")),
				NEW_SUPPORT, TODAY)))
			.isEqualTo("ej-overlamnat");
	}

	@Test
	void aContributorDoesNotDecide() {
		HandOffSeen withContributor = handOffAfter(handedOver("SOS", "SBU"), new NeedReceived(null));

		assertThat(refusalOf(Answering.decide(null, withContributor,
				decided("SBU", FeedbackEvent.Decision.NEW_SUPPORT, "Vi kartlägger."), TODAY)))
			.isEqualTo("ej-overlamnat");
	}

	@Test
	void aLaterDecisionReplacesTheEarlierAndLeavesItToBeSeen() {
		FeedbackDecided declined = decided("SOS", FeedbackEvent.Decision.DECLINED, "Vi hinner inte.");

		assertThat(Answering.decide(feedbackAfter(NEW_SUPPORT), RECEIVED, declined, TODAY))
			.isEqualTo(Decision.of(declined));
		assertThat(feedbackAfter(NEW_SUPPORT, declined).decisions()).containsExactly(NEW_SUPPORT, declined);
	}

	@Test
	void theAgencysDecisionReplacesTheOneThatFollowedFromScreening() {
		FeedbackDecided byItself = new FeedbackDecided(CYCLE, org("SBU"), FeedbackEvent.Decision.EXISTING_SUFFICES,
				"Det finns.", null, "Handboken", null, sources(), "4-compilation/national-1.2");

		assertThat(Answering.decide(feedbackAfter(byItself), RECEIVED, NEW_SUPPORT, TODAY))
			.isEqualTo(Decision.of(NEW_SUPPORT));
		assertThat(feedbackAfter(byItself, NEW_SUPPORT).latest()).isEqualTo(NEW_SUPPORT);
	}

	@Test
	void theSameDecisionOnceMoreIsNotANewOne() {
		assertThat(Answering.decide(feedbackAfter(NEW_SUPPORT), RECEIVED, NEW_SUPPORT, TODAY)).isEqualTo(Decision.of());
	}

	@Test
	void aDayThatHasBeenIsNotExpected() {
		FeedbackDecided late = new FeedbackDecided(CYCLE, org("SOS"), FeedbackEvent.Decision.NEW_SUPPORT,
				"Vi gör en vägledning.", TODAY.minusDays(1), null, null, sources());

		assertThat(refusalOf(Answering.decide(null, RECEIVED, late, TODAY))).isEqualTo("felaktig-uppgift");
		assertThat(refusalOf(Answering.progress(feedbackAfter(NEW_SUPPORT), RECEIVED, org("SOS"),
				new FeedbackProgressed("Snart.", LocalDate.of(2020, 1, 1)), TODAY)))
			.isEqualTo("felaktig-uppgift");
	}

	@Test
	void whoSaysThatSupportExistsNamesIt() {
		FeedbackDecided unnamed = new FeedbackDecided(CYCLE, org("SOS"), FeedbackEvent.Decision.EXISTING_SUFFICES,
				"Det finns.", null, null, null, sources());

		assertThat(refusalOf(Answering.decide(null, RECEIVED, unnamed, TODAY))).isEqualTo("felaktig-uppgift");
	}

	@Test
	void progressAndDeliveriesComeAfterTheAgencysDecision() {
		FeedbackDecided byItself = new FeedbackDecided(CYCLE, org("SBU"), FeedbackEvent.Decision.EXISTING_SUFFICES,
				"Det finns.", null, "Handboken", null, sources(), "4-compilation/national-1.2");

		assertThat(refusalOf(progress(null))).isEqualTo("inget-beslut");
		assertThat(refusalOf(progress(feedbackAfter(byItself)))).isEqualTo("inget-beslut");
		assertThat(progress(feedbackAfter(NEW_SUPPORT))).isEqualTo(Decision.of(PROGRESS));
		assertThat(refusalOf(deliver(null, DELIVERY, null))).isEqualTo("inget-beslut");
		assertThat(deliver(feedbackAfter(NEW_SUPPORT), DELIVERY, null)).isEqualTo(Decision.of(DELIVERY));
	}

	@Test
	void nothingMoreComesOfANeedThatWasDeclined() {
		Feedback declined = feedbackAfter(decided("SOS", FeedbackEvent.Decision.DECLINED, "Vi hinner inte."));

		assertThat(refusalOf(progress(declined))).isEqualTo("avbojt");
		assertThat(refusalOf(deliver(declined, DELIVERY, null))).isEqualTo("avbojt");
	}

	@Test
	void aDeliveryPointsAtARecordThatIsThere() {
		SupportDelivered withRecord = new SupportDelivered("Vägledning", "VAGLEDNING", null, new RecordId("record-1"));
		Feedback decided = feedbackAfter(NEW_SUPPORT);

		assertThat(refusalOf(deliver(decided, withRecord, null))).isEqualTo("inte-framme");
		assertThat(refusalOf(deliver(decided, withRecord, new RecordSeen(true)))).isEqualTo("aterkallad-post");
		assertThat(deliver(decided, withRecord, new RecordSeen(false))).isEqualTo(Decision.of(withRecord));
	}

	@Test
	void everyMunicipalityBehindTheNeedGetsTheAnswerOnce() {
		List<Source> sources = List.of(source("RSS-01", "need-a", "0180", "0127"),
				new Source(sources().get(1).regionalNeed(), 1, org("RSS-14-GR"),
						List.of(member("need-b", "1480", "1481"), member("need-c", "1480"))),
				// The same need by way of another regional need.
				source("RSS-01", "need-a", "0180", "0127"));
		Feedback answer = feedbackAfter(new FeedbackDecided(CYCLE, org("SOS"), FeedbackEvent.Decision.NEW_SUPPORT,
				"Vi gör en vägledning.", null, null, null, sources));

		assertThat(answer.municipalities()).containsExactly(org("0180"), org("0127"), org("1480"), org("1481"));
		assertThat(answer.behind()).extracting((one) -> one.need().value())
			.containsExactly("need-a", "need-b", "need-c");
	}

	private static Decision<OfFeedback> progress(@Nullable Feedback before) {
		return Answering.progress(before, RECEIVED, org("SOS"), PROGRESS, TODAY);
	}

	private static Decision<OfFeedback> deliver(@Nullable Feedback before, SupportDelivered delivered,
			@Nullable RecordSeen record) {
		return Answering.deliver(before, RECEIVED, org("SOS"), delivered, record);
	}

	private static String refusalOf(Decision<OfFeedback> decision) {
		assertThat(decision).isInstanceOf(Decision.Refused.class);
		return ((Decision.Refused<OfFeedback>) decision).refusal().code();
	}

}
