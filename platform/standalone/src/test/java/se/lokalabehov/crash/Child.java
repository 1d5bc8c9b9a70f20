package se.lokalabehov.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The whole platform as a process of its own ({@link CrashChild}), on given data and
 * always on the same ports; started, ended in order, killed, and started again.
 */
final class Child {

	/** The demo issuer's port, counted from the portal's. */
	static final int ISSUER = 920;

	private static final Duration READY = Duration.ofMinutes(5);

	private final Path data;

	private final List<String> options;

	private final String classPath;

	private final List<String> outside;

	private final int port;

	private String store = "";

	private String broker = "";

	/**
	 * A platform that is not started yet.
	 * @param data its directory
	 * @param options for its JVM
	 */
	Child(Path data, List<String> options) throws IOException {
		this(data, options, System.getProperty("java.class.path"), List.of());
	}

	/**
	 * A platform, perhaps of another version, that is not started yet.
	 * @param data its directory
	 * @param options for its JVM
	 * @param classPath its code
	 * @param outside the broker and the store that it uses, its own when there are none
	 */
	Child(Path data, List<String> options, String classPath, List<String> outside) throws IOException {
		this.data = data;
		this.options = options;
		this.classPath = classPath;
		this.outside = outside;
		this.port = freePorts();
	}

	/** The portal's port; those of the services follow. */
	int port() {
		return this.port;
	}

	String store() {
		return this.store;
	}

	String broker() {
		return this.broker;
	}

	/** Starts it; returns when it is ready. */
	Process start() throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx700m",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", this.classPath));
		command.addAll(this.options);
		command.addAll(List.of(CrashChild.class.getName(), this.data.toString(), Integer.toString(this.port)));
		command.addAll(this.outside);
		Path log = this.data.resolveSibling(this.data.getFileName() + ".log");
		Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
		long deadline = System.nanoTime() + READY.toNanos();
		String line = out.readLine();
		while (line != null && System.nanoTime() < deadline) {
			if (line.startsWith("READY ")) {
				String[] parts = line.split(" ");
				this.store = parts[1];
				this.broker = parts[2];
				Thread.ofPlatform().daemon().start(() -> out.lines().forEach((more) -> {
				}));
				return child;
			}
			line = Objects.requireNonNullElse(out.readLine(), "");
			if (!child.isAlive()) {
				break;
			}
		}
		child.destroyForcibly().waitFor();
		throw new IllegalStateException("the platform did not start; see " + log);
	}

	/** Ends it in order, with SIGTERM; gives its exit code. */
	static int end(Process child) throws InterruptedException {
		long began = System.nanoTime();
		child.destroy();
		int code = child.waitFor();
		System.out.printf("ended in order after %d ms, exit code %d%n",
				Duration.ofNanos(System.nanoTime() - began).toMillis(), code);
		return code;
	}

	/** A port from which on all that the standalone takes are free. */
	private static int freePorts() throws IOException {
		Random random = new Random();
		for (int attempt = 0; attempt < 100; attempt++) {
			int port = 20_000 + random.nextInt(10_000);
			if (IntStream.concat(IntStream.rangeClosed(0, 5), IntStream.of(ISSUER)).allMatch((i) -> isFree(port + i))) {
				return port;
			}
		}
		throw new IOException("no free ports");
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
