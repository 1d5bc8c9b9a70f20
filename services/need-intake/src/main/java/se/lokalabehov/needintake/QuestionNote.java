package se.lokalabehov.needintake;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteClustered;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteRedacted;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteTakenUp;
import se.lokalabehov.contracts.QuestionNoteEvent.QuestionNoted;
import se.lokalabehov.contracts.Wording;

/**
 * A question heard in daily work: noted, laid with its like, perhaps taken up in a need.
 *
 * @param organisation whose
 * @param area area code if guessed
 * @param text the question
 * @param cluster the cluster that it lies in
 * @param need the need that was last drafted from it
 */
record QuestionNote(OrganisationId organisation, @Nullable String area, String text, @Nullable String cluster,
		@Nullable NeedId need) {

	static QuestionNote evolve(@Nullable QuestionNote before, QuestionNoteEvent event) {
		return switch (event) {
			case QuestionNoted noted -> new QuestionNote(noted.organisation(), noted.area(), noted.text(), null, null);
			case NoteClustered clustered ->
				known(before).with(known(before).text, clustered.cluster(), known(before).need);
			case NoteTakenUp taken -> known(before).with(known(before).text, known(before).cluster, taken.need());
			case NoteRedacted redacted -> known(before).with(Wording.REDACTED,
					(known(before).cluster != null) ? Wording.REDACTED : null, known(before).need);
		};
	}

	private QuestionNote with(String words, @Nullable String laidIn, @Nullable NeedId drafted) {
		return new QuestionNote(this.organisation, this.area, words, laidIn, drafted);
	}

	private static QuestionNote known(@Nullable QuestionNote before) {
		return Objects.requireNonNull(before, "a note begins with being noted");
	}

}
