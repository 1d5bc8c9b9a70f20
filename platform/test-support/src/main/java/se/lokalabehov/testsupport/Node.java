package se.lokalabehov.testsupport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own that says {@code READY} when it is: started, ended in order, killed,
 * frozen, and started again with the same command.
 */
public final class Node {

	private static final long READY_SECONDS = 300;

	private final List<String> command;

	private final Path log;

	private final Map<String, String> environment;

	private @Nullable Process process;

	/**
	 * A process that is not started yet.
	 * @param log where what it says is written down
	 * @param options of the JVM
	 * @param main the class path, the class and its arguments
	 * @param environment variables
	 */
	public Node(Path log, List<String> options, List<String> main, Map<String, String> environment) {
		this.log = log;
		this.environment = environment;
		this.command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		this.command.addAll(options);
		this.command.addAll(main);
	}

	/** Starts it; gives what it says beside {@code READY}. */
	public String start() throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(this.command).redirectErrorStream(true);
		builder.environment().putAll(this.environment);
		Process started = builder.start();
		this.process = started;
		CompletableFuture<String> ready = new CompletableFuture<>();
		Thread.ofPlatform().daemon().start(() -> listen(started, ready));
		try {
			return ready.get(READY_SECONDS, TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			kill();
			throw new IllegalStateException("it did not start; see " + this.log, ex);
		}
	}

	private void listen(Process started, CompletableFuture<String> ready) {
		try (BufferedReader said = started.inputReader(StandardCharsets.UTF_8);
				Writer writer = Files.newBufferedWriter(this.log, StandardOpenOption.CREATE,
						StandardOpenOption.APPEND)) {
			for (String line = said.readLine(); line != null; line = said.readLine()) {
				if (line.startsWith("READY")) {
					ready.complete(line.substring("READY".length()).strip());
				}
				writer.write(line + "\n");
				writer.flush();
			}
		}
		catch (IOException ex) {
			// It is dead.
		}
		ready.completeExceptionally(new IllegalStateException("it has ended"));
	}

	private Process process() {
		return Objects.requireNonNull(this.process, "it was never started");
	}

	/** Its process's number. */
	public long pid() {
		return process().pid();
	}

	/** Whether it has been started and has not ended. */
	public boolean isAlive() {
		return this.process != null && this.process.isAlive();
	}

	/** SIGKILL. */
	public int kill() throws InterruptedException {
		return (this.process != null) ? this.process.destroyForcibly().waitFor() : 0;
	}

	/** SIGTERM; gives the exit code. */
	public int end() throws InterruptedException {
		process().destroy();
		return process().waitFor();
	}

	/** SIGSTOP. */
	public void freeze() throws IOException, InterruptedException {
		signal("-STOP");
	}

	/** SIGCONT. */
	public void thaw() throws IOException, InterruptedException {
		signal("-CONT");
	}

	private void signal(String which) throws IOException, InterruptedException {
		int code = new ProcessBuilder("kill", which, Long.toString(process().pid())).inheritIO().start().waitFor();
		if (code != 0) {
			throw new IllegalStateException("kill " + which + " ended with " + code);
		}
	}

}
