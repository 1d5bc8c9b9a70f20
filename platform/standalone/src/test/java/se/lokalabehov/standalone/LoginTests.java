package se.lokalabehov.standalone;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Coming in, getting around and going out, as a person does it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginTests {

	private Browser browser;

	@BeforeAll
	void start() {
		Assumptions.assumeTrue(Browser.isInstalled(), Browser.MISSING);
		this.browser = Browser.at(TriedOut.platform().portal());
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void oneComesInGetsToWhatOneWantedAndOutAgain() {
		this.browser.loggedOut().open("/start");
		this.browser.write("username", "samordnare-RSS-01").write("password", "demo").type(Keys.ENTER);
		this.browser.until(() -> this.browser.path().equals("/start"));
		assertThat(this.browser.text(".who")).contains("RSS Stockholms län", "Samordnare");

		this.browser.click("Logga ut");
		assertThat(this.browser.path()).isEqualTo("/");
		this.browser.open("/start");
		assertThat(this.browser.source()).contains("name=\"username\"");
	}

	@Test
	void noTokenReachesTheBrowser() {
		this.browser.as("godkannare-0180").open("/start");
		assertThat(this.browser.source()).doesNotContain("eyJ");
		assertThat(this.browser.cookies()).noneMatch((cookie) -> cookie.getValue().contains("eyJ"))
			.anyMatch((cookie) -> cookie.getName().equals("LOKALA_BEHOV") && cookie.isHttpOnly()
					&& "Lax".equals(cookie.getSameSite()));
	}

	@Test
	void theOtherLanguageIsOneClickAway() {
		this.browser.as("godkannare-0180").open("/start").click("English");
		assertThat(this.browser.heading()).isEqualTo("Your start page");
		assertThat(this.browser.the("html").getAttribute("lang")).isEqualTo("en");
		this.browser.click("Svenska");
		assertThat(this.browser.heading()).isEqualTo("Din startsida");
	}

	@Test
	void thePageOfAnotherRoleSaysSo() {
		this.browser.as("handlaggare-SOS").open("/mina-behov");
		assertThat(this.browser.heading()).isEqualTo("Sidan är inte för din roll");
	}

	@Test
	void theKeyboardReachesTheContentInOneStep() {
		this.browser.loggedOut().open("/");
		this.browser.type(Keys.TAB);
		assertThat(this.browser.focused().getText()).isEqualTo("Till innehållet");
		this.browser.type(Keys.ENTER);
		assertThat(this.browser.focused().getAttribute("id")).isEqualTo("innehall");
	}

}
