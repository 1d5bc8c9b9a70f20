package se.lokalabehov.reportcatalogue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;

import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionLaunch;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;

/**
 * PDF files, good and bad.
 */
final class Pdfs {

	private Pdfs() {
	}

	/** What is done to a document. */
	interface Change {

		void to(PDDocument document) throws IOException;

	}

	/** One page for each text; an empty page for an empty text. */
	static byte[] saying(String... pages) {
		return changed((document) -> {
		}, pages);
	}

	static byte[] changed(Change change, String... pages) {
		try (PDDocument document = new PDDocument(); ByteArrayOutputStream out = new ByteArrayOutputStream()) {
			for (String text : pages) {
				PDPage page = new PDPage();
				document.addPage(page);
				if (!text.isEmpty()) {
					try (PDPageContentStream content = new PDPageContentStream(document, page)) {
						content.beginText();
						content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
						content.newLineAtOffset(50, 700);
						content.showText(text);
						content.endText();
					}
				}
			}
			change.to(document);
			document.save(out);
			return out.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static byte[] locked(String password) {
		return changed(
				(document) -> document.protect(new StandardProtectionPolicy("owner", password, new AccessPermission())),
				"Hemligt");
	}

	static byte[] running() {
		return changed(
				(document) -> document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('hej')")),
				"Text");
	}

	static byte[] launching() {
		return changed((document) -> {
			PDAnnotationLink link = new PDAnnotationLink();
			link.setAction(new PDActionLaunch());
			document.getPage(0).getAnnotations().add(link);
		}, "Text");
	}

	/** In an object that no page leads to. */
	static byte[] hiding() {
		return changed((document) -> {
			COSDictionary script = new COSDictionary();
			script.setName(COSName.S, "JavaScript");
			script.setString("JS", "app.alert('hej')");
			COSDictionary holder = new COSDictionary();
			holder.setItem(COSName.getPDFName("Nothing"), script);
			document.getDocumentCatalog().getCOSObject().setItem(COSName.getPDFName("LBTest"), holder);
		}, "Text");
	}

	static byte[] withForm() {
		return changed((document) -> {
			PDAcroForm form = new PDAcroForm(document);
			form.getCOSObject().setItem(COSName.getPDFName("XFA"), new PDStream(document).getCOSObject());
			document.getDocumentCatalog().setAcroForm(form);
		}, "Text");
	}

	static byte[] carrying() {
		return changed((document) -> {
			PDComplexFileSpecification file = new PDComplexFileSpecification();
			file.setFile("bilaga.exe");
			file.setEmbeddedFile(
					new PDEmbeddedFile(document, new ByteArrayInputStream("MZ".getBytes(StandardCharsets.US_ASCII))));
			PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
			tree.setNames(Map.of("bilaga", file));
			PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
			names.setEmbeddedFiles(tree);
			document.getDocumentCatalog().setNames(names);
		}, "Text");
	}

	static byte[] titled(String title) {
		return changed((document) -> document.getDocumentInformation().setTitle(title), "Text");
	}

	/** A page that unpacks to so many megabytes. */
	static byte[] unpackingTo(int megabytes) {
		return changed((document) -> {
			ByteArrayOutputStream packed = new ByteArrayOutputStream();
			try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
				byte[] megabyte = "q 1 0 0 1 0 0 cm Q ".repeat(55189).getBytes(StandardCharsets.US_ASCII);
				for (int i = 0; i < megabytes; i++) {
					out.write(megabyte);
				}
			}
			PDStream stream = new PDStream(document, new ByteArrayInputStream(packed.toByteArray()));
			stream.getCOSObject().setItem(COSName.FILTER, COSName.FLATE_DECODE);
			document.getPage(0).setContents(stream);
		}, "");
	}

}
