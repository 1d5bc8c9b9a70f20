package se.lokalabehov.nationalhandoff.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.HandOffEvent.HandOffRedacted;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedNotHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.nationalhandoff.model.HandOff.AwaitingReceipt;
import se.lokalabehov.nationalhandoff.model.HandOff.BelowTheLine;
import se.lokalabehov.nationalhandoff.model.HandOff.Received;
import se.lokalabehov.nationalhandoff.model.HandOff.Returned;
import se.lokalabehov.nationalhandoff.model.RankStanding.Ranked;

/**
 * Moment 6: a ranked need is handed to one lead agency, which confirms or returns it, or
 * is left below the line with a reason.
 */
public final class HandingOver {

	private HandingOver() {
	}

	/**
	 * To whom SKR wants to hand it.
	 *
	 * @param agency the lead agency
	 * @param contributors other agencies
	 * @param due last day to confirm
	 */
	public record HandOver(OrganisationId agency, List<OrganisationId> contributors, LocalDate due) {

		public HandOver {
			contributors = List.copyOf(contributors);
		}

	}

	/**
	 * What is to be handed over, as it is known here.
	 *
	 * @param need the national need
	 * @param cycle its cycle
	 * @param standing what the rounds say of it
	 */
	public record Candidate(NationalNeed need, @Nullable CycleSeen cycle, RankStanding standing) {
	}

	/**
	 * Hands it over, the first time or after a return.
	 * @param before the hand-off, none before the first time
	 * @param command to whom
	 * @param candidate what is handed over
	 * @param agencies the national agencies that there are
	 * @param today the day of the act
	 * @return handed over with words and provenance as ranked, or a refusal
	 */
	public static Decision<HandOffEvent> handOver(@Nullable HandOff before, HandOver command, Candidate candidate,
			Set<OrganisationId> agencies, LocalDate today) {
		return Compiling
			.<HandOffEvent>firstOf(mayGoOn(candidate), isFree(before, candidate.standing()),
					Screening.areAgencies("agency", List.of(command.agency()), agencies),
					Screening.areAgencies("contributors", command.contributors(), agencies),
					Screening.isNamedOnce("contributors", command.contributors()), leadIsNoContributor(command),
					Screening.isNotPast(command.due(), today))
			.orElseGet(() -> asRanked(candidate, (ranked) -> {
				NationalNeed.Version version = versionOf(candidate.need(), ranked);
				return new NeedHandedOver(candidate.need().cycle(), ranked.round(), ranked.rank(), version.wording(),
						version.sources(), command.agency(), command.contributors(), command.due());
			}));
	}

	/**
	 * Leaves it below the line: an answer, with the reason (domain rule 3).
	 * @param before the hand-off, none before the first time
	 * @param reason what the municipalities read
	 * @param candidate what is left
	 * @return not handed over, or a refusal
	 */
	public static Decision<HandOffEvent> leaveBelowTheLine(@Nullable HandOff before, String reason,
			Candidate candidate) {
		return Compiling.<HandOffEvent>firstOf(mayGoOn(candidate), isFree(before, candidate.standing()))
			.orElseGet(() -> asRanked(candidate, (ranked) -> new NeedNotHandedOver(candidate.need().cycle(),
					ranked.round(), ranked.rank(), versionOf(candidate.need(), ranked).sources(), reason)));
	}

	/**
	 * The lead agency confirms that it has received it.
	 * @param before the hand-off
	 * @param agency who says so
	 * @param registration its registration number
	 * @return received, or a refusal
	 */
	public static Decision<HandOffEvent> receive(@Nullable HandOff before, OrganisationId agency,
			@Nullable String registration) {
		return answer(before, agency, () -> new NeedReceived(registration));
	}

	/**
	 * The lead agency gives it back, which frees it for another agency. Once confirmed it
	 * is answered by a decision (moment 7), not returned.
	 * @param before the hand-off
	 * @param agency who says so
	 * @param reason why
	 * @return returned, or a refusal
	 */
	public static Decision<HandOffEvent> giveBack(@Nullable HandOff before, OrganisationId agency, String reason) {
		return answer(before, agency, () -> new NeedReturned(reason));
	}

	/**
	 * Blanks every text of it (domain rule 8); allowed whatever state it is in.
	 * @param before the hand-off
	 * @param reason why
	 * @return redacted, or a refusal
	 */
	public static Decision<HandOffEvent> redact(@Nullable HandOff before, String reason) {
		return (before != null) ? Decision.of(new HandOffRedacted(reason)) : Decision.refuse(Refusal.notFound());
	}

