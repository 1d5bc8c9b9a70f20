package se.lokalabehov.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills the whole platform (SIGKILL of a child JVM with broker, store and services; or
 * SIGTERM, which ends it in order) at random moments while every kind of command is sent
 * by several clients at once, starts it again, and at the end holds everything against
 * what was acknowledged. With a mutant of the mechanism it goes on until the mutant is
 * caught. See {@code platform/standalone/README.md} for the commands.
 */
public final class CrashRun {

	/**
	 * What to do.
	 *
	 * @param kills how many times
	 * @param clients how many at once
	 * @param seed of every choice that is left to chance
	 * @param mutant name of a mutant, or NONE
	 * @param gently with SIGTERM instead of SIGKILL
	 */
	public record Plan(int kills, int clients, long seed, String mutant, boolean gently) {
	}

	/**
	 * What came of it.
	 *
	 * @param kills how many
	 * @param inFlight at how many of them a command was under way
	 * @param acknowledged commands
	 * @param unknown commands
	 * @param refused commands
	 * @param exits the exit codes of what was stopped
	 * @param broken invariants, first letter says which; none is good
	 * @param report everything in words
	 */
	public record Result(int kills, int inFlight, int acknowledged, int unknown, int refused, Set<Integer> exits,
			List<String> broken, String report) {
	}

	private static final Duration READY = Duration.ofMinutes(2);

	private static final Duration REST = Duration.ofSeconds(90);

	private static final String TO_THE_END = "stories told to the end";

	private final Plan plan;

	private final Child platform;

	private final Journal journal = new Journal();

	private final Set<Integer> exits = new TreeSet<>();

	private CrashRun(Plan plan, Path data) throws IOException {
		this.plan = plan;
		this.platform = new Child(data, plan.mutant().equals("NONE") ? List.of()
				: List.of("-Dlokala-behov.eventing.test-only=true", "-Dlokala-behov.eventing.mutant=" + plan.mutant()));
	}

	/**
	 * The command: {@code --kills=20 --clients=8 --seed=N --mutants --gently}.
	 * @param arguments as above
	 * @throws Exception when it can not be run
	 */
	public static void main(String[] arguments) throws Exception {
		int kills = 20;
		int clients = 8;
		long seed = System.nanoTime();
		boolean mutants = false;
		boolean gently = false;
		for (String argument : arguments) {
			String value = argument.substring(argument.indexOf('=') + 1);
			switch (argument.replaceAll("=.*", "")) {
				case "--kills" -> kills = Integer.parseInt(value);
				case "--clients" -> clients = Integer.parseInt(value);
				case "--seed" -> seed = Long.parseLong(value);
				case "--mutants" -> mutants = true;
				case "--gently" -> gently = true;
				default -> throw new IllegalArgumentException(argument);
			}
		}
		boolean good = true;
		if (mutants) {
			for (String mutant : List.of("MARK_BEFORE_CONFIRM", "NO_DEDUPE", "DEDUPE_BEFORE_EFFECT",
					"PUBLISH_THEN_FORGET")) {
				Result result = run(new Plan(kills, clients, seed, mutant, false));
				System.out.printf("%-20s %s%n", mutant,
						result.broken().isEmpty() ? "NOT CAUGHT after " + result.kills() + " kills"
								: "caught after " + result.kills() + " kills by " + result.broken().getFirst());
				good &= !result.broken().isEmpty();
			}
		}
		else {
			Result result = run(new Plan(kills, clients, seed, "NONE", gently));
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
		Process child = this.platform.start();
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
				this.exits.add(stop(child));
				killed++;
				inFlight += (underWay > 0) ? 1 : 0;
				System.out.printf("kill %d: %d commands under way, %d acknowledged so far%n", killed, underWay,
						this.journal.total("ok "));
				child = this.platform.start();
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

	/** Ends the platform; gives its exit code. */
	private int stop(Process child) throws InterruptedException {
		return this.plan.gently() ? Child.end(child) : child.destroyForcibly().waitFor();
	}

	private List<Client> tell(ExecutorService executor) {
		List<Client> clients = new ArrayList<>();
		for (int i = 0; i < this.plan.clients(); i++) {
			Client client = new Client(this.platform.port(), this.journal, this.plan.seed() + i);
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
		Invariants invariants = new Invariants(this.platform.store(), this.platform.broker(), this.journal);
		long deadline = System.nanoTime() + patience.toNanos();
		while (!invariants.check().isEmpty() && System.nanoTime() < deadline) {
			TimeUnit.SECONDS.sleep(1);
		}
		return invariants;
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
		return new Result(killed, inFlight, acknowledged, unknown, refused, this.exits,
				broken.stream().map(Invariants.Broken::toString).toList(), report.toString());
	}

}
