package se.lokalabehov.reportcatalogue.harvest;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Who may see and do what with what is harvested. From where a record comes is for
 * everybody to see.
 */
final class Access {

	private static final OrganisationId SKR = new OrganisationId("SKR");

	private Access() {
	}

	/** Puts down sources, and sees how it goes with them. */
	static boolean manages(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR);
	}

}
