package se.lokalabehov.reportcatalogue.search;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.NeedDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedRedacted;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDelivered;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.reportcatalogue.ReportCatalogueApplication;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.Foreign;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Search and suggestions over HTTP, on the real broker and store.
 */
class FindingHttpTests {

	private static final String RECORDS = "/api/v1/records";

	private static final String REASON = "{\"reason\": \"Uppgifterna var fel.\"}";

	private static final RunningService service = RunningService.start("report-catalogue",
			ReportCatalogueApplication.class);

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void aRecordIsFoundByInflectionCompoundSynonymMisspellingAndLostLetters() {
		String path = published("RSS-04", "Vård vid missbruk hos unga mödrar", "Om behandling i öppna former.", 2021);

		for (String q : List.of("unga mödrars vård", "missbruksvård", "beroende mödrar", "behandlig öppna former",
				"unga modrar")) {
			found("publisher=RSS-04&q=" + text(q), path);
		}
		Answer page = found("publisher=RSS-04&q=missbruksvård".replace("å", "%C3%A5"), path);
		assertThat(page.body().path("items").get(0).path("title").asString())
			.isEqualTo("<mark>Vård vid missbruk</mark> hos unga mödrar");
		assertThat(page.body().path("items").get(0).path("href").asString()).isEqualTo(path);
		assertThat(page.body().path("facets").path("kind").get(0).path("value").asString()).isEqualTo("REPORT");
		assertThat(page.body().path("facets").path("year").get(0).path("value").asString()).isEqualTo("2021");
		assertThat(page.body().path("facets").path("targetGroup").get(0).path("count").asInt()).isEqualTo(1);
	}

	@Test
	void whatIsSearchedForCanBeNarrowedSortedAndPaged() {
		String old = published("RSS-18", "Boendestöd i glesbygd", "Om hemlöshet.", 2015);
		String recent = published("RSS-18", "Annat boendestöd", "Om hemlöshet.", 2024);
		found("publisher=RSS-18&q=boendest%C3%B6d&sort=OLDEST", old, recent);

		assertThat(search("publisher=RSS-18&q=hemlöshet&sort=NEWEST")).containsExactly(recent, old);
		assertThat(search("publisher=RSS-18&q=hemlöshet&sort=TITLE")).containsExactly(recent, old);
		assertThat(search("publisher=RSS-18&q=hemlöshet&year=2015")).containsExactly(old);
		assertThat(search("publisher=RSS-18&q=hemlöshet&kind=RESEARCH_PROJECT")).isEmpty();
		assertThat(search("publisher=RSS-18&q=hemlöshet&area=IFO&sort=OLDEST")).containsExactly(old, recent);
		assertThat(search("publisher=RSS-18&q=hemlöshet&area=ALD")).isEmpty();
		assertThat(search("publisher=RSS-18&q=hemlöshet&language=en")).isEmpty();
		assertThat(search("publisher=RSS-18&q=hemlöshet&targetGroup=VUX&sort=OLDEST")).containsExactly(old, recent);
		assertThat(search("publisher=RSS-18&q=hemlöshet&to=2001-01-01")).isEmpty();
		assertThat(search("publisher=RSS-18&q=hemlöshet&from=2001-01-01&sort=OLDEST")).containsExactly(old, recent);
		Answer first = get("publisher=RSS-18&q=&sort=OLDEST&limit=1");
		assertThat(addresses(first)).containsExactly(old);
		String next = first.body().path("next").asString();
		Answer second = get("publisher=RSS-18&q=&sort=OLDEST&limit=1&cursor=" + next);
		assertThat(addresses(second)).containsExactly(recent);
		assertThat(second.body().has("next")).isFalse();
		assertThat(anybody().get(RECORDS + "?q=&sort=OLDEST&cursor=nonsens").status()).isEqualTo(400);
		assertThat(anybody().get(RECORDS + "?q=&sort=BEST").status()).isEqualTo(400);
		assertThat(anybody().get(RECORDS + "?q=&from=igår".replace("å", "%C3%A5")).status()).isEqualTo(400);
	}

	@Test
	void whatIsNoSyntaxIsReadAsWordsAndSaid() {
		for (String q : List.of("\"", "((", "titel:", "-", "OR OR", "a*", "[1 TO", "år:i fjol", "\\", "\"vård -")) {
			assertThat(get("q=" + text(q)).status()).as(q).isEqualTo(200);
		}
		assertThat(get("q=" + text("\"vård vid")).body().path("notice").asString("")).isNotBlank();
	}

