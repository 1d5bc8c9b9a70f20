package se.lokalabehov.reportcatalogue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.logging.LogFactory;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.util.FileSystemUtils;

import se.lokalabehov.reportcatalogue.PdfText.Said;
import se.lokalabehov.reportcatalogue.PdfText.Verdict;

/**
 * Has a PDF file looked through and its text read by {@link PdfText} in a process of its
 * own, with a limit to its time, its memory and what it may write. Two at a time.
 */
final class PdfReader {

	private static final int BYTES_PER_CHARACTER = 4;

	private static final String HEAP = "-Xmx256m";

	private final Semaphore places = new Semaphore(2, true);

	private final Duration limit;

	/**
	 * Reads with a limit.
	 * @param limit how long one file may take
	 */
	PdfReader(Duration limit) {
		this.limit = limit;
	}

	/**
	 * What came of it.
	 *
	 * @param verdict whether it was read
	 * @param pages how many there are
	 * @param text of the pages, with a form feed after each
	 * @param beside the file's properties, bookmarks, notes and fields, a line each
	 * @param said what the file says about itself
	 */
	record Reading(Verdict verdict, int pages, String text, String beside, Said said) {

		static Reading of(Verdict verdict) {
			return new Reading(verdict, 0, "", "", Said.NOTHING);
		}

	}

	/** Reads a file that nobody has vouched for. */
	Reading read(Path file) throws IOException, InterruptedException {
		this.places.acquire();
		Path home = Files.createTempDirectory("pdf");
		try {
			return read(file, home);
		}
		finally {
			this.places.release();
			FileSystemUtils.deleteRecursively(home);
		}
	}

	private Reading read(Path file, Path home) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command(file.toAbsolutePath(), home)).directory(home.toFile())
			.redirectError(ProcessBuilder.Redirect.DISCARD);
		// Nothing that this process was told is for that one.
		builder.environment().clear();
		Process process = builder.start();
		Thread.startVirtualThread(() -> endInTime(process));
		try (InputStream out = process.getInputStream()) {
			process.getOutputStream().close();
			int most = PdfText.MAX_CHARACTERS * BYTES_PER_CHARACTER;
			byte[] written = out.readNBytes(most + 1);
			if (written.length > most) {
				return Reading.of(Verdict.TOO_MUCH);
			}
			Verdict verdict = Verdict.of(process.waitFor());
			return (verdict == Verdict.READ) ? reading(new String(written, StandardCharsets.UTF_8))
					: Reading.of(verdict);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private void endInTime(Process process) {
		try {
			if (!process.waitFor(this.limit.toMillis(), TimeUnit.MILLISECONDS)) {
				process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	private static Reading reading(String written) {
		int text = written.indexOf('\n') + 1;
		int beside = Math.max(written.lastIndexOf('\f') + 1, text);
		String first = written.substring(0, text - 1);
		return new Reading(Verdict.READ, Integer.parseInt(first.replaceFirst("\\D.*", "")),
				written.substring(text, beside), written.substring(beside), Said.read(first));
	}

	private static List<String> command(Path file, Path home) {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP, "-XX:MaxDirectMemorySize=16m",
				"-XX:MaxMetaspaceSize=96m", "-XX:ReservedCodeCacheSize=32m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData",
				"-Djava.awt.headless=true", "-Djava.io.tmpdir=" + home, "-Duser.home=" + home,
				"-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog"));
		List<URL> places = Stream
			.of(PdfText.class, PDDocument.class, RandomAccessRead.class, TTFParser.class, LogFactory.class)
			.map((type) -> Objects.requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation())
			.distinct()
			.toList();
		if (places.getFirst().toString().startsWith("jar:nested:")) {
			// All in one jar, which only Spring Boot's own launcher can look into.
			String jar = places.getFirst().toString().substring("jar:nested:".length());
			command.addAll(List.of("-Dloader.main=" + PdfText.class.getName(), "-cp",
					jar.substring(0, jar.indexOf("/!")), "org.springframework.boot.loader.launch.PropertiesLauncher"));
		}
		else {
			command.addAll(List.of("-cp",
					places.stream()
						.map(PdfReader::path)
						.collect(Collectors.joining(System.getProperty("path.separator"))),
					PdfText.class.getName()));
		}
		command.add(file.toString());
		return command;
	}

	private static String path(URL place) {
		try {
			return Path.of(place.toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
