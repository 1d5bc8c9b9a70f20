package se.lokalabehov.authorisation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import se.lokalabehov.authorisation.Calls.Answer;

/**
 * Two cycles, walked over HTTP by two municipalities, their regions, SKR and an agency,
 * until something stands in every state that an act needs: an early one, in which needs
 * are gathered and regions rank, and a late one, that has come all the way to follow-ups.
 * Afterwards it makes more of everything when it is asked to.
 */
final class World {

	static final String SEAT = "plats-0180";

	/** So many acts of the table use up a national need that has been ranked. */
	private static final int RANKED = 18;

	private final Calls calls;

	private final Secrets secrets;

	private final LocalDate today;

	private final Map<String, String> things = new HashMap<>();

	private final Deque<String> ranked = new ArrayDeque<>();

	World(Calls calls, Secrets secrets, LocalDate today) {
		this.calls = calls;
		this.secrets = secrets;
		this.today = today;
		walk();
	}

	/** The identifier of something in the world, such as {@code submitted A}. */
	String the(String name) {
		return Objects.requireNonNull(this.things.get(name), name);
	}

	private String the(String name, Region region) {
		return the(name + " " + region.letter());
	}

	private String keep(String name, String id) {
		this.things.put(name, id);
		return id;
	}

	private String keep(String name, Region region, String id) {
		return keep(name + " " + region.letter(), id);
	}

	/** Every identifier of some kind, such as {@code need}, drafts included. */
	List<String> all(String kind) {
		return this.things.values().stream().filter((id) -> id.startsWith(kind + "-")).distinct().sorted().toList();
	}

	/** Every collection. */
	List<String> collections() {
		return this.things.values().stream().filter((id) -> id.contains(".")).distinct().sorted().toList();
	}

	/** A day, so many days from now. */
	String day(int after) {
		return this.today.plusDays(after).toString();
	}

	private String secret(String word, Collection<Who> readers) {
		return this.secrets.plant(word, readers);
	}

	private String secret(String word, Region region, Collection<Who> readers) {
		return secret(word + "-" + region.letter(), readers);
	}

	private void walk() {
		keep("chosen", choose(Who.CHIEF_A, Region.A.municipality(), "EKB",
				secret("VALT", Set.of(Who.CHIEF_A, Who.SKR, Who.ADMINISTRATOR))));
		keep("unasked", openCycle("EKB"));
		keep("early", openCycle("BOU"));
		keep("late", openCycle("SBB"));
		Region.BOTH.forEach(this::gather);
		Region.BOTH.forEach(this::deliver);
		compile();
		rank();
		handOver();
		feedBack();
		catalogue();
		harvest();
		this.calls.post(Who.APPROVER_A, "~/indicators/reports", indicators());
		// What is told last has arrived everywhere when this is seen.
		Calls.await(() -> this.calls.get(Who.ANYONE, "~/needs/" + the("published A")), Answer::isGood);
		Calls.await(() -> this.calls.get(Who.ANYONE, "~/traces/" + the("withdrawn record")), Answer::isGood);
		Calls.await(() -> this.calls.get(Who.RSS_B, "~/traces/" + the("follow-up B")), Answer::isGood);
	}

	// The early cycle: moments 2 and 3, and a round of the region's own

