package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.bson.Document;
import se.lokalabehov.testsupport.TestIssuer;

/**
 * Scaling out is configuration: three brokers (three copies, two in sync) and two of each
 * service, except for the catalogue, whose index is its process's own. Commands come to
 * both of need-intake, and are seen in the portals' traces; then a portal, and then a
 * need-intake, is killed and comes back.
 */
final class Processes implements Section {

	private static final List<String> SERVICES = List.of("need-intake", "prioritisation", "national-handoff",
			"feedback", "report-catalogue", "portal");

	private static final List<String> JVM = List.of("-Xmx320m", "-XX:+UseSerialGC");

	/** Commands a second that are followed until they are seen. */
	private static final double FOLLOWED = 5;

	/** What one is waited for: another's events are sent within a minute. */
	private static final Duration PATIENCE = Duration.ofMinutes(3);

	/**
	 * Time under load.
	 *
	 * @param load of all commands
	 * @param visible milliseconds from the command until it is seen, of those followed
	 * @param lost how many of those were not seen
	 */
	private record Phase(Load load, Histogram visible, long lost) {
	}

	@Override
	public String name() {
		return "processes";
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		report.heading("Three brokers, two of each service");
		try (Servers servers = new Servers(settings, name()); TestIssuer issuer = TestIssuer.start()) {
			Servers.Base base = servers.cluster(List.of("-Xmx3g", "-XX:+UseSerialGC"));
			long began = System.nanoTime();
			Map<String, Servers.Running> running = new HashMap<>();
			for (String service : SERVICES) {
				start(servers, running, service, 1, base, issuer);
			}
			for (Servers.Running one : List.copyOf(running.values())) {
				one.ready();
			}
			for (String service : SERVICES) {
				if (!service.equals("report-catalogue")) {
					start(servers, running, service, 2, base, issuer);
				}
			}
			for (Servers.Running one : running.values()) {
				one.ready();
			}
			report.figure("3 brokers, " + running.size() + " services", "to ready", (System.nanoTime() - began) / 1e9,
					"s");
			Bearer bearer = new Bearer(issuer);
			try (MongoClient client = MongoClients.create(base.store())) {
				MongoCollection<Document> traces = client.getDatabase("lokala-behov-portal")
					.getCollection("trace-question-notes.v1");
				measure(settings, report, servers, running, bearer, traces);
			}
			long resident = 0;
			for (Servers.Running one : running.values()) {
				resident += one.child().resident();
			}
			report.figure("all services", "resident", resident / 1048576.0, "MiB");
		}
	}

	private static void start(Servers servers, Map<String, Servers.Running> running, String service, int number,
			Servers.Base base, TestIssuer issuer) throws IOException {
		List<String> arguments = new ArrayList<>(Servers.trusting(issuer.issuer()));
		if (service.equals("portal")) {
			for (String other : SERVICES) {
				if (!other.equals(service)) {
					arguments.add("--lokala-behov.portal.services." + other + "=" + address(running, other + "-1"));
				}
			}
		}
		if (service.equals("report-catalogue")) {
			arguments.add("--lokala-behov.catalogue.files.directory=" + servers.directory().resolve("files"));
			arguments.add("--lokala-behov.catalogue.index=" + servers.directory().resolve("index"));
		}
		String name = service + "-" + number;
		running.put(name, servers.application(name, JVM, Servers.jar("services/" + service), base, arguments));
	}

	private static URI address(Map<String, Servers.Running> running, String name) {
		return Objects.requireNonNull(running.get(name)).address();
	}

