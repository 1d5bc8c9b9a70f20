package se.lokalabehov.crash;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import se.lokalabehov.testsupport.Node;

/**
 * The whole platform as a process of its own ({@link CrashChild}), on given data and
 * always on the same ports; started, ended in order, killed, and started again.
 */
final class Child {

	/** The demo issuer's port, counted from the portal's. */
	static final int ISSUER = 920;

	private final Node node;

	private final int port;

	private String store = "";

	private String broker = "";

	/**
	 * A platform that is not started yet.
	 * @param data its directory
	 * @param options for its JVM
	 */
	Child(Path data, List<String> options) throws IOException {
		this(data, options, CrashChild.classPath(), List.of(), Map.of());
	}

	/**
	 * A platform, perhaps of another version, that is not started yet.
	 * @param data its directory
	 * @param options for its JVM
	 * @param classPath its code
	 * @param outside the broker and the store that it uses, its own when there are none
	 * @param environment variables
	 */
	Child(Path data, List<String> options, String classPath, List<String> outside, Map<String, String> environment)
			throws IOException {
		this.port = freePorts();
		List<String> jvm = new ArrayList<>(List.of("-Xmx700m"));
		jvm.addAll(options);
		List<String> main = new ArrayList<>(
				List.of("-cp", classPath, CrashChild.class.getName(), data.toString(), Integer.toString(this.port)));
		main.addAll(outside);
		this.node = new Node(data.resolveSibling(data.getFileName() + ".log"), jvm, main, environment);
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
	Node start() throws IOException, InterruptedException {
		String[] said = this.node.start().split(" ");
		this.store = said[0];
		this.broker = said[1];
		return this.node;
	}

	/** Ends it in order, with SIGTERM; gives its exit code. */
	static int end(Node child) throws InterruptedException {
		long began = System.nanoTime();
		int code = child.end();
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
