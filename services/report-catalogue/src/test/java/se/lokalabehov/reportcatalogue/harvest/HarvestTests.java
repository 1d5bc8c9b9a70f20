package se.lokalabehov.reportcatalogue.harvest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.reportcatalogue.ReportCatalogueApplication;
import se.lokalabehov.reportcatalogue.harvest.HarvestProperties.Source;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Original;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Progress;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Harvests over the network: a repository that says what a test wants it to, and the
 * catalogue's own provider.
 */
class HarvestTests {

	private static final int PAGE_BYTES = 300_000;

	private static final HttpServer server = server();

	private static volatile Function<String, byte[]> says = (query) -> new byte[0];

	private static volatile Map<String, String> headers = Map.of();

	private static volatile int status = 200;

	private static final List<String> asked = new CopyOnWriteArrayList<>();

	private static final RunningService service = RunningService.start("report-catalogue",
			Map.of("lokala-behov.harvest.allowed", "127.0.0.1:" + server.getAddress().getPort(),
					"lokala-behov.harvest.page-bytes", PAGE_BYTES, "lokala-behov.harvest.pages", 20,
					"lokala-behov.harvest.page-time", "10s"),
			ReportCatalogueApplication.class);

	private static HttpServer server() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
			server.createContext("/", HarvestTests::answer);
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	@AfterAll
	static void stop() {
		service.close();
		server.stop(0);
	}

