package se.lokalabehov.contracts;

/**
 * A question note: a question heard in daily work.
 *
 * @param value opaque text, never empty, at most 80 characters of
 * {@code A-Z a-z 0-9 . _ -}
 */
public record NoteId(String value) implements Id {

	public NoteId {
		Id.check(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
