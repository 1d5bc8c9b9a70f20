package se.lokalabehov.contracts;

import java.util.List;

/**
 * The words of a need, structured as they are written (municipal, regional and national
 * needs alike). Free text never holds personal data (domain rule 8). Codes are those of
 * the vocabulary.
 *
 * @param title one line, at most 200 characters
 * @param targetGroups codes of the scheme {@code target-group}, at least one
 * @param needType code of the scheme {@code need-type}
 * @param situation what it looks like today, at most 4,000 characters
 * @param question what one needs to know, at most 4,000 characters
 * @param consequence what happens if nothing comes, at most 4,000 characters, may be
 * empty
 * @param supportWanted codes of the scheme {@code support-kind}, may be empty
 */
public record Wording(String title, List<String> targetGroups, String needType, String situation, String question,
		String consequence, List<String> supportWanted) {

	/** What stands where a text was redacted (domain rule 8). */
	public static final String REDACTED = "[borttaget]";

	public Wording {
		targetGroups = List.copyOf(targetGroups);
		supportWanted = List.copyOf(supportWanted);
	}

	/** The same codes with every text blanked. */
	public Wording redacted() {
		return new Wording(REDACTED, this.targetGroups, this.needType, REDACTED, REDACTED, REDACTED,
				this.supportWanted);
	}

}
