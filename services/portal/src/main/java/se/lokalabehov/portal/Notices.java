package se.lokalabehov.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.scheduling.annotation.Scheduled;

import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;
import se.lokalabehov.web.Paging;

/**
 * What people are told. The trace's projections notice that something has happened
 * ({@link #happened}, at least once and never in a rebuild); a moment later everybody
 * whom it concerns, who may see it and who had logged in before gets a {@link Notice}
 * whose id follows from the event and the person, so that each is told once. Reminders
 * follow from the trace and the clock alone, by the same rule.
 */
class Notices {

	static final String COLLECTION = "notices";

	/** So long somebody can look up what they were told. */
	static final Duration KEPT = Duration.ofDays(365);

	private static final String HAPPENINGS = "happenings";

	/** A week before, and once more on the last two days. */
	private static final List<Integer> REMINDED = List.of(1, 7);

	private static final int AT_A_TIME = 500;

	/** So many days back what is overdue is looked for. */
	private static final int ESCALATED = 14;

	private final Aggregates<Notice, Notice> notices;

	private final MongoTemplate store;

	private final Traces traces;

	private final People people;

	private final Clock clock;

	Notices(Eventing eventing, Traces traces, People people, Clock clock) {
		this.notices = eventing.aggregates(AggregateType.kept(COLLECTION, Notice.class));
		eventing.index(COLLECTION, List.of("state.person", "state.unreadBy", "state.mail"));
		this.store = eventing.store();
		this.traces = traces;
		this.people = people;
		this.clock = clock;
	}

	// What has happened

	/** Something has happened: remembered until everybody concerned has been told. */
	void happened(Envelope<?> event, Node after) {
		List<Concern> concerns = Concern.of(after, after.latest());
		boolean anybody = this.people.listening()
			.values()
			.stream()
			.filter((person) -> !event.time().isBefore(person.since()))
			.anyMatch((person) -> concerns.stream()
				.anyMatch((concern) -> concern.of(person.organisation(), person.roles()).isPresent()));
		if (anybody) {
			this.store.save(new Document("_id", event.id()).append("topic", event.topic().name())
				.append("key", event.key())
				.append("sequence", event.sequence()), HAPPENINGS);
		}
	}

	/** Tells what has happened since. */
	@Scheduled(fixedDelayString = "PT2S")
	synchronized void tell() {
		this.people.refresh();
		this.store.find(new Query().limit(AT_A_TIME), Document.class, HAPPENINGS).forEach((happening) -> {
			long sequence = happening.get("sequence", 0L);
			Stored<Node> stored = this.traces.find(topic(happening.getString("topic")), happening.getString("key"))
				.filter((found) -> found.sequence() >= sequence)
				.orElse(null);
			// The reaction runs before the view is written.
			if (stored != null && tell(stored.state(), sequence)) {
				this.store.remove(new Query(Criteria.where("_id").is(happening.getString("_id"))), HAPPENINGS);
			}
		});
	}

	private static Topic<?> topic(String name) {
		return Topics.all().stream().filter((topic) -> topic.name().equals(name)).findFirst().orElseThrow();
	}

	/** False when what decides whom it concerns has not arrived yet. */
	private boolean tell(Node node, long sequence) {
		Optional<Entry> found = node.entries().stream().filter((entry) -> entry.sequence() == sequence).findFirst();
		if (found.isEmpty()) {
			return true;
		}
		Entry entry = found.get();
		Set<String> behind = Set.of();
		if (entry.event() instanceof RoundClosed) {
			List<Node> items = this.traces.itemsOf(node);
			if (items.size() < node.items().size()) {
				return false;
			}
			behind = municipalities(items);
		}
		List<Concern> concerns = named(Concern.of(node, entry), behind);
		String event = WireNames.of(entry.event().getClass()).replaceFirst("\\.v\\d+$", "");
		tell(node, entry.event(), concerns, (person) -> !entry.time().isBefore(person.since()), event, entry.time(),
				null, node.kind() + "|" + node.id() + "|" + sequence);
		return true;
	}

	private static Set<String> municipalities(Collection<Node> items) {
		Set<String> municipalities = new LinkedHashSet<>();
		items.forEach((item) -> municipalities.addAll(item.municipalities()));
		return municipalities;
	}

