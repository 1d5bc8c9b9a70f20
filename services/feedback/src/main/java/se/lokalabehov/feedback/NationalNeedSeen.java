package se.lokalabehov.feedback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedChanged;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedDissolved;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedRedacted;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Envelope;

/**
 * A national need as this service knows it from moment 4.
 *
 * @param cycle in which cycle
 * @param title what it is called
 * @param sources who asks, whole provenance
 * @param agencies who was asked to screen it, or did
 * @param screening the verdict that holds; none before the first
 * @param basis sequence of the event that last changed what the verdict says or whom it
 * concerns
 * @param dissolved whether it was taken apart again
 */
record NationalNeedSeen(CycleId cycle, String title, List<Source> sources, List<OrganisationId> agencies,
		@Nullable NationalNeedScreened screening, @Nullable Instant screenedAt, long basis, boolean dissolved) {

	static NationalNeedSeen after(@Nullable NationalNeedSeen before, Envelope<CompilationEvent> told) {
		return switch (told.event()) {
			case NationalNeedFormed formed -> new NationalNeedSeen(formed.cycle(), formed.wording().title(),
					formed.sources(), List.of(), null, null, told.sequence(), false);
			case NationalNeedChanged changed -> of(before).changed(changed, told.sequence());
			case ScreeningAsked asked -> of(before).concerning(asked.agencies());
			case NationalNeedScreened screened ->
				of(before).concerning(List.of(screened.judgedBy())).screened(screened, told);
			case NationalNeedDissolved dissolved -> of(before).taken();
			case NationalNeedRedacted redacted -> of(before).redacted();
		};
	}

	private static NationalNeedSeen of(@Nullable NationalNeedSeen before) {
		if (before == null) {
			throw new IllegalStateException("a national need that was never formed");
		}
		return before;
	}

	private NationalNeedSeen changed(NationalNeedChanged changed, long sequence) {
		// Other words do not change an answer; other municipalities behind it must be
		// told.
		long basis = changed.sources().equals(this.sources) ? this.basis : sequence;
		return new NationalNeedSeen(this.cycle, changed.wording().title(), changed.sources(), this.agencies,
				this.screening, this.screenedAt, basis, this.dissolved);
	}

	private NationalNeedSeen concerning(List<OrganisationId> more) {
		List<OrganisationId> all = new ArrayList<>(this.agencies);
		more.stream().filter((one) -> !all.contains(one)).forEach(all::add);
		return new NationalNeedSeen(this.cycle, this.title, this.sources, all, this.screening, this.screenedAt,
				this.basis, this.dissolved);
	}

	private NationalNeedSeen screened(NationalNeedScreened screened, Envelope<CompilationEvent> told) {
		return new NationalNeedSeen(this.cycle, this.title, this.sources, this.agencies, screened, told.time(),
				told.sequence(), this.dissolved);
	}

	private NationalNeedSeen taken() {
		return new NationalNeedSeen(this.cycle, this.title, this.sources, this.agencies, this.screening,
				this.screenedAt, this.basis, true);
	}

	private NationalNeedSeen redacted() {
		return new NationalNeedSeen(this.cycle, Wording.REDACTED, this.sources, this.agencies,
				(this.screening != null) ? this.screening.redacted() : null, this.screenedAt, this.basis,
				this.dissolved);
	}

}
