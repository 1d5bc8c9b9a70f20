package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.security.Role;

/**
 * Something that was told to one person. It holds no words: what it is about is called by
 * its title where it is shown, and the rest is a message.
 *
 * @param person to whom ({@link Person}'s id)
 * @param organisation for which organisation it concerns them
 * @param role in which role
 * @param sort what it is to them
 * @param event wire name of what happened, without its version
 * @param kind what the thing is that it is about
 * @param about its id
 * @param href where they see it, or do what waits
 * @param at when it happened
 * @param unreadBy the person, until it is read; indexed, as every page counts them
 * @param due the last day, of a reminder
 * @param mail when it is to be mailed, none once it stands in a letter or when it is not
 */
record Notice(String person, String organisation, Role role, Sort sort, String event, Kind kind, String about,
		String href, Instant at, @Nullable LocalDate due, @Nullable String unreadBy, Person.@Nullable Frequency mail) {

	/**
	 * What something is to somebody. Each person chooses how often they get mail about
	 * it.
	 */
	enum Sort {

		/** Something waits for them. */
		WAITING(Person.Frequency.AT_ONCE),

		/** The last day of what waits comes near. */
		REMINDER(Person.Frequency.AT_ONCE),

		/** An answer came. */
		ANSWER(Person.Frequency.AT_ONCE),

		/** It went on. */
		NEED(Person.Frequency.WEEKLY),

		/** A cycle or a round was opened, changed or closed. */
		CYCLE(Person.Frequency.WEEKLY);

		private final Person.Frequency usual;

		Sort(Person.Frequency usual) {
			this.usual = usual;
		}

		/** How often one gets mail about it when nothing else is chosen. */
		Person.Frequency usual() {
			return this.usual;
		}

	}

	/** The message that says it. */
	public String message() {
		return "avis." + this.event + "." + this.sort.name().toLowerCase(Locale.ROOT);
	}

	public boolean unread() {
		return this.unreadBy != null;
	}

	Notice read() {
		return new Notice(this.person, this.organisation, this.role, this.sort, this.event, this.kind, this.about,
				this.href, this.at, this.due, null, this.mail);
	}

	Notice mailed() {
		return new Notice(this.person, this.organisation, this.role, this.sort, this.event, this.kind, this.about,
				this.href, this.at, this.due, this.unreadBy, null);
	}

}
