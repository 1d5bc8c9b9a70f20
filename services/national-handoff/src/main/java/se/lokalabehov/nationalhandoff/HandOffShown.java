package se.lokalabehov.nationalhandoff;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.nationalhandoff.model.HandOff;
import se.lokalabehov.nationalhandoff.model.HandOff.Assignment;
import se.lokalabehov.nationalhandoff.model.HandOff.AwaitingReceipt;
import se.lokalabehov.nationalhandoff.model.HandOff.BelowTheLine;
import se.lokalabehov.nationalhandoff.model.HandOff.Received;
import se.lokalabehov.nationalhandoff.model.HandOff.Return;
import se.lokalabehov.nationalhandoff.model.HandOff.Returned;

/**
 * A hand-off as it is answered, to SKR and the agencies only.
 *
 * @param id the national need
 * @param cycle in which cycle
 * @param status how far it has come
 * @param round the round that ranked it
 * @param rank its rank there
 * @param municipalities how many different municipalities are behind it
 * @param sources whole provenance, as ranked
 * @param wording the words, as ranked; none below the line
 * @param agency the lead agency; after a return the one that had it
 * @param contributors other agencies
 * @param due last day to confirm
 * @param registration the agency's registration number
 * @param reason why it stays below the line
 * @param returns who has returned it, oldest first
 */
record HandOffShown(String id, CycleId cycle, Status status, RoundId round, int rank, int municipalities,
		List<Source> sources, @Nullable Wording wording, @Nullable OrganisationId agency,
		@Nullable List<OrganisationId> contributors, @Nullable LocalDate due, @Nullable String registration,
		@Nullable String reason, List<Return> returns) {

	/** How far a hand-off has come. */
	enum Status {

		/** Handed over. */
		AWAITING_RECEIPT(AwaitingReceipt.class),
		/** The lead agency has confirmed. */
		RECEIVED(Received.class),
		/** The lead agency gave it back. */
		RETURNED(Returned.class),
		/** Not handed over. */
		BELOW_THE_LINE(BelowTheLine.class);

		private final Class<? extends HandOff> state;

		Status(Class<? extends HandOff> state) {
			this.state = state;
		}

		/** What the store calls it. */
		String kind() {
			return this.state.getSimpleName();
		}

	}

	static HandOffShown of(Stored<HandOff> stored) {
		HandOff handOff = stored.state();
		HandOff.Basis basis = handOff.basis();
		Assignment handedTo = handOff.handedTo();
		Status status = switch (handOff) {
			case AwaitingReceipt awaiting -> Status.AWAITING_RECEIPT;
			case Received received -> Status.RECEIVED;
			case Returned returned -> Status.RETURNED;
			case BelowTheLine below -> Status.BELOW_THE_LINE;
		};
		return new HandOffShown(stored.id(), basis.cycle(), status, basis.round(), basis.rank(),
				NationalNeedShown.weight(basis.sources()), basis.sources(),
				(handedTo != null) ? handedTo.wording() : null, (handedTo != null) ? handedTo.agency() : null,
				(handedTo != null) ? handedTo.contributors() : null, (handedTo != null) ? handedTo.due() : null,
				(handOff instanceof Received received) ? received.registration() : null,
				(handOff instanceof BelowTheLine below) ? below.reason() : null, handOff.returns());
	}

}
