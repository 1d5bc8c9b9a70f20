package se.lokalabehov.feedback;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.FeedbackEvent.AnswerFollowedUp;
import se.lokalabehov.contracts.FeedbackEvent.OfFollowUp;
import se.lokalabehov.contracts.FeedbackEvent.Question;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;

/**
 * A municipality says, once for each of its needs, whether the answer was of use.
 */
final class FollowingUp {

	private FollowingUp() {
	}

	/**
	 * One follow-up per municipality, need and answer: its identifier is made of them, so
	 * a second one meets the first.
	 */
	static String id(NationalNeedId nationalNeed, NeedId need, OrganisationId municipality) {
		return "follow-up-" + Act.sha256(nationalNeed + "|" + need + "|" + municipality).substring(0, 24);
	}

	static Decision<OfFollowUp> decide(@Nullable FollowUp before, AnswerFollowedUp said, Standing standing) {
		if (before != null) {
			return Decision.refuse(Refusal.conflict("redan-uppfoljt",
					"Kommunen har redan följt upp svaret på det här behovet. Uppföljningen görs en gång."));
		}
		if (standing != Standing.IN_FORCE) {
			return Decision.refuse(Refusal.conflict("svaret-galler-inte", standing.text()));
		}
		if (!gradesEveryQuestion(said)) {
			return Decision.refuse(Refusal.invalid("grades",
					"Ge ett betyg från 1 till 4 på var och en av frågorna RELEVANCE, TIMELINESS, USE och DIFFERENCE."));
		}
		return Decision.of(said);
	}

	private static boolean gradesEveryQuestion(AnswerFollowedUp said) {
		Set<Question> graded = said.grades().keySet();
		return graded.equals(EnumSet.allOf(Question.class))
				&& said.grades().values().stream().allMatch((grade) -> grade >= 1 && grade <= 4);
	}

}
