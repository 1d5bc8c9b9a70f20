package se.lokalabehov.prioritisation.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.AreaEvent.AreaChosen;
import se.lokalabehov.contracts.AreaEvent.CompilingClosed;
import se.lokalabehov.contracts.AreaEvent.CycleCancelled;
import se.lokalabehov.contracts.AreaEvent.CycleExtended;
import se.lokalabehov.contracts.AreaEvent.CycleFinished;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.CycleRedacted;
import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;

/**
 * One run of the seven moments for one area. It begins as {@link Chosen} by a named
 * selection of NSK-S, is {@link Open} when SKR has given it a timetable, and ends as
 * {@link Finished} or {@link Cancelled}. What it froze when it opened (areas, regions,
 * vocabulary) never changes.
 */
public sealed interface Cycle {

	/** What was chosen, by whom and why. */
	Choice choice();

	/** What was frozen when it opened; none when it never did. */
	Optional<Opening> opened();

	/**
	 * The choice.
	 *
	 * @param area area code
	 * @param title name of the cycle
	 * @param why why this area
	 * @param choosers the municipalities whose social chiefs chose
	 */
	record Choice(String area, String title, String why, List<OrganisationId> choosers) {

		public Choice {
			choosers = List.copyOf(choosers);
		}

	}

	/**
	 * What was fixed when the cycle opened, and how it has moved since.
	 *
	 * @param areas the area and all narrower ones
	 * @param timetable last day of each step, as it stands now
	 * @param regions who asks whom
	 * @param vocabularyVersion the vocabulary in use
	 * @param extensions the days that were moved, in order
	 * @param compilingClosed whether SKR takes no more deliveries
	 */
	record Opening(List<String> areas, Map<Step, LocalDate> timetable, List<Region> regions, String vocabularyVersion,
			List<Extension> extensions, boolean compilingClosed) {

		public Opening {
			areas = List.copyOf(areas);
			timetable = Map.copyOf(timetable);
			regions = List.copyOf(regions);
			extensions = List.copyOf(extensions);
		}

		/** The timetable with one day moved. */
		public Map<Step, LocalDate> timetableWith(Step step, LocalDate until) {
			Map<Step, LocalDate> moved = new EnumMap<>(this.timetable);
			moved.put(step, until);
			return moved;
		}

		/**
		 * The municipalities that someone asks in this cycle, none when it does not ask.
		 */
		public List<OrganisationId> askedBy(OrganisationId asker) {
			return this.regions.stream()
				.filter((region) -> region.asker().equals(asker))
				.flatMap((region) -> region.municipalities().stream())
				.toList();
		}

	}

	/**
	 * A day that was moved.
	 *
	 * @param step which
	 * @param until the new last day
	 * @param reason why
	 */
	record Extension(Step step, LocalDate until, String reason) {
	}

	/**
	 * The area is chosen; nobody is asked yet.
	 *
	 * @param choice the choice
	 */
	record Chosen(Choice choice) implements Cycle {

		@Override
		public Optional<Opening> opened() {
			return Optional.empty();
		}

	}

	/**
	 * It runs.
	 *
	 * @param choice the choice
	 * @param opening what was frozen
	 */
	record Open(Choice choice, Opening opening) implements Cycle {

		@Override
		public Optional<Opening> opened() {
			return Optional.of(this.opening);
		}

	}

	/**
	 * Every need has its answer.
	 *
	 * @param choice the choice
	 * @param opening what was frozen
	 * @param summary closing words
	 */
	record Finished(Choice choice, Opening opening, String summary) implements Cycle {

		@Override
		public Optional<Opening> opened() {
			return Optional.of(this.opening);
		}

	}

	/**
	 * Stopped before its end.
	 *
	 * @param choice the choice
	 * @param opening what was frozen, none when it never opened
	 * @param reason told to everyone who was asked
	 */
	record Cancelled(Choice choice, @Nullable Opening opening, String reason) implements Cycle {

		@Override
		public Optional<Opening> opened() {
			return Optional.ofNullable(this.opening);
		}

	}

	/** Folds an event into the state. */
	static Cycle evolve(@Nullable Cycle before, AreaEvent event) {
		if (event instanceof AreaChosen chosen) {
			return new Chosen(new Choice(chosen.area(), chosen.title(), chosen.why(), chosen.choosers()));
		}
		Cycle cycle = Objects.requireNonNull(before, "a cycle begins with the choice of its area");
		return switch (event) {
			case AreaChosen chosen -> throw new IllegalStateException("handled above");
			case CycleOpened opened -> new Open(cycle.choice(), new Opening(opened.areas(), opened.timetable(),
					opened.regions(), opened.vocabularyVersion(), List.of(), false));
			case CycleExtended extended -> new Open(cycle.choice(), extended(opening(cycle), extended));
			case CompilingClosed closed -> new Open(cycle.choice(), compilingClosed(opening(cycle)));
			case CycleCancelled cancelled ->
				new Cancelled(cycle.choice(), cycle.opened().orElse(null), cancelled.reason());
			case CycleFinished finished -> new Finished(cycle.choice(), opening(cycle), finished.summary());
			case CycleRedacted redacted -> redacted(cycle);
		};
	}

	private static Opening opening(Cycle cycle) {
		return cycle.opened().orElseThrow(() -> new IllegalStateException("not opened"));
	}

	private static Opening extended(Opening opening, CycleExtended extended) {
		List<Extension> extensions = new ArrayList<>(opening.extensions());
		extensions.add(new Extension(extended.step(), extended.until(), extended.reason()));
		return new Opening(opening.areas(), opening.timetableWith(extended.step(), extended.until()), opening.regions(),
				opening.vocabularyVersion(), extensions, opening.compilingClosed());
	}

	private static Opening compilingClosed(Opening opening) {
		return new Opening(opening.areas(), opening.timetable(), opening.regions(), opening.vocabularyVersion(),
				opening.extensions(), true);
	}

	private static Cycle redacted(Cycle cycle) {
		Choice choice = new Choice(cycle.choice().area(), Wording.REDACTED, Wording.REDACTED,
				cycle.choice().choosers());
		return switch (cycle) {
			case Chosen chosen -> new Chosen(choice);
			case Open open -> new Open(choice, redacted(open.opening()));
			case Finished finished -> new Finished(choice, redacted(finished.opening()), Wording.REDACTED);
			case Cancelled cancelled -> new Cancelled(choice,
					(cancelled.opening() != null) ? redacted(cancelled.opening()) : null, Wording.REDACTED);
		};
	}

	private static Opening redacted(Opening opening) {
		return new Opening(opening.areas(), opening.timetable(), opening.regions(), opening.vocabularyVersion(),
				opening.extensions()
					.stream()
					.map((one) -> new Extension(one.step(), one.until(), Wording.REDACTED))
					.toList(),
				opening.compilingClosed());
	}

}
