package se.lokalabehov.standalone;

import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What others do shows on the merge board and in screening without a reload, and takes
 * nothing from whoever is working there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveTests {

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

	@Test
	void aBoardShowsWhatOthersDoAndKeepsWhatIsTicked() {
		RegionActs region = new RegionActs(this.platform.api(), this.cycle, "RSS-19");
		this.browser.complaints();
		String first = region.need("Direkt: barn som far illa");
		this.browser.as("samordnare-RSS-19");
		this.browser.until(() -> this.browser.open("/region/RSS-19/sammanfora?omgang=" + this.cycle)
			.source()
			.contains("Direkt: barn som far illa"));
		this.browser.the("#tavla input[type=checkbox]").click();
		region.need("Direkt: unga som far illa");
		this.browser.until(() -> this.browser.all("#tavla li").size() == 2);
		assertThat(this.browser.all("#tavla input:checked")).singleElement()
			.satisfies((ticked) -> assertThat(ticked.getAttribute("value")).startsWith(first));
		assertThat(Objects.requireNonNull(this.browser.focused().getAttribute("value"))).startsWith(first);
		assertThat(this.browser.text("#live")).contains("Det du har markerat är kvar.");
		region.formed(first, "Direkt: barn som far illa");
		this.browser.until(() -> this.browser.text("#live").contains("inte kvar här"));
		assertThat(this.browser.all("#tavla li")).hasSize(1);
		assertThat(this.browser.text("[data-whole]")).contains("Direkt: barn som far illa");
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void screeningShowsAVerdictAndKeepsWhatIsWritten() {
		RegionActs region = new RegionActs(this.platform.api(), this.cycle, "RSS-18");
		String judged = region.compiled("Direkt: sömn hos barn");
		region.compiled("Direkt: läxhjälp på boenden");
		this.browser.as("handlaggare-SBU");
		this.browser.until(() -> {
			String source = this.browser.open("/nationellt/sallning?omgang=" + this.cycle).source();
			return source.contains("Direkt: sömn hos barn") && source.contains("Direkt: läxhjälp på boenden");
		});
		this.browser.click("Direkt: läxhjälp på boenden").write("reason", "Vi har letat i två databaser.");
		assertThat(this.browser.all("input[value='" + judged + "']")).hasSize(1);
		region.judged(judged);
		this.browser.until(() -> this.browser.all("input[value='" + judged + "']").isEmpty());
		assertThat(this.browser.value("reason")).isEqualTo("Vi har letat i två databaser.");
		assertThat(this.browser.all("input[name=behov]:checked")).hasSize(1);
	}

	@Test
	void aStreamIsForThoseWhoWorkThereAndTellsNothingElse() {
		this.browser.as("godkannare-0180").open("/handelser?omgang=" + this.cycle);
		assertThat(this.browser.heading()).isEqualTo("Sidan är inte för din roll");
		this.browser.loggedOut().open("/handelser?omgang=" + this.cycle);
		assertThat(this.browser.all("#username")).hasSize(1);
	}

}
