package se.lokalabehov.eventing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;

/**
 * Compares, at start, the store with the ends of the topics that this service owns. A
 * store that is behind (restored from an older backup) would give a sequence number a
 * second time; a topic that is behind has lost its tail. Both are reported and wait for
 * the operator ({@link Repair}); an aggregate that is behind its topic refuses commands
 * until then, and all of them do until the comparison is made. A topic that loses its
 * tail later (a single broker that loses power) is noticed when what is published next
 * stands before what was.
 */
final class Divergence implements SmartLifecycle {

	private static final String POSITIONS = "topic-positions";

	private static final Logger logger = LoggerFactory.getLogger(Divergence.class);

	private final MongoTemplate mongo;

	private final TopicReader reader;

	private final Codec codec;

	/** Topic name to the collections that own its keys. */
	private final Map<String, Set<String>> owned = new ConcurrentHashMap<>();

	private final Set<String> compared = ConcurrentHashMap.newKeySet();

	/** Topic name and key. */
	private final Set<String> behind = ConcurrentHashMap.newKeySet();

	/** Partitions whose end lies before what was once confirmed. */
	private final Map<String, Long> lost = new ConcurrentHashMap<>();

	/** How far each own partition reached when this process last published there. */
	private final Map<TopicPartition, Long> reached = new ConcurrentHashMap<>();

