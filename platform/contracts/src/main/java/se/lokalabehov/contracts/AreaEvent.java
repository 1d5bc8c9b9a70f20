package se.lokalabehov.contracts;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Moment 1, choose area: the life of a cycle from the choice of its area until it is
 * finished or cancelled.
 */
public sealed interface AreaEvent {

	/**
	 * The steps of a cycle that have a last day.
	 */
	enum Step {

		/** Municipalities have answered. */
		ANSWER,
		/** RSSs have delivered. */
		DELIVER,
		/** Agencies have screened. */
		SCREEN,
		/** Social chiefs have ranked. */
		RANK,
		/** Agencies have fed back. */
		FEED_BACK

	}

	/**
	 * A region as it is asked in one cycle: membership is frozen when the cycle opens.
	 *
	 * @param asker the RSS, or SKR for municipalities without one
	 * @param municipalities who are asked
	 */
	record Region(OrganisationId asker, List<OrganisationId> municipalities) {

		public Region {
			municipalities = List.copyOf(municipalities);
		}

	}

	/**
	 * The area was chosen by a named selection of NSK-S.
	 *
	 * @param area code of the scheme {@code area}
	 * @param title the name of the cycle, as shown
	 * @param why why this area
	 * @param choosers the municipalities whose social chiefs chose
	 */
	@WireName("area-chosen.v1")
	record AreaChosen(String area, String title, String why,
			List<OrganisationId> choosers) implements AreaEvent, FreeText<AreaChosen> {

		@Override
		public AreaChosen redacted() {
			return new AreaChosen(this.area, Wording.REDACTED, Wording.REDACTED, this.choosers);
		}

	}

	/**
	 * The cycle is open.
	 *
	 * @param area code of its area
	 * @param areas the area and all narrower ones, frozen (domain rule 10)
	 * @param title the name of the cycle
	 * @param timetable last day of each step
	 * @param regions who asks whom, frozen
	 * @param vocabularyVersion the vocabulary that the cycle uses throughout
	 */
	@WireName("cycle-opened.v1")
	record CycleOpened(String area, List<String> areas, String title, Map<Step, LocalDate> timetable,
			List<Region> regions, String vocabularyVersion) implements AreaEvent, FreeText<CycleOpened> {

		@Override
		public CycleOpened redacted() {
			return new CycleOpened(this.area, this.areas, Wording.REDACTED, this.timetable, this.regions,
					this.vocabularyVersion);
		}

	}

	/**
	 * A last day was moved, visibly.
	 *
	 * @param step which
	 * @param until the new last day
	 * @param reason why
	 */
	@WireName("cycle-extended.v1")
	record CycleExtended(Step step, LocalDate until, String reason) implements AreaEvent, FreeText<CycleExtended> {

		@Override
		public CycleExtended redacted() {
			return new CycleExtended(this.step, this.until, Wording.REDACTED);
		}

	}

	/**
	 * SKR takes no more supplementary deliveries; what comes later waits for the next
	 * cycle.
	 */
	@WireName("compiling-closed.v1")
	record CompilingClosed() implements AreaEvent {
	}

	/**
	 * The cycle was stopped before its end.
	 *
	 * @param reason told to everyone who was asked
	 */
	@WireName("cycle-cancelled.v1")
	record CycleCancelled(String reason) implements AreaEvent, FreeText<CycleCancelled> {

		@Override
		public CycleCancelled redacted() {
			return new CycleCancelled(Wording.REDACTED);
		}

	}

	/**
	 * Every need has its answer; the cycle is over.
	 *
	 * @param summary closing words, may be empty
	 */
	@WireName("cycle-finished.v1")
	record CycleFinished(String summary) implements AreaEvent, FreeText<CycleFinished> {

		@Override
		public CycleFinished redacted() {
			return new CycleFinished(Wording.REDACTED);
		}

	}

	/**
	 * The texts were blanked (domain rule 8).
	 *
	 * @param reason why, without repeating what stood there
	 */
	@WireName("cycle-redacted.v1")
	record CycleRedacted(String reason) implements AreaEvent, Redaction {
	}

}
