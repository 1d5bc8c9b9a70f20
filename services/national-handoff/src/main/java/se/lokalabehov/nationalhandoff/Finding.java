package se.lokalabehov.nationalhandoff;

import java.util.Optional;
import java.util.function.Function;

import org.springframework.stereotype.Component;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.nationalhandoff.Access.Sight;
import se.lokalabehov.nationalhandoff.model.HandOff;
import se.lokalabehov.nationalhandoff.model.NationalNeed;
import se.lokalabehov.security.Caller;

/**
 * Finds what a caller may see. What one may not see is not there (404); what one sees but
 * may not do is refused (403).
 */
@Component
class Finding {

	private final Aggregates<NationalNeed, CompilationEvent> needs;

	private final Aggregates<HandOff, HandOffEvent> handOffs;

	private final Known known;

	Finding(Aggregates<NationalNeed, CompilationEvent> needs, Aggregates<HandOff, HandOffEvent> handOffs, Known known) {
		this.needs = needs;
		this.handOffs = handOffs;
		this.known = known;
	}

	/**
	 * A national need with how much the caller sees of it.
	 *
	 * @param stored the need
	 * @param sight how much, never nothing
	 */
	record Seen(Stored<NationalNeed> stored, Sight sight) {
	}

	Optional<Seen> nationalNeed(Caller caller, String id) {
		return this.needs.find(id).flatMap((stored) -> {
			NationalNeed need = stored.state();
			Sight sight = Access.sight(caller, new NationalNeedId(id), need, this.known.rounds(need.cycle()),
					this.handOffs.find(id).map(Stored::state).orElse(null));
			return (sight == Sight.NOTHING) ? Optional.empty() : Optional.of(new Seen(stored, sight));
		});
	}

	Optional<Stored<HandOff>> handOff(Caller caller, String id) {
		return this.handOffs.find(id).filter((stored) -> Access.seesHandOff(caller, stored.state()));
	}

	/** Does something with a national need that the caller sees, if the caller may. */
	<S> Outcome<S> withNationalNeed(Caller caller, String id, Function<Caller, Optional<Refusal>> may,
			Function<NationalNeed, Outcome<S>> act) {
		return nationalNeed(caller, id)
			.map((seen) -> may.apply(caller)
				.<Outcome<S>>map(Outcome::refuse)
				.orElseGet(() -> act.apply(seen.stored().state())))
			.orElseGet(() -> Outcome.refuse(Refusal.notFound()));
	}

	/** Does something with a hand-off that the caller sees, if the caller may. */
	<S> Outcome<S> withHandOff(Caller caller, String id, Function<Caller, Optional<Refusal>> may,
			Function<HandOff, Outcome<S>> act) {
		return handOff(caller, id)
			.map((stored) -> may.apply(caller)
				.<Outcome<S>>map(Outcome::refuse)
				.orElseGet(() -> act.apply(stored.state())))
			.orElseGet(() -> Outcome.refuse(Refusal.notFound()));
	}

}
