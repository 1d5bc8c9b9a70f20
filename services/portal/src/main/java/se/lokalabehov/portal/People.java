package se.lokalabehov.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;

/**
 * Those who have logged in: whom there is to tell something, and how they want it. The
 * only personal data that the portal keeps.
 */
class People {

	/** Who has not been here for so long is forgotten. */
	static final Duration KEPT = Duration.ofDays(365);

	private final Aggregates<Person, Person> people;

	private final MongoTemplate store;

	private final Clock clock;

	private volatile Map<String, Person> known = Map.of();

	People(Eventing eventing, Clock clock) {
		this.people = eventing.aggregates(AggregateType.kept("people", Person.class));
		this.store = eventing.store();
		this.clock = clock;
	}

	/** Somebody logs in, or comes back with other roles. */
	void loggedIn(LoggedIn who, Locale language) {
		Caller caller = who.caller();
		Instant now = this.clock.instant();
		String email = address(who.idToken());
		this.people.execute(caller.subject(), act(caller, now), (before) -> {
			if (before == null) {
				return Decision.of(new Person(caller.organisation(), caller.roles(), email,
						language.getLanguage().equals("en") ? "en" : "sv", Map.of(), now, now));
			}
			return Decision.of(before.loggedIn(caller, email, now));
		}).orThrow();
		// What was told to them in a role that they have left is not theirs any more.
		this.store.remove(
				new Query(new Criteria().andOperator(Criteria.where("state.person").is(caller.subject()),
						new Criteria().orOperator(
								Criteria.where("state.organisation").ne(caller.organisation().value()),
								Criteria.where("state.role").nin(caller.roles().stream().map(Enum::name).toList())))),
				Notices.COLLECTION);
		refresh();
	}

	/** An address that the issuer says is not verified may be somebody else's. */
	private static @Nullable String address(OidcIdToken token) {
		return Boolean.FALSE.equals(token.getEmailVerified()) ? null : token.getEmail();
	}

	/** What somebody chooses. */
	void choose(Caller caller, Map<Notice.Sort, Person.Frequency> choices, String language) {
		this.people
			.execute(caller.subject(), act(caller, this.clock.instant()),
					(before) -> (before != null) ? Decision.of(before.choosing(choices, language)) : none())
			.orThrow();
		refresh();
	}

	private static Decision<Person> none() {
		throw new IllegalStateException("nobody has logged in");
	}

	private static Act act(Caller caller, Instant now) {
		return new Act(caller.organisation(), "PERSON", caller.subject(), now, null, "", null);
	}

	Optional<Person> find(String id) {
		return this.people.find(id).map(Stored::state);
	}

	/** Everybody, by their ids, at most some seconds ago. */
	Map<String, Person> all() {
		return this.known;
	}

	/** Looks who there is; another portal may have met somebody. */
	void refresh() {
		this.known = this.people.all(new Criteria())
			.stream()
			.collect(Collectors.toUnmodifiableMap(Stored::id, Stored::state));
	}

	/** Forgets somebody, what was told to them and their mail. */
	void forget(String id) {
		this.store.remove(new Query(Criteria.where("state.person").is(id)), Letters.COLLECTION);
		this.store.remove(new Query(Criteria.where("state.person").is(id)), Notices.COLLECTION);
		this.store.remove(new Query(Criteria.where("_id").is(id)), "people");
		refresh();
	}

	/** Forgets those who have not been here for a year. */
	@Scheduled(fixedDelayString = "PT1H")
	void forgetTheAbsent() {
		refresh();
		Instant oldest = this.clock.instant().minus(KEPT);
		this.known.forEach((id, person) -> {
			if (person.seen().isBefore(oldest)) {
				forget(id);
			}
		});
	}

}
