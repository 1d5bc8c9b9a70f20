package se.lokalabehov.needintake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.needintake.NeedTable.Column;
import se.lokalabehov.needintake.NeedTable.Columns;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.Checking;
import se.lokalabehov.web.Problem;
import se.lokalabehov.web.Table;

/**
 * Moment 3, what a municipality has in a table already: every row becomes a draft, all or
 * none of them. A draft's identifier follows from what its row says, so the same table
 * sent again, also after a crash, makes what is missing and nothing twice.
 */
@RestController
@RequestMapping("/api/v1/needs/imports")
@Tag(name = "needs")
class NeedImportController {

	static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

	private final Aggregates<Draft, Draft> drafts;

	private final Aggregates<Need, OfNeed> needs;

	private final Drafting drafting;

	private final Access access;

	private final Checking checking;

	NeedImportController(Aggregates<Draft, Draft> drafts, Aggregates<Need, OfNeed> needs, Drafting drafting,
			Access access, Checking checking) {
		this.drafts = drafts;
		this.needs = needs;
		this.drafting = drafting;
		this.access = access;
		this.checking = checking;
	}

	/** What would come of a row, or has. */
	enum Result {

		NEW, UNCHANGED, REFUSED

	}

	/**
	 * Something that is wrong.
	 *
	 * @param column its header; none when it is the whole row
	 * @param detail in Swedish, what to do
	 */
	record Fault(@Nullable String column, String detail) {
	}

	/**
	 * What would come of a row, or has.
	 *
	 * @param row its number, the header is the first
	 * @param need the draft that it becomes, or the draft or need that it became before;
	 * none when it is refused
	 * @param title as it stands there
	 * @param missing what is still to be written before it can be submitted; none when
	 * nothing is
	 * @param faults what is wrong; none when nothing is
	 */
	record Reported(int row, Result result, @Nullable String need, String title, @Nullable List<Fault> missing,
			@Nullable List<Fault> faults) {
	}

	/**
	 * What would come of a table, or has.
	 *
	 * @param added how many drafts are new
	 * @param unchanged how many rows were imported before
	 * @param refused how many rows have faults: as long as there is one, nothing is done
	 */
	record Report(long added, long unchanged, long refused, List<Reported> rows) {
	}

	/** A problem (RFC 9457) with the report. */
	record Refused(String type, String title, int status, String detail, Report report) {
	}

	/** A row, and the draft that it becomes when it is in order. */
	private record Planned(Reported reported, Draft.@Nullable Content draft) {
	}

