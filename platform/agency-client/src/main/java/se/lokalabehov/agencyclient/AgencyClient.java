package se.lokalabehov.agencyclient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The system of a national agency. It receives what is handed over, by webhook
 * ({@link #receive}) or by reading the feed ({@link #pull}), keeps it on disk before it
 * says yes, and answers ({@link #work}): confirms, returns or decides by its rules. An
 * event that comes twice, either way, is kept and answered once; an answer that is sent
 * twice has the same {@code Idempotency-Key} and takes effect once.
 */
public final class AgencyClient implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final int MAX_BODY = 1_000_000;

	/** So many of a need's last characters tell it from others in a register. */
	private static final int REGISTRATION = 8;

	private final Settings settings;

	private final Clock clock;

	private final Kept kept;

	private final Path cursor;

	private final Path secrets;

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(10))
		.build();

	private final HttpServer server;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	/**
	 * Where it is and what it does.
	 *
	 * @param api the portal's address
	 * @param agency the agency's code, for example {@code SOS}
	 * @param officer gives access tokens of an officer of the agency
	 * @param administrator gives access tokens of an administrator of the agency, who
	 * registers the webhook
	 * @param directory where it keeps what it has received
	 * @param listen where it receives webhooks
	 * @param rules how it answers
	 */
	public record Settings(URI api, String agency, Supplier<String> officer, Supplier<String> administrator,
			Path directory, InetSocketAddress listen, List<Rule> rules) {

		public Settings {
			rules = List.copyOf(rules);
		}

	}

	private AgencyClient(Settings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
		this.kept = new Kept(settings.directory());
		this.cursor = settings.directory().resolve("cursor");
		this.secrets = settings.directory().resolve("secrets");
		try {
			this.server = HttpServer.create(settings.listen(), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/webhook", this::answer);
	}

	/**
	 * Starts it, receiving.
	 * @param settings where it is and what it does
	 * @param clock by which it judges how old a webhook is
	 */
	public static AgencyClient start(Settings settings, Clock clock) {
		AgencyClient client = new AgencyClient(settings, clock);
		client.server.start();
		return client;
	}

	/** Where it receives webhooks, as it is known on this machine. */
	public URI webhook() {
		InetSocketAddress at = this.server.getAddress();
		return URI.create("http://" + at.getHostString() + ":" + at.getPort() + "/webhook");
	}

	// Receiving

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
			int status = !exchange.getRequestMethod().equals("POST") ? 405 : (body.length > MAX_BODY) ? 413
					: receive(exchange.getRequestHeaders(), new String(body, StandardCharsets.UTF_8));
			exchange.sendResponseHeaders(status, -1);
		}
	}

	/**
	 * Takes a webhook: looks whether it is genuine, and keeps it.
	 * @param headers by name, whatever the case of its letters
	 * @param body to the letter
	 * @return the HTTP status to answer: 204 when it is kept, now or before
	 */
	public int receive(Map<String, List<String>> headers, String body) {
		boolean genuine = Signature.holds(Kept.lines(this.secrets), this.clock, one(headers, "webhook-id"),
				one(headers, "webhook-timestamp"), one(headers, "webhook-signature"), body);
		if (!genuine) {
			return 401;
		}
		try {
			JsonNode event = JSON.readTree(body);
			keep(event);
			return 204;
		}
		catch (JacksonException ex) {
			return 400;
		}
	}

	private static String one(Map<String, List<String>> headers, String name) {
		return headers.entrySet()
			.stream()
			.filter((header) -> name.equalsIgnoreCase(header.getKey()) && !header.getValue().isEmpty())
			.map((header) -> header.getValue().getFirst())
			.findFirst()
			.orElse("");
	}

	private void keep(JsonNode event) {
		// The same event has the same id however it comes; a webhook's id follows from
		// it.
		this.kept.received(event.path("id").asString(), JSON.writeValueAsString(event));
	}

	/** Everything that it has received, in the order in which it came. */
	public List<JsonNode> received() {
		return this.kept.all().stream().map(JSON::readTree).toList();
	}

	// Registering

	/**
	 * Registers where it receives webhooks, and keeps the secret.
	 * @param address as the platform reaches it
	 * @return the endpoint's identifier
	 */
	public String register(URI address) {
		JsonNode answer = said(
				call("POST", "/api/v1/webhook-endpoints", this.settings.administrator(),
						Map.of("name", "Referensklient", "url", address.toString()), UUID.randomUUID().toString()),
				201);
		trust(answer.path("secret").asString());
		return answer.path("id").asString();
	}

	/**
	 * Has a new secret made for an endpoint; the old one holds besides it for a while.
	 */
	public void rotate(String endpoint) {
		trust(said(call("POST", "/api/v1/webhook-endpoints/" + endpoint + "/secret", this.settings.administrator(),
				Map.of(), UUID.randomUUID().toString()), 200)
			.path("secret")
			.asString());
	}

	private void trust(String secret) {
		List<String> all = Kept.lines(this.secrets);
		all.add(0, secret);
		Kept.replace(this.secrets, all.stream().distinct().limit(3).toList());
	}

	// Reading

	/**
	 * Reads the feed from where it was to its end.
	 * @return how many events it read
	 */
	public int pull() {
		int read = 0;
		while (true) {
			String from = Kept.lines(this.cursor).stream().findFirst().orElse("");
			HttpResponse<String> response = call("GET",
					"/api/v1/hand-off-feed" + (from.isEmpty() ? "" : "?after=" + from), this.settings.officer(), null,
					null);
			if (response.statusCode() == 410) {
				// Another feed than we read: from the beginning; what we have is skipped.
				Kept.replace(this.cursor, List.of());
				continue;
			}
			JsonNode part = said(response, 200);
			part.path("items").forEach(this::keep);
			read += part.path("items").size();
			// After what it stands for is on disk.
			Kept.replace(this.cursor, List.of(part.path("next").asString()));
			if (part.path("items").isEmpty()) {
				return read;
			}
		}
	}

	// Answering

	/**
	 * Answers what is not answered yet.
	 * @return how many events still wait, to be tried again a little later
	 */
	public int work() {
		int waiting = 0;
		for (Map.Entry<String, String> one : this.kept.undone().entrySet()) {
			if (answered(one.getKey(), JSON.readTree(one.getValue()))) {
				this.kept.done(one.getKey());
			}
			else {
				waiting++;
			}
		}
		return waiting;
	}

	private boolean answered(String id, JsonNode event) {
		if (!event.path("type").asString().equals("need-handed-over.v1")) {
			return true;
		}
		JsonNode data = data(event);
		if (!data.path("agency").asString().equals(this.settings.agency())) {
			return true;
		}
		String need = event.path("subject").asString();
		Rule rule = Rule.first(this.settings.rules(), data.path("wording").path("title").asString());
		if (rule.returned() != null) {
			return over(call("POST", "/api/v1/hand-offs/" + need + "/return", this.settings.officer(),
					Map.of("reason", rule.returned()), id + " return"));
		}
		boolean confirmed = over(call("POST", "/api/v1/hand-offs/" + need + "/receipt", this.settings.officer(),
				Map.of("registration", registration(need)), id + " receipt"));
		return confirmed && (rule.decision() == null || over(call("POST", "/api/v1/feedback/" + need + "/decisions",
				this.settings.officer(), rule.decision(), id + " decision")));
	}

	/** What was too long to be sent is fetched; from the platform only. */
	private JsonNode data(JsonNode event) {
		String dataref = event.path("dataref").asString("");
		if (event.has("data") || !dataref.startsWith(this.settings.api() + "/")) {
			return event.path("data");
		}
		return said(call("GET", dataref.substring(this.settings.api().toString().length()), this.settings.officer(),
				null, null), 200);
	}

	private String registration(String need) {
		return this.settings.agency() + "-" + need.substring(Math.max(0, need.length() - REGISTRATION));
	}

	/** Whether there is nothing more to do: it was taken, or refused for good. */
	private static boolean over(HttpResponse<String> response) {
		int status = response.statusCode();
		boolean notHereYet = status == 409 && response.body().contains("/inte-framme");
		// Moment 7 hears of a hand-off a moment after moment 6.
		boolean notHeardOf = status == 404 || (status == 409 && response.body().contains("/ej-mottaget"));
		return !(status >= 500 || status == 429 || notHereYet || notHeardOf);
	}

	// Calling

	private JsonNode said(HttpResponse<String> response, int status) {
		if (response.statusCode() != status) {
			throw new IllegalStateException(
					"%s: %d %s".formatted(response.uri().getPath(), response.statusCode(), why(response.body()))
						.strip());
		}
		return JSON.readTree(response.body());
	}

	/** What the platform says of a refusal (RFC 9457), if it is the platform. */
	private static String why(String body) {
		try {
			return JSON.readTree(body).path("detail").asString("");
		}
		catch (JacksonException ex) {
			return "";
		}
	}

	private HttpResponse<String> call(String method, String path, Supplier<String> token, @Nullable Object body,
			@Nullable String key) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(this.settings.api().toString().replaceAll("/$", "") + path))
			.timeout(Duration.ofSeconds(30))
			.header("Accept", "application/json")
			.header("Authorization", "Bearer " + token.get());
		if (body == null) {
			request.GET();
		}
		else {
			request.header("Content-Type", "application/json")
				// The same answer to the same event is one answer, however often it is
				// sent.
				.header("Idempotency-Key",
						UUID.nameUUIDFromBytes(Objects.requireNonNull(key).getBytes(StandardCharsets.UTF_8)).toString())
				.method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
		}
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Stops receiving. */
	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
		this.http.close();
	}

	/** Reads a file of rules: a JSON list of {@link Rule}. */
	static List<Rule> rules(Path file) {
		return new ArrayList<>(List.of(JSON.readValue(file.toFile(), Rule[].class)));
	}

}
