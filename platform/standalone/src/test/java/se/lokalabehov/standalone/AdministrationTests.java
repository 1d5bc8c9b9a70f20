package se.lokalabehov.standalone;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever runs the platform: how it is, the directory, and who did what.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdministrationTests {

	private static final String ADMINISTRATOR = "administrator-SKR";

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
	void oneSeesHowEverythingIsAndRebuildsAView() {
		this.browser.as(ADMINISTRATOR).open("/forvaltning");
		assertThat(this.browser.all("section h3")).as("every service and the portal itself").hasSize(6);
		assertThat(this.browser.text("main")).doesNotContain("Svarar inte");
		this.browser.all("section details summary").getLast().click();
		this.browser.all("section details button").getLast().click();
		this.browser.until(() -> this.browser.address().contains("klart=rebuild"));
		this.browser.until(() -> this.browser.open("/forvaltning").source().contains("identical"));
		assertThat(this.browser.all("#pagar .ds-alert")).as("it goes on no longer").isEmpty();
	}

	@Test
	void aMunicipalityIsMovedFromADayOnAndItIsSeen() {
		this.browser.as(ADMINISTRATOR).open("/forvaltning/register?q=2506");
		assertThat(this.browser.text("main")).contains("Arjeplog");
		this.browser.the("tbody details summary").click();
		this.browser.choose("rss-2506", "RSS-24").value("from-2506", "2020-01-01");
		this.browser.the("tbody details button").click();
		this.browser.until(() -> !this.browser.all("#fel").isEmpty());
		assertThat(this.browser.text("#fel")).contains("tidigast från i dag");
		this.browser.the("tbody details summary").click();
		this.browser.choose("rss-2506", "RSS-24").value("from-2506", "2031-01-01");
		this.browser.the("tbody details button").click();
		this.browser.until(() -> this.browser.address().contains("klart"));
		assertThat(this.browser.text("main")).contains("Arjeplogs kommun").contains("1 januari 2031");
	}

	@Test
	void whoDidWhatIsReadFromTheEvents() {
		this.browser.as(ADMINISTRATOR).open("/forvaltning/granskning?organisation=SOS");
		assertThat(this.browser.text("main")).contains("Socialstyrelsen").contains("bedömde:");
		this.browser.as("administrator-0180").open("/forvaltning/granskning?organisation=SOS");
		assertThat(this.browser.text("main")).as("only its own")
			.contains("Stockholms kommun")
			.doesNotContain("bedömde:");
		this.browser.open("/forvaltning");
		assertThat(this.browser.source()).as("of the platform").doesNotContain("Tjänster</h2>");
	}

	@Test
	void theAuditLogIsReadAndItsChainIsVerified() {
		this.browser.as(ADMINISTRATOR).open("/forvaltning/logg");
		this.browser.choose("tjanst", "national-handoff").click("Kontrollera hela kedjan");
		this.browser.until(() -> !this.browser.all("#kontrollerad").isEmpty());
		assertThat(this.browser.text("#kontrollerad")).contains("Hela kedjan stämmer.");
		assertThat(this.browser.text("tbody")).contains("Utfört").contains("SOS");
		long first = Long.parseLong(this.browser.text("tbody td"));
		assertThat(first).as("the newest").isGreaterThan(1);
		this.browser.write("fran", "1").click("Visa");
		this.browser.until(() -> this.browser.text("tbody td").equals("1"));
	}

	@Test
	void aRepositoryIsAddedAndItsTroubleIsShown() {
		this.browser.as(ADMINISTRATOR).open("/forvaltning/skord");
		this.browser.write("name", "Ett förvar hos oss själva")
			.write("address", "http://127.0.0.1:1/oai")
			.click("Lägg till");
		assertThat(this.browser.all("#fel")).as("an address inside is refused").isNotEmpty();
		assertThat(this.browser.value("name")).isEqualTo("Ett förvar hos oss själva");
	}

}
