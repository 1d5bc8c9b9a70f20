package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.directory.Directory;

/**
 * A record of the catalogue as it stands in the form: what was typed, right or wrong.
 * Fields are called as the service calls them, with hyphens; several values stand on a
 * line each.
 */
record RecordForm(MultiValueMap<String, String> typed) {

	private static final int EMPTY_ROWS = 2;

	private static final List<String> TEXTS = List.of("kind", "title", "description", "language", "link", "licence",
			"edition");

	private static final List<String> LINES = List.of("identifiers");

	private static final List<String> CODES = List.of("areas", "targetGroups");

	private static final List<String> PROJECT_TEXTS = List.of("responsible", "principal", "ethicsReference",
			"ethicsStatus", "goals", "contact", "confirmedCurrent");

	/** What a project delivers, as typed. */
	record Row(String what, String due, String delivered) {
	}

	/** An empty form of a kind of record. */
	static RecordForm empty(String kind, LocalDate today) {
		MultiValueMap<String, String> typed = new LinkedMultiValueMap<>();
		typed.set("content-kind", kind);
		typed.set("content-language", "sv");
		typed.set("content-project-confirmedCurrent", today.toString());
		return new RecordForm(typed);
	}

	/** Begun with what a file tells of itself. */
	static RecordForm proposed(JsonNode upload, LocalDate today) {
		JsonNode proposal = upload.path("proposal");
		RecordForm form = empty("REPORT", today);
		List.of("title", "description", "language")
			.forEach((name) -> form.typed.set("content-" + name, proposal.path(name).asString("")));
		form.typed.set("content-report-year", proposal.path("year").asString(""));
		form.typed.set("content-report-authors", lines(proposal.path("authors")));
		form.typed.set("content-identifiers", lines(proposal.path("identifiers")));
		CODES.forEach((name) -> form.typed.put("content-" + name, strings(proposal.path(name))));
		form.typed.set("upload", upload.path("upload").asString(""));
		form.typed.set("filnamn", upload.path("name").asString(""));
		form.typed.set("sidor", upload.path("pages").asString(""));
		return form;
	}

	/** What a record says. */
	static RecordForm of(Services.Answer record) {
		JsonNode content = record.body().path("content");
		MultiValueMap<String, String> typed = new LinkedMultiValueMap<>();
		TEXTS.forEach((name) -> typed.set("content-" + name, content.path(name).asString("")));
		LINES.forEach((name) -> typed.set("content-" + name, lines(content.path(name))));
		CODES.forEach((name) -> typed.put("content-" + name, strings(content.path(name))));
		JsonNode report = content.path("report");
		typed.set("content-report-authors", lines(report.path("authors")));
		typed.set("content-report-year", report.path("year").asString(""));
		typed.set("content-report-method", report.path("method").asString(""));
		JsonNode project = content.path("project");
		PROJECT_TEXTS.forEach((name) -> typed.set("content-project-" + name, project.path(name).asString("")));
		typed.set("content-project-administrations", lines(project.path("administrations")));
		typed.set("content-project-participants",
				String.join("\n", strings(project.path("participants")).stream().map(Names::of).toList()));
		project.path("deliverables").valueStream().forEach((one) -> {
			typed.add("leverans-vad", one.path("what").asString(""));
			typed.add("leverans-dag", one.path("due").asString(""));
			typed.add("leverans-post", one.path("delivered").asString(""));
		});
		JsonNode support = content.path("support");
		typed.set("content-support-supportKind", support.path("supportKind").asString(""));
		typed.set("content-support-where", support.path("where").asString(""));
		typed.set("content-support-answers", lines(support.path("answers")));
		typed.set("version", (record.version() != null) ? record.version() : "");
		return new RecordForm(typed);
	}

	private static List<String> strings(JsonNode list) {
		return list.valueStream().map((one) -> one.asString("")).toList();
	}

	private static String lines(JsonNode list) {
		return String.join("\n", strings(list));
	}

	/** One value, empty when there is none. */
	public String one(String name) {
		String value = this.typed.getFirst(name);
		return (value != null) ? value : "";
	}

