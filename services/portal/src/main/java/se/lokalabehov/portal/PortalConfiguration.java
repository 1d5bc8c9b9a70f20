package se.lokalabehov.portal;

import java.time.Clock;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.scheduling.annotation.EnableScheduling;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.contracts.Redaction;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;

/**
 * What the portal is made of.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ PortalProperties.class, MailProperties.class, CallerLimit.Settings.class })
@EnableScheduling
class PortalConfiguration {

	@Bean
	Traces traces(Eventing eventing, Changes changes, ObjectProvider<Notices> notices,
			ObjectProvider<OpenDataFiles> files) {
		return new Traces(eventing, (event, node) -> {
			changes.told(node);
			if (event.event() instanceof Redaction) {
				files.getObject().redacted();
			}
			notices.getObject().happened(event, node);
		});
	}

	@Bean
	OpenDataFiles openDataFiles(Traces traces, Clock clock) {
		return new OpenDataFiles(new Published(traces), clock);
	}

	@Bean
	People people(Eventing eventing, Clock clock) {
		return new People(eventing, clock);
	}

	@Bean
	Notices notices(Eventing eventing, Traces traces, People people, Clock clock) {
		return new Notices(eventing, traces, people, clock);
	}

	/** Without a mail server letters stay in the outbox. */
	@Bean
	Letters letters(Eventing eventing, Notices notices, People people, MessageSource messages,
			MailProperties properties, ObjectProvider<JavaMailSender> server, Clock clock) {
		return new Letters(eventing, notices, people, messages, properties, server.getIfAvailable(), clock);
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
