package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everybody who acts at a standalone through its public API, each with a token of its
 * demo issuer. What another service has told may be on its way, so whoever is refused by
 * that asks again.
 */
final class Actors implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** So long something may be on its way. */
	private static final Duration PATIENCE = Duration.ofMinutes(3);

	/** What waiting may help against. */
	private static final Set<Integer> LATER = Set.of(403, 404, 409, 429, 503);

	private final URI portal;

	private final Http http;

	private final Map<String, String> tokens = new ConcurrentHashMap<>();

	private final AtomicInteger asked = new AtomicInteger();

	private final AtomicInteger again = new AtomicInteger();

	Actors(URI portal) {
		this.portal = portal;
		this.http = new Http(portal);
	}

	/** How many requests were answered as they should be. */
	int asked() {
		return this.asked.get();
	}

	/** How many of them had to be sent more than once. */
	int again() {
		return this.again.get();
	}

	/** Acts; gives the answer's body. */
	JsonNode post(String login, String path, Object body) throws IOException, InterruptedException {
		return send("POST", login, path, JSON.writeValueAsString(body), UUID.randomUUID().toString());
	}

	/** Acts; gives the id of what was made or changed. */
	String id(String login, String path, Object body) throws IOException, InterruptedException {
		return post(login, path, body).path("id").asString("");
	}

	JsonNode get(String login, String path) throws IOException, InterruptedException {
		return send("GET", login, path, null, "");
	}

	private JsonNode send(String method, String login, String path, @Nullable String body, String key)
			throws IOException, InterruptedException {
		long until = System.nanoTime() + PATIENCE.toNanos();
		for (boolean first = true;; first = false) {
			String token = token(login);
			String said;
			try {
				Http.Answer answer = (body != null)
						? this.http.send(method, "/api/v1" + path, token, body, "Idempotency-Key", key, "Accept",
								"application/json")
						: this.http.send(method, "/api/v1" + path, token, null, "Accept", "application/json");
				if (answer.status() == 200 || answer.status() == 201) {
					this.asked.incrementAndGet();
					return answer.json();
				}
				said = answer.status() + " " + answer.text();
				if (answer.status() == 401) {
					this.tokens.remove(login);
				}
				else if (!LATER.contains(answer.status())) {
					throw new IllegalStateException(login + ", " + method + " " + path + ": " + said);
				}
			}
			catch (IOException ex) {
				// The key makes it once, however often it is said.
				said = ex.toString();
			}
			if (System.nanoTime() > until) {
				throw new IllegalStateException(login + " gives up " + method + " " + path + ": " + said);
			}
			if (first) {
				this.again.incrementAndGet();
			}
			TimeUnit.MILLISECONDS.sleep(100);
		}
	}

	private String token(String login) throws IOException {
		String known = this.tokens.get(login);
		if (known == null) {
			known = Servers.token(this.portal, login);
			this.tokens.put(login, known);
		}
		return known;
	}

	/** Something to do for one of many. */
	@FunctionalInterface
	interface Doing<T> {

		void with(T one) throws Exception;

	}

	/** Does it for each, so many at once; ends when all is done, or with what failed. */
	static <T> void each(int many, Collection<T> all, Doing<T> what) throws Exception {
		try (ExecutorService threads = Executors.newFixedThreadPool(many, Thread.ofVirtual().factory())) {
			List<Callable<Boolean>> tasks = new ArrayList<>();
			all.forEach((one) -> tasks.add(() -> {
				what.with(one);
				return true;
			}));
			for (Future<Boolean> task : threads.invokeAll(tasks)) {
				task.get();
			}
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	@Override
	public void close() throws IOException {
		this.http.close();
	}

}
