package se.lokalabehov.web;

import se.lokalabehov.eventing.Refusal;

/**
 * Refused before the controller was reached, where there is no way to return a value. The
 * door answers with a problem; who shows pages tells it in their own way.
 */
public final class Refused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Refusal refusal;

	Refused(Refusal refusal) {
		super(refusal.code(), null, false, false);
		this.refusal = refusal;
	}

	/** Why. */
	public Refusal refusal() {
		return this.refusal;
	}

}
