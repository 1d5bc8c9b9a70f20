package se.lokalabehov.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a whole platform tells those who run it: its metrics are those of the table in
 * {@code deploy/README.md}, and an act can be followed through all services as one trace.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeenRunningTests {

	private static final String OTLP = "management.opentelemetry.tracing.export.otlp.endpoint";

	private static final String TOKEN = "lokala-behov.security.metrics-token";

	private static final String SECRET = UUID.randomUUID().toString();

	/** Waiting is not measuring: spans are sent every five seconds. */
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	/** What somebody writes and searches for is in no trace. */
	private static final String SEARCHED = "kimexempelsson";

	private static final String PERSONAL_NUMBER = "19811228-9874";

	/** What was sent to the collector of traces, as text of one byte per character. */
	private final List<String> exported = new CopyOnWriteArrayList<>();

	private final HttpClient client = HttpClient.newHttpClient();

	private HttpServer collector;

	private Standalone platform;

	private Api api;

	@BeforeAll
	void start(@TempDir Path data) throws IOException {
		this.collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.collector.createContext("/v1/traces", (exchange) -> {
			this.exported.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		this.collector.start();
		// As an operator would by the environment; only what is started now sees it.
		System.setProperty(OTLP, "http://127.0.0.1:" + this.collector.getAddress().getPort() + "/v1/traces");
		System.setProperty(TOKEN, SECRET);
		try {
			this.platform = Standalone.start(Options.empty(data));
		}
		finally {
			System.clearProperty(OTLP);
			System.clearProperty(TOKEN);
		}
		this.api = new Api(this.platform.portal(), this.platform.issuer());
	}

	@AfterAll
	void stop() {
		this.api.close();
		this.platform.close();
		this.collector.stop(0);
		this.client.close();
	}

	@Test
	void anActIsOneTraceFromThePortalToTheViewOfAnotherService() {
		this.api.anybody().get("/records?q=" + SEARCHED);
		this.api.as("forfattare-0180").post("/question-notes", Map.of("text", SEARCHED));

		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			Set<String> applied = traces("report-catalogue", "apply notes-to-gather");
			assertThat(applied).isNotEmpty();
			assertThat(traces("need-intake", "publish question-notes")).containsAll(applied);
			assertThat(traces("need-intake", "http post /api/v1/question-notes")).containsAll(applied);
			assertThat(traces("portal", "http post")).containsAll(applied);
			assertThat(traces("portal", "http get")).isNotEmpty();
		});
		assertThat(this.exported).noneMatch((batch) -> batch.contains(SEARCHED));
	}

	@Test
	void theObjectivesCanBeCounted() throws IOException, InterruptedException {
		this.api.anybody().tryGet("/cycles");

		assertThat(scraped(Part.PORTAL)).contains("http_server_requests_seconds_bucket", "le=\"0.3\"");
	}

	@Test
	void theMetricsAreThoseOfTheTable() throws IOException, InterruptedException {
		this.api.as("forfattare-0180").post("/question-notes", Map.of("text", "Var finns skyddat boende?"));
		Set<String> given = new TreeSet<>();
		for (Part part : Part.values()) {
			if (part != Part.DEMO_ISSUER) {
				given.addAll(metrics(part));
			}
		}

		assertThat(given).isEqualTo(documented());
	}

	/** One elsewhere makes an older Prometheus refuse everything. */
	@Test
	void aMetricPointsToATraceOnlyWhereOpenMetricsAllowsIt() throws IOException, InterruptedException {
		this.api.anybody().tryGet("/cycles");

		assertThat(scraped(Part.PORTAL, "application/openmetrics-text;version=1.0.0").lines()
			.filter((line) -> line.contains(" # {"))).isNotEmpty()
			.allMatch((line) -> line.matches("\\w+_(bucket|total)\\{.*"));
	}

	@Test
	void noSecretIsLoggedNorInATrace() throws IOException, InterruptedException {
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		// The second says of each request that it came and was answered.
		List<Logger> loud = List.of((Logger) LoggerFactory.getLogger("se.lokalabehov"),
				(Logger) LoggerFactory.getLogger(DispatcherServlet.class));
		loud.forEach((logger) -> logger.setLevel(Level.DEBUG));
		root.addAppender(log);
		List<String> secrets = new ArrayList<>(List.of(SECRET, PERSONAL_NUMBER));
		try {
			Api.As administrator = this.api.as("administrator-IVO");
			Answer endpoint = administrator.post("/webhook-endpoints",
					Map.of("name", "Ärendesystemet", "url", "https://mottagare.invalid/webhook"));
			String at = "/webhook-endpoints/" + endpoint.id();
			secrets.add(endpoint.text("secret"));
			secrets.add(administrator.post(at + "/secret", Map.of()).text("secret"));
			administrator.post(at + "/test", Map.of());
			// The delivery has been tried, and signed.
			administrator.listWhen(at + "/deliveries",
					(deliveries) -> deliveries.stream().anyMatch((one) -> !one.path("attempts").isEmpty()));
			String token = aToken("forfattare-1480");
			secrets.add(token);
			secrets.add(token.substring(token.lastIndexOf('.') + 1));
			assertThat(noted(this.platform.portal(), token, "Var finns stöd?")).isEqualTo(201);
			for (URI door : List.of(this.platform.portal(), this.platform.service("need-intake"))) {
				assertThat(noted(door, token, PERSONAL_NUMBER)).isEqualTo(400);
				assertThat(noted(door, token + "A", PERSONAL_NUMBER)).isEqualTo(401);
			}
			scraped(Part.FEEDBACK);
		}
		finally {
			root.detachAppender(log);
			loud.forEach((logger) -> logger.setLevel(null));
		}

		assertThat(secrets).hasSize(6).allSatisfy((secret) -> assertThat(secret).hasSizeGreaterThan(10));
		List<String> lines = log.list.stream()
			.map((event) -> event.getFormattedMessage() + ((event.getThrowableProxy() != null)
					? ThrowableProxyUtil.asString(event.getThrowableProxy()) : ""))
			.toList();
		assertThat(lines).anyMatch((line) -> line.startsWith("POST \"/api/v1/question-notes\""))
			.allSatisfy((line) -> assertThat(line).doesNotContain(secrets));
		assertThat(this.exported).allSatisfy((batch) -> assertThat(batch).doesNotContain(secrets));
	}

	private String aToken(String login) throws IOException, InterruptedException {
		String basic = Base64.getEncoder().encodeToString((login + ":demo").getBytes(StandardCharsets.UTF_8));
		return JsonMapper.shared()
			.readTree(this.client
				.send(HttpRequest.newBuilder(this.platform.issuer().resolve("/oauth2/token"))
					.header("Authorization", "Basic " + basic)
					.header("Content-Type", "application/x-www-form-urlencoded")
					.POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
					.build(), HttpResponse.BodyHandlers.ofString())
				.body())
			.path("access_token")
			.asString();
	}

	private int noted(URI door, String token, String text) throws IOException, InterruptedException {
		return this.client
			.send(HttpRequest.newBuilder(door.resolve("/api/v1/question-notes"))
				.header("Authorization", "Bearer " + token)
				.header("Idempotency-Key", UUID.randomUUID().toString())
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(Map.of("text", text))))
				.build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	private String scraped(Part part) throws IOException, InterruptedException {
		return scraped(part, "text/plain;version=0.0.4");
	}

	private String scraped(Part part, String format) throws IOException, InterruptedException {
		URI address = (part == Part.PORTAL) ? this.platform.portal() : this.platform.service(part.configuration());
		HttpResponse<String> answer = this.client.send(HttpRequest.newBuilder(address.resolve("/actuator/prometheus"))
			.header("Authorization", "Bearer " + SECRET)
			.header("Accept", format)
			.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("application=\"" + part.configuration() + "\"");
		return answer.body();
	}

	/** The names of our metrics, without what a histogram adds to its name. */
	private Set<String> metrics(Part part) throws IOException, InterruptedException {
		return scraped(part).lines()
			.filter((line) -> line.startsWith("# TYPE lokalabehov_"))
			.map((line) -> line.split(" ")[2])
			.filter((name) -> !name.endsWith("_max"))
			.collect(Collectors.toSet());
	}

	private static Set<String> documented() throws IOException {
		Pattern row = Pattern.compile("^\\| `(lokalabehov_\\w+)`");
		return Files.readAllLines(Path.of("../../deploy/README.md"))
			.stream()
			.flatMap((line) -> row.matcher(line).results())
			.map((found) -> found.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * The ids of the traces in which a service has a span of that name. In OTLP's
	 * protobuf a span begins with the field trace_id (tag 0x0A, 16 bytes) and goes on
	 * with span_id (0x12, 8 bytes), parent_span_id (0x22, 8 bytes) if any, and name
	 * (0x2A).
	 */
	private Set<String> traces(String service, String name) {
		Pattern span = Pattern.compile(
				"\\x0a\\x10(.{16})\\x12\\x08.{8}(?:\\x1a.{1,40}?)?(?:\\x22\\x08.{8})?\\x2a." + Pattern.quote(name),
				Pattern.DOTALL);
		return this.exported.stream()
			.filter((batch) -> batch.contains(service))
			.flatMap((batch) -> span.matcher(batch).results())
			.map((MatchResult found) -> HexFormat.of().formatHex(found.group(1).getBytes(StandardCharsets.ISO_8859_1)))
			.collect(Collectors.toSet());
	}

}
