package se.lokalabehov.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;

/**
 * A whole national cycle, from the choice of its area until every need has its answer, by
 * everybody who acts in it and through the public API of a standalone: 290
 * municipalities, 24 RSSs, 15,000 needs, 500 regional and 66 national ones, 100 seats.
 * What was lost is found by asking for the trace of every need at the end. {@code
 * --scale} is how many times as many needs. Small cycles are played before for as long as
 * {@code --warm} says (0: none), in a process that has just begun to compile itself.
 */
final class Cycle implements Section {

	private static final int NATIONAL = 66;

	private static final int SEATS = 100;

	/** Needs of a cycle that is played before the one that counts: two a municipality. */
	private static final int SMALL = 580;

	/** So many act at once. */
	private static final int AT_ONCE = 16;

	/** The needs are submitted in so many parts, whose times show how it grows. */
	private static final int PARTS = 10;

	private static final String SKR = "sammanstallare-SKR";

	private static final String AGENCY = "SBU";

	@Override
	public String name() {
		return "cycle";
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		int needs = Math.max(300, (int) (Country.NEEDS_OF_A_CYCLE * settings.scale()));
		report.heading("A whole national cycle with " + needs + " needs");
		// Some 60 kB a need in the stores of all services, and room to collect garbage.
		long heap = 1024 + needs / 12;
		try (Servers servers = new Servers(settings, "cycle")) {
			Servers.Running platform = servers.standalone("platform", List.of("-Xmx" + heap + "m", "-XX:+UseSerialGC"),
					"--empty");
			platform.child().said("Ready after");
			long began = System.nanoTime();
			try (Actors actors = new Actors(platform.address())) {
				while (System.nanoTime() - began < settings.warm().toNanos()) {
					new Played(actors, platform, SMALL).play();
				}
				report.figure("the platform", "small cycles before", (System.nanoTime() - began) / 1e9, "s");
				new Played(actors, platform, needs).play().report(report);
			}
			report.figure("the platform", "largest heap allowed", heap, "MiB");
			report.figure("the platform", "resident at the end", platform.child().resident() / 1048576.0, "MiB");
		}
	}

	/** One cycle that is played. */
	private static final class Played {

		private final Actors actors;

		private final Servers.Running platform;

		private final int needs;

		private final LocalDate today = LocalDate.now(ZoneId.of("Europe/Stockholm"));

		private final Map<String, List<String>> regions = new LinkedHashMap<>();

		private final Map<String, ConcurrentLinkedQueue<String>> submitted = new ConcurrentHashMap<>();

		private final List<List<String>> rows = new ArrayList<>();

		private String cycle = "";

		private long began;

		private double cpu;

		private double seconds;

		private long asked;

		private long again;

		private String work = "";

		private int lost;

		Played(Actors actors, Servers.Running platform, int needs) {
			this.actors = actors;
			this.platform = platform;
			this.needs = needs;
		}

		Played play() throws Exception {
			long first = System.nanoTime();
			this.asked = -this.actors.asked();
			this.again = -this.actors.again();
			begin();
			open();
			done("1-2 area chosen, cycle opened, asked", this.regions.size());
			for (int part = 0; part < PARTS; part++) {
				List<Integer> numbers = IntStream
					.range(this.needs / PARTS * part, (part < PARTS - 1) ? this.needs / PARTS * (part + 1) : this.needs)
					.boxed()
					.toList();
				Actors.each(AT_ONCE, numbers, this::submit);
				done("3 needs written and submitted, part " + (part + 1), numbers.size());
			}
			List<String> regionals = Collections.synchronizedList(new ArrayList<>());
			Actors.each(AT_ONCE, this.regions.keySet(), (asker) -> regionals.addAll(merge(asker)));
			done("3 regional needs formed and delivered", regionals.size());
			this.actors.post(SKR, "/cycles/" + this.cycle + "/compiling-closing", Map.of());
			List<String> nationals = compile(regionals);
			done("4 national needs compiled and screened", nationals.size());
			rank(nationals);
			done("5 ranked by " + SEATS + " seats", nationals.size());
			Actors.each(AT_ONCE, nationals, this::handOver);
			done("6-7 handed over, received, decided", nationals.size());
			int answered = answered();
			done("every trace read, until each has its answer", answered);
			this.seconds = (System.nanoTime() - first) / 1e9;
			this.asked += this.actors.asked();
			this.again += this.actors.again();
			this.lost = this.needs - answered;
			this.work = this.needs + " needs, " + this.regions.values().stream().mapToInt(List::size).sum()
					+ " municipalities, " + this.regions.size() + " RSSs, " + regionals.size() + " regional, "
					+ nationals.size() + " national needs";
			return this;
		}

