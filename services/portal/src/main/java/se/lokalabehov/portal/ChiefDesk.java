package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.List;

import org.springframework.stereotype.Component;

import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * What lies on a social chief's desk: the open rounds in which the chief's office has a
 * seat.
 */
@Component
class ChiefDesk implements Desk {

	private final Traces traces;

	ChiefDesk(Traces traces) {
		this.traces = traces;
	}

	@Override
	public Lying of(Caller caller) {
		if (!caller.is(Role.SOCIAL_CHIEF)) {
			return Lying.NOTHING;
		}
		List<Task> tasks = this.traces.runningCycles()
			.stream()
			.flatMap((cycle) -> this.traces.roundsOf(cycle.id()).stream())
			.filter((round) -> round.isOpenRound() && Access.isOnThePanel(caller, round))
			.map(ChiefDesk::rank)
			.toList();
		return new Lying(tasks, List.of());
	}

	private static Task rank(Node round) {
		LocalDate deadline = round.last(RoundOpened.class)
			.map((opened) -> LocalDate.ofInstant(opened.deadline(), Memberships.SWEDEN))
			.orElse(null);
		return new Task("desk.rank", round.title(), "/prioritering/" + round.id() + "/rosta",
				round.entries().getFirst().time(), deadline);
	}

}
