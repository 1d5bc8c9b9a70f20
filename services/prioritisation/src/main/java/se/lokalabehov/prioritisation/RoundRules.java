package se.lokalabehov.prioritisation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.Procedure;
import se.lokalabehov.contracts.RankingEvent.RoundCancelled;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RankingEvent.RoundCommented;
import se.lokalabehov.contracts.RankingEvent.RoundExtended;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.contracts.RankingEvent.RoundRedacted;
import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.contracts.RankingEvent.SeatHolderChanged;
import se.lokalabehov.contracts.RankingEvent.SeatsReminded;
import se.lokalabehov.contracts.RankingEvent.Unranked;
import se.lokalabehov.contracts.RankingEvent.Weight;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.prioritisation.model.Ballot;
import se.lokalabehov.prioritisation.model.Cycle;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.prioritisation.model.RoundCount;
import se.lokalabehov.prioritisation.model.Scores;
import se.lokalabehov.ranking.Method;

/**
 * What may happen to a prioritisation round (moment 5). Pure: the time and what others
 * own arrive as data.
 */
final class RoundRules {

	/** A seat's name becomes a field name in the store and a part of an address. */
	private static final Pattern SEAT = Pattern.compile("[\\p{L}\\p{N}_-]{1,40}");

	private RoundRules() {
	}

	/**
	 * What someone wants to have ranked, and how.
	 *
	 * @param level regional or national
	 * @param cycle in which cycle
	 * @param owner who runs it
	 * @param title its name
	 * @param items what is ranked
	 * @param panel who votes
	 * @param quorum how many ballots make the result more than provisional
	 * @param deadline ballots are taken until then
	 * @param method name of the method
	 * @param unranked what an unlisted item means
	 * @param corrects the round that this one corrects
	 * @param procedure how it is run
	 */
	record Proposal(Level level, CycleId cycle, OrganisationId owner, String title, List<String> items,
			List<Seat> panel, int quorum, Instant deadline, String method, Unranked unranked,
			@Nullable RoundId corrects, Procedure procedure) {

	}

	/**
	 * What is known when a round is to be opened.
	 *
	 * @param cycle the cycle, if there is one
	 * @param candidates the needs that have arrived here, by identifier
	 * @param corrected the round to be corrected, if it is named and there
	 * @param alreadyCorrected whether another round corrects that one already
	 * @param interim the interim round to go on from, if it is named and there
	 * @param interimCorrected whether another round corrects that one
	 * @param directory the directory
	 */
	record Known(Optional<Cycle> cycle, Map<String, Candidate> candidates, Optional<Round> corrected,
			boolean alreadyCorrected, Optional<Round> interim, boolean interimCorrected, Directory directory) {

	}

	static Decision<RankingEvent> open(Proposal proposal, Known known, Instant now) {
		return refuseOr(
				cycleIsOpen(known).or(() -> ownsARegion(proposal, known))
					.or(() -> eachItemOnce(proposal))
					.or(() -> itemsAreHere(proposal, known))
					.or(() -> itemsAreOfTheCycle(proposal, known))
					.or(() -> itemsCanBeRanked(proposal, known))
					.or(() -> seatNames(proposal))
					.or(() -> panelOfMunicipalities(proposal, known))
					.or(() -> oneVoicePerOrganisation(proposal))
					.or(() -> quorum(proposal))
					.or(() -> deadlineAhead(proposal, now))
					.or(() -> methodIsKnown(proposal))
					.or(() -> correctsAClosedRoundOfItsOwn(proposal, known))
					.or(() -> ProcedureRules.refusal(proposal, known)),
				() -> new RoundOpened(proposal.level(), proposal.cycle(), proposal.owner(), proposal.title(),
						items(proposal, known), ProcedureRules.grouped(proposal.panel()), proposal.quorum(),
						proposal.deadline(), proposal.method(), proposal.unranked(), proposal.corrects(),
						proposal.procedure()));
	}

	static Decision<RankingEvent> extend(@Nullable Round round, RoundExtended extension, Instant now) {
		return whileOpen(
				round, (
						open) -> refuseOr(
								deadlineNotPassed(open, now)
									.or(() -> when(!extension.deadline().isAfter(open.course().deadline()),
											Refusal.invalid("deadline",
													"Den nya tiden måste ligga efter den som gäller nu."))),
								() -> extension));
	}

