package se.lokalabehov.standalone;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people do to forms without meaning to, and what some mean to: hostile and odd
 * text, two at once, a session that ends. In a region of its own, from the question to
 * the delivery.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RobustnessTests {

	private static final String RSS = "RSS-07";

	private static final String COORDINATOR = "samordnare-" + RSS;

	/** Markup, expressions of three languages, an address that is a program. */
	private static final String HOSTILE = "\"'><script>document.title='fel'</script><img src=x onerror=\"document.title='fel'\">"
			+ " {{7*7}} ${7*7} [[${7*7}]] #{7*7} javascript:alert(1)";

	/**
	 * Turned around, outside the first plane of Unicode, and without a place to break.
	 */
	private static final String ODD = "👩🏽‍🚀 🇸🇪 " + "Kunskapsstödsanpassningsbehov".repeat(5) + " " + HOSTILE;

	private TriedOut platform;

	private Browser browser;

	private String cycle;

	@BeforeAll
	void start() {
		Assumptions.assumeTrue(Browser.isInstalled(), Browser.MISSING);
		this.platform = TriedOut.platform();
		this.browser = Browser.at(this.platform.portal());
		this.cycle = RegionTests.running(this.platform.api());
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	private String board() {
		return "/region/" + RSS + "/sammanfora?omgang=" + this.cycle;
	}

	private static List<String> theBrowserOwnWords(Browser browser) {
		// That a form was not taken is an answer, not a fault.
		return browser.complaints().stream().filter((one) -> !one.contains("status of 422")).toList();
	}

	/** Nothing of a text has become a part of the page, at either width. */
	private void isHarmless() {
		assertThat(this.browser.runnable()).as(this.browser.address()).isEmpty();
		assertThat(this.browser.title()).isNotEqualTo("fel");
		assertThat(theBrowserOwnWords(this.browser)).as(this.browser.address()).isEmpty();
		Browser.WIDTHS.forEach(
				(width) -> assertThat(this.browser.width(width).overflows()).as(this.browser.address() + " at " + width)
					.isFalse());
	}

	private void showsAndIsHarmless(String... texts) {
		assertThat(this.browser.text("main")).contains(texts);
		isHarmless();
	}

	private void keepsAndIsHarmless(String field, String text) {
		assertThat(this.browser.text("[role=alert]")).isNotBlank();
		assertThat(this.browser.value(field)).isEqualTo(text);
		isHarmless();
	}

	private String submitted(String municipality, String title) {
		Api.As approver = this.platform.api().as("godkannare-" + municipality);
		String id = approver
			.post("/needs", Map.of("cycle", this.cycle, "area", "BOU", "municipalities", List.of(municipality), "unit",
					HOSTILE, "wording", Map.of("title", title, "question", ODD, "situation", HOSTILE, "consequence",
							HOSTILE, "targetGroups", List.of("BARN"), "needType", "METOD")))
			.id();
		approver.post("/needs/" + id + "/submission", Map.of());
		return id;
	}

	@Test
	@Order(1)
	void hostileTextIsShownAsItWasTypedAllTheWayThroughARegion() {
		this.browser.as(COORDINATOR).open("/region/" + RSS + "/laget?omgang=" + this.cycle);
		this.browser.value("message", HOSTILE).click("Fråga kommunerna");
		this.browser.value("message", HOSTILE).click("Påminn");
		this.browser.until(() -> {
			this.browser.open("/region/" + RSS + "/laget?omgang=" + this.cycle);
			return this.browser.source().contains("Skickade påminnelser");
		});
		showsAndIsHarmless(HOSTILE);

		List<JsonNode> members = this.platform.api()
			.as(COORDINATOR)
			.get("/collections/" + this.cycle + "." + RSS)
			.list("municipalities");
		String first = members.get(0).path("municipality").asString();
		String need = submitted(first, HOSTILE);
		submitted(members.get(1).path("municipality").asString(), "Kvar " + HOSTILE);
		this.browser.until(() -> {
			this.browser.open(board());
			return this.browser.all("#tavla li").size() == 2;
		});
		showsAndIsHarmless(HOSTILE, "Kvar " + HOSTILE);

		this.browser.the("#tavla input[value^='" + need + "']").click();
		this.browser.click("Gör ett regionalt behov av de markerade");
		showsAndIsHarmless(HOSTILE);
		List.of("wording-question", "wording-situation", "wording-consequence")
			.forEach((field) -> this.browser.value(field, ODD));
		this.browser.value("wording-title", "").click("Bilda det regionala behovet");
		keepsAndIsHarmless("wording-question", ODD);
		this.browser.value("wording-title", "Regionalt " + HOSTILE).click("Bilda det regionala behovet");
		showsAndIsHarmless("Regionalt " + HOSTILE);

		this.browser.open("/region/" + RSS + "/leverans?omgang=" + this.cycle);
		showsAndIsHarmless("Regionalt " + HOSTILE, "Kvar " + HOSTILE);

		this.browser.as("godkannare-" + first);
		this.browser.until(() -> this.browser.open("/behov/" + need).heading().equals(HOSTILE));
		this.browser.open("/start");
		isHarmless();
		this.browser.open("/mina-behov");
		showsAndIsHarmless(HOSTILE);
		this.browser.open("/behov/" + need);
		showsAndIsHarmless(HOSTILE, ODD);
		this.browser.open("/behov/" + need + "/spar");
		isHarmless();
		this.browser.open("/behov/" + need).click("Dra tillbaka behovet");
		this.browser.value("reason", HOSTILE + " 070-123 45 67");
		this.browser.all("form button").getLast().click();
		this.browser.until(() -> !this.browser.all("[role=alert]").isEmpty());
		keepsAndIsHarmless("reason", HOSTILE + " 070-123 45 67");
	}

	private String formed() {
		return this.platform.api()
			.as(COORDINATOR)
			.listWhen("/regional-needs?status=FORMED&cycle=" + this.cycle, (found) -> !found.isEmpty())
			.getFirst()
			.path("id")
			.asString();
	}

	@Test
	@Order(2)
	void theSecondWhoChangesARegionalNeedIsToldAndNothingIsLost() {
		String form = "/region/" + RSS + "/sammanfora/" + formed();
		this.browser.as(COORDINATOR).open(form);
		try (Browser other = Browser.withoutScript(this.platform.portal())) {
			other.as(COORDINATOR).open(form).write("wording-title", "Ändrat av den andra").click("Spara");
			assertThat(other.text("[role=status]")).contains("Det är ändrat");
		}
		this.browser.write("wording-title", "Ändrat av den första").click("Spara");

		assertThat(this.browser.text("#fel")).contains("Någon annan har ändrat detta", "Det du skrev står kvar");
		assertThat(this.browser.value("wording-title")).isEqualTo("Ändrat av den första");
	}

	@Test
	@Order(3)
	void aSessionThatEndsInTheMiddleOfADeliveryLosesNothing() {
		this.browser.as(COORDINATOR).open("/region/" + RSS + "/leverans?omgang=" + this.cycle);
		String reason = "Det löses av kommunen själv, " + HOSTILE;
		String field = Objects.requireNonNull(this.browser.the("textarea[id^=skal-]").getAttribute("id"));
		this.browser.value(field, reason).withoutSession();
		this.browser.clickAnyway("Leverera till SKR");
		this.browser.logIn(COORDINATOR);
		assertThat(this.browser.heading()).isEqualTo("Det du skrev finns kvar");
		isHarmless();

		this.browser.click("Fortsätt");

		assertThat(this.browser.text("[role=status]")).contains("Listan är levererad");
		String left = field.substring("skal-".length());
		List<JsonNode> answered = this.platform.api()
			.as(COORDINATOR)
			.listWhen("/needs?cycle=" + this.cycle + "&status=NOT_DELIVERED",
					(needs) -> needs.stream().anyMatch((need) -> need.path("id").asString("").equals(left)));
		assertThat(answered).anyMatch((need) -> need.path("answer").path("text").asString("").equals(reason));
	}

	@Test
	@Order(4)
	void hostileTextIsKeptInTheFormsOfTheNationThatAreNotTaken() {
		String cycle = PagesTests.finished(this.platform.api());
		this.browser.as("sammanstallare-SKR").open("/nationellt/sammanstall?omgang=" + this.cycle);
		isHarmless();
		this.browser.open("/nationellt/overlamning?omgang=" + cycle);
		isHarmless();

		this.browser.as("handlaggare-SOS").open("/myndighet");
		if (!this.browser.all("#registration").isEmpty()) {
			this.browser.value("registration", HOSTILE).click("Bekräfta mottagandet");
			keepsAndIsHarmless("registration", HOSTILE);
		}
		String answered = this.platform.api()
			.as("handlaggare-SOS")
			.list("/hand-offs?agency=SOS&status=RECEIVED")
			.getFirst()
			.path("id")
			.asString();
		this.browser.until(() -> !this.browser.open("/aterkoppling/" + answered).all("#why").isEmpty());
		this.browser.all("main summary").forEach((one) -> one.click());
		this.browser.value("why", HOSTILE).value("support", HOSTILE).clickAnyway("Publicera");
		this.browser.until(() -> !this.browser.all("[role=alert]").isEmpty());
		keepsAndIsHarmless("why", HOSTILE);
	}

	@Test
	@Order(5)
	void hostileTextAboutAccessibilityIsShownToTheAdministratorAsItWasTyped() {
		this.browser.loggedOut().open("/tillganglighet");
		this.browser.value("sida", HOSTILE).value("problem", ODD).value("epost", HOSTILE).click("Skicka");
		if (this.browser.text("#fel").contains("från ett program")) {
			this.browser.click("Skicka");
		}
		keepsAndIsHarmless("problem", ODD);
		assertThat(this.browser.value("sida")).isEqualTo(HOSTILE);
		this.browser.value("epost", "").click("Skicka");
		String number = this.browser.text("[role=status] strong");

		this.browser.as("administrator-SKR").open("/forvaltning/tillganglighet?nummer=" + number);
		showsAndIsHarmless(HOSTILE, ODD);
		this.browser.value("svar-" + number, ODD).click("Markera som besvarad");
		this.browser.open("/forvaltning/tillganglighet?nummer=" + number);
		showsAndIsHarmless(ODD);
	}

	@Test
	@Order(6)
	void charactersThatTurnTheTextAroundAreTakenAwayAndTheRestIsKept() {
		this.browser.as("forfattare-1081").open("/fragor/ny");
		this.browser.value("text", "Fr\u202Eåga\u202C om \u2066stöd\u2069 till 👩🏽‍🚀 " + HOSTILE).click("Notera");
		assertThat(this.browser.text("main")).contains("osynliga tecken");
		isHarmless();
		this.browser.click("Fortsätt");
		assertThat(this.browser.text("[role=status]")).contains("Noterat");
		this.browser.open("/fragor");
		showsAndIsHarmless("Fråga om stöd till 👩🏽‍🚀 " + HOSTILE);
	}

	@Test
	@Order(7)
	void hostileTextInAnAddressIsHarmlessToo() {
		String encoded = "%22%3E%3Cscript%3Edocument.title%3D%27fel%27%3C%2Fscript%3E";
		this.browser.as(COORDINATOR);
		List.of("/spar?id=", "/mina-behov?omgang=", "/region/" + RSS + "/laget?svar=", "/hjalp/",
				"/tillganglighet?sida=", "/omgangar/", "/logga-in?hos=", "/om?sprak=")
			.forEach((address) -> {
				this.browser.open(address + encoded);
				assertThat(this.browser.runnable()).as(address).isEmpty();
				assertThat(this.browser.title()).as(address).isNotEqualTo("fel");
			});
	}

}