	private void gather(Region region) {
		String cycle = the("early");
		keep("collection", region, ask(region, cycle, secret("INSAMLING", region, region.insidersAnd(Who.SKR))));
		this.calls.post(region.coordinator(), "~/collections/" + the("collection", region) + "/reminders",
				Map.of("message", secret("PAMINNELSE", region, region.insidersAnd(Who.SKR))));
		keep("draft", region,
				draft(region, cycle, "BOU", secret("UTKAST", region, Set.of(region.author(), region.approver()))));
		String submitted = keep("submitted", region,
				submit(region, cycle, "BOU", secret("BEHOV", region, region.insiders())));
		keep("question", region, clarify(region, submitted, secret("FRAGA", region, region.insiders())));
		keep("recorded", region, record(region, cycle, secret("ANTECKNAT", region, region.insiders())));
		String turned = keep("turned back", region, submit(region, cycle, "BOU", "Ett behov"));
		this.calls.post(region.coordinator(), "~/needs/" + turned + "/turning-back",
				Map.of("because", "LOCAL", "answer", secret("SVAR", region, region.insiders())));
		keep("waitlisted", region, waitlist(region, cycle, secret("VANTAR", region, region.insidersAnd(Who.SKR))));
		keep("note", region, note(region, secret("NOTERING", region, region.insiders())));
		keep("formed", region, form(region, cycle, List.of(submit(region, cycle, "BOU", "Ett behov till")),
				secret("REGIONALT", region, region.insiders())));
		String ranked = keep("ranked in region", region, form(region, cycle,
				List.of(submit(region, cycle, "BOU", "Behov tre")), secret("RANGORDNAS", region, region.insiders())));
		keep("regional round open", region,
				openRound(region.coordinator(), "REGIONAL", cycle, List.of(ranked), List.of(region),
						secret("RUNDA", region, List.of(region.chief(), region.coordinator(), Who.ADMINISTRATOR))));
		vote(region.chief(), the("regional round open", region), "plats-" + region.municipality(), List.of(ranked));
		String settled = keep("ranked before in region", region,
				form(region, cycle, List.of(submit(region, cycle, "BOU", "Behov fyra")), "Rangordnat regionalt"));
		String closed = keep("regional round closed", region, openRound(region.coordinator(), "REGIONAL", cycle,
				List.of(settled), List.of(region), secret("AVGJORD", region, region.insiders())));
		vote(region.chief(), closed, "plats-" + region.municipality(), List.of(settled));
		this.calls.post(region.coordinator(), "~/prioritisation-rounds/" + closed + "/closing", Map.of());
	}

	// The late cycle: moments 3 to 7

	private void deliver(Region region) {
		String cycle = the("late");
		Set<Who> withSkr = region.insidersAnd(Who.SKR);
		Set<Who> withAgency = region.insidersAnd(Who.SKR, Who.SOS);
		keep("late collection", region, ask(region, cycle, "Vad saknar ni?"));
		keep("uncompiled", region, submit(region, cycle, "SBB", secret("OMSKRIVET", region, region.insiders())));
		revise(region, the("uncompiled", region), secret("OKOPPLAT", region, withSkr));
		keep("in screening", region, submit(region, cycle, "SBB", secret("SALLAS", region, withAgency)));
		keep("published", region, submit(region, cycle, "SBB", secret("FORSTA", region, region.insiders()),
				secret("ENHET", region, withAgency)));
		revise(region, the("published", region), "Ett publicerat behov");
		String left = keep("not delivered", region,
				submit(region, cycle, "SBB", secret("KVAR", region, region.insiders())));
		String first = keep("regional uncompiled", region, form(region, cycle, List.of(the("uncompiled", region)),
				secret("REGIONALT-OKOPPLAT", region, withSkr), 2));
		String second = keep("regional in screening", region, form(region, cycle, List.of(the("in screening", region)),
				secret("REGIONALT-SALLAS", region, withAgency), 1));
		String third = keep("regional published", region, form(region, cycle, List.of(the("published", region)),
				secret("REGIONALT-PUBLICERAT", region, withAgency), 2));
		this.calls.post(region.coordinator(), "~/collections/" + the("late collection", region) + "/deliveries",
				Map.of("regionalNeeds",
						List.of(Map.of("id", first, "version", 1), Map.of("id", second, "version", 1),
								Map.of("id", third, "version", 1)),
						"notDelivered", List.of(Map.of("need", left, "reason", secret("UTELAMNAT", region, withSkr)))));
		Calls.await(() -> this.calls.get(region.coordinator(), "~/regional-needs/" + third),
				(answer) -> answer.text().contains("\"DELIVERED\""));
		clarify(region, the("published", region), secret("KOMPLETTERING", region, withAgency));
		this.calls.post(region.approver(), "~/needs/" + the("published", region) + "/supplements",
				Map.of("text", secret("TILLAGG", region, withAgency)));
	}

