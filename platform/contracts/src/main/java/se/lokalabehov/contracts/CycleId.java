package se.lokalabehov.contracts;

/**
 * A cycle (omgång): one run of the seven moments for one area.
 *
 * @param value opaque text, never empty, at most 80 characters of
 * {@code A-Z a-z 0-9 . _ -}
 */
public record CycleId(String value) implements Id {

	public CycleId {
		Id.check(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
