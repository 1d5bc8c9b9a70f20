package se.lokalabehov.standalone;

import java.io.IOException;
import java.nio.file.Path;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The catalogue's pages: an editor publishes from a PDF and looks after the record,
 * anybody finds and cites it. Without script.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogueTests {

	private static final String EDITOR = "redaktor-FOUV";

	private Path directory;

	private Browser browser;

	@BeforeAll
	void start(@TempDir Path directory) {
		this.directory = directory;
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
	void anEditorPublishesFromAPdfAndAnybodyFindsIt() throws IOException {
		this.browser.as(EDITOR).open("/katalog/ny");
		int before = this.browser.clicks();
		choose(pdf("Fältarbete bland unga på natten", "En rapport om 2024 års fältarbete."));
		this.browser.click("Läs filen");

		assertThat(this.browser.value("content-title")).isEqualTo("Fältarbete bland unga på natten");
		assertThat(this.browser.value("content-report-authors")).isEqualTo("Ada Lund\nBo Ek");
		assertThat(this.browser.value("content-report-year")).isEqualTo("2024");
		this.browser.click("Publicera");
		assertThat(this.browser.text("#fel")).isNotBlank();
		assertThat(this.browser.value("content-title")).isEqualTo("Fältarbete bland unga på natten");

		this.browser.write("content-description", "Vad fältarbetare ser som andra inte ser.");
		this.browser.the("#content-areas-BOU").click();
		this.browser.click("Publicera");
		assertThat(this.browser.text("[role=status]")).contains("Posten är publicerad");
		assertThat(this.browser.clicks() - before).isLessThanOrEqualTo(4);
		assertThat(this.browser.text("main")).contains("rapport.pdf").contains("Ada Lund och Bo Ek (2024).");

		this.browser.loggedOut();
		this.browser.until(() -> {
			this.browser.open("/katalog?q=f%C3%A4ltarbetare");
			return this.browser.text("main").contains("Fältarbete bland unga");
		});
		this.browser.open("/katalog?q=f%C3%A4ltarbetare&slag=RESEARCH_PROJECT");
		assertThat(this.browser.text("main")).contains("Inget i katalogen passar").contains("Sök utan avgränsningar");
	}

	@Test
	void aFileWithAPersonalNumberIsRefusedWithWhatToDo() throws IOException {
		this.browser.as(EDITOR).open("/katalog/ny");
		choose(pdf("Ett fall", "Om 19811218-9876."));
		this.browser.click("Läs filen");

		assertThat(this.browser.text("#fel")).contains("personnummer").contains("på sidan 1").contains("Ta bort det");
		assertThat(this.browser.text("main")).contains("filen har inte sparats");
	}

	@Test
	void aRecordIsChangedAndWithdrawnAndItsTombstoneSaysWhy() {
		this.browser.as(EDITOR).open("/katalog/ny/uppgifter?slag=KNOWLEDGE_SUPPORT");
		this.browser.write("content-title", "Samtalsguide om spel")
			.write("content-description", "En guide.")
			.write("content-support-where", "Hos FoU-enheten");
		this.browser.the("#content-areas-SBB").click();
		this.browser.the("#content-support-supportKind-VAGLEDNING").click();
		this.browser.click("Publicera");
		this.browser.click("Ändra");
		this.browser.write("content-title", "Samtalsguide om spel om pengar").write("change", "Titeln är rättad.");
		this.browser.click("Publicera ändringen");
		assertThat(this.browser.text("main")).contains("Samtalsguide om spel om pengar")
			.contains("Titeln är rättad.")
			.contains("Version 2");

		this.browser.click("Filer, leveranser och återkallande");
		this.browser.the("main summary").click();
		this.browser.write("reason", "Ersatt av en nyare.");
		this.browser.the("button[data-color=danger]").click();
		this.browser.until(() -> this.browser.text("main").contains("Posten är återkallad"));
		assertThat(this.browser.text("main")).contains("Posten är återkallad").contains("Ersatt av en nyare.");
	}

	@Test
	void whatAProjectHasDeliveredIsSaid() {
		this.browser.as(EDITOR).open("/katalog/mina?visa=levereras");
		assertThat(this.browser.text("main")).contains("Exempel: Digitalt stöd efter behandling");
		this.browser.open("/start");
		this.browser.click("Ange vad Exempel: Digitalt stöd efter behandling har levererat");
		this.browser.click("Projektet pågår som posten säger");
		assertThat(this.browser.text("[role=status]")).contains("Projektet är bekräftat");
	}

	private void choose(Path file) {
		this.browser.the("#file").sendKeys(file.toString());
	}

	private Path pdf(String title, String text) throws IOException {
		Path file = this.directory.resolve("rapport.pdf");
		try (PDDocument document = new PDDocument()) {
			PDPage page = new PDPage();
			document.addPage(page);
			try (PDPageContentStream content = new PDPageContentStream(document, page)) {
				content.beginText();
				content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
				content.newLineAtOffset(50, 700);
				content.showText(text);
				content.endText();
			}
			document.getDocumentInformation().setTitle(title);
			document.getDocumentInformation().setAuthor("Ada Lund; Bo Ek");
			document.save(file.toFile());
		}
		return file;
	}

}
