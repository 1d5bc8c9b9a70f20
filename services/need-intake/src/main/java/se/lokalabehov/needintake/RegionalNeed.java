package se.lokalabehov.needintake;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.OfRegionalNeed;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedChanged;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDelivered;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDissolved;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedRedacted;
import se.lokalabehov.contracts.NeedEvent.UndoingRequested;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;

/**
 * What an RSS makes of needs that ask the same. It can be changed and dissolved until it
 * is delivered; then it stands in its delivered version, unless SKR undoes it.
 *
 * @param status where it stands
 * @param cycle in which cycle
 * @param rss by whom
 * @param versions words and members, version 1 first
 * @param delivery the number of its delivery, 0 before
 * @param deliveredVersion the version that was delivered, 0 before
 * @param undoing why the RSS has asked SKR to undo it, if it has
 * @param dissolved why it was dissolved, if it was
 * @param behind the different municipalities behind its standing version
 */
record RegionalNeed(Status status, CycleId cycle, OrganisationId rss, List<Version> versions, int delivery,
		int deliveredVersion, @Nullable String undoing, @Nullable String dissolved, List<OrganisationId> behind) {

	enum Status {

		FORMED, DELIVERED, DISSOLVED

	}

	record Version(Wording wording, List<Member> members) {

		boolean holds(NeedId need) {
			return this.members.stream().anyMatch((member) -> member.need().equals(need));
		}

		/** Different municipalities behind it: one counts once (domain rule 12). */
		List<OrganisationId> municipalities() {
			return this.members.stream().flatMap((member) -> member.municipalities().stream()).distinct().toList();
		}

	}

	private RegionalNeed(Status status, CycleId cycle, OrganisationId rss, List<Version> versions, int delivery,
			int deliveredVersion, @Nullable String undoing, @Nullable String dissolved) {
		this(status, cycle, rss, versions, delivery, deliveredVersion, undoing, dissolved,
				standing(versions, deliveredVersion).municipalities());
	}

	/** Number of the current version. */
	int version() {
		return this.versions.size();
	}

	Version current() {
		return this.versions.getLast();
	}

	/**
	 * The version that counts for those who come after: the delivered one, if there is.
	 */
	Version standing() {
		return standing(this.versions, this.deliveredVersion);
	}

	private static Version standing(List<Version> versions, int delivered) {
		return (delivered > 0) ? versions.get(delivered - 1) : versions.getLast();
	}

	/** Whether it has a claim on a need. */
	boolean claims(NeedId need) {
		return this.status != Status.DISSOLVED && standing().holds(need);
	}

	static RegionalNeed evolve(@Nullable RegionalNeed before, OfRegionalNeed event) {
		return (event instanceof RegionalNeedFormed formed)
				? new RegionalNeed(Status.FORMED, formed.cycle(), formed.rss(),
						List.of(new Version(formed.wording(), formed.members())), 0, 0, null, null)
				: Objects.requireNonNull(before, "a regional need begins with being formed").after(event);
	}

	private RegionalNeed after(OfRegionalNeed event) {
		return switch (event) {
			case RegionalNeedFormed formed -> throw new IllegalStateException("formed twice");
			case RegionalNeedChanged changed ->
				with(this.status, Need.appended(this.versions, new Version(changed.wording(), changed.members())),
						this.undoing, this.dissolved);
			case RegionalNeedDissolved split -> with(Status.DISSOLVED, this.versions, this.undoing, split.reason());
			case RegionalNeedDelivered delivered -> new RegionalNeed(Status.DELIVERED, this.cycle, this.rss,
					this.versions, delivered.delivery(), delivered.version(), this.undoing, this.dissolved);
			case UndoingRequested requested -> with(this.status, this.versions, requested.reason(), this.dissolved);
			case RegionalNeedRedacted redacted -> with(this.status,
					this.versions.stream().map((one) -> new Version(one.wording().redacted(), one.members())).toList(),
					(this.undoing != null) ? Wording.REDACTED : null,
					(this.dissolved != null) ? Wording.REDACTED : null);
		};
	}

	private RegionalNeed with(Status next, List<Version> made, @Nullable String asked, @Nullable String why) {
		return new RegionalNeed(next, this.cycle, this.rss, made, this.delivery, this.deliveredVersion, asked, why);
	}

}
