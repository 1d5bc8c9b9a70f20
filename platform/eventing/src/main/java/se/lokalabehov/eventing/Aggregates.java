package se.lokalabehov.eventing;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import se.lokalabehov.contracts.FreeText;
import se.lokalabehov.contracts.Redaction;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.WireName;

/**
 * The aggregates of one type. {@link #execute} is the only way to change one: state, new
 * events and the memory of the act go into one write of one document, and when that is
 * acknowledged the relay publishes.
 *
 * @param <S> the state
 * @param <E> the events
 */
public final class Aggregates<S, E> extends Documents<S> {

	/** How long an idempotency key is remembered. */
	static final long KEEP_ACTS_MILLIS = 7 * 24 * 3600 * 1000L;

	private static final int ATTEMPTS = 100;

	private final AggregateType<S, E> type;

	private final Relay relay;

	private final Repair repair;

	private final Meters meters;

	private final Audit audit;

	private final Trace trace;

	private final GroupedInserts inserts;

	private final ReentrantLock[] locks = Stream.generate(ReentrantLock::new).limit(256).toArray(ReentrantLock[]::new);

	Aggregates(MongoTemplate mongo, Codec codec, AggregateType<S, E> type, Relay relay, Repair repair, Meters meters,
			Audit audit, Trace trace) {
		super(mongo, codec, type::collection, type.state());
		this.audit = audit;
		audit.register(type.collection());
		this.type = type;
		this.relay = relay;
		this.repair = repair;
		this.meters = meters;
		this.trace = trace;
		this.inserts = new GroupedInserts(mongo, type.collection());
	}

	/**
	 * Does what an act asks for, once.
	 * @param id of the aggregate, which need not exist
	 * @param act who, when, and the key by which a repetition is known
	 * @param decide from the state (null when there is none) to events or a refusal;
	 * pure, as it is asked again when someone else was faster
	 * @return done and durable, or refused and unchanged
	 */
	public Outcome<S> execute(String id, Act act, Function<@Nullable S, Decision<E>> decide) {
		Outcome<S> outcome = attempts(id, act, decide);
		this.meters.command(this.type.collection(), outcome);
		return outcome;
	}

	private Outcome<S> attempts(String id, Act act, Function<@Nullable S, Decision<E>> decide) {
		// One writer at a time per aggregate in this process: the relay then gets the
		// events in
		// sequence, and colliding writers do not have to decide again.
		ReentrantLock lock = this.locks[Math.floorMod(id.hashCode(), this.locks.length)];
		lock.lock();
		try {
			for (int i = 0; i < ATTEMPTS; i++) {
				// What an act creates is hardly ever there already: it is written without
				// having been looked for, and read only when that fails.
				boolean asNew = i == 0 && act.expectedVersion() == null && act.creates(id);
				Outcome<S> outcome = attempt(id, act, decide, asNew);
				if (outcome != null) {
					return outcome;
				}
			}
		}
		finally {
			lock.unlock();
		}
		return Outcome.refuse(Refusal.conflict("upptaget", "Många ändrar samtidigt. Försök igen om en stund."));
	}

	/**
	 * One attempt; null when another process was faster.
	 * @param asNew whether it is taken for granted that there is none: null as well when
	 * nothing new comes of that
	 */
	private @Nullable Outcome<S> attempt(String id, Act act, Function<@Nullable S, Decision<E>> decide, boolean asNew) {
		if (this.type.topic() != null && this.relay.isBehind(this.type.topic(), id)) {
			return Outcome.refuse(new Refusal(Refusal.Kind.BEHIND, "lagret-ligger-efter",
					"Uppgiften återställs just nu från en säkerhetskopia och kan inte ändras. Försök igen senare.",
					List.of()));
		}
		Head<S> head = asNew ? null : head(id);
		Outcome<S> before = (head != null) ? done(head, act) : null;
		if (before != null) {
			return before;
		}
		if (act.expectedVersion() != null && (head == null || head.version() != act.expectedVersion())) {
			return Outcome.refuse(new Refusal(Refusal.Kind.STALE, "andrad-under-tiden",
					"Någon annan har ändrat detta sedan du hämtade det. Hämta det på nytt och gör om din ändring.",
					List.of()));
		}
		S state = (head != null) ? head.state() : null;
		return switch (decide.apply(state)) {
			case Decision.Refused<E> refused when asNew -> null;
			case Decision.Accepted<E> accepted when accepted.events().isEmpty() && asNew -> null;
			case Decision.Refused<E> refused -> Outcome.refuse(refused.refusal());
			case Decision.Accepted<E> accepted when accepted.events().isEmpty() && head != null ->
				new Outcome.Done<>(id, head.version(), head.state(), true);
			case Decision.Accepted<E> accepted when accepted.events().isEmpty() ->
				throw new IllegalStateException("nothing happened to nothing: " + this.type.collection());
			case Decision.Accepted<E> accepted -> write(id, act, head, accepted.events());
		};
	}

	private @Nullable Outcome<S> done(Head<S> head, Act act) {
		for (Document earlier : head.acts()) {
			if (act.key() != null && act.key().equals(earlier.getString("key"))) {
				if (earlier.getString("fingerprint").equals(act.fingerprint())) {
					return new Outcome.Done<>(head.id(), Documents.number(earlier, "version"), head.state(), true);
				}
				return Outcome.refuse(new Refusal(Refusal.Kind.KEY_REUSED, "nyckeln-redan-anvand",
						"Idempotency-Key har redan använts för något annat. Använd en ny nyckel för varje ny begäran.",
						List.of()));
			}
		}
		return null;
	}

