package se.lokalabehov.prioritisation;

import java.time.Clock;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Projection;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.prioritisation.model.Cycle;
import se.lokalabehov.prioritisation.model.Round;

/**
 * Puts the service together.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class PrioritisationConfiguration {

	@Bean
	Aggregates<Cycle, AreaEvent> cycles(Eventing eventing) {
		eventing.index("cycles", List.of("state.kind", "state.opening.regions.municipalities"));
		return eventing
			.aggregates(AggregateType.of("cycles", Topics.AREA, AreaEvent.class, Cycle.class, Cycle::evolve));
	}

	@Bean
	Aggregates<Round, RankingEvent> rounds(Eventing eventing) {
		eventing.index(Ballots.COLLECTION,
				List.of("state.kind", "state.terms.cycle", "state.terms.items.id", "state.terms.corrects"));
		return eventing.aggregates(
				AggregateType.of(Ballots.COLLECTION, Topics.RANKING, RankingEvent.class, Round.class, Round::evolve));
	}

	@Bean
	Aggregates<Claims, Claims> claims(Eventing eventing) {
		return eventing.aggregates(AggregateType.kept("claims", Claims.class));
	}

	@Bean
	Views<NeedSeen> needsSeen(Eventing eventing, RedactingWithItem redacting) {
		return eventing.project(
				Projection.of("needs-seen", Topics.NEED, NeedSeen.class, NeedSeen::after).reacting(redacting::after));
	}

	@Bean
	Views<NationalNeedSeen> nationalNeedsSeen(Eventing eventing, RedactingWithItem redacting) {
		return eventing.project(Projection
			.of("national-needs-seen", Topics.COMPILATION, NationalNeedSeen.class, NationalNeedSeen::after)
			.reacting(redacting::after));
	}

	@Bean
	Views<MembershipsSeen> membershipsSeen(Eventing eventing) {
		return eventing.project(
				Projection.of("memberships-seen", Topics.DIRECTORY, MembershipsSeen.class, MembershipsSeen::after));
	}

	@Bean
	Surroundings surroundings(Aggregates<Cycle, AreaEvent> cycles, Views<NeedSeen> needsSeen,
			Views<NationalNeedSeen> nationalNeedsSeen, Views<MembershipsSeen> membershipsSeen) {
		return new Surroundings(cycles, needsSeen, nationalNeedsSeen, membershipsSeen);
	}

	@Bean
	Ballots ballots(Eventing eventing) {
		return new Ballots(eventing.store());
	}

	@Bean
	OpeningRound openingRound(Aggregates<Round, RankingEvent> rounds, Aggregates<Claims, Claims> claims,
			Surroundings surroundings) {
		return new OpeningRound(rounds, claims, surroundings);
	}

	@Bean
	CastingBallot castingBallot(Aggregates<Round, RankingEvent> rounds, Ballots ballots, Clock clock) {
		return new CastingBallot(rounds, ballots, clock);
	}

	@Bean
	ClosingRound closingRound(Aggregates<Round, RankingEvent> rounds, Aggregates<Cycle, AreaEvent> cycles,
			Ballots ballots, Analyses analyses, Clock clock) {
		return new ClosingRound(rounds, cycles, ballots, analyses, clock);
	}

	@Bean(destroyMethod = "close")
	Analyses analyses(Eventing eventing, Aggregates<Round, RankingEvent> rounds, Ballots ballots,
			ObjectProvider<Surroundings> surroundings) {
		// Asked for later: what the surroundings see may redact rounds, and so ends here.
		return new Analyses(eventing.store(), rounds, ballots, surroundings::getObject);
	}

	@Bean
	RedactingWithItem redactingWithItem(Aggregates<Round, RankingEvent> rounds, ClosingRound closing,
			Analyses analyses) {
		return new RedactingWithItem(rounds, closing, analyses);
	}

}
