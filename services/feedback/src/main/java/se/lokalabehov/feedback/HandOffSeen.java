package se.lokalabehov.feedback;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.HandOffEvent.HandOffRedacted;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedNotHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Envelope;

/**
 * A hand-off as this service knows it from moment 6.
 *
 * @param cycle in which cycle
 * @param sources who asks, whole provenance
 * @param status where it stands
 * @param agency the lead agency; none when the need was left below the line
 * @param contributors other agencies: they see, the lead decides
 * @param belowTheLine what the municipalities read when it was left below the line
 * @param sequence of the event that gave it its status
 * @param since when that was
 */
record HandOffSeen(CycleId cycle, List<Source> sources, Status status, @Nullable OrganisationId agency,
		List<OrganisationId> contributors, @Nullable String belowTheLine, long sequence, Instant since) {

	/** Where a hand-off stands. */
	enum Status {

		HANDED_OVER, RECEIVED, RETURNED, BELOW_THE_LINE

	}

	static HandOffSeen after(@Nullable HandOffSeen before, Envelope<HandOffEvent> told) {
		return switch (told.event()) {
			case NeedHandedOver over -> new HandOffSeen(over.cycle(), over.sources(), Status.HANDED_OVER, over.agency(),
					over.contributors(), null, told.sequence(), told.time());
			case NeedNotHandedOver left -> new HandOffSeen(left.cycle(), left.sources(), Status.BELOW_THE_LINE, null,
					List.of(), left.reason(), told.sequence(), told.time());
			case NeedReceived received -> of(before).with(Status.RECEIVED, told);
			case NeedReturned returned -> of(before).with(Status.RETURNED, told);
			case HandOffRedacted redacted -> of(before).redacted();
		};
	}

	/** Whether an agency leads it and has confirmed that it has it. */
	boolean isReceivedBy(OrganisationId organisation) {
		return this.status == Status.RECEIVED && organisation.equals(this.agency);
	}

	private static HandOffSeen of(@Nullable HandOffSeen before) {
		if (before == null) {
			throw new IllegalStateException("a hand-off that never began");
		}
		return before;
	}

	private HandOffSeen with(Status changed, Envelope<HandOffEvent> told) {
		return new HandOffSeen(this.cycle, this.sources, changed, this.agency, this.contributors, this.belowTheLine,
				told.sequence(), told.time());
	}

	private HandOffSeen redacted() {
		return new HandOffSeen(this.cycle, this.sources, this.status, this.agency, this.contributors,
				(this.belowTheLine != null) ? Wording.REDACTED : null, this.sequence, this.since);
	}

}
