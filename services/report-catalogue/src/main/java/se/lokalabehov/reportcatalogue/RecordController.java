package se.lokalabehov.reportcatalogue;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Deliverable;
import se.lokalabehov.contracts.CatalogueEvent.FileAttached;
import se.lokalabehov.contracts.CatalogueEvent.RecordRedacted;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RecordId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.NoPersonalNumber;
import se.lokalabehov.web.Paging;

/**
 * The catalogue over HTTP.
 */
@RestController
@RequestMapping("/api/v1/records")
@Tag(name = "records")
class RecordController {

	private static final String PATH = "/api/v1/records/";

	private static final Refusal GONE = Refusal.invalid("file",
			"Filen finns inte kvar här: den har väntat för länge på sin post. Ladda upp den igen.");

	/** How many days before it is due a deliverable is listed. */
	private static final int DAYS_AHEAD = 30;

	/**
	 * Organisations and codes do not change at run time; memberships, which do, are not
	 * asked for.
	 */
	private static final Directory DIRECTORY = Directory.standard();

	private final Aggregates<CatalogueRecord, CatalogueEvent> records;

	private final ContentFaults faults;

	private final RecordFiles files;

	private final Use use;

	private final Clock clock;

	RecordController(Aggregates<CatalogueRecord, CatalogueEvent> records, ContentFaults faults, RecordFiles files,
			Use use, Clock clock) {
		this.records = records;
		this.faults = faults;
		this.files = files;
		this.use = use;
		this.clock = clock;
	}

	/** Something to publish, with a file that was uploaded for it if there is one. */
	record PublishBody(@NotNull @Valid ContentBody content, @Valid @Nullable FileBody file) {
	}

	/**
	 * A file that was uploaded before its record.
	 *
	 * @param upload as {@link UploadController.Upload} says
	 * @param name what it is called
	 */
	record FileBody(@NotBlank @Size(max = 100) String upload, @NotBlank @Size(max = 200) String name) {
	}

	/** A new version. */
	record ReviseBody(@NotNull @Valid ContentBody content,
			@NotBlank @Size(max = 1000) @NoPersonalNumber String change) {
	}

	/** Why it is withdrawn, or blanked. */
	record ReasonBody(@NotBlank @Size(max = 1000) @NoPersonalNumber String reason) {
	}

	/** Who answers for it from now on. */
	record CustodyBody(@NotNull OrganisationId custodian, @NotBlank @Size(max = 1000) @NoPersonalNumber String reason) {
	}

	/** What was delivered. */
	record DeliveryBody(@NotNull RecordId record) {
	}

	@PostMapping
	@Operation(summary = "Publicerar en post (redaktör eller handläggare hos utgivaren)")
	ResponseEntity<Object> publish(@Valid @RequestBody PublishBody body, Act act, Caller caller) throws IOException {
		Content content = body.content().toContent();
		if (!Access.mayPublish(caller, content.publisher())) {
			return Answers.refused(Refusal.forbidden(
					"Bara en redaktör eller handläggare får publicera, och bara i den egna organisationens namn."));
		}
		FileBody wanted = body.file();
		Refusal wrong = (wanted != null) ? FileController.wrongName(wanted.name()) : null;
		if (wrong != null) {
			return Answers.refused(wrong);
		}
		Optional<FileAttached> file = (wanted != null) ? this.files.taken(wanted.upload(), wanted.name())
				: Optional.empty();
		Supplier<@Nullable Refusal> fault = (wanted != null && file.isEmpty()) ? () -> GONE
				: this.faults.of(content, act.at());
		return Answers.created(this.records.execute(act.newId("record"), act, (before) -> {
			Refusal refusal = fault.get();
			return (refusal != null) ? Decision.refuse(refusal)
					: Cataloguing.publish(before, content, file.stream().toList());
		}), PATH);
	}

