package se.lokalabehov.reportcatalogue.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.reportcatalogue.open.CatalogueProperties;
import se.lokalabehov.reportcatalogue.open.OpenRecord;

/**
 * The forms in which lists can be had. What a record says can never become a field, a
 * line, a command or a formula of its own.
 */
public enum Format {

	/**
	 * RFC 4180 with a byte order mark, by which spreadsheets know UTF-8. A value that a
	 * spreadsheet would take for a formula has an apostrophe before it.
	 */
	CSV("text/csv", "csv") {

		@Override
		String begin() {
			return CsvColumn.headers();
		}

		@Override
		String write(OpenRecord record, Content content, CatalogueProperties properties) {
			return CsvColumn.line(record.id(), content);
		}

	},

	/** The tagged format of reference managers. */
	RIS("application/x-research-info-systems", "ris") {

		@Override
		String write(OpenRecord record, Content content, CatalogueProperties properties) {
			StringBuilder out = new StringBuilder(256);
			tag(out, "TY", (content.report() != null) ? "RPRT" : "GEN");
			authors(content).forEach((author) -> tag(out, "AU", author));
			tag(out, "TI", content.title());
			tag(out, "AB", content.description());
			tag(out, "PB", name(content.publisher()));
			tag(out, "PY", year(content));
			tag(out, "LA", content.language());
			content.areas().forEach((area) -> tag(out, "KW", area));
			content.identifiers().forEach((identifier) -> tag(out, "SN", identifier));
			tag(out, "UR", (content.link() != null) ? content.link() : properties.addressOf(record.id()));
			tag(out, "ID", record.id());
			return out.append("ER  - \r\n\r\n").toString();
		}

		private void tag(StringBuilder out, String tag, @Nullable String value) {
			if (value != null && !value.isBlank()) {
				out.append(tag).append("  - ").append(onOneLine(value)).append("\r\n");
			}
		}

	},

	/** BibTeX, with everything that TeX would act on escaped. */
	BIBTEX("application/x-bibtex", "bib") {

		@Override
		String write(OpenRecord record, Content content, CatalogueProperties properties) {
			StringBuilder out = new StringBuilder(256);
			out.append((content.report() != null) ? "@techreport{" : "@misc{").append(record.id());
			field(out, "title", content.title());
			field(out, "author", String.join(" and ", authors(content)));
			field(out, (content.report() != null) ? "institution" : "publisher", name(content.publisher()));
			field(out, "year", year(content));
			field(out, "language", content.language());
			field(out, "abstract", content.description());
			field(out, "url", (content.link() != null) ? content.link() : properties.addressOf(record.id()));
			return out.append("\n}\n\n").toString();
		}

		private void field(StringBuilder out, String name, @Nullable String value) {
			if (value != null && !value.isBlank()) {
				out.append(",\n  ").append(name).append(" = {");
				onOneLine(value).chars().forEach((one) -> {
					switch (one) {
						case '\\' -> out.append("{\\textbackslash}");
						case '{' -> out.append("\\{");
						case '}' -> out.append("\\}");
						case '$', '&', '%', '#', '_' -> out.append('\\').append((char) one);
						case '~' -> out.append("{\\textasciitilde}");
						case '^' -> out.append("{\\textasciicircum}");
						default -> out.append((char) one);
					}
				});
				out.append('}');
			}
		}

	};

	private static final String CALCULATED = "=+-@＝＋－＠";

	private static final String FORMULA = CALCULATED + "\t\r\n";

	private final MediaType mediaType;

	private final String extension;

	Format(String mediaType, String extension) {
		this.mediaType = new MediaType(MediaType.parseMediaType(mediaType), java.nio.charset.StandardCharsets.UTF_8);
		this.extension = extension;
	}

	/**
	 * A list as something to save.
	 * @param records writes them, one after the other, where it is told
	 */
	public ResponseEntity<StreamingResponseBody> file(CatalogueProperties properties,
			Consumer<Consumer<OpenRecord>> records) {
		StreamingResponseBody body = (out) -> {
			out.write(begin().getBytes(StandardCharsets.UTF_8));
			try {
				records.accept((record) -> {
					Content content = record.content();
					if (content != null) {
						write(out, write(record, content, properties));
					}
				});
			}
			catch (UncheckedIOException ex) {
				throw ex.getCause();
			}
		};
		return ResponseEntity.ok()
			.contentType(this.mediaType)
			.header("Content-Disposition", "attachment; filename=\"lokala-behov." + this.extension + "\"")
			.header("X-Content-Type-Options", "nosniff")
			.body(body);
	}

	private static void write(OutputStream out, String text) {
		try {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What comes before the first record. */
	String begin() {
		return "";
	}

	/** One record. */
	abstract String write(OpenRecord record, Content content, CatalogueProperties properties);

	static String line(List<? extends @Nullable String> values) {
		StringBuilder out = new StringBuilder();
		try {
			CSVFormat.RFC4180.printRecord(out, values.stream().map(Format::harmless).toArray());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return out.toString();
	}

	/**
	 * Never a formula (OWASP, CSV injection). What begins with apostrophes that hold one
	 * back gets one more, so that one can be taken away again.
	 */
	static String harmless(@Nullable String value) {
		if (value == null || value.isEmpty()) {
			return "";
		}
		String bare = value.replaceFirst("^'+", "");
		return (!bare.isEmpty() && (FORMULA.indexOf(bare.charAt(0)) >= 0
				|| (!bare.isBlank() && CALCULATED.indexOf(bare.stripLeading().charAt(0)) >= 0))) ? "'" + value : value;
	}

	private static String onOneLine(String text) {
		return text.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").strip();
	}

	private static List<String> authors(Content content) {
		return Stream
			.concat((content.report() != null) ? content.report().authors().stream() : Stream.empty(),
					(content.project() != null) ? Stream.of(content.project().responsible()) : Stream.empty())
			.toList();
	}

	private static @Nullable String year(Content content) {
		return (content.report() != null) ? Integer.toString(content.report().year()) : null;
	}

	static String name(OrganisationId organisation) {
		return Directory.standard()
			.organisation(organisation)
			.map(Organisation::officialName)
			.orElse(organisation.value());
	}

}
