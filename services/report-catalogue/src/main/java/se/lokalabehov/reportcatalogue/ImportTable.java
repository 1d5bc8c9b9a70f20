package se.lokalabehov.reportcatalogue;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.reportcatalogue.exports.CsvColumn;

/**
 * A table as it was sent, read as far as it is one: its rows, each as a record's content
 * would stand in JSON, with what could not even be read as that.
 *
 * @param rows those that say anything, in their order
 */
record ImportTable(List<Line> rows) {

	static final int MAX_ROWS = 5000;

	/**
	 * Between cells and between values of a cell: more than so many rows have with
	 * everything that they say, and little enough for one document of the store.
	 */
	private static final int MAX_SEPARATORS = 500_000;

	private static final String FOR_HELP = "Utgå från mallen på /api/v1/records/imports/template.";

	/**
	 * A row.
	 *
	 * @param row its number, the header is the first
	 * @param id of the record that it is to change; none when it is to be new
	 * @param said as in JSON
	 * @param faults what could not be read
	 */
	record Line(int row, @Nullable String id, Map<String, Object> said, List<Fault> faults) {

		/** Whether it has its cells. */
		boolean isWhole() {
			return this.faults.stream().allMatch((one) -> one.column() != null);
		}

	}

	/**
	 * Something that is wrong.
	 *
	 * @param column its header; none when it is the whole row
	 * @param detail in Swedish, what to do
	 */
	record Fault(@Nullable String column, String detail) {
	}

	/** No table at all; says why and what to do in Swedish. */
	static final class NoTable extends Exception {

		private static final long serialVersionUID = 1L;

		NoTable(String why) {
			super(why, null, false, false);
		}

		String why() {
			return String.valueOf(getMessage());
		}

	}

