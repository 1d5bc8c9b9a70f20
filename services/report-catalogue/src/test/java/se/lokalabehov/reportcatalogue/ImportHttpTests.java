package se.lokalabehov.reportcatalogue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Deliverable;
import se.lokalabehov.contracts.CatalogueEvent.Kind;
import se.lokalabehov.contracts.CatalogueEvent.KnowledgeSupport;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.contracts.CatalogueEvent.ResearchProject;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.RecordId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.reportcatalogue.ImportTable.Line;
import se.lokalabehov.reportcatalogue.ImportTable.NoTable;
import se.lokalabehov.reportcatalogue.RecordImport.Row;
import se.lokalabehov.reportcatalogue.exports.CsvColumn;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;
import se.lokalabehov.web.Checking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tables of records over HTTP, on the real broker and store.
 */
class ImportHttpTests {

	private static final String IMPORTS = "/api/v1/records/imports";

	private static final String DRY = IMPORTS + "?dryRun=true";

	private static final String HEADER = "slag;titel;beskrivning;utgivare;språk;områden;författare;år\n";

	private static final RunningService service = RunningService.start("report-catalogue",
			ReportCatalogueApplication.class);

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void aTableBecomesRecordsRowByRowAndEachOnce() {
		String table = HEADER + row("2581", "Första") + row("2581", "Andra; med semikolon") + "\n;;;;;;;\n"
				+ row("2581", "Tredje");
		String key = UUID.randomUUID().toString();

		JsonNode dry = editor("2581").post(DRY, table, csv()).expecting(200).body();
		assertThat(dry.path("added").asInt()).isEqualTo(3);
		assertThat(dry.path("rows").valueStream())
			.extracting((one) -> one.path("row").asInt(), (one) -> one.path("result").asString())
			.containsExactly(tuple(2, "NEW"), tuple(3, "NEW"), tuple(6, "NEW"));
		assertThat(titles("2581")).isEmpty();

		Answer begun = editor("2581").post(IMPORTS, table, csv("Idempotency-Key", key)).expecting(201);
		Answer again = editor("2581").post(IMPORTS, table, csv("Idempotency-Key", key)).expecting(201);
		assertThat(again.header("Location")).isEqualTo(begun.header("Location"));
		JsonNode done = finished(editor("2581"), begun.header("Location"));

		assertThat(done.path("done").asInt()).isEqualTo(3);
		assertThat(done.path("refused")).isEmpty();
		assertThat(titles("2581")).containsExactlyInAnyOrder("Första", "Andra; med semikolon", "Tredje");
		assertThat(done.path("results").valueStream().map((one) -> title(one.path("record").asString())))
			.containsExactly("Första", "Andra; med semikolon", "Tredje");
		assertThat(editor("2581").post(IMPORTS, table, csv("Idempotency-Key", key)).expecting(201).header("Location"))
			.isEqualTo(begun.header("Location"));
		assertThat(editor("2581").post(IMPORTS, table + row("2581", "x"), csv("Idempotency-Key", key)).status())
			.isEqualTo(422);
		assertThat(titles("2581")).hasSize(3);
	}

