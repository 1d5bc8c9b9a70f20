package se.lokalabehov.eventing;

import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * Events that could not be handled, whole and with their cause, one document each; those
 * that came after one of them for the same key wait here too. An operator lets them be
 * tried again, in sequence, or discards one with a reason.
 */
final class Parked {

	static final String COLLECTION = "parked-events";

	private static final long TRUST_NANOS = 5_000_000_000L;

	private static final Logger logger = LoggerFactory.getLogger(Parked.class);

	private final MongoTemplate mongo;

	private final Registry registry;

	private final Clock clock;

	private volatile long count;

	private volatile long countedAt;

	Parked(MongoTemplate mongo, Registry registry, Clock clock, Meters meters) {
		this.mongo = mongo;
		this.registry = registry;
		this.clock = clock;
		meters.gauge("lokalabehov.parked", "Events that are parked", this::count);
	}

	/**
	 * How many are parked; counted again every few seconds, as another process may park
	 * too.
	 */
	long count() {
		if (this.countedAt == 0 || System.nanoTime() - this.countedAt > TRUST_NANOS) {
			this.count = this.mongo.count(open(), COLLECTION);
			this.countedAt = System.nanoTime();
		}
		return this.count;
	}

	private static Query open() {
		return new Query(Criteria.where("discarded").exists(false));
	}

	void park(Projection<?, ?> projection, ConsumerRecord<byte[], byte[]> record, String why, Meters.Cause cause) {
		Document headers = new Document();
		record.headers()
			.forEach((header) -> headers.append(header.key().replace('.', '_').replace('$', '_').replace('\0', '_'),
					(header.value() != null) ? new Binary(header.value()) : null));
		String id = projection.name() + "/" + record.topic() + "/" + record.partition() + "/" + record.offset();
		// Parking the same record again changes nothing: it is found by where it stands.
		this.mongo.upsert(new Query(Criteria.where("_id").is(id)),
				new Update().setOnInsert("projection", projection.name())
					.setOnInsert("topic", record.topic())
					.setOnInsert("partition", record.partition())
					.setOnInsert("offset", record.offset())
					.setOnInsert("key", (record.key() != null) ? Wire.text(record.key()) : null)
					.setOnInsert("sequence", sequence(record))
					.setOnInsert("headers", headers)
					.setOnInsert("value", (record.value() != null) ? new Binary(record.value()) : null)
					.setOnInsert("at", Date.from(this.clock.instant()))
					.set("cause", why)
					.set("waits", cause == Meters.Cause.GAP),
				COLLECTION);
		long sequence = sequence(record);
		if (sequence > 0 && record.key() != null) {
			// The same event as it was sent before: a redaction has sent it again, and
			// the
			// words must not stay here.
			this.mongo.remove(open().addCriteria(Criteria.where("projection")
				.is(projection.name())
				.and("topic")
				.is(record.topic())
				.and("partition")
				.is(record.partition())
				.and("key")
				.is(Wire.text(record.key()))
				.and("sequence")
				.is(sequence)
				.and("offset")
				.lt(record.offset())), COLLECTION);
		}
		this.countedAt = 0;
		// Not why: that may hold what somebody wrote, and is for the operator's window.
		logger.warn("Parked {}: {}", id, cause);
	}

	private static long sequence(ConsumerRecord<byte[], byte[]> record) {
		try {
			return Wire.sequence(record);
		}
		catch (RuntimeException ex) {
			return 0;
		}
	}

	/**
	 * What is parked, in the order in which it would be tried again; without the data.
	 */
	List<Document> list() {
		Query query = open().with(Sort.by("topic", "key", "sequence", "offset"));
		query.fields().exclude("value", "headers");
		return this.mongo.find(query, Document.class, COLLECTION);
	}

	/**
	 * Tries again what waits for nothing but its predecessor, after something was applied
	 * to these keys, and forgets what another version of this service, which could handle
	 * it, has applied. Only theirs: when very much is parked, a poll must not take longer
	 * for it.
	 */
	void release(Projection<?, ?> projection, Collection<String> keys, Inbox inbox) {
		if (count() > 0) {
			replay(projection, of(projection).addCriteria(Criteria.where("key").in(keys)), inbox, false);
		}
	}

