package se.lokalabehov.prioritisation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.AreaEvent.AreaChosen;
import se.lokalabehov.contracts.AreaEvent.CycleCancelled;
import se.lokalabehov.contracts.AreaEvent.CycleExtended;
import se.lokalabehov.contracts.AreaEvent.CycleFinished;
import se.lokalabehov.contracts.AreaEvent.CycleRedacted;
import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.prioritisation.model.Cycle;
import se.lokalabehov.prioritisation.model.Cycle.Extension;
import se.lokalabehov.prioritisation.model.Cycle.Opening;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.NoPersonalData;
import se.lokalabehov.web.Paging;
import se.lokalabehov.web.Wanted;

/**
 * Moment 1 over HTTP: the area is chosen, the cycle opens, moves and ends.
 */
@RestController
@RequestMapping(CyclesController.PATH)
@Tag(name = "cycles", description = "Moment 1: omgångar")
class CyclesController {

	static final String PATH = "/api/v1/cycles";

	private final Aggregates<Cycle, AreaEvent> cycles;

	private final Surroundings surroundings;

	private final ClosingRound rounds;

	CyclesController(Aggregates<Cycle, AreaEvent> cycles, Surroundings surroundings, ClosingRound rounds) {
		this.cycles = cycles;
		this.surroundings = surroundings;
		this.rounds = rounds;
	}

	record ChoiceBody(@NotBlank @Size(max = 40) String area, @NotBlank @Size(max = 200) @NoPersonalData String title,
			@NotBlank @Size(max = 4000) @NoPersonalData String why,
			@NotEmpty @Size(max = 100) List<@NotNull OrganisationId> choosers) {
	}

	record TimetableBody(@NotNull Map<Step, @NotNull LocalDate> timetable) {
	}

	record ExtensionBody(@NotNull Step step, @NotNull LocalDate until,
			@NotBlank @Size(max = 2000) @NoPersonalData String reason) {
	}

	record SummaryBody(@NotNull @Size(max = 4000) @NoPersonalData String summary) {
	}

	@PostMapping
	@Operation(summary = "Ett verksamhetsområde är valt (moment 1)")
	ResponseEntity<Object> choose(Caller caller, Act act, @Valid @RequestBody ChoiceBody body) {
		if (!Access.mayChoose(caller, body.choosers())) {
			return Answers.refused(Refusal
				.forbidden("Bara en socialchef i någon av de kommuner som väljer, eller SKR, kan göra det."));
		}
		AreaChosen choice = new AreaChosen(body.area(), body.title(), body.why(), body.choosers());
		return Answers.created(this.cycles.execute(act.newId("cycle"), act,
				(cycle) -> CycleRules.choose(cycle, choice, this.surroundings.directory())), PATH + "/");
	}

	@PostMapping("/{id}/opening")
	@Operation(summary = "Öppna omgången med en tidtabell")
	ResponseEntity<Object> open(@PathVariable String id, Caller caller, Act act,
			@Valid @RequestBody TimetableBody body) {
		return skr(id, caller, act, (cycle) -> CycleRules.open(cycle, new EnumMap<>(body.timetable()), day(act.at()),
				this.surroundings.directory()));
	}

	@PostMapping("/{id}/extensions")
	@Operation(summary = "Förläng ett steg")
	ResponseEntity<Object> extend(@PathVariable String id, Caller caller, Act act,
			@Valid @RequestBody ExtensionBody body) {
		return skr(id, caller, act, (cycle) -> CycleRules.extend(cycle,
				new CycleExtended(body.step(), body.until(), body.reason()), day(act.at())));
	}

	@PostMapping("/{id}/cancellation")
	@Operation(summary = "Avbryt omgången")
	ResponseEntity<Object> cancel(@PathVariable String id, Caller caller, Act act, @Valid @RequestBody Reason body) {
		ResponseEntity<Object> answer = skr(id, caller, act,
				(cycle) -> CycleRules.cancel(cycle, new CycleCancelled(body.reason())));
		this.rounds.cancelWithTheirCycle();
		return answer;
	}

	@PostMapping("/{id}/compiling-closing")
	@Operation(summary = "Stäng sammanställningen")
	ResponseEntity<Object> closeCompiling(@PathVariable String id, Caller caller, Act act, @RequestBody Nothing body) {
		return skr(id, caller, act, CycleRules::closeCompiling);
	}

	@PostMapping("/{id}/finish")
	@Operation(summary = "Avsluta omgången")
	ResponseEntity<Object> finish(@PathVariable String id, Caller caller, Act act,
			@Valid @RequestBody SummaryBody body) {
		return skr(id, caller, act,
				(cycle) -> CycleRules.finish(cycle, new CycleFinished(body.summary()), this.rounds.openIn(id)));
	}

