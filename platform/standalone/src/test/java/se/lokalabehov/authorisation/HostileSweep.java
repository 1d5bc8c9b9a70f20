package se.lokalabehov.authorisation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import se.lokalabehov.authorisation.Calls.Answer;

/**
 * Hostile input in every place that the OpenAPI document describes: every text of every
 * body, every parameter, every whole body, headers and addresses. Sent by somebody who
 * may, so that it meets what lies behind the door. No answer is a 500, tells of the
 * inside, or repeats what was sent; what no field may take is refused.
 */
final class HostileSweep {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String PLACE = "\"the place that is attacked\"";

	private static final Pattern INSIDE = Pattern
		.compile("Exception|java\\.|org\\.springframework|com\\.mongodb|se\\.lokalabehov|tools\\.jackson|stackTrace|"
				+ "Whitelabel|Apache Tomcat");

	/** Refused because of how things stand, which may hide that the door took it. */
	private static final Set<Integer> STATE = Set.of(403, 404, 409);

	/** What is looked up elsewhere and kept nowhere may look like anything. */
	private static final Set<String> NOT_KEPT = Set.of("POST ~/harvest-sources/{id}/retry identifier");

	/** One attack in so many is sent when it is a sample. */
	private static final int SAMPLE = 24;

	private final Calls calls;

	private final World world;

	private final Targets targets;

	private final Said said;

	private final boolean whole;

	private final JsonNode description;

	private final Map<Integer, Integer> answers = new TreeMap<>();

	/** Rows of which the world can make no more to be tried on. */
	private final Set<Row> exhausted = new HashSet<>();

	private int places;

	/**
	 * A sweep of a platform.
	 * @param whole whether everything is sent, otherwise a sample that is the same each
	 * time
	 */
	HostileSweep(Calls calls, URI portal, World world, Targets targets, Said said, boolean whole) {
		this.calls = calls;
		this.world = world;
		this.targets = targets;
		this.said = said;
		this.whole = whole;
		this.description = calls.get(Who.ANYONE, portal, "/v3/api-docs").json();
	}

	/** What was sent and answered, in words. */
	String report() {
		return "Hostile input (%s): %d places, %d requests, answered %s; without another to try on: %s".formatted(
				this.whole ? "whole" : "sample", this.places,
				this.answers.values().stream().mapToInt(Integer::intValue).sum(), this.answers,
				this.exhausted.stream().map(Row::name).sorted().toList());
	}

	/** Attacks one endpoint by one row of the table; gives what was answered wrongly. */
	List<String> attack(Row row, URI at) {
		List<String> wrong = new ArrayList<>();
		JsonNode operation = this.description.path("paths")
			.path(row.path().replaceFirst("^~", "/api/v1"))
			.path(row.method().toLowerCase(Locale.ROOT));
		Target target = this.targets.named(row.target());
		Who who = row.allowed().getFirst();
		addresses(row, operation, target, who, at, wrong);
		JsonNode schema = operation.path("requestBody").path("content").path("application/json").path("schema");
		if (!schema.isMissingNode()) {
			fields(row, schema, target, who, at, wrong);
			wholes(row, target, who, at, wrong);
		}
		return wrong;
	}

	private void fields(Row row, JsonNode schema, Target target, Who who, URI at, List<String> wrong) {
		Set<List<String>> texts = new LinkedHashSet<>();
		texts(schema, List.of(), texts);
		for (List<String> field : texts) {
			this.places++;
			Map<String, String> places = target.shared();
			for (Attacks.Value attack : Attacks.values()) {
				if (isChosen(row.name() + field + attack.name())) {
					String body = withPlace(row, places, field).replace(PLACE, attack.literal());
					Answer answer = send(row, target, places, who, at, body.getBytes(StandardCharsets.UTF_8),
							"application/json");
					if (attack.refused() && this.whole && STATE.contains(answer.status())) {
						Map<String, String> fresh = fresh(row, target);
						answer = send(row, target, fresh, who, at,
								withPlace(row, fresh, field).replace(PLACE, attack.literal())
									.getBytes(StandardCharsets.UTF_8),
								"application/json");
					}
					boolean kept = !NOT_KEPT.contains(row.endpoint() + " " + String.join(".", field));
					judge(row.name() + " " + String.join(".", field) + " <- " + attack.name(), answer,
							(kept || !attack.name().startsWith("personal")) ? attack.refused() : null, wrong);
				}
			}
		}
		for (String hidden : Attacks.hiddenFields()) {
			if (isChosen(row.name() + hidden)) {
				String body = said(row, target.shared()).toString();
				body = "{" + hidden + (body.equals("{}") ? "" : ",") + body.substring(1);
				Answer answer = send(row, target, target.shared(), who, at, body.getBytes(StandardCharsets.UTF_8),
						"application/json");
				judge(row.name() + " <- " + hidden, answer, isAskedFor(schema, hidden) ? null : true, wrong);
			}
		}
	}

