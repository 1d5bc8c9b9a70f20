package se.lokalabehov.authorisation;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A municipality and its region, with those who act there.
 *
 * @param letter what it is called in the table
 * @param municipality its code
 * @param rss the code of its RSS
 * @param author writes
 * @param approver submits
 * @param chief ranks
 * @param coordinator acts for the RSS
 * @param names what reveals it, in JSON or in a sentence
 */
record Region(String letter, String municipality, String rss, Who author, Who approver, Who chief, Who coordinator,
		Set<String> names) {

	static final Region A = new Region("A", "0180", "RSS-01", Who.AUTHOR_A, Who.APPROVER_A, Who.CHIEF_A, Who.RSS_A,
			Set.of("\"0180\"", "RSS-01", "Stockholm"));

	static final Region B = new Region("B", "1480", "RSS-14-GR", Who.AUTHOR_B, Who.APPROVER_B, Who.CHIEF_B, Who.RSS_B,
			Set.of("\"1480\"", "RSS-14-GR", "Göteborg"));

	static final List<Region> BOTH = List.of(A, B);

	/** The municipality, its RSS, and SKR's administrator, who may strike texts out. */
	Set<Who> insiders() {
		return EnumSet.of(this.author, this.approver, this.chief, this.coordinator, Who.ADMINISTRATOR);
	}

	/** The same and others. */
	Set<Who> insidersAnd(Who... others) {
		Set<Who> all = insiders();
		all.addAll(List.of(others));
		return all;
	}

}
