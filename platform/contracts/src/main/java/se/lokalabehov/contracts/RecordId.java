package se.lokalabehov.contracts;

/**
 * A record of the catalogue.
 *
 * @param value opaque text, never empty, at most 80 characters of
 * {@code A-Z a-z 0-9 . _ -}
 */
public record RecordId(String value) implements Id {

	public RecordId {
		Id.check(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
