package se.lokalabehov.portal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What the pages ask of the services, and do there, through their HTTP API and as whoever
 * has logged in: a page has no power of its own.
 */
@Component
final class Services {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Duration BETWEEN = Duration.ofMillis(150);

	/** Some three seconds in all. */
	private static final int TRIES = 20;

	private final RestClient client;

	private final PortalProperties properties;

	private final GatewayConfiguration.Guards guards;

	Services(RestClient gatewayRestClient, PortalProperties properties, GatewayConfiguration.Guards guards) {
		this.client = gatewayRestClient;
		this.properties = properties;
		this.guards = guards;
	}

	/**
	 * What a service answered.
	 *
	 * @param status the HTTP status
	 * @param body JSON, missing when there was none
	 * @param version the entity tag, which an act that changes it must name
	 */
	record Answer(int status, JsonNode body, @Nullable String version) {

		boolean ok() {
			return this.status / 100 == 2;
		}

		/** The id of what was made or changed. */
		String id() {
			return this.body.path("id").asString("");
		}

		/**
		 * The code of the problem, such as {@code inte-framme}; empty when there is none.
		 */
		String problem() {
			return this.body.path("type").asString("").replaceFirst(".*/", "");
		}

		/** The things of a list. */
		List<JsonNode> items() {
			return this.body.path("items").valueStream().toList();
		}

		/** Where the list goes on, none when it does not. */
		@Nullable String next() {
			return this.body.path("next").asString(null);
		}

	}

	/**
	 * Reads.
	 * @param path from {@code /api/v1/} on; variables in braces are encoded
	 * @param variables one for each pair of braces
	 * @throws Away when the service does not answer, or can not: a page must not say that
	 * there is nothing where nothing could be read
	 */
	Answer get(String path, @Nullable Object... variables) {
		Address address = address(path, variables);
		Answer answer = call(HttpMethod.GET, address, null, null, null);
		if (answer.status() >= HttpStatus.INTERNAL_SERVER_ERROR.value()
				|| answer.status() == HttpStatus.TOO_MANY_REQUESTS.value()) {
			throw new Away(address.room());
		}
		return answer;
	}

	/**
	 * Reads a list page by page, at most so much of it.
	 * @param path with its query, which says how long a page is
	 * @param most no further page is read when there are so many
	 */
	List<JsonNode> all(String path, int most, Object... variables) {
		Answer page = get(path, variables);
		List<JsonNode> all = new ArrayList<>(page.items());
		for (String next = page.next(); next != null && all.size() < most; next = page.next()) {
			List<Object> further = new ArrayList<>(List.of(variables));
			further.add(next);
			page = get(path + "&cursor={cursor}", further.toArray());
			all.addAll(page.items());
		}
		return all;
	}

	/** Reads one thing, none when it is not there for whoever asks. */
	Optional<Answer> find(String path, Object... variables) {
		return Optional.of(get(path, variables)).filter(Answer::ok);
	}

	/**
	 * Acts. What another service has told may still be on its way: then it is tried again
	 * for some seconds.
	 * @param key the form's; the same one does nothing twice
	 * @param path from {@code /api/v1/} on
	 * @param body records, maps and lists
	 * @throws Away when the service does not answer
	 */
	Answer post(String key, String path, Object body, Object... variables) {
		return act(HttpMethod.POST, address(path, variables), key, null, body);
	}

	/**
	 * Changes.
	 * @param version what the form was made of; 412 when that is no longer so
	 */
	Answer put(String key, String version, String path, Object body, Object... variables) {
		return act(HttpMethod.PUT, address(path, variables), key, version, body);
	}

	/**
	 * Sends something that is no JSON: a file, a table.
	 * @param confirmed whether somebody has said that what looks like a personal number
	 * is none
	 */
	Answer send(String key, String path, MediaType type, Resource content, boolean confirmed, Object... variables) {
		return call(HttpMethod.POST, address(path, variables), key, null, new Sent(type, content, confirmed));
	}

	/**
	 * Acts or changes, when somebody was asked about what looks like a personal number.
	 */
	Answer confirmed(boolean confirmed, HttpMethod method, String key, @Nullable String version, String path,
			Object body, Object... variables) {
		return act(method, address(path, variables), key, version, body, confirmed);
	}

	private Answer act(HttpMethod method, Address address, String key, @Nullable String version, Object body) {
		return act(method, address, key, version, body, false);
	}

