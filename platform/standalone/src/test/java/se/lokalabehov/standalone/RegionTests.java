package se.lokalabehov.standalone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An RSS's way through its part of a cycle: who has answered, merging, delivering. In a
 * region of its own in the cycle that runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegionTests {

	private static final String RSS = "RSS-22";

	private static final int AT_ONCE = 100;

	private static final String LARGE = "RSS-10";

	private static final String COORDINATOR = "samordnare-RSS-22";

	private TriedOut platform;

	private Browser browser;

	private String cycle;

	@BeforeAll
	void start() {
		Assumptions.assumeTrue(Browser.isInstalled(), Browser.MISSING);
		this.platform = TriedOut.platform();
		this.browser = Browser.withoutScript(this.platform.portal());
		this.cycle = running(this.platform.api());
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	/** The cycle that has been opened last and runs. */
	static String running(Api api) {
		return api.anybody()
			.list("/cycles")
			.stream()
			.filter((one) -> one.path("status").asString("").equals("OPEN"))
			.reduce((earlier, later) -> later)
			.orElseThrow()
			.path("id")
			.asString();
	}

	@Test
	void aRegionAsksRemindsMergesUndoesAndDelivers() {
		askedByItsCoordinator();
		reminded();
		twoMunicipalitiesAnswer();
		mergedByTicking();
		undone();
		mergedByKeyboard();
		delivered();
	}

	private void askedByItsCoordinator() {
		this.browser.as(COORDINATOR).open("/region/" + RSS + "/laget?omgang=" + this.cycle);
		this.browser.write("message", "Vad behöver ni veta mer om?").click("Fråga kommunerna");
		assertThat(this.browser.text("[role=status]")).contains("Kommunerna är tillfrågade");
		assertThat(this.browser.text(".lead")).startsWith("0 av ");
	}

	private void reminded() {
		this.browser.click("Påminn");
		assertThat(this.browser.text("[role=status]")).contains("Påminnelsen är skickad");
		this.browser.until(() -> {
			this.browser.open("/region/" + RSS + "/laget?omgang=" + this.cycle);
			return this.browser.source().contains("Skickade påminnelser");
		});
	}

	private void twoMunicipalitiesAnswer() {
		List<JsonNode> members = this.platform.api()
			.as(COORDINATOR)
			.get("/collections/" + this.cycle + "." + RSS)
			.list("municipalities");
		submitted(members.get(0).path("municipality").asString(), "Barn som bevittnat våld i nära relation");
		submitted(members.get(1).path("municipality").asString(), "Barn som har bevittnat våld i en nära relation");
		submitted(members.get(1).path("municipality").asString(), "Lekplatser i närområdet");
		this.browser.open("/region/" + RSS + "/laget?omgang=" + this.cycle);
		assertThat(this.browser.text(".lead")).startsWith("2 av ");
		assertThat(this.browser.all(".tiles .NEEDS")).hasSize(2);
		assertThat(this.browser.text(".tiles .NOT_YET")).contains("Inte svarat");
	}

	private void submitted(String municipality, String title) {
		Api.As approver = this.platform.api().as("godkannare-" + municipality);
		String id = approver
			.post("/needs", Map.of("cycle", this.cycle, "area", "BOU", "municipalities", List.of(municipality),
					"wording",
					Map.of("title", title, "question", "Vilka insatser hjälper? " + title, "situation",
							"Vi gör olika i varje ärende.", "targetGroups", List.of("BARN"), "needType", "METOD")))
			.id();
		approver.post("/needs/" + id + "/submission", Map.of());
	}

	private void mergedByTicking() {
		this.browser.open("/region/" + RSS + "/sammanfora?omgang=" + this.cycle);
		this.browser.until(() -> this.browser.all("#tavla li").size() == 3);
		this.browser.all("#tavla input[type=checkbox]").get(0).click();
		this.browser.all("#tavla input[type=checkbox]").get(1).click();
		this.browser.click("Gör ett regionalt behov av de markerade");
		assertThat(this.browser.all("#members input:checked")).hasSize(2);
		assertThat(this.browser.the("#wording-title").getAttribute("value")).isNotBlank();
		this.browser.click("Bilda det regionala behovet");
		assertThat(this.browser.text("[role=status]")).contains("Det regionala behovet är bildat");
		assertThat(this.browser.all("#tavla li")).hasSize(1);
		assertThat(this.browser.text("[data-whole]")).contains("2 olika kommuner bakom");
	}

	private void undone() {
		this.browser.click("Ångra: lös upp det igen");
		assertThat(this.browser.text("[role=status]")).contains("Det är upplöst");
		assertThat(this.browser.all("#tavla li")).hasSize(3);
		assertThat(this.browser.all("[data-whole]")).isEmpty();
	}

	private void mergedByKeyboard() {
		this.browser.all("#tavla input[type=checkbox]").get(0).sendKeys(Keys.SPACE);
		this.browser.all("#tavla input[type=checkbox]").get(0).sendKeys(Keys.ENTER);
		this.browser.until(() -> this.browser.path().endsWith("/nytt"));
		this.browser.click("Bilda det regionala behovet");
		this.browser.all("#tavla input[type=checkbox]").get(0).sendKeys(Keys.SPACE);
		this.browser.click("Lägg till markerade");
		assertThat(this.browser.text("[data-whole]")).contains("2 olika kommuner bakom");
	}

	private void delivered() {
		this.browser.open("/region/" + RSS + "/leverans?omgang=" + this.cycle);
		assertThat(this.browser.source()).contains("Det här går till SKR (1)", "Det här går inte vidare (1)");
		this.browser.click("Leverera till SKR");
		assertThat(this.browser.text("[role=alert]")).contains("Skriv ett skäl för varje behov");
		this.browser.all("textarea[id^=skal-]").getFirst().sendKeys("Det löses av kommunens egen park.");
		String left = Objects.requireNonNull(this.browser.all("textarea[id^=skal-]").getFirst().getAttribute("id"))
			.substring("skal-".length());
		this.browser.click("Leverera till SKR");
		assertThat(this.browser.text("[role=status]")).contains("Listan är levererad");
		List<JsonNode> answered = this.platform.api()
			.as(COORDINATOR)
			.listWhen("/needs?cycle=" + this.cycle + "&status=NOT_DELIVERED",
					(needs) -> needs.stream().anyMatch((need) -> need.path("id").asString("").equals(left)));
		assertThat(answered).anyMatch(
				(need) -> need.path("answer").path("text").asString("").equals("Det löses av kommunens egen park."));
	}

	/**
	 * A hundred at a time are shown: what is written of one stays while another part is
	 * read, and what comes meanwhile is not answered unseen.
	 */
	@Test
	void aRegionWithMoreThanOneSeesAtOnceAnswersEveryNeed() {
		RegionActs region = new RegionActs(this.platform.api(), this.cycle, LARGE);
		Api.As coordinator = this.platform.api().as("samordnare-" + LARGE);
		List<String> needs = IntStream.rangeClosed(1, AT_ONCE + 3)
			.mapToObj((number) -> region.need("Fritid nummer " + number))
			.toList();
		this.browser.as("samordnare-" + LARGE).open("/region/" + LARGE + "/sammanfora?omgang=" + this.cycle);
		assertThat(this.browser.text("#osorterat")).isEqualTo("Behov som inte är sammanförda (103)");
		assertThat(this.browser.all("#tavla li")).hasSize(AT_ONCE);
		this.browser.click("Nästa");
		assertThat(this.browser.all("#tavla li")).hasSize(3);
		this.browser.write("q", "nummer 77").click("Sök");
		assertThat(this.browser.text("#tavla li label")).isEqualTo("Fritid nummer 77");

		this.browser.open("/region/" + LARGE + "/leverans?omgang=" + this.cycle);
		this.browser.write("skal-" + needs.getFirst(), "Det första har ett eget skäl.").click("Nästa");
		this.browser.write("skal-" + needs.getLast(), "Det sista har ett eget skäl.");
		String late = region.need("Kom medan listan lästes");
		this.browser.write("reason", "Löses inom regionen.").click("Leverera till SKR");
		assertThat(this.browser.text("[role=alert]")).contains("Alla inskickade behov måste levereras");
		assertThat(this.browser.source()).contains("Det här går inte vidare (104)");
		this.browser.click("Leverera till SKR");
		assertThat(this.browser.text("[role=status]")).contains("Listan är levererad");

		Map<String, String> answers = answers(coordinator, needs.size() + 1);
		assertThat(answers).containsEntry(needs.getFirst(), "Det första har ett eget skäl.")
			.containsEntry(needs.getLast(), "Det sista har ett eget skäl.")
			.containsEntry(needs.get(50), "Löses inom regionen.")
			.containsEntry(late, "Löses inom regionen.");
	}

	private Map<String, String> answers(Api.As coordinator, int all) {
		Map<String, String> answers = new LinkedHashMap<>();
		this.browser.until(() -> {
			coordinator.list("/needs?cycle=" + this.cycle + "&status=NOT_DELIVERED")
				.forEach((need) -> answers.put(need.path("id").asString(),
						need.path("answer").path("text").asString("")));
			return answers.size() == all;
		});
		return answers;
	}

	@Test
	void anotherRegionsPagesAreNotForMe() {
		this.browser.as("samordnare-RSS-12").open("/region/RSS-01/laget");
		assertThat(this.browser.heading()).isEqualTo("Sidan är inte för din roll");
	}

}