	private void compile() {
		Region.BOTH.forEach((region) -> {
			String national = keep("national in screening", region,
					compile(List.of(the("regional in screening", region)),
							secret("NATIONELLT", region, region.insidersAnd(Who.SKR, Who.SOS))));
			askForScreening(national);
		});
		List<String> both = List.of(the("regional published A"), the("regional published B"));
		for (int i = 0; i < RANKED; i++) {
			this.ranked.add(screened(both, "Ett nationellt behov", "NEW"));
		}
		keep("answered", screened(List.of(the("regional published A")), "Ett besvarat behov", "EXISTS"));
		keep("in open round", screened(List.of(the("regional published A")),
				secret("OPPET-NATIONELLT", Region.A.insidersAnd(Who.SKR, Who.SOS, Who.CHIEF_B)), "NEW"));
	}

	private void rank() {
		List<String> items = List.copyOf(this.ranked);
		String closed = keep("national round closed",
				openRound(Who.SKR, "NATIONAL", the("late"), items, Region.BOTH, "Nationell prioritering"));
		Region.BOTH.forEach((region) -> vote(region.chief(), closed, "plats-" + region.municipality(), items));
		this.calls.post(Who.SKR, "~/prioritisation-rounds/" + closed + "/closing", Map.of());
		String open = keep("national round open",
				openRound(Who.SKR, "NATIONAL", the("late"), List.of(the("in open round")), Region.BOTH,
						secret("NATIONELL-RUNDA", Set.of(Who.SKR, Who.CHIEF_A, Who.CHIEF_B, Who.ADMINISTRATOR))));
		vote(Who.CHIEF_A, open, SEAT, List.of(the("in open round")));
		keep("observed round", observedRound());
		secretBallot();
	}

	/** A ballot in an order that can be recognised wherever it comes up. */
	private void secretBallot() {
		List<String> items = IntStream.range(0, 6).mapToObj((i) -> goingOn()).toList();
		String round = keep("round of a secret ballot",
				openRound(Who.SKR, "NATIONAL", the("late"), items, Region.BOTH, "En omgång med en hemlig röstsedel"));
		List<String> sorted = items.stream().sorted().toList();
		List<String> order = new ArrayList<>(items);
		Random random = new Random(6);
		while (Set.of(items, items.reversed(), sorted, sorted.reversed()).contains(order)) {
			Collections.shuffle(order, random);
		}
		this.secrets.plantBallot(round, order, Who.CHIEF_A);
		this.calls.post(Who.CHIEF_A, "~/prioritisation-rounds/" + round + "/ballots",
				Map.of("seat", SEAT, "ranking", order.stream().map(List::of).toList(), "conflicts", List.of()));
	}

	private void handOver() {
		Set<Who> concerned = Set.of(Who.SKR, Who.SOS, Who.ADMINISTRATOR);
		keep("ranked", this.ranked.remove());
		keep("awaiting", handedOver());
		keep("received", received(secret("DIARIENUMMER", concerned)));
		String returned = keep("returned", handedOver());
		this.calls.post(Who.SOS, "~/hand-offs/" + returned + "/return", Map.of("reason", secret("RETUR", concerned)));
		String below = keep("below the line", this.ranked.remove());
		this.calls.post(Who.SKR, "~/national-needs/" + below + "/below-the-line", Map.of("reason", "För lågt rankat"));
	}

