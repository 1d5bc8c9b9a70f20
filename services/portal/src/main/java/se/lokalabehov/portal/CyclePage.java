package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent.AreaChosen;
import se.lokalabehov.contracts.AreaEvent.CycleCancelled;
import se.lokalabehov.contracts.AreaEvent.CycleExtended;
import se.lokalabehov.contracts.AreaEvent.CycleFinished;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.CollectionEvent.NoNeedsAnswered;
import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.RankingEvent.Place;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;

/**
 * A cycle as the public page shows it: only what is published, and counts.
 *
 * @param id the cycle
 * @param title its name
 * @param area its area
 * @param why why that area
 * @param moment where it is, 1 to 7
 * @param state "running", "finished" or "cancelled"
 * @param timetable the last days
 * @param figures what has been done so far
 * @param needs the published national needs, by rank
 * @param rounds the closed national rounds
 * @param words why it was cancelled, or what was said when it was finished; empty before
 */
record CyclePage(String id, String title, String area, String why, int moment, String state, List<LastDay> timetable,
		List<Figure> figures, List<Published> needs, List<Closed> rounds, String words) {

	/**
	 * The last day of a step.
	 *
	 * @param moved why it was moved, empty when it was not
	 */
	record LastDay(String step, LocalDate day, String moved) {
	}

	/**
	 * A number with what it counts, the last part of a message's key.
	 */
	record Figure(String what, long count) {
	}

	/**
	 * A published national need.
	 *
	 * @param rank its place in the latest closed round, if any
	 * @param now what has come of it
	 */
	record Published(String id, String title, @Nullable Integer rank, String now) {
	}

	/** A closed national round. */
	record Closed(String id, String title) {
	}

	/**
	 * Puts the page together.
	 * @param cycle the cycle
	 * @param reading what the public may see around it
	 * @param around what there is around it, for counting
	 * @param needs how many needs have been submitted
	 * @param regionalNeeds how many regional needs have been formed
	 */
	static CyclePage of(Node cycle, Reading reading, Gathered around, long needs, long regionalNeeds) {
		List<LastDay> timetable = cycle.timetable()
			.entrySet()
			.stream()
			.map((one) -> new LastDay(one.getKey().name(), one.getValue(),
					cycle.events(CycleExtended.class)
						.filter((moved) -> moved.step() == one.getKey())
						.map(CycleExtended::reason)
						.reduce((earlier, later) -> later)
						.orElse("")))
			.toList();
		List<Published> published = reading.visible(Kind.NATIONAL_NEED)
			.stream()
			.filter(Node::stands)
			.map((national) -> published(national, reading, around))
			.sorted(Comparator
				.<Published, Integer>comparing(Published::rank, Comparator.nullsLast(Comparator.naturalOrder()))
				.thenComparing(Published::title))
			.toList();
		return new CyclePage(cycle.id(), cycle.title(), area(cycle),
				cycle.last(AreaChosen.class).map(AreaChosen::why).orElse(""), moment(around, needs), state(cycle),
				timetable, figures(around, needs, regionalNeeds), published,
				around.all(Kind.ROUND)
					.stream()
					.filter((round) -> Gathered.isNational(round) && round.has(RoundClosed.class))
					.map((round) -> new Closed(round.id(), round.title()))
					.toList(),
				words(cycle));
	}

	private static String words(Node cycle) {
		return cycle.last(CycleCancelled.class)
			.map(CycleCancelled::reason)
			.or(() -> cycle.last(CycleFinished.class).map(CycleFinished::summary))
			.orElse("");
	}

	private static Published published(Node national, Reading reading, Gathered around) {
		Integer rank = around.closedNationalRoundsWith(national.id())
			.flatMap((round) -> Gathered.place(round, national.id()).stream())
			.map(Place::rank)
			.reduce((earlier, later) -> later)
			.orElse(null);
		return new Published(national.id(), national.title(), rank, reading.now(national, national).what());
	}

	static String area(Node cycle) {
		return Names.area(cycle.last(CycleOpened.class).map(CycleOpened::area).orElse(null));
	}

	static String state(Node cycle) {
		if (cycle.isCancelled()) {
			return "cancelled";
		}
		return cycle.has(CycleFinished.class) ? "finished" : "running";
	}

	/** The furthest moment that anything has happened in. */
	private static int moment(Gathered around, long needs) {
		Set<String> handed = new HashSet<>();
		around.all(Kind.HAND_OFF)
			.stream()
			.filter((one) -> one.has(NeedHandedOver.class))
			.forEach((one) -> handed.add(one.id()));
		if (around.all(Kind.FEEDBACK)
			.stream()
			.anyMatch((one) -> handed.contains(one.id()) && one.has(FeedbackDecided.class))) {
			return 7;
		}
		if (!handed.isEmpty()) {
			return 6;
		}
		if (around.all(Kind.ROUND).stream().anyMatch(Gathered::isNational)) {
			return 5;
		}
		if (!around.all(Kind.NATIONAL_NEED).isEmpty()) {
			return 4;
		}
		if (needs > 0) {
			return 3;
		}
		return around.all(Kind.COLLECTION).isEmpty() ? 1 : 2;
	}

	private static List<Figure> figures(Gathered around, long needs, long regionalNeeds) {
		long asked = around.all(Kind.COLLECTION).stream().mapToLong((one) -> one.municipalities().size()).sum();
		long none = around.all(Kind.COLLECTION)
			.stream()
			.flatMap((one) -> one.events(NoNeedsAnswered.class))
			.map(NoNeedsAnswered::municipality)
			.distinct()
			.count();
		long delivered = around.all(Kind.COLLECTION)
			.stream()
			.filter((one) -> one.has(RegionalListDelivered.class))
			.count();
		return List.of(new Figure("asked", around.all(Kind.COLLECTION).size()), new Figure("municipalities", asked),
				new Figure("none", none), new Figure("needs", needs), new Figure("regional", regionalNeeds),
				new Figure("delivered", delivered),
				new Figure("national", around.all(Kind.NATIONAL_NEED).stream().filter(Node::stands).count()));
	}

}
