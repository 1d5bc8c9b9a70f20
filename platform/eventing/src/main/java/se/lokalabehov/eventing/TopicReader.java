package se.lokalabehov.eventing;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.lokalabehov.contracts.Topic;

/**
 * Reads topics from one offset to another, outside every consumer group.
 */
final class TopicReader {

	private static final Logger logger = LoggerFactory.getLogger(TopicReader.class);

	private static final Duration POLL = Duration.ofMillis(500);

	private final Supplier<KafkaConsumer<byte[], byte[]>> consumers;

	TopicReader(Supplier<KafkaConsumer<byte[], byte[]>> consumers) {
		this.consumers = consumers;
	}

	/** The end of every partition of some topics, as it is now. */
	Map<TopicPartition, Long> ends(Collection<String> topics) {
		try (KafkaConsumer<byte[], byte[]> consumer = this.consumers.get()) {
			List<TopicPartition> partitions = topics.stream()
				.flatMap((topic) -> consumer.partitionsFor(topic).stream())
				.map((info) -> new TopicPartition(info.topic(), info.partition()))
				.toList();
			return consumer.endOffsets(partitions);
		}
	}

	/**
	 * Reads partitions.
	 * @param from first offset per partition; others are not read
	 * @param to the offset to stop before, per partition
	 * @param sink gets each poll's records in order
	 */
	void read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to,
			Consumer<ConsumerRecords<byte[], byte[]>> sink) {
		if (from.entrySet().stream().allMatch((entry) -> entry.getValue() >= to.getOrDefault(entry.getKey(), 0L))) {
			return;
		}
		try (KafkaConsumer<byte[], byte[]> consumer = this.consumers.get()) {
			// What was deleted before the beginning (a redaction) is not there to be
			// read.
			Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(from.keySet()));
			from.forEach((partition, offset) -> starts.merge(partition, offset, Math::max));
			Map<TopicPartition, Long> left = new HashMap<>(to);
			left.keySet().retainAll(from.keySet());
			left.entrySet().removeIf((entry) -> starts.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
			consumer.assign(left.keySet());
			left.keySet().forEach((partition) -> consumer.seek(partition, starts.getOrDefault(partition, 0L)));
			while (!left.isEmpty()) {
				sink.accept(consumer.poll(POLL));
				left.entrySet().removeIf((entry) -> consumer.position(entry.getKey()) >= entry.getValue());
			}
		}
	}

	/**
	 * Everything that a topic holds now of some keys, each event once and in sequence.
	 * @param wanted which keys
	 */
	Map<String, TreeMap<Long, StoredEvent>> stories(Codec codec, Topic<?> topic, Predicate<String> wanted) {
		Map<String, TreeMap<Long, StoredEvent>> stories = new HashMap<>();
		Map<TopicPartition, Long> ends = ends(List.of(topic.name()));
		Map<TopicPartition, Long> from = new HashMap<>();
		ends.keySet().forEach((partition) -> from.put(partition, 0L));
		read(from, ends, (records) -> records.forEach((record) -> {
			if (record.key() != null && record.value() != null && wanted.test(Wire.text(record.key()))) {
				try {
					// Only what is an event of ours: anyone may have put something else
					// on the topic.
					long sequence = Wire.envelope(codec, topic, record).sequence();
					stories.computeIfAbsent(Wire.text(record.key()), (key) -> new TreeMap<>())
						.put(sequence, Wire.stored(record));
				}
				catch (RuntimeException ex) {
					logger.warn("Passed over at {}-{} {}", record.topic(), record.partition(), record.offset());
				}
			}
		}));
		return stories;
	}

}
