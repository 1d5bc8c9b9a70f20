package se.lokalabehov.standalone;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Needs and records from a table that somebody has: looked at first, then done, all or
 * nothing. Without script.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportTests {

	private static final String HEADER = "Verksamhetsområde;Rubrik;Vad behöver ni veta?;Målgrupper\r\n";

	private Path directory;

	private TriedOut platform;

	private Browser browser;

	@BeforeAll
	void start(@TempDir Path directory) {
		this.directory = directory;
		Assumptions.assumeTrue(Browser.isInstalled(), Browser.MISSING);
		this.platform = TriedOut.platform();
		this.browser = Browser.withoutScript(this.platform.portal());
	}

	@AfterAll
	void stop() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void aMunicipalityTakesItsNeedsFromExcelsCsv() throws IOException {
		this.browser.as("forfattare-0760").open("/behov/import");
		this.browser.click("Se vad som händer");
		assertThat(this.browser.text("#fel")).contains("Välj en fil först");

		choose(HEADER + "Barn och unga;Röster från förskolan;Vad hjälper?;Barn 0–12 år\r\n"
				+ "Trädgård;Fel område;Vad?;Vuxna\r\n");
		this.browser.click("Se vad som händer");
		assertThat(this.browser.text("main")).contains("1 av 2 rader har fel. Inget är importerat.")
			.contains("verksamhetsområde:")
			.contains("Välj bland")
			.doesNotContain("Spara som utkast");

		choose(HEADER + "Barn och unga;Röster från förskolan;Vad hjälper?;Barn 0–12 år\r\n");
		this.browser.click("Se vad som händer");
		assertThat(this.browser.text("main")).contains("1 av 1 rader är nya").contains("Kvar att skriva");
		this.browser.click("Spara som utkast");
		assertThat(this.browser.text("[role=status]")).contains("1 rad är sparad");
		assertThat(this.platform.api().as("forfattare-0760").list("/needs?status=DRAFT")).hasSize(1);
		this.browser.click("Röster från förskolan");
		assertThat(this.browser.value("wording-title")).isEqualTo("Röster från förskolan");

		this.browser.open("/behov/import");
		choose(HEADER + "Barn och unga;Röster från förskolan;Vad hjälper?;Barn 0–12 år\r\n");
		this.browser.click("Se vad som händer");
		assertThat(this.browser.text("main")).contains("1 rad finns redan").doesNotContain("Spara som utkast");
	}

	@Test
	void anEditorTakesRecordsFromATable() throws IOException {
		this.browser.as("redaktor-FOUV").open("/katalog/import");
		choose("slag;titel;beskrivning;utgivare;språk;områden;författare;år\r\n"
				+ "REPORT;Årsbok om äldre;Om äldre på landet.;FOUV;sv;ALD;Ada Lund;2022\r\n");
		this.browser.click("Se vad som händer");
		assertThat(this.browser.text("main")).contains("1 av 1 rader är nya");
		this.browser.click("Publicera");
		assertThat(this.browser.text("[role=status]")).contains("av 1 rader är klara");
		this.browser.until(() -> {
			this.browser.open("/katalog?q=%C3%A5rsbok&utgivare=FOUV");
			return this.browser.text("main").contains("Årsbok om äldre");
		});
	}

	/** As Swedish Excel writes it. */
	private void choose(String table) throws IOException {
		Path file = Files.write(this.directory.resolve("tabell.csv"), table.getBytes(Charset.forName("windows-1252")));
		this.browser.the("#file").sendKeys(file.toString());
	}

}
