package se.lokalabehov.benchmarks.others;

/**
 * Keeps a note and lets others know.
 */
public interface Notes {

	/**
	 * Keeps it, so that it is durable when this returns.
	 * @param note what was noted
	 */
	void keep(Note note);

}