		void report(Report report) {
			report.table(List.of("moment", "how many", "s", "ms each", "processor, s", "resident, MiB"), this.rows);
			report.figure(this.work, "from beginning to end (goal at 15,000: under 300)", this.seconds, "s");
			report.figure(this.work, "per need", 1000 * this.seconds / this.needs, "ms");
			report.figure(this.work, "commands and readings", this.asked, "");
			report.figure(this.work, "that had to be repeated", this.again, "");
			report.figure(this.work, "needs lost (goal: 0)", this.lost, "");
		}

		private void begin() {
			this.began = System.nanoTime();
			this.cpu = this.platform.child().cpuSeconds();
		}

		private void done(String what, int many) throws Exception {
			double seconds = (System.nanoTime() - this.began) / 1e9;
			this.rows.add(List.of(what, Integer.toString(many), Report.number(seconds),
					Report.number(1000 * seconds / Math.max(1, many)),
					Report.number(this.platform.child().cpuSeconds() - this.cpu),
					Report.number(this.platform.child().resident() / 1048576.0)));
			System.out.println(this.rows.getLast());
			begin();
		}

		private void open() throws Exception {
			List<String> choosers = List.of("0180", "0380", "1480", "2361");
			this.cycle = this.actors.id("socialchef-" + choosers.getFirst(), "/cycles", Map.of("area", Country.AREA,
					"title", "Mätning", "why", "Området förändras snabbt.", "choosers", choosers));
			this.actors.post(SKR, "/cycles/" + this.cycle + "/opening", Map.of("timetable", Map.of("ANSWER", day(60),
					"DELIVER", day(90), "SCREEN", day(150), "RANK", day(210), "FEED_BACK", day(540))));
			this.actors.get(SKR, "/cycles/" + this.cycle)
				.path("regions")
				.forEach((region) -> this.regions.put(region.path("asker").asString(""),
						region.path("municipalities").valueStream().map(JsonNode::asString).toList()));
			Actors.each(AT_ONCE, this.regions.keySet(), (asker) -> this.actors.post(login(asker), "/collections",
					Map.of("cycle", this.cycle, "message", "Vilken kunskap saknar ni?")));
		}

		private static String login(String asker) {
			return asker.equals("SKR") ? SKR : "samordnare-" + asker;
		}

		private void submit(int number) throws Exception {
			String municipality = Country.municipality(number);
			String need = this.actors.id("forfattare-" + municipality, "/needs",
					Map.of("cycle", this.cycle, "area", Country.AREA, "municipalities", List.of(municipality),
							"wording", Country.wording(number), "namesMunicipalities", false));
			this.actors.post("godkannare-" + municipality, "/needs/" + need + "/submission", Map.of());
			String asker = this.regions.entrySet()
				.stream()
				.filter((region) -> region.getValue().contains(municipality))
				.map(Map.Entry::getKey)
				.findFirst()
				.orElseThrow();
			this.submitted.computeIfAbsent(asker, (one) -> new ConcurrentLinkedQueue<>()).add(need);
		}

		/** One region forms its regional needs, one after the other, and delivers. */
		private List<String> merge(String asker) throws Exception {
			List<String> own = List.copyOf(this.submitted.getOrDefault(asker, new ConcurrentLinkedQueue<>()));
			List<String> formed = new ArrayList<>();
			for (int from = 0; from < own.size(); from += Country.MEMBERS) {
				List<Map<String, Object>> members = own.subList(from, Math.min(own.size(), from + Country.MEMBERS))
					.stream()
					.map((need) -> Map.<String, Object>of("need", need, "version", 1))
					.toList();
				formed.add(this.actors.id(login(asker), "/regional-needs", Map.of("cycle", this.cycle, "wording",
						Country.wording(from / Country.MEMBERS), "members", members)));
			}
			this.actors.post(login(asker), "/collections/" + this.cycle + "." + asker + "/deliveries",
					Map.of("regionalNeeds", formed.stream().map((one) -> Map.of("id", one, "version", 1)).toList(),
							"notDelivered", List.of()));
			return formed;
		}