	private void feedBack() {
		String decided = keep("decided", decided());
		this.calls.post(Who.SOS, "~/feedback/" + decided + "/progress", Map.of("text", "Arbetet har börjat"));
		Region.BOTH.forEach((region) -> keep("follow-up", region,
				followUp(region, decided, secret("UPPFOLJNING", region, region.insidersAnd(Who.SKR, Who.SOS)))));
	}

	private void catalogue() {
		keep("record", publish("En rapport"));
		String withdrawn = keep("withdrawn record",
				publish(secret("ATERKALLAD", Set.of(Who.EDITOR, Who.ADMINISTRATOR))));
		this.calls.post(Who.EDITOR, "~/records/" + withdrawn + "/withdrawal", Map.of("reason", "Ersatt av en annan"));
		keep("project", project());
		keep("record with file", withFile());
		// Municipality A has no records to hand over, so nothing else here is changed.
		keep("custody transfer", this.calls.post(Who.EDITOR_OF_A, "~/custody-transfers",
				Map.of("from", "0180", "custodian", "RSS-01", "reason", "Enheten läggs ned")));
	}

	private void harvest() {
		keep("harvest source", harvestSource(true));
		keep("webhook delivery", webhookTest(keep("webhook", webhook())));
		String id = keep("import", imported());
		Calls.await(() -> this.calls.get(Who.EDITOR, "~/records/imports/" + id),
				(answer) -> answer.json().has("finished"));
	}

	/** Of an agency that nothing else here has to do with; leads nowhere. */
	static Map<String, Object> endpoint() {
		return Map.of("name", "Ärendesystemet", "url", "https://mottagare.invalid/webhook", "agency", "TLV");
	}

	/** Turned off, so that nothing happens by itself. */
	String webhook() {
		String id = this.calls.post(Who.ADMINISTRATOR, "~/webhook-endpoints", endpoint());
		this.calls.post(Who.ADMINISTRATOR, "~/webhook-endpoints/" + id + "/disabling", Map.of());
		return id;
	}

	String webhookTest(String webhook) {
		return this.calls.post(Who.ADMINISTRATOR, "~/webhook-endpoints/" + webhook + "/test", Map.of());
	}

	/** One that leads nowhere (RFC 6761). */
	Map<String, Object> source(boolean paused) {
		return Map.of("name", "Ett förvar", "address", "http://forvar.invalid/oai", "publisher", "FOUV", "paused",
				paused);
	}

	/** What stands there already, so that it changes nothing. */
	String table() {
		return "id;slag;titel;beskrivning;utgivare;språk;områden;författare;år;metod\n" + the("record")
				+ ";REPORT;En rapport;En rapport;FOUV;sv;SBB;FoU;2020;En rapport\n";
	}

	String imported() {
		return this.calls.post(Who.EDITOR, "~/records/imports", table());
	}

	private String harvestSource(boolean paused) {
		return this.calls.post(Who.ADMINISTRATOR, "~/harvest-sources", source(paused));
	}

	String harvestSource() {
		return harvestSource(false);
	}

	/** What A says of its transition. */
	static Map<String, Object> indicators() {
		return Map.of("municipality", "0180", "period", "2025-2", "values", Map.of("FOLLOW_UP", 40));
	}

	// One of everything

	private String choose(Who by, String chooser, String area, String title) {
		return this.calls.post(by, "~/cycles",
				Map.of("area", area, "title", title, "why", title, "choosers", List.of(chooser)));
	}

	String chosenCycle() {
		return choose(Who.CHIEF_A, Region.A.municipality(), "EKB", "En omgång till");
	}

	/** Chosen elsewhere, so that who chose tells nothing of who asks. */
	String openCycle(String area) {
		String cycle = choose(Who.SKR, "0380", area, "En omgång");
		this.calls.post(Who.SKR, "~/cycles/" + cycle + "/opening", Map.of("timetable", timetable()));
		return cycle;
	}

