package se.lokalabehov.feedback;

import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedRedacted;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.OfFeedback;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.HandOffEvent.HandOffRedacted;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Outcome;

/**
 * Carries out what {@link ByItself} works out, when an event of moment 4 or 6 arrives. An
 * event may arrive again: the same cause acts once, by the idempotency key for as long as
 * that is kept, and after that because the decision names its cause.
 */
final class Reactions {

	private final Aggregates<Feedback, OfFeedback> feedback;

	Reactions(Aggregates<Feedback, OfFeedback> feedback) {
		this.feedback = feedback;
	}

	/** Moment 4 told something of a national need. */
	void screened(Envelope<CompilationEvent> told, NationalNeedSeen need, @Nullable HandOffSeen handOff) {
		if (handOff == null) {
			ByItself.from(told.key(), need, null).ifPresent((following) -> record(told.key(), following));
		}
		if (told.event() instanceof NationalNeedRedacted redacted) {
			blank(told, ByItself::isFromScreening, redacted.reason());
		}
	}

	/** Moment 6 told something of a hand-off. */
	void ranked(Envelope<HandOffEvent> told, HandOffSeen handOff) {
		ByItself.from(told.key(), null, handOff).ifPresent((following) -> record(told.key(), following));
		if (told.event() instanceof HandOffRedacted redacted) {
			blank(told, ByItself::isFromRanking, redacted.reason());
		}
	}

	private void record(String id, ByItself.Following following) {
		FeedbackDecided decided = following.decided();
		Act act = Act.system(decided.agency(), following.at(), Objects.requireNonNull(decided.follows()));
		done(this.feedback.execute(id, act, (before) -> ByItself.decide(before, decided)));
	}

	private void blank(Envelope<?> told, Predicate<FeedbackDecided> takenOver, String reason) {
		if (this.feedback.find(told.key()).isEmpty()) {
			return;
		}
		Act act = Act.system(ByItself.SKR, told.time(), told.id());
		done(this.feedback.execute(told.key(), act,
				(before) -> ByItself.blank(Objects.requireNonNull(before), takenOver, reason)));
	}

	/** What fails is parked by the platform, and played again. */
	private static void done(Outcome<Feedback> outcome) {
		if (outcome instanceof Outcome.Refused<Feedback> refused) {
			throw new IllegalStateException("could not record what follows: " + refused.refusal().code());
		}
	}

}
