package se.lokalabehov.prioritisation;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedChanged;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedDissolved;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedRedacted;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Envelope;

/**
 * What moment 4 has told of a national need, as far as a national round needs it.
 *
 * @param cycle in which cycle
 * @param version the present one
 * @param title the present one
 * @param dissolved whether it was taken apart again
 * @param verdict the latest verdict, none before screening
 */
record NationalNeedSeen(CycleId cycle, int version, String title, boolean dissolved, @Nullable Verdict verdict) {

	/** Folds an event of the topic into what is known of its key. */
	static NationalNeedSeen after(@Nullable NationalNeedSeen before, Envelope<CompilationEvent> envelope) {
		if (envelope.event() instanceof NationalNeedFormed formed) {
			return new NationalNeedSeen(formed.cycle(), 1, formed.wording().title(), false, null);
		}
		NationalNeedSeen was = Objects.requireNonNull(before, "a national need begins by being formed");
		return switch (envelope.event()) {
			case NationalNeedFormed formed -> throw new IllegalStateException("handled above");
			case NationalNeedChanged changed -> new NationalNeedSeen(was.cycle(), changed.version(),
					changed.wording().title(), was.dissolved(), was.verdict());
			case NationalNeedDissolved dissolved ->
				new NationalNeedSeen(was.cycle(), was.version(), was.title(), true, was.verdict());
			case ScreeningAsked asked -> was;
			case NationalNeedScreened screened ->
				new NationalNeedSeen(was.cycle(), was.version(), was.title(), was.dissolved(), screened.verdict());
			case NationalNeedRedacted redacted ->
				new NationalNeedSeen(was.cycle(), was.version(), Wording.REDACTED, was.dissolved(), was.verdict());
		};
	}

	Candidate candidate(String id) {
		return new Candidate(id, this.cycle, Access.SKR, this.version, this.title, fit());
	}

	private Candidate.Fit fit() {
		if (this.dissolved) {
			return Candidate.Fit.DISSOLVED;
		}
		if (this.verdict == null) {
			return Candidate.Fit.NOT_SCREENED;
		}
		return this.verdict.goesOn() ? Candidate.Fit.YES : Candidate.Fit.ANSWERED;
	}

}
