package se.lokalabehov.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.crash.Proxy.Fate;
import se.lokalabehov.crash.Proxy.Rule;
import se.lokalabehov.crash.Rig.Needs;
import se.lokalabehov.testsupport.Node;

/**
 * The rows of the suite that are played on a {@link Rig}.
 */
final class Faults {

	private static final Duration SOON = Duration.ofSeconds(90);

	private static final String CONSUMER = "-Dspring.cloud.stream.kafka.bindings.inbox-in-0.consumer.configuration.";

	/** Two platforms, soon aware of one that is frozen. */
	private static final Needs TWO = Needs.USUAL.platforms(2)
		.options(List.of(CONSUMER + "session.timeout.ms=4000", CONSUMER + "heartbeat.interval.ms=1000",
				CONSUMER + "max.poll.interval.ms=5000", "-Dlokala-behov.eventing.sweep=2s"));

	private static final Rule NOTHING_PASSES = (message) -> Fate.RESET;

	/** The exit code of a JVM that SIGTERM has ended, after its shutdown hooks. */
	private static final int ENDED = 128 + 15;

	private Faults() {
	}

	/** In the order of the table. */
	static List<Fault> all() {
		List<Fault> faults = new ArrayList<>();
		faults.add(new Fault("0", "everything killed, or ended in order, at any moment", "LDOR", Needs.USUAL,
				Faults::everything));
		faults.add(new Fault("1", "killed between store write and send", "LDOR", Needs.USUAL, (rig, time) -> killed(rig,
				(message) -> (message.request() && message.api() == Proxy.PRODUCE) ? Fate.HOLD : Fate.PASS)));
		faults.add(new Fault("2", "killed after send before mark", "LDOR", Needs.USUAL, (rig, time) -> killed(rig,
				(message) -> (!message.request() && message.api() == Proxy.PRODUCE) ? Fate.HOLD : Fate.PASS)));
		faults.add(new Fault("3", "killed after effect before offset commit", "LDOR", Needs.USUAL,
				(rig, time) -> killedBeforeCommit(rig)));
		faults.add(new Fault("4", "consumer frozen past its poll interval", "LDOH", TWO,
				(rig, time) -> frozenConsumer(rig, time % 2)));
		faults.add(new Fault("5", "relay frozen while a second one takes over", "LDOH", TWO,
				(rig, time) -> frozenRelay(rig, time % 2)));
		faults.add(new Fault("6", "single broker restarted, by SIGKILL and in order", "LDOH", Needs.USUAL,
				Faults::brokerRestarted));
		faults.add(new Fault("7", "leader killed, 3 brokers", "LDOH", Needs.CLUSTER, (rig, time) -> leaderKilled(rig)));
		faults.add(new Fault("8", "two of three brokers down, then the third, which comes back last", "LDOH",
				Needs.CLUSTER, (rig, time) -> twoDown(rig)));
		faults.add(new Fault("9a", "torn log tail, 3 brokers", "LDO", Needs.CLUSTER, (rig, time) -> tornOfThree(rig)));
		faults.add(new Fault("9b", "torn log tail, 1 broker: reported, and sent again", "LD", Needs.USUAL,
				Faults::tornOfOne));
		faults.add(new Fault("10", "network to the broker: cut, slow, reset, half-open, answers lost", "LDOH",
				Needs.USUAL, Faults::network));
		faults
			.add(new Fault("11", "store killed, slow, restarted in order, cut off (no replica set here: no step-down)",
					"LDOH", Needs.USUAL, Faults::store));
		faults.add(new Fault("12", "disk full: broker, store, index", "LDOH",
				Needs.USUAL.small("broker", "store", "platform"), Faults::diskFull));
		faults.add(new Fault("13", "clock one hour backwards, then forward", "LDOH",
				Needs.USUAL.withClock().options(Clocks.options()), new Clocks()));
		faults.add(new Fault("14", "rebalance storm while retrying", "LDO", Needs.USUAL, (rig, time) -> storm(rig)));
		faults.add(new Fault("15", "poison", "LDOP", Needs.USUAL.kafka(Map.of("message.max.bytes", "8000000")),
				(rig, time) -> poison(rig)));
		faults.add(new Fault("16", "parking store not writable", "LDOP",
				Needs.USUAL.kafka(Map.of("message.max.bytes", "8000000")), (rig, time) -> notParked(rig)));
		faults.add(new Fault("17", "everything replayed, shuffled across keys", "LDOR", Needs.USUAL,
				(rig, time) -> replayed(rig)));
		faults.add(new Fault("18", "mixed versions, rolled one after the other", "LDOR", TWO.withBefore(),
				(rig, time) -> rolled(rig, time % 2)));
		faults.add(new Fault("18a", "the same version twice, rolled one after the other", "LDOR", TWO,
				(rig, time) -> rolled(rig, time % 2)));
		faults.add(new Fault("19", "older backup restored, of the store or of the broker", "R", Needs.USUAL,
				(rig, time) -> rig.broken("F", "the drill has a platform of its own")));
		return faults;
	}

