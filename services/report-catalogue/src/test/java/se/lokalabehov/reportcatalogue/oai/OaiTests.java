package se.lokalabehov.reportcatalogue.oai;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

import se.lokalabehov.reportcatalogue.ReportCatalogueApplication;
import se.lokalabehov.reportcatalogue.open.XmlOut;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The provider over HTTP; every answer is valid against the schemas ({@link Answered}).
 * The names begin with the rows of the requirements.
 */
class OaiTests {

	private static final RunningService service = RunningService.start("report-catalogue",
			Map.of("lokala-behov.catalogue.page-size", "2", "lokala-behov.catalogue.repository", "katalog.example"),
			ReportCatalogueApplication.class);

	/** Who has published what is counted; others of this run share the topic. */
	private static final String OURS = "RSS-10";

	private static final List<String> IDS = new ArrayList<>();

	private static String withdrawn = "";

	@BeforeAll
	static void sevenRecordsOfWhichOneIsWithdrawn() {
		for (int i = 1; i <= 5; i++) {
			IDS.add(publish(OURS, report(OURS, "SBB", "Anhöriga " + i)));
		}
		IDS.add(publish("RSS-12", """
				{"kind": "RESEARCH_PROJECT", "title": "Anhöriga i fokus", "description": "Om.", "publisher": "RSS-12",
				 "language": "sv", "areas": ["ALD"], "targetGroups": ["VUX"],
				 "project": {"responsible": "SBU, projektledare", "principal": "Lunds universitet",
				  "ethicsReference": "2025-01234-01", "goals": "Vad hjälper?",
				  "deliverables": [{"what": "Rapport", "due": "2027-06-01"}],
				  "contact": "registrator@sbu.example", "participants": ["0180", "1480"],
				  "administrations": ["Socialförvaltningen"], "confirmedCurrent": "2026-01-15"}}"""));
		withdrawn = publish(OURS, report(OURS, "SBB", "Fel"));
		assertThat(service.as(OURS, Role.FOU_EDITOR)
			.post("/api/v1/records/" + withdrawn + "/withdrawal", "{\"reason\": \"Fel.\"}")
			.status()).isEqualTo(200);
		IDS.add(withdrawn);
		Awaitility.await().untilAsserted(() -> {
			assertThat(harvest("ListIdentifiers", "&metadataPrefix=oai_dc&set=publisher:" + OURS)).hasSize(6);
			assertThat(harvest("ListIdentifiers", "&metadataPrefix=oai_dc&set=publisher:RSS-12")).hasSize(1);
			assertThat(get("verb=GetRecord&metadataPrefix=lb&identifier=" + oai(withdrawn)).all("metadata")).isEmpty();
		});
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@ParameterizedTest
	@CsvSource({ "verb=Identify", "verb=ListMetadataFormats", "verb=ListSets",
			"verb=ListIdentifiers&metadataPrefix=oai_dc", "verb=ListRecords&metadataPrefix=oai_dc",
			"verb=ListRecords&metadataPrefix=lb", "verb=GetRecord&metadataPrefix=lb&identifier=" })
	void oai01EveryVerbByGetAndPostAnswersTheSame(String query) {
		String whole = query.endsWith("=") ? query + oai(IDS.getFirst()) : query;

		Answered got = get(whole);
		Answered posted = post(whole);

		assertThat(got.error()).isEmpty();
		assertThat(posted.error()).isEmpty();
		assertThat(posted.identifiers()).isEqualTo(got.identifiers());
		Element request = got.all("request").getFirst();
		assertThat(request.getAttribute("verb")).isEqualTo(whole.replaceAll("verb=(\\w+).*", "$1"));
		assertThat(request.getTextContent()).isEqualTo("http://localhost:8080/oai");
	}

	@ParameterizedTest
	@CsvSource({ "'', badVerb", "verb=, badVerb", "verb=Junk, badVerb", "verb=identify, badVerb",
			"verb=Identify&verb=Identify, badVerb", "verb=Identify&junk=1, badArgument",
			"verb=Identify&identifier=1, badArgument", "verb=ListSets&resumptionToken=junk, badResumptionToken",
			"verb=ListMetadataFormats&identifier=junk, idDoesNotExist",
			"verb=ListMetadataFormats&identifier=oai:katalog.example:record-none, idDoesNotExist",
			"verb=GetRecord, badArgument", "verb=GetRecord&metadataPrefix=oai_dc, badArgument",
			"verb=GetRecord&identifier=x, badArgument",
			"verb=GetRecord&identifier=x&metadataPrefix=oai_dc, idDoesNotExist",
			"verb=GetRecord&identifier=x&metadataPrefix=junk, cannotDisseminateFormat",
			"verb=ListIdentifiers, badArgument", "verb=ListRecords, badArgument",
			"verb=ListIdentifiers&metadataPrefix=junk, cannotDisseminateFormat",
			"verb=ListRecords&metadataPrefix=junk, cannotDisseminateFormat",
			"verb=ListRecords&metadataPrefix=oai_dc&set=nothing, noRecordsMatch",
			"verb=ListRecords&metadataPrefix=oai_dc&set=%00, badArgument",
			"verb=ListRecords&metadataPrefix=oai_dc&set=a%20b, badArgument",
			"verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=lb, badArgument",
			"verb=ListRecords&metadataPrefix=, badArgument", "verb=%01Identify, badVerb",
			"verb=Identify%3Cscript%3E, badVerb", "verb=ListRecords&resumptionToken=, badResumptionToken" })
	void oai02ErrorsAreToldWithStatus200(String query, String code) {
		assertThat(get(query).error()).isEqualTo(code);
		assertThat(post(query).error()).isEqualTo(code);
	}

	@Test
	void oai02WhatCanNotBeDecodedIsABadArgument() {
		assertThat(post("verb=ListRecords&metadataPrefix=%zz").error()).isEqualTo("badArgument");
		assertThat(post("verb=Identify&junk=" + "x".repeat(3_000_000)).error()).isEqualTo("badArgument");
	}

	@ParameterizedTest
	@CsvSource({ "from=junk, badArgument", "until=junk, badArgument", "from=2026-13-01, badArgument",
			"from=2026-02-30, badArgument", "from=2026-01-01T00:00:00, badArgument",
			"from=2026-01-01T00:00:00.5Z, badArgument", "from=2026-01-01&until=2026-01-02T00:00:00Z, badArgument",
			"from=2026-01-02&until=2026-01-01, badArgument", "until=2023-12-31, noRecordsMatch",
			"from=2099-01-01, noRecordsMatch", "from=2026-01-01, ''", "from=2026-01-01T00:00:00Z, ''",
			"until=2099-01-01, ''" })
	void oai03DatesHaveOneGranularityAndBoundTheList(String dates, String code) {
		assertThat(get("verb=ListIdentifiers&metadataPrefix=oai_dc&" + dates).error()).isEqualTo(code);
	}

	@Test
	void oai03ARangeOfSecondsIsInclusiveAtBothEnds() {
		String stamp = get("verb=GetRecord&metadataPrefix=lb&identifier=" + oai(IDS.getFirst())).text("datestamp");

		assertThat(harvest("ListIdentifiers", "&metadataPrefix=lb&from=" + stamp + "&until=" + stamp))
			.contains(oai(IDS.getFirst()));
	}

	@Test
	void oai04AHarvestByPagesGetsEveryRecordOnceInBothLists() {
		List<String> all = IDS.stream().map(OaiTests::oai).toList();

		assertThat(harvest("ListIdentifiers", "&metadataPrefix=oai_dc")).containsAll(all).doesNotHaveDuplicates();
		assertThat(harvest("ListRecords", "&metadataPrefix=lb")).containsAll(all).doesNotHaveDuplicates();
	}

	@Test
	void oai04TheLastPageHasAnEmptyTokenAndTheCursorCounts() {
		List<String> cursors = new ArrayList<>();
		Answered page = get("verb=ListIdentifiers&metadataPrefix=oai_dc&set=publisher:" + OURS);
		while (!page.text("resumptionToken").isEmpty()) {
			cursors.add(page.all("resumptionToken").getFirst().getAttribute("cursor"));
			page = get("verb=ListIdentifiers&resumptionToken=" + page.text("resumptionToken"));
		}
		cursors.add(page.all("resumptionToken").getFirst().getAttribute("cursor"));

		assertThat(cursors).containsExactly("0", "2", "4");
		assertThat(page.identifiers()).hasSize(2);
	}

	@Test
	void oai04AListInOnePageHasNoToken() {
		Answered page = get("verb=ListIdentifiers&metadataPrefix=oai_dc&set=publisher:RSS-12");

		assertThat(page.identifiers()).containsExactly(oai(IDS.get(5)));
		assertThat(page.all("resumptionToken")).isEmpty();
	}

	@Test
	void oai04ATokenIsExclusiveSignedAndOfItsVerb() {
		String token = get("verb=ListIdentifiers&metadataPrefix=oai_dc").text("resumptionToken");
		char last = token.charAt(30);
		String forged = token.substring(0, 30) + ((last == 'A') ? 'B' : 'A') + token.substring(31);

		assertThat(get("verb=ListIdentifiers&metadataPrefix=oai_dc&resumptionToken=" + token).error())
			.isEqualTo("badArgument");
		assertThat(get("verb=ListRecords&resumptionToken=" + token).error()).isEqualTo("badResumptionToken");
		assertThat(get("verb=ListIdentifiers&resumptionToken=junk").error()).isEqualTo("badResumptionToken");
		assertThat(get("verb=ListIdentifiers&resumptionToken=" + forged).error()).isEqualTo("badResumptionToken");
		assertThat(get("verb=ListIdentifiers&resumptionToken=" + token.substring(0, 40)).error())
			.isEqualTo("badResumptionToken");
		assertThat(get("verb=ListIdentifiers&resumptionToken=" + token + "&resumptionToken=" + token).error())
			.isEqualTo("badArgument");
		assertThat(get("verb=ListIdentifiers&resumptionToken=" + "A".repeat(5000)).error())
			.isEqualTo("badResumptionToken");
		assertThat(get("verb=ListIdentifiers&resumptionToken=" + token).error()).isEmpty();
	}

	@Test
	void oai05IdentifySaysWhatIsNeeded() {
		Answered identify = get("verb=Identify");

		assertThat(identify.text("repositoryName")).startsWith("Lokala behov");
		assertThat(identify.text("baseURL")).isEqualTo("http://localhost:8080/oai");
		assertThat(identify.text("protocolVersion")).isEqualTo("2.0");
		assertThat(identify.text("adminEmail")).contains("@");
		assertThat(identify.text("earliestDatestamp")).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
		assertThat(identify.text("deletedRecord")).isEqualTo("persistent");
		assertThat(identify.text("granularity")).isEqualTo("YYYY-MM-DDThh:mm:ssZ");
		assertThat(identify.text("responseDate")).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
	}

	@Test
	void oai06AWithdrawnRecordStaysAsADeletedHeaderWhoseDatestampMoved() {
		String id = publish("FOUV", report("FOUV", "DEM", "Återkallas"));
		Awaitility.await().untilAsserted(() -> assertThat(record(id).all("metadata")).hasSize(1));
		String before = record(id).text("datestamp");
		// The datestamp counts whole seconds.
		Awaitility.await()
			.until(() -> Instant.parse(get("verb=Identify").text("responseDate")).isAfter(Instant.parse(before)));

		service.as("FOUV", Role.FOU_EDITOR)
			.post("/api/v1/records/" + id + "/withdrawal", "{\"reason\": \"Fel.\"}")
			.expecting(200);
		Awaitility.await().untilAsserted(() -> assertThat(record(id).all("metadata")).isEmpty());

		Answered after = record(id);
		assertThat(after.all("header").getFirst().getAttribute("status")).isEqualTo("deleted");
		assertThat(Instant.parse(after.text("datestamp"))).isAfter(Instant.parse(before));
		assertThat(harvest("ListRecords", "&metadataPrefix=lb&set=area:ALD:DEM&from=" + after.text("datestamp")))
			.contains(oai(id));
	}

	@Test
	void oai07TheSchemaOfTheOwnFormatIsServedAndStrict() {
		Answer schema = service.anybody().get("/oai/lb.xsd");

		assertThat(schema.status()).isEqualTo(200);
		assertThat(schema.header("Content-Type")).startsWith("text/xml");
		assertThat(schema.text()).contains("targetNamespace=\"https://lokalabehov.se/ns/record/1.0/\"");
		assertThat(service.anybody().get("/oai/other").status()).isEqualTo(404);
	}

	@Test
	void oai07WhatXmlCanNotCarryIsLeftOutAndMarkupIsText() {
		String id = publish("FOUV", report("FOUV", "BRO", "A ]]> <b> & \\\"c\\\" 😀 d"));

		Awaitility.await().untilAsserted(() -> assertThat(record(id).all("metadata")).hasSize(1));
		assertThat(record(id).text("title")).isEqualTo("A ]]> <b> & \"c\" 😀 d");
		assertThat(XmlOut.carried("a\u0000b\uFFFEc\uD800d")).isEqualTo("abcd");
	}

	@Test
	void oai08OaiDcIsThereForEveryItem() {
		assertThat(get("verb=ListMetadataFormats").texts("metadataPrefix")).containsExactly("oai_dc", "lb");
		assertThat(get("verb=ListMetadataFormats&identifier=" + oai(withdrawn)).texts("metadataPrefix"))
			.contains("oai_dc");
		assertThat(harvest("ListRecords", "&metadataPrefix=oai_dc"))
			.isEqualTo(harvest("ListRecords", "&metadataPrefix=lb"));
	}

	@Test
	void dc01TheRequiredElementsAreAlwaysThere() {
		for (String id : IDS.subList(0, 6)) {
			Answered record = get("verb=GetRecord&metadataPrefix=oai_dc&identifier=" + oai(id));
			Element dc = record.all("dc").getFirst();
			for (String name : List.of("identifier", "title", "publisher", "date", "language", "type")) {
				assertThat(dc.getElementsByTagNameNS(DublinCore.NAMESPACE, name).getLength()).as(name).isPositive();
			}
		}
		Answered report = get("verb=GetRecord&metadataPrefix=oai_dc&identifier=" + oai(IDS.getFirst()));
		assertThat(report.texts("creator")).containsExactly("Ada Lund");
		assertThat(report.texts("subject")).contains("Skadligt bruk och beroende");
		assertThat(report.text("rights")).isEqualTo("CC-BY-4.0");
	}

	@Test
	void setsAreThoseOfAreasKindsAndPublishersWithTheWiderOnes() {
		List<String> sets = get("verb=ListSets").texts("setSpec");

		assertThat(sets).contains("area", "area:IFO", "area:IFO:SBB", "publisher:RSS-10", "kind:REPORT")
			.doesNotHaveDuplicates();
		assertThat(get("verb=GetRecord&metadataPrefix=lb&identifier=" + oai(IDS.getFirst())).texts("setSpec"))
			.containsExactly("area:IFO:SBB", "publisher:RSS-10", "kind:REPORT");
		assertThat(harvest("ListIdentifiers", "&metadataPrefix=lb&set=area:IFO")).contains(oai(IDS.getFirst()))
			.doesNotContain(oai(IDS.get(5)));
		assertThat(harvest("ListIdentifiers", "&metadataPrefix=lb&set=kind:RESEARCH_PROJECT")).contains(oai(IDS.get(5)))
			.doesNotContain(oai(IDS.getFirst()));
	}

	@Test
	void whatAHarvesterAcceptsGzippedComesGzipped() throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpResponse<byte[]> answer = client
				.send(HttpRequest.newBuilder(URI.create(service.address() + "/oai?verb=ListSets"))
					.header("Accept-Encoding", "gzip")
					.build(), HttpResponse.BodyHandlers.ofByteArray());

			assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
			try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(answer.body()))) {
				assertThat(Answered.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)).error()).isEmpty();
			}
		}
	}

	private static List<String> harvest(String verb, String arguments) {
		List<String> identifiers = new ArrayList<>();
		Answered page = get("verb=" + verb + arguments);
		identifiers.addAll(page.identifiers());
		while (!page.texts("resumptionToken").isEmpty() && !page.text("resumptionToken").isEmpty()) {
			page = get("verb=" + verb + "&resumptionToken=" + page.text("resumptionToken"));
			identifiers.addAll(page.identifiers());
		}
		return identifiers;
	}

	private static Answered record(String id) {
		return get("verb=GetRecord&metadataPrefix=oai_dc&identifier=" + oai(id));
	}

	private static Answered get(String query) {
		Answer answer = service.anybody().get("/oai?" + query);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/xml;charset=UTF-8");
		return Answered.of(answer.text());
	}

	private static Answered post(String query) {
		Answer answer = service.anybody()
			.send("POST", "/oai", query, "Content-Type", "application/x-www-form-urlencoded");
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		return Answered.of(answer.text());
	}

	private static String oai(String id) {
		return "oai:katalog.example:" + id;
	}

	private static String publish(String publisher, String content) {
		Answer answer = service.as(publisher, Role.FOU_EDITOR)
			.post("/api/v1/records", "{\"content\": " + content + "}");
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return answer.id();
	}

	private static String report(String publisher, String area, String title) {
		return """
				{"kind": "REPORT", "title": "%s", "description": "Om stöd.", "publisher": "%s", "language": "sv",
				 "areas": ["%s"], "targetGroups": ["VUX"], "link": "https://example.org/1", "licence": "CC-BY-4.0",
				 "identifiers": ["ISBN 978-91-0000-000-0"],
				 "report": {"authors": ["Ada Lund"], "year": 2025, "method": "Intervjuer"}}""".formatted(title,
				publisher, area);
	}

}