	@Test
	void anotherTextIsProposedWhenNothingIsFound() {
		String path = published("RSS-03", "Utredningsmetodik", "Om utredningsmetodik.", 2020);
		found("publisher=RSS-03&q=utredningsmetodik", path);

		Answer none = get("publisher=RSS-05&q=utredningsmettodik");
		assertThat(none.ids()).isEmpty();
		assertThat(none.body().path("total").asInt()).isZero();
	}

	@Test
	void aWithdrawnAndABlankedRecordAreFoundNoMore() {
		String withdrawn = published("RSS-09", "Kamratstöd till anhöriga", "Om stöd.", 2020);
		String blanked = published("RSS-09", "Kamratstöd till föräldrar", "Om stöd.", 2019);
		String revised = published("RSS-09", "Kamratstöd till alla", "Om stöd.", 2018);
		found("publisher=RSS-09&sort=NEWEST&q=kamratst%C3%B6d", withdrawn, blanked, revised);
		assertThat(suggested(anybody(), "kamratstöd till anhöriga och föräldrar")).contains(id(withdrawn), id(blanked));

		editor("RSS-09").post(withdrawn + "/withdrawal", REASON).expecting(200);
		service.as("SKR", Role.ADMINISTRATOR).post(blanked + "/redaction", REASON).expecting(200);
		editor("RSS-09")
			.put(revised,
					"{\"change\": \"Ny titel.\", \"content\": " + report("RSS-09", "Något annat", "Om.", 2018) + "}",
					"If-Match", "\"1\"")
			.expecting(200);

		Awaitility.await().untilAsserted(() -> assertThat(search("publisher=RSS-09&q=kamratstöd")).isEmpty());
		assertThat(search("publisher=RSS-09&q=")).containsExactly(revised);
		assertThat(suggested(anybody(), "kamratstöd till anhöriga och föräldrar")).doesNotContain(id(withdrawn),
				id(blanked));
	}

	@Test
	void whileOneWritesTheCatalogueIsSuggestedWithWhy() {
		String path = published("RSS-19", "Familjehemsvård för spädbarn", "Om placering i jourhem.", 2020);

		Awaitility.await()
			.untilAsserted(
					() -> assertThat(suggested(anybody(), "vård i familjehem för späda barn")).contains(id(path)));
		Answer answer = suggest(anybody(), "vård i familjehem för späda barn", "&kinds=REPORT,KNOWLEDGE_SUPPORT");
		assertThat(answer.body().path("items").get(0).path("kind").asString()).isEqualTo("REPORT");
		assertThat(answer.body().path("items").get(0).path("href").asString()).isEqualTo(path);
		assertThat(answer.body().path("items").get(0).path("why").get(0).path("shown").asString("")).isNotBlank();
		assertThat(suggest(anybody(), "vård i familjehem för späda barn", "&kinds=NEED").ids())
			.doesNotContain(id(path));
		assertThat(suggest(anybody(), "vård i familjehem för späda barn", "&without=" + id(path)).ids())
			.doesNotContain(id(path));
		assertThat(suggest(anybody(), "kvantmekanik i halvledare", "").ids()).isEmpty();
		assertThat(suggest(anybody(), "", "").ids()).isEmpty();
		assertThat(anybody().get("/api/v1/suggestions").status()).isEqualTo(400);
		assertThat(suggest(anybody(), "vård", "&kinds=BOOK").status()).isEqualTo(400);
	}

