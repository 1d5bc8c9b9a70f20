package se.lokalabehov.eventing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.kafka.event.ListenerContainerIdleEvent;

/**
 * Commits, when nothing more comes, what could not be committed (a rebalance, no broker);
 * as long as something comes, its commit speaks for what came before. On the consumer's
 * own thread, between two polls, when all that it was given is in effect.
 */
final class LateCommits implements ApplicationListener<ListenerContainerIdleEvent> {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(LateCommits.class);

	/** Hears what became of a commit that nobody waited for. */
	static void committed(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
		if (failure != null) {
			logger.debug("Not committed yet: {}", offsets, failure);
		}
	}

	@Override
	public void onApplicationEvent(ListenerContainerIdleEvent idle) {
		Consumer<?, ?> consumer = idle.getConsumer();
		Map<TopicPartition, OffsetAndMetadata> left = new HashMap<>();
		try {
			consumer.committed(consumer.assignment(), PATIENCE).forEach((partition, committed) -> {
				long position = consumer.position(partition, PATIENCE);
				if (((committed != null) ? committed.offset() : 0) != position) {
					left.put(partition, new OffsetAndMetadata(position));
				}
			});
			if (!left.isEmpty()) {
				consumer.commitSync(left, PATIENCE);
			}
		}
		catch (KafkaException ex) {
			logger.debug("Tried again when nothing comes the next time: {}", left, ex);
		}
	}

}
