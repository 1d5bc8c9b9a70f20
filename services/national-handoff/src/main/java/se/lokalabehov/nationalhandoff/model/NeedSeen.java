package se.lokalabehov.nationalhandoff.model;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Envelope;

/**
 * A need as it is known here, from the topic {@code 3-need}: no more than what compiling
 * and publishing ask for.
 */
public sealed interface NeedSeen {

	/**
	 * A municipality's own need.
	 *
	 * @param namesMunicipalities whether its municipalities may be named when published
	 * (domain rule 7)
	 */
	record Municipal(boolean namesMunicipalities) implements NeedSeen {
	}

	/**
	 * A regional need. Its words can not change after delivery, so the last ones are the
	 * delivered ones.
	 *
	 * @param cycle in which cycle
	 * @param rss who formed it
	 * @param wording its words
	 * @param undoingRequested why its RSS asks SKR to undo the merge, none when it does
	 * not
	 */
	record Regional(CycleId cycle, OrganisationId rss, Wording wording,
			@Nullable String undoingRequested) implements NeedSeen {
	}

	/**
	 * The need after one more event.
	 * @param before what was known, none before the first event
	 * @param told the event
	 * @return what is known now
	 */
	static NeedSeen after(@Nullable NeedSeen before, Envelope<NeedEvent> told) {
		return switch (told.event()) {
			case NeedEvent.OfNeed need -> municipal(before, need);
			case NeedEvent.OfRegionalNeed need -> regional(before, need);
		};
	}

	private static NeedSeen municipal(@Nullable NeedSeen before, NeedEvent.OfNeed event) {
		return switch (event) {
			case NeedEvent.NeedSubmitted submitted -> new Municipal(submitted.namesMunicipalities());
			case NeedEvent.NeedRecorded recorded -> new Municipal(false);
			case NeedEvent.NeedConfirmed confirmed -> new Municipal(confirmed.namesMunicipalities());
			case NeedEvent.NeedRevised revised -> known(before);
			case NeedEvent.NeedWithdrawn withdrawn -> known(before);
			case NeedEvent.NeedSupplemented supplemented -> known(before);
			case NeedEvent.NeedTurnedBack back -> known(before);
			case NeedEvent.NeedWaitlisted waits -> known(before);
			case NeedEvent.NeedTakenUp taken -> known(before);
			case NeedEvent.ClarificationAsked asked -> known(before);
			case NeedEvent.ClarificationAnswered answered -> known(before);
			case NeedEvent.NeedMerged merged -> known(before);
			case NeedEvent.NeedSplit split -> known(before);
			case NeedEvent.NeedDelivered delivered -> known(before);
			case NeedEvent.NeedNotDelivered left -> known(before);
			case NeedEvent.NeedRedacted redacted -> known(before);
		};
	}

	private static NeedSeen regional(@Nullable NeedSeen before, NeedEvent.OfRegionalNeed event) {
		if (event instanceof NeedEvent.RegionalNeedFormed formed) {
			return new Regional(formed.cycle(), formed.rss(), formed.wording(), null);
		}
		Regional known = (Regional) known(before);
		return switch (event) {
			case NeedEvent.RegionalNeedFormed formed -> known;
			case NeedEvent.RegionalNeedChanged changed ->
				new Regional(known.cycle(), known.rss(), changed.wording(), known.undoingRequested());
			case NeedEvent.UndoingRequested asked ->
				new Regional(known.cycle(), known.rss(), known.wording(), asked.reason());
			case NeedEvent.RegionalNeedRedacted redacted -> new Regional(known.cycle(), known.rss(),
					known.wording().redacted(), (known.undoingRequested() != null) ? Wording.REDACTED : null);
			case NeedEvent.RegionalNeedDissolved dissolved -> known;
			case NeedEvent.RegionalNeedDelivered delivered -> known;
		};
	}

	private static NeedSeen known(@Nullable NeedSeen before) {
		return Objects.requireNonNull(before, "a need begins with being submitted, recorded or formed");
	}

}
