package se.lokalabehov.contracts;

import java.util.List;

/**
 * A regional need behind a national need, with the whole provenance below it (domain rule
 * 2), as it was delivered.
 *
 * @param regionalNeed the regional need
 * @param version its delivered version, from 1
 * @param rss who delivered it
 * @param members the needs behind it
 */
public record Source(RegionalNeedId regionalNeed, int version, OrganisationId rss, List<Member> members) {

	public Source {
		members = List.copyOf(members);
	}

}
