package se.lokalabehov.nationalhandoff.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;

/**
 * One event to one endpoint, with every attempt to deliver it. It has no word of the
 * event, no secret and nothing of what was answered but the status.
 *
 * @param endpoint to which
 * @param agency whose
 * @param position in the agency's feed; 0 for a test
 * @param event CloudEvents {@code id}
 * @param type of the event
 * @param about the national need
 * @param at when it happened
 * @param status how it stands
 * @param waiting the endpoint, while it is to be sent
 * @param tries how often it has been tried since it was last to be sent
 * @param next when it is sent next, while it waits
 * @param attempts every attempt, oldest first; at most the last hundred
 */
record Delivery(String endpoint, OrganisationId agency, long position, String event, String type, String about,
		Instant at, Status status, @Nullable String waiting, int tries, Instant next, List<Attempt> attempts) {

	private static final int KEPT = 100;

	/** How a delivery stands. */
	enum Status {

		/** To be sent, or sent again. */
		WAITING,
		/** Taken by the receiver. */
		DELIVERED,
		/** Given up; it can be sent again by hand. */
		FAILED

	}

	/**
	 * One attempt.
	 *
	 * @param at when it began
	 * @param status what was answered; none when nothing was
	 * @param millis how long it took
	 * @param cause why it did not succeed, in Swedish; none when it did
	 */
	record Attempt(Instant at, @Nullable Integer status, long millis, @Nullable String cause) {
	}

	Delivery {
		attempts = List.copyOf(attempts);
	}

	static Delivery of(String endpoint, FeedEntry entry) {
		return new Delivery(endpoint, entry.agency(), entry.position(), entry.event(), entry.type(), entry.key(),
				entry.at(), Status.WAITING, endpoint, 0, entry.at(), List.of());
	}

	/** {@code webhook-id}: the same at each attempt, and without a full stop. */
	String webhookId() {
		return "msg_" + Act.sha256(this.event).substring(0, 32);
	}

	boolean isTest() {
		return this.position == 0;
	}

	/** Whether it is to be sent now. */
	boolean isDue(Instant now) {
		return this.status == Status.WAITING && !this.next.isAfter(now);
	}

	/** One more attempt begins; nobody else tries until then. */
	Delivery tried(Instant until) {
		return with(Status.WAITING, this.tries + 1, until, this.attempts);
	}

	Delivery after(Attempt attempt, Status now, Instant then) {
		List<Attempt> all = new ArrayList<>(this.attempts);
		all.add(attempt);
		return with(now, this.tries, then, all.subList(Math.max(0, all.size() - KEPT), all.size()));
	}

	/** To be sent once more, whatever became of it. */
	Delivery again(Instant now) {
		return with(Status.WAITING, 0, now, this.attempts);
	}

	private Delivery with(Status newStatus, int newTries, Instant newNext, List<Attempt> all) {
		return new Delivery(this.endpoint, this.agency, this.position, this.event, this.type, this.about, this.at,
				newStatus, (newStatus == Status.WAITING) ? this.endpoint : null, newTries, newNext, all);
	}

}
