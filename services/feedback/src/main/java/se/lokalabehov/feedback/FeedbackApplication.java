package se.lokalabehov.feedback;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The service of moment 7: what becomes of each need, and whether it was of use.
 */
@SpringBootApplication
public class FeedbackApplication {

	/**
	 * Starts the service.
	 * @param arguments as Spring Boot takes them
	 */
	public static void main(String[] arguments) {
		new SpringApplicationBuilder(FeedbackApplication.class).properties("spring.config.name=feedback")
			.run(arguments);
	}

}
