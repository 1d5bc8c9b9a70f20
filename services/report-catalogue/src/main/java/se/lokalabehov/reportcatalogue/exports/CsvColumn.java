package se.lokalabehov.reportcatalogue.exports;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Deliverable;
import se.lokalabehov.contracts.CatalogueEvent.KnowledgeSupport;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.contracts.CatalogueEvent.ResearchProject;

/**
 * The columns of a table of records, as it is written and read again: everything that a
 * record says. Several values of one column stand with semicolons between them; one in a
 * value itself has a backslash before it, and so has a backslash.
 */
public enum CsvColumn {

	/** The record itself; empty for what is new. */
	ID("id", "id", Form.TEXT, (content) -> null),

	/** One of the kinds of records. */
	KIND("slag", "kind", Form.TEXT, (content) -> content.kind().name()),

	/** The title. */
	TITLE("titel", "title", Form.TEXT, Content::title),

	/** Abstract, or what it is about. */
	DESCRIPTION("beskrivning", "description", Form.TEXT, Content::description),

	/** Code of the organisation. */
	PUBLISHER("utgivare", "publisher", Form.TEXT, (content) -> content.publisher().value()),

	/** ISO 639-1. */
	LANGUAGE("språk", "language", Form.TEXT, Content::language),

	/** Codes of areas. */
	AREAS("områden", "areas", Form.LIST, (content) -> list(content.areas())),

	/** Codes of target groups. */
	TARGET_GROUPS("målgrupper", "targetGroups", Form.LIST, (content) -> list(content.targetGroups())),

	/** Where it is on the web. */
	LINK("länk", "link", Form.TEXT, Content::link),

	/** SPDX id or the owner's words. */
	LICENCE("licens", "licence", Form.TEXT, Content::licence),

	/** DOI, ISBN, report number. */
	IDENTIFIERS("identifierare", "identifiers", Form.LIST, (content) -> list(content.identifiers())),

	/** Which version of the thing itself. */
	EDITION("utgåva", "edition", Form.TEXT, Content::edition),

	/** Of a report: as printed. */
	AUTHORS("författare", "report.authors", Form.LIST, report((report) -> list(report.authors()))),

	/** Of a report: of publication. */
	YEAR("år", "report.year", Form.NUMBER, report((report) -> Integer.toString(report.year()))),

	/** Of a report: how it was done. */
	METHOD("metod", "report.method", Form.TEXT, report(Report::method)),

	/** Of a project: organisation and role. */
	RESPONSIBLE("ansvarig", "project.responsible", Form.TEXT, project(ResearchProject::responsible)),

	/** Of a project: forskningshuvudman. */
	PRINCIPAL("huvudman", "project.principal", Form.TEXT, project(ResearchProject::principal)),

	/** Of a project: of the ethics approval. */
	ETHICS_REFERENCE("etikprövning", "project.ethicsReference", Form.TEXT, project(ResearchProject::ethicsReference)),

	/** Of a project: of the ethics approval. */
	ETHICS_STATUS("etikstatus", "project.ethicsStatus", Form.TEXT, project(ResearchProject::ethicsStatus)),

	/** Of a project: what it is to find out. */
	GOALS("mål", "project.goals", Form.TEXT, project(ResearchProject::goals)),

	/** Of a project: day, the record that it became in brackets if it did, and what. */
	DELIVERABLES("leveranser", "project.deliverables", Form.DELIVERABLES,
			project((project) -> list(project.deliverables().stream().map(CsvColumn::deliverable).toList()))),

	/** Of a project: a function. */
	CONTACT("kontakt", "project.contact", Form.TEXT, project(ResearchProject::contact)),

	/** Of a project: codes of municipalities. */
	PARTICIPANTS("kommuner", "project.participants", Form.LIST,
			project((project) -> list(project.participants().stream().map((one) -> one.value()).toList()))),

	/** Of a project: as written. */
	ADMINISTRATIONS("förvaltningar", "project.administrations", Form.LIST,
			project((project) -> list(project.administrations()))),

	/** Of a project: the day of the last confirmation. */
	CONFIRMED("bekräftad", "project.confirmedCurrent", Form.TEXT,
			project((project) -> project.confirmedCurrent().toString())),

	/** Of knowledge support: a code. */
	SUPPORT_KIND("stödslag", "support.supportKind", Form.TEXT, support(KnowledgeSupport::supportKind)),