	private static List<Concern> named(List<Concern> concerns, Set<String> behind) {
		return concerns.stream()
			.map((one) -> (one.reach() == Concern.Reach.BEHIND_ITEMS) ? one.at(behind) : one)
			.toList();
	}

	/** Tells everybody concerned who may see it. */
	private void tell(Node node, @Nullable Object event, List<Concern> concerns, Predicate<Person> whom, String name,
			Instant at, @Nullable LocalDate due, String cause) {
		Map<Set<Object>, Boolean> seen = new HashMap<>();
		Gathered[] around = new Gathered[1];
		this.people.listening().forEach((id, person) -> {
			if (!whom.test(person)) {
				return;
			}
			for (Concern concern : concerns) {
				Role role = concern.of(person.organisation(), person.roles()).orElse(null);
				if (role == null) {
					continue;
				}
				if (around[0] == null) {
					around[0] = this.traces.around(node);
				}
				Gathered gathered = around[0];
				// Colleagues with the same roles see the same.
				if (seen.computeIfAbsent(Set.of(person.organisation(), person.roles()),
						(ignored) -> sees(person.as(id), node, gathered, event))) {
					put(id, person, role, concern, node, name, at, due, cause);
				}
				return;
			}
		});
	}

	private static boolean sees(Caller caller, Node node, Gathered around, @Nullable Object event) {
		Sight sight = Access.sight(caller, node, around);
		return sight != Sight.NONE && (event == null || Access.tells(sight, caller, event));
	}

	private void put(String id, Person person, Role role, Concern concern, Node node, String name, Instant at,
			@Nullable LocalDate due, String cause) {
		Person.Frequency frequency = person.frequency(concern.sort());
		boolean mailed = person.email() != null && frequency != Person.Frequency.NEVER;
		boolean ofCollection = node.kind() == Kind.COLLECTION;
		Kind kind = switch (node.kind()) {
			case COLLECTION -> Kind.CYCLE;
			case HAND_OFF, FEEDBACK -> Kind.NATIONAL_NEED;
			default -> node.kind();
		};
		Notice notice = new Notice(id, person.organisation().value(), role, concern.sort(), name, kind,
				ofCollection ? String.valueOf(node.cycle()) : node.id(), concern.href(), at, due, id,
				mailed ? frequency : null);
		change("avis-" + Act.sha256(id + "|" + cause).substring(0, 24), person.organisation(),
				(before) -> (before == null) ? notice : before);
	}

	private void change(String id, OrganisationId organisation, Function<@Nullable Notice, Notice> change) {
		Act act = new Act(organisation, "SYSTEM", "system", this.clock.instant(), null, "", null);
		this.notices.execute(id, act, (before) -> {
			Notice after = change.apply(before);
			return after.equals(before) ? Decision.of() : Decision.of(after);
		}).orThrow();
	}

	// What comes near

