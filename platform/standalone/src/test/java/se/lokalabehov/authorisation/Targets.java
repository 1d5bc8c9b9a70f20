package se.lokalabehov.authorisation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the rows of the table are tried on, by the names that the table uses.
 */
final class Targets {

	private final World world;

	private final Map<String, Target> targets = new LinkedHashMap<>();

	Targets(World world) {
		this.world = world;
		cycles();
		rounds();
		collections();
		needs();
		regionalNeeds();
		nationalNeeds();
		answers();
		wire();
		records();
		harvest();
		directory();
		traces();
		pagesAndOperation();
	}

	Target named(String name) {
		return Objects.requireNonNull(this.targets.get(name), () -> "no target " + name);
	}

	Set<String> names() {
		return this.targets.keySet();
	}

	/** Something by itself; what one makes of it is made anew each time. */
	private void one(String name, String path, Who watcher, String thing, Supplier<String> fresh) {
		this.targets.put(name, new Target(path + "/{id}", watcher, Map.of("id", this.world.the(thing)),
				() -> Map.of("id", fresh.get())));
	}

	/** The same thing again and again: what is done with it can be repeated. */
	private void one(String name, String path, Who watcher, String thing) {
		one(name, path, watcher, thing, () -> this.world.the(thing));
	}

	/** The same, with what anybody is shown. */
	private void forAll(String name) {
		Target target = named(name);
		this.targets.put(name + "-for-all", new Target(target.watch(), Who.ANYONE, target.shared(), target.fresh()));
	}

	/** A list, perhaps asked for a part. */
	private void list(String name, String path, Who watcher, Map<String, String> places) {
		this.targets.put(name, new Target(path, watcher, places, () -> places));
	}

	private void cycles() {
		list("cycles", "~/cycles", Who.SKR, Map.of("?", "area=SBB"));
		one("open-cycle", "~/cycles", Who.SKR, "late", () -> this.world.openCycle("EKB"));
		one("chosen-cycle", "~/cycles", Who.SKR, "chosen", this.world::chosenCycle);
		one("compiled-cycle", "~/cycles", Who.SKR, "late", this.world::compiledCycle);
	}

	private void rounds() {
		String rounds = "~/prioritisation-rounds";
		String early = this.world.the("early");
		list("rounds", rounds, Who.CHIEF_A, Map.of("?", "cycle=" + early));
		this.targets.put("regional-need-to-rank", new Target(rounds + "?cycle={cycle}", Who.RSS_A,
				Map.of("level", "REGIONAL", "cycle", early, "item", this.world.the("formed A")), () -> Map.of("level",
						"REGIONAL", "cycle", early, "item", Objects.requireNonNull(this.world.formed().get("id")))));
		String late = this.world.the("late");
		this.targets.put("national-need-to-rank",
				new Target(rounds + "?cycle={cycle}", Who.SKR,
						Map.of("level", "NATIONAL", "cycle", late, "item", this.world.the("ranked")),
						() -> Map.of("level", "NATIONAL", "cycle", late, "item", this.world.goingOn())));
		one("national-open", rounds, Who.SKR, "national round open", this.world::nationalRound);
		seated("national-open");
		one("national-closed", rounds, Who.SKR, "national round closed");
		one("regional-open", rounds, Who.RSS_A, "regional round open A", this.world::regionalRound);
		seated("regional-open");
		one("regional-closed", rounds, Who.RSS_A, "regional round closed A");
		one("observed", rounds, Who.RSS_A, "observed round", this.world::observedRound);
		this.targets.put("ballot-national",
				new Target(rounds + "/{id}/ballots/{seat}", Who.CHIEF_A,
						Map.of("id", this.world.the("national round open"), "seat", World.SEAT, "item",
								this.world.the("in open round")),
						() -> Map.of("id", this.world.the("national round open"), "seat", World.SEAT, "item",
								this.world.the("in open round"))));
		this.targets.put("ballot-regional",
				new Target(rounds + "/{id}/ballots/{seat}", Who.CHIEF_A,
						Map.of("id", this.world.the("regional round open A"), "seat", World.SEAT, "item",
								this.world.the("ranked in region A")),
						() -> Map.of("id", this.world.the("regional round open A"), "seat", World.SEAT, "item",
								this.world.the("ranked in region A"))));
		this.targets.put("ballot-late",
				new Target(rounds + "/{id}", Who.SKR, Map.of("id", this.world.the("national round closed"), "seat",
						World.SEAT, "item", this.world.the("ranked")), () -> Map.of()));
	}

