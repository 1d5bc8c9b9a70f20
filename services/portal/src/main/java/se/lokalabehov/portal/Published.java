package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent.AreaChosen;
import se.lokalabehov.contracts.AreaEvent.CycleCancelled;
import se.lokalabehov.contracts.AreaEvent.CycleFinished;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackProgressed;
import se.lokalabehov.contracts.FeedbackEvent.SupportDelivered;
import se.lokalabehov.contracts.RankingEvent.Place;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.portal.OpenData.Cycle;
import se.lokalabehov.portal.OpenData.Feedback;
import se.lokalabehov.portal.OpenData.NationalNeed;
import se.lokalabehov.portal.OpenData.Need;
import se.lokalabehov.portal.OpenData.Ranked;
import se.lokalabehov.portal.OpenData.Status;
import se.lokalabehov.portal.OpenData.Told;
import se.lokalabehov.security.Caller;

/**
 * The rows of the open data: what somebody who has not logged in reads in the traces, by
 * the same {@link Reading}, so that nothing is published by a rule of its own. One cycle,
 * or a hundred needs, are in memory at a time.
 */
final class Published {

	private static final int AT_A_TIME = 100;

	private final Traces traces;

	Published(Traces traces) {
		this.traces = traces;
	}

	/** Every row of a file, always in the same order. */
	void rows(OpenData data, Consumer<Record> out) {
		this.traces.cycles()
			.stream()
			.sorted(Comparator.comparing((Node cycle) -> cycle.entries().getFirst().time()).thenComparing(Node::id))
			.forEach((cycle) -> {
				Gathered around = this.traces.around(cycle);
				Reading reading = new Reading(Caller.anonymous(), around);
				if (reading.sees(cycle)) {
					switch (data) {
						case CYCLES -> out.accept(cycle(cycle));
						case NEEDS -> needs(reading, out);
						case NATIONAL_NEEDS -> visible(reading, Kind.NATIONAL_NEED)
							.flatMap((national) -> national(national, reading, around).stream())
							.forEach(out);
						case RANKINGS -> visible(reading, Kind.ROUND).forEach((round) -> ranked(round, around, out));
						case FEEDBACK -> visible(reading, Kind.FEEDBACK).forEach((one) -> feedback(one, out));
					}
				}
			});
	}

	private static Stream<Node> visible(Reading reading, Kind kind) {
		return reading.visible(kind).stream().sorted(Comparator.comparing(Node::id));
	}

	private static Cycle cycle(Node cycle) {
		CycleOpened opened = cycle.last(CycleOpened.class).orElseThrow();
		Map<Step, LocalDate> days = cycle.timetable();
		Status status = cycle.isCancelled() ? Status.CANCELLED
				: cycle.has(CycleFinished.class) ? Status.FINISHED : Status.OPEN;
		String why = cycle.last(AreaChosen.class).map(AreaChosen::why).orElse("");
		return new Cycle(cycle.id(), opened.area(), Names.area(opened.area()), cycle.title(), why, status,
				at(cycle, opened), (status != Status.OPEN) ? ended(cycle) : null, days.get(Step.ANSWER),
				days.get(Step.DELIVER), days.get(Step.SCREEN), days.get(Step.RANK), days.get(Step.FEED_BACK),
				opened.vocabularyVersion());
	}

	private static @Nullable Instant ended(Node cycle) {
		return cycle.entries()
			.stream()
			.filter((entry) -> entry.event() instanceof CycleFinished
					|| cycle.isCancelled() && entry.event() instanceof CycleCancelled)
			.map(Entry::time)
			.reduce((earlier, later) -> later)
			.orElse(null);
	}

	private static Instant at(Node node, Object event) {
		return node.entries()
			.stream()
			.filter((entry) -> entry.event().equals(event))
			.map(Entry::time)
			.reduce((earlier, later) -> later)
			.orElseThrow();
	}