	@Test
	void whatWasExportedIsReadBackAsItIsAndWhatWasChangedBecomesANewVersion() {
		Caller editor = editor("2582");
		String common = """
				"publisher": "2582", "description": "=1+1 ;\\\\ \\"å\\"\\nrad två", "language": "sv",
				"areas": ["SBB", "ALD"], "targetGroups": ["VUX"], "licence": "CC-BY-4.0", "edition": "2:a; utg.",
				"link": "https://example.org/%C3%A5?a=1&b=2", "identifiers": ["ISBN 978-91-0000-000-0", "Dnr; 1"]""";
		List<String> ids = List.of("""
				"kind": "REPORT", "title": "'=Rapport, ett",
				"report": {"authors": ["@Ada Lund", "Bo; Ek"], "year": 2025, "method": "-Enkät"}""", """
				"kind": "RESEARCH_PROJECT", "title": "Projekt", "project": {"responsible": "FoU, ledare",
				 "principal": "Lunds universitet", "ethicsReference": "2025-01", "ethicsStatus": "Godkänd",
				 "goals": "Att veta", "deliverables": [{"what": "[Rapport]; del 1", "due": "2027-06-01"},
				 {"what": "Handbok", "due": "2028-06-01"}], "contact": "registrator@rss.example",
				 "participants": ["0180", "1480"], "administrations": ["Socialförvaltningen"],
				 "confirmedCurrent": "2026-01-15"}""", """
				"kind": "KNOWLEDGE_SUPPORT", "title": "Stöd",
				"support": {"supportKind": "VAGLEDNING", "where": "På biblioteket"}""")
			.stream()
			.map((content) -> editor.post("/api/v1/records", "{\"content\": {" + content + ", " + common + "}}")
				.expecting(201)
				.id())
			.toList();
		String report = ids.getFirst();
		String project = ids.get(1);
		JsonNode before = service.anybody().get("/api/v1/records/" + project).body();
		editor
			.post("/api/v1/records/" + project + "/deliverables/2/delivery", "{\"record\": \"" + report + "\"}",
					"If-Match", "\"1\"")
			.expecting(200);
		assertThat(before.path("content").path("project").path("deliverables")).hasSize(2);
		Awaitility.await()
			.untilAsserted(() -> assertThat(exported()).contains(ids).contains("[" + report + "] Handbok"));
		String table = exported();

		JsonNode same = editor.post(DRY, table, csv()).expecting(200).body();
		assertThat(same.path("rows").toString()).doesNotContain("REFUSED", "NEW");
		assertThat(same.path("unchanged").asInt()).isEqualTo(3);

		String changed = table.replace("På biblioteket", "På nätet");
		assertThat(editor.post(DRY, changed, csv()).expecting(200).body().path("rows").valueStream())
			.filteredOn((one) -> one.path("record").asString().equals(ids.get(2)))
			.extracting((one) -> one.path("result").asString())
			.containsExactly("NEW_VERSION");
		JsonNode done = finished(editor, editor.post(IMPORTS, changed, csv()).expecting(201).header("Location"));
		assertThat(done.path("unchanged").asInt()).isEqualTo(2);
		assertThat(done.path("rows").asInt()).isEqualTo(1);
		JsonNode support = service.anybody().get("/api/v1/records/" + ids.get(2)).body();
		assertThat(support.path("version").asInt()).isEqualTo(2);
		assertThat(support.path("content").path("support").path("where").asString()).isEqualTo("På nätet");
		assertThat(service.anybody().get("/api/v1/records/" + report).body().path("version").asInt()).isEqualTo(1);
	}

	@Test
	void whateverRecordsSayIsReadBackFromTheirTable() throws NoTable {
		Random random = new Random(4);
		List<Content> contents = IntStream.range(0, 500).mapToObj((i) -> Evil.content(random)).toList();
		String table = CsvColumn.headers()
				+ contents.stream().map((one) -> CsvColumn.line(null, one)).collect(Collectors.joining());

		List<Line> lines = ImportTable.read(table.getBytes(StandardCharsets.UTF_8), false).rows();

		assertThat(lines.stream().flatMap((one) -> one.faults().stream())).isEmpty();
		assertThat(lines.stream()
			.map((one) -> Objects
				.requireNonNull(service.bean(Checking.class).check(one.said(), ContentBody.class).value())
				.toContent()))
			.isEqualTo(contents);
	}

	/** Contents that are in order and look as if they were not. */
	private static final class Evil {

		private static final String CHARACTERS = "=+-@＝'\"\"\\\\;;,,\n\r\t \u00A0åÖ𝄞a<[]|\uFEFF";

		private Evil() {
		}