	private void seated(String round) {
		this.targets.put(round, named(round).with("seat", World.SEAT));
	}

	private void collections() {
		String collections = "~/collections";
		list("collections", collections, Who.RSS_A, Map.of("?", "cycle=" + this.world.the("late")));
		this.targets.put("unasked-cycle", new Target("~/collections?cycle={cycle}", Who.SKR,
				Map.of("cycle", this.world.the("unasked")), () -> Map.of("cycle", this.world.openCycle("EKB"))));
		one("asked", collections, Who.RSS_A, "collection A", this.world::collection);
	}

	private void needs() {
		String needs = "~/needs";
		String early = this.world.the("early");
		list("needs", needs, Who.SKR, Map.of("?", "cycle=" + this.world.the("late")));
		list("drafts", needs, Who.AUTHOR_A, Map.of("?", "status=DRAFT"));
		list("early-cycle", needs + "?cycle={cycle}", Who.RSS_A, Map.of("cycle", early));
		list("not-merged", needs + "/not-merged", Who.RSS_A, Map.of("?", "cycle=" + early));
		one("draft", needs, Who.AUTHOR_A, "draft A", this.world::draft);
		one("submitted", needs, Who.APPROVER_A, "submitted A", this.world::submitted);
		one("recorded", needs, Who.APPROVER_A, "recorded A", this.world::recorded);
		one("waitlisted", needs, Who.APPROVER_A, "waitlisted A", this.world::waitlisted);
		one("turned-back", needs, Who.APPROVER_A, "turned back A");
		one("not-delivered", needs, Who.APPROVER_A, "not delivered A");
		one("uncompiled", needs, Who.APPROVER_A, "uncompiled A");
		one("in-screening", needs, Who.APPROVER_A, "in screening A");
		one("published", needs, Who.APPROVER_A, "published A");
		forAll("published");
		this.targets.put("asked-about",
				new Target(needs + "/{id}", Who.APPROVER_A,
						Map.of("id", this.world.the("submitted A"), "clarification", this.world.the("question A")),
						this.world::clarified));
		list("notes", "~/question-notes", Who.AUTHOR_A, Map.of());
		one("note", "~/question-notes", Who.AUTHOR_A, "note A", this.world::note);
	}

	private void regionalNeeds() {
		String regionalNeeds = "~/regional-needs";
		String early = this.world.the("early");
		list("regional-needs", regionalNeeds, Who.RSS_A, Map.of("?", "cycle=" + this.world.the("late")));
		this.targets.put("submitted-to-form",
				new Target(regionalNeeds + "?cycle={cycle}", Who.RSS_A,
						Map.of("need", this.world.the("submitted A"), "cycle", early),
						() -> Map.of("need", this.world.submitted(), "cycle", early)));
		this.targets.put("formed", new Target(regionalNeeds + "/{id}", Who.RSS_A,
				Map.of("id", this.world.the("formed A"), "need", this.world.the("submitted A")), this.world::formed));
		one("regional-delivered", regionalNeeds, Who.RSS_A, "regional uncompiled A", this.world::delivered);
		one("regional-in-screening", regionalNeeds, Who.RSS_A, "regional in screening A");
	}

	private void nationalNeeds() {
		String nationalNeeds = "~/national-needs";
		String late = this.world.the("late");
		list("national-needs", nationalNeeds, Who.ANYONE, Map.of("?", "verdict=EXISTS&cycle=" + late));
		list("late-cycle", nationalNeeds + "/screening-status", Who.SKR, Map.of("?", "cycle=" + late));
		list("delivered-to-compile", nationalNeeds + "?cycle={cycle}", Who.SKR,
				Map.of("cycle", late, "source", this.world.the("regional in screening A")));
		one("national-in-screening", nationalNeeds, Who.SKR, "national in screening A",
				this.world::nationalInScreening);
		one("national-in-open-round", nationalNeeds, Who.SKR, "in open round");
		one("ranked", nationalNeeds, Who.SKR, "ranked", this.world::ranked);
		forAll("ranked");
		one("answered", nationalNeeds, Who.SKR, "answered");
		forAll("answered");
	}

