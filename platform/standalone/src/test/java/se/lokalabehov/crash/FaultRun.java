package se.lokalabehov.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The fault suite: each row of the table is played on a {@link Rig}, several times, under
 * load; after each time everything must come to rest within a bound and be held against
 * what was acknowledged. See {@code platform/standalone/README.md}.
 */
public final class FaultRun implements AutoCloseable {

	private static final Duration LONGEST_ROW = Duration.ofMinutes(15);

	/**
	 * What came of a row.
	 *
	 * @param row its number
	 * @param name the fault
	 * @param holds what must hold
	 * @param times how often it was put in
	 * @param ok commands that were acknowledged
	 * @param refused commands
	 * @param unknown commands
	 * @param skipped duplicates that views have skipped
	 * @param slowest milliseconds from the end of the fault until all was at rest, at
	 * worst
	 * @param broken what does not hold
	 * @param why it was not run, or nothing
	 */
	record Row(String row, String name, String holds, int times, int ok, int refused, int unknown, long skipped,
			long slowest, Set<String> broken, String why) {

		boolean met(int wanted) {
			return this.why.isEmpty() && this.broken.isEmpty() && this.times >= wanted && this.ok > 0;
		}

		/**
		 * For a mutant: what it does to data was seen, not just that something was slow.
		 */
		boolean caught() {
			return this.broken.stream().anyMatch((one) -> "LDOPRW".contains(one.substring(0, 1)));
		}

		String line() {
			String outcome = !this.why.isEmpty() ? "**not run**: " + this.why
					: this.broken.isEmpty() ? "held" : "**broken**: " + String.join("; ", this.broken);
			return String.format(Locale.ROOT, "| %s | %s | %s | %d | %d / %d / %d | %d | %.1f | %s |", this.row,
					this.name, this.holds, this.times, this.ok, this.refused, this.unknown, this.skipped,
					this.slowest / 1000.0, outcome.replace('|', '/').replace('\n', ' '));
		}

	}

	private final Random random;

	/** Of the row before, which the next one goes on with if it needs the same. */
	private @Nullable Rig rig;

