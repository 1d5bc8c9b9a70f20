package se.lokalabehov.standalone;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One need's way from its region's delivery to an agency's answer, by those who carry it:
 * SKR and the agency at the pages, what comes between through the API.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NationTests {

	private static final String RSS = "RSS-23";

	private static final String TITLE = "Sommarlovsstöd till barn i glesbygd";

	private TriedOut platform;

	private Browser browser;

	private String cycle;

	@BeforeAll
	void start() {
		Assumptions.assumeTrue(Browser.isInstalled(), Browser.MISSING);
		this.platform = TriedOut.platform();
		this.browser = Browser.withoutScript(this.platform.portal());
		this.cycle = RegionTests.running(this.platform.api());
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void aDeliveredNeedIsCompiledJudgedHandedOverReceivedAndAnswered() {
		deliver();
		compiled();
		askedToBeJudged();
		judged();
		ranked();
		handedOver();
		received();
		answered();
	}

	private void deliver() {
		Api.As coordinator = this.platform.api().as("samordnare-" + RSS);
		coordinator.post("/collections", Map.of("cycle", this.cycle, "message", "Vad behöver ni veta?"));
		String collection = "/collections/" + this.cycle + "." + RSS;
		String municipality = coordinator.get(collection)
			.list("municipalities")
			.getFirst()
			.path("municipality")
			.asString();
		Map<String, Object> wording = Map.of("title", TITLE, "question", "Vad hjälper barn i glesbygd på sommarlovet?",
				"situation", "Det är långt till allt.", "targetGroups", List.of("BARN"), "needType", "METOD");
		Api.As approver = this.platform.api().as("godkannare-" + municipality);
		String need = approver
			.post("/needs", Map.of("cycle", this.cycle, "area", "BOU", "municipalities", List.of(municipality),
					"wording", wording))
			.id();
		approver.post("/needs/" + need + "/submission", Map.of());
		String regional = coordinator
			.post("/regional-needs", Map.of("cycle", this.cycle, "wording", wording, "members",
					List.of(Map.of("need", need, "version", 1))))
			.id();
		coordinator.post(collection + "/deliveries",
				Map.of("regionalNeeds", List.of(Map.of("id", regional, "version", 1)), "notDelivered", List.of()));
	}

	private String in(String page) {
		return "/nationellt/" + page + "?omgang=" + this.cycle;
	}

	private void compiled() {
		this.browser.as("sammanstallare-SKR");
		this.browser.until(() -> this.browser.open(in("sammanstall")).source().contains(TITLE));
		this.browser.click(TITLE).click("Gör ett nationellt behov av de markerade");
		assertThat(this.browser.the("#wording-title").getAttribute("value")).isEqualTo(TITLE);
		this.browser.click("Bilda det nationella behovet");
		assertThat(this.browser.text("[role=status]")).contains("Det nationella behovet är bildat");
	}

	private void askedToBeJudged() {
		this.browser.open(in("sallning")).click(TITLE).click("SBU");
		day("due", 30);
		this.browser.click("Skicka för bedömning");
		assertThat(this.browser.text("[role=status]")).contains("skickade för bedömning");
		assertThat(this.browser.text(".lead")).contains("SBU");
	}

	/** As a person types it is up to the browser's language; the value is not. */
	private void day(String field, int ahead) {
		this.browser.value(field, LocalDate.now(Example.SWEDEN).plusDays(ahead).toString());
	}

	private void judged() {
		this.browser.as("handlaggare-SBU").open(in("sallning")).click(TITLE).click("Nytt kunskapsstöd behövs");
		this.browser.write("reason", "Ingen översikt finns.");
		day("searchedOn", 0);
		this.browser.write("kalla-1-title", "Översikt om lovstöd")
			.write("kalla-1-publisher", "SBU")
			.write("kalla-1-reference", "https://example.org/oversikt")
			.click("Spara bedömningen");
		assertThat(this.browser.text("[role=status]")).contains("Bedömningen är sparad");
		assertThat(this.browser.source()).contains("Ingen översikt finns.");
	}

	private void ranked() {
		List<JsonNode> needs = this.platform.api()
			.as(Acts.SKR)
			.listWhen("/national-needs?cycle=" + this.cycle + "&verdict=NEW", (some) -> !some.isEmpty());
		String item = needs.stream()
			.filter((one) -> one.path("wording").path("title").asString("").equals(TITLE))
			.findFirst()
			.orElseThrow()
			.path("id")
			.asString();
		Api.As skr = this.platform.api().as(Acts.SKR);
		String round = skr
			.post("/prioritisation-rounds",
					new Ranking.Round("NATIONAL", this.cycle, "Prioritering av lovstöd", List.of(item),
							List.of(new Ranking.Seat("0180", null)), 1, Instant.now().plus(Duration.ofDays(10)))
						.body())
			.id();
		this.browser.as("socialchef-0180");
		this.browser.until(() -> this.browser.open("/start").source().contains("Rangordna i Prioritering av lovstöd"));
		this.browser.click("Rangordna i Prioritering av lovstöd");
		assertThat(this.browser.text(".lead")).isEqualTo("0 av 1 rangordnade");
		this.browser.click("Upp");
		assertThat(this.browser.text(".lead")).isEqualTo("1 av 1 rangordnade");
		this.browser.click("Spara min ordning");
		assertThat(this.browser.text("[role=status]")).contains("Er röstsedel är sparad");
		assertThat(this.browser.the("input[type=number]").getDomProperty("value")).isEqualTo("1");
		skr.post("/prioritisation-rounds/" + round + "/closing", Map.of());
	}

	private void handedOver() {
		this.browser.as("sammanstallare-SKR");
		this.browser.until(() -> this.browser.open(in("overlamning")).source().contains(TITLE));
		this.browser.the("input[name=behov]").click();
		this.browser.choose("agency", "SBU");
		day("due", 30);
		this.browser.click("Lämna över");
		assertThat(this.browser.text("[role=status]")).contains("Behoven är överlämnade");
		assertThat(this.browser.source()).contains("Väntar på bekräftelse", "0 av 1 är mottagna");
	}

	private void received() {
		this.browser.as("handlaggare-SBU").open("/start");
		assertThat(this.browser.source()).contains("Bekräfta behovet " + TITLE);
		this.browser.open("/myndighet").click(TITLE).click("Bekräfta mottagandet");
		assertThat(this.browser.text("[role=status]")).contains("Mottagandet är bekräftat");
	}

	private void answered() {
		this.browser.click(TITLE);
		assertThat(this.browser.source()).contains("Inget är beslutat än.");
		String address = this.browser.path();
		this.browser.click("Nytt kunskapsstöd tas fram")
			.write("why", "Frågan är viktig och ingen annan tar den.")
			.click("Publicera");
		assertThat(this.browser.text("[role=status]")).contains("Svaret är publicerat");
		this.browser.loggedOut().open(address);
		assertThat(this.browser.text(".lead")).isEqualTo("Nytt kunskapsstöd tas fram");
		assertThat(this.browser.source()).contains("Frågan är viktig och ingen annan tar den.");
	}

}
