package se.lokalabehov.authorisation;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Who calls: a column of the table. A and B are two municipalities of two regions.
 */
enum Who {

	ANYONE("any", null), AUTHOR_A("A-auth", "forfattare-0180"), APPROVER_A("A-appr", "godkannare-0180"),
	CHIEF_A("A-chief", "socialchef-0180"), AUTHOR_B("B-auth", "forfattare-1480"),
	APPROVER_B("B-appr", "godkannare-1480"), CHIEF_B("B-chief", "socialchef-1480"), RSS_A("RSS-A", "samordnare-RSS-01"),
	RSS_B("RSS-B", "samordnare-RSS-14-GR"), SKR("SKR", "sammanstallare-SKR"),
	/** Asked to screen, leads. */
	SOS("SOS", "handlaggare-SOS"),
	/** Has to do with nothing. */
	SBU("SBU", "handlaggare-SBU"),
	/** Publishes records. */
	EDITOR("F-FOUV", "redaktor-FOUV"), EDITOR_OF_A("F-0180", "redaktor-0180"), EDITOR_OF_SKR("F-SKR", "redaktor-SKR"),
	ADMINISTRATOR("adm-SKR", "administrator-SKR"), ADMINISTRATOR_OF_A("adm-A", "administrator-0180");

	private final String column;

	private final @Nullable String login;

	Who(String column, @Nullable String login) {
		this.column = column;
		this.login = login;
	}

	/** The demo issuer's login, none for anyone. */
	@Nullable String login() {
		return this.login;
	}

	/** The heads of the table, in order. */
	static List<String> columns() {
		return Arrays.stream(values()).map((who) -> who.column).toList();
	}

	/**
	 * What may not be named to somebody, in what is not public: the codes and the names
	 * of the municipality and the region that are none of the caller's business. An
	 * editor and an administrator of a municipality are no more than the public.
	 */
	Set<String> strangers() {
		return switch (this) {
			case AUTHOR_A, APPROVER_A, CHIEF_A, RSS_A -> Region.B.names();
			case AUTHOR_B, APPROVER_B, CHIEF_B, RSS_B -> Region.A.names();
			case SKR, ADMINISTRATOR, SOS -> Set.of();
			case ANYONE, SBU, EDITOR, EDITOR_OF_A, EDITOR_OF_SKR, ADMINISTRATOR_OF_A ->
				Set.of("\"0180\"", "RSS-01", "Stockholm", "\"1480\"", "RSS-14-GR", "Göteborg");
		};
	}

}