	FaultRun(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * The command: {@code --rows=1,6 --times=5 --seed=N --report=FILE --mutants}.
	 * @param arguments as above; every row when none is named, and the mutants instead of
	 * the rows when they are asked for
	 * @throws Exception when it can not be run
	 */
	public static void main(String[] arguments) throws Exception {
		Set<String> rows = new LinkedHashSet<>();
		int times = 5;
		long seed = System.nanoTime();
		boolean mutants = false;
		Path report = Path.of("target", "faults.md");
		for (String argument : arguments) {
			String value = argument.substring(argument.indexOf('=') + 1);
			switch (argument.replaceAll("=.*", "")) {
				case "--rows" -> rows.addAll(Arrays.asList(value.split(",")));
				case "--times" -> times = Integer.parseInt(value);
				case "--seed" -> seed = Long.parseLong(value);
				case "--report" -> report = Path.of(value);
				case "--mutants" -> mutants = true;
				default -> throw new IllegalArgumentException(argument);
			}
		}
		// One that is stopped leaves no process behind.
		Runtime.getRuntime()
			.addShutdownHook(
					new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
		List<Row> results = new ArrayList<>();
		Files.createDirectories(report.toAbsolutePath().getParent());
		try (FaultRun run = new FaultRun(seed)) {
			for (Fault fault : mutants ? Faults.mutants() : Faults.all()) {
				if (rows.isEmpty() || rows.contains(fault.row())) {
					results.add(run.play(fault, times));
					// After each row: a run that is stopped has told what it knows.
					Files.writeString(report, report(results, seed));
				}
			}
		}
		System.out.println(report(results, seed));
		int wanted = times;
		boolean caught = mutants;
		System.exit(results.stream().allMatch((row) -> caught ? row.caught() : row.met(wanted)) ? 0 : 1);
	}

	private static String report(List<Row> rows, long seed) {
		StringBuilder told = new StringBuilder(
				"""
						| row | fault | must hold | times | ok / refused / unknown | duplicates skipped | slowest to rest, s | outcome |
						|---|---|---|---|---|---|---|---|
						""");
		rows.forEach((row) -> told.append(row.line()).append('\n'));
		return told.append(String.format(Locale.ROOT, "%n%d faults put in, %d commands acknowledged, seed %d%n",
				rows.stream().mapToInt(Row::times).sum(), rows.stream().mapToInt(Row::ok).sum(), seed))
			.toString();
	}

	/** Plays a row; what keeps it from being played is told in it. */
	Row play(Fault fault, int times) {
		if (fault.row().equals("19")) {
			return restored(fault, times);
		}
		String lacks = Rig.lacks(fault.needs());
		if (!lacks.isEmpty()) {
			return notRun(fault, lacks);
		}
		try {
			return play(fault, rig(fault.needs()), times);
		}
		catch (Exception ex) {
			ex.printStackTrace();
			return notRun(fault, ex.toString());
		}
	}

	private Rig rig(Rig.Needs needs) throws Exception {
		Rig before = this.rig;
		if (before != null && before.serves(needs)) {
			return before;
		}
		close();
		Rig made = Rig.start(needs, this.random);
		this.rig = made;
		return made;
	}

	@Override
	public void close() throws IOException, InterruptedException {
		Rig last = this.rig;
		this.rig = null;
		if (last != null) {
			last.close();
		}
	}

	/** The drill of backup and restore has a platform of its own. */
	private static Row restored(Fault fault, int times) {
		Journal journal = new Journal();
		Set<String> broken = new LinkedHashSet<>();
		int done = 0;
		try {
			while (done < times && broken.isEmpty()) {
				RestoreRun.drill((done % 2 == 0) ? "store" : "broker", Duration.ofSeconds(5), journal)
					.forEach((one) -> broken.add("R: " + one));
				done++;
			}
		}
		catch (Exception ex) {
			broken.add("F: " + ex);
		}
		return new Row(fault.row(), fault.name(), fault.holds(), done, journal.total("ok "), journal.total("refused "),
				journal.total("unknown "), 0, 0, broken, "");
	}

	private static Row notRun(Fault fault, String why) {
		return new Row(fault.row(), fault.name(), fault.holds(), 0, 0, 0, 0, 0, 0, Set.of(), why);
	}

	private static Row play(Fault fault, Rig rig, int times) throws Exception {
		long deadline = System.nanoTime() + LONGEST_ROW.toNanos();
		long slowest = 0;
		int done = 0;
		Journal journal = rig.journal();
		int ok = journal.total("ok ");
		int refused = journal.total("refused ");
		int unknown = journal.total("unknown ");
		double skipped = rig.skipped();
		rig.rest(false);
		while (done < times && rig.broken().isEmpty() && System.nanoTime() < deadline) {
			int before = journal.total("ok ");
			rig.await("L", "acts are taken", Rig.REST, () -> journal.total("ok ") > before + 40);
			TimeUnit.MILLISECONDS.sleep(rig.random().nextInt(1500));
			int underWay = journal.inFlight().get();
			fault.injection().inject(rig, done);
			done++;
			long healed = System.nanoTime();
			rig.rest(true);
			atRest(rig, fault.holds());
			long took = (System.nanoTime() - healed) / 1_000_000;
			slowest = Math.max(slowest, took);
			System.out.printf(Locale.ROOT, "row %s, %d: %d commands under way, at rest %.1f s after it, %s%n",
					fault.row(), done, underWay, took / 1e3, journal.totals());
			rig.rest(false);
		}
		rig.rest(true);
		Faults.well(rig, rig.operator());
		rig.await("H", "the metrics say that nothing waits and nothing lags", Rig.REST,
				() -> rig.operator().metric("lokalabehov_outbox_pending") == 0
						&& rig.operator().metric("lokalabehov_consumer_lag_records") == 0);
		if (fault.holds().contains("R")) {
			replayed(rig);
		}
		rig.countSkipped();
		Set<String> broken = new LinkedHashSet<>();
		rig.broken().stream().limit(5).forEach((one) -> broken.add(one.toString()));
		return new Row(fault.row(), fault.name(), fault.holds(), done, journal.total("ok ") - ok,
				journal.total("refused ") - refused, journal.total("unknown ") - unknown,
				Math.round(rig.skipped() - skipped), slowest, broken, "");
	}

	/**
	 * Waits until everything acknowledged is in effect, or long enough; what then does
	 * not hold, does not.
	 */
	static void atRest(Rig rig, String holds) throws InterruptedException {
		Invariants invariants = rig.invariants();
		// That nothing is there that nobody owns, and nothing parked, holds in every row.
		Predicate<Invariants.Broken> counts = (one) -> (holds + "WP").contains(one.letter());
		long deadline = System.nanoTime() + Rig.REST.toNanos();
		List<Invariants.Broken> broken = invariants.check();
		while (broken.stream().anyMatch(counts) && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(200);
			broken = invariants.check();
		}
		broken.stream().filter(counts).forEach((one) -> rig.broken(one.letter(), one.what()));
	}

	/** R: every view made anew from its topic is the same to the last field. */
	private static void replayed(Rig rig) throws Exception {
		if (rig.broken().isEmpty()) {
			rig.operator().rebuild().forEach((view) -> rig.broken("R", view));
		}
	}

}
