package se.lokalabehov.needintake;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.scheduling.annotation.Scheduled;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.needintake.CycleView.Status;

/**
 * Nobody is left without an answer when a cycle takes no more: needs that were not
 * delivered (all that are undecided, when it was cancelled) go to the waiting list and
 * are told why. Looks again and again, instead of acting once, so that a need submitted
 * in the very moment of closing is found too.
 */
class Closing {

	private static final Set<Status> CLOSED = Set.of(Status.COMPILED, Status.CANCELLED, Status.FINISHED);

	private final Aggregates<Need, OfNeed> needs;

	private final RegionalLists lists;

	private final Heard heard;

	private final Clock clock;

	Closing(Aggregates<Need, OfNeed> needs, RegionalLists lists, Heard heard, Clock clock) {
		this.needs = needs;
		this.lists = lists;
		this.heard = heard;
		this.clock = clock;
	}

	@Scheduled(fixedDelay = 1000)
	void leaveBehind() {
		Map<String, CycleView> closed = this.heard.cycles()
			.every()
			.stream()
			.filter((cycle) -> CLOSED.contains(cycle.state().status()))
			.collect(Collectors.toMap(Stored::id, Stored::state));
		Set<String> cancelled = closed.entrySet()
			.stream()
			.filter((cycle) -> cycle.getValue().status() == Status.CANCELLED)
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
		List<OfList> lists = Stream
			.concat(left(closed.keySet(), Need.Status.SUBMITTED), left(cancelled, Need.Status.DELIVERED))
			.map((need) -> new OfList(Objects.requireNonNull(need.state().cycle()), need.state().rss()))
			.distinct()
			.toList();
		Resuming.each(lists, (list) -> Asking.id(list.cycle(), list.rss()).value(),
				(list) -> leaveBehind(list, Objects.requireNonNull(closed.get(list.cycle().value()))));
	}

	private Stream<Stored<Need>> left(Set<String> cycles, Need.Status status) {
		return cycles.isEmpty() ? Stream.empty()
				: this.needs.all(Criteria.where("state.cycle").in(cycles).and("state.status").is(status.name()))
					.stream();
	}

	private void leaveBehind(OfList list, CycleView cycle) {
		boolean cancelled = cycle.status() == Status.CANCELLED;
		String answer = cancelled ? "Omgången avbröts: " + cycle.reason() + " Behovet väntar till nästa omgång."
				: NeedDecider.TOO_LATE;
		Act act = Act.system(list.rss(), this.clock.instant(), "closing|" + list.cycle() + "|" + list.rss());
		this.lists.leaveBehind(list.cycle(), list.rss(), answer, cancelled, act);
	}

	private record OfList(CycleId cycle, OrganisationId rss) {
	}

}
