package se.lokalabehov.reportcatalogue.harvest;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.reportcatalogue.harvest.HarvestConfiguration.EveryMinute;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Original;
import se.lokalabehov.reportcatalogue.harvest.Progress.Counts;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.NoPersonalNumber;
import se.lokalabehov.web.Paging;
import se.lokalabehov.web.VocabularyCode;
import se.lokalabehov.web.outside.Outside;

/**
 * The sources of harvests, how it goes with them, and from where a record comes.
 */
@RestController
@Tag(name = "records")
class HarvestController {

	private static final String PATH = "/api/v1/harvest-sources/";

	private static final String EVERY = "Ange en tid från PT15M (en kvart) till P366D (ett år).";

	private final Harvester harvester;

	private final EveryMinute everyMinute;

	private final Outside outside;

	private final Shelf shelf;

	HarvestController(Harvester harvester, EveryMinute everyMinute, Outside outside, Shelf shelf) {
		this.harvester = harvester;
		this.everyMinute = everyMinute;
		this.outside = outside;
		this.shelf = shelf;
	}

	/** A source as a request says it; the fields are those of {@link Source}. */
	record SourceBody(@NotBlank @Size(max = 200) @NoPersonalNumber String name, @NotNull URI address,
			@Pattern(regexp = "oai_dc|lb", message = "Ska vara oai_dc eller lb.") @Nullable String prefix,
			@Size(min = 1, max = 200) @NoPersonalNumber @Nullable String set, @Nullable OrganisationId publisher,
			@VocabularyCode("area") @Nullable String area, @DurationMin(minutes = 15,
					message = EVERY) @DurationMax(days = 366, message = EVERY) @Nullable Duration every,
			@Nullable Boolean paused) {

		Source toSource() {
			return new Source(this.name.strip(), this.address, (this.prefix != null) ? this.prefix : "oai_dc", this.set,
					this.publisher, (this.area != null) ? this.area : "GEN",
					(this.every != null) ? this.every : Duration.ofDays(1), Boolean.TRUE.equals(this.paused));
		}

	}

	/**
	 * A source, and how far it has come.
	 *
	 * @param progress none in what was never harvested
	 */
	record Shown(String id, String name, URI address, String prefix, @Nullable String set,
			@Nullable OrganisationId publisher, String area, Duration every, boolean paused, Come progress) {
	}

	/**
	 * How far a source has come.
	 *
	 * @param from the date of the last whole harvest, by the repository's clock; none
	 * before the first
	 * @param begun the date of the harvest that is not whole yet; none when there is none
	 * @param goesOn whether it goes on where it was
	 * @param harvesting whether it is being harvested now
	 * @param next when it is time again
	 * @param problem why the last attempt stopped; none when it did not
	 * @param taken of the harvest that is not whole yet, otherwise of the last: records
	 * that stand here
	 * @param deleted records that are deleted there
	 * @param parked records that were not taken
	 */
	record Come(@Nullable String from, @Nullable String begun, boolean goesOn, boolean harvesting, Instant next,
			@Nullable String problem, int taken, int deleted, int parked) {
	}

	/**
	 * A record that was not taken.
	 *
	 * @param identifier the repository's
	 * @param why in Swedish
	 * @param since when that was first found
	 */
	record NotTaken(String identifier, String why, Instant since) {
	}

	/** Which record, by the repository's identifier. */
	record RetryBody(@NotBlank @Size(max = 500) String identifier) {
	}

	/**
	 * What came of asking again.
	 *
	 * @param taken whether it stands here now, or is deleted there
	 * @param why if not, in Swedish
	 */
	record Asked(boolean taken, @Nullable String why) {
	}

	/**
	 * From where a record comes.
	 *
	 * @param originals those that came first before the others; empty when it was not
	 * harvested
	 */
	record From(String record, List<Origin> originals) {
	}

	/**
	 * One original of a record.
	 *
	 * @param source the name of the source
	 * @param address the source's address
	 * @param identifier the source's identifier of the record
	 * @param shown whether the record shows what this one says
	 */
	record Origin(String source, URI address, String identifier, boolean shown) {
	}

	@GetMapping("/api/v1/harvest-sources")
	@Operation(summary = "Visar de förvar som skördas (administratör vid SKR)")
	ResponseEntity<Object> list(Paging paging, Caller caller) {
		return Access.manages(caller) ? Answers
			.page(this.harvester.sources().page(new Criteria(), paging.cursor(), paging.limit()), this::shown)
				: Answers.refused(Refusal.notFound());
	}

	@PostMapping("/api/v1/harvest-sources")
	@Operation(summary = "Lägger upp ett förvar som ska skördas (administratör vid SKR)")
	ResponseEntity<Object> add(@Valid @RequestBody SourceBody body, Act act, Caller caller) {
		if (!Access.manages(caller)) {
			return Answers.refused(Refusal.forbidden("Bara en administratör vid SKR bestämmer vad som skördas."));
		}
		return Answers.created(changed(act.newId("source"), body, act), PATH);
	}

