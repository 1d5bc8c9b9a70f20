package se.lokalabehov.eventing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.data.mongodb.core.MongoTemplate;
import se.lokalabehov.contracts.Topic;

/**
 * What a service asks for when it is put together: its aggregates and its projections.
 */
public interface Eventing {

	/** The aggregates of a type; the service owns their topic. */
	<S, E> Aggregates<S, E> aggregates(AggregateType<S, E> type);

	/**
	 * Keeps a projection from now on, and lets one read it.
	 * @param projection the projection
	 * @param indexes fields of the document to index, for example
	 * {@code state.municipalities}; several together with commas between
	 */
	<E, V> Views<V> project(Projection<E, V> projection, String... indexes);

	/**
	 * Reads what a topic holds now, from its beginning, for what is made of it outside
	 * the store. The events of a key come in its order; what can not be read is left out,
	 * as it is parked for the projections.
	 * @param topic which
	 * @param part gets some of them at a time, on this thread
	 * @throws org.apache.kafka.common.KafkaException when the broker does not answer
	 */
	<E> void read(Topic<E> topic, Consumer<List<Envelope<E>>> part);

	/**
	 * Reads some keys of a topic as they were sent, the data as JSON text to the letter:
	 * for whoever takes them elsewhere. Each event once, those of a key in sequence.
	 * @param topic which
	 * @param keys which of its keys
	 * @return the stories, by key
	 * @throws org.apache.kafka.common.KafkaException when the broker does not answer
	 */
	Map<String, List<Envelope<String>>> sent(Topic<?> topic, Set<String> keys);

	/** Indexes fields of an aggregate's documents, for example {@code state.rss}. */
	void index(String collection, List<String> fields);

	/**
	 * The store, for the rare thing that is neither aggregate nor projection (ballots).
	 */
	MongoTemplate store();

}
