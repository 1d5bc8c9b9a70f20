package se.lokalabehov.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * An Apache Kafka broker inside this JVM, on the loopback interface: one node that is
 * broker and controller, with a persistent directory. Topics are kept for ever and are
 * never created by being used.
 */
public final class EmbeddedBroker implements AutoCloseable {

	private static final int NODE_ID = 1;

	private static final int GROUP_PARTITIONS = 3;

	private final DirectoryLock lock;

	private final KafkaRaftServer server;

	private final String bootstrapServers;

	private EmbeddedBroker(DirectoryLock lock, KafkaRaftServer server, String bootstrapServers) {
		this.lock = lock;
		this.server = server;
		this.bootstrapServers = bootstrapServers;
	}

	/**
	 * Starts the broker on the data in the directory, which is created and formatted if
	 * it is new. Returns when clients may connect, also after the last one was killed.
	 * @param directory holds the topics; one process at a time
	 * @param port on 127.0.0.1; 0 for a free one
	 * @return the running broker; the caller closes it
	 * @throws IllegalStateException if another process is using the directory
	 * @throws UncheckedIOException if the port is taken, or the directory cannot be read
	 * or written
	 */
	public static EmbeddedBroker start(Path directory, int port) {
		DirectoryLock lock = DirectoryLock.acquire(directory);
		try {
			Path data = directory.resolve("kafka").toAbsolutePath();
			if (!Files.exists(data.resolve("meta.properties"))) {
				format(data);
			}
			int brokerPort;
			int controllerPort;
			// both at once, so that they differ; and Kafka ends the whole JVM over a
			// taken port
			try (ServerSocket broker = listen(port); ServerSocket controller = listen(0)) {
				brokerPort = broker.getLocalPort();
				controllerPort = controller.getLocalPort();
			}
			KafkaRaftServer server = new KafkaRaftServer(
					new KafkaConfig(settings(data, brokerPort, controllerPort), false), Time.SYSTEM);
			try {
				server.startup();
			}
			catch (Throwable ex) {
				server.shutdown();
				throw ex;
			}
			return new EmbeddedBroker(lock, server, "127.0.0.1:" + brokerPort);
		}
		catch (IOException ex) {
			lock.close();
			throw new UncheckedIOException("cannot open the broker in " + directory.toAbsolutePath(), ex);
		}
		catch (Throwable ex) {
			lock.close();
			throw ex;
		}
	}

	private static void format(Path data) throws IOException {
		Files.createDirectories(data);
		try {
			new Formatter().setNodeId(NODE_ID)
				.setClusterId(Uuid.randomUuid().toString())
				.setControllerListenerName("CONTROLLER")
				.setDirectories(List.of(data.toString()))
				.setMetadataLogDirectory(data.toString())
				.setReleaseVersion(MetadataVersion.latestProduction())
				.setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
				.run();
		}
		catch (Exception ex) {
			throw new IOException("cannot format " + data, ex);
		}
	}

