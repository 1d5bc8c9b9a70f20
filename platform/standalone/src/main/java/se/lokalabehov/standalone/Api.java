package se.lokalabehov.standalone;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public HTTP API as everybody has it: at the portal, with tokens from the issuer.
 */
final class Api implements AutoCloseable {

	/** The same thing is written the same way every time. */
	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	/** So long something may be on its way before it is given up. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration ANSWER = Duration.ofSeconds(20);

	private final URI portal;

	private final URI issuer;

	private final HttpClient http;

	private final Map<String, String> tokens;

	private final AtomicInteger waited = new AtomicInteger();

	/** Makes the idempotency key of what is said where. */
	private final UnaryOperator<String> keys;

	Api(URI portal, URI issuer) {
		this(portal, issuer,
				HttpClient.newBuilder()
					.version(HttpClient.Version.HTTP_1_1)
					.connectTimeout(Duration.ofSeconds(5))
					.build(),
				new ConcurrentHashMap<>(), (said) -> UUID.randomUUID().toString());
	}

	private Api(URI portal, URI issuer, HttpClient http, Map<String, String> tokens, UnaryOperator<String> keys) {
		this.portal = portal;
		this.issuer = issuer;
		this.http = http;
		this.tokens = tokens;
		this.keys = keys;
	}

	/**
	 * The same API for somebody who has a script: the same thing said to the same
	 * resource again in the same script is done once.
	 * @param script which
	 */
	Api saying(String script) {
		return new Api(this.portal, this.issuer, this.http, this.tokens,
				(said) -> UUID.nameUUIDFromBytes((script + "\n" + said).getBytes(StandardCharsets.UTF_8)).toString());
	}

	/**
	 * The API for somebody who is logged in.
	 * @param login one of the demo issuer's, such as {@code forfattare-0180}
	 */
	As as(String login) {
		return new As(login);
	}

	/** The API for anybody. */
	As anybody() {
		return new As(null);
	}

