package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.AreaEvent.CycleFinished;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Projection;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.web.Paging;

/**
 * The trace of the seven moments: one projection per topic, joined when it is read. From
 * any id one walks both ways, and never down again into what others asked: those are
 * counted from what the regional and national needs say themselves.
 */
final class Traces implements AutoCloseable {

	private static final String LINKS = "state.links";

	private static final String DUE = "state.due";

	private static final List<Topic<?>> TOPICS = Topics.all()
		.stream()
		.filter((topic) -> !topic.equals(Topics.DIRECTORY))
		.toList();

	private final Map<String, Views<Node>> views = new HashMap<>();

	/** Two for each cycle. */
	private final Held<Long> counts = new Held<>();

	/**
	 * Builds the trace from now on.
	 * @param happened hears of every event after the first build, with what it happened
	 * to; at least once
	 */
	Traces(Eventing eventing, BiConsumer<Envelope<?>, Node> happened) {
		TOPICS.forEach((topic) -> this.views.put(topic.name(), project(eventing, topic, happened)));
	}

	private static <E> Views<Node> project(Eventing eventing, Topic<E> topic, BiConsumer<Envelope<?>, Node> happened) {
		String name = "trace-" + topic.shortName();
		Projection<E, Node> projection = topic.equals(Topics.AREA)
				// A cycle is due when agencies should have answered, too.
				? Projection.of(name + "-2", topic, Node.class, Node::after).replacing(name)
				: Projection.of(name, topic, Node.class, Node::after);
		return eventing.project(projection.reacting((event, after) -> happened.accept(event, after)), LINKS,
				"state.cycle", "state.municipalities,state.cycle", "state.rss", DUE);
	}

	@Override
	public void close() {
		this.counts.close();
	}

	private Views<Node> of(Topic<?> topic) {
		return Objects.requireNonNull(this.views.get(topic.name()), "no projection");
	}

	/**
	 * What stands around an id.
	 *
	 * @param seed what the id is
	 * @param around what is linked to it, itself included
	 */
	record Found(Node seed, Gathered around) {
	}

	/** Walks from an id, whatever it is; none when nothing has that id. */
	Optional<Found> around(String id) {
		// A hand-off and a feedback have the id of their national need, which comes
		// first.
		return TOPICS.stream()
			.flatMap((topic) -> of(topic).find(id).stream())
			.map(Stored::state)
			.findFirst()
			.map((seed) -> new Found(seed, gather(seed)));
	}

	/** What a topic tells of a key, with the sequence that it has reached. */
	Optional<Stored<Node>> find(Topic<?> topic, String key) {
		return of(topic).find(key);
	}

	/** What of which something still waits for somebody until one of these days. */
	List<Node> due(Collection<LocalDate> days) {
		List<String> written = days.stream().map(LocalDate::toString).toList();
		return TOPICS.stream()
			.flatMap((topic) -> states(of(topic).all(Criteria.where(DUE).in(written))).stream())
			.toList();
	}

	/** What things of one kind are called, by their ids. */
	Map<String, String> titles(Kind kind, Collection<String> ids) {
		Map<String, String> titles = new HashMap<>();
		find(topicOf(kind), ids).forEach((node) -> titles.put(node.id(), node.title()));
		return titles;
	}

	/** The topic that tells of a kind. */
	static Topic<?> topicOf(Kind kind) {
		return switch (kind) {
			case CYCLE -> Topics.AREA;
			case COLLECTION -> Topics.COLLECTION;
			case QUESTION_NOTE -> Topics.QUESTION_NOTES;
			case NEED, REGIONAL_NEED -> Topics.NEED;
			case NATIONAL_NEED -> Topics.COMPILATION;
			case ROUND -> Topics.RANKING;
			case HAND_OFF -> Topics.HAND_OFF;
			case FEEDBACK, FOLLOW_UP -> Topics.FEEDBACK;
			case RECORD -> Topics.CATALOGUE;
		};
	}

	/** What stands around a node that is already there. */
	Gathered around(Node node) {
		return gather(node);
	}

	/** The national and regional needs that a round ranks, those that have arrived. */
	List<Node> itemsOf(Node round) {
		List<String> items = round.items().stream().map(RankingEvent.Item::id).toList();
		List<Node> found = new ArrayList<>(find(Topics.COMPILATION, items));
		found.addAll(find(Topics.NEED, items));
		return found;
	}

