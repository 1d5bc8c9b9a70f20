package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import tools.jackson.databind.JsonNode;

/**
 * A record of the catalogue, or the tombstone after one, as its page shows it.
 *
 * @param kind REPORT, RESEARCH_PROJECT or KNOWLEDGE_SUPPORT
 * @param title what it is called; empty of a withdrawn one
 * @param language in which it is written, ISO 639-1
 * @param publisher name of who published it
 * @param custodian code of who answers for it now
 * @param link where it is on the web, none when that is no address
 * @param facts what else it says
 * @param withdrawn why it was withdrawn, none while it stands
 * @param asked since when a project should be confirmed, none when it is current
 */
record RecordPage(String id, String kind, String title, String description, String language, String publisher,
		String custodian, @Nullable String link, List<Fact> facts, List<String> authors, String year, int version,
		@Nullable String withdrawn, @Nullable LocalDate asked, List<Deliverable> deliverables, List<Kept> files,
		List<Happened> history, String tag) {

	/** Something that it says, by the key of its name. */
	record Fact(String key, List<String> values, boolean swedish) {
	}

	/**
	 * What a project is to deliver.
	 *
	 * @param record that it became, empty when it did not yet
	 */
	record Deliverable(int number, String what, LocalDate due, String record, boolean overdue) {
	}

	/** A PDF file. */
	record Kept(String sha256, String name, String size, int pages) {
	}

	/**
	 * Something that happened to it.
	 *
	 * @param text in words, empty when there are none
	 * @param version that came of it, none when none did
	 * @param record that was delivered, empty when that was not it
	 */
	record Happened(String what, Instant at, String text, @Nullable Integer version, String record) {
	}

	/** What the service shows of it. */
	static RecordPage of(Services.Answer answer, Ui ui) {
		JsonNode body = answer.body();
		return of(body.path("id").asString(""), body.path("content"), body, answer, ui);
	}

	/** One version of it. */
	static RecordPage ofVersion(String id, Services.Answer answer, Ui ui) {
		return of(id, answer.body().path("content"), answer.body(), answer, ui);
	}

	private static RecordPage of(String id, JsonNode content, JsonNode body, Services.Answer answer, Ui ui) {
		List<Integer> overdue = body.path("overdue").valueStream().map((one) -> one.asInt(0)).toList();
		String link = content.path("link").asString("");
		String publisher = content.path("publisher").asString(body.path("publisher").asString(""));
		String asked = body.path("confirmationAsked").asString("");
		return new RecordPage(id, content.path("kind").asString(body.path("kind").asString("")),
				content.path("title").asString(""), content.path("description").asString(""),
				content.path("language").asString("sv"), Names.of(publisher),
				body.path("custodian").asString(publisher), link.matches("(?i)https?://.*") ? link : null,
				facts(content, ui), strings(content.path("report").path("authors")),
				content.path("report").path("year").asString(""), body.path("version").asInt(1),
				body.path("withdrawn").asString(null), asked.isEmpty() ? null : LocalDate.parse(asked),
				deliverables(content.path("project").path("deliverables"), overdue),
				body.path("files").valueStream().map(RecordPage::kept).toList(), history(body.path("history")),
				(answer.version() != null) ? answer.version() : "");
	}

	private static List<Fact> facts(JsonNode content, Ui ui) {
		List<Fact> facts = new ArrayList<>();
		JsonNode report = content.path("report");
		JsonNode project = content.path("project");
		JsonNode support = content.path("support");
		add(facts, "authors", strings(report.path("authors")), true);
		add(facts, "year", one(report.path("year").asString("")), true);
		add(facts, "supportKind", terms("support-kind", one(support.path("supportKind").asString("")), ui), false);
		add(facts, "where", one(support.path("where").asString("")), true);
		add(facts, "responsible", one(project.path("responsible").asString("")), true);
		add(facts, "principal", one(project.path("principal").asString("")), true);
		add(facts, "goals", one(project.path("goals").asString("")), true);
		add(facts, "contact", one(project.path("contact").asString("")), true);
		add(facts, "ethics",
				Stream.of(project.path("ethicsReference").asString(""), project.path("ethicsStatus").asString(""))
					.filter((one) -> !one.isEmpty())
					.toList(),
				true);
		add(facts, "participants", strings(project.path("participants")).stream().map(Names::of).toList(), true);
		add(facts, "administrations", strings(project.path("administrations")), true);
		String confirmed = project.path("confirmedCurrent").asString("");
		add(facts, "confirmedCurrent", confirmed.isEmpty() ? List.of() : one(ui.day(LocalDate.parse(confirmed))),
				false);
		add(facts, "method", one(report.path("method").asString("")), true);
		add(facts, "areas", terms("area", strings(content.path("areas")), ui), false);
		add(facts, "targetGroups", terms("target-group", strings(content.path("targetGroups")), ui), false);
		String language = content.path("language").asString("");
		add(facts, "language", language.isEmpty() ? List.of()
				: one(Locale.of(language).getDisplayLanguage(LocaleContextHolder.getLocale())), false);
		add(facts, "identifiers", strings(content.path("identifiers")), true);
		add(facts, "edition", one(content.path("edition").asString("")), true);
		add(facts, "licence", one(content.path("licence").asString("")), true);
		return facts;
	}

	private static void add(List<Fact> facts, String key, List<String> values, boolean swedish) {
		if (!values.isEmpty()) {
			facts.add(new Fact("kat.field." + key, values, swedish));
		}
	}

	private static List<String> one(String value) {
		return value.isBlank() ? List.of() : List.of(value);
	}

	private static List<String> terms(String scheme, List<String> codes, Ui ui) {
		return codes.stream().map((code) -> ui.term(scheme, code)).toList();
	}

	private static List<String> strings(JsonNode list) {
		return list.valueStream().map((one) -> one.asString("")).toList();
	}

	private static List<Deliverable> deliverables(JsonNode list, List<Integer> overdue) {
		List<Deliverable> all = new ArrayList<>();
		list.valueStream()
			.forEach((one) -> all.add(new Deliverable(all.size() + 1, one.path("what").asString(""),
					LocalDate.parse(one.path("due").asString("")), one.path("delivered").asString(""),
					overdue.contains(all.size() + 1))));
		return all;
	}

	private static Kept kept(JsonNode file) {
		return new Kept(file.path("sha256").asString(""), file.path("name").asString(""),
				size(file.path("size").asLong(0)), file.path("pages").asInt(0));
	}

	/** "340 kB", "2,1 MB". */
	static String size(long bytes) {
		return (bytes < 1_000_000) ? Math.max(1, bytes / 1000) + " kB"
				: String.format(LocaleContextHolder.getLocale(), "%.1f MB", bytes / 1_000_000.0);
	}

	private static List<Happened> history(JsonNode list) {
		return list.valueStream().map((one) -> {
			String what = one.path("what").asString("");
			String text = one.path("text").asString("");
			boolean delivered = what.equals("DELIVERED");
			boolean told = List.of("REVISED", "WITHDRAWN", "FILE_ATTACHED", "FILE_REMOVED", "REDACTED").contains(what);
			String custodian = one.path("custodian").asString("");
			int version = one.path("version").asInt(0);
			return new Happened(what, Instant.parse(one.path("at").asString("")),
					told ? text : custodian.isEmpty() ? "" : Names.of(custodian) + ". " + text,
					(version > 0) ? version : null, delivered ? text : "");
		}).toList();
	}

	/** As one writes it in a list of sources. */
	String citation(String address) {
		String who = this.authors.isEmpty() ? this.publisher : Names.list(this.authors);
		return who + (this.year.isEmpty() ? ". " : " (" + this.year + "). ") + this.title + ". "
				+ (this.authors.isEmpty() ? "" : this.publisher + ". ") + address;
	}

	/** Whether somebody else than the publisher answers for it. */
	public String custodianName() {
		return Names.of(this.custodian);
	}

}
