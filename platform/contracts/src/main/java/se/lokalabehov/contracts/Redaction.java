package se.lokalabehov.contracts;

/**
 * An event that says that the texts of everything before it in its story are blanked, in
 * every store, view, export and publication (domain rule 8).
 */
public interface Redaction {

	/** Why, without repeating what stood there. */
	String reason();

}
