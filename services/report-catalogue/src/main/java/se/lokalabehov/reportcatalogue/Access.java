package se.lokalabehov.reportcatalogue;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Who may see and do what here (domain rule 7). A record is public from its publication;
 * of a withdrawn one only the tombstone is.
 */
final class Access {

	private static final OrganisationId SKR = new OrganisationId("SKR");

	private Access() {
	}

	/** Publishes: an editor or officer, in the name of the own organisation. */
	static boolean mayPublish(Caller caller, OrganisationId publisher) {
		return edits(caller) && caller.organisation().equals(publisher);
	}

	/** Revises and withdraws: an editor or officer of who answers for it now. */
	static boolean mayEdit(Caller caller, CatalogueRecord record) {
		return edits(caller) && caller.organisation().equals(record.custodian());
	}

	/** Hands it to another; an administrator when nobody is left who could. */
	static boolean mayTransfer(Caller caller, CatalogueRecord record) {
		return mayEdit(caller, record) || caller.is(Role.ADMINISTRATOR, SKR);
	}

	/** Hands over everything that an organisation answers for. */
	static boolean mayTransferAll(Caller caller, OrganisationId from) {
		return mayPublish(caller, from) || caller.is(Role.ADMINISTRATOR, SKR);
	}

	/** Blanks texts. */
	static boolean mayRedact(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR);
	}

	/**
	 * Gives a record that was taken over from another installation its files back.
	 */
	static boolean mayRestoreFiles(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR);
	}

	/** Sees what it said: everyone, until it is withdrawn. */
	static boolean seesVersions(Caller caller, CatalogueRecord record) {
		return record.withdrawn() == null || caller.organisation().equals(record.custodian()) || mayRedact(caller);
	}

	/** Sees files that were removed. */
	static boolean seesRemoved(Caller caller, CatalogueRecord record) {
		return mayEdit(caller, record) || mayRedact(caller);
	}

	/** Reading one's own records is no use of them. */
	static boolean counts(Caller caller, CatalogueRecord record) {
		return !caller.organisation().equals(record.custodian());
	}

	/** Publishes and edits at all. */
	static boolean edits(Caller caller) {
		return caller.is(Role.FOU_EDITOR) || caller.is(Role.AGENCY_OFFICER);
	}

}
