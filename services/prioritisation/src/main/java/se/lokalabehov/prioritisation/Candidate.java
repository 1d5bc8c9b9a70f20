package se.lokalabehov.prioritisation;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;

/**
 * A need that someone may want to have ranked, as this service has seen it.
 *
 * @param id the regional or national need
 * @param cycle its cycle
 * @param owner the RSS, or SKR for a national one
 * @param version the version that stands now
 * @param title its title
 * @param fit whether it can be ranked
 */
record Candidate(String id, CycleId cycle, OrganisationId owner, int version, String title, Fit fit) {

	/** Whether a need can be ranked. */
	enum Fit {

		/** It can. */
		YES,
		/** It was taken apart again. */
		DISSOLVED,
		/** No agency has judged it. */
		NOT_SCREENED,
		/** It has its answer already (domain rule 17). */
		ANSWERED

	}

}
