package se.lokalabehov.nationalhandoff;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The service of moments 4 and 6: compiling, screening, handing over, receipts.
 */
@SpringBootApplication
public class NationalHandoffApplication {

	/**
	 * Starts the service.
	 * @param arguments as Spring Boot takes them
	 */
	public static void main(String[] arguments) {
		new SpringApplicationBuilder(NationalHandoffApplication.class).properties("spring.config.name=national-handoff")
			.run(arguments);
	}

}