	Map<String, String> timetable() {
		return Map.of("ANSWER", day(30), "DELIVER", day(60), "SCREEN", day(90), "RANK", day(120), "FEED_BACK",
				day(400));
	}

	String compiledCycle() {
		String cycle = openCycle("EKB");
		this.calls.post(Who.SKR, "~/cycles/" + cycle + "/compiling-closing", Map.of());
		return cycle;
	}

	private String ask(Region region, String cycle, String message) {
		return this.calls.post(region.coordinator(), "~/collections", Map.of("cycle", cycle, "message", message));
	}

	String collection() {
		return ask(Region.A, openCycle("EKB"), "Vad saknar ni?");
	}

	static Map<String, Object> wording(String text) {
		return Map.of("title", text, "targetGroups", List.of("VUX"), "needType", "METOD", "situation", text, "question",
				text, "consequence", text, "supportWanted", List.of("VAGLEDNING"));
	}

	Map<String, Object> drafted(Region region, String cycle, String area, String text, String unit) {
		return Map.of("cycle", cycle, "area", area, "municipalities", List.of(region.municipality()), "unit", unit,
				"wording", wording(text), "namesMunicipalities", false);
	}

	private String draft(Region region, String cycle, String area, String text) {
		return this.calls.post(region.author(), "~/needs", drafted(region, cycle, area, text, "En enhet"));
	}

	String draft() {
		return draft(Region.A, the("early"), "BOU", "Ett utkast");
	}

	private String submit(Region region, String cycle, String area, String text) {
		return submit(region, cycle, area, text, "En enhet");
	}

	private String submit(Region region, String cycle, String area, String text, String unit) {
		String need = this.calls.post(region.author(), "~/needs", drafted(region, cycle, area, text, unit));
		this.calls.post(region.approver(), "~/needs/" + need + "/submission", Map.of());
		return need;
	}

	String submitted() {
		return submit(Region.A, the("early"), "BOU", "Ett behov");
	}

	private void revise(Region region, String need, String text) {
		this.calls.put(region.approver(), "~/needs/" + need + "/wording",
				Map.of("wording", wording(text), "municipalities", List.of(region.municipality())), "~/needs/" + need);
	}

	private String record(Region region, String cycle, String text) {
		return this.calls.post(region.coordinator(), "~/needs/recordings",
				Map.of("cycle", cycle, "area", "BOU", "municipalities", List.of(region.municipality()), "wording",
						wording(text), "occasion", "Nätverksmöte"));
	}

	String recorded() {
		return record(Region.A, the("early"), "Ett antecknat behov");
	}

	private String waitlist(Region region, String cycle, String text) {
		String need = submit(region, cycle, "BOU", text);
		this.calls.post(region.coordinator(), "~/needs/" + need + "/waitlisting",
				Map.of("area", "BOU", "answer", "Väntar till nästa omgång"));
		return need;
	}

	String waitlisted() {
		return waitlist(Region.A, the("early"), "Ett behov som väntar");
	}

	/** Asks something about a need; gives the question's identifier. */
	private String clarify(Region region, String need, String question) {
		this.calls.post(region.coordinator(), "~/needs/" + need + "/clarifications",
				Map.of("question", question, "due", day(10)));
		return this.calls.get(region.approver(), "~/needs/" + need)
			.json()
			.path("clarifications")
			.path(0)
			.path("id")
			.asString("");
	}

	Map<String, String> clarified() {
		String need = submitted();
		return Map.of("id", need, "clarification", clarify(Region.A, need, "Vilka menar ni?"));
	}

	private String note(Region region, String text) {
		String note = this.calls.post(region.author(), "~/question-notes", Map.of("text", text, "area", "BOU"));
		this.calls.post(region.author(), "~/question-notes/" + note + "/clustering", Map.of("cluster", text));
		return note;
	}

	String note() {
		return note(Region.A, "En fråga");
	}

	private String form(Region region, String cycle, List<String> needs, String text) {
		return form(region, cycle, needs, text, 1);
	}

