package se.lokalabehov.needintake;

import java.util.List;
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
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.eventing.Envelope;

/**
 * A national need as it has been heard of here: what is behind it, and who screens it.
 *
 * @param cycle in which cycle
 * @param regionalNeeds behind it, none when it is dissolved
 * @param needs behind those
 * @param agencies who screen it
 * @param verdict the last one
 */
record NationalNeedView(CycleId cycle, List<RegionalNeedId> regionalNeeds, List<NeedId> needs,
		List<OrganisationId> agencies, @Nullable Verdict verdict) {

	static NationalNeedView after(@Nullable NationalNeedView before, Envelope<CompilationEvent> envelope) {
		return switch (envelope.event()) {
			case NationalNeedFormed formed ->
				new NationalNeedView(formed.cycle(), List.of(), List.of(), List.of(), null).of(formed.sources());
			case NationalNeedChanged changed -> known(before).of(changed.sources());
			case NationalNeedDissolved dissolved -> known(before).of(List.of());
			case ScreeningAsked asked -> new NationalNeedView(known(before).cycle, known(before).regionalNeeds,
					known(before).needs, asked.agencies(), known(before).verdict);
			case NationalNeedScreened screened -> new NationalNeedView(known(before).cycle, known(before).regionalNeeds,
					known(before).needs, known(before).agencies, screened.verdict());
			case NationalNeedRedacted redacted -> known(before);
		};
	}

	private NationalNeedView of(List<Source> sources) {
		return new NationalNeedView(this.cycle, sources.stream().map(Source::regionalNeed).toList(),
				sources.stream()
					.flatMap((source) -> source.members().stream())
					.map((member) -> member.need())
					.distinct()
					.toList(),
				this.agencies, this.verdict);
	}

	private static NationalNeedView known(@Nullable NationalNeedView before) {
		return Objects.requireNonNull(before, "a national need begins with being formed");
	}

}
