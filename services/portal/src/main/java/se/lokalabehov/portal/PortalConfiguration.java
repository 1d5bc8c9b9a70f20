package se.lokalabehov.portal;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.scheduling.annotation.EnableScheduling;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;

/**
 * What the portal is made of.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ PortalProperties.class, MailProperties.class })
@EnableScheduling
class PortalConfiguration {

	@Bean
	Traces traces(Eventing eventing, ObjectProvider<Notices> notices) {
		return new Traces(eventing, (event, node) -> notices.getObject().happened(event, node));
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
	Aggregates<Memberships, DirectoryEvent> memberships(Eventing eventing) {
		return eventing.aggregates(Memberships.TYPE);
	}

	@Bean
	CurrentDirectory currentDirectory(Aggregates<Memberships, DirectoryEvent> memberships, Clock clock) {
		return new CurrentDirectory(memberships, clock);
	}

}
