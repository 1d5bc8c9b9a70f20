package se.lokalabehov.reportcatalogue;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;

/**
 * One organisation hands all its records to another, usually because it ceases. The
 * intent is kept first and the records follow one by one, so that it goes on where it was
 * after a crash; every record is handed over once, and keeps its address.
 *
 * @param from who answered for them
 * @param custodian who answers for them from now on
 * @param reason why
 * @param records how many there were when it began
 * @param at when it was decided: what is published later is not meant
 * @param by who decided
 * @param role in which role
 * @param subject pseudonym of the caller
 * @param finished when the last one was handed over; none while it goes on
 */
record CustodyTransfer(OrganisationId from, OrganisationId custodian, String reason, long records, Instant at,
		OrganisationId by, String role, String subject, @Nullable Instant finished) {

	CustodyTransfer finished(Instant at) {
		return new CustodyTransfer(this.from, this.custodian, this.reason, this.records, this.at, this.by, this.role,
				this.subject, at);
	}

	/** The act by which one record is handed over, the same however often it is tried. */
	Act of(String id, String record) {
		String cause = id + " " + record;
		return new Act(this.by, this.role, this.subject, this.at, Act.sha256("custody|" + cause), Act.sha256(cause),
				null);
	}

}
