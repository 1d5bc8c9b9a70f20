package se.lokalabehov.prioritisation;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedEvent.OfRegionalNeed;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedChanged;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDelivered;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDissolved;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedRedacted;
import se.lokalabehov.contracts.NeedEvent.UndoingRequested;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Envelope;

/**
 * What moment 3 has told, as far as a regional round needs it.
 */
sealed interface NeedSeen {

	/**
	 * A municipality's own need: never an item of a round.
	 *
	 * @param known always true; there is nothing to know
	 */
	record OfMunicipality(boolean known) implements NeedSeen {
	}

	/**
	 * A regional need.
	 *
	 * @param cycle in which cycle
	 * @param rss whose
	 * @param version the present one
	 * @param title the present one
	 * @param dissolved whether it was taken apart again
	 */
	record Regional(CycleId cycle, OrganisationId rss, int version, String title,
			boolean dissolved) implements NeedSeen {

		Candidate candidate(String id) {
			return new Candidate(id, this.cycle, this.rss, this.version, this.title,
					this.dissolved ? Candidate.Fit.DISSOLVED : Candidate.Fit.YES);
		}

	}

	/** Folds an event of the topic into what is known of its key. */
	static NeedSeen after(@Nullable NeedSeen before, Envelope<NeedEvent> envelope) {
		return switch (envelope.event()) {
			case OfNeed need -> new OfMunicipality(true);
			case OfRegionalNeed regional -> after(before, regional);
		};
	}

	private static Regional after(@Nullable NeedSeen before, OfRegionalNeed event) {
		if (event instanceof RegionalNeedFormed formed) {
			return new Regional(formed.cycle(), formed.rss(), 1, formed.wording().title(), false);
		}
		Regional was = (Regional) Objects.requireNonNull(before, "a regional need begins by being formed");
		return switch (event) {
			case RegionalNeedFormed formed -> throw new IllegalStateException("handled above");
			case RegionalNeedChanged changed ->
				new Regional(was.cycle(), was.rss(), changed.version(), changed.wording().title(), was.dissolved());
			case RegionalNeedDissolved dissolved ->
				new Regional(was.cycle(), was.rss(), was.version(), was.title(), true);
			case RegionalNeedDelivered delivered -> was;
			case UndoingRequested requested -> was;
			case RegionalNeedRedacted redacted ->
				new Regional(was.cycle(), was.rss(), was.version(), Wording.REDACTED, was.dissolved());
		};
	}

}