	/**
	 * Known wrong ways, each with the row that must catch it: the mechanism's own
	 * mutants, and a broker that makes a leader of one who lacks what was confirmed.
	 */
	static List<Fault> mutants() {
		Map<String, String> caughtBy = new LinkedHashMap<>();
		caughtBy.put("MARK_BEFORE_CONFIRM", "1");
		caughtBy.put("PUBLISH_THEN_FORGET", "1");
		caughtBy.put("NULL_KEY", "1");
		caughtBy.put("NO_DEDUPE", "17");
		caughtBy.put("DEDUPE_BEFORE_EFFECT", "11");
		caughtBy.put("EARLY_COMMIT", "16");
		caughtBy.put("PARKED_IS_PASSED", "15");
		List<Fault> mutants = new ArrayList<>();
		caughtBy.forEach((mutant, row) -> {
			Fault fault = row(row);
			mutants.add(new Fault(fault.row(), mutant + ": " + fault.name(), fault.holds(), fault.needs()
				.options(List.of("-Dlokala-behov.eventing.test-only=true", "-Dlokala-behov.eventing.mutant=" + mutant)),
					fault.injection()));
		});
		Fault down = row("8");
		mutants.add(new Fault(down.row(), "UNCLEAN_ELECTION: " + down.name(), down.holds(),
				down.needs().kafka(Map.of("unclean.leader.election.enable", "true", "min.insync.replicas", "1")),
				down.injection()));
		return mutants;
	}

	/** A few rows one after the other, for every build. */
	static Fault sample() {
		List<Fault.Injection> some = List.of(Faults::everything, (rig, time) -> network(rig, 0),
				(rig, time) -> everything(rig, 1));
		return new Fault("sample", "everything killed, broker cut off, everything ended in order", "LDOH", Needs.USUAL,
				(rig, time) -> some.get(time).inject(rig, time));
	}

	static Fault row(String row) {
		return all().stream().filter((fault) -> fault.row().equals(row)).findFirst().orElseThrow();
	}

	private static void everything(Rig rig, int time) throws Exception {
		rig.countSkipped();
		List<Node> nodes = List.of(rig.platform(0), rig.brokers().getFirst(), rig.store());
		for (Node node : nodes) {
			if (time % 2 == 0) {
				node.kill();
			}
			else if (node.end() != ENDED) {
				rig.broken("H", "something does not end in order when it is told to");
			}
		}
		for (Node node : nodes.reversed()) {
			node.start();
		}
	}

	/** Events held on the way, and the platform killed with them. */
	private static void killed(Rig rig, Rule rule) throws Exception {
		rig.brokerRule(rule);
		rig.await("F", "something is held on its way to the broker", SOON,
				() -> rig.caughtOnTheWayToBrokers() > 2 && !unpublished(rig).isEmpty());
		TimeUnit.MILLISECONDS.sleep(rig.random().nextInt(500));
		rig.countSkipped();
		rig.platform(0).kill();
		if (unpublished(rig).isEmpty()) {
			rig.broken("F", "nothing waited to be published when it was killed");
		}
		restarted(rig);
	}

	private static void killedBeforeCommit(Rig rig) throws Exception {
		rig.countSkipped();
		rig.brokerRule(
				(message) -> (message.request() && message.api() == Proxy.OFFSET_COMMIT) ? Fate.HOLD : Fate.PASS);
		rig.await("F", "the commit of an offset is held", SOON, () -> rig.caughtOnTheWayToBrokers() > 2);
		TimeUnit.MILLISECONDS.sleep(rig.random().nextInt(500));
		rig.platform(0).kill();
		restarted(rig);
	}

