package se.lokalabehov.eventing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.data.mongodb.core.MongoTemplate;

import se.lokalabehov.contracts.Topic;

/**
 * {@link Eventing} as it is.
 */
final class DefaultEventing implements Eventing {

	private final MongoTemplate mongo;

	private final Codec codec;

	private final TopicReader reader;

	private final Relay relay;

	private final Divergence divergence;

	private final Repair repair;

	private final Inbox inbox;

	private final Registry registry;

	private final Indexes indexes;

	private final Meters meters;

	private final Audit audit;

	private final Trace trace;

	DefaultEventing(MongoTemplate mongo, Codec codec, TopicReader reader, Relay relay, Divergence divergence,
			Repair repair, Inbox inbox, Registry registry, Indexes indexes, Meters meters, Audit audit, Trace trace) {
		this.mongo = mongo;
		this.codec = codec;
		this.reader = reader;
		this.relay = relay;
		this.divergence = divergence;
		this.repair = repair;
		this.inbox = inbox;
		this.registry = registry;
		this.indexes = indexes;
		this.meters = meters;
		this.audit = audit;
		this.trace = trace;
		indexes.ensure(Parked.COLLECTION, List.of("key"));
	}

	@Override
	public <S, E> Aggregates<S, E> aggregates(AggregateType<S, E> type) {
		this.relay.register(type);
		this.indexes.pages(type.collection());
		if (type.topic() != null) {
			this.divergence.own(type.topic(), type.collection());
			this.indexes.outbox(type.collection());
		}
		return new Aggregates<>(this.mongo, this.codec, type, this.relay, this.repair, this.meters, this.audit,
				this.trace);
	}

	@Override
	public <E, V> Views<V> project(Projection<E, V> projection, String... indexes) {
		this.indexes.want(projection, List.of(indexes));
		this.inbox.register(projection);
		return new Views<>(this.mongo, this.codec, () -> this.registry.active(projection), projection.view());
	}

	@Override
	public <E> void read(Topic<E> topic, Consumer<List<Envelope<E>>> part) {
		Map<TopicPartition, Long> ends = this.reader.ends(List.of(topic.name()));
		Map<TopicPartition, Long> from = new HashMap<>();
		ends.keySet().forEach((partition) -> from.put(partition, 0L));
		this.reader.read(from, ends,
				(records) -> part.accept(StreamSupport.stream(records.spliterator(), false)
					.toList()
					.parallelStream()
					.flatMap((record) -> envelope(topic, record))
					.toList()));
	}

	@Override
	public Map<String, List<Envelope<String>>> sent(Topic<?> topic, Set<String> keys) {
		Map<String, List<Envelope<String>>> sent = new HashMap<>();
		this.reader.stories(this.codec, topic, keys::contains)
			.forEach((key, story) -> sent.put(key,
					story.values().stream().map((event) -> event.envelope(topic, key, event.data())).toList()));
		return sent;
	}

	private <E> Stream<Envelope<E>> envelope(Topic<E> topic, ConsumerRecord<byte[], byte[]> record) {
		try {
			return Stream.of(Wire.envelope(this.codec, topic, record));
		}
		catch (Codec.Unreadable ex) {
			return Stream.empty();
		}
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
