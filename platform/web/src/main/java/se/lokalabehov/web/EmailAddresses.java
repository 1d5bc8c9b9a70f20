package se.lokalabehov.web;

import java.util.ArrayList;
import java.util.List;

import se.lokalabehov.web.PersonalData.Finding;
import se.lokalabehov.web.PersonalData.Kind;

/**
 * E-mail addresses, also with the at sign spelled out in brackets.
 */
final class EmailAddresses {

	private static final int LONGEST_LOCAL = 64;

	private static final int LONGEST_DOMAIN = 255;

	/** The ways to write the at sign so that machines shall not see it. */
	private static final List<String> SPELLED = List.of("(at)", "[at]", "{at}", "<at>", "(a)", "[a]", "(snabel-a)",
			"[snabel-a]", "(snabela)", "snabel-a");

	private static final List<String> DOTS = List.of("(dot)", "[dot]", "(punkt)", "[punkt]", "(.)", "[.]");

	private final CharSequence text;

	private EmailAddresses(CharSequence text) {
		this.text = text;
	}

	static List<Finding> in(CharSequence text) {
		return new EmailAddresses(text).find();
	}

	private List<Finding> find() {
		List<Finding> findings = new ArrayList<>();
		int from = 0;
		for (int i = 0; i < this.text.length(); i++) {
			int length = atSign(i);
			if (length == 0) {
				continue;
			}
			int start = localStart(i, from);
			int end = (start >= 0) ? domainEnd(i + length) : -1;
			if (end >= 0) {
				findings.add(new Finding(Kind.EMAIL_ADDRESS, start, end, true));
				from = end;
				i = end - 1;
			}
		}
		return findings;
	}

	/** How long the at sign is that stands here, 0 for none. */
	private int atSign(int at) {
		return switch (this.text.charAt(at)) {
			case '@', '\uFF20', '\uFE6B' -> 1;
			case '(', '[', '{', '<', 's', 'S' -> word(SPELLED, at);
			default -> 0;
		};
	}

	/** How long the one of some words is that stands here, 0 for none. */
	private int word(List<String> words, int at) {
		for (String word : words) {
			int i = 0;
			while (i < word.length() && at + i < this.text.length()
					&& Character.toLowerCase(this.text.charAt(at + i)) == word.charAt(i)) {
				i++;
			}
			if (i == word.length()) {
				return i;
			}
		}
		return 0;
	}

	/** Where the part before the at sign begins, -1 when there is none. */
	private int localStart(int at, int from) {
		int end = skipSpaceBack(at, from);
		int start = end;
		while (start > from && end - start < LONGEST_LOCAL && isLocal(this.text.charAt(start - 1))) {
			start--;
		}
		while (start < end && !Character.isLetterOrDigit(this.text.charAt(start))) {
			start++;
		}
		return (start < end) ? start : -1;
	}

	/** Where the part after the at sign ends, -1 when it is no domain. */
	private int domainEnd(int at) {
		int limit = Math.min(this.text.length(), at + LONGEST_DOMAIN);
		int label = skipSpace(at, limit);
		int domain = -1;
		boolean first = true;
		while (label >= 0 && label < limit && isLabel(this.text.charAt(label))) {
			int end = label;
			while (end < limit && isLabel(this.text.charAt(end))) {
				end++;
			}
			int top = topLevelEnd(label, end);
			if (!first && top >= 0) {
				domain = top;
			}
			first = false;
			label = afterDot(end, limit);
		}
		return domain;
	}

	/** Where the next label begins, -1 when no dot follows. */
	private int afterDot(int at, int limit) {
		if (at >= limit) {
			return -1;
		}
		char character = this.text.charAt(at);
		if (character == '.' || character == '\uFF0E' || character == '\u3002') {
			return at + 1;
		}
		int word = skipSpace(at, limit);
		int length = (word < limit) ? word(DOTS, word) : 0;
		return (length > 0) ? skipSpace(word + length, limit) : -1;
	}

	/**
	 * Where a top level domain ends that a label begins with: letters, then nothing or a
	 * hyphen.
	 */
	private int topLevelEnd(int from, int to) {
		int end = from;
		while (end < to && Character.isLetter(this.text.charAt(end))) {
			end++;
		}
		return (end - from >= 2 && (end == to || this.text.charAt(end) == '-')) ? end : -1;
	}

	private int skipSpace(int at, int limit) {
		int skipped = at;
		while (skipped < limit && skipped - at < 2 && isSpace(this.text.charAt(skipped))) {
			skipped++;
		}
		return skipped;
	}

	private int skipSpaceBack(int at, int from) {
		int skipped = at;
		while (skipped > from && at - skipped < 2 && isSpace(this.text.charAt(skipped - 1))) {
			skipped--;
		}
		return skipped;
	}

	private static boolean isSpace(char character) {
		return Character.isSpaceChar(character) || character == '\t';
	}

	private static boolean isLabel(char character) {
		return Character.isLetterOrDigit(character) || character == '-' || Character.isSurrogate(character);
	}

	private static boolean isLocal(char character) {
		return Character.isLetterOrDigit(character) || ".!#$%&'*+/=?^_`{|}~-".indexOf(character) >= 0
				|| Character.isSurrogate(character);
	}

}
