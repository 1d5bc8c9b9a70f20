package se.lokalabehov.standalone;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody meets an obstacle and tells of it; SKR's administrator answers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessibilityReportTests {

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
	void withoutLoginScriptOrCookieAnObstacleIsToldOfAndItIsAnswered() {
		String number;
		try (Browser plain = Browser.withoutScript(this.platform.portal())) {
			plain.open("/om").click("Tillgänglighet");
			assertThat(plain.value("sida")).isEqualTo("/om");
			plain.write("problem", "Kartan går inte att läsa med skärmläsare").write("epost", "någon utan adress");
			refusedAtMostOnce(plain);
			assertThat(plain.text("#fel")).contains("E-postadressen ser inte rätt ut");
			assertThat(plain.value("problem")).isEqualTo("Kartan går inte att läsa med skärmläsare");
			plain.write("epost", "nagon@example.se").click("Skicka");
			assertThat(plain.heading()).isEqualTo("Tack, vi har tagit emot det");
			number = plain.text("[role=status] strong");
			assertThat(plain.cookies()).isEmpty();
		}

		this.browser.as("administrator-SKR").open("/start");
		assertThat(this.browser.text("main")).contains("om tillgänglighet");
		this.browser.open("/forvaltning/tillganglighet?nummer=" + number);
		assertThat(this.browser.text("main")).contains("Kartan går inte att läsa med skärmläsare", "nagon@example.se",
				"Visar 1 av 1");
		Browser.WIDTHS.forEach((width) -> {
			assertThat(this.browser.width(width).violations()).isEmpty();
			assertThat(this.browser.overflows()).isFalse();
		});
		this.browser.click("Markera som besvarad");
		assertThat(this.browser.text("#fel")).contains("Skriv vad som har gjorts");
		this.browser.write("svar", "Kartan har fått en tabell bredvid sig.").click("Markera som besvarad");
		assertThat(this.browser.text("[role=status]")).contains("Synpunkten är markerad som besvarad");

		this.browser.open("/forvaltning/tillganglighet?nummer=" + number);
		assertThat(this.browser.text("main")).contains("Kartan har fått en tabell bredvid sig.")
			.doesNotContain("nagon@example.se", "Markera som besvarad");
	}

	/** Nobody writes as fast as a test. */
	private static void refusedAtMostOnce(Browser browser) {
		browser.click("Skicka");
		if (browser.text("#fel").contains("från ett program")) {
			browser.click("Skicka");
		}
	}

	@Test
	void anAdministratorOfAnotherOrganisationDoesNotReadThem() {
		this.browser.as("administrator-0180").open("/forvaltning/tillganglighet");
		assertThat(this.browser.heading()).isEqualTo("Sidan är inte för din roll");
	}

}
