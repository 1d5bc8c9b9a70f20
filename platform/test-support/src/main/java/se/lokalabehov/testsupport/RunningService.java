package se.lokalabehov.testsupport;

import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import se.lokalabehov.security.Role;

/**
 * A service as it is, on the shared broker and store and with an issuer of its own,
 * listening on a free loopback port; spoken to over HTTP by a {@link Caller}.
 */
public final class RunningService implements AutoCloseable {

	private final TestIssuer issuer = TestIssuer.start();

	private final ConfigurableApplicationContext context;

	private RunningService(String name, Map<String, Object> more, Class<?>... sources) {
		Map<String, Object> properties = new HashMap<>(Backends.shared().properties(name));
		properties.putAll(this.issuer.properties());
		properties.put("spring.config.name", name);
		properties.putAll(more);
		this.context = new SpringApplicationBuilder(sources).run(properties.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new));
		// As whoever sends requests to it would.
		Awaitility.await().until(() -> anybody().get("/actuator/health/readiness").status(), (status) -> status == 200);
	}

	/**
	 * Starts a service with an empty store.
	 * @param name the service's name, which is its configuration file's too
	 * @param sources its application class, and what a test adds to it
	 * @return the service, answering
	 */
	public static RunningService start(String name, Class<?>... sources) {
		return start(name, Map.of(), sources);
	}

	/**
	 * Starts a service with an empty store.
	 * @param name the service's name, which is its configuration file's too
	 * @param more properties that go before all others
	 * @param sources its application class, and what a test adds to it
	 * @return the service, answering
	 */
	public static RunningService start(String name, Map<String, Object> more, Class<?>... sources) {
		return new RunningService(name, more, sources);
	}

	/** A bean of the service, by its type. */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** A bean of the service, by its name; for generic types. */
	@SuppressWarnings("unchecked")
	public <T> T bean(String name) {
		return (T) this.context.getBean(name);
	}

	/** Where it listens: {@code http://127.0.0.1:<port>}. */
	public String address() {
		return "http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	/**
	 * Somebody at an organisation; the same organisation and roles are the same person.
	 */
	public Caller as(String organisation, Role... roles) {
		return bearing(token(organisation, roles));
	}

	/** What such a person bears, for a request that {@link Caller} does not make. */
	public String token(String organisation, Role... roles) {
		return this.issuer.token(organisation, roles);
	}

	/** Somebody who has not logged in. */
	public Caller anybody() {
		return new Caller(address(), null);
	}

	/** Whoever bears a token, good or bad. */
	public Caller bearing(String token) {
		return new Caller(address(), token);
	}

	/** Stops the service and its issuer. */
	@Override
	public void close() {
		this.context.close();
		this.issuer.close();
	}

}
