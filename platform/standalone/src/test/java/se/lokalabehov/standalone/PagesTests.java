package se.lokalabehov.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every page of the portal in a browser, at both widths: nothing that axe finds wrong, no
 * scrolling sideways, nothing that the browser complains of. The pictures are in
 * {@code target/pictures}: look at them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTests {

	private Browser browser;

	private Map<String, String> made;

	@BeforeAll
	void start() {
		Assumptions.assumeTrue(Browser.isInstalled(), Browser.MISSING);
		TriedOut platform = TriedOut.platform();
		this.made = made(platform.api());
		this.browser = Browser.at(platform.portal());
		tellSomething(platform.api());
	}

	/** People are told what happens after they first logged in. */
	private void tellSomething(Api api) {
		this.browser.as("godkannare-0180").as("samordnare-RSS-01");
		String need = api.as("forfattare-0180")
			.post("/needs",
					Map.of("area", "SBB", "municipalities", List.of("0180"), "wording",
							Map.of("title", "Stöd till anhöriga", "targetGroups", List.of("ANH"), "needType", "METOD",
									"situation", "Anhöriga vänder sig till kommunen.", "question",
									"Vilka insatser hjälper anhöriga?")))
			.id();
		api.as("godkannare-0180").post("/needs/" + need + "/submission", Map.of());
		Awaitility.await().until(() -> this.browser.open("/aviseringar").source().contains("Stöd till anhöriga"));
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	/** What the example has made, by the names in the list of pages. */
	static Map<String, String> made(Api api) {
		Map<String, String> made = new HashMap<>();
		made.put("cycle", finished(api));
		made.put("round",
				first(api.anybody().list("/prioritisation-rounds"), "level", "NATIONAL").path("id").asString(""));
		made.put("national",
				api.anybody().list("/national-needs?cycle=" + made.get("cycle")).getFirst().path("id").asString(""));
		List<JsonNode> own = api.as("godkannare-0180").list("/needs?municipality=0180");
		made.put("need", first(own, "status", "DELIVERED").path("id").asString(""));
		made.put("draft",
				api.as("forfattare-1480")
					.post("/needs", Map.of("area", "SBB", "municipalities", List.of("1480"), "wording",
							Map.of("title", "Unga som använder cannabis", "question",
									"Vilka insatser hjälper unga som använder cannabis?", "targetGroups", List.of())))
					.id());
		region(made, api);
		made.put("reported", "0180");
		for (int percent : List.of(40, 45)) {
			api.as("godkannare-0180")
				.post("/indicators/reports", Map.of("municipality", "0180", "period", "2025-2", "values",
						Map.of("FOLLOW_UP", percent, "SUPPORT", 20)));
		}
		catalogue(made, api);
		Api.As administrator = api.as("administrator-SOS");
		String webhook = administrator
			.post("/webhook-endpoints", Map.of("name", "Ärendesystemet", "url", "https://mottagare.invalid/webhook"))
			.id();
		administrator.post("/webhook-endpoints/" + webhook + "/test", Map.of());
		made.put("webhook", webhook);
		made.put("delivered", first(api.as("sammanstallare-SKR").list("/regional-needs?cycle=" + made.get("cycle")),
				"status", "DELIVERED")
			.path("id")
			.asString(""));
		made.put("ranked",
				first(api.as("handlaggare-SOS").list("/hand-offs?agency=SOS"), "status", "RECEIVED").path("id")
					.asString(""));
		return made;
	}

	/** The cycle that is finished. */
	static String finished(Api api) {
		return first(api.anybody().list("/cycles"), "status", "FINISHED").path("id").asString("");
	}

	/** What the catalogue has, one of it withdrawn. */
	private static void catalogue(Map<String, String> made, Api api) {
		Map.of("report", "REPORT", "project", "RESEARCH_PROJECT", "support", "KNOWLEDGE_SUPPORT")
			.forEach((name, kind) -> made.put(name,
					api.anybody().list("/records?kind=" + kind).getFirst().path("id").asString("")));
		Api.As editor = api.as("redaktor-FOUV");
		String gone = editor.post("/records",
				Map.of("content",
						Map.of("kind", "REPORT", "title", "En rapport som ersattes", "description", "Om stöd.",
								"publisher", "FOUV", "language", "sv", "areas", List.of("SBB"), "report",
								Map.of("authors", List.of("FoU"), "year", 2020))))
			.id();
		editor.post("/records/" + gone + "/withdrawal", Map.of("reason", "Ersatt av en annan rapport."));
		made.put("gone", gone);
	}

	/** What an RSS works with in the cycle that runs. */
	private static void region(Map<String, String> made, Api api) {
		String running = RegionTests.running(api);
		made.put("running", running);
		made.put("chosen",
				api.as(Acts.SKR)
					.post("/cycles",
							Map.of("area", "BOU", "title", "Barn och unga, en gång till", "why", "Mycket är kvar.",
									"choosers", List.of("0180")))
					.id());
		Api.As coordinator = api.as("samordnare-RSS-01");
		made.put("unmerged",
				coordinator.list("/needs?status=SUBMITTED&cycle=" + running).getLast().path("id").asString(""));
		List<String> formed = coordinator.list("/regional-needs?status=FORMED&cycle=" + running)
			.stream()
			.map((one) -> one.path("id").asString(""))
			.toList();
		made.put("regional", formed.getFirst());
		made.put("open", coordinator
			.post("/prioritisation-rounds",
					new Ranking.Round("REGIONAL", running, "Prioritering i länet", formed.subList(0, 1),
							List.of(new Ranking.Seat("0180", null)), 1, Instant.now().plus(Duration.ofDays(10)))
						.body())
			.id());
		Map<String, Object> scored = new HashMap<>(
				new Ranking.Round("REGIONAL", running, "Poäng i länet", formed.subList(1, formed.size()),
						List.of(new Ranking.Seat("0180", null)), 1, Instant.now().plus(Duration.ofDays(10)))
					.body());
		scored.put("procedure", Map.of("criteria",
				List.of(Map.of("criterion", "URGENCY", "weight", 1), Map.of("criterion", "HOW_MANY", "weight", 2)),
				"observers", List.of("SBU")));
		made.put("scored", coordinator.post("/prioritisation-rounds", scored).id());
	}

	private static JsonNode first(List<JsonNode> list, String field, String value) {
		return list.stream()
			.filter((one) -> one.path(field).asString("").equals(value))
			.findFirst()
			.orElse(list.getFirst());
	}

	@Test
	void everyPageIsAccessibleFitsAPhoneAndCanBeReadTwiceAsLargeAndWithMoreSpace() {
		Queue<String> wrong = new ConcurrentLinkedQueue<>();
		BlockingQueue<Browser> free = new LinkedBlockingQueue<>();
		Map<String, List<PageRoutes>> byLogin = PageRoutes.pages().collect(Collectors.groupingBy(PageRoutes::login));
		try (Browser other = Browser.at(TriedOut.platform().portal())) {
			free.addAll(List.of(this.browser, other));
			Parallel.each(free.size(), byLogin.entrySet(), (group) -> {
				Browser browser = free.remove();
				try {
					as(browser, group.getKey());
					group.getValue().forEach((page) -> wrong.addAll(wrongWith(browser, page)));
				}
				finally {
					free.add(browser);
				}
			});
		}
		assertThat(wrong).isEmpty();
	}

	private static void as(Browser browser, String login) {
		if (login.equals("-")) {
			browser.loggedOut();
		}
		else {
			browser.as(login);
		}
	}

	private List<String> wrongWith(Browser browser, PageRoutes page) {
		List<String> wrong = new ArrayList<>();
		for (int width : Browser.WIDTHS) {
			browser.width(width).open(page.address(this.made));
			browser.violations().forEach(wrong::add);
			browser.complaints().forEach(wrong::add);
			if (browser.overflows()) {
				wrong.add("one must scroll sideways: " + browser.beyond());
			}
			browser.picture(Path.of("target", "pictures", page.name() + "-" + width + ".png"));
		}
		// WCAG 1.4.4 and 1.4.12: as who reads it makes it larger.
		browser.twiceAsLarge();
		wrong.addAll(cut(browser, "twice as large"));
		browser.withMoreSpace();
		wrong.addAll(cut(browser, "with more space"));
		return wrong.stream().map((what) -> page.address() + " (" + page.login() + "): " + what).distinct().toList();
	}

	private static List<String> cut(Browser browser, String how) {
		List<String> wrong = new ArrayList<>(browser.cutOff());
		if (browser.overflows()) {
			wrong.add("one must scroll sideways: " + browser.beyond());
		}
		return wrong.stream().map((what) -> how + ": " + what).toList();
	}

	@Test
	void everyPageThatIsMappedIsInTheList() {
		Set<String> listed = new TreeSet<>();
		PageRoutes.all().forEach((page) -> listed.add(page.path()));
		assertThat(listed).as("page-routes.txt has a row for every page, and no other").isEqualTo(PageRoutes.mapped());
	}

	@Test
	void aPageForSomebodyAsksWhoHasNotLoggedInToDoSo() {
		this.browser.loggedOut();
		Set<String> forAnybody = PageRoutes.pages()
			.filter(PageRoutes::isForAnybody)
			.map(PageRoutes::path)
			.collect(Collectors.toSet());
		PageRoutes.pages().filter((page) -> !forAnybody.contains(page.path())).forEach((page) -> {
			this.browser.open(page.address(this.made));
			assertThat(this.browser.source()).as(page.address()).contains("name=\"username\"");
		});
	}

}