	private static void restarted(Rig rig) throws Exception {
		// What is held is lost with the connections of the one who sent it.
		rig.brokerRule(NOTHING_PASSES);
		TimeUnit.MILLISECONDS.sleep(50);
		rig.brokerRule(Rule.PASS);
		rig.platform(0).start();
	}

	private static void frozenConsumer(Rig rig, int which) throws Exception {
		rig.platform(which).freeze();
		TimeUnit.SECONDS.sleep(6);
		int before = rig.journal().total("ok ");
		rig.await("L", "the other platform goes on alone", SOON, () -> rig.journal().total("ok ") > before + 20);
		well(rig, rig.platforms().get(1 - which).operator());
		rig.platform(which).thaw();
	}

	private static void frozenRelay(Rig rig, int which) throws Exception {
		rig.brokerRule((message) -> (!message.request() && message.api() == Proxy.PRODUCE) ? Fate.HOLD : Fate.PASS);
		rig.await("F", "something is held on its way to the broker", SOON,
				() -> rig.caughtOnTheWayToBrokers() > 4 && unpublished(rig).size() > 2);
		rig.platform(which).freeze();
		Set<String> left = unpublished(rig);
		rig.brokerRule(Rule.PASS);
		rig.await("L", "the other platform publishes what the frozen one left", SOON, () -> published(rig, left));
		rig.platform(which).thaw();
	}

	private static void brokerRestarted(Rig rig, int time) throws Exception {
		Node broker = rig.brokers().getFirst();
		if (time % 2 == 0) {
			broker.kill();
		}
		else {
			broker.end();
		}
		brokerAway(rig);
		broker.start();
	}

	private static void leaderKilled(Rig rig) throws Exception {
		Node leader = rig.brokers().get(leader(rig) - 1);
		leader.kill();
		TimeUnit.MILLISECONDS.sleep(rig.random().nextInt(2000));
		Set<String> left = unpublished(rig);
		rig.await("L", "the other two brokers take what was left", SOON, () -> published(rig, left));
		well(rig, rig.operator());
		leader.start();
		inSync(rig);
	}

	private static void twoDown(Rig rig) throws Exception {
		List<Node> down = new ArrayList<>(rig.brokers());
		Node last = down.remove(rig.random().nextInt(3));
		for (Node broker : down) {
			broker.kill();
		}
		// Of those who tell stories all may wait for something to be heard of.
		Client client = rig.client();
		for (int i = 0; i < 6; i++) {
			client.post("forfattare-0180", "/question-notes", Map.of("text", "Vad hjälper?", "area", "SBB"));
		}
		rig.await("H", "the metrics say that events wait", SOON,
				() -> rig.operator().metric("lokalabehov_outbox_pending") > 0
						&& rig.operator().metric("lokalabehov_outbox_oldest_seconds") > 5);
		rig.await("H", "readiness stays without the broker", SOON, () -> all(rig.operator(), "/readiness", 200));
		last.kill();
		for (Node broker : down) {
			broker.start();
		}
		TimeUnit.SECONDS.sleep(5);
		last.start();
		inSync(rig);
	}

	private static void tornOfThree(Rig rig) throws Exception {
		int leader = leader(rig);
		rig.brokers().get(leader - 1).kill();
		tear(rig, leader);
		rig.brokers().get(leader - 1).start();
		inSync(rig);
	}

	private static void tornOfOne(Rig rig, int time) throws Exception {
		rig.brokers().getFirst().kill();
		tear(rig, 1);
		rig.brokers().getFirst().start();
		// Those that go on publish after the hole; those that start look for it.
		if (time % 2 == 1) {
			rig.countSkipped();
			rig.platform(0).kill();
			rig.platform(0).start();
		}
		rig.await("L", "the loss is reported", SOON, () -> rig.operator().metric("lokalabehov_topic_lost") > 0);
		for (Topic<?> topic : Topics.all()) {
			rig.operator().act(topic.owner(), Map.of("action", "republish", "target", topic.name()));
		}
		rig.await("H", "nothing is reported as lost any more", SOON,
				() -> rig.operator().metric("lokalabehov_topic_lost") == 0);
	}

