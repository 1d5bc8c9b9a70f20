package se.lokalabehov.web;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.web.PersonalData.Finding;
import se.lokalabehov.web.PersonalData.Kind;

/**
 * Swedish personal and co-ordination numbers (SKV 704 and 707): date of birth, three
 * digits, check digit.
 */
final class PersonalNumbers {

	/** The ways to write one; the longest first. */
	private static final List<Form> FORMS = List.of(
			// 850101-1236, 19850101 1236, and without anything between
			new Form(true, joined(), 8, 4), new Form(true, joined(), 6, 4), new Form(true, joined(), 12),
			new Form(true, joined(), 10),
			// 19 850101-1236
			new Form(true, joined(), 2, 6, 4), new Form(true, joined(), 2, 10),
			// 1985-01-01-1236, 85 01 01 1236
			new Form(false, PersonalNumbers::isDateThenNumber, 4, 2, 2, 4),
			new Form(false, PersonalNumbers::isDateThenNumber, 2, 2, 2, 4), new Form(false, spaced(), 2, 2, 2, 2, 4),
			// 1985 0101 1236
			new Form(false, PersonalNumbers::isSpacedInFours, 4, 4, 4),
			// 850101-12 36, 850101-123 6
			new Form(false, joined(), 8, 2, 2), new Form(false, joined(), 6, 2, 2), new Form(false, joined(), 8, 3, 1),
			new Form(false, joined(), 6, 3, 1),
			// 8 5 0 1 0 1 - 1 2 3 6
			new Form(false, PersonalNumbers::areAll, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
			new Form(false, PersonalNumbers::areAll, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));

	private static final String JOINING = "-+ \n";

	private static final String IN_A_DATE = "-./ ";

	private PersonalNumbers() {
	}

	static List<Finding> certainIn(DigitGroups groups) {
		return in(groups, true);
	}

	static List<Finding> uncertainIn(DigitGroups groups) {
		return in(groups, false);
	}

	private static List<Finding> in(DigitGroups groups, boolean certain) {
		List<Finding> findings = new ArrayList<>();
		for (int i = 0; i < groups.size(); i++) {
			for (Form form : FORMS) {
				Finding finding = (certain || form.usual()) ? find(groups, i, form, certain) : null;
				if (finding != null) {
					findings.add(finding);
					groups.take(i, i + form.lengths().length);
					break;
				}
			}
		}
		return findings;
	}

	private static @Nullable Finding find(DigitGroups groups, int from, Form form, boolean certain) {
		int to = from + form.lengths().length;
		if (!form.fits(groups, from) || !groups.isFree(from, to)) {
			return null;
		}
		StringBuilder digits = new StringBuilder();
		for (int i = from; i < to; i++) {
			digits.append(groups.get(i).digits());
		}
		Number number = Number.read(digits.toString());
		if (number == null || number.checks() != certain || isPartOfSomethingElse(groups, from, to)
				|| (!certain && isProbablySomethingElse(groups, from, to))) {
			return null;
		}
		return new Finding(number.kind(), groups.get(from).start(), groups.get(to - 1).end(), certain);
	}

	/** Decimals, addresses of documents, book numbers, identifiers in hexadecimal. */
	private static boolean isPartOfSomethingElse(DigitGroups groups, int from, int to) {
		if (to - from > 1) {
			return false;
		}
		char before = groups.before(from, 1);
		boolean afterDigit = groups.before(from, 2) == DigitGroups.DIGIT;
		return (afterDigit && (before == '.' || before == ',' || before == '/')) || Context.isHexadecimal(groups, from)
				|| Context.isBookNumber(groups, from);
	}

	/** Without a right check digit it must stand by itself, on one line. */
	private static boolean isProbablySomethingElse(DigitGroups groups, int from, int to) {
		for (int i = from + 1; i < to; i++) {
			if (groups.get(i).gap().contains("\n")) {
				return true;
			}
		}
		return Context.isGluedBefore(groups, from) || Context.isGluedAfter(groups, to - 1)
				|| Context.isTight(groups.get(from).gap()) || Context.isTight(groups.gapAfter(to - 1))
				|| Context.isNamedAsSomethingElse(groups, from);
	}

	private static Predicate<Window> joined() {
		return (window) -> window.gaps().stream().allMatch((gap) -> Context.isOnly(gap, JOINING));
	}

	private static Predicate<Window> spaced() {
		return (window) -> window.gaps().stream().allMatch((gap) -> gap.equals(" "));
	}

	/** The date's parts are all joined in the same way; then the number. */
	private static boolean isDateThenNumber(Window window) {
		String first = window.gaps().get(0);
		String last = window.gaps().get(2);
		if (first.length() != 1 || !Context.isOnly(first, IN_A_DATE) || !first.equals(window.gaps().get(1))
				|| !Context.isOnly(last, JOINING)) {
			return false;
		}
		// 2024-10-15 - 2024-10-20 and 2024-10-15 2024 are dates and years.
		boolean year = window.lastGroup().startsWith("19") || window.lastGroup().startsWith("20");
		return !Context.isTight(window.gapAfter()) && !(year && last.contains(" "));
	}

	private static boolean isSpacedInFours(Window window) {
		return window.gaps().getFirst().equals(" ") && Context.isOnly(window.gaps().get(1), JOINING);
	}

	/** Single digits: exactly so many, otherwise it is a row of figures. */
	private static boolean areAll(Window window) {
		return !window.hasSingleDigitBeside() && joined().test(window);
	}

	/**
	 * A way to write a number.
	 *
	 * @param usual whether it is written so often that a wrong check digit is asked about
	 * @param joins what must stand between the groups
	 * @param lengths of the groups
	 */
	private record Form(boolean usual, Predicate<Window> joins, int... lengths) {

		boolean fits(DigitGroups groups, int from) {
			if (from + this.lengths.length > groups.size()) {
				return false;
			}
			for (int i = 0; i < this.lengths.length; i++) {
				if (groups.get(from + i).length() != this.lengths[i]) {
					return false;
				}
			}
			return this.joins.test(new Window(groups, from, from + this.lengths.length));
		}

	}

	/**
	 * Some groups beside each other.
	 */
	private record Window(DigitGroups groups, int from, int to) {

		List<String> gaps() {
			List<String> gaps = new ArrayList<>();
			for (int i = this.from + 1; i < this.to; i++) {
				gaps.add(this.groups.get(i).gap());
			}
			return gaps;
		}

		String lastGroup() {
			return this.groups.get(this.to - 1).digits();
		}

		String gapAfter() {
			return this.groups.gapAfter(this.to - 1);
		}

		boolean hasSingleDigitBeside() {
			return isSingleDigit(this.from - 1, this.groups.get(this.from).gap())
					|| isSingleDigit(this.to, this.groups.gapAfter(this.to - 1));
		}

		private boolean isSingleDigit(int index, String gap) {
			return index >= 0 && index < this.groups.size() && !gap.equals(DigitGroups.SEPARATED)
					&& this.groups.get(index).length() == 1;
		}

	}

	/**
	 * A number whose date is right.
	 *
	 * @param kind whose
	 * @param checks whether the check digit is right too
	 */
	private record Number(Kind kind, boolean checks) {

		static @Nullable Number read(String digits) {
			String ten = digits.substring(digits.length() - 10);
			int day = Integer.parseInt(ten.substring(4, 6));
			boolean coordination = day > 60;
			if (!isDate(digits, coordination ? day - 60 : day) || ten.startsWith("000", 6)) {
				return null;
			}
			return new Number(coordination ? Kind.COORDINATION_NUMBER : Kind.PERSONAL_NUMBER, checks(ten));
		}

		private static boolean isDate(String digits, int day) {
			int month = Integer.parseInt(digits.substring(digits.length() - 8, digits.length() - 6));
			// A year of two digits may be a leap year of some century if it can be
			// divided by four.
			int year = (digits.length() == 12) ? Integer.parseInt(digits.substring(0, 4))
					: 2000 + Integer.parseInt(digits.substring(0, 2));
			return year >= 1800 && year < 2100 && month >= 1 && month <= 12 && day >= 1
					&& day <= YearMonth.of(year, month).lengthOfMonth();
		}

		/** Luhn, ISO/IEC 7812-1 annex B. */
		private static boolean checks(String ten) {
			int sum = 0;
			for (int i = 0; i < 10; i++) {
				int product = (ten.charAt(i) - '0') * ((i % 2 == 0) ? 2 : 1);
				sum += product / 10 + product % 10;
			}
			return sum % 10 == 0;
		}

	}

}
