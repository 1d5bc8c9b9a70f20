package se.lokalabehov.standalone;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import se.lokalabehov.embedded.EmbeddedBroker;
import se.lokalabehov.embedded.EmbeddedStore;

/**
 * The whole platform in this JVM: the broker, the store, the demo issuer, every service
 * and the portal, each in an application context and on a port of its own. Started again
 * on the same data it goes on where it was, however it ended.
 */
public final class Standalone implements AutoCloseable {

	/** One for each role; the demo issuer has one for every organisation. */
	static final List<String> DEMO_LOGINS = List.of("forfattare-0180", "godkannare-0180", "socialchef-0180",
			"samordnare-RSS-01", "sammanstallare-SKR", "handlaggare-SOS", "redaktor-FOUV", "administrator-SKR");

	private final Ports ports;

	private final Path data;

	private final Map<Part, ConfigurableApplicationContext> contexts = Collections
		.synchronizedMap(new EnumMap<>(Part.class));

	private final Options.@Nullable Outside outside;

	private volatile @Nullable EmbeddedBroker broker;

	private volatile @Nullable EmbeddedStore store;

	private Standalone(Ports ports, Options options) {
		this.ports = ports;
		this.data = options.data().toAbsolutePath().normalize();
		this.outside = options.outside();
	}

	/**
	 * Starts everything and returns when every part answers.
	 * @param options where and how
	 * @return the running platform; the caller closes it
	 * @throws IllegalStateException when a part can not be started; what had been started
	 * is stopped again
	 */
	public static Standalone start(Options options) {
		logOnce();
		Standalone standalone = new Standalone(Ports.from(options.firstPort()), options);
		try {
			together((options.outside() == null)
					? List.of(standalone::startBroker, standalone::startStore, standalone::startIssuer)
					: List.of(standalone::startIssuer));
			together(Arrays.stream(Part.values())
				.filter((part) -> part != Part.DEMO_ISSUER)
				.map((part) -> (Runnable) () -> standalone.startService(part))
				.toList());
			return standalone;
		}
		catch (RuntimeException ex) {
			standalone.close();
			throw ex;
		}
	}

	/** One setting of the log for all contexts (logback.xml), not the last one's. */
	private static void logOnce() {
		System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
		LoggerFactory.getILoggerFactory();
		SLF4JBridgeHandler.removeHandlersForRootLogger();
		SLF4JBridgeHandler.install();
	}

	private static void together(List<Runnable> tasks) {
		Parallel.each(tasks.size(), tasks, Runnable::run);
	}

	private void startBroker() {
		EmbeddedBroker started = EmbeddedBroker.start(this.data.resolve("broker"), 0);
		this.broker = started;
		// Those of a run that was killed; nothing of this run is connected yet.
		started.evictDeadConsumers();
	}

	private void startStore() {
		this.store = EmbeddedStore.start(this.data.resolve("store"), 0);
	}

	private void startIssuer() {
		start(Part.DEMO_ISSUER,
				Map.of("lokala-behov.demo-issuer.issuer", issuer(), "lokala-behov.demo-issuer.directory",
						this.data.resolve("demo-issuer"), "lokala-behov.demo-issuer.redirect-uris",
						portal().resolve("/login/oauth2/code/lokala-behov"),
						"lokala-behov.demo-issuer.post-logout-redirect-uris", portal().resolve("/")));
	}

