package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent.CycleFinished;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.DeliverableDelivered;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.RecordRevised;
import se.lokalabehov.contracts.CatalogueEvent.RecordWithdrawn;
import se.lokalabehov.contracts.CollectionEvent.CollectionExtended;
import se.lokalabehov.contracts.CollectionEvent.NoNeedsAnswered;
import se.lokalabehov.contracts.CollectionEvent.RegionAsked;
import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackProgressed;
import se.lokalabehov.contracts.FeedbackEvent.SupportDelivered;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;
import se.lokalabehov.contracts.NeedEvent.ClarificationAnswered;
import se.lokalabehov.contracts.NeedEvent.ClarificationAsked;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.contracts.RankingEvent.RoundExtended;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.security.Role;

/**
 * The last day of something that still waits for somebody, as far as its own story tells.
 *
 * @param due the last day
 * @param what waits, last part of the message's key
 * @param concern for whom
 */
record Deadline(LocalDate due, String what, Concern concern) {

	/** Answering, in a cycle, every need that an agency has confirmed. */
	static final String DECIDE = "decide";

	/** What of a node still waits for somebody until a day. */
	static List<Deadline> of(Node node) {
		return switch (node.kind()) {
			case CYCLE -> cycle(node);
			case COLLECTION -> collection(node);
			case NEED -> need(node);
			case NATIONAL_NEED -> screening(node);
			case ROUND -> round(node);
			case HAND_OFF -> handOff(node);
			case FEEDBACK -> feedback(node);
			case RECORD -> project(node);
			case QUESTION_NOTE, REGIONAL_NEED, FOLLOW_UP -> List.of();
		};
	}

	private static Deadline of(LocalDate due, String what, Node node, Object event) {
		// Those whom the event concerned for whom it waits, and nobody else.
		Concern waiting = Concern
			.of(node, node.entries().stream().filter((entry) -> entry.event().equals(event)).findFirst().orElseThrow())
			.stream()
			.filter((concern) -> concern.sort() == Notice.Sort.WAITING)
			.findFirst()
			.orElseThrow();
		return new Deadline(due, what, waiting.as(Notice.Sort.REMINDER));
	}

	/** Whether it is an agency that has not done it when the day has passed. */
	boolean isAgencys() {
		return this.concern.roles().equals(Set.of(Role.AGENCY_OFFICER));
	}

	/** RSSs that deliver, agencies that decide. */
	private static List<Deadline> cycle(Node cycle) {
		if (cycle.isCancelled() || cycle.has(CycleFinished.class)) {
			return List.of();
		}
		List<Deadline> deadlines = new ArrayList<>();
		LocalDate delivered = cycle.timetable().get(Step.DELIVER);
		if (delivered != null) {
			deadlines.addAll(delivery(cycle, delivered));
		}
		LocalDate decided = cycle.timetable().get(Step.FEED_BACK);
		if (decided != null) {
			// Which of them have something undecided stands elsewhere in the trace.
			deadlines.add(new Deadline(decided, DECIDE,
					new Concern(Notice.Sort.REMINDER, Names.agencies(), Set.of(Role.AGENCY_OFFICER), "/myndighet")));
		}
		return deadlines;
	}

	private static List<Deadline> delivery(Node cycle, LocalDate due) {
		List<String> askers = cycle.last(CycleOpened.class)
			.stream()
			.flatMap((opened) -> opened.regions().stream())
			.map((region) -> region.asker().value())
			.filter((asker) -> !asker.equals(Access.SKR.value()))
			.toList();
		return askers.stream()
			.map((rss) -> new Deadline(due, "deliver",
					new Concern(Notice.Sort.REMINDER, List.of(rss), Set.of(Role.RSS_COORDINATOR),
							"/region/" + rss + "/leverans?omgang=" + Words.encoded(cycle.id()))))
			.toList();
	}

