package se.lokalabehov.eventing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
			catchUp(projection, 1, Map.of(), former, reacts);
			this.registry.activate(projection, 1);
		}
	}

	/**
	 * Reads a projection's whole topic once more as if it came now: what the view has is
	 * skipped, what it lacks (its store was restored from a backup) takes effect, with
	 * what follows from it.
	 */
	void reconsume(Projection<?, ?> projection) {
		catchUp(projection, Math.max(1, this.registry.version(projection)), Map.of(), null, true);
	}

	/** Makes a projection anew. */
	Rebuilt rebuild(Projection<?, ?> projection) {
		int old = Math.max(1, this.registry.version(projection));
		int version = old + 1;
		String collection = Registry.collection(projection, version);
		String previous = Registry.collection(projection, old);
		this.mongo.dropCollection(collection);
		this.indexes.ensure(projection, version);
		Map<TopicPartition, Long> reached = catchUp(projection, version, Map.of(), previous, false);
		Rebuilt rebuilt;
		this.inbox.swapping().writeLock().lock();
		try {
			// Nobody here applies anything now; what the old one has, the topic has.
			reached = catchUp(projection, version, reached, previous, false);
			rebuilt = new Rebuilt(projection.name(), version, hashOf(Registry.collection(projection, old)),
					hashOf(collection), this.mongo.count(new Query(), collection));
			this.registry.activate(projection, version);
		}
		finally {
			this.inbox.swapping().writeLock().unlock();
		}
		// Another process may have looked up the old one just before the swap.
		try {
			Thread.sleep(Registry.SETTLED);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catchUp(projection, version, reached, previous, false);
		this.mongo.dropCollection(Registry.collection(projection, old));
		logger.info("Rebuilt {}: {} documents, {}", projection.name(), rebuilt.documents(),
				rebuilt.identical() ? "identical" : "different from before");
		return rebuilt;
	}

	/**
	 * Folds what the topic has.
	 * @param reached from where, per partition
	 * @param previous the collection that this one replaces, if any. Where something
	 * reacts, no key is taken further than there: what has not come by live, or is
	 * parked, would otherwise be folded in silence and its reaction never run.
	 * @param live whether reactions run
	 */
	private Map<TopicPartition, Long> catchUp(Projection<?, ?> projection, int version,
			Map<TopicPartition, Long> reached, @Nullable String previous, boolean live) {
		String limit = (projection.reaction() != null) ? previous : null;
		Map<TopicPartition, Long> ends = this.reader.ends(List.of(projection.topic().name()));
		Map<TopicPartition, Long> from = ends.keySet()
			.stream()
			.collect(Collectors.toMap((partition) -> partition,
					(partition) -> (limit != null) ? 0L : reached.getOrDefault(partition, 0L)));
		String collection = Registry.collection(projection, version);
		this.reader.read(from, ends, (records) -> {
			List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
			records.forEach(all::add);
			this.inbox.take(projection, (limit != null) ? upTo(limit, all) : all, collection, live);
		});
		return ends;
	}

	private List<ConsumerRecord<byte[], byte[]>> upTo(String limit, List<ConsumerRecord<byte[], byte[]>> records) {
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
				return record.key() != null
						&& Wire.sequence(record) <= reached.getOrDefault(Wire.text(record.key()), 0L);
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
			try (Stream<Document> all = this.mongo.stream(new Query().with(Sort.by("_id")), Document.class,
					collection)) {
				all.forEach((found) -> {
					digest.update(canonical(found).toString().getBytes(StandardCharsets.UTF_8));
					digest.update((byte) '\n');
				});
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Object canonical(Object value) {
		return switch (value) {
			case Map<?, ?> map -> {
				Map<String, Object> sorted = new TreeMap<>();
				map.forEach(
						(name, inner) -> sorted.put(String.valueOf(name), (inner != null) ? canonical(inner) : "null"));
				yield sorted;
			}
			case List<?> list -> list.stream().map((inner) -> (inner != null) ? canonical(inner) : "null").toList();
			// The driver may give back a small whole number in either width.
			case Number number -> number.toString();
			case Date date -> date.toInstant().toString();
			default -> value.toString();
		};
	}

}
