package se.lokalabehov.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;
import se.lokalabehov.testsupport.Server;

/**
 * Starts what is measured, as processes of their own with their data in one directory,
 * and ends it all.
 */
final class Servers implements AutoCloseable {

	/** The demo issuer's port, counted from the portal's. */
	private static final int ISSUER = 920;

	/**
	 * A broker and a store.
	 *
	 * @param children their processes
	 * @param bootstrap where Kafka clients connect
	 * @param store where MongoDB clients connect
	 */
	record Base(List<Child> children, String bootstrap, String store) {

		/** What a Boot application is told. */
		List<String> arguments() {
			return List.of("--spring.kafka.bootstrap-servers=" + this.bootstrap, "--spring.mongodb.uri=" + this.store);
		}

	}

	/**
	 * Something that answers over HTTP.
	 *
	 * @param child its process
	 * @param address where, for one without a path
	 */
	record Running(Child child, URI address) {

		/** Waits until it says that it is ready to be asked. */
		Running ready() throws IOException, InterruptedException {
			this.child.answers(this.address.resolve("/actuator/health/readiness"));
			return this;
		}

	}

	private final Path directory;

	private final List<Child> children = new ArrayList<>();

	private final Set<Integer> ports = new HashSet<>();

	private final Random random = new Random();

	/**
	 * Nothing runs yet.
	 * @param settings where logs are kept, and data until it is closed
	 * @param name of the directory
	 */
	Servers(Settings settings, String name) throws IOException {
		this.directory = settings.out().resolve(name);
		FileSystemUtils.deleteRecursively(this.directory);
		Files.createDirectories(this.directory);
	}

	/**
	 * The repository, whose modules have been built; {@code -Dbench.root} says another
	 * one.
	 */
	static Path root() {
		String given = System.getProperty("bench.root");
		if (given != null) {
			return Path.of(given).toAbsolutePath();
		}
		Path here = Path.of("").toAbsolutePath();
		while (!Files.exists(here.resolve("platform/standalone/pom.xml"))) {
			here = here.getParent();
			if (here == null) {
				throw new IllegalStateException("this is not run in the repository; say -Dbench.root=DIR");
			}
		}
		return here;
	}

	/** What the standalone is run with, and nothing that only tests have. */
	static String standaloneClassPath() throws IOException {
		Path target = root().resolve("platform/standalone/target");
		return target.resolve("classes") + File.pathSeparator
				+ Files.readString(built(target.resolve("standalone.classpath"))).strip();
	}

	/** The jar of a module that is run by itself. */
	static Path jar(String module) throws IOException {
		Path target = built(root().resolve(module).resolve("target"));
		try (Stream<Path> files = Files.list(target)) {
			return files.filter((file) -> file.getFileName().toString().endsWith("-exec.jar"))
				.findFirst()
				.orElseThrow(
						() -> new IllegalStateException("no jar in " + target + "; mvn -DskipTests install first"));
		}
	}

	private static Path built(Path what) {
		if (!Files.exists(what)) {
			throw new IllegalStateException(what + " is not there; mvn -DskipTests install first");
		}
		return what;
	}

	/** Where data and logs are. */
	Path directory() {
		return this.directory;
	}

	/**
	 * Starts a process.
	 * @param name of its log
	 * @param options of the JVM
	 * @param main class path and class, or jar, and arguments
	 */
	Child start(String name, List<String> options, List<String> main) throws IOException {
		Child child = Child.start(this.directory.resolve(name + ".log"), options, main);
		this.children.add(child);
		return child;
	}

	/** Starts a class of this module, or of what it depends on. */
	Child start(String name, List<String> options, Class<?> main, String... arguments) throws IOException {
		List<String> all = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		all.addAll(List.of(arguments));
		return start(name, options, all);
	}

	/**
	 * The embedded broker and store, as one process.
	 * @param options of the JVM, such as {@code -Xmx4g}
	 */
	Base base(List<String> options) throws IOException, InterruptedException {
		Child child = start("base", options, Backend.class, this.directory.resolve("base").toString());
		String[] said = child.said("READY ").split(" ");
		return new Base(List.of(child), said[0], said[1]);
	}

	/**
	 * Three brokers and their controller (three copies, at least two in sync), and a
	 * store.
	 * @param storeOptions of the store's JVM
	 */
	Base cluster(List<String> storeOptions) throws IOException, InterruptedException {
		int controller = freePort();
		List<Child> started = new ArrayList<>();
		List<String> addresses = new ArrayList<>();
		started.add(broker(100, controller, "CONTROLLER://127.0.0.1:" + controller, "controller"));
		for (int node = 1; node <= 3; node++) {
			String address = "127.0.0.1:" + freePort();
			addresses.add(address);
			started.add(broker(node, controller, "PLAINTEXT://" + address, "broker"));
		}
		int port = freePort();
		started.add(start("store", storeOptions, Server.class, "store", this.directory.resolve("store").toString(),
				Integer.toString(port)));
		for (Child child : started) {
			child.said("READY");
		}
		return new Base(started, String.join(",", addresses), "mongodb://127.0.0.1:" + port + "/");
	}

