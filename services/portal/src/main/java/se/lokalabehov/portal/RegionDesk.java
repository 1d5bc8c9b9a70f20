package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.RankingEvent.RoundExtended;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * What lies on the desk of an RSS: to ask, to remind, to merge, to deliver, to follow
 * rounds.
 */
@Component
class RegionDesk implements Desk {

	/** So many cycles, those that run first. */
	private static final int CYCLES = 3;

	private final Regions regions;

	private final Services services;

	private final Traces traces;

	RegionDesk(Regions regions, Services services, Traces traces) {
		this.regions = regions;
		this.services = services;
		this.traces = traces;
	}

	@Override
	public Lying of(Caller caller) {
		if (!caller.is(Role.RSS_COORDINATOR)) {
			return Lying.NOTHING;
		}
		String rss = caller.organisation().value();
		List<Task> tasks = new ArrayList<>();
		this.regions.of(rss).stream().filter((cycle) -> !cycle.over()).limit(CYCLES).forEach((cycle) -> {
			tasks.addAll(in(cycle, rss));
			tasks.addAll(rounds(this.traces, cycle.id(), rss));
		});
		return new Lying(tasks, List.of());
	}

	/** The rounds that an owner has open. */
	static List<Task> rounds(Traces traces, String cycle, String owner) {
		return traces.roundsOf(cycle)
			.stream()
			.filter((round) -> round.isOpenRound() && owner.equals(round.rss()))
			.map((round) -> new Task("desk.round", round.title(), "/prioritering/" + round.id(),
					round.entries().getFirst().time(), deadline(round)))
			.toList();
	}

	/** The last day to vote, moved or not. */
	private static @Nullable LocalDate deadline(Node round) {
		return round.last(RoundExtended.class)
			.map(RoundExtended::deadline)
			.or(() -> round.last(RoundOpened.class).map(RoundOpened::deadline))
			.map((at) -> LocalDate.ofInstant(at, Memberships.SWEDEN))
			.orElse(null);
	}

	private List<Task> in(Regions.InRegion cycle, String rss) {
		String query = "?omgang=" + Words.encoded(cycle.id());
		String base = "/region/" + rss;
		Optional<Services.Answer> collection = this.services.find("collections/{id}", cycle.id() + "." + rss);
		if (collection.isEmpty()) {
			return List.of(new Task("desk.ask", cycle.title(), base + "/laget" + query, null, cycle.answer()));
		}
		List<Task> tasks = new ArrayList<>();
		JsonNode asked = collection.get().body();
		boolean delivered = !asked.path("deliveries").isEmpty();
		boolean silent = asked.path("municipalities")
			.valueStream()
			.anyMatch((one) -> one.path("answer").asString("").equals("NOT_YET"));
		if (silent && !delivered) {
			tasks.add(new Task("desk.silent", cycle.title(), base + "/laget" + query, null, cycle.answer()));
		}
		boolean toMerge = !MergePages.notMerged(this.services, cycle.id()).isEmpty();
		boolean toDeliver = !this.services
			.get("regional-needs?cycle={cycle}&rss={rss}&status=FORMED&limit=1", cycle.id(), rss)
			.items()
			.isEmpty();
		if (toMerge) {
			tasks.add(new Task("desk.merge", cycle.title(), base + "/sammanfora" + query, null, cycle.deliver()));
		}
		if (toDeliver) {
			tasks.add(new Task("desk.deliver", cycle.title(), base + "/leverans" + query, null, cycle.deliver()));
		}
		return tasks;
	}

}
