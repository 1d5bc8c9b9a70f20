package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * What lies on an RSS's desk: cycles in which it has not asked yet, who has not answered,
 * and what is to be delivered.
 */
@Component
class RegionDesk implements Desk {

	private final Traces traces;

	private final Services services;

	RegionDesk(Traces traces, Services services) {
		this.traces = traces;
		this.services = services;
	}

	@Override
	public Lying of(Caller caller) {
		if (!caller.is(Role.RSS_COORDINATOR)) {
			return Lying.NOTHING;
		}
		String rss = caller.organisation().value();
		List<Task> tasks = new ArrayList<>();
		for (Node cycle : this.traces.runningCycles()) {
			boolean takesPart = cycle.last(CycleOpened.class)
				.filter((opened) -> opened.regions().stream().anyMatch((one) -> one.asker().value().equals(rss)))
				.isPresent();
			if (takesPart) {
				tasks.add(this.services.find("collections/{id}", cycle.id() + "." + rss)
					.map((collection) -> answers(cycle, collection.body()))
					.orElseGet(() -> new Task("desk.ask", cycle.title(), href(cycle), cycle.latest().time(),
							cycle.timetable().get(Step.ANSWER))));
			}
		}
		return new Lying(tasks, List.of());
	}

	private static Task answers(Node cycle, JsonNode collection) {
		List<JsonNode> asked = collection.path("municipalities").valueStream().toList();
		long silent = asked.stream().filter((one) -> one.path("answer").asString("").equals("NOT_YET")).count();
		LocalDate due = LocalDate.parse(collection.path("due").asString(""));
		return (silent == 0)
				? new Task("desk.deliver", cycle.title(), href(cycle), null, cycle.timetable().get(Step.DELIVER))
				: new Task("desk.answers", (asked.size() - silent) + "/" + asked.size() + ", " + cycle.title(),
						href(cycle), null, due);
	}

	private static String href(Node cycle) {
		return "/omgangar/" + cycle.id();
	}

}
