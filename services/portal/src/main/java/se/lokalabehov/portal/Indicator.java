package se.lokalabehov.portal;

/**
 * What a municipality says of its transition to the social services act of 1 July 2025:
 * each the share of its units, in whole per cent, so that all are read and compared
 * alike. A unit is a group of staff with a manager of its own. The messages
 * {@code indicator.<name>} and {@code .hint} hold name and definition. What they are
 * taken from is what the source documents of the project ask for; the wording is a
 * proposal until somebody has tried it.
 */
enum Indicator {

	/** Units that follow up systematically, and use it (source document 001). */
	FOLLOW_UP,

	/** Units that have put a knowledge support to use (source document 001). */
	SUPPORT,

	/**
	 * Units where questions of daily work are noted and taken further (source document
	 * 002, on first-line seniors and method supervisors).
	 */
	QUESTIONS,

	/**
	 * Units with the help of an FoU unit or the like (source document 001: small
	 * municipalities have none).
	 */
	RESEARCH_HELP,

	/** Units where those concerned take part in development (source document 002). */
	PARTICIPATION,

	/**
	 * Units that offer help without an assessment first (the act; source document 002,
	 * "Lätt tillgänglig socialtjänst").
	 */
	EASY_ACCESS

}