	private static List<Deadline> collection(Node collection) {
		RegionAsked asked = collection.last(RegionAsked.class).orElse(null);
		if (asked == null || collection.has(RegionalListDelivered.class)) {
			return List.of();
		}
		LocalDate due = collection.last(CollectionExtended.class).map(CollectionExtended::due).orElse(asked.due());
		Set<String> silent = new TreeSet<>(collection.municipalities());
		collection.events(NoNeedsAnswered.class).forEach((none) -> silent.remove(none.municipality().value()));
		if (silent.isEmpty()) {
			return List.of();
		}
		Deadline all = of(due, "answer", collection, asked);
		return List.of(new Deadline(due, all.what(), all.concern().at(silent)));
	}

	private static List<Deadline> need(Node need) {
		if (need.has(NeedWithdrawn.class)) {
			return List.of();
		}
		Set<Object> answered = need.events(ClarificationAnswered.class)
			.map(ClarificationAnswered::clarification)
			.collect(Collectors.toSet());
		return need.events(ClarificationAsked.class)
			.filter((asked) -> !answered.contains(asked.clarification()))
			.map((asked) -> of(asked.due(), "clarify", need, asked))
			.toList();
	}

	private static List<Deadline> screening(Node national) {
		if (!national.stands() || national.verdict().isPresent()) {
			return List.of();
		}
		return national.last(ScreeningAsked.class)
			.map((asked) -> of(asked.due(), "screen", national, asked))
			.stream()
			.toList();
	}

	/** Who has voted is told to nobody, so the whole panel is reminded. */
	private static List<Deadline> round(Node round) {
		RoundOpened opened = round.last(RoundOpened.class).orElse(null);
		if (opened == null || !round.isOpenRound()) {
			return List.of();
		}
		Instant closes = round.last(RoundExtended.class).map(RoundExtended::deadline).orElse(opened.deadline());
		return List.of(of(LocalDate.ofInstant(closes, Memberships.SWEDEN), "rank", round, opened));
	}

	private static List<Deadline> handOff(Node handOff) {
		boolean waits = false;
		for (Entry entry : handOff.entries()) {
			waits = switch (entry.event()) {
				case NeedHandedOver ignored -> true;
				case NeedReceived ignored -> false;
				case NeedReturned ignored -> false;
				default -> waits;
			};
		}
		return waits ? handOff.last(NeedHandedOver.class)
			.map((handed) -> of(handed.due(), "receive", handOff, handed))
			.stream()
			.toList() : List.of();
	}

	private static List<Deadline> feedback(Node feedback) {
		FeedbackDecided decided = feedback.last(FeedbackDecided.class).orElse(null);
		if (decided == null || feedback.has(SupportDelivered.class)) {
			return List.of();
		}
		@Nullable LocalDate due = feedback.events(FeedbackProgressed.class)
			.map(FeedbackProgressed::expected)
			.filter(Objects::nonNull)
			.reduce((earlier, later) -> later)
			.orElse(decided.expected());
		return (due == null) ? List.of()
				: List.of(new Deadline(due, "deliverable",
						new Concern(Notice.Sort.REMINDER, List.of(decided.agency().value()),
								Set.of(Role.AGENCY_OFFICER), "/aterkoppling/" + Words.encoded(feedback.id()))));
	}

	/** What a research project is to deliver. */
	private static List<Deadline> project(Node entry) {
		Content content = entry.last(RecordRevised.class)
			.map(RecordRevised::content)
			.or(() -> entry.last(RecordPublished.class).map(RecordPublished::content))
			.orElse(null);
		if (content == null || content.project() == null || entry.has(RecordWithdrawn.class)) {
			return List.of();
		}
		Set<Integer> delivered = entry.events(DeliverableDelivered.class)
			.map(DeliverableDelivered::number)
			.collect(Collectors.toSet());
		Concern custodian = new Concern(Notice.Sort.REMINDER, List.of(Concern.custodian(entry)),
				Set.of(Role.FOU_EDITOR), "/spar/" + Words.encoded(entry.id()));
		List<Deadline> deadlines = new ArrayList<>();
		var deliverables = content.project().deliverables();
		for (int i = 0; i < deliverables.size(); i++) {
			if (deliverables.get(i).delivered() == null && !delivered.contains(i + 1)) {
				deadlines.add(new Deadline(deliverables.get(i).due(), "project", custodian));
			}
		}
		return deadlines;
	}

}
