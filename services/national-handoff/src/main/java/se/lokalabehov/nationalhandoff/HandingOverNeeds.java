package se.lokalabehov.nationalhandoff;

import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedRedacted;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.nationalhandoff.model.HandOff;
import se.lokalabehov.nationalhandoff.model.HandingOver;
import se.lokalabehov.nationalhandoff.model.HandingOver.Candidate;
import se.lokalabehov.nationalhandoff.model.HandingOver.HandOver;
import se.lokalabehov.nationalhandoff.model.NationalNeed;
import se.lokalabehov.security.Caller;

/**
 * Moment 6: every ranked need finds an agency that confirms it, or is left below the
 * line.
 */
@Component
class HandingOverNeeds {

	private final Aggregates<NationalNeed, CompilationEvent> needs;

	private final Aggregates<HandOff, HandOffEvent> handOffs;

	private final Known known;

	private final Finding finding;

	HandingOverNeeds(Aggregates<NationalNeed, CompilationEvent> needs, Aggregates<HandOff, HandOffEvent> handOffs,
			Known known, Finding finding) {
		this.needs = needs;
		this.handOffs = handOffs;
		this.known = known;
		this.finding = finding;
	}

	Outcome<HandOff> handOver(Caller caller, Act act, NationalNeedId id, HandOver command) {
		Optional<Refusal> refusal = Access.mayCompile(caller);
		if (refusal.isPresent()) {
			return Outcome.refuse(refusal.get());
		}
		Set<OrganisationId> agencies = this.known.agencies();
		return this.finding.<HandOff>withNationalNeed(caller, id.value(), Access::mayCompile, (need) -> {
			Candidate candidate = candidate(id, need);
			return this.handOffs.execute(id.value(), act, (@Nullable HandOff before) -> HandingOver.handOver(before,
					command, candidate, agencies, ScreeningNationalNeeds.day(act.at())));
		}).peek((done) -> blankWhatWasRedactedMeanwhile(id.value(), act, done.state()));
	}

	Outcome<HandOff> leaveBelowTheLine(Caller caller, Act act, String id, String reason) {
		return this.finding.withNationalNeed(caller, id, Access::mayCompile, (need) -> {
			Candidate candidate = candidate(new NationalNeedId(id), need);
			return this.handOffs.execute(id, act,
					(@Nullable HandOff before) -> HandingOver.leaveBelowTheLine(before, reason, candidate));
		});
	}

	Outcome<HandOff> receive(Caller caller, Act act, String id, @Nullable String registration) {
		return this.finding.withHandOff(caller, id, Access::mayAnswer, (handOff) -> this.handOffs.execute(id, act,
				(@Nullable HandOff before) -> HandingOver.receive(before, caller.organisation(), registration)));
	}

	Outcome<HandOff> giveBack(Caller caller, Act act, String id, String reason) {
		return this.finding.withHandOff(caller, id, Access::mayAnswer, (handOff) -> this.handOffs.execute(id, act,
				(@Nullable HandOff before) -> HandingOver.giveBack(before, caller.organisation(), reason)));
	}

	Outcome<HandOff> redact(Caller caller, Act act, String id, String reason) {
		return this.finding.withHandOff(caller, id, Access::mayRedact, (handOff) -> this.handOffs.execute(id, act,
				(@Nullable HandOff before) -> HandingOver.redact(before, reason)));
	}

	/** Blanks a hand-off when its national need has been (domain rule 8). */
	void followRedaction(Envelope<CompilationEvent> told) {
		if (told.event() instanceof NationalNeedRedacted redacted && this.handOffs.find(told.key()).isPresent()) {
			blank(told.key(), Act.system(told.by(), told.time(), told.id()), redacted.reason());
		}
	}

	/**
	 * A redaction between reading the need and writing its hand-off would otherwise leave
	 * the words standing: {@link #followRedaction} may have come before the hand-off.
	 */
	private void blankWhatWasRedactedMeanwhile(String id, Act act, HandOff handOff) {
		HandOff.Assignment handedTo = handOff.handedTo();
		boolean redacted = this.needs.find(id)
			.filter((need) -> need.state().current().wording().title().equals(Wording.REDACTED))
			.isPresent();
		if (redacted && handedTo != null && !handedTo.wording().title().equals(Wording.REDACTED)) {
			blank(id, Act.system(act.by(), act.at(), "redacted meanwhile: " + id), "Behovet är borttaget.");
		}
	}

	private void blank(String id, Act act, String reason) {
		if (this.handOffs.execute(id, act,
				(before) -> HandingOver.redact(before, reason)) instanceof Outcome.Refused<HandOff> refused) {
			// The platform parks the event with this as its cause, and it is played
			// again.
			throw new IllegalStateException("could not be redacted: " + refused.refusal().code());
		}
	}

	private Candidate candidate(NationalNeedId id, NationalNeed need) {
		return new Candidate(need, this.known.cycle(need.cycle()), this.known.standing(id, need.cycle()));
	}

}
