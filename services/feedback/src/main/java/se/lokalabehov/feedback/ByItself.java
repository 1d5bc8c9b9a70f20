package se.lokalabehov.feedback;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackRedacted;
import se.lokalabehov.contracts.FeedbackEvent.OfFeedback;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Decision;

/**
 * The answers that follow by themselves, so that nobody who asked is left without one
 * (domain rule 3): a need that screening finds answered or solved locally, and one that
 * is left below the line. What follows is worked out from how things stand now, never
 * from a single event: an old event that is read again says nothing that has been
 * overtaken.
 */
final class ByItself {

	/** SKR decides what is handed over. */
	static final OrganisationId SKR = new OrganisationId("SKR");

	private static final String SCREENING = Topics.COMPILATION.shortName() + "/";

	private static final String RANKING = Topics.HAND_OFF.shortName() + "/";

	private ByItself() {
	}

	/**
	 * A decision that follows.
	 *
	 * @param decided the decision, which names the event that it follows from
	 * @param at when it came to follow
	 */
	record Following(FeedbackDecided decided, Instant at) {
	}

	/**
	 * What follows from how a national need stands.
	 * @param id the national need
	 * @param need from moment 4; null when nothing has arrived
	 * @param handOff from moment 6; null before the ranking has had a consequence
	 * @return none when it is an agency's to decide, or nobody's yet
	 */
	static Optional<Following> from(String id, @Nullable NationalNeedSeen need, @Nullable HandOffSeen handOff) {
		// What came of the ranking goes before the screening that led there.
		if (handOff != null) {
			return fromRanking(id, handOff);
		}
		return (need != null && !need.dissolved()) ? fromScreening(id, need) : Optional.empty();
	}

	private static Optional<Following> fromRanking(String id, HandOffSeen handOff) {
		if (handOff.belowTheLine() == null) {
			return Optional.empty();
		}
		return Optional
			.of(new Following(
					new FeedbackDecided(handOff.cycle(), SKR, FeedbackEvent.Decision.DECLINED, handOff.belowTheLine(),
							null, null, null, handOff.sources(), RANKING + id + "." + handOff.sequence()),
					handOff.since()));
	}

	private static Optional<Following> fromScreening(String id, NationalNeedSeen need) {
		NationalNeedScreened screening = need.screening();
		Instant at = need.screenedAt();
		if (screening == null || at == null || screening.verdict().goesOn()) {
			return Optional.empty();
		}
		FeedbackEvent.Decision decision = (screening.verdict() == Verdict.EXISTS)
				? FeedbackEvent.Decision.EXISTING_SUFFICES : FeedbackEvent.Decision.DECLINED;
		return Optional
			.of(new Following(new FeedbackDecided(need.cycle(), screening.judgedBy(), decision, screening.reason(),
					null, screening.support(), null, need.sources(), SCREENING + id + "." + need.basis()), at));
	}

	/** Records what follows: once, and never over an agency's own decision. */
	static Decision<OfFeedback> decide(@Nullable Feedback before, FeedbackDecided following) {
		if (before != null && (before.holds(following.follows()) || givesWay(before, following))) {
			return Decision.of();
		}
		return Decision.of(following);
	}

	/**
	 * Screening comes before the agency's decision, however late it is read; being left
	 * below the line can come after it, when the agency has given the need back.
	 */
	private static boolean givesWay(Feedback before, FeedbackDecided following) {
		return before.isAgencysOwn() && isFromScreening(following);
	}

	static boolean isFromScreening(FeedbackDecided decided) {
		return decided.follows() != null && decided.follows().startsWith(SCREENING);
	}

	static boolean isFromRanking(FeedbackDecided decided) {
		return decided.follows() != null && decided.follows().startsWith(RANKING);
	}

	/**
	 * What is blanked when the texts that a decision took over have been blanked (domain
	 * rule 8).
	 */
	static Decision<OfFeedback> blank(Feedback before, Predicate<FeedbackDecided> takenOver, String reason) {
		return hasWords(before, takenOver) ? Decision.of(new FeedbackRedacted(reason)) : Decision.of();
	}

	private static boolean hasWords(Feedback before, Predicate<FeedbackDecided> takenOver) {
		return before.decisions().stream().filter(takenOver).anyMatch((one) -> !one.why().equals(Wording.REDACTED));
	}

}
