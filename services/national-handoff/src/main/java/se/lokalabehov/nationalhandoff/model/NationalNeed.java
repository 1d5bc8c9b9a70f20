package se.lokalabehov.nationalhandoff.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.Evidence;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Wording;

/**
 * A national need. SKR forms it from delivered regional needs, may give it other words or
 * sources or take it apart again, and asks agencies to judge it. With the verdict EXISTS
 * or LOCAL it is answered and goes back; with NEW or ADAPT it goes on to be ranked. From
 * the moment when a national round opens with it, nothing of it changes.
 *
 * @param cycle in which cycle
 * @param versions every version, the last is in force; the ranked one may be an earlier
 * one
 * @param asked whom SKR has asked to judge it, none before that
 * @param screening the verdict in force, none before the first
 * @param replaced verdicts that a later one replaced, oldest first: visible, never undone
 * @param dissolved why SKR took it apart, none as long as it stands
 */
public record NationalNeed(CycleId cycle, List<Version> versions, @Nullable ScreeningRequest asked,
		@Nullable Screening screening, List<Screening> replaced, @Nullable String dissolved) {

	/**
	 * One version of it.
	 *
	 * @param number from 1
	 * @param wording the words
	 * @param sources the regional needs behind it, whole provenance
	 */
	public record Version(int number, Wording wording, List<Source> sources) {

		public Version {
			sources = List.copyOf(sources);
		}

	}

	/**
	 * A request to judge it.
	 *
	 * @param agencies who are asked; one verdict is enough
	 * @param due last day
	 */
	public record ScreeningRequest(List<OrganisationId> agencies, LocalDate due) {

		public ScreeningRequest {
			agencies = List.copyOf(agencies);
		}

	}

	/**
	 * A verdict.
	 *
	 * @param verdict the verdict
	 * @param reason in words that the municipality reads
	 * @param judgedBy the agency
	 * @param evidence at most one overview and two more sources
	 * @param searchedOn when one last searched
	 * @param support what exists, by name
	 * @param version the version that was judged
	 */
	public record Screening(Verdict verdict, String reason, OrganisationId judgedBy, List<Evidence> evidence,
			LocalDate searchedOn, @Nullable String support, int version) {

		public Screening {
			evidence = List.copyOf(evidence);
		}

	}

	public NationalNeed {
		versions = List.copyOf(versions);
		replaced = List.copyOf(replaced);
	}

	/** The version in force. */
	public Version current() {
		return this.versions.get(this.versions.size() - 1);
	}

	/**
	 * One version.
	 * @param number from 1
	 * @return the version, or none
	 */
	public Optional<Version> version(int number) {
		return this.versions.stream().filter((version) -> version.number() == number).findFirst();
	}

	/** Whether screening has answered it, so that it leaves the ranking. */
	public boolean answered() {
		return this.screening != null && !this.screening.verdict().goesOn();
	}

	/** Whether an agency has been asked to judge it, or has judged it. */
	public boolean concerns(OrganisationId agency) {
		return askedOf(agency) || (this.screening != null && this.screening.judgedBy().equals(agency))
				|| this.replaced.stream().anyMatch((one) -> one.judgedBy().equals(agency));
	}

	/** Whether an agency is asked to judge it. */
	public boolean askedOf(OrganisationId agency) {
		return this.asked != null && this.asked.agencies().contains(agency);
	}

	/**
	 * The need after one more event.
	 * @param before the need, none before the first event
	 * @param event the event
	 * @return the need now
	 */
	public static NationalNeed evolve(@Nullable NationalNeed before, CompilationEvent event) {
		return switch (event) {
			case CompilationEvent.NationalNeedFormed formed -> new NationalNeed(formed.cycle(),
					List.of(new Version(1, formed.wording(), formed.sources())), null, null, List.of(), null);
			case CompilationEvent.NationalNeedChanged changed -> known(before).with(changed);
			case CompilationEvent.ScreeningAsked asked ->
				known(before).with(new ScreeningRequest(asked.agencies(), asked.due()));
			case CompilationEvent.NationalNeedScreened screened -> known(before).with(screened);
			case CompilationEvent.NationalNeedDissolved dissolved -> known(before).dissolved(dissolved.reason());
			case CompilationEvent.NationalNeedRedacted redacted -> known(before).redacted();
		};
	}

	private NationalNeed with(CompilationEvent.NationalNeedChanged changed) {
		return new NationalNeed(this.cycle,
				append(this.versions, new Version(changed.version(), changed.wording(), changed.sources())), this.asked,
				this.screening, this.replaced, this.dissolved);
	}

	private NationalNeed with(ScreeningRequest request) {
		return new NationalNeed(this.cycle, this.versions, request, this.screening, this.replaced, this.dissolved);
	}

	private NationalNeed with(CompilationEvent.NationalNeedScreened screened) {
		Screening verdict = new Screening(screened.verdict(), screened.reason(), screened.judgedBy(),
				screened.evidence(), screened.searchedOn(), screened.support(), current().number());
		return new NationalNeed(this.cycle, this.versions, this.asked, verdict,
				(this.screening != null) ? append(this.replaced, this.screening) : this.replaced, this.dissolved);
	}

	private NationalNeed dissolved(String reason) {
		return new NationalNeed(this.cycle, this.versions, this.asked, this.screening, this.replaced, reason);
	}

	private NationalNeed redacted() {
		return new NationalNeed(this.cycle,
				this.versions.stream()
					.map((one) -> new Version(one.number(), one.wording().redacted(), one.sources()))
					.toList(),
				this.asked, (this.screening != null) ? redacted(this.screening) : null,
				this.replaced.stream().map(NationalNeed::redacted).toList(),
				(this.dissolved != null) ? Wording.REDACTED : null);
	}

	private static Screening redacted(Screening one) {
		return new Screening(one.verdict(), Wording.REDACTED, one.judgedBy(), one.evidence()
			.stream()
			.map((source) -> new Evidence(Wording.REDACTED, Wording.REDACTED, Wording.REDACTED, source.overview()))
			.toList(), one.searchedOn(), (one.support() != null) ? Wording.REDACTED : null, one.version());
	}

	private static <T> List<T> append(List<T> list, T one) {
		List<T> longer = new ArrayList<>(list);
		longer.add(one);
		return longer;
	}

	private static NationalNeed known(@Nullable NationalNeed before) {
		return Objects.requireNonNull(before, "a national need begins with being formed");
	}

}