		private List<String> compile(List<String> regionals) throws Exception {
			int many = Math.min(NATIONAL, regionals.size());
			Map<Integer, String> nationals = new ConcurrentHashMap<>();
			Actors.each(AT_ONCE, IntStream.range(0, many).boxed().toList(), (number) -> {
				List<String> sources = regionals.subList(number * regionals.size() / many,
						(number + 1) * regionals.size() / many);
				String national = this.actors.id(SKR, "/national-needs",
						Map.of("cycle", this.cycle, "wording", Country.wording(number), "sources", sources));
				this.actors.post(SKR, "/national-needs/" + national + "/screening-request",
						Map.of("agencies", List.of(AGENCY), "due", day(150)));
				this.actors.post("handlaggare-" + AGENCY, "/national-needs/" + national + "/screening", Map
					.of("verdict", "NEW", "reason", "Inget kunskapsstöd svarar på frågan.", "searchedOn", day(0)));
				nationals.put(number, national);
			});
			return IntStream.range(0, many)
				.mapToObj((number) -> Objects.requireNonNull(nationals.get(number)))
				.toList();
		}

		private void rank(List<String> nationals) throws Exception {
			List<String> seats = Country.municipalities().subList(0, SEATS);
			List<Map<String, String>> panel = IntStream.range(0, SEATS)
				.mapToObj((i) -> Map.of("seat", seats.get(i), "organisation", seats.get(i), "office", "Socialchef",
						"group", "Grupp " + i % 6))
				.toList();
			Map<String, Object> round = new HashMap<>(Map.of("level", "NATIONAL", "cycle", this.cycle, "title",
					"Nationell prioritering", "items", nationals, "panel", panel, "quorum", SEATS / 2, "deadline",
					Instant.now().plus(Duration.ofDays(1)).toString(), "method", "schulze", "unranked", "LAST"));
			String path = "/prioritisation-rounds/" + this.actors.id(SKR, "/prioritisation-rounds", round);
			Random random = new Random(NATIONAL);
			Map<String, List<List<String>>> ballots = new LinkedHashMap<>();
			seats.forEach((seat) -> {
				List<String> order = new ArrayList<>(nationals);
				for (int swap = 0; swap < 2 * order.size(); swap++) {
					int at = random.nextInt(Math.max(1, order.size() - 1));
					Collections.swap(order, at, Math.min(order.size() - 1, at + 1));
				}
				ballots.put(seat, order.stream().map(List::of).toList());
			});
			Actors.each(AT_ONCE, ballots.entrySet(),
					(ballot) -> this.actors.post("socialchef-" + ballot.getKey(), path + "/ballots",
							Map.of("seat", ballot.getKey(), "ranking", ballot.getValue(), "conflicts", List.of())));
			this.actors.post(SKR, path + "/closing", Map.of());
			this.actors.get(SKR, path + "/ranking");
		}

		private void handOver(String national) throws Exception {
			this.actors.post(SKR, "/hand-offs",
					Map.of("nationalNeed", national, "agency", AGENCY, "contributors", List.of(), "due", day(240)));
			String officer = "handlaggare-" + AGENCY;
			this.actors.post(officer, "/hand-offs/" + national + "/receipt", Map.of("registration", "4.1-1/2026"));
			this.actors.post(officer, "/feedback/" + national + "/decisions",
					Map.of("decision", "NEW_SUPPORT", "why", "Kunskapen saknas.", "expected", day(400)));
		}

		/**
		 * How many needs have an answer in their trace, when as many as can be have. A
		 * region is asked until all of its needs have.
		 */
		private int answered() throws Exception {
			// Three minutes, and longer by as much as there are more needs.
			long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(3)
					* Math.max(this.needs, Country.NEEDS_OF_A_CYCLE) / Country.NEEDS_OF_A_CYCLE;
			Map<String, Integer> answered = new ConcurrentHashMap<>();
			List<String> open = List.copyOf(this.submitted.keySet());
			do {
				Actors.each(AT_ONCE, open, (asker) -> answered.put(asker, answered(asker)));
				open = open.stream()
					.filter((asker) -> answered.getOrDefault(asker,
							0) < Objects.requireNonNull(this.submitted.get(asker)).size())
					.toList();
			}
			while (!open.isEmpty() && System.nanoTime() < until);
			return answered.values().stream().mapToInt(Integer::intValue).sum();
		}

		private int answered(String asker) throws Exception {
			int answered = 0;
			String cursor = "";
			do {
				JsonNode page = this.actors.get(login(asker), "/traces?cycle=" + this.cycle + "&limit=100" + cursor);
				answered += (int) page.path("items")
					.valueStream()
					.filter((one) -> one.path("answered").asBoolean(false))
					.count();
				String next = page.path("next").asString("");
				cursor = next.isEmpty() ? "" : "&cursor=" + next;
			}
			while (!cursor.isEmpty());
			return answered;
		}

		private String day(int after) {
			return this.today.plusDays(after).toString();
		}

	}

}
