package se.lokalabehov.nationalhandoff;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedRedacted;
import se.lokalabehov.eventing.Envelope;

/**
 * How often a national need has been redacted: what makes this service listen to itself,
 * so that a redaction reaches the hand-off even after a crash between the two.
 *
 * @param times how often
 */
record RedactionSeen(int times) {

	static RedactionSeen after(@Nullable RedactionSeen before, Envelope<CompilationEvent> told) {
		int times = (before != null) ? before.times() : 0;
		return new RedactionSeen((told.event() instanceof NationalNeedRedacted) ? times + 1 : times);
	}

}
