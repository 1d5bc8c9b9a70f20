package se.lokalabehov.portal;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table as a file.
 */
class CsvTextTests {

	@Test
	void whatWouldBreakARowIsQuoted() {
		assertThat(text(new CsvText("rubrik", "nu").row("a, \"b\"", "rad\nrad")))
			.isEqualTo("\uFEFFrubrik,nu\r\n\"a, \"\"b\"\"\",\"rad\nrad\"\r\n");
	}

	@Test
	void whatASpreadsheetWouldCountIsText() {
		assertThat(text(new CsvText("rubrik").row("=HYPERLINK(1)").row("@x").row("-1")))
			.isEqualTo("\uFEFFrubrik\r\n'=HYPERLINK(1)\r\n'@x\r\n'-1\r\n");
	}

	private static String text(CsvText csv) {
		return new String(csv.bytes(), StandardCharsets.UTF_8);
	}

}
