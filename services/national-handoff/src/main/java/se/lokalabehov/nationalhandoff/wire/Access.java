package se.lokalabehov.nationalhandoff.wire;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Who reads whose feed, and who looks after whose endpoints. A machine is a caller like
 * any other: an officer, or an administrator, of its agency.
 */
final class Access {

	private static final OrganisationId SKR = new OrganisationId("SKR");

	private Access() {
	}

	/**
	 * Whose feed is read: an officer's own, or whichever SKR says.
	 * @param said the agency that was asked for, if any
	 * @return none when there is none that the caller may read
	 */
	static Optional<OrganisationId> feedOf(Caller caller, @Nullable OrganisationId said) {
		if (caller.is(Role.SKR_COMPILER, SKR) || caller.is(Role.ADMINISTRATOR, SKR)) {
			return Optional.ofNullable(said);
		}
		return (caller.is(Role.AGENCY_OFFICER) && (said == null || said.equals(caller.organisation())))
				? Optional.of(caller.organisation()) : Optional.empty();
	}

	/** Whether the caller looks after an agency's endpoints. */
	static boolean looksAfter(Caller caller, OrganisationId agency) {
		return caller.is(Role.ADMINISTRATOR, SKR) || (caller.is(Role.ADMINISTRATOR, agency) && isAgency(agency));
	}

	/** Whether the caller looks after any. */
	static boolean looksAfterSome(Caller caller) {
		return looksAfter(caller, caller.organisation());
	}

	/** The endpoints that the caller looks after. */
	static Criteria endpoints(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR) ? new Criteria()
				: Criteria.where("state.agency").is(caller.organisation().value());
	}

	static boolean isAgency(OrganisationId organisation) {
		return Directory.standard()
			.organisations(Kind.AGENCY)
			.stream()
			.map(Organisation::id)
			.anyMatch(organisation::equals);
	}

}
