package se.lokalabehov.feedback;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackProgressed;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackRedacted;
import se.lokalabehov.contracts.FeedbackEvent.OfFeedback;
import se.lokalabehov.contracts.FeedbackEvent.SupportDelivered;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RecordId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.feedback.Feedback.Behind;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.NoPersonalData;
import se.lokalabehov.web.Paging;
import se.lokalabehov.web.VocabularyCode;

/**
 * The answers over HTTP. One national need has one, with the national need's identifier.
 */
@RestController
@RequestMapping("/api/v1/feedback")
@Tag(name = "feedback")
class FeedbackController {

	private static final String PATH = "/api/v1/feedback/";

	/** What a day is, is decided where the municipalities are. */
	private static final ZoneId SWEDEN = ZoneId.of("Europe/Stockholm");

	private final Aggregates<Feedback, OfFeedback> feedback;

	private final Views<HandOffSeen> handOffs;

	private final Views<NationalNeedSeen> nationalNeeds;

	private final Views<NeedSeen> needs;

	private final Views<RecordSeen> records;

	FeedbackController(Aggregates<Feedback, OfFeedback> feedback, Views<HandOffSeen> handOffs,
			Views<NationalNeedSeen> nationalNeeds, Views<NeedSeen> needs, Views<RecordSeen> records) {
		this.feedback = feedback;
		this.handOffs = handOffs;
		this.nationalNeeds = nationalNeeds;
		this.needs = needs;
		this.records = records;
	}

	/** A decision. */
	record DecisionBody(@NotNull FeedbackEvent.Decision decision,
			@NotBlank @Size(max = 4000) @NoPersonalData String why, @Nullable LocalDate expected,
			@Size(max = 500) @NoPersonalData @Nullable String support,
			@Size(max = 100) @NoPersonalData @Nullable String registration) {
	}

	/** How it goes. */
	record ProgressBody(@NotBlank @Size(max = 4000) @NoPersonalData String text, @Nullable LocalDate expected) {
	}

	/** What was delivered. */
	record DeliveryBody(@NotBlank @Size(max = 500) @NoPersonalData String title,
			@NotNull @VocabularyCode("support-kind") String kind,
			@Size(max = 1000) @Pattern(regexp = "https?://[^\\s/]+(/\\S*)?",
					message = "måste vara en länk som börjar med http:// eller https://") @NoPersonalData @Nullable String link,
			@Nullable RecordId record) {
	}

	/** Why texts are blanked. */
	record RedactionBody(@NotBlank @Size(max = 1000) @NoPersonalData String reason) {
	}

	@PostMapping("/{id}/decisions")
	@Operation(summary = "Beslutar, eller beslutar på nytt, hur behovet ska hanteras (ansvarig myndighet)")
	ResponseEntity<Object> decide(@PathVariable String id, @Valid @RequestBody DecisionBody body, Act act,
			Caller caller) {
		return told(id, act, caller, (before, handOff) -> Answering.decide(before, handOff,
				new FeedbackDecided(handOff.cycle(), caller.organisation(), body.decision(), body.why().strip(),
						body.expected(), stripped(body.support()), stripped(body.registration()), handOff.sources()),
				day(act)));
	}

	@PostMapping("/{id}/progress")
	@Operation(summary = "Berättar hur det går (ansvarig myndighet)")
	ResponseEntity<Object> progress(@PathVariable String id, @Valid @RequestBody ProgressBody body, Act act,
			Caller caller) {
		return told(id, act, caller, (before, handOff) -> Answering.progress(before, handOff, caller.organisation(),
				new FeedbackProgressed(body.text().strip(), body.expected()), day(act)));
	}

	@PostMapping("/{id}/deliveries")
	@Operation(summary = "Berättar vilket kunskapsstöd som har levererats (ansvarig myndighet)")
	ResponseEntity<Object> deliver(@PathVariable String id, @Valid @RequestBody DeliveryBody body, Act act,
			Caller caller) {
		RecordSeen record = (body.record() != null)
				? this.records.find(body.record().value()).map(Stored::state).orElse(null) : null;
		return told(id, act, caller, (before, handOff) -> Answering.deliver(before, handOff, caller.organisation(),
				new SupportDelivered(body.title().strip(), body.kind(), body.link(), body.record()), record));
	}

