package se.lokalabehov.testsupport;

import se.lokalabehov.contracts.Topic;
import se.lokalabehov.eventing.ForeignEvents;

/**
 * Plays the other services: their events, on the shared broker.
 */
public final class Foreign {

	private Foreign() {
	}

	/** Publishes an event just as its owner's relay would, and waits for the broker. */
	public static <E> void publish(Topic<E> topic, String key, long sequence, E event, String by) {
		Events.SHARED.publish(topic, key, sequence, event, by);
	}

	/** One producer per JVM, as there is one broker; a producer is slow to make. */
	private static final class Events {

		static final ForeignEvents SHARED = new ForeignEvents(Backends.shared().bootstrapServers());

	}

}
