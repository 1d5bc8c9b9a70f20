package se.lokalabehov.authorisation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is answered when it is allowed, by the row's name ({@code bodies.json}): at least
 * one row of every endpoint. Identifiers, times, days and hashes are masked, lists are in
 * any order. {@code "..."} in an expected list or object, or at the end of a text, says
 * that more may follow. What was answered is written to
 * {@code target/authorisation-bodies.json}: to be read, and taken over where it is right.
 */
final class Bodies {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String MORE = "...";

	private static final Pattern ID = Pattern.compile(
			"(cycle|need|regional|national|round|note|record|follow-up|clarification|custody|source|import|webhook|test)-[0-9a-f]{24}");

	private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z");

	private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

	private static final Pattern SWEDISH_DAY = Pattern.compile(
			"\\d{1,2} (januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december) \\d{4}");

	private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

	private final JsonNode expected;

	private final Map<String, JsonNode> answered = new TreeMap<>();

	Bodies() {
		try (InputStream bodies = Objects.requireNonNull(Bodies.class.getResourceAsStream("bodies.json"))) {
			this.expected = JSON.readTree(bodies);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The rows that something is expected of. */
	Set<String> rows() {
		return Set.copyOf(this.expected.propertyNames());
	}

	/**
	 * Compares an answer, where one is expected.
	 * @return what is wrong, empty when nothing is
	 */
	List<String> compare(String row, Calls.Answer answer) {
		JsonNode masked = masked(answer.json().isMissingNode()
				? JsonNodeFactory.instance.stringNode(words(answer.text())) : answer.json());
		this.answered.put(row, masked);
		return (!this.expected.has(row) || matches(this.expected.path(row), masked)) ? List.of()
				: List.of("the body is " + masked + ", expected is " + this.expected.path(row));
	}

	/** Writes down what was answered, a line for each row. */
	void write() {
		try {
			Files.writeString(Path.of("target", "authorisation-bodies.json"), this.answered.entrySet()
				.stream()
				.map((row) -> JSON.writeValueAsString(row.getKey()) + ": " + JSON.writeValueAsString(row.getValue()))
				.collect(Collectors.joining(",\n", "{\n", "\n}\n")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A page without its markup. */
	private static String words(String text) {
		return text.replaceAll("(?s)<[^>]*>", " ").replaceAll("\\s+", " ").strip();
	}

	private static JsonNode masked(JsonNode node) {
		if (node.isObject()) {
			ObjectNode masked = JsonNodeFactory.instance.objectNode();
			node.properties().forEach((field) -> masked.set(masked(field.getKey()), masked(field.getValue())));
			return masked;
		}
		if (node.isArray()) {
			ArrayNode masked = JsonNodeFactory.instance.arrayNode();
			node.valueStream()
				.map(Bodies::masked)
				.sorted(Comparator.comparing(JsonNode::toString))
				.forEach(masked::add);
			return masked;
		}
		return node.isString() ? JsonNodeFactory.instance.stringNode(masked(node.asString())) : node;
	}

	private static String masked(String text) {
		String masked = ID.matcher(text).replaceAll("<$1>");
		masked = TIME.matcher(masked).replaceAll("<time>");
		masked = DAY.matcher(masked).replaceAll("<day>");
		masked = SWEDISH_DAY.matcher(masked).replaceAll("<day>");
		return HASH.matcher(masked).replaceAll("<hash>");
	}

	private static boolean matches(JsonNode expected, JsonNode actual) {
		if (expected.isObject() && actual.isObject()) {
			boolean more = expected.has(MORE);
			return expected.propertyStream()
				.filter((field) -> !field.getKey().equals(MORE))
				.allMatch((field) -> matches(field.getValue(), actual.path(field.getKey())))
					&& (more || expected.size() == actual.size());
		}
		if (expected.isArray() && actual.isArray()) {
			List<JsonNode> wanted = expected.valueStream().filter((one) -> !one.asString("").equals(MORE)).toList();
			boolean more = wanted.size() < expected.size();
			return wanted.stream().allMatch((one) -> actual.valueStream().anyMatch((there) -> matches(one, there)))
					&& (more || wanted.size() == actual.size());
		}
		if (expected.isString() && actual.isString() && expected.asString().endsWith(MORE)) {
			String begins = expected.asString();
			return actual.asString().startsWith(begins.substring(0, begins.length() - MORE.length()));
		}
		return expected.equals(actual);
	}

}