	static Decision<RankingEvent> remind(@Nullable Round round, SeatsReminded reminder, Instant now) {
		return whileOpen(round, (open) -> refuseOr(deadlineNotPassed(open, now), () -> reminder));
	}

	static Decision<RankingEvent> changeHolder(@Nullable Round round, SeatHolderChanged change) {
		return whileOpen(round,
				(open) -> refuseOr(when(open.terms().seat(change.seat()).isEmpty(), Refusal.notFound()), () -> change));
	}

	static Decision<RankingEvent> comment(@Nullable Round round, RoundCommented comment) {
		return whileOpen(round,
				(open) -> refuseOr(
						when(comment.item() != null && !open.terms().itemIds().contains(comment.item()),
								Refusal.invalid("item", "Behovet är inte med i prioriteringsomgången.")),
						() -> comment));
	}

	static Decision<RankingEvent> cancel(@Nullable Round round, RoundCancelled cancellation) {
		return whileOpen(round, (open) -> Decision.of(cancellation));
	}

	/** Whether one may begin to close it. */
	static Decision<RankingEvent> beginClosing(@Nullable Round round) {
		return (round instanceof Round.Closing) ? Decision.of() : whileOpen(round, (open) -> Decision.of());
	}

	/**
	 * Closes a round whose ballots are frozen.
	 * @param counted the count of those ballots
	 */
	static Decision<RankingEvent> close(@Nullable Round round, RoundCount counted) {
		if (round instanceof Round.Closing closing) {
			return Decision.of(new RoundClosed(counted.places(), counted.terms().method(), counted.cast(),
					counted.provisional(), counted.sha256(), closing.freeze().byDeadline()));
		}
		return whileOpen(round, (open) -> Decision.refuse(closing()));
	}

	static Decision<RankingEvent> redact(@Nullable Round round, RoundRedacted redaction) {
		return switch (round) {
			case null -> Decision.refuse(Refusal.notFound());
			// A redaction folds the story anew, and no event tells of the freeze.
			case Round.Closing closing -> Decision.refuse(closing());
			case Round.Open open -> Decision.of(redaction);
			case Round.Closed closed -> Decision.of(redaction);
			case Round.Cancelled cancelled -> Decision.of(redaction);
		};
	}

	/** Whether ballots are taken now; nothing happens to the round itself. */
	static Decision<RankingEvent> takesBallots(@Nullable Round round, Instant now) {
		return whileOpen(round, (open) -> deadlineNotPassed(open, now).<Decision<RankingEvent>>map(Decision::refuse)
			.orElseGet(Decision::of));
	}

	/** Says what is wrong with a ballot without saying anything of how one voted. */
	static Optional<Refusal> ballotIsWhole(Ballot ballot, Round round) {
		return ballot.fault(round.terms().itemIds()).map((fault) -> switch (fault) {
			case UNKNOWN_ITEM ->
				Refusal.invalid("ranking", "Röstsedeln nämner ett behov som inte hör till prioriteringsomgången.");
			case ITEM_TWICE -> Refusal.invalid("ranking", "Samma behov står mer än en gång på röstsedeln.");
			case EMPTY_GROUP -> Refusal.invalid("ranking", "En plats på röstsedeln är tom.");
			case RANKED_CONFLICT ->
				Refusal.invalid("conflicts", "Ett behov där du har anmält jäv kan inte också rangordnas.");
		});
	}

	/** Whether a seat may order or score as it does; says nothing of how it voted. */
	static Optional<Refusal> scoresAreWhole(@Nullable Scores scores, boolean ordered, Round round) {
		List<Weight> criteria = round.terms().procedure().criteria();
		if (criteria.isEmpty()) {
			return when(scores != null || !ordered, Refusal.invalid("ranking",
					"I den här prioriteringsomgången rangordnar man behoven: skicka ranking och inte scores."));
		}
		if (scores == null || ordered) {
			return Optional.of(Refusal.invalid("scores",
					"I den här prioriteringsomgången sätter man poäng: skicka scores och inte ranking."));
		}
		return scores.fault(round.terms().itemIds(), criteria).map((fault) -> switch (fault) {
			case UNKNOWN_ITEM ->
				Refusal.invalid("scores", "Poängen nämner ett behov som inte hör till prioriteringsomgången.");
			case UNKNOWN_CRITERION ->
				Refusal.invalid("scores", "Poängen nämner ett kriterium som prioriteringsomgången inte har.");
			case OUTSIDE -> Refusal.invalid("scores", "Poäng är hela tal från 1 till 4.");
		});
	}

