package se.lokalabehov.prioritisation;

import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.RoundRedacted;
import se.lokalabehov.contracts.Redaction;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.prioritisation.model.Round;

/**
 * A round carries its needs' titles: when a need is redacted, so is every round that it
 * is an item of (domain rule 8). The other needs' titles are then shown as the needs
 * themselves have them.
 */
final class RedactingWithItem {

	private final Aggregates<Round, RankingEvent> rounds;

	private final ClosingRound closing;

	private final Analyses analyses;

	RedactingWithItem(Aggregates<Round, RankingEvent> rounds, ClosingRound closing, Analyses analyses) {
		this.rounds = rounds;
		this.closing = closing;
		this.analyses = analyses;
	}

	void after(Envelope<?> envelope) {
		if (!(envelope.event() instanceof Redaction)) {
			return;
		}
		for (Stored<Round> round : this.rounds.all(Criteria.where("state.terms.items.id").is(envelope.key()))) {
			this.closing.finish(round.id());
			Outcome<Round> outcome = this.rounds.execute(round.id(),
					Act.system(round.state().terms().owner(), envelope.time(), envelope.id()),
					(now) -> RoundRules.redact(now, new RoundRedacted("Texterna i ett av behoven har tagits bort.")));
			if (outcome instanceof Outcome.Refused<Round> refused) {
				throw new IllegalStateException(round.id() + " is not redacted: " + refused.refusal().code());
			}
			this.analyses.forget(round.id());
		}
	}

}