	@GetMapping("/api/v1/harvest-sources/{id}")
	@Operation(summary = "Visar ett förvar som skördas, och hur långt skörden har kommit (administratör vid SKR)")
	ResponseEntity<Object> read(@PathVariable String id, Caller caller) {
		return Answers.read(found(id, caller), this::shown,
				(shown) -> found(id, caller).map((source) -> this.harvester.progress(source).version()).orElse(0L));
	}

	@PutMapping("/api/v1/harvest-sources/{id}")
	@Operation(summary = "Ändrar, pausar eller återupptar ett förvar som skördas (administratör vid SKR)")
	ResponseEntity<Object> change(@PathVariable String id, @Valid @RequestBody SourceBody body, Act act,
			Caller caller) {
		return with(id, caller, (source) -> Answers.of(changed(id, body, act), PATH));
	}

	private Outcome<Source> changed(String id, SourceBody body, Act act) {
		Source after = body.toSource();
		return this.harvester.sources()
			.execute(id, act, (before) -> Source.decide(before, after, this.outside.fault(after.address())));
	}

	@PostMapping("/api/v1/harvest-sources/{id}/run")
	@Operation(summary = "Skördar ett förvar nu; hur det går visar förvaret självt (administratör vid SKR)")
	ResponseEntity<Object> run(@PathVariable String id, Act act, Caller caller) {
		return with(id, caller, (source) -> {
			if (source.state().paused()) {
				return Answers
					.refused(Refusal.conflict("pausad", "Källan är pausad. Återuppta den innan den skördas."));
			}
			if (this.harvester.dueNow(source, act) instanceof Outcome.Refused<Progress> refused) {
				return Answers.refused(refused.refusal());
			}
			this.everyMinute.now();
			return ResponseEntity.accepted().location(URI.create(PATH + id)).body(shown(source));
		});
	}

	@GetMapping("/api/v1/harvest-sources/{id}/parked")
	@Operation(summary = "Visar de poster i ett förvar som inte kunde tas emot, och varför (administratör vid SKR)")
	ResponseEntity<Object> parked(@PathVariable String id, Paging paging, Caller caller) {
		return with(id, caller, (source) -> Answers.page(this.harvester.parked(id, paging.cursor(), paging.limit()),
				HarvestController::notTaken));
	}

	@PostMapping("/api/v1/harvest-sources/{id}/retry")
	@Operation(summary = "Hämtar en enda post, som inte kunde tas emot, på nytt (administratör vid SKR)")
	ResponseEntity<Object> retry(@PathVariable String id, @Valid @RequestBody RetryBody body, Act act, Caller caller) {
		return with(id, caller, (source) -> ResponseEntity.ok(again(source, body.identifier())));
	}

	private Asked again(Stored<Source> source, String identifier) {
		try {
			this.harvester.retry(source, identifier);
			return new Asked(true, null);
		}
		catch (HarvestProblem problem) {
			return new Asked(false, problem.why());
		}
	}

	@GetMapping("/api/v1/records/{id}/lineage")
	@Operation(summary = "Visar varifrån en post kommer: originalen i de förvar som skördas")
	ResponseEntity<Object> lineage(@PathVariable String id) {
		if (!this.shelf.holds(id)) {
			return Answers.refused(Refusal.notFound());
		}
		return ResponseEntity.ok(new From(id,
				this.harvester.behind(id)
					.stream()
					.flatMap((one) -> this.harvester.sources()
						.find(one.original().source())
						.map((source) -> new Origin(source.state().name(), source.state().address(),
								one.original().identifier(), one.shown()))
						.stream())
					.toList()));
	}

	private Optional<Stored<Source>> found(String id, Caller caller) {
		return Access.manages(caller) ? this.harvester.sources().find(id) : Optional.empty();
	}

	private ResponseEntity<Object> with(String id, Caller caller,
			Function<Stored<Source>, ResponseEntity<Object>> answer) {
		return found(id, caller).map(answer).orElseGet(() -> Answers.refused(Refusal.notFound()));
	}

	private Shown shown(Stored<Source> stored) {
		Source source = stored.state();
		Progress progress = this.harvester.progress(stored).state();
		Counts counts = progress.counts();
		return new Shown(stored.id(), source.name(), source.address(), source.prefix(), source.set(),
				source.publisher(), source.area(), source.every(), source.paused(),
				new Come(progress.from(), progress.begun(), progress.token() != null, progress.claim() != null,
						progress.next(), progress.problem(), counts.taken(), counts.deleted(), counts.parked()));
	}

	private static NotTaken notTaken(Stored<Original> stored) {
		Lineage.Parked parked = java.util.Objects.requireNonNull(stored.state().parked());
		return new NotTaken(stored.state().identifier(), parked.why(), parked.since());
	}

}