	private Child broker(int node, int controller, String listener, String roles) throws IOException {
		Properties settings = new Properties();
		settings.put("process.roles", roles);
		settings.put("node.id", Integer.toString(node));
		settings.put("controller.quorum.voters", "100@127.0.0.1:" + controller);
		settings.put("controller.listener.names", "CONTROLLER");
		settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
		settings.put("listeners", listener);
		settings.put("log.dirs", this.directory.resolve("kafka-" + node).toString());
		settings.put("auto.create.topics.enable", "false");
		settings.put("unclean.leader.election.enable", "false");
		settings.put("default.replication.factor", "3");
		settings.put("min.insync.replicas", "2");
		settings.put("offsets.topic.replication.factor", "3");
		settings.put("offsets.topic.num.partitions", "3");
		settings.put("transaction.state.log.replication.factor", "3");
		settings.put("transaction.state.log.min.isr", "2");
		settings.put("share.coordinator.state.topic.replication.factor", "3");
		settings.put("share.coordinator.state.topic.min.isr", "2");
		settings.put("log.retention.ms", "-1");
		settings.put("group.initial.rebalance.delay.ms", "0");
		settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
		settings.put("metric.reporters", "");
		Path file = this.directory.resolve("kafka-" + node + ".properties");
		try (Writer writer = Files.newBufferedWriter(file)) {
			settings.store(writer, null);
		}
		return start("kafka-" + node, List.of("-Xmx384m"), Server.class, "broker", file.toString());
	}

	/**
	 * The whole platform in one process, not waited for: it says {@code Ready after}, and
	 * its portal answers.
	 * @param name of its log and its data, which are kept from one start to the next
	 * @param options of the JVM, such as {@code -Xmx768m}
	 * @param arguments such as {@code --empty}
	 * @return its process and its portal
	 */
	Running standalone(String name, List<String> options, String... arguments) throws IOException {
		int port = freePorts();
		List<String> main = new ArrayList<>(
				List.of("-cp", standaloneClassPath(), "se.lokalabehov.standalone.StandaloneApplication",
						"--data=" + this.directory.resolve(name), "--ports=" + port));
		main.addAll(List.of(arguments));
		return new Running(start(name, options, main), URI.create("http://localhost:" + port));
	}

	/**
	 * One of the services of a standalone, by its usual distance from the portal.
	 * @param portal the portal's address
	 * @param distance 1 for need-intake, as in the ports 8080 and 8081
	 */
	static URI beside(URI portal, int distance) {
		return URI.create("http://localhost:" + (portal.getPort() + distance));
	}

	/**
	 * A token from a standalone's demo issuer.
	 * @param portal the portal's address
	 * @param login such as {@code forfattare-0180}
	 */
	static String token(URI portal, String login) throws IOException {
		try (Http http = new Http(beside(portal, ISSUER))) {
			return http
				.send("POST", "/oauth2/token", null, "grant_type=client_credentials", "Authorization",
						"Basic " + Base64.getEncoder()
							.encodeToString((login + ":demo").getBytes(StandardCharsets.UTF_8)),
						"Content-Type", "application/x-www-form-urlencoded")
				.expecting(200)
				.json()
				.path("access_token")
				.asString("");
		}
	}

	/**
	 * One service by itself, from its jar, not waited for.
	 * @param name such as {@code need-intake}
	 * @param options of the JVM
	 * @param base its broker and store
	 * @param more arguments, such as who issues tokens
	 */
	Running service(String name, List<String> options, Base base, List<String> more) throws IOException {
		return application(name, options, jar("services/" + name), base, more);
	}

	/** The same for any Boot application. */
	Running application(String name, List<String> options, Path jar, Base base, List<String> more) throws IOException {
		int port = freePort();
		List<String> main = new ArrayList<>(List.of("-jar", jar.toString(), "--server.port=" + port,
				"--server.address=127.0.0.1", "--spring.main.banner-mode=off"));
		main.addAll(base.arguments());
		main.addAll(more);
		return new Running(start(name, options, main), URI.create("http://127.0.0.1:" + port));
	}

	/** What a service is told so that it trusts an issuer for everything. */
	static List<String> trusting(String issuer) {
		return List.of("--lokala-behov.security.issuers[0].issuer=" + issuer,
				"--lokala-behov.security.issuers[0].organisations[0]=*");
	}

	/** Below those that the system gives to clients, which would take it meanwhile. */
	int freePort() throws IOException {
		for (int attempt = 0; attempt < 100; attempt++) {
			int port = 10_000 + this.random.nextInt(9_000);
			if (isFree(port) && this.ports.add(port)) {
				return port;
			}
		}
		throw new IOException("no free port");
	}

	private int freePorts() throws IOException {
		for (int attempt = 0; attempt < 100; attempt++) {
			int port = 20_000 + this.random.nextInt(9_000);
			if (IntStream.concat(IntStream.rangeClosed(0, 5), IntStream.of(ISSUER)).allMatch((i) -> isFree(port + i))) {
				return port;
			}
		}
		throw new IOException("no free ports");
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Starts one that has ended again, at the same address; it is not ready yet. */
	Running again(Running ended) throws IOException {
		Child child = ended.child().again();
		this.children.remove(ended.child());
		this.children.add(child);
		return new Running(child, ended.address());
	}

	/** Ends one before the others. */
	void end(Child child) {
		child.close();
		this.children.remove(child);
	}

	/** Ends all, the last one first, and throws their data away; logs stay. */
	@Override
	public void close() throws IOException {
		this.children.reversed().forEach(Child::close);
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path directoryOfData : files.filter(Files::isDirectory).toList()) {
				FileSystemUtils.deleteRecursively(directoryOfData);
			}
		}
	}

	/** Properties as arguments of a Boot application. */
	static List<String> arguments(Map<String, ?> properties) {
		return properties.entrySet().stream().map((one) -> "--" + one.getKey() + "=" + one.getValue()).toList();
	}

}
