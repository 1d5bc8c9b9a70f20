package se.lokalabehov.nationalhandoff.wire;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Projection;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.nationalhandoff.model.HandOff;
import se.lokalabehov.nationalhandoff.model.NationalNeed;
import se.lokalabehov.web.outside.Outside;

/**
 * What follows from this service's own events, when it hears them like everybody else:
 * each agency concerned gets a place for it in its feed, before the offset is committed
 * and never in a rebuild.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookProperties.class)
class WireConfiguration {

	@Bean
	Feed feed(Eventing eventing, Aggregates<NationalNeed, CompilationEvent> needs,
			Aggregates<HandOff, HandOffEvent> handOffs) {
		return new Feed(eventing, needs, handOffs);
	}

	@Bean
	Views<Concerned> handOffsTold(Eventing eventing, Feed feed) {
		return eventing.project(Projection
			.<HandOffEvent, Concerned>of("hand-offs-told", Topics.HAND_OFF, Concerned.class, Concerned::after)
			.reacting((told, concerned) -> feed.tell(told, concerned.by(told.event()))));
	}

	@Bean
	Views<Concerned.Asked> screeningsTold(Eventing eventing, Feed feed) {
		return eventing.project(Projection.<CompilationEvent, Concerned.Asked>of("screenings-told", Topics.COMPILATION,
				Concerned.Asked.class, Concerned.Asked::after)
			.reacting((told, asked) -> {
				if (told.event() instanceof ScreeningAsked) {
					feed.tell(told, asked.agencies());
				}
			}));
	}

	@Bean(destroyMethod = "close")
	Outside outside(WebhookProperties properties) {
		return new Outside(properties.limits());
	}

	@Bean
	Webhooks webhooks(Eventing eventing, Feed feed, Outside outside, WebhookProperties properties, Clock clock) {
		return new Webhooks(eventing, feed, outside, properties, clock);
	}

	@Bean(destroyMethod = "close")
	Sending sending(Webhooks webhooks, Feed feed, Outside outside, WebhookProperties properties, Clock clock,
			MeterRegistry meters) {
		return new Sending(webhooks, feed, outside, properties, clock, meters);
	}

}
