package se.lokalabehov.contracts;

/**
 * One municipality's follow-up of one answered need (moment 7).
 *
 * @param value opaque text, never empty, at most 80 characters of
 * {@code A-Z a-z 0-9 . _ -}
 */
public record FollowUpId(String value) implements Id {

	public FollowUpId {
		Id.check(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
