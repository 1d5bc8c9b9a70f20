package se.lokalabehov.needintake;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.HandOffEvent.HandOffRedacted;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedNotHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Envelope;

/**
 * To which agencies a national need was handed over, as it has been heard of here.
 *
 * @param agencies lead agency and contributors, none when it was not handed over
 */
record HandOffView(List<OrganisationId> agencies) {

	static HandOffView after(@Nullable HandOffView before, Envelope<HandOffEvent> envelope) {
		return switch (envelope.event()) {
			case NeedHandedOver over ->
				new HandOffView(Stream.concat(Stream.of(over.agency()), over.contributors().stream()).toList());
			case NeedNotHandedOver not -> new HandOffView(List.of());
			case NeedReceived received -> known(before);
			case NeedReturned returned -> known(before);
			case HandOffRedacted redacted -> known(before);
		};
	}

	private static HandOffView known(@Nullable HandOffView before) {
		return Objects.requireNonNull(before, "a hand-off begins with being handed over, or not");
	}

}
