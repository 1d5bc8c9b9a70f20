package se.lokalabehov.portal;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the portal says of what has happened, in both languages.
 */
class SentenceTests {

	private static final ResourceBundle SWEDISH = ResourceBundle.getBundle(Sentence.BUNDLE, Locale.ROOT);

	private static final ResourceBundle ENGLISH = ResourceBundle.getBundle(Sentence.BUNDLE, Locale.ENGLISH);

	@Test
	void everySentenceIsThereInBothLanguagesWithTheSameGaps() {
		assertThat(ENGLISH.keySet()).isEqualTo(SWEDISH.keySet());
		SWEDISH.keySet().forEach((key) -> assertThat(gaps(ENGLISH, key)).as(key).isEqualTo(gaps(SWEDISH, key)));
		assertThat(SWEDISH.keySet())
			.anySatisfy((key) -> assertThat(ENGLISH.getString(key)).as(key).isNotEqualTo(SWEDISH.getString(key)));
	}

	private static int gaps(ResourceBundle bundle, String key) {
		return new MessageFormat(bundle.getString(key), Locale.ENGLISH).getFormatsByArgumentIndex().length;
	}

	@Test
	void aSentenceIsSwedishUntilEnglishIsChosen() {
		assertThat(Sentence.of("need-merged", "RSS Skåne"))
			.isEqualTo("RSS Skåne förde in behovet i ett regionalt behov.");
		assertThat(Sentence.in(Locale.ENGLISH, () -> Sentence.of("need-merged", "RSS Skåne")))
			.isEqualTo("RSS Skåne merged the need into a regional need.");
		assertThat(Sentence.of("needs", 1)).isEqualTo("ett behov");
		assertThat(Sentence.of("needs", 12)).isEqualTo("12 behov");
		assertThat(Sentence.of("list-delivered", "RSS", "ett regionalt behov", 0))
			.isEqualTo("RSS levererade ett regionalt behov till SKR.");
		assertThat(Sentence.of("list-delivered", "RSS", "ett regionalt behov", 2))
			.isEqualTo("RSS levererade ett regionalt behov till SKR (komplettering nr 2).");
	}

	@Test
	void whatPeopleWroteIsLeftAsItWas() {
		assertThat(Sentence.of("need-withdrawn", "Habo", "{0} 'citat' {1,choice,0#x}"))
			.isEqualTo("Habo drog tillbaka behovet: {0} 'citat' {1,choice,0#x}");
	}

}
