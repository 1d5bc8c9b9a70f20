package se.lokalabehov.search;

/** What an item is. */
public enum Kind {

	/** A need of knowledge. */
	NEED,
	/** A question note. */
	NOTE,
	/** A FoU report. */
	REPORT,
	/** Ongoing research. */
	PROJECT,
	/** Knowledge support. */
	SUPPORT

}