	private static Decision<RankingEvent> whileOpen(@Nullable Round round,
			Function<Round.Open, Decision<RankingEvent>> decide) {
		return switch (round) {
			case null -> Decision.refuse(Refusal.notFound());
			case Round.Open open -> decide.apply(open);
			case Round.Closing closing -> Decision.refuse(closing());
			case Round.Closed closed -> Decision.refuse(Refusal.conflict("prioriteringsomgangen-stangd",
					"Prioriteringsomgången är stängd. Ett fel rättas med en ny omgång som anger den här."));
			case Round.Cancelled cancelled -> Decision
				.refuse(Refusal.conflict("prioriteringsomgangen-avbruten", "Prioriteringsomgången är avbruten."));
		};
	}

	private static Refusal closing() {
		return Refusal.conflict("prioriteringsomgangen-stangs",
				"Prioriteringsomgången stängs just nu och tar inte emot något mer.");
	}

	private static Optional<Refusal> deadlineNotPassed(Round.Open open, Instant now) {
		return when(!now.isBefore(open.course().deadline()), Refusal.conflict("tiden-ute",
				"Tiden har gått ut. Prioriteringsomgången stängs och tar inte emot något mer."));
	}

	private static Optional<Refusal> cycleIsOpen(Known known) {
		return known.cycle()
			.map((cycle) -> when(!(cycle instanceof Cycle.Open),
					Refusal.conflict("omgangen-inte-oppen", "Omgången är inte öppen, så inget kan prioriteras i den.")))
			.orElseGet(() -> Optional.of(Refusal.invalid("cycle", "Omgången finns inte.")));
	}

	private static Optional<Refusal> ownsARegion(Proposal proposal, Known known) {
		return when(proposal.level() == Level.REGIONAL && region(proposal, known).isEmpty(),
				Refusal.conflict("ingen-region", "Ni frågar inga kommuner i den här omgången."));
	}

	private static List<OrganisationId> region(Proposal proposal, Known known) {
		return known.cycle()
			.flatMap(Cycle::opened)
			.map((opening) -> opening.askedBy(proposal.owner()))
			.orElse(List.of());
	}

	private static Optional<Refusal> eachItemOnce(Proposal proposal) {
		return when(new HashSet<>(proposal.items()).size() < proposal.items().size(),
				Refusal.invalid("items", "Samma behov står mer än en gång."));
	}

	/** What belongs to someone else is not here either: one does not learn that it is. */
	private static Optional<Refusal> itemsAreHere(Proposal proposal, Known known) {
		return when(proposal.items().stream().anyMatch((id) -> {
			Candidate candidate = known.candidates().get(id);
			return candidate == null || !candidate.owner().equals(proposal.owner());
		}), Refusal.notHereYet("Ett av behoven"));
	}

	private static Optional<Refusal> itemsAreOfTheCycle(Proposal proposal, Known known) {
		return when(candidates(proposal, known).stream().anyMatch((item) -> !item.cycle().equals(proposal.cycle())),
				Refusal.invalid("items", "Ett av behoven hör till en annan omgång."));
	}

	private static Optional<Refusal> itemsCanBeRanked(Proposal proposal, Known known) {
		return candidates(proposal, known).stream()
			.filter((item) -> item.fit() != Candidate.Fit.YES)
			.findFirst()
			.map((item) -> switch (item.fit()) {
				case YES -> throw new IllegalStateException("filtered above");
				case DISSOLVED -> Refusal.conflict("behovet-upplost",
						"Behovet " + item.id() + " är upplöst och kan inte prioriteras.");
				case NOT_SCREENED -> Refusal.conflict("behovet-inte-sallat",
						"Behovet " + item.id() + " är inte bedömt än. Vänta på sållningen.");
				case ANSWERED -> Refusal.conflict("behovet-besvarat",
						"Behovet " + item.id() + " har redan fått sitt svar i sållningen.");
			});
	}

	private static List<Candidate> candidates(Proposal proposal, Known known) {
		return proposal.items().stream().map(known.candidates()::get).filter(Objects::nonNull).toList();
	}

