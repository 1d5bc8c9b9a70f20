package se.lokalabehov.prioritisation;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.scheduling.annotation.Scheduled;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.RoundCancelled;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.prioritisation.model.Cycle;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.prioritisation.model.RoundCount;

/**
 * Closes rounds, by whoever runs them or by time. One conditional write stops the
 * ballots; from then on the package is always the same, so what follows can be done again
 * by anyone after a crash at any point: count, and tell that the round is closed. A
 * sweep, at start and every second, does what is due and finishes what someone began.
 */
final class ClosingRound {

	private static final Logger logger = LoggerFactory.getLogger(ClosingRound.class);

	private final Aggregates<Round, RankingEvent> rounds;

	private final Aggregates<Cycle, AreaEvent> cycles;

	private final Ballots ballots;

	private final Analyses analyses;

	private final Clock clock;

	ClosingRound(Aggregates<Round, RankingEvent> rounds, Aggregates<Cycle, AreaEvent> cycles, Ballots ballots,
			Analyses analyses, Clock clock) {
		this.rounds = rounds;
		this.cycles = cycles;
		this.ballots = ballots;
		this.analyses = analyses;
		this.clock = clock;
	}

	/** Closes an open round now. */
	Outcome<Round> close(String id, Act act) {
		Outcome<Round> may = this.rounds.execute(id, act, RoundRules::beginClosing);
		if (may instanceof Outcome.Refused<Round>) {
			return may;
		}
		this.ballots.freeze(id, freeze(act, false), act.expectedVersion());
		finish(id);
		// Knows its own act again; whoever was overtaken hears what stands in the way.
		return this.rounds.execute(id, act, (round) -> (round instanceof Round.Open)
				? Decision.refuse(Refusal.conflict("upptaget", "Försök igen strax.")) : RoundRules.beginClosing(round));
	}

	/** Finishes the closing of a round, if one has begun. */
	void finish(String id) {
		this.rounds.find(id).map(Stored::state).ifPresent((round) -> {
			if (round instanceof Round.Closing closing) {
				RoundCount counted = RoundCount.of(new RoundId(id), closing.terms(),
						this.ballots.all(id, closing.terms()));
				this.rounds.execute(id, act(closing.freeze()), (now) -> RoundRules.close(now, counted));
				this.analyses.prepare(id);
			}
		});
	}

	/** Closes what is past its deadline, finishes what someone began to close. */
	@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
	void sweep() {
		long now = this.clock.millis();
		Criteria due = new Criteria().orOperator(Criteria.where("state.kind").is("Closing"),
				Criteria.where("state.kind").is("Open").and("state.course.deadlineMillis").lte(now));
		each(due, (round) -> {
			if (round.state() instanceof Round.Open open) {
				Act act = Act.system(open.terms().owner(), this.clock.instant(), round.id() + " deadline");
				this.ballots.freeze(round.id(), freeze(act, true), null);
			}
			finish(round.id());
		});
	}

	/** How many rounds of a cycle still take ballots or are being counted. */
	long openIn(String cycle) {
		return this.rounds.count(Criteria.where("state.terms.cycle").is(cycle).and("state.kind").in("Open", "Closing"));
	}

	/** A cancelled cycle leaves no round open behind it. */
	@Scheduled(fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
	void cancelWithTheirCycle() {
		for (Stored<Cycle> cycle : this.cycles.all(Criteria.where("state.kind").is("Cancelled"))) {
			Criteria open = Criteria.where("state.kind").is("Open").and("state.terms.cycle").is(cycle.id());
			each(open, (round) -> this.rounds.execute(round.id(),
					Act.system(round.state().terms().owner(), this.clock.instant(), round.id() + " cycle cancelled"),
					(now) -> RoundRules.cancel(now, new RoundCancelled("Omgången som den hör till är avbruten."))));
		}
	}

	private void each(Criteria criteria, Consumer<Stored<Round>> what) {
		List<Stored<Round>> found = this.rounds.all(criteria);
		for (Stored<Round> round : found) {
			try {
				what.accept(round);
			}
			catch (RuntimeException ex) {
				// Without the exception's own words: none of them may be a ballot's.
				logger.warn("{} will be tried again: {}", round.id(), ex.getClass().getSimpleName());
			}
		}
	}

	private static Round.Freeze freeze(Act act, boolean byDeadline) {
		return new Round.Freeze(byDeadline, act.at(), act.by(), act.role(), act.subject(), act.key(),
				act.fingerprint());
	}

	private static Act act(Round.Freeze freeze) {
		return new Act(freeze.by(), freeze.role(), freeze.subject(), freeze.at(), freeze.key(), freeze.fingerprint(),
				null);
	}

}
