package se.lokalabehov.eventing;

import java.util.List;
import org.springframework.data.mongodb.core.MongoTemplate;

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
	 * {@code state.municipalities}
	 */
	<E, V> Views<V> project(Projection<E, V> projection, String... indexes);

	/** Indexes fields of an aggregate's documents, for example {@code state.rss}. */
	void index(String collection, List<String> fields);

	/**
	 * The store, for the rare thing that is neither aggregate nor projection (ballots).
	 */
	MongoTemplate store();

}