	private static List<Item> items(Proposal proposal, Known known) {
		return candidates(proposal, known).stream()
			.map((item) -> new Item(item.id(), item.version(), item.title()))
			.toList();
	}

	private static Optional<Refusal> seatNames(Proposal proposal) {
		List<String> names = proposal.panel().stream().map(Seat::seat).toList();
		return when(names.stream().anyMatch((name) -> !SEAT.matcher(name).matches()),
				Refusal.invalid("panel", "En plats namn får ha högst 40 tecken: bokstäver, siffror, - och _."))
			.or(() -> when(new HashSet<>(names).size() < names.size(),
					Refusal.invalid("panel", "Två platser har samma namn.")));
	}

	private static Optional<Refusal> panelOfMunicipalities(Proposal proposal, Known known) {
		Set<OrganisationId> everyone = new HashSet<>(voices(proposal));
		if (proposal.level() == Level.REGIONAL) {
			return when(!new HashSet<>(region(proposal, known)).containsAll(everyone),
					Refusal.invalid("panel", "Panelen måste bestå av kommuner i den egna regionen."));
		}
		return when(everyone.stream()
			.anyMatch((organisation) -> known.directory()
				.organisation(organisation)
				.filter((found) -> found.kind() == Kind.MUNICIPALITY)
				.isEmpty()), Refusal.invalid("panel", "Panelen måste bestå av kommuner; ange kommunkoder."));
	}

	/** Domain rule 4, so a deputy neither sits twice nor has a seat of its own. */
	private static Optional<Refusal> oneVoicePerOrganisation(Proposal proposal) {
		List<OrganisationId> voices = voices(proposal);
		return when(new HashSet<>(voices).size() < voices.size(), Refusal.invalid("panel",
				"En organisation har en röst: den kan ha en plats eller vara ersättare för en, inte mer."));
	}

	private static List<OrganisationId> voices(Proposal proposal) {
		List<OrganisationId> voices = new ArrayList<>();
		for (Seat seat : proposal.panel()) {
			voices.add(seat.organisation());
			if (seat.deputy() != null && !seat.deputy().equals(seat.organisation())) {
				voices.add(seat.deputy());
			}
		}
		return voices;
	}

	private static Optional<Refusal> quorum(Proposal proposal) {
		return when(proposal.quorum() < 1 || proposal.quorum() > proposal.panel().size(),
				Refusal.invalid("quorum", "Beslutsförheten måste vara minst 1 och högst så många som platserna."));
	}

	private static Optional<Refusal> deadlineAhead(Proposal proposal, Instant now) {
		return when(!proposal.deadline().isAfter(now), Refusal.invalid("deadline", "Tiden måste ligga framåt."));
	}

	private static Optional<Refusal> methodIsKnown(Proposal proposal) {
		return when(Method.named(proposal.method()).isEmpty(), Refusal.invalid("method", "Metoden finns inte."));
	}

	/** Whether a round is one of the same row: owner, level and cycle. */
	static boolean isOfTheSameRow(Round round, Proposal proposal) {
		return round.terms().owner().equals(proposal.owner()) && round.terms().level() == proposal.level()
				&& round.terms().cycle().equals(proposal.cycle());
	}

	private static Optional<Refusal> correctsAClosedRoundOfItsOwn(Proposal proposal, Known known) {
		if (proposal.corrects() == null) {
			return Optional.empty();
		}
		Optional<Round> corrected = known.corrected().filter((round) -> isOfTheSameRow(round, proposal));
		return when(corrected.isEmpty(),
				Refusal.invalid("corrects", "Den prioriteringsomgång som ska rättas finns inte i omgången."))
			.or(() -> when(!(corrected.get() instanceof Round.Closed),
					Refusal.conflict("inte-stangd", "Bara en stängd prioriteringsomgång kan rättas.")))
			.or(() -> when(known.alreadyCorrected(), Refusal.conflict("redan-rattad",
					"Prioriteringsomgången är redan rättad. Rätta den senaste i stället.")));
	}

	static Optional<Refusal> when(boolean broken, Refusal refusal) {
		return broken ? Optional.of(refusal) : Optional.empty();
	}

	private static Decision<RankingEvent> refuseOr(Optional<Refusal> refusal, Supplier<RankingEvent> event) {
		return refusal.<Decision<RankingEvent>>map(Decision::refuse).orElseGet(() -> Decision.of(event.get()));
	}

}
