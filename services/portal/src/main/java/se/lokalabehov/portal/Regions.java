package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import se.lokalabehov.contracts.AreaEvent.CycleFinished;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.security.Caller;

/**
 * The cycles as those see them who ask municipalities: the RSSs, and SKR where there is
 * none.
 */
@Component
final class Regions {

	private final Traces traces;

	Regions(Traces traces) {
		this.traces = traces;
	}

	/**
	 * A cycle in a region.
	 *
	 * @param id of the cycle
	 * @param title of the cycle
	 * @param over whether it is finished
	 * @param municipalities who are asked in the region, none for a cycle seen as a whole
	 * @param answer last day for the municipalities
	 * @param deliver last day for the RSSs
	 */
	record InRegion(String id, String title, boolean over, List<String> municipalities, @Nullable LocalDate answer,
			@Nullable LocalDate deliver) {
	}

	/** The cycles of a region, those that run first, the latest before others. */
	List<InRegion> of(String asker) {
		return opened()
			.flatMap((cycle) -> cycle.last(CycleOpened.class)
				.stream()
				.flatMap((opened) -> opened.regions().stream())
				.filter((region) -> region.asker().value().equals(asker))
				.map(Region::municipalities)
				.map((all) -> of(cycle, all.stream().map(Object::toString).toList())))
			.toList();
	}

	/** Who asks whom in a cycle, as it was when the cycle opened. */
	List<Region> asked(String cycle) {
		return this.traces.cycles(List.of(cycle))
			.stream()
			.flatMap((one) -> one.last(CycleOpened.class).stream())
			.flatMap((opened) -> opened.regions().stream())
			.toList();
	}

	/** Every cycle, in the same order. */
	List<InRegion> all() {
		return opened().map((cycle) -> of(cycle, List.of())).toList();
	}

	private Stream<Node> opened() {
		return this.traces.cycles()
			.stream()
			.filter((cycle) -> cycle.has(CycleOpened.class) && !cycle.isCancelled())
			.sorted(Comparator.comparing((cycle) -> cycle.has(CycleFinished.class)));
	}

	private static InRegion of(Node cycle, List<String> municipalities) {
		return new InRegion(cycle.id(), cycle.title(), cycle.has(CycleFinished.class), municipalities,
				cycle.timetable().get(Step.ANSWER), cycle.timetable().get(Step.DELIVER));
	}

	/** The one that is asked for, the first when none is. */
	static Optional<InRegion> chosen(List<InRegion> cycles, Optional<String> wanted) {
		return cycles.stream().filter((one) -> wanted.map(one.id()::equals).orElse(true)).findFirst();
	}

	/**
	 * One works in one's own region.
	 * @throws WhoMayOpen.NotForYou in another's
	 */
	static void own(String rss, Caller caller) {
		if (!caller.organisation().value().equals(rss)) {
			throw new WhoMayOpen.NotForYou();
		}
	}

}
