package se.lokalabehov.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.web.DigitGroups.Group;
import se.lokalabehov.web.PersonalData.Finding;
import se.lokalabehov.web.PersonalData.Kind;

/**
 * Phone numbers: Swedish ones as they are written in Sweden (the numbering plan of Post-
 * och telestyrelsen), and all in international notation (ITU-T E.123).
 */
final class PhoneNumbers {

	/** Area codes of three digits, and those of mobile and other services. */
	private static final Set<String> THREE = Set.of("010", "011", "013", "016", "018", "019", "020", "021", "023",
			"026", "031", "033", "035", "036", "040", "042", "044", "046", "054", "060", "063", "070", "072", "073",
			"074", "076", "079", "090");

	/** Area codes of four digits. */
	private static final Set<String> FOUR = Set
		.of(("0120 0121 0122 0123 0125 0140 0141 0142 0143 0144 0150 0151 0152 0155 0156 0157 0158 0159 0171 0173 0174"
				+ " 0175 0176 0220 0221 0222 0223 0224 0225 0226 0227 0240 0241 0243 0246 0247 0248 0250 0251 0253"
				+ " 0258 0270 0271 0278 0280 0281 0290 0291 0292 0293 0294 0295 0297 0300 0301 0302 0303 0304 0320"
				+ " 0321 0322 0325 0340 0345 0346 0370 0371 0372 0380 0381 0382 0383 0390 0392 0393 0410 0411 0413"
				+ " 0414 0415 0416 0417 0418 0430 0431 0433 0435 0451 0454 0455 0456 0457 0459 0470 0471 0472 0474"
				+ " 0476 0477 0478 0479 0480 0481 0485 0486 0490 0491 0492 0493 0494 0495 0496 0498 0499 0500 0501"
				+ " 0502 0503 0504 0505 0506 0510 0511 0512 0513 0514 0515 0520 0521 0522 0523 0524 0525 0526 0528"
				+ " 0530 0531 0532 0533 0534 0550 0551 0552 0553 0554 0555 0560 0563 0564 0565 0570 0571 0573 0580"
				+ " 0581 0582 0583 0584 0585 0586 0587 0589 0590 0591 0611 0612 0613 0620 0621 0622 0623 0624 0640"
				+ " 0642 0643 0644 0645 0647 0650 0651 0652 0653 0657 0660 0661 0662 0663 0670 0671 0672 0680 0682"
				+ " 0684 0687 0690 0691 0692 0693 0695 0696 0770 0771 0774 0775 0776 0778 0779 0900 0910 0911 0912"
				+ " 0913 0914 0915 0916 0918 0920 0921 0922 0923 0924 0925 0926 0927 0928 0929 0930 0932 0933 0934"
				+ " 0935 0939 0940 0941 0942 0943 0944 0950 0951 0952 0953 0954 0960 0961 0970 0971 0973 0975 0976"
				+ " 0977 0978 0980 0981")
			.split(" "));

	private static final int SHORTEST_INTERNATIONAL = 9;

	private static final int LONGEST_INTERNATIONAL = 15;

	private static final int LONGEST_SWEDISH = 10;

	private static final int FEWEST_ANNOUNCED = 5;

	private static final String JOINING = "-. ()/";

	private static final int LONGEST_GAP = 3;

	private static final List<String> NAMES = List.of("tel", "tfn");

	private static final List<String> NAMES_BEFORE_A_COLON = List.of("telefon", "telnr", "telefonnr", "telefonnummer",
			"mobil", "mobilnr", "mobilnummer");

	private PhoneNumbers() {
	}

	static List<Finding> in(DigitGroups groups) {
		List<Finding> findings = new ArrayList<>();
		for (int i = 0; i < groups.size(); i++) {
			Match match = match(groups, i);
			if (match != null) {
				findings.add(new Finding(Kind.PHONE_NUMBER, match.start(), groups.get(match.to() - 1).end(), true));
				groups.take(i, match.to());
				i = match.to() - 1;
			}
		}
		return findings;
	}

