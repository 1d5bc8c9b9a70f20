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
 */
record Concerned(@Nullable OrganisationId lead, List<OrganisationId> contributors, List<OrganisationId> returned) {

	private static final Concerned NOBODY = new Concerned(null, List.of(), List.of());

	static Concerned after(@Nullable Concerned before, Envelope<HandOffEvent> told) {
		Concerned known = (before != null) ? before : NOBODY;
		return switch (told.event()) {
			case NeedHandedOver over -> new Concerned(over.agency(), over.contributors(), known.returned());
			case NeedNotHandedOver not -> new Concerned(null, List.of(), known.returned());
			case NeedReturned back -> known.givenBack();
			case NeedReceived received -> known;
			case HandOffRedacted redacted -> known;
		};
	}

	private Concerned givenBack() {
		Set<OrganisationId> all = new LinkedHashSet<>(this.returned);
		if (this.lead != null) {
			all.add(this.lead);
		}
		return new Concerned(this.lead, this.contributors, List.copyOf(all));
	}

	Set<OrganisationId> agencies() {
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
