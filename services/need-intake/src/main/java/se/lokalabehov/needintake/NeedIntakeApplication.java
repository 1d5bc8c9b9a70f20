package se.lokalabehov.needintake;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The service of moments 2 and 3: municipalities are asked and answer, their RSS
 * delivers.
 */
@SpringBootApplication
public class NeedIntakeApplication {

	/**
	 * Starts the service by itself.
	 * @param args Spring Boot's
	 */
	public static void main(String[] args) {
		new SpringApplicationBuilder(NeedIntakeApplication.class).properties("spring.config.name=need-intake")
			.run(args);
	}

}
