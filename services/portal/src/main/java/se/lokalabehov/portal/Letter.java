package se.lokalabehov.portal;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An e-mail to one person, from the moment that it is written until it is forgotten. Its
 * text has no word of what anybody has written in the platform.
 *
 * @param person to whom ({@link Person}'s id)
 * @param to their address when it was written
 * @param subject its subject
 * @param text its text
 * @param notices what it tells
 * @param status where it is
 * @param attempts how often the mail server has been asked to take it
 * @param next when it is tried next, while it waits
 * @param cause why it was not taken the last time
 * @param written when it was written
 */
record Letter(String person, String to, String subject, String text, List<String> notices, Status status, int attempts,
		Instant next, @Nullable String cause, Instant written) {

	/**
	 * Where a letter is.
	 */
	enum Status {

		/** To be sent, or to be tried again. */
		WAITING,

		/** The mail server has taken it. */
		SENT,

		/** Given up; an administrator may have it tried again. */
		PARKED,

		/** There is no mail server: it can be read in the outbox only. */
		KEPT

	}

	Letter with(Status newStatus, int newAttempts, Instant newNext, @Nullable String newCause) {
		return new Letter(this.person, this.to, this.subject, this.text, this.notices, newStatus, newAttempts, newNext,
				newCause, this.written);
	}

}
