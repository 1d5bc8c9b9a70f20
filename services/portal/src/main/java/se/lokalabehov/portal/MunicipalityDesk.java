package se.lokalabehov.portal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.NeedEvent.ClarificationAnswered;
import se.lokalabehov.contracts.NeedEvent.ClarificationAsked;
import se.lokalabehov.contracts.NeedEvent.NeedConfirmed;
import se.lokalabehov.contracts.NeedEvent.NeedRecorded;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;
import se.lokalabehov.web.Paging;

/**
 * What lies on the desk of those who write and approve for a municipality: what it is
 * asked, drafts, questions about its needs, answers to follow up.
 */
@Component
class MunicipalityDesk implements Desk {

	/** So many of a municipality's needs in one cycle are looked at. */
	private static final int LOOKED_AT = 50;

	/** So many cycles, the latest. */
	private static final int CYCLES = 3;

	private static final int DRAFTS = 5;

	private static final int NEWS = 6;

	private final Traces traces;

	private final Services services;

	MunicipalityDesk(Traces traces, Services services) {
		this.traces = traces;
		this.services = services;
	}

	@Override
	public Lying of(Caller caller) {
		if (!caller.is(Role.MUNICIPALITY_AUTHOR) && !caller.is(Role.MUNICIPALITY_APPROVER)) {
			return Lying.NOTHING;
		}
		String municipality = caller.organisation().value();
		List<Task> tasks = new ArrayList<>();
		Asked.running(this.traces, municipality)
			.stream()
			.filter((asked) -> !asked.noNeeds() && this.traces.countOf(municipality, asked.cycle()) == 0)
			.map((asked) -> new Task("desk.asked", asked.title(), "/behov/nytt?omgang=" + asked.cycle(), asked.since(),
					asked.due()))
			.forEach(tasks::add);
		Access.Scope own = new Access.Scope(municipality, null, false);
		List<Node> needs = this.traces.askedOf(municipality)
			.stream()
			.sorted(Comparator.<Node, Instant>comparing((one) -> one.entries().getFirst().time()).reversed())
			.limit(CYCLES)
			.flatMap((one) -> this.traces.latestNeeds(own, one.cycle(), new Paging(LOOKED_AT, null)).items().stream())
			.toList();
		Gathered around = this.traces.aroundNeeds(needs);
		Reading reading = new Reading(caller, around);
		needs.forEach((need) -> {
			questions(need).forEach(tasks::add);
			recorded(need, caller).ifPresent(tasks::add);
			toFollowUp(need, around, municipality).ifPresent(tasks::add);
		});
		tasks.addAll(drafts(caller));
		return new Lying(tasks, news(needs, reading));
	}

	private static Stream<Task> questions(Node need) {
		if (need.has(NeedWithdrawn.class)) {
			return Stream.empty();
		}
		Set<Object> answered = need.events(ClarificationAnswered.class)
			.map(ClarificationAnswered::clarification)
			.collect(Collectors.toSet());
		return need.entries()
			.stream()
			.filter((entry) -> entry.event() instanceof ClarificationAsked asked
					&& !answered.contains(asked.clarification()))
			.map((entry) -> new Task("desk.question", need.title(), "/behov/" + need.id() + "#fragor", entry.time(),
					((ClarificationAsked) entry.event()).due()));
	}

	private static Optional<Task> recorded(Node need, Caller caller) {
		boolean waits = need.has(NeedRecorded.class) && !need.has(NeedConfirmed.class) && !need.has(NeedWithdrawn.class)
				&& caller.is(Role.MUNICIPALITY_APPROVER);
		return waits ? Optional
			.of(new Task("desk.recorded", need.title(), "/behov/" + need.id(), need.entries().getFirst().time(), null))
				: Optional.empty();
	}

	/** An agency's answer that the municipality has not said anything about yet. */
	private static Optional<Task> toFollowUp(Node need, Gathered around, String municipality) {
		Set<String> said = around.all(Kind.FOLLOW_UP)
			.stream()
			.filter((one) -> one.municipalities().contains(municipality) && one.links().contains(need.id()))
			.flatMap((one) -> one.links().stream())
			.collect(Collectors.toSet());
		return around.nationalsWith(need.id())
			.filter((national) -> !said.contains(national.id()))
			.flatMap((national) -> around.find(Kind.FEEDBACK, national.id()).stream())
			.filter((feedback) -> feedback.has(FeedbackDecided.class))
			.findFirst()
			.map((feedback) -> new Task("desk.follow-up", need.title(), "/uppfoljning/" + need.id(),
					feedback.latest().time(), null));
	}

	private List<Task> drafts(Caller caller) {
		String key = caller.is(Role.MUNICIPALITY_APPROVER) ? "desk.draft.approver" : "desk.draft";
		return this.services.get("needs?status=DRAFT&limit={limit}", DRAFTS)
			.items()
			.stream()
			.map((draft) -> new Task(key, title(draft), "/behov/nytt?utkast=" + draft.path("id").asString(""), null,
					null))
			.toList();
	}

	private static String title(JsonNode draft) {
		return draft.path("wording").path("title").asString("…");
	}

	private static List<News> news(List<Node> needs, Reading reading) {
		return needs.stream()
			.flatMap((need) -> Stream.ofNullable(reading.standing(need))
				.flatMap((standing) -> standing.answers()
					.stream()
					.map((answer) -> new News(answer.at(), need.title(), answer.by().name() + ": " + answer.text(),
							"/behov/" + need.id()))))
			.filter((news) -> Objects.nonNull(news.at()))
			.sorted(Comparator.comparing(News::at).reversed())
			.limit(NEWS)
			.toList();
	}

}
