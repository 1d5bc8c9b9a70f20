package se.lokalabehov.contracts;

/**
 * An event that holds words written by people, which a redaction must be able to blank
 * (domain rule 8).
 *
 * @param <E> the event itself
 */
public interface FreeText<E> {

	/** The same event with every written text replaced by {@link Wording#REDACTED}. */
	E redacted();

}
