package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own, the same Java as this one's, with what it says in a file.
 */
final class Child implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+([0-9]+) kB");

	private final Process process;

	private final Path log;

	private final List<String> command;

	private final long began = System.nanoTime();

	private Child(Path log, List<String> command) throws IOException {
		this.log = log;
		this.command = command;
		this.process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
	}

	/**
	 * Starts one; it is not ready yet.
	 * @param log where what it says is written down, after what is there
	 * @param options of the JVM
	 * @param main {@code -cp}, class path and class, or {@code -jar} and a jar, and then
	 * arguments
	 */
	static Child start(Path log, List<String> options, List<String> main) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
		command.addAll(options);
		command.addAll(main);
		Files.createDirectories(log.toAbsolutePath().getParent());
		return new Child(log, command);
	}

	/** Starts the same again; it is not ready yet. */
	Child again() throws IOException {
		return new Child(this.log, this.command);
	}

	/**
	 * Waits until it has said a line.
	 * @param beginning of the line
	 * @return the rest of the line
	 */
	String said(String beginning) throws IOException, InterruptedException {
		long asked = System.nanoTime();
		while (true) {
			for (String line : Files.readString(this.log, StandardCharsets.UTF_8).split("\n")) {
				if (line.startsWith(beginning)) {
					return line.substring(beginning.length()).strip();
				}
			}
			pause(asked);
		}
	}

	/**
	 * Waits until it answers 200.
	 * @param address such as a readiness probe's
	 * @return how long it has run
	 */
	Duration answers(URI address) throws IOException, InterruptedException {
		try (Http http = new Http(address)) {
			long asked = System.nanoTime();
			while (status(http, address) != 200) {
				pause(asked);
			}
		}
		return Duration.ofNanos(System.nanoTime() - this.began);
	}

	private static int status(Http http, URI address) {
		try {
			return http.get(address.getPath(), null).status();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private void pause(long asked) throws InterruptedException {
		if (!this.process.isAlive() || System.nanoTime() - asked > PATIENCE.toNanos()) {
			close();
			throw new IllegalStateException("it has ended or said nothing; see " + this.log);
		}
		TimeUnit.MILLISECONDS.sleep(10);
	}

	/** Says a line to it. */
	void tell(String line) throws IOException {
		Writer in = this.process.outputWriter(StandardCharsets.UTF_8);
		in.write(line + "\n");
		in.flush();
	}

	long pid() {
		return this.process.pid();
	}

	/** Where what it says is written down. */
	Path log() {
		return this.log;
	}

	/** Seconds of a processor that it has used. */
	double cpuSeconds() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
	}

	/** Bytes in memory, by Linux; 0 where that is not told. */
	long resident() throws IOException {
		Path status = Path.of("/proc", Long.toString(pid()), "status");
		if (!Files.exists(status)) {
			return 0;
		}
		Matcher matcher = RESIDENT.matcher(Files.readString(status));
		return matcher.find() ? 1024 * Long.parseLong(matcher.group(1)) : 0;
	}

	/** SIGKILL. */
	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/** SIGTERM, and SIGKILL for one that does not heed it. */
	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
				kill();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	/** Ends one if it is there. */
	static void end(@Nullable Child child) {
		if (child != null) {
			child.close();
		}
	}

}
