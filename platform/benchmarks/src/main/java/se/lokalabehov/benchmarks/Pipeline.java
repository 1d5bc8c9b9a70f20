package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bson.Document;
import se.lokalabehov.benchmarks.Seeing.Window;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.testsupport.TestIssuer;
import tools.jackson.databind.json.JsonMapper;

/**
 * From a command to its read model, beside the limit (a) and beside what others would
 * pick (b, c), on one broker and one store that all share.
 */
final class Pipeline implements Section {

	/** The same for all that are measured here. */
	static final List<String> JVM = List.of("-Xmx768m", "-XX:+UseSerialGC");

	private static final String OURS = "lokala-behov-need-intake";

	/** The first version of the view, which is never made anew here. */
	private static final String OURS_SEEN = "notes-seen.v1";

	private static final JsonMapper JSON = JsonMapper.shared();

	/** One way from a command to its read model. */
	private interface Side {

		/** The process, without the broker and the store. */
		Child child();

		Window capacity(Duration duration) throws Exception;

		Window alone(Duration duration) throws Exception;

	}

	/** A Boot application, asked over HTTP. */
	private record Application(Child child, Seeing seeing) implements Side {

		@Override
		public Window capacity(Duration duration) throws Exception {
			return this.seeing.capacity(duration);
		}

		@Override
		public Window alone(Duration duration) {
			return this.seeing.alone(duration);
		}

	}

	/** The limit, which is told what to do. */
	private static final class Limit implements Side {

		private final Child child;

		private int number;

		Limit(Child child) {
			this.child = child;
		}

		@Override
		public Child child() {
			return this.child;
		}

		@Override
		public Window capacity(Duration duration) throws Exception {
			return told("capacity", duration);
		}

		@Override
		public Window alone(Duration duration) throws Exception {
			return told("alone", duration);
		}

		private Window told(String what, Duration duration) throws IOException, InterruptedException {
			this.number++;
			this.child.tell(this.number + " " + what + " " + duration.toMillis());
			return JSON.readValue(this.child.said("DONE " + this.number + " "), Window.class);
		}

	}

	/**
	 * A window and what it cost.
	 *
	 * @param window what it gave
	 * @param cpuMillis of a processor for each command: side, broker and store
	 */
	private record Measured(Window window, double cpuMillis) {
	}

