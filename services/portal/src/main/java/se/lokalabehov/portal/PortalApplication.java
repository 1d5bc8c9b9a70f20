package se.lokalabehov.portal;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The portal: one origin for people and machines.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class PortalApplication {

	/**
	 * Starts the portal.
	 * @param arguments as for any Spring Boot application
	 */
	public static void main(String[] arguments) {
		new SpringApplicationBuilder(PortalApplication.class).properties("spring.config.name=portal").run(arguments);
	}

}
