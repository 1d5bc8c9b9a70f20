package se.lokalabehov.nationalhandoff;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Projection;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.nationalhandoff.model.CycleSeen;
import se.lokalabehov.nationalhandoff.model.HandOff;
import se.lokalabehov.nationalhandoff.model.NationalNeed;
import se.lokalabehov.nationalhandoff.model.NeedSeen;
import se.lokalabehov.nationalhandoff.model.RegionSeen;
import se.lokalabehov.nationalhandoff.model.RoundSeen;

/**
 * What the service keeps, what it listens to, and what it does when it hears it.
 */
@Configuration(proxyBeanMethods = false)
class NationalHandoffConfiguration {

	@Bean
	Aggregates<NationalNeed, CompilationEvent> nationalNeeds(Eventing eventing) {
		eventing.index("national-needs", List.of("state.cycle"));
		return eventing.aggregates(AggregateType.of("national-needs", Topics.COMPILATION, CompilationEvent.class,
				NationalNeed.class, NationalNeed::evolve));
	}

	@Bean
	Aggregates<HandOff, HandOffEvent> handOffs(Eventing eventing) {
		eventing.index("hand-offs", List.of("state.basis.cycle"));
		eventing.index("hand-offs", List.of("state.assignment.agency"));
		return eventing.aggregates(
				AggregateType.of("hand-offs", Topics.HAND_OFF, HandOffEvent.class, HandOff.class, HandOff::evolve));
	}

	@Bean
	Views<CycleSeen> cyclesSeen(Eventing eventing) {
		return eventing.project(
				Projection.<AreaEvent, CycleSeen>of("cycles-seen", Topics.AREA, CycleSeen.class, CycleSeen::after));
	}

	@Bean
	Views<RegionSeen> regionsSeen(Eventing eventing) {
		return eventing.project(Projection.<CollectionEvent, RegionSeen>of("regions-seen", Topics.COLLECTION,
				RegionSeen.class, RegionSeen::after), "state.cycle");
	}

	@Bean
	Views<NeedSeen> needsSeen(Eventing eventing) {
		return eventing
			.project(Projection.<NeedEvent, NeedSeen>of("needs-seen", Topics.NEED, NeedSeen.class, NeedSeen::after));
	}

	@Bean
	Views<RoundSeen> roundsSeen(Eventing eventing) {
		return eventing.project(Projection.<RankingEvent, RoundSeen>of("rounds-seen", Topics.RANKING, RoundSeen.class,
				RoundSeen::after), "state.cycle");
	}

	/** A redacted national need takes the words of its hand-off with it. */
	@Bean
	Views<RedactionSeen> redactionsSeen(Eventing eventing, HandingOverNeeds handingOver) {
		return eventing.project(Projection
			.<CompilationEvent, RedactionSeen>of("redactions-seen", Topics.COMPILATION, RedactionSeen.class,
					RedactionSeen::after)
			.reacting(handingOver::followRedaction));
	}

}
