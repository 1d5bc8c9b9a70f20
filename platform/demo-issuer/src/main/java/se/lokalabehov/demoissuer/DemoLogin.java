package se.lokalabehov.demoissuer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Organisation;

/**
 * Somebody who can log in. There is no list: any office at any organisation of the
 * directory that has such an office is a login, named {@code forfattare-0180},
 * {@code samordnare-RSS-14-GR} and so on.
 *
 * @param name the login's name
 * @param office what somebody is
 * @param organisation for whom
 */
record DemoLogin(String name, Office office, Organisation organisation) {

	/** The same for all, and no secret. */
	static final String PASSWORD = "demo";

	static Optional<DemoLogin> named(String name, Directory directory) {
		int hyphen = name.indexOf('-');
		if (hyphen < 0) {
			return Optional.empty();
		}
		String prefix = name.substring(0, hyphen);
		return Arrays.stream(Office.values())
			.filter((office) -> office.prefix().equals(prefix))
			.findFirst()
			.flatMap((office) -> organisation(name.substring(hyphen + 1), directory).filter(office::existsAt)
				.map((organisation) -> new DemoLogin(name, office, organisation)));
	}

	private static Optional<Organisation> organisation(String code, Directory directory) {
		try {
			return directory.organisation(new OrganisationId(code));
		}
		catch (IllegalArgumentException ex) {
			// Whatever was typed, it is no organisation's code.
			return Optional.empty();
		}
	}

	/** Where nobody gets mail: the domain is reserved for examples (RFC 2606). */
	String address() {
		return this.name.toLowerCase(Locale.ROOT) + "@lokala-behov.example";
	}

	/** What to call somebody in the portal. */
	String displayName() {
		return this.office.title() + ", " + this.organisation.name();
	}

}
