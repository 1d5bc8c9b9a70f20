package se.lokalabehov.reportcatalogue.search;

import java.nio.file.Path;
import java.time.Clock;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import se.lokalabehov.eventing.Eventing;

/**
 * What finds.
 */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {

	@Bean
	Finding finding(Eventing eventing, @Value("${lokala-behov.catalogue.index:}") String directory) {
		return new Finding(eventing, directory.isBlank() ? null : Path.of(directory));
	}

	@Bean
	Gathering gathering(Finding finding, Eventing eventing, Clock clock) {
		return new Gathering(finding.texts(), eventing, clock);
	}

}
