package se.lokalabehov.prioritisation;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.bson.Document;

import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.prioritisation.Ballots.Cast;
import se.lokalabehov.prioritisation.model.Ballot;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.prioritisation.model.Scores;

/**
 * Casts or replaces a seat's ballot. It is acknowledged only when the write that requires
 * the round to be open has succeeded, so that it is certainly counted; otherwise it is
 * refused.
 */
final class CastingBallot {

	private static final int ATTEMPTS = 20;

	private final Aggregates<Round, RankingEvent> rounds;

	private final Ballots ballots;

	private final Clock clock;

	CastingBallot(Aggregates<Round, RankingEvent> rounds, Ballots ballots, Clock clock) {
		this.rounds = rounds;
		this.ballots = ballots;
		this.clock = clock;
	}

	/**
	 * Casts.
	 * @param id the round
	 * @param round as it was read, for what never changes in it
	 * @param seat a seat of its panel that the caller speaks for
	 * @param scores the scores that the ballot was derived from, if any
	 * @return done with the seat as id and the seat's own version
	 */
	Outcome<Cast> cast(String id, Round round, String seat, Ballot ballot, Scores scores, Act act) {
		for (int i = 0; i < ATTEMPTS; i++) {
			Cast before = this.ballots.of(id, seat);
			Optional<Outcome<Cast>> repeated = repeated(before, seat, act);
			if (repeated.isPresent()) {
				return repeated.get();
			}
			Optional<Refusal> refusal = takesBallots(id, act).or(() -> unchanged(before, act))
				.or(() -> RoundRules.ballotIsWhole(ballot, round));
			if (refusal.isPresent()) {
				return Outcome.refuse(refusal.get());
			}
			Cast after = before.next(ballot, scores, round.terms().itemIds(), act);
			if (this.ballots.put(id, seat, before, after, this.clock.instant())) {
				return new Outcome.Done<>(seat, after.version(), after, false);
			}
		}
		return Outcome.refuse(Refusal.conflict("upptaget", "Flera röstar samtidigt för platsen. Försök igen strax."));
	}

	private Optional<Outcome<Cast>> repeated(Cast before, String seat, Act act) {
		for (Document earlier : before.acts()) {
			if (earlier.getString("key").equals(act.key())) {
				return Optional.of(earlier.getString("fingerprint").equals(act.fingerprint())
						? new Outcome.Done<>(seat, earlier.getLong("version"), before, true)
						: Outcome.refuse(new Refusal(Refusal.Kind.KEY_REUSED, "nyckeln-redan-anvand",
								"Idempotency-Key har redan använts för något annat. Använd en ny nyckel för varje ny begäran.",
								List.of())));
			}
		}
		return Optional.empty();
	}

	/** Asked of the aggregate, which also knows whether the store is behind its topic. */
	private Optional<Refusal> takesBallots(String id, Act act) {
		Act asking = new Act(act.by(), act.role(), act.subject(), act.at(), null, act.fingerprint(), null);
		Outcome<Round> answer = this.rounds.execute(id, asking,
				(round) -> RoundRules.takesBallots(round, this.clock.instant()));
		return (answer instanceof Outcome.Refused<Round> refused) ? Optional.of(refused.refusal()) : Optional.empty();
	}

	private static Optional<Refusal> unchanged(Cast before, Act act) {
		return (act.expectedVersion() == null || act.expectedVersion() == before.version()) ? Optional.empty()
				: Optional.of(new Refusal(Refusal.Kind.STALE, "andrad-under-tiden",
						"Röstsedeln har ändrats sedan du hämtade den. Hämta den på nytt och gör om din ändring.",
						List.of()));
	}

}