	@Test
	void aNeedIsSuggestedToThoseWhoMaySeeItAndAsItGoesOnToMore() {
		String need = unique("need");
		String regional = unique("regional");
		String national = unique("national");
		String written = "hedersvåld mot flickor med intellektuell funktionsnedsättning";
		Foreign.publish(Topics.NEED, need, 1, submitted(written), "0180");
		seenBy(need, written, "0180", "RSS-01", "ADMIN");

		Foreign.publish(Topics.NEED, regional, 1,
				new RegionalNeedFormed(new CycleId("cycle-1"), org("RSS-01"), wording(written), members(need)),
				"RSS-01");
		Foreign.publish(Topics.NEED, need, 2, new NeedMerged(new RegionalNeedId(regional)), "RSS-01");
		seenBy(regional, written, "0180", "RSS-01", "ADMIN");
		seenBy(need, written, "0180", "RSS-01", "ADMIN");

		Foreign.publish(Topics.NEED, regional, 2, new RegionalNeedDelivered(1, 1), "RSS-01");
		Foreign.publish(Topics.NEED, need, 3, new NeedDelivered(new RegionalNeedId(regional), 1), "RSS-01");
		seenBy(need, written, "0180", "RSS-01", "ADMIN", "SKR");
		seenBy(regional, written, "0180", "RSS-01", "ADMIN", "SKR");

		Foreign.publish(Topics.COMPILATION, national, 1, new NationalNeedFormed(new CycleId("cycle-1"),
				wording(written), List.of(new Source(new RegionalNeedId(regional), 1, org("RSS-01"), members(need)))),
				"SKR");
		seenBy(national, written, "ADMIN", "SKR");
		Foreign.publish(Topics.COMPILATION, national, 2,
				new ScreeningAsked(List.of(org("SOS")), LocalDate.of(2027, 1, 1)), "SKR");
		seenBy(national, written, "ADMIN", "SKR", "SOS");
		seenBy(need, written, "0180", "RSS-01", "ADMIN", "SKR", "SOS");

		Foreign.publish(Topics.COMPILATION, national, 3, new NationalNeedScreened(Verdict.EXISTS, "Det finns.",
				org("SOS"), List.of(), LocalDate.of(2026, 11, 1), "Vägledning"), "SOS");
		seenBy(national, written, EVERYBODY);
		seenBy(need, written, EVERYBODY);
		seenBy(regional, written, "0180", "RSS-01", "ADMIN", "SKR", "SOS");
		assertThat(suggest(anybody(), written, "").text()).doesNotContain("0180");

		Foreign.publish(Topics.NEED, need, 4, new NeedRedacted("Personuppgift."), "SKR");
		seenBy(need, written);
		seenBy(national, written, EVERYBODY);
	}

	@Test
	void aWithdrawnNeedIsSuggestedNoMore() {
		String need = unique("need");
		String written = "spelberoende bland pensionärer på landsbygden";
		Foreign.publish(Topics.NEED, need, 1, submitted(written), "0180");
		seenBy(need, written, "0180", "RSS-01", "ADMIN");

		Foreign.publish(Topics.NEED, need, 2, new NeedWithdrawn("Löst."), "0180");
		seenBy(need, written);
	}

	@Test
	void itGoesOnAfterAStopAndAfterItsIndexIsLost(@TempDir Path home) {
		String unique = unique("restart");
		Map<String, Object> same = Map.of("spring.mongodb.database", unique,
				"spring.cloud.stream.bindings.inbox-in-0.group", unique, "lokala-behov.catalogue.index",
				home.resolve("index"));
		String path;
		String second;
		try (RunningService first = RunningService.start("report-catalogue", same, ReportCatalogueApplication.class)) {
			path = published(first, "FOUV", "Skuldsanering för unga", "Om skulder.", 2020);
			found(first, "q=skuldsanering", path);
		}
		try (RunningService again = RunningService.start("report-catalogue", same, ReportCatalogueApplication.class)) {
			assertThat(addresses(again.anybody().get(RECORDS + "?q=skuldsanering"))).contains(path);
			second = published(again, "FOUV", "Skuldsanering för äldre", "Om skulder.", 2021);
			found(again, "sort=OLDEST&q=skuldsanering", path, second);
		}
		FileSystemUtils.deleteRecursively(home.resolve("index").toFile());
		try (RunningService lost = RunningService.start("report-catalogue", same, ReportCatalogueApplication.class)) {
			assertThat(addresses(lost.anybody().get(RECORDS + "?sort=OLDEST&q=skuldsanering"))).containsExactly(path,
					second);
		}
	}

