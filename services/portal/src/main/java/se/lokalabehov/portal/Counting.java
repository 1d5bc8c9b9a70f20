package se.lokalabehov.portal;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.CollectionEvent.NoNeedsAnswered;
import se.lokalabehov.contracts.CollectionEvent.RegionAsked;
import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.FeedbackEvent.AnswerFollowedUp;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.HandOffEvent.NeedNotHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;

/**
 * Counts the needs of a cycle, region by region, and of a municipality. What is above the
 * regions (national needs, rounds, hand-offs, feedback) comes from the trace, as there
 * are some hundred in a cycle; the needs, of which there may be a hundred thousand, from
 * a view that holds their times and nothing else. Held for some seconds.
 */
final class Counting implements AutoCloseable {

	private final Views<NeedTimes> needs;

	private final Traces traces;

	private final Clock clock;

	private final Held<Cycle> cycles = new Held<>();

	private final Held<Map<String, Figures>> municipalities = new Held<>();

	Counting(Eventing eventing, Traces traces, Clock clock) {
		this.needs = eventing.project(NeedTimes.PROJECTION, NeedTimes.COLLECTION, NeedTimes.MUNICIPALITIES);
		this.traces = traces;
		this.clock = clock;
	}

	/**
	 * What is counted of a cycle.
	 *
	 * @param at when it was counted
	 * @param regions the figures of each region, by who asks there
	 * @param above what needs have reached above their regions
	 * @param followUps every follow-up
	 */
	record Cycle(Instant at, Map<String, Figures> regions, Map<String, Map<Stage, Instant>> above,
			List<AnswerFollowedUp> followUps) {
	}

	/** What is counted of a cycle that was opened. */
	Cycle cycle(Node cycle) {
		return this.cycles.get(cycle.id(), () -> count(cycle.id()));
	}

	private Cycle count(String id) {
		Instant now = this.clock.instant();
		Node cycle = this.traces.cycles(List.of(id)).getFirst();
		Gathered around = this.traces.above(cycle);
		Map<String, Map<Stage, Instant>> above = above(around);
		Map<String, Figures> regions = new TreeMap<>();
		Map<String, Integer> behind = new HashMap<>();
		Map<String, Instant> answered = new HashMap<>();
		List<Region> asked = cycle.last(CycleOpened.class).map(CycleOpened::regions).orElse(List.of());
		for (Region region : asked) {
			Figures figures = new Figures();
			String asker = region.asker().value();
			for (Stored<NeedTimes> stored : this.needs.all(Criteria.where(NeedTimes.COLLECTION).is(id + "." + asker))) {
				NeedTimes need = stored.state();
				@Nullable Instant submitted = need.at().get(Stage.SUBMITTED);
				if (submitted != null) {
					figures.need(need.id(), whole(need, above), now);
					need.municipalities().forEach((one) -> {
						behind.merge(one, 1, Integer::sum);
						answered.merge(one, submitted, Counting::earlier);
					});
				}
			}
			regions.put(asker, figures);
		}
		Map<String, String> regionOf = new HashMap<>();
		for (Region region : asked) {
			String asker = region.asker().value();
			region.municipalities().forEach((one) -> regionOf.put(one.value(), asker));
			coverage(region, around.find(Kind.COLLECTION, id + "." + asker), figures(regions, asker), behind, answered,
					now);
		}
		List<AnswerFollowedUp> followUps = around.all(Kind.FOLLOW_UP)
			.stream()
			.flatMap((one) -> one.last(AnswerFollowedUp.class).stream())
			.toList();
		followUps.forEach((said) -> {
			String asker = regionOf.get(said.municipality().value());
			if (asker != null) {
				figures(regions, asker).followUp(said);
			}
		});
		return new Cycle(now, regions, above, followUps);
	}