		static Content content(Random random) {
			Kind kind = Kind.values()[random.nextInt(3)];
			return new Content(kind, text(random), text(random), Fixtures.org("2584"), "sv", List.of("SBB", "ALD"),
					random.nextBoolean() ? List.of() : List.of("VUX"),
					random.nextBoolean() ? null : "https://example.org/" + text(random).replaceAll("\\s", ""),
					random.nextBoolean() ? null : text(random), texts(random),
					(kind == Kind.REPORT)
							? new Report(List.of(text(random), text(random)), 2000 + random.nextInt(20), text(random))
							: null,
					(kind == Kind.RESEARCH_PROJECT)
							? new ResearchProject(text(random), text(random), text(random), null, text(random),
									List.of(new Deliverable(text(random), Fixtures.TODAY, null),
											new Deliverable(text(random), Fixtures.TODAY, new RecordId("record-1"))),
									text(random), List.of(Fixtures.org("0180")), texts(random), Fixtures.TODAY)
							: null,
					(kind == Kind.KNOWLEDGE_SUPPORT)
							? new KnowledgeSupport("VAGLEDNING", List.of(new NationalNeedId("n-1")), text(random))
							: null,
					random.nextBoolean() ? null : text(random));
		}

		private static List<String> texts(Random random) {
			return IntStream.range(0, random.nextInt(3)).mapToObj((i) -> text(random)).distinct().toList();
		}

		/** As it stands when it was taken in. */
		private static String text(Random random) {
			int[] all = CHARACTERS.codePoints().toArray();
			String text = IntStream.range(0, 1 + random.nextInt(8))
				.map((i) -> all[random.nextInt(all.length)])
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString()
				.strip();
			return text.isEmpty() ? "x" : text;
		}

	}

