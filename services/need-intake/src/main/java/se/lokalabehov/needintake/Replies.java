package se.lokalabehov.needintake;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;

/**
 * Who of those that were asked has answered, and how: from the needs that name them (a
 * joint need counts for each), and the answers that there are none.
 *
 * @param all one for each municipality that was asked
 */
record Replies(List<Reply> all) {

	enum Kind {

		NEEDS, NO_NEEDS, NOT_YET

	}

	/**
	 * What one municipality has answered.
	 *
	 * @param municipality who
	 * @param answer how
	 * @param needs how many needs it stands behind
	 * @param comment what it said when there are none
	 */
	record Reply(OrganisationId municipality, Kind answer, int needs, @Nullable String comment) {
	}

	/**
	 * Counts.
	 * @param asking who was asked
	 * @param needs the needs of the cycle that name any of them
	 */
	static Replies of(Asking asking, Collection<Need> needs) {
		return new Replies(asking.municipalities().stream().map((one) -> of(one, asking, needs)).toList());
	}

	private static Reply of(OrganisationId municipality, Asking asking, Collection<Need> needs) {
		int own = (int) needs.stream()
			.filter(Replies::counts)
			.filter((need) -> need.municipalities().contains(municipality))
			.count();
		if (own > 0) {
			return new Reply(municipality, Kind.NEEDS, own, null);
		}
		return asking.noNeeds()
			.stream()
			.filter((none) -> none.municipality().equals(municipality))
			.findFirst()
			.map((none) -> new Reply(municipality, Kind.NO_NEEDS, 0, none.comment()))
			.orElseGet(() -> new Reply(municipality, Kind.NOT_YET, 0, null));
	}

	/** What the RSS has noted is no answer before it is confirmed. */
	private static boolean counts(Need need) {
		return need.status() != Need.Status.RECORDED && need.status() != Need.Status.WITHDRAWN;
	}

	List<OrganisationId> silent() {
		return this.all.stream().filter((one) -> one.answer() == Kind.NOT_YET).map(Reply::municipality).toList();
	}

	int needsOf(OrganisationId municipality) {
		return this.all.stream().filter((one) -> one.municipality().equals(municipality)).mapToInt(Reply::needs).sum();
	}

}
