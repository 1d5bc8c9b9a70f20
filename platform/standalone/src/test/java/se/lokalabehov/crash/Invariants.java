package se.lokalabehov.crash;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.WireName;

/**
 * What must hold when everything has come to rest: L, nothing acknowledged is lost; D,
 * every event is in effect once; O, in order per key; W, what is unknown is wholly there
 * or not at all. Looked at from outside: in the documents and in the topics.
 */
final class Invariants {

	/**
	 * A broken invariant.
	 *
	 * @param letter L, D, O or W
	 * @param what in words
	 */
	record Broken(String letter, String what) {

		@Override
		public String toString() {
			return this.letter + ": " + this.what;
		}

	}

	/** Keys that begin so are put on the topics by strangers. */
	static final String STRANGE = "poison-";

	private record Event(long sequence, String type, String data) {
	}

	private final String store;

	private final String broker;

	private final Journal journal;

	/** Wire name to topic. */
	private final Map<String, String> topics = new HashMap<>();

	private final List<Broken> broken = new ArrayList<>();

	private int aggregates;

	private int views;

	private long events;

	private long records;

	Invariants(String store, String broker, Journal journal) {
		this.store = store;
		this.broker = broker;
		this.journal = journal;
		Topics.all()
			.forEach((topic) -> leaves(topic.events()).forEach((type) -> this.topics
				.put(Objects.requireNonNull(type.getAnnotation(WireName.class)).value(), topic.name())));
	}

	private static Stream<Class<?>> leaves(Class<?> type) {
		return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(Invariants::leaves) : Stream.of(type);
	}

	/** Looks at everything once. */
	List<Broken> check() {
		this.broken.clear();
		this.aggregates = 0;
		this.views = 0;
		this.events = 0;
		Map<String, Map<String, List<Event>>> stories = new HashMap<>();
		Map<String, Document> documents = new HashMap<>();
		try (MongoClient client = MongoClients.create(this.store)) {
			List<MongoDatabase> databases = new ArrayList<>();
			client.listDatabaseNames().forEach((name) -> {
				if (name.startsWith("lokala-behov-")) {
					databases.add(client.getDatabase(name));
				}
			});
			databases.forEach((database) -> aggregates(database, stories, documents));
			acknowledged(documents);
			inTopics(stories);
			databases.forEach((database) -> views(database, stories));
			databases.forEach((database) -> parked(database));
			ballots(documents);
		}
		return List.copyOf(this.broken);
	}

	private void aggregates(MongoDatabase database, Map<String, Map<String, List<Event>>> stories,
			Map<String, Document> documents) {
		for (String collection : database.listCollectionNames()) {
			for (Document document : database.getCollection(collection).find()) {
				if (!document.containsKey("acts")) {
					break;
				}
				String id = document.getString("_id");
				documents.put(collection + "/" + id, document);
				this.aggregates++;
				acts(collection, document);
				List<Document> stored = document.getList("events", Document.class, List.of());
				if (stored.isEmpty()) {
					continue;
				}
				List<Event> story = stored.stream()
					.map((one) -> new Event(one.get("sequence", Number.class).longValue(), one.getString("type"),
							one.getString("data")))
					.toList();
				for (int i = 0; i < story.size(); i++) {
					if (story.get(i).sequence() != i + 1) {
						broken("O", collection + "/" + id + " has event " + story.get(i).sequence() + " at place "
								+ (i + 1));
					}
				}
				if (document.get("published", Number.class).longValue() != story.size()
						|| document.containsKey("unpublished")) {
					broken("L", collection + "/" + id + " is not published to its end");
				}
				this.events += story.size();
				String topic = Objects.requireNonNull(this.topics.get(story.getFirst().type()));
				stories.computeIfAbsent(topic, (name) -> new HashMap<>()).put(id, story);
			}
		}
	}

