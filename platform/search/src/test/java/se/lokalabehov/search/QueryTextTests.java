package se.lokalabehov.search;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import se.lokalabehov.search.QueryText.How;
import se.lokalabehov.search.QueryText.Part;

import static org.assertj.core.api.Assertions.assertThat;

/** How the text of the search box is read. */
class QueryTextTests {

	@Test
	void wordsPhrasesFieldsAndExclusions() {
		QueryText text = QueryText.of("vård \"ekonomiskt bistånd\" -tvång titel:barn år:2021 famil*");
		assertThat(text.notice()).isNull();
		assertThat(text.groups()).containsExactly(List.of(new Part("vård", null, How.WORDS, false)),
				List.of(new Part("ekonomiskt bistånd", null, How.PHRASE, false)),
				List.of(new Part("tvång", null, How.WORDS, true)),
				List.of(new Part("barn", Fields.TITLE, How.WORDS, false)),
				List.of(new Part("2021", Fields.YEAR, How.WORDS, false)),
				List.of(new Part("famil", null, How.PREFIX, false)));
	}

	@Test
	void orLaysWordsTogether() {
		assertThat(QueryText.of("barn OR unga").groups()).containsExactly(
				List.of(new Part("barn", null, How.WORDS, false), new Part("unga", null, How.WORDS, false)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"vård", "OR vård", "vård OR", "vård OR OR barn", "hittepå:vård", "*", "a*b*c", "*vård",
			"år*ta*l" })
	void whatIsNoSyntaxIsSaid(String text) {
		assertThat(QueryText.of(text).notice()).isNotNull();
	}

	@Test
	void aBombIsBounded() {
		QueryText many = QueryText.of("aaaa* ".repeat(5_000));
		assertThat(many.groups()).hasSize(QueryText.MOST_PARTS);
		assertThat(many.groups().stream().flatMap(List::stream).filter((part) -> part.how() == How.PREFIX))
			.hasSize(QueryText.MOST_PREFIXES);
		assertThat(many.notice()).isNotNull();
	}

	@Test
	void nothingThatIsWrittenFails() {
		Random random = new Random(42);
		String letters = "ab åäö\"-:*?()[]{}~^\\/+&|!<>OR titel:år:\uD83D\uFFFD\n\t'";
		try (SearchIndex index = SearchIndex.inMemory()) {
			index.put(Item.of(Kind.REPORT, "r", "ab åäö", "ba"));
			index.refresh();
			for (int round = 0; round < 3_000; round++) {
				StringBuilder text = new StringBuilder();
				for (int length = random.nextInt(40); length > 0; length--) {
					text.append(letters.charAt(random.nextInt(letters.length())));
				}
				assertThat(index.search(SearchRequest.of(text.toString(), Visibility.PUBLIC)).total()).isBetween(0L,
						1L);
			}
		}
	}

}
