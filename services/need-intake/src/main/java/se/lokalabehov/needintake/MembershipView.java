package se.lokalabehov.needintake;

import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.eventing.Envelope;

/**
 * How one municipality's membership has changed since the directory's files were made.
 *
 * @param changes in the order that they were decided
 */
record MembershipView(List<MembershipChanged> changes) {

	static MembershipView after(@Nullable MembershipView before, Envelope<DirectoryEvent> envelope) {
		return switch (envelope.event()) {
			case MembershipChanged changed ->
				new MembershipView(Need.appended((before != null) ? before.changes : List.of(), changed));
		};
	}

}
