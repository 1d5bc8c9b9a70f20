package se.lokalabehov.prioritisation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.DirectoryEvent;
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.eventing.Envelope;

/**
 * The dated changes of one organisation in the directory.
 *
 * @param changes in the order they came
 */
record MembershipsSeen(List<MembershipChanged> changes) {

	/** Folds an event of the topic into what is known of its key. */
	static MembershipsSeen after(@Nullable MembershipsSeen before, Envelope<DirectoryEvent> envelope) {
		List<MembershipChanged> changes = new ArrayList<>((before != null) ? before.changes() : List.of());
		switch (envelope.event()) {
			case MembershipChanged changed -> changes.add(changed);
		}
		return new MembershipsSeen(changes);
	}

}
