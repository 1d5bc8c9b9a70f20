package se.lokalabehov.reportcatalogue;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The service that keeps the catalogue.
 */
@SpringBootApplication
public class ReportCatalogueApplication {

	/**
	 * Starts the service.
	 * @param arguments as Spring Boot takes them
	 */
	public static void main(String[] arguments) {
		new SpringApplicationBuilder(ReportCatalogueApplication.class).properties("spring.config.name=report-catalogue")
			.run(arguments);
	}

}
