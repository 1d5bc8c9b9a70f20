package se.lokalabehov.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;
import se.lokalabehov.testsupport.Node;
import se.lokalabehov.testsupport.Server;

/**
 * What a row of the suite is played on: brokers, a store and one or two platforms, each a
 * process of its own with a {@link Proxy} before it, clients that tell stories to the
 * platforms all the time, and what has been found not to hold.
 */
final class Rig implements AutoCloseable {

	/**
	 * What a row needs.
	 *
	 * @param brokers 1, or 3 beside a controller (replication 3, at least 2 in sync)
	 * @param platforms 1 or 2, on the same broker and store
	 * @param clients that tell stories to each platform from the beginning on
	 * @param options for the platforms' JVMs
	 * @param kafka settings of the brokers that differ from the usual
	 * @param small what has a small disk of its own: {@code broker}, {@code store} or
	 * {@code platform}
	 * @param clock whether the platform's clock can be put forward and back
	 * @param before whether the second platform is of the version before
	 */
	record Needs(int brokers, int platforms, int clients, List<String> options, Map<String, String> kafka,
			List<String> small, boolean clock, boolean before) {

		static final Needs USUAL = new Needs(1, 1, 3, List.of(), Map.of(), List.of(), false, false);

		static final Needs CLUSTER = new Needs(3, 1, 3, List.of(), Map.of(), List.of(), false, false);

		Needs platforms(int number) {
			return new Needs(this.brokers, number, this.clients, this.options, this.kafka, this.small, this.clock,
					this.before);
		}

		Needs clients(int number) {
			return new Needs(this.brokers, this.platforms, number, this.options, this.kafka, this.small, this.clock,
					this.before);
		}

		Needs options(List<String> more) {
			List<String> all = new ArrayList<>(this.options);
			all.addAll(more);
			return new Needs(this.brokers, this.platforms, this.clients, all, this.kafka, this.small, this.clock,
					this.before);
		}

		Needs kafka(Map<String, String> more) {
			Map<String, String> all = new TreeMap<>(this.kafka);
			all.putAll(more);
			return new Needs(this.brokers, this.platforms, this.clients, this.options, all, this.small, this.clock,
					this.before);
		}

		Needs small(String... what) {
			return new Needs(this.brokers, this.platforms, this.clients, this.options, this.kafka, List.of(what),
					this.clock, this.before);
		}

		Needs withBefore() {
			return new Needs(this.brokers, this.platforms, this.clients, this.options, this.kafka, this.small,
					this.clock, true);
		}

		Needs withClock() {
			return new Needs(this.brokers, this.platforms, this.clients, this.options, this.kafka, this.small, true,
					this.before);
		}

	}

	/**
	 * A platform that runs.
	 *
	 * @param child its process's description
	 * @param operator who looks at it
	 */
	record Platform(Child child, Operator operator) {
	}

	/** Until everything is as before a fault; mutants need not be waited for so long. */
	static final Duration REST = Duration.parse(System.getProperty("faults.rest", "PT3M"));

	/** Commands. */
	private static final int FULL = 3000;

	/** For {@code clock.c}. */
	private static final String COMPILER = "/usr/bin/cc";

	/**
	 * A file with the class path of the version before, as deploy/upgrade.sh makes it.
	 */
	private static final String BEFORE = System.getProperty("faults.before", "");

	private final Path directory;

	private final Needs needs;

	private final Random random;

	private final Journal journal = new Journal();

	private final List<Invariants.Broken> broken = new ArrayList<>();

	private final List<Node> brokers = new ArrayList<>();

	private final List<Proxy> brokerLines = new ArrayList<>();

	/** Past the proxies, for those who look from outside. */
	private final List<String> inside = new ArrayList<>();

	private final List<Platform> platforms = new ArrayList<>();

	private final List<Node> running = new ArrayList<>();

	private final Set<Integer> ports = new HashSet<>();

	private final List<Path> mounted = new ArrayList<>();

	private final List<Client> clients = new ArrayList<>();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final Node store;

	private final Proxy storeLine;

	private final String storeInside;

	/** Platform to what its process had skipped when it was last asked. */
	private final Map<Integer, Double> counted = new HashMap<>();

