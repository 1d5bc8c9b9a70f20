package se.lokalabehov.reportcatalogue.harvest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.reportcatalogue.ReportCatalogueApplication;
import se.lokalabehov.reportcatalogue.harvest.Harvester.Behind;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Original;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Parked;
import se.lokalabehov.reportcatalogue.harvest.Progress.Counts;
import se.lokalabehov.reportcatalogue.oai.ContentXml;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.RunningService;
import se.lokalabehov.web.outside.Outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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

	private static final Map<String, Object> LIMITS = Map.of("lokala-behov.harvest.allowed",
			"127.0.0.1:" + server.getAddress().getPort(), "lokala-behov.harvest.page-bytes", PAGE_BYTES,
			"lokala-behov.harvest.pages", 20, "lokala-behov.harvest.page-time", "60s");

	private static final RunningService service = RunningService.start("report-catalogue", LIMITS,
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
		assertThat(progress.counts()).isEqualTo(new Counts(2, 0, 2));
		List<Original> parked = parked(name);
		assertThat(parked).extracting(Original::identifier).containsExactlyInAnyOrder("oai:x:a2", "oai:x:a3");
		assertThat(parked).extracting(Original::parked)
			.filteredOn(Objects::nonNull)
			.extracting(Parked::why)
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
		assertThat(harvester().behind(shown.path("id").asString()))
			.extracting((behind) -> behind.original().source(), Behind::shown)
			.containsExactly(tuple(one, true), tuple(two, false));
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
		assertThat(harvest(name()).problem()).isEqualTo("Svaret är för stort.");
		says("x".repeat(PAGE_BYTES + 1).getBytes(StandardCharsets.UTF_8));
		assertThat(harvest(name()).problem()).isEqualTo("Svaret är för stort.");
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
		assertThat(harvest(name(), source(URI.create(address), "oai_dc", null, "FOUV")).problem())
			.startsWith("Adressen");
	}

	@Test
	void onesOwnProviderHarvestedIntoAnEmptyCatalogueGivesTheSameRecords() throws Exception {
		try (RunningService other = RunningService.start("report-catalogue",
				Map.of("lokala-behov.catalogue.page-size", "1"), ReportCatalogueApplication.class)) {
			Caller editor = other.as("2560", Role.FOU_EDITOR);
			String common = """
					"publisher": "2560", "description": "Å <b> & \\"c\\".\\nRad; två \\\\ 𝄞", "language": "sv",
					"areas": ["SBB", "ALD"], "targetGroups": ["VUX"], "licence": "CC-BY-4.0", "edition": "2:a utg.",
					"link": "https://example.org/%%C3%%A5?a=1&b=2", "identifiers": ["ISBN 978-91-0000-00%d-0", "Dnr 1"]""";
			List<String> contents = List.of("""
					"kind": "REPORT", "title": "Egen rapport",
					"report": {"authors": ["Ada Lund", "Bo; Ek"], "year": 2025, "method": "Enkät"}""", """
					"kind": "RESEARCH_PROJECT", "title": "Eget projekt", "project": {"responsible": "FoU, ledare",
					 "principal": "Lunds universitet", "ethicsReference": "2025-01", "ethicsStatus": "Godkänd",
					 "goals": "Att veta", "deliverables": [{"what": "Rapport", "due": "2027-06-01"},
					 {"what": "Handbok", "due": "2028-06-01"}], "contact": "registrator@rss.example",
					 "participants": ["0180", "1480"], "administrations": ["Socialförvaltningen"],
					 "confirmedCurrent": "2026-01-15"}""", """
					"kind": "KNOWLEDGE_SUPPORT", "title": "Eget stöd",
					"support": {"supportKind": "VAGLEDNING", "where": "På biblioteket"}""", """
					"kind": "REPORT", "title": "Snart återkallad", "report": {"authors": ["Ada"], "year": 2020}""", """
					"kind": "REPORT", "title": "Redan återkallad", "report": {"authors": ["Ada"], "year": 2021}""");
			List<String> ids = new ArrayList<>();
			for (String content : contents) {
				ids.add(editor
					.post("/api/v1/records", "{\"content\": {" + content + ", " + common.formatted(ids.size()) + "}}")
					.expecting(201)
					.id());
			}
			String reason = "{\"reason\": \"Fel.\"}";
			editor.post("/api/v1/records/" + ids.get(4) + "/withdrawal", reason).expecting(200);
			offers(other, 4);
			HarvestProperties properties = new HarvestProperties(List.of(URI.create(other.address()).getAuthority()),
					8_000_000, 1000, Duration.ofSeconds(30));
			try (Outside outside = new Outside(properties.limits())) {
				Harvester harvester = new Harvester(service.bean(Eventing.class), service.bean(Shelf.class),
						new Fetching(outside), properties, service.bean(Clock.class));
				Stored<Source> own = stored(name(),
						source(URI.create(other.address() + "/oai"), "lb", "publisher:2560", null));

				harvester.harvest(own);
				assertThat(harvester.progress(own).state().problem()).isNull();
				assertThat(harvester.progress(own).state().counts()).isEqualTo(new Counts(4, 1, 0));
				same(other, "PUBLISHED", 4);

				editor.post("/api/v1/records/" + ids.get(3) + "/withdrawal", reason).expecting(200);
				offers(other, 3);
				harvester.harvest(own);
				assertThat(harvester.progress(own).state().counts()).isEqualTo(new Counts(3, 2, 0));
				same(other, "PUBLISHED", 3);
				assertThat(service.anybody().get("/api/v1/records?publisher=2560&status=WITHDRAWN&limit=100").ids())
					.containsExactly(ids.get(3));
			}
		}
	}

	private static void offers(RunningService other, int standing) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(
					other.anybody().get("/api/v1/records/export?format=BIBTEX&set=publisher:2560").text().lines())
				.filteredOn((line) -> line.startsWith("@"))
				.hasSize(standing));
	}

	private static void same(RunningService other, String status, int size) {
		String all = "/api/v1/records?publisher=2560&limit=100&status=" + status;
		assertThat(contents(service.anybody().get(all).body())).hasSize(size)
			.isEqualTo(contents(other.anybody().get(all).body()));
	}

	@Test
	void aHarvestThatStoppedWithTheServiceGoesOnWhenItStarts() throws Exception {
		String name = name();
		CountDownLatch waiting = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		says = (query) -> {
			if (!query.contains("resumptionToken=t2")) {
				return listed("t2", record("r1", "Före " + name, "", "2024"));
			}
			waiting.countDown();
			await(released);
			return listed("", record("r2", "Efter " + name, "", "2024"));
		};
		Map<String, Object> same = new HashMap<>(LIMITS);
		same.put("spring.mongodb.database", name);
		same.put("spring.cloud.stream.bindings.inbox-in-0.group", name);
		String path;
		try (RunningService first = RunningService.start("report-catalogue", same, ReportCatalogueApplication.class)) {
			Caller administrator = first.as("SKR", Role.ADMINISTRATOR);
			path = administrator.post("/api/v1/harvest-sources", """
					{"name": "Förvaret", "address": "%s", "publisher": "2523"}""".formatted(address()))
				.expecting(201)
				.header("Location");
			administrator.post(path + "/run", "{}").expecting(202);
			waiting.await();
		}
		asked.clear();
		released.countDown();
		try (RunningService again = RunningService.start("report-catalogue", same, ReportCatalogueApplication.class)) {
			Caller administrator = again.as("SKR", Role.ADMINISTRATOR);
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(administrator.get(path).body().path("progress").path("from").asString(""))
							.isEqualTo("2026-11-01T10:00:00Z"));
			assertThat(asked).containsExactly("verb=ListRecords&resumptionToken=t2");
			JsonNode list = again.anybody().get("/api/v1/records?publisher=2523&limit=100").body();
			assertThat(list.path("items").valueStream())
				.extracting((one) -> one.path("content").path("title").asString(), (one) -> one.path("version").asInt())
				.containsExactlyInAnyOrder(tuple("Före " + name, 1), tuple("Efter " + name, 1));
			assertThat(administrator.get(path).body().path("progress").path("taken").asInt()).isEqualTo(2);
		}
	}

	@Test
	void aSourceIsHarvestedByOneAtATime() throws Exception {
		Stored<Source> stored = stored(name(), source());
		CountDownLatch waiting = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		says = (query) -> {
			waiting.countDown();
			await(released);
			return listed("", record("o1", "Ensam " + stored.id(), "", "2024"));
		};
		Thread first = Thread.ofVirtual().start(() -> harvester().harvest(stored));
		waiting.await();
		asked.clear();

		harvester().harvest(stored);

		assertThat(asked).isEmpty();
		assertThat(harvester().progress(stored).state().claim()).isNotNull();
		released.countDown();
		first.join();
		assertThat(harvester().progress(stored).state().claim()).isNull();
		assertThat(titles()).contains("Ensam " + stored.id());
	}

	@Test
	void whoWasSilentTooLongIsTakenForDeadAndKeepsNothingMore() throws Exception {
		Stored<Source> stored = stored(name(), source());
		CountDownLatch waiting = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		says = (query) -> {
			waiting.countDown();
			await(released);
			return listed("t-of-the-dead", record("d1", "Långsam " + stored.id(), "", "2024"));
		};
		Thread slow = Thread.ofVirtual().start(() -> harvester().harvest(stored));
		waiting.await();
		says(list(record("d2", "Rask " + stored.id(), "", "2024")));
		Clock later = Clock.offset(service.bean(Clock.class), Harvester.SILENCE.plusSeconds(1));
		try (Outside outside = new Outside(properties().limits())) {
			Harvester other = new Harvester(service.bean(Eventing.class), service.bean(Shelf.class),
					new Fetching(outside), properties(), later);

			other.harvest(stored);
		}
		released.countDown();
		slow.join();

		Progress progress = harvester().progress(stored).state();
		assertThat(progress.token()).isNull();
		assertThat(progress.from()).isEqualTo("2026-11-01T10:00:00Z");
		assertThat(titles()).contains("Rask " + stored.id());
	}

	@Test
	void twoSourcesThatBringTheSameWorkAtOnceMeetInOneRecord() throws Exception {
		for (int round = 0; round < 10; round++) {
			String one = name();
			says(list(record("c1", "Samtidig " + one, "10.5555/" + one, "2024")));
			List<Stored<Source>> sources = List.of(stored(one, source()), stored(name(), source()),
					stored(name(), source()));
			List<Thread> threads = sources.stream()
				.map((source) -> Thread.ofPlatform().start(() -> harvester().harvest(source)))
				.toList();
			for (Thread thread : threads) {
				thread.join();
			}

			assertThat(titles().stream().filter(("Samtidig " + one)::equals)).hasSize(1);
			assertThat(harvester().behind(record("Samtidig " + one).path("id").asString()))
				.extracting((behind) -> behind.original().source())
				.containsExactlyInAnyOrderElementsOf(sources.stream().map(Stored::id).toList());
		}
	}

	@Test
	void aRecordOfSomebodyElseIsNotChangedByASourceThatTakesItsName() {
		String mine = service.as("RSS-23", Role.FOU_EDITOR)
			.post("/api/v1/records", """
					{"content": {"kind": "REPORT", "title": "Min egen", "description": "Om.", "publisher": "RSS-23",
					 "language": "sv", "areas": ["SBB"], "report": {"authors": ["Ada"], "year": 2025}}}""")
			.expecting(201)
			.id();
		String name = name();
		says(list("<record><header><identifier>oai:evil:" + mine + "</identifier></header><metadata><record xmlns=\""
				+ ContentXml.NAMESPACE + "\"><kind>REPORT</kind><title>Kapad " + name + "</title><description>x"
				+ "</description><publisher>RSS-23</publisher><language>sv</language><areas>SBB</areas><report>"
				+ "<authors>E</authors><year>2025</year><method/></report></record></metadata></record>"));

		assertThat(harvest(name, source(address(), "lb", null, "RSS-23")).counts()).isEqualTo(new Counts(1, 0, 0));

		assertThat(record("Kapad " + name).path("id").asString()).isNotEqualTo(mine);
		assertThat(service.anybody().get("/api/v1/records/" + mine).body().path("content").path("title").asString())
			.isEqualTo("Min egen");
		assertThat(harvest(name, source(address(), "lb", null, "RSS-21")).counts()).isEqualTo(new Counts(0, 0, 1));
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
		return harvest(name, source());
	}

	private static Progress harvest(String name, Source source) {
		Stored<Source> stored = stored(name, source);
		harvester().harvest(stored);
		return harvester().progress(stored).state();
	}

	private static Stored<Source> stored(String name, Source source) {
		return new Stored<>(name, 1, 0, Instant.EPOCH, source);
	}

	private static Source source() {
		return source(address(), "oai_dc", null, "RSS-23");
	}

	private static Source source(URI address, String prefix, @Nullable String set, @Nullable String publisher) {
		return new Source("Förvaret", address, prefix, set, (publisher != null) ? new OrganisationId(publisher) : null,
				"GEN", Duration.ofDays(1), false);
	}

	private static URI address() {
		return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/oai");
	}

	private static HarvestProperties properties() {
		return service.bean(HarvestProperties.class);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static List<Original> parked(String name) {
		return harvester().parked(name, null, 100).items().stream().map(Stored::state).toList();
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
