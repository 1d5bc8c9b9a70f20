package se.lokalabehov.crash;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * The soak: stories are told and pages are read at a share of what the platform can take,
 * for a long while; memory, threads, open files, backlog and answer times must not grow
 * with time. Broker and store are processes of their own, so what is measured is the
 * platform's. Both loads are open: the next story begins, and the next page is asked for,
 * whether the one before has been answered or not.
 */
public final class SoakRun {

	private static final int CLIENTS = 16;

	/** Pages asked for per command. */
	private static final double READS = 0.5;

	private static final List<String> PAGES = List.of("/", "/omgangar", "/katalog?q=rapport",
			"/api/v1/records?q=rapport", "/spar/");

	private static final int SPAR = PAGES.size() - 1;

	private static final int GONE = 410;

	private static final int RARELY = 100;

	/**
	 * A country has a cycle or two in a year, and a region some tens of needs in each.
	 */
	private static final int TIMES = 8;

	private final Rig rig;

	private final URI portal;

	private final List<Client> clients;

	private final Recorder commands = new Recorder(3);

	private final Recorder reads = new Recorder(3);

	private final AtomicInteger failed = new AtomicInteger();

	private final AtomicInteger failedReads = new AtomicInteger();

	private final AtomicInteger stories = new AtomicInteger();

	/**
	 * Of the last national needs. The trace of the oldest of them is read, whose story
	 * has been told to the end.
	 */
	private final AtomicReferenceArray<String> recent = new AtomicReferenceArray<>(1024);

	private final AtomicInteger told = new AtomicInteger();

	private volatile String last = "";

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private volatile boolean telling = true;

	private interface Each {

		/** Does the how manieth, which is due at a nanosecond. */
		void begin(int which, long due);

	}

	/**
	 * A minute of it.
	 *
	 * @param commands acknowledged
	 * @param failed commands that were neither acknowledged nor refused at once, and
	 * pages that were no page
	 * @param command answer times of commands, ns
	 * @param read answer times of pages, ns, counted from when they should have been
	 * asked for
	 * @param resident kB
	 * @param heap bytes that were in use after the last full collection
	 * @param threads of the process
	 * @param files that it has open
	 * @param lag events that some view has not taken yet
	 * @param pending events that are not published yet
	 * @param load the machine's load average
	 */
	record Minute(int commands, int failed, Histogram command, Histogram read, long resident, long heap, long threads,
			long files, long lag, long pending, double load) {
	}

	private SoakRun(Rig rig) {
		this.rig = rig;
		int port = rig.platforms().getFirst().child().port();
		this.portal = URI.create("http://localhost:" + port);
		this.clients = IntStream.range(0, CLIENTS)
			.mapToObj((i) -> new Client(port, rig.journal(), rig.random().nextLong(), this::answered))
			.toList();
	}

