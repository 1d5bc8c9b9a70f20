package se.lokalabehov.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tables as people have them.
 */
class TableTests {

	private static final String CSV = "område;rubrik\r\nSBB;\"Stöd till anhöriga; i Åre\"\r\n;\r\nBOU;Föräldrar\r\n";

	@Test
	void csvIsReadAsSwedishExcelWritesItAndAsEverybodyElseDoes() throws Exception {
		for (byte[] bytes : List.of(CSV.getBytes(Charset.forName("windows-1252")), CSV.getBytes(StandardCharsets.UTF_8),
				("\uFEFF" + CSV).getBytes(StandardCharsets.UTF_8), CSV.getBytes(StandardCharsets.UTF_16),
				CSV.replace("; i", ", i").replace(";", "\t").getBytes(StandardCharsets.UTF_8))) {
			Table table = Table.read(bytes);
			assertThat(table.header()).containsExactly("område", "rubrik");
			assertThat(table.rows()).extracting(Table.Row::number).containsExactly(2, 4);
			assertThat(table.rows().getFirst().cells().getLast()).startsWith("Stöd till anhöriga").endsWith("i Åre");
			assertThat(table.rows().getLast().cells()).containsExactly("BOU", "Föräldrar");
		}
	}

	@Test
	void aWorkbookIsReadWithItsSharedTextsItsOwnAndItsNumbers() throws Exception {
		Table table = Table.read(workbook("""
				<sst><si><t>område</t></si><si><r><t>rub</t></r><r><t>rik</t></r><rPh><t>x</t></rPh></si></sst>""",
				"""
						<worksheet><sheetData>
						<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>år</t></is></c></row>
						<row r="3"><c r="B3" t="str"><v>Stöd i Åre</v></c><c r="C3"><v>2024</v></c></row>
						<row r="4"><c r="A4" s="1"/></row></sheetData></worksheet>"""));

		assertThat(table.header()).containsExactly("område", "rubrik", "år");
		assertThat(table.rows()).containsExactly(new Table.Row(3, List.of("", "Stöd i Åre", "2024")));
		assertThat(Table.read(table.csv().getBytes(StandardCharsets.UTF_8)).rows()).extracting(Table.Row::cells)
			.containsExactly(List.of("", "Stöd i Åre", "2024"));
	}

	private static byte[] workbook(String shared, String sheet) throws Exception {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(out)) {
			zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
			zip.write(shared.getBytes(StandardCharsets.UTF_8));
			zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
			zip.write(sheet.getBytes(StandardCharsets.UTF_8));
		}
		return out.toByteArray();
	}

	@Test
	void shortRowsAreFilledAndLongOnesCut() throws Exception {
		assertThat(Table.read("a;b;c\n1\n1;2;3;4\n".getBytes(StandardCharsets.UTF_8)).rows())
			.extracting(Table.Row::cells)
			.containsExactly(List.of("1", "", ""), List.of("1", "2", "3"));
	}

	@Test
	void whatIsNoTableIsRefusedWithWhatToDo() throws Exception {
		refused(new byte[0], "Utgå från mallen");
		refused("a;b\n".getBytes(StandardCharsets.UTF_8), "inga rader");
		refused("a;b\n1;\"2".getBytes(StandardCharsets.UTF_8), "efter rad 1");
		refused(("a\n" + "1\n".repeat(Table.MAX_ROWS + 1)).getBytes(StandardCharsets.UTF_8), "5000 rader");
		refused(new byte[] { (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0 }, ".xlsx");
		refused(new byte[] { 'P', 'K', 3, 4, 5, 6, 7, 8, 9 }, "Excelfilen");
		refused(unpackingTo(60), "för stor");
	}

	private static byte[] unpackingTo(int megabytes) throws Exception {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(out)) {
			zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
			for (int i = 0; i < megabytes; i++) {
				zip.write(new byte[1024 * 1024]);
			}
		}
		return out.toByteArray();
	}

	private static void refused(byte[] bytes, String why) {
		assertThatExceptionOfType(Table.NoTable.class).isThrownBy(() -> Table.read(bytes)).withMessageContaining(why);
	}

}
