package se.lokalabehov.eventing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.micrometer.tracing.Span;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.data.mongodb.UncategorizedMongoDbException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/**
 * Takes events from the topics into the projections: at least once on the wire, once in
 * effect. A view and the sequence that it has reached are one document and one write,
 * guarded by the sequence before it: what was seen is skipped, what comes too early
 * waits, parked. Only trouble with the store comes out of here as an exception; the same
 * records are then given again. One round trip to read and one to write per poll and
 * projection.
 */
final class Inbox {

	private static final int ATTEMPTS = 20;

	private final MongoTemplate mongo;

	private final Codec codec;

	private final Parked parked;

	private final Registry registry;

	private final Divergence divergence;

	private final Meters meters;

	private final Trace trace;

	private final EventingProperties properties;

	private final List<Projection<?, ?>> projections = new CopyOnWriteArrayList<>();

	/** Held to write by a rebuild while it swaps. */
	private final ReadWriteLock swapping = new ReentrantReadWriteLock(true);

	Inbox(MongoTemplate mongo, Codec codec, Parked parked, Registry registry, Divergence divergence, Meters meters,
			Trace trace, EventingProperties properties) {
		this.mongo = mongo;
		this.codec = codec;
		this.parked = parked;
		this.registry = registry;
		this.divergence = divergence;
		this.meters = meters;
		this.trace = trace;
		this.properties = properties;
	}

	void register(Projection<?, ?> projection) {
		this.projections.add(projection);
		this.meters.projection(projection.name());
	}

	List<Projection<?, ?>> projections() {
		return this.projections;
	}

	ReadWriteLock swapping() {
		return this.swapping;
	}

	/** Takes what one poll gave. */
	void accept(Collection<ConsumerRecord<byte[], byte[]>> records) {
		if (!this.divergence.awaitCompared(Duration.ofSeconds(60))) {
			// A reaction may have to act on an aggregate, and none can be trusted yet.
			throw new DataAccessResourceFailureException("the store is not compared with its topics yet");
		}
		this.swapping.readLock().lock();
		try {
			for (Projection<?, ?> projection : this.projections) {
				List<ConsumerRecord<byte[], byte[]>> own = records.stream()
					.filter((record) -> record.topic().equals(projection.topic().name()))
					.toList();
				if (!own.isEmpty()) {
					take(projection, own, this.registry.active(projection), true);
					this.parked.release(projection,
							own.stream()
								.map(ConsumerRecord::key)
								.filter(Objects::nonNull)
								.map(Wire::text)
								.collect(Collectors.toSet()),
							this);
				}
			}
		}
		finally {
			this.swapping.readLock().unlock();
		}
	}

	/**
	 * Takes records into one projection.
	 * @param live whether reactions run; otherwise it is a rebuild
	 */
	<E, V> void take(Projection<E, V> projection, Collection<ConsumerRecord<byte[], byte[]>> records, String collection,
			boolean live) {
		take(projection, records, collection, live, (early, missing) -> tooEarly(projection, early, missing));
	}

	/** What comes before its predecessor waits, parked. */
	void tooEarly(Projection<?, ?> projection, ConsumerRecord<byte[], byte[]> record, String missing) {
		park(projection, record, missing, Meters.Cause.GAP);
	}

	/**
	 * The same.
	 * @param early gets what comes before its predecessor, and what it waits for; it is
	 * parked otherwise
	 */
	<E, V> void take(Projection<E, V> projection, Collection<ConsumerRecord<byte[], byte[]>> records, String collection,
			boolean live, BiConsumer<ConsumerRecord<byte[], byte[]>, String> early) {
		Map<String, List<Received<E>>> byKey = new LinkedHashMap<>();
		for (ConsumerRecord<byte[], byte[]> record : records) {
			try {
				Received<E> received = new Received<>(record, Wire.envelope(this.codec, projection.topic(), record));
				byKey.computeIfAbsent(received.envelope().key(), (key) -> new ArrayList<>()).add(received);
			}
			catch (Codec.Unreadable ex) {
				park(projection, record, String.valueOf(ex.getMessage()), Meters.Cause.UNREADABLE);
			}
		}
		for (int i = 0; !byKey.isEmpty(); i++) {
			if (i == ATTEMPTS) {
				throw new DataAccessResourceFailureException("someone else keeps changing " + collection);
			}
			byKey.keySet().retainAll(apply(projection, byKey, collection, live, early, i == 0));
		}
	}

