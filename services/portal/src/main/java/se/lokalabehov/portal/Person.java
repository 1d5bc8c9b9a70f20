package se.lokalabehov.portal;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Somebody who has logged in, as far as notifications need it. Its id is the
 * {@link Caller#subject() pseudonym}. Personal data: forgotten when they ask for it, or a
 * year after they were here.
 *
 * @param organisation for whom, at the last login
 * @param roles in which roles, at the last login
 * @param email where they get mail, as the issuer says; none when it does not
 * @param language sv or en
 * @param choices how often they get mail about what, where that is not as usual
 * @param since when they first logged in: nothing that happened before is told
 * @param seen when they last logged in
 */
record Person(OrganisationId organisation, Set<Role> roles, @Nullable String email, String language,
		Map<Notice.Sort, Frequency> choices, Instant since, Instant seen) {

	/**
	 * How often somebody gets mail about something.
	 */
	enum Frequency {

		/** One for each time. */
		AT_ONCE,

		/** Gathered, each morning. */
		DAILY,

		/** Gathered, each Monday morning. */
		WEEKLY,

		/** In the portal only. */
		NEVER

	}

	Person {
		roles = Set.copyOf(roles);
		choices = Map.copyOf(choices);
	}

	Frequency frequency(Notice.Sort sort) {
		return this.choices.getOrDefault(sort, sort.usual());
	}

	Caller as(String id) {
		return new Caller(id, this.organisation, this.roles);
	}

	Person loggedIn(Caller caller, @Nullable String newEmail, Instant now) {
		return new Person(caller.organisation(), caller.roles(), newEmail, this.language, this.choices, this.since,
				now);
	}

	Person choosing(Map<Notice.Sort, Frequency> newChoices, String newLanguage) {
		return new Person(this.organisation, this.roles, this.email, newLanguage, newChoices, this.since, this.seen);
	}

}
