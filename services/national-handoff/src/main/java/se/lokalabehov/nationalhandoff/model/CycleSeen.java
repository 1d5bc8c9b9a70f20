package se.lokalabehov.nationalhandoff.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.eventing.Envelope;

/**
 * A cycle as it is known here, from the topic {@code 1-area}.
 *
 * @param phase how far it has come
 * @param compilingClosed since when SKR takes no more supplementary deliveries; none as
 * long as it does
 */
public record CycleSeen(Phase phase, @Nullable Instant compilingClosed) {

	/** How far a cycle has come. */
	public enum Phase {

		/** Chosen, not yet open. */
		CHOSEN,
		/** Open. */
		OPEN,
		/** Every need has its answer. */
		FINISHED,
		/** Stopped before its end. */
		CANCELLED

	}

	/**
	 * The cycle after one more event.
	 * @param before what was known, none before the first event
	 * @param told the event
	 * @return what is known now
	 */
	public static CycleSeen after(@Nullable CycleSeen before, Envelope<AreaEvent> told) {
		CycleSeen known = (before != null) ? before : new CycleSeen(Phase.CHOSEN, null);
		return switch (told.event()) {
			case AreaEvent.CycleOpened opened -> new CycleSeen(Phase.OPEN, known.compilingClosed());
			case AreaEvent.CompilingClosed closed -> new CycleSeen(known.phase(), told.time());
			case AreaEvent.CycleCancelled cancelled -> new CycleSeen(Phase.CANCELLED, known.compilingClosed());
			case AreaEvent.CycleFinished finished -> new CycleSeen(Phase.FINISHED, known.compilingClosed());
			case AreaEvent.AreaChosen chosen -> known;
			case AreaEvent.CycleExtended extended -> known;
			case AreaEvent.CycleRedacted redacted -> known;
		};
	}

}
