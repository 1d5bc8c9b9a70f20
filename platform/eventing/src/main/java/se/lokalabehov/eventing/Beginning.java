package se.lokalabehov.eventing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.SmartLifecycle;
import se.lokalabehov.contracts.Topics;

/**
 * What must be so before anything is consumed: the topics exist, every projection has
 * been made once from its topic's whole past, and the consumer listens to just the topics
 * that the projections name, in a group of its version.
 */
final class Beginning implements SmartInitializingSingleton, SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Beginning.class);

	private final Admin admin;

	private final EventingProperties properties;

	private final Indexes indexes;

	private final Inbox inbox;

	private final Replay replay;

	private final Repair repair;

	private final Divergence divergence;

	private final BindingServiceProperties bindings;

	private volatile boolean running;

	Beginning(Admin admin, EventingProperties properties, Indexes indexes, Inbox inbox, Replay replay, Repair repair,
			Divergence divergence, BindingServiceProperties bindings) {
		this.admin = admin;
		this.properties = properties;
		this.indexes = indexes;
		this.inbox = inbox;
		this.replay = replay;
		this.repair = repair;
		this.divergence = divergence;
		this.bindings = bindings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		BindingProperties binding = this.bindings.getBindingProperties("inbox-in-0");
		binding.setDestination(this.inbox.projections()
			.stream()
			.map((projection) -> projection.topic().name())
			.distinct()
			.sorted()
			.collect(Collectors.joining(",")));
		binding.setGroup(binding.getGroup() + "." + taken(this.inbox.projections()));
		logger.info("Consumes as {}", binding.getGroup());
	}

	/**
	 * Stands for what this version can take: its views, and the types of events on their
	 * topics. Versions that differ in it must not share a consumer group: what one has
	 * consumed would never reach a view that only the other has.
	 */
	static String taken(Collection<Projection<?, ?>> projections) {
		return Act
			.sha256(projections.stream()
				.map((projection) -> projection.name()
						+ Codec.leaves(projection.topic().events()).map(Codec::wireName).sorted().toList())
				.sorted()
				.collect(Collectors.joining()))
			.substring(0, 8);
	}

	@Override
	public void start() {
		this.running = true;
		this.indexes.start();
		makeTopics();
		this.divergence.start();
		this.inbox.projections().forEach(this.replay::ensure);
		this.repair.purgeLater();
	}

	private void makeTopics() {
		List<NewTopic> topics = Topics.all()
			.stream()
			.map((topic) -> new NewTopic(topic.name(), this.properties.partitions(), this.properties.replication())
				// Kept for ever, uncompacted (house.md).
				.configs(Map.of("retention.ms", "-1", "retention.bytes", "-1", "cleanup.policy", "delete")))
			.toList();
		this.admin.createTopics(topics).values().forEach((name, made) -> {
			try {
				made.get(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (ExecutionException | TimeoutException ex) {
				// A service that has started before starts without the broker too: it can
				// be read, and
				// takes commands as soon as its store is compared with its topics.
				if (!(ex.getCause() instanceof TopicExistsException)) {
					logger.error("{} can not be made: {}", name, ex.toString());
				}
			}
		});
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE + 500;
	}

}
