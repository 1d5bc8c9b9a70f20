package se.lokalabehov.reportcatalogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A PDF file before its record: what it says a record could say, and the record that is
 * published with it.
 */
class UploadHttpTests {

	private static final String UPLOADS = "/api/v1/records/uploads?name=rapport.pdf";

	private static final RunningService service = RunningService.start("report-catalogue",
			ReportCatalogueApplication.class);

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void aFileSaysInItsPropertiesWhatARecordCouldSay() {
		JsonNode proposal = uploaded(Pdfs.changed((document) -> {
			document.getDocumentInformation().setTitle("Stöd till anhöriga i fem kommuner");
			document.getDocumentInformation().setAuthor("Ada Lund, Bo Ek och Cia Ås");
			document.getDocumentCatalog().setLanguage("sv-SE");
		}, "FoU-rapport 2024, ISBN 978-91-0000-000-0", "Mer text om det som hjälper och inte hjälper."))
			.path("proposal");

		assertThat(proposal.path("title").asString()).isEqualTo("Stöd till anhöriga i fem kommuner");
		assertThat(proposal.path("authors").toString()).isEqualTo("[\"Ada Lund\",\"Bo Ek\",\"Cia Ås\"]");
		assertThat(proposal.path("year").asString()).isEqualTo("2024");
		assertThat(proposal.path("language").asString()).isEqualTo("sv");
		assertThat(proposal.path("identifiers").toString()).isEqualTo("[\"ISBN 978-91-0000-000-0\"]");
		assertThat(proposal.path("targetGroups").toString()).isEqualTo("[\"ANH\"]");
	}

	@Test
	void itsMetadataGoBeforeItsProperties() {
		String xmp = """
				<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
				<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
				 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Unga i
				hemlöshet</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Dan Öst</rdf:li><rdf:li>Eva
				Berg</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""";
		JsonNode proposal = uploaded(Pdfs.changed((document) -> {
			document.getDocumentInformation().setTitle("Microsoft Word - utkast.docx");
			PDMetadata metadata = new PDMetadata(document);
			metadata.importXMPMetadata(xmp.getBytes(StandardCharsets.UTF_8));
			document.getDocumentCatalog().setMetadata(metadata);
		}, "Text")).path("proposal");

		assertThat(proposal.path("title").asString()).isEqualTo("Unga i hemlöshet");
		assertThat(proposal.path("authors").toString()).isEqualTo("[\"Dan Öst\",\"Eva Berg\"]");
		assertThat(proposal.path("areas").toString()).isEqualTo("[\"HEM\"]");
	}

	@Test
	void withoutAnyItsLargestLettersAreTheTitleAndTheAbstractIsFound() {
		JsonNode proposal = uploaded(Pdfs.changed((document) -> {
			try (PDPageContentStream content = new PDPageContentStream(document, document.getPage(0), AppendMode.APPEND,
					true)) {
				write(content, 26, 600, "Skolan som skydd");
				write(content, 26, 570, "en studie av tre kommuner");
				write(content, 11, 540, "Rapport 7:2023");
				write(content, 11, 480, "Sammanfattning");
				write(content, 11, 460, "Barn som klarar skolan klarar sig ofta bra, och det gäller alla.");
			}
		}, "FoU-enheten i Exempelby")).path("proposal");

		assertThat(proposal.path("title").asString()).isEqualTo("Skolan som skydd en studie av tre kommuner");
		assertThat(proposal.path("description").asString())
			.isEqualTo("Barn som klarar skolan klarar sig ofta bra, och det gäller alla.");
		assertThat(proposal.path("year").asString()).isEqualTo("2023");
		assertThat(proposal.path("authors").isEmpty()).isTrue();
	}

	private static void write(PDPageContentStream content, int size, int height, String text) throws IOException {
		content.beginText();
		content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), size);
		content.newLineAtOffset(50, height);
		content.showText(text);
		content.endText();
	}

	@Test
	void aRecordIsPublishedWithItsFileInOneAct() {
		byte[] pdf = Pdfs.saying("En", "", "Tre");
		String upload = uploaded(pdf).path("upload").asString();
		String key = UUID.randomUUID().toString();

		Answer published = editor().post("/api/v1/records", publishing(upload), "Idempotency-Key", key);
		assertThat(published.status()).isEqualTo(201);
		JsonNode record = service.anybody().get(published.header("Location")).expecting(200).body();
		assertThat(record.path("files").get(0).path("name").asString()).isEqualTo("rapport.pdf");
		assertThat(record.path("files").get(0).path("pages").asInt()).isEqualTo(3);
		assertThat(record.path("files").get(0).path("size").asInt()).isEqualTo(pdf.length);
		assertThat(record.path("version").asInt()).isEqualTo(1);
		assertThat(editor().post("/api/v1/records", publishing(upload), "Idempotency-Key", key).id())
			.isEqualTo(published.id());
	}

	@Test
	void aFileThatIsNotThereIsAskedForAgain() {
		Answer refused = editor().post("/api/v1/records", publishing("upload-" + "0".repeat(64)));

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.body().path("fields").get(0).path("name").asString()).isEqualTo("file");
		assertThat(refused.body().path("detail").asString()).contains("Ladda upp den igen");
	}

	@Test
	void nothingIsKeptOfAFileWithAPersonalNumber() {
		Answer refused = upload(editor(), Pdfs.saying("Om 19811218-9876 som bor här"));

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.body().path("type").asString()).endsWith("/personuppgift");
		assertThat(refused.body().path("detail").asString()).contains("på sidan 1");
	}

	@Test
	void onlyWhoPublishesUploads() {
		assertThat(upload(service.anybody(), Pdfs.saying("En")).status()).isEqualTo(401);
		assertThat(upload(service.as("0180", Role.MUNICIPALITY_AUTHOR), Pdfs.saying("En")).status()).isEqualTo(403);
	}

	private static String publishing(String upload) {
		return """
				{"content": {"kind": "REPORT", "title": "Anhöriga", "description": "Om stöd.", "publisher": "FOUV",
				 "language": "sv", "areas": ["SBB"], "report": {"authors": ["Ada Lund"], "year": 2025}},
				 "file": {"upload": "%s", "name": "rapport.pdf"}}""".formatted(upload);
	}

	private static JsonNode uploaded(byte[] pdf) {
		return upload(editor(), pdf).expecting(201).body();
	}

	private static Answer upload(Caller caller, byte[] pdf) {
		return caller.post(UPLOADS, pdf, "Content-Type", "application/pdf");
	}

	private static Caller editor() {
		return service.as("FOUV", Role.FOU_EDITOR);
	}

}
