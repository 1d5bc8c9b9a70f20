package se.lokalabehov.feedback;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.FeedbackEvent.AnswerFollowedUp;
import se.lokalabehov.contracts.FeedbackEvent.FollowUpRedacted;
import se.lokalabehov.contracts.FeedbackEvent.OfFollowUp;
import se.lokalabehov.contracts.FeedbackEvent.Question;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;

/**
 * What one municipality said of the answer to one of its needs. Said once; only a
 * redaction touches it afterwards.
 *
 * @param nationalNeed the answered need
 * @param need the municipality's own need
 * @param municipality who
 * @param grades 1 (low) to 4 (high) for each question
 * @param comment may be empty
 */
record FollowUp(NationalNeedId nationalNeed, NeedId need, OrganisationId municipality, Map<Question, Integer> grades,
		String comment) {

	static FollowUp after(@Nullable FollowUp before, OfFollowUp event) {
		return switch (event) {
			case AnswerFollowedUp said ->
				new FollowUp(said.nationalNeed(), said.need(), said.municipality(), said.grades(), said.comment());
			case FollowUpRedacted redacted -> of(before).redacted();
		};
	}

	private static FollowUp of(@Nullable FollowUp before) {
		if (before == null) {
			throw new IllegalStateException("a follow-up begins with what the municipality says");
		}
		return before;
	}

	private FollowUp redacted() {
		return new FollowUp(this.nationalNeed, this.need, this.municipality, this.grades, Wording.REDACTED);
	}

}
