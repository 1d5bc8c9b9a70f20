package se.lokalabehov.directory;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CsvTests {

	@Test
	void aQuotedFieldMayHoldCommasQuotesAndLineBreaks() {
		assertThat(Csv.rows("a,b\n\"x, \"\"y\"\"\nz\",2\n")).containsExactly(Map.of("a", "x, \"y\"\nz", "b", "2"));
	}

	@Test
	void emptyFieldsAreKeptAlsoLastInTheRowAndLastInTheFile() {
		assertThat(Csv.rows("a,b\r\n,\r\n\"\",")).containsExactly(Map.of("a", "", "b", ""), Map.of("a", "", "b", ""));
	}

	@Test
	void aDamagedFileIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Csv.rows("a,b\n1\n"));
		assertThatIllegalArgumentException().isThrownBy(() -> Csv.rows("a,b\n1,\"2\n"));
		assertThatIllegalArgumentException().isThrownBy(() -> Csv.rows("a,b\n1,\"2\"3\n"));
	}

}
