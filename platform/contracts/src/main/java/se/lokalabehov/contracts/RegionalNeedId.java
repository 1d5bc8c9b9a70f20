package se.lokalabehov.contracts;

/**
 * A regional need, formed by an RSS from needs of its municipalities (moment 3).
 *
 * @param value opaque text, never empty, at most 80 characters of
 * {@code A-Z a-z 0-9 . _ -}
 */
public record RegionalNeedId(String value) implements Id {

	public RegionalNeedId {
		Id.check(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
