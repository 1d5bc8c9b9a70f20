package se.lokalabehov.portal;

/**
 * How much of something a caller may see.
 */
enum Sight {

	/** Nothing: it is as if it were not there. */
	NONE,

	/** What is published, or what concerns the caller. */
	PART,

	/** Everything. */
	WHOLE

}