	/**
	 * Cuts the end of what a broker was writing, as when the page cache is lost; from
	 * every partition of ours that has something, between one byte and half of it.
	 */
	private static void tear(Rig rig, int broker) throws IOException {
		int torn = 0;
		try (Stream<Path> files = Files.walk(rig.directory().resolve("broker").resolve(Integer.toString(broker)))) {
			for (Path file : files.filter((one) -> one.toString().endsWith(".log"))
				.filter((one) -> one.toString().contains("/lokala-behov."))
				.toList()) {
				try (RandomAccessFile segment = new RandomAccessFile(file.toFile(), "rw")) {
					if (segment.length() > 2) {
						segment.setLength(segment.length() - 1 - rig.random().nextLong(segment.length() / 2));
						torn++;
					}
				}
			}
		}
		if (torn == 0) {
			rig.broken("F", "there was nothing to tear");
		}
	}

	private static void network(Rig rig, int time) throws Exception {
		switch (time % 5) {
			case 0 -> {
				rig.brokerRule(NOTHING_PASSES);
				brokerAway(rig);
			}
			case 1 -> {
				rig.brokerLines().forEach((line) -> line.delay(300));
				TimeUnit.SECONDS.sleep(8);
			}
			case 2 -> {
				for (int i = 0; i < 5; i++) {
					rig.brokerRule(NOTHING_PASSES);
					TimeUnit.MILLISECONDS.sleep(20);
					rig.brokerRule(Rule.PASS);
					TimeUnit.MILLISECONDS.sleep(rig.random().nextInt(1000));
				}
			}
			case 3 -> {
				rig.brokerRule((message) -> Fate.DROP);
				brokerAway(rig);
			}
			default -> {
				rig.brokerRule((message) -> message.request() ? Fate.PASS : Fate.DROP);
				rig.await("H", "the metrics say that events wait", SOON,
						() -> rig.operator().metric("lokalabehov_outbox_pending") > 0);
				TimeUnit.SECONDS.sleep(3);
			}
		}
		rig.brokerLines().forEach(Proxy::heal);
	}

	private static void store(Rig rig, int time) throws Exception {
		switch (time % 4) {
			case 0 -> {
				rig.store().kill();
				storeAway(rig);
				rig.store().start();
			}
			case 1 -> {
				rig.storeLine().delay(100);
				TimeUnit.SECONDS.sleep(10);
			}
			case 2 -> {
				rig.store().end();
				storeAway(rig);
				rig.store().start();
			}
			default -> {
				rig.storeLine().rule((message) -> Fate.DROP);
				storeAway(rig);
			}
		}
		rig.storeLine().heal();
	}

	private static void diskFull(Rig rig, int time) throws Exception {
		String what = List.of("broker", "store", "platform").get(time % 3);
		Path filler = rig.directory().resolve(what).resolve("filler");
		fill(filler);
		switch (what) {
			case "broker" -> brokerAway(rig);
			case "store" -> storeAway(rig);
			default -> {
				int before = rig.journal().total("ok ");
				rig.await("L", "acts are taken", SOON, () -> rig.journal().total("ok ") > before + 20);
			}
		}
		Files.delete(filler);
		if (what.equals("platform")) {
			String word = "ord" + rig.random().nextInt(Integer.MAX_VALUE);
			Client client = rig.client();
			client.post("redaktor-FOUV", "/records", Map.of("content", Story.report(word)));
			rig.await("L", "what is told of is found again", SOON,
					() -> !client.read("redaktor-FOUV", "/records?q=" + word).body().path("items").isEmpty());
			return;
		}
		// As the operator does it, who has made room: neither trusts its disk before
		// that.
		Node full = what.equals("broker") ? rig.brokers().getFirst() : rig.store();
		full.kill();
		full.start();
	}

	private static void fill(Path filler) throws IOException {
		byte[] block = new byte[4096];
		try (var out = Files.newOutputStream(filler)) {
			while (true) {
				out.write(block);
			}
		}
		catch (IOException ex) {
			// It is full.
			if (Files.size(filler) == 0) {
				throw ex;
			}
		}
	}

