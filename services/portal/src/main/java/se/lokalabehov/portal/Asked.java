package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import se.lokalabehov.contracts.AreaEvent.CycleFinished;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.CollectionEvent.CollectionExtended;
import se.lokalabehov.contracts.CollectionEvent.NoNeedsAnswered;
import se.lokalabehov.contracts.CollectionEvent.RegionAsked;

/**
 * A cycle in which a municipality has been asked for needs.
 *
 * @param cycle the cycle
 * @param title what it is called
 * @param area the area's code
 * @param asker who asks, the RSS or SKR
 * @param collection the collection
 * @param due last day to answer, as it stands now
 * @param noNeeds whether the municipality has answered that it has none
 * @param since when it was asked
 */
record Asked(String cycle, String title, String area, String asker, String collection, LocalDate due, boolean noNeeds,
		java.time.Instant since) {

	/** What a municipality is asked in the cycles that run, the most pressing first. */
	static List<Asked> running(Traces traces, String municipality) {
		List<Node> collections = traces.askedOf(municipality);
		Map<String, Node> cycles = traces
			.cycles(collections.stream().map((one) -> String.valueOf(one.cycle())).toList())
			.stream()
			.filter((cycle) -> cycle.has(CycleOpened.class) && !cycle.has(CycleFinished.class) && !cycle.isCancelled())
			.collect(Collectors.toMap(Node::id, Function.identity()));
		List<Asked> asked = new ArrayList<>();
		for (Node collection : collections) {
			Node cycle = cycles.get(String.valueOf(collection.cycle()));
			if (cycle != null) {
				collection.last(RegionAsked.class)
					.ifPresent((asking) -> asked.add(of(collection, asking, cycle, municipality)));
			}
		}
		asked.sort(Comparator.comparing(Asked::due));
		return asked;
	}

	private static Asked of(Node collection, RegionAsked asking, Node cycle, String municipality) {
		LocalDate due = collection.last(CollectionExtended.class).map(CollectionExtended::due).orElse(asking.due());
		boolean noNeeds = collection.events(NoNeedsAnswered.class)
			.anyMatch((answered) -> answered.municipality().value().equals(municipality));
		return new Asked(cycle.id(), cycle.title(), asking.area(), asking.asker().value(), collection.id(), due,
				noNeeds, collection.entries().getFirst().time());
	}

}
