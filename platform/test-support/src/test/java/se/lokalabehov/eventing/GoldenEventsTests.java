package se.lokalabehov.eventing;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import se.lokalabehov.contracts.FreeText;
import se.lokalabehov.contracts.Redaction;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One golden per event version, kept for ever (house.md): today's code reads what was
 * ever written, and yesterday's code reads what is written today, because fields are only
 * added and unknown ones passed over. {@code -Dgoldens.write=true} writes the goldens of
 * new events; an existing one is never written over.
 */
class GoldenEventsTests {

	private static final JsonMapper JSON = new JsonMapper();

	private final Codec codec = new Codec();

	record Kind(Topic<?> topic, Class<?> type) {

		String wireName() {
			return Codec.wireName(this.type);
		}

		String resource() {
			return "events/" + this.topic.shortName() + "/" + wireName() + ".json";
		}

		@Override
		public String toString() {
			return wireName();
		}

	}

	private static final Path GOLDENS = Path.of("../contracts/src/main/resources/events");

	static Stream<Kind> kinds() {
		return Topics.all()
			.stream()
			.flatMap((topic) -> Codec.leaves(topic.events()).map((type) -> new Kind(topic, type)));
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void todaysCodeReadsEveryGoldenAndLosesNothingOfIt(Kind kind) throws IOException {
		String golden = golden(kind);

		Object event = this.codec.event(kind.topic(), kind.wireName(), golden);

		assertThat(event).isInstanceOf(kind.type());
		assertThat(JSON.readTree(this.codec.data(event))).isEqualTo(JSON.readTree(golden));
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void aFieldThatComesLaterIsPassedOver(Kind kind) throws IOException {
		ObjectNode newer = (ObjectNode) JSON.readTree(golden(kind));
		newer.putObject("fromTheFuture").put("x", 1);

		Object event = this.codec.event(kind.topic(), kind.wireName(), newer.toString());

		assertThat(JSON.readTree(this.codec.data(event))).isEqualTo(JSON.readTree(golden(kind)));
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void everyComponentStandsInTheGoldenUnlessItIsOptional(Kind kind) throws IOException {
		JsonNode golden = JSON.readTree(golden(kind));
		// A required field that an older event lacks could not be read as what it is:
		// such a
		// change needs a new record with a new wire name.
		for (RecordComponent component : kind.type().getRecordComponents()) {
			if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
				assertThat(golden.has(component.getName())).as(component.getName()).isTrue();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void whatPeopleWroteIsBlankedByARedaction(Kind kind) throws IOException {
		Object event = this.codec.event(kind.topic(), kind.wireName(), golden(kind));
		String secret = "skrivet av en människa";
		if (event instanceof Redaction) {
			return;
		}
		String after = (event instanceof FreeText<?> text) ? this.codec.data(text.redacted()) : this.codec.data(event);
		assertThat(after).doesNotContain(secret);
		if (event instanceof FreeText<?>) {
			assertThat(after).contains(Wording.REDACTED);
		}
	}

	/**
	 * What was once published is in topics for ever: it is never changed and never taken
	 * away, also when nothing writes it any more. A new one is added to the list by
	 * {@code -Dgoldens.write=true}, which changes no line that is there.
	 */
	@Test
	void everyGoldenThatWasEverPublishedIsHereUnchangedAndStillRead() throws IOException {
		for (Kind kind : kinds().toList()) {
			golden(kind);
		}
		Map<String, String> goldens = new TreeMap<>();
		try (Stream<Path> files = Files.walk(GOLDENS)) {
			for (Path file : files.filter((one) -> one.toString().endsWith(".json")).toList()) {
				goldens.put(GOLDENS.relativize(file).toString(), Act.sha256(Files.readString(file)));
			}
		}
		Path list = GOLDENS.resolve("goldens.sha256");
		Map<String, String> published = new TreeMap<>();
		if (Files.exists(list)) {
			Files.readAllLines(list).forEach((line) -> published.put(line.substring(66), line.substring(0, 64)));
		}
		if (Boolean.getBoolean("goldens.write")) {
			goldens.forEach(published::putIfAbsent);
			Files.write(list,
					published.entrySet().stream().map((one) -> one.getValue() + "  " + one.getKey()).toList());
		}

		assertThat(goldens).as("the goldens, by the list of what was published").isEqualTo(published);
		assertThat(kinds().map((kind) -> kind.resource().substring("events/".length()))).as("today's code reads each")
			.containsAll(published.keySet());
	}

	@Test
	void noWireNameIsUsedTwiceAndEachNamesItsVersion() {
		List<String> names = kinds().map(Kind::wireName).toList();
		assertThat(names).doesNotHaveDuplicates().allMatch((name) -> name.matches("[a-z]+(-[a-z]+)*\\.v[1-9][0-9]*"));
	}

	private String golden(Kind kind) throws IOException {
		if (Boolean.getBoolean("goldens.write")) {
			Path file = Path.of("../contracts/src/main/resources", kind.resource());
			if (!Files.exists(file)) {
				Files.createDirectories(Objects.requireNonNull(file.getParent()));
				Files.writeString(file, JSON.writerWithDefaultPrettyPrinter()
					.writeValueAsString(JSON.readTree(this.codec.data(sample(kind.type(), "")))) + "\n");
			}
			return Files.readString(file);
		}
		try (InputStream found = getClass().getClassLoader().getResourceAsStream(kind.resource())) {
			assertThat(found).as("golden %s; make it with -Dgoldens.write=true", kind.resource()).isNotNull();
			return new String(Objects.requireNonNull(found).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** An event with something in every field. */
	private static Object sample(Type type, String name) {
		if (type instanceof ParameterizedType generic) {
			Type[] arguments = generic.getActualTypeArguments();
			return generic.getRawType().equals(List.class) ? List.of(sample(arguments[0], name))
					: Map.of(sample(arguments[0], name), sample(arguments[1], name));
		}
		Class<?> raw = (Class<?>) type;
		if (raw == String.class) {
			return switch (name) {
				case "area", "areas" -> "SBB";
				case "targetGroups" -> "BERO";
				case "needType" -> "METOD";
				case "supportWanted", "supportKind" -> "VAGLEDNING";
				case "vocabularyVersion", "registration", "method", "packageHash", "office", "seat", "group", "score",
						"item", "id", "language", "licence", "kind", "follows", "cause", "sha256" ->
					"text";
				default -> "skrivet av en människa";
			};
		}
		if (raw == int.class || raw == Integer.class) {
			return 2;
		}
		if (raw == long.class) {
			return 2L;
		}
		if (raw == boolean.class) {
			return true;
		}
		if (raw == Instant.class) {
			return Instant.parse("2026-01-31T12:30:00Z");
		}
		if (raw == LocalDate.class) {
			return LocalDate.of(2026, 1, 31);
		}
		if (raw.isEnum()) {
			return raw.getEnumConstants()[0];
		}
		try {
			RecordComponent[] components = raw.getRecordComponents();
			Object[] values = Arrays.stream(components)
				.map((component) -> se.lokalabehov.contracts.Id.class.isAssignableFrom(raw) ? "id-1"
						: sample(component.getGenericType(), component.getName()))
				.toArray();
			return raw
				.getDeclaredConstructor(
						Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
				.newInstance(values);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(raw + " " + name, ex);
		}
	}

}