	@PutMapping("/{id}")
	@Operation(summary = "Reviderar en post (redaktör eller handläggare hos den som vårdar den)")
	ResponseEntity<Object> revise(@PathVariable String id, @Valid @RequestBody ReviseBody body, Act act,
			Caller caller) {
		Content content = body.content().toContent();
		Supplier<@Nullable Refusal> fault = this.faults.of(content, act.at());
		return changed(id, act, caller, Access::mayEdit, (before) -> {
			Refusal refusal = fault.get();
			return (refusal != null) ? Decision.refuse(refusal)
					: Cataloguing.revise(before, content, body.change().strip());
		});
	}

	@PostMapping("/{id}/withdrawal")
	@Operation(
			summary = "Återkallar en post; en gravsten står kvar (redaktör eller handläggare hos den som vårdar den)")
	ResponseEntity<Object> withdraw(@PathVariable String id, @Valid @RequestBody ReasonBody body, Act act,
			Caller caller) {
		return changed(id, act, caller, Access::mayEdit,
				(before) -> Cataloguing.withdraw(before, body.reason().strip()));
	}

	@PostMapping("/{id}/custody")
	@Operation(summary = "Lämnar över vården av en post till en annan organisation")
	ResponseEntity<Object> transfer(@PathVariable String id, @Valid @RequestBody CustodyBody body, Act act,
			Caller caller) {
		return changed(id, act, caller, Access::mayTransfer,
				(before) -> Cataloguing.transfer(before, body.custodian(), body.reason().strip(), DIRECTORY));
	}

	@PostMapping("/{id}/confirmation")
	@Operation(
			summary = "Bekräftar att ett forskningsprojekt är aktuellt (redaktör eller handläggare hos den som vårdar posten)")
	ResponseEntity<Object> confirm(@PathVariable String id, Act act, Caller caller) {
		return changed(id, act, caller, Access::mayEdit,
				(before) -> Cataloguing.confirm(before, Reminding.day(act.at())));
	}

	@PostMapping("/{id}/deliverables/{number}/delivery")
	@Operation(
			summary = "Anger vilken post det blev som ett forskningsprojekt skulle leverera; number räknas från 1 (redaktör eller handläggare hos den som vårdar posten)")
	ResponseEntity<Object> deliver(@PathVariable String id, @PathVariable int number,
			@Valid @RequestBody DeliveryBody body, Act act, Caller caller) {
		@Nullable CatalogueRecord delivered = this.records.find(body.record().value()).map(Stored::state).orElse(null);
		return changed(id, act, caller, Access::mayEdit,
				(before) -> Cataloguing.deliver(before, number, body.record(), delivered));
	}

	@PostMapping("/{id}/redaction")
	@Operation(summary = "Tar bort alla texter i postens alla versioner (administratör)")
	ResponseEntity<Object> redact(@PathVariable String id, @Valid @RequestBody ReasonBody body, Act act,
			Caller caller) {
		Optional<CatalogueRecord> before = this.records.find(id).map(Stored::state);
		ResponseEntity<Object> answer = changed(id, act, caller, (who, record) -> Access.mayRedact(who),
				(record) -> Decision.of(new RecordRedacted(body.reason().strip())));
		if (answer.getStatusCode().is2xxSuccessful()) {
			before.ifPresent(this.files::forget);
		}
		return answer;
	}