	private static void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			asked.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
			byte[] body = says.apply(String.valueOf(exchange.getRequestURI().getRawQuery()));
			headers.forEach(exchange.getResponseHeaders()::set);
			exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
	}

	@Test
	void recordsAreTakenAndABadOneIsParkedWithItsCause() {
		String name = name();
		says(list(record("a1", "Titel " + name, "10.5555/" + name, "2024"), record("a2", "", "", "2024"),
				record("a3", "Om 19121212-1212", "", "2024"), record("a4", "Fjärde " + name, "", "2023")));

		Progress progress = harvest(name);

		assertThat(progress.problem()).isNull();
		assertThat(progress.from()).isEqualTo("2026-11-01T10:00:00Z");
		assertThat(titles()).contains("Titel " + name, "Fjärde " + name);
		List<Original> parked = parked(name);
		assertThat(parked).extracting(Original::identifier).containsExactlyInAnyOrder("oai:x:a2", "oai:x:a3");
		assertThat(parked).extracting(Original::parked)
			.containsExactlyInAnyOrder("Posten saknar titel.",
					"Posten innehåller ett person- eller samordningsnummer.");
		assertThat(titles()).noneMatch((title) -> title.contains("1212"));
	}

	@Test
	void theSameAgainChangesNothingAndTheNextHarvestIsIncremental() {
		String name = name();
		says(list(record("a1", "En " + name, "", "2024")));
		harvest(name);
		String version = record("En " + name).path("version").asString();

		asked.clear();
		harvest(name);

		assertThat(asked).singleElement().asString().contains("from=2026-11-01T09%3A55%3A00Z");
		assertThat(record("En " + name).path("version").asString()).isEqualTo(version);
		assertThat(titles().stream().filter(("En " + name)::equals)).hasSize(1);
	}

	@Test
	void aHarvestThatStoppedGoesOnWhereItWas() {
		String name = name();
		says = (query) -> query.contains("resumptionToken=t2") ? "<broken".getBytes(StandardCharsets.UTF_8)
				: listed("t2", record("a1", "Första " + name, "", "2024"));

		assertThat(harvest(name).token()).isEqualTo("t2");
		says = (query) -> query.contains("resumptionToken=t2") ? listed("", record("a2", "Andra " + name, "", "2024"))
				: new byte[0];
		asked.clear();
		Progress done = harvest(name);

		assertThat(asked).containsExactly("verb=ListRecords&resumptionToken=t2");
		assertThat(done.token()).isNull();
		assertThat(done.from()).isEqualTo("2026-11-01T10:00:00Z");
		assertThat(titles()).contains("Första " + name, "Andra " + name);
	}

	@Test
	void theSameWorkInTwoSourcesIsOneRecordWithItsLineage() {
		String one = name();
		String two = name();
		says(list(record("a1", "Boken " + one, "doi:10.5555/" + one, "2024")));
		harvest(one);
		says(list(record("b7", "Boken: " + one + "!",
				"https://doi.org/10.5555/" + one.toUpperCase(java.util.Locale.ROOT), "2024")));
		harvest(two);

		JsonNode shown = record("Boken " + one);
		List<Original> originals = harvester().originalsOf(shown.path("id").asString());
		assertThat(originals).extracting(Original::source).containsExactlyInAnyOrder(one, two);
		assertThat(titles()).doesNotContain("Boken: " + one + "!");

		says(list(deleted("a1")));
		harvest(one);
		assertThat(titles()).contains("Boken: " + one + "!");
		says(list(deleted("b7")));
		harvest(two);
		assertThat(titles()).doesNotContain("Boken: " + one + "!", "Boken " + one);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><OAI-PMH>&x;</OAI-PMH>",
			"<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">]><OAI-PMH>&c;</OAI-PMH>",
			"<!DOCTYPE OAI-PMH SYSTEM \"http://127.0.0.1:1/x.dtd\"><OAI-PMH/>", "<OAI-PMH>", "", "hej",
			"<html><body>Fel</body></html>", "<OAI-PMH>&#0;</OAI-PMH>" })
	void whatIsHostileOrNoOaiPmhStopsTheHarvest(String page) {
		says(page.getBytes(StandardCharsets.UTF_8));

		assertThat(harvest(name()).problem()).isNotNull();
		assertThat(asked.stream().filter((query) -> query.contains("dtd"))).isEmpty();
	}

	@Test
	void depthIsBounded() {
		says(("<OAI-PMH>" + "<a>".repeat(20_000) + "</a>".repeat(20_000) + "</OAI-PMH>")
			.getBytes(StandardCharsets.UTF_8));

		assertThat(harvest(name()).problem()).isEqualTo("Sidan är ingen XML som tas emot.");
	}

	@Test
	void aGzipBombIsReadNoFurtherThanAPageMayBe() throws IOException {
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
			byte[] zeros = new byte[1_000_000];
			for (int i = 0; i < 200; i++) {
				gzip.write(zeros);
			}
		}
		says(bomb.toByteArray());
		headers = Map.of("Content-Encoding", "gzip");

		assertThat(bomb.size()).isLessThan(PAGE_BYTES);
		assertThat(harvest(name()).problem()).isEqualTo("Sidan är för stor.");
		says("x".repeat(PAGE_BYTES + 1).getBytes(StandardCharsets.UTF_8));
		assertThat(harvest(name()).problem()).isEqualTo("Sidan är för stor.");
	}

	@Test
	void endlessTokensEnd() {
		says(listed("again", record("a1", "Om igen", "", "2024")));
		assertThat(harvest(name()).problem()).isEqualTo("Listan tar aldrig slut.");

		AtomicInteger count = new AtomicInteger();
		String name = name();
		says = (query) -> listed("t" + count.incrementAndGet(), record("a1", "Om igen", "", "2024"));
		assertThat(harvest(name).token()).isEqualTo("t20");
		assertThat(count).hasValue(20);
	}

	@Test
	void aTokenThatIsForgottenThereBeginsTheHarvestAgain() {
		String name = name();
		says = (query) -> query.contains("resumptionToken") ? error("badResumptionToken")
				: listed("t2", record("a1", "Glömd " + name, "", "2024"));

		assertThat(harvest(name).problem()).contains("fortsättningar");
		assertThat(titles()).contains("Glömd " + name);
	}

	@Test
	void redirectsAreNotFollowed() {
		says(new byte[0]);
		headers = Map.of("Location", service.address() + "/oai");
		status = 302;

		assertThat(harvest(name()).problem()).isEqualTo("Förvaret svarade 302.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]/", "http://10.0.0.1/",
			"http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]/", "http://[fd00::1]/", "http://0.0.0.0/",
			"http://100.64.0.1/", "http://2130706433/", "file:///etc/passwd", "ftp://example.org/", "http:///x" })
	void whatIsNotOnThePublicNetworkIsNotAsked(String address) {
		Source source = new Source(URI.create(address), "oai_dc", null, new OrganisationId("FOUV"), "GEN",
				Duration.ofDays(1));

		assertThat(harvester().harvest(name(), source).problem()).startsWith("Adressen");
	}

	@Test
	void onesOwnProviderHarvestedIntoAnEmptyCatalogueGivesTheSameRecords() {
		try (RunningService other = RunningService.start("report-catalogue",
				Map.of("lokala-behov.catalogue.page-size", "2"), ReportCatalogueApplication.class)) {
			for (int i = 0; i < 5; i++) {
				other.as("RSS-22", Role.FOU_EDITOR)
					.post("/api/v1/records", """
							{"content": {"kind": "REPORT", "title": "Egen %d", "description": "Å <b> & \\"c\\".\\nRad.",
							 "publisher": "RSS-22", "language": "sv", "areas": ["SBB", "ALD"], "targetGroups": ["VUX"],
							 "identifiers": ["ISBN 978-91-0000-000-0"],
							 "report": {"authors": ["Ada Lund"], "year": 2025, "method": "Enkät"}}}""".formatted(i))
					.expecting(201);
			}
			String all = "/api/v1/records?publisher=RSS-22&limit=100";
			Awaitility.await()
				.untilAsserted(() -> assertThat(
						other.anybody().get("/api/v1/records/export?format=CSV&set=publisher:RSS-22").text().lines())
					.hasSizeGreaterThan(5));
			HarvestProperties properties = new HarvestProperties(Map.of(),
					List.of(URI.create(other.address()).getAuthority()), 8_000_000, 1000, Duration.ofSeconds(30));
			try (Fetching fetching = new Fetching(properties)) {
				Harvester harvester = new Harvester(service.bean(se.lokalabehov.eventing.Eventing.class),
						service.bean(Shelf.class), fetching, properties, service.bean(java.time.Clock.class));
				Source source = new Source(URI.create(other.address() + "/oai"), "lb", "publisher:RSS-22",
						new OrganisationId("RSS-22"), "GEN", Duration.ofDays(1));

				assertThat(harvester.harvest(name(), source).problem()).isNull();
			}
			assertThat(contents(service.anybody().get(all).body())).hasSize(5)
				.isEqualTo(contents(other.anybody().get(all).body()));
		}
	}

	private static Map<String, JsonNode> contents(JsonNode list) {
		Map<String, JsonNode> contents = new java.util.TreeMap<>();
		list.path("items").forEach((one) -> contents.put(one.path("id").asString(), one.path("content")));
		return contents;
	}

	private static Harvester harvester() {
		return service.bean(Harvester.class);
	}

	private static String name() {
		return "s" + UUID.randomUUID().toString().substring(0, 8);
	}

	private static Progress harvest(String name) {
		return harvester().harvest(name,
				new Source(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/oai"), "oai_dc", null,
						new OrganisationId("RSS-23"), "GEN", Duration.ofDays(1)));
	}

	private static List<Original> parked(String name) {
		return harvester().parked().stream().filter((one) -> one.source().equals(name)).toList();
	}

	private static List<String> titles() {
		return records().stream().map((one) -> one.path("content").path("title").asString()).toList();
	}

	private static JsonNode record(String title) {
		return records().stream()
			.filter((one) -> one.path("content").path("title").asString().equals(title))
			.findFirst()
			.orElseThrow();
	}

	private static List<JsonNode> records() {
		return service.anybody()
			.get("/api/v1/records?publisher=RSS-23&limit=100")
			.body()
			.path("items")
			.valueStream()
			.toList();
	}

	private static void says(byte[] page) {
		headers = Map.of();
		status = 200;
		asked.clear();
		says = (query) -> page;
	}

	private static byte[] list(String... records) {
		return page("<ListRecords>" + String.join("", records) + "</ListRecords>");
	}

	private static byte[] listed(String token, String record) {
		headers = Map.of();
		status = 200;
		return page("<ListRecords>" + record + "<resumptionToken>" + token + "</resumptionToken></ListRecords>");
	}

	private static byte[] error(String code) {
		return page("<error code=\"" + code + "\"/>");
	}

	private static byte[] page(String inside) {
		return ("<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">"
				+ "<responseDate>2026-11-01T10:00:00Z</responseDate><request/>" + inside + "</OAI-PMH>")
			.getBytes(StandardCharsets.UTF_8);
	}

	private static String deleted(String id) {
		return "<record><header status=\"deleted\"><identifier>oai:x:" + id + "</identifier></header></record>";
	}

	private static String record(String id, String title, String identifier, String date) {
		return "<record><header><identifier>oai:x:" + id + "</identifier></header><metadata>"
				+ "<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\""
				+ " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>" + title + "</dc:title><dc:identifier>"
				+ identifier + "</dc:identifier><dc:date>" + date + "</dc:date></oai_dc:dc></metadata></record>";
	}

}
