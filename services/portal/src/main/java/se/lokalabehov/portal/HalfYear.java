package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Half a year, from the one in which the act came into force.
 *
 * @param year the year
 * @param half 1 or 2
 */
record HalfYear(int year, int half) implements Comparable<HalfYear> {

	private static final Pattern TEXT = Pattern.compile("(20\\d\\d)-([12])");

	/** The act is in force from 1 July 2025. */
	static final HalfYear FIRST = new HalfYear(2025, 2);

	private static final int JULY = 7;

	/** The one that a day is in. */
	static HalfYear of(LocalDate day) {
		return new HalfYear(day.getYear(), (day.getMonthValue() < JULY) ? 1 : 2);
	}

	/** Of its text, none when it is no half year. */
	static Optional<HalfYear> of(String text) {
		Matcher matcher = TEXT.matcher(text);
		return matcher.matches()
				? Optional.of(new HalfYear(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
				: Optional.empty();
	}

	/** From the first to that of a day, the latest first. */
	static List<HalfYear> until(LocalDate day) {
		List<HalfYear> all = new ArrayList<>();
		for (HalfYear one = FIRST; one.compareTo(of(day)) <= 0; one = one.next()) {
			all.addFirst(one);
		}
		return all;
	}

	private HalfYear next() {
		return (this.half == 1) ? new HalfYear(this.year, 2) : new HalfYear(this.year + 1, 1);
	}

	@Override
	public int compareTo(HalfYear other) {
		return (this.year * 2 + this.half) - (other.year * 2 + other.half);
	}

	/** "2025-2". */
	@Override
	public String toString() {
		return this.year + "-" + this.half;
	}

}
