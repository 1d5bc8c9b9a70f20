package se.lokalabehov.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.WireName;
import se.lokalabehov.web.RecordSchema;

/**
 * The description of the topics by AsyncAPI 3, written from the contracts: channels from
 * {@link Topics}, what they tell from the README's table, messages from the records with
 * their Javadoc, examples from the goldens.
 */
final class AsyncApi {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String REFERENCE = "$ref";

	/** The comment that stands on an event, and its wire name. */
	private static final Pattern EVENT = Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*@WireName\\(\"([^\"]+)\"\\)",
			Pattern.DOTALL);

	private static final Pattern FIELD = Pattern.compile("@param (\\w+) ((?:(?!@param).)*)", Pattern.DOTALL);

	private static final Pattern ROW = Pattern
		.compile("\\| `(lokala-behov[^`]*)` \\| \\S+ \\| ([^|]*) \\| ([^|]*) \\|");

	private final Path contracts;

	private final Path readme;

	AsyncApi(Path project) {
		this.contracts = project.resolve("platform/contracts/src/main/java");
		this.readme = project.resolve("README.md");
	}

	ObjectNode document() throws IOException {
		Map<String, String> comments = comments();
		Map<String, MatchResult> told = new TreeMap<>();
		ROW.matcher(Files.readString(this.readme)).results().forEach((row) -> told.put(row.group(1), row));
		ObjectNode document = JSON.createObjectNode();
		document.put("asyncapi", "3.0.0");
		document.putObject("info")
			.put("title", "Lokala behov")
			.put("version", "1")
			.put("description",
					"What happens in the seven moments of Lokala behov av kunskap, as CloudEvents 1.0 in Kafka's binary "
							+ "mode. Topics are kept for ever and uncompacted. Within a key, sequence counts from 1 without "
							+ "gaps; a message may come more than once. Fields may be added; anything else is a new message "
							+ "with another name, so pass over what you do not know.")
			.putObject("license")
			.put("name", "EUPL-1.2")
			.put("url", "https://eupl.eu/1.2/en/");
		document.put("defaultContentType", "application/json");
		document.putObject("servers")
			.putObject("kafka")
			.put("host", "kafka.example:9092")
			.put("protocol", "kafka")
			.put("description", "The installation's cluster; whoever runs it says where it is and who may read it.");
		ObjectNode channels = document.putObject("channels");
		ObjectNode operations = document.putObject("operations");
		ObjectNode components = document.putObject("components");
		ObjectNode messages = components.putObject("messages");
		RecordSchema schemas = new RecordSchema("#/components/schemas/");
		for (Topic<?> topic : Topics.all()) {
			MatchResult row = Objects.requireNonNull(told.get(topic.name()),
					() -> "the README has no row for " + topic);
			String name = topic.shortName();
			ObjectNode channel = channels.putObject(name)
				.put("address", topic.name())
				.put("description", "Told by " + topic.owner() + ": " + row.group(3).strip() + ". Key: "
						+ row.group(2).strip() + ".");
			channel.putObject("bindings").putObject("kafka").put("bindingVersion", "0.5.0").put("topic", topic.name());
			ObjectNode ofChannel = channel.putObject("messages");
			ObjectNode operation = operations.putObject("tell-" + name).put("action", "send");
			operation.putObject("channel").put(REFERENCE, "#/channels/" + name);
			ArrayNode tells = operation.putArray("messages");
			for (Class<?> event : leaves(topic.events()).sorted(Comparator.comparing(AsyncApi::wireName)).toList()) {
				String wire = wireName(event);
				messages.set(wire, message(topic, event, schemas, comments));
				ofChannel.putObject(wire).put(REFERENCE, "#/components/messages/" + wire);
				tells.addObject().put(REFERENCE, "#/channels/" + name + "/messages/" + wire);
			}
		}
		ObjectNode shared = schemas.definitions();
		shared.set("CloudEventHeaders", headers());
		components.set("schemas", shared);
		return document;
	}

	private static ObjectNode message(Topic<?> topic, Class<?> event, RecordSchema schemas,
			Map<String, String> comments) throws IOException {
		String wire = wireName(event);
		String comment = Objects.requireNonNull(comments.get(wire), () -> wire + " has no Javadoc");
		ObjectNode payload = schemas.fields(event);
		Matcher fields = FIELD.matcher(comment);
		while (fields.find()) {
			((ObjectNode) payload.path("properties").path(fields.group(1))).put("description", fields.group(2).strip());
		}
		ObjectNode message = JSON.createObjectNode()
			.put("name", wire)
			.put("title", event.getSimpleName())
			.put("summary", comment.split("@param", 2)[0].strip())
			.put("contentType", "application/json");
		message.putObject("headers").put(REFERENCE, "#/components/schemas/CloudEventHeaders");
		message.set("payload", payload);
		message.putObject("bindings")
			.putObject("kafka")
			.put("bindingVersion", "0.5.0")
			.putObject("key")
			.put("type", "string");
		ObjectNode example = message.putArray("examples").addObject().put("name", "golden");
		String golden = "events/" + topic.shortName() + "/" + wire + ".json";
		try (InputStream file = Objects.requireNonNull(AsyncApi.class.getResourceAsStream("/" + golden), golden)) {
			example.set("payload", JSON.readTree(file));
		}
		return message;
	}

