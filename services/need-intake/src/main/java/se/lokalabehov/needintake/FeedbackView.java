package se.lokalabehov.needintake;

import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.FeedbackEvent.AnswerFollowedUp;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackProgressed;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackRedacted;
import se.lokalabehov.contracts.FeedbackEvent.FollowUpRedacted;
import se.lokalabehov.contracts.FeedbackEvent.SupportDelivered;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.eventing.Envelope;

/**
 * Which needs a decision has answered, as it has been heard of here.
 *
 * @param needs behind the decision, none before it
 */
record FeedbackView(List<NeedId> needs) {

	static FeedbackView after(@Nullable FeedbackView before, Envelope<FeedbackEvent> envelope) {
		return switch (envelope.event()) {
			case FeedbackDecided decided -> new FeedbackView(decided.sources()
				.stream()
				.flatMap((source) -> source.members().stream())
				.map(Member::need)
				.distinct()
				.toList());
			case FeedbackProgressed progressed -> orNothing(before);
			case SupportDelivered delivered -> orNothing(before);
			case FeedbackRedacted redacted -> orNothing(before);
			case AnswerFollowedUp followedUp -> orNothing(before);
			case FollowUpRedacted redacted -> orNothing(before);
		};
	}

	private static FeedbackView orNothing(@Nullable FeedbackView before) {
		return (before != null) ? before : new FeedbackView(List.of());
	}

}
