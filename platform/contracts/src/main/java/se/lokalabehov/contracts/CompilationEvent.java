package se.lokalabehov.contracts;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moment 4, compile and screen: the life of a national need until it is ready to be
 * ranked, or answered by what exists.
 */
public sealed interface CompilationEvent {

	/** The verdict of a screening (vocabulary {@code gap-status}). */
	enum Verdict {

		/** New support is needed. */
		NEW,
		/** Support exists and must be adapted. */
		ADAPT,
		/** Support exists: the need goes back with it. */
		EXISTS,
		/** Solved locally: the need goes back with that answer. */
		LOCAL;

		/** Whether a need with this verdict goes on to be ranked. */
		public boolean goesOn() {
			return this == NEW || this == ADAPT;
		}

	}

	/**
	 * A source that a verdict rests on (domain rule 17).
	 *
	 * @param title what it is called
	 * @param publisher who published it
	 * @param reference link, DOI or registration number
	 * @param overview whether it is the overview (at most one, the latest)
	 */
	record Evidence(String title, String publisher, String reference, boolean overview) {
	}

	/**
	 * Formed by SKR from delivered regional needs.
	 *
	 * @param cycle in which cycle
	 * @param wording the words, version 1
	 * @param sources the regional needs behind it, whole provenance
	 */
	@WireName("national-need-formed.v1")
	record NationalNeedFormed(CycleId cycle, Wording wording,
			List<Source> sources) implements CompilationEvent, FreeText<NationalNeedFormed> {

		@Override
		public NationalNeedFormed redacted() {
			return new NationalNeedFormed(this.cycle, this.wording.redacted(), this.sources);
		}

	}

	/**
	 * Other words or other sources, until ranking has opened.
	 *
	 * @param version from 2
	 * @param wording the words
	 * @param sources the regional needs behind it
	 */
	@WireName("national-need-changed.v1")
	record NationalNeedChanged(int version, Wording wording,
			List<Source> sources) implements CompilationEvent, FreeText<NationalNeedChanged> {

		@Override
		public NationalNeedChanged redacted() {
			return new NationalNeedChanged(this.version, this.wording.redacted(), this.sources);
		}

	}

	/**
	 * Taken apart again; its regional needs are free.
	 *
	 * @param reason why
	 */
	@WireName("national-need-dissolved.v1")
	record NationalNeedDissolved(String reason) implements CompilationEvent, FreeText<NationalNeedDissolved> {

		@Override
		public NationalNeedDissolved redacted() {
			return new NationalNeedDissolved(Wording.REDACTED);
		}

	}

	/**
	 * Given to agencies to judge.
	 *
	 * @param agencies who
	 * @param due last day
	 */
	@WireName("screening-asked.v1")
	record ScreeningAsked(List<OrganisationId> agencies, LocalDate due) implements CompilationEvent {
	}

	/**
	 * Judged.
	 *
	 * @param verdict the verdict
	 * @param reason in words that the municipality reads
	 * @param judgedBy the agency
	 * @param evidence at most one overview and two more sources
	 * @param searchedOn when one last searched
	 * @param support what exists, by name, when the verdict is EXISTS or ADAPT
	 */
	@WireName("national-need-screened.v1")
	record NationalNeedScreened(Verdict verdict, String reason, OrganisationId judgedBy, List<Evidence> evidence,
			LocalDate searchedOn,
			@Nullable String support) implements CompilationEvent, FreeText<NationalNeedScreened> {

		@Override
		public NationalNeedScreened redacted() {
			return new NationalNeedScreened(this.verdict, Wording.REDACTED, this.judgedBy, this.evidence.stream()
				.map((one) -> new Evidence(Wording.REDACTED, Wording.REDACTED, Wording.REDACTED, one.overview()))
				.toList(), this.searchedOn, (this.support != null) ? Wording.REDACTED : null);
		}

	}

	/**
	 * The texts were blanked in every version (domain rule 8).
	 *
	 * @param reason why, without repeating what stood there
	 */
	@WireName("national-need-redacted.v1")
	record NationalNeedRedacted(String reason) implements CompilationEvent, Redaction {
	}

}