	private Gathered gather(Node seed) {
		Set<String> itself = Set.of(seed.id());
		return switch (seed.kind()) {
			case NEED -> aroundNeeds(List.of(seed))
				.add(linked(Topics.NEED, itself).stream().filter((later) -> later.kind() == Kind.NEED).toList());
			case REGIONAL_NEED -> around(needsOf(seed), itself, ids(linked(Topics.COMPILATION, itself)));
			case NATIONAL_NEED, HAND_OFF, FEEDBACK -> aroundNationals(itself);
			case FOLLOW_UP -> aroundFollowUp(seed);
			case QUESTION_NOTE -> aroundNeeds(find(Topics.NEED, seed.links())).add(List.of(seed));
			case RECORD -> aroundRecord(seed);
			case ROUND -> withNeeds(seed.links()).add(List.of(seed)).add(cycleOf(seed));
			case COLLECTION -> aroundCollection(seed);
			case CYCLE -> new Gathered().add(List.of(seed))
				.add(ofCycle(Topics.COLLECTION, seed.id()))
				.add(ofCycle(Topics.RANKING, seed.id()))
				.add(ofCycle(Topics.COMPILATION, seed.id()))
				.add(ofCycle(Topics.HAND_OFF, seed.id()))
				.add(ofCycle(Topics.FEEDBACK, seed.id()));
		};
	}

	/**
	 * Upwards from needs of the same kind: into what they have become part of, not down
	 * into what else that is made of.
	 */
	Gathered aroundNeeds(Collection<Node> needs) {
		Set<String> ids = ids(needs);
		Set<String> regionals = new LinkedHashSet<>();
		needs.forEach((need) -> regionals.addAll(need.links()));
		regionals.removeAll(ids);
		return around(ids, regionals, ids(linked(Topics.COMPILATION, ids)));
	}

	private Gathered aroundNationals(Set<String> nationals) {
		List<Source> sources = find(Topics.COMPILATION, nationals).stream()
			.flatMap((national) -> national.sources().stream())
			.toList();
		Set<String> regionals = new LinkedHashSet<>();
		Set<String> needs = new LinkedHashSet<>();
		sources.forEach((source) -> {
			regionals.add(source.regionalNeed().value());
			source.members().forEach((member) -> needs.add(member.need().value()));
		});
		return around(needs, regionals, nationals);
	}

	private Gathered aroundFollowUp(Node followUp) {
		Set<String> nationals = new LinkedHashSet<>();
		Set<String> regionals = new LinkedHashSet<>();
		find(Topics.COMPILATION, followUp.links()).forEach((national) -> {
			nationals.add(national.id());
			national.sources()
				.stream()
				.filter((source) -> source.members()
					.stream()
					.anyMatch((member) -> followUp.links().contains(member.need().value())))
				.forEach((source) -> regionals.add(source.regionalNeed().value()));
		});
		Set<String> needs = new LinkedHashSet<>(followUp.links());
		needs.removeAll(nationals);
		return around(needs, regionals, nationals);
	}

	private Gathered aroundRecord(Node seed) {
		Set<String> nationals = new LinkedHashSet<>(seed.links());
		linked(Topics.FEEDBACK, Set.of(seed.id())).forEach((feedback) -> nationals.add(feedback.id()));
		return aroundNationals(nationals).add(List.of(seed));
	}

	private Gathered aroundCollection(Node seed) {
		Criteria itsNeeds = Criteria.where("state.cycle")
			.is(seed.cycle())
			.and("state.rss")
			.is(seed.rss())
			.and("state.kind")
			.is(Kind.NEED.name());
		Set<String> needs = ids(states(of(Topics.NEED).all(itsNeeds)));
		return around(needs, seed.links(), Set.of()).add(List.of(seed));
	}

	/** The items of a round, with what decides who sees them. */
	private Gathered withNeeds(Set<String> items) {
		return new Gathered().add(find(Topics.NEED, items))
			.add(find(Topics.COMPILATION, items))
			.add(linked(Topics.RANKING, items));
	}

	/**
	 * Everything that belongs to these needs at the three levels, and nothing of others.
	 */
	private Gathered around(Collection<String> needs, Collection<String> regionals, Collection<String> nationals) {
		Gathered around = new Gathered();
		Set<String> asked = new LinkedHashSet<>(needs);
		asked.addAll(regionals);
		around.add(find(Topics.NEED, asked));
		around.add(find(Topics.COMPILATION, nationals));
		around.add(find(Topics.HAND_OFF, nationals));
		List<Node> feedback = find(Topics.FEEDBACK, nationals);
		around.add(feedback);
		Set<String> ranked = new LinkedHashSet<>(regionals);
		ranked.addAll(nationals);
		around.add(linked(Topics.RANKING, ranked));
		around.add(followUps(needs, nationals));
		Set<String> records = new LinkedHashSet<>();
		feedback.forEach((one) -> records.addAll(one.links()));
		around.add(find(Topics.CATALOGUE, records));
		around.add(linked(Topics.CATALOGUE, nationals));
		around.add(linked(Topics.QUESTION_NOTES, needs));
		Set<String> cycles = new LinkedHashSet<>();
		Set<String> collections = new LinkedHashSet<>();
		around.all().toList().forEach((node) -> {
			if (node.cycle() != null) {
				cycles.add(node.cycle());
				collections.add(node.cycle() + "." + node.rss());
			}
		});
		around.add(find(Topics.AREA, cycles));
		around.add(find(Topics.COLLECTION, collections));
		return around;
	}

