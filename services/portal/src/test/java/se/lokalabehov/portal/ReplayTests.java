package se.lokalabehov.portal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.WireName;
import se.lokalabehov.eventing.ForeignEvents;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Backends;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The trace is built from the topics alone: emptied and rebuilt, or told twice and in any
 * order across keys, it is the same to the last field, and any change of any event is
 * seen.
 */
class ReplayTests {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final int KEYS = 1400;

	private static final ForeignEvents services = new ForeignEvents(Backends.shared().bootstrapServers());

	record Golden(Topic<?> topic, String type, String data) {

		@Override
		public String toString() {
			return this.type;
		}

	}

	/** One aggregate's story. */
	record Told(Topic<?> topic, String key, List<Golden> events) {
	}

	@BeforeAll
	static void nothing() {
		assertThat(goldens()).isNotEmpty();
	}

	@AfterAll
	static void stop() {
		services.close();
	}

	@Test
	void tenThousandEventsGiveTheSameTraceHoweverTheyAreRead() {
		List<Told> all = stories();
		int events = all.stream().mapToInt((told) -> told.events().size()).sum();
		assertThat(events).isGreaterThanOrEqualTo(10_000);
		try (RunningService first = portal()) {
			all.forEach(ReplayTests::tell);
			services.flush();
			// Everything once more, shuffled across keys.
			List<Told> shuffled = new ArrayList<>(all);
			Collections.shuffle(shuffled, new Random(20261122));
			shuffled.forEach(ReplayTests::tell);
			services.flush();
			Caller operator = operator(first);
			awaitAll(first, all);
			Map<String, String> lived = hashes(operator);

			// Emptied and rebuilt by the operator: compared over every field of every
			// document.
			Caller.Answer rebuilt = operator.post("/actuator/eventing", Map.of("action", "rebuild", "target", "*"));
			assertThat(rebuilt.body().path("projections")).hasSize(lived.size())
				.allSatisfy((one) -> assertThat(one.path("identical").asBoolean(false)).as(one.toString()).isTrue());
			assertThat(hashes(operator)).isEqualTo(lived);

			// And from nothing, in an empty store.
			try (RunningService second = portal()) {
				Caller other = operator(second);
				awaitAll(second, all);
				assertThat(hashes(other)).isEqualTo(lived);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("goldens")
	void anyChangeOfAnyEventIsSeen(Golden golden) {
		if (golden.topic().equals(Topics.DIRECTORY)) {
			// The directory stands in no trace.
			return;
		}
		Node told = node(golden, golden.data());
		for (ObjectNode changed : changes((ObjectNode) JSON.readTree(golden.data()))) {
			assertThat(node(golden, changed.toString())).isNotEqualTo(told);
		}
	}

	private static Node node(Golden golden, String data) {
		return Node.after(null, services.envelope(golden.topic(), "replay-1", 1, golden.type(), data));
	}

	/** The same event with one text or number changed, for each of them. */
	private static List<ObjectNode> changes(ObjectNode event) {
		List<ObjectNode> changes = new ArrayList<>();
		for (int i = 0; i < places(event).size(); i++) {
			ObjectNode copy = event.deepCopy();
			if (places(copy).get(i).getAsBoolean()) {
				changes.add(copy);
			}
		}
		return changes;
	}

	/** Every place where a value can be changed; says whether it was. */
	private static List<java.util.function.BooleanSupplier> places(JsonNode node) {
		List<java.util.function.BooleanSupplier> places = new ArrayList<>();
		if (node instanceof ObjectNode object) {
			object.propertyNames().forEach((name) -> {
				JsonNode value = object.get(name);
				if (value.isString() && value.asString().contains("skrivet")) {
					places.add(() -> object.put(name, value.asString() + " ändrad").has(name));
				}
				else if (value.isInt()) {
					places.add(() -> object.put(name, value.asInt() + 1).has(name));
				}
				places.addAll(places(value));
			});
		}
		else if (node instanceof ArrayNode array) {
			array.forEach((value) -> places.addAll(places(value)));
		}
		return places;
	}

	private static List<Told> stories() {
		Map<String, List<Golden>> byTopic = new TreeMap<>();
		goldens().forEach(
				(golden) -> byTopic.computeIfAbsent(golden.topic().name(), (name) -> new ArrayList<>()).add(golden));
		List<List<Golden>> topics = List.copyOf(byTopic.values());
		List<Told> stories = new ArrayList<>();
		String run = UUID.randomUUID().toString().substring(0, 8);
		for (int i = 0; i < KEYS; i++) {
			List<Golden> events = topics.get(i % topics.size());
			int times = (events.size() < 6) ? 3 : 1;
			List<Golden> told = new ArrayList<>();
			Collections.nCopies(times, events).forEach(told::addAll);
			stories.add(new Told(events.getFirst().topic(), "replay-" + run + "-" + i, told));
		}
		return stories;
	}

	private static void tell(Told told) {
		for (int i = 0; i < told.events().size(); i++) {
			services.publish(told.topic(), told.key(), i + 1, told.events().get(i).type(), told.events().get(i).data());
		}
	}

	private static void awaitAll(RunningService portal, List<Told> all) {
		long expected = all.stream()
			.filter((told) -> !told.topic().equals(Topics.DIRECTORY))
			.mapToInt((told) -> told.events().size())
			.sum();
		Told last = all.stream()
			.filter((told) -> told.topic().equals(Topics.AREA))
			.reduce((one, two) -> two)
			.orElseThrow();
		Caller skr = portal.as("SKR", Role.SKR_COMPILER);
		Caller operator = operator(portal);
		Awaitility.await()
			.untilAsserted(() -> assertThat(skr.get("/api/v1/traces/" + last.key()).status()).isEqualTo(200));
		// The same hash twice in a row: nothing is on its way any more.
		Map<String, String> earlier = new HashMap<>();
		Awaitility.await().pollInterval(java.time.Duration.ofSeconds(1)).until(() -> {
			Map<String, String> now = hashes(operator);
			boolean still = now.equals(earlier);
			earlier.clear();
			earlier.putAll(now);
			return still;
		});
		assertThat(expected).isPositive();
	}

	private static Map<String, String> hashes(Caller operator) {
		Map<String, String> hashes = new TreeMap<>();
		operator.get("/actuator/eventing?hashes=true")
			.body()
			.path("projections")
			.forEach(
					(projection) -> hashes.put(projection.path("name").asString(), projection.path("hash").asString()));
		return hashes;
	}

	private static Caller operator(RunningService portal) {
		return portal.as("SKR", Role.ADMINISTRATOR);
	}

	private static RunningService portal() {
		return RunningService.start("portal", PortalApplication.class);
	}

	static List<Golden> goldens() {
		return Topics.all()
			.stream()
			.flatMap((topic) -> leaves(topic.events())
				.map((type) -> Objects.requireNonNull(type.getAnnotation(WireName.class)).value())
				.map((type) -> new Golden(topic, type, golden(topic, type))))
			.toList();
	}

	private static Stream<Class<?>> leaves(Class<?> type) {
		return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(ReplayTests::leaves)
				: Stream.of(type);
	}

	private static String golden(Topic<?> topic, String type) {
		String name = "events/" + topic.shortName() + "/" + type + ".json";
		try (InputStream found = ReplayTests.class.getClassLoader().getResourceAsStream(name)) {
			return new String(Objects.requireNonNull(found, name).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
