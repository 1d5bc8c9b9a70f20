package se.lokalabehov.feedback;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;

/**
 * Whether the latest decision on a need is the answer today. A decision is never taken
 * back or changed (domain rule 6): what has overtaken it is seen here until the next
 * decision replaces it.
 */
enum Standing {

	/** It is the answer. */
	IN_FORCE("Beslutet gäller."),

	/** The verdict that it followed from has been replaced. */
	SCREENED_ANEW("Behovet har sållats om sedan beslutet. Ett nytt beslut kommer när det nya utfallet har prövats."),

	/** It was left below the line, or answered in screening, and then handed over. */
	HANDED_OVER("Behovet har överlämnats sedan beslutet. Myndigheten som har fått det ger ett nytt beslut."),

	/** The agency that decided does not have the need any more. */
	HANDED_BACK("Myndigheten som beslutade har inte längre behovet. Ett nytt beslut kommer."),

	/** The national need was taken apart. */
	DISSOLVED("Det nationella behovet har delats upp igen. De behov som låg bakom besvaras på nytt.");

	private final String text;

	Standing(String text) {
		this.text = text;
	}

	/** What a municipality reads. */
	String text() {
		return this.text;
	}

	static Standing of(String id, FeedbackDecided latest, @Nullable NationalNeedSeen need,
			@Nullable HandOffSeen handOff) {
		return (latest.follows() == null) ? ofAgencys(latest, handOff) : ofFollowing(id, latest, need, handOff);
	}

	private static Standing ofAgencys(FeedbackDecided latest, @Nullable HandOffSeen handOff) {
		return (handOff != null && handOff.isReceivedBy(latest.agency())) ? IN_FORCE : HANDED_BACK;
	}

	private static Standing ofFollowing(String id, FeedbackDecided latest, @Nullable NationalNeedSeen need,
			@Nullable HandOffSeen handOff) {
		boolean still = ByItself.from(id, need, handOff)
			.filter((following) -> Objects.equals(following.decided().follows(), latest.follows()))
			.isPresent();
		if (still) {
			return IN_FORCE;
		}
		if (handOff != null) {
			return HANDED_OVER;
		}
		return (need != null && need.dissolved()) ? DISSOLVED : SCREENED_ANEW;
	}

}
