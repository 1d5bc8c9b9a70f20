package se.lokalabehov.standalone;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import se.lokalabehov.contracts.Wording;
import se.lokalabehov.standalone.ExampleNeed.Plan;

/**
 * One whole cycle in the area Skadligt bruk och beroende, through all seven moments: 72
 * needs, played through the public HTTP API in the roles of those who would act. It
 * checks each answer and stops at the first that it does not expect.
 */
final class Example {

	static final ZoneId SWEDEN = ZoneId.of("Europe/Stockholm");

	/** The municipality whose answers are shown at the end. */
	static final String SHOWN = "0180";

	/** Comes when its region has delivered, and goes in a supplement. */
	private static final String LATE = "k50";

	/** Is asked about by its RSS. */
	private static final String CLARIFIED = "k05";

	/** Is written anew before its region delivers. */
	private static final String REVISED = "k38";

	/** Grows out of notes from daily work. */
	private static final String FROM_NOTES = "k29";

	/** Is said at a network meeting, recorded by the RSS and then confirmed. */
	private static final String RECORDED = "k67";

	/** Goes to the wrong agency first. */
	private static final String RETURNED = "N23";

	/** What is delivered in the end: national need, kind of support, its name. */
	private static final Map<String, List<String>> DELIVERED = new TreeMap<>(
			Map.of("N13", List.of("INSTRUMENT", "Exempel: Råd om kortare bedömning vid skadligt bruk"), "N17",
					List.of("OVERSIKT", "Exempel: Lustgas – kunskapsläge och råd"), "N26",
					List.of("FORSKNING", "Exempel: Kunskapslucka om insatser vid dopning")));

	private static final Set<String> TURNED_BACK_AT_INTAKE = Set.of("EXISTS", "LOCAL");

	private final Api api;

	private final Progress progress;

	private final Acts acts;

	private final Instant deadline;

	private final List<ExampleNeed> needs = ExampleNeed.firstCycle();

	private final Map<String, ExampleNeed> needsById = this.needs.stream()
		.collect(Collectors.toMap(ExampleNeed::id, Function.identity()));

	/**
	 * An example to be played.
	 * @param api the platform
	 * @param progress where to tell how it goes
	 * @param began when it was begun for the first time; a second time it says the same
	 * and nothing is done twice
	 */
	Example(Api api, Progress progress, Instant began) {
		this.api = api;
		this.progress = progress;
		this.acts = new Acts(api, LocalDate.ofInstant(began, SWEDEN));
		this.deadline = began.plus(Duration.ofDays(30));
	}

	/** Plays all seven moments. */
	void play() {
		chooseArea();
		ask();
		answer();
		deliver();
		compileAndScreen();
		rank();
		handOver();
		feedBack();
		new ExampleCatalogue(this.api, today()).play();
		this.progress.done("3 reports and a project of a FoU unit in the catalogue");
	}

	/** Its cycle. */
	String cycle() {
		return this.acts.cycle();
	}

	/** The day on which it begins. */
	LocalDate today() {
		return LocalDate.parse(this.acts.day(0));
	}

	private void chooseArea() {
		this.progress.moment("1 Välja område");
		this.acts.open("SBB", "Exempel: Skadligt bruk och beroende",
				"Exempel: Socialcheferna i NSK-S ser att området förändras snabbt och att kunskapsstödet inte räcker.");
		this.progress.done("area SBB chosen by the social chiefs of %d municipalities, cycle opened by SKR"
			.formatted(Acts.CHOOSERS.size()));
		this.progress.over("social chiefs (NSK-S), SKR", "1 cycle, %d regions with %d municipalities"
			.formatted(this.acts.regions().size(), this.acts.regions().values().stream().mapToInt(List::size).sum()));
	}

