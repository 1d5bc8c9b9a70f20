package se.lokalabehov.portal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of the open data. One is made when somebody asks for it and what is there is
 * a minute old, or ten times as old as it took to make, so that making takes at most a
 * tenth of one thread; and never is one given out that was begun before the last
 * redaction that this portal has heard of. Made row by row on disk, so that its size does
 * not matter.
 */
final class OpenDataFiles implements AutoCloseable {

	private static final Duration FRESH = Duration.ofMinutes(1);

	private static final int TENTH = 10;

	/** What is not there is left out, as everywhere in the API. */
	private static final JsonMapper JSON = JsonMapper.builder()
		.changeDefaultPropertyInclusion(
				(before) -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
		.build();

	private final Published published;

	private final Clock clock;

	private final Path directory;

	private final Map<OpenData, Made> made = new EnumMap<>(OpenData.class);

	private final AtomicLong redactions = new AtomicLong();

	/** In which form. */
	enum Format {

		/** RFC 4180 with a header, UTF-8. */
		CSV,
		/** An array of objects. */
		JSON

	}

	/**
	 * A file that is open, to be closed by who opened it.
	 *
	 * @param tag an entity tag that follows from the content
	 * @param changed since when it says what it says, as far as this portal knows
	 */
	record Opened(InputStream content, long length, String tag, Instant changed) implements AutoCloseable {

		@Override
		public void close() {
			try {
				this.content.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	private record Written(Path path, long length, String hash, Instant changed) {
	}

	private record Made(Map<Format, Written> files, long at, long took, long redactions) {

		boolean isFresh(long redactionsNow) {
			return this.redactions == redactionsNow
					&& System.nanoTime() - this.at < Math.max(FRESH.toNanos(), this.took * TENTH);
		}

	}

	OpenDataFiles(Published published, Clock clock) {
		this.published = published;
		this.clock = clock;
		try {
			this.directory = Files.createTempDirectory("lokala-behov-open-data");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Texts were blanked: what was made before is not given out any more. */
	void redacted() {
		this.redactions.incrementAndGet();
	}

	/** One at a time makes a file; the others wait for it. */
	synchronized Opened open(OpenData data, Format format) {
		try {
			@Nullable Made there = this.made.get(data);
			if (there == null || !there.isFresh(this.redactions.get())) {
				Made next = make(data, there);
				this.made.put(data, next);
				// Who reads the old ones has them open.
				if (there != null) {
					for (Written old : there.files().values()) {
						Files.delete(old.path());
					}
				}
				there = next;
			}
			Written file = Objects.requireNonNull(there.files().get(format));
			return new Opened(Files.newInputStream(file.path()), file.length(),
					"W/\"" + file.hash().substring(0, 32) + "\"", file.changed());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Made make(OpenData data, @Nullable Made before) throws IOException {
		long redactionsBefore = this.redactions.get();
		long begun = System.nanoTime();
		Path csv = Files.createTempFile(this.directory, data.file(), ".csv");
		Path array = Files.createTempFile(this.directory, data.file(), ".json");
		MessageDigest ofCsv = sha256();
		MessageDigest ofArray = sha256();
		try (OutputStream csvOut = to(csv, ofCsv);
				OutputStream arrayOut = to(array, ofArray);
				SequenceWriter objects = JSON.writer().writeValuesAsArray(arrayOut)) {
			RecordComponent[] columns = data.row().getRecordComponents();
			csvOut.write(CsvText.head(Arrays.stream(columns).map(RecordComponent::getName).toArray(String[]::new)));
			this.published.rows(data, (row) -> {
				objects.write(row);
				try {
					csvOut.write(CsvText
						.line(Arrays.stream(columns).map((column) -> cell(column, row)).toArray(String[]::new)));
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
		}
		Map<Format, Written> files = new EnumMap<>(Format.class);
		files.put(Format.CSV, written(csv, ofCsv, Format.CSV, before));
		files.put(Format.JSON, written(array, ofArray, Format.JSON, before));
		long now = System.nanoTime();
		return new Made(files, now, now - begun, redactionsBefore);
	}

	private static OutputStream to(Path path, MessageDigest digest) throws IOException {
		return new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(path)), digest);
	}

	private Written written(Path path, MessageDigest digest, Format format, @Nullable Made before) throws IOException {
		String hash = HexFormat.of().formatHex(digest.digest());
		@Nullable Written old = (before != null) ? before.files().get(format) : null;
		Instant changed = (old != null && old.hash().equals(hash)) ? old.changed()
				: this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		return new Written(path, Files.size(path), hash, changed);
	}

	/** As the schema of the table says it: several values with a semicolon between. */
	private static String cell(RecordComponent column, Record row) {
		try {
			// A private type's accessor, as the row is no business of others.
			column.getAccessor().setAccessible(true);
			@Nullable Object value = column.getAccessor().invoke(row);
			return (value instanceof Collection<?> several)
					? several.stream().map(Object::toString).collect(Collectors.joining(";"))
					: (value != null) ? value.toString() : "";
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public synchronized void close() throws IOException {
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