	private String form(Region region, String cycle, List<String> needs, String text, int version) {
		return this.calls.post(region.coordinator(), "~/regional-needs", Map.of("cycle", cycle, "wording",
				wording(text), "members", needs.stream().map((need) -> member(need, version)).toList()));
	}

	static Map<String, Object> member(String need, int version) {
		return Map.of("need", need, "version", version);
	}

	/** A regional need with the need that it is formed of. */
	Map<String, String> formed() {
		String need = submitted();
		return Map.of("id", form(Region.A, the("early"), List.of(need), "Ett regionalt behov"), "need", need);
	}

	/** Delivered in a supplement, and in no national need. */
	String delivered() {
		String need = submit(Region.A, the("late"), "SBB", "Ett sent behov");
		String regional = form(Region.A, the("late"), List.of(need), "Ett sent regionalt behov");
		this.calls.post(Who.RSS_A, "~/collections/" + the("late collection A") + "/deliveries",
				Map.of("regionalNeeds", List.of(Map.of("id", regional, "version", 1)), "notDelivered", List.of()));
		Calls.await(() -> this.calls.get(Who.RSS_A, "~/regional-needs/" + regional),
				(answer) -> answer.text().contains("\"DELIVERED\""));
		return regional;
	}

	private String compile(List<String> sources, String text) {
		return this.calls.post(Who.SKR, "~/national-needs",
				Map.of("cycle", the("late"), "wording", wording(text), "sources", sources));
	}

	private void askForScreening(String national) {
		this.calls.post(Who.SKR, "~/national-needs/" + national + "/screening-request",
				Map.of("agencies", List.of("SOS"), "due", day(50)));
	}

	String nationalInScreening() {
		String national = compile(List.of(the("regional in screening A")), "Ett nationellt behov som sållas");
		askForScreening(national);
		return national;
	}

	Map<String, Object> verdict(String verdict) {
		Map<String, Object> said = new HashMap<>(Map.of("verdict", verdict, "reason", "Så bedömer vi", "searchedOn",
				day(-1), "evidence", List.of(Map.of("title", "Översikten", "publisher", "SBU", "reference",
						"Översikt om metoder", "overview", true))));
		if (verdict.equals("EXISTS")) {
			said.put("support", "Vägledningen");
		}
		return said;
	}

	private String screened(List<String> sources, String text, String verdict) {
		String national = compile(sources, text);
		askForScreening(national);
		this.calls.post(Who.SOS, "~/national-needs/" + national + "/screening", verdict(verdict));
		return national;
	}

	String goingOn() {
		return screened(List.of(the("regional published A")), "Ett behov som går vidare", "NEW");
	}

	Map<String, Object> round(String level, String cycle, List<String> items, Collection<Region> panel, String title) {
		return Map.of("level", level, "cycle", cycle, "title", title, "items", items, "panel",
				panel.stream()
					.map((region) -> Map.of("seat", "plats-" + region.municipality(), "organisation",
							region.municipality(), "office", "Socialchef"))
					.toList(),
				"quorum", 1, "deadline", Instant.now().plus(5, ChronoUnit.HOURS), "method", "borda", "unranked",
				"LAST");
	}

	private String openRound(Who by, String level, String cycle, List<String> items, Collection<Region> panel,
			String title) {
		return this.calls.post(by, "~/prioritisation-rounds", round(level, cycle, items, panel, title));
	}

	String nationalRound() {
		return openRound(Who.SKR, "NATIONAL", the("late"), List.of(goingOn()), Region.BOTH, "En omgång till");
	}

	String regionalRound() {
		return openRound(Who.RSS_A, "REGIONAL", the("early"), List.of(formed().get("id")), List.of(Region.A),
				"En regional omgång till");
	}

