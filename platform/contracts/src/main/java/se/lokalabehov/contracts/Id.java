package se.lokalabehov.contracts;

import java.util.regex.Pattern;

/**
 * What every typed identifier has in common: one opaque text, written as a plain JSON
 * string on the wire.
 */
public interface Id {

	Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,80}");

	/** The text itself. */
	String value();

	/**
	 * Refuses what can not be an identifier.
	 * @param value the text to look at
	 * @throws IllegalArgumentException when it does not have the form
	 */
	static void check(String value) {
		if (!FORM.matcher(value).matches()) {
			throw new IllegalArgumentException("not an identifier");
		}
	}

}
