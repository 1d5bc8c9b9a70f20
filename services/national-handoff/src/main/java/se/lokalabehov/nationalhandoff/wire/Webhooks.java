package se.lokalabehov.nationalhandoff.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.nationalhandoff.wire.Endpoint.Secret;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Paging;
import se.lokalabehov.web.outside.Outside;

/**
 * The endpoints that agencies have registered, and what has been sent to them. What one
 * does not look after is not there (404).
 */
final class Webhooks {

	static final String TEST = "webhook-test.v1";

	/** Why an endpoint is not sent to when its secret can not be read. */
	static final String UNREADABLE = "Hemligheten går inte att läsa: nyckeln som den är krypterad med finns inte i "
			+ "lokala-behov.webhooks.keys. Be driften lägga dit den, eller byt hemlighet.";

	private static final String DELIVERIES = "webhook-deliveries";

	private static final Duration KEPT = Duration.ofDays(365);

	private static final int ENDPOINTS = 10;

	private static final int SECRET_BYTES = 32;

	private final Aggregates<Endpoint, Endpoint> endpoints;

	private final Aggregates<Delivery, Delivery> deliveries;

	private final MongoTemplate store;

	private final Feed feed;

	private final Outside outside;

	private final WebhookProperties properties;

	private final Keys keys;

	private final Clock clock;

	private final SecureRandom random = new SecureRandom();

	Webhooks(Eventing eventing, Feed feed, Outside outside, WebhookProperties properties, Clock clock) {
		this.endpoints = eventing.aggregates(AggregateType.kept("webhook-endpoints", Endpoint.class));
		this.deliveries = eventing.aggregates(AggregateType.kept(DELIVERIES, Delivery.class));
		eventing.index("webhook-endpoints", List.of("state.agency", "state.status"));
		eventing.index(DELIVERIES, List.of("state.endpoint", "state.waiting", "state.status"));
		this.store = eventing.store();
		this.feed = feed;
		this.outside = outside;
		this.properties = properties;
		this.keys = new Keys(properties.keys());
		this.clock = clock;
	}

	// Endpoints

	Page<Stored<Endpoint>> list(Caller caller, Paging paging) {
		return this.endpoints.page(
				new Criteria().andOperator(Access.endpoints(caller),
						Criteria.where("state.status").ne(Endpoint.Status.REMOVED.name())),
				paging.cursor(), paging.limit());
	}

	Optional<Stored<Endpoint>> find(Caller caller, String id) {
		return this.endpoints.find(id)
			.filter((stored) -> Access.looksAfter(caller, stored.state().agency())
					&& stored.state().status() != Endpoint.Status.REMOVED);
	}

	Outcome<Endpoint> register(Caller caller, Act act, OrganisationId agency, String name, URI url) {
		if (!Access.looksAfter(caller, agency)) {
			return Outcome.refuse(Refusal.forbidden(
					"Bara myndighetens egen administratör, eller SKR:s, får registrera myndighetens mottagare."));
		}
		if (!Access.isAgency(agency)) {
			return Outcome.refuse(Refusal.invalid("agency", "Ange en nationell myndighets kod."));
		}
		String fault = fault(url);
		if (fault != null) {
			return Outcome.refuse(Refusal.invalid("url", fault));
		}
		String id = act.newId("webhook");
		long already = this.endpoints.count(Criteria.where("state.agency")
			.is(agency.value())
			.and("state.status")
			.ne(Endpoint.Status.REMOVED.name())
			.and("_id")
			.ne(id));
		if (already >= ENDPOINTS) {
			return Outcome.refuse(Refusal.conflict("for-manga-mottagare",
					"Myndigheten har redan tio mottagare. Ta bort en som inte används."));
		}
		// It gets what happens from now on; what has been is read in the feed.
		long taken = this.feed.last(agency).position();
		Outcome<Endpoint> registered = this.endpoints.execute(id, act,
				(before) -> Decision.of(new Endpoint(agency, name, url.toString(), Endpoint.Status.ENABLED, null,
						List.of(new Secret(newSecret(), null)), taken, 0)
					.keeping(this.keys::seal)));
		// The same act again, after the endpoint was removed.
		return registered.then((done) -> (done.state().status() != Endpoint.Status.REMOVED) ? done : Outcome
			.refuse(Refusal.conflict("mottagaren-ar-borttagen",
					"Mottagaren registrerades med samma Idempotency-Key och är borttagen. Registrera en ny med en ny nyckel.")));
	}