	/** Another one, in which nothing stands against the act, as long as there are any. */
	private Map<String, String> fresh(Row row, Target target) {
		if (this.exhausted.contains(row)) {
			return target.shared();
		}
		try {
			Map<String, String> fresh = target.fresh().get();
			return fresh.isEmpty() ? target.shared() : fresh;
		}
		catch (IllegalStateException | NoSuchElementException ex) {
			this.exhausted.add(row);
			return target.shared();
		}
	}

	private boolean isAskedFor(JsonNode schema, String hidden) {
		String name = hidden.substring(1, hidden.indexOf('"', 1));
		return resolved(schema).path("properties").has(name);
	}

	private void wholes(Row row, Target target, Who who, URI at, List<String> wrong) {
		for (Attacks.Body attack : Attacks.bodies()) {
			if (isChosen(row.name() + attack.name())) {
				Answer answer = send(row, target, target.shared(), who, at, attack.bytes(), attack.type());
				// What needs no body may have an empty one.
				judge(row.name() + " <- " + attack.name(), answer, attack.bytes().length > 0, wrong);
			}
		}
	}

	private void addresses(Row row, JsonNode operation, Target target, Who who, URI at, List<String> wrong) {
		for (JsonNode parameter : operation.path("parameters")) {
			JsonNode one = resolved(parameter);
			String name = one.path("name").asString();
			String in = one.path("in").asString();
			if (!in.equals("path") && !in.equals("query")) {
				continue;
			}
			this.places++;
			for (String value : Attacks.inAddresses()) {
				if (!isChosen(row.name() + name + value) || (in.equals("path") && value.isEmpty())) {
					continue;
				}
				Map<String, String> places = new HashMap<>(target.shared());
				if (in.equals("path")) {
					places.put(name, value);
				}
				else {
					places.put("?", questions(target.shared().getOrDefault("?", ""), name, value));
				}
				String path = Target.filled(row.path(), places);
				Answer answer = row.isReading() ? this.calls.get(who, at, path) : send(row, target, places, who, at,
						said(row, target.shared()).toString().getBytes(StandardCharsets.UTF_8), "application/json");
				judge(row.name() + " " + name + " <- " + value, answer, in.equals("path") ? true : null, wrong);
			}
		}
	}

	private static String questions(String before, String name, String value) {
		Map<String, String> questions = new LinkedHashMap<>();
		for (String one : before.split("&")) {
			if (one.contains("=")) {
				questions.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
			}
		}
		questions.put(name, value);
		return questions.entrySet()
			.stream()
			.map((one) -> one.getKey() + "=" + one.getValue())
			.collect(Collectors.joining("&"));
	}

	/** Headers, and addresses that no library would send. */
	List<String> attackRaw(URI at) {
		List<String> wrong = new ArrayList<>();
		for (String[] header : Attacks.headers()) {
			for (String request : List.of("GET /api/v1/cycles", "GET /", "POST /api/v1/question-notes")) {
				raw(at, request, header[0] + ": " + header[1] + "\r\n", wrong, false);
			}
		}
		for (String path : Attacks.paths()) {
			raw(at, "GET " + path, "", wrong, path.matches("(?i).*(ctuator|forvaltning|start).*"));
		}
		return wrong;
	}

