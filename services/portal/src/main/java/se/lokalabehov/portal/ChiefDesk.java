package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * What lies on a social chief's desk: the open rounds in which the chief's office has a
 * seat and has not voted.
 */
@Component
class ChiefDesk implements Desk {

	private final Traces traces;

	private final Services services;

	private final Ui ui;

	ChiefDesk(Traces traces, Services services, Ui ui) {
		this.traces = traces;
		this.services = services;
		this.ui = ui;
	}

	@Override
	public Lying of(Caller caller) {
		if (!caller.is(Role.SOCIAL_CHIEF)) {
			return Lying.NOTHING;
		}
		List<Task> tasks = new ArrayList<>();
		List<News> news = new ArrayList<>();
		this.traces.runningCycles()
			.stream()
			.flatMap((cycle) -> this.traces.roundsOf(cycle.id()).stream())
			.filter((round) -> Access.isOnThePanel(caller, round))
			.forEach((round) -> {
				if (round.has(RoundClosed.class)) {
					news.add(new News(round.latest().time(), round.title(), this.ui.text("vote.closed.news"),
							"/prioritering/" + round.id() + "/resultat"));
				}
				else if (round.isOpenRound()) {
					open(round, caller, tasks, news);
				}
			});
		return new Lying(tasks, news);
	}

	/** What one has voted in waits no longer; one can change one's mind. */
	private void open(Node node, Caller caller, List<Task> tasks, List<News> news) {
		this.services.find("prioritisation-rounds/{id}", node.id())
			.map(Services.Answer::body)
			.filter((round) -> round.path("status").asString("").equals("OPEN"))
			.ifPresent((round) -> {
				String href = "/prioritering/" + node.id() + "/rosta";
				LocalDate deadline = RoundPages.day(round);
				if (VotePages.seat(round, caller)
					.filter(RoundPages.strings(round.path("voted"))::contains)
					.isPresent()) {
					news.add(new News(node.entries().getFirst().time(), node.title(),
							this.ui.text("vote.changed", Names.day(deadline)), href));
				}
				else {
					tasks.add(new Task("desk.rank", node.title(), href, node.entries().getFirst().time(), deadline));
				}
			});
	}

}
