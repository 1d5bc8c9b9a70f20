package se.lokalabehov.benchmarks;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.sun.net.httpserver.HttpServer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;

/**
 * The least that a read model can be: a process that reads a topic with Kafka's client
 * and inserts every record as it is, a poll at a time, with MongoDB's driver. It does so
 * whenever it is asked ({@code GET /topic}), and throws it away afterwards.
 */
public final class PlainReading {

	private static final Duration POLL = Duration.ofMillis(500);

	private PlainReading() {
	}

	/**
	 * Waits to be asked.
	 * @param arguments the broker, the store, the port to listen on
	 * @throws Exception when it can not listen
	 */
	public static void main(String[] arguments) throws Exception {
		MongoClient store = MongoClients.create(arguments[1]);
		HttpServer server = HttpServer
			.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2])), 0);
		server.createContext("/", (exchange) -> {
			String topic = exchange.getRequestURI().getPath().substring(1);
			MongoCollection<Document> collection = store.getDatabase("plain")
				.getCollection(topic)
				.withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
			long read = read(arguments[0], topic, collection);
			byte[] said = Long.toString(read).getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, said.length);
			exchange.getResponseBody().write(said);
			exchange.close();
			collection.drop();
		});
		server.start();
		System.out.println("READY");
	}

	private static long read(String broker, String topic, MongoCollection<Document> collection) {
		Map<String, Object> settings = Map.of("bootstrap.servers", broker, "max.poll.records", 1000,
				"enable.auto.commit", false);
		long count = 0;
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(topic)
				.stream()
				.map((one) -> new TopicPartition(topic, one.partition()))
				.toList();
			Map<TopicPartition, Long> left = new HashMap<>(consumer.endOffsets(partitions));
			left.values().removeIf((end) -> end == 0);
			consumer.assign(left.keySet());
			consumer.seekToBeginning(left.keySet());
			while (!left.isEmpty()) {
				List<InsertOneModel<Document>> writes = new ArrayList<>();
				for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
					writes.add(new InsertOneModel<>(document(record)));
				}
				if (!writes.isEmpty()) {
					collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
					count += writes.size();
				}
				left.entrySet().removeIf((entry) -> consumer.position(entry.getKey()) >= entry.getValue());
			}
		}
		return count;
	}

	private static Document document(ConsumerRecord<byte[], byte[]> record) {
		Document document = new Document("_id", record.partition() + ":" + record.offset()).append("key",
				text(record.key()));
		record.headers().forEach((header) -> document.append(header.key(), text(header.value())));
		return document.append("data", text(record.value()));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
