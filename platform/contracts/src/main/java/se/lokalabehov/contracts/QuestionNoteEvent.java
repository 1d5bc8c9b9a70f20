package se.lokalabehov.contracts;

import org.jspecify.annotations.Nullable;

/**
 * A question heard in daily work, noted in ten seconds, later gathered with its like.
 */
public sealed interface QuestionNoteEvent {

	/**
	 * The question was noted.
	 *
	 * @param organisation whose
	 * @param area area code if guessed
	 * @param text the question
	 */
	@WireName("question-noted.v1")
	record QuestionNoted(OrganisationId organisation, @Nullable String area,
			String text) implements QuestionNoteEvent, FreeText<QuestionNoted> {

		@Override
		public QuestionNoted redacted() {
			return new QuestionNoted(this.organisation, this.area, Wording.REDACTED);
		}

	}

	/**
	 * The note was laid with others that ask the same.
	 *
	 * @param cluster the cluster's name, as shown
	 */
	@WireName("note-clustered.v1")
	record NoteClustered(String cluster) implements QuestionNoteEvent, FreeText<NoteClustered> {

		@Override
		public NoteClustered redacted() {
			return new NoteClustered(Wording.REDACTED);
		}

	}

	/**
	 * A need was drafted from the note.
	 *
	 * @param need which
	 */
	@WireName("note-taken-up.v1")
	record NoteTakenUp(NeedId need) implements QuestionNoteEvent {
	}

	/**
	 * The text was blanked (domain rule 8).
	 *
	 * @param reason why, without repeating what stood there
	 */
	@WireName("note-redacted.v1")
	record NoteRedacted(String reason) implements QuestionNoteEvent, Redaction {
	}

}
