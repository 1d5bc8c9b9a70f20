package se.lokalabehov.feedback;

import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.NeedEvent.NeedConfirmed;
import se.lokalabehov.contracts.NeedEvent.NeedRecorded;
import se.lokalabehov.contracts.NeedEvent.NeedRevised;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Envelope;

/**
 * What this service must know of a need of moment 3: whether its municipalities let
 * themselves be named (domain rule 7). What is not known is not named.
 *
 * @param municipalities who stand behind it; empty for a regional need
 * @param named whether they may be named in public
 */
record NeedSeen(List<OrganisationId> municipalities, boolean named) {

	private static final NeedSeen NOBODY = new NeedSeen(List.of(), false);

	static NeedSeen after(@Nullable NeedSeen before, Envelope<NeedEvent> told) {
		NeedSeen seen = (before != null) ? before : NOBODY;
		return switch (told.event()) {
			case NeedSubmitted submitted -> new NeedSeen(submitted.municipalities(), submitted.namesMunicipalities());
			case NeedRecorded recorded -> new NeedSeen(recorded.municipalities(), false);
			case NeedConfirmed confirmed -> new NeedSeen(seen.municipalities, confirmed.namesMunicipalities());
			case NeedRevised revised -> new NeedSeen(revised.municipalities(), seen.named);
			case NeedEvent.NeedWithdrawn other -> seen;
			case NeedEvent.NeedSupplemented other -> seen;
			case NeedEvent.NeedTurnedBack other -> seen;
			case NeedEvent.NeedWaitlisted other -> seen;
			case NeedEvent.NeedTakenUp other -> seen;
			case NeedEvent.ClarificationAsked other -> seen;
			case NeedEvent.ClarificationAnswered other -> seen;
			case NeedEvent.NeedMerged other -> seen;
			case NeedEvent.NeedSplit other -> seen;
			case NeedEvent.NeedDelivered other -> seen;
			case NeedEvent.NeedNotDelivered other -> seen;
			case NeedEvent.NeedRedacted other -> seen;
			case NeedEvent.OfRegionalNeed other -> seen;
		};
	}

}
