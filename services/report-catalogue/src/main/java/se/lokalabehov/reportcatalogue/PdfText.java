package se.lokalabehov.reportcatalogue;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Calendar;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/**
 * Looks through one PDF file and writes its text. Runs as a process of its own, started
 * by {@link PdfReader}, because what it reads is somebody else's: whatever the file makes
 * of the process, the service goes on.
 *
 * <p>
 * Writes to its standard output, in UTF-8: a line with the number of pages and what the
 * file says about itself ({@link Said}), the text of each page and a form feed, then what
 * else can be read in the file (its properties, bookmarks, notes, form fields), a line
 * each. Its exit code is the verdict's.
 */
final class PdfText {

	/** More text than this is not read; a thousand pages have some three million. */
	static final int MAX_CHARACTERS = 10_000_000;

	static final int MAX_PAGES = 5000;

	/**
	 * More drawing than this is not followed; a thousand dense pages have some ten
	 * million.
	 */
	private static final int MAX_OPERATORS = 20_000_000;

	private static final Set<String> ACTIONS = Set.of("JavaScript", "Launch", "ImportData", "SubmitForm", "GoToE",
			"Rendition", "Movie", "Sound", "RichMediaExecute");

	private static final Set<String> PLAYED = Set.of("RichMedia", "Movie", "Sound", "Screen", "3D");

	private static final List<COSName> READABLE = List.of(COSName.TITLE, COSName.AUTHOR, COSName.SUBJECT,
			COSName.KEYWORDS, COSName.CONTENTS, COSName.V, COSName.DV, COSName.TU);

	private PdfText() {
	}

	/** What became of it. */
	enum Verdict {

		/** Read, and nothing to remark. */
		READ(0),
		/** Encrypted, with or without a password to open it. */
		ENCRYPTED(11),
		/** Does something when it is opened or clicked at. */
		ACTIVE(12),
		/** Other files lie in it. */
		ATTACHMENTS(13),
		/** No PDF file, or not as it should be. */
		DAMAGED(14),
		/** Takes more time, memory or text than a report does. */
		TOO_MUCH(15);

		private final int exitCode;

		Verdict(int exitCode) {
			this.exitCode = exitCode;
		}

		static Verdict of(int exitCode) {
			for (Verdict verdict : values()) {
				if (verdict.exitCode == exitCode) {
					return verdict;
				}
			}
			// Killed, or out of memory.
			return TOO_MUCH;
		}

	}

	/**
	 * Reads one file.
	 * @param arguments its path
	 */
	public static void main(String[] arguments) throws IOException {
		Verdict verdict;
		try (Writer out = new OutputStreamWriter(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
				StandardCharsets.UTF_8)) {
			verdict = read(new File(arguments[0]), new Bounded(out));
		}
		// At once, whatever the file has made run beside this.
		Runtime.getRuntime().halt(verdict.exitCode);
	}

	private static Verdict read(File file, Writer out) {
		// In memory only: a file that unpacks to much more than itself ends at the heap.
		try (PDDocument document = Loader.loadPDF(file, IOUtils.createMemoryOnlyStreamCache())) {
			if (document.isEncrypted()) {
				return Verdict.ENCRYPTED;
			}
			int pages = document.getNumberOfPages();
			if (pages == 0) {
				return Verdict.DAMAGED;
			}
			if (pages > MAX_PAGES) {
				return Verdict.TOO_MUCH;
			}
			StringBuilder beside = new StringBuilder();
			Verdict verdict = lookThrough(document.getDocument(), beside);
			if (verdict == Verdict.READ) {
				out.write(pages + Said.by(document).line() + "\n");
				new Pages(out).read(document, pages);
				out.append(beside);
			}
			return verdict;
		}
		catch (InvalidPasswordException ex) {
			return Verdict.ENCRYPTED;
		}
		catch (TooMuch | StackOverflowError ex) {
			return Verdict.TOO_MUCH;
		}
		catch (IOException | RuntimeException ex) {
			return Verdict.DAMAGED;
		}
	}

