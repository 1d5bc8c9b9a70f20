package se.lokalabehov.eventing;

import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import se.lokalabehov.contracts.Topic;

/**
 * The operator's acts on a topic and its owner's store: give the store what only the
 * topic has, give the topic what only the store has, and take redacted words out of the
 * topic.
 */
final class Repair implements DisposableBean {

	/** So many aggregates are sent at a time when a whole topic is sent again. */
	private static final int LANES = 500;

	private static final long RETRY_SECONDS = 60;

	/** The broker is given this long to end what is under way, and to delete. */
	private static final long ANEW_SECONDS = 150;

	private static final Logger logger = LoggerFactory.getLogger(Repair.class);

	private final MongoTemplate mongo;

	private final Codec codec;

	private final TopicReader reader;

	private final Relay relay;

	private final Divergence divergence;

	private final Admin admin;

	private final ScheduledExecutorService executor = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("repair").daemon().factory());

	Repair(MongoTemplate mongo, Codec codec, TopicReader reader, Relay relay, Divergence divergence, Admin admin) {
		this.mongo = mongo;
		this.codec = codec;
		this.reader = reader;
		this.relay = relay;
		this.divergence = divergence;
		this.admin = admin;
	}

	@Override
	public void destroy() {
		this.executor.shutdownNow();
	}

	/** Gives the store every event that only the topic has; gives how many. */
	int store(Topic<?> topic) {
		Map<String, TreeMap<Long, StoredEvent>> missing = new HashMap<>();
		Map<TopicPartition, Long> ends = this.reader.ends(List.of(topic.name()));
		Map<TopicPartition, Long> from = new HashMap<>();
		ends.keySet().forEach((partition) -> from.put(partition, 0L));
		this.reader.read(from, ends, (records) -> records.forEach((record) -> {
			if (record.key() != null && record.value() != null) {
				try {
					// Only what is an event of ours: anyone may have put something else
					// on the topic.
					long sequence = Wire.envelope(this.codec, topic, record).sequence();
					missing.computeIfAbsent(Wire.text(record.key()), (key) -> new TreeMap<>())
						.put(sequence, Wire.stored(record));
				}
				catch (RuntimeException ex) {
					logger.warn("Passed over at {}-{} {}", record.topic(), record.partition(), record.offset());
				}
			}
		}));
		int added = 0;
		for (Map.Entry<String, TreeMap<Long, StoredEvent>> entry : missing.entrySet()) {
			added += add(topic, entry.getKey(), List.copyOf(entry.getValue().values()));
		}
		this.divergence.repaired(topic.name());
		logger.info("{}: the store was given {} events from the topic", topic, added);
		return added;
	}

	private int add(Topic<?> topic, String key, List<StoredEvent> events) {
		Object first = this.codec.event(topic, events.getFirst().type(), events.getFirst().data());
		AggregateType<?, ?> type = this.relay.types()
			.stream()
			.filter((one) -> one.topic() == topic && one.events().isInstance(first))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("nobody owns " + events.getFirst().type()));
		return add(type, key, events);
	}

	private <S, E> int add(AggregateType<S, E> type, String key, List<StoredEvent> events) {
		Document found = this.mongo.findById(key, Document.class, type.collection());
		long reached = (found != null) ? Documents.number(found, "sequence") : 0;
		long version = (found != null) ? Documents.number(found, "version") : 0;
		S state = (found != null) ? this.codec.state(found.get("state", Document.class), type.state()) : null;
		List<StoredEvent> added = new ArrayList<>();
		for (StoredEvent event : events) {
			if (event.sequence() == reached + 1) {
				state = type.evolve()
					.apply(state, type.events()
						.cast(this.codec.event(Objects.requireNonNull(type.topic()), event.type(), event.data())));
				added.add(event);
				reached++;
			}
		}
		if (added.isEmpty() || state == null) {
			return 0;
		}
		Document document = this.codec.state(state, type.state());
		List<Document> stored = added.stream().map(StoredEvent::document).toList();
		if (found == null) {
			this.mongo.insert(new Document("_id", key).append("version", reached)
				.append("sequence", reached)
				.append("created", Date.from(added.getFirst().time()))
				.append("state", document)
				.append("acts", List.of())
				.append("events", stored)
				.append("published", reached), type.collection());
		}
		else {
			// The version counts on at least as far as a client can have seen it.
			long changed = this.mongo.updateFirst(new Query(Criteria.where("_id").is(key).and("version").is(version)),
					new Update().set("version", version + added.size())
						.set("sequence", reached)
						.set("state", document)
						.set("published", reached)
						.push("events")
						.each(stored.toArray()),
					type.collection())
				.getModifiedCount();
			if (changed == 0) {
				throw new IllegalStateException(key + " was changed meanwhile: repair again");
			}
		}
		return added.size();
	}

	/**
	 * Sends everything that the store has of a topic again; consumers skip what they
	 * know.
	 */
	int republish(Topic<?> topic) {
		int sent = 0;
		for (AggregateType<?, ?> type : this.relay.types()) {
			if (type.topic() == topic) {
				Query all = new Query();
				all.fields().include("_id");
				List<String> ids = this.mongo.find(all, Document.class, type.collection())
					.stream()
					.map((found) -> found.getString("_id"))
					.toList();
				for (int i = 0; i < ids.size(); i += LANES) {
					resend(type, ids.subList(i, Math.min(ids.size(), i + LANES)));
				}
				sent += ids.size();
			}
		}
		this.divergence.republished(topic.name());
		this.divergence.forget(topic.name());
		return sent;
	}

	private void resend(AggregateType<?, ?> type, List<String> ids) {
		CompletableFuture
			.allOf(ids.stream().map((id) -> this.relay.resend(type, id, 0)).toArray(CompletableFuture[]::new))
			.join();
	}

	/** Takes redacted words out of a topic, in the background, until it is done. */
	void purgeLater() {
		this.executor.execute(this::purgeAll);
	}

	private void purgeAll() {
		boolean done = true;
		for (AggregateType<?, ?> type : this.relay.types()) {
			try {
				purge(type);
			}
			catch (RuntimeException ex) {
				done = false;
				logger.error("{}: redacted words could not be taken out of the topic yet; tried again in {} s",
						type.topic(), RETRY_SECONDS, ex);
			}
		}
		if (!done && !this.executor.isShutdown()) {
			this.executor.schedule(this::purgeAll, RETRY_SECONDS, TimeUnit.SECONDS);
		}
	}

	private void purge(AggregateType<?, ?> type) {
		Query marked = new Query(Criteria.where("purge").exists(true));
		List<Document> found = this.mongo.find(marked, Document.class, type.collection());
		Topic<?> topic = type.topic();
		if (found.isEmpty() || topic == null) {
			return;
		}
		if (!this.divergence.hasAll(topic.name())) {
			// What only the topic has would be deleted with the words.
			throw new IllegalStateException("the store is not known to have all of its topic: repair it first");
		}
		try {
			// What stands before these ends is in the store and is sent again below. What
			// comes after them begins with its first event, as the store has it now.
			Map<TopicPartition, Long> ends = this.relay.beginAnew(topic, () -> this.reader.ends(List.of(topic.name())))
				.get(ANEW_SECONDS, TimeUnit.SECONDS);
			republish(topic);
			Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
			ends.forEach((partition, end) -> before.put(partition, RecordsToDelete.beforeOffset(end)));
			this.admin.deleteRecords(before).all().get(ANEW_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return;
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.relay.endAnew(topic);
		}
		found.forEach((one) -> this.mongo.updateFirst(
				new Query(Criteria.where("_id").is(one.getString("_id")).and("purge").is(one.get("purge"))),
				new Update().unset("purge"), type.collection()));
		logger.info("{}: sent again without the redacted words, and what stood before was deleted", topic);
	}

}