	@Override
	public String name() {
		return "pipeline";
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		report.heading("Command -> store -> outbox -> Kafka -> read model");
		try (Servers servers = new Servers(settings, name()); TestIssuer issuer = TestIssuer.start()) {
			Servers.Base base = servers.base(List.of("-Xmx6g", "-XX:+UseParallelGC"));
			topics(base, Bare.TOPIC, "bench.modulith", "bench.stream");
			Bearer bearer = new Bearer(issuer);
			List<String> resourceServer = List
				.of("--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer.issuer());
			Servers.Running ours = servers.application("ours", JVM, Servers.jar("platform/benchmarks/sides/ours"), base,
					Servers.trusting(issuer.issuer()));
			Path others = Servers.jar("platform/benchmarks/sides/others");
			Servers.Running modulith = servers.application("modulith", JVM, others, base,
					Stream.concat(Stream.of("modulith"), resourceServer.stream()).toList());
			Servers.Running stream = servers.application("stream", JVM, others, base,
					Stream.concat(Stream.of("stream"), resourceServer.stream()).toList());
			try (MongoClient client = MongoClients.create(base.store())) {
				Side a = application(ours, bearer, seen(client, OURS, OURS_SEEN));
				a.alone(Duration.ofSeconds(1));
				Files.writeString(servers.directory().resolve("samples.json"), samples(base, client).toJson());
				Child bare = servers.start("bare", JVM, Bare.class, base.bootstrap(), base.store(),
						servers.directory().resolve("samples.json").toString());
				bare.said("READY");
				Map<String, Side> sides = new HashMap<>();
				sides.put("ours", a);
				sides.put("bare", new Limit(bare));
				sides.put("modulith", application(modulith, bearer, seen(client, "modulith", "notes-seen")));
				sides.put("stream", application(stream, bearer, seen(client, "stream", "notes-seen")));
				new Measuring(settings, report, sides, base, client).measure();
			}
		}
	}

	/**
	 * All sides in turn.
	 */
	private record Measuring(Settings settings, Report report, Map<String, Side> sides, Servers.Base base,
			MongoClient client) {

		void measure() throws Exception {
			Side ours = Objects.requireNonNull(this.sides.get("ours"));
			for (Side side : this.sides.values()) {
				side.capacity(this.settings.warm());
				side.alone(this.settings.warm().dividedBy(3));
				forget();
			}
			List<List<String>> rows = new ArrayList<>();
			Map<String, Pairs<Measured>> capacities = new HashMap<>();
			Map<String, Pairs<Measured>> waits = new HashMap<>();
			for (String name : List.of("ours", "bare", "modulith", "stream")) {
				Side other = Objects.requireNonNull(this.sides.get(name));
				Duration window = this.settings.window();
				Pairs<Measured> capacity = Pairs.measure(this.settings.rounds(),
						() -> measured(ours, () -> ours.capacity(window)),
						() -> measured(other, () -> other.capacity(window)));
				Pairs<Measured> alone = Pairs.measure(this.settings.rounds(),
						() -> measured(ours, () -> ours.alone(window.dividedBy(2))),
						() -> measured(other, () -> other.alone(window.dividedBy(2))));
				capacities.put(name, capacity);
				waits.put(name, alone);
				rows.add(row(name, capacity, alone));
				System.out.println(rows.getLast());
			}
			this.report
				.text("Medians of all windows. Clients share the processors with what is measured, except that the limit"
						+ " (bare) is its own client and has no door: no HTTP, no security. CPU is that of the side, the broker and"
						+ " the store. Visible counts from the command.");
			this.report.table(List.of("side", "accepted/s, 32 clients", "visible/s", "CPU ms per event", "failed",
					"accepted p50 / p99 ms, one client", "visible p50 / p99 ms, one client",
					"CPU ms per event, one client"), rows);
			ratios(this.report, capacities, waits);
		}

		private Measured measured(Side side, Callable<Window> measuring) throws Exception {
			forget();
			double before = cpuSeconds(side, this.base);
			Window window = measuring.call();
			return new Measured(window, 1000 * (cpuSeconds(side, this.base) - before) / window.done());
		}

		/**
		 * Takes away what earlier windows wrote: the embedded store has all of it in
		 * memory, and would soon do nothing but look for room.
		 */
		private void forget() throws InterruptedException {
			// What was seen may not have been marked as sent yet.
			TimeUnit.MILLISECONDS.sleep(300);
			for (String database : List.of(OURS, "bare", "modulith", "stream")) {
				for (String collection : List.of("notes", OURS_SEEN, "notes-seen")) {
					this.client.getDatabase(database).getCollection(collection).deleteMany(new Document());
				}
			}
		}

	}

	private static void ratios(Report report, Map<String, Pairs<Measured>> capacities,
			Map<String, Pairs<Measured>> waits) {
		Pairs<Measured> same = Objects.requireNonNull(capacities.get("ours"));
		report.sameBesideSame("accepted/s", same.ratio((one) -> one.window().acceptedPerSecond()));
		report.sameBesideSame("visible/s", same.ratio((one) -> one.window().visiblePerSecond()));
		for (String[] goal : new String[][] { { "bare", "at least 0.4, aim 0.6" }, { "modulith", "at least 3" },
				{ "stream", "at least 0.9" } }) {
			Pairs<Measured> pairs = Objects.requireNonNull(capacities.get(goal[0]));
			report.ratio("accepted/s, ours to " + goal[0], pairs.ratio((one) -> one.window().acceptedPerSecond()),
					goal[1]);
			report.ratio("visible/s, ours to " + goal[0], pairs.ratio((one) -> one.window().visiblePerSecond()),
					goal[1]);
			report.ratio("CPU per event, ours to " + goal[0], pairs.ratio(Measured::cpuMillis), "");
		}
		Pairs<Measured> bare = Objects.requireNonNull(waits.get("bare"));
		report.ratio("visible p99 with one client, ours to bare", bare.ratio((one) -> one.window().visibleP99()),
				"at most 2");
		report.figure("visible p50 with one client (at most 20 ms)", "median of windows",
				bare.medianOfA((one) -> one.window().visibleP50()), "ms");
	}

	private static List<String> row(String name, Pairs<Measured> capacity, Pairs<Measured> alone) {
		return List.of(name, Report.number(capacity.medianOfB((one) -> one.window().acceptedPerSecond())),
				Report.number(capacity.medianOfB((one) -> one.window().visiblePerSecond())),
				Report.number(capacity.medianOfB(Measured::cpuMillis)),
				Long.toString(capacity.b().stream().mapToLong((one) -> one.window().failed()).sum()),
				Report.number(alone.medianOfB((one) -> one.window().acceptedP50())) + " / "
						+ Report.number(alone.medianOfB((one) -> one.window().acceptedP99())),
				Report.number(alone.medianOfB((one) -> one.window().visibleP50())) + " / "
						+ Report.number(alone.medianOfB((one) -> one.window().visibleP99())),
				Report.number(alone.medianOfB(Measured::cpuMillis)));
	}

	private static double cpuSeconds(Side side, Servers.Base base) {
		return side.child().cpuSeconds() + base.children().stream().mapToDouble(Child::cpuSeconds).sum();
	}

	private static Side application(Servers.Running running, Bearer bearer, MongoCollection<Document> seen)
			throws IOException, InterruptedException {
		Http http = new Http(running.ready().address());
		return new Application(running.child(), new Seeing(() -> Note.send(http, bearer), seen));
	}

	private static MongoCollection<Document> seen(MongoClient client, String database, String collection) {
		return client.getDatabase(database).getCollection(collection);
	}

	/** Makes topics as the platform makes its own. */
	private static void topics(Servers.Base base, String... names) throws Exception {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", base.bootstrap()))) {
			admin.createTopics(Stream.of(names).map((name) -> new NewTopic(name, 6, (short) -1)).toList()).all().get();
		}
	}

	/** What our side wrote for one command, so that the limit writes the same bytes. */
	private static Document samples(Servers.Base base, MongoClient client) {
		Document seen = Objects.requireNonNull(seen(client, OURS, OURS_SEEN).find().first());
		Document kept = Objects.requireNonNull(
				client.getDatabase(OURS).getCollection("notes").find(new Document("_id", seen.get("_id"))).first());
		try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
				new HashMap<>(Map.of("bootstrap.servers", base.bootstrap())), new StringDeserializer(),
				new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(Topics.QUESTION_NOTES.name())
				.stream()
				.map((one) -> new TopicPartition(one.topic(), one.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			ConsumerRecord<String, byte[]> event = consumer.poll(Duration.ofSeconds(30)).iterator().next();
			Document headers = new Document();
			for (Header header : event.headers()) {
				headers.append(header.key(), new String(header.value(), StandardCharsets.UTF_8));
			}
			return new Document("kept", kept).append("seen", seen)
				.append("value", new String(event.value(), StandardCharsets.UTF_8))
				.append("headers", headers);
		}
	}

}
