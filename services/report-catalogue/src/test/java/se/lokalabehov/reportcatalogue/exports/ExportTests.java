package se.lokalabehov.reportcatalogue.exports;

import java.io.StringReader;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Kind;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.reportcatalogue.ReportCatalogueApplication;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Exports, feeds and what search engines read, over HTTP.
 */
class ExportTests {

	private static final String OURS = "RSS-24";

	private static final String EXPORT = "/api/v1/records/export?set=publisher:" + OURS + "&format=";

	private static final RunningService service = RunningService.start("report-catalogue",
			ReportCatalogueApplication.class);

	private static String report = "";

	private static String withdrawn = "";

	@BeforeAll
	static void anEvilReportAndOneThatIsWithdrawn() {
		report = publish("=HYPERLINK(\\\"http://evil\\\") \\\\input{x} } ER  - & 100 %");
		withdrawn = publish("Fel");
		service.as(OURS, Role.FOU_EDITOR)
			.post("/api/v1/records/" + withdrawn + "/withdrawal", "{\"reason\": \"Fel.\"}")
			.expecting(200);
		Awaitility.await().untilAsserted(() -> {
			assertThat(service.anybody().get(EXPORT + "CSV").text()).contains(report).doesNotContain(withdrawn);
			assertThat(service.anybody().get("/api/v1/records/" + withdrawn + "/schema-org").status()).isEqualTo(404);
		});
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void csvIsReadBackAsItWasAndHoldsNoFormula() throws Exception {
		Answer csv = service.anybody().get(EXPORT + "CSV");

		assertThat(csv.header("Content-Type")).startsWith("text/csv");
		assertThat(csv.header("Content-Disposition")).contains("attachment").contains("lokala-behov.csv");
		assertThat(csv.text()).startsWith("\uFEFF");
		List<CSVRecord> rows = CSVFormat.RFC4180.builder()
			.setHeader()
			.setSkipHeaderRecord(true)
			.get()
			.parse(new StringReader(csv.text().substring(1)))
			.getRecords();
		assertThat(rows).hasSize(1);
		assertThat(rows.getFirst().get("titel")).isEqualTo("'=HYPERLINK(\"http://evil\") \\input{x} } ER  - & 100 %");
		assertThat(rows.getFirst().get("beskrivning")).isEqualTo("Rad ett.\nER  - \nTY  - JOUR");
		assertThat(rows.getFirst().get("författare")).isEqualTo("Ada Lund;Bo Ek");
	}

	@ParameterizedTest
	@ValueSource(strings = { "=1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "＝1", "'=1", "''-1", "' @A1" })
	void whatASpreadsheetWouldCalculateIsText(String value) {
		assertThat(Format.harmless(value)).isEqualTo("'" + value);
		assertThat(CsvColumn.plain(Format.harmless(value))).isEqualTo(value);
		assertThat(Format.harmless("a" + value)).isEqualTo("a" + value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "'hej", "'", "''", "hej", "a'=1", "'-", " " })
	void whatWasNotHeldBackIsReadAsItStands(String value) {
		assertThat(CsvColumn.plain(Format.harmless(value))).isEqualTo(value);
	}

	@Test
	void severalValuesOfACellAreReadBackWhateverTheyHold() {
		Content content = new Content(Kind.REPORT, "T", "B", new OrganisationId("2580"), "sv", List.of("EKB"),
				List.of(), null, null, List.of("a;b", "c\\d", "\\;", "\\\\", "e"),
				new Report(List.of("Ek; Bo"), 2025, ""), null, null);
		String line = CsvColumn.line(null, content);

		assertThat(line).contains("a\\;b;c\\\\d;\\\\\\;;\\\\\\\\;e").contains("Ek\\; Bo");
		assertThat(CsvColumn.values("a\\;b;c\\\\d;\\\\\\;;\\\\\\\\;e")).isEqualTo(content.identifiers());
	}

	@Test
	void risHasOneRecordWhateverItSays() {
		Answer ris = service.anybody().get(EXPORT + "RIS");

		assertThat(ris.header("Content-Type")).startsWith("application/x-research-info-systems");
		assertThat(ris.text().lines().filter((line) -> line.startsWith("TY  -"))).containsExactly("TY  - RPRT");
		assertThat(ris.text().lines().filter((line) -> line.startsWith("ER  -"))).hasSize(1);
		assertThat(ris.text()).contains("AU  - Ada Lund\r\nAU  - Bo Ek\r\n").contains("PY  - 2025\r\n");
	}

	@Test
	void bibtexEscapesWhatTexWouldActOn() {
		Answer bibtex = service.anybody().get(EXPORT + "BIBTEX");

		assertThat(bibtex.text()).startsWith("@techreport{" + report)
			.contains("author = {Ada Lund and Bo Ek}")
			.contains("{\\textbackslash}input\\{x\\} \\} ER - \\& 100 \\%}");
		assertThat(bibtex.text().lines().filter((line) -> line.startsWith("@"))).hasSize(1);
	}

	@Test
	void anUnknownFormatIsRefusedInSwedish() {
		Answer refused = service.anybody().get("/api/v1/records/export?format=DOC");

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
	}

	@Test
	void theFeedOfAnAreaHasItsLatest() throws Exception {
		Answer feed = service.anybody().get("/api/v1/records/feed?area=EKB");

		assertThat(feed.header("Content-Type")).startsWith("application/atom+xml");
		Document atom = xml(feed.text());
		assertThat(atom.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
		assertThat(atom.getElementsByTagNameNS("*", "entry").getLength()).isEqualTo(1);
		assertThat(atom.getElementsByTagNameNS("*", "title").item(0).getTextContent())
			.isEqualTo("Nytt i katalogen om Ekonomiskt bistånd");
		assertThat(
				xml(service.anybody().get("/api/v1/records/feed?area=SOP").text()).getElementsByTagNameNS("*", "entry")
					.getLength())
			.isZero();
		assertThat(service.anybody().get("/api/v1/records/feed?area=XXX").status()).isEqualTo(400);
	}

	@Test
	void schemaOrgNamesTypeAuthorsAndPublisher() {
		Answer answer = service.anybody().get("/api/v1/records/" + report + "/schema-org");

		assertThat(answer.header("Content-Type")).startsWith("application/ld+json");
		JsonNode said = answer.body();
		assertThat(said.path("@context").asString()).isEqualTo("https://schema.org");
		assertThat(said.path("@type").asString()).isEqualTo("Report");
		assertThat(said.path("author").get(0).path("name").asString()).isEqualTo("Ada Lund");
		assertThat(said.path("datePublished").asString()).isEqualTo("2025");
		assertThat(service.anybody().get("/api/v1/records/record-none/schema-org").status()).isEqualTo(404);
	}

	@Test
	void whatIsSearchedForAndOneRecordAreGivenOut() {
		assertThat(service.anybody().get("/api/v1/records/export?format=RIS&id=" + report).text())
			.contains("ID  - " + report)
			.containsOnlyOnce("ER  - ");
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(service.anybody().get("/api/v1/records/export?format=CSV&q=&kind=REPORT").text())
						.startsWith("\uFEFFid,slag")
						.contains(report)
						.doesNotContain(withdrawn));
		assertThat(service.anybody().get("/api/v1/records/export?format=CSV&q=finnsalldelesinte").text().lines())
			.hasSize(1);
	}

	@Test
	void theSitemapLeadsToEveryRecordThatStands() throws Exception {
		Document index = xml(service.anybody().get("/sitemap.xml").text());
		String months = index.getElementsByTagNameNS("*", "loc").item(0).getTextContent();
		String list = service.anybody().get(months.substring("http://localhost:8080".length())).text();

		assertThat(list).contains("http://localhost:8080/katalog/" + report).doesNotContain(withdrawn);
		assertThat(xml(list).getDocumentElement().getLocalName()).isEqualTo("urlset");
		assertThat(service.anybody().get("/sitemap.xml?month=2026-13").status()).isEqualTo(400);
		assertThat(service.anybody().get("/sitemap.xml?month=2024-01&part=9").text()).doesNotContain("<loc>");
	}

	private static Document xml(String text) throws Exception {
		DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
		factory.setNamespaceAware(true);
		return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
	}

	private static String publish(String title) {
		return service.as(OURS, Role.FOU_EDITOR)
			.post("/api/v1/records", """
					{"content": {"kind": "REPORT", "title": "%s", "description": "Rad ett.\\nER  - \\nTY  - JOUR",
					 "publisher": "%s", "language": "sv", "areas": ["EKB"], "link": "https://example.org/1",
					 "report": {"authors": ["Ada Lund", "Bo Ek"], "year": 2025}}}""".formatted(title, OURS))
			.expecting(201)
			.id();
	}

}
