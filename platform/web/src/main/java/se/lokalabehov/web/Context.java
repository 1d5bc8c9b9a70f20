package se.lokalabehov.web;

import java.util.regex.Pattern;

/**
 * What stands around digits and tells what they are. Looks at a few characters only.
 */
final class Context {

	private static final int NEAR = 24;

	private static final Pattern NAMED = Pattern.compile(
			".*(isbn|issn|doi|pmid|dnr|d\\.nr|diarienr|diarienummer|ärendenr|ärendenummer|orgnr|org\\.nr|org\\. nr"
					+ "|organisationsnr|organisationsnummer|bankgiro|plusgiro|libris)(-1[03])?[-.:# ]{0,3}",
			Pattern.DOTALL);

	private static final Pattern BOOK = Pattern.compile(".*isbn(-10)?[-.: ]{0,3}", Pattern.DOTALL);

	private static final Pattern TIGHT = Pattern.compile("[-./,:]");

	private Context() {
	}

	/**
	 * Whether a gap is one single mark, so that what stands on both sides is one thing.
	 */
	static boolean isTight(String gap) {
		return TIGHT.matcher(gap).matches();
	}

	/** Whether the words before say that it is another sort of number. */
	static boolean isNamedAsSomethingElse(DigitGroups groups, int index) {
		return NAMED.matcher(groups.textBefore(index, NEAR)).matches();
	}

	/** Whether it is said to be an ISBN of ten digits, and is one. */
	static boolean isBookNumber(DigitGroups groups, int index) {
		String digits = groups.get(index).digits();
		if (digits.length() != 10 || !BOOK.matcher(groups.textBefore(index, NEAR)).matches()) {
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
