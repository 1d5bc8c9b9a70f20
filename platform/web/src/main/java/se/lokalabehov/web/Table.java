package se.lokalabehov.web;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table as people have it: the first sheet of an Excel workbook (.xlsx), or CSV with
 * semicolons, commas or tabs in UTF-8, UTF-16 or, as Swedish Excel writes it,
 * Windows-1252. The first row is the header; rows without anything in them are left out.
 *
 * @param header what stands above the columns, without the space around it
 * @param rows in their order
 */
public record Table(List<String> header, List<Row> rows) {

	/** So many rows at most. */
	public static final int MAX_ROWS = 5000;

	static final int MAX_COLUMNS = 100;

	/** Beyond it a cell says nothing that anybody reads (Excel's own limit). */
	private static final int MAX_CELL = 32_767;

	private static final Charset WINDOWS = Charset.forName("windows-1252");

	private static final List<Character> SEPARATORS = List.of(';', ',', '\t');

	/**
	 * A row.
	 *
	 * @param number as the spreadsheet counts: the header is 1
	 * @param cells as many as the header has, empty where nothing stands
	 */
	public record Row(int number, List<String> cells) {

		private Row fitted(int size) {
			List<String> fitted = new ArrayList<>(this.cells.subList(0, Math.min(size, this.cells.size())));
			while (fitted.size() < size) {
				fitted.add("");
			}
			return new Row(this.number, List.copyOf(fitted));
		}

	}

	/**
	 * It is no table; says why and what to do in Swedish.
	 */
	public static final class NoTable extends Exception {

		private static final long serialVersionUID = 1L;

		NoTable(String why) {
			super(why, null, false, false);
		}

		/** Why, and what to do. */
		public String why() {
			return String.valueOf(getMessage());
		}

	}

	/**
	 * Reads a table.
	 * @param bytes of the file, whatever it is called
	 * @return the table, with at least one row
	 * @throws NoTable when it can not be read as one, or has no rows
	 */
	public static Table read(byte[] bytes) throws NoTable {
		boolean packed = bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
		if (!packed && bytes.length > 3 && (bytes[0] & 0xFF) == 0xD0 && (bytes[1] & 0xFF) == 0xCF) {
			throw new NoTable("Filen är en gammal Excelfil (.xls), eller skyddad med lösenord. Spara den som .xlsx "
					+ "utan lösenord och välj den igen.");
		}
		List<Row> all = packed ? workbook(bytes) : text(decoded(bytes));
		if (all.isEmpty()) {
			throw new NoTable("Filen är tom. Utgå från mallen.");
		}
		List<String> header = all.getFirst().cells();
		if (header.size() > MAX_COLUMNS) {
			throw new NoTable("Filen har fler än %d kolumner. Utgå från mallen.".formatted(MAX_COLUMNS));
		}
		List<Row> rows = all.subList(1, all.size()).stream().map((row) -> row.fitted(header.size())).toList();
		if (rows.isEmpty()) {
			throw new NoTable("Filen har inga rader under rubrikraden. Skriv minst en, och välj filen igen.");
		}
		return new Table(header.stream().map(String::strip).toList(), rows);
	}

	private static List<Row> workbook(byte[] bytes) throws NoTable {
		List<Row> rows = new ArrayList<>();
		for (Row row : Workbook.rows(bytes)) {
			add(rows, row.number(), row.cells());
		}
		return rows;
	}

	private static List<Row> text(String text) throws NoTable {
		List<Row> rows = new ArrayList<>();
		CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(separator(text)).get();
		try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
			for (CSVRecord record : parser) {
				add(rows, Math.toIntExact(record.getRecordNumber()), record.toList());
			}
			return rows;
		}
		catch (IOException | UncheckedIOException ex) {
			throw new NoTable(("Filen går inte att läsa som CSV efter rad %d: ett citattecken saknas eller står fel. "
					+ "Rätta det, eller spara tabellen som Excelfil (.xlsx), och välj den igen.")
				.formatted(rows.isEmpty() ? 1 : rows.getLast().number()));
		}
	}

	private static void add(List<Row> rows, int number, List<String> cells) throws NoTable {
		if (cells.stream().allMatch((cell) -> cell == null || cell.isBlank())) {
			return;
		}
		if (rows.size() > MAX_ROWS) {
			throw new NoTable("Filen har fler än %d rader. Dela upp den.".formatted(MAX_ROWS));
		}
		rows.add(new Row(number,
				cells.stream()
					.map((cell) -> (cell != null) ? cell.substring(0, Math.min(cell.length(), MAX_CELL)) : "")
					.toList()));
	}

	private static String decoded(byte[] bytes) {
		if (bytes.length > 1 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE
				|| bytes.length > 1 && (bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF) {
			return new String(bytes, StandardCharsets.UTF_16);
		}
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			return new String(bytes, WINDOWS);
		}
	}

	/** What the header has most of. */
	private static char separator(String text) {
		String header = text.lines().findFirst().orElse("");
		return SEPARATORS.stream()
			.max(Comparator.comparingLong((one) -> header.chars().filter((character) -> character == one).count()))
			.filter((one) -> header.indexOf(one) >= 0)
			.orElse(';');
	}

	/**
	 * The same as RFC 4180 has it.
	 * @return with a byte order mark, by which spreadsheets know UTF-8
	 */
	public String csv() {
		StringBuilder out = new StringBuilder("\uFEFF");
		try {
			CSVFormat.RFC4180.printRecord(out, this.header.toArray());
			for (Row row : this.rows) {
				CSVFormat.RFC4180.printRecord(out, row.cells().toArray());
			}
			return out.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
