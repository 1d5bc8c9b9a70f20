package se.lokalabehov.portal;

import java.time.Clock;
import java.util.List;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;

/**
 * What the portal is made of.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PortalProperties.class)
class PortalConfiguration {

	@Bean
	Traces traces(Eventing eventing, Changes changes) {
		return new Traces(eventing, changes::told);
	}

	@Bean
	Counting counting(Eventing eventing, Traces traces, Clock clock) {
		return new Counting(eventing, traces, clock);
	}

	@Bean
	Indicators indicators(Eventing eventing, Clock clock) {
		return new Indicators(eventing.aggregates(IndicatorReport.TYPE), clock);
	}

	@Bean
	Aggregates<Memberships, DirectoryEvent> memberships(Eventing eventing) {
		return eventing.aggregates(Memberships.TYPE);
	}

	@Bean
	Aggregates<Registration, Registration> registrations(Eventing eventing) {
		eventing.index(Registration.TYPE.collection(), List.of("state.organisation"));
		return eventing.aggregates(Registration.TYPE);
	}

	@Bean
	Aggregates<RetentionRules, RetentionRules> retentionRules(Eventing eventing) {
		return eventing.aggregates(RetentionRules.TYPE);
	}

	@Bean
	Aggregates<AccessibilityReport, AccessibilityReport> accessibilityReports(Eventing eventing) {
		return eventing.aggregates(AccessibilityReport.TYPE);
	}

	@Bean
	CurrentDirectory currentDirectory(Aggregates<Memberships, DirectoryEvent> memberships, Clock clock) {
		return new CurrentDirectory(memberships, clock);
	}

}
