package se.lokalabehov.contracts;

/**
 * A prioritisation round (moment 5).
 *
 * @param value opaque text, never empty, at most 80 characters of
 * {@code A-Z a-z 0-9 . _ -}
 */
public record RoundId(String value) implements Id {

	public RoundId {
		Id.check(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
