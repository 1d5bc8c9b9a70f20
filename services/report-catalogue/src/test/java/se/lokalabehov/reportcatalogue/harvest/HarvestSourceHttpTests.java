package se.lokalabehov.reportcatalogue.harvest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.reportcatalogue.ReportCatalogueApplication;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The sources as SKR's administrator manages them, over HTTP.
 */
class HarvestSourceHttpTests {

	private static final String SOURCES = "/api/v1/harvest-sources";

	private static final HttpServer server = server();

	private static final List<String> asked = new CopyOnWriteArrayList<>();

	private static volatile String second = "";

	private static volatile String publisher = "";

	private static final RunningService service = RunningService.start("report-catalogue",
			Map.of("lokala-behov.harvest.allowed", "127.0.0.1:" + server.getAddress().getPort()),
			ReportCatalogueApplication.class);

	private static HttpServer server() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
			server.createContext("/", (exchange) -> {
				String query = String.valueOf(exchange.getRequestURI().getRawQuery());
				asked.add(query);
				String records = query.contains("verb=GetRecord")
						? "<GetRecord>" + record("two", second(exchange.getRequestURI().getPath())) + "</GetRecord>"
						: "<ListRecords>" + record("one", "Först i " + exchange.getRequestURI().getPath())
								+ record("two", second(exchange.getRequestURI().getPath())) + "</ListRecords>";
				byte[] page = ("<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">"
						+ "<responseDate>2026-11-01T10:00:00Z</responseDate><request/>" + records + "</OAI-PMH>")
					.getBytes(StandardCharsets.UTF_8);
				try (exchange) {
					exchange.sendResponseHeaders(200, page.length);
					exchange.getResponseBody().write(page);
				}
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** So that no two sources have the same work. */
	private static String second(String path) {
		return path.endsWith(publisher) ? second : "";
	}

	private static String record(String id, String title) {
		return "<record><header><identifier>oai:forvar:" + id + "</identifier></header><metadata>"
				+ "<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\""
				+ " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>" + title
				+ "</dc:title><dc:date>2024</dc:date></oai_dc:dc></metadata></record>";
	}

	@AfterAll
	static void stop() {
		service.close();
		server.stop(0);
	}

	@Test
	void aSourceIsPutDownRunAndFollowedAndWhatWasNotTakenAskedForAgain() {
		second = "";
		String path = added("2518");
		JsonNode never = administrator().get(path).body();
		assertThat(never.path("every").asString()).isEqualTo("PT24H");
		assertThat(never.path("prefix").asString()).isEqualTo("oai_dc");
		assertThat(never.path("progress").path("harvesting").asBoolean()).isFalse();

		Answer run = administrator().post(path + "/run", "{}").expecting(202);

		assertThat(run.header("Location")).isEqualTo(path);
		Awaitility.await().untilAsserted(() -> assertThat(progress(path).path("from").asString("")).isNotEmpty());
		assertThat(progress(path).path("taken").asInt()).isEqualTo(1);
		assertThat(progress(path).path("parked").asInt()).isEqualTo(1);
		assertThat(progress(path).has("problem")).isFalse();
		JsonNode parked = administrator().get(path + "/parked").expecting(200).body().path("items").get(0);
		assertThat(parked.path("identifier").asString()).isEqualTo("oai:forvar:two");
		assertThat(parked.path("why").asString()).isEqualTo("Posten saknar titel.");
		assertThat(parked.path("since").asString()).endsWith("Z");

		String two = "{\"identifier\": \"oai:forvar:two\"}";
		assertThat(administrator().post(path + "/retry", two).expecting(200).body().path("why").asString())
			.isEqualTo("Posten saknar titel.");
		second = "Nu med titel";
		asked.clear();
		assertThat(administrator().post(path + "/retry", two).expecting(200).body().path("taken").asBoolean()).isTrue();
		assertThat(asked).containsExactly("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai%3Aforvar%3Atwo");
		assertThat(administrator().get(path + "/parked").body().path("items")).isEmpty();
		assertThat(administrator().post(path + "/retry", two.replace("two", "three")).body().path("why").asString())
			.isEqualTo("Förvaret lämnar inte ut posten.");
		assertThat(titles("2518")).containsExactlyInAnyOrder("Först i /2518", "Nu med titel");
	}

	@Test
	void fromWhereARecordComesIsForEverybodyToSee() {
		second = "Spårbar";
		String path = added("2521");
		administrator().post(path + "/run", "{}").expecting(202);
		Awaitility.await().untilAsserted(() -> assertThat(titles("2521")).contains("Spårbar"));
		String id = service.anybody()
			.get("/api/v1/records?publisher=2521&limit=100")
			.body()
			.path("items")
			.valueStream()
			.filter((one) -> one.path("content").path("title").asString().equals("Spårbar"))
			.findFirst()
			.orElseThrow()
			.path("id")
			.asString();

		JsonNode lineage = service.anybody().get("/api/v1/records/" + id + "/lineage").expecting(200).body();

		assertThat(lineage.path("record").asString()).isEqualTo(id);
		assertThat(lineage.path("originals").valueStream())
			.extracting((one) -> one.path("source").asString(), (one) -> one.path("identifier").asString(),
					(one) -> one.path("shown").asBoolean())
			.containsExactly(tuple("Förvaret för 2521", "oai:forvar:two", true));
		assertThat(service.anybody().get("/api/v1/records/record-none/lineage").status()).isEqualTo(404);
		String own = service.as("2521", Role.FOU_EDITOR)
			.post("/api/v1/records", """
					{"content": {"kind": "REPORT", "title": "Vår egen", "description": "Om.", "publisher": "2521",
					 "language": "sv", "areas": ["SBB"], "report": {"authors": ["Ada"], "year": 2025}}}""")
			.expecting(201)
			.id();
		assertThat(service.anybody().get("/api/v1/records/" + own + "/lineage").expecting(200).body().path("originals"))
			.isEmpty();
	}

	@Test
	void aPausedSourceIsLeftAloneUntilItIsResumed() {
		second = "Pausad";
		String path = added("2514");
		String tag = administrator().get(path).eTag();

		assertThat(administrator().put(path, body("2514", ", \"paused\": true")).status()).isEqualTo(428);
		administrator().put(path, body("2514", ", \"paused\": true"), "If-Match", tag).expecting(200);

		assertThat(administrator().put(path, body("2514", ""), "If-Match", tag).status()).isEqualTo(412);
		assertThat(administrator().post(path + "/run", "{}").problem()).isEqualTo("pausad");
		assertThat(administrator().get(path).body().path("paused").asBoolean()).isTrue();
		administrator().put(path, body("2514", ""), "If-Match", administrator().get(path).eTag()).expecting(200);
		administrator().post(path + "/run", "{}").expecting(202);
		Awaitility.await().untilAsserted(() -> assertThat(titles("2514")).contains("Pausad"));
	}

	@Test
	void aSourceThatIsAskedForSomethingElseIsHarvestedFromItsBeginning() {
		second = "Hela";
		String path = added("2513");
		administrator().post(path + "/run", "{}").expecting(202);
		Awaitility.await().untilAsserted(() -> assertThat(progress(path).path("from").asString("")).isNotEmpty());
		administrator().put(path, body("2513", ", \"set\": \"annan\""), "If-Match", administrator().get(path).eTag())
			.expecting(200);
		asked.clear();

		administrator().post(path + "/run", "{}").expecting(202);

		Awaitility.await()
			.untilAsserted(() -> assertThat(asked).contains("verb=ListRecords&metadataPrefix=oai_dc&set=annan"));
	}

	@Test
	void onlySkrsAdministratorSeesAndManagesSources() {
		String path = added("2510");

		assertThat(service.anybody().post(SOURCES, body("2510", "")).status()).isEqualTo(401);
		for (Caller other : List.of(service.as("2510", Role.ADMINISTRATOR), service.as("SKR", Role.FOU_EDITOR))) {
			assertThat(other.get(SOURCES).status()).isEqualTo(404);
			assertThat(other.get(path).status()).isEqualTo(404);
			assertThat(other.get(path + "/parked").status()).isEqualTo(404);
			assertThat(other.post(SOURCES, body("2510", "")).status()).isEqualTo(403);
			assertThat(other.put(path, body("2510", ""), "If-Match", "\"1\"").status()).isEqualTo(404);
			assertThat(other.post(path + "/run", "{}").status()).isEqualTo(404);
			assertThat(other.post(path + "/retry", "{\"identifier\": \"x\"}").status()).isEqualTo(404);
		}
		assertThat(administrator().get(SOURCES + "?limit=100").ids()).contains(path.substring(SOURCES.length() + 1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"address": "http://127.0.0.1/oai"                             | address
			"address": "http://2130706433/oai"                            | address
			"address": "http://[::ffff:10.0.0.1]/oai"                     | address
			"address": "file:///etc/passwd"                               | address
			"address": "https://a:b@example.org/oai"                      | address
			"address": "https://example.org/oai?verb=Identify"            | address
			"address": "inte en adress"                                   | address
			"address": "https://example.org/oai", "prefix": "marc"        | prefix
			"address": "https://example.org/oai", "area": "XXX"           | area
			"address": "https://example.org/oai", "every": "PT1S"         | every
			"address": "https://example.org/oai", "every": "ofta"         | every
			"address": "https://example.org/oai", "publisher": "INGEN"    | publisher
			"address": "https://example.org/oai", "publisher": null       | publisher
			""")
	void whatIsWrongIsToldInSwedishWithItsField(String fields, String field) {
		String publisher = fields.contains("publisher") ? "" : ", \"publisher\": \"2510\"";
		Answer refused = administrator().post(SOURCES, "{\"name\": \"Fel\", " + fields + publisher + "}");

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.each("fields", "name")).containsExactly(field);
	}

	@Test
	void thePublisherOfASourceStays() {
		String path = added("2506");

		Answer refused = administrator().put(path, body("2505", ""), "If-Match", administrator().get(path).eTag());

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.each("fields", "name")).containsExactly("publisher");
	}

	private static String added(String of) {
		publisher = of;
		return administrator().post(SOURCES, body(of, "")).expecting(201).header("Location");
	}

	private static String body(String of, String more) {
		return "{\"name\": \"Förvaret för %s\", \"address\": \"http://127.0.0.1:%d/%s\", \"publisher\": \"%s\"%s}"
			.formatted(of, server.getAddress().getPort(), of, of, more);
	}

	private static JsonNode progress(String path) {
		return administrator().get(path).expecting(200).body().path("progress");
	}

	private static List<String> titles(String of) {
		return service.anybody()
			.get("/api/v1/records?publisher=" + of + "&limit=100")
			.body()
			.path("items")
			.valueStream()
			.map((one) -> one.path("content").path("title").asString())
			.toList();
	}

	private static Caller administrator() {
		return service.as("SKR", Role.ADMINISTRATOR);
	}

}