	private @Nullable Outcome<S> write(String id, Act act, @Nullable Head<S> head, List<E> events) {
		S state = (head != null) ? head.state() : null;
		long sequence = (head != null) ? head.sequence() : 0;
		long version = ((head != null) ? head.version() : 0) + 1;
		List<StoredEvent> stored = new ArrayList<>();
		boolean redacts = false;
		for (E event : events) {
			state = this.type.evolve().apply(state, event);
			redacts |= event instanceof Redaction;
			if (this.type.topic() != null) {
				sequence++;
				stored.add(new StoredEvent(sequence, Codec.wireName(event.getClass()), act.at(), act.by().value(),
						act.role(), this.trace.current(), this.codec.data(event)));
			}
		}
		if (state == null) {
			throw new IllegalStateException("no state after events: " + this.type.collection());
		}
		Document memory = this.audit.memory(act, events.stream().map(Aggregates::name).toList());
		List<Document> acts = acts(act, head, version, memory);
		this.relay.forget(this.type, id, stored);
		boolean written = (head == null) ? insert(id, act, version, sequence, state, stored, acts)
				: update(head, version, sequence, state, stored, acts, redacts);
		if (!written) {
			return null;
		}
		this.audit.done(this.type.collection(), id, version, act, memory);
		if (this.type.topic() != null) {
			this.relay.offer(this.type, id, (head != null) ? head.published() : 0, stored);
			if (redacts) {
				this.repair.purgeLater();
			}
		}
		return new Outcome.Done<>(id, version, state, false);
	}

	/**
	 * What an event that is told, or one that is only kept, is called in the audit log.
	 */
	private static String name(Object event) {
		WireName wire = event.getClass().getAnnotation(WireName.class);
		return (wire != null) ? wire.value() : event.getClass().getSimpleName();
	}

	private static List<Document> acts(Act act, @Nullable Head<?> head, long version, Document memory) {
		List<Document> acts = new ArrayList<>();
		if (head != null) {
			long oldest = act.at().toEpochMilli() - KEEP_ACTS_MILLIS;
			head.acts().stream().filter((earlier) -> earlier.getDate("at").getTime() >= oldest).forEach(acts::add);
		}
		if (act.key() != null || !memory.isEmpty()) {
			Document one = new Document("version", version).append("at", Date.from(act.at()));
			if (act.key() != null) {
				one.append("key", act.key()).append("fingerprint", act.fingerprint());
			}
			one.putAll(memory);
			acts.add(one);
		}
		return acts;
	}

	private boolean insert(String id, Act act, long version, long sequence, S state, List<StoredEvent> events,
			List<Document> acts) {
		Document document = new Document("_id", id).append("version", version)
			.append("sequence", sequence)
			.append("created", Date.from(act.at()))
			.append("state", this.codec.state(state, this.type.state()))
			.append("acts", acts);
		if (!events.isEmpty()) {
			document.append("events", events.stream().map(StoredEvent::document).toList())
				.append("published", 0L)
				.append("unpublished", true);
		}
		return this.inserts.insert(document);
	}

	private boolean update(Head<S> head, long version, long sequence, S state, List<StoredEvent> events,
			List<Document> acts, boolean redacts) {
		// By field, never the whole document: what others keep in it (published, for one)
		// stays.
		Update update = new Update().set("version", version)
			.set("state", this.codec.state(state, this.type.state()))
			.set("acts", acts);
		if (!events.isEmpty()) {
			update.set("sequence", sequence).set("unpublished", true);
			if (redacts) {
				List<StoredEvent> story = new ArrayList<>(redacted(head.id()));
				story.addAll(events);
				// The mark stays until the topic too is without the words.
				update.set("events", story.stream().map(StoredEvent::document).toList()).set("purge", version);
			}
			else {
				update.push("events").each(events.stream().map(StoredEvent::document).toArray());
			}
		}
		Query query = new Query(Criteria.where("_id").is(head.id()).and("version").is(head.version()));
		return this.mongo.updateFirst(query, update, this.type.collection()).getModifiedCount() == 1;
	}

	private List<StoredEvent> redacted(String id) {
		return raw(id).stream().map((event) -> {
			E read = read(event);
			return (read instanceof FreeText<?> text) ? event.withData(this.codec.data(text.redacted())) : event;
		}).toList();
	}

	/** The whole story of an aggregate, in sequence; empty when there is none. */
	public List<Envelope<E>> story(String id) {
		Topic<? super E> topic = this.type.topic();
		return (topic == null) ? List.of()
				: raw(id).stream().map((event) -> event.<E>envelope(topic, id, read(event))).toList();
	}

	/**
	 * The same story as it is sent: the data as JSON text, to the letter. For those who
	 * are told over HTTP what others read in the topic.
	 */
	public List<Envelope<String>> sent(String id) {
		Topic<? super E> topic = this.type.topic();
		return (topic == null) ? List.of()
				: raw(id).stream().map((event) -> event.envelope(topic, id, event.data())).toList();
	}

	private E read(StoredEvent event) {
		return this.type.events()
			.cast(this.codec.event(Objects.requireNonNull(this.type.topic()), event.type(), event.data()));
	}

	private List<StoredEvent> raw(String id) {
		return Relay.events(this.mongo, this.type.collection(), id, 0);
	}

	private @Nullable Head<S> head(String id) {
		Query query = new Query(Criteria.where("_id").is(id));
		// Neither its story nor what others keep beside its state.
		query.fields().include("version", "sequence", "created", "state", "published", "acts");
		return Optional.ofNullable(this.mongo.findOne(query, Document.class, this.type.collection()))
			.map((found) -> new Head<>(id, number(found, "version"), number(found, "sequence"),
					number(found, "published"), found.getList("acts", Document.class, List.of()),
					stored(found).state()))
			.orElse(null);
	}

	private record Head<S>(String id, long version, long sequence, long published, List<Document> acts, S state) {
	}

}
