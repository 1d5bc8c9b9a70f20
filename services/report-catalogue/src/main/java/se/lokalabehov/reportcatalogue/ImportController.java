package se.lokalabehov.reportcatalogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Kind;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.reportcatalogue.ImportTable.Fault;
import se.lokalabehov.reportcatalogue.ImportTable.Line;
import se.lokalabehov.reportcatalogue.ImportTable.NoTable;
import se.lokalabehov.reportcatalogue.RecordImport.Row;
import se.lokalabehov.reportcatalogue.exports.CsvColumn;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.Checking;
import se.lokalabehov.web.Problem;

/**
 * Many records at once, as a table, over HTTP.
 */
@RestController
@RequestMapping("/api/v1/records/imports")
@Tag(name = "records")
class ImportController {

	private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

	private static final Pattern INDEX = Pattern.compile("\\[([0-9]+)\\]");

	private final Importing importing;

	private final Aggregates<CatalogueRecord, CatalogueEvent> records;

	private final ContentFaults faults;

	private final Checking checking;

	ImportController(Importing importing, Aggregates<CatalogueRecord, CatalogueEvent> records, ContentFaults faults,
			Checking checking) {
		this.importing = importing;
		this.records = records;
		this.faults = faults;
		this.checking = checking;
	}

	/** What would come of a row. */
	enum Result {

		NEW, NEW_VERSION, UNCHANGED, REFUSED

	}

	/**
	 * What would come of a row.
	 *
	 * @param row its number, the header is the first
	 * @param record the record that it is about; none when that would be new or is
	 * refused
	 * @param faults what is wrong; none when nothing is
	 */
	record Reported(int row, Result result, @Nullable String record, @Nullable List<Fault> faults) {
	}

	/**
	 * What would come of a table.
	 *
	 * @param added how many records would be new
	 * @param revised how many would get a new version
	 * @param unchanged how many already say so
	 * @param refused how many rows have faults: as long as there is one, nothing is done
	 */
	record ImportReport(long added, long revised, long unchanged, long refused, List<Reported> rows) {
	}

	/** A problem (RFC 9457) with the report. */
	record RefusedImport(String type, String title, int status, String detail, ImportReport report) {
	}

	/**
	 * How far an import has come.
	 *
	 * @param rows how many change something
	 * @param done how many of them have taken effect, or were refused
	 * @param unchanged how many changed nothing
	 * @param finished when the last one was done; none while it goes on
	 * @param results row by row, when it is finished
	 * @param refused those that did not take effect, as something had changed meanwhile
	 */
	record Import(String id, OrganisationId by, Instant begun, int rows, int done, int unchanged,
			@Nullable Instant finished, @Nullable List<Done> results, List<Done> refused) {
	}

	/** What came of a row. */
	record Done(int row, String record, @Nullable String refused) {

		static Done of(Row row) {
			return new Done(row.row(), row.record(), row.refused());
		}

	}

	/** A row that is in order, or not. */
	private record Planned(Reported report, @Nullable Row row) {
	}

	@GetMapping("/template")
	@Operation(summary = "Ger en tabell att utgå från, med en rad som exempel")
	ResponseEntity<byte[]> template() {
		Content example = new Content(Kind.REPORT, "Anhörigstöd i fem kommuner", "Vad som hjälper, och vad som saknas.",
				new OrganisationId("FOUV"), "sv", List.of("SBB"), List.of("VUX"), "https://example.org/rapport",
				"CC-BY-4.0", List.of("ISBN 978-91-0000-000-0"),
				new Report(List.of("Ada Lund", "Bo Ek"), 2025, "Intervjuer"), null, null);
		return ResponseEntity.ok()
			.contentType(CSV)
			.header("Content-Disposition", "attachment; filename=\"mall.csv\"")
			.header("X-Content-Type-Options", "nosniff")
			.body((CsvColumn.headers() + CsvColumn.line(null, example)).getBytes(StandardCharsets.UTF_8));
	}

