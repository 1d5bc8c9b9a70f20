package se.lokalabehov.standalone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * What of the national REST API profile (DIGG) an OpenAPI document shows, rule by rule
 * under the profile's own ids. A rule gives what breaks it, nothing when it is kept.
 */
final class ApiProfile {

	private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head", "options");

	private static final Pattern PATH = Pattern.compile("(/([a-z0-9.~-]+|\\{[A-Za-z0-9]+}))+");

	private static final Pattern FIELD = Pattern.compile("[a-z][A-Za-z0-9]*");

	private static final Pattern PERSON = Pattern.compile("(?i).*(personn|pnr|ssn|samordningsn).*");

	private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(.*)");

	private static final Set<String> HEADERS = Set.of("Idempotency-Key", "If-Match", "X-Confirm-No-Personal-Data",
			"If-None-Match", "Accept", "Range", "Content-Type", "X-Ballot");

	private final JsonNode document;

	private final Map<String, Function<Operation, Stream<String>>> perOperation = new LinkedHashMap<>();

	private final Map<String, Function<JsonNode, Stream<String>>> whole = new LinkedHashMap<>();

	/**
	 * An operation of the document.
	 *
	 * @param name method and path
	 */
	private record Operation(String name, String path, String method, JsonNode node) {

		Stream<JsonNode> parameters(String in) {
			return this.node.path("parameters").valueStream().filter((one) -> one.path("in").asString("").equals(in));
		}

		/** Request and response bodies in JSON, with where they stand. */
		Stream<Map.Entry<String, JsonNode>> json() {
			Stream<Map.Entry<String, JsonNode>> responses = this.node.path("responses")
				.properties()
				.stream()
				.flatMap((response) -> response.getValue()
					.path("content")
					.properties()
					.stream()
					.filter((type) -> type.getKey().contains("json"))
					.map((type) -> Map.entry(this.name + " " + response.getKey(), type.getValue())));
			Stream<Map.Entry<String, JsonNode>> request = this.node.path("requestBody")
				.path("content")
				.properties()
				.stream()
				.filter((type) -> type.getKey().contains("json"))
				.map((type) -> Map.entry(this.name + " request", type.getValue()));
			return Stream.concat(request, responses);
		}

	}