	private void ask() {
		this.progress.moment("2 Fråga");
		this.acts.ask(this.acts.regions().keySet(),
				"Exempel: Vilken kunskap saknar ni om skadligt bruk och beroende? Svara gärna tillsammans med en grannkommun.");
		this.progress.done("%d regions have asked their municipalities".formatted(this.acts.regions().size()));
		List<String> silent = withoutNeeds();
		Parallel.each(Acts.AT_ONCE, silent,
				(municipality) -> this.api.as("godkannare-" + municipality)
					.post(this.acts.collection(this.acts.region(municipality)) + "/no-needs", Map.of("municipality",
							municipality, "comment", "Exempel: Vi har inga behov inom området just nu.")));
		this.progress.done("%d municipalities have answered that they have no needs".formatted(silent.size()));
		this.progress.over("%d RSSs, %d municipalities".formatted(this.acts.regions().size(), silent.size()),
				"%d collections, %d answers \"no needs\"".formatted(this.acts.regions().size(), silent.size()));
	}

	/** Two in each region that has needs. */
	private List<String> withoutNeeds() {
		Set<String> behind = this.needs.stream()
			.flatMap((need) -> need.municipalities().stream())
			.collect(Collectors.toSet());
		return active().stream()
			.flatMap((asker) -> this.acts.members(asker)
				.stream()
				.filter((municipality) -> !behind.contains(municipality))
				.limit(2))
			.toList();
	}

