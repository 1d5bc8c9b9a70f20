package se.lokalabehov.eventing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/**
 * Makes a projection anew from its topic by today's code, beside the old one, compares
 * the two, and swaps. No reaction runs.
 */
final class Replay {

	/** So many parts of polls are held until the store has them. */
	private static final int MOST_UNDER_WAY = 8;

	/** So many projections are made beside each other. */
	private static final int AT_ONCE = 2;

	private static final Logger logger = LoggerFactory.getLogger(Replay.class);

	private final MongoTemplate mongo;

	private final TopicReader reader;

	private final Inbox inbox;

	private final Registry registry;

	private final Indexes indexes;

	private final Divergence divergence;

	Replay(MongoTemplate mongo, TopicReader reader, Inbox inbox, Registry registry, Indexes indexes,
			Divergence divergence) {
		this.mongo = mongo;
		this.reader = reader;
		this.inbox = inbox;
		this.registry = registry;
		this.indexes = indexes;
		this.divergence = divergence;
	}

	/**
	 * What a rebuild found.
	 *
	 * @param projection which
	 * @param version the new version
	 * @param before hash of the old one at the moment of the swap
	 * @param after hash of the new one
	 * @param documents how many documents it has
	 */
	record Rebuilt(String projection, int version, String before, String after, long documents) {

		boolean identical() {
			return this.before.equals(this.after);
		}

	}

	/** Makes a projection for the first time, when the topic may already have a past. */
	void ensure(Projection<?, ?> projection) {
		if (this.registry.version(projection) == 0) {
			this.indexes.ensure(projection, 1);
			String former = this.registry.former(projection);
			// The first time is no replay: what should follow from the past has not
			// followed yet, but for what a former one has come to.
			boolean reacts = projection.reaction() != null && former == null;
			if (reacts && !this.divergence.awaitCompared(Duration.ofSeconds(60))) {
				throw new IllegalStateException("the broker does not answer, and " + projection.name()
						+ " has never been made: start again when it does");
			}
			fill(projection, 1, former, reacts);
			this.registry.activate(projection, 1);
		}
	}

	/**
	 * Reads a projection's whole topic once more as if it came now: what the view has is
	 * skipped, what it lacks (its store was restored from a backup) takes effect, with
	 * what follows from it.
	 */
	void reconsume(Projection<?, ?> projection) {
		fill(projection, Math.max(1, this.registry.version(projection)), null, true);
	}

