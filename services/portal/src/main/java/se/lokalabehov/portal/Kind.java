package se.lokalabehov.portal;

/**
 * What stands in a trace, with its name.
 */
enum Kind {

	CYCLE, COLLECTION, QUESTION_NOTE, NEED, REGIONAL_NEED, NATIONAL_NEED, ROUND, HAND_OFF, FEEDBACK, FOLLOW_UP, RECORD;

	/** As shown. */
	String label() {
		return Sentence.of("kind." + name());
	}

}
