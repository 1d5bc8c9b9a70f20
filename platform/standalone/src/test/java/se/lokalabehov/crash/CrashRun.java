package se.lokalabehov.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Kills the whole platform (SIGKILL of a child JVM with broker, store and services) at
 * random moments while every kind of command is sent by several clients at once, starts
 * it again, and at the end holds everything against what was acknowledged. With a mutant
 * of the mechanism it goes on until the mutant is caught. See
 * {@code platform/standalone/README.md} for the commands.
 */
public final class CrashRun {

	/**
	 * What to do.
	 *
	 * @param kills how many times
	 * @param clients how many at once
	 * @param seed of every choice that is left to chance
	 * @param mutant name of a mutant, or NONE
	 */
	public record Plan(int kills, int clients, long seed, String mutant) {
	}

	/**
	 * What came of it.
	 *
	 * @param kills how many
	 * @param inFlight at how many of them a command was under way
	 * @param acknowledged commands
	 * @param unknown commands
	 * @param refused commands
	 * @param broken invariants, first letter says which; none is good
	 * @param report everything in words
	 */
	public record Result(int kills, int inFlight, int acknowledged, int unknown, int refused, List<String> broken,
			String report) {
	}

	/** The demo issuer's port, counted from the portal's. */
	static final int ISSUER = 920;

	private static final Duration READY = Duration.ofMinutes(2);

	private static final Duration REST = Duration.ofSeconds(90);

	private static final String TO_THE_END = "stories told to the end";

	private final Plan plan;

	private final Path data;

	private final int port;

	private final Journal journal = new Journal();

	private String store = "";

	private String broker = "";

	private CrashRun(Plan plan, Path data) throws IOException {
		this.plan = plan;
		this.data = data;
		this.port = freePorts();
	}

	/**
	 * The command: {@code --kills=20 --clients=8 --seed=N --mutants}.
	 * @param arguments as above
	 * @throws Exception when it can not be run
	 */
	public static void main(String[] arguments) throws Exception {
		int kills = 20;
		int clients = 8;
		long seed = System.nanoTime();
		boolean mutants = false;
		for (String argument : arguments) {
			String value = argument.substring(argument.indexOf('=') + 1);
			switch (argument.replaceAll("=.*", "")) {
				case "--kills" -> kills = Integer.parseInt(value);
				case "--clients" -> clients = Integer.parseInt(value);
				case "--seed" -> seed = Long.parseLong(value);
				case "--mutants" -> mutants = true;
				default -> throw new IllegalArgumentException(argument);
			}
		}
		boolean good = true;
		if (mutants) {
			for (String mutant : List.of("MARK_BEFORE_CONFIRM", "NO_DEDUPE", "DEDUPE_BEFORE_EFFECT",
					"PUBLISH_THEN_FORGET")) {
				Result result = run(new Plan(kills, clients, seed, mutant));
				System.out.printf("%-20s %s%n", mutant,
						result.broken().isEmpty() ? "NOT CAUGHT after " + result.kills() + " kills"
								: "caught after " + result.kills() + " kills by " + result.broken().getFirst());
				good &= !result.broken().isEmpty();
			}
		}
		else {
			Result result = run(new Plan(kills, clients, seed, "NONE"));
			System.out.println(result.report());
			good = result.broken().isEmpty() && result.acknowledged() > 0;
		}
		System.exit(good ? 0 : 1);
	}

	/**
	 * Runs it.
	 * @param plan what to do
	 * @return what came of it
	 * @throws Exception when the platform can not be started
	 */
	public static Result run(Plan plan) throws Exception {
		Path data = Files.createTempDirectory("crash");
		try {
			return new CrashRun(plan, data).run();
		}
		finally {
			try (Stream<Path> files = Files.walk(data)) {
				files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
			}
		}
	}

