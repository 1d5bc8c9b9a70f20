package se.lokalabehov.directory;

/**
 * What an organisation is; it says which part it can play in the seven moments.
 */
public enum Kind {

	/** One of the 290 municipalities: it writes the needs and gets the answers. */
	MUNICIPALITY,

	/**
	 * A regional support structure: it asks its municipalities and merges their needs.
	 */
	RSS,

	/** A national agency of the council for governance with knowledge: it answers. */
	AGENCY,

	/** Another national body: SKR, NSK-S, Partnerskapet and the like. */
	NATIONAL_BODY,

	/** A FoU environment or their association: it publishes reports. */
	FOU

}
