package se.lokalabehov.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.CompilationEvent.NationalNeedDissolved;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedRedacted;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackRedacted;
import se.lokalabehov.contracts.HandOffEvent.NeedNotHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Decision;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.feedback.Fixtures.CYCLE;
import static se.lokalabehov.feedback.Fixtures.NATIONAL;
import static se.lokalabehov.feedback.Fixtures.changed;
import static se.lokalabehov.feedback.Fixtures.decided;
import static se.lokalabehov.feedback.Fixtures.feedbackAfter;
import static se.lokalabehov.feedback.Fixtures.formed;
import static se.lokalabehov.feedback.Fixtures.handOffAfter;
import static se.lokalabehov.feedback.Fixtures.handedOver;
import static se.lokalabehov.feedback.Fixtures.nationalNeedAfter;
import static se.lokalabehov.feedback.Fixtures.org;
import static se.lokalabehov.feedback.Fixtures.screened;
import static se.lokalabehov.feedback.Fixtures.source;
import static se.lokalabehov.feedback.Fixtures.sources;

class ByItselfTests {

	private static final NeedNotHandedOver BELOW_THE_LINE = new NeedNotHandedOver(CYCLE, new RoundId("round-1"), 40,
			sources(), "Det räckte inte till.");

	@Test
	void whatExistsIsAnsweredWithIt() {
		NationalNeedSeen need = nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns."));

		FeedbackDecided following = following(need, null);

		assertThat(following).isEqualTo(new FeedbackDecided(CYCLE, org("SBU"), FeedbackEvent.Decision.EXISTING_SUFFICES,
				"Det finns.", null, "Handboken om anhörigstöd", null, sources(), "4-compilation/national-1.2"));
		assertThat(ByItself.decide(null, following)).isEqualTo(Decision.of(following));
	}

	@Test
	void whatIsSolvedLocallyIsDeclinedWithThatReason() {
		NationalNeedSeen need = nationalNeedAfter(formed(), screened(Verdict.LOCAL, "SOS", "Löses lokalt."));

		assertThat(following(need, null)).satisfies((following) -> {
			assertThat(following.decision()).isEqualTo(FeedbackEvent.Decision.DECLINED);
			assertThat(following.agency()).isEqualTo(org("SOS"));
			assertThat(following.why()).isEqualTo("Löses lokalt.");
		});
	}

	@Test
	void whatGoesOnToBeRankedIsNotAnsweredYet() {
		assertThat(ByItself.from(NATIONAL, nationalNeedAfter(formed()), null)).isEmpty();
		assertThat(ByItself.from(NATIONAL, nationalNeedAfter(formed(), screened(Verdict.NEW, "SBU", "Saknas.")), null))
			.isEmpty();
		assertThat(
				ByItself.from(NATIONAL, nationalNeedAfter(formed(), screened(Verdict.ADAPT, "SBU", "Delvis.")), null))
			.isEmpty();
	}

	@Test
	void whatIsLeftBelowTheLineIsDeclinedBySkr() {
		assertThat(following(null, handOffAfter(BELOW_THE_LINE)))
			.isEqualTo(new FeedbackDecided(CYCLE, org("SKR"), FeedbackEvent.Decision.DECLINED, "Det räckte inte till.",
					null, null, null, sources(), "6-hand-off/national-1.1"));
	}

	@Test
	void theSameEventTwiceIsAnsweredOnce() {
		FeedbackDecided following = following(
				nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns.")), null);

		assertThat(ByItself.decide(feedbackAfter(following), following)).isEqualTo(Decision.of());
	}

	@Test
	void aVerdictThatComesAgainAfterItsTextsWereBlankedDoesNotBringThemBack() {
		FeedbackDecided following = following(
				nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns.")), null);
		Feedback blanked = feedbackAfter(following, new FeedbackRedacted("Personuppgift."));

		assertThat(ByItself.decide(blanked, following)).isEqualTo(Decision.of());
	}

	@Test
	void aNewVerdictIsANewAnswerThatReplacesTheFirst() {
		FeedbackDecided first = following(nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns.")),
				null);
		FeedbackDecided second = following(nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns."),
				screened(Verdict.LOCAL, "SBU", "Löses lokalt.")), null);

		assertThat(ByItself.decide(feedbackAfter(first), second)).isEqualTo(Decision.of(second));
		assertThat(feedbackAfter(first, second)).satisfies((feedback) -> {
			assertThat(feedback.decisions()).containsExactly(first, second);
			assertThat(feedback.latest()).isEqualTo(second);
		});
	}

	@Test
	void municipalitiesThatJoinAnAnsweredNeedAreAnsweredToo() {
		List<Source> more = new ArrayList<>(sources());
		more.add(source("RSS-12", "need-c", "1280"));
		FeedbackDecided first = following(nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns.")),
				null);
		FeedbackDecided second = following(nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns."),
				changed("Stöd till anhöriga", more)), null);

		assertThat(ByItself.decide(feedbackAfter(first), second)).isEqualTo(Decision.of(second));
		assertThat(feedbackAfter(first, second).municipalities()).containsExactly(org("0180"), org("1480"), org("1481"),
				org("1280"));
	}

