package se.lokalabehov.portal;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
	 */
	String document(List<String> unavailable) {
		ObjectNode document = this.json.createObjectNode();
		document.put("openapi", "3.1.0");
		document.putObject("info")
			.put("title", "Lokala behov")
			.put("version", "v1")
			.put("description",
					"Lokala behov av kunskap: de sju momenten, från kommunens behov till myndighetens svar och tillbaka.")
			.putObject("license")
			.put("name", "EUPL-1.2")
			.put("identifier", "EUPL-1.2");
		document.putArray("servers").addObject().put("url", "/");
		ArrayNode joinedTags = document.putArray("tags");
		this.tags.values().forEach(joinedTags::add);
		document.set("paths", this.paths);
		document.set("components", this.components);
		if (this.components.path("securitySchemes").has("login")) {
			document.putArray("security").addObject().putArray("login");
		}
		ArrayNode away = document.putArray("x-unavailable");
		unavailable.forEach(away::add);
		return this.json.writeValueAsString(document);
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
