package se.lokalabehov.web.outside;

/**
 * Why nothing came of asking an address outside, in Swedish. Says nothing of what stood
 * in the answer.
 */
public final class OutsideProblem extends Exception {

	private static final long serialVersionUID = 1L;

	OutsideProblem(String why) {
		super(why, null, false, false);
	}

	/** Why, a sentence in Swedish. */
	public String why() {
		return String.valueOf(getMessage());
	}

}