	private void raw(URI at, String request, String header, List<String> wrong, boolean closed) {
		String text = request + " HTTP/1.1\r\nHost: localhost:" + at.getPort() + "\r\nConnection: close\r\n"
				+ (request.startsWith("POST") ? "Content-Type: application/json\r\nContent-Length: 2\r\n" : "") + header
				+ "\r\n" + (request.startsWith("POST") ? "{}" : "");
		String answer;
		try (Socket socket = new Socket("localhost", at.getPort())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
			answer = new String(socket.getInputStream().readNBytes(200_000), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(request + " " + header, ex);
		}
		String what = request.substring(0, Math.min(120, request.length())) + " "
				+ header.substring(0, Math.min(80, header.length())).strip();
		if (!answer.matches("(?s)HTTP/1\\.1 \\d{3}.*")) {
			wrong.add(what + ": not answered: " + answer);
			return;
		}
		int status = Integer.parseInt(answer.substring(9, 12));
		this.answers.merge(status, 1, Integer::sum);
		boolean method = header.startsWith("Transfer-Encoding") && status == 501;
		if ((status >= 500 && !method) || (closed && status == 200) || INSIDE.matcher(answer).find()
				|| answer.contains(Attacks.MARK)) {
			wrong.add(what + ": " + answer.substring(0, Math.min(500, answer.length())));
		}
	}

	private Answer send(Row row, Target target, Map<String, String> places, Who who, URI at, byte[] body,
			@Nullable String type) {
		String ifMatch = row.method().equals("PUT")
				? this.calls.get(target.watcher(), at, Target.filled(target.watch(), target.shared())).eTag() : null;
		return this.calls.raw(who, at, row.method(), Target.filled(row.path(), places), type, body, ifMatch);
	}

	/**
	 * Holds an answer against what every answer must be.
	 * @param refused whether the door must refuse it; null when it may be anything
	 */
	private void judge(String what, Answer answer, @Nullable Boolean refused, List<String> wrong) {
		this.answers.merge(answer.status(), 1, Integer::sum);
		String text = answer.text();
		List<String> faults = new ArrayList<>();
		if (answer.status() >= 500) {
			faults.add("an answer of ours");
		}
		if (answer.status() / 100 == 4) {
			JsonNode problem = answer.json();
			if (!answer.type().startsWith("application/problem+json") || problem.path("title").asString("").isBlank()
					|| problem.path("detail").asString("").isBlank()) {
				faults.add("no problem");
			}
			if (text.contains(Attacks.MARK)) {
				faults.add("repeats what was sent");
			}
		}
		if (INSIDE.matcher(text).find() && answer.status() / 100 != 2) {
			faults.add("tells of the inside");
		}
		if (answer.type().startsWith("text/html") && text.contains("<script>alert")) {
			faults.add("has the script");
		}
		if (Boolean.TRUE.equals(refused) && answer.status() / 100 != 4) {
			faults.add("is not refused");
		}
		if (!faults.isEmpty()) {
			wrong.add(what + ": " + faults + " " + answer.status() + " " + answer.type() + " "
					+ text.substring(0, Math.min(300, text.length())));
		}
	}

	private boolean isChosen(String what) {
		return this.whole || Math.floorMod(what.hashCode(), SAMPLE) == 0;
	}

	private JsonNode said(Row row, Map<String, String> places) {
		return JSON.valueToTree(this.said.to(row.endpoint(), this.world, places));
	}

	/** A right body with {@link #PLACE} in one of its fields. */
	private String withPlace(Row row, Map<String, String> places, List<String> field) {
		JsonNode body = said(row, places).deepCopy();
		JsonNode at = body;
		for (int i = 0; i < field.size(); i++) {
			boolean last = i == field.size() - 1;
			boolean listNext = !last && field.get(i + 1).equals("0");
			JsonNode next = last ? JSON.readTree(PLACE) : listNext ? JSON.createArrayNode() : JSON.createObjectNode();
			if (at instanceof ArrayNode list) {
				if (list.isEmpty()) {
					list.add(next);
				}
				else if (last || list.get(0).isArray() != listNext || list.get(0).isValueNode()) {
					list.set(0, next);
				}
				at = list.get(0);
			}
			else if (at instanceof ObjectNode object) {
				if (last || !object.has(field.get(i)) || object.get(field.get(i)).isValueNode()) {
					object.set(field.get(i), next);
				}
				at = object.get(field.get(i));
			}
		}
		return body.toString();
	}

	/** The paths of all texts of a schema; 0 stands for the first of a list. */
	private void texts(JsonNode schema, List<String> before, Set<List<String>> texts) {
		JsonNode one = resolved(schema);
		if (before.size() > 6) {
			return;
		}
		if (types(one).contains("string")) {
			texts.add(before);
		}
		one.path("properties")
			.properties()
			.forEach((property) -> texts(property.getValue(), and(before, property.getKey()), texts));
		if (one.has("items")) {
			texts(one.path("items"), and(before, "0"), texts);
		}
		for (String some : List.of("oneOf", "anyOf", "allOf")) {
			one.path(some).forEach((each) -> texts(each, before, texts));
		}
	}

	private static Set<String> types(JsonNode schema) {
		Set<String> types = new LinkedHashSet<>();
		if (schema.path("type").isArray()) {
			schema.path("type").forEach((type) -> types.add(type.asString()));
		}
		else {
			types.add(schema.path("type").asString(""));
		}
		return types;
	}

	private JsonNode resolved(JsonNode schema) {
		String reference = schema.path("$ref").asString("");
		return reference.isEmpty() ? schema : this.description.at(reference.substring(1));
	}

	private static List<String> and(List<String> before, String name) {
		List<String> all = new ArrayList<>(before);
		all.add(name);
		return List.copyOf(all);
	}

}
