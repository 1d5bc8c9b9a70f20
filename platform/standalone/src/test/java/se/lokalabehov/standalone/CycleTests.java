package se.lokalabehov.standalone;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moment 1 in a browser: a social chief writes down which area was chosen, SKR opens the
 * cycle, moves a day and ends it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CycleTests {

	private static final String TITLE = "Valt område: våld i nära relationer";

	private Browser browser;

	@BeforeAll
	void start() {
		Assumptions.assumeTrue(Browser.isInstalled(), Browser.MISSING);
		this.browser = Browser.withoutScript(TriedOut.platform().portal());
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void aChiefChoosesAnAreaAndSkrOpensMovesAndEndsTheCycle() {
		chosenByAChief();
		seenByNobodyElseYet();
		opened();
		extended();
		ended();
		seenByEverybody();
	}

	private void chosenByAChief() {
		this.browser.as("socialchef-0180").open("/omgangar").click("Ny omgång: välj verksamhetsområde");
		assertThat(this.browser.all("#choosers input:checked")).hasSize(1);
		this.browser.write("title", TITLE).click("Spara valet");
		assertThat(this.browser.all("#fel")).hasSize(1);
		assertThat(this.browser.value("title")).isEqualTo(TITLE);
		this.browser.choose("area", "BOU").write("why", "Många frågar om det.").click("Spara valet");
		assertThat(this.browser.text("[role=status]")).contains("Valet är sparat");
		this.browser.until(() -> this.browser.open("/omgangar?lage=chosen").source().contains(TITLE));
	}

	private void seenByNobodyElseYet() {
		this.browser.as("socialchef-1480").open("/omgangar?q=Valt+omr");
		assertThat(this.browser.source()).doesNotContain(TITLE);
	}

	private void opened() {
		this.browser.as(Acts.SKR);
		this.browser.until(() -> this.browser.open("/start").source().contains("Öppna omgången " + TITLE));
		this.browser.click("Öppna omgången " + TITLE);
		assertThat(this.browser.source()).contains("Många frågar om det.", "Stockholms kommun");
		this.browser.value("oppna-RANK", "").click("Öppna omgången");
		assertThat(this.browser.text("#fel")).contains("Ange sista dag för Prioritering.");
		this.browser.value("oppna-RANK", RegionActs.day(1)).click("Öppna omgången");
		assertThat(this.browser.text("#fel")).contains("måste komma i stegens ordning");
		this.browser.value("oppna-RANK", this.browser.value("oppna-SCREEN")).click("Öppna omgången");
		assertThat(this.browser.text("[role=status]")).contains("Omgången är öppen");
	}

	private void extended() {
		this.browser.click("Flytta en sista dag")
			.choose("forlang-step", "FEED_BACK")
			.value("forlang-until", RegionActs.day(900))
			.write("forlang-reason", "Myndigheterna behöver mer tid.")
			.click("Flytta dagen");
		assertThat(this.browser.text("[role=status]")).contains("Sista dagen är flyttad");
	}

	private void ended() {
		this.browser.click("Avsluta omgången").clickLast("Avsluta omgången");
		assertThat(this.browser.text("#fel")).contains("Stäng sammanställningen först");
		this.browser.click("Stäng sammanställningen").clickLast("Stäng sammanställningen");
		assertThat(this.browser.text("[role=status]")).contains("Sammanställningen är stängd");
		this.browser.click("Avsluta omgången")
			.write("avsluta-summary", "Tack för alla svar.")
			.clickLast("Avsluta omgången");
		assertThat(this.browser.text("[role=status]")).contains("Omgången är avslutad");
	}

	private void seenByEverybody() {
		this.browser.loggedOut();
		this.browser.until(() -> this.browser.open("/omgangar?lage=finished&q=Valt").source().contains(TITLE));
		this.browser.click(TITLE);
		this.browser.until(() -> this.browser.reload().source().contains("Tack för alla svar."));
		assertThat(this.browser.source()).contains("Myndigheterna behöver mer tid.");
	}

	@Test
	void whatIsChosenCanBeCancelledWithAReason() {
		this.browser.as(Acts.SKR).open("/omgangar/ny").click("RSS Dalarna (15)");
		this.browser.the("#kommun-2084").click();
		this.browser.choose("area", "BOU")
			.write("title", "Valt område: fel område")
			.write("why", "Skrevs in av misstag.")
			.click("Spara valet")
			.click("Avbryt omgången")
			.write("avbryt-reason", "Det var fel område.")
			.clickLast("Avbryt omgången");
		assertThat(this.browser.text("[role=status]")).contains("Omgången är avbruten");
		assertThat(this.browser.source()).contains("Det var fel område.");
	}

}
