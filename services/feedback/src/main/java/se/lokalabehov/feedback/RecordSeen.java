package se.lokalabehov.feedback;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.CatalogueEvent.ConfirmationAsked;
import se.lokalabehov.contracts.CatalogueEvent.CustodyTransferred;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableDelivered;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableOverdue;
import se.lokalabehov.contracts.CatalogueEvent.FileAttached;
import se.lokalabehov.contracts.CatalogueEvent.FileRemoved;
import se.lokalabehov.contracts.CatalogueEvent.ProjectConfirmed;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.RecordRedacted;
import se.lokalabehov.contracts.CatalogueEvent.RecordRevised;
import se.lokalabehov.contracts.CatalogueEvent.RecordWithdrawn;
import se.lokalabehov.eventing.Envelope;

/**
 * What this service must know of a record of the catalogue: that it is there, so that a
 * delivery can point at it.
 *
 * @param withdrawn whether only a tombstone is left
 */
record RecordSeen(boolean withdrawn) {

	static RecordSeen after(@Nullable RecordSeen before, Envelope<CatalogueEvent> told) {
		return switch (told.event()) {
			case RecordPublished published -> new RecordSeen(false);
			case RecordWithdrawn withdrawn -> new RecordSeen(true);
			case RecordRevised other -> of(before);
			case CustodyTransferred other -> of(before);
			case ProjectConfirmed other -> of(before);
			case ConfirmationAsked other -> of(before);
			case DeliverableOverdue other -> of(before);
			case DeliverableDelivered other -> of(before);
			case FileAttached other -> of(before);
			case FileRemoved other -> of(before);
			case RecordRedacted other -> of(before);
		};
	}

	private static RecordSeen of(@Nullable RecordSeen before) {
		if (before == null) {
			throw new IllegalStateException("a record that was never published");
		}
		return before;
	}

}
