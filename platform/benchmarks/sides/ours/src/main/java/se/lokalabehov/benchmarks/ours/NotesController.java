package se.lokalabehov.benchmarks.ours;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.benchmarks.ours.NotesApplication.Note;
import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.QuestionNoteEvent.QuestionNoted;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.NoPersonalData;

/**
 * Notes a question, by the same rules as need-intake.
 */
@RestController
class NotesController {

	record Noted(@NotBlank @Size(max = 1000) @NoPersonalData String text, @Nullable String area) {
	}

	private static final String PATH = "/api/v1/question-notes";

	private final Aggregates<Note, QuestionNoteEvent> notes;

	NotesController(Aggregates<Note, QuestionNoteEvent> notes) {
		this.notes = notes;
	}

	@PostMapping(PATH)
	ResponseEntity<Object> note(Act act, Caller caller, @Valid @RequestBody Noted body) {
		if (!caller.is(Role.MUNICIPALITY_AUTHOR)) {
			return Answers.refused(Refusal.notFound());
		}
		return Answers
			.created(
					this.notes.execute(act.newId("note"), act,
							(before) -> (before != null) ? Decision.of() : Decision
								.of(new QuestionNoted(caller.organisation(), body.area(), body.text().strip()))),
					PATH + "/");
	}

}
