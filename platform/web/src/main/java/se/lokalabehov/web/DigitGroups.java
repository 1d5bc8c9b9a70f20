package se.lokalabehov.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text seen as groups of digits with what stands between them, whatever characters they
 * are written with.
 */
final class DigitGroups {

	/** What is not there: before the beginning and after the end. */
	static final char NOTHING = '\0';

	/** Any digit. */
	static final char DIGIT = '0';

	/** A letter, or anything else that no number is written with. */
	private static final char OTHER = 'x';

	/** The gap that joins nothing. */
	static final String SEPARATED = "|";

	/** A gap that is longer separates. */
	private static final int MAX_GAP = 5;

	/** Longer groups are cut: they are nothing that anyone looks for. */
	private static final int MAX_DIGITS = 20;

	private final CharSequence text;

	private final List<Group> groups;

	private final boolean[] taken;

	private DigitGroups(CharSequence text, List<Group> groups) {
		this.text = text;
		this.groups = groups;
		this.taken = new boolean[groups.size()];
	}

	/**
	 * Digits that stand together.
	 *
	 * @param start index of the first in the text
	 * @param end index after the last
	 * @param digits 0 to 9
	 * @param gap what stands between the group before and this one, as {@link #written}
	 * has it; {@link #SEPARATED} when that is anything else, or long
	 */
	record Group(int start, int end, String digits, String gap) {

		int length() {
			return this.digits.length();
		}

	}

	static DigitGroups of(CharSequence text) {
		List<Group> groups = new ArrayList<>();
		StringBuilder digits = new StringBuilder();
		StringBuilder gap = new StringBuilder(SEPARATED);
		String before = SEPARATED;
		int start = -1;
		int end = -1;
		for (int i = 0; i < text.length();) {
			int character = Character.codePointAt(text, i);
			int next = i + Character.charCount(character);
			int digit = Character.digit(character, 10);
			if (digit >= 0) {
				if (!gap.isEmpty()) {
					if (start >= 0) {
						groups.add(new Group(start, end, digits.toString(), before));
					}
					before = (gap.length() > MAX_GAP || gap.indexOf(String.valueOf(OTHER)) >= 0) ? SEPARATED
							: gap.toString();
					gap.setLength(0);
					digits.setLength(0);
					start = i;
				}
				if (digits.length() < MAX_DIGITS) {
					digits.append((char) ('0' + digit));
				}
				end = next;
			}
			else if (!isInvisible(character) && gap.length() <= MAX_GAP) {
				gap.append(written(character));
			}
			i = next;
		}
		if (start >= 0) {
			groups.add(new Group(start, end, digits.toString(), before));
		}
		return new DigitGroups(text, groups);
	}

	int size() {
		return this.groups.size();
	}

	Group get(int index) {
		return this.groups.get(index);
	}

	/** What joins a group to the one after it. */
	String gapAfter(int index) {
		return (index + 1 < size()) ? get(index + 1).gap() : SEPARATED;
	}

	/** Remembers that some groups are spoken for. */
	void take(int from, int to) {
		for (int i = from; i < to; i++) {
			this.taken[i] = true;
		}
	}

	boolean isFree(int from, int to) {
		for (int i = from; i < to; i++) {
			if (this.taken[i]) {
				return false;
			}
		}
		return true;
	}

	/** The character so many steps before a group, as it is written. */
	char before(int index, int steps) {
		int at = get(index).start();
		int character = NOTHING;
		for (int i = 0; i < steps; i++) {
			if (at == 0) {
				return NOTHING;
			}
			character = Character.codePointBefore(this.text, at);
			at -= Character.charCount(character);
		}
		return (Character.digit(character, 10) >= 0) ? DIGIT : written(character);
	}

	/** The very character before a group. */
	int rawBefore(int index) {
		int at = get(index).start();
		return (at == 0) ? NOTHING : Character.codePointBefore(this.text, at);
	}

	/** The very character after a group. */
	int rawAfter(int index) {
		int at = get(index).end();
		return (at == this.text.length()) ? NOTHING : Character.codePointAt(this.text, at);
	}

	/** Some characters before a group, in lower case. */
	String textBefore(int index, int length) {
		int end = get(index).start();
		return this.text.subSequence(Math.max(0, end - length), end).toString().toLowerCase(Locale.ROOT);
	}

	/** One character for each kind of character. */
	private static char written(int character) {
		return switch (character) {
			case '\n', '\r', 0x85, 0x2028, 0x2029 -> '\n';
			case '+', 0xFF0B, 0xFE62 -> '+';
			case 0x2212, 0x2043, 0x02D7, 0x00AF, 0x30FC -> '-';
			case '.', 0xFF0E -> '.';
			case ',', 0xFF0C -> ',';
			case ':', 0xFF1A -> ':';
			case '/', 0x2044, 0xFF0F -> '/';
			case '(', 0xFF08 -> '(';
			case ')', 0xFF09 -> ')';
			default -> {
				if (Character.getType(character) == Character.DASH_PUNCTUATION) {
					yield '-';
				}
				yield (Character.isWhitespace(character) || Character.isSpaceChar(character)) ? ' ' : OTHER;
			}
		};
	}

	/** Soft hyphens, joiners, variation selectors: seen by nobody. */
	private static boolean isInvisible(int character) {
		return switch (Character.getType(character)) {
			case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
			default -> false;
		};
	}

}
