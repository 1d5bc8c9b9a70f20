package se.lokalabehov.portal;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.RoundCancelled;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * What lies on the desks of the national work: SKR's compiling, sending out to be judged,
 * ranking and handing over; an agency's judging, confirming and answering.
 */
@Component
class NationDesk implements Desk, AutoCloseable {

	/** So many cycles, those that run first. */
	private static final int CYCLES = 3;

	private static final int SHOWN = 10;

	private final Regions regions;

	private final Traces traces;

	private final Services services;

	private final Clock clock;

	/**
	 * How much each agency was late with in a cycle some seconds ago: everything national
	 * is read for it, with all that it is made of.
	 */
	private final Held<Map<String, Integer>> overdue = new Held<>();

	NationDesk(Regions regions, Traces traces, Services services, Clock clock) {
		this.regions = regions;
		this.traces = traces;
		this.services = services;
		this.clock = clock;
	}

	@Override
	public void close() {
		this.overdue.close();
	}

	@Override
	public Lying of(Caller caller) {
		List<Task> tasks = new ArrayList<>();
		List<Regions.InRegion> running = this.regions.all()
			.stream()
			.filter((cycle) -> !cycle.over())
			.limit(CYCLES)
			.toList();
		if (caller.is(Role.SKR_COMPILER)) {
			this.traces.cycles()
				.stream()
				.filter((cycle) -> !cycle.has(CycleOpened.class) && !cycle.isCancelled())
				.forEach((cycle) -> tasks.add(new Task("desk.cycle.open", cycle.title(),
						"/omgangar/" + cycle.id() + "/skota", cycle.entries().getFirst().time(), null)));
			running.forEach((cycle) -> {
				tasks.addAll(ofSkr(cycle));
				tasks.addAll(overdue(cycle));
			});
		}
		if (caller.is(Role.AGENCY_OFFICER)) {
			String own = caller.organisation().value();
			running.forEach((cycle) -> tasks.addAll(toJudge(cycle, own)));
			tasks.addAll(handedOver(own));
		}
		return new Lying(tasks, List.of());
	}

	private List<Task> ofSkr(Regions.InRegion cycle) {
		String query = "?omgang=" + Words.encoded(cycle.id());
		JsonNode status = this.services.get("national-needs/screening-status?cycle={cycle}", cycle.id()).body();
		List<Task> tasks = new ArrayList<>();
		if (!status.path("notCompiled").isEmpty()) {
			tasks.add(new Task("desk.compile", cycle.title(), "/nationellt/sammanstall" + query, null, null));
		}
		if (status.path("notAsked").asInt(0) > 0) {
			tasks.add(new Task("desk.screen", cycle.title(), "/nationellt/sallning" + query, null, null));
		}
		tasks.addAll(RegionDesk.rounds(this.traces, cycle.id(), Access.SKR.value()));
		if (isToBeRanked(cycle, status)) {
			tasks.add(new Task("desk.round.open", cycle.title(), "/prioritering/ny" + query, null, null));
		}
		boolean ranked = this.traces.roundsOf(cycle.id())
			.stream()
			.anyMatch((round) -> Gathered.isNational(round) && round.has(RoundClosed.class));
		if (ranked && (this.services.get("hand-offs?cycle={cycle}&limit=1", cycle.id()).items().isEmpty()
				|| !this.services.get("hand-offs?cycle={cycle}&status=RETURNED&limit=1", cycle.id())
					.items()
					.isEmpty())) {
			tasks.add(new Task("desk.hand-over", cycle.title(), "/nationellt/overlamning" + query, null, null));
		}
		return tasks;
	}

	/** Which agencies are late, and with how much. */
	private List<Task> overdue(Regions.InRegion cycle) {
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), Memberships.SWEDEN);
		return this.overdue.get(cycle.id() + " " + today, () -> overdue(cycle.id(), today))
			.entrySet()
			.stream()
			.map((late) -> new Task("desk.overdue",
					Names.of(new OrganisationId(late.getKey())) + " (" + late.getValue() + ")",
					"/nationellt/overlamning?omgang=" + Words.encoded(cycle.id()), null, null))
			.toList();
	}

	private Map<String, Integer> overdue(String cycle, LocalDate today) {
		return this.traces.cycles(List.of(cycle))
			.stream()
			.findFirst()
			.map((node) -> this.traces.overdue(node, today))
			.orElse(Map.of());
	}

	/**
	 * Everything is compiled and judged, something goes on, and nothing is ranked yet.
	 */
	private boolean isToBeRanked(Regions.InRegion cycle, JsonNode status) {
		boolean judged = status.path("notCompiled").isEmpty() && status.path("notAsked").asInt(0) == 0
				&& status.path("agencies").valueStream().allMatch((one) -> one.path("waiting").asInt(0) == 0);
		return judged
				&& this.traces.roundsOf(cycle.id())
					.stream()
					.noneMatch((round) -> Gathered.isNational(round) && !round.has(RoundCancelled.class))
				&& this.traces.nationals(cycle.id())
					.stream()
					.anyMatch((need) -> need.stands()
							&& need.verdict().filter((screened) -> screened.verdict().goesOn()).isPresent());
	}

	private List<Task> toJudge(Regions.InRegion cycle, String agency) {
		return this.services.get("national-needs?cycle={cycle}&agency={agency}&limit=100", cycle.id(), agency)
			.items()
			.stream()
			.filter((need) -> need.path("status").asString("").equals("IN_SCREENING"))
			.limit(1)
			.map((need) -> new Task("desk.judge", cycle.title(),
					"/nationellt/sallning?omgang=" + Words.encoded(cycle.id()), null, day(need.path("asked"))))
			.toList();
	}

	private List<Task> handedOver(String agency) {
		List<Task> tasks = new ArrayList<>();
		this.services.get("hand-offs?agency={agency}&status=AWAITING_RECEIPT&limit={limit}", agency, SHOWN)
			.items()
			.forEach((one) -> tasks.add(new Task("desk.receive", title(one), "/myndighet", null, day(one))));
		List<String> answered = this.services.all("feedback?agency={agency}&limit=100", Board.MOST, agency)
			.stream()
			.map((one) -> one.path("nationalNeed").asString(""))
			.toList();
		this.services.all("hand-offs?agency={agency}&status=RECEIVED&limit=100", Board.MOST, agency)
			.stream()
			.filter((one) -> one.path("agency").asString("").equals(agency)
					&& !answered.contains(one.path("id").asString("")))
			.limit(SHOWN)
			.forEach((one) -> tasks
				.add(new Task("desk.answer", title(one), "/aterkoppling/" + one.path("id").asString(""), null, null)));
		return tasks;
	}

	private static String title(JsonNode handOff) {
		return handOff.path("wording").path("title").asString("");
	}

	private static @Nullable LocalDate day(JsonNode of) {
		String due = of.path("due").asString("");
		return due.isEmpty() ? null : LocalDate.parse(due);
	}

}