	private void startService(Part part) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("spring.kafka.bootstrap-servers", bootstrapServers());
		properties.put("spring.mongodb.uri", storeUri());
		properties.put("lokala-behov.security.issuers[0].issuer", issuer());
		properties.put("lokala-behov.security.issuers[0].organisations", "*");
		// As in portal.yml: the gateway is on everybody's class path here, and would let
		// anybody call a service's function beans by name, and read bodies as forms.
		for (String what : List.of("function", "form-filter", "weight-calculator-filter")) {
			properties.put("spring.cloud.gateway.server.webmvc." + what + ".enabled", false);
		}
		if (part == Part.REPORT_CATALOGUE && this.outside == null) {
			properties.put("lokala-behov.catalogue.files.directory", this.data.resolve("files"));
		}
		if (part == Part.REPORT_CATALOGUE) {
			properties.put("lokala-behov.catalogue.index", this.data.resolve("index"));
		}
		if (part == Part.NATIONAL_HANDOFF) {
			properties.put("lokala-behov.webhooks.address", portal());
		}
		if (part == Part.PORTAL) {
			for (Part service : Part.values()) {
				if (service.isService()) {
					properties.put("lokala-behov.portal.services." + service.configuration(), address(service));
				}
			}
			properties.put("lokala-behov.portal.mail.address", portal());
			properties.put("lokala-behov.portal.logins.lokala-behov.issuer", issuer());
			properties.put("lokala-behov.portal.logins.lokala-behov.client-secret", "demo");
			for (int i = 0; i < DEMO_LOGINS.size(); i++) {
				properties.put("lokala-behov.portal.demo-logins[" + i + "]", DEMO_LOGINS.get(i));
			}
		}
		start(part, properties);
	}

	private void start(Part part, Map<String, Object> properties) {
		String[] arguments = properties.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new);
		SpringApplicationBuilder application = new SpringApplicationBuilder(part.application())
			.properties(Map.of("spring.config.name", part.configuration(), "server.address", "127.0.0.1",
					"spring.main.banner-mode", "off", "spring.main.log-startup-info", "false", "spring.jmx.enabled",
					"false",
					// Everybody is at the same address here, and it is measured.
					"lokala-behov.portal.limit.requests", "100000", "lokala-behov.portal.limit.at-once", "200",
					"lokala-behov.portal.limit.share", "200"))
			// We close in order ourselves.
			.registerShutdownHook(false);
		this.contexts.put(part, application.run(concat(arguments, "--server.port=" + this.ports.of(part))));
	}

	/** The services that run in it. */
	Stream<ApplicationContext> services() {
		return List.<ApplicationContext>copyOf(this.contexts.values()).stream();
	}

	private static String[] concat(String[] arguments, String last) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 1);
		all[arguments.length] = last;
		return all;
	}

	/**
	 * The one origin for people and machines.
	 * @return such as {@code http://localhost:8080}
	 */
	public URI portal() {
		return this.ports.address(Part.PORTAL);
	}

	/**
	 * The demo issuer, also its name in the tokens.
	 * @return such as {@code http://localhost:9000}
	 */
	public URI issuer() {
		return this.ports.address(Part.DEMO_ISSUER);
	}

	/**
	 * A service by itself, past the portal.
	 * @param service its name, such as {@code need-intake}
	 * @return its address
	 */
	public URI service(String service) {
		return Arrays.stream(Part.values())
			.filter((part) -> part.configuration().equals(service))
			.findFirst()
			.map(this::address)
			.orElseThrow(() -> new IllegalArgumentException("There is no " + service));
	}

	/**
	 * Where Kafka clients connect.
	 * @return host and port
	 */
	public String bootstrapServers() {
		if (this.outside != null) {
			return this.outside.bootstrapServers();
		}
		EmbeddedBroker running = this.broker;
		if (running == null) {
			throw new IllegalStateException("The broker is not running");
		}
		return running.bootstrapServers();
	}

	/**
	 * Where MongoDB clients connect; each service has a database named
	 * {@code lokala-behov-<service>}.
	 * @return a connection string
	 */
	public String storeUri() {
		if (this.outside != null) {
			return this.outside.storeUri();
		}
		EmbeddedStore running = this.store;
		if (running == null) {
			throw new IllegalStateException("The store is not running");
		}
		return running.connectionString();
	}

	private URI address(Part part) {
		return this.ports.address(part);
	}

	/** Stops everything in order, from the door inwards. */
	@Override
	public void close() {
		close(Part.PORTAL);
		together(Arrays.stream(Part.values())
			.filter(Part::isService)
			.map((part) -> (Runnable) () -> close(part))
			.toList());
		close(Part.DEMO_ISSUER);
		EmbeddedStore runningStore = this.store;
		if (runningStore != null) {
			runningStore.close();
			this.store = null;
		}
		EmbeddedBroker runningBroker = this.broker;
		if (runningBroker != null) {
			runningBroker.close();
			this.broker = null;
		}
	}

	private void close(Part part) {
		ConfigurableApplicationContext context = this.contexts.remove(part);
		if (context != null) {
			context.close();
		}
	}

}