	/** The same for every key. */
	void release(Projection<?, ?> projection, Inbox inbox) {
		replay(projection, of(projection), inbox, false);
	}

	/** Tries again everything that is parked for a projection, in sequence. */
	int replay(Projection<?, ?> projection, Inbox inbox) {
		return replay(projection, of(projection), inbox, true);
	}

	private static Query of(Projection<?, ?> projection) {
		return open().addCriteria(Criteria.where("projection").is(projection.name()));
	}

	/**
	 * In sequence.
	 * @param failed whether what has failed is tried again too
	 */
	private int replay(Projection<?, ?> projection, Query query, Inbox inbox, boolean failed) {
		List<Document> found = this.mongo.find(query.with(Sort.by("key", "sequence", "offset")), Document.class,
				COLLECTION);
		String collection = this.registry.active(projection);
		int done = 0;
		for (Document parked : found) {
			long sequence = Documents.number(parked, "sequence");
			if (failed || parked.getBoolean("waits", false)) {
				inbox.take(projection, List.of(record(parked)), collection, true);
			}
			if (sequence > 0 && reached(collection, parked.getString("key")) >= sequence) {
				this.mongo.remove(new Query(Criteria.where("_id").is(parked.getString("_id"))), COLLECTION);
				done++;
			}
		}
		this.countedAt = 0;
		return done;
	}

	/** Discards one, with a reason that stays; its successors no longer wait for it. */
	Optional<String> discard(String id, String reason, String by) {
		Query query = open().addCriteria(Criteria.where("_id").is(id));
		Document parked = this.mongo.findOne(query, Document.class, COLLECTION);
		if (parked == null) {
			return Optional.of("Det finns ingen parkerad händelse med den beteckningen.");
		}
		if (parked.getBoolean("waits", false)) {
			return Optional.of("Händelsen väntar på en tidigare. Åtgärda den först.");
		}
		// Its place and cause stay, its words do not: no redaction would find them here.
		this.mongo.updateFirst(query,
				new Update()
					.set("discarded",
							new Document("reason", reason).append("by", by)
								.append("at", Date.from(this.clock.instant())))
					.unset("value"),
				COLLECTION);
		this.countedAt = 0;
		return Optional.empty();
	}

	/** Whether an operator has decided that a projection does without an event. */
	boolean isDiscarded(Projection<?, ?> projection, String key, long sequence) {
		return this.mongo.exists(new Query(Criteria.where("projection")
			.is(projection.name())
			.and("key")
			.is(key)
			.and("sequence")
			.is(sequence)
			.and("discarded")
			.exists(true)), COLLECTION);
	}

	private long reached(String collection, @Nullable String key) {
		Query query = new Query(Criteria.where("_id").is(key));
		query.fields().include("sequence");
		Document found = this.mongo.findOne(query, Document.class, collection);
		return (found != null) ? Documents.number(found, "sequence") : 0;
	}

	private static ConsumerRecord<byte[], byte[]> record(Document parked) {
		RecordHeaders headers = new RecordHeaders();
		parked.get("headers", Document.class)
			.forEach((name, value) -> headers.add(name, (value instanceof Binary binary) ? binary.getData() : null));
		byte[] value = (parked.get("value") instanceof Binary binary) ? binary.getData() : null;
		String key = parked.getString("key");
		return new ConsumerRecord<>(parked.getString("topic"), parked.getInteger("partition"),
				Documents.number(parked, "offset"), ConsumerRecord.NO_TIMESTAMP, TimestampType.NO_TIMESTAMP_TYPE, -1,
				-1, (key != null) ? Wire.utf8(key) : null, value, headers, Optional.empty());
	}

	/** One, with its data: for the operator alone. */
	Optional<Document> show(String id) {
		return Optional
			.ofNullable(this.mongo.findOne(new Query(Criteria.where("_id").is(id)), Document.class, COLLECTION))
			.map((found) -> {
				if (found.get("value") instanceof Binary binary) {
					found.put("value", Wire.text(binary.getData()));
				}
				Document headers = new Document();
				found.get("headers", new Document())
					.forEach((name, value) -> headers.append(name,
							(value instanceof Binary binary) ? Wire.text(binary.getData()) : null));
				found.put("headers", headers);
				return found;
			});
	}

}
