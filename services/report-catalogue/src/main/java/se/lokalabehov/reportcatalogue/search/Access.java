package se.lokalabehov.reportcatalogue.search;

import java.util.HashSet;
import java.util.Set;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.search.Item;
import se.lokalabehov.search.Visibility;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Who may find what (domain rule 7), as marks: what a caller may see bears at least one
 * of the caller's. A need is found by the municipalities behind it and by who asked them;
 * by SKR when it is delivered or waits; by an agency that screens a national need that it
 * is behind; by everyone with a national need that is published. Records are everyone's.
 */
final class Access {

	static final OrganisationId SKR = new OrganisationId("SKR");

	/** Of what SKR has got. */
	static final String SKR_MARK = "skr";

	private static final Set<Role> MUNICIPAL = Set.of(Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER,
			Role.SOCIAL_CHIEF);

	private Access() {
	}

	static String municipality(OrganisationId municipality) {
		return "municipality:" + municipality.value();
	}

	static String asker(OrganisationId asker) {
		return "asker:" + asker.value();
	}

	static String agency(OrganisationId agency) {
		return "agency:" + agency.value();
	}

	static Visibility of(Caller caller) {
		if (caller.is(Role.ADMINISTRATOR, SKR)) {
			return Visibility.EVERYTHING;
		}
		Set<String> marks = new HashSet<>(Set.of(Item.PUBLIC));
		if (isMunicipal(caller)) {
			marks.add(municipality(caller.organisation()));
		}
		if (caller.is(Role.RSS_COORDINATOR) || isSkr(caller)) {
			marks.add(asker(caller.organisation()));
		}
		if (isSkr(caller)) {
			marks.add(SKR_MARK);
		}
		if (caller.is(Role.AGENCY_OFFICER)) {
			marks.add(agency(caller.organisation()));
		}
		return new Visibility(marks);
	}

	static boolean isMunicipal(Caller caller) {
		return caller.roles().stream().anyMatch(MUNICIPAL::contains);
	}

	static boolean isSkr(Caller caller) {
		return caller.is(Role.SKR_COMPILER, SKR);
	}

}
