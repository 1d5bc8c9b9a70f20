package se.lokalabehov.eventing;

import java.util.List;

/**
 * Why an act was refused, as a value (never an exception): shown to whoever acted.
 *
 * @param kind what sort of refusal, decides the HTTP status
 * @param code stable name of the rule, lower-case Swedish words with hyphens, becomes the
 * problem's {@code type}
 * @param detail in Swedish, says what to do about it
 * @param fields which fields, if any
 */
public record Refusal(Kind kind, String code, String detail, List<Field> fields) {

	/** The sorts of refusal, with their HTTP status. */
	public enum Kind {

		/** The input does not hold what it must (400). */
		INVALID(400),
		/** The caller's role may not do this (403). */
		FORBIDDEN(403),
		/** Is not there, or may not be seen (404). */
		NOT_FOUND(404),
		/** The state does not allow it (409). */
		CONFLICT(409),
		/**
		 * Refers to what has not arrived here yet; try again shortly (409, Retry-After).
		 */
		NOT_HERE_YET(409),
		/** Someone else has changed it meanwhile (412). */
		STALE(412),
		/** The idempotency key was used for something else (422). */
		KEY_REUSED(422),
		/** The version that one has seen must be said (428). */
		VERSION_REQUIRED(428),
		/** The store is behind its topic and must be repaired first (503). */
		BEHIND(503);

		private final int status;

		Kind(int status) {
			this.status = status;
		}

		/** The HTTP status. */
		public int status() {
			return this.status;
		}

	}

	/**
	 * A field that is wrong.
	 *
	 * @param name path in the input, for example {@code wording.title}
	 * @param detail in Swedish
	 */
	public record Field(String name, String detail) {
	}

	public Refusal {
		fields = List.copyOf(fields);
	}

	/** Refused by the state of things. */
	public static Refusal conflict(String code, String detail) {
		return new Refusal(Kind.CONFLICT, code, detail, List.of());
	}

	/** Refused because one field is wrong. */
	public static Refusal invalid(String field, String detail) {
		return new Refusal(Kind.INVALID, "felaktig-uppgift", detail, List.of(new Field(field, detail)));
	}

	/** Refused because the role may not. */
	public static Refusal forbidden(String detail) {
		return new Refusal(Kind.FORBIDDEN, "ej-behorig", detail, List.of());
	}

	/** Not there, or not to be seen: one answer for both (domain rule 7). */
	public static Refusal notFound() {
		return new Refusal(Kind.NOT_FOUND, "finns-inte", "Det du söker finns inte, eller så får du inte se det.",
				List.of());
	}

	/** Refers to something that has not arrived here yet. */
	public static Refusal notHereYet(String what) {
		return new Refusal(Kind.NOT_HERE_YET, "inte-framme", what + " har inte kommit fram hit än. Försök igen strax.",
				List.of());
	}

}
