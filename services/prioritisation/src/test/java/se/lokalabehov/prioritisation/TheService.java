package se.lokalabehov.prioritisation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Backends;
import se.lokalabehov.testsupport.Foreign;
import se.lokalabehov.testsupport.TestIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service as it is, on a real broker and store, called over HTTP; started once for
 * all tests.
 */
final class TheService implements AutoCloseable {

	static final String CYCLES = "/api/v1/cycles";

	static final String ROUNDS = "/api/v1/prioritisation-rounds";

	private final TestIssuer issuer = TestIssuer.start();

	private final HttpClient client = HttpClient.newBuilder()
		.executor(Executors.newVirtualThreadPerTaskExecutor())
		.build();

	private final JsonMapper json = new JsonMapper();

	private final ConfigurableApplicationContext context;

	private final String address;

	TheService() {
		Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
		Map<String, Object> properties = new HashMap<>(Backends.shared().properties("prioritisation"));
		properties.putAll(this.issuer.properties());
		properties.put("spring.config.name", "prioritisation");
		properties.put("spring.main.banner-mode", "off");
		this.context = new SpringApplicationBuilder(PrioritisationApplication.class, SettableClock.class)
			.run(properties.entrySet()
				.stream()
				.map((property) -> "--" + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new));
		this.address = "http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port");
		// Until the store is compared with its topics, whatever is commanded is put off.
		Awaitility.await()
			.until(() -> post(skr(), CYCLES,
					Map.of("area", "XYZ", "title", "T", "why", "W", "choosers", List.of("0180")))
				.status() == 400);
	}

	@Override
	public void close() {
		this.context.close();
		this.client.close();
		this.issuer.close();
	}

	/** What came back. */
	record Answer(int status, JsonNode body, String text, Map<String, List<String>> headers) {

		String id() {
			return this.body.path("id").asString();
		}

		String problem() {
			String type = this.body.path("type").asString();
			return type.substring(type.lastIndexOf('/') + 1);
		}

		String eTag() {
			return this.headers.getOrDefault("etag", List.of("")).getFirst();
		}

		Answer expecting(int status) {
			assertThat(this.status).as(this.text).isEqualTo(status);
			return this;
		}

	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@SuppressWarnings("unchecked")
	Aggregates<Round, RankingEvent> rounds() {
		return this.context.getBean("rounds", Aggregates.class);
	}

	String nobody() {
		return "";
	}

	String skr() {
		return this.issuer.token("SKR", Role.SKR_COMPILER);
	}

	String administrator() {
		return this.issuer.token("SKR", Role.ADMINISTRATOR);
	}

	String rss(String rss) {
		return this.issuer.token(rss, Role.RSS_COORDINATOR);
	}

	String chief(String municipality) {
		return this.issuer.token(municipality, Role.SOCIAL_CHIEF);
	}

	String author(String municipality) {
		return this.issuer.token(municipality, Role.MUNICIPALITY_AUTHOR);
	}

	Answer get(String token, String path) {
		return send(request(token, path).GET());
	}

	Answer post(String token, String path, Object body) {
		return post(token, path, body, UUID.randomUUID().toString());
	}

	Answer post(String token, String path, Object body, String key, String... headers) {
		HttpRequest.Builder request = request(token, path).header("Content-Type", "application/json")
			.header("Idempotency-Key", key);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.POST(BodyPublishers.ofString(this.json.writeValueAsString(body))));
	}

	private HttpRequest.Builder request(String token, String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.address + path));
		return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
	}

	private Answer send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
			JsonNode body = response.body().isEmpty() ? this.json.createObjectNode()
					: this.json.readTree(response.body());
			return new Answer(response.statusCode(), body, response.body(), response.headers().map());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** A cycle that SKR has opened, today. */
	String anOpenCycle() {
		String id = post(skr(), CYCLES,
				Map.of("area", "SBB", "title", "Skadligt bruk", "why", "Många frågar", "choosers", List.of("0180")))
			.expecting(201)
			.id();
		post(skr(), CYCLES + "/" + id + "/opening", Map.of("timetable", aTimetable())).expecting(200);
		return id;
	}

	static Map<String, String> aTimetable() {
		LocalDate today = CycleRules.day(Instant.now());
		Map<String, String> timetable = new LinkedHashMap<>();
		List.of("ANSWER", "DELIVER", "SCREEN", "RANK", "FEED_BACK")
			.forEach((step) -> timetable.put(step, today.plusDays(10L * (timetable.size() + 1)).toString()));
		return timetable;
	}

	/** National needs that an agency has found to be new. */
	List<String> nationalNeeds(String cycle, int count) {
		return IntStream.range(0, count).mapToObj((i) -> {
			String id = "national-" + UUID.randomUUID();
			Foreign.publish(Topics.COMPILATION, id, 1,
					new NationalNeedFormed(new CycleId(cycle), aWording(i), List.of()), "SKR");
			Foreign.publish(Topics.COMPILATION, id, 2, new NationalNeedScreened(Verdict.NEW, "Inget finns",
					new OrganisationId("SOS"), List.of(), LocalDate.of(2026, 1, 1), null), "SOS");
			return id;
		}).toList();
	}

	/** Regional needs of an RSS. */
	List<String> regionalNeeds(String cycle, String rss, int count) {
		return IntStream.range(0, count).mapToObj((i) -> {
			String id = "regional-" + UUID.randomUUID();
			Foreign.publish(Topics.NEED, id, 1,
					new RegionalNeedFormed(new CycleId(cycle), new OrganisationId(rss), aWording(i), List.of()), rss);
			return id;
		}).toList();
	}

	static Wording aWording(int number) {
		return new Wording("Behov nummer " + number, List.of("BERO"), "METOD", "Läget", "Frågan", "Följden", List.of());
	}

	static Map<String, Object> aRound(String cycle, String level, List<String> items, List<String> municipalities,
			Instant deadline) {
		Map<String, Object> round = new HashMap<>();
		round.put("level", level);
		round.put("cycle", cycle);
		round.put("title", "Prioritering");
		round.put("items", items);
		round.put("panel",
				municipalities.stream()
					.map((code) -> Map.of("seat", code, "organisation", code, "office", "Socialchef"))
					.toList());
		round.put("quorum", 2);
		round.put("deadline", deadline.toString());
		round.put("method", "borda");
		round.put("unranked", "LAST");
		return round;
	}

	/** Opens a round, as soon as its needs have arrived. */
	String open(String token, Map<String, Object> round) {
		return Awaitility.await()
			.until(() -> post(token, ROUNDS, round), (answer) -> !answer.problem().equals("inte-framme"))
			.expecting(201)
			.id();
	}

	Answer cast(String municipality, String round, List<List<String>> ranking) {
		return cast(municipality, round, municipality, ranking, List.of(), UUID.randomUUID().toString());
	}

	Answer cast(String municipality, String round, String seat, List<List<String>> ranking, List<String> conflicts,
			String key, String... headers) {
		return post(chief(municipality), ROUNDS + "/" + round + "/ballots",
				Map.of("seat", seat, "ranking", ranking, "conflicts", conflicts), key, headers);
	}

	static List<List<String>> order(List<String> items) {
		return items.stream().map(List::of).toList();
	}

}
