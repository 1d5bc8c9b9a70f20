package se.lokalabehov.needintake;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteClustered;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteRedacted;
import se.lokalabehov.contracts.QuestionNoteEvent.QuestionNoted;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.Paging;

/**
 * Questions heard in daily work, noted in ten seconds; those that ask the same lie in a
 * cluster.
 */
@RestController
@RequestMapping("/api/v1/question-notes")
@Tag(name = "question-notes", description = "Frågor från vardagen")
class QuestionNotesController {

	static final String PATH = "/api/v1/question-notes/";

	private final Aggregates<QuestionNote, QuestionNoteEvent> notes;

	private final Access access;

	QuestionNotesController(Aggregates<QuestionNote, QuestionNoteEvent> notes, Access access) {
		this.notes = notes;
		this.access = access;
	}

	@PostMapping
	@Operation(summary = "Notera en fråga")
	ResponseEntity<Object> note(Act act, Caller caller, @Valid @RequestBody Bodies.Noted body) {
		if (!this.access.isNoter(caller)) {
			return NeedsController.forbidden("Bara kommuner och RSS noterar frågor.");
		}
		return Answers.created(
				this.notes.execute(act.newId("note"), act,
						(before) -> (before != null) ? Decision.of()
								: Decision
									.of(new QuestionNoted(caller.organisation(), body.area(), body.text().strip()))),
				PATH);
	}

	@PostMapping("{id}/clustering")
	@Operation(summary = "Lägg noteringen hos dem som frågar samma sak")
	ResponseEntity<Object> cluster(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Clustered body) {
		String cluster = body.cluster().strip();
		Optional<Stored<QuestionNote>> found = find(id, caller);
		if (found.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		if (!this.access.works(caller, found.get().state())) {
			return NeedsController.forbidden("Bara den som noterat frågan, eller dess RSS, samlar den med andra.");
		}
		return Answers.of(this.notes.execute(id, act, (note) -> (note != null && cluster.equals(note.cluster()))
				? Decision.of() : Decision.of(new NoteClustered(cluster))), PATH);
	}

	@PostMapping("{id}/redaction")
	@Operation(summary = "Stryk texterna (personuppgifter)")
	ResponseEntity<Object> redact(Act act, Caller caller, @PathVariable String id,
			@Valid @RequestBody Bodies.Reason body) {
		if (find(id, caller).isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		return this.access.isCustodian(caller)
				? Answers.of(this.notes.execute(id, act, (note) -> Decision.of(new NoteRedacted(body.reason()))), PATH)
				: NeedsController.forbidden("Bara SKR:s administratör får stryka texter.");
	}

	@GetMapping
	@Operation(summary = "Den egna organisationens noteringar, för en RSS också regionens")
	ResponseEntity<Object> list(Caller caller, Paging paging) {
		return Answers.page(this.notes.page(this.access.notes(caller), paging.cursor(), paging.limit()),
				Seen.NoteSeen::of);
	}

	@GetMapping("clusters")
	@Operation(summary = "Vad som frågas ofta i organisationen eller regionen")
	ResponseEntity<Object> clusters(Caller caller) {
		Map<String, List<String>> clusters = this.notes.all(this.access.notes(caller).and("state.cluster").exists(true))
			.stream()
			.collect(Collectors.groupingBy((note) -> Objects.requireNonNull(note.state().cluster()),
					Collectors.mapping(Stored::id, Collectors.toList())));
		return Answers.page(new Page<>(clusters.entrySet()
			.stream()
			.map((cluster) -> new Seen.ClusterSeen(cluster.getKey(), cluster.getValue().size(), cluster.getValue()))
			.sorted(Comparator.comparing(Seen.ClusterSeen::notes).reversed().thenComparing(Seen.ClusterSeen::cluster))
			.toList(), null));
	}

	@GetMapping("{id}")
	@Operation(summary = "En notering")
	ResponseEntity<Object> read(Caller caller, @PathVariable String id) {
		return Answers.read(find(id, caller), Seen.NoteSeen::of);
	}

	private Optional<Stored<QuestionNote>> find(String id, Caller caller) {
		return this.notes.find(id).filter((found) -> this.access.sees(caller, found.state()));
	}

}
