package se.lokalabehov.needintake;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.NoteId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;

/**
 * A need that is being written. It belongs to the municipality, not to the person, and
 * has the identifier that the need will have. It is no event before it is submitted.
 *
 * @param owner whose
 * @param phase where it stands
 * @param content what has been written, blanked when the need stands on its own
 * @param submission the act that submits it, from the moment that it must not change any
 * more
 */
record Draft(OrganisationId owner, Phase phase, Content content, @Nullable Act submission) {

	enum Phase {

		OPEN, SUBMITTING, SUBMITTED

	}

	/**
	 * What has been written so far.
	 *
	 * @param cycle the cycle to answer, none for the waiting list
	 * @param area area code
	 * @param municipalities who stand behind it, the first is the owner
	 * @param unit the administration or district board
	 * @param wording the words, perhaps incomplete
	 * @param namesMunicipalities whether they may be named when it is published
	 * @param notes the question notes that it comes of
	 * @param reconsiders the answered need that is taken up again
	 * @param newInformation what is new since then
	 */
	record Content(@Nullable CycleId cycle, String area, List<OrganisationId> municipalities, @Nullable String unit,
			Words wording, boolean namesMunicipalities, List<NoteId> notes, @Nullable NeedId reconsiders,
			@Nullable String newInformation) {
	}

	/** A wording that may be incomplete. */
	record Words(@Nullable String title, List<String> targetGroups, @Nullable String needType,
			@Nullable String situation, @Nullable String question, @Nullable String consequence,
			List<String> supportWanted) {

		private static final Words NONE = new Words(null, List.of(), null, null, null, null, List.of());

		/** What is needed before it can be submitted: free text alone is never enough. */
		List<Refusal.Field> missing() {
			List<Refusal.Field> missing = new ArrayList<>();
			require(missing, isWritten(this.title), "wording.title", "Ge behovet en rubrik.");
			require(missing, !this.targetGroups.isEmpty(), "wording.targetGroups", "Välj minst en målgrupp.");
			require(missing, isWritten(this.needType), "wording.needType", "Välj vilken typ av behov det är.");
			require(missing, isWritten(this.situation), "wording.situation", "Beskriv hur det ser ut i dag.");
			require(missing, isWritten(this.question), "wording.question", "Skriv vad ni behöver veta.");
			return missing;
		}

		/** The complete wording; only when nothing is missing. */
		Wording toWording() {
			return new Wording(text(this.title), this.targetGroups, text(this.needType), text(this.situation),
					text(this.question), text(this.consequence), this.supportWanted);
		}

		private static void require(List<Refusal.Field> missing, boolean there, String field, String what) {
			if (!there) {
				missing.add(new Refusal.Field(field, what));
			}
		}

		private static boolean isWritten(@Nullable String text) {
			return text != null && !text.isBlank();
		}

		private static String text(@Nullable String text) {
			return (text != null) ? text.strip() : "";
		}

	}

	static Draft open(Content content) {
		return new Draft(content.municipalities().getFirst(), Phase.OPEN, content, null);
	}

	/** Changes the content, while it is open. */
	Decision<Draft> edit(Content changed) {
		return (this.phase == Phase.OPEN) ? Decision.of(open(changed)) : Decision.refuse(Refusal
			.conflict("redan-inskickat", "Behovet är redan inskickat. Ändra det genom att revidera behovet."));
	}

	/**
	 * From here on it does not change, so that what is submitted is what was last saved.
	 */
	Decision<Draft> submit(Act act) {
		return (this.phase == Phase.OPEN) ? Decision.of(new Draft(this.owner, Phase.SUBMITTING, this.content, act))
				: Decision.of();
	}

	/** Open again, as the submission was refused. */
	Decision<Draft> reopen() {
		return (this.phase == Phase.SUBMITTING) ? Decision.of(open(this.content)) : Decision.of();
	}

	/** The need stands on its own: no second copy of its words is kept. */
	Decision<Draft> done() {
		return (this.phase == Phase.SUBMITTED) ? Decision.of()
				: Decision.of(new Draft(
						this.owner, Phase.SUBMITTED, new Content(this.content.cycle, this.content.area,
								this.content.municipalities, null, Words.NONE, false, this.content.notes, null, null),
						null));
	}

	Act submittedBy() {
		return Objects.requireNonNull(this.submission, "not being submitted");
	}

}