	private Result run() throws Exception {
		System.out.printf("Crash run: %d kills, %d clients, seed %d, mutant %s%n", this.plan.kills(),
				this.plan.clients(), this.plan.seed(), this.plan.mutant());
		Random random = new Random(this.plan.seed());
		List<Client> clients = new ArrayList<>();
		Process child = start();
		List<Invariants.Broken> broken = List.of();
		int killed = 0;
		int inFlight = 0;
		String summary;
		ExecutorService executor = Executors.newCachedThreadPool();
		try {
			clients.addAll(tell(executor));
			while (killed < this.plan.kills()) {
				TimeUnit.MILLISECONDS.sleep(2000 + random.nextInt(6000));
				int underWay = this.journal.inFlight().get();
				child.destroyForcibly().waitFor();
				killed++;
				inFlight += (underWay > 0) ? 1 : 0;
				System.out.printf("kill %d: %d commands under way, %d acknowledged so far%n", killed, underWay,
						this.journal.total("ok "));
				child = start();
				if (!this.plan.mutant().equals("NONE") && killed % 2 == 0) {
					clients.forEach(Client::stop);
					TimeUnit.SECONDS.sleep(2);
					broken = rest(Duration.ofSeconds(20)).check();
					if (!broken.isEmpty()) {
						break;
					}
					clients.clear();
					clients.addAll(tell(executor));
				}
			}
			// Until every kind of command has been acknowledged at least once.
			long deadline = System.nanoTime() + READY.toNanos();
			while (broken.isEmpty() && this.journal.total(TO_THE_END) == 0 && System.nanoTime() < deadline) {
				TimeUnit.MILLISECONDS.sleep(200);
			}
			clients.forEach(Client::stop);
			executor.shutdown();
			executor.awaitTermination(60, TimeUnit.SECONDS);
			Invariants invariants = rest(REST);
			if (broken.isEmpty()) {
				broken = invariants.check();
			}
			summary = invariants.summary();
		}
		finally {
			clients.forEach(Client::stop);
			executor.shutdownNow();
			child.destroyForcibly().waitFor();
		}
		return result(killed, inFlight, broken, summary);
	}

	private List<Client> tell(ExecutorService executor) {
		List<Client> clients = new ArrayList<>();
		for (int i = 0; i < this.plan.clients(); i++) {
			Client client = new Client(this.port, this.journal, this.plan.seed() + i);
			clients.add(client);
			executor.execute(() -> {
				while (!client.isStopped()) {
					try {
						new Story(client).tell();
						this.journal.count(TO_THE_END);
					}
					catch (Client.Abandoned ex) {
						this.journal.count("stories abandoned");
						if (Boolean.getBoolean("crash.verbose")) {
							System.out.println(ex.getMessage());
						}
					}
				}
			});
		}
		return clients;
	}

	/**
	 * Waits until everything has come to rest, or long enough; what then does not hold,
	 * does not.
	 */
	private Invariants rest(Duration patience) throws InterruptedException {
		Invariants invariants = new Invariants(this.store, this.broker, this.journal);
		long deadline = System.nanoTime() + patience.toNanos();
		while (!invariants.check().isEmpty() && System.nanoTime() < deadline) {
			TimeUnit.SECONDS.sleep(1);
		}
		return invariants;
	}

	private Process start() throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx700m",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
		if (!this.plan.mutant().equals("NONE")) {
			command.add("-Dlokala-behov.eventing.test-only=true");
			command.add("-Dlokala-behov.eventing.mutant=" + this.plan.mutant());
		}
		command.addAll(List.of(CrashChild.class.getName(), this.data.toString(), Integer.toString(this.port)));
		Path log = this.data.resolveSibling(this.data.getFileName() + ".log");
		Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
		BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
		long deadline = System.nanoTime() + READY.toNanos();
		String line = out.readLine();
		while (line != null && System.nanoTime() < deadline) {
			if (line.startsWith("READY ")) {
				String[] parts = line.split(" ");
				this.store = parts[1];
				this.broker = parts[2];
				Thread.ofPlatform().daemon().start(() -> out.lines().forEach((more) -> {
				}));
				return child;
			}
			line = Objects.requireNonNullElse(out.readLine(), "");
			if (!child.isAlive()) {
				break;
			}
		}
		child.destroyForcibly().waitFor();
		throw new IllegalStateException("the platform did not start; see " + log);
	}

	private Result result(int killed, int inFlight, List<Invariants.Broken> broken, String summary) {
		int acknowledged = this.journal.total("ok ");
		int unknown = this.journal.total("unknown ");
		int refused = this.journal.total("refused ");
		StringBuilder report = new StringBuilder();
		report.append(String.format(Locale.ROOT,
				"%d kills, %d of them with commands under way; seed %d%n%d commands acknowledged, %d unknown, %d refused%n%s%n",
				killed, inFlight, this.plan.seed(), acknowledged, unknown, refused, summary));
		this.journal.byKind()
			.forEach((kind, count) -> report.append(String.format(Locale.ROOT, "  %6d  %s%n", count, kind)));
		report.append(broken.isEmpty() ? "Nothing lost, nothing twice, everything in order.\n" : "BROKEN:\n");
		broken.forEach((one) -> report.append("  ").append(one).append('\n'));
		return new Result(killed, inFlight, acknowledged, unknown, refused,
				broken.stream().map(Invariants.Broken::toString).toList(), report.toString());
	}

	/** A port from which on all that the standalone takes are free. */
	private static int freePorts() throws IOException {
		Random random = new Random();
		for (int attempt = 0; attempt < 100; attempt++) {
			int port = 20_000 + random.nextInt(10_000);
			if (IntStream.concat(IntStream.rangeClosed(0, 5), IntStream.of(ISSUER)).allMatch((i) -> isFree(port + i))) {
				return port;
			}
		}
		throw new IOException("no free ports");
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
