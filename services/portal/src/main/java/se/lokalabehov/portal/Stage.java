package se.lokalabehov.portal;

/**
 * What a municipality's need reaches on its way through the moments, in order.
 */
enum Stage {

	/** It is the municipality's own, and has been sent in. */
	SUBMITTED(3),
	/** It is in a regional need. */
	MERGED(3),
	/** Its region has delivered it to SKR. */
	DELIVERED(3),
	/** It is in a national need. */
	COMPILED(4),
	/** An agency has judged that. */
	SCREENED(4),
	/** The social chiefs have ranked that. */
	RANKED(5),
	/** An agency has confirmed that it received it. */
	RECEIVED(6),
	/** Those who asked have an answer, from whomever. */
	ANSWERED(7),
	/** Its municipality took it back: no part of the way, but the end of it. */
	WITHDRAWN(3);

	private final int moment;

	Stage(int moment) {
		this.moment = moment;
	}

	/** 1 to 7. */
	int moment() {
		return this.moment;
	}

}
