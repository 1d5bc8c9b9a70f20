package se.lokalabehov.web;

import java.util.List;

/**
 * What stands around digits and tells what they are. Looks at a few characters only.
 */
final class Context {

	private static final int NEAR = 24;

	private static final List<String> OTHER_NUMBERS = List.of("isbn", "isbn-10", "isbn-13", "issn", "doi", "pmid",
			"dnr", "d.nr", "diarienr", "diarienummer", "ärendenr", "ärendenummer", "orgnr", "org.nr", "org. nr",
			"organisationsnr", "organisationsnummer", "bankgiro", "plusgiro", "libris");

	private static final List<String> BOOKS = List.of("isbn", "isbn-10");

	private static final String MARKS = "-.,:/";

	private static final String MARKS_AFTER_A_NAME = "-.:# \u00A0";

	private Context() {
	}

	/**
	 * Whether a gap is one single mark, so that what stands on both sides is one thing.
	 */
	static boolean isTight(String gap) {
		return gap.length() == 1 && MARKS.contains(gap);
	}

	/** Whether a gap has nothing but some characters. */
	static boolean isOnly(String gap, String characters) {
		for (int i = 0; i < gap.length(); i++) {
			if (characters.indexOf(gap.charAt(i)) < 0) {
				return false;
			}
		}
		return true;
	}

	/** Whether the words before say that it is another sort of number. */
	static boolean isNamedAsSomethingElse(DigitGroups groups, int index) {
		return isNamed(groups, index, OTHER_NUMBERS);
	}

	/**
	 * Whether one of some words stands before the digits, perhaps with marks after it.
	 */
	static boolean isNamed(DigitGroups groups, int index, List<String> names) {
		String before = groups.textBefore(index, NEAR);
		int end = before.length();
		while (end > 0 && MARKS_AFTER_A_NAME.indexOf(before.charAt(end - 1)) >= 0) {
			end--;
		}
		String words = before.substring(0, end);
		return names.stream()
			.anyMatch((name) -> words.endsWith(name) && (words.length() == name.length()
					|| !Character.isLetterOrDigit(words.charAt(words.length() - name.length() - 1))));
	}

	/** Whether it is said to be an ISBN of ten digits, and is one. */
	static boolean isBookNumber(DigitGroups groups, int index) {
		String digits = groups.get(index).digits();
		if (digits.length() != 10 || !isNamed(groups, index, BOOKS)) {
			return false;
		}
		int sum = 0;
		for (int i = 0; i < 10; i++) {
			sum += (10 - i) * (digits.charAt(i) - '0');
		}
		return sum % 11 == 0;
	}

	/** Whether the neighbours on both sides are a-f: part of a random identifier. */
	static boolean isHexadecimal(DigitGroups groups, int index) {
		return isHexadecimal(groups.rawBefore(index)) && isHexadecimal(groups.rawAfter(index));
	}

	/** Whether the digits begin in the middle of a word or a name. */
	static boolean isGluedBefore(DigitGroups groups, int index) {
		return isWordCharacter(groups.rawBefore(index));
	}

	/** Whether the digits go on in a word or a name. */
	static boolean isGluedAfter(DigitGroups groups, int index) {
		return isWordCharacter(groups.rawAfter(index));
	}

	private static boolean isHexadecimal(int character) {
		return (character >= 'a' && character <= 'f') || (character >= 'A' && character <= 'F');
	}

	private static boolean isWordCharacter(int character) {
		return Character.isLetter(character) || character == '_';
	}

}
