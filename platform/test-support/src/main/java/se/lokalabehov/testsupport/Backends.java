package se.lokalabehov.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.utility.DockerImageName;
import se.lokalabehov.embedded.EmbeddedBroker;
import se.lokalabehov.embedded.EmbeddedStore;

/**
 * A real broker and a store that speaks the real protocol, one of each per test JVM. One
 * switch, {@code -Dbackends=}: {@code containers} (Testcontainers), {@code embedded}, or
 * {@code auto} (the default: containers where a container engine answers and the images
 * are to be had, else embedded). What was chosen is printed.
 */
public final class Backends {

	private static final Logger logger = LoggerFactory.getLogger(Backends.class);

	private static @Nullable Backends shared;

	static {
		// Waiting is not measuring: a slow machine must not fail a test.
		Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
	}

	private final String bootstrapServers;

	private final String storeUri;

	private Backends(String bootstrapServers, String storeUri) {
		this.bootstrapServers = bootstrapServers;
		this.storeUri = storeUri;
	}

	/** The backends of this JVM, started when first asked for. */
	public static synchronized Backends shared() {
		if (shared == null) {
			String wanted = System.getProperty("backends", "auto");
			shared = switch (wanted) {
				case "containers" -> containers();
				case "embedded" -> embedded();
				case "auto" -> engineAnswers() ? containers() : embedded();
				default -> throw new IllegalArgumentException("-Dbackends is one of auto, containers, embedded");
			};
			logger.info("Backends ({}): broker {}, store {}", wanted, shared.bootstrapServers, shared.storeUri);
		}
		return shared;
	}

	/** Kafka's address. */
	public String bootstrapServers() {
		return this.bootstrapServers;
	}

	/** MongoDB's connection string. */
	public String storeUri() {
		return this.storeUri;
	}

	/** What a service needs to be told, with a store and a consumer group of its own. */
	public Map<String, Object> properties(String service) {
		String unique = service + "-" + UUID.randomUUID().toString().substring(0, 8);
		Map<String, Object> properties = new HashMap<>();
		properties.put("spring.kafka.bootstrap-servers", this.bootstrapServers);
		properties.put("spring.mongodb.uri", this.storeUri);
		properties.put("spring.mongodb.database", unique);
		properties.put("spring.cloud.stream.bindings.inbox-in-0.group", unique);
		properties.put("server.port", "0");
		properties.put("server.address", "127.0.0.1");
		return properties;
	}

	private static boolean engineAnswers() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	private static Backends containers() {
		KafkaContainer kafka = new KafkaContainer(
				image("backends.kafka-image", "apache/kafka-native:4.2.1").asCompatibleSubstituteFor("apache/kafka"));
		kafka.start();
		MongoDBContainer mongo = new MongoDBContainer(
				image("backends.mongo-image", "mongo:8.0").asCompatibleSubstituteFor("mongo"));
		mongo.start();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			kafka.stop();
			mongo.stop();
		}));
		return new Backends(kafka.getBootstrapServers(), mongo.getConnectionString());
	}

	private static DockerImageName image(String property, String name) {
		return DockerImageName.parse(System.getProperty(property, name));
	}

	private static Backends embedded() {
		try {
			Path directory = Files.createTempDirectory("backends");
			EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
			EmbeddedStore store = EmbeddedStore.start(directory.resolve("store"), 0);
			Runtime.getRuntime().addShutdownHook(new Thread(() -> {
				broker.close();
				store.close();
				delete(directory);
			}));
			return new Backends(broker.bootstrapServers(), store.connectionString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void delete(Path directory) {
		try (var files = Files.walk(directory)) {
			files.sorted(java.util.Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			logger.warn("{} is left behind", directory);
		}
	}

}