	private double skipped;

	private Rig(Path directory, Needs needs, Random random) throws Exception {
		this.directory = directory;
		this.needs = needs;
		this.random = random;
		for (String what : needs.small()) {
			mount(Files.createDirectories(directory.resolve(what)));
		}
		int port = freePort();
		int line = freePort();
		this.storeInside = "mongodb://127.0.0.1:" + port + "/";
		this.store = server("store", 3000, "store", directory.resolve("store").toString(), Integer.toString(port));
		this.storeLine = new Proxy(Proxy.Protocol.MONGO, line, port);
		String bootstrap = String.join(",", cluster().stream().map((one) -> "127.0.0.1:" + one).toList());
		for (int i = 0; i < needs.platforms(); i++) {
			Child child = new Child(directory.resolve("platform").resolve(Integer.toString(i)), needs.options(),
					(i == 1 && needs.before()) ? UpgradeRun.withChild(Files.readString(Path.of(BEFORE)).strip())
							: CrashChild.classPath(),
					List.of(bootstrap, "mongodb://127.0.0.1:" + line + "/"), needs.clock() ? Map.of("LD_PRELOAD",
							directory.resolve("clock.so").toString(), "CLOCK_FILE", clock().toString()) : Map.of());
			this.platforms.add(new Platform(child, new Operator(child.port())));
		}
	}

	/** Starts it; returns when it is told stories. */
	static Rig start(Needs needs, Random random) throws Exception {
		Rig rig = new Rig(Files.createTempDirectory("faults"), needs, random);
		try {
			rig.begin();
			return rig;
		}
		catch (Exception ex) {
			rig.close();
			throw ex;
		}
	}

	private void begin() throws Exception {
		Files.createDirectories(this.directory.resolve("platform"));
		if (this.needs.clock()) {
			clock(0);
			Path source = this.directory.resolve("clock.c");
			try (InputStream in = Objects.requireNonNull(Rig.class.getResourceAsStream("clock.c"))) {
				Files.copy(in, source);
			}
			run(COMPILER, "-shared", "-fPIC", "-o", this.directory.resolve("clock.so").toString(), source.toString());
		}
		inParallel(this.running.stream().<Callable<Object>>map((one) -> one::start).toList());
		for (Platform platform : this.platforms) {
			this.running.add(platform.child().start());
		}
		tell();
	}

	/** Whether this machine has what a row needs; otherwise why not. */
	static String lacks(Needs needs) {
		if (needs.clock() && !Files.exists(Path.of(COMPILER))) {
			return "no C compiler at " + COMPILER;
		}
		if (needs.before() && BEFORE.isEmpty()) {
			return "no version before is given (deploy/upgrade.sh plays it)";
		}
		return (needs.small().isEmpty() || "root".equals(System.getProperty("user.name"))) ? ""
				: "only root can mount a small disk";
	}

	/**
	 * Whether it can go on with a row: as good as new, and not too full to look through.
	 */
	boolean serves(Needs other) {
		return this.needs.equals(other) && this.broken.isEmpty() && this.journal.total("ok ") < FULL;
	}

	private Node server(String name, int megabytes, String... arguments) {
		List<String> main = new ArrayList<>(
				List.of("-cp", System.getProperty("java.class.path"), Server.class.getName()));
		main.addAll(List.of(arguments));
		Node node = new Node(this.directory.resolve(name + ".log"), List.of("-Xmx" + megabytes + "m"), main, Map.of());
		this.running.add(node);
		return node;
	}

