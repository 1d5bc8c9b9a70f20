package se.lokalabehov.needintake;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Term;
import se.lokalabehov.web.Table;

/**
 * Needs as a table has them: one on each row, terms of the vocabulary in words or as
 * codes.
 */
final class NeedTable {

	private static final Directory DIRECTORY = Directory.standard();

	private static final Pattern BETWEEN = Pattern.compile("\\s*[;\\n]\\s*");

	private NeedTable() {
	}

	/** What a column says. */
	enum Column {

		AREA("verksamhetsområde", "area", "area", false),

		TITLE("rubrik", "wording.title", null, false),

		QUESTION("vad behöver ni veta", "wording.question", null, false),

		SITUATION("hur ser det ut i dag", "wording.situation", null, false),

		CONSEQUENCE("vad händer annars", "wording.consequence", null, false),

		TARGET_GROUPS("målgrupper", "wording.targetGroups", "target-group", true),

		NEED_TYPE("typ av behov", "wording.needType", "need-type", false),

		SUPPORT("önskat stöd", "wording.supportWanted", "support-kind", true),

		UNIT("förvaltning eller enhet", "unit", null, false);

		private final String header;

		private final String path;

		private final @Nullable String scheme;

		private final boolean several;

		Column(String header, String path, @Nullable String scheme, boolean several) {
			this.header = header;
			this.path = path;
			this.scheme = scheme;
			this.several = several;
		}

		String header() {
			return this.header;
		}

		/** The column that is about a field of a draft, if one is. */
		static Optional<Column> about(String field) {
			String path = field.replaceAll("\\[[0-9]+]", "");
			return Stream.of(values()).filter((one) -> one.path.equals(path)).findFirst();
		}

		private Object value(String cell) {
			if (!this.several) {
				return code(cell);
			}
			return BETWEEN.splitAsStream(cell).filter((one) -> !one.isBlank()).map(this::code).distinct().toList();
		}

		private String code(String said) {
			String plain = said.strip();
			if (this.scheme == null) {
				return plain;
			}
			return DIRECTORY.terms(this.scheme)
				.stream()
				.filter((term) -> term.code().equalsIgnoreCase(plain) || term.label().equalsIgnoreCase(plain))
				.findFirst()
				.map(Term::code)
				.orElse(plain);
		}

		/** What may stand in it, when it is a term of the vocabulary. */
		@Nullable String choices() {
			return (this.scheme != null) ? DIRECTORY.terms(this.scheme)
				.stream()
				.map(Term::label)
				.collect(Collectors.joining(this.several ? "; " : " / ")) : null;
		}

	}

	/**
	 * Which columns a table has, by their headers.
	 * @return where each is; the problem in Swedish when a header is unknown, stands
	 * twice or is missing
	 */
	static Columns columns(Table table) {
		Map<Column, Integer> places = new EnumMap<>(Column.class);
		for (int i = 0; i < table.header().size(); i++) {
			String header = table.header().get(i).toLowerCase(Locale.of("sv")).replaceAll("[?*:]", "").strip();
			Optional<Column> column = Stream.of(Column.values()).filter((one) -> one.header.equals(header)).findFirst();
			if (column.isEmpty() && !header.isEmpty()) {
				return Columns.wrong("Kolumn %d har en rubrik som inte finns. Rubriker som finns: %s.".formatted(i + 1,
						Stream.of(Column.values()).map(Column::header).collect(Collectors.joining(", "))));
			}
			if (column.isPresent() && places.putIfAbsent(column.get(), i) != null) {
				return Columns
					.wrong("Rubriken ”%s” står två gånger. Ta bort den ena kolumnen.".formatted(column.get().header));
			}
		}
		for (Column needed : List.of(Column.AREA, Column.TITLE)) {
			if (!places.containsKey(needed)) {
				return Columns.wrong("Kolumnen ”%s” saknas. Utgå från mallen.".formatted(needed.header));
			}
		}
		return new Columns(places, null);
	}

	/**
	 * Where each column is.
	 *
	 * @param wrong what is wrong with the header, none when nothing is
	 */
	record Columns(Map<Column, Integer> places, @Nullable String wrong) {

		private static Columns wrong(String why) {
			return new Columns(Map.of(), why);
		}

		/** A row as a draft would stand in JSON. */
		Map<String, Object> said(Table.Row row, OrganisationId municipality, @Nullable String cycle) {
			Map<String, Object> wording = new LinkedHashMap<>();
			Map<String, Object> said = new LinkedHashMap<>();
			said.put("municipalities", List.of(municipality.value()));
			said.put("wording", wording);
			if (cycle != null) {
				said.put("cycle", cycle);
			}
			this.places.forEach((column, place) -> {
				String cell = plain(row.cells().get(place));
				if (!cell.isBlank()) {
					boolean word = column.path.startsWith("wording.");
					(word ? wording : said).put(word ? column.path.substring("wording.".length()) : column.path,
							column.value(cell));
				}
			});
			return said;
		}

		/** Without the apostrophe that keeps a spreadsheet from calculating. */
		private static String plain(String cell) {
			return (cell.length() > 1 && cell.charAt(0) == '\'' && "=+-@".indexOf(cell.charAt(1)) >= 0)
					? cell.substring(1) : cell;
		}

	}

	/** A table to begin with, with an example. */
	static Table template() {
		Map<Column, String> cells = new EnumMap<>(
				Map.of(Column.AREA, "Skadligt bruk och beroende", Column.TITLE, "Stöd till anhöriga", Column.QUESTION,
						"Vilket stöd hjälper anhöriga?", Column.SITUATION, "Vi gör olika i varje ärende.",
						Column.CONSEQUENCE, "Anhöriga blir utan stöd.", Column.TARGET_GROUPS, "Anhöriga; Vuxna",
						Column.NEED_TYPE, "Metoder och arbetssätt", Column.SUPPORT, "Vägledning", Column.UNIT, ""));
		return new Table(Stream.of(Column.values()).map(Column::header).toList(), List
			.of(new Table.Row(2, Stream.of(Column.values()).map((column) -> cells.getOrDefault(column, "")).toList())));
	}

}