	private List<Node> followUps(Collection<String> needs, Collection<String> nationals) {
		if (needs.isEmpty() || nationals.isEmpty()) {
			return List.of();
		}
		Criteria following = Criteria.where(LINKS).in(needs).and("state.kind").is(Kind.FOLLOW_UP.name());
		return states(of(Topics.FEEDBACK).all(following)).stream()
			.filter((node) -> nationals.stream().anyMatch(node.links()::contains))
			.toList();
	}

	private static Set<String> needsOf(Node regional) {
		Set<String> needs = new LinkedHashSet<>();
		regional.members().stream().map(Member::need).forEach((need) -> needs.add(need.value()));
		return needs;
	}

	private List<Node> cycleOf(Node node) {
		return (node.cycle() != null) ? find(Topics.AREA, Set.of(node.cycle())) : List.of();
	}

	private List<Node> find(Topic<?> topic, Collection<String> ids) {
		return states(of(topic).findAll(ids));
	}

	/** What points to one of these ids. */
	private List<Node> linked(Topic<?> topic, Collection<String> ids) {
		return ids.isEmpty() ? List.of() : states(of(topic).all(Criteria.where(LINKS).in(ids)));
	}

	private List<Node> ofCycle(Topic<?> topic, String cycle) {
		return states(of(topic).all(Criteria.where("state.cycle").is(cycle)));
	}

	private static List<Node> states(List<Stored<Node>> stored) {
		return stored.stream().map(Stored::state).toList();
	}

	private static Set<String> ids(Collection<Node> nodes) {
		Set<String> ids = new LinkedHashSet<>();
		nodes.forEach((node) -> ids.add(node.id()));
		return ids;
	}

	/**
	 * What may be an organisation's own, in the order of the moments: what it stands
	 * behind, what belongs to it, what it was given and what it acted on.
	 */
	List<Node> near(String organisation) {
		return TOPICS.stream()
			.flatMap((topic) -> states(of(topic).all(new Criteria().orOperator(
					Criteria.where("state.municipalities").is(organisation),
					Criteria.where("state.rss").is(organisation), Criteria.where("state.entries.by").is(organisation),
					Criteria.where("state.entries.event.agency").is(organisation))))
				.stream())
			.toList();
	}

	/** What an organisation has done something to. */
	List<Node> actedOn(String organisation) {
		return TOPICS.stream()
			.flatMap((topic) -> states(of(topic).all(Criteria.where("state.entries.by").is(organisation))).stream())
			.toList();
	}

	/** What has an id, of a kind. */
	Optional<Node> find(Kind kind, String id) {
		return TOPICS.stream()
			.flatMap((topic) -> of(topic).find(id).stream())
			.map(Stored::state)
			.filter((node) -> node.kind() == kind)
			.findFirst();
	}

	/** Every cycle, the latest first. */
	List<Node> cycles() {
		return of(Topics.AREA).every()
			.stream()
			.map(Stored::state)
			.sorted(Comparator.comparing((Node cycle) -> cycle.entries().getFirst().time()).reversed())
			.toList();
	}

	/**
	 * What a municipality has been asked: its region's collections, the latest last.
	 * There are as many as cycles that it has taken part in.
	 */
	List<Node> askedOf(String municipality) {
		return states(of(Topics.COLLECTION).all(Criteria.where("state.municipalities").is(municipality)));
	}

	/** The cycles that are open, and neither finished nor cancelled. */
	List<Node> runningCycles() {
		return cycles().stream()
			.filter((cycle) -> cycle.has(CycleOpened.class) && !cycle.has(CycleFinished.class) && !cycle.isCancelled())
			.toList();
	}

	/**
	 * What there is of a cycle that is not a need: some hundred things, with the
	 * follow-ups of its answers.
	 */
	Gathered above(Node cycle) {
		Gathered above = gather(cycle);
		return above.add(linked(Topics.FEEDBACK, above.ids(Kind.NATIONAL_NEED)));
	}

	/** The rounds of a cycle. */
	List<Node> roundsOf(String cycle) {
		return ofCycle(Topics.RANKING, cycle);
	}

	/** The cycles with these ids. */
	List<Node> cycles(Collection<String> ids) {
		return find(Topics.AREA, ids);
	}

	/** Needs and regional needs with these ids. */
	List<Node> needs(Collection<String> ids) {
		return find(Topics.NEED, ids);
	}

	/** The records of the catalogue with these ids. */
	List<Node> records(Collection<String> ids) {
		return find(Topics.CATALOGUE, ids);
	}

