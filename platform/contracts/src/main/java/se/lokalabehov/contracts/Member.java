package se.lokalabehov.contracts;

import java.util.List;

/**
 * A need behind a regional need: the exact version that was merged, and the
 * municipalities that it names.
 *
 * @param need the need
 * @param version its version, from 1
 * @param municipalities at least one; each is counted once and each gets the answer
 */
public record Member(NeedId need, int version, List<OrganisationId> municipalities) {

	public Member {
		municipalities = List.copyOf(municipalities);
	}

}
