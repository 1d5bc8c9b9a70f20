package se.lokalabehov.eventing;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import se.lokalabehov.contracts.Topic;

/**
 * A read model of one topic: one document per key, folded from the key's events in
 * sequence. What spans keys or topics is joined when it is read, so projections commute
 * across keys and topics by construction.
 *
 * @param <E> the topic's events
 * @param <V> the view
 * @param name MongoDB collection, unique within the service
 * @param topic the topic
 * @param view the view's type
 * @param fold folds an event into the view; pure
 * @param reaction what else must happen, for example an act on an aggregate of this
 * service; must be repeatable without harm (at least once); never run by a rebuild
 * @param former the name that it had when its fold was another; null when there was none
 */
public record Projection<E, V>(String name, Topic<E> topic, Class<V> view, Fold<E, V> fold,
		@Nullable BiConsumer<Envelope<E>, V> reaction, @Nullable String former) {

	/** A projection without reaction. */
	public static <E, V> Projection<E, V> of(String name, Topic<E> topic, Class<V> view, Fold<E, V> fold) {
		return new Projection<>(name, topic, view, fold, null, null);
	}

	/** The same with a reaction. */
	public Projection<E, V> reacting(Consumer<Envelope<E>> reaction) {
		return reacting((event, after) -> reaction.accept(event));
	}

	/**
	 * The same with a reaction that needs the view after the event, which is not yet in
	 * the store then.
	 */
	public Projection<E, V> reacting(BiConsumer<Envelope<E>, V> reaction) {
		return new Projection<>(this.name, this.topic, this.view, this.fold, reaction, this.former);
	}

	/**
	 * The same in the place of one whose fold was another. A changed fold has a new name,
	 * as versions that run together must not write the same view; what the former one has
	 * reacted to is not reacted to again.
	 */
	public Projection<E, V> replacing(String former) {
		return new Projection<>(this.name, this.topic, this.view, this.fold, this.reaction, former);
	}

	/**
	 * Folds an event into a view.
	 */
	@FunctionalInterface
	public interface Fold<E, V> {

		/** The view after the event; pure. */
		V apply(@Nullable V before, Envelope<E> event);

	}

}