	/** The national needs of a cycle. */
	List<Node> nationals(String cycle) {
		return ofCycle(Topics.COMPILATION, cycle);
	}

	/**
	 * How many needs each agency has confirmed in a cycle and not decided about; the
	 * agencies that have none are left out.
	 */
	Map<String, Integer> undecided(String cycle) {
		Set<String> decided = ofCycle(Topics.FEEDBACK, cycle).stream()
			.flatMap((feedback) -> feedback.events(FeedbackDecided.class)
				.filter((one) -> one.follows() == null)
				.map((one) -> feedback.id() + "|" + one.agency()))
			.collect(Collectors.toSet());
		Map<String, Integer> undecided = new TreeMap<>();
		handOffs(cycle).forEach((handOff) -> handOff.receiver()
			.filter((agency) -> !decided.contains(handOff.id() + "|" + agency))
			.ifPresent((agency) -> undecided.merge(agency, 1, Integer::sum)));
		return undecided;
	}

	/**
	 * How much each agency has not done in a cycle although its last day has passed:
	 * judged, confirmed, decided, delivered what it said.
	 */
	Map<String, Integer> overdue(Node cycle, LocalDate today) {
		Map<String, Integer> overdue = new TreeMap<>();
		Stream.of(nationals(cycle.id()), handOffs(cycle.id()), ofCycle(Topics.FEEDBACK, cycle.id()))
			.flatMap(List::stream)
			.forEach(
					(node) -> Deadline.of(node)
						.stream()
						.filter((deadline) -> deadline.isAgencys() && deadline.due().isBefore(today))
						// Contributors are reminded too, but it is the lead that
						// confirms.
						.flatMap((deadline) -> (node.kind() == Kind.HAND_OFF)
								? node.agency().map(OrganisationId::value).stream()
								: deadline.concern().organisations().stream())
						.forEach((agency) -> overdue.merge(agency, 1, Integer::sum)));
		LocalDate decided = cycle.timetable().get(Step.FEED_BACK);
		if (decided != null && decided.isBefore(today)) {
			undecided(cycle.id()).forEach((agency, needs) -> overdue.merge(agency, needs, Integer::sum));
		}
		return overdue;
	}

	private List<Node> handOffs(String cycle) {
		return ofCycle(Topics.HAND_OFF, cycle);
	}

	/** A region's collection in a cycle. */
	Optional<Node> collection(String id) {
		return of(Topics.COLLECTION).find(id).map(Stored::state);
	}

	/** How many needs a municipality stands behind, in a cycle or in all. */
	long countOf(String municipality, @Nullable String cycle) {
		Criteria its = Criteria.where("state.municipalities").is(municipality).and("state.kind").is(Kind.NEED.name());
		return of(Topics.NEED).count((cycle != null) ? its.and("state.cycle").is(cycle) : its);
	}

	/**
	 * How many needs of a kind a cycle has, some seconds ago: counting thousands costs
	 * the store more than all the rest of a page.
	 */
	long count(Kind kind, String cycle) {
		return this.counts.get(kind + cycle,
				() -> of(Topics.NEED).count(Criteria.where("state.cycle").is(cycle).and("state.kind").is(kind.name())));
	}

	/**
	 * A page of municipalities' needs, oldest first.
	 * @param scope whose
	 * @param cycle in which cycle, all when none
	 * @param paging which page
	 * @throws Page.WrongCursor when the cursor is not one of ours
	 */
	Page<Node> needs(Access.Scope scope, @Nullable String cycle, Paging paging) {
		return of(Topics.NEED).page(needsOf(scope, cycle), paging.cursor(), paging.limit()).map(Stored::state);
	}

	/** The same, newest first. */
	Page<Node> latestNeeds(Access.Scope scope, @Nullable String cycle, Paging paging) {
		return of(Topics.NEED).latest(needsOf(scope, cycle), paging.cursor(), paging.limit()).map(Stored::state);
	}

	private static Criteria needsOf(Access.Scope scope, @Nullable String cycle) {
		List<Criteria> all = new ArrayList<>(List.of(Criteria.where("state.kind").is(Kind.NEED.name())));
		if (scope.municipality() != null) {
			all.add(Criteria.where("state.municipalities").is(scope.municipality()));
		}
		if (cycle != null) {
			all.add(Criteria.where("state.cycle").is(cycle));
		}
		if (scope.rss() != null) {
			all.add(Criteria.where("state.rss").is(scope.rss()));
		}
		if (scope.ofSkr()) {
			all.add(new Criteria().orOperator(Criteria.where("state.rss").is(Access.SKR.value()),
					Criteria.where("state.delivered").is(true), Criteria.where("state.waiting").is(true)));
		}
		return new Criteria().andOperator(all);
	}

}
