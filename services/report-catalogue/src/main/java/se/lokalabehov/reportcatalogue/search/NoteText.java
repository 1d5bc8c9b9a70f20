package se.lokalabehov.reportcatalogue.search;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteClustered;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteRedacted;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteTakenUp;
import se.lokalabehov.contracts.QuestionNoteEvent.QuestionNoted;
import se.lokalabehov.eventing.Envelope;

/**
 * A question note, to be gathered with its like.
 *
 * @param organisation whose
 * @param area area code if guessed
 * @param text the question
 * @param open whether it waits to be dealt with: not taken up in a need, not blanked
 */
record NoteText(OrganisationId organisation, @Nullable String area, String text, boolean open) {

	static NoteText after(@Nullable NoteText before, Envelope<QuestionNoteEvent> told) {
		return switch (told.event()) {
			case QuestionNoted noted -> new NoteText(noted.organisation(), noted.area(), noted.text(), true);
			case NoteClustered clustered -> known(before);
			case NoteTakenUp taken -> known(before).closed(known(before).text);
			case NoteRedacted redacted -> known(before).closed("");
		};
	}

	private static NoteText known(@Nullable NoteText before) {
		return Objects.requireNonNull(before, "a note begins with being noted");
	}

	private NoteText closed(String words) {
		return new NoteText(this.organisation, this.area, words, false);
	}

}
