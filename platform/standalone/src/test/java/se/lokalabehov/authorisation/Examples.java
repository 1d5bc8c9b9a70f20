package se.lokalabehov.authorisation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was said to each endpoint, and what it answered: the examples of the API's
 * description. Written to the portal with {@code -Dexamples.write=true}; lists and texts
 * are cut short.
 */
final class Examples {

	private static final Path FILE = Path
		.of("../../services/portal/src/main/resources/se/lokalabehov/portal/examples.json");

	private static final int MOST = 2;

	private static final int LONGEST = 300;

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Map<String, ObjectNode> all = new TreeMap<>();

	/** The first good answer of an endpoint is its example. */
	void add(String endpoint, @Nullable Object said, Calls.Answer answer) {
		if (!endpoint.contains("~")) {
			return;
		}
		ObjectNode example = JsonNodeFactory.instance.objectNode();
		if (said instanceof Map || said instanceof List) {
			example.set("request", shortened(JSON.valueToTree(said), Integer.MAX_VALUE));
		}
		if (!answer.json().isMissingNode()) {
			example.set("response", shortened(answer.json(), MOST));
		}
		this.all.putIfAbsent(endpoint.replace("~", "/api/v1"), example);
	}

	void write() {
		if (!Boolean.getBoolean("examples.write")) {
			return;
		}
		try {
			Files.writeString(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this.all) + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static JsonNode shortened(JsonNode node, int most) {
		if (node.isObject()) {
			ObjectNode shorter = JsonNodeFactory.instance.objectNode();
			node.properties().forEach((field) -> shorter.set(field.getKey(), shortened(field.getValue(), most)));
			return shorter;
		}
		if (node.isArray()) {
			ArrayNode shorter = JsonNodeFactory.instance.arrayNode();
			node.valueStream().limit(most).map((one) -> shortened(one, most)).forEach(shorter::add);
			return shorter;
		}
		if (!node.isString()) {
			return node;
		}
		// Where the test ran is nobody's address, and what it planted nobody's text.
		String text = node.asString()
			.replaceAll("http://localhost:\\d+", "https://lokalabehov.example")
			.replaceAll("#[A-ZÅÄÖ0-9-]+#", "Exempel");
		return JsonNodeFactory.instance.stringNode(text.substring(0, Math.min(LONGEST, text.length())));
	}

}