	/** Strangers join and leave every group while the store answers now and then. */
	private static void storm(Rig rig) throws Exception {
		List<Thread> strangers = new ArrayList<>();
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", rig.bootstrap()))) {
			for (var group : admin.describeConsumerGroups(groups(admin)).all().get().values()) {
				List<String> topics = group.members()
					.stream()
					.flatMap((member) -> member.assignment().topicPartitions().stream())
					.map(TopicPartition::topic)
					.distinct()
					.toList();
				if (!topics.isEmpty()) {
					strangers
						.add(Thread.ofVirtual().start(() -> joinAndLeave(rig.bootstrap(), group.groupId(), topics)));
				}
			}
		}
		if (strangers.isEmpty()) {
			rig.broken("F", "there was no group to join");
		}
		while (strangers.stream().anyMatch(Thread::isAlive)) {
			rig.storeLine().rule(NOTHING_PASSES);
			TimeUnit.MILLISECONDS.sleep(400);
			rig.storeLine().rule(Rule.PASS);
			TimeUnit.MILLISECONDS.sleep(400);
		}
	}

	private static void joinAndLeave(String bootstrap, String group, List<String> topics) {
		for (int i = 0; i < 3; i++) {
			try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
					Map.of("bootstrap.servers", bootstrap, "group.id", group, "enable.auto.commit", "false"),
					new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
				consumer.subscribe(topics);
				long until = System.nanoTime() + Duration.ofSeconds(2).toNanos();
				while (System.nanoTime() < until) {
					consumer.poll(Duration.ofMillis(100));
				}
			}
		}
	}

	private static void poison(Rig rig) throws Exception {
		try (Poison stranger = new Poison(rig)) {
			parkedAndCured(rig, stranger, stranger.give());
		}
	}

	private static void parkedAndCured(Rig rig, Poison stranger, List<Poison.Dose> doses) throws Exception {
		for (Poison.Dose dose : doses) {
			if (!rig.await("P", dose.form() + " is parked with its cause", SOON,
					() -> isParked(stranger.parked(dose.first()), false))) {
				return;
			}
			RecordMetadata second = dose.second();
			if (second != null) {
				rig.await("P", "what comes after " + dose.form() + " waits", SOON,
						() -> isParked(stranger.parked(second), true));
			}
			if (dose.key() != null && !stranger.knownIn(dose.key()).isEmpty()) {
				rig.broken("P", "what comes after " + dose.form() + " is in " + stranger.knownIn(dose.key()));
			}
		}
		rig.rest(true);
		rig.await("P", "other keys flow", Rig.REST,
				() -> rig.invariants().check().stream().allMatch((one) -> one.letter().equals("P")));
		rig.await("H", "the metrics say that something is parked", SOON,
				() -> rig.operator().metric("lokalabehov_parked") > 0);
		for (Poison.Dose dose : doses) {
			if (dose.key() != null) {
				stranger.put(dose.key(), 1);
			}
		}
		// What waited goes on when its predecessor comes, and the operator discards the
		// rest.
		for (Poison.Dose dose : doses) {
			RecordMetadata second = dose.second();
			if (second != null) {
				rig.await("P", "what waited for " + dose.form() + " goes on", SOON,
						() -> stranger.parked(second).values().stream().allMatch(Objects::isNull));
			}
		}
		if (stranger.discard() == 0) {
			rig.broken("P", "the operator had nothing to discard");
		}
	}

	private static boolean isParked(Map<String, @Nullable Document> places, boolean waits) {
		return !places.isEmpty() && places.values()
			.stream()
			.allMatch((parked) -> parked != null && parked.getBoolean("waits") == waits
					&& !parked.getString("cause").isBlank());
	}

	private static void notParked(Rig rig) throws Exception {
		rig.storeLine()
			.rule((message) -> (message.request() && message.says("update") && message.says("parked-events"))
					? Fate.RESET : Fate.PASS);
		try (Poison stranger = new Poison(rig)) {
			List<Poison.Dose> doses = stranger.give();
			rig.await("F", "parking is refused", SOON, () -> rig.storeLine().caught() > 3);
			TimeUnit.SECONDS.sleep(3);
			for (Poison.Dose dose : doses) {
				committedPast(rig, dose.first()).forEach(
						(group) -> rig.broken("L", group + " has committed past what is not parked: " + dose.form()));
			}
			rig.storeLine().heal();
			parkedAndCured(rig, stranger, doses);
		}
	}

	private static List<String> groups(Admin admin) throws Exception {
		return admin.listGroups(ListGroupsOptions.forConsumerGroups())
			.all()
			.get()
			.stream()
			.map(GroupListing::groupId)
			.toList();
	}

	/** The groups that will not be given a record again. */
	private static List<String> committedPast(Rig rig, RecordMetadata record) throws Exception {
		List<String> past = new ArrayList<>();
		TopicPartition partition = new TopicPartition(record.topic(), record.partition());
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", rig.bootstrap()))) {
			for (String group : groups(admin)) {
				OffsetAndMetadata committed = admin.listConsumerGroupOffsets(group)
					.partitionsToOffsetAndMetadata()
					.get()
					.get(partition);
				if (committed != null && committed.offset() > record.offset()) {
					past.add(group);
				}
			}
		}
		return past;
	}

	private static void replayed(Rig rig) throws Exception {
		rig.rest(true);
		FaultRun.atRest(rig, "LDO");
		Map<String, String> before = rig.operator().hashes();
		try (Poison stranger = new Poison(rig)) {
			stranger.sendAgain(rig.random());
		}
		rig.await("H", "nothing lags", Rig.REST, () -> rig.operator().metric("lokalabehov_consumer_lag_records") == 0);
		Map<String, String> after = rig.operator().hashes();
		before.forEach((view, hash) -> {
			if (!hash.equals(after.get(view))) {
				rig.broken("D", view + " is not as before everything was sent once more");
			}
		});
	}

	private static void rolled(Rig rig, int which) throws Exception {
		rig.countSkipped();
		rig.platform(which).end();
		TimeUnit.MILLISECONDS.sleep(rig.random().nextInt(3000));
		rig.platform(which).start();
	}

	/** The broker that leads a partition of ours. */
	private static int leader(Rig rig) throws Exception {
		List<Integer> leaders = partitions(rig).stream()
			.filter((partition) -> partition.leader() != null)
			.map((partition) -> partition.leader().id())
			.toList();
		return leaders.get(rig.random().nextInt(leaders.size()));
	}

	private static void inSync(Rig rig) throws Exception {
		rig.await("H", "all copies are in sync again", Rig.REST,
				() -> partitions(rig).stream().allMatch((partition) -> partition.isr().size() == 3));
	}

	private static List<TopicPartitionInfo> partitions(Rig rig) throws Exception {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", rig.bootstrap()))) {
			return admin.describeTopics(Topics.all().stream().map(Topic::name).toList())
				.allTopicNames()
				.get()
				.values()
				.stream()
				.map(TopicDescription::partitions)
				.flatMap(List::stream)
				.toList();
		}
	}

	/**
	 * H: nobody is sent to one who has no store (503, or no answer in time, which a probe
	 * takes for the same), and nobody starts the process again for it.
	 */
	private static void storeAway(Rig rig) throws Exception {
		rig.await("H", "nobody is ready without the store", SOON, () -> {
			for (String service : Operator.SERVICES) {
				if (rig.operator().health(service, "/readiness") == 200) {
					return false;
				}
			}
			return true;
		});
		rig.await("H", "liveness stays without the store", SOON, () -> all(rig.operator(), "/liveness", 200));
	}

	/** H: acts are taken, they wait, and health says why. */
	private static void brokerAway(Rig rig) throws Exception {
		rig.await("H", "health says that the broker is away", SOON, () -> all(rig.operator(), "", 503));
		rig.await("H", "readiness stays without the broker", SOON, () -> all(rig.operator(), "/readiness", 200));
		rig.await("H", "the metrics say that events wait", SOON,
				() -> rig.operator().metric("lokalabehov_outbox_pending") > 0);
	}

	/** H: everything is well, and says so. */
	static boolean well(Rig rig, Operator operator) throws InterruptedException {
		return rig.await("H", "health and readiness say that all is well", SOON,
				() -> all(operator, "", 200) && all(operator, "/readiness", 200));
	}

	private static boolean all(Operator operator, String group, int status) throws InterruptedException {
		for (String service : Operator.SERVICES) {
			if (operator.health(service, group) != status) {
				return false;
			}
		}
		return true;
	}

	private static boolean published(Rig rig, Set<String> left) {
		return Collections.disjoint(unpublished(rig), left);
	}

	/** What the store has and the broker has not confirmed, as collection/id. */
	private static Set<String> unpublished(Rig rig) {
		Set<String> found = new HashSet<>();
		try (MongoClient client = MongoClients.create(rig.storeAddress())) {
			client.listDatabaseNames().forEach((database) -> {
				for (String collection : client.getDatabase(database).listCollectionNames()) {
					client.getDatabase(database)
						.getCollection(collection)
						.find(Filters.eq("unpublished", true))
						.forEach((document) -> found.add(collection + "/" + document.get("_id")));
				}
			});
		}
		return found;
	}

}
