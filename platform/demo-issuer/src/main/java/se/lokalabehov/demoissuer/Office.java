package se.lokalabehov.demoissuer;

import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.security.Role;

/**
 * The first part of a login's name: what somebody is, and at which organisations there is
 * such a one.
 */
enum Office {

	FORFATTARE("forfattare", "Författare i en kommun", Role.MUNICIPALITY_AUTHOR, "0180"),

	GODKANNARE("godkannare", "Godkännare i en kommun", Role.MUNICIPALITY_APPROVER, "0180"),

	SOCIALCHEF("socialchef", "Socialchef", Role.SOCIAL_CHIEF, "0180"),

	SAMORDNARE("samordnare", "Samordnare i en RSS", Role.RSS_COORDINATOR, "RSS-01"),

	SAMMANSTALLARE("sammanstallare", "Sammanställare på SKR", Role.SKR_COMPILER, "SKR"),

	HANDLAGGARE("handlaggare", "Handläggare på en myndighet", Role.AGENCY_OFFICER, "SOS"),

	REDAKTOR("redaktor", "Redaktör av FoU-katalogen", Role.FOU_EDITOR, "FOUV"),

	ADMINISTRATOR("administrator", "Administratör", Role.ADMINISTRATOR, "SKR");

	private final String prefix;

	private final String title;

	private final Role role;

	private final String exampleOrganisation;

	Office(String prefix, String title, Role role, String exampleOrganisation) {
		this.prefix = prefix;
		this.title = title;
		this.role = role;
		this.exampleOrganisation = exampleOrganisation;
	}

	String prefix() {
		return this.prefix;
	}

	/** What it is called in Swedish. */
	String title() {
		return this.title;
	}

	Role role() {
		return this.role;
	}

	/** The name of a login that exists. */
	String example() {
		return this.prefix + '-' + this.exampleOrganisation;
	}

	boolean existsAt(Organisation organisation) {
		return switch (this) {
			case FORFATTARE, GODKANNARE -> organisation.kind() == Kind.MUNICIPALITY;
			// NSK-S is a group of social chiefs.
			case SOCIALCHEF -> organisation.kind() == Kind.MUNICIPALITY || isNamed(organisation, "NSKS");
			case SAMORDNARE -> organisation.kind() == Kind.RSS;
			case SAMMANSTALLARE -> isNamed(organisation, "SKR");
			case HANDLAGGARE -> organisation.kind() == Kind.AGENCY;
			case REDAKTOR, ADMINISTRATOR -> true;
		};
	}

	private static boolean isNamed(Organisation organisation, String code) {
		return organisation.id().value().equals(code);
	}

}
