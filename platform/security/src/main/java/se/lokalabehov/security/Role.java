package se.lokalabehov.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a caller may be in the seven moments; always for one organisation.
 */
public enum Role {

	/** Writes needs and question notes for a municipality (moment 3). */
	MUNICIPALITY_AUTHOR,

	/** Approves and submits the municipality's needs (moment 3). */
	MUNICIPALITY_APPROVER,

	/** Asks the municipalities, merges their needs, delivers (moments 2 and 3). */
	RSS_COORDINATOR,

	/** Chooses the area and ranks (moments 1 and 5). */
	SOCIAL_CHIEF,

	/** Opens cycles, compiles, hands over (moments 1, 4 and 6). */
	SKR_COMPILER,

	/** Screens, receives and feeds back for an agency (moments 4, 6 and 7). */
	AGENCY_OFFICER,

	/** Publishes in the catalogue. */
	FOU_EDITOR,

	/** Runs the installation. */
	ADMINISTRATOR;

	/**
	 * The name that a token carries by default.
	 * @return lower case with hyphens, such as "municipality-author"
	 */
	public String wireName() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The role that a token's word stands for by default.
	 * @param word "municipality-author" or "MUNICIPALITY_AUTHOR"
	 * @return the role, or none when the word is no role
	 */
	public static Optional<Role> ofWireName(String word) {
		return Arrays.stream(values())
			.filter((role) -> role.wireName().equals(word) || role.name().equals(word))
			.findFirst();
	}

}
