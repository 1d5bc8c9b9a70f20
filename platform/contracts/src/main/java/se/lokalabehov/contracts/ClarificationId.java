package se.lokalabehov.contracts;

/**
 * A question to the author of a need (komplettering).
 *
 * @param value opaque text, never empty, at most 80 characters of
 * {@code A-Z a-z 0-9 . _ -}
 */
public record ClarificationId(String value) implements Id {

	public ClarificationId {
		Id.check(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
