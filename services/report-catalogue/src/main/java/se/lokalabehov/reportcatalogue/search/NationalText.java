package se.lokalabehov.reportcatalogue.search;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedChanged;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedDissolved;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedRedacted;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Envelope;

/**
 * What can be found of a national need, and of what it is made.
 *
 * @param wording the words; none when it was dissolved or blanked
 * @param needs the municipalities' and regional needs behind it, by identifier
 * @param ever all that have been behind it, whose readers may change with it
 * @param agencies who were asked to screen it
 * @param verdict the last one
 * @param changed when the words were last changed
 */
record NationalText(@Nullable Wording wording, List<String> needs, List<String> ever, List<OrganisationId> agencies,
		@Nullable Verdict verdict, Instant changed) {

	static NationalText after(@Nullable NationalText before, Envelope<CompilationEvent> told) {
		return switch (told.event()) {
			case NationalNeedFormed formed -> new NationalText(formed.wording(), behind(formed.sources()),
					behind(formed.sources()), List.of(), null, told.time());
			case NationalNeedChanged changed -> known(before).made(changed, told.time());
			case NationalNeedDissolved dissolved -> known(before).gone(List.of());
			case NationalNeedRedacted redacted -> known(before).gone(known(before).needs);
			case ScreeningAsked asked -> new NationalText(known(before).wording, known(before).needs,
					known(before).ever, asked.agencies(), known(before).verdict, known(before).changed);
			case NationalNeedScreened screened -> new NationalText(known(before).wording, known(before).needs,
					known(before).ever, known(before).agencies, screened.verdict(), known(before).changed);
		};
	}

	private static NationalText known(@Nullable NationalText before) {
		return Objects.requireNonNull(before, "a national need begins with being formed");
	}

	private static List<String> behind(List<Source> sources) {
		return sources.stream()
			.flatMap((source) -> Stream.concat(Stream.of(source.regionalNeed().value()),
					source.members().stream().map((member) -> member.need().value())))
			.distinct()
			.toList();
	}

	private NationalText made(NationalNeedChanged changed, Instant at) {
		List<String> now = behind(changed.sources());
		return new NationalText((this.wording != null) ? changed.wording() : null, now,
				Stream.concat(this.ever.stream(), now.stream()).distinct().toList(), this.agencies, this.verdict, at);
	}

	private NationalText gone(List<String> left) {
		return new NationalText(null, left, this.ever, this.agencies, this.verdict, this.changed);
	}

	/** Whether it was answered in screening, and is published by that. */
	boolean isAnswered() {
		return this.verdict != null && !this.verdict.goesOn();
	}

}
