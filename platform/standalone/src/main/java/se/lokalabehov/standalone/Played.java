package se.lokalabehov.standalone;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;

/**
 * How far the example has been played on this data, kept beside it. Begun again after it
 * was interrupted it says everything once more, with the same days and the same
 * idempotency keys, and so does nothing twice.
 *
 * @param file where this is kept
 * @param begun when it was begun for the first time
 * @param whole whether it was played to its end
 */
record Played(Path file, Instant begun, boolean whole) {

	/** Whether it has been begun on this data. */
	static boolean isBegun(Path data) {
		return Files.exists(file(data));
	}

	/** As it is kept. */
	static Played of(Path data) {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(file(data), StandardCharsets.UTF_8)) {
			properties.load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new Played(file(data), Instant.parse(properties.getProperty("begun")),
				Boolean.parseBoolean(properties.getProperty("whole")));
	}

	/** Begins. */
	static Played begin(Path data, Instant now) {
		return new Played(file(data), now, false).kept();
	}

	/** Has come to its end. */
	Played toItsEnd() {
		return new Played(this.file, this.begun, true).kept();
	}

	private Played kept() {
		Properties properties = new Properties();
		properties.setProperty("begun", this.begun.toString());
		properties.setProperty("whole", Boolean.toString(this.whole));
		try (Writer writer = Files.newBufferedWriter(this.file, StandardCharsets.UTF_8)) {
			properties.store(writer, "the example");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	private static Path file(Path data) {
		return data.resolve("example.properties");
	}

}