	@Test
	void otherWordsAreNoNewAnswer() {
		FeedbackDecided first = following(nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns.")),
				null);
		FeedbackDecided second = following(nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns."),
				changed("Bättre rubrik", sources())), null);

		assertThat(ByItself.decide(feedbackAfter(first), second)).isEqualTo(Decision.of());
	}

	@Test
	void aNeedThatIsScreenedAnewAndGoesOnIsNotAnsweredByTheOldVerdict() {
		NationalNeedSeen need = nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns."),
				screened(Verdict.NEW, "SBU", "Det var inte samma sak."));

		assertThat(ByItself.from(NATIONAL, need, null)).isEmpty();
	}

	@Test
	void aVerdictThatIsReadLateGivesWayToTheAgencysOwnDecision() {
		FeedbackDecided following = following(
				nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns.")), null);
		Feedback own = feedbackAfter(decided("SOS", FeedbackEvent.Decision.NEW_SUPPORT, "Vi gör en vägledning."));

		assertThat(ByItself.decide(own, following)).isEqualTo(Decision.of());
	}

	@Test
	void aNeedThatHasBeenHandedOverIsTheAgencysToAnswer() {
		NationalNeedSeen need = nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns."));

		assertThat(ByItself.from(NATIONAL, need, handOffAfter(handedOver("SOS")))).isEmpty();
	}

	@Test
	void aNeedThatTheAgencyGaveBackCanStillBeLeftBelowTheLine() {
		FeedbackDecided following = following(null, handOffAfter(handedOver("SOS"), new NeedReceived(null),
				new NeedReturned("Inte vårt."), BELOW_THE_LINE));
		Feedback own = feedbackAfter(decided("SOS", FeedbackEvent.Decision.NEW_SUPPORT, "Vi gör en vägledning."));

		assertThat(ByItself.decide(own, following)).isEqualTo(Decision.of(following));
	}

	@Test
	void aNeedThatIsHandedOverAfterAllIsNoLongerBelowTheLine() {
		assertThat(ByItself.from(NATIONAL, null, handOffAfter(BELOW_THE_LINE, handedOver("SOS")))).isEmpty();
	}

	@Test
	void aNeedThatWasTakenApartIsNotAnswered() {
		NationalNeedSeen need = nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns."),
				new NationalNeedDissolved("Två frågor i en."));

		assertThat(ByItself.from(NATIONAL, need, null)).isEmpty();
	}

	@Test
	void wordsThatAreBlankedAtTheSourceAreBlankedInTheAnswer() {
		FeedbackDecided following = following(
				nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns.")), null);
		Feedback answered = feedbackAfter(following);

		Decision<FeedbackEvent.OfFeedback> blanked = ByItself.blank(answered, ByItself::isFromScreening,
				"Personuppgift.");

		FeedbackRedacted redacted = new FeedbackRedacted("Personuppgift.");
		assertThat(blanked).isEqualTo(Decision.of(redacted));
		assertThat(feedbackAfter(following, redacted).latest()).satisfies((latest) -> {
			assertThat(latest.why()).isEqualTo(Wording.REDACTED);
			assertThat(latest.support()).isEqualTo(Wording.REDACTED);
		});
		assertThat(ByItself.blank(feedbackAfter(following, redacted), ByItself::isFromScreening, "Personuppgift."))
			.isEqualTo(Decision.of());
	}

	@Test
	void anAgencysOwnWordsAreNotBlankedWithTheNeed() {
		Feedback own = feedbackAfter(decided("SOS", FeedbackEvent.Decision.NEW_SUPPORT, "Vi gör en vägledning."));

		assertThat(ByItself.blank(own, ByItself::isFromScreening, "Personuppgift.")).isEqualTo(Decision.of());
	}

	@Test
	void whatFollowsFromABlankedVerdictIsBlank() {
		NationalNeedSeen need = nationalNeedAfter(formed(), screened(Verdict.EXISTS, "SBU", "Det finns."),
				new NationalNeedRedacted("Personuppgift."));

		assertThat(following(need, null).why()).isEqualTo(Wording.REDACTED);
		assertThat(need.title()).isEqualTo(Wording.REDACTED);
	}

	private static FeedbackDecided following(@Nullable NationalNeedSeen need, @Nullable HandOffSeen handOff) {
		Optional<ByItself.Following> following = ByItself.from(NATIONAL, need, handOff);
		assertThat(following).isPresent();
		return following.get().decided();
	}

}