	/** The regions that needs come from. */
	private Set<String> active() {
		return this.needs.stream()
			.map((need) -> this.acts.region(need.author()))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private void answer() {
		this.progress.moment("3 Svara");
		List<String> notes = noteQuestions();
		List<ExampleNeed> inTime = this.needs.stream()
			.filter((need) -> !need.id().equals(LATE) && !need.id().equals(RECORDED))
			.toList();
		Parallel.each(Acts.AT_ONCE, inTime,
				(need) -> this.acts.submit(need, this.acts.cycle(), need.id().equals(FROM_NOTES) ? notes : List.of()));
		recordAtMeeting(need(RECORDED));
		this.progress.done("%d needs written and submitted, %d of them joint, 1 recorded by an RSS and confirmed"
			.formatted(inTime.size() + 1, inTime.stream().filter((need) -> need.municipalities().size() > 1).count()));
		List<String> waiting = active().stream().filter(this::waitsForSomebody).toList();
		Parallel.each(Acts.AT_ONCE, waiting,
				(asker) -> this.api.as(Acts.login(asker))
					.post(this.acts.collection(asker) + "/reminders",
							Map.of("message", "Exempel: Svara också om ni inte har några behov.")));
		this.progress.done("%d regions have reminded those who have not answered".formatted(waiting.size()));
		clarify(need(CLARIFIED));
		revise(need(REVISED));
		this.progress.done("1 need clarified on its RSS's question, 1 revised by its municipality");
		long turnedBack = turnBack();
		long elsewhere = this.needs.stream().filter((need) -> !need.area().equals("SBB")).count();
		this.progress.done("%d needs turned back with the answer, %d of another area on its waiting list"
			.formatted(turnedBack, elsewhere));
		this.progress.over("%d municipalities, %d RSSs".formatted(authors(), active().size()),
				"%d needs, %d turned back, %d waiting".formatted(this.needs.size() - 1, turnedBack, elsewhere));
	}

	private boolean waitsForSomebody(String asker) {
		return this.api.as(Acts.login(asker))
			.get(this.acts.collection(asker))
			.list("municipalities")
			.stream()
			.anyMatch((one) -> one.path("answer").asString().equals("NOT_YET"));
	}

	private long authors() {
		return this.needs.stream().flatMap((need) -> need.municipalities().stream()).distinct().count();
	}

	private List<String> noteQuestions() {
		ExampleNeed need = need(FROM_NOTES);
		Api.As author = this.api.as("forfattare-" + need.author());
		return Stream
			.of("Exempel: Vilket skyddat boende tar emot någon som inte är drogfri?",
					"Exempel: Hon vågar inte lämna honom, men boendet säger nej. Vad gör vi?")
			.map((text) -> {
				String note = author.post("/question-notes", Map.of("text", text, "area", need.area())).id();
				author.post("/question-notes/" + note + "/clustering",
						Map.of("cluster", "Exempel: Skydd vid pågående bruk"));
				return note;
			})
			.toList();
	}

	private void recordAtMeeting(ExampleNeed need) {
		String id = this.api.as(Acts.login(this.acts.region(need.author())))
			.post("/needs/recordings",
					Map.of("cycle", this.acts.cycle(), "area", need.area(), "municipalities", need.municipalities(),
							"wording", need.wording(), "occasion", "Exempel: nätverksmöte om beroendevård"))
			.id();
		this.api.as("godkannare-" + need.author())
			.post("/needs/" + id + "/confirmation", Map.of("namesMunicipalities", false));
		this.acts.known(need.id(), id);
	}

	private void clarify(ExampleNeed need) {
		String path = "/needs/" + this.acts.id(need.id());
		this.api.as(Acts.login(this.acts.region(need.author())))
			.post(path + "/clarifications", Map.of("question",
					"Exempel: Gäller frågan också öppenvården, eller bara boendet?", "due", this.acts.day(14)));
		Api.As approver = this.api.as("godkannare-" + need.author());
		String clarification = approver.get(path).list("clarifications").getFirst().path("id").asString();
		approver.post(path + "/clarifications/" + clarification + "/reply",
				Map.of("reply", "Exempel: Den gäller båda."));
	}

	private void revise(ExampleNeed need) {
		Api.As approver = this.api.as("godkannare-" + need.author());
		Answer seen = approver.get("/needs/" + this.acts.id(need.id()));
		Wording words = need.wording();
		approver.put("/needs/" + this.acts.id(need.id()) + "/wording", Map.of("municipalities", need.municipalities(),
				"wording",
				new Wording(words.title(), words.targetGroups(), words.needType(), words.situation(),
						words.question() + " Vi har bara fem behandlare.", words.consequence(), words.supportWanted())),
				seen.eTag());
		this.acts.changed(need.id());
	}

	private long turnBack() {
		List<ExampleNeed> out = this.needs.stream()
			.filter((need) -> !need.goesOn() && TURNED_BACK_AT_INTAKE.contains(plan(need).screening()))
			.toList();
		Parallel.each(Acts.AT_ONCE, out, (need) -> {
			Map<String, Object> answer = new HashMap<>();
			answer.put("because", plan(need).screening());
			answer.put("answer", plan(need).text());
			if (!plan(need).support().isEmpty()) {
				answer.put("support", plan(need).support());
			}
			this.api.as(Acts.login(this.acts.region(need.author())))
				.post("/needs/" + this.acts.id(need.id()) + "/turning-back", answer);
		});
		return out.size();
	}

	private void deliver() {
		this.progress.moment("3 Svara: RSS levererar");
		Map<String, List<ExampleNeed>> regional = by(Plan::regional);
		// One list is changed by one at a time, so the regions work beside each other.
		Parallel.each(Acts.AT_ONCE, active(), (asker) -> {
			regional.forEach((name, members) -> {
				if (this.acts.region(members.getFirst().author()).equals(asker) && !members.contains(need(LATE))) {
					this.acts.form(name, members);
				}
			});
			if (asker.equals(this.acts.region(SHOWN))) {
				rankInRegion(asker, regional);
			}
			deliver(asker,
					regional.entrySet()
						.stream()
						.filter((one) -> this.acts.region(one.getValue().getFirst().author()).equals(asker))
						.map(Map.Entry::getKey)
						.filter(this.acts::isKnown)
						.toList());
		});
		this.progress
			.done("%d regional needs formed and delivered by %d RSSs".formatted(regional.size() - 1, active().size()));
		this.progress.done(
				"1 prioritisation round of %s on its own regional needs".formatted(Acts.name(this.acts.region(SHOWN))));
		deliverLate(regional);
		this.api.as(Acts.SKR).post("/cycles/" + this.acts.cycle() + "/compiling-closing", Map.of());
		this.progress.done("1 late answer delivered in a supplement; SKR has closed compiling");
		this.progress.over("%d RSSs, %s".formatted(active().size(), "7 social chiefs"),
				"%d regional needs, 1 regional round, 1 supplement".formatted(regional.size()));
	}

	/** The needs that go on, by a step of their plan. */
	private Map<String, List<ExampleNeed>> by(Function<Plan, String> step) {
		return this.needs.stream()
			.filter(ExampleNeed::goesOn)
			.collect(Collectors.groupingBy((need) -> step.apply(plan(need)), TreeMap::new, Collectors.toList()));
	}

	private void rankInRegion(String asker, Map<String, List<ExampleNeed>> regional) {
		List<String> items = regional.entrySet()
			.stream()
			.filter((one) -> this.acts.region(one.getValue().getFirst().author()).equals(asker))
			.map((one) -> this.acts.id(one.getKey()))
			.toList();
		List<String> panel = this.acts.members(asker).stream().limit(7).toList();
		Ranking.run(this.api, Acts.login(asker),
				new Ranking.Round("REGIONAL", this.acts.cycle(), "Exempel: Regional prioritering i " + Acts.name(asker),
						items, panel.stream().map((one) -> new Ranking.Seat(one, null)).toList(), 5, this.deadline),
				new Random(1));
	}

	private void deliver(String asker, Collection<String> names) {
		this.api.as(Acts.login(asker))
			.post(this.acts.collection(asker) + "/deliveries",
					Map.of("regionalNeeds",
							names.stream().map((name) -> Map.of("id", this.acts.id(name), "version", 1)).toList(),
							"notDelivered", List.of()));
	}

	private void deliverLate(Map<String, List<ExampleNeed>> regional) {
		ExampleNeed late = need(LATE);
		this.acts.submit(late, this.acts.cycle(), List.of());
		String name = plan(late).regional();
		this.acts.form(name, Objects.requireNonNull(regional.get(name)));
		deliver(this.acts.region(late.author()), List.of(name));
	}

	private void compileAndScreen() {
		this.progress.moment("4 Sammanställa och sålla");
		Map<String, List<ExampleNeed>> national = by(Plan::national);
		Parallel.each(Acts.AT_ONCE, national.entrySet(), (one) -> {
			List<String> sources = one.getValue()
				.stream()
				.map((need) -> this.acts.id(plan(need).regional()))
				.distinct()
				.toList();
			String id = this.api.as(Acts.SKR)
				.post("/national-needs",
						Map.of("cycle", this.acts.cycle(), "wording", Acts.together(one.getValue()), "sources",
								sources))
				.id();
			this.acts.known(one.getKey(), id);
			this.api.as(Acts.SKR)
				.post("/national-needs/" + id + "/screening-request",
						Map.of("agencies", List.of(planOf(one).agency()), "due", this.acts.day(150)));
		});
		this.progress.done("%d national needs compiled by SKR".formatted(national.size()));
		Parallel.each(Acts.AT_ONCE, national.entrySet(), (one) -> screen(one.getKey(), planOf(one)));
		Map<String, Long> verdicts = national.entrySet()
			.stream()
			.collect(Collectors.groupingBy((one) -> planOf(one).screening(), TreeMap::new, Collectors.counting()));
		this.progress.done("verdicts: " + verdicts);
		this.progress.over("SKR, %d agencies".formatted(agencies(national)),
				"%d national needs; %d answered by what exists or locally".formatted(national.size(),
						verdicts.getOrDefault("EXISTS", 0L) + verdicts.getOrDefault("LOCAL", 0L)));
	}

	private static Plan planOf(Map.Entry<String, List<ExampleNeed>> one) {
		return plan(one.getValue().getFirst());
	}

	private static long agencies(Map<String, List<ExampleNeed>> national) {
		return national.entrySet().stream().map((one) -> planOf(one).agency()).distinct().count();
	}

	private void screen(String name, Plan plan) {
		boolean exists = plan.screening().equals("EXISTS");
		Map<String, Object> verdict = new HashMap<>();
		verdict.put("verdict", plan.screening());
		verdict.put("searchedOn", this.acts.day(0));
		verdict.put("reason", switch (plan.screening()) {
			case "EXISTS", "LOCAL" -> plan.text();
			case "ADAPT" -> "Exempel: Det finns stöd som ligger nära, men det svarar inte på frågan som den ställs.";
			default -> "Exempel: Inget kunskapsstöd svarar på frågan.";
		});
		verdict.put("evidence",
				List.of(Map.of("title", exists ? plan.support() : "Exempel: Senaste översikten inom området",
						"publisher", Acts.name(plan.agency()), "reference", "Exempel, ingen verklig källa", "overview",
						true)));
		if (exists) {
			verdict.put("support", plan.support());
		}
		this.api.as("handlaggare-" + plan.agency())
			.post("/national-needs/" + this.acts.id(name) + "/screening", verdict);
	}

	private void rank() {
		this.progress.moment("5 Prioritera");
		List<String> items = toRank().keySet().stream().map(this.acts::id).toList();
		List<Ranking.Seat> panel = active().stream()
			.flatMap((asker) -> this.needs.stream()
				.flatMap((need) -> need.municipalities().stream())
				.distinct()
				.filter((municipality) -> this.acts.region(municipality).equals(asker))
				.sorted()
				.limit(2)
				.map((municipality) -> new Ranking.Seat(municipality, Acts.name(asker))))
			.toList();
		int quorum = panel.size() * 2 / 3;
		Ranking.Result result = Ranking.run(this.api, Acts.SKR, new Ranking.Round("NATIONAL", this.acts.cycle(),
				"Exempel: Nationell prioritering", items, panel, quorum, this.deadline), new Random(2));
		this.progress.done("%d social chiefs in %d groups have ranked %d needs: %d ballots, quorum %d"
			.formatted(panel.size(), active().size(), items.size(), result.ballots(), quorum));
		this.progress.done("first is: " + result.first());
		this.progress.over("SKR, %d social chiefs".formatted(panel.size()),
				"%d needs ranked, %d ballots".formatted(items.size(), result.ballots()));
	}

	/** The national needs that screening did not answer. */
	private Map<String, List<ExampleNeed>> toRank() {
		Map<String, List<ExampleNeed>> all = by(Plan::national);
		all.values().removeIf((needs) -> TURNED_BACK_AT_INTAKE.contains(plan(needs.getFirst()).screening()));
		return all;
	}

	private void handOver() {
		this.progress.moment("6 Överlämna och ta emot");
		Map<String, List<ExampleNeed>> ranked = toRank();
		Parallel.each(Acts.AT_ONCE, ranked.entrySet(), (one) -> {
			String agency = planOf(one).agency();
			if (one.getKey().equals(RETURNED)) {
				handOver(one.getKey(), "SOS", List.of());
				this.api.as("handlaggare-SOS")
					.post("/hand-offs/" + this.acts.id(one.getKey()) + "/return",
							Map.of("reason", "Exempel: Frågan ligger i " + Acts.name(agency) + "s uppdrag."));
			}
			boolean together = planOf(one).text().contains("tillsammans med Socialstyrelsen");
			handOver(one.getKey(), agency, together ? List.of("SOS") : List.of());
			this.api.as("handlaggare-" + agency)
				.post("/hand-offs/" + this.acts.id(one.getKey()) + "/receipt", Map.of("registration",
						"EX %d/%s".formatted(Integer.parseInt(this.acts.day(0).substring(0, 4)), one.getKey())));
		});
		this.progress.done(
				"%d needs handed over and received, 1 of them returned and handed over again".formatted(ranked.size()));
		this.progress.over("SKR, %d agencies".formatted(agencies(ranked)),
				"%d hand-offs, 1 return, %d receipts".formatted(ranked.size() + 1, ranked.size()));
	}

	private void handOver(String name, String agency, List<String> contributors) {
		this.api.as(Acts.SKR)
			.post("/hand-offs", Map.of("nationalNeed", this.acts.id(name), "agency", agency, "contributors",
					contributors, "due", this.acts.day(240)));
	}

	private void feedBack() {
		this.progress.moment("7 Återkoppla");
		Map<String, List<ExampleNeed>> ranked = toRank();
		Parallel.each(Acts.AT_ONCE, ranked.entrySet(), (one) -> {
			Plan plan = planOf(one);
			Api.As agency = this.api.as("handlaggare-" + plan.agency());
			Map<String, Object> decision = new HashMap<>();
			decision.put("decision", plan.decision());
			decision.put("why", plan.text());
			if (!plan.decision().equals("DECLINED") && !plan.decision().equals("RESEARCH_GAP")) {
				decision.put("expected", this.acts.day(400));
			}
			agency.post("/feedback/" + this.acts.id(one.getKey()) + "/decisions", decision);
			if (DELIVERED.containsKey(one.getKey())) {
				deliverSupport(one.getKey(), agency, plan.agency());
			}
		});
		this.progress.done("%d decisions by %d agencies".formatted(ranked.size(), agencies(ranked)));
		this.progress.done("%d supports delivered, and recorded in the catalogue".formatted(DELIVERED.size()));
		int followUps = followUp();
		this.progress.done("%d follow-ups by the municipalities behind them".formatted(followUps));
		this.api.as(Acts.SKR)
			.post("/cycles/" + this.acts.cycle() + "/finish",
					Map.of("summary", "Exempel: Alla som frågade har fått svar."));
		this.progress.over("%d agencies, %d municipalities".formatted(agencies(ranked), authors()),
				"%d decisions, %d deliveries, %d follow-ups".formatted(ranked.size(), DELIVERED.size(), followUps));
	}

	private void deliverSupport(String name, Api.As agency, String publisher) {
		List<String> support = Objects.requireNonNull(DELIVERED.get(name));
		agency.post("/feedback/" + this.acts.id(name) + "/progress",
				Map.of("text", "Exempel: Arbetet följer planen; ett utkast är hos kommunerna för synpunkter."));
		String record = agency
			.post("/records",
					Map.of("content",
							Map.of("kind", "KNOWLEDGE_SUPPORT", "title", support.get(1), "description",
									"Exempel: Påhittat kunskapsstöd som visar hur ett behov får sitt svar.",
									"publisher", publisher, "language", "sv", "areas", List.of("SBB"), "support",
									Map.of("supportKind", support.getFirst(), "answers", List.of(this.acts.id(name))))))
			.id();
		agency.post("/feedback/" + this.acts.id(name) + "/deliveries",
				Map.of("title", support.get(1), "kind", support.getFirst(), "record", record));
	}

	private int followUp() {
		Map<String, List<ExampleNeed>> national = by(Plan::national);
		record Asker(String name, ExampleNeed need, String municipality) {
		}
		List<Asker> askers = DELIVERED.keySet()
			.stream()
			.flatMap((name) -> Objects.requireNonNull(national.get(name))
				.stream()
				.flatMap((need) -> need.municipalities().stream().map((one) -> new Asker(name, need, one))))
			.toList();
		Random random = new Random(7);
		List<Map<String, Integer>> grades = askers.stream()
			.map((asker) -> Map.of("RELEVANCE", 2 + random.nextInt(3), "TIMELINESS", 1 + random.nextInt(3), "USE",
					1 + random.nextInt(4), "DIFFERENCE", 1 + random.nextInt(3)))
			.toList();
		List<Integer> all = Stream.iterate(0, (i) -> i + 1).limit(askers.size()).toList();
		Parallel.each(Acts.AT_ONCE, all, (i) -> {
			Asker asker = askers.get(i);
			this.api.as("godkannare-" + asker.municipality())
				.post("/follow-ups",
						Map.of("nationalNeed", this.acts.id(asker.name()), "need", this.acts.id(asker.need().id()),
								"grades", grades.get(i), "comment",
								"Exempel: Stödet har gåtts igenom i arbetsgruppen."));
		});
		return askers.size();
	}

	private ExampleNeed need(String id) {
		return Objects.requireNonNull(this.needsById.get(id));
	}

	private static Plan plan(ExampleNeed need) {
		return Objects.requireNonNull(need.plan());
	}

}
