package se.lokalabehov.crash;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that writes down what it sees, through crashes and restarts.
 */
final class Client {

	/** This story can not go on: something it needs is unknown or was refused. */
	static final class Abandoned extends Exception {

		private static final long serialVersionUID = 1L;

		Abandoned(String why) {
			super(why);
		}

	}

	/** Hears of every acknowledgement. */
	interface Heard {

		/** What was changed, and how long it took since it was sent. */
		void of(String id, long nanos);

	}

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final Duration PAUSE = Duration.ofMillis(150);

	private final URI portal;

	private final URI issuer;

	private final Journal journal;

	private final Random random;

	private final Map<String, String> tokens = new ConcurrentHashMap<>();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(2))
		.build();

	private final Heard heard;

	private volatile boolean stopped;

	private volatile boolean resting;

	Client(int portal, Journal journal, long seed) {
		this(portal, journal, seed, (id, nanos) -> {
		});
	}

	Client(int portal, Journal journal, long seed, Heard heard) {
		this.heard = heard;
		this.portal = URI.create("http://localhost:" + portal);
		this.issuer = URI.create("http://localhost:" + (portal + Child.ISSUER));
		this.journal = journal;
		this.random = new Random(seed);
	}

	void stop() {
		this.stopped = true;
	}

	/** Begins nothing new while it rests. */
	void rest(boolean now) {
		this.resting = now;
	}

	boolean isStopped() {
		return this.stopped;
	}

	Random random() {
		return this.random;
	}

	/** Sends a command until it is acknowledged; gives the id of what it changed. */
	String post(String login, String path, Object body) throws Abandoned {
		return command(login, "POST", path, body, null).path("id").asString("");
	}

	/** The same with what is expected to be there. */
	void put(String login, String path, Object body, String versionOf) throws Abandoned {
		command(login, "PUT", path, body, versionOf);
	}

	private JsonNode command(String login, String method, String path, Object body, @Nullable String versionOf)
			throws Abandoned {
		String key = UUID.randomUUID().toString();
		String kind = method + " " + path.replaceAll(
				"/(cycle|need|regional|national|round|note|record|follow-up|clarification)-[0-9a-f]{24}[^/]*", "/{id}");
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		boolean unknown = false;
		while (System.nanoTime() < deadline && !this.stopped) {
			if (this.resting) {
				pause();
				deadline += PAUSE.toNanos();
				continue;
			}
			HttpRequest.Builder request = HttpRequest.newBuilder(this.portal.resolve("/api/v1" + path))
				.timeout(Duration.ofSeconds(15))
				.header("Authorization", "Bearer " + token(login))
				.header("Content-Type", "application/json")
				.header("Idempotency-Key", key);
			if (versionOf != null) {
				request.header("If-Match", "\"" + read(login, versionOf).version() + "\"");
			}
			this.journal.inFlight().incrementAndGet();
			long sent = System.nanoTime();
			HttpResponse<String> answer;
			try {
				answer = this.http.send(
						request.method(method, BodyPublishers.ofString(JSON.writeValueAsString(body))).build(),
						BodyHandlers.ofString());
			}
			catch (ConnectException ex) {
				// Nobody was there to take it: it was never sent.
				pause();
				continue;
			}
			catch (IOException ex) {
				if (!unknown) {
					unknown = true;
					this.journal.count("unknown " + kind);
				}
				if (this.random.nextInt(3) == 0) {
					// Left as it is: wholly there or not at all.
					throw new Abandoned("unknown: " + kind);
				}
				pause();
				continue;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new Abandoned("interrupted");
			}
			finally {
				this.journal.inFlight().decrementAndGet();
			}
			JsonNode said = answer.body().startsWith("{") ? JSON.readTree(answer.body()) : JSON.createObjectNode();
			if (answer.statusCode() == 200 || answer.statusCode() == 201) {
				this.heard.of(said.path("id").asString(""), System.nanoTime() - sent);
				this.journal.acknowledge(kind, said.path("id").asString(""), said.path("version").asLong(-1));
				return said;
			}
			boolean later = answer.statusCode() >= 500 || answer.statusCode() == 401
					|| (answer.statusCode() == 409 && (said.path("type").asString("").endsWith("/inte-framme")
							|| said.path("type").asString("").endsWith("/omgangen-ej-oppen")
							|| said.path("type").asString("").endsWith("/ej-mottaget")
							|| said.path("type").asString("").endsWith("/upptaget")));
			if (answer.statusCode() == 401) {
				this.tokens.remove(login);
			}
			if (!later) {
				this.journal.count("refused " + kind + " " + answer.statusCode() + " "
						+ said.path("type").asString("").replaceAll(".*/", ""));
				throw new Abandoned(kind + ": " + answer.statusCode() + " " + answer.body());
			}
			pause();
		}
		throw new Abandoned("gave up: " + kind);
	}

	/** Sends a ballot; what it said is remembered only when that is certain. */
	void ballot(String login, String round, String seat, Map<String, Object> body, String ranking) throws Abandoned {
		String name = round + "/" + seat;
		this.journal.ballots().remove(name);
		post(login, "/prioritisation-rounds/" + round + "/ballots", body);
		this.journal.ballots().put(name, ranking);
	}

	record Read(long version, JsonNode body) {
	}

	/** Reads something that must come to be there. */
	Read read(String login, String path) throws Abandoned {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < deadline && !this.stopped) {
			try {
				HttpResponse<String> answer = this.http
					.send(HttpRequest.newBuilder(this.portal.resolve("/api/v1" + path))
						.timeout(Duration.ofSeconds(15))
						.header("Authorization", "Bearer " + token(login))
						.build(), BodyHandlers.ofString());
				if (answer.statusCode() == 200) {
					String tag = answer.headers().firstValue("ETag").orElse("\"0\"").replace("\"", "");
					return new Read(tag.matches("[0-9]+") ? Long.parseLong(tag) : 0, JSON.readTree(answer.body()));
				}
			}
			catch (IOException ex) {
				this.journal.count("unread");
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new Abandoned("interrupted");
			}
			pause();
		}
		throw new Abandoned("not there: " + path);
	}

	private String token(String login) throws Abandoned {
		String known = this.tokens.get(login);
		if (known != null) {
			return known;
		}
		while (!this.stopped) {
			try {
				HttpResponse<String> answer = this.http
					.send(HttpRequest.newBuilder(this.issuer.resolve("/oauth2/token"))
						.timeout(Duration.ofSeconds(15))
						.header("Authorization",
								"Basic " + Base64.getEncoder()
									.encodeToString((login + ":demo").getBytes(StandardCharsets.UTF_8)))
						.header("Content-Type", "application/x-www-form-urlencoded")
						.POST(BodyPublishers.ofString("grant_type=client_credentials"))
						.build(), BodyHandlers.ofString());
				if (answer.statusCode() == 200) {
					String token = JSON.readTree(answer.body()).path("access_token").asString("");
					this.tokens.put(login, token);
					return token;
				}
			}
			catch (IOException ex) {
				this.journal.count("no token");
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new Abandoned("interrupted");
			}
			pause();
		}
		throw new Abandoned("stopped");
	}

	/** Tells one story after the other until it is stopped. */
	void tellOn() {
		while (!this.stopped) {
			try {
				new Story(this).tell();
				this.journal.count("stories told to the end");
			}
			catch (Abandoned ex) {
				this.journal.count("stories abandoned");
			}
		}
	}

	static void pause() {
		try {
			Thread.sleep(PAUSE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
