package se.lokalabehov.benchmarks.others;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.builder.SpringApplicationBuilder;

import se.lokalabehov.benchmarks.others.modulith.ModulithApplication;
import se.lokalabehov.benchmarks.others.stream.StreamApplication;

/**
 * Starts one of the sides.
 */
public final class OthersApplication {

	private OthersApplication() {
	}

	/**
	 * Starts the side.
	 * @param arguments {@code modulith} or {@code stream} somewhere among Spring Boot's
	 */
	public static void main(String[] arguments) {
		boolean modulith = Arrays.asList(arguments).contains("modulith");
		Map<String, Object> properties = new HashMap<>(
				modulith ? ModulithApplication.PROPERTIES : StreamApplication.PROPERTIES);
		properties.put("spring.threads.virtual.enabled", "true");
		properties.put("server.tomcat.max-keep-alive-requests", "-1");
		properties.put("management.endpoint.health.probes.enabled", "true");
		properties.put("spring.mongodb.representation.uuid", "standard");
		properties.put("spring.mongodb.database", modulith ? "modulith" : "stream");
		properties.put("spring.jmx.enabled", "false");
		// As arguments: the binder, which both have, goes before an application's
		// defaults.
		new SpringApplicationBuilder(modulith ? ModulithApplication.class : StreamApplication.class).run(
				Stream
					.concat(properties.entrySet().stream().map((one) -> "--" + one.getKey() + "=" + one.getValue()),
							Arrays.stream(arguments))
					.toArray(String[]::new));
	}

}
