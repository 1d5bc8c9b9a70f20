package se.lokalabehov.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Those who have logged in: whom there is to tell something, and how they want it. The
 * only personal data that the portal keeps.
 */
class People {

	/** Who has not been here for so long is forgotten. */
	static final Duration KEPT = Duration.ofDays(365);

	private final Aggregates<Person, Person> people;

	private final Aggregates<Staff, Staff> staff;

	private final MongoTemplate store;

	private final Clock clock;

	private volatile Map<String, Person> known = Map.of();

	private volatile Map<String, Set<String>> shutOut = Map.of();

	People(Eventing eventing, Clock clock) {
		this.people = eventing.aggregates(AggregateType.kept("people", Person.class));
		this.staff = eventing.aggregates(AggregateType.kept("staff", Staff.class));
		this.store = eventing.store();
		this.clock = clock;
	}

	/** Somebody logs in, or comes back with other roles. */
	void loggedIn(LoggedIn who, Locale language) {
		Caller caller = who.caller();
		Instant now = this.clock.instant();
		String email = address(who.idToken());
		note(caller, email, now);
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

	/** Puts down who came, who has got other roles, and who has gone elsewhere. */
	private void note(Caller caller, @Nullable String email, Instant now) {
		Person before = find(caller.subject()).orElse(null);
		String whom = (email != null) ? email.toLowerCase(Locale.ROOT) : caller.subject();
		boolean came = before == null || !before.organisation().equals(caller.organisation());
		if (before != null && came) {
			change(before.organisation(), caller, now, (staff) -> staff.seeing(Staff.What.LEFT, whom, Set.of(), now));
		}
		if (before == null || came || !before.roles().equals(caller.roles())) {
			change(caller.organisation(), caller, now,
					(staff) -> staff.seeing(came ? Staff.What.CAME : Staff.What.ROLES, whom, caller.roles(), now));
		}
	}

	private void change(OrganisationId organisation, Caller by, Instant now, UnaryOperator<Staff> change) {
		this.staff
			.execute(organisation.value(), new Act(by.organisation(), "PERSON", by.subject(), now, null, "", null),
					(before) -> Decision.of(change.apply((before != null) ? before : Staff.NOBODY)))
			.orThrow();
		refresh();
	}

	/** Whom an organisation has invited and shut out, and what has happened. */
	Staff staff(OrganisationId organisation) {
		return this.staff.find(organisation.value()).map(Stored::state).orElse(Staff.NOBODY);
	}

	/** What somebody is called: by their address, or by the pseudonym. */
	static String called(String id, Person person) {
		return (person.email() != null) ? person.email().toLowerCase(Locale.ROOT) : id;
	}

	private String called(Caller caller) {
		return find(caller.subject()).map((person) -> called(caller.subject(), person)).orElse(caller.subject());
	}

	void invite(OrganisationId organisation, String email, String name, Set<Role> roles, Caller by) {
		Instant now = this.clock.instant();
		String who = called(by);
		change(organisation, by, now, (staff) -> staff.inviting(new Staff.Invitation(email, name, roles, now), who));
	}

	void uninvite(OrganisationId organisation, String email, Caller by) {
		Instant now = this.clock.instant();
		String who = called(by);
		change(organisation, by, now,
				(staff) -> staff.invitation(email)
					.map((invitation) -> staff.uninviting(invitation, who, now))
					.orElse(staff));
	}

	/** False when nobody of the organisation is called so. */
	boolean shutOut(OrganisationId organisation, String id, String reason, Caller by) {
		Instant now = this.clock.instant();
		String who = called(by);
		return find(id).filter((person) -> person.organisation().equals(organisation)).map((person) -> {
			change(organisation, by, now, (staff) -> staff.shutOut().contains(id) ? staff
					: staff.shuttingOut(id, called(id, person), person.roles(), who, reason, now));
			return true;
		}).orElse(false);
	}

	/** False when nobody of the organisation is called so. */
	boolean letIn(OrganisationId organisation, String id, Caller by) {
		Instant now = this.clock.instant();
		String who = called(by);
		return find(id).filter((person) -> person.organisation().equals(organisation)).map((person) -> {
			change(organisation, by, now, (staff) -> staff.shutOut().contains(id)
					? staff.lettingIn(id, called(id, person), person.roles(), who, now) : staff);
			return true;
		}).orElse(false);
	}

	/** Whether somebody may not come in for their organisation. */
	boolean isShutOut(Caller caller) {
		return this.shutOut.getOrDefault(caller.organisation().value(), Set.of()).contains(caller.subject());
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

	/** Those who can be told something. */
	Map<String, Person> listening() {
		return this.known.entrySet()
			.stream()
			.filter((one) -> !isShutOut(one.getValue().as(one.getKey())))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/** Looks who there is; another portal may have met somebody. */
	void refresh() {
		this.known = this.people.all(new Criteria())
			.stream()
			.collect(Collectors.toUnmodifiableMap(Stored::id, Stored::state));
		this.shutOut = this.staff.all(new Criteria())
			.stream()
			.collect(Collectors.toUnmodifiableMap(Stored::id, (one) -> one.state().shutOut()));
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
