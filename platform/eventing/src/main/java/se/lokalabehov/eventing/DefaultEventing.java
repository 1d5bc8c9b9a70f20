package se.lokalabehov.eventing;

import java.util.List;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * {@link Eventing} as it is.
 */
final class DefaultEventing implements Eventing {

	private final MongoTemplate mongo;

	private final Codec codec;

	private final Relay relay;

	private final Divergence divergence;

	private final Repair repair;

	private final Inbox inbox;

	private final Registry registry;

	private final Indexes indexes;

	private final Meters meters;

	DefaultEventing(MongoTemplate mongo, Codec codec, Relay relay, Divergence divergence, Repair repair, Inbox inbox,
			Registry registry, Indexes indexes, Meters meters) {
		this.mongo = mongo;
		this.codec = codec;
		this.relay = relay;
		this.divergence = divergence;
		this.repair = repair;
		this.inbox = inbox;
		this.registry = registry;
		this.indexes = indexes;
		this.meters = meters;
		indexes.ensure(Parked.COLLECTION, List.of("key"));
	}

	@Override
	public <S, E> Aggregates<S, E> aggregates(AggregateType<S, E> type) {
		this.relay.register(type);
		if (type.topic() != null) {
			this.divergence.own(type.topic(), type.collection());
			this.indexes.outbox(type.collection());
		}
		return new Aggregates<>(this.mongo, this.codec, type, this.relay, this.repair, this.meters);
	}

	@Override
	public <E, V> Views<V> project(Projection<E, V> projection, String... indexes) {
		this.indexes.want(projection, List.of(indexes));
		this.inbox.register(projection);
		return new Views<>(this.mongo, this.codec, () -> this.registry.active(projection), projection.view());
	}

	@Override
	public void index(String collection, List<String> fields) {
		this.indexes.ensure(collection, fields);
	}

	@Override
	public MongoTemplate store() {
		return this.mongo;
	}

}