	/** SKR has no vote in it and may comment. */
	String observedRound() {
		Map<String, Object> round = new HashMap<>(round("REGIONAL", the("early"), List.of(formed().get("id")),
				List.of(Region.A), "En omgång med åhörare"));
		round.put("procedure", Map.of("observers", List.of("SKR")));
		return this.calls.post(Who.RSS_A, "~/prioritisation-rounds", round);
	}

	private void vote(Who chief, String round, String seat, List<String> items) {
		this.calls.post(chief, "~/prioritisation-rounds/" + round + "/ballots", ballot(seat, items));
	}

	/** Everything equal. */
	static Map<String, Object> ballot(String seat, List<String> items) {
		return Map.of("seat", seat, "ranking", List.of(items), "conflicts", List.of());
	}

	String ranked() {
		return this.ranked.remove();
	}

	Map<String, Object> handOff(String national) {
		return Map.of("nationalNeed", national, "agency", "SOS", "contributors", List.of(), "due", day(150));
	}

	String handedOver() {
		String national = this.ranked.remove();
		this.calls.post(Who.SKR, "~/hand-offs", handOff(national));
		return national;
	}

	private String received(String registration) {
		String national = handedOver();
		this.calls.post(Who.SOS, "~/hand-offs/" + national + "/receipt", Map.of("registration", registration));
		return national;
	}

	String received() {
		return received("Dnr fyra");
	}

	Map<String, Object> decision() {
		return Map.of("decision", "NEW_SUPPORT", "why", "Kunskapen saknas", "expected", day(300));
	}

	String decided() {
		String national = received();
		this.calls.post(Who.SOS, "~/feedback/" + national + "/decisions", decision());
		return national;
	}

	Map<String, Object> followUp(String national, String need, String comment) {
		return Map.of("nationalNeed", national, "need", need, "grades",
				Map.of("RELEVANCE", 4, "TIMELINESS", 2, "USE", 3, "DIFFERENCE", 3), "comment", comment);
	}

	private String followUp(Region region, String national, String comment) {
		return this.calls.post(region.author(), "~/follow-ups", followUp(national, the("published", region), comment));
	}

	String followUp() {
		return followUp(Region.A, decided(), "Till nytta");
	}

	Map<String, Object> content(String text) {
		Map<String, Object> content = new HashMap<>();
		content.put("kind", "REPORT");
		content.put("title", text);
		content.put("description", text);
		content.put("publisher", "FOUV");
		content.put("language", "sv");
		content.put("areas", List.of("SBB"));
		content.put("report", Map.of("authors", List.of("FoU"), "year", 2020, "method", text));
		return content;
	}

	private String publish(String text) {
		return this.calls.post(Who.EDITOR, "~/records", Map.of("content", content(text)));
	}

	/** SHA-256 of {@link #pdf}. */
	static final String FILE = "7d58fba05d4ae2c36f0c1a963aad363a1bb08a623a2a647b802b99d0a4aad004";

	/** The smallest that there is: one empty page. */
	static byte[] pdf() {
		return ("""
				%PDF-1.4
				1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
				2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
				3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj
				trailer <</Root 1 0 R>>
				%%EOF
				""").getBytes(StandardCharsets.US_ASCII);
	}

	String withFile() {
		String id = publish("En rapport med fil");
		this.calls.post(Who.EDITOR, "~/records/" + id + "/files?name=rapport.pdf", pdf());
		return id;
	}

	String project() {
		Map<String, Object> content = content("Ett projekt");
		content.remove("report");
		content.put("kind", "RESEARCH_PROJECT");
		content.put("project", Map.of("responsible", "FoU", "principal", "FoU", "goals", "Att veta", "contact", "FoU",
				"confirmedCurrent", day(-1), "deliverables", List.of(Map.of("what", "En rapport", "due", day(100)))));
		return this.calls.post(Who.EDITOR, "~/records", Map.of("content", content));
	}

	String published() {
		return publish("En rapport till");
	}

}
