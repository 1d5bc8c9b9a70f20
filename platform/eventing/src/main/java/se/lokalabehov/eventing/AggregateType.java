package se.lokalabehov.eventing;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import se.lokalabehov.contracts.Topic;

/**
 * A kind of aggregate: where it is kept, which events tell its story, and how they fold
 * to its state.
 *
 * @param <S> the state, a record or a sealed interface of records
 * @param <E> its events, a sealed interface
 * @param collection MongoDB collection
 * @param topic where its events are published; none for what is kept without events
 * @param events the sealed interface of its own events
 * @param state the state's type
 * @param evolve folds an event into the state; pure
 */
public record AggregateType<S, E>(String collection, @Nullable Topic<? super E> topic, Class<E> events, Class<S> state,
		BiFunction<@Nullable S, E, S> evolve) {

	/** An aggregate whose events are published. */
	public static <S, E> AggregateType<S, E> of(String collection, Topic<? super E> topic, Class<E> events,
			Class<S> state, BiFunction<@Nullable S, E, S> evolve) {
		return new AggregateType<>(collection, topic, events, state, evolve);
	}

	/**
	 * Something kept with version and idempotency, but without events (drafts, intents):
	 * a decision's "event" is the new state itself.
	 */
	public static <S> AggregateType<S, S> kept(String collection, Class<S> state) {
		return new AggregateType<>(collection, null, state, state, (before, after) -> after);
	}

}