	/**
	 * What a file says about itself, empty where it says nothing.
	 *
	 * @param title of its metadata (XMP) or properties
	 * @param authors the same, with line feeds between
	 * @param subject the same
	 * @param keywords the same
	 * @param language as a tag, such as {@code sv-SE}
	 * @param created year
	 * @param heading what stands in the largest letters on its first pages
	 */
	record Said(String title, String authors, String subject, String keywords, String language, String created,
			String heading) {

		static final Said NOTHING = new Said("", "", "", "", "", "", "");

		private static final char BETWEEN = '\u001f';

		private static final int LONGEST = 5000;

		private static Said by(PDDocument document) throws IOException {
			PDDocumentInformation properties = document.getDocumentInformation();
			Map<String, String> xmp = Xmp.of(document);
			@Nullable Calendar created = properties.getCreationDate();
			@Nullable String language = document.getDocumentCatalog().getLanguage();
			return new Said(first(xmp.get("title"), properties.getTitle()),
					first(xmp.get("creator"), properties.getAuthor()),
					first(xmp.get("description"), properties.getSubject()),
					first(xmp.get("subject"), properties.getKeywords()), first(xmp.get("language"), language),
					(created != null) ? String.valueOf(created.get(Calendar.YEAR)) : "", Heading.of(document));
		}

		private static String first(@Nullable String one, @Nullable String other) {
			return (one != null && !one.isBlank()) ? one.strip() : (other != null) ? other.strip() : "";
		}

		private String line() {
			StringBuilder line = new StringBuilder();
			List.of(this.title, this.authors, this.subject, this.keywords, this.language, this.created, this.heading)
				.forEach((one) -> line.append(BETWEEN).append(one, 0, Math.min(one.length(), LONGEST)));
			return line.toString().replaceAll("\\R", "\u001e");
		}

		/** Reads the line again. */
		static Said read(String line) {
			String[] parts = line.replace('\u001e', '\n').split(String.valueOf(BETWEEN), -1);
			return (parts.length != 8) ? NOTHING
					: new Said(parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7]);
		}

	}

	/**
	 * The metadata that a file carries as XML (ISO 16684-1), Dublin Core's part of it.
	 */
	private static final class Xmp {

		private static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";

		private static Map<String, String> of(PDDocument document) {
			Map<String, String> said = new HashMap<>();
			@Nullable PDMetadata metadata = document.getDocumentCatalog().getMetadata();
			if (metadata == null) {
				return said;
			}
			XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
			factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
			factory.setProperty(XMLInputFactory.IS_COALESCING, true);
			try (InputStream in = metadata.exportXMPMetadata()) {
				XMLStreamReader reader = factory.createXMLStreamReader(in);
				String name = "";
				while (reader.hasNext()) {
					int event = reader.next();
					if (event == XMLStreamConstants.START_ELEMENT && DUBLIN_CORE.equals(reader.getNamespaceURI())) {
						name = reader.getLocalName();
					}
					else if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals(name)) {
						name = "";
					}
					else if (event == XMLStreamConstants.CHARACTERS && !name.isEmpty() && !reader.isWhiteSpace()) {
						said.merge(name, reader.getText().strip().replaceAll("\\s+", " "),
								(one, other) -> one + "\n" + other);
					}
				}
			}
			catch (IOException | XMLStreamException ex) {
				// The file is read all the same.
				return said;
			}
			return said;
		}

	}

	/**
	 * What stands in the largest letters on the first pages.
	 */
	private static final class Heading extends PDFTextStripper {

		/** Letters that differ less are as large. */
		private static final float ALIKE = 0.5f;

		private static final int MOST = 300;

		private final StringBuilder heading = new StringBuilder();

		private float largest;

		private boolean goesOn;

		private Heading() throws IOException {
			setStartPage(1);
			setEndPage(2);
			setSortByPosition(true);
		}

		private static String of(PDDocument document) throws IOException {
			Heading found = new Heading();
			found.getText(document);
			return found.heading.toString().replaceAll("\\s+", " ").strip();
		}

		@Override
		protected void writeString(String text, List<TextPosition> positions) {
			float size = (float) positions.stream().mapToDouble(TextPosition::getFontSizeInPt).max().orElse(0);
			if (text.chars().filter(Character::isLetter).count() < 2) {
				return;
			}
			if (size > this.largest + ALIKE) {
				this.largest = size;
				this.heading.setLength(0);
				this.goesOn = true;
			}
			if (size >= this.largest - ALIKE && this.goesOn && this.heading.length() < MOST) {
				this.heading.append(' ').append(text);
			}
			else {
				this.goesOn = false;
			}
		}

	}

	/** Every object that the file lists, whether or not a page leads to it. */
	private static Verdict lookThrough(COSDocument document, StringBuilder beside) {
		Deque<COSBase> rest = new ArrayDeque<>();
		Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		rest.push(document.getTrailer());
		document.getXrefTable().keySet().forEach((key) -> rest.push(document.getObjectFromPool(key)));
		while (!rest.isEmpty()) {
			COSBase next = rest.pop();
			@Nullable COSBase thing = (next instanceof COSObject object) ? object.getObject() : next;
			if (thing == null || !seen.add(thing)) {
				continue;
			}
			if (thing instanceof COSArray array) {
				array.forEach((one) -> push(rest, one));
			}
			else if (thing instanceof COSDictionary dictionary) {
				Verdict verdict = verdict(dictionary);
				if (verdict != Verdict.READ) {
					return verdict;
				}
				collect(dictionary, beside);
				dictionary.getValues().forEach((one) -> push(rest, one));
			}
		}
		return Verdict.READ;
	}

	private static void push(Deque<COSBase> rest, @Nullable COSBase thing) {
		if (thing instanceof COSObject || thing instanceof COSDictionary || thing instanceof COSArray) {
			rest.push(thing);
		}
	}

	private static Verdict verdict(COSDictionary dictionary) {
		@Nullable String kind = dictionary.getNameAsString(COSName.SUBTYPE);
		if (dictionary.containsKey("JS") || dictionary.containsKey("XFA")
				|| isOneOf(ACTIONS, dictionary.getNameAsString(COSName.S)) || isOneOf(PLAYED, kind)) {
			return Verdict.ACTIVE;
		}
		return (dictionary.containsKey(COSName.EF) || "FileAttachment".equals(kind)
				|| "EmbeddedFile".equals(dictionary.getNameAsString(COSName.TYPE))) ? Verdict.ATTACHMENTS
						: Verdict.READ;
	}

	private static boolean isOneOf(Set<String> names, @Nullable String name) {
		return name != null && names.contains(name);
	}

	private static void collect(COSDictionary dictionary, StringBuilder beside) {
		for (COSName name : READABLE) {
			if (dictionary.getDictionaryObject(name) instanceof COSString text && beside.length() < MAX_CHARACTERS) {
				beside.append(text.getString()).append('\n');
			}
		}
	}

	/**
	 * Page by page, with a form feed after each, also after those that are empty.
	 */
	private static final class Pages extends PDFTextStripper {

		private final Writer out;

		private int ended;

		private int operators;

		Pages(Writer out) throws IOException {
			this.out = out;
			setPageEnd("");
		}

		void read(PDDocument document, int pages) throws IOException {
			writeText(document, this.out);
			end(pages);
		}

		@Override
		protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
			if (++this.operators > MAX_OPERATORS) {
				throw new TooMuch();
			}
			super.processOperator(operator, operands);
		}

		@Override
		protected void startPage(PDPage page) throws IOException {
			end(getCurrentPageNo() - 1);
		}

		private void end(int pages) throws IOException {
			for (; this.ended < pages; this.ended++) {
				this.out.write('\f');
			}
		}

	}

	/**
	 * Takes so many characters and no more.
	 */
	private static final class Bounded extends FilterWriter {

		private int left = MAX_CHARACTERS;

		Bounded(Writer out) {
			super(out);
		}

		@Override
		public void write(int character) throws IOException {
			take(1);
			super.write(character);
		}

		@Override
		public void write(char[] characters, int offset, int length) throws IOException {
			take(length);
			super.write(characters, offset, length);
		}

		@Override
		public void write(String text, int offset, int length) throws IOException {
			take(length);
			super.write(text, offset, length);
		}

		private void take(int length) throws TooMuch {
			this.left -= length;
			if (this.left < 0) {
				throw new TooMuch();
			}
		}

	}

	/**
	 * More text than a report has.
	 */
	private static final class TooMuch extends IOException {

		private static final long serialVersionUID = 1L;

	}

}