	private String token(String login) {
		return this.tokens.computeIfAbsent(login, (name) -> {
			HttpRequest request = HttpRequest.newBuilder(this.issuer.resolve("/oauth2/token"))
				.timeout(ANSWER)
				.header("Authorization",
						"Basic " + Base64.getEncoder()
							.encodeToString((name + ":demo").getBytes(StandardCharsets.UTF_8)))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString("grant_type=client_credentials"))
				.build();
			Answer answer = send(request);
			if (answer.status() != 200) {
				throw new UnexpectedAnswerException(name, "asking for a token", answer);
			}
			return answer.text("access_token");
		});
	}

	private Answer send(HttpRequest request) {
		try {
			HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
			String type = response.headers().firstValue("Content-Type").orElse("");
			JsonNode body = type.contains("json") ? JSON.readTree(response.body()) : JSON.missingNode();
			return new Answer(response.statusCode(), response.headers().firstValue("ETag").orElse(null),
					response.headers().firstValue("Location").orElse(null), body);
		}
		catch (IOException ex) {
			throw new UnexpectedAnswerException(request.method() + " " + request.uri() + " was not answered", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Whether the platform says that waiting helps: what another service told has not
	 * arrived yet, or a service is away. Nobody else is waiting, so it is asked again
	 * sooner than it says.
	 */
	private static boolean asksToWait(Answer answer) {
		return answer.status() == 429 || answer.status() == 503
				|| (answer.status() == 409 && answer.problem().equals("inte-framme"));
	}

	/**
	 * Besides, a service that has not yet heard what another told refuses by what it
	 * knows: the need is not screened, the hand-off is another agency's.
	 */
	private static boolean mayYetBeAccepted(Answer answer) {
		return asksToWait(answer) || Set.of(403, 404, 409).contains(answer.status());
	}

	/** How many times somebody had to ask again. */
	int waited() {
		return this.waited.get();
	}

	@Override
	public void close() {
		this.http.close();
	}

	/**
	 * The API for one caller.
	 */
	final class As {

		private final @Nullable String login;

		private As(@Nullable String login) {
			this.login = login;
		}

		/**
		 * Acts, and expects it to be accepted.
		 * @param path the resource, without {@code /api/v1}
		 * @param body what to say
		 * @return the answer, 200 or 201
		 */
		Answer post(String path, Object body) {
			return accepted("POST " + path, posting(path, body));
		}

		/** Acts, whatever the answer. */
		Answer tryPost(String path, Object body) {
			return answered(posting(path, body));
		}

		/**
		 * Acts, whatever the answer.
		 * @param key said again with the same key, it is done once
		 */
		Answer tryPost(String path, String json, String key) {
			return answered(posting(path, json, key));
		}

		private HttpRequest posting(String path, Object body) {
			String json = JSON.writeValueAsString(body);
			return posting(path, json, Api.this.keys.apply("POST " + path + "\n" + json));
		}

		private HttpRequest posting(String path, String json, String key) {
			return request(path).header("Idempotency-Key", key)
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(json))
				.build();
		}

		/** Changes what one has seen in a version, and expects it to be accepted. */
		Answer put(String path, Object body, @Nullable String eTag) {
			return accepted("PUT " + path, putting(path, body, eTag));
		}

		/** Changes, whatever the answer. */
		Answer tryPut(String path, Object body, @Nullable String eTag) {
			return answered(putting(path, body, eTag));
		}

		private HttpRequest putting(String path, Object body, @Nullable String eTag) {
			String json = JSON.writeValueAsString(body);
			HttpRequest.Builder request = request(path)
				.header("Idempotency-Key", Api.this.keys.apply("PUT " + path + "\n" + json))
				.header("Content-Type", "application/json");
			if (eTag != null) {
				request.header("If-Match", eTag);
			}
			return request.PUT(BodyPublishers.ofString(json)).build();
		}

		/** Reads one thing, which must be there. */
		Answer get(String path) {
			return accepted("GET " + path, request(path).GET().build());
		}

		/** Reads, whatever the answer. */
		Answer tryGet(String path) {
			return answered(request(path).GET().build());
		}

		/** Reads a whole list, page by page. */
		List<JsonNode> list(String path) {
			List<JsonNode> items = new ArrayList<>();
			String separator = path.contains("?") ? "&" : "?";
			String next = "";
			do {
				Answer page = get(path + separator + "limit=100" + next);
				items.addAll(page.list("items"));
				next = "&cursor=" + page.text("next");
			}
			while (!next.equals("&cursor="));
			return items;
		}

		/**
		 * Reads a whole list when it has become as it should be.
		 * @throws IllegalStateException when it has not after a while
		 */
		List<JsonNode> listWhen(String path, Predicate<List<JsonNode>> asItShould) {
			long deadline = System.nanoTime() + PATIENCE.toNanos();
			List<JsonNode> items = list(path);
			while (!asItShould.test(items)) {
				if (System.nanoTime() > deadline) {
					throw new IllegalStateException(path + " is not as it should be: " + items);
				}
				pause();
				items = list(path);
			}
			return items;
		}

		private HttpRequest.Builder request(String path) {
			HttpRequest.Builder request = HttpRequest.newBuilder(Api.this.portal.resolve("/api/v1" + path))
				.timeout(ANSWER)
				.header("Accept", "application/json");
			if (this.login != null) {
				request.header("Authorization", "Bearer " + token(this.login));
			}
			return request;
		}

		private Answer accepted(String what, HttpRequest request) {
			Answer answer = patiently(request, Api::mayYetBeAccepted);
			if (answer.status() != 200 && answer.status() != 201) {
				throw new UnexpectedAnswerException((this.login != null) ? this.login : "anybody", what, answer);
			}
			return answer;
		}

		private Answer answered(HttpRequest request) {
			return patiently(request, Api::asksToWait);
		}

		private Answer patiently(HttpRequest request, Predicate<Answer> worthWaiting) {
			long deadline = System.nanoTime() + PATIENCE.toNanos();
			Answer answer = send(request);
			if (worthWaiting.test(answer)) {
				Api.this.waited.incrementAndGet();
			}
			while (worthWaiting.test(answer) && System.nanoTime() < deadline) {
				pause();
				answer = send(request);
			}
			return answer;
		}

		private static void pause() {
			try {
				Thread.sleep(200);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}

	}

}
