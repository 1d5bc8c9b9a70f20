package se.lokalabehov.portal;

import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * What lies on SKR's desk: how far compiling and screening have come, and what an agency
 * has given back.
 */
@Component
class CompilerDesk implements Desk {

	private static final int RETURNED = 10;

	private final Traces traces;

	private final Services services;

	CompilerDesk(Traces traces, Services services) {
		this.traces = traces;
		this.services = services;
	}

	@Override
	public Lying of(Caller caller) {
		if (!caller.is(Role.SKR_COMPILER)) {
			return Lying.NOTHING;
		}
		List<Task> tasks = new ArrayList<>();
		for (Node cycle : this.traces.runningCycles()) {
			this.services.find("national-needs/screening-status?cycle={cycle}", cycle.id())
				.map(Services.Answer::body)
				.ifPresent((status) -> add(tasks, cycle, status));
		}
		this.services.get("hand-offs?status=RETURNED&limit={limit}", RETURNED)
			.items()
			.forEach((one) -> tasks.add(new Task("desk.returned", one.path("wording").path("title").asString("…"),
					"/behov/" + one.path("id").asString("") + "/spar", null, null)));
		return new Lying(tasks, List.of());
	}

	private static void add(List<Task> tasks, Node cycle, JsonNode status) {
		int all = status.path("nationalNeeds").asInt();
		int screened = status.path("screened").asInt();
		int notCompiled = status.path("notCompiled").size();
		if (notCompiled > 0) {
			tasks.add(new Task("desk.compile", notCompiled + ", " + cycle.title(), "/omgangar/" + cycle.id(), null,
					cycle.timetable().get(Step.SCREEN)));
		}
		if (screened < all) {
			tasks.add(new Task("desk.screening", screened + "/" + all + ", " + cycle.title(), "/omgangar/" + cycle.id(),
					null, cycle.timetable().get(Step.SCREEN)));
		}
	}

}
