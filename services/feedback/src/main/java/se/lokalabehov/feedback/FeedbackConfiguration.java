package se.lokalabehov.feedback;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.FeedbackEvent.OfFeedback;
import se.lokalabehov.contracts.FeedbackEvent.OfFollowUp;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Projection;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;

/**
 * What the service keeps, what it listens to, and what it does when it hears it.
 */
@Configuration(proxyBeanMethods = false)
class FeedbackConfiguration {

	@Bean
	Aggregates<Feedback, OfFeedback> feedback(Eventing eventing) {
		eventing.index("feedback", List.of("state.municipalities"));
		eventing.index("feedback", List.of("state.agency"));
		eventing.index("feedback", List.of("state.cycle"));
		return eventing.aggregates(
				AggregateType.of("feedback", Topics.FEEDBACK, OfFeedback.class, Feedback.class, Feedback::after));
	}

	@Bean
	Aggregates<FollowUp, OfFollowUp> followUps(Eventing eventing) {
		eventing.index("follow-ups", List.of("state.nationalNeed"));
		return eventing.aggregates(
				AggregateType.of("follow-ups", Topics.FEEDBACK, OfFollowUp.class, FollowUp.class, FollowUp::after));
	}

	@Bean
	Reactions reactions(Aggregates<Feedback, OfFeedback> feedback) {
		return new Reactions(feedback);
	}

	@Bean
	Views<HandOffSeen> handOffs(Eventing eventing, Reactions reactions) {
		return eventing.project(Projection
			.<HandOffEvent, HandOffSeen>of("hand-offs-seen", Topics.HAND_OFF, HandOffSeen.class, HandOffSeen::after)
			.reacting(reactions::ranked), "state.agency", "state.contributors");
	}

	@Bean
	Views<NationalNeedSeen> nationalNeeds(Eventing eventing, Reactions reactions, Views<HandOffSeen> handOffs) {
		return eventing.project(Projection
			.<CompilationEvent, NationalNeedSeen>of("national-needs-seen", Topics.COMPILATION, NationalNeedSeen.class,
					NationalNeedSeen::after)
			.reacting((told, need) -> reactions.screened(told, need,
					handOffs.find(told.key()).map(Stored::state).orElse(null))),
				"state.agencies");
	}

	@Bean
	Views<NeedSeen> needs(Eventing eventing) {
		return eventing.project(
				Projection.<NeedEvent, NeedSeen>of("needs-seen", Topics.NEED, NeedSeen.class, NeedSeen::after),
				"state.municipalities");
	}

	@Bean
	Views<RecordSeen> records(Eventing eventing) {
		return eventing.project(Projection.<CatalogueEvent, RecordSeen>of("records-seen", Topics.CATALOGUE,
				RecordSeen.class, RecordSeen::after));
	}

}