	@GetMapping("/template")
	@Operation(summary = "Ger en tabell att utgå från, med ett exempel, som Excel öppnar")
	ResponseEntity<byte[]> template() {
		return ResponseEntity.ok()
			.contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"behov-mall.csv\"")
			.header("X-Content-Type-Options", "nosniff")
			.body(NeedTable.template().csv().getBytes(StandardCharsets.UTF_8));
	}

	@PostMapping(consumes = { "text/csv", XLSX })
	@Operation(
			summary = "Gör utkast av raderna i en tabell, alla eller inga; med dryRun=true visas bara vad som skulle hända, rad för rad (den som skriver för en kommun)",
			description = "Excel (.xlsx) eller CSV med rubrikrad, som mallen. CSV får ha semikolon, komma eller tabb och vara skriven i UTF-8 eller Windows-1252. Samma tabell igen ger inga dubbletter.",
			requestBody = @RequestBody(required = true,
					content = { @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
							@Content(mediaType = XLSX, schema = @Schema(type = "string", format = "binary")) }))
	ResponseEntity<Object> take(@RequestParam(defaultValue = "false") boolean dryRun,
			@RequestParam Optional<String> cycle, HttpServletRequest request, Act act, Caller caller)
			throws IOException {
		if (!this.access.isAuthor(caller, caller.organisation())) {
			return Answers.refused(Refusal.forbidden("Bara den som skriver för en kommun får importera behov."));
		}
		List<Planned> plan;
		try {
			Table table = Table.read(request.getInputStream().readAllBytes());
			Columns columns = NeedTable.columns(table);
			if (columns.wrong() != null) {
				return Answers.refused(Refusal.invalid("tabell", columns.wrong()));
			}
			plan = plan(table, columns, caller.organisation(), cycle.orElse(null));
		}
		catch (Table.NoTable problem) {
			return Answers.refused(Refusal.invalid("tabell", problem.why()));
		}
		Report report = report(plan);
		if (dryRun) {
			return ResponseEntity.ok(report);
		}
		if (report.refused() > 0) {
			return ResponseEntity.badRequest()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.body(new Refused(Problem.TYPES + "rader-med-fel", "Tabellen har fel", 400,
						"Inget har importerats: %d av %d rader har fel. Rätta dem och skicka hela tabellen igen."
							.formatted(report.refused(), plan.size()),
						report));
		}
		for (Planned one : plan) {
			String id = one.reported().need();
			if (one.draft() != null && id != null
					&& this.drafting.take(id, act, one.draft()) instanceof Outcome.Refused<Draft> refused) {
				return Answers.refused(refused.refusal());
			}
		}
		return ResponseEntity.ok(report);
	}

	private List<Planned> plan(Table table, Columns columns, OrganisationId municipality, @Nullable String cycle) {
		Map<String, Integer> seen = new HashMap<>();
		List<Planned> plan = new ArrayList<>();
		for (Table.Row row : table.rows()) {
			Map<String, Object> said = columns.said(row, municipality, cycle);
			String title = title(said);
			Checking.Checked<Bodies.Drafted> checked = this.checking.check(said, Bodies.Drafted.class);
			List<Fault> faults = new ArrayList<>(checked.faults().stream().map(NeedImportController::fault).toList());
			if (title.isEmpty()) {
				faults.add(new Fault(Column.TITLE.header(), "Ge behovet en rubrik."));
			}
			String id = "need-" + Act.sha256("need-import|" + municipality + "|" + said).substring(0, 24);
			Integer earlier = seen.putIfAbsent(id, row.number());
			if (earlier != null) {
				faults.add(new Fault(null, "Raden säger samma sak som rad %d. Ta bort den ena.".formatted(earlier)));
			}
			Bodies.Drafted drafted = checked.value();
			if (drafted == null || !faults.isEmpty()) {
				plan.add(new Planned(new Reported(row.number(), Result.REFUSED, null, title, null, List.copyOf(faults)),
						null));
				continue;
			}
			Draft.Content content = drafted.content();
			boolean there = this.drafts.find(id).isPresent() || this.needs.find(id).isPresent();
			List<Fault> missing = content.wording().missing().stream().map(NeedImportController::fault).toList();
			plan.add(new Planned(new Reported(row.number(), there ? Result.UNCHANGED : Result.NEW, id, title,
					missing.isEmpty() ? null : missing, null), there ? null : content));
		}
		return plan;
	}

	private static String title(Map<String, Object> said) {
		return (Objects.requireNonNull(said.get("wording")) instanceof Map<?, ?> wording
				&& wording.get("title") instanceof String title) ? title : "";
	}

	private static Fault fault(Refusal.Field field) {
		Optional<Column> column = Column.about(field.name());
		String choices = column.map(Column::choices).orElse(null);
		return new Fault(column.map(Column::header).orElse(null),
				Stream.of(field.detail(), (choices != null) ? "Välj bland: " + choices + "." : "")
					.filter((one) -> !one.isEmpty())
					.reduce((one, other) -> one + (one.endsWith(".") ? " " : ". ") + other)
					.orElseThrow());
	}

	private static Report report(List<Planned> plan) {
		return new Report(count(plan, Result.NEW), count(plan, Result.UNCHANGED), count(plan, Result.REFUSED),
				plan.stream().map(Planned::reported).toList());
	}

	private static long count(List<Planned> plan, Result result) {
		return plan.stream().filter((one) -> one.reported().result() == result).count();
	}

}
