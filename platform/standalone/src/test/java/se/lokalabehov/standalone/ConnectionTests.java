package se.lokalabehov.standalone;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An agency's administrator connects its system in a browser without script: adds an
 * endpoint, tries it, reads the log, changes the secret and removes it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionTests {

	private static final String NAME = "Det nya ärendesystemet";

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
	void anEndpointIsAddedTriedAndRemoved() {
		this.browser.as("administrator-IVO")
			.open("/forvaltning/personer")
			.click("Anslutningar för myndigheters system");
		this.browser.write("name", NAME).write("url", "http://mottagare.invalid/webhook").clickLast("Lägg till");
		assertThat(this.browser.text("#fel")).contains("ska börja med https");
		assertThat(this.browser.value("name")).isEqualTo(NAME);
		this.browser.value("url", "https://mottagare.invalid/webhook").clickLast("Lägg till");
		assertThat(this.browser.text("[role=status]")).contains("Mottagaren är tillagd");
		assertThat(this.browser.source()).contains("whsec_");
		this.browser.open("/myndighet/anslutningar");
		assertThat(this.browser.source()).contains(NAME).doesNotContain("whsec_");

		this.browser.click(NAME).click("Skicka prov");
		assertThat(this.browser.text("[role=status]")).contains("Det är gjort");
		this.browser.until(() -> this.browser.reload().source().contains("Adressen finns inte."));
		this.browser.click("Skicka igen");
		assertThat(this.browser.text("[role=status]")).contains("Det är gjort");
		this.browser.write("since", "i går").click("Skicka allt igen sedan en dag");
		assertThat(this.browser.text("#fel")).contains("år-månad-dag");
		this.browser.click("Byt hemlighet");
		assertThat(this.browser.source()).contains("whsec_", "En tidigare hemlighet gäller till");
		this.browser.click("Stäng av");
		assertThat(this.browser.source()).contains("Avstängd av administratören.");
		this.browser.click("Sätt på").click("Ta bort");
		assertThat(this.browser.text("[role=status]")).contains("Mottagaren är borttagen");
		assertThat(this.browser.source()).doesNotContain(NAME);
	}

	@Test
	void aMunicipalitysAdministratorHasNoSuchPage() {
		this.browser.as("administrator-0180").open("/forvaltning/personer");
		assertThat(this.browser.source()).doesNotContain("/myndighet/anslutningar");
		this.browser.open("/myndighet/anslutningar");
		assertThat(this.browser.source()).doesNotContain("Lägg till en mottagare");
	}

}
