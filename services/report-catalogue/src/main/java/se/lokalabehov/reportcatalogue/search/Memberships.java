package se.lokalabehov.reportcatalogue.search;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.eventing.Envelope;

/**
 * How one municipality's membership has changed since the directory's files were made.
 *
 * @param changes in the order that they were decided
 */
record Memberships(List<MembershipChanged> changes) {

	static Memberships after(@Nullable Memberships before, Envelope<DirectoryEvent> told) {
		return switch (told.event()) {
			case MembershipChanged changed -> new Memberships(
					Stream.concat((before != null) ? before.changes.stream() : Stream.empty(), Stream.of(changed))
						.toList());
		};
	}

}
