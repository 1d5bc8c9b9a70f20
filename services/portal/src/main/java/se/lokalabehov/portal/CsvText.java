package se.lokalabehov.portal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * A table as RFC 4180 writes it, with a byte order mark, as Excel needs one to read
 * Swedish. A cell that a spreadsheet would take for a formula is quoted as text.
 */
final class CsvText {

	private static final Pattern QUOTED = Pattern.compile("[\",;\r\n]");

	private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\t\r]");

	private static final String MARK = "\uFEFF";

	private final StringBuilder text = new StringBuilder(MARK);

	CsvText(String... columns) {
		row(columns);
	}

	CsvText row(String... cells) {
		this.text.append(joined(cells));
		return this;
	}

	/** The first line of a table that is written line by line. */
	static byte[] head(String... columns) {
		return (MARK + joined(columns)).getBytes(StandardCharsets.UTF_8);
	}

	/** Another line of such a table. */
	static byte[] line(String... cells) {
		return joined(cells).getBytes(StandardCharsets.UTF_8);
	}

	private static String joined(String... cells) {
		return Arrays.stream(cells).map(CsvText::cell).collect(Collectors.joining(",")) + "\r\n";
	}

	private static String cell(String cell) {
		String safe = FORMULA.matcher(cell).find() ? "'" + cell : cell;
		return QUOTED.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
	}

	/**
	 * The table as a file to save.
	 * @param name of the file, with its ending
	 */
	ResponseEntity<byte[]> file(String name) {
		return ResponseEntity.ok()
			.contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=" + name)
			.body(bytes());
	}

	byte[] bytes() {
		return this.text.toString().getBytes(StandardCharsets.UTF_8);
	}

}