	private static @Nullable Match match(DigitGroups groups, int from) {
		if (!groups.isFree(from, from + 1)) {
			return null;
		}
		Match match = international(groups, from);
		match = (match != null) ? match : swedish(groups, from);
		match = (match != null) ? match : announced(groups, from);
		return (match != null && !Context.isNamedAsSomethingElse(groups, from)) ? match : null;
	}

	/** +46 70 123 45 67, 0046 70 ..., +45 33 12 34 56. */
	private static @Nullable Match international(DigitGroups groups, int from) {
		Group first = groups.get(from);
		int plus = plusBefore(groups, from);
		boolean zeros = (first.digits().startsWith("0046") || (isCountryCode(first.digits())))
				&& startsFreely(groups, from);
		if (plus < 0 && !zeros) {
			return null;
		}
		int skipped = (plus < 0) ? 2 : 0;
		Match longest = null;
		StringBuilder digits = new StringBuilder();
		boolean onlyThrees = true;
		for (int to = from + 1; to <= groups.size(); to++) {
			Group group = groups.get(to - 1);
			if (to - 1 > from && (!isJoining(group.gap()) || !groups.isFree(to - 1, to))) {
				break;
			}
			digits.append(group.digits(), (to - 1 == from) ? skipped : 0, group.length());
			if (digits.length() > LONGEST_INTERNATIONAL) {
				break;
			}
			onlyThrees &= to - 1 == from || (group.length() == 3 && group.gap().equals(" "));
			boolean amount = onlyThrees && plus >= 0 && digits.toString().endsWith("000");
			if (isInternational(digits.toString(), first.length() - skipped) && !amount && endsFreely(groups, to)) {
				longest = new Match((plus >= 0) ? plus : first.start(), to);
			}
		}
		return longest;
	}

	/** 00 and one to three digits, standing by themselves. */
	private static boolean isCountryCode(String digits) {
		return digits.length() > 2 && digits.length() <= 5 && digits.startsWith("00") && digits.charAt(2) != '0';
	}

	private static boolean isInternational(String digits, int firstLength) {
		if (digits.length() < SHORTEST_INTERNATIONAL || digits.startsWith("0")) {
			return false;
		}
		if (digits.startsWith("46")) {
			return digits.length() <= 12;
		}
		if (digits.startsWith("1")) {
			return digits.length() == 11;
		}
		// No country code but 1 and 7 has one digit.
		return firstLength > 1 || digits.startsWith("7");
	}

	/** Where the plus sign stands that makes a number international; -1 without one. */
	private static int plusBefore(DigitGroups groups, int from) {
		int steps = (groups.before(from, 1) == ' ' || groups.before(from, 1) == '(') ? 2 : 1;
		if (groups.before(from, steps) != '+' || groups.before(from, steps + 1) == DigitGroups.DIGIT) {
			return -1;
		}
		return groups.get(from).start() - steps;
	}

	/** 070-123 45 67, 08-123 456 78, (0500) 12 34 56, 0701234567. */
	private static @Nullable Match swedish(DigitGroups groups, int from) {
		Group area = groups.get(from);
		if (area.digits().charAt(0) != '0' || !startsFreely(groups, from)) {
			return null;
		}
		if (area.length() >= 8) {
			return (isWhole(area.digits()) && endsFreely(groups, from + 1)) ? new Match(area.start(), from + 1) : null;
		}
		if (!isArea(area.digits())) {
			return null;
		}
		Match longest = null;
		int digits = 0;
		// 3 016 800 000 is an amount.
		boolean amount = area.length() == 3 && area.gap().equals(" ");
		for (int to = from + 2; to <= groups.size(); to++) {
			Group group = groups.get(to - 1);
			if (!goesOn(groups, from, to - 1)) {
				break;
			}
			digits += group.length();
			if (area.length() + digits > LONGEST_SWEDISH || (group.length() == 4 && isYear(group.digits()))) {
				break;
			}
			// A code and a figure beside each other, 0123 81234, are no phone number.
			boolean column = FOUR.contains(area.digits()) && to == from + 2 && group.gap().equals(" ");
			amount &= group.length() == 3 && group.gap().equals(" ");
			if (digits >= fewest(area.digits()) && !column && !amount && endsFreely(groups, to)) {
				longest = new Match(area.start(), to);
			}
		}
		return longest;
	}

