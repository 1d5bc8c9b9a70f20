package se.lokalabehov.reportcatalogue.search;

import java.nio.file.Path;
import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.reportcatalogue.open.OpenRecords;

/**
 * What finds.
 */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {

	@Bean
	Finding finding(Eventing eventing, FileTexts files, @Value("${lokala-behov.catalogue.index:}") String directory,
			MeterRegistry meters) {
		return new Finding(eventing, files, directory.isBlank() ? null : Path.of(directory), meters);
	}

	/** The same view that the index follows. */
	@Bean
	OpenRecords openRecords(Finding finding) {
		return new OpenRecords(finding.texts().records());
	}

	@Bean
	Gathering gathering(Finding finding, Eventing eventing, Clock clock) {
		return new Gathering(finding.texts(), eventing, clock);
	}

}
