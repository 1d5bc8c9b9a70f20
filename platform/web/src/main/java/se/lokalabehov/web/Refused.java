package se.lokalabehov.web;

import se.lokalabehov.eventing.Refusal;

/**
 * Refused before the controller was reached, where there is no way to return a value.
 */
final class Refused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Refusal refusal;

	Refused(Refusal refusal) {
		super(refusal.code(), null, false, false);
		this.refusal = refusal;
	}

	Refusal refusal() {
		return this.refusal;
	}

}
