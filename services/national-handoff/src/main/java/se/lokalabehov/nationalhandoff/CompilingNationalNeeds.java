package se.lokalabehov.nationalhandoff;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.nationalhandoff.model.Compiling;
import se.lokalabehov.nationalhandoff.model.Compiling.Change;
import se.lokalabehov.nationalhandoff.model.Compiling.Delivery;
import se.lokalabehov.nationalhandoff.model.Compiling.Form;
import se.lokalabehov.nationalhandoff.model.CycleSeen;
import se.lokalabehov.nationalhandoff.model.NationalNeed;
import se.lokalabehov.nationalhandoff.model.RankStanding;
import se.lokalabehov.security.Caller;

/**
 * Moment 4: SKR compiles what the regions have delivered into national needs.
 */
@Component
class CompilingNationalNeeds {

	private final Aggregates<NationalNeed, CompilationEvent> needs;

	private final Known known;

	private final Finding finding;

	CompilingNationalNeeds(Aggregates<NationalNeed, CompilationEvent> needs, Known known, Finding finding) {
		this.needs = needs;
		this.known = known;
		this.finding = finding;
	}

	Outcome<NationalNeed> form(Caller caller, Act act, Form form) {
		Optional<Refusal> refusal = Access.mayCompile(caller);
		if (refusal.isPresent()) {
			return Outcome.refuse(refusal.get());
		}
		CycleSeen cycle = this.known.cycle(form.cycle());
		Map<RegionalNeedId, Delivery> delivered = this.known.deliveries(form.sources());
		return this.needs.execute(act.newId("national"), act,
				(@Nullable NationalNeed before) -> Compiling.form(before, form, cycle, delivered));
	}

	Outcome<NationalNeed> change(Caller caller, Act act, String id, Change change) {
		return this.finding.withNationalNeed(caller, id, Access::mayCompile, (need) -> {
			CycleSeen cycle = this.known.cycle(need.cycle());
			RankStanding standing = this.known.standing(new NationalNeedId(id), need.cycle());
			Map<RegionalNeedId, Delivery> delivered = this.known.deliveries(change.sources());
			return this.needs.execute(id, act,
					(@Nullable NationalNeed before) -> Compiling.change(before, change, cycle, delivered, standing));
		});
	}

	Outcome<NationalNeed> dissolve(Caller caller, Act act, String id, String reason) {
		return this.finding.withNationalNeed(caller, id, Access::mayCompile, (need) -> {
			CycleSeen cycle = this.known.cycle(need.cycle());
			RankStanding standing = this.known.standing(new NationalNeedId(id), need.cycle());
			return this.needs.execute(id, act,
					(@Nullable NationalNeed before) -> Compiling.dissolve(before, reason, cycle, standing));
		});
	}

	/** The hand-off's words go with it: {@link HandingOverNeeds#followRedaction}. */
	Outcome<NationalNeed> redact(Caller caller, Act act, String id, String reason) {
		return this.finding.withNationalNeed(caller, id, Access::mayRedact, (need) -> this.needs.execute(id, act,
				(@Nullable NationalNeed before) -> Compiling.redact(before, reason)));
	}

}
