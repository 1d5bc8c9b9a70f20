package se.lokalabehov.contracts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moment 5 (and an RSS's own rounds): a panel ranks a set of needs. Ballots are never
 * events (domain rule 13).
 */
public sealed interface RankingEvent {

	/** Whose needs are ranked. */
	enum Level {

		/** An RSS ranks its own regional needs. */
		REGIONAL,
		/** The social chiefs rank the national needs. */
		NATIONAL

	}

	/** What an item that a ballot does not list means; fixed by the round. */
	enum Unranked {

		/** Below all listed. */
		LAST,
		/** No opinion. */
		NO_OPINION

	}

	/** Which step of a ranking a round is (JLA Guidebook, chapters 7 and 8). */
	enum Step {

		/** All in one. */
		SINGLE,
		/** Shortens a long list. */
		INTERIM,
		/** Ranks the short list that an interim step has left. */
		FINAL

	}

	/** What items can be scored on, from 1 (little) to 4 (much). */
	enum Criterion {

		/** What it means for the individual. */
		CONSEQUENCE,
		/** How many it concerns. */
		HOW_MANY,
		/** How unequal it makes. */
		INEQUALITY,
		/** How urgent it is. */
		URGENCY,
		/** How feasible an answer is. */
		FEASIBILITY

	}

	/**
	 * What a criterion weighs.
	 *
	 * @param criterion which
	 * @param weight from 1 to 100
	 */
	record Weight(Criterion criterion, int weight) {
	}

	/**
	 * How a round is run, beside its method.
	 *
	 * @param step which step it is
	 * @param interim the interim round whose short list a final one ranks
	 * @param balanced whether every group of the panel has the same weight in total
	 * @param shortlist how many places matter; of an interim step, how many go on
	 * @param criteria what seats score items on, from which their ballots are derived;
	 * empty when seats order the items themselves
	 * @param observers organisations without a vote that may comment
	 */
	record Procedure(Step step, @Nullable RoundId interim, boolean balanced, int shortlist, List<Weight> criteria,
			List<OrganisationId> observers) {

		/** The procedure of rounds that were opened before there was a choice. */
		public static Procedure plain(int items) {
			return new Procedure(Step.SINGLE, null, false, Math.max(1, Math.min(10, items)), List.of(), List.of());
		}

		public Procedure {
			criteria = List.copyOf(criteria);
			observers = List.copyOf(observers);
		}

		/** Whether an item with that rank goes on to a final step. */
		public boolean goesOn(int rank) {
			return this.step == Step.INTERIM && rank <= this.shortlist;
		}

	}

	/**
	 * An item to be ranked: a regional or a national need.
	 *
	 * @param id its identifier
	 * @param version the exact version
	 * @param title its title
	 */
	record Item(String id, int version, String title) {
	}

	/**
	 * A seat belongs to an office, not to a person.
	 *
	 * @param seat name within the round
	 * @param organisation whose
	 * @param office for example "Socialchef"
	 * @param deputy the organisation of the deputy, none when the same
	 * @param group the voice that it belongs to, for example an RSS (domain rule 15);
	 * never with fewer than five seats, so that no one's ballot is seen in it
	 */
	record Seat(String seat, OrganisationId organisation, String office, @Nullable OrganisationId deputy,
			@Nullable String group) {
	}

	/**
	 * A place in the common order.
	 *
	 * @param rank from 1; items with equal scores share a rank
	 * @param item the item
	 * @param score the method's score as decimal text, exact
	 */
	record Place(int rank, String item, String score) {
	}

	/**
	 * The round is open: everything that decides its result is fixed from here on.
	 *
	 * @param level regional or national
	 * @param cycle in which cycle
	 * @param owner the RSS, or SKR
	 * @param title its name
	 * @param items what is ranked
	 * @param panel who votes
	 * @param quorum how many ballots make the result more than provisional
	 * @param deadline ballots are taken until then
	 * @param method name of the method, for example {@code borda}
	 * @param unranked what an unlisted item means
	 * @param corrects the round that this one corrects (domain rule 6)
	 * @param procedure the rest; none in the oldest events: {@link Procedure#plain}
	 */
	@WireName("round-opened.v1")
	record RoundOpened(Level level, CycleId cycle, OrganisationId owner, String title, List<Item> items,
			List<Seat> panel, int quorum, Instant deadline, String method, Unranked unranked,
			@Nullable RoundId corrects, @Nullable Procedure procedure) implements RankingEvent, FreeText<RoundOpened> {

		/** How it is run. */
		public Procedure run() {
			return (this.procedure != null) ? this.procedure : Procedure.plain(this.items.size());
		}

		@Override
		public RoundOpened redacted() {
			return new RoundOpened(this.level, this.cycle, this.owner, Wording.REDACTED,
					this.items.stream().map((one) -> new Item(one.id(), one.version(), Wording.REDACTED)).toList(),
					this.panel, this.quorum, this.deadline, this.method, this.unranked, this.corrects, this.procedure);
		}

	}

	/**
	 * More time, visibly.
	 *
	 * @param deadline the new one
	 * @param reason why
	 */
	@WireName("round-extended.v1")
	record RoundExtended(Instant deadline, String reason) implements RankingEvent, FreeText<RoundExtended> {

		@Override
		public RoundExtended redacted() {
			return new RoundExtended(this.deadline, Wording.REDACTED);
		}

	}

	/**
	 * Seats that had not voted were reminded; says nothing of how anyone voted.
	 *
	 * @param message the words that went out
	 */
	@WireName("seats-reminded.v1")
	record SeatsReminded(String message) implements RankingEvent, FreeText<SeatsReminded> {

		@Override
		public SeatsReminded redacted() {
			return new SeatsReminded(Wording.REDACTED);
		}

	}

	/**
	 * An office has a new holder; the seat's ballot stays.
	 *
	 * @param seat which
	 * @param note for example "Ny socialchef från 1 mars"
	 */
	@WireName("seat-holder-changed.v1")
	record SeatHolderChanged(String seat, String note) implements RankingEvent, FreeText<SeatHolderChanged> {

		@Override
		public SeatHolderChanged redacted() {
			return new SeatHolderChanged(this.seat, Wording.REDACTED);
		}

	}

	/**
	 * Someone without a vote has said something; only those who take part see it before
	 * the round is closed.
	 *
	 * @param by which of the observers
	 * @param item about which item, or about all
	 * @param text in words
	 */
	@WireName("round-commented.v1")
	record RoundCommented(OrganisationId by, @Nullable String item,
			String text) implements RankingEvent, FreeText<RoundCommented> {

		@Override
		public RoundCommented redacted() {
			return new RoundCommented(this.by, this.item, Wording.REDACTED);
		}

	}

	/**
	 * Stopped without a result.
	 *
	 * @param reason why
	 */
	@WireName("round-cancelled.v1")
	record RoundCancelled(String reason) implements RankingEvent, FreeText<RoundCancelled> {

		@Override
		public RoundCancelled redacted() {
			return new RoundCancelled(Wording.REDACTED);
		}

	}

	/**
	 * Closed, with its ranking (domain rule 13: all at once).
	 *
	 * @param ranking best first
	 * @param method the method that made it
	 * @param ballots how many were cast
	 * @param provisional whether that is under quorum (domain rule 14)
	 * @param packageHash SHA-256, hex, over the published package's canonical form
	 * @param byDeadline whether time closed it, not the coordinator
	 */
	@WireName("round-closed.v1")
	record RoundClosed(List<Place> ranking, String method, int ballots, boolean provisional, String packageHash,
			boolean byDeadline) implements RankingEvent {
	}

	/**
	 * The texts were blanked (domain rule 8).
	 *
	 * @param reason why, without repeating what stood there
	 */
	@WireName("round-redacted.v1")
	record RoundRedacted(String reason) implements RankingEvent, Redaction {
	}

}