	/** Those that are ticked. */
	public List<String> all(String name) {
		return this.typed.getOrDefault(name, List.of()).stream().filter((value) -> !value.isBlank()).toList();
	}

	private List<String> values(String name) {
		return one(name).lines().map(String::strip).filter((line) -> !line.isEmpty()).toList();
	}

	/** Which kind of record it is. */
	public String kind() {
		return one("content-kind");
	}

	/** Rows of what a project delivers, with empty ones to go on in. */
	public List<Row> rows() {
		List<Row> rows = new ArrayList<>(written());
		for (int i = 0; i < EMPTY_ROWS; i++) {
			rows.add(new Row("", "", ""));
		}
		return rows;
	}

	private List<Row> written() {
		List<String> what = this.typed.getOrDefault("leverans-vad", List.of());
		List<Row> rows = new ArrayList<>();
		for (int i = 0; i < what.size(); i++) {
			Row row = new Row(what.get(i), nth("leverans-dag", i), nth("leverans-post", i));
			if (!row.what().isBlank() || !row.due().isBlank()) {
				rows.add(row);
			}
		}
		return rows;
	}

	private String nth(String name, int i) {
		List<String> values = this.typed.getOrDefault(name, List.of());
		return (i < values.size()) ? values.get(i) : "";
	}

	/** As the service takes it: what is not written is left out. */
	Map<String, Object> content(String publisher) {
		Map<String, Object> content = new LinkedHashMap<>();
		TEXTS.forEach((name) -> put(content, name, one("content-" + name)));
		LINES.forEach((name) -> content.put(name, values("content-" + name)));
		CODES.forEach((name) -> content.put(name, all("content-" + name)));
		content.put("publisher", publisher);
		switch (kind()) {
			case "REPORT" -> content.put("report", report());
			case "RESEARCH_PROJECT" -> content.put("project", project());
			default -> content.put("support", support());
		}
		return content;
	}

	private Map<String, Object> report() {
		Map<String, Object> report = new LinkedHashMap<>();
		report.put("authors", values("content-report-authors"));
		String year = one("content-report-year").strip();
		report.put("year", year.matches("\\d{1,4}") ? Integer.valueOf(year) : year.isEmpty() ? null : year);
		report.values().removeIf((value) -> value == null);
		put(report, "method", one("content-report-method"));
		return report;
	}

	private Map<String, Object> project() {
		Map<String, Object> project = new LinkedHashMap<>();
		PROJECT_TEXTS.forEach((name) -> put(project, name, one("content-project-" + name)));
		project.put("administrations", values("content-project-administrations"));
		project.put("participants",
				values("content-project-participants").stream().map(RecordForm::municipality).toList());
		project.put("deliverables", written().stream().map((row) -> {
			Map<String, Object> one = new LinkedHashMap<>();
			put(one, "what", row.what());
			put(one, "due", row.due());
			put(one, "delivered", row.delivered());
			return one;
		}).toList());
		return project;
	}

	private Map<String, Object> support() {
		Map<String, Object> support = new LinkedHashMap<>();
		put(support, "supportKind", one("content-support-supportKind"));
		put(support, "where", one("content-support-where"));
		support.put("answers", values("content-support-answers"));
		return support;
	}

	/** By name or code; what is neither is left for the service to refuse. */
	private static String municipality(String name) {
		return Directory.standard()
			.organisations(se.lokalabehov.directory.Kind.MUNICIPALITY)
			.stream()
			.filter((one) -> one.name().equalsIgnoreCase(name) || one.officialName().equalsIgnoreCase(name))
			.findFirst()
			.map((one) -> one.id().value())
			.orElse(name);
	}

	private static void put(Map<String, Object> into, String name, String value) {
		if (!value.isBlank()) {
			into.put(name, value.strip());
		}
	}

	/** Where on the page a field of the service stands. */
	static Trouble place(Trouble trouble) {
		return new Trouble(trouble.text(), trouble.message(),
				trouble.fields()
					.stream()
					.map((field) -> new Trouble.Field(
							Arrays.stream(new String[] { "content-project-deliverables", "content-support-answers" })
								.filter(field.id()::startsWith)
								.findFirst()
								.orElse(field.id()),
							field.text()))
					.toList());
	}

}
