package se.lokalabehov.prioritisation;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The service of moments 1 and 5: social chiefs choose an area, and rank the needs.
 */
@SpringBootApplication
public class PrioritisationApplication {

	/**
	 * Starts the service by itself.
	 * @param args Spring Boot's
	 */
	public static void main(String[] args) {
		new SpringApplicationBuilder(PrioritisationApplication.class).properties("spring.config.name=prioritisation")
			.run(args);
	}

}
