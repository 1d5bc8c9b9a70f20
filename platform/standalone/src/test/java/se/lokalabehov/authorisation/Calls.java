package se.lokalabehov.authorisation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * HTTP at the portal, as any of the callers. Every answer is looked through for secrets.
 */
final class Calls implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** So long something may be on its way between services while the world is made. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/** And when it stands. */
	private static final Duration AFTERWARDS = Duration.ofSeconds(5);

	private final URI portal;

	private final URI issuer;

	private final Secrets secrets;

	private final Map<String, String> tokens = new ConcurrentHashMap<>();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	Calls(URI portal, URI issuer, Secrets secrets) {
		this.portal = portal;
		this.issuer = issuer;
		this.secrets = secrets;
	}

	/**
	 * An answer.
	 *
	 * @param status HTTP status
	 * @param eTag entity tag, if any
	 * @param type media type
	 * @param text the body
	 */
	record Answer(int status, @Nullable String eTag, String type, String text) {

		JsonNode json() {
			return this.type.contains("json") ? JSON.readTree(this.text) : JSON.missingNode();
		}

		String id() {
			return json().path("id").asString("");
		}

		boolean isGood() {
			return this.status / 100 == 2;
		}

	}

	/**
	 * Reads.
	 * @param path at the portal; {@code ~} stands for {@code /api/v1}
	 */
	Answer get(Who who, String path) {
		return get(who, this.portal, path);
	}

	/** Reads somewhere else than at the portal. */
	Answer get(Who who, URI at, String path) {
		return send(who, request(who, at, path).GET().build());
	}

	/**
	 * Acts.
	 * @param body a PDF file when it is bytes, a table when it is a text, otherwise what
	 * is written as JSON
	 * @param ifMatch what one has seen, where that is asked for
	 * @param key said again with the same key, it is done once
	 */
	Answer act(Who who, String method, String path, Object body, @Nullable String ifMatch, String key) {
		return act(who, this.portal, method, path, body, ifMatch, key);
	}

	/** Acts somewhere else than at the portal. */
	Answer act(Who who, URI at, String method, String path, Object body, @Nullable String ifMatch, String key) {
		HttpRequest.Builder request = request(who, at, path).header("Idempotency-Key", key);
		switch (body) {
			case byte[] file ->
				request.header("Content-Type", "application/pdf").method(method, BodyPublishers.ofByteArray(file));
			case String table ->
				request.header("Content-Type", "text/csv").method(method, BodyPublishers.ofString(table));
			default -> request.header("Content-Type", "application/json")
				.method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
		}
		if (ifMatch != null) {
			request.header("If-Match", ifMatch);
		}
		return send(who, request.build());
	}

	/**
	 * Sends a body as it is.
	 * @param type media type, none when none is said
	 */
	Answer raw(Who who, URI at, String method, String path, @Nullable String type, byte[] body,
			@Nullable String ifMatch) {
		HttpRequest.Builder request = request(who, at, path).header("Idempotency-Key", key())
			.method(method, BodyPublishers.ofByteArray(body));
		if (type != null) {
			request.header("Content-Type", type);
		}
		if (ifMatch != null) {
			request.header("If-Match", ifMatch);
		}
		return send(who, request.build());
	}

	/**
	 * Acts in the making of the world: it must be accepted, at the latest when everything
	 * that it rests on has arrived.
	 * @return the identifier of what was made or changed
	 */
	String post(Who who, String path, Object body) {
		String key = key();
		return accepted(who + " POST " + path, () -> act(who, "POST", path, body, null, key)).id();
	}

	/** The same for a change of what is there. */
	void put(Who who, String path, Object body, String read) {
		String key = key();
		accepted(who + " PUT " + path, () -> act(who, "PUT", path, body, get(who, read).eTag(), key));
	}

	private static Answer accepted(String what, Supplier<Answer> call) {
		Answer answer = until(call, Answer::isGood, PATIENCE);
		if (!answer.isGood()) {
			throw new IllegalStateException(what + ": " + answer);
		}
		return answer;
	}

	/** Asks again until what one waits for has come. */
	static void await(Supplier<Answer> call, Predicate<Answer> asItShould) {
		Answer answer = until(call, asItShould, PATIENCE);
		if (!asItShould.test(answer)) {
			throw new IllegalStateException("waited in vain: " + answer);
		}
	}

	/** Asks again until the answer is as it should be, or patience ends. */
	static Answer until(Supplier<Answer> call, Predicate<Answer> asItShould) {
		return until(call, asItShould, AFTERWARDS);
	}

	private static Answer until(Supplier<Answer> call, Predicate<Answer> asItShould, Duration patience) {
		Answer first = call.get();
		if (asItShould.test(first)) {
			return first;
		}
		Answer[] last = { first };
		try {
			Awaitility.await()
				.atMost(patience)
				.pollInterval(Duration.ofMillis(100))
				.until(() -> asItShould.test(last[0] = call.get()));
		}
		catch (ConditionTimeoutException ex) {
			// The caller compares, and says more than this exception does.
			return last[0];
		}
		return last[0];
	}

	/** Reads a whole list, page by page. */
	List<JsonNode> list(Who who, String path) {
		List<JsonNode> items = new ArrayList<>();
		String next = "";
		do {
			Answer page = get(who, path + (path.contains("?") ? "&" : "?") + "limit=100" + next);
			if (!page.isGood()) {
				throw new IllegalStateException(who + " GET " + path + ": " + page);
			}
			page.json().path("items").forEach(items::add);
			next = page.json().path("next").asString("");
			next = next.isEmpty() ? next : "&cursor=" + next;
		}
		while (!next.isEmpty());
		return items;
	}

	static String key() {
		return UUID.randomUUID().toString();
	}

	private HttpRequest.Builder request(Who who, URI at, String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(at.resolve(path.replaceFirst("^~", "/api/v1")))
			.timeout(Duration.ofSeconds(30));
		String login = who.login();
		if (login != null) {
			request.header("Authorization", "Bearer " + token(login));
		}
		return request;
	}

	private String token(String login) {
		return this.tokens.computeIfAbsent(login, (name) -> {
			HttpResponse<String> answer = exchange(HttpRequest.newBuilder(this.issuer.resolve("/oauth2/token"))
				.timeout(Duration.ofSeconds(30))
				.header("Authorization",
						"Basic " + Base64.getEncoder()
							.encodeToString((name + ":demo").getBytes(StandardCharsets.UTF_8)))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString("grant_type=client_credentials"))
				.build());
			if (answer.statusCode() != 200) {
				throw new IllegalStateException(name + " gets no token: " + answer.body());
			}
			return JSON.readTree(answer.body()).path("access_token").asString();
		});
	}

	private Answer send(Who who, HttpRequest request) {
		HttpResponse<String> answer = exchange(request);
		this.secrets.inspect(who, request.method() + " " + request.uri().getPath(), answer.statusCode(), answer.body());
		return new Answer(answer.statusCode(), answer.headers().firstValue("ETag").orElse(null),
				answer.headers().firstValue("Content-Type").orElse(""), answer.body());
	}

	private HttpResponse<String> exchange(HttpRequest request) {
		try {
			return this.http.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(request.method() + " " + request.uri() + " was not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.http.close();
	}

}
