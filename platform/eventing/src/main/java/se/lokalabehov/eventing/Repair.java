package se.lokalabehov.eventing;

import java.time.Duration;
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
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DuplicateKeyException;
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

	private static final Query REDACTED = new Query(Criteria.where("purge").exists(true));

	private static final Logger logger = LoggerFactory.getLogger(Repair.class);

	private final MongoTemplate mongo;

	private final Codec codec;

	private final TopicReader reader;

	private final Relay relay;

	private final Divergence divergence;

	private final Peers peers;

	private final Admin admin;

	private final ScheduledExecutorService executor = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("repair").daemon().factory());

	Repair(MongoTemplate mongo, Codec codec, TopicReader reader, Relay relay, Divergence divergence, Peers peers,
			Admin admin) {
		this.mongo = mongo;
		this.codec = codec;
		this.reader = reader;
		this.relay = relay;
		this.divergence = divergence;
		this.peers = peers;
		this.admin = admin;
	}

	@Override
	public void destroy() {
		this.executor.shutdownNow();
	}

	/** Gives the store every event that only the topic has; gives how many. */
	int store(Topic<?> topic) {
		int added = 0;
		for (Map.Entry<String, TreeMap<Long, StoredEvent>> entry : this.reader.stories(this.codec, topic, (key) -> true)
			.entrySet()) {
			added += add(topic, entry.getKey(), List.copyOf(entry.getValue().values()));
		}
		this.divergence.repaired(topic.name());
		logger.info("{}: the store was given {} events from the topic", topic, added);
		return added;
	}

	private int add(Topic<?> topic, String key, List<StoredEvent> events) {
		return add(owner(topic, events.getFirst()), key, events);
	}

	private AggregateType<?, ?> owner(Topic<?> topic, StoredEvent first) {
		Object event = this.codec.event(topic, first.type(), first.data());
		return this.relay.types()
			.stream()
			.filter((one) -> one.topic() == topic && one.events().isInstance(event))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("nobody owns " + first.type()));
	}

	/** What became of a story from elsewhere. */
	enum Adoption {

		/** It was not here, and now is. */
		TAKEN_OVER,
		/** It is here already, to the letter, perhaps with more after it. */
		HERE_ALREADY,
		/** Something else is here under the same key: nothing was changed. */
		ANOTHER_STORY

	}

	/**
	 * Takes a story over from another installation, to the letter: the store has it as if
	 * it had happened here, and it is published. Nothing is decided again.
	 * @param topic one that is owned here
	 * @param story the events of one key, from 1 without gaps, the data as JSON text
	 * @param dry only says what would become of it
	 * @throws IllegalArgumentException when it is no story of the topic
	 */
	Adoption adopt(Topic<?> topic, List<Envelope<String>> story, boolean dry) {
		List<StoredEvent> events = story.stream().map(StoredEvent::of).toList();
		try {
			String key = story.getFirst().key();
			if (!story.stream().allMatch((event) -> event.key().equals(key))) {
				throw new IllegalArgumentException("more than one key");
			}
			return adopt(owner(topic, events.getFirst()), key, events, dry);
		}
		catch (Codec.Unreadable | IllegalStateException | ClassCastException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private <S, E> Adoption adopt(AggregateType<S, E> type, String key, List<StoredEvent> events, boolean dry) {
		S state = null;
		for (int i = 0; i < events.size(); i++) {
			if (events.get(i).sequence() != i + 1) {
				throw new IllegalArgumentException("event " + (i + 1) + " is missing: " + key);
			}
			state = folded(type, state, events.get(i));
		}
		if (this.mongo.exists(new Query(Criteria.where("_id").is(key)), type.collection())) {
			List<StoredEvent> here = Relay.events(this.mongo, type.collection(), key, 0);
			return (here.size() >= events.size() && here.subList(0, events.size()).equals(events))
					? Adoption.HERE_ALREADY : Adoption.ANOTHER_STORY;
		}
		if (!dry) {
			try {
				this.mongo.insert(anew(key, events, this.codec.state(Objects.requireNonNull(state), type.state()))
					.append("published", 0L)
					.append("unpublished", true), type.collection());
			}
			catch (DuplicateKeyException ex) {
				return adopt(type, key, events, true);
			}
			this.relay.offer(type, key, 0, events);
		}
		return Adoption.TAKEN_OVER;
	}

	private <S, E> S folded(AggregateType<S, E> type, @Nullable S state, StoredEvent event) {
		return type.evolve()
			.apply(state, type.events()
				.cast(this.codec.event(Objects.requireNonNull(type.topic()), event.type(), event.data())));
	}

	/** The document of an aggregate whose story is known. */
	private static Document anew(String key, List<StoredEvent> story, RawBsonDocument state) {
		long reached = story.size();
		return new Document("_id", key).append("version", reached)
			.append("sequence", reached)
			.append("created", Date.from(story.getFirst().time()))
			.append("state", state)
			.append("acts", List.of())
			.append("events", story.stream().map(StoredEvent::document).toList());
	}

	private <S, E> int add(AggregateType<S, E> type, String key, List<StoredEvent> events) {
		Document found = this.mongo.findById(key, Document.class, type.collection());
		long reached = (found != null) ? Documents.number(found, "sequence") : 0;
		long version = (found != null) ? Documents.number(found, "version") : 0;
		S state = (found != null) ? this.codec.state(found.get("state", Document.class), type.state()) : null;
		List<StoredEvent> added = new ArrayList<>();
		for (StoredEvent event : events) {
			if (event.sequence() == reached + 1) {
				state = folded(type, state, event);
				added.add(event);
				reached++;
			}
		}
		if (added.isEmpty() || state == null) {
			return 0;
		}
		RawBsonDocument document = this.codec.state(state, type.state());
		if (found == null) {
			this.mongo.insert(anew(key, added, document).append("published", reached), type.collection());
		}
		else {
			// The version counts on at least as far as a client can have seen it.
			long changed = this.mongo
				.updateFirst(new Query(Criteria.where("_id").is(key).and("version").is(version)),
						new Update().set("version", version + added.size())
							.set("sequence", reached)
							.set("state", document)
							.set("published", reached)
							.push("events")
							.each(added.stream().map(StoredEvent::document).toArray()),
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
		if (!this.divergence.isCompared()) {
			// It has just started, and will know in a moment.
			later(1);
			return;
		}
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
		if (!done) {
			later(RETRY_SECONDS);
		}
	}

	private void later(long seconds) {
		if (!this.executor.isShutdown()) {
			this.executor.schedule(this::purgeAll, seconds, TimeUnit.SECONDS);
		}
	}

	private void purge(AggregateType<?, ?> type) {
		Topic<?> topic = type.topic();
		if (topic == null || !this.mongo.exists(REDACTED, type.collection())) {
			return;
		}
		if (!this.divergence.hasAll(topic.name())) {
			// What only the topic has would be deleted with the words.
			throw new IllegalStateException("the store is not known to have all of its topic: repair it first");
		}
		List<Document> found = List.of();
		String division = null;
		try {
			division = this.peers.hold(topic, Duration.ofSeconds(ANEW_SECONDS));
			// Whoever was at it before has perhaps done this too.
			found = this.mongo.find(REDACTED, Document.class, type.collection());
			if (found.isEmpty()) {
				return;
			}
			// What stands before these ends is in the store and is sent again below. What
			// comes after them begins with its first event, as the store has it now.
			Map<TopicPartition, Long> ends = this.relay
				.beginAnew(topic, division, () -> this.reader.ends(List.of(topic.name())))
				.get(ANEW_SECONDS, TimeUnit.SECONDS);
			if (!this.peers.divide(topic, division)) {
				throw new IllegalStateException("another process has taken over");
			}
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
			if (division != null) {
				this.peers.release(topic, division);
			}
		}
		found.forEach((one) -> this.mongo.updateFirst(
				new Query(Criteria.where("_id").is(one.getString("_id")).and("purge").is(one.get("purge"))),
				new Update().unset("purge"), type.collection()));
		logger.info("{}: sent again without the redacted words, and what stood before was deleted", topic);
	}

}