	@Test
	void searchesAreAnsweredRightWhileTheIndexIsMadeAnew() throws Exception {
		List<String> all = new ArrayList<>();
		for (int at = 0; at < 5; at++) {
			all.add(published("RSS-13", "Trygghetslarm " + (2010 + at), "Om larm.", 2010 + at));
		}
		String question = "publisher=RSS-13&sort=OLDEST&q=trygghetslarm";
		found(question, all.toArray(String[]::new));
		AtomicBoolean done = new AtomicBoolean();
		Callable<Integer> searching = () -> {
			int searched = 0;
			while (!done.get() || searched == 0) {
				assertThat(search(question)).containsExactlyElementsOf(all);
				searched++;
			}
			return searched;
		};
		try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
			List<Future<Integer>> searches = List.of(threads.submit(searching), threads.submit(searching));
			try {
				for (int times = 0; times < 5; times++) {
					service.bean(Finding.class).rebuild();
				}
			}
			finally {
				done.set(true);
			}
			for (Future<Integer> search : searches) {
				assertThat(search.get()).isPositive();
			}
		}
		assertThat(search(question)).containsExactlyElementsOf(all);
	}

	private static final String[] EVERYBODY = { "0180", "1480", "RSS-01", "RSS-14-GR", "SKR", "SOS", "SBU", "ADMIN",
			"ANYBODY" };

	/** Of everybody, just these are shown it. */
	private static void seenBy(String id, String text, String... who) {
		Map<String, Caller> all = Map.of("0180", service.as("0180", Role.MUNICIPALITY_AUTHOR), "1480",
				service.as("1480", Role.MUNICIPALITY_AUTHOR), "RSS-01", service.as("RSS-01", Role.RSS_COORDINATOR),
				"RSS-14-GR", service.as("RSS-14-GR", Role.RSS_COORDINATOR), "SKR", service.as("SKR", Role.SKR_COMPILER),
				"SOS", service.as("SOS", Role.AGENCY_OFFICER), "SBU", service.as("SBU", Role.AGENCY_OFFICER), "ADMIN",
				service.as("SKR", Role.ADMINISTRATOR), "ANYBODY", service.anybody());
		Awaitility.await()
			.untilAsserted(() -> assertThat(all.entrySet()
				.stream()
				.filter((one) -> suggested(one.getValue(), text).contains(id))
				.map(Map.Entry::getKey)).containsExactlyInAnyOrder(who));
	}

	private static NeedSubmitted submitted(String text) {
		return new NeedSubmitted(new CycleId("cycle-1"), "SBB", List.of(org("0180")), org("RSS-01"), wording(text),
				null, false, null, null, false);
	}

	private static Wording wording(String text) {
		return new Wording(text, List.of("VUX"), "METOD", "Det är svårt.", "Hur gör man vid " + text + "?", "",
				List.of());
	}

	private static List<Member> members(String need) {
		return List.of(new Member(new NeedId(need), 1, List.of(org("0180"))));
	}

	private static OrganisationId org(String code) {
		return new OrganisationId(code);
	}

	private static String unique(String kind) {
		return kind + "-" + UUID.randomUUID().toString().substring(0, 8);
	}

	private static Answer found(String query, String... paths) {
		return found(service, query, paths);
	}

	private static Answer found(RunningService where, String query, String... paths) {
		String path = RECORDS + "?" + query;
		Awaitility.await()
			.untilAsserted(() -> assertThat(addresses(where.anybody().get(path))).as(query).containsExactly(paths));
		return where.anybody().get(path);
	}

	private static List<String> search(String query) {
		return addresses(get(query.replace("ö", "%C3%B6")));
	}

	private static Answer get(String query) {
		return anybody().get(RECORDS + "?" + query);
	}

	private static Answer suggest(Caller caller, String text, String more) {
		return caller.get("/api/v1/suggestions?text=" + text(text) + more);
	}

	private static List<String> suggested(Caller caller, String text) {
		return suggest(caller, text, "&limit=50").expecting(200).ids();
	}

	private static String text(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static List<String> addresses(Answer reply) {
		return reply.expecting(200).ids().stream().map((id) -> RECORDS + "/" + id).toList();
	}

	private static String id(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private static String published(String publisher, String title, String description, int year) {
		return published(service, publisher, title, description, year);
	}

	private static String published(RunningService where, String publisher, String title, String description,
			int year) {
		return where.as(publisher, Role.FOU_EDITOR)
			.post(RECORDS, "{\"content\": " + report(publisher, title, description, year) + "}")
			.expecting(201)
			.header("Location");
	}

	private static String report(String publisher, String title, String description, int year) {
		return """
				{"kind": "REPORT", "title": "%s", "description": "%s", "publisher": "%s", "language": "sv",
				 "areas": ["SBB"], "targetGroups": ["VUX"],
				 "report": {"authors": ["Ada Lund"], "year": %d, "method": "Intervjuer"}}""".formatted(title,
				description, publisher, year);
	}

	private static Caller anybody() {
		return service.anybody();
	}

	private static Caller editor(String organisation) {
		return service.as(organisation, Role.FOU_EDITOR);
	}

}