	private static Map<String, Object> settings(Path data, int brokerPort, int controllerPort) {
		Map<String, Object> settings = new HashMap<>();
		settings.put("process.roles", "broker,controller");
		settings.put("node.id", NODE_ID);
		settings.put("log.dirs", data.toString());
		settings.put("listeners", "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
		settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
		settings.put("inter.broker.listener.name", "PLAINTEXT");
		settings.put("controller.listener.names", "CONTROLLER");
		settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
		settings.put("auto.create.topics.enable", "false");

		// one node: nothing to replicate to
		settings.put("default.replication.factor", "1");
		settings.put("min.insync.replicas", "1");
		settings.put("offsets.topic.replication.factor", "1");
		settings.put("transaction.state.log.replication.factor", "1");
		settings.put("transaction.state.log.min.isr", "1");
		settings.put("share.coordinator.state.topic.replication.factor", "1");
		settings.put("share.coordinator.state.topic.min.isr", "1");
		settings.put("offsets.topic.num.partitions", String.valueOf(GROUP_PARTITIONS));
		settings.put("transaction.state.log.num.partitions", "3");
		settings.put("share.coordinator.state.topic.num.partitions", "3");

		// events are kept for ever, and so is how far a group that is away has read them
		settings.put("log.retention.ms", "-1");
		settings.put("offsets.retention.minutes", String.valueOf(Integer.MAX_VALUE));

		// after a kill the old registration and the old members are soon forgotten
		settings.put("broker.session.timeout.ms", "3000");
		settings.put("broker.heartbeat.interval.ms", "500");
		settings.put("group.initial.rebalance.delay.ms", "0");
		settings.put("group.min.session.timeout.ms", "1000");
		settings.put("group.consumer.min.session.timeout.ms", "1000");
		settings.put("group.consumer.session.timeout.ms", "6000");
		settings.put("group.consumer.min.heartbeat.interval.ms", "500");
		settings.put("group.consumer.heartbeat.interval.ms", "2000");

		// small: the cleaner alone would take 128 MB of heap
		settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 * 1024 * 1024));
		settings.put("log.cleaner.io.buffer.size", String.valueOf(64 * 1024));
		settings.put("offsets.load.buffer.size", String.valueOf(1024 * 1024));
		settings.put("num.network.threads", "2");
		settings.put("num.io.threads", "4");
		settings.put("background.threads", "2");
		settings.put("num.recovery.threads.per.data.dir", "2");
		settings.put("metric.reporters", "");
		return settings;
	}

	private static ServerSocket listen(int port) throws IOException {
		try {
			return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
		}
		catch (BindException ex) {
			throw new IOException("port " + port + " is taken", ex);
		}
	}

	/**
	 * Where clients connect.
	 * @return host and port, such as {@code 127.0.0.1:9092}
	 */
	public String bootstrapServers() {
		return this.bootstrapServers;
	}

	/**
	 * Removes every member from every consumer group. After a kill the broker would wait
	 * for the dead members' session to end before it gave their partitions to new ones.
	 * Right only before any consumer of this installation is connected, and only where no
	 * other process shares the groups.
	 * @throws IllegalStateException if the broker does not do it
	 */
	public void evictDeadConsumers() {
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, this.bootstrapServers))) {
			awaitGroupsLoaded(admin);
			List<String> groups = admin.listGroups(ListGroupsOptions.forConsumerGroups())
				.all()
				.get()
				.stream()
				.map(GroupListing::groupId)
				.toList();
			for (ConsumerGroupDescription group : admin.describeConsumerGroups(groups).all().get().values()) {
				if (!group.members().isEmpty()) {
					admin.removeMembersFromConsumerGroup(group.groupId(), new RemoveMembersFromConsumerGroupOptions())
						.all()
						.get();
				}
			}
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("cannot remove the dead consumers", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while removing the dead consumers", ex);
		}
	}

	/**
	 * A list of groups silently leaves out those that the broker has not loaded yet. A
	 * question about one group is answered when its partition has been loaded; it need
	 * not exist.
	 */
	private static void awaitGroupsLoaded(Admin admin) throws ExecutionException, InterruptedException {
		boolean everUsed = admin.listTopics(new ListTopicsOptions().listInternal(true))
			.names()
			.get()
			.contains(Topic.GROUP_METADATA_TOPIC_NAME);
		if (!everUsed) {
			return;
		}
		for (int partition = 0; partition < GROUP_PARTITIONS; partition++) {
			int wanted = partition;
			String group = IntStream.iterate(0, (i) -> i + 1)
				.mapToObj((i) -> "any-" + i)
				.filter((name) -> Utils.abs(name.hashCode()) % GROUP_PARTITIONS == wanted)
				.findFirst()
				.orElseThrow();
			admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
		}
	}

	/** Stops the broker. */
	@Override
	public void close() {
		this.server.shutdown();
		this.server.awaitShutdown();
		this.lock.close();
	}

}