	/** Whether a group can belong to the number that begins with an area code. */
	private static boolean goesOn(DigitGroups groups, int from, int index) {
		Group group = groups.get(index);
		if (!groups.isFree(index, index + 1) || group.length() < 2) {
			return false;
		}
		if (index == from + 1) {
			boolean dots = group.gap().equals(".") && !THREE.contains(groups.get(from).digits());
			return isJoining(group.gap()) && !dots && group.digits().charAt(0) != '0';
		}
		// All alike: 08.30-12.45 and 08-12 13-17 are times.
		return group.length() <= 4 && (group.gap().equals(" ") || group.gap().equals("-") || group.gap().equals("."))
				&& (index == from + 2 ? !group.gap().equals(".") || groups.get(from + 1).gap().equals(".")
						: group.gap().equals(groups.get(from + 2).gap()));
	}

	private static boolean isWhole(String digits) {
		return switch (digits.length()) {
			case 8 -> digits.startsWith("08") && !isYear(digits.substring(4));
			case 9 -> isPrefixed(digits) && !isMobile(digits);
			case 10 -> isPrefixed(digits);
			default -> false;
		};
	}

	private static boolean isPrefixed(String digits) {
		return isArea(digits.substring(0, 2)) || isArea(digits.substring(0, 3)) || isArea(digits.substring(0, 4));
	}

	private static boolean isArea(String digits) {
		return switch (digits.length()) {
			case 2 -> digits.equals("08");
			case 3 -> THREE.contains(digits);
			case 4 -> FOUR.contains(digits) || isMobile(digits);
			default -> false;
		};
	}

	private static boolean isMobile(String digits) {
		return digits.startsWith("07") && THREE.contains(digits.substring(0, 3));
	}

	/** How few digits there can be after an area code. */
	private static int fewest(String area) {
		if (isMobile(area)) {
			return LONGEST_SWEDISH - area.length();
		}
		return (area.length() == 2) ? 6 : 5;
	}

	/** tel: 123 45 67. */
	private static @Nullable Match announced(DigitGroups groups, int from) {
		int digits = groups.get(from).length();
		int to = from + 1;
		while (to < groups.size() && isJoining(groups.get(to).gap()) && groups.isFree(to, to + 1)
				&& digits + groups.get(to).length() <= LONGEST_SWEDISH) {
			digits += groups.get(to).length();
			to++;
		}
		boolean years = groups.get(from).length() == 4 && isYear(groups.get(from).digits());
		boolean amount = groups.get(to - 1).digits().endsWith("000");
		return (digits >= FEWEST_ANNOUNCED && digits <= LONGEST_SWEDISH && !years && !amount
				&& isAnnounced(groups, from)) ? new Match(groups.get(from).start(), to) : null;
	}

	private static boolean isAnnounced(DigitGroups groups, int from) {
		boolean colon = groups.before(from, 1) == ':' || groups.before(from, 2) == ':';
		return Context.isNamed(groups, from, NAMES) || (colon && Context.isNamed(groups, from, NAMES_BEFORE_A_COLON));
	}

	private static boolean isJoining(String gap) {
		return gap.length() <= LONGEST_GAP && Context.isOnly(gap, JOINING);
	}

	private static boolean isYear(String four) {
		return four.length() == 4 && (four.startsWith("19") || four.startsWith("20"));
	}

	/** Not in the middle of a word, a decimal, a document's address or another number. */
	private static boolean startsFreely(DigitGroups groups, int from) {
		return !Context.isGluedBefore(groups, from)
				&& (from == 0 || !Context.isTight(groups.get(from).gap()) || !groups.isFree(from - 1, from));
	}

	/**
	 * Not in the middle of a name or another number; a second number may follow a slash.
	 */
	private static boolean endsFreely(DigitGroups groups, int to) {
		String gap = groups.gapAfter(to - 1);
		return !Context.isGluedAfter(groups, to - 1)
				&& (!Context.isTight(gap) || (gap.equals("/") && !isYear(groups.get(to).digits())));
	}

	/**
	 * Where a number stands.
	 *
	 * @param start index in the text
	 * @param to the group after its last
	 */
	private record Match(int start, int to) {
	}

}
