package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a million needs in store do to the pages that people look at: the same pages of
 * two portals, one with a thousand needs and one with all of a country's, asked in turn.
 */
final class Pages implements Section {

	private static final int FEW = 1_000;

	private static final int MANY = 1_000_000;

	/**
	 * How often a page is asked for in one measurement, which is the median; less often
	 * where that would take longer than a window.
	 */
	private static final int REQUESTS = 40;

	private static final int LEAST = 5;

	private static final String SKR = "sammanstallare-SKR";

	/**
	 * A page.
	 *
	 * @param login who looks, null for anybody
	 * @param name as the report says it
	 * @param path by a number from 0 to 1 that chooses among what there is
	 */
	private record Page(@Nullable String login, String name, DoubleFunction<String> path) {
	}

	/** One portal with its country, and who has logged in there. */
	private record Side(PortalAlone portal, Http http, Country country, Map<String, String> cookies) {

		private int need(double chosen) {
			return (int) (chosen * this.country.needs());
		}

		String get(Page page, double chosen) throws IOException, InterruptedException {
			String path = page.path()
				.apply(chosen)
				.replace("{need}", Country.need(need(chosen)))
				.replace("{national}", this.country.national(chosen));
			String login = page.login();
			Http.Answer answer = (login == null) ? this.http.send("GET", path, null, null, "Accept", "text/html")
					: this.http.send("GET", path, null, null, "Accept", "text/html", "Cookie", cookie(login));
			return answer.expecting(200).text();
		}

		private String cookie(String login) throws IOException, InterruptedException {
			String known = this.cookies.get(login);
			if (known == null) {
				known = this.portal.cookie(login);
				this.cookies.put(login, known);
			}
			return known;
		}

		/** The median in milliseconds, of one choice after the other. */
		double measure(Page page, Random random, Duration window) throws IOException, InterruptedException {
			DoubleStream.Builder millis = DoubleStream.builder();
			long until = System.nanoTime() + window.toNanos();
			for (int i = 0; i < LEAST || (i < REQUESTS && System.nanoTime() < until); i++) {
				double chosen = random.nextDouble();
				long began = System.nanoTime();
				get(page, chosen);
				millis.add((System.nanoTime() - began) / 1e6);
			}
			return Ratio.median(millis.build().toArray());
		}

	}

	private static final List<Page> PAGES = List.of(
			new Page(SKR, "trace of a need, by SKR", (chosen) -> "/spar/{need}"),
			new Page(SKR, "trace of a national need, by SKR", (chosen) -> "/spar/{national}"),
			new Page("godkannare-0180", "start, of a municipality", (chosen) -> "/start"),
			new Page("samordnare-RSS-01", "start, of an RSS", (chosen) -> "/start"),
			new Page(SKR, "start, of SKR", (chosen) -> "/start"),
			new Page(null, "first page, by anybody", (chosen) -> "/"),
			new Page(null, "list of cycles, by anybody", (chosen) -> "/omgangar"));

	@Override
	public String name() {
		return "pages";
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		int many = Math.max(FEW, (int) (MANY * settings.scale()));
		report.heading("Pages with " + many + " needs in store beside " + FEW);
		try (Servers few = new Servers(settings, "pages-few"); Servers all = new Servers(settings, "pages-many")) {
			Side small = side(few, FEW, report);
			Side large = side(all, many, report);
			warm(settings, small, large);
			for (Page page : PAGES) {
				// The same choices on both sides of a pair.
				int[] seeds = new int[2];
				Pairs<Double> pairs = Pairs.measure(settings.rounds(),
						() -> large.measure(page, new Random(seeds[0]++), settings.window()),
						() -> small.measure(page, new Random(seeds[1]++), settings.window()));
				report.figure(page.name(), "p50 with " + FEW, pairs.medianOfB(Double::doubleValue), "ms");
				report.figure(page.name(), "p50 with " + many, pairs.medianOfA(Double::doubleValue), "ms");
				report.ratio(page.name(), pairs.ratio(Double::doubleValue), "at most 1.5");
			}
			Page first = PAGES.getFirst();
			report.sameBesideSame(first.name(),
					Pairs
						.measure(settings.rounds(), () -> small.measure(first, new Random(1), settings.window()),
								() -> small.measure(first, new Random(1), settings.window()))
						.ratio(Double::doubleValue));
			small.http().close();
			large.http().close();
		}
	}

	private static Side side(Servers servers, int needs, Report report) throws Exception {
		// A document in memory is mostly small objects and names that all others have.
		Servers.Base base = servers.base(List.of("-Xmx" + (1024 + needs / 58) + "m", "-XX:+IgnoreUnrecognizedVMOptions",
				"-XX:+UseCompactObjectHeaders", "-XX:+UseStringDeduplication"));
		PortalAlone portal = PortalAlone.start(servers, "portal", base, List.of("-Xmx1g"));
		Country country = new Country(needs);
		long began = System.nanoTime();
		double cpu = portal.cpuSeconds();
		long told = country.tell(base.bootstrap());
		portal.takesAll();
		double seconds = (System.nanoTime() - began) / 1e9;
		String work = needs + " needs in " + country.cycles() + " cycles";
		report.figure(work, "events told", told, "");
		report.figure(work, "from the topics into the views", told / seconds, "events/s");
		report.figure(work, "processor per event", 1e6 * (portal.cpuSeconds() - cpu) / told, "us");
		portal.quiet();
		report.figure(work, "broker's disk per event", bytes(servers, "broker") / told, "bytes");
		report.figure(work, "store's journal per need", bytes(servers, "store") / needs, "bytes");
		for (Child child : base.children()) {
			report.figure(work, "resident: broker and store", child.resident() / 1048576.0, "MiB");
		}
		report.figure(work, "resident: portal", portal.child().resident() / 1048576.0, "MiB");
		return new Side(portal, new Http(portal.address()), country, new HashMap<>());
	}

	private static double bytes(Servers servers, String what) throws IOException {
		try (Stream<Path> files = Files.walk(servers.directory().resolve("base").resolve(what))) {
			// Kafka makes its indexes larger than they are and cuts them later.
			return files.filter((file) -> Files.isRegularFile(file) && !file.toString().endsWith("index"))
				.mapToLong((file) -> file.toFile().length())
				.sum();
		}
	}

	private static void warm(Settings settings, Side small, Side large) throws Exception {
		long until = System.nanoTime() + settings.warm().toNanos();
		Random random = new Random(0);
		do {
			for (Page page : PAGES) {
				double chosen = random.nextDouble();
				small.get(page, chosen);
				large.get(page, chosen);
			}
		}
		while (System.nanoTime() < until);
	}

}