	@GetMapping
	@Operation(summary = "Visar poster, äldst först; återkallade bara om man ber om dem")
	ResponseEntity<Object> list(@RequestParam Optional<CatalogueEvent.Kind> kind,
			@RequestParam Optional<OrganisationId> publisher, @RequestParam Optional<String> area,
			@RequestParam Optional<Due> due, @RequestParam Optional<Used> use,
			@RequestParam(defaultValue = "PUBLISHED") Status status, Paging paging) {
		List<Criteria> all = new ArrayList<>();
		all.add(Criteria.where("state.withdrawn").exists(status == Status.WITHDRAWN));
		kind.ifPresent((one) -> all.add(Criteria.where("state.content.kind").is(one.name())));
		publisher.ifPresent((one) -> all.add(Criteria.where("state.content.publisher").is(one.value())));
		area.ifPresent((one) -> all.add(Criteria.where("state.content.areas").is(one)));
		due.ifPresent((one) -> all.add(criteria(one)));
		use.ifPresent((one) -> all.add(Criteria.where(Use.What.OPENED.sum()).exists(false)));
		Page<Stored<CatalogueRecord>> page = this.records.page(new Criteria().andOperator(all), paging.cursor(),
				paging.limit());
		// To look after the catalogue is not to use it.
		if (due.isEmpty() && use.isEmpty()) {
			this.use.shown(page.items().stream().map(Stored::id).toList());
		}
		Map<String, Use.Sums> used = publisher.isPresent()
				? this.use.each(page.items().stream().map(Stored::id).toList()) : Map.of();
		return Answers.page(page, (stored) -> Shown.inList(stored, used.get(stored.id())));
	}

	@GetMapping("/{id}")
	@Operation(summary = "Visar en post, eller gravstenen efter den")
	ResponseEntity<Object> read(@PathVariable String id, Caller caller) {
		Optional<Stored<CatalogueRecord>> record = this.records.find(id);
		record.filter((stored) -> Access.counts(caller, stored.state()))
			.ifPresent((stored) -> this.use.count(Use.What.OPENED, List.of(id)));
		return Answers.read(record, (stored) -> Shown.whole(stored, this.records.story(id)));
	}

	@GetMapping("/{id}/versions/{version}")
	@Operation(summary = "Visar en version av en post; av en återkallad bara för den som vårdar den")
	ResponseEntity<Object> version(@PathVariable String id, @PathVariable int version, Caller caller) {
		Optional<Stored<CatalogueRecord>> record = this.records.find(id)
			.filter((stored) -> Access.seesVersions(caller, stored.state()))
			.filter((stored) -> version >= 1 && version <= stored.state().version());
		return Answers.read(record, (stored) -> Shown.versions(this.records.story(id)).get(version - 1));
	}

	private Criteria criteria(Due due) {
		LocalDate today = Reminding.day(this.clock.instant());
		return switch (due) {
			case CONFIRMATION ->
				Criteria.where("state.content.project.confirmedCurrent").lt(today.minusYears(1).toString());
			case DELIVERY -> undelivered(Criteria.where("due").lte(today.plusDays(DAYS_AHEAD).toString()));
			case OVERDUE -> undelivered(Criteria.where("due").lt(today.toString()));
		};
	}

	private static Criteria undelivered(Criteria due) {
		return Criteria.where("state.content.project.deliverables").elemMatch(due.and("delivered").exists(false));
	}

	private ResponseEntity<Object> changed(String id, Act act, Caller caller,
			BiFunction<Caller, CatalogueRecord, Boolean> may,
			Function<CatalogueRecord, Decision<CatalogueEvent>> decide) {
		Optional<Stored<CatalogueRecord>> record = this.records.find(id);
		if (record.isEmpty()) {
			return Answers.refused(Refusal.notFound());
		}
		if (!may.apply(caller, record.get().state())) {
			return Answers.refused(
					Refusal.forbidden("Posten vårdas av en annan organisation, eller så får din roll inte detta."));
		}
		return Answers.of(this.records.execute(id, act, (before) -> decide.apply(Objects.requireNonNull(before))),
				PATH);
	}

	/** What of projects there is to do something about. */
	enum Due {

		/** Not confirmed to be current for a year. */
		CONFIRMATION,
		/** Something is to be delivered within thirty days, or should have been. */
		DELIVERY,
		/** Something should have been delivered. */
		OVERDUE

	}

	/** How much the records to list are used. */
	enum Used {

		/** Nobody but who answers for it has opened it. */
		NEVER_OPENED

	}

	/** Which records to list. */
	enum Status {

		PUBLISHED, WITHDRAWN

	}

}