	/** Every write has made one version and remembers one act; none is there twice. */
	private void acts(String collection, Document document) {
		Set<String> keys = new HashSet<>();
		Set<Long> versions = new HashSet<>();
		for (Document act : document.getList("acts", Document.class)) {
			if ((act.containsKey("key") && !keys.add(act.getString("key")))
					|| !versions.add(act.get("version", Number.class).longValue())) {
				broken("D", collection + "/" + document.getString("_id") + " remembers an act twice");
			}
		}
	}

	private void acknowledged(Map<String, Document> documents) {
		Map<String, Set<Long>> versions = new HashMap<>();
		documents.forEach((name, document) -> document.getList("acts", Document.class)
			.forEach((act) -> versions.computeIfAbsent(document.getString("_id"), (id) -> new HashSet<>())
				.add(act.get("version", Number.class).longValue())));
		for (Journal.Acknowledged one : this.journal.acknowledged()) {
			if (one.kind().endsWith("/ballots")) {
				continue;
			}
			if (!versions.getOrDefault(one.id(), Set.of()).contains(one.version())) {
				broken("L", one.kind() + " of " + one.id() + " was acknowledged as version " + one.version()
						+ " and is not there");
			}
		}
	}

	/**
	 * The topics hold every event, each after its predecessor, and nothing that nobody
	 * owns.
	 */
	private void inTopics(Map<String, Map<String, List<Event>>> stories) {
		Map<String, Map<String, TreeMap<Long, String>>> found = new HashMap<>();
		Map<String, Object> properties = Map.of("bootstrap.servers", this.broker, "enable.auto.commit", "false");
		this.records = 0;
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = Topics.all()
				.stream()
				.map(Topic::name)
				.flatMap((name) -> consumer.partitionsFor(name).stream())
				.map((info) -> new TopicPartition(info.topic(), info.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream()
				.anyMatch((one) -> consumer.position(one) < Objects.requireNonNull(ends.get(one)))) {
				for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
					if (record.key() == null || text(record.key()).startsWith(STRANGE)) {
						continue;
					}
					this.records++;
					TreeMap<Long, String> story = found.computeIfAbsent(record.topic(), (name) -> new HashMap<>())
						.computeIfAbsent(text(record.key()), (key) -> new TreeMap<>());
					long sequence = Long.parseLong(header(record, "ce_sequence"));
					if (sequence > (story.isEmpty() ? 0 : story.lastKey()) + 1) {
						broken("O", record.topic() + " " + text(record.key()) + "." + sequence
								+ " stands before its predecessor");
					}
					story.put(sequence, header(record, "ce_type"));
				}
			}
		}
		stories.forEach((topic, byKey) -> byKey.forEach((key, story) -> {
			TreeMap<Long, String> sent = found.getOrDefault(topic, Map.of()).getOrDefault(key, new TreeMap<>());
			if (sent.size() < story.size()) {
				broken("L", topic + " lacks " + (story.size() - sent.size()) + " events of " + key);
			}
		}));
		found.forEach((topic, byKey) -> byKey.forEach((key, sent) -> {
			List<Event> story = stories.getOrDefault(topic, Map.of()).getOrDefault(key, List.of());
			if (sent.lastKey() > story.size()) {
				broken("W", topic + " tells " + key + "." + sent.lastKey() + ", which its owner does not know");
			}
		}));
	}

	/** Every projection has reached the end of every story, once, in order. */
	private void views(MongoDatabase database, Map<String, Map<String, List<Event>>> stories) {
		Set<String> replaced = new HashSet<>();
		database.getCollection("projections").distinct("replaces", String.class).into(replaced);
		for (Document projection : database.getCollection("projections").find()) {
			String name = projection.getString("_id");
			if (replaced.contains(name)) {
				// Fed by an older version, as long as one runs.
				continue;
			}
			String collection = name + ".v" + projection.getInteger("version");
			String topic = topicOf(database, collection, stories);
			if (topic == null) {
				continue;
			}
			Map<String, List<Event>> expected = stories.getOrDefault(topic, Map.of());
			Map<String, Document> seen = new HashMap<>();
			database.getCollection(collection).find().forEach((view) -> seen.put(view.getString("_id"), view));
			expected.forEach((key, story) -> {
				Document view = seen.get(key);
				long sequence = (view != null) ? view.get("sequence", Number.class).longValue() : 0;
				this.views++;
				if (sequence < story.size()) {
					broken("L", database.getName() + " " + collection + " has " + key + " up to " + sequence + " of "
							+ story.size());
				}
				else if (sequence > story.size()) {
					broken("W", database.getName() + " " + collection + " is ahead of the owner for " + key);
				}
				else if (view != null && view.get("state") instanceof Document state
						&& state.get("entries") instanceof List<?>) {
					entries(collection, key, story, state.getList("entries", Document.class));
				}
			});
			seen.keySet()
				.stream()
				.filter((key) -> !expected.containsKey(key) && !key.startsWith(STRANGE))
				.forEach((key) -> broken("W",
						database.getName() + " " + collection + " knows " + key + ", which nobody owns"));
		}
	}

	/** The trace keeps every event: the same ones, once each, in order. */
	private void entries(String collection, String key, List<Event> story, List<Document> entries) {
		List<String> expected = story.stream().map((event) -> event.sequence() + " " + event.type()).toList();
		List<String> found = entries.stream()
			.map((entry) -> entry.get("sequence", Number.class).longValue() + " "
					+ entry.get("event", Document.class).getString("wire"))
			.toList();
		if (!found.equals(expected)) {
			boolean twice = new HashSet<>(found).size() < found.size();
			boolean lost = !new HashSet<>(found).containsAll(expected);
			broken(twice ? "D" : lost ? "L" : "O", collection + " tells of " + key + " " + found + ", not " + expected);
		}
	}

	private static @Nullable String topicOf(MongoDatabase database, String collection,
			Map<String, Map<String, List<Event>>> stories) {
		// A projection's keys are those of one topic: the topic that knows most of them.
		Map<String, Integer> votes = new HashMap<>();
		database.getCollection(collection).find().forEach((view) -> stories.forEach((topic, byKey) -> {
			List<Event> story = byKey.get(view.getString("_id"));
			if (story != null) {
				votes.merge(topic, (story.size() == view.get("sequence", Number.class).longValue()) ? 3 : 1,
						Integer::sum);
			}
		}));
		return votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(null);
	}

	private void parked(MongoDatabase database) {
		for (Document parked : database.getCollection("parked-events").find(Filters.exists("discarded", false))) {
			broken("P",
					database.getName() + " has parked " + parked.getString("_id") + ": " + parked.getString("cause"));
		}
	}

	/** The last acknowledged ballot of a seat is the one that counts. */
	private void ballots(Map<String, Document> documents) {
		this.journal.ballots().forEach((name, ranking) -> {
			String round = name.substring(0, name.indexOf('/'));
			String seat = name.substring(name.indexOf('/') + 1);
			String found = documents.values()
				.stream()
				.filter((document) -> round.equals(document.getString("_id")) && document.containsKey("ballots"))
				.map((document) -> document.get("ballots", Document.class).get(seat, Document.class))
				.filter(Objects::nonNull)
				.map((ballot) -> ballot.getString("ranking"))
				.findFirst()
				.orElse("none");
			if (!found.equals(ranking)) {
				broken("L", "the ballot of " + name + " was acknowledged and is not there");
			}
		});
	}

	private void broken(String letter, String what) {
		this.broken.add(new Broken(letter, what));
	}

	String summary() {
		return this.aggregates + " aggregates with " + this.events + " events, " + this.records
				+ " records in the topics, " + this.views + " views compared";
	}

	private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		Header header = record.headers().lastHeader(name);
		return text(header.value());
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
