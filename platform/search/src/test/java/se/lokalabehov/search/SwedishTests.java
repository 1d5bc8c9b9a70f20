package se.lokalabehov.search;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a Swedish word can be found by. */
class SwedishTests {

	private final Swedish swedish = new Swedish();

	@ParameterizedTest
	@CsvSource({ "behandling, behandla", "behandlade, behandlingarna", "utvärdering, utvärdera", "placering, placerade",
			"äldres, äldre", "kommunernas, kommun" })
	void formsOfOneWordHaveOneRoot(String one, String two) {
		assertThat(this.swedish.word(one).root()).isEqualTo(this.swedish.word(two).root());
	}

	@ParameterizedTest
	@CsvSource({ "vård, vald", "barn, behov", "boende, beroende" })
	void differentWordsHaveDifferentRoots(String one, String two) {
		assertThat(this.swedish.word(one).root()).isNotEqualTo(this.swedish.word(two).root());
	}

	@ParameterizedTest
	@CsvSource({ "missbruksvård, missbruk, vard", "familjehemsvård, familj, hem", "kvinnojour, kvinn, jour",
			"boendestöd, boend, stod", "ungagrabbar, ung, grabb", "dagisfröknar, dagis, frokn",
			"försörjningsstöd, forsorj, stod", "skolgång, skol, gang" })
	void aCompoundIsItsParts(String compound, String first, String second) {
		assertThat(this.swedish.word(compound).features()).contains(Word.asPart(first), Word.asPart(second));
	}

	@Test
	void severalPartsOfACompoundAreAWordToo() {
		assertThat(this.swedish.word("familjehemsvård").features())
			.contains(Word.asPart(this.swedish.word("familjehem").root()));
	}

	@ParameterizedTest
	@CsvSource({ "kommun", "behandling", "ansvar", "samtal", "personal", "missbruk", "föräldrar", "uppföljning" })
	void aWordOfItsOwnIsNotDivided(String word) {
		assertThat(this.swedish.word(word).parts()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "äldreomsorg, aldreomsorg", "äldreomsorg, ?ldreomsorg", "äldreomsorg, ldreomsorg",
			"äldreomsorg, \uFFFDldreomsorg", "vård, v?rd", "vård, vrd", "hemtjänst, hemtj?nst",
			"funktionsnedsättning, funktionsnedsÃ¤ttning", "åldrande, a\u030Aldrande", "särskilt, s?rskilt",
			"försörjningsstöd, fo¨rso¨rjningssto¨d", "åldrande, a°ldrande", "försörjningsstöd, f?rs?rjningsst?d",
			"försörjningsstöd, frsrjningsstd" })
	void aWordThatLostItsLettersIsStillFound(String whole, String damaged) {
		Set<String> found = new HashSet<>(this.swedish.word(damaged).features());
		found.retainAll(this.swedish.word(whole).features());
		assertThat(found).isNotEmpty();
	}

	@Test
	void aWordPartedByALostLetterIsLaidTogether() {
		assertThat(this.swedish.read("kommunal sjukv rd", 10).tokens()).extracting((token) -> token.word().form())
			.containsExactly("kommunal", "sjukvard");
		assertThat(this.swedish.read("hemtj nsten", 10).tokens()).extracting((token) -> token.word().form())
			.containsExactly("hemtjansten");
	}

	@Test
	void aQuestionMarkAfterAWordIsOnlyThat() {
		assertThat(this.swedish.read("Hur går det? Bra.", 10).tokens()).extracting((token) -> token.word().form())
			.containsExactly("hur", "gar", "det", "bra");
	}

	@ParameterizedTest
	@CsvSource({ "skadligt bruk, missbruk", "socialbidrag, ekonomiskt bistånd", "fosterhem, vård i familjehem",
			"våld i nära relationer, partnervåld", "funktionshinder, funktionsnedsättningar",
			"dubbeldiagnos, samsjuklighet" })
	void synonymsShareAConcept(String one, String two) {
		Set<Integer> concepts = new HashSet<>(concepts(one));
		concepts.retainAll(concepts(two));
		assertThat(concepts).isNotEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "skadligt väder, missbruk", "ekonomiskt läge, socialbidrag" })
	void aPartOfAPhraseIsNotThePhrase(String one, String two) {
		assertThat(concepts(one)).doesNotContainAnyElementsOf(concepts(two));
	}

	private List<Integer> concepts(String text) {
		return this.swedish.read(text, 20).spans().stream().map(Swedish.Span::concept).toList();
	}

	@Test
	void everyTextCanBeRead() {
		for (String text : List.of("", " ", "?", "????", "?a", "\uD83D\uDE00 hej", "\uD83D", "a".repeat(100_000),
				"\u0130stanbul", "\u0000", "<script>", "ö".repeat(70))) {
			assertThat(this.swedish.read(text, 100).tokens()).hasSizeLessThanOrEqualTo(100);
		}
	}

	@Test
	void noGramStandsTwice() {
		char[] grams = Swedish.grams("barnbarnbarn");
		assertThat(new HashSet<>(Arrays.asList(new String(grams).split("")))).hasSize(grams.length);
	}

	@ParameterizedTest
	@CsvSource({ "vård, vård, 0", "vård, vrd, 1", "misbruk, missbruk, 1", "tvågnsvård, tvångsvård, 1", "abc, xyz, 3" })
	void neighboursThatChangePlacesAreOneEdit(String one, String two, int distance) {
		assertThat(Spelling.distance(one, two, 2)).isEqualTo(distance);
	}

	@ParameterizedTest
	@CsvSource({ "stjärna, skjarna", "kvinnojour, qvinojour", "operation, operasjon", "alkohol, allkohol" })
	void whatSoundsTheSameIsSpeltTheSame(String one, String two) {
		assertThat(Spelling.sound(Folding.folded(one))).isEqualTo(Spelling.sound(Folding.folded(two)));
		assertThat(Spelling.sound(Folding.folded(one))).isNotEqualTo(Spelling.sound("barn"));
	}

}
