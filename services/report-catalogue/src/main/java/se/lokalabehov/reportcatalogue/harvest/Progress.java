package se.lokalabehov.reportcatalogue.harvest;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How far a source has been harvested. Whoever harvests it says so here first, and goes
 * on only as long as that stands; so no two do at once, and what one has left because it
 * died is taken up by another when its time is out.
 *
 * @param asked what was asked for
 * @param from the date of the last whole harvest; none before the first
 * @param begun the date of the harvest that is under way, if one is
 * @param token where that goes on
 * @param next when it is time again
 * @param problem why the last attempt stopped, if it did
 * @param counts of the harvest that is under way, otherwise of the last
 * @param claim who harvests now, if anybody does
 */
record Progress(String asked, @Nullable String from, @Nullable String begun, @Nullable String token, Instant next,
		@Nullable String problem, Counts counts, @Nullable Claim claim) {

	/** What became of a record. */
	enum Became {

		TAKEN, DELETED, PARKED

	}

	/**
	 * What became of the records of a harvest.
	 */
	record Counts(int taken, int deleted, int parked) {

		static final Counts NONE = new Counts(0, 0, 0);

		Counts and(Became became) {
			return switch (became) {
				case TAKEN -> new Counts(this.taken + 1, this.deleted, this.parked);
				case DELETED -> new Counts(this.taken, this.deleted + 1, this.parked);
				case PARKED -> new Counts(this.taken, this.deleted, this.parked + 1);
			};
		}

	}

	/**
	 * Somebody harvests.
	 *
	 * @param by one harvest of one process
	 * @param until when others may take it to be dead
	 */
	record Claim(String by, Instant until) {
	}

	/** Nothing yet, and it is time. */
	static Progress beginning(String asked) {
		return new Progress(asked, null, null, null, Instant.EPOCH, null, Counts.NONE, null);
	}

	boolean isClaimed(Instant now) {
		return this.claim != null && this.claim.until().isAfter(now);
	}

	boolean isClaimedBy(String one) {
		return this.claim != null && this.claim.by().equals(one);
	}

	/** Whether a source is to be harvested; when something else is asked for now, too. */
	boolean isDue(String asking, Instant now) {
		return (!this.next.isAfter(now) || !this.asked.equals(asking)) && !isClaimed(now);
	}

	Progress due(Instant at) {
		return new Progress(this.asked, this.from, this.begun, this.token, at, this.problem, this.counts, this.claim);
	}

	Progress claimed(Claim claim) {
		return new Progress(this.asked, this.from, this.begun, this.token, this.next, this.problem,
				(this.token != null) ? this.counts : Counts.NONE, claim);
	}

	/** The same harvest from its beginning, as its token is forgotten. */
	Progress again() {
		return new Progress(this.asked, this.from, null, null, this.next, null, Counts.NONE, this.claim);
	}

	/** A page is taken, and there are more. */
	Progress at(String begun, String token, Counts counts, Claim claim) {
		return new Progress(this.asked, this.from, begun, token, this.next, null, counts, claim);
	}

	/** The last page is taken. */
	Progress whole(String begun, Counts counts) {
		return new Progress(this.asked, begun, null, null, this.next, null, counts, this.claim);
	}

	/** Nobody harvests any longer. */
	Progress left(Instant next, @Nullable String problem) {
		return new Progress(this.asked, this.from, this.begun, this.token, next, problem, this.counts, null);
	}

}
