package se.lokalabehov.portal;

/**
 * What stands in a trace, with its Swedish name.
 */
enum Kind {

	CYCLE("omgång"), COLLECTION("insamling"), QUESTION_NOTE("frågenotering"), NEED("behov"),
	REGIONAL_NEED("regionalt behov"), NATIONAL_NEED("nationellt behov"), ROUND("prioriteringsomgång"),
	HAND_OFF("överlämning"), FEEDBACK("återkoppling"), FOLLOW_UP("uppföljning"), RECORD("katalogpost");

	private final String label;

	Kind(String label) {
		this.label = label;
	}

	/** As shown. */
	String label() {
		return this.label;
	}

}