	/**
	 * Makes projections anew, each beside the old one, two at a time: most are small, and
	 * need more of waiting than of work. Another process may have looked up an old one
	 * just before the swap, so each is read once more when that is over, also when
	 * another one fails.
	 */
	List<Rebuilt> rebuild(Collection<? extends Projection<?, ?>> projections) {
		Executor settled = CompletableFuture.delayedExecutor(Registry.SETTLED.toMillis(), TimeUnit.MILLISECONDS,
				Thread::startVirtualThread);
		try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
			List<CompletableFuture<Rebuilt>> rebuilt = projections.stream()
				.map((projection) -> CompletableFuture.supplyAsync(() -> swapped(projection), executor)
					.thenApplyAsync(this::finished, settled))
				.toList();
			joined(CompletableFuture.allOf(rebuilt.toArray(CompletableFuture[]::new)));
			return rebuilt.stream().map(Replay::joined).toList();
		}
	}

	private Rebuilt finished(Swapped one) {
		catchUp(one.projection(), one.collection(), one.progress(), one.previous());
		this.mongo.dropCollection(one.previous());
		logger.info("Rebuilt {}: {} documents, {}", one.rebuilt().projection(), one.rebuilt().documents(),
				one.rebuilt().identical() ? "identical" : "different from before");
		return one.rebuilt();
	}

	private static <T> T joined(CompletableFuture<T> future) {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/**
	 * A projection that is used already, with what may still have come into the old one.
	 */
	private record Swapped(Projection<?, ?> projection, String collection, String previous, Progress progress,
			Rebuilt rebuilt) {
	}

	private Swapped swapped(Projection<?, ?> projection) {
		int old = Math.max(1, this.registry.version(projection));
		int version = old + 1;
		String collection = Registry.collection(projection, version);
		String previous = Registry.collection(projection, old);
		this.mongo.dropCollection(collection);
		this.indexes.ensure(projection, version);
		Progress progress = catchUp(projection, collection, new Progress(Map.of()), previous);
		this.inbox.swapping().writeLock().lock();
		try {
			// Nobody here applies anything now; what the old one has, the topic has.
			progress = catchUp(projection, collection, progress, previous);
			CompletableFuture<String> before = CompletableFuture.supplyAsync(() -> hashOf(previous));
			Rebuilt rebuilt = new Rebuilt(projection.name(), version, hashOf(collection), before.join(),
					this.mongo.count(new Query(), collection));
			this.registry.activate(projection, version);
			return new Swapped(projection, collection, previous, progress, rebuilt);
		}
		finally {
			this.inbox.swapping().writeLock().unlock();
		}
	}

	/**
	 * How far a rebuild has come: the offset to go on from, per partition, and what has
	 * been read and could not be taken yet, in order.
	 */
	private static final class Progress {

		/** What is held beyond this is rather read again, or parked. */
		private static final int MOST_HELD = 10_000;

		final Map<TopicPartition, Long> reached;

		final List<ConsumerRecord<byte[], byte[]>> held = new ArrayList<>();

		boolean dropped;

		Progress(Map<TopicPartition, Long> reached) {
			this.reached = reached;
		}

		synchronized boolean hold(ConsumerRecord<byte[], byte[]> record) {
			return this.held.size() < MOST_HELD && this.held.add(record);
		}

		synchronized void holdOrDrop(ConsumerRecord<byte[], byte[]> record) {
			this.dropped |= !hold(record);
		}

		/** From a later step on: everything again when something was dropped. */
		Progress next() {
			return this.dropped ? new Progress(Map.of()) : this;
		}

	}

	/**
	 * Folds what the topic has into a projection that is made anew. What stands before
	 * its predecessor is held until that has come; what never comes is parked already, by
	 * the live consumer.
	 * @param previous the collection that this one replaces. Where something reacts, no
	 * key is taken further than there: what has not come by live, or is parked, would
	 * otherwise be folded in silence and its reaction never run.
	 */
	private Progress catchUp(Projection<?, ?> projection, String collection, Progress before, String previous) {
		Map<TopicPartition, Long> ends = ends(projection);
		Progress after = new Progress(ends);
		take(projection, collection, before.held, previous, after);
		beside(from(ends, before.reached), ends, (records) -> take(projection, collection, records, previous, after));
		for (int last = -1; last != after.held.size();) {
			last = after.held.size();
			List<ConsumerRecord<byte[], byte[]>> held = List.copyOf(after.held);
			after.held.clear();
			take(projection, collection, held, previous, after);
		}
		return after.next();
	}

	/**
	 * Reads partitions and takes what each has in order, one beside the other, so that
	 * the store writes while the topic is read.
	 */
	private void beside(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends,
			Consumer<List<ConsumerRecord<byte[], byte[]>>> taking) {
		Map<TopicPartition, CompletableFuture<Void>> lanes = new HashMap<>();
		Semaphore room = new Semaphore(MOST_UNDER_WAY);
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			this.reader.read(from, ends, (records) -> records.partitions().forEach((partition) -> {
				room.acquireUninterruptibly();
				lanes.put(partition,
						lanes.getOrDefault(partition, CompletableFuture.completedFuture(null))
							.thenRunAsync(() -> taking.accept(records.records(partition)), executor)
							.whenComplete((taken, ex) -> room.release()));
			}));
			lanes.values().forEach(Replay::joined);
		}
	}

	private void take(Projection<?, ?> projection, String collection, List<ConsumerRecord<byte[], byte[]>> all,
			String previous, Progress after) {
		List<ConsumerRecord<byte[], byte[]>> now = (projection.reaction() == null) ? all
				: upTo(previous, all, after::holdOrDrop);
		this.inbox.take(projection, now, collection, false, (early, missing) -> {
			if (!after.hold(early)) {
				this.inbox.tooEarly(projection, early, missing);
			}
		});
	}

	/**
	 * Folds what the topic has into a projection that is used from now on.
	 * @param former the collection that this one replaces, if any: as above, but the rest
	 * comes by live
	 * @param live whether reactions run
	 */
	private void fill(Projection<?, ?> projection, int version, @Nullable String former, boolean live) {
		String limit = (projection.reaction() != null) ? former : null;
		String collection = Registry.collection(projection, version);
		Map<TopicPartition, Long> ends = ends(projection);
		this.reader.read(from(ends, Map.of()), ends, (records) -> {
			List<ConsumerRecord<byte[], byte[]>> all = list(records);
			this.inbox.take(projection, (limit != null) ? upTo(limit, all, (later) -> {
			}) : all, collection, live);
		});
	}

	private Map<TopicPartition, Long> ends(Projection<?, ?> projection) {
		return this.reader.ends(List.of(projection.topic().name()));
	}

	private static Map<TopicPartition, Long> from(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> reached) {
		return ends.keySet()
			.stream()
			.collect(Collectors.toMap((partition) -> partition, (partition) -> reached.getOrDefault(partition, 0L)));
	}

	private static List<ConsumerRecord<byte[], byte[]>> list(Iterable<ConsumerRecord<byte[], byte[]>> records) {
		List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
		records.forEach(all::add);
		return all;
	}

	/** Those up to where a view has come; others that are events are later. */
	private List<ConsumerRecord<byte[], byte[]>> upTo(String limit, List<ConsumerRecord<byte[], byte[]>> records,
			Consumer<ConsumerRecord<byte[], byte[]>> later) {
		Query query = new Query(Criteria.where("_id")
			.in(records.stream()
				.map(ConsumerRecord::key)
				.filter(Objects::nonNull)
				.map(Wire::text)
				.distinct()
				.toList()));
		query.fields().include("sequence");
		Map<String, Long> reached = this.mongo.find(query, Document.class, limit)
			.stream()
			.collect(Collectors.toMap((found) -> found.getString("_id"),
					(found) -> Documents.number(found, "sequence")));
		// What is no event at all is parked already, by the live consumer.
		return records.stream().filter((record) -> {
			try {
				if (record.key() == null) {
					return false;
				}
				boolean there = Wire.sequence(record) <= reached.getOrDefault(Wire.text(record.key()), 0L);
				if (!there) {
					later.accept(record);
				}
				return there;
			}
			catch (RuntimeException ex) {
				return false;
			}
		}).toList();
	}

	/**
	 * SHA-256, hex, over every field of every document of a projection, in order of id.
	 */
	String hash(Projection<?, ?> projection) {
		return hashOf(this.registry.active(projection));
	}

	String hashOf(String collection) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			StringBuilder text = new StringBuilder();
			try (Stream<Document> all = this.mongo.stream(new Query().with(Sort.by("_id")), Document.class,
					collection)) {
				all.forEach((found) -> {
					text.setLength(0);
					canonical(found, text);
					digest.update(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
				});
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Fields in order of their names. The text is the same in every version of this. */
	static void canonical(@Nullable Object value, StringBuilder text) {
		switch (value) {
			case null -> text.append("null");
			case Map<?, ?> map -> {
				String between = "{";
				Object[] names = map.keySet().toArray();
				Arrays.sort(names);
				for (Object name : names) {
					text.append(between).append(name).append('=');
					canonical(map.get(name), text);
					between = ", ";
				}
				text.append(map.isEmpty() ? "{}" : "}");
			}
			case List<?> list -> {
				String between = "[";
				for (Object inner : list) {
					text.append(between);
					canonical(inner, text);
					between = ", ";
				}
				text.append(list.isEmpty() ? "[]" : "]");
			}
			case Date date -> text.append(date.toInstant());
			// The driver may give back a small whole number in either width.
			default -> text.append(value);
		}
	}

}