	private void needs(Reading ofCycle, Consumer<Record> out) {
		Set<String> behind = new LinkedHashSet<>();
		visible(ofCycle, Kind.NATIONAL_NEED).forEach((national) -> national.sources()
			.forEach((source) -> source.members().forEach((member) -> behind.add(member.need().value()))));
		List<String> ids = behind.stream().sorted().toList();
		for (int from = 0; from < ids.size(); from += AT_A_TIME) {
			List<Node> some = this.traces.needs(ids.subList(from, Math.min(ids.size(), from + AT_A_TIME)));
			Reading reading = new Reading(Caller.anonymous(), this.traces.aroundNeeds(some));
			some.stream()
				.sorted(Comparator.comparing(Node::id))
				.filter(reading::sees)
				.flatMap((need) -> need(need, reading).stream())
				.forEach(out);
		}
	}

	private static Optional<Need> need(Node need, Reading reading) {
		List<String> municipalities = Access.names(reading.sight(need), need)
				? need.municipalities().stream().sorted().toList() : List.of();
		List<String> nationals = visible(reading, Kind.NATIONAL_NEED).filter((one) -> one.links().contains(need.id()))
			.map(Node::id)
			.toList();
		return need.wording()
			.map((words) -> new Need(need.id(), need.cycle(), words.title(), words.targetGroups(), words.needType(),
					words.situation(), words.question(), words.consequence(), words.supportWanted(), municipalities,
					nationals));
	}

	private static Optional<NationalNeed> national(Node national, Reading reading, Gathered around) {
		@Nullable NationalNeedScreened verdict = national.verdict().orElse(null);
		Optional<Node> round = around.closedNationalRoundsWith(national.id()).reduce((earlier, later) -> later);
		@Nullable String agency = Stream.of(Kind.FEEDBACK, Kind.HAND_OFF)
			.flatMap((kind) -> around.find(kind, national.id()).stream())
			.filter(reading::sees)
			.flatMap((node) -> node.agency().stream())
			.map(Object::toString)
			.findFirst()
			.orElse(null);
		Optional<Wording> wording = national.wording();
		return wording.map((words) -> new NationalNeed(national.id(), national.cycle(), words.title(),
				words.targetGroups(), words.needType(), words.situation(), words.question(), words.consequence(),
				words.supportWanted(), national.municipalities().size(), (verdict != null) ? verdict.verdict() : null,
				(verdict != null) ? verdict.reason() : null, (verdict != null) ? verdict.judgedBy().value() : null,
				(verdict != null) ? verdict.support() : null, round.map(Node::id).orElse(null),
				round.flatMap((one) -> Gathered.place(one, national.id())).map(Place::rank).orElse(null), agency));
	}

	private static void ranked(Node round, Gathered around, Consumer<Record> out) {
		RoundOpened opened = round.last(RoundOpened.class).orElseThrow();
		RoundClosed closed = round.last(RoundClosed.class).orElseThrow();
		round.ranking().forEach((place) -> {
			// The need's own title: a redaction of the need holds here too.
			String title = around.find(Kind.NATIONAL_NEED, place.item()).map(Node::title).orElse("");
			out.accept(new Ranked(round.id(), round.cycle(), round.title(),
					(opened.corrects() != null) ? opened.corrects().value() : null, closed.method(), closed.ballots(),
					closed.provisional(), at(round, closed), closed.packageHash(), place.rank(), place.item(), title,
					place.score()));
		});
	}

	private static void feedback(Node feedback, Consumer<Record> out) {
		List<Record> told = new ArrayList<>();
		for (Entry entry : feedback.entries()) {
			int number = told.size() + 1;
			String by = entry.by().value();
			switch (entry.event()) {
				case FeedbackDecided decided -> told.add(new Feedback(feedback.id(), feedback.cycle(), number,
						Told.DECIDED, entry.time(), decided.agency().value(), decided.decision(), decided.why(),
						decided.expected(), decided.support(), null, null, null));
				case FeedbackProgressed progressed ->
					told.add(new Feedback(feedback.id(), feedback.cycle(), number, Told.PROGRESSED, entry.time(), by,
							null, progressed.text(), progressed.expected(), null, null, null, null));
				case SupportDelivered support -> told.add(new Feedback(feedback.id(), feedback.cycle(), number,
						Told.DELIVERED, entry.time(), by, null, null, null, support.title(), support.kind(),
						support.link(), (support.record() != null) ? support.record().value() : null));
				default -> {
				}
			}
		}
		told.forEach(out);
	}

}
