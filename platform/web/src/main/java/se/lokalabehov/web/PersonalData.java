package se.lokalabehov.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds what points at a person in a text: Swedish personal and co-ordination numbers,
 * phone numbers and e-mail addresses (domain rule 8). Says where, and never what it read.
 *
 * <p>
 * Numbers are found as people write them: with any Unicode digits, any kind of hyphen,
 * dash or minus, spaces of every kind, and invisible characters in between. Statute
 * numbers, registration numbers, organisation numbers, dates, years, amounts, ISBN and
 * DOI pass. Reads every character a bounded number of times, whatever the text.
 */
public final class PersonalData {

	/** What can be found. */
	public enum Kind {

		/** Personnummer. */
		PERSONAL_NUMBER,

		/** Samordningsnummer: 60 added to the day. */
		COORDINATION_NUMBER,

		/** Phone number, Swedish or international. */
		PHONE_NUMBER,

		/** E-mail address. */
		EMAIL_ADDRESS

	}

	/**
	 * Something that was found.
	 *
	 * @param kind what it is
	 * @param start index of its first character, from 0
	 * @param end index after its last character
	 * @param certain false for a number whose date is right and whose check digit is
	 * wrong: somebody must say that it is no person's
	 */
	public record Finding(Kind kind, int start, int end, boolean certain) {
	}

	private PersonalData() {
	}

	/**
	 * Everything there is to find.
	 * @param text any text
	 * @return in the order of the text, not overlapping among numbers; empty when there
	 * is nothing
	 */
	public static List<Finding> find(String text) {
		return search(text);
	}

	static List<Finding> search(CharSequence text) {
		List<Finding> findings = new ArrayList<>(EmailAddresses.in(text));
		DigitGroups groups = DigitGroups.of(text);
		// Certain numbers first, so that nothing weaker takes a part of one.
		findings.addAll(PersonalNumbers.certainIn(groups));
		findings.addAll(PhoneNumbers.in(groups));
		findings.addAll(PersonalNumbers.uncertainIn(groups));
		findings.sort(Comparator.comparingInt(Finding::start));
		return List.copyOf(findings);
	}

}