	private static Figures figures(Map<String, Figures> regions, String asker) {
		return regions.computeIfAbsent(asker, (one) -> new Figures());
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	private static void coverage(Region region, Optional<Node> collection, Figures figures, Map<String, Integer> behind,
			Map<String, Instant> answered, Instant now) {
		Map<String, Instant> none = new HashMap<>();
		collection.stream()
			.flatMap((one) -> one.entries().stream())
			.filter((entry) -> entry.event() instanceof NoNeedsAnswered)
			.forEach((entry) -> none.merge(((NoNeedsAnswered) entry.event()).municipality().value(), entry.time(),
					Counting::earlier));
		Instant asked = collection.flatMap((one) -> first(one, RegionAsked.class)).orElse(null);
		boolean over = collection.filter((one) -> one.has(RegionalListDelivered.class)).isPresent();
		region.municipalities().forEach((municipality) -> {
			String code = municipality.value();
			int needs = behind.getOrDefault(code, 0);
			Figures.State state = (needs > 0) ? Figures.State.NEEDS : none.containsKey(code) ? Figures.State.NO_NEEDS
					: (asked != null) ? Figures.State.NOT_YET : Figures.State.NOT_ASKED;
			@Nullable Instant first = (state == Figures.State.NEEDS) ? answered.get(code) : none.get(code);
			figures.municipality(code, Figures.Heard.of(state, needs, over), asked, first, now);
		});
	}

	private static Map<Stage, Instant> whole(NeedTimes need, Map<String, Map<Stage, Instant>> above) {
		Map<Stage, Instant> whole = new EnumMap<>(Stage.class);
		whole.putAll(need.at());
		above.getOrDefault(need.id(), Map.of()).forEach((stage, at) -> whole.merge(stage, at, Counting::earlier));
		return whole;
	}

	/** What the needs behind the national needs of a cycle have reached there. */
	private static Map<String, Map<Stage, Instant>> above(Gathered around) {
		Map<String, Map<Stage, Instant>> above = new HashMap<>();
		around.all(Kind.NATIONAL_NEED).stream().filter(Node::stands).forEach((national) -> {
			Map<Stage, Instant> reached = reached(national, around);
			national.sources()
				.stream()
				.flatMap((source) -> source.members().stream())
				.map(Member::need)
				.forEach((need) -> reached
					.forEach((stage, at) -> above.computeIfAbsent(need.value(), (one) -> new EnumMap<>(Stage.class))
						.merge(stage, at, Counting::earlier)));
		});
		return above;
	}

	private static Map<Stage, Instant> reached(Node national, Gathered around) {
		Map<Stage, Instant> reached = new EnumMap<>(Stage.class);
		reached.put(Stage.COMPILED, national.entries().getFirst().time());
		first(national, NationalNeedScreened.class).ifPresent((at) -> reached.put(Stage.SCREENED, at));
		around.closedNationalRoundsWith(national.id())
			.filter((round) -> Gathered.place(round, national.id()).isPresent())
			.findFirst()
			.flatMap((round) -> first(round, RoundClosed.class))
			.ifPresent((at) -> reached.put(Stage.RANKED, at));
		Optional<Node> handOff = around.find(Kind.HAND_OFF, national.id());
		handOff.flatMap((one) -> first(one, NeedReceived.class)).ifPresent((at) -> reached.put(Stage.RECEIVED, at));
		around.find(Kind.FEEDBACK, national.id())
			.flatMap((one) -> first(one, FeedbackDecided.class))
			.or(() -> handOff.flatMap((one) -> first(one, NeedNotHandedOver.class)))
			.ifPresent((at) -> reached.put(Stage.ANSWERED, at));
		return reached;
	}

	private static Optional<Instant> first(Node node, Class<?> event) {
		return node.entries().stream().filter((entry) -> event.isInstance(entry.event())).map(Entry::time).findFirst();
	}

	/**
	 * A municipality's figures in each cycle, by the cycle's id.
	 * @param counted the cycles, as they were counted
	 */
	Map<String, Figures> municipality(String code, Map<String, Cycle> counted) {
		return this.municipalities.get(code, () -> count(code, counted));
	}

	private Map<String, Figures> count(String municipality, Map<String, Cycle> counted) {
		Instant now = this.clock.instant();
		Map<String, Figures> figures = new LinkedHashMap<>();
		this.needs.all(Criteria.where(NeedTimes.MUNICIPALITIES).is(municipality))
			.stream()
			.map(Stored::state)
			.filter((need) -> need.at().containsKey(Stage.SUBMITTED))
			.forEach((need) -> counted.forEach((id, cycle) -> {
				if (need.collection() != null && need.collection().startsWith(id + ".")) {
					figures.computeIfAbsent(id, (one) -> new Figures())
						.need(need.id(), whole(need, cycle.above()), now);
				}
			}));
		counted.forEach((id, cycle) -> {
			Figures own = figures.computeIfAbsent(id, (one) -> new Figures());
			cycle.followUps()
				.stream()
				.filter((said) -> said.municipality().value().equals(municipality))
				.forEach(own::followUp);
		});
		return figures;
	}

	@Override
	public void close() {
		this.cycles.close();
		this.municipalities.close();
	}

}