	private void measure(Settings settings, Report report, Servers servers, Map<String, Servers.Running> running,
			Bearer bearer, MongoCollection<Document> traces) throws Exception {
		Http one = new Http(address(running, "need-intake-1"));
		Http two = new Http(address(running, "need-intake-2"));
		AtomicLong turn = new AtomicLong();
		Seeing both = new Seeing(() -> Note.send((turn.getAndIncrement() % 2 == 0) ? one : two, bearer), traces);
		Seeing alone = new Seeing(() -> Note.send(one, bearer), traces);
		both.capacity(settings.warm());
		Pairs<Seeing.Window> pairs = Pairs.measure(settings.rounds(), () -> both.capacity(settings.window()),
				() -> alone.capacity(settings.window()));
		report.figure("commands to two of need-intake, seen by two portals", "accepted/s",
				pairs.medianOfA(Seeing.Window::acceptedPerSecond), "/s");
		report.figure("commands to two of need-intake, seen by two portals", "visible/s",
				pairs.medianOfA(Seeing.Window::visiblePerSecond), "/s");
		report.ratio("accepted/s, both of need-intake to one, on the same processors",
				pairs.ratio(Seeing.Window::acceptedPerSecond), "");
		double rate = 0.3 * pairs.medianOfA(Seeing.Window::visiblePerSecond);
		// Clients that fail over, as behind any load balancer.
		Seeing failingOver = new Seeing(() -> {
			boolean first = turn.getAndIncrement() % 2 == 0;
			try {
				return Note.send(first ? one : two, bearer);
			}
			catch (IOException ex) {
				return Note.send(first ? two : one, bearer);
			}
		}, traces);
		List<List<String>> rows = new ArrayList<>();
		Duration window = Duration.ofSeconds(Math.max(20, settings.window().toSeconds()));
		rows.add(row("nothing happens", phase(failingOver, rate, window, () -> {
		})));
		for (String service : List.of("portal", "need-intake")) {
			Servers.Running killed = Objects.requireNonNull(running.get(service + "-2"));
			rows.add(row("one " + service + " is killed", phase(failingOver, rate, window, killed.child()::kill)));
			rows.add(row("it comes back", phase(failingOver, rate, window, () -> {
				Servers.Running again = servers.again(killed);
				running.put(service + "-2", again);
				again.ready();
			})));
		}
		report.text("Under " + Report.number(rate)
				+ " commands a second in an open loop, whose clients try the other one"
				+ " of need-intake when one does not answer. What happens happens after a quarter of each row's time."
				+ " The longest until seen is the time that the slowest key stood still.");
		report.table(List.of("what happens", "accepted", "failed", "accepted p50 / p99 / most, ms",
				"until seen p50 / p99 / most, ms", "never seen"), rows);
	}

	private static Phase phase(Seeing seeing, double rate, Duration duration, Happening happening) throws Exception {
		Recorder visible = new Recorder(3);
		AtomicLong lost = new AtomicLong();
		AtomicLong number = new AtomicLong();
		long every = Math.max(1, Math.round(rate / FOLLOWED));
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			executor.submit(() -> {
				TimeUnit.NANOSECONDS.sleep(duration.toNanos() / 4);
				happening.happen();
				return null;
			});
			Load load = OpenLoop.run(rate, duration, () -> {
				long began = System.nanoTime();
				String id = seeing.command().call();
				if (number.getAndIncrement() % every == 0) {
					executor.submit(() -> {
						follow(seeing, id, began, visible, lost);
						return null;
					});
				}
			});
			executor.shutdown();
			executor.awaitTermination(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
			return new Phase(load, visible.getIntervalHistogram(), lost.get());
		}
	}

	private static void follow(Seeing seeing, String id, long began, Recorder visible, AtomicLong lost)
			throws InterruptedException {
		while (!seeing.isSeen(id)) {
			if (System.nanoTime() - began > PATIENCE.toNanos()) {
				lost.incrementAndGet();
				return;
			}
			TimeUnit.MILLISECONDS.sleep(10);
		}
		visible.recordValue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
	}

	/** What happens to a process. */
	@FunctionalInterface
	private interface Happening {

		void happen() throws Exception;

	}

	private static List<String> row(String what, Phase phase) {
		Load load = phase.load();
		return List.of(what, Long.toString(load.done()), Long.toString(load.failed()),
				Report.number(load.millis(50)) + " / " + Report.number(load.millis(99)) + " / "
						+ Report.number(load.millis(100)),
				phase.visible().getValueAtPercentile(50) + " / " + phase.visible().getValueAtPercentile(99) + " / "
						+ phase.visible().getMaxValue(),
				Long.toString(phase.lost()));
	}

}
