package se.lokalabehov.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;
import se.lokalabehov.embedded.EmbeddedBroker;
import se.lokalabehov.embedded.EmbeddedStore;

/**
 * A real broker and a store that speaks the real protocol, one of each per test JVM. One
 * switch, {@code -Dbackends=}: {@code containers} (Testcontainers; fails if they are not
 * to be had), {@code embedded}, or {@code auto} (the default: containers where a
 * container engine answers and the images are to be had, else embedded). What was chosen,
 * and why, is printed once. {@code -Dbackends.kafka-image=} and
 * {@code -Dbackends.mongo-image=} name other images.
 */
public final class Backends {

	/** In containers, or embedded, and why. */
	private record Choice(boolean inContainers, String because) {
	}

	private static final Logger logger = LoggerFactory.getLogger(Backends.class);

	private static final DockerImageName KAFKA = image("backends.kafka-image", "apache/kafka-native:4.2.1");

	private static final DockerImageName MONGO = image("backends.mongo-image", "mongo:8.0");

	private static final int PULL_MINUTES = 10;

	private static @Nullable Choice choice;

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
			shared = choice().inContainers() ? containers() : embedded();
			logger.info("Broker {}, store {}", shared.bootstrapServers, shared.storeUri);
		}
		return shared;
	}

	/**
	 * The same, for a test that otherwise has embedded ones of its own.
	 * @return the backends of this JVM if they are containers
	 */
	public static synchronized Optional<Backends> inContainers() {
		return choice().inContainers() ? Optional.of(shared()) : Optional.empty();
	}

	private static Choice choice() {
		if (choice == null) {
			choice = choose(System.getProperty("backends", "auto"));
			// Not logged: it is to be seen whatever the log's level is.
			System.out.printf("Backends: %s, because %s%n", choice.inContainers() ? "containers" : "embedded",
					choice.because());
		}
		return choice;
	}

	private static Choice choose(String wanted) {
		if (wanted.equals("embedded")) {
			return new Choice(false, "-Dbackends=embedded says so");
		}
		if (!wanted.equals("auto") && !wanted.equals("containers")) {
			throw new IllegalArgumentException("-Dbackends is one of auto, containers, embedded");
		}
		String obstacle = obstacle();
		if (obstacle == null) {
			return new Choice(true, "a container engine answers and has " + KAFKA + " and " + MONGO);
		}
		if (wanted.equals("containers")) {
			throw new IllegalStateException("-Dbackends=containers can not be had: " + obstacle);
		}
		return new Choice(false, obstacle);
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

	/** Why there can be no containers; null if they can. */
	private static @Nullable String obstacle() {
		if (!DockerClientFactory.instance().isDockerAvailable()) {
			return "no container engine answers";
		}
		return Stream.of(KAFKA, MONGO)
			.filter((image) -> !isToBeHad(image))
			.findFirst()
			.map((image) -> "a container engine answers, but the image " + image
					+ " is not there and can not be pulled")
			.orElse(null);
	}

	private static boolean isToBeHad(DockerImageName name) {
		DockerClient engine = DockerClientFactory.instance().client();
		String image = ImageNameSubstitutor.instance().apply(name).asCanonicalNameString();
		if (!isThere(engine, image)) {
			pull(engine, image);
		}
		return isThere(engine, image);
	}

	private static boolean isThere(DockerClient engine, String image) {
		try {
			engine.inspectImageCmd(image).exec();
			return true;
		}
		catch (NotFoundException ex) {
			return false;
		}
	}

	/** Tries once, where Testcontainers would try again for minutes. */
	private static void pull(DockerClient engine, String image) {
		try {
			engine.pullImageCmd(image)
				.exec(new ResultCallback.Adapter<PullResponseItem>())
				.awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES);
		}
		catch (DockerException | DockerClientException ex) {
			logger.debug("{} can not be pulled", image, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static Backends containers() {
		KafkaContainer kafka = new KafkaContainer(KAFKA.asCompatibleSubstituteFor("apache/kafka"));
		MongoDBContainer mongo = new MongoDBContainer(MONGO.asCompatibleSubstituteFor("mongo"));
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			kafka.stop();
			mongo.stop();
		}));
		kafka.start();
		mongo.start();
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
