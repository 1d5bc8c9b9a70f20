package se.lokalabehov.feedback;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.CompilationEvent.NationalNeedDissolved;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.FeedbackEvent.Decision;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.feedback.Fixtures.NATIONAL;
import static se.lokalabehov.feedback.Fixtures.decided;
import static se.lokalabehov.feedback.Fixtures.formed;
import static se.lokalabehov.feedback.Fixtures.handOffAfter;
import static se.lokalabehov.feedback.Fixtures.handedOver;
import static se.lokalabehov.feedback.Fixtures.nationalNeedAfter;
import static se.lokalabehov.feedback.Fixtures.screened;

class StandingTests {

	private static final NationalNeedScreened EXISTS = screened(Verdict.EXISTS, "SBU", "Det finns.");

	private static final NationalNeedScreened NEW = screened(Verdict.NEW, "SBU", "Det var inte samma sak.");

	private static final FeedbackDecided BY_ITSELF = ByItself.from(NATIONAL, nationalNeedAfter(formed(), EXISTS), null)
		.orElseThrow()
		.decided();

	private static final FeedbackDecided AGENCYS = decided("SOS", Decision.NEW_SUPPORT, "Vi gör en vägledning.");

	@Test
	void anAnswerFromScreeningHoldsAsLongAsTheVerdictDoes() {
		assertThat(standing(BY_ITSELF, nationalNeedAfter(formed(), EXISTS), null)).isEqualTo(Standing.IN_FORCE);
	}

	@Test
	void anAnswerFromScreeningIsOvertakenByANewVerdict() {
		assertThat(standing(BY_ITSELF, nationalNeedAfter(formed(), EXISTS, NEW), null))
			.isEqualTo(Standing.SCREENED_ANEW);
	}

	@Test
	void anAnswerFromScreeningIsOvertakenByAHandOff() {
		assertThat(standing(BY_ITSELF, nationalNeedAfter(formed(), EXISTS, NEW), handOffAfter(handedOver("SOS"))))
			.isEqualTo(Standing.HANDED_OVER);
	}

	@Test
	void anAnswerToANeedThatWasTakenApartDoesNotHold() {
		assertThat(standing(BY_ITSELF, nationalNeedAfter(formed(), EXISTS, new NationalNeedDissolved("Två frågor.")),
				null))
			.isEqualTo(Standing.DISSOLVED);
	}

	@Test
	void anAgencysAnswerHoldsAsLongAsItHasTheNeed() {
		assertThat(standing(AGENCYS, null, handOffAfter(handedOver("SOS"), new NeedReceived(null))))
			.isEqualTo(Standing.IN_FORCE);
	}

	@Test
	void anAgencysAnswerIsOvertakenWhenItGivesTheNeedBack() {
		HandOffSeen returned = handOffAfter(handedOver("SOS"), new NeedReceived(null), new NeedReturned("Inte vårt."));
		HandOffSeen another = handOffAfter(handedOver("SOS"), new NeedReceived(null), new NeedReturned("Inte vårt."),
				handedOver("SBU"), new NeedReceived(null));

		assertThat(standing(AGENCYS, null, returned)).isEqualTo(Standing.HANDED_BACK);
		assertThat(standing(AGENCYS, null, another)).isEqualTo(Standing.HANDED_BACK);
	}

	private static Standing standing(FeedbackDecided latest, @Nullable NationalNeedSeen need,
			@Nullable HandOffSeen handOff) {
		return Standing.of(NATIONAL, latest, need, handOff);
	}

}
