package se.lokalabehov.feedback;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackProgressed;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackRedacted;
import se.lokalabehov.contracts.FeedbackEvent.OfFeedback;
import se.lokalabehov.contracts.FeedbackEvent.SupportDelivered;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RecordId;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.feedback.Feedback.Behind;

/**
 * An answer as a caller sees it.
 *
 * @param nationalNeed the answered national need
 * @param cycle in which cycle
 * @param title what the national need is called; none before it has arrived here
 * @param decision the latest decision
 * @param standing whether that is the answer today
 * @param standingText the same in words
 * @param replaced the decisions that it replaced, oldest first
 * @param progress how it went, oldest first
 * @param deliveries what came of it, oldest first
 * @param redactions that texts were blanked, when and why
 * @param municipalitiesBehind how many different municipalities asked
 * @param behind the needs behind it, with the municipalities that the caller may see
 */
record Shown(String nationalNeed, CycleId cycle, @Nullable String title, Told decision, Standing standing,
		String standingText, List<Told> replaced, List<Progress> progress, List<Delivery> deliveries,
		List<Redacted> redactions, int municipalitiesBehind, List<Asker> behind) {

	/** What a decision follows from, when it is no agency's own. */
	enum FollowsFrom {

		SCREENING, RANKING

	}

	/** A decision. */
	record Told(FeedbackEvent.Decision decision, OrganisationId agency, String why, @Nullable LocalDate expected,
			@Nullable String support, @Nullable String registration, @Nullable FollowsFrom followsFrom, Instant at) {
	}

	/** How it goes. */
	record Progress(String text, @Nullable LocalDate expected, Instant at) {
	}

	/** Something delivered. */
	record Delivery(String title, String kind, @Nullable String link, @Nullable RecordId record, Instant at) {
	}

	/** A mark that texts were blanked. */
	record Redacted(String reason, Instant at) {
	}

	/** A need behind the answer; who asked only as far as the caller may see it. */
	record Asker(NeedId need, @Nullable OrganisationId rss, List<OrganisationId> municipalities) {
	}

	static Shown of(String id, Feedback feedback, List<Envelope<OfFeedback>> story, @Nullable NationalNeedSeen need,
			@Nullable HandOffSeen handOff, Predicate<Behind> seesMunicipalities) {
		List<Told> decisions = new ArrayList<>();
		List<Progress> progress = new ArrayList<>();
		List<Delivery> deliveries = new ArrayList<>();
		List<Redacted> redactions = new ArrayList<>();
		for (Envelope<OfFeedback> told : story) {
			switch (told.event()) {
				case FeedbackDecided decided -> decisions.add(told(decided, told.time()));
				case FeedbackProgressed progressed ->
					progress.add(new Progress(progressed.text(), progressed.expected(), told.time()));
				case SupportDelivered delivered -> deliveries.add(new Delivery(delivered.title(), delivered.kind(),
						delivered.link(), delivered.record(), told.time()));
				case FeedbackRedacted redacted -> redactions.add(new Redacted(redacted.reason(), told.time()));
			}
		}
		Standing standing = Standing.of(id, feedback.latest(), need, handOff);
		return new Shown(id, feedback.cycle(), (need != null) ? need.title() : null, decisions.getLast(), standing,
				standing.text(), decisions.subList(0, decisions.size() - 1), progress, deliveries, redactions,
				feedback.municipalities().size(),
				feedback.behind().stream().map((one) -> asker(one, seesMunicipalities.test(one))).toList());
	}

	private static Told told(FeedbackDecided decided, Instant at) {
		return new Told(decided.decision(), decided.agency(), decided.why(), decided.expected(), decided.support(),
				decided.registration(), followsFrom(decided), at);
	}

	private static @Nullable FollowsFrom followsFrom(FeedbackDecided decided) {
		if (decided.follows() == null) {
			return null;
		}
		return ByItself.isFromScreening(decided) ? FollowsFrom.SCREENING : FollowsFrom.RANKING;
	}

	/**
	 * The region can give a municipality away (Gotland is one), so it is hidden with it.
	 */
	private static Asker asker(Behind behind, boolean seesMunicipalities) {
		return seesMunicipalities ? new Asker(behind.need(), behind.rss(), behind.municipalities())
				: new Asker(behind.need(), null, List.of());
	}

}
