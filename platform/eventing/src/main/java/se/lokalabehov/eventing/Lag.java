package se.lokalabehov.eventing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.SmartLifecycle;

/**
 * How far this service's views are behind their topics, asked of the broker every few
 * seconds: the lag of the whole consumer group, whichever process consumes. While the
 * broker does not answer the lag stays as it was and the age goes on, as nobody knows
 * that it is less.
 */
final class Lag implements SmartLifecycle {

	private static final Duration EVERY = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(Lag.class);

	private final Admin admin;

	private final Inbox inbox;

	private final BindingServiceProperties bindings;

	private final Meters meters;

	/** Topic to how many records are not consumed. */
	private final Map<String, Long> lag = new ConcurrentHashMap<>();

	/** Topic to when everything was last seen to be consumed, {@code nanoTime}. */
	private final Map<String, Long> caughtUp = new ConcurrentHashMap<>();

	private final ScheduledExecutorService executor = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("lag").daemon().factory());

	/** Whether the broker answered the last question. */
	private volatile boolean answered = true;

	private volatile boolean running;

	Lag(Admin admin, Inbox inbox, BindingServiceProperties bindings, Meters meters) {
		this.admin = admin;
		this.inbox = inbox;
		this.bindings = bindings;
		this.meters = meters;
	}

	@Override
	public void start() {
		if (this.running) {
			return;
		}
		this.running = true;
		long now = System.nanoTime();
		this.inbox.projections().forEach((projection) -> {
			String topic = projection.topic().name();
			if (this.caughtUp.putIfAbsent(topic, now) == null) {
				this.meters.gauge("lokalabehov.consumer.lag", "Records of a topic that the service has not consumed",
						"records", () -> this.lag.getOrDefault(topic, 0L), "topic", topic);
			}
			this.meters.gauge("lokalabehov.projection.age",
					"Time since a view last had everything of its topic, 0 while it has", "seconds", () -> age(topic),
					"projection", projection.name());
		});
		this.executor.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Whether the broker answers. */
	boolean isAnswered() {
		return this.answered;
	}

	private double age(String topic) {
		Duration since = Duration.ofNanos(System.nanoTime() - this.caughtUp.getOrDefault(topic, System.nanoTime()));
		// Between two questions it is not known to be behind.
		return (since.compareTo(EVERY.multipliedBy(2)) < 0) ? 0 : since.toMillis() / 1000.0;
	}

	private void ask() {
		try {
			List<TopicPartition> partitions = partitions();
			// In this order: what is produced in between looks like lag, never the other
			// way.
			Map<TopicPartition, OffsetAndMetadata> consumed = within(
					this.admin.listConsumerGroupOffsets(this.bindings.getGroup("inbox-in-0"))
						.partitionsToOffsetAndMetadata());
			Map<TopicPartition, ListOffsetsResultInfo> first = offsets(partitions, OffsetSpec.earliest());
			Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
			Map<String, Long> now = new HashMap<>();
			ends.forEach((partition, end) -> {
				OffsetAndMetadata reached = consumed.get(partition);
				// Beginnings that a redaction deleted need not be consumed.
				long from = Math.max((reached != null) ? reached.offset() : 0, beginning(first, partition));
				now.merge(partition.topic(), Math.max(0, end.offset() - from), Long::sum);
			});
			this.lag.putAll(now);
			this.answered = true;
			long at = System.nanoTime();
			now.forEach((topic, left) -> {
				if (left == 0) {
					this.caughtUp.put(topic, at);
				}
			});
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException | RuntimeException ex) {
			this.answered = false;
			logger.debug("The broker does not tell how far its topics reach: {}", ex.toString());
		}
	}

	private static long beginning(Map<TopicPartition, ListOffsetsResultInfo> first, TopicPartition partition) {
		ListOffsetsResultInfo beginning = first.get(partition);
		return (beginning != null) ? beginning.offset() : 0;
	}

	private List<TopicPartition> partitions() throws InterruptedException, ExecutionException, TimeoutException {
		List<TopicPartition> partitions = new ArrayList<>();
		within(this.admin.describeTopics(this.caughtUp.keySet()).allTopicNames())
			.forEach((topic, description) -> description.partitions()
				.forEach((partition) -> partitions.add(new TopicPartition(topic, partition.partition()))));
		return partitions;
	}

	private Map<TopicPartition, ListOffsetsResultInfo> offsets(List<TopicPartition> partitions, OffsetSpec which)
			throws InterruptedException, ExecutionException, TimeoutException {
		return within(this.admin
			.listOffsets(partitions.stream().collect(Collectors.toMap((partition) -> partition, (all) -> which)))
			.all());
	}

	private static <T> T within(org.apache.kafka.common.KafkaFuture<T> asked)
			throws InterruptedException, ExecutionException, TimeoutException {
		return asked.get(5, TimeUnit.SECONDS);
	}

	@Override
	public void stop() {
		this.running = false;
		this.executor.shutdownNow();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		// After every projection is made.
		return Integer.MIN_VALUE + 1500;
	}

}