	/**
	 * Reads a table.
	 * @param bytes UTF-8, with or without a byte order mark; separated by semicolons or
	 * commas
	 * @param confirmed whether somebody has said that what looks like a personal number
	 * is none
	 */
	static ImportTable read(byte[] bytes, boolean confirmed) throws NoTable {
		String text = text(bytes);
		char separator = separator(text);
		if (text.chars().filter((one) -> one == ';' || one == ',').count() > MAX_SEPARATORS) {
			throw new NoTable("Filen har för många kolumner. " + FOR_HELP);
		}
		CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(separator).get();
		List<Line> rows = new ArrayList<>();
		try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
			List<CsvColumn> columns = null;
			for (CSVRecord record : parser) {
				if (columns == null) {
					columns = columns(record);
				}
				else if (record.stream().anyMatch((cell) -> !cell.isBlank())) {
					if (rows.size() == MAX_ROWS) {
						throw new NoTable("Filen har fler än %d rader. Dela upp den och skicka delarna var för sig."
							.formatted(MAX_ROWS));
					}
					rows.add(line(record, columns, confirmed));
				}
			}
			if (rows.isEmpty()) {
				throw new NoTable("Filen har inga rader under rubrikraden. " + FOR_HELP);
			}
			return new ImportTable(rows);
		}
		catch (IOException | UncheckedIOException ex) {
			throw new NoTable(("Filen går inte att läsa som CSV efter rad %d: ett citattecken saknas eller står fel. "
					+ "Rätta det och skicka igen.")
				.formatted(rows.isEmpty() ? 1 : rows.getLast().row()));
		}
	}

	private static String text(byte[] bytes) throws NoTable {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw new NoTable("Filen är inte skriven i UTF-8. Spara den som ”CSV UTF-8” och skicka igen.");
		}
	}

	/** What the header has most of. */
	private static char separator(String text) {
		String header = text.lines().findFirst().orElse("");
		long semicolons = header.chars().filter((one) -> one == ';').count();
		return (semicolons > header.chars().filter((one) -> one == ',').count()) ? ';' : ',';
	}

	private static List<CsvColumn> columns(CSVRecord header) throws NoTable {
		List<CsvColumn> columns = new ArrayList<>();
		Set<CsvColumn> seen = new HashSet<>();
		for (String name : header) {
			CsvColumn column = CsvColumn.of(name.strip())
				.orElseThrow(() -> new NoTable("Kolumn %d har en rubrik som inte finns. Rubriker som finns: %s."
					.formatted(columns.size() + 1,
							Stream.of(CsvColumn.values()).map(CsvColumn::header).collect(Collectors.joining(", ")))));
			if (!seen.add(column)) {
				throw new NoTable(
						"Rubriken ”%s” står två gånger. Ta bort den ena kolumnen.".formatted(column.header()));
			}
			columns.add(column);
		}
		return columns;
	}

	private static Line line(CSVRecord record, List<CsvColumn> columns, boolean confirmed) {
		List<Fault> faults = new ArrayList<>();
		Map<String, Object> said = new LinkedHashMap<>();
		int row = Math.toIntExact(record.getRecordNumber());
		if (record.size() != columns.size()) {
			faults
				.add(new Fault(null, "Raden har %d celler men rubrikraden %d. Kontrollera skiljetecken och citattecken."
					.formatted(record.size(), columns.size())));
			return new Line(row, null, said, faults);
		}
		String id = null;
		for (int i = 0; i < columns.size(); i++) {
			CsvColumn column = columns.get(i);
			String cell = CsvColumn.plain(record.get(i));
			RecordFiles.numbersIn(cell)
				.filter((found) -> found.certain() || !confirmed)
				.findFirst()
				.ifPresent((found) -> faults.add(new Fault(column.header(), number(found.start(), found.certain()))));
			if (column == CsvColumn.ID) {
				id = cell.isBlank() ? null : cell.strip();
			}
			else if (!cell.isBlank()) {
				put(said, column, cell, faults);
			}
		}
		ofItsKind(said, faults);
		return new Line(row, id, said, faults);
	}

	private static String number(int start, boolean certain) {
		return certain
				? "Innehåller ett person- eller samordningsnummer vid tecken %d. Ta bort det: sådana nummer får inte stå i katalogen."
					.formatted(start + 1)
				: "Innehåller något som ser ut som ett personnummer vid tecken %d. Ta bort det, eller bekräfta att det inte gäller någon person (X-Confirm-No-Personal-Data: true)."
					.formatted(start + 1);
	}

	private static void put(Map<String, Object> said, CsvColumn column, String cell, List<Fault> faults) {
		Object value = switch (column.form()) {
			case TEXT -> cell.strip();
			case LIST -> CsvColumn.values(cell);
			case NUMBER -> cell.strip().matches("-?[0-9]{1,9}") ? Integer.valueOf(cell.strip()) : cell;
			case DELIVERABLES -> deliverables(column, CsvColumn.values(cell), faults);
		};
		int dot = column.path().indexOf('.');
		if (dot < 0) {
			said.put(column.path(), value);
		}
		else {
			part(said, column.path().substring(0, dot)).put(column.path().substring(dot + 1), value);
		}
	}

	private static List<Map<String, String>> deliverables(CsvColumn column, List<String> values, List<Fault> faults) {
		List<Map<String, String>> deliverables = new ArrayList<>();
		for (String value : values) {
			CsvColumn.readDeliverable(value).ifPresentOrElse((read) -> {
				Map<String, String> one = new LinkedHashMap<>(Map.of("due", read.group(1), "what", read.group(3)));
				if (read.group(2) != null && !read.group(2).isEmpty()) {
					one.put("delivered", read.group(2));
				}
				deliverables.add(one);
			}, () -> faults.add(new Fault(column.header(),
					"Skriv varje leverans som ÅÅÅÅ-MM-DD och sedan vad som levereras, med semikolon mellan leveranserna.")));
		}
		return deliverables;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> part(Map<String, Object> said, String name) {
		return (Map<String, Object>) said.computeIfAbsent(name, (none) -> new LinkedHashMap<>());
	}

	/** The part of its kind, even if it says nothing yet, and no other. */
	private static void ofItsKind(Map<String, Object> said, List<Fault> faults) {
		String own = partOf(String.valueOf(said.get("kind")));
		if (own == null) {
			return;
		}
		part(said, own);
		for (CsvColumn column : CsvColumn.values()) {
			int dot = column.path().indexOf('.');
			if (dot > 0 && !column.path().startsWith(own + ".")
					&& said.get(column.path().substring(0, dot)) instanceof Map<?, ?> other
					&& other.containsKey(column.path().substring(dot + 1))) {
				faults.add(new Fault(column.header(),
						"Hör inte till slaget %s. Töm cellen, eller ändra slaget.".formatted(said.get("kind"))));
			}
		}
		// What they lack is not asked for.
		said.entrySet().removeIf((part) -> part.getValue() instanceof Map && !part.getKey().equals(own));
	}

	private static @Nullable String partOf(String kind) {
		return Stream.of(CatalogueEvent.Kind.values())
			.filter((one) -> one.name().equals(kind))
			.findFirst()
			.map((one) -> switch (one) {
				case REPORT -> "report";
				case RESEARCH_PROJECT -> "project";
				case KNOWLEDGE_SUPPORT -> "support";
			})
			.orElse(null);
	}

}
