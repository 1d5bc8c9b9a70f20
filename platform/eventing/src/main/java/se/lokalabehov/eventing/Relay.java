package se.lokalabehov.eventing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.micrometer.tracing.Span;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

import se.lokalabehov.contracts.Topic;

/**
 * Publishes what the store has and the broker has not: at once when it is written, after
 * a crash from a sweep. Per aggregate there is a lane with at most one event under way,
 * from the first unconfirmed one on, so that in the log every event stands after its
 * predecessors, whatever fails. Only the broker's confirmation moves the mark
 * {@code published}. Two relays on the same store send duplicates at worst.
 */
final class Relay implements SmartLifecycle {

	/** More events than this are not held in memory while the broker is away. */
	private static final int MOST_WAITING = 20_000;

	private static final Duration PAUSE = Duration.ofMillis(500);

	private static final Logger logger = LoggerFactory.getLogger(Relay.class);

	private final MongoTemplate mongo;

	private final Producer<byte[], byte[]> producer;

	private final Divergence divergence;

	private final Peers peers;

	private final Meters meters;

	private final Trace trace;

	private final Clock clock;

	private final EventingProperties properties;

	private final List<AggregateType<?, ?>> types = new CopyOnWriteArrayList<>();

	private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

	private final Map<Lane, Long> marks = new ConcurrentHashMap<>();

	private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();

