package se.lokalabehov.contracts;

/**
 * A need as one municipality wrote it (moment 3).
 *
 * @param value opaque text, never empty, at most 80 characters of
 * {@code A-Z a-z 0-9 . _ -}
 */
public record NeedId(String value) implements Id {

	public NeedId {
		Id.check(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
