package se.lokalabehov.feedback;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.FeedbackEvent.AnswerFollowedUp;
import se.lokalabehov.contracts.FeedbackEvent.FollowUpRedacted;
import se.lokalabehov.contracts.FeedbackEvent.OfFollowUp;
import se.lokalabehov.contracts.FeedbackEvent.Question;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Decision;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.feedback.Fixtures.NATIONAL;
import static se.lokalabehov.feedback.Fixtures.followedUp;
import static se.lokalabehov.feedback.Fixtures.org;

class FollowingUpTests {

	private static final AnswerFollowedUp SAID = followedUp("0180", "need-a", 4, 1, 3, 2);

	@Test
	void aMunicipalityGradesAllFourQuestions() {
		assertThat(FollowingUp.decide(null, SAID, Standing.IN_FORCE)).isEqualTo(Decision.of(SAID));
		assertThat(refusalOf(decide(Map.of(Question.RELEVANCE, 4)))).isEqualTo("felaktig-uppgift");
		assertThat(refusalOf(
				decide(Map.of(Question.RELEVANCE, 5, Question.TIMELINESS, 1, Question.USE, 1, Question.DIFFERENCE, 1))))
			.isEqualTo("felaktig-uppgift");
		assertThat(refusalOf(
				decide(Map.of(Question.RELEVANCE, 4, Question.TIMELINESS, 0, Question.USE, 1, Question.DIFFERENCE, 1))))
			.isEqualTo("felaktig-uppgift");
	}

	@Test
	void aMunicipalityFollowsUpTheAnswerToANeedOnce() {
		assertThat(refusalOf(FollowingUp.decide(said(SAID), SAID, Standing.IN_FORCE))).isEqualTo("redan-uppfoljt");
	}

	@Test
	void eachMunicipalityBehindAJointNeedHasItsOwnFollowUp() {
		NationalNeedId nationalNeed = new NationalNeedId(NATIONAL);

		assertThat(FollowingUp.id(nationalNeed, new NeedId("need-b"), org("1480")))
			.isEqualTo(FollowingUp.id(nationalNeed, new NeedId("need-b"), org("1480")))
			.isNotEqualTo(FollowingUp.id(nationalNeed, new NeedId("need-b"), org("1481")))
			.isNotEqualTo(FollowingUp.id(nationalNeed, new NeedId("need-c"), org("1480")))
			.matches("follow-up-[0-9a-f]{24}");
	}

	@Test
	void anAnswerThatHasBeenOvertakenIsNotFollowedUp() {
		assertThat(refusalOf(FollowingUp.decide(null, SAID, Standing.SCREENED_ANEW))).isEqualTo("svaret-galler-inte");
	}

	@Test
	void aRedactionBlanksTheCommentAndKeepsTheGrades() {
		FollowUp blanked = FollowUp.after(said(SAID), new FollowUpRedacted("Personuppgift."));

		assertThat(blanked.comment()).isEqualTo(Wording.REDACTED);
		assertThat(blanked.grades()).isEqualTo(SAID.grades());
	}

	@Test
	void theMeanCountsEachMunicipalityOnce() {
		Means means = Means.of(List.of(said(followedUp("0180", "need-a", 4, 1, 3, 2)),
				said(followedUp("0180", "need-d", 2, 1, 3, 2)), said(followedUp("1480", "need-b", 2, 2, 4, 1))));

		assertThat(means).isEqualTo(new Means(2, Map.of(Question.RELEVANCE, 2.5, Question.TIMELINESS, 1.5, Question.USE,
				3.5, Question.DIFFERENCE, 1.5)));
	}

	@Test
	void theMeanIsRoundedToTwoDecimals() {
		Means means = Means.of(List.of(said(followedUp("0180", "need-a", 1, 1, 1, 1)),
				said(followedUp("1480", "need-b", 1, 1, 1, 1)), said(followedUp("1481", "need-b", 2, 3, 4, 1))));

		assertThat(means.means()).containsEntry(Question.RELEVANCE, 1.33).containsEntry(Question.TIMELINESS, 1.67);
	}

	@Test
	void nobodysAnswerHasNoMean() {
		assertThat(Means.of(List.of())).isEqualTo(new Means(0, Map.of()));
	}

	private static Decision<OfFollowUp> decide(Map<Question, Integer> grades) {
		return FollowingUp.decide(null,
				new AnswerFollowedUp(SAID.nationalNeed(), SAID.need(), SAID.municipality(), grades, ""),
				Standing.IN_FORCE);
	}

	private static FollowUp said(AnswerFollowedUp event) {
		@Nullable FollowUp nothing = null;
		return FollowUp.after(nothing, event);
	}

	private static String refusalOf(Decision<OfFollowUp> decision) {
		assertThat(decision).isInstanceOf(Decision.Refused.class);
		return ((Decision.Refused<OfFollowUp>) decision).refusal().code();
	}

}
