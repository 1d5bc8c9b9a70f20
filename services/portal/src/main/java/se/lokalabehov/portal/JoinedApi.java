package se.lokalabehov.portal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Joins the services' OpenAPI documents to one. What several services have under the same
 * name is kept once when it is the same, and carries the service's name when it is not.
 */
final class JoinedApi {

	private static final String COMPONENTS = "#/components/";

	private static final JsonNode EXAMPLES = examples();

	private final JsonMapper json = JsonMapper.builder().build();

	private final ObjectNode paths = this.json.createObjectNode();

	private final Map<String, JsonNode> tags = new LinkedHashMap<>();

	private final ObjectNode components = this.json.createObjectNode();

	private final Set<String> operations = new HashSet<>();

	/** Reads a document. */
	JsonNode read(String document) {
		return this.json.readTree(document);
	}

	/**
	 * Adds what a service describes.
	 * @param service its name
	 * @param document its OpenAPI document
	 */
	JoinedApi add(String service, JsonNode document) {
		Map<String, String> renamed = clashes(service, document.path("components"));
		document.path("components").properties().forEach((section) -> {
			ObjectNode joined = this.components.withObjectProperty(section.getKey());
			section.getValue().properties().forEach((one) -> {
				String name = renamed.getOrDefault(COMPONENTS + section.getKey() + "/" + one.getKey(),
						COMPONENTS + section.getKey() + "/" + one.getKey());
				joined.set(name.substring(name.lastIndexOf('/') + 1), withReferences(one.getValue(), renamed));
			});
		});
		document.path("paths").properties().forEach((path) -> {
			ObjectNode joined = this.paths.withObjectProperty(path.getKey());
			path.getValue().properties().forEach((operation) -> {
				if (!joined.has(operation.getKey())) {
					joined.set(operation.getKey(), named(service, withReferences(operation.getValue(), renamed)));
				}
			});
		});
		document.path("tags").forEach((tag) -> this.tags.putIfAbsent(tag.path("name").asString(), tag));
		return this;
	}

	/**
	 * The joined document, OpenAPI 3.1.
	 * @param unavailable the services that could not be asked
	 * @param address where the public reaches the portal
	 * @param mail whom to write to
	 */
	String document(List<String> unavailable, String address, String mail) {
		ObjectNode document = this.json.createObjectNode();
		document.put("openapi", "3.1.0");
		ObjectNode info = document.putObject("info")
			.put("title", "Lokala behov")
			.put("version", "v1")
			.put("description",
					"Lokala behov av kunskap: de sju momenten, från kommunens behov till myndighetens svar och tillbaka. "
							+ "Begränsningar: högst 100 poster per sida och 1 MB per begäran; listor bläddras med cursor och "
							+ "inte med sidnummer; det som en tjänst har tagit emot syns i de andra efter en stund (409 "
							+ "inte-framme, försök igen); den som frågar för ofta får 429 med Retry-After.")
			.put("termsOfService", address + "/oppna-data");
		info.putObject("contact").put("name", "Lokala behov").put("url", address + "/kontakt").put("email", mail);
		info.putObject("license").put("name", "EUPL-1.2").put("url", "https://eupl.eu/1.2/en/");
		document.putObject("externalDocs")
			.put("description", "Bygg en klient på tio minuter; begränsningar och driftnivå")
			.put("url", address + "/utvecklare");
		document.putArray("servers").addObject().put("url", "/");
		ArrayNode joinedTags = document.putArray("tags");
		this.tags.values().forEach(joinedTags::add);
		this.paths.properties()
			.forEach((path) -> path.getValue()
				.properties()
				.forEach((operation) -> exemplify(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
						operation.getValue())));
		document.set("paths", this.paths);
		document.set("components", this.components);
		if (this.components.path("securitySchemes").has("login")) {
			document.putArray("security").addObject().putArray("login");
		}
		ArrayNode away = document.putArray("x-unavailable");
		unavailable.forEach(away::add);
		return this.json.writeValueAsString(document);
	}

	/**
	 * Puts an example on every body of an operation: what was said and answered when the
	 * test of who may do what was run ({@code examples.json}).
	 */
	private void exemplify(String name, JsonNode operation) {
		JsonNode known = EXAMPLES.path(name);
		operation.path("requestBody").path("content").forEach((body) -> put(body, known.path("request")));
		operation.path("responses").properties().forEach((response) -> {
			if (!response.getKey().equals("default")) {
				JsonNode content = response.getValue().path("content");
				content.forEach((body) -> put(body, known.path("response")));
				if (!known.isMissingNode() && !known.has("response") && content instanceof ObjectNode types) {
					// It was asked, and what it answered was no JSON: a table, a file.
					JsonNode described = types.remove("application/json");
					if (described != null) {
						types.set("*/*", described);
					}
				}
			}
		});
	}

	private static void put(JsonNode body, JsonNode example) {
		if (!example.isMissingNode() && body instanceof ObjectNode there && !there.has("example")) {
			there.set("example", example);
		}
	}

	private static JsonNode examples() {
		try (InputStream file = JoinedApi.class.getResourceAsStream("examples.json")) {
			return JsonMapper.shared().readTree(Objects.requireNonNull(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** References of this document that must change, with what they become. */
	private Map<String, String> clashes(String service, JsonNode added) {
		Map<String, String> renamed = new LinkedHashMap<>();
		boolean more = true;
		// A component that is the same to the letter is another one all the same when it
		// points to one that is.
		while (more) {
			more = false;
			for (Map.Entry<String, JsonNode> section : added.properties()) {
				for (Map.Entry<String, JsonNode> one : section.getValue().properties()) {
					String reference = COMPONENTS + section.getKey() + "/" + one.getKey();
					JsonNode there = this.components.path(section.getKey()).path(one.getKey());
					if (!renamed.containsKey(reference) && !there.isMissingNode()
							&& !there.equals(withReferences(one.getValue(), renamed))) {
						renamed.put(reference, COMPONENTS + section.getKey() + "/" + service + "." + one.getKey());
						more = true;
					}
				}
			}
		}
		return renamed;
	}

	private JsonNode withReferences(JsonNode node, Map<String, String> renamed) {
		if (node.isObject()) {
			ObjectNode changed = this.json.createObjectNode();
			node.properties()
				.forEach((field) -> changed.set(field.getKey(), withReferences(field.getValue(), renamed)));
			return changed;
		}
		if (node.isArray()) {
			ArrayNode changed = this.json.createArrayNode();
			node.forEach((item) -> changed.add(withReferences(item, renamed)));
			return changed;
		}
		return node.isString() && renamed.containsKey(node.asString())
				? this.json.getNodeFactory().stringNode(renamed.get(node.asString())) : node;
	}

	private JsonNode named(String service, JsonNode operation) {
		String id = operation.path("operationId").asString("");
		if (operation instanceof ObjectNode changed && !id.isEmpty() && !this.operations.add(id)) {
			String unique = service + "_" + id;
			this.operations.add(unique);
			changed.put("operationId", unique);
		}
		return operation;
	}

}