	@PostMapping("/{id}/redaction")
	@Operation(summary = "Tar bort alla texter i återkopplingen (administratör)")
	ResponseEntity<Object> redact(@PathVariable String id, @Valid @RequestBody RedactionBody body, Act act,
			Caller caller) {
		if (this.feedback.find(id).isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		if (!Access.mayRedact(caller)) {
			return Answers.refused(Refusal.forbidden("Bara en administratör hos SKR får ta bort texter."));
		}
		return Answers.of(
				this.feedback.execute(id, act, (before) -> Decision.of(new FeedbackRedacted(body.reason().strip()))),
				PATH);
	}

	@GetMapping
	@Operation(summary = "Visar återkopplingar: i en omgång, från en myndighet, till en kommun")
	ResponseEntity<Object> list(@RequestParam Optional<CycleId> cycle, @RequestParam Optional<OrganisationId> agency,
			@RequestParam Optional<OrganisationId> municipality, Paging paging, Caller caller) {
		List<Criteria> all = new ArrayList<>();
		// Something is always asked for, so that the conjunction is never empty.
		all.add(Criteria.where("_id").exists(true));
		cycle.ifPresent((one) -> all.add(Criteria.where("state.cycle").is(one.value())));
		agency.ifPresent((one) -> all.add(Criteria.where("state.agency").is(one.value())));
		municipality.ifPresent((one) -> all.add(Access.answersTo(caller, one, named(one), concerning(caller))));
		Page<Stored<Feedback>> page = this.feedback.page(new Criteria().andOperator(all), paging.cursor(),
				paging.limit());
		Map<String, NationalNeedSeen> nationalNeeds = byId(this.nationalNeeds, page);
		Map<String, HandOffSeen> handOffs = byId(this.handOffs, page);
		return Answers.page(page,
				(stored) -> shown(stored, nationalNeeds.get(stored.id()), handOffs.get(stored.id()), caller));
	}

	@GetMapping("/{id}")
	@Operation(summary = "Visar återkopplingen på ett nationellt behov")
	ResponseEntity<Object> read(@PathVariable String id, Caller caller) {
		return Answers.read(this.feedback.find(id),
				(stored) -> shown(stored, this.nationalNeeds.find(id).map(Stored::state).orElse(null),
						this.handOffs.find(id).map(Stored::state).orElse(null), caller));
	}

	private ResponseEntity<Object> told(String id, Act act, Caller caller, Telling telling) {
		Optional<HandOffSeen> handOff = this.handOffs.find(id).map(Stored::state);
		if (handOff.isEmpty()) {
			return Answers.refused(caller.is(Role.AGENCY_OFFICER) ? Refusal.notHereYet("Överlämningen av behovet")
					: Refusal.notFound());
		}
		if (!Access.seesHandOff(caller, handOff.get()) && this.feedback.find(id).isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		if (!Access.mayTell(caller, handOff.get())) {
			return Answers
				.refused(Refusal.forbidden("Bara den myndighet som behovet är överlämnat till får återkoppla."));
		}
		return Answers.of(this.feedback.execute(id, act, (before) -> telling.decide(before, handOff.get())), PATH);
	}

	private Shown shown(Stored<Feedback> stored, @Nullable NationalNeedSeen need, @Nullable HandOffSeen handOff,
			Caller caller) {
		Feedback answer = stored.state();
		boolean concerned = Access.isConcerned(caller, answer, need, handOff);
		Set<String> named = this.needs.findAll(answer.behind().stream().map((one) -> one.need().value()).toList())
			.stream()
			.filter((one) -> one.state().named())
			.map(Stored::id)
			.collect(Collectors.toSet());
		Predicate<Behind> seesMunicipalities = (behind) -> Access.seesMunicipalities(caller, behind,
				named.contains(behind.need().value()), concerned);
		return Shown.of(stored.id(), answer, this.feedback.story(stored.id()), need, handOff, seesMunicipalities);
	}

	/** The needs of a municipality that may be named. */
	private List<String> named(OrganisationId municipality) {
		return this.needs.all(Criteria.where("state.municipalities").is(municipality.value()))
			.stream()
			.filter((need) -> need.state().named())
			.map(Stored::id)
			.toList();
	}

	/** The national needs that the caller's agency has had to do with. */
	private List<String> concerning(Caller caller) {
		if (!caller.is(Role.AGENCY_OFFICER)) {
			return List.of();
		}
		String agency = caller.organisation().value();
		List<String> all = new ArrayList<>();
		this.nationalNeeds.all(Criteria.where("state.agencies").is(agency)).forEach((one) -> all.add(one.id()));
		this.handOffs
			.all(new Criteria().orOperator(Criteria.where("state.agency").is(agency),
					Criteria.where("state.contributors").is(agency)))
			.forEach((one) -> all.add(one.id()));
		return all;
	}

	private static <V> Map<String, V> byId(Views<V> views, Page<? extends Stored<?>> page) {
		return views.findAll(page.items().stream().map(Stored::id).toList())
			.stream()
			.collect(Collectors.toMap(Stored::id, Stored::state));
	}

	private static LocalDate day(Act act) {
		return LocalDate.ofInstant(act.at(), SWEDEN);
	}

	private static @Nullable String stripped(@Nullable String text) {
		return (text != null && !text.isBlank()) ? text.strip() : null;
	}

	/** One of the lead agency's deciders. */
	@FunctionalInterface
	private interface Telling {

		Decision<OfFeedback> decide(@Nullable Feedback before, HandOffSeen handOff);

	}

}
