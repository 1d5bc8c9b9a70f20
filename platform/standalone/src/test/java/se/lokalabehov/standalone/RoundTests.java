package se.lokalabehov.standalone;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prioritisation rounds in a browser: an RSS's own, and SKR's after screening; opened,
 * followed, voted in and closed. In regions of their own in the cycle that runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTests {

	private static final String RSS = "RSS-20";

	private static final String COORDINATOR = "samordnare-RSS-20";

	private TriedOut platform;

	private Browser browser;

	private String cycle;

	private RegionActs region;

	private List<String> municipalities;

	@BeforeAll
	void start() {
		Assumptions.assumeTrue(Browser.isInstalled(), Browser.MISSING);
		this.platform = TriedOut.platform();
		this.browser = Browser.at(this.platform.portal());
		this.cycle = RegionTests.running(this.platform.api());
		this.region = new RegionActs(this.platform.api(), this.cycle, RSS);
		this.municipalities = this.region.municipalities();
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void aRegionOpensFollowsExtendsAndClosesARoundOfItsOwn() {
		for (String title : List.of("placerade barns skolgång", "barn i skyddat boende", "stöd till familjehem")) {
			this.region.formed("Rundor: " + title);
		}
		opened();
		chiefVotesByDraggingByNumberAndByKeyboard();
		anotherOfThePanelReadsWhatIsRanked();
		followed();
		closed();
		correctedFromTheSameTerms();
	}

	private void opened() {
		this.browser.as(COORDINATOR);
		this.browser.until(() -> this.browser.open("/prioritering/ny?omgang=" + this.cycle)
			.source()
			.contains("Rundor: stöd till familjehem"));
		assertThat(this.browser.all("#panel input:checked")).hasSameSizeAs(this.municipalities);
		this.browser.all("#panel input").forEach((seat) -> {
			if (!this.municipalities.subList(0, 2).contains(Objects.requireNonNull(seat.getAttribute("value")))) {
				seat.click();
			}
		});
		this.browser.click("Vidare");
		secondStepIsAccessible();
		this.browser.write("title", "Rundans prioritering").write("quorum", "två").value("deadline", RegionActs.day(5));
		this.browser.click("Öppna för röster");
		assertThat(this.browser.text("[role=alert]")).contains("Skriv ett heltal med siffror.");
		assertThat(this.browser.value("title")).isEqualTo("Rundans prioritering");
		assertThat(this.browser.value("deadline")).isEqualTo(RegionActs.day(5));
		this.browser.write("quorum", "3").click("Öppna för röster");
		assertThat(this.browser.text("[role=alert]")).contains("högst så många som platserna");
		this.browser.write("quorum", "1").click("Öppna för röster");
		assertThat(this.browser.text("[role=status]")).contains("Prioriteringsomgången är öppen");
		assertThat(this.browser.text(".lead")).contains("0 av 2 har röstat");
	}

	/** It is reached by a form only, so the list of pages has not got it. */
	private void secondStepIsAccessible() {
		this.browser.click("Befattningar, ersättare och grupper").click("Hur det räknas, steg, kriterier och åhörare");
		for (int width : Browser.WIDTHS) {
			this.browser.width(width);
			assertThat(this.browser.violations()).isEmpty();
			assertThat(this.browser.overflows()).isFalse();
			this.browser.picture(Path.of("target", "pictures", "prioritering_ny_hur-" + width + ".png"));
		}
		this.browser.click("Hur det räknas, steg, kriterier och åhörare");
	}

	private void chiefVotesByDraggingByNumberAndByKeyboard() {
		this.browser.as("socialchef-" + this.municipalities.getFirst());
		this.browser.until(() -> this.browser.open("/start").source().contains("Rangordna i Rundans prioritering"));
		this.browser.click("Rangordna i Rundans prioritering");
		assertThat(this.browser.text(".lead")).isEqualTo("0 av 3 rangordnade");
		assertThat(this.browser.source()).contains("Vad hjälper? Rundor: stöd till familjehem");
		List<String> before = order();
		this.browser.drag(".ballot > li:nth-child(3)", ".ballot > li:nth-child(1)");
		assertThat(order()).containsExactly(before.get(2), before.get(0), before.get(1));
		assertThat(places()).containsExactly("1", "", "");
		assertThat(this.browser.text("#osparat")).contains("inte sparat");
		this.browser.all(".ballot input[type=number]").get(2).sendKeys("1");
		this.browser.all("input[name=jav]").get(1).sendKeys(Keys.SPACE);
		this.browser.click("Spara min ordning");
		assertThat(this.browser.text("[role=status]")).contains("Er röstsedel är sparad");
		assertThat(this.browser.text(".lead")).isEqualTo("3 av 3 rangordnade");
		assertThat(places()).containsExactlyInAnyOrder("1", "1", "");
		this.browser.all("button[name=flytta]").get(1).sendKeys(Keys.ENTER);
		this.browser.until(() -> places().containsAll(List.of("1", "2")));
		this.browser.click("Spara min ordning").open("/start");
		assertThat(this.browser.text(".tasks, .empty")).doesNotContain("Rangordna i Rundans prioritering");
		assertThat(this.browser.source()).contains("Ni kan ändra er ordning till och med");
	}

	/** Who is not behind a need reads what it asks, as long as it is to be ranked. */
	private void anotherOfThePanelReadsWhatIsRanked() {
		this.browser.as("socialchef-" + this.municipalities.get(1)).open("/prioritering?lage=OPEN");
		this.browser.click("Rundans prioritering").click("Rangordna").click("Rundor: stöd till familjehem");
		assertThat(this.browser.heading()).isEqualTo("Rundor: stöd till familjehem");
	}

	private List<String> order() {
		return this.browser.all(".ballot .what strong").stream().map((one) -> one.getText()).toList();
	}

	private List<String> places() {
		return this.browser.values(".ballot input[type=number]");
	}

	private void followed() {
		this.browser.as(COORDINATOR);
		this.browser.until(() -> this.browser.open("/start").source().contains("Följ prioriteringen Rundans"));
		this.browser.click("Följ prioriteringen Rundans prioritering");
		assertThat(this.browser.text(".lead")).contains("1 av 2 har röstat");
		String address = this.browser.path();
		this.browser.open(address + "?visa=inte");
		assertThat(this.browser.all("tbody tr")).hasSize(1);
		assertThat(this.browser.text("tbody tr")).contains("Har inte röstat");
		this.browser.open(address).click("Påminn");
		assertThat(this.browser.text("[role=status]")).contains("Påminnelsen är skickad");
		this.browser.as("socialchef-" + this.municipalities.get(1)).open(address + "/rosta");
		assertThat(this.browser.source()).contains("Det går att ändra sin ordning tills omgången stänger.");
		this.browser.as(COORDINATOR).open(address).click("Ge mer tid").value("forlang-deadline", RegionActs.day(2));
		this.browser.write("forlang-reason", "Fler hinner rösta.").click("Flytta sista dagen");
		assertThat(this.browser.text("[role=alert]")).contains("efter den som gäller nu");
		assertThat(this.browser.value("forlang-reason")).isEqualTo("Fler hinner rösta.");
		this.browser.value("forlang-deadline", RegionActs.day(9));
		this.browser.click("Flytta sista dagen");
		assertThat(this.browser.text("[role=status]")).contains("Sista dagen är flyttad");
		this.browser.click("En plats har fått en ny innehavare")
			.write("byt-note", "Ny socialchef från i dag")
			.click("Spara bytet");
		assertThat(this.browser.text("[role=status]")).contains("Bytet är sparat");
		assertThat(this.browser.source()).contains("Ny socialchef från i dag", "Fler hinner rösta.");
		this.browser.click("Provräkna").click("Provräkna med påhittade röster");
		assertThat(this.browser.source()).contains("provräkning med påhittade röstsedlar");
		this.browser.open(address);
	}

	private void closed() {
		this.browser.click("Stäng nu").click("Stäng och räkna");
		assertThat(this.browser.text("[role=status]")).contains("Prioriteringsomgången är stängd");
		String address = this.browser.path();
		this.browser.until(() -> {
			this.browser.open(address + "/resultat");
			return this.browser.heading().equals("Rundans prioritering");
		});
		assertThat(this.browser.source()).contains("1 av 2 platser röstade");
		this.browser.as("socialchef-" + this.municipalities.getFirst());
		this.browser.until(() -> this.browser.open("/start").source().contains("Prioriteringsordningen är klar."));
		this.browser.click("Rundans prioritering");
		assertThat(this.browser.heading()).isEqualTo("Rundans prioritering");
		this.browser.loggedOut().open(address + "/resultat");
		assertThat(this.browser.heading()).isEqualTo("Det finns inte här");
		this.browser.as(COORDINATOR).open(address);
	}

	private void correctedFromTheSameTerms() {
		this.browser.click("Rätta med en ny omgång");
		assertThat(this.browser.all("#items input:checked")).hasSize(3);
		assertThat(this.browser.all("#panel input:checked")).hasSize(2);
		this.browser.click("Vidare");
		assertThat(this.browser.value("quorum")).isEqualTo("1");
		this.browser.value("deadline", RegionActs.day(5));
		this.browser.click("Öppna för röster").click("Avbryt");
		this.browser.write("avbryt-reason", "Behövdes inte.").click("Avbryt prioriteringsomgången");
		assertThat(this.browser.text("[role=status]")).contains("Prioriteringsomgången är avbruten");
		assertThat(this.browser.text(".lead")).contains("Avbruten");
	}

	@Test
	void skrOpensANationalRoundInTwoStepsAfterScreening() {
		RegionActs delivering = new RegionActs(this.platform.api(), this.cycle, "RSS-21");
		List<String> needs = Stream.of("Rundor: barn med frånvaro", "Rundor: unga som rymmer")
			.map((title) -> delivering.judged(delivering.compiled(title)))
			.toList();
		this.browser.as(Acts.SKR);
		this.browser.until(() -> {
			this.browser.open("/prioritering/ny?omgang=" + this.cycle);
			return needs.stream().allMatch((need) -> this.browser.all("input[value='" + need + "']").size() == 1);
		});
		assertThat(this.browser.all("#panel input:checked")).isEmpty();
		this.browser.all("#items input").forEach((item) -> {
			if (!needs.contains(Objects.requireNonNull(item.getAttribute("value")))) {
				item.click();
			}
		});
		this.browser.click("Vidare");
		assertThat(this.browser.text("[role=alert]")).contains("minst en plats i panelen");
		assertThat(this.browser.all("#items input:checked")).hasSize(2);
		this.browser.click("RSS Gävleborgs län (10)");
		this.browser.the("#plats-2180").click();
		this.browser.click("Vidare");
		this.browser.write("title", "Rundans nationella").value("deadline", RegionActs.day(20));
		this.browser.click("Hur det räknas, steg, kriterier och åhörare")
			.write("procedure-shortlist", "1")
			.click("Två steg: den här kortar listan, och ett slutsteg rangordnar det som går vidare.")
			.click("SBU")
			.click("Öppna för röster");
		assertThat(this.browser.text("[role=status]")).contains("Prioriteringsomgången är öppen");
		String address = this.browser.path();
		observerComments(address);
		this.browser.as("socialchef-2180").open(address + "/rosta").click("Upp").click("Spara min ordning");
		this.browser.as(Acts.SKR).open(address);
		assertThat(this.browser.source()).contains("Unga rymmer oftast från HVB.");
		this.browser.click("Stäng nu").click("Stäng och räkna").click("Öppna slutsteget");
		assertThat(this.browser.all("#items li")).hasSize(1);
		this.browser.click("Vidare").value("deadline", RegionActs.day(20));
		this.browser.click("Öppna för röster");
		assertThat(this.browser.source()).contains("Slutsteg: rangordnar det som gick vidare");
	}

	private void observerComments(String address) {
		this.browser.as("handlaggare-SBU").open(address);
		assertThat(this.browser.source()).doesNotContain("Stäng och räkna");
		this.browser.write("synpunkt-text", "Unga rymmer oftast från HVB.").click("Lämna synpunkten");
		assertThat(this.browser.text("[role=status]")).contains("Synpunkten är lämnad");
	}

}
