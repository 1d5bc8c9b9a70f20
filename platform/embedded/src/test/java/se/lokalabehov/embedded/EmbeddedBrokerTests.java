package se.lokalabehov.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The broker survives a kill -9, on the same directory and the same port.
 */
class EmbeddedBrokerTests {

	@TempDir
	private Path directory;

	@Test
	void everyConfirmedRecordIsThereAfterTheProcessIsKilled() throws Exception {
		Set<Integer> confirmed = new TreeSet<>();
		int port;
		try (ChildProcess child = ChildProcess.broker(this.directory, 0)) {
			port = Integer.parseInt(child.address().split(":")[1]);
			try (Admin admin = Admin.create(Map.of("bootstrap.servers", child.address()))) {
				admin.createTopics(List.of(new NewTopic("needs", 3, (short) 1))).all().get();
			}
			// their members are never heard of again, and their sessions are long
			KafkaConsumer<String, String> abandoned = consumer(child.address(), "classic");
			KafkaConsumer<String, String> alsoAbandoned = consumer(child.address(), "consumer");
			try (KafkaProducer<String, String> producer = producer(child.address())) {
				confirmed.addAll(send(producer, 0, 5_000));
				read(abandoned, 1);
				read(alsoAbandoned, 1);
				List<Future<RecordMetadata>> underWay = new ArrayList<>();
				for (int number = 5_000; number < 10_000; number++) {
					underWay.add(producer.send(record(number)));
				}
				underWay.get(100).get();
				child.kill();
				for (int i = 0; i < underWay.size(); i++) {
					if (underWay.get(i).isDone()) {
						confirmed.add(5_000 + i);
					}
				}
				abandoned.close(CloseOptions.timeout(Duration.ZERO));
				alsoAbandoned.close(CloseOptions.timeout(Duration.ZERO));
				producer.close(Duration.ZERO);
			}
		}
		try (EmbeddedBroker broker = EmbeddedBroker.start(this.directory, port)) {
			assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
			assertThatIllegalStateException().isThrownBy(() -> EmbeddedBroker.start(this.directory, 0))
				.withMessageContaining("another process is using " + this.directory);
			broker.evictDeadConsumers();
			try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
				assertThat(admin.describeConsumerGroups(List.of("classic", "consumer")).all().get().values())
					.allMatch((group) -> group.members().isEmpty());
			}
			try (KafkaProducer<String, String> producer = producer(broker.bootstrapServers());
					KafkaConsumer<String, String> consumer = consumer(broker.bootstrapServers(), "classic")) {
				confirmed.addAll(send(producer, 10_000, 10_010));
				assertThat(read(consumer, 10_009)).containsAll(confirmed);
			}
		}
	}

	private static ProducerRecord<String, String> record(int number) {
		return new ProducerRecord<>("needs", "key" + number % 17, String.valueOf(number));
	}

	private static List<Integer> send(KafkaProducer<String, String> producer, int from, int to) throws Exception {
		List<Future<RecordMetadata>> sent = new ArrayList<>();
		List<Integer> numbers = new ArrayList<>();
		for (int number = from; number < to; number++) {
			sent.add(producer.send(record(number)));
			numbers.add(number);
		}
		for (Future<RecordMetadata> each : sent) {
			each.get(30, TimeUnit.SECONDS);
		}
		return numbers;
	}

	/** Reads until the number has been seen, or nothing comes for a while. */
	private static Set<Integer> read(KafkaConsumer<String, String> consumer, int until) {
		consumer.subscribe(List.of("needs"));
		Set<Integer> seen = new TreeSet<>();
		for (int idle = 0; idle < 20;) {
			boolean found = false;
			for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(500))) {
				seen.add(Integer.valueOf(each.value()));
				found = true;
			}
			idle = found ? 0 : idle + 1;
			if (seen.contains(until) && !found) {
				break;
			}
		}
		return seen;
	}

	private static KafkaProducer<String, String> producer(String servers) {
		return new KafkaProducer<>(Map.of("bootstrap.servers", servers, "acks", "all"), new StringSerializer(),
				new StringSerializer());
	}

	/** A member of a group that bears the name of its protocol. */
	private static KafkaConsumer<String, String> consumer(String servers, String protocol) {
		return new KafkaConsumer<>(
				Map.of("bootstrap.servers", servers, "group.id", protocol, "group.protocol", protocol,
						"auto.offset.reset", "earliest", "enable.auto.commit", "false"),
				new StringDeserializer(), new StringDeserializer());
	}

}
