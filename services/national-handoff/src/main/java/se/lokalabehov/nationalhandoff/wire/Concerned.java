package se.lokalabehov.nationalhandoff.wire;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.HandOffEvent.HandOffRedacted;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedNotHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Envelope;

/**
 * Which agencies an event concerns: the same that see the hand-off when they ask for it
 * (they lead, contribute or have returned it), and those that are asked to screen.
 *
 * @param lead to which it is, or was last, handed
 * @param contributors the other agencies
 * @param returned those that have given it back
 * @param ever all that it has ever concerned: they have its words
 */
record Concerned(@Nullable OrganisationId lead, List<OrganisationId> contributors, List<OrganisationId> returned,
		List<OrganisationId> ever) {

	private static final Concerned NOBODY = new Concerned(null, List.of(), List.of(), List.of());

	static Concerned after(@Nullable Concerned before, Envelope<HandOffEvent> told) {
		Concerned known = (before != null) ? before : NOBODY;
		return switch (told.event()) {
			case NeedHandedOver over -> known.given(over.agency(), over.contributors());
			case NeedNotHandedOver not -> known.given(null, List.of());
			case NeedReturned back -> known.givenBack();
			case NeedReceived received -> known;
			case HandOffRedacted redacted -> known;
		};
	}

	private Concerned given(@Nullable OrganisationId to, List<OrganisationId> with) {
		Set<OrganisationId> all = new LinkedHashSet<>(this.ever);
		if (to != null) {
			all.add(to);
		}
		all.addAll(with);
		return new Concerned(to, with, this.returned, List.copyOf(all));
	}

	private Concerned givenBack() {
		Set<OrganisationId> all = new LinkedHashSet<>(this.returned);
		if (this.lead != null) {
			all.add(this.lead);
		}
		return new Concerned(this.lead, this.contributors, List.copyOf(all), this.ever);
	}

	/** Whom an event concerns; a redaction everybody who has the words. */
	Set<OrganisationId> by(HandOffEvent event) {
		return (event instanceof HandOffRedacted) ? Set.copyOf(this.ever) : agencies();
	}

	private Set<OrganisationId> agencies() {
		Set<OrganisationId> all = new LinkedHashSet<>();
		if (this.lead != null) {
			all.add(this.lead);
		}
		all.addAll(this.contributors);
		all.addAll(this.returned);
		return all;
	}

	/**
	 * Who was last asked to screen a national need.
	 *
	 * @param agencies who
	 */
	record Asked(List<OrganisationId> agencies) {

		static Asked after(@Nullable Asked before, Envelope<CompilationEvent> told) {
			if (told.event() instanceof ScreeningAsked asked) {
				return new Asked(asked.agencies());
			}
			return (before != null) ? before : new Asked(List.of());
		}

	}

}
