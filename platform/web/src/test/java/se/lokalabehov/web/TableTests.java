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
	void aWorkbookIsReadAsItWasWritten() throws Exception {
		Table table = Table.read(CSV.getBytes(StandardCharsets.UTF_8));

		Table again = Table.read(table.workbook("behov"));
		assertThat(again.header()).isEqualTo(table.header());
		assertThat(again.rows()).extracting(Table.Row::cells)
			.isEqualTo(table.rows().stream().map(Table.Row::cells).toList());
		assertThat(Table.read(table.csv().getBytes(StandardCharsets.UTF_8)).header()).isEqualTo(table.header());
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
