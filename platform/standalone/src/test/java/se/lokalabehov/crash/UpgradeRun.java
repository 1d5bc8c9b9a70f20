package se.lokalabehov.crash;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;

import se.lokalabehov.embedded.EmbeddedBroker;
import se.lokalabehov.embedded.EmbeddedStore;
import se.lokalabehov.testsupport.Node;

/**
 * The drill of a rolling upgrade: two versions of every service on one broker and one
 * store, as when pods are replaced one by one, N to N+1, back to N, and N+1 for good.
 * Whatever runs is told stories all the time; each version stops in order while it is
 * told. At the end everything is held against what was acknowledged. The command is
 * {@code deploy/upgrade.sh}; what it has found stands in {@code deploy/README.md}.
 */
public final class UpgradeRun {

	private static final int CLIENTS = 4;

	private static final Duration REST = Duration.ofMinutes(5);

	private final Journal journal = new Journal();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final Map<String, Child> versions = new LinkedHashMap<>();

	private final Map<String, Node> running = new LinkedHashMap<>();

	private final Map<String, List<Client>> clients = new LinkedHashMap<>();

	private final Duration each;

	private UpgradeRun(Duration each) {
		this.each = each;
	}

	/**
	 * The command: {@code --from=FILE --seconds=15}.
	 * @param arguments a file with the class path of version N, and how long each state
	 * is told stories
	 * @throws Exception when it can not be run
	 */
	public static void main(String[] arguments) throws Exception {
		String from = "";
		int seconds = 15;
		for (String argument : arguments) {
			String value = argument.substring(argument.indexOf('=') + 1);
			switch (argument.replaceAll("=.*", "")) {
				case "--from" -> from = Files.readString(Path.of(value)).strip();
				case "--seconds" -> seconds = Integer.parseInt(value);
				default -> throw new IllegalArgumentException(argument);
			}
		}
		if (from.isEmpty()) {
			throw new IllegalArgumentException("--from=FILE says the class path of the version before");
		}
		Path directory = Files.createTempDirectory("upgrade");
		boolean good;
		try {
			good = new UpgradeRun(Duration.ofSeconds(seconds)).run(directory, from);
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(good ? 0 : 1);
	}

	private boolean run(Path directory, String from) throws Exception {
		try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
				EmbeddedStore store = EmbeddedStore.start(directory.resolve("store"), 0)) {
			List<String> outside = List.of(broker.bootstrapServers(), store.connectionString());
			this.versions.put("N", new Child(directory.resolve("n"), List.of(), withChild(from), outside, Map.of()));
			this.versions.put("N+1", new Child(directory.resolve("n1"), List.of(),
					System.getProperty("java.class.path"), outside, Map.of()));
			try {
				begin("N");
				state("N alone");
				begin("N+1");
				state("both, on the way up");
				end("N");
				state("N+1 alone");
				begin("N");
				state("both, on the way back");
				end("N+1");
				state("N alone again");
				begin("N+1");
				end("N");
				state("N+1 for good");
				this.clients.values().forEach((some) -> some.forEach(Client::stop));
				this.executor.shutdown();
				this.executor.awaitTermination(60, TimeUnit.SECONDS);
				return held(new Invariants(store.connectionString(), broker.bootstrapServers(), this.journal));
			}
			finally {
				this.clients.values().forEach((some) -> some.forEach(Client::stop));
				this.executor.shutdownNow();
				for (Node process : this.running.values()) {
					process.kill();
				}
			}
		}
	}

	/** The other version's code, and after it the class that starts it. */
	static String withChild(String classPath) throws URISyntaxException {
		return classPath + File.pathSeparator
				+ Path.of(CrashChild.class.getProtectionDomain().getCodeSource().getLocation().toURI());
	}

	private Child version(String name) {
		Child version = this.versions.get(name);
		if (version == null) {
			throw new IllegalArgumentException(name);
		}
		return version;
	}

	private void begin(String name) throws IOException, InterruptedException {
		long began = System.nanoTime();
		this.running.put(name, version(name).start());
		System.out.printf(Locale.ROOT, "%s is ready after %.1f s%n", name, (System.nanoTime() - began) / 1e9);
		List<Client> some = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			Client client = new Client(version(name).port(), this.journal, System.nanoTime());
			some.add(client);
			this.executor.execute(client::tellOn);
		}
		this.clients.put(name, some);
	}

	/** Ends it in order while it is told; its clients go home a moment later. */
	private void end(String name) throws InterruptedException {
		Node process = this.running.remove(name);
		if (process != null) {
			System.out.print(name + " ");
			Child.end(process);
		}
		List<Client> some = this.clients.remove(name);
		if (some != null) {
			some.forEach(Client::stop);
		}
	}

	private void state(String what) throws InterruptedException {
		int before = this.journal.total("ok ");
		TimeUnit.MILLISECONDS.sleep(this.each.toMillis());
		System.out.printf("%-24s %d commands acknowledged%n", what, this.journal.total("ok ") - before);
	}

	private boolean held(Invariants invariants) throws InterruptedException {
		long began = System.nanoTime();
		List<Invariants.Broken> broken = invariants.check();
		while (!broken.isEmpty() && System.nanoTime() - began < REST.toNanos()) {
			TimeUnit.SECONDS.sleep(1);
			broken = invariants.check();
		}
		System.out.printf(Locale.ROOT, "at rest after %.1f s%n%d acknowledged, %d unknown, %d refused%n%s%n",
				(System.nanoTime() - began) / 1e9, this.journal.total("ok "), this.journal.total("unknown "),
				this.journal.total("refused "), invariants.summary());
		this.journal.byKind().forEach((kind, count) -> System.out.printf("  %6d  %s%n", count, kind));
		System.out.println(broken.isEmpty() ? "Nothing lost, nothing twice, everything in order." : "BROKEN:");
		broken.forEach((one) -> System.out.println("  " + one));
		return broken.isEmpty() && this.journal.total("stories told to the end") > 0;
	}

}
