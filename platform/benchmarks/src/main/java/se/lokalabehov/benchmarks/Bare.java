package se.lokalabehov.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import tools.jackson.databind.json.JsonMapper;

/**
 * The limit: the same bytes inserted with the plain driver, sent and consumed with the
 * plain Kafka client, and inserted again, a poll at a time. Accepted is what is inserted;
 * no HTTP, no security, nothing decided, nothing that mends itself after a crash. The
 * producer is set as the platform's. It is its own load: it does what each line that it
 * reads says.
 */
public final class Bare {

	/** Where its events are. */
	static final String TOPIC = "bench.bare";

	private static final JsonMapper JSON = JsonMapper.shared();

	private Bare() {
	}

	/**
	 * Answers {@code DONE <number> <window as JSON>} to each line of
	 * {@code <number> capacity|alone <milliseconds>}.
	 * @param arguments broker, store, and a file with what our side wrote: {@code kept},
	 * {@code value}, {@code headers}, {@code seen}
	 * @throws Exception when something fails
	 */
	public static void main(String[] arguments) throws Exception {
		Document samples = Document.parse(Files.readString(Path.of(arguments[2])));
		try (MongoClient client = MongoClients.create(arguments[1]);
				KafkaProducer<String, byte[]> producer = producer(arguments[0])) {
			MongoDatabase database = client.getDatabase("bare")
				.withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
			MongoCollection<Document> kept = database.getCollection("notes");
			MongoCollection<Document> seen = database.getCollection("notes-seen");
			Thread.ofPlatform().daemon().start(() -> consume(arguments[0], seen, samples.get("seen", Document.class)));
			Document sample = samples.get("kept", Document.class);
			byte[] value = samples.getString("value").getBytes(StandardCharsets.UTF_8);
			Document headers = samples.get("headers", Document.class);
			Seeing seeing = new Seeing(() -> {
				String id = "note-" + UUID.randomUUID();
				kept.insertOne(withId(sample, id));
				ProducerRecord<String, byte[]> message = new ProducerRecord<>(TOPIC, id, value);
				headers.forEach((name, header) -> message.headers()
					.add(name, ((String) header).getBytes(StandardCharsets.UTF_8)));
				producer.send(message);
				return id;
			}, seen);
			System.out.println("READY");
			BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = told.readLine(); line != null; line = told.readLine()) {
				String[] words = line.split(" ");
				Duration duration = Duration.ofMillis(Long.parseLong(words[2]));
				Seeing.Window window = words[1].equals("alone") ? seeing.alone(duration) : seeing.capacity(duration);
				System.out.println("DONE " + words[0] + " " + JSON.writeValueAsString(window));
			}
		}
	}

	private static Document withId(Document sample, String id) {
		Document copy = new Document(sample);
		copy.put("_id", id);
		return copy;
	}

	private static KafkaProducer<String, byte[]> producer(String bootstrap) {
		return new KafkaProducer<>(
				new HashMap<>(Map.of("bootstrap.servers", bootstrap, "acks", "all", "enable.idempotence", "true")),
				new StringSerializer(), new ByteArraySerializer());
	}

	private static void consume(String bootstrap, MongoCollection<Document> seen, Document sample) {
		try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
				new HashMap<>(Map.of("bootstrap.servers", bootstrap, "group.id", "bare", "auto.offset.reset",
						"earliest", "enable.auto.commit", "false")),
				new StringDeserializer(), new ByteArrayDeserializer())) {
			consumer.subscribe(List.of(TOPIC));
			while (true) {
				List<Document> views = new ArrayList<>();
				for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
					views.add(withId(sample, message.key()));
				}
				if (!views.isEmpty()) {
					seen.insertMany(views, new InsertManyOptions().ordered(false));
					consumer.commitAsync();
				}
			}
		}
	}

}
