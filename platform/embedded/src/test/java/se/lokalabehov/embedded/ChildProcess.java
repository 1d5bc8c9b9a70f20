package se.lokalabehov.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that runs a store or a broker until it is killed.
 */
final class ChildProcess implements AutoCloseable {

	private final Process process;

	private final String address;

	private ChildProcess(Process process, String address) {
		this.process = process;
		this.address = address;
	}

	static ChildProcess store(Path directory, int port, long compactionFloor) throws IOException {
		return start("store", directory.toString(), String.valueOf(port), String.valueOf(compactionFloor));
	}

	static ChildProcess broker(Path directory, int port) throws IOException {
		return start("broker", directory.toString(), String.valueOf(port));
	}

	private static ChildProcess start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dlogback.configurationFile=logback-test.xml",
						"-cp", System.getProperty("java.class.path"), ChildProcess.class.getName()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
		StringBuilder said = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith("READY ")) {
				return new ChildProcess(process, line.substring(6));
			}
			said.append(line).append('\n');
		}
		throw new IllegalStateException("the child did not start:\n" + said);
	}

	String address() {
		return this.address;
	}

	/** kill -9. */
	void kill() {
		this.process.destroyForcibly();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("the child does not die");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

	public static void main(String[] arguments) throws InterruptedException {
		Path directory = Path.of(arguments[1]);
		int port = Integer.parseInt(arguments[2]);
		String address = arguments[0].equals("store")
				? EmbeddedStore.start(directory, port, Long.parseLong(arguments[3])).connectionString()
				: EmbeddedBroker.start(directory, port).bootstrapServers();
		System.out.println("READY " + address);
		Thread.currentThread().join();
	}

}