	@PostMapping(consumes = "text/csv")
	@Operation(
			summary = "Publicerar och reviderar poster från en tabell, alla eller inga; med dryRun=true visas bara vad som skulle hända, rad för rad (redaktör eller handläggare)",
			description = "CSV i UTF-8 med rubrikrad, högst 5 000 rader och 5 MB. Kolumnerna är exportens; en rad utan id blir en ny post, en med id en ny version.",
			requestBody = @RequestBody(required = true,
					content = @io.swagger.v3.oas.annotations.media.Content(mediaType = "text/csv",
							schema = @Schema(type = "string"))))
	ResponseEntity<Object> begin(@RequestParam(defaultValue = "false") boolean dryRun, HttpServletRequest request,
			Act act, Caller caller) throws IOException {
		if (!Access.edits(caller)) {
			return Answers.refused(Refusal.forbidden("Bara en redaktör eller handläggare får importera poster."));
		}
		Optional<Outcome<RecordImport>> begun = this.importing.begun(act);
		if (begun.isPresent()) {
			return Answers.created(begun.get(), "/api/v1/records/imports/");
		}
		List<Planned> plan;
		try {
			boolean confirmed = "true".equals(request.getHeader("X-Confirm-No-Personal-Data"));
			plan = plan(ImportTable.read(request.getInputStream().readAllBytes(), confirmed), act, caller);
		}
		catch (NoTable problem) {
			return Answers.refused(Refusal.invalid("tabell", problem.why()));
		}
		ImportReport report = report(plan);
		if (dryRun) {
			return ResponseEntity.ok(report);
		}
		if (report.refused() > 0) {
			return ResponseEntity.badRequest()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.body(new RefusedImport(Problem.TYPES + "rader-med-fel", "Tabellen har fel", 400,
						"Inget har importerats: %d av %d rader har fel. Rätta dem och skicka hela tabellen igen."
							.formatted(report.refused(), plan.size()),
						report));
		}
		List<Row> rows = plan.stream().map(Planned::row).filter(Objects::nonNull).toList();
		return Answers.created(this.importing.begin(rows, plan.size() - rows.size(), act), "/api/v1/records/imports/");
	}

	@GetMapping("/{id}")
	@Operation(summary = "Visar hur långt en import har kommit (den egna organisationens redaktör eller handläggare)")
	ResponseEntity<Object> read(@PathVariable String id, Caller caller) {
		return Answers.read(this.importing.find(id).filter((one) -> Access.mayPublish(caller, one.state().by())),
				this::shown, Import::done);
	}

	private Import shown(Stored<RecordImport> stored) {
		RecordImport one = stored.state();
		RecordImport.Progress progress = this.importing.progress(stored);
		return new Import(stored.id(), one.by(), one.at(), one.rows().size(), progress.done(), one.unchanged(),
				one.finished(), (one.finished() != null) ? one.rows().stream().map(Done::of).toList() : null,
				progress.refused().stream().map(Done::of).toList());
	}

	private static ImportReport report(List<Planned> plan) {
		Map<Result, Long> counts = plan.stream()
			.collect(Collectors.groupingBy((one) -> one.report().result(), Collectors.counting()));
		return new ImportReport(counts.getOrDefault(Result.NEW, 0L), counts.getOrDefault(Result.NEW_VERSION, 0L),
				counts.getOrDefault(Result.UNCHANGED, 0L), counts.getOrDefault(Result.REFUSED, 0L),
				plan.stream().map(Planned::report).toList());
	}