	private static ObjectNode headers() {
		ObjectNode headers = JSON.createObjectNode()
			.put("type", "object")
			.put("description", "CloudEvents 1.0 in Kafka's binary mode: text in UTF-8.");
		ObjectNode properties = headers.putObject("properties");
		ArrayNode required = headers.putArray("required");
		Map<String, String> all = new TreeMap<>(Map.of("ce_organisation", "The organisation that acted", "ce_role",
				"The role that it acted in", "ce_specversion", "1.0", "ce_id",
				"The key, a full stop and the sequence; the same when it is sent again", "ce_source", "Who tells it",
				"ce_type", "The message's name", "ce_subject", "The key", "ce_time",
				"When it happened, by its owner's clock (RFC 3339)", "ce_sequence",
				"Counts the messages of one key, from 1 without gaps"));
		all.forEach((name, text) -> {
			properties.putObject(name).put("type", "string").put("description", text);
			required.add(name);
		});
		return headers;
	}

	private Map<String, String> comments() throws IOException {
		Map<String, String> comments = new TreeMap<>();
		try (Stream<Path> files = Files.walk(this.contracts)) {
			for (Path file : files.filter((one) -> one.toString().endsWith("Event.java")).toList()) {
				EVENT.matcher(Files.readString(file))
					.results()
					.forEach((event) -> comments.put(event.group(2),
							event.group(1)
								.replaceAll("\\{@(?:code|link) ([^}]*)}", "$1")
								.replaceAll("(?m)^\\s*\\*\\s?", " ")
								.replaceAll("\\s+", " ")
								.strip()));
			}
		}
		return comments;
	}

	private static String wireName(Class<?> event) {
		return Objects.requireNonNull(event.getAnnotation(WireName.class), event::getName).value();
	}

	private static Stream<Class<?>> leaves(Class<?> type) {
		return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(AsyncApi::leaves) : Stream.of(type);
	}

	/**
	 * What of a document somebody who reads by it would no longer understand in another:
	 * something that is gone, is of another type, or may now be left out or be something
	 * else. What is new breaks nobody but when an earlier event would lack it.
	 * @return where, empty when all of it can be read
	 */
	static List<String> broken(JsonNode before, JsonNode after) {
		List<String> broken = new ArrayList<>();
		for (String part : List.of("messages", "schemas")) {
			before.path("components").path(part).properties().forEach((one) -> {
				JsonNode schema = part.equals("messages") ? one.getValue().path("payload") : one.getValue();
				JsonNode now = after.path("components").path(part).path(one.getKey());
				broken(one.getKey(), schema, part.equals("messages") ? now.path("payload") : now, broken);
			});
		}
		before.path("channels").properties().forEach((channel) -> {
			JsonNode now = after.path("channels").path(channel.getKey());
			if (!channel.getValue().path("address").equals(now.path("address"))) {
				broken.add(channel.getKey() + ": address");
			}
			channel.getValue()
				.path("messages")
				.propertyNames()
				.stream()
				.filter((message) -> !now.path("messages").has(message))
				.forEach((message) -> broken.add(channel.getKey() + ": " + message));
		});
		return broken;
	}

	private static void broken(String at, JsonNode before, JsonNode after, List<String> broken) {
		for (String same : List.of("type", "format", REFERENCE, "const")) {
			if (!before.path(same).equals(after.path(same))) {
				broken.add(at + ": " + same);
			}
		}
		before.path("properties").properties().forEach((field) -> {
			JsonNode now = after.path("properties").path(field.getKey());
			if (now.isMissingNode()) {
				broken.add(at + "." + field.getKey() + ": gone");
			}
			else {
				broken(at + "." + field.getKey(), field.getValue(), now, broken);
			}
		});
		List<String> required = texts(before.path("required"));
		List<String> requiredNow = texts(after.path("required"));
		// Left out from now on, or missing in what is already there.
		required.stream().filter((one) -> !requiredNow.contains(one)).forEach((one) -> broken.add(at + "." + one));
		requiredNow.stream().filter((one) -> !required.contains(one)).forEach((one) -> broken.add(at + "." + one));
		if (before.has("enum")) {
			texts(before.path("enum")).stream()
				.filter((one) -> !texts(after.path("enum")).contains(one))
				.forEach((one) -> broken.add(at + ": " + one));
		}
		for (String inside : List.of("items", "additionalProperties")) {
			if (before.has(inside)) {
				broken(at + "[]", before.path(inside), after.path(inside), broken);
			}
		}
		for (int i = 0; i < before.path("oneOf").size(); i++) {
			broken(at + "|" + i, before.path("oneOf").path(i), after.path("oneOf").path(i), broken);
		}
	}

	private static List<String> texts(JsonNode list) {
		return list.valueStream().map(JsonNode::asString).toList();
	}

}
