package se.lokalabehov.web;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

import se.lokalabehov.web.PersonalData.Finding;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What points at a person is found, and nothing else is.
 */
class PersonalDataTests {

	private static final int LONG = 1_000_000;

	private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9A-F]{4})|([nrt]))");

	@ParameterizedTest(name = "{3}: {0}")
	@CsvFileSource(resources = "personal-data.csv", delimiter = ';', numLinesToSkip = 2)
	void findsWhatPointsAtAPersonAndNothingElse(String written, String holds, @Nullable String found, String why) {
		String text = unescaped(written);

		List<Finding> findings = PersonalData.find(text);

		assertThat(findings).as(why).extracting(PersonalDataTests::told).containsExactly(expected(holds));
		if (found != null && !found.isEmpty()) {
			Finding first = findings.getFirst();
			assertThat(text.substring(first.start(), first.end())).as(why).isEqualTo(unescaped(found));
		}
	}

	@Test
	void whereItStandsIsCountedFromTheFirstCharacterWhateverStandsBefore() {
		String text = "\uD83D\uDE00 Åäö\n850101-1236";

		assertThat(PersonalData.find(text))
			.containsExactly(new Finding(PersonalData.Kind.PERSONAL_NUMBER, 7, 18, true));
	}

	@ParameterizedTest
	@MethodSource
	void readsEachCharacterOfAHostileTextABoundedNumberOfTimes(String pattern) {
		Counting text = new Counting(pattern.repeat(LONG / pattern.length()));

		PersonalData.search(text);

		assertThat(text.read).as("characters read of %s", pattern).isLessThan(100L * LONG);
	}

	static Stream<String> readsEachCharacterOfAHostileTextABoundedNumberOfTimes() {
		return Stream.of("1", "1 ", "1-", "0", "00 ", "+", "+4", "+46 ", "070-", "08 12 ", "85 01 01 ", "850101-", "@",
				"a@", "a@b.", "a.", "(at)", "a (at) b ", "snabel-", "a".repeat(64) + "@", "@" + "a.".repeat(127),
				"@ b (dot) ", "\u200B1", "1\u200B", "tel 1 ", "isbn 9101120003 ", "\uFF10-", "\uD835\uDFCE", "\uD835",
				"((((", "- ", " ", "1\n", "\u0301");
	}

	private static String[] expected(@Nullable String holds) {
		return (holds == null || holds.isEmpty()) ? new String[0] : holds.split(" ");
	}

	private static String told(Finding finding) {
		return finding.kind() + (finding.certain() ? "" : "?");
	}

	private static String unescaped(@Nullable String written) {
		return ESCAPE.matcher((written != null) ? written : "").replaceAll((escape) -> {
			String code = escape.group(1);
			String character = (code != null) ? Character.toString((char) Integer.parseInt(code, 16))
					: Character.toString("\n\r\t".charAt("nrt".indexOf(escape.group(2))));
			return Matcher.quoteReplacement(character);
		});
	}

	/**
	 * A text that counts how often somebody looks at a character of it.
	 */
	private static final class Counting implements CharSequence {

		private final char[] text;

		private long read;

		Counting(String text) {
			this.text = text.toCharArray();
		}

		@Override
		public int length() {
			return this.text.length;
		}

		@Override
		public char charAt(int index) {
			this.read++;
			return this.text[index];
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			this.read += end - start;
			return new String(Arrays.copyOfRange(this.text, start, end));
		}

	}

}
