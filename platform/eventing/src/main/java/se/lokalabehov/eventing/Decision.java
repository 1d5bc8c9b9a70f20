package se.lokalabehov.eventing;

import java.util.List;

/**
 * What a decider answers: events, or a refusal.
 *
 * @param <E> the events
 */
public sealed interface Decision<E> {

	/**
	 * Accepted.
	 *
	 * @param events what happened, in order; none when it already was so
	 */
	record Accepted<E>(List<E> events) implements Decision<E> {

		public Accepted {
			events = List.copyOf(events);
		}

	}

	/**
	 * Refused.
	 *
	 * @param refusal why
	 */
	record Refused<E>(Refusal refusal) implements Decision<E> {
	}

	/** Accepted, with what happened; nothing when it already was so. */
	@SafeVarargs
	static <E> Decision<E> of(E... events) {
		return new Accepted<>(List.of(events));
	}

	/** Refused. */
	static <E> Decision<E> refuse(Refusal refusal) {
		return new Refused<>(refusal);
	}

}
