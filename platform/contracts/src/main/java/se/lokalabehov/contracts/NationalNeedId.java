package se.lokalabehov.contracts;

/**
 * A national need, formed by SKR from regional needs (moment 4).
 *
 * @param value opaque text, never empty, at most 80 characters of
 * {@code A-Z a-z 0-9 . _ -}
 */
public record NationalNeedId(String value) implements Id {

	public NationalNeedId {
		Id.check(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