	ApiProfile(JsonNode document) {
		this.document = document;
		this.whole.put("DOK.03", (one) -> missing(one.path("info"), "title", "version", "description", "contact.name",
				"contact.url", "contact.email", "license.name", "license.url"));
		this.whole.put("DOK.08", (one) -> missing(one, "info.termsOfService", "externalDocs.url"));
		this.whole.put("DOK.09", (one) -> one.path("info").path("description").asString("").contains("Begränsningar")
				? Stream.empty() : Stream.of("info.description"));
		this.perOperation.put("DOK.15",
				(one) -> one.json()
					.filter((body) -> !body.getValue().has("example") && !body.getValue().has("examples"))
					.map(Map.Entry::getKey));
		this.perOperation.put("DOK.19/20",
				(one) -> Stream.concat(
						one.node().path("description").asString("").isBlank() ? Stream.of(one.name()) : Stream.empty(),
						one.node()
							.path("responses")
							.properties()
							.stream()
							.filter((response) -> response.getValue().path("description").asString("").isBlank())
							.map((response) -> one.name() + " " + response.getKey())));
		this.perOperation.put("DOT.01/04",
				(one) -> one.json()
					.flatMap((body) -> texts(body.getValue().path("example")))
					.map(TIME::matcher)
					.filter((time) -> time.matches() && !time.group(1).equals("Z"))
					.map((time) -> one.name() + ": " + time.group()));
		this.perOperation.put("RES.02",
				(one) -> one.node()
					.path("parameters")
					.valueStream()
					.map((parameter) -> parameter.path("name").asString())
					.filter((name) -> PERSON.matcher(name).matches())
					.map((name) -> one.name() + ": " + name));
		this.perOperation.put("RES.06",
				(one) -> PATH.matcher(one.path()).matches() ? Stream.empty() : Stream.of(one.path()));
		this.perOperation.put("UFN.01/05", (one) -> one.path().startsWith("/api/v1/") && one.path().length() < 1000
				? Stream.empty() : Stream.of(one.path()));
		this.perOperation.put("UFN.07/08/09", (one) -> one.path().replaceAll("\\{[^}]*}", "x").matches("[a-z0-9./~-]+")
				? Stream.empty() : Stream.of(one.path()));
		this.whole.put("AME.01/04/05/07",
				(one) -> one.path("components")
					.path("schemas")
					.properties()
					.stream()
					.flatMap((schema) -> schema.getValue()
						.path("properties")
						.propertyNames()
						.stream()
						.filter((name) -> !FIELD.matcher(name).matches())
						.map((name) -> schema.getKey() + "." + name)));
		this.perOperation.put("ARQ.05",
				(one) -> one.parameters("header")
					.map((parameter) -> parameter.path("name").asString())
					.filter((name) -> !HEADERS.contains(name))
					.map((name) -> one.name() + ": " + name));
		this.perOperation.put("FEL.01/02",
				(one) -> one.node()
					.path("responses")
					.path("default")
					.path("content")
					.path("application/problem+json")
					.path("schema")
					.path("$ref")
					.asString("")
					.equals("#/components/schemas/Problem") ? Stream.empty() : Stream.of(one.name()));
		this.whole.put("VER.05/06",
				(one) -> one.path("paths").has("/api/v1/api-info") ? Stream.empty() : Stream.of("/api/v1/api-info"));
		this.perOperation.put("FNS.01/03/05/06",
				(one) -> one.parameters("query")
					.filter((parameter) -> !FIELD.matcher(parameter.path("name").asString()).matches()
							|| parameter.path("required").asBoolean(false))
					.map((parameter) -> one.name() + ": " + parameter.path("name").asString()));
		this.perOperation.put("FNS.07/08/09", (one) -> {
			List<String> names = one.parameters("query").map((parameter) -> parameter.path("name").asString()).toList();
			return (names.contains("limit") && !names.contains("page") && !names.contains("offset"))
					? Stream.of(one.name()) : Stream.empty();
		});
		this.whole.put("SAK.09/10", (one) -> schemes(one, "scheme", "bearer"));
		this.whole.put("SAK.15/16", (one) -> schemes(one, "type", "http"));
		this.whole.put("SAK.18", (one) -> schemes(one, "bearerFormat", "JWT"));
		this.perOperation.put("FOR.02", (one) -> (one.method().equals("get") && one.node().has("requestBody"))
				? Stream.of(one.name()) : Stream.empty());
	}

	/** The rules that are looked at, by id. */
	Set<String> rules() {
		Set<String> rules = new TreeSet<>(this.whole.keySet());
		rules.addAll(this.perOperation.keySet());
		return rules;
	}

	/** What breaks a rule. */
	List<String> broken(String rule) {
		List<String> broken = new ArrayList<>();
		if (this.whole.containsKey(rule)) {
			this.whole.get(rule).apply(this.document).forEach(broken::add);
		}
		if (this.perOperation.containsKey(rule)) {
			operations().flatMap(this.perOperation.get(rule)).forEach(broken::add);
		}
		return broken;
	}

	/** Each example beside the schema of its body, with where it stands. */
	Stream<Map.Entry<String, JsonNode>> bodies() {
		return operations().flatMap(Operation::json).filter((body) -> body.getValue().has("example"));
	}

	private Stream<Operation> operations() {
		return this.document.path("paths")
			.properties()
			.stream()
			.flatMap((path) -> path.getValue()
				.properties()
				.stream()
				.filter((operation) -> METHODS.contains(operation.getKey()))
				.map((operation) -> new Operation(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
						path.getKey(), operation.getKey(), operation.getValue())));
	}

	private static Stream<String> missing(JsonNode node, String... paths) {
		return Stream.of(paths).filter((path) -> node.at("/" + path.replace('.', '/')).asString("").isBlank());
	}

	private static Stream<String> schemes(JsonNode document, String field, String value) {
		return document.path("components")
			.path("securitySchemes")
			.properties()
			.stream()
			.filter((scheme) -> !scheme.getValue().path(field).asString("").equals(value))
			.map(Map.Entry::getKey);
	}

	private static Stream<String> texts(JsonNode node) {
		return node.isString() ? Stream.of(node.asString()) : node.valueStream().flatMap(ApiProfile::texts);
	}

}