	/** Of knowledge support: identifiers of national needs. */
	ANSWERS("besvarar", "support.answers", Form.LIST,
			support((support) -> list(support.answers().stream().map((one) -> one.value()).toList()))),

	/** Of knowledge support: when that is no link. */
	WHERE("plats", "support.where", Form.TEXT, support(KnowledgeSupport::where));

	/** How the values of a cell are to be read. */
	public enum Form {

		/** The cell is the value. */
		TEXT,
		/** The cell is a whole number. */
		NUMBER,
		/** Several values. */
		LIST,
		/** Several deliverables of a project. */
		DELIVERABLES

	}

	private static final Pattern DELIVERABLE = Pattern.compile("(\\S+)(?: \\[([^\\]]*)\\])?\\s+(.*)", Pattern.DOTALL);

	private final String header;

	private final String path;

	private final Form form;

	private final Function<Content, @Nullable String> written;

	CsvColumn(String header, String path, Form form, Function<Content, @Nullable String> written) {
		this.header = header;
		this.path = path;
		this.form = form;
		this.written = written;
	}

	/** What stands above it, in Swedish. */
	public String header() {
		return this.header;
	}

	/** Where its value stands in a record's content as JSON. */
	public String path() {
		return this.path;
	}

	/** How it is read. */
	public Form form() {
		return this.form;
	}

	/** The column with a header. */
	public static Optional<CsvColumn> of(String header) {
		return Stream.of(values()).filter((one) -> one.header.equals(header)).findFirst();
	}

	/** The line of headers, with the mark by which spreadsheets know UTF-8. */
	public static String headers() {
		return "\uFEFF" + Format.line(Stream.of(values()).map(CsvColumn::header).toList());
	}

	/**
	 * The line of a record.
	 * @param id none for what is to be new
	 */
	public static String line(@Nullable String id, Content content) {
		List<@Nullable String> row = new ArrayList<>();
		for (CsvColumn column : values()) {
			row.add((column == ID) ? id : column.written.apply(content));
		}
		return Format.line(row);
	}

	/** What a cell says, without what was put before it against spreadsheets. */
	public static String plain(String cell) {
		return (cell.startsWith("'") && Format.harmless(cell.substring(1)).equals(cell)) ? cell.substring(1) : cell;
	}

	/** The values of a cell with several. */
	public static List<String> values(String cell) {
		List<String> values = new ArrayList<>();
		StringBuilder value = new StringBuilder();
		for (int i = 0; i < cell.length(); i++) {
			char one = cell.charAt(i);
			if (one == '\\' && i + 1 < cell.length() && "\\;".indexOf(cell.charAt(i + 1)) >= 0) {
				value.append(cell.charAt(++i));
			}
			else if (one == ';') {
				values.add(value.toString().strip());
				value.setLength(0);
			}
			else {
				value.append(one);
			}
		}
		values.add(value.toString().strip());
		return values.stream().filter((one) -> !one.isEmpty()).toList();
	}

	/**
	 * What one value says of a deliverable.
	 * @return groups: the day, the record that it became (none or empty when it did not),
	 * what; nothing when it has not that form
	 */
	public static Optional<Matcher> readDeliverable(String value) {
		return Optional.of(DELIVERABLE.matcher(value)).filter(Matcher::matches);
	}

	private static String deliverable(Deliverable one) {
		// Brackets of its own are not taken for a record.
		String record = (one.delivered() != null) ? " [" + one.delivered() + "]"
				: one.what().startsWith("[") ? " []" : "";
		return one.due() + record + " " + one.what();
	}

	private static String list(Collection<String> values) {
		return values.stream().map((one) -> one.replaceAll("[\\\\;]", "\\\\$0")).collect(Collectors.joining(";"));
	}

	private static Function<Content, @Nullable String> report(Function<Report, @Nullable String> written) {
		return (content) -> (content.report() != null) ? written.apply(content.report()) : null;
	}

	private static Function<Content, @Nullable String> project(Function<ResearchProject, @Nullable String> written) {
		return (content) -> (content.project() != null) ? written.apply(content.project()) : null;
	}

	private static Function<Content, @Nullable String> support(Function<KnowledgeSupport, @Nullable String> written) {
		return (content) -> (content.support() != null) ? written.apply(content.support()) : null;
	}

}
