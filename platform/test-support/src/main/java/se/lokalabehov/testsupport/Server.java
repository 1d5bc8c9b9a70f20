package se.lokalabehov.testsupport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

import se.lokalabehov.embedded.EmbeddedStore;

/**
 * A broker, a controller or a store as a process of its own, to be killed and frozen.
 */
public final class Server {

	/** The same for all nodes of a cluster. */
	private static final String CLUSTER = "bG9rYWxhLWJlaG92LWYxOQ";

	private Server() {
	}

	/**
	 * Starts it, and ends it in order at SIGTERM.
	 * @param arguments {@code store DIRECTORY PORT}, or {@code broker FILE} with Kafka's
	 * settings
	 * @throws Exception when it can not be started
	 */
	public static void main(String[] arguments) throws Exception {
		Runnable end = arguments[0].equals("store") ? store(Path.of(arguments[1]), Integer.parseInt(arguments[2]))
				: broker(Path.of(arguments[1]));
		Runtime.getRuntime().addShutdownHook(new Thread(end));
		System.out.println("READY");
		new CountDownLatch(1).await();
	}

	private static Runnable store(Path directory, int port) {
		return EmbeddedStore.start(directory, port)::close;
	}

	private static Runnable broker(Path file) throws Exception {
		Properties read = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			read.load(reader);
		}
		Map<String, Object> settings = new HashMap<>();
		read.forEach((name, value) -> settings.put((String) name, value));
		Path data = Path.of(read.getProperty("log.dirs"));
		if (!Files.exists(data.resolve("meta.properties"))) {
			format(data, Integer.parseInt(read.getProperty("node.id")));
		}
		KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
		server.startup();
		return () -> {
			server.shutdown();
			server.awaitShutdown();
		};
	}

	private static void format(Path data, int node) throws IOException {
		Files.createDirectories(data);
		try {
			new Formatter().setNodeId(node)
				.setClusterId(CLUSTER)
				.setControllerListenerName("CONTROLLER")
				.setDirectories(List.of(data.toString()))
				.setMetadataLogDirectory(data.toString())
				.setReleaseVersion(MetadataVersion.latestProduction())
				.setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
				.run();
		}
		catch (Exception ex) {
			throw new IOException("cannot format " + data, ex);
		}
	}

}
