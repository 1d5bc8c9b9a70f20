package se.lokalabehov.reportcatalogue;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedDissolved;
import se.lokalabehov.eventing.Envelope;

/**
 * What this service must know of a national need: that it is there, so that knowledge
 * support can say that it answers it.
 *
 * @param dissolved whether it was taken apart again
 */
record NationalNeedSeen(boolean dissolved) {

	static NationalNeedSeen after(@Nullable NationalNeedSeen before, Envelope<CompilationEvent> told) {
		return new NationalNeedSeen(
				(before != null && before.dissolved) || told.event() instanceof NationalNeedDissolved);
	}

}
