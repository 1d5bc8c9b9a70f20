package se.lokalabehov.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads the example's files: comma-separated, quoted where needed (RFC 4180), the first
 * line names the columns.
 */
final class Csv {

	private Csv() {
	}

	/**
	 * A row.
	 *
	 * @param file which file it stands in
	 * @param fields its fields by column
	 */
	record Row(String file, Map<String, String> fields) {

		/** The field of a column that the file must have. */
		String get(String column) {
			return Objects.requireNonNull(this.fields.get(column), () -> this.file + " has no " + column);
		}

	}

	/**
	 * The rows of a file.
	 * @param name its name beside the class
	 * @return in the file's order
	 */
	static List<Row> rows(String name) {
		try (InputStream file = Csv.class.getResourceAsStream(name)) {
			if (file == null) {
				throw new IllegalStateException(name + " is missing");
			}
			return rows(name, lines(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Row> rows(String name, List<List<String>> lines) {
		List<String> columns = lines.getFirst();
		return lines.stream().skip(1).map((fields) -> {
			if (fields.size() != columns.size()) {
				throw new IllegalStateException(name + ": " + fields + " does not have " + columns);
			}
			Map<String, String> row = new LinkedHashMap<>();
			for (int i = 0; i < fields.size(); i++) {
				row.put(columns.get(i), fields.get(i));
			}
			return new Row(name, row);
		}).toList();
	}

	private static List<List<String>> lines(String text) {
		List<List<String>> lines = new ArrayList<>();
		List<String> fields = new ArrayList<>();
		StringBuilder field = new StringBuilder();
		boolean quoted = false;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
				field.append(c);
				i++;
			}
			else if (c == '"') {
				quoted = !quoted;
			}
			else if (c == ',' && !quoted) {
				fields.add(field.toString());
				field.setLength(0);
			}
			else if (c == '\n' && !quoted) {
				fields.add(field.toString());
				field.setLength(0);
				lines.add(List.copyOf(fields));
				fields.clear();
			}
			else if (c != '\r' || quoted) {
				field.append(c);
			}
		}
		if (!field.isEmpty() || !fields.isEmpty()) {
			fields.add(field.toString());
			lines.add(List.copyOf(fields));
		}
		return lines;
	}

}