	@Test
	void asNewRecordsAnExportSaysTheSameOfThem() {
		Caller editor = editor("2583");
		String id = editor.post("/api/v1/records", """
				{"content": {"kind": "REPORT", "title": "+46 = nummer", "description": "Rad ett\\n\\nRad två\\tslut",
				 "publisher": "2583", "language": "en", "areas": ["SBB"], "targetGroups": ["VUX"],
				 "report": {"authors": ["Ada \\\\ Lund"], "year": 1999}}}""").expecting(201).id();
		Awaitility.await().untilAsserted(() -> assertThat(exported("2583")).contains(id));

		JsonNode done = finished(editor,
				editor.post(IMPORTS, exported("2583").replace(id, ""), csv()).expecting(201).header("Location"));

		String copy = done.path("results").get(0).path("record").asString();
		assertThat(copy).isNotEqualTo(id);
		assertThat(service.anybody().get("/api/v1/records/" + copy).body().path("content"))
			.isEqualTo(service.anybody().get("/api/v1/records/" + id).body().path("content"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			BOK;T;B;2584;sv;SBB;A;2025                   | slag     | Ska vara något av
			;T;B;2584;sv;SBB;A;2025                      | slag     | Måste anges
			REPORT;;B;2584;sv;SBB;A;2025                 | titel    | Får inte vara tomt
			REPORT;T;B;2584;sv;SBB;A;tjugofem            | år       | Ska vara ett heltal
			REPORT;T;B;2584;sv;SBB;A;20255               | år       | Ange ett år från
			REPORT;T;B;2584;sv;SBB;A;                    | år       | Måste anges
			REPORT;T;B;2584;sv;SBB;;2025                 | författare | Får inte vara tomt
			REPORT;T;B;2584;xx;SBB;A;2025                | språk    | Ange språket
			REPORT;T;B;2584;sv;"SBB;XXX";A;2025          | områden  | Värde 2: Är ingen kod
			REPORT;T;B;2582;sv;SBB;A;2025                | utgivare | den egna organisationens namn
			REPORT;T;B;in gen;sv;SBB;A;2025              | utgivare | Ska vara en identitet
			REPORT;T;Om 19121212-1212;2584;sv;SBB;A;2025 | beskrivning | person- eller samordningsnummer vid tecken 4
			REPORT;T;B;2584;sv;19121212-1212;A;2025      | områden  | person- eller samordningsnummer vid tecken 1
			REPORT;T;B;2584;sv;SBB;A 121212-1213;2025    | författare | bekräfta
			KNOWLEDGE_SUPPORT;T;B;2584;sv;SBB;A;         | författare | Hör inte till slaget
			""")
	void aRowThatIsWrongIsToldWithItsColumnAndNothingIsDone(String wrong, String column, String says) {
		String table = HEADER + row("2584", "Rätt") + wrong + "\n" + row("2584", "Också rätt");

		JsonNode dry = editor("2584").post(DRY, table, csv()).expecting(200).body();
		Answer refused = editor("2584").post(IMPORTS, table, csv());

		assertThat(dry.path("added").asInt()).isEqualTo(2);
		assertThat(dry.path("refused").asInt()).isEqualTo(1);
		JsonNode row = dry.path("rows").get(1);
		assertThat(row.path("row").asInt()).isEqualTo(3);
		assertThat(row.path("result").asString()).isEqualTo("REFUSED");
		assertThat(row.path("faults").valueStream()).filteredOn((one) -> one.path("column").asString("").equals(column))
			.singleElement()
			.satisfies((one) -> assertThat(one.path("detail").asString()).contains(says));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.problem()).isEqualTo("rader-med-fel");
		assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
		assertThat(refused.body().path("report")).isEqualTo(dry);
		assertThat(refused.text()).doesNotContain("1212-");
		assertThat(titles("2584")).isEmpty();
	}

	@Test
	void everyFaultOfARowIsToldAtOnce() {
		String table = HEADER + "REPORT;;B;in gen;svenska;\"SBB;XXX\";;i fjol\n";

		JsonNode row = editor("2584").post(DRY, table, csv()).expecting(200).body().path("rows").get(0);

		assertThat(row.path("faults").valueStream().map((one) -> one.path("column").asString()))
			.containsExactlyInAnyOrder("titel", "utgivare", "språk", "områden", "författare", "år");
	}

	@Test
	void whatLooksLikeAPersonalNumberPassesWhenSomebodySaysThatItIsNone() {
		String table = HEADER + "REPORT;T;Om 121212-1213;2584;sv;SBB;A;2025\n";

		assertThat(editor("2584").post(DRY, table, csv()).body().path("refused").asInt()).isEqualTo(1);
		assertThat(
				editor("2584").post(DRY, table, csv("X-Confirm-No-Personal-Data", "true")).body().path("added").asInt())
			.isEqualTo(1);
	}

	@Test
	void onlyWhoAnswersForARecordChangesItByATable() {
		String id = editor("2482").post("/api/v1/records", """
				{"content": {"kind": "REPORT", "title": "Vår", "description": "Om.", "publisher": "2482",
				 "language": "sv", "areas": ["SBB"], "report": {"authors": ["Ada"], "year": 2025}}}""")
			.expecting(201)
			.id();
		String header = "id;" + HEADER;
		String line = id + ";REPORT;Vår nya;Om.;2482;sv;SBB;Ada;2025\n";

		assertThat(faults(editor("2582").post(DRY, header + line, csv())))
			.extracting((one) -> one.path("column").asString())
			.containsExactly("id");
		assertThat(faults(editor("2482").post(DRY, header + line + line, csv())))
			.extracting((one) -> one.path("detail").asString())
			.containsExactly("Samma id står på rad 2. Ta bort den ena raden.");
		assertThat(faults(editor("2482").post(DRY, header + line.replace(id, "record-okand"), csv())))
			.extracting((one) -> one.path("column").asString())
			.containsExactly("id");
		assertThat(faults(editor("2482").post(DRY, header + line.replace(";2482;", ";2582;"), csv())))
			.extracting((one) -> one.path("column").asString())
			.containsExactly("utgivare");
		assertThat(editor("2482").post(DRY, header + line, csv()).body().path("revised").asInt()).isEqualTo(1);
		assertThat(service.as("2482", Role.MUNICIPALITY_AUTHOR).post(DRY, header + line, csv()).status())
			.isEqualTo(403);
		assertThat(service.anybody().post(DRY, header + line, csv()).status()).isEqualTo(401);
		editor("2482").post("/api/v1/records/" + id + "/withdrawal", "{\"reason\": \"Fel.\"}").expecting(200);
		assertThat(faults(editor("2482").post(DRY, header + line, csv())))
			.extracting((one) -> one.path("detail").asString())
			.containsExactly("Posten är återkallad och kan inte revideras.");
	}

	@Test
	void anImportThatWasCutOffGoesOnAndEveryRowTakesEffectOnce() {
		Aggregates<RecordImport, RecordImport> imports = service.bean("recordImports");
		Aggregates<CatalogueRecord, CatalogueEvent> records = service.bean("records");
		Act act = new Act(Fixtures.org("2480"), "FOU_EDITOR", "somebody", service.bean(Clock.class).instant(), "key",
				"print", null);
		List<Row> rows = IntStream.rangeClosed(2, 251)
			.mapToObj((row) -> new Row(row, Importing.newRecord(act, row), null,
					Fixtures.aReportBy("2480", "Rad " + row), null))
			.toList();
		RecordImport whole = new RecordImport(rows, 0, act.at(), act.by(), act.role(), act.subject(), null);
		String id = act.newId("import");
		// As a crash left it: two hundred rows done, a hundred of them known to be.
		rows.subList(0, 200)
			.forEach((row) -> records
				.execute(row.record(), whole.of(id, row),
						(before) -> Cataloguing.publish(before, Objects.requireNonNull(row.content())))
				.orThrow());
		Aggregates<RecordImport.Progress, RecordImport.Progress> progress = service.bean("recordImportProgress");
		progress.execute(id, act, (before) -> Decision.of(new RecordImport.Progress(100, List.of()))).orThrow();
		imports.execute(id, act, (before) -> Decision.of(whole)).orThrow();

		JsonNode done = finished(editor("2480"), IMPORTS + "/" + id);

		assertThat(done.path("done").asInt()).isEqualTo(250);
		assertThat(done.path("refused")).isEmpty();
		assertThat(rows).allSatisfy((row) -> assertThat(records.story(row.record())).hasSize(1));
		assertThat(imports.find(id).orElseThrow().state().rows()).allMatch((row) -> row.content() == null);
	}

	@Test
	void whatSomebodyChangedMeanwhileIsLeftAndTold() {
		Aggregates<CatalogueRecord, CatalogueEvent> records = service.bean("records");
		String id = editor("2482").post("/api/v1/records", """
				{"content": {"kind": "REPORT", "title": "Först", "description": "Om.", "publisher": "2482",
				 "language": "sv", "areas": ["SBB"], "report": {"authors": ["Ada"], "year": 2025}}}""")
			.expecting(201)
			.id();
		Act act = new Act(Fixtures.org("2482"), "FOU_EDITOR", "somebody", service.bean(Clock.class).instant(),
				"key-" + id, "print", null);
		service.bean(Importing.class)
			.begin(List.of(new Row(2, id, 0L, Fixtures.aReportBy("2482", "Sist"), null)), 0, act)
			.orThrow();

		JsonNode done = finished(editor("2482"), IMPORTS + "/" + act.newId("import"));

		assertThat(done.path("refused").valueStream()).singleElement()
			.satisfies((one) -> assertThat(one.path("refused").asString()).startsWith("Någon annan har ändrat"));
		assertThat(records.find(id).orElseThrow().state().content().title()).isEqualTo("Först");
		assertThat(editor("2582").get(IMPORTS + "/" + act.newId("import")).status()).isEqualTo(404);
	}

	@Test
	void theTemplateCanBeImportedAsItIs() {
		Answer template = service.anybody().get(IMPORTS + "/template").expecting(200);

		assertThat(template.header("Content-Type")).startsWith("text/csv");
		assertThat(template.text()).startsWith("\uFEFFid,slag,titel,");
		assertThat(editor("FOUV").post(DRY, template.bytes(), csv()).expecting(200).body().path("added").asInt())
			.isEqualTo(1);
	}

	@Test
	void aTableThatIsNoneIsRefusedWithWhatToDo() {
		String good = HEADER + row("2584", "Rätt");

		assertThat(why(good + "REPORT;\"Oavslutad;B;2584")).contains("efter rad 2").contains("citattecken");
		assertThat(why(good + "REPORT;\"a\"b;B;2584;sv;SBB;A;2025\n")).contains("citattecken");
		assertThat(why("")).contains("inga rader").contains("/api/v1/records/imports/template");
		assertThat(why(HEADER)).contains("inga rader");
		assertThat(why("slag;titel;titel\nREPORT;a;b\n")).contains("titel").contains("två gånger");
		assertThat(why("slag;färg\nREPORT;blå\n")).contains("Kolumn 2").contains("beskrivning").doesNotContain("färg");
		assertThat(why(HEADER + row("2584", "T").repeat(ImportTable.MAX_ROWS + 1))).contains("5000 rader");
		assertThat(why(IntStream.range(0, 1_000_000).mapToObj((i) -> "a").collect(Collectors.joining(","))))
			.contains("för många kolumner");
		assertThat(why(good.getBytes(Charset.forName("windows-1252")))).contains("UTF-8");
		assertThat(why(good.getBytes(StandardCharsets.UTF_16))).contains("UTF-8");
		assertThat(why(new byte[] { 'P', 'K', 3, 4, (byte) 0xE2, 0x28 })).contains("UTF-8");
		assertThat(faults(editor("2584").post(DRY, HEADER + "REPORT;T;B\n", csv())))
			.extracting((one) -> one.path("detail").asString())
			.containsExactly("Raden har 3 celler men rubrikraden 8. Kontrollera skiljetecken och citattecken.");
		assertThat(faults(editor("2584").post(DRY, HEADER + row("2584", "N\0UL"), csv())))
			.extracting((one) -> one.path("column").asString())
			.containsExactly("titel");
		assertThat(editor("2584").post(DRY, good + " ".repeat(5 * 1024 * 1024), csv()).problem())
			.isEqualTo("for-stor-tabell");
		assertThat(editor("2584").post(DRY, "{}").status()).isEqualTo(415);
	}

	@Test
	void bothSeparatorsAndAByteOrderMarkAreRead() {
		String commas = "\uFEFF" + HEADER.replace(';', ',') + "REPORT,\"T, och T\",B,2584,sv,SBB;ALD,Ada;Bo,2025\r\n";

		for (String table : List.of(commas, HEADER + row("2584", "T"),
				HEADER.replace("\n", "\r\n") + row("2584", "T"))) {
			assertThat(editor("2584").post(DRY, table, csv()).expecting(200).body().path("added").asInt()).isEqualTo(1);
		}
	}

	private static String why(String table) {
		return why(table.getBytes(StandardCharsets.UTF_8));
	}

	private static String why(byte[] table) {
		Answer refused = editor("2584").post(DRY, table, csv());
		assertThat(refused.status()).as(refused.text()).isEqualTo(400);
		return refused.body().path("detail").asString();
	}

	private static List<JsonNode> faults(Answer dry) {
		return dry.expecting(200)
			.body()
			.path("rows")
			.valueStream()
			.flatMap((row) -> row.path("faults").valueStream())
			.toList();
	}

	private static JsonNode finished(Caller caller, String path) {
		return Awaitility.await().until(() -> caller.get(path).expecting(200).body(), (one) -> one.has("finished"));
	}

	private static String row(String publisher, String title) {
		return "REPORT;\"" + title + "\";Om stöd.;" + publisher + ";sv;SBB;Ada Lund;2025\n";
	}

	private static String exported() {
		return exported("2582");
	}

	private static String exported(String publisher) {
		return service.anybody().get("/api/v1/records/export?format=CSV&set=publisher:" + publisher).text();
	}

	private static List<String> titles(String publisher) {
		return service.anybody()
			.get("/api/v1/records?limit=100&publisher=" + publisher)
			.body()
			.path("items")
			.valueStream()
			.map((one) -> one.path("content").path("title").asString())
			.toList();
	}

	private static String title(String id) {
		return service.anybody().get("/api/v1/records/" + id).body().path("content").path("title").asString();
	}

	private static String[] csv(String... more) {
		String[] headers = new String[more.length + 2];
		headers[0] = "Content-Type";
		headers[1] = "text/csv";
		System.arraycopy(more, 0, headers, 2, more.length);
		return headers;
	}

	private static Caller editor(String organisation) {
		return service.as(organisation, Role.FOU_EDITOR);
	}

}