	private final ScheduledExecutorService executor = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("divergence").daemon().factory());

	private volatile boolean running;

	Divergence(MongoTemplate mongo, TopicReader reader, Codec codec, Meters meters) {
		this.mongo = mongo;
		this.reader = reader;
		this.codec = codec;
		meters.gauge("lokalabehov.store.behind", "Keys whose store is behind their topic", this.behind::size);
		meters.gauge("lokalabehov.topic.lost", "Confirmed records that the service's own topics have lost",
				() -> this.lost.values().stream().mapToLong(Long::longValue).sum());
	}

	void own(Topic<?> topic, String collection) {
		this.owned.computeIfAbsent(topic.name(), (name) -> ConcurrentHashMap.newKeySet()).add(collection);
	}

	boolean isBehind(Topic<?> topic, String id) {
		return !this.compared.contains(topic.name())
				|| (!this.behind.isEmpty() && this.behind.contains(topic.name() + "/" + id));
	}

	boolean isCompared() {
		return this.compared.containsAll(this.owned.keySet());
	}

	/** Keys whose store is behind, as topic/key. */
	Set<String> behind() {
		return Set.copyOf(this.behind);
	}

	/** Partitions whose tail is lost, with how many records. */
	Map<String, Long> lost() {
		return new TreeMap<>(this.lost);
	}

	/**
	 * Whether the store is known to have everything that the topic has. Only then may
	 * anything be deleted from the topic, or the place be moved from which the next start
	 * compares.
	 */
	boolean hasAll(String topic) {
		return this.compared.contains(topic) && this.behind.stream().noneMatch((key) -> key.startsWith(topic + "/"));
	}

	/** The store was given what only the topic had. */
	void repaired(String topic) {
		this.behind.removeIf((key) -> key.startsWith(topic + "/"));
	}

	/**
	 * The topic was given what only the store had. What was found to be lost while it was
	 * sent, and is still on its way to {@link #lost()}, is part of that.
	 */
	void republished(String topic) {
		CompletableFuture
			.runAsync(() -> this.lost.keySet().removeIf((partition) -> partition.startsWith(topic + "-")),
					this.executor)
			// What waits when the service ends is never run.
			.orTimeout(60, TimeUnit.SECONDS)
			.join();
	}

	@Override
	public void start() {
		if (!this.running) {
			this.running = true;
			this.executor.execute(this::compareAll);
		}
	}

	/** Waits for the comparison; says whether it is made. */
	boolean awaitCompared(Duration atMost) {
		long deadline = System.nanoTime() + atMost.toNanos();
		while (!isCompared() && System.nanoTime() < deadline) {
			LockSupport.parkNanos(10_000_000);
		}
		return isCompared();
	}

	@Override
	public void stop() {
		this.running = false;
		this.executor.shutdownNow();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		// Before anything consumes or serves.
		return Integer.MIN_VALUE + 1000;
	}

	private void compareAll() {
		for (String topic : this.owned.keySet()) {
			if (!this.compared.contains(topic)) {
				try {
					compare(topic);
					this.compared.add(topic);
				}
				catch (RuntimeException ex) {
					logger.warn("{} can not be compared with the store yet; trying again: {}", topic, ex.toString());
				}
			}
		}
		if (this.running && !isCompared()) {
			this.executor.schedule(this::compareAll, 1, TimeUnit.SECONDS);
		}
	}

	private void compare(String topic) {
		Map<TopicPartition, Long> ends = this.reader.ends(List.of(topic));
		Map<TopicPartition, Long> from = new ConcurrentHashMap<>();
		ends.forEach((partition, end) -> {
			Document kept = this.mongo.findOne(new Query(Criteria.where("_id").is(partition.toString())),
					Document.class, POSITIONS);
			long position = (kept != null) ? Documents.number(kept, "offset") : 0;
			// Remembered until the operator has acted: what is published meanwhile hides
			// it.
			long gone = (kept != null) ? Math.max(position - end, Documents.number(kept, "lost")) : 0;
			if (gone > 0) {
				lost(partition, end, gone);
			}
			if (position < end) {
				from.put(partition, position);
			}
		});
		Map<String, Long> last = new TreeMap<>();
		this.reader.read(from, ends, (records) -> records.forEach((record) -> remember(record, last)));
		last.forEach((key, sequence) -> {
			if (sequence(topic, key) < sequence) {
				this.behind.add(topic + "/" + key);
				logger.error(
						"{}: the store is behind the topic for {}. Repair with the eventing endpoint (action repair).",
						topic, key);
			}
		});
	}

	private void lost(TopicPartition partition, long end, long gone) {
		this.lost.put(partition.toString(), gone);
		logger.error("{} ends at {}, {} records that were confirmed once are gone: the topic has lost its tail. "
				+ "Repair with the eventing endpoint (action republish).", partition, end, gone);
		this.mongo.upsert(new Query(Criteria.where("_id").is(partition.toString())), new Update().set("lost", gone),
				POSITIONS);
	}

	/**
	 * Takes note of what the broker has confirmed.
	 * @param partition of an own topic
	 * @param offset of the record; the next one is always behind it, unless the topic has
	 * lost what lay between
	 */
	void confirmed(TopicPartition partition, long offset) {
		Long before = this.reached.put(partition, offset + 1);
		if (before != null && offset < before && this.running) {
			// Not on this thread, which is the producer's.
			this.executor.execute(
					() -> lost(partition, offset, this.lost.getOrDefault(partition.toString(), 0L) + before - offset));
		}
	}

	private void remember(ConsumerRecord<byte[], byte[]> record, Map<String, Long> last) {
		try {
			Topics.all()
				.stream()
				.filter((topic) -> topic.name().equals(record.topic()))
				.map((topic) -> Wire.envelope(this.codec, topic, record))
				.forEach((event) -> last.merge(event.key(), event.sequence(), Math::max));
		}
		catch (Codec.Unreadable ex) {
			logger.warn("Not one of ours at {}-{} {}: {}", record.topic(), record.partition(), record.offset(),
					ex.getMessage());
		}
	}

	private long sequence(String topic, String key) {
		Query query = new Query(Criteria.where("_id").is(key));
		query.fields().include("sequence");
		return this.owned.getOrDefault(topic, Set.of())
			.stream()
			.map((collection) -> this.mongo.findOne(query, Document.class, collection))
			.mapToLong((found) -> (found != null) ? Documents.number(found, "sequence") : 0)
			.max()
			.orElse(0);
	}

	void keep(Map<TopicPartition, Long> positions) {
		positions.entrySet()
			.stream()
			.filter((position) -> hasAll(position.getKey().topic()))
			.forEach((position) -> this.mongo.upsert(new Query(Criteria.where("_id").is(position.getKey().toString())),
					new Update().max("offset", position.getValue()), POSITIONS));
	}

	/**
	 * Forgets how far a topic once reached, when the operator has accepted its new end.
	 */
	void forget(String topic) {
		if (!hasAll(topic)) {
			return;
		}
		this.reader.ends(List.of(topic))
			.forEach((partition, end) -> this.mongo.upsert(new Query(Criteria.where("_id").is(partition.toString())),
					new Update().set("offset", end).unset("lost"), POSITIONS));
	}

}
