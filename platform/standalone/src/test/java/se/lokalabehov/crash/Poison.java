package se.lokalabehov.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;

/**
 * A stranger with a raw producer: puts on the topics what nobody can read, and what
 * everybody has read before.
 */
final class Poison implements AutoCloseable {

	/** Where it is put: a topic that the story writes to all the time. */
	static final String TOPIC = "lokala-behov.question-notes";

	private static final int BIG = 5 * 1024 * 1024;

	/**
	 * What was put on the topic.
	 *
	 * @param form what is wrong with it
	 * @param key of a story that nobody owns; null where the form is to have none
	 * @param first the poison, where the story's first event should stand
	 * @param second where the right event after it stands; null without a key
	 */
	record Dose(String form, @Nullable String key, RecordMetadata first, @Nullable RecordMetadata second) {
	}

	private final Rig rig;

	private final KafkaProducer<byte[], byte[]> producer;

	Poison(Rig rig) {
		this.rig = rig;
		this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", rig.bootstrap(), "acks", "all",
				"max.request.size", 2 * BIG, "buffer.memory", 16L * BIG), new ByteArraySerializer(),
				new ByteArraySerializer());
	}

	/** Each form of poison once, each on a key of its own, and a right event after it. */
	List<Dose> give() throws Exception {
		ConsumerRecord<byte[], byte[]> pattern = pattern();
		List<Dose> doses = new ArrayList<>();
		for (Map.Entry<String, BiConsumer<Headers, byte[][]>> form : forms().entrySet()) {
			String key = Invariants.STRANGE + UUID.randomUUID();
			byte[][] value = { pattern.value() };
			ProducerRecord<byte[], byte[]> poison = event(pattern, key, 1, pattern.value());
			form.getValue().accept(poison.headers(), value);
			RecordMetadata first = this.producer
				.send(new ProducerRecord<>(TOPIC, null, utf8(key), value[0], poison.headers()))
				.get();
			doses.add(new Dose(form.getKey(), key, first, put(key, 2)));
		}
		ProducerRecord<byte[], byte[]> right = new ProducerRecord<>(TOPIC, pattern.value());
		pattern.headers().forEach(right.headers()::add);
		doses.add(new Dose("no key", null, this.producer.send(right).get(), null));
		return doses;
	}

	/** Puts a right event on a key. */
	RecordMetadata put(String key, long sequence) throws Exception {
		ConsumerRecord<byte[], byte[]> pattern = pattern();
		return this.producer.send(event(pattern, key, sequence, pattern.value())).get();
	}

	private static Map<String, BiConsumer<Headers, byte[][]>> forms() {
		Map<String, BiConsumer<Headers, byte[][]>> forms = new LinkedHashMap<>();
		forms.put("bad JSON", (headers, value) -> value[0] = utf8("{\"text\": "));
		forms.put("nothing at all", (headers, value) -> value[0] = null);
		forms.put("unknown type", (headers, value) -> set(headers, "ce_type", "se.lokalabehov.nobody-knows.v1"));
		forms.put("unknown version", (headers, value) -> set(headers, "ce_type",
				text(headers.lastHeader("ce_type").value()).replaceAll("[0-9]*$", "99")));
		forms.put("5 MB", (headers, value) -> value[0] = utf8("{\"text\": \"" + "x".repeat(BIG)));
		forms.put("deep", (headers, value) -> value[0] = utf8("[".repeat(100_000)));
		forms.put("hostile type headers", (headers, value) -> {
			set(headers, "__TypeId__", "javax.naming.InitialContext");
			set(headers, "spring_json_header_types", "{\"x\": \"org.springframework.context.support.Foreign\"}");
			set(headers, "contentType", "application/x-java-object;type=java.util.PriorityQueue");
			value[0] = new byte[] { (byte) 0xAC, (byte) 0xED, 0, 5, 0x73, 0x72 };
		});
		forms.put("a sequence that is none", (headers, value) -> set(headers, "ce_sequence", "-1e9"));
		forms.put("no attributes",
				(headers, value) -> List.of(headers.toArray()).forEach((header) -> headers.remove(header.key())));
		return forms;
	}

	/**
	 * Where each service that reads the topic has parked a record, as service to the
	 * document; null where it has not.
	 */
	Map<String, @Nullable Document> parked(RecordMetadata record) throws IOException, InterruptedException {
		Map<String, @Nullable Document> found = new LinkedHashMap<>();
		try (MongoClient client = MongoClients.create(this.rig.storeAddress())) {
			for (String service : Operator.SERVICES) {
				this.rig.operator().window(service, "").path("projections").forEach((projection) -> {
					if (projection.path("topic").asString().equals(TOPIC)) {
						String name = projection.path("name").asString();
						found.put(service + " " + name,
								client.getDatabase("lokala-behov-" + service)
									.getCollection("parked-events")
									.find(Filters.eq("_id",
											name + "/" + TOPIC + "/" + record.partition() + "/" + record.offset()))
									.first());
					}
				});
			}
		}
		return found;
	}

	/** The views that know of a key that nobody owns. */
	List<String> knownIn(String key) throws IOException, InterruptedException {
		List<String> known = new ArrayList<>();
		try (MongoClient client = MongoClients.create(this.rig.storeAddress())) {
			for (String service : Operator.SERVICES) {
				var database = client.getDatabase("lokala-behov-" + service);
				for (Document projection : database.getCollection("projections").find()) {
					String view = projection.getString("_id") + ".v" + projection.getInteger("version");
					if (database.getCollection(view).find(Filters.eq("_id", key)).first() != null) {
						known.add(service + " " + view);
					}
				}
			}
		}
		return known;
	}

	/** Discards at every service what does not wait for anything; gives how much. */
	int discard() throws IOException, InterruptedException {
		int discarded = 0;
		for (String service : Operator.SERVICES) {
			for (var parked : this.rig.operator().window(service, "").path("parked")) {
				if (!parked.path("waits").asBoolean(false)) {
					this.rig.operator()
						.act(service, Map.of("action", "discard", "target", parked.path("_id").asString(), "reason",
								"Inte vårt"));
					discarded++;
				}
			}
		}
		return discarded;
	}

	/**
	 * Sends everything that the topics hold once more: each key in its order, the keys
	 * shuffled.
	 * @return how many records
	 */
	int sendAgain(Random random) throws Exception {
		Map<String, List<ConsumerRecord<byte[], byte[]>>> byKey = new HashMap<>();
		for (Topic<?> topic : Topics.all()) {
			read(topic.name()).forEach((record) -> byKey
				.computeIfAbsent(topic.name() + "/" + text(record.key()), (key) -> new ArrayList<>())
				.add(record));
		}
		List<String> order = new ArrayList<>();
		byKey.forEach((key, records) -> order.addAll(Collections.nCopies(records.size(), key)));
		Collections.shuffle(order, random);
		Map<String, Integer> next = new HashMap<>();
		List<Future<RecordMetadata>> sent = new ArrayList<>();
		for (String key : order) {
			ConsumerRecord<byte[], byte[]> record = byKey.getOrDefault(key, List.of())
				.get(next.merge(key, 1, Integer::sum) - 1);
			sent.add(this.producer
				.send(new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers())));
		}
		for (Future<RecordMetadata> one : sent) {
			one.get();
		}
		return sent.size();
	}

	/** A right event of the topic, the first of its key. */
	private ConsumerRecord<byte[], byte[]> pattern() {
		return read(TOPIC).stream()
			.filter((record) -> record.headers().lastHeader("ce_sequence") != null
					&& text(record.headers().lastHeader("ce_sequence").value()).equals("1")
					&& !text(record.key()).startsWith(Invariants.STRANGE))
			.findFirst()
			.orElseThrow();
	}

	private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", this.rig.bootstrap(), "enable.auto.commit", "false"),
				new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(topic)
				.stream()
				.map((info) -> new TopicPartition(topic, info.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream().anyMatch((one) -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
				consumer.poll(Duration.ofMillis(200)).forEach((record) -> {
					if (record.key() != null) {
						records.add(record);
					}
				});
			}
		}
		return records;
	}

	private static ProducerRecord<byte[], byte[]> event(ConsumerRecord<byte[], byte[]> pattern, String key,
			long sequence, byte[] value) {
		ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(TOPIC, utf8(key), value);
		pattern.headers().forEach((header) -> event.headers().add(header.key(), header.value()));
		set(event.headers(), "ce_subject", key);
		set(event.headers(), "ce_id", key + "." + sequence);
		set(event.headers(), "ce_sequence", Long.toString(sequence));
		return event;
	}

	private static void set(Headers headers, String name, String value) {
		headers.remove(name);
		headers.add(name, utf8(value));
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.producer.close(Duration.ofSeconds(5));
	}

}
