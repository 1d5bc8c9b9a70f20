package se.lokalabehov.ranking;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The format of PrefLib. */
class PrefLibTests {

	private static final String HEAD = "# TITLE: t\n# DATA TYPE: toi\n# NUMBER ALTERNATIVES: 4\n# ALTERNATIVE NAME 2: två\n";

	@Test
	void readsTheCurrentFormat() throws Exception {
		PrefLib election = read("\uFEFF# FILE NAME: 1.toi\r\n# TITLE: Ett val: prov\r\n# DATA TYPE: toi\r\n\r\n"
				+ "# NUMBER ALTERNATIVES: 4\r\n# NUMBER VOTERS: 17\r\n# NUMBER UNIQUE ORDERS: 2\r\n"
				+ "# ALTERNATIVE NAME 1: a\r\n# ALTERNATIVE NAME 2: b\r\n# ALTERNATIVE NAME 3: c\r\n"
				+ "# ALTERNATIVE NAME 4: d\r\n\r\n12: 2,{1, 3}\r\n5: 4\r\n");
		assertThat(election.title()).isEqualTo("Ett val: prov");
		assertThat(election.names()).containsExactly("a", "b", "c", "d");
		assertThat(election.ballots()).containsExactly(new Ballot(List.of(List.of(1), List.of(0, 2)), 12, null),
				new Ballot(List.of(List.of(3)), 5, null));
		assertThat(election.kind()).isEqualTo(PrefLib.Kind.TOI);
		assertThat(election.profile(Unranked.LAST).ballots()).extracting(Ballot::written)
			.containsExactly("2>1=3>4", "4>1=2=3");
		assertThat(election.profile(Unranked.NO_OPINION).ballots()).extracting(Ballot::written)
			.containsExactly("2>1=3", "4");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "1: 1,2,9 | no alternative 9", "1: 1,2,1 | alternative 1 stands twice",
					"x: 1,2 | 'x' is no number", "0: 1 | a count from 1", "1: 1,,2 | '' is no number",
					"1: {1,2 | { without }", "1: 1,2} | } without {", "1: {1,{2}} | { within {",
					"1 2 3 | not of the form", "1: | '' is no number", "-3: 1 | is no number", "1: 1.5 | is no number",
					"1: {} | '' is no number", "99999999999: 1 | is no number",
					"# NUMBER ALTERNATIVES: 5 | stands twice", "# DATA TYPE: wmd | stands twice" })
	void nonsenseIsRefusedWithItsLine(String line, String why) {
		assertThatThrownBy(() -> read(HEAD + "3: 1,2\n" + line + "\n4: 2\n")).isInstanceOf(PrefLib.Malformed.class)
			.hasMessageStartingWith("line 6: ")
			.hasMessageContaining(why);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1: 1\n", "# NUMBER ALTERNATIVES: two\n", "# NUMBER ALTERNATIVES: 99999999\n",
			"# NUMBER ALTERNATIVES: 1\n# ALTERNATIVE NAME 2: x\n",
			"# NUMBER ALTERNATIVES: 1\n# NUMBER VOTERS: 3\n2: 1\n",
			"# NUMBER ALTERNATIVES: 1\n# NUMBER UNIQUE ORDERS: 2\n2: 1\n",
			"# DATA TYPE: soc\n# NUMBER ALTERNATIVES: 2\n1: 1\n",
			"# DATA TYPE: soi\n# NUMBER ALTERNATIVES: 2\n1: {1,2}\n", "# DATA TYPE: cat\n" })
	void aFileThatContradictsItselfIsRefused(String text) {
		assertThatThrownBy(() -> read(text)).isInstanceOf(PrefLib.Malformed.class).hasMessageStartingWith("line ");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8 })
	void whatIsWrittenIsReadAgain(int seed) throws Exception {
		Profile profile = Panels.random(new Random(seed), 6, 9, Panels.Form.values()[seed % 3]);
		List<Ballot> listed = profile.ballots().stream().filter((one) -> !one.order().isEmpty()).toList();
		PrefLib written = new PrefLib("prov", Panels.names(6), listed);
		PrefLib again = read(written.write());
		assertThat(again.names()).isEqualTo(written.names());
		assertThat(again.ballots()).containsExactlyInAnyOrderElementsOf(listed);
		assertThat(again.write()).isEqualTo(written.write());
		assertThat(written.write()).contains("# DATA TYPE: " + written.kind().ending());
	}

	private static PrefLib read(String text) throws IOException {
		return PrefLib.read(new StringReader(text));
	}

}
