package se.lokalabehov.standalone;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moment 3 and the end of moment 7, as those who work in a municipality meet them in a
 * browser. Each test has a municipality of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MunicipalityTests {

	private static final String HOSTILE = "</textarea><script>document.title='fel'</script>\"'><img src=x onerror=\"document.title='fel'\">";

	private TriedOut platform;

	private Browser browser;

	@BeforeAll
	void start() {
		Assumptions.assumeTrue(Browser.isInstalled(), Browser.MISSING);
		this.platform = TriedOut.platform();
		this.browser = Browser.at(this.platform.portal());
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void fromLoginToASubmittedNeedIsAtMostFourClicks() {
		this.browser.as("godkannare-1281").forgetClicks();

		writeAndSend(this.browser, "Stöd till anhöriga i glesbygd");

		assertThat(this.browser.clicks()).isLessThanOrEqualTo(4);
		assertThat(this.browser.heading()).isEqualTo("Stöd till anhöriga i glesbygd");
		assertThat(this.browser.text("main")).contains("Behovet är inskickat", "3. Svara");
		this.browser.open("/mina-behov");
		assertThat(this.browser.text("table")).contains("Stöd till anhöriga i glesbygd");
	}

	@Test
	void withoutScriptItIsDoneInTheSameWay() {
		try (Browser plain = Browser.withoutScript(this.platform.portal())) {
			plain.as("godkannare-1282");
			writeAndSend(plain, "Samtal med barn om föräldrars beroende");
			assertThat(plain.heading()).isEqualTo("Samtal med barn om föräldrars beroende");

			plain.open("/fragor/ny").write("text", "Hur länge får man vänta på svar?").click("Notera");
			assertThat(plain.text("main")).contains("Noterat");
			plain.open("/fragor");
			assertThat(plain.text("main")).contains("Hur länge får man vänta på svar?");
		}
	}

	private static void writeAndSend(Browser browser, String title) {
		browser.click("Nytt behov");
		browser.write("wording-title", title)
			.write("wording-question", "Vilket stöd hjälper, och vad säger de som har fått det?")
			.write("wording-situation", "Vi prövar oss fram och följer inte upp.");
		browser.choose("wording-targetGroups").choose("wording-needType");
		browser.click("Granska");
		assertThat(browser.text("main")).contains(title, "Hör behovet hit?",
				"Att lämna ett behov är inget löfte om att det tas upp");
		browser.click("Skicka in");
		browser.until(() -> {
			boolean there = browser.heading().equals(title);
			if (!there) {
				browser.reload();
			}
			return there;
		});
	}

	@Test
	void theKeyboardIsEnough() {
		this.browser.as("godkannare-1283").open("/fragor/ny").tabTo("text");
		this.browser.type("Vad gäller när två kommuner delar på ett ärende?");
		this.browser.type(Keys.TAB, Keys.ENTER);
		this.browser.until(() -> this.browser.text("main").contains("Noterat"));
	}

	@Test
	void whatIsTypedIsSavedAndAnotherGoesOnWithIt() {
		this.browser.as("forfattare-1284").open("/behov/nytt").write("wording-title", "Våld i nära relationer");
		this.browser.write("wording-question", "Hur upptäcker vi våld hos unga par?");
		this.browser.until(() -> this.browser.text("#sparat").equals("Sparat."));

		this.browser.as("godkannare-1284").click("Granska utkastet Våld i nära relationer");
		assertThat(this.browser.value("wording-question")).isEqualTo("Hur upptäcker vi våld hos unga par?");
		this.browser.click("Granska");
		assertThat(this.browser.text("main")).contains("Det här fattas", "Välj minst en målgrupp");
		assertThat(this.browser.all("button").stream().map((one) -> one.getText())).doesNotContain("Skicka in");
	}

	@Test
	void whatResemblesTheNeedIsShownAsItIsWritten() {
		this.browser.as("forfattare-1285").open("/behov/nytt");
		this.browser.write("wording-title", "Cannabis bland unga")
			.write("wording-question", "Vilka insatser hjälper unga som använder cannabis?");
		this.browser.until(() -> this.browser.text("#liknar").contains("cannabis"));
		assertThat(this.browser.text("#liknar")).contains("Gemensamt:");
	}

	@Test
	void aSessionThatEndsInTheMiddleLosesNothing() {
		String login = "forfattare-1286";
		this.browser.as(login).open("/behov/nytt").withoutSession();
		this.browser.write("wording-title", "Hemlöshet efter fängelse")
			.write("wording-question", "Vilket boende håller efter ett år?");
		this.browser.clickAnyway("Spara utkast");
		this.browser.logIn(login);
		assertThat(this.browser.heading()).isEqualTo("Det du skrev finns kvar");

		this.browser.click("Fortsätt");
		assertThat(this.browser.text("main")).contains("Utkastet är sparat");
		assertThat(this.browser.value("wording-title")).isEqualTo("Hemlöshet efter fängelse");
		assertThat(this.browser.value("wording-question")).isEqualTo("Vilket boende håller efter ett år?");
	}

	@Test
	void theSecondOfTwoIsToldAndNothingIsLost() {
		this.browser.as("forfattare-1287").open("/behov/nytt").write("wording-title", "Först skrivet");
		this.browser.click("Spara utkast");
		String draft = this.browser.address();
		try (Browser other = Browser.withoutScript(this.platform.portal())) {
			other.as("godkannare-1287").open(draft).write("wording-title", "Sparat av den andra");
			other.click("Spara utkast");
		}
		this.browser.write("wording-title", "Skrivet av den första").clickAnyway("Spara utkast");
		this.browser.until(() -> this.browser.text("main").contains("Någon annan har ändrat detta"));
		assertThat(this.browser.value("wording-title")).isEqualTo("Skrivet av den första");
		assertThat(this.browser.text("main")).contains("Sparat av den andra");

		this.browser.click("Spara utkast");
		assertThat(this.browser.text("main")).contains("Utkastet är sparat");
		assertThat(this.browser.value("wording-title")).isEqualTo("Skrivet av den första");
	}

	@Test
	void whatTheServiceRefusesIsSaidAtTheTopAndAtTheField() {
		try (Browser plain = Browser.withoutScript(this.platform.portal())) {
			plain.as("forfattare-1290").open("/behov/nytt").write("wording-title", "Ring mig");
			plain.write("wording-question", "Ring 070-123 45 67 om frågan").click("Spara utkast");
			assertThat(plain.text("#fel")).contains("Det gick inte än");
			assertThat(plain.the("#fel li a").getAttribute("href")).endsWith("#wording-question");
			assertThat(plain.the("#wording-question").getAttribute("aria-invalid")).isEqualTo("true");
			assertThat(plain.value("wording-question")).isEqualTo("Ring 070-123 45 67 om frågan");
		}
	}

	@Test
	void hostileTextIsShownBackHarmlessly() {
		this.browser.as("godkannare-1291").open("/behov/nytt").complaints();
		List.of("wording-question", "wording-situation", "wording-consequence", "wording-title", "unit")
			.forEach((field) -> this.browser.write(field, HOSTILE));
		this.browser.click("Spara utkast");
		assertThat(this.browser.value("wording-question")).isEqualTo(HOSTILE);
		this.browser.click("Granska");
		assertThat(this.browser.text("main")).contains(HOSTILE);
		assertThat(this.browser.title()).startsWith("Granska behovet");
		this.browser.open("/fragor/ny").write("text", HOSTILE).click("Notera");
		this.browser.open("/fragor");
		assertThat(this.browser.text("main")).contains(HOSTILE);
		this.browser.open("/start");
		assertThat(this.browser.text("main")).contains(HOSTILE);
		assertThat(this.browser.title()).startsWith("Din startsida");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void anAnswerIsFollowedUpInAMinute() {
		this.browser.as("godkannare-0180").open("/start");
		String task = this.browser.all(".tasks a")
			.stream()
			.map((one) -> one.getText())
			.filter((words) -> words.startsWith("Följ upp svaret på"))
			.findFirst()
			.orElseThrow();
		this.browser.click(task).forgetClicks();
		List.of("RELEVANCE-4", "TIMELINESS-2", "USE-3", "DIFFERENCE-3").forEach(this.browser::choose);
		this.browser.click("Skicka");
		assertThat(this.browser.path()).startsWith("/behov/");
		this.browser.until(() -> {
			this.browser.open("/start");
			return this.browser.all(".tasks a").stream().noneMatch((one) -> one.getText().equals(task));
		});
	}

}