	/**
	 * Topics that this process has divided, whose lanes all begin at their first event
	 * again, with the division's name.
	 */
	private final Map<String, String> anew = new ConcurrentHashMap<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final ScheduledExecutorService sender = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("relay-send").daemon().factory());

	private final ScheduledExecutorService marker = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("relay-mark").daemon().factory());

	private volatile boolean running;

	Relay(MongoTemplate mongo, Producer<byte[], byte[]> producer, Divergence divergence, Peers peers, Meters meters,
			Trace trace, Clock clock, EventingProperties properties) {
		this.mongo = mongo;
		this.producer = producer;
		this.divergence = divergence;
		this.peers = peers;
		this.meters = meters;
		this.trace = trace;
		this.clock = clock;
		this.properties = properties;
		meters.gauge("lokalabehov.outbox.pending", "Events that wait for the broker's confirmation", this::pending);
		meters.gauge("lokalabehov.outbox.oldest", "Age of the oldest event that waits for the broker's confirmation",
				"seconds", () -> oldest().toMillis() / 1000.0);
	}

	void register(AggregateType<?, ?> type) {
		if (type.topic() != null) {
			this.types.add(type);
		}
	}

	List<AggregateType<?, ?>> types() {
		return this.types;
	}

	int pending() {
		return this.waiting.get();
	}

	/** How old the oldest event is that waits; zero when none does. */
	Duration oldest() {
		return this.lanes.values()
			.stream()
			.map(Lane::first)
			.filter(Objects::nonNull)
			.map((first) -> Duration.between(first, this.clock.instant()))
			.max(Comparator.naturalOrder())
			.filter((age) -> !age.isNegative())
			.orElse(Duration.ZERO);
	}

	boolean isBehind(Topic<?> topic, String id) {
		return this.divergence.isBehind(topic, id);
	}

	@Override
	public void start() {
		this.running = true;
		this.marker.scheduleWithFixedDelay(guarded(() -> this.peers.look(this::hold)), 0, 1, TimeUnit.SECONDS);
		// What was asked for before (a redaction that a crash left half done).
		this.lanes.values().forEach(this::wake);
		long marks = this.properties.marks().toMillis();
		this.marker.scheduleWithFixedDelay(guarded(this::mark), marks, marks, TimeUnit.MILLISECONDS);
		this.marker.scheduleWithFixedDelay(guarded(this::keepPositions), 1, 1, TimeUnit.SECONDS);
		this.sender.scheduleWithFixedDelay(guarded(this::sweep), 0, this.properties.sweep().toMillis(),
				TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() {
		this.running = false;
		this.sender.shutdown();
		// What is under way may still be confirmed; what is not is found by the next
		// sweep.
		this.producer.close(Duration.ofSeconds(5));
		this.marker.shutdown();
		guarded(this::mark).run();
		guarded(this::keepPositions).run();
		guarded(this.peers::leave).run();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		// Begins before anything is served, ends after the last command is answered.
		return 0;
	}

	/**
	 * Takes over events that the store has acknowledged.
	 * @param type of the aggregate
	 * @param id of the aggregate
	 * @param published how many of its events the store knew to be confirmed before
	 * @param events the new ones, in sequence
	 */
	void offer(AggregateType<?, ?> type, String id, long published, List<StoredEvent> events) {
		if (events.isEmpty() || this.properties.mutant() == Mutant.PUBLISH_THEN_FORGET) {
			return;
		}
		long first = events.getFirst().sequence();
		inLane(type, id, (lane) -> {
			if (lane.expected == 0) {
				lane.expected = published + 1;
			}
			if (lane.expected != first || this.waiting.get() > MOST_WAITING) {
				// Someone else wrote in between, or there is much to keep: read them when
				// it is time.
				lane.reload(Math.min(lane.expected, first) - 1);
			}
			else {
				lane.add(events);
			}
			lane.expected = events.getLast().sequence() + 1;
		});
	}

	/**
	 * Sends everything of an aggregate after a sequence (again); done when it is
	 * confirmed.
	 */
	CompletableFuture<@Nullable Void> resend(AggregateType<?, ?> type, String id, long after) {
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		inLane(type, id, (lane) -> {
			lane.reload(after);
			lane.expected = Math.max(lane.expected, after + 1);
			lane.listeners.add(done);
		});
		return done;
	}

	/**
	 * Asks something about a topic when nothing of it is under way here (all others
	 * hold), and from then on lets each lane begin at its first event, so that what
	 * stands after the answer's moment is whole in itself. Lasts until {@link #endAnew}.
	 */
	<T> CompletableFuture<T> beginAnew(Topic<?> topic, String division, Supplier<T> ask) {
		// On the thread that sends: nothing is sent between the question and the answer.
		return CompletableFuture.supplyAsync(() -> {
			this.anew.put(topic.name(), division);
			this.producer.flush();
			return ask.get();
		}, this.sender);
	}

	void endAnew(Topic<?> topic) {
		if (this.running) {
			this.sender.execute(() -> this.anew.remove(topic.name()));
		}
	}

	/** Another process wants to divide a topic: ends what is under way, and tells. */
	private void hold(String topic, String division) {
		this.sender.execute(guarded(() -> {
			// The one who sends knows of it by now: nothing more of it begins.
			logger.info("Holds {} while another process divides it", topic);
			this.producer.flush();
			this.peers.holding(division);
		}));
	}

	/** Sends what the mutant {@code PUBLISH_THEN_FORGET} sends. */
	void forget(AggregateType<?, ?> type, String id, List<StoredEvent> events) {
		if (this.properties.mutant() == Mutant.PUBLISH_THEN_FORGET) {
			events.forEach((event) -> this.producer.send(Wire.record(topic(type), id, event)));
			Mutant.PUBLISH_THEN_FORGET.linger();
		}
	}

	private void inLane(AggregateType<?, ?> type, String id, Consumer<Lane> what) {
		wake(this.lanes.compute(type.collection() + "/" + id, (name, found) -> {
			Lane lane = (found != null) ? found : new Lane(name, type, id);
			synchronized (lane) {
				what.accept(lane);
			}
			return lane;
		}));
	}

	private void wake(Lane lane) {
		if (this.running) {
			this.sender.execute(() -> pump(lane));
		}
	}

	/** Sends the next event of a lane, if none is under way. */
	private void pump(Lane lane) {
		StoredEvent event;
		synchronized (lane) {
			if (lane.underWay || lane.resting || !this.running) {
				return;
			}
			if (!this.peers.maySend(topic(lane.type))) {
				retry(lane);
				return;
			}
			String begun = this.anew.getOrDefault(topic(lane.type).name(), this.peers.divided(topic(lane.type)));
			if (begun != null && !begun.equals(lane.begun)) {
				lane.begun = begun;
				lane.reload(0);
			}
			try {
				event = lane.next();
			}
			catch (RuntimeException ex) {
				logger.warn("Store away while reading what to send; trying again: {}", ex.getClass().getSimpleName());
				retry(lane);
				return;
			}
			if (event == null) {
				lane.finished();
				return;
			}
			lane.underWay = true;
		}
		if (this.properties.mutant() == Mutant.MARK_BEFORE_CONFIRM) {
			this.marks.put(lane, event.sequence());
			guarded(this::mark).run();
			Mutant.MARK_BEFORE_CONFIRM.linger();
		}
		long began = System.nanoTime();
		// The record itself is the same at every sending; only the span is new.
		Span span = this.trace.start(event.trace(), Span.Kind.PRODUCER, "publish " + topic(lane.type).shortName());
		try {
			this.producer.send(record(lane, event), (metadata, failure) -> {
				if (span != null) {
					span.end();
				}
				if (failure == null) {
					this.meters.published(Duration.ofNanos(System.nanoTime() - began));
				}
				sent(lane, event, metadata, failure);
			});
		}
		catch (RuntimeException ex) {
			sent(lane, event, null, ex);
		}
	}

	private ProducerRecord<byte[], byte[]> record(Lane lane, StoredEvent event) {
		ProducerRecord<byte[], byte[]> record = Wire.record(topic(lane.type), lane.id, event);
		return (this.properties.mutant() != Mutant.NULL_KEY) ? record
				: new ProducerRecord<byte[], byte[]>(record.topic(), null, null, record.value(), record.headers());
	}

	private void sent(Lane lane, StoredEvent event, @Nullable RecordMetadata metadata, @Nullable Exception failure) {
		synchronized (lane) {
			lane.underWay = false;
			if (failure == null) {
				lane.confirmed(event);
				// Without an offset it was known to the broker already.
				if (metadata != null && metadata.hasOffset()) {
					TopicPartition partition = new TopicPartition(metadata.topic(), metadata.partition());
					this.positions.merge(partition, metadata.offset() + 1, Math::max);
					this.divergence.confirmed(partition, metadata.offset());
				}
				this.marks.merge(lane, event.sequence(), Math::max);
			}
		}
		if (failure == null) {
			wake(lane);
		}
		else {
			logger.warn("Broker has not confirmed {}.{}; trying again: {}", lane.id, event.sequence(),
					failure.getClass().getSimpleName());
			retry(lane);
		}
	}

	private void retry(Lane lane) {
		synchronized (lane) {
			if (!this.running || lane.resting) {
				return;
			}
			lane.resting = true;
		}
		this.sender.schedule(() -> {
			synchronized (lane) {
				lane.resting = false;
			}
			pump(lane);
		}, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Marks what is confirmed, and lets go of lanes with nothing left to do. */
	private void mark() {
		Map<Lane, Long> confirmed = new HashMap<>();
		this.marks.keySet().forEach((lane) -> confirmed.put(lane, Objects.requireNonNull(this.marks.remove(lane))));
		if (confirmed.isEmpty()) {
			return;
		}
		Map<String, List<WriteModel<Document>>> writes = new HashMap<>();
		confirmed.forEach(
				(lane, sequence) -> writes.computeIfAbsent(lane.type.collection(), (collection) -> new ArrayList<>())
					// Only when nothing came after it: a later event's confirmation
					// speaks for this one too.
					.add(new UpdateOneModel<>(Filters.and(Filters.eq("_id", lane.id), Filters.eq("sequence", sequence)),
							Updates.combine(Updates.set("published", sequence), Updates.unset("unpublished")))));
		try {
			writes.forEach((collection, models) -> this.mongo.getCollection(collection)
				.bulkWrite(models, new BulkWriteOptions().ordered(false)));
		}
		catch (RuntimeException ex) {
			confirmed.forEach((lane, sequence) -> this.marks.merge(lane, sequence, Math::max));
			throw ex;
		}
		confirmed.keySet().forEach((lane) -> this.lanes.computeIfPresent(lane.name, (name, found) -> {
			synchronized (found) {
				return (found.idle() && found.listeners.isEmpty() && !this.marks.containsKey(found)) ? null : found;
			}
		}));
	}

	/** How far our own topics reach, to notice a store or a topic that is behind. */
	private void keepPositions() {
		if (this.positions.isEmpty()) {
			return;
		}
		Map<TopicPartition, Long> now = new HashMap<>(this.positions);
		this.divergence.keep(now);
		now.forEach((partition, offset) -> this.positions.remove(partition, offset));
	}

	/** Finds what nobody is sending: after a crash, or from another process that died. */
	private void sweep() {
		for (AggregateType<?, ?> type : this.types) {
			Query query = new Query(Criteria.where("unpublished").is(true));
			query.fields().include("published");
			try (Stream<Document> left = this.mongo.stream(query, Document.class, type.collection())) {
				left.filter((found) -> !this.lanes.containsKey(type.collection() + "/" + found.getString("_id")))
					.forEach((found) -> resend(type, found.getString("_id"), Documents.number(found, "published")));
			}
		}
	}

	/** The events of an aggregate after a sequence, in sequence. */
	static List<StoredEvent> events(MongoTemplate mongo, String collection, String id, long after) {
		Query query = new Query(Criteria.where("_id").is(id));
		query.fields().include("events");
		Document found = mongo.findOne(query, Document.class, collection);
		return (found == null) ? List.of()
				: found.getList("events", Document.class, List.of())
					.stream()
					.map(StoredEvent::from)
					.filter((event) -> event.sequence() > after)
					.toList();
	}

	private static Topic<?> topic(AggregateType<?, ?> type) {
		return Objects.requireNonNull(type.topic());
	}

	private static Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException ex) {
				logger.warn("Will be tried again: {}", ex.toString());
			}
		};
	}

	/**
	 * The events of one aggregate that wait, first in first out.
	 */
	private final class Lane {

		private final String name;

		private final AggregateType<?, ?> type;

		private final String id;

		private final Deque<StoredEvent> queue = new ArrayDeque<>();

		/**
		 * Everything after this sequence is to be read from the store; -1 for nothing.
		 */
		private long reloadAfter = -1;

		/** The sequence that the next offer should begin with; 0 when not known. */
		private long expected;

		/** The division after which it has begun at its first event again. */
		private @Nullable String begun;

		private boolean underWay;

		/**
		 * Whether a new attempt is already planned: one per lane, however long it takes.
		 */
		private boolean resting;

		private final List<CompletableFuture<@Nullable Void>> listeners = new ArrayList<>();

		Lane(String name, AggregateType<?, ?> type, String id) {
			this.name = name;
			this.type = type;
			this.id = id;
		}

		void add(Collection<StoredEvent> events) {
			if (this.reloadAfter < 0) {
				this.queue.addAll(events);
				Relay.this.waiting.addAndGet(events.size());
			}
		}

		void reload(long after) {
			this.reloadAfter = (this.reloadAfter < 0) ? after : Math.min(this.reloadAfter, after);
			if (!this.queue.isEmpty()) {
				this.reloadAfter = Math.min(this.reloadAfter, this.queue.getFirst().sequence() - 1);
			}
		}

		@Nullable StoredEvent next() {
			if (this.reloadAfter >= 0) {
				List<StoredEvent> stored = events(Relay.this.mongo, this.type.collection(), this.id, this.reloadAfter);
				Relay.this.waiting.addAndGet(stored.size() - this.queue.size());
				this.queue.clear();
				this.queue.addAll(stored);
				this.reloadAfter = -1;
				if (!stored.isEmpty()) {
					this.expected = Math.max(this.expected, stored.getLast().sequence() + 1);
				}
			}
			return this.queue.peek();
		}

		void confirmed(StoredEvent event) {
			// A reload may have been asked for meanwhile; then the queue is made anew
			// anyway.
			if (!this.queue.isEmpty() && this.queue.getFirst().sequence() == event.sequence()) {
				this.queue.poll();
				Relay.this.waiting.decrementAndGet();
			}
		}

		synchronized @Nullable Instant first() {
			StoredEvent first = this.queue.peek();
			return (first != null) ? first.time() : null;
		}

		void finished() {
			this.listeners.forEach((listener) -> listener.complete(null));
			this.listeners.clear();
		}

		boolean idle() {
			return !this.underWay && this.queue.isEmpty() && this.reloadAfter < 0;
		}

	}

}
