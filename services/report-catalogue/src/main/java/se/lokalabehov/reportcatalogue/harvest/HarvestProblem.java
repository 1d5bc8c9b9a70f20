package se.lokalabehov.reportcatalogue.harvest;

/**
 * Why a harvest stopped, or why one record of it was parked. Says nothing of what stood
 * there.
 */
final class HarvestProblem extends Exception {

	private static final long serialVersionUID = 1L;

	HarvestProblem(String why) {
		super(why, null, false, false);
	}

	String why() {
		return String.valueOf(getMessage());
	}

}