	/**
	 * Applies what is there; gives the keys for which another process was faster, or that
	 * were not as new as they were taken for.
	 * @param first whether what begins with a first event is taken for new: it is written
	 * without having been looked for. Not where something reacts, as what it would hear
	 * then is not what became of it
	 */
	private <E, V> Collection<String> apply(Projection<E, V> projection, Map<String, List<Received<E>>> byKey,
			String collection, boolean live, BiConsumer<ConsumerRecord<byte[], byte[]>, String> early, boolean first) {
		boolean asNew = first && (!live || projection.reaction() == null);
		List<String> sought = byKey.entrySet()
			.stream()
			.filter((one) -> !asNew || one.getValue().getFirst().envelope().sequence() > 1)
			.map(Map.Entry::getKey)
			.toList();
		Map<String, Document> before = new HashMap<>();
		if (!sought.isEmpty()) {
			this.mongo.find(new Query(Criteria.where("_id").in(sought)), Document.class, collection)
				.forEach((found) -> before.put(found.getString("_id"), found));
		}
		List<String> keys = new ArrayList<>();
		List<WriteModel<Document>> writes = new ArrayList<>();
		byKey.forEach((key, events) -> {
			WriteModel<Document> write = fold(projection, key, events, before.get(key), live, early);
			if (write != null) {
				keys.add(key);
				writes.add(write);
			}
		});
		if (writes.isEmpty()) {
			return List.of();
		}
		if (this.properties.mutant() == Mutant.DEDUPE_BEFORE_EFFECT) {
			remember(byKey, collection, before);
			Mutant.DEDUPE_BEFORE_EFFECT.linger();
		}
		return write(collection, keys, writes);
	}

	private <E, V> @Nullable WriteModel<Document> fold(Projection<E, V> projection, String key,
			List<Received<E>> events, @Nullable Document before, boolean live,
			BiConsumer<ConsumerRecord<byte[], byte[]>, String> early) {
		V view = (before != null && before.get("state") != null)
				? this.codec.state(before.get("state", Document.class), projection.view()) : null;
		long reached = (before != null) ? Documents.number(before, "sequence") : 0;
		Date created = (before != null) ? before.getDate("created") : null;
		long sequence = reached;
		for (Received<E> received : events) {
			Envelope<E> event = received.envelope();
			if (event.sequence() <= sequence && this.properties.mutant() != Mutant.NO_DEDUPE) {
				this.meters.skipped();
				continue;
			}
			while (event.sequence() > sequence + 1 && this.parked.isDiscarded(projection, key, sequence + 1)) {
				sequence++;
			}
			if (event.sequence() > sequence + 1 && this.properties.mutant() != Mutant.PARKED_IS_PASSED) {
				early.accept(received.record(), "waits for " + key + "." + (sequence + 1));
				continue;
			}
			try {
				view = live ? traced(projection, view, event) : projection.fold().apply(view, event);
			}
			catch (TransientDataAccessException | NonTransientDataAccessResourceException
					| UncategorizedMongoDbException | MongoException ex) {
				throw ex;
			}
			catch (RuntimeException ex) {
				park(projection, received.record(), ex.toString(), Meters.Cause.FAILED);
				continue;
			}
			sequence = event.sequence();
			created = (created != null) ? created : Date.from(event.time());
			this.meters.applied(1);
		}
		if (view == null || (sequence == reached && this.properties.mutant() != Mutant.NO_DEDUPE)) {
			return null;
		}
		RawBsonDocument state = this.codec.state(view, projection.view());
		if (before == null) {
			return new InsertOneModel<>(new Document("_id", key).append("version", sequence)
				.append("sequence", sequence)
				.append("created", created)
				.append("state", state));
		}
		Bson guard = Filters.and(Filters.eq("_id", key),
				Filters.eq("sequence", (this.properties.mutant() == Mutant.DEDUPE_BEFORE_EFFECT) ? sequence : reached));
		return new UpdateOneModel<>(guard, Updates.combine(Updates.set("version", sequence),
				Updates.set("sequence", sequence), Updates.set("state", state)));
	}

	/** The effect of an event that comes now, within the trace of the act. */
	private <E, V> V traced(Projection<E, V> projection, @Nullable V before, Envelope<E> event) {
		return this.trace.within(event.trace(), Span.Kind.CONSUMER, "apply " + projection.name(), () -> {
			V after = projection.fold().apply(before, event);
			BiConsumer<Envelope<E>, V> reaction = projection.reaction();
			if (reaction != null) {
				reaction.accept(event, after);
			}
			return after;
		});
	}

	private Collection<String> write(String collection, List<String> keys, List<WriteModel<Document>> writes) {
		try {
			BulkWriteResult result = this.mongo.getCollection(collection)
				.bulkWrite(writes, new BulkWriteOptions().ordered(false));
			// A count that is short means that another process was faster; what is
			// already in
			// effect is skipped when it is tried again.
			return (result.getInsertedCount() + result.getMatchedCount() < writes.size()) ? keys : List.of();
		}
		catch (MongoBulkWriteException ex) {
			if (ex.getWriteErrors().stream().allMatch((error) -> error.getCode() == 11000)) {
				return keys;
			}
			throw ex;
		}
	}

	/** What the mutant {@code DEDUPE_BEFORE_EFFECT} does first. */
	private <E> void remember(Map<String, List<Received<E>>> byKey, String collection, Map<String, Document> before) {
		byKey.forEach((key, events) -> {
			long sequence = events.getLast().envelope().sequence();
			if (before.containsKey(key)) {
				this.mongo.getCollection(collection)
					.updateOne(Filters.eq("_id", key), Updates.set("sequence", sequence));
			}
		});
	}

	private void park(Projection<?, ?> projection, ConsumerRecord<byte[], byte[]> record, String why,
			Meters.Cause cause) {
		this.parked.park(projection, record, why, cause);
		this.meters.parked(projection.name(), cause).increment();
	}

	private record Received<E>(ConsumerRecord<byte[], byte[]> record, Envelope<E> envelope) {
	}

}
