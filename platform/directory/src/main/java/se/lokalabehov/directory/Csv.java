package se.lokalabehov.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads comma separated values with a header row (RFC 4180: quotes, doubled quotes,
 * commas and line breaks inside quotes, CRLF or LF).
 */
final class Csv {

	private final String text;

	private int at;

	private Csv(String text) {
		this.text = text;
	}

	/**
	 * The rows below the header.
	 * @param text the whole file
	 * @return one map per row, column name to value, an empty field being ""
	 * @throws IllegalArgumentException when a row is not as wide as the header or a quote
	 * is never closed; a damaged reference file must stop the start
	 */
	static List<Map<String, String>> rows(String text) {
		Csv csv = new Csv(text);
		List<String> header = csv.record();
		List<Map<String, String>> rows = new ArrayList<>();
		while (csv.at < text.length()) {
			List<String> fields = csv.record();
			if (fields.size() != header.size()) {
				throw new IllegalArgumentException(
						"row " + (rows.size() + 1) + " has " + fields.size() + " fields, the header " + header.size());
			}
			Map<String, String> row = new LinkedHashMap<>();
			for (int i = 0; i < fields.size(); i++) {
				row.put(header.get(i), fields.get(i));
			}
			rows.add(row);
		}
		return rows;
	}

	private List<String> record() {
		List<String> fields = new ArrayList<>();
		fields.add(field());
		while (this.at < this.text.length() && this.text.charAt(this.at) == ',') {
			this.at++;
			fields.add(field());
		}
		if (this.at < this.text.length() && this.text.charAt(this.at) == '\r') {
			this.at++;
		}
		if (this.at < this.text.length() && this.text.charAt(this.at) == '\n') {
			this.at++;
		}
		return fields;
	}

	private String field() {
		return (this.at < this.text.length() && this.text.charAt(this.at) == '"') ? quoted() : plain();
	}

	private String plain() {
		int from = this.at;
		while (this.at < this.text.length() && ",\r\n".indexOf(this.text.charAt(this.at)) < 0) {
			this.at++;
		}
		return this.text.substring(from, this.at);
	}

	private String quoted() {
		StringBuilder value = new StringBuilder();
		while (true) {
			int close = this.text.indexOf('"', this.at + 1);
			if (close < 0) {
				throw new IllegalArgumentException("a quote is never closed");
			}
			value.append(this.text, this.at + 1, close);
			this.at = close + 1;
			if (this.at >= this.text.length() || this.text.charAt(this.at) != '"') {
				refuseTextAfterTheQuote();
				return value.toString();
			}
			value.append('"');
		}
	}

	private void refuseTextAfterTheQuote() {
		if (this.at < this.text.length() && ",\r\n".indexOf(this.text.charAt(this.at)) < 0) {
			throw new IllegalArgumentException("text after a closed quote");
		}
	}

}
