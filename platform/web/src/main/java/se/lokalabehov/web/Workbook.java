package se.lokalabehov.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.web.Table.NoTable;
import se.lokalabehov.web.Table.Row;

/**
 * The texts of the first sheet of an Excel workbook (ISO 29500, SpreadsheetML). Read here
 * and not by a library: those that are small bring a StAX provider, which would take the
 * place of the JDK's for everything else in the process.
 */
final class Workbook {

	/** What it may unpack to: a small file can hold a very large one. */
	private static final int MAX_UNPACKED = 50 * 1024 * 1024;

	private static final String SHARED = "xl/sharedStrings.xml";

	private static final String SHEETS = "xl/worksheets/sheet";

	private Workbook() {
	}

	/** Its rows, numbered as the sheet does. */
	static List<Row> rows(byte[] bytes) throws NoTable {
		try {
			Map<String, byte[]> parts = parts(bytes);
			byte[] shared = parts.get(SHARED);
			byte[] sheet = parts.entrySet()
				.stream()
				.filter((part) -> part.getKey().startsWith(SHEETS))
				.map(Map.Entry::getValue)
				.findFirst()
				.orElseThrow(() -> new NoTable("Excelfilen har inget blad. Spara den som .xlsx och välj den igen."));
			return sheet(sheet, (shared != null) ? shared(shared) : List.of());
		}
		catch (IOException | XMLStreamException | RuntimeException ex) {
			throw new NoTable(
					"Excelfilen går inte att läsa. Öppna den i Excel, spara den som .xlsx och välj den igen.");
		}
	}

	/** The first sheet is the one with the lowest number. */
	private static Map<String, byte[]> parts(byte[] bytes) throws IOException, NoTable {
		Map<String, byte[]> parts = new TreeMap<>();
		long left = MAX_UNPACKED;
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
			for (@Nullable
			ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				byte[] part = zip.readNBytes((int) left + 1);
				left -= part.length;
				if (left < 0) {
					throw new NoTable("Excelfilen är för stor. Dela upp den, eller spara bladet som CSV.");
				}
				if (entry.getName().equals(SHARED) || entry.getName().startsWith(SHEETS)) {
					parts.put(entry.getName(), part);
				}
			}
		}
		return parts;
	}

	private static XMLStreamReader reader(byte[] part) throws XMLStreamException {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_COALESCING, true);
		return factory.createXMLStreamReader(new ByteArrayInputStream(part));
	}

	/** Texts that cells name by their number; how they are read aloud is no part. */
	private static List<String> shared(byte[] part) throws XMLStreamException {
		XMLStreamReader reader = reader(part);
		List<String> texts = new ArrayList<>();
		StringBuilder text = new StringBuilder();
		boolean aloud = false;
		while (reader.hasNext()) {
			int event = reader.next();
			if (event == XMLStreamConstants.START_ELEMENT) {
				switch (reader.getLocalName()) {
					case "si" -> text.setLength(0);
					case "rPh" -> aloud = true;
					case "t" -> text.append(aloud ? "" : reader.getElementText());
					default -> {
					}
				}
			}
			else if (event == XMLStreamConstants.END_ELEMENT) {
				switch (reader.getLocalName()) {
					case "si" -> texts.add(text.toString());
					case "rPh" -> aloud = false;
					default -> {
					}
				}
			}
		}
		return texts;
	}

	private static List<Row> sheet(byte[] part, List<String> shared) throws XMLStreamException {
		XMLStreamReader reader = reader(part);
		List<Row> rows = new ArrayList<>();
		List<String> cells = new ArrayList<>();
		int number = 0;
		int column = 0;
		String type = "";
		while (reader.hasNext()) {
			int event = reader.next();
			if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("row")) {
				rows.add(new Row(number, List.copyOf(cells)));
			}
			if (event != XMLStreamConstants.START_ELEMENT) {
				continue;
			}
			switch (reader.getLocalName()) {
				case "row" -> {
					@Nullable String said = reader.getAttributeValue(null, "r");
					number = (said != null) ? Integer.parseInt(said) : number + 1;
					column = -1;
					cells.clear();
				}
				case "c" -> {
					@Nullable String said = reader.getAttributeValue(null, "r");
					@Nullable String kind = reader.getAttributeValue(null, "t");
					column = (said != null) ? column(said) : column + 1;
					type = (kind != null) ? kind : "n";
				}
				case "v", "t" -> {
					String value = reader.getElementText();
					put(cells, column, type.equals("s") ? shared.get(Integer.parseInt(value.strip())) : value);
				}
				default -> {
				}
			}
		}
		return rows;
	}

	/** What is written in several pieces is one text. */
	private static void put(List<String> cells, int column, String text) {
		if (column > Table.MAX_COLUMNS) {
			return;
		}
		while (cells.size() <= column) {
			cells.add("");
		}
		cells.set(column, cells.get(column) + text);
	}

	/** From A1, B7, AA3, counted from 0. */
	private static int column(String reference) {
		int column = 0;
		for (int i = 0; i < reference.length() && Character.isLetter(reference.charAt(i)); i++) {
			column = column * 26 + reference.charAt(i) - 'A' + 1;
		}
		return column - 1;
	}

}