	/** The brokers, not started yet; gives the ports that they advertise. */
	private List<Integer> cluster() throws IOException {
		boolean alone = this.needs.brokers() == 1;
		int controller = freePort();
		List<Integer> advertised = new ArrayList<>();
		for (int node = 1; node <= this.needs.brokers(); node++) {
			int port = freePort();
			int line = freePort();
			int within = freePort();
			Properties settings = settings(node, (alone ? 1 : 100) + "@127.0.0.1:" + controller);
			settings.put("process.roles", alone ? "broker,controller" : "broker");
			settings.put("log.dirs", this.directory.resolve("broker").resolve(Integer.toString(node)).toString());
			settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",WITHIN://127.0.0.1:" + within
					+ (alone ? ",CONTROLLER://127.0.0.1:" + controller : ""));
			settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + line + ",WITHIN://127.0.0.1:" + within);
			settings.put("inter.broker.listener.name", "WITHIN");
			this.brokers.add(server("broker-" + node, 256, "broker", written("broker-" + node, settings).toString()));
			this.brokerLines.add(new Proxy(Proxy.Protocol.KAFKA, line, port));
			this.inside.add("127.0.0.1:" + within);
			advertised.add(line);
		}
		if (!alone) {
			Properties settings = settings(100, "100@127.0.0.1:" + controller);
			settings.put("process.roles", "controller");
			settings.put("log.dirs", this.directory.resolve("controller").toString());
			settings.put("listeners", "CONTROLLER://127.0.0.1:" + controller);
			this.running.addFirst(server("controller", 128, "broker", written("controller", settings).toString()));
			this.running.removeLast();
		}
		return advertised;
	}

	/** As in production, but soon aware of what is dead. */
	private Properties settings(int node, String voters) {
		boolean alone = this.needs.brokers() == 1;
		String copies = alone ? "1" : "3";
		String inSync = alone ? "1" : "2";
		Properties settings = new Properties();
		settings.put("node.id", Integer.toString(node));
		settings.put("controller.quorum.voters", voters);
		settings.put("controller.listener.names", "CONTROLLER");
		settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,WITHIN:PLAINTEXT,CONTROLLER:PLAINTEXT");
		settings.put("auto.create.topics.enable", "false");
		settings.put("unclean.leader.election.enable", "false");
		settings.put("default.replication.factor", copies);
		settings.put("min.insync.replicas", inSync);
		settings.put("offsets.topic.replication.factor", copies);
		settings.put("offsets.topic.num.partitions", "3");
		settings.put("transaction.state.log.replication.factor", copies);
		settings.put("transaction.state.log.min.isr", inSync);
		settings.put("share.coordinator.state.topic.replication.factor", copies);
		settings.put("share.coordinator.state.topic.min.isr", inSync);
		settings.put("log.retention.ms", "-1");
		settings.put("broker.session.timeout.ms", "3000");
		settings.put("broker.heartbeat.interval.ms", "500");
		settings.put("group.initial.rebalance.delay.ms", "0");
		settings.put("group.min.session.timeout.ms", "1000");
		settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
		settings.put("log.cleaner.io.buffer.size", Integer.toString(64 * 1024));
		settings.put("offsets.load.buffer.size", Integer.toString(1024 * 1024));
		settings.put("log.index.size.max.bytes", Integer.toString(64 * 1024));
		settings.put("metric.reporters", "");
		settings.putAll(this.needs.kafka());
		return settings;
	}

	private Path written(String name, Properties settings) throws IOException {
		Path file = this.directory.resolve(name + ".properties");
		try (Writer writer = Files.newBufferedWriter(file)) {
			settings.store(writer, null);
		}
		return file;
	}

	/** Below those that the system gives to clients, which would take it meanwhile. */
	private int freePort() throws IOException {
		for (int attempt = 0; attempt < 100; attempt++) {
			int port = 10_000 + this.random.nextInt(9_000);
			if (!this.ports.add(port)) {
				continue;
			}
			try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return free.getLocalPort();
			}
			catch (IOException ex) {
				// Taken: another one.
			}
		}
		throw new IOException("no free ports");
	}

	private void inParallel(List<Callable<Object>> tasks) throws Exception {
		for (var done : this.executor.invokeAll(tasks)) {
			done.get();
		}
	}

	private void tell() {
		for (Platform platform : this.platforms) {
			for (int i = 0; i < this.needs.clients(); i++) {
				Client client = client(platform);
				this.clients.add(client);
				this.executor.execute(client::tellOn);
			}
		}
	}

	/** One who acts at the first platform when told to. */
	Client client() {
		return client(this.platforms.getFirst());
	}

	private Client client(Platform platform) {
		return new Client(platform.child().port(), this.journal, this.random.nextLong());
	}

	/** Lets the clients rest, or go on; rested when nothing is under way. */
	void rest(boolean now) throws InterruptedException {
		this.clients.forEach((client) -> client.rest(now));
		long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (now && this.journal.inFlight().get() > 0 && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	Random random() {
		return this.random;
	}

	Journal journal() {
		return this.journal;
	}

	Path directory() {
		return this.directory;
	}

	Node store() {
		return this.store;
	}

	Proxy storeLine() {
		return this.storeLine;
	}

	String storeAddress() {
		return this.storeInside;
	}

	List<Node> brokers() {
		return this.brokers;
	}

	List<Proxy> brokerLines() {
		return this.brokerLines;
	}

	/** Where brokers are found past their proxies. */
	String bootstrap() {
		return String.join(",", this.inside);
	}

	/** The same rule for every broker. */
	void brokerRule(Proxy.Rule rule) {
		this.brokerLines.forEach((line) -> line.rule(rule));
	}

	int caughtOnTheWayToBrokers() {
		return this.brokerLines.stream().mapToInt(Proxy::caught).sum();
	}

	List<Platform> platforms() {
		return this.platforms;
	}

	Operator operator() {
		return this.platforms.getFirst().operator();
	}

	Node platform(int which) {
		return this.running.get(this.running.size() - this.platforms.size() + which);
	}

	/** Makes the platform's clock wrong by so many seconds. */
	void clock(long seconds) throws IOException {
		// Not cut first: it is mapped.
		Files.write(clock(), ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(seconds).array(),
				StandardOpenOption.CREATE, StandardOpenOption.WRITE);
	}

	private Path clock() {
		return this.directory.resolve("clock");
	}

	/** Counts what views have skipped, before a process is ended, and for the report. */
	void countSkipped() throws InterruptedException {
		for (int i = 0; i < this.platforms.size(); i++) {
			try {
				double now = this.platforms.get(i).operator().metric("lokalabehov_events_skipped_total");
				double before = this.counted.getOrDefault(i, 0.0);
				// Less than before: it has been started anew, and counts from nothing.
				this.skipped += (now >= before) ? now - before : now;
				this.counted.put(i, now);
			}
			catch (IOException | IllegalStateException ex) {
				this.journal.count("unread");
			}
		}
	}

	double skipped() {
		return this.skipped;
	}

	Invariants invariants() {
		return new Invariants(this.storeInside, bootstrap(), this.journal);
	}

	List<Invariants.Broken> broken() {
		return this.broken;
	}

	/** Writes down what does not hold. */
	void broken(String letter, String what) {
		this.broken.add(new Invariants.Broken(letter, what));
	}

	/**
	 * Waits until something is true; what is not in time is broken.
	 * @param letter of the invariant that it belongs to
	 * @param what should be true
	 * @return whether it was
	 */
	boolean await(String letter, String what, Duration atMost, Callable<Boolean> condition)
			throws InterruptedException {
		long deadline = System.nanoTime() + atMost.toNanos();
		String last = "";
		do {
			try {
				if (condition.call()) {
					return true;
				}
			}
			catch (InterruptedException ex) {
				throw ex;
			}
			catch (Exception ex) {
				last = " (" + ex + ")";
			}
			TimeUnit.MILLISECONDS.sleep(250);
		}
		while (System.nanoTime() < deadline);
		broken(letter, "not within " + atMost.toSeconds() + " s: " + what + last);
		return false;
	}

	private void mount(Path where) throws IOException, InterruptedException {
		run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", where.toString());
		this.mounted.add(where);
	}

	private static void run(String... command) throws IOException, InterruptedException {
		int code = new ProcessBuilder(command).inheritIO().start().waitFor();
		if (code != 0) {
			throw new IOException(String.join(" ", command) + " ended with " + code);
		}
	}

	@Override
	public void close() throws IOException, InterruptedException {
		this.clients.forEach(Client::stop);
		this.executor.shutdownNow();
		for (Node node : this.running.reversed()) {
			node.kill();
		}
		for (Proxy line : this.brokerLines) {
			line.close();
		}
		this.storeLine.close();
		for (Path where : this.mounted) {
			run("umount", where.toString());
		}
		if (this.broken.isEmpty() || !Boolean.getBoolean("faults.keep")) {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		else {
			System.out.println("kept: " + this.directory);
		}
	}

}