	/** Reminds of last days that come near. */
	@Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT30S")
	synchronized void remind() {
		this.people.refresh();
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), Memberships.SWEDEN);
		List<LocalDate> days = Stream.iterate(today, (day) -> day.plusDays(1)).limit(8).toList();
		this.traces.due(days)
			.forEach((node) -> Deadline.of(node)
				.stream()
				.filter((deadline) -> days.contains(deadline.due()))
				.forEach((deadline) -> remind(node, deadline, today)));
		escalate(today);
	}

	/**
	 * What an agency has not done in time is told to SKR, once; looked for some days
	 * back, so that a portal that was away tells it too.
	 */
	private void escalate(LocalDate today) {
		List<LocalDate> passed = Stream.iterate(today.minusDays(1), (day) -> day.minusDays(1))
			.limit(ESCALATED)
			.toList();
		this.traces.due(passed)
			.forEach((node) -> Deadline.of(node)
				.stream()
				.filter((deadline) -> deadline.isAgencys() && passed.contains(deadline.due()))
				.filter((deadline) -> !stillOpen(node, deadline).isEmpty())
				.forEach((deadline) -> tell(node, null, List.of(Concern.escalated(node)), (person) -> true,
						"overdue-" + deadline.what(), this.clock.instant(), deadline.due(),
						node.kind() + "|" + node.id() + "|" + deadline.what() + "|" + deadline.due() + "|overdue")));
	}

	private void remind(Node node, Deadline deadline, LocalDate today) {
		int left = (int) (deadline.due().toEpochDay() - today.toEpochDay());
		int tier = REMINDED.stream().filter((days) -> left <= days).findFirst().orElseThrow();
		Concern concern = deadline.concern().at(stillOpen(node, deadline));
		tell(node, null, List.of(concern), (person) -> true, deadline.what(), this.clock.instant(), deadline.due(),
				node.kind() + "|" + node.id() + "|" + deadline.what() + "|" + deadline.due() + "|" + tier);
	}

	/** Whether they have done it may stand elsewhere in the trace. */
	private List<String> stillOpen(Node node, Deadline deadline) {
		String cycle = (node.kind() == Kind.CYCLE) ? node.id() : String.valueOf(node.cycle());
		if (deadline.what().equals(Deadline.DECIDE)) {
			return List.copyOf(this.traces.undecided(cycle).keySet());
		}
		return deadline.concern().organisations().stream().filter((organisation) -> switch (node.kind()) {
			case COLLECTION -> this.traces.countOf(organisation, cycle) == 0;
			case CYCLE -> this.traces.collection(cycle + "." + organisation)
				.filter((collection) -> collection.has(RegionalListDelivered.class))
				.isEmpty();
			default -> true;
		}).toList();
	}

	// Reading

	/**
	 * What was told, with what it is about.
	 *
	 * @param id of the notice
	 * @param notice the notice
	 * @param title of what it is about
	 */
	record Shown(String id, Notice notice, String title) {
	}

	/**
	 * What somebody was told, newest first.
	 * @param person to whom
	 * @param sort only of this sort
	 * @param unread only what they have not read
	 * @throws se.lokalabehov.eventing.Page.WrongCursor when the cursor is not one of ours
	 */
	se.lokalabehov.eventing.Page<Shown> of(String person, Notice.@Nullable Sort sort, boolean unread, Paging paging) {
		var page = this.notices.latest(criteria(person, sort, unread), paging.cursor(), paging.limit());
		Map<Kind, Set<String>> about = new LinkedHashMap<>();
		page.items()
			.forEach((one) -> about.computeIfAbsent(one.state().kind(), (ignored) -> new LinkedHashSet<>())
				.add(one.state().about()));
		Map<Kind, Map<String, String>> titles = new HashMap<>();
		about.forEach((kind, ids) -> titles.put(kind, this.traces.titles(kind, ids)));
		return page.map((one) -> new Shown(one.id(), one.state(),
				Objects.requireNonNullElse(titles.get(one.state().kind()), Map.<String, String>of())
					.getOrDefault(one.state().about(), one.state().kind().label())));
	}

	/** How many that is. */
	long count(String person, Notice.@Nullable Sort sort, boolean unread) {
		return this.notices.count(criteria(person, sort, unread));
	}

	private static Criteria criteria(String person, Notice.@Nullable Sort sort, boolean unread) {
		Criteria criteria = Criteria.where(unread ? "state.unreadBy" : "state.person").is(person);
		return (sort != null) ? criteria.and("state.sort").is(sort.name()) : criteria;
	}

	/** One of somebody's own; none when it is not theirs. */
	Optional<Notice> find(String id, String person) {
		return this.notices.find(id).map(Stored::state).filter((notice) -> notice.person().equals(person));
	}

	/** Somebody has read one of their own. */
	void read(String id, String person) {
		find(id, person).ifPresent((notice) -> change(id, new OrganisationId(notice.organisation()),
				(now) -> Objects.requireNonNullElse(now, notice).read()));
	}

	/** Somebody has read everything. */
	void readAll(String person) {
		this.notices.all(criteria(person, null, true)).forEach((one) -> read(one.id(), person));
	}

	// For the mail

	/** What is to be mailed so, oldest first. */
	List<Stored<Notice>> unmailed(Person.Frequency frequency) {
		return this.notices.all(Criteria.where("state.mail").is(frequency.name()));
	}

	/** It stands in a letter, or need not. */
	void mailed(String id) {
		this.notices.find(id)
			.ifPresent((stored) -> change(id, new OrganisationId(stored.state().organisation()),
					(now) -> Objects.requireNonNullElse(now, stored.state()).mailed()));
	}

	/** Forgets what is old. */
	@Scheduled(fixedDelayString = "PT6H")
	void forgetTheOld() {
		this.store.remove(new Query(Criteria.where("created").lt(Date.from(this.clock.instant().minus(KEPT)))),
				COLLECTION);
	}

}