	private List<Planned> plan(ImportTable table, Act act, Caller caller) {
		Map<String, Stored<CatalogueRecord>> there = this.records
			.findAll(table.rows().stream().map(Line::id).filter(Objects::nonNull).distinct().toList())
			.stream()
			.collect(Collectors.toMap(Stored::id, (one) -> one));
		Map<String, Integer> seen = new HashMap<>();
		List<Planned> plan = new ArrayList<>();
		for (Line line : table.rows()) {
			List<Fault> wrong = new ArrayList<>(line.faults());
			@Nullable Stored<CatalogueRecord> before = null;
			if (line.id() != null) {
				before = there.get(line.id());
				Integer earlier = seen.putIfAbsent(line.id(), line.row());
				if (earlier != null) {
					wrong
						.add(fault(CsvColumn.ID, "Samma id står på rad %d. Ta bort den ena raden.".formatted(earlier)));
				}
				else if (before == null) {
					wrong.add(fault(CsvColumn.ID,
							"Det finns ingen sådan post. Töm cellen om raden ska bli en ny post, annars rätta id."));
				}
			}
			plan.add(planned(line, before, wrong, act, caller));
		}
		return plan;
	}

	private Planned planned(Line line, @Nullable Stored<CatalogueRecord> before, List<Fault> wrong, Act act,
			Caller caller) {
		Content content = line.isWhole() ? content(line, wrong) : null;
		if (content != null) {
			Refusal refusal = this.faults.of(content, act.at()).get();
			if (refusal == null) {
				refusal = mayNot(content, before, caller);
			}
			if (refusal != null) {
				(refusal.fields().isEmpty() ? Stream.of(new Refusal.Field("", refusal.detail()))
						: refusal.fields().stream())
					.forEach((one) -> add(wrong, one));
			}
		}
		if (content == null || !wrong.isEmpty()) {
			wrong.sort(Comparator
				.comparing((one) -> (one.column() != null) ? CsvColumn.of(one.column()).orElseThrow().ordinal() : -1));
			return new Planned(new Reported(line.row(), Result.REFUSED, line.id(), List.copyOf(wrong)), null);
		}
		if (before == null) {
			return new Planned(new Reported(line.row(), Result.NEW, null, null),
					new Row(line.row(), Importing.newRecord(act, line.row()), null, content, null));
		}
		return before.state().content().equals(content)
				? new Planned(new Reported(line.row(), Result.UNCHANGED, before.id(), null), null)
				: new Planned(new Reported(line.row(), Result.NEW_VERSION, before.id(), null),
						new Row(line.row(), before.id(), before.version(), content, null));
	}

	private @Nullable Content content(Line line, List<Fault> wrong) {
		Checking.Checked<ContentBody> checked = this.checking.check(line.said(), ContentBody.class);
		checked.faults().forEach((one) -> add(wrong, one));
		return (checked.value() != null) ? checked.value().toContent() : null;
	}

	/** By the same rules as one record at a time. */
	private static @Nullable Refusal mayNot(Content content, @Nullable Stored<CatalogueRecord> before, Caller caller) {
		if (before == null) {
			return Access.mayPublish(caller, content.publisher()) ? null
					: Refusal.invalid("content.publisher", "En ny post publiceras i den egna organisationens namn.");
		}
		if (!Access.mayEdit(caller, before.state())) {
			return Refusal.invalid("id", "Posten vårdas av en annan organisation. Ta bort raden.");
		}
		return switch (Cataloguing.revise(before.state(), content, "")) {
			case Decision.Refused<CatalogueEvent> refused -> refused.refusal();
			case Decision.Accepted<CatalogueEvent> accepted -> null;
		};
	}

	/** Under the column that it is about; only what was found first of a cell. */
	private static void add(List<Fault> wrong, Refusal.Field field) {
		String path = field.name().replaceFirst("^content\\.", "");
		Matcher index = INDEX.matcher(path);
		String which = index.find() ? "Värde %d: ".formatted(Integer.parseInt(index.group(1)) + 1) : "";
		String whole = INDEX.matcher(path).replaceAll("");
		String column = Stream.of(CsvColumn.values())
			.filter((one) -> whole.equals(one.path()) || whole.startsWith(one.path() + "."))
			.findFirst()
			.map(CsvColumn::header)
			.orElse(null);
		if (column == null || wrong.stream().noneMatch((one) -> column.equals(one.column()))) {
			wrong.add(new Fault(column, which + field.detail()));
		}
	}

	private static Fault fault(CsvColumn column, String detail) {
		return new Fault(column.header(), detail);
	}

}