	private void answers() {
		list("hand-offs", "~/hand-offs", Who.SOS, Map.of("?", "status=RETURNED"));
		one("ranked-to-hand-over", "~/national-needs", Who.SKR, "ranked", this.world::ranked);
		one("awaiting", "~/hand-offs", Who.SKR, "awaiting", this.world::handedOver);
		one("returned", "~/hand-offs", Who.SKR, "returned");
		list("feedback", "~/feedback", Who.AUTHOR_A, Map.of("?", "agency=SKR"));
		one("received", "~/hand-offs", Who.SKR, "received", this.world::received);
		one("decided", "~/feedback", Who.AUTHOR_A, "decided", this.world::decided);
		forAll("decided");
		one("decided-once-more", "~/feedback", Who.AUTHOR_A, "decided");
		list("follow-ups", "~/follow-ups", Who.AUTHOR_A, Map.of("?", "nationalNeed=" + this.world.the("decided")));
		String need = this.world.the("published A");
		this.targets.put("decided-to-follow-up",
				new Target("~/follow-ups?nationalNeed={national}", Who.SKR,
						Map.of("national", this.world.the("decided"), "need", need),
						() -> Map.of("national", this.world.decided(), "need", need)));
		one("follow-up", "~/follow-ups", Who.AUTHOR_A, "follow-up A", this.world::followUp);
	}

	private void wire() {
		list("feed", "~/hand-off-feed", Who.SOS, Map.of("?", "agency=SOS&limit=1"));
		list("feed-event", "~/hand-off-feed/{event}", Who.SOS,
				Map.of("event", "6-hand-off." + this.world.the("awaiting") + ".1", "?", "agency=SOS"));
		list("webhook-endpoints", "~/webhook-endpoints", Who.ADMINISTRATOR, Map.of());
		one("webhook", "~/webhook-endpoints", Who.ADMINISTRATOR, "webhook", this.world::webhook);
		this.targets.put("webhook-delivery", new Target("~/webhook-endpoints/{id}/deliveries", Who.ADMINISTRATOR,
				Map.of("id", this.world.the("webhook"), "delivery", this.world.the("webhook delivery")), () -> {
					String id = this.world.webhook();
					return Map.of("id", id, "delivery", this.world.webhookTest(id));
				}));
	}

	private void records() {
		list("records", "~/records", Who.ANYONE, Map.of());
		list("found-records", "~/records", Who.ANYONE, Map.of("?", "q=rapport"));
		list("suggestions", "~/suggestions", Who.RSS_A,
				Map.of("?", "limit=50&text=antecknat+inskickat+levererat+publicerat+besvarat+behov"));
		list("clusters", "~/suggestions/clusters", Who.RSS_A, Map.of("?", "cycle=" + this.world.the("early")));
		list("note-clusters", "~/suggestions/clusters", Who.RSS_A, Map.of("?", "notes=true"));
		list("records-export", "~/records/export", Who.ANYONE, Map.of("?", "format=CSV"));
		one("record", "~/records", Who.EDITOR, "record", this.world::published);
		one("withdrawn-record", "~/records", Who.EDITOR, "withdrawn record");
		one("project", "~/records", Who.EDITOR, "project", this.world::project);
		this.targets.put("deliverable", named("project").with("number", "1"));
		this.targets.put("upload", named("record").with("?", "name=rapport.pdf"));
		one("record-with-file", "~/records", Who.EDITOR, "record with file", this.world::withFile);
		this.targets.put("file", named("record-with-file").with("sha256", World.FILE));
		list("need-import", "~/needs", Who.AUTHOR_A, Map.of("?", "dryRun=true"));
		list("need-template", "~/needs/imports/template", Who.ANYONE, Map.of());
		this.targets.put("file-upload", named("record").with("?", "name=rapport.pdf"));
		list("found-export", "~/records/export", Who.ANYONE, Map.of("?", "format=CSV&q=rapport"));
		list("publisher", "~/records/statistics", Who.ANYONE, Map.of("?", "publisher=FOUV"));
		one("custody-transfer", "~/custody-transfers", Who.ANYONE, "custody transfer");
		one("custody-transfers", "~/custody-transfers", Who.ANYONE, "custody transfer");
		this.targets.put("record-version", named("record").with("version", "1"));
		this.targets.put("withdrawn-version", named("withdrawn-record").with("version", "1"));
		this.targets.put("record-event", named("record").with("sequence", "1"));
		this.targets.put("withdrawn-event", named("withdrawn-record").with("sequence", "1"));
	}

