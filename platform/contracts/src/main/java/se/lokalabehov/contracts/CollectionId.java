package se.lokalabehov.contracts;

/**
 * The asking of one region in one cycle (moment 2): cycle and RSS together.
 *
 * @param value opaque text, never empty, at most 80 characters of
 * {@code A-Z a-z 0-9 . _ -}
 */
public record CollectionId(String value) implements Id {

	public CollectionId {
		Id.check(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
