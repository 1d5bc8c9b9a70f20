package se.lokalabehov.reportcatalogue.search;

import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDelivered;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteRedacted;
import se.lokalabehov.contracts.QuestionNoteEvent.QuestionNoted;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.reportcatalogue.ReportCatalogueApplication;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Foreign;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Candidate clusters over HTTP, on the real broker and store.
 */
class GatheringHttpTests {

	private static final String CLUSTERS = "/api/v1/suggestions/clusters";

	private static final String DEBT = "Skuldsanering för unga vuxna med spelskulder";

	private static final String HOME = "Boendestöd till äldre med hemlöshet";

	private static final RunningService service = RunningService.start("report-catalogue",
			ReportCatalogueApplication.class);

	private final String cycle = unique("cycle");

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void anRssIsShownWhichOfItsNeedsMayBeMergedUntilTheyAre() {
		String first = submitted("0180", "RSS-01", DEBT);
		String second = submitted("0181", "RSS-01", "Skuldsanering för unga vuxna som har spelskulder");
		String other = submitted("0181", "RSS-01", HOME);
		String elsewhere = submitted("1480", "RSS-14-GR", DEBT);

		Caller rss = service.as("RSS-01", Role.RSS_COORDINATOR);
		Awaitility.await().untilAsserted(() -> assertThat(clusters(rss)).containsExactly(sorted(first, second)));
		JsonNode cluster = rss.get(CLUSTERS + "?cycle=" + this.cycle).body().path("items").get(0);
		assertThat(cluster.path("title").asString()).startsWith("Skuldsanering");
		assertThat(cluster.path("why").get(0).path("shown").asString("")).isNotBlank();
		assertThat(cluster.toString()).doesNotContain(other, elsewhere);
		for (Caller none : List.of(service.anybody(), service.as("RSS-14-GR", Role.RSS_COORDINATOR),
				service.as("0180", Role.MUNICIPALITY_APPROVER), service.as("SKR", Role.SKR_COMPILER))) {
			assertThat(clusters(none)).isEmpty();
		}

		Foreign.publish(Topics.NEED, first, 2, new NeedMerged(new RegionalNeedId("regional-1")), "RSS-01");
		Awaitility.await().untilAsserted(() -> assertThat(clusters(rss)).isEmpty());
		assertThat(rss.get(CLUSTERS).status()).isEqualTo(400);
	}

	@Test
	void skrIsShownWhichDeliveredNeedsMayBeCompiledUntilTheyAre() {
		String first = delivered("RSS-01", DEBT);
		String second = delivered("RSS-14-GR", "Skuldsanering för unga vuxna som har spelskulder");
		Caller skr = service.as("SKR", Role.SKR_COMPILER);

		Awaitility.await().untilAsserted(() -> assertThat(clusters(skr)).containsExactly(sorted(first, second)));
		assertThat(clusters(service.as("RSS-01", Role.RSS_COORDINATOR))).isEmpty();

		Foreign.publish(
				Topics.COMPILATION, unique("national"), 1, new NationalNeedFormed(new CycleId(this.cycle),
						wording(DEBT), List.of(new Source(new RegionalNeedId(first), 1, org("RSS-01"), members()))),
				"SKR");
		Awaitility.await().untilAsserted(() -> assertThat(clusters(skr)).isEmpty());
	}

	@Test
	void notesThatAskTheSameComeWithTheBeginningOfADraft() {
		String first = noted("0180", "Vart vänder vi oss när en ungdom har spelskulder?");
		String second = noted("0180", "Vart vänder vi oss när ungdomar har skulder för spel?");
		String elsewhere = noted("1480", "Vart vänder vi oss när en ungdom har spelskulder?");
		Caller author = service.as("0180", Role.MUNICIPALITY_AUTHOR);

		for (Caller noter : List.of(author, service.as("RSS-01", Role.RSS_COORDINATOR))) {
			Awaitility.await().untilAsserted(() -> assertThat(ofNotes(noter)).containsExactly(sorted(first, second)));
		}
		JsonNode draft = author.get(CLUSTERS + "?notes=true").body().path("items").get(0).path("draft");
		assertThat(draft.path("area").asString()).isEqualTo("SBB");
		assertThat(draft.path("municipalities").get(0).asString()).isEqualTo("0180");
		assertThat(draft.path("wording").path("title").asString()).startsWith("Vart vänder vi oss");
		assertThat(draft.path("wording").path("question").asString()).contains("spelskulder", "skulder för spel");
		assertThat(draft.path("notes").size()).isEqualTo(2);
		assertThat(author.get(CLUSTERS + "?notes=true").text()).doesNotContain(elsewhere);
		for (Caller none : List.of(service.anybody(), service.as("SKR", Role.SKR_COMPILER),
				service.as("0180", Role.FOU_EDITOR))) {
			assertThat(ofNotes(none)).isEmpty();
		}

		Foreign.publish(Topics.QUESTION_NOTES, first, 2, new NoteRedacted("Personuppgift."), "SKR");
		Awaitility.await().untilAsserted(() -> assertThat(ofNotes(author)).isEmpty());
	}

	private List<List<String>> clusters(Caller caller) {
		return read(caller, CLUSTERS + "?cycle=" + this.cycle);
	}

	private static List<List<String>> ofNotes(Caller caller) {
		return read(caller, CLUSTERS + "?notes=true");
	}

	private static List<List<String>> read(Caller caller, String path) {
		return caller.get(path)
			.expecting(200)
			.body()
			.path("items")
			.valueStream()
			.map((one) -> one.path("ids").valueStream().map(JsonNode::asString).toList())
			.toList();
	}

	private static List<String> sorted(String... ids) {
		return List.of(ids).stream().sorted().toList();
	}

	private String submitted(String municipality, String rss, String title) {
		String id = unique("need");
		Foreign.publish(Topics.NEED, id, 1, new NeedSubmitted(new CycleId(this.cycle), "SBB",
				List.of(org(municipality)), org(rss), wording(title), null, false, null, null, false), municipality);
		return id;
	}

	private String delivered(String rss, String title) {
		String id = unique("regional");
		Foreign.publish(Topics.NEED, id, 1,
				new RegionalNeedFormed(new CycleId(this.cycle), org(rss), wording(title), members()), rss);
		Foreign.publish(Topics.NEED, id, 2, new RegionalNeedDelivered(1, 1), rss);
		return id;
	}

	private static String noted(String municipality, String text) {
		String id = unique("note");
		Foreign.publish(Topics.QUESTION_NOTES, id, 1, new QuestionNoted(org(municipality), "SBB", text), municipality);
		return id;
	}

	private static List<Member> members() {
		return List.of(new Member(new NeedId("need-1"), 1, List.of(org("0180"))));
	}

	private static Wording wording(String title) {
		return new Wording(title, List.of("VUX"), "METOD", title, "Vad hjälper?", "", List.of());
	}

	private static OrganisationId org(String code) {
		return new OrganisationId(code);
	}

	private static String unique(String kind) {
		return kind + "-" + UUID.randomUUID().toString().substring(0, 8);
	}

}
