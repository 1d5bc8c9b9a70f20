package se.lokalabehov.needintake;

import java.time.Clock;
import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedEvent.OfRegionalNeed;
import se.lokalabehov.contracts.QuestionNoteEvent;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Projection;
import se.lokalabehov.eventing.Views;

/**
 * What the service keeps, what it listens to, and who works with it.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class NeedIntakeConfiguration {

	@Bean
	Aggregates<Asking, CollectionEvent> collections(Eventing eventing) {
		eventing.index("collections", List.of("state.cycle"));
		return eventing.aggregates(AggregateType.of("collections", Topics.COLLECTION, CollectionEvent.class,
				Asking.class, Asking::evolve));
	}

	@Bean
	Aggregates<Need, OfNeed> needs(Eventing eventing) {
		eventing.index("needs", List.of("state.cycle", "state.rss", "state.municipalities", "state.status",
				"state.area", "state.merges.regionalNeed"));
		return eventing.aggregates(AggregateType.of("needs", Topics.NEED, OfNeed.class, Need.class, Need::evolve));
	}

	@Bean
	Aggregates<RegionalNeed, OfRegionalNeed> regionalNeeds(Eventing eventing) {
		eventing.index("regionalNeeds", List.of("state.cycle", "state.rss", "state.behind"));
		return eventing.aggregates(AggregateType.of("regionalNeeds", Topics.NEED, OfRegionalNeed.class,
				RegionalNeed.class, RegionalNeed::evolve));
	}

	@Bean
	Aggregates<QuestionNote, QuestionNoteEvent> questionNotes(Eventing eventing) {
		eventing.index("questionNotes", List.of("state.organisation"));
		return eventing.aggregates(AggregateType.of("questionNotes", Topics.QUESTION_NOTES, QuestionNoteEvent.class,
				QuestionNote.class, QuestionNote::evolve));
	}

	@Bean
	Aggregates<Draft, Draft> drafts(Eventing eventing) {
		eventing.index("drafts", List.of("state.owner", "state.phase"));
		return eventing.aggregates(AggregateType.kept("drafts", Draft.class));
	}

	@Bean
	Aggregates<Forming, Forming> formings(Eventing eventing) {
		return eventing.aggregates(AggregateType.kept("formings", Forming.class));
	}

	@Bean
	Heard heard(Eventing eventing) {
		return new Heard(
				eventing.project(Projection.of("cycles-heard", Topics.AREA, CycleView.class, CycleView::after)),
				// Since it knows its cycle.
				eventing
					.project(
							Projection
								.of("national-needs-heard-2", Topics.COMPILATION, NationalNeedView.class,
										NationalNeedView::after)
								.replacing("national-needs-heard"),
							"state.needs", "state.regionalNeeds", "state.agencies"),
				eventing.project(Projection.of("rounds-heard", Topics.RANKING, RoundView.class, RoundView::after),
						"state.items"),
				eventing.project(
						Projection.of("hand-offs-heard", Topics.HAND_OFF, HandOffView.class, HandOffView::after),
						"state.agencies"),
				eventing.project(
						Projection.of("feedback-heard", Topics.FEEDBACK, FeedbackView.class, FeedbackView::after),
						"state.needs"),
				eventing.project(Projection.of("memberships-heard", Topics.DIRECTORY, MembershipView.class,
						MembershipView::after)));
	}

	@Bean
	Views<Deliveries.Marked> marked(Eventing eventing, Aggregates<Need, OfNeed> needs,
			Aggregates<RegionalNeed, OfRegionalNeed> regionalNeeds) {
		Deliveries deliveries = new Deliveries(needs, regionalNeeds);
		return eventing.project(
				Projection.of("deliveries-marked", Topics.COLLECTION, Deliveries.Marked.class, Deliveries.Marked::after)
					.reacting(deliveries::mark));
	}

	@Bean
	Access access(Heard heard, Clock clock) {
		return new Access(heard, clock);
	}

	@Bean
	RegionalLists regionalLists(Aggregates<Need, OfNeed> needs, Aggregates<RegionalNeed, OfRegionalNeed> regionalNeeds,
			Aggregates<Asking, CollectionEvent> collections, Aggregates<Forming, Forming> formings, Heard heard) {
		return new RegionalLists(needs, regionalNeeds, collections, formings, heard);
	}

	@Bean
	Drafting drafting(Aggregates<Draft, Draft> drafts, Aggregates<Need, OfNeed> needs,
			Aggregates<Asking, CollectionEvent> collections, Aggregates<QuestionNote, QuestionNoteEvent> notes,
			Heard heard) {
		return new Drafting(drafts, needs, collections, notes, heard);
	}

	@Bean
	Closing closing(Aggregates<Need, OfNeed> needs, RegionalLists lists, Heard heard, Clock clock) {
		return new Closing(needs, lists, heard, clock);
	}

}