	private static Decision<HandOffEvent> answer(@Nullable HandOff before, OrganisationId agency,
			Supplier<HandOffEvent> event) {
		if (before == null) {
			return Decision.refuse(Refusal.notFound());
		}
		HandOff.@Nullable Assignment handedTo = before.handedTo();
		if (handedTo == null || !handedTo.agency().equals(agency)) {
			return Decision.refuse(Refusal
				.forbidden("Bara den myndighet som behovet är överlämnat till kan bekräfta eller lämna tillbaka det."));
		}
		return switch (before) {
			case AwaitingReceipt awaiting -> Decision.of(event.get());
			case Received received -> Decision.refuse(Refusal.conflict("mottagandet-ar-bekraftat",
					"Ni har redan bekräftat mottagandet. Svara med ett beslut i återkopplingen."));
			case Returned returned -> Decision.refuse(Refusal.conflict("behovet-ar-aterlamnat",
					"Ni har redan lämnat tillbaka behovet. SKR lämnar det vidare."));
			case BelowTheLine below -> throw new IllegalStateException("below the line nobody leads");
		};
	}

	/**
	 * A need goes on when it stands, is not answered, and is ranked in a cycle that
	 * lives.
	 */
	private static Optional<Refusal> mayGoOn(Candidate candidate) {
		if (candidate.cycle() == null) {
			return Optional.of(Refusal.notHereYet("Omgången"));
		}
		if (candidate.cycle().phase() == CycleSeen.Phase.CANCELLED) {
			return Optional.of(Compiling.cancelled());
		}
		// A finished cycle is no hindrance: what an agency returns late must find a new
		// lead.
		if (candidate.need().answered()) {
			return Optional.of(Refusal.conflict("behovet-ar-besvarat",
					"Behovet är besvarat i sållningen och ska inte lämnas över."));
		}
		return Compiling.stands(candidate.need()).or(() -> isRanked(candidate.standing()));
	}

	/**
	 * What has not been decided can not be told from a closing that is on its way here.
	 */
	private static Optional<Refusal> isRanked(RankStanding standing) {
		return (standing instanceof Ranked) ? Optional.empty() : Optional.of(new Refusal(Refusal.Kind.NOT_HERE_YET,
				"inte-framme",
				"Behovet är inte rangordnat i en stängd nationell prioriteringsomgång som gäller, eller så har resultatet inte kommit fram hit än. Försök igen strax.",
				List.of()));
	}

	private static Optional<Refusal> isFree(@Nullable HandOff before, RankStanding standing) {
		return switch (before) {
			case null -> Optional.empty();
			case Returned returned -> Optional.empty();
			case AwaitingReceipt awaiting ->
				Optional.of(Refusal.conflict("behovet-ar-overlamnat", "Behovet är överlämnat till "
						+ awaiting.assignment().agency() + " och väntar på att mottagandet bekräftas."));
			case Received received -> Optional.of(Refusal.conflict("mottagandet-ar-bekraftat",
					received.assignment().agency() + " har bekräftat att behovet är mottaget."));
			// Domain rule 16 keeps a declined need declined; a corrected ranking (rule 6)
			// is
			// another matter.
			case BelowTheLine below when rankedAgain(below, standing) -> Optional.empty();
			case BelowTheLine below -> Optional.of(Refusal.conflict("behovet-stannar-under-strecket",
					"Det är beslutat att behovet inte lämnas över. Det prövas igen bara med ny information, som ett nytt behov."));
		};
	}

	private static boolean rankedAgain(BelowTheLine below, RankStanding standing) {
		return standing instanceof Ranked ranked && !ranked.round().equals(below.basis().round());
	}

	private static Optional<Refusal> leadIsNoContributor(HandOver command) {
		return command.contributors().contains(command.agency()) ? Optional
			.of(Refusal.invalid("contributors", "Den ansvariga myndigheten ska inte också anges som medverkande."))
				: Optional.empty();
	}

	private static Decision<HandOffEvent> asRanked(Candidate candidate, Function<Ranked, HandOffEvent> event) {
		if (candidate.standing() instanceof Ranked ranked) {
			return Decision.of(event.apply(ranked));
		}
		throw new IllegalStateException("the rules let only what is ranked come here");
	}

	/** The exact version that was ranked, even when a later one slipped in beside it. */
	private static NationalNeed.Version versionOf(NationalNeed need, Ranked ranked) {
		return need.version(ranked.version())
			.orElseThrow(() -> new IllegalStateException("a round has ranked a version that never was"));
	}

}