	private @Nullable String fault(URI url) {
		String fault = this.outside.fault(url);
		if (fault != null) {
			return fault;
		}
		boolean tls = "https".equals(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT));
		if (!tls && !this.properties.allowed().contains(url.getHost() + ":" + url.getPort())) {
			return "Adressen ska börja med https.";
		}
		return (url.getRawFragment() != null) ? "Adressen ska inte ha någon del efter #." : null;
	}

	private String newSecret() {
		byte[] bytes = new byte[SECRET_BYTES];
		this.random.nextBytes(bytes);
		return "whsec_" + Base64.getEncoder().encodeToString(bytes);
	}

	/** A new secret; the old one is valid besides it for a while. */
	Outcome<Endpoint> rotate(Caller caller, Act act, String id) {
		return change(caller, act, id,
				(endpoint) -> endpoint.rotated(newSecret(), act.at().plus(this.properties.rotation())));
	}

	/** To be shown to whom it is given; none when it can not be read. */
	Optional<String> latestSecret(Endpoint endpoint) {
		return endpoint.secrets().stream().findFirst().map(Secret::value).flatMap(this.keys::open);
	}

	Outcome<Endpoint> enable(Caller caller, Act act, String id) {
		return change(caller, act, id, Endpoint::enabled);
	}

	Outcome<Endpoint> disable(Caller caller, Act act, String id) {
		return change(caller, act, id, (endpoint) -> endpoint.disabled("Avstängd av administratören."));
	}

	Outcome<Endpoint> remove(Caller caller, Act act, String id) {
		return change(caller, act, id, Endpoint::removed);
	}

	private Outcome<Endpoint> change(Caller caller, Act act, String id, UnaryOperator<Endpoint> change) {
		if (find(caller, id).isEmpty()) {
			return Outcome.refuse(Refusal.notFound());
		}
		return this.endpoints.execute(id, act, (before) -> {
			if (before == null || before.status() == Endpoint.Status.REMOVED) {
				return Decision.refuse(Refusal.notFound());
			}
			Endpoint after = change.apply(before);
			return after.equals(before) ? Decision.of() : Decision.of(after.keeping(this.keys::seal));
		});
	}

	/** Something to see whether it arrives. */
	Outcome<Delivery> test(Caller caller, Act act, String id) {
		Outcome<Endpoint> counted = change(caller, act, id, Endpoint::tested);
		return counted.then((done) -> {
			// The act's key makes it the same test when it is asked for again.
			String test = act.newId("test");
			Delivery delivery = new Delivery(id, done.state().agency(), 0, test, TEST, id, act.at(),
					Delivery.Status.WAITING, id, 0, act.at(), List.of());
			return this.deliveries.execute(id + "." + test, act,
					(before) -> (before == null) ? Decision.of(delivery) : Decision.of());
		});
	}

	// Deliveries

	/** The log, newest first. */
	Page<Stored<Delivery>> log(String endpoint, Delivery.@Nullable Status status, Paging paging) {
		Criteria criteria = Criteria.where("state.endpoint").is(endpoint);
		return this.deliveries.latest((status != null) ? criteria.and("state.status").is(status.name()) : criteria,
				paging.cursor(), paging.limit());
	}

	/** How many of an endpoint's deliveries stand so. */
	long count(String endpoint, Delivery.Status status) {
		return this.deliveries
			.count(Criteria.where("state.endpoint").is(endpoint).and("state.status").is(status.name()));
	}

	/** Sends one once more. */
	Outcome<Delivery> redeliver(Caller caller, Act act, String endpoint, String delivery) {
		boolean there = find(caller, endpoint).isPresent() && this.deliveries.find(delivery)
			.filter((stored) -> stored.state().endpoint().equals(endpoint))
			.isPresent();
		return there ? this.deliveries.execute(delivery, act, (before) -> again(before, act.at()))
				: Outcome.refuse(Refusal.notFound());
	}

	private static Decision<Delivery> again(@Nullable Delivery before, Instant now) {
		return (before != null) ? Decision.of(before.again(now)) : Decision.refuse(Refusal.notFound());
	}

	/**
	 * Sends everything that has happened since a time once more, also what happened
	 * before the endpoint was registered.
	 * @return how many that is
	 */
	int redeliverSince(Stored<Endpoint> endpoint, Act act, Instant since) {
		List<FeedEntry> entries = this.feed.since(endpoint.state().agency(), since);
		entries
			.forEach((entry) -> this.deliveries
				.execute(idOf(endpoint.id(), entry), act, (before) -> Decision
					.of((before != null) ? before.again(act.at()) : Delivery.of(endpoint.id(), entry).again(act.at())))
				.orThrow());
		return entries.size();
	}

	// For those who send

	List<Stored<Endpoint>> enabled() {
		return this.endpoints.all(Criteria.where("state.status").is(Endpoint.Status.ENABLED.name()));
	}

	Optional<Endpoint> enabled(String id) {
		return this.endpoints.find(id)
			.map(Stored::state)
			.filter((endpoint) -> endpoint.status() == Endpoint.Status.ENABLED);
	}

	/**
	 * What an endpoint's webhooks are signed with now; nothing when the latest secret can
	 * not be read.
	 */
	List<String> secrets(Endpoint endpoint, Instant now) {
		return latestSecret(endpoint).isEmpty() ? List.of()
				: endpoint.valid(now).stream().flatMap((one) -> this.keys.open(one).stream()).toList();
	}

	/** Makes deliveries of what has come to the feed. */
	void take(String id, int atMost) {
		enabled(id).ifPresent((endpoint) -> {
			List<FeedEntry> entries = this.feed.after(endpoint.agency(), endpoint.taken(), atMost);
			entries
				.forEach((entry) -> this.deliveries
					.execute(idOf(id, entry), system(endpoint.agency()),
							(before) -> (before == null) ? Decision.of(Delivery.of(id, entry)) : Decision.of())
					.orThrow());
			if (!entries.isEmpty()) {
				changed(id, (before) -> before.takenTo(entries.getLast().position()));
			}
		});
	}

	private static String idOf(String endpoint, FeedEntry entry) {
		return endpoint + "." + entry.position();
	}

	/** What is to be sent now, the longest due first. */
	List<Stored<Delivery>> due(String endpoint, Instant now, int atMost) {
		return this.deliveries.inOrder(Criteria.where("state.waiting").is(endpoint), "state.next", atMost)
			.stream()
			.filter((stored) -> stored.state().isDue(now))
			.toList();
	}

	/**
	 * Takes a delivery for one attempt.
	 * @return none when somebody else has
	 */
	Optional<Delivery> taken(String id, Instant now, Duration lease) {
		boolean[] taken = new boolean[1];
		Outcome<Delivery> outcome = this.deliveries.execute(id, system(null), (before) -> {
			taken[0] = before != null && before.isDue(now);
			return taken[0] && before != null ? Decision.of(before.tried(now.plus(lease))) : Decision.of();
		});
		return taken[0] ? Optional.of(outcome.orThrow().state()) : Optional.empty();
	}

	void attempted(String id, Delivery.Attempt attempt, Delivery.Status status, Instant next) {
		this.deliveries
			.execute(id, system(null),
					(before) -> (before != null) ? Decision.of(before.after(attempt, status, next)) : Decision.of())
			.orThrow();
	}

	/** The receiver has said that it is there no longer. */
	void gone(String id) {
		changed(id, (before) -> before.disabled("Mottagaren svarade 410: den finns inte längre."));
	}

	private void changed(String id, UnaryOperator<Endpoint> change) {
		this.endpoints.execute(id, system(null), (before) -> {
			if (before == null || before.status() == Endpoint.Status.REMOVED) {
				return Decision.refuse(Refusal.notFound());
			}
			Endpoint after = change.apply(before);
			return after.equals(before) ? Decision.of() : Decision.of(after.keeping(this.keys::seal));
		});
	}

	private Act system(@Nullable OrganisationId agency) {
		return new Act((agency != null) ? agency : new OrganisationId("SKR"), "SYSTEM", "system", this.clock.instant(),
				null, "", null);
	}

	/** Forgets what was sent long ago; the feed still has it. */
	void forgetTheOld() {
		this.store.remove(new Query(Criteria.where("created")
			.lt(Date.from(this.clock.instant().minus(KEPT)))
			.and("state.status")
			.ne(Delivery.Status.WAITING.name())), DELIVERIES);
	}

	/** How many deliveries wait to be sent, those of disabled endpoints included. */
	long waiting() {
		return this.deliveries.count(Criteria.where("state.status").is(Delivery.Status.WAITING.name()));
	}

	/** Seconds since what the oldest of them tells happened; 0 when none waits. */
	long oldest() {
		return this.deliveries.inOrder(Criteria.where("state.status").is(Delivery.Status.WAITING.name()), "state.at", 1)
			.stream()
			.map((stored) -> Duration.between(stored.state().at(), this.clock.instant()).toSeconds())
			.findFirst()
			.orElse(0L);
	}

	/** What a test says. */
	static String testEvent(Delivery test) {
		return String.format(
				"{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/lokala-behov/national-handoff\",\"type\":\"%s\",\"subject\":\"%s\",\"time\":\"%s\",\"datacontenttype\":\"application/json\",\"data\":{}}",
				test.event(), TEST, test.endpoint(), test.at());
	}

	/** UTF-8. */
	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