	@PostMapping("/{id}/redaction")
	@Operation(summary = "Ta bort texterna")
	ResponseEntity<Object> redact(@PathVariable String id, Caller caller, Act act, @Valid @RequestBody Reason body) {
		if (!Access.mayRedact(caller)) {
			return notAllowed(id, caller);
		}
		return Answers.of(
				this.cycles.execute(id, act, (cycle) -> CycleRules.redact(cycle, new CycleRedacted(body.reason()))),
				PATH + "/");
	}

	@GetMapping
	@Operation(summary = "Omgångar")
	ResponseEntity<Object> list(Caller caller, Paging paging, @RequestParam @Nullable Status status,
			@RequestParam @Nullable String area) {
		Criteria criteria = Wanted.all(Access.visibleCycles(caller),
				Wanted.where("state.kind", (status != null) ? status.kind() : null),
				Wanted.where("state.choice.area", area));
		return Answers.page(this.cycles.page(criteria, paging.cursor(), paging.limit()), Brief::of);
	}

	@GetMapping("/{id}")
	@Operation(summary = "En omgång")
	ResponseEntity<Object> read(@PathVariable String id, Caller caller) {
		return Answers.read(seen(id, caller), Full::of);
	}

	private Optional<Stored<Cycle>> seen(String id, Caller caller) {
		return this.cycles.find(id).filter((cycle) -> Access.maySee(caller, cycle.state()));
	}

	private ResponseEntity<Object> skr(String id, Caller caller, Act act,
			Function<@Nullable Cycle, Decision<AreaEvent>> decide) {
		if (!Access.isSkr(caller)) {
			return notAllowed(id, caller);
		}
		Outcome<Cycle> outcome = seen(id, caller).isPresent() ? this.cycles.execute(id, act, decide)
				: Outcome.refuse(Refusal.notFound());
		return Answers.of(outcome, PATH + "/");
	}

	private ResponseEntity<Object> notAllowed(String id, Caller caller) {
		return Answers.refused(
				seen(id, caller).isPresent() ? Refusal.forbidden("Bara SKR kan ändra en omgång.") : Refusal.notFound());
	}

	private static LocalDate day(Instant at) {
		return CycleRules.day(at);
	}

	/** Where a cycle stands, as the API says it. */
	enum Status {

		CHOSEN("Chosen"), OPEN("Open"), FINISHED("Finished"), CANCELLED("Cancelled");

		private final String kind;

		Status(String kind) {
			this.kind = kind;
		}

		String kind() {
			return this.kind;
		}

		static Status of(Cycle cycle) {
			return switch (cycle) {
				case Cycle.Chosen chosen -> CHOSEN;
				case Cycle.Open open -> OPEN;
				case Cycle.Finished finished -> FINISHED;
				case Cycle.Cancelled cancelled -> CANCELLED;
			};
		}

	}

	/** A cycle in a list. */
	record Brief(String id, Status status, String area, String title, @Nullable Map<Step, LocalDate> timetable,
			@Nullable Boolean compilingClosed) {

		static Brief of(Stored<Cycle> stored) {
			Cycle cycle = stored.state();
			return new Brief(stored.id(), Status.of(cycle), cycle.choice().area(), cycle.choice().title(),
					cycle.opened().map((opening) -> inOrder(opening.timetable())).orElse(null),
					cycle.opened().map(Opening::compilingClosed).orElse(null));
		}

	}

	/** A cycle by itself. */
	record Full(String id, Status status, String area, String title, String why, List<OrganisationId> choosers,
			@Nullable List<String> areas, @Nullable Map<Step, LocalDate> timetable, @Nullable List<Region> regions,
			@Nullable String vocabularyVersion, @Nullable List<Extension> extensions, @Nullable Boolean compilingClosed,
			@Nullable String reason, @Nullable String summary) {

		static Full of(Stored<Cycle> stored) {
			Cycle cycle = stored.state();
			Optional<Opening> opening = cycle.opened();
			return new Full(stored.id(), Status.of(cycle), cycle.choice().area(), cycle.choice().title(),
					cycle.choice().why(), cycle.choice().choosers(), opening.map(Opening::areas).orElse(null),
					opening.map((one) -> inOrder(one.timetable())).orElse(null),
					opening.map(Opening::regions).orElse(null), opening.map(Opening::vocabularyVersion).orElse(null),
					opening.map(Opening::extensions).orElse(null), opening.map(Opening::compilingClosed).orElse(null),
					(cycle instanceof Cycle.Cancelled cancelled) ? cancelled.reason() : null,
					(cycle instanceof Cycle.Finished finished) ? finished.summary() : null);
		}

	}

	private static Map<Step, LocalDate> inOrder(Map<Step, LocalDate> timetable) {
		return new EnumMap<>(timetable);
	}

}