	/**
	 * The command: {@code --minutes=30 --share=0.7 --warm=3 --report=FILE}.
	 * @param arguments as above: how long, at what share of what it can take, and for how
	 * many minutes it is found out how much that is
	 * @throws Exception when it can not be run
	 */
	public static void main(String[] arguments) throws Exception {
		int minutes = 30;
		int warm = 3;
		double share = 0.7;
		Path report = Path.of("target", "soak.md");
		for (String argument : arguments) {
			String value = argument.substring(argument.indexOf('=') + 1);
			switch (argument.replaceAll("=.*", "")) {
				case "--minutes" -> minutes = Integer.parseInt(value);
				case "--warm" -> warm = Integer.parseInt(value);
				case "--share" -> share = Double.parseDouble(value);
				case "--report" -> report = Path.of(value);
				default -> throw new IllegalArgumentException(argument);
			}
		}
		Runtime.getRuntime()
			.addShutdownHook(
					new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
		// Limits as an installation has them, not the standalone.
		List<String> options = List.of("-Dlokala-behov.portal.limit.requests=1000",
				"-Dlokala-behov.portal.limit.at-once=4", "-Dlokala-behov.portal.limit.share=0.5", "-Xmx768m",
				"-XX:TieredStopAtLevel=4");
		try (Rig rig = Rig.start(Rig.Needs.USUAL.clients(0).options(options), new Random())) {
			SoakRun soak = new SoakRun(rig);
			double capacity = soak.capacity(warm);
			List<Minute> told = soak.soak(minutes, capacity * share);
			String flooded = soak.flooded();
			soak.telling = false;
			rig.await("L", "no story is under way", Rig.REST, () -> rig.journal().inFlight().get() == 0);
			FaultRun.atRest(rig, "LDO");
			String said = soak.report(capacity, share, told, flooded);
			Files.createDirectories(report.toAbsolutePath().getParent());
			Files.writeString(report, said);
			System.out.println(said);
			System.exit(rig.broken().isEmpty() ? 0 : 1);
		}
	}

	private void answered(String id, long nanos) {
		this.commands.recordValue(nanos);
		if (id.startsWith("national-") && !id.equals(this.last)) {
			this.last = id;
			this.recent.set(Math.floorMod(this.told.getAndIncrement(), this.recent.length()), id);
		}
	}

	/** Commands per second when everybody goes on as soon as there is an answer. */
	private double capacity(int minutes) throws InterruptedException {
		AtomicInteger owed = new AtomicInteger();
		long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
		List<Thread> everybody = new ArrayList<>();
		for (Client client : this.clients) {
			everybody.add(Thread.startVirtualThread(() -> {
				while (System.nanoTime() < end) {
					tell(client);
				}
			}));
		}
		for (int i = 0; i < CLIENTS; i++) {
			everybody.add(Thread.startVirtualThread(() -> {
				while (System.nanoTime() < end) {
					int which = owed.get();
					if (which >= this.rig.journal().total("ok ") * READS) {
						Client.pause();
					}
					else if (owed.compareAndSet(which, which + 1)) {
						read(which, System.nanoTime());
					}
				}
			}));
		}
		// Only what it does when it is warm counts.
		long half = (end - System.nanoTime()) / 2;
		TimeUnit.NANOSECONDS.sleep(half);
		int before = this.rig.journal().total("ok ");
		long began = System.nanoTime();
		TimeUnit.NANOSECONDS.sleep(end - began);
		double capacity = (this.rig.journal().total("ok ") - before) * 1e9 / (System.nanoTime() - began);
		for (Thread one : everybody) {
			one.join();
		}
		System.out.printf(Locale.ROOT, "%.0f commands/s at most, %.0f commands in a story%n", capacity, perStory());
		return capacity;
	}

	private double perStory() {
		return this.rig.journal().total("ok ") / (double) this.stories.get();
	}

	private void tell(Client client) {
		try {
			new Story(client, RARELY, TIMES).tell();
			this.stories.incrementAndGet();
		}
		catch (Client.Abandoned ex) {
			this.failed.incrementAndGet();
		}
	}

	private void read(int which, long due) {
		int page = Math.floorMod(which, PAGES.size());
		int many = this.told.get();
		String need = this.recent.get((many < this.recent.length()) ? 0 : many % this.recent.length());
		String path = (page == SPAR) ? PAGES.get(SPAR) + ((need != null) ? need : "") : PAGES.get(page);
		try {
			int status = this.http
				.send(HttpRequest.newBuilder(this.portal.resolve(path)).timeout(Duration.ofSeconds(30)).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode();
			if (status >= 400 && status != GONE) {
				this.failedReads.incrementAndGet();
				this.rig.journal().count("page " + status + " " + PAGES.get(page));
			}
			this.reads.recordValue(System.nanoTime() - due);
		}
		catch (IOException ex) {
			this.failedReads.incrementAndGet();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private List<Minute> soak(int minutes, double rate) throws Exception {
		double between = 1e9 * perStory() / rate;
		double betweenReads = 1e9 / (rate * READS);
		this.threads.execute(() -> keep(between, (which, due) -> tell(this.clients.get(which % CLIENTS))));
		this.threads.execute(() -> keep(betweenReads, this::read));
		List<Minute> told = new ArrayList<>();
		this.commands.reset();
		this.reads.reset();
		int failures = this.failed.get() + this.failedReads.get();
		for (int i = 0; i < minutes; i++) {
			int before = this.rig.journal().total("ok ");
			long lag = 0;
			long pending = 0;
			long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
			while (System.nanoTime() < end) {
				TimeUnit.SECONDS.sleep(10);
				try {
					lag = Math.max(lag, Math.round(this.rig.operator().metric("lokalabehov_consumer_lag_records")));
					pending = Math.max(pending, Math.round(this.rig.operator().metric("lokalabehov_outbox_pending")));
				}
				catch (IOException ex) {
					this.rig.journal().count("unread");
				}
			}
			int now = this.failed.get() + this.failedReads.get();
			Minute minute = minute(this.rig.journal().total("ok ") - before, now - failures, lag, pending);
			failures = now;
			told.add(minute);
			System.out.println(line(Integer.toString(i + 1), List.of(minute)));
		}
		return told;
	}

	/** Begins something again and again, at even distances, whatever came of it. */
	private void keep(double nanos, Each what) {
		long began = System.nanoTime();
		for (int i = 0; this.telling; i++) {
			long due = began + Math.round(i * nanos);
			int which = i;
			try {
				TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
			}
			catch (InterruptedException ex) {
				return;
			}
			this.threads.execute(() -> what.begin(which, due));
		}
	}

	private Minute minute(int commands, int failed, long lag, long pending) throws IOException, InterruptedException {
		Path process = Path.of("/proc", Long.toString(this.rig.platform(0).pid()));
		Map<String, Long> status = new HashMap<>();
		for (String line : Files.readAllLines(process.resolve("status"))) {
			String[] parts = line.split("[:\\s]+");
			if (List.of("VmRSS", "Threads").contains(parts[0])) {
				status.put(parts[0], Long.parseLong(parts[1]));
			}
		}
		long files;
		try (Stream<Path> open = Files.list(process.resolve("fd"))) {
			files = open.count();
		}
		return new Minute(commands, failed, this.commands.getIntervalHistogram(), this.reads.getIntervalHistogram(),
				status.getOrDefault("VmRSS", 0L), Math.round(heap()), status.getOrDefault("Threads", 0L), files, lag,
				pending, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

	/** None when it is not told in time. */
	private double heap() throws InterruptedException {
		try {
			// Every service of the process tells the same.
			return this.rig.operator().metric("jvm_gc_live_data_size_bytes") / Operator.SERVICES.size();
		}
		catch (IOException ex) {
			this.rig.journal().count("unread");
			return 0;
		}
	}

	/** The same load for a minute more, while one caller asks as often as it can. */
	private String flooded() throws Exception {
		String token = this.rig.operator().token("forfattare-1283");
		HttpRequest question = HttpRequest.newBuilder(this.portal.resolve("/api/v1/needs"))
			.timeout(Duration.ofSeconds(30))
			.header("Authorization", "Bearer " + token)
			.build();
		Map<String, Integer> answers = new ConcurrentSkipListMap<>();
		Recorder flood = new Recorder(3);
		long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		try (ExecutorService everybody = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < CLIENTS; i++) {
				everybody.execute(() -> {
					while (System.nanoTime() < end) {
						long asked = System.nanoTime();
						answers.merge(answer(question), 1, Integer::sum);
						flood.recordValue(System.nanoTime() - asked);
					}
				});
			}
		}
		return String.format(Locale.ROOT, "The minute of the flood: %s, p50 / p99 %s ms; the others:%n%s", answers,
				times(flood.getIntervalHistogram()), line("flood", List.of(minute(0, 0, 0, 0))));
	}

	private String answer(HttpRequest question) {
		try {
			HttpResponse<Void> answer = this.http.send(question, HttpResponse.BodyHandlers.discarding());
			return answer.statusCode()
					+ answer.headers().firstValue("Retry-After").map((wait) -> " (told to wait)").orElse("");
		}
		catch (IOException ex) {
			return ex.getClass().getSimpleName();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "interrupted";
		}
	}

	private String report(double capacity, double share, List<Minute> told, String flooded) {
		StringBuilder said = new StringBuilder(String.format(Locale.ROOT,
				"At most %.0f commands/s (%d clients); %d minutes at %.0f %% of it, %.1f pages per command.%n%n",
				capacity, CLIENTS, told.size(), share * 100, READS));
		said.append(
				"""
						| minutes | commands/s | failed | command p50 / p99, ms | page p50 / p99, ms | resident, MB | live heap, MB | threads | files | most lag | most pending | load |
						|---|---|---|---|---|---|---|---|---|---|---|---|
						""");
		int part = Math.max(1, told.size() / 6);
		for (int from = 0; from < told.size(); from += part) {
			int to = Math.min(told.size(), from + part);
			said.append(line((from + 1) + "-" + to, told.subList(from, to))).append('\n');
		}
		said.append('\n').append(flooded).append('\n');
		said.append(String.format("%n%s, %d stories told to the end, %d abandoned, %d pages failed%n",
				this.rig.journal().totals(), this.stories.get(), this.failed.get(), this.failedReads.get()));
		this.rig.journal()
			.byKind()
			.entrySet()
			.stream()
			.filter((kind) -> !kind.getKey().startsWith("ok "))
			.forEach((kind) -> said.append("- ").append(kind).append('\n'));
		this.rig.broken().forEach((one) -> said.append("- **broken** ").append(one).append('\n'));
		return said.toString();
	}

	private static String line(String name, List<Minute> minutes) {
		Histogram command = new Histogram(3);
		Histogram read = new Histogram(3);
		minutes.forEach((minute) -> {
			command.add(minute.command());
			read.add(minute.read());
		});
		return String.format(Locale.ROOT,
				"| %s | %.0f | %.0f | %s | %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f |", name,
				mean(minutes, Minute::commands) / 60, mean(minutes, Minute::failed) * minutes.size(), times(command),
				times(read), mean(minutes, Minute::resident) / 1024, mean(minutes, Minute::heap) / (1024 * 1024),
				mean(minutes, Minute::threads), mean(minutes, Minute::files), most(minutes, Minute::lag),
				most(minutes, Minute::pending), mean(minutes, Minute::load));
	}

	private static String times(Histogram histogram) {
		return String.format(Locale.ROOT, "%.1f / %.1f", histogram.getValueAtPercentile(50) / 1e6,
				histogram.getValueAtPercentile(99) / 1e6);
	}

	private static double mean(List<Minute> minutes, ToDoubleFunction<Minute> what) {
		return minutes.stream().mapToDouble(what).average().orElse(0);
	}

	private static double most(List<Minute> minutes, ToDoubleFunction<Minute> what) {
		return minutes.stream().mapToDouble(what).max().orElse(0);
	}

}