	private Answer act(HttpMethod method, Address address, String key, @Nullable String version, Object body,
			boolean confirmed) {
		Sent json = new Sent(MediaType.APPLICATION_JSON, JSON.writeValueAsString(body), confirmed);
		Answer answer = call(method, address, key, version, json);
		for (int i = 0; i < TRIES && answer.problem().equals("inte-framme"); i++) {
			pause();
			answer = call(method, address, key, version, json);
		}
		return answer;
	}

	/** What is sent. */
	private record Sent(MediaType type, Object content, boolean confirmed) {
	}

	private static void pause() {
		try {
			Thread.sleep(BETWEEN);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Answer call(HttpMethod method, Address address, @Nullable String key, @Nullable String version,
			@Nullable Sent sent) {
		@Nullable String token = token();
		Callable<Answer> call = () -> {
			RestClient.RequestBodySpec request = this.client.method(method)
				.uri(this.properties.address(address.room()).resolve(address.path()))
				.accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON);
			if (token != null) {
				request.headers((headers) -> headers.setBearerAuth(token));
			}
			if (key != null) {
				request.header("Idempotency-Key", key);
			}
			if (version != null) {
				request.header(HttpHeaders.IF_MATCH, version);
			}
			if (sent != null) {
				request.contentType(sent.type()).body(sent.content());
				if (sent.confirmed()) {
					request.header("X-Confirm-No-Personal-Data", "true");
				}
			}
			return request.exchange((asked, response) -> read(response));
		};
		try {
			// An act carries its key, so once more is harmless.
			Guard guard = this.guards.of(address.room());
			return (sent != null && sent.content() instanceof Resource) ? guard.upload(call) : guard.call(true, call);
		}
		catch (Guard.Away | CallNotPermittedException ex) {
			throw new Away(address.room());
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable String token() {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof LoggedIn who) ? who.accessToken()
				: null;
	}

	private static Answer read(ClientHttpResponse response) throws IOException {
		byte[] bytes = response.getBody().readAllBytes();
		JsonNode body;
		try {
			body = (bytes.length > 0) ? JSON.readTree(bytes) : MissingNode.getInstance();
		}
		catch (JacksonException ex) {
			body = MissingNode.getInstance();
		}
		return new Answer(response.getStatusCode().value(), body, response.getHeaders().getETag());
	}

	/**
	 * Acts in the operator's window of a service (platform/eventing).
	 * @param body with {@code action} and {@code target}
	 */
	Answer operate(Room room, Object body) {
		return call(HttpMethod.POST, new Address(room, "/actuator/eventing"), null, null,
				new Sent(MediaType.APPLICATION_JSON, JSON.writeValueAsString(body), false));
	}

	/**
	 * Reads a file and passes it on as it comes.
	 * @param path from {@code /api/v1/} on
	 * @return whether it was there for whoever asks
	 */
	boolean file(String path, IoConsumer<InputStream> to, Object... variables) {
		Address address = address(path, variables);
		@Nullable String token = token();
		RestClient.RequestHeadersSpec<?> request = this.client.get()
			.uri(this.properties.address(address.room()).resolve(address.path()));
		if (token != null) {
			request.headers((headers) -> headers.setBearerAuth(token));
		}
		try {
			return Boolean.TRUE.equals(request.exchange((sent, response) -> {
				boolean there = response.getStatusCode().is2xxSuccessful();
				if (there) {
					to.accept(response.getBody());
				}
				return there;
			}));
		}
		catch (ResourceAccessException ex) {
			throw new Away(address.room());
		}
	}

	/**
	 * What reads or writes.
	 */
	interface IoConsumer<T> {

		void accept(T it) throws IOException;

	}

	private record Address(Room room, String path) {
	}

	private static Address address(String path, @Nullable Object... variables) {
		String resource = path.replaceFirst("[/?].*", "");
		Room room = Arrays.stream(Room.values())
			.filter((one) -> one.resources().contains(resource))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no service has " + resource));
		return new Address(room,
				UriComponentsBuilder.fromUriString("/api/v1/" + path).encode().buildAndExpand(variables).toUriString());
	}

	/**
	 * A service does not answer.
	 */
	static final class Away extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final Room room;

		Away(Room room) {
			super(room.service() + " is away", null, false, false);
			this.room = room;
		}

		Room room() {
			return this.room;
		}

	}

}