	private void harvest() {
		list("harvest-sources", "~/harvest-sources", Who.ADMINISTRATOR, Map.of());
		list("template", "~/records/imports/template", Who.ANYONE, Map.of());
		one("import", "~/records/imports", Who.EDITOR, "import");
		this.targets.put("imports", named("import").with("?", "dryRun=true"));
		one("harvest-source", "~/harvest-sources", Who.ADMINISTRATOR, "harvest source", this.world::harvestSource);
	}

	private void directory() {
		list("gotland", "~/directory/municipalities", Who.ANYONE, Map.of("?", "rss=RSS-09"));
		list("municipality", "~/directory/municipalities/{code}", Who.ANYONE, Map.of("code", "0980"));
		list("all-rss", "~/directory/rss", Who.ANYONE, Map.of());
		list("rss", "~/directory/rss/{code}", Who.ANYONE, Map.of("code", "RSS-09"));
		list("agencies", "~/directory/agencies", Who.ANYONE, Map.of());
		list("agency", "~/directory/agencies/{code}", Who.ANYONE, Map.of("code", "SOS"));
		list("national-bodies", "~/directory/national-bodies", Who.ANYONE, Map.of());
		list("areas", "~/directory/areas", Who.ANYONE, Map.of());
		list("area", "~/directory/areas/{code}", Who.ANYONE, Map.of("code", "SBB"));
		list("vocabulary", "~/directory/vocabulary", Who.ANYONE, Map.of());
		list("scheme", "~/directory/vocabulary/{scheme}", Who.ANYONE, Map.of("scheme", "gap-status"));
	}

	private void traces() {
		String early = "cycle=" + this.world.the("early");
		list("traces", "~/traces", Who.AUTHOR_A, Map.of("?", early));
		list("traces-of-A", "~/traces", Who.RSS_A, Map.of("?", early + "&municipality=0180"));
		trace("collection", "collection A", Who.RSS_A);
		trace("national", "national in screening A", Who.SKR);
	}

	/** Only for its trace. */
	private void trace(String name, String thing, Who watcher) {
		list("trace-of-" + name, "~/traces/{id}", watcher, Map.of("id", this.world.the(thing)));
	}

	private void pagesAndOperation() {
		list("page", "/", Who.ANYONE, Map.of());
		list("guide", "/hjalp", Who.ANYONE, Map.of("namn", "kommun"));
		list("obstacle", "/hjalp", Who.ANYONE,
				Map.of("?", "slag=OBSTACLE&problem=Det+syns+inte&epost=&visad=0&nyckel=matrisen&webbplats="));
		list("region-overview", "/oversikt/region/{rss}", Who.ANYONE, Map.of("rss", "RSS-01"));
		list("municipality-overview", "/oversikt/kommun/{kod}", Who.ANYONE, Map.of("kod", "0180"));
		list("indicator-page", "/oversikt/kommun/{kod}/indikatorer", Who.ANYONE, Map.of("kod", "0180"));
		list("indicators", "~/indicators", Who.ANYONE, Map.of());
		list("indicator-reports", "~/indicators/reports", Who.ANYONE, Map.of("?", "municipality=0180"));
		list("indicator-report", "~/indicators/reports/{id}", Who.ANYONE, Map.of("id", "0180.2025-2"));
		list("api-info", "~/api-info", Who.ANYONE, Map.of());
		list("open-data", "~/open-data", Who.ANYONE, Map.of());
		List.of("needs", "national-needs", "feedback")
			.forEach((file) -> list("open-" + file, "~/open-data/{file}", Who.ANYONE, Map.of("file", file + ".json")));
		list("overview-table", "/oversikt.csv", Who.ANYONE, Map.of("?", "del=tackning&region=RSS-09"));
		list("health", "/actuator/health", Who.ADMINISTRATOR, Map.of("*path", "liveness"));
		list("operation", "/actuator/health", Who.ADMINISTRATOR, Map.of("id", "nothing", "from", "1"));
	}

}
