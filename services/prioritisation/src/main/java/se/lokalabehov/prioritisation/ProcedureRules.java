package se.lokalabehov.prioritisation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.Place;
import se.lokalabehov.contracts.RankingEvent.Procedure;
import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.contracts.RankingEvent.Step;
import se.lokalabehov.contracts.RankingEvent.Weight;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.prioritisation.RoundRules.Known;
import se.lokalabehov.prioritisation.RoundRules.Proposal;
import se.lokalabehov.prioritisation.model.Round;

/**
 * How a round may be run, beside its method: steps, groups, criteria, observers. Pure.
 */
final class ProcedureRules {

	/** In a smaller group of the panel one could see how a single seat has voted. */
	static final int SMALLEST_GROUP = 5;

	/** Where seats of small groups, and seats without one, are put together. */
	static final String OTHERS = "Övriga";

	private static final int MOST_WEIGHT = 100;

	private ProcedureRules() {
	}

	static Optional<Refusal> refusal(Proposal proposal, Known known) {
		Procedure procedure = proposal.procedure();
		return RoundRules
			.when(procedure.shortlist() < 1 || procedure.shortlist() > proposal.items().size(),
					Refusal.invalid("procedure.shortlist",
							"Antalet platser som räknas måste vara minst 1 och högst så många som behoven."))
			.or(() -> RoundRules.when(
					procedure.step() == Step.INTERIM && procedure.shortlist() == proposal.items().size(),
					Refusal.invalid("procedure.shortlist",
							"I ett första steg måste färre behov gå vidare än de som är med.")))
			.or(() -> criteria(procedure.criteria()))
			.or(() -> RoundRules.when(
					procedure.balanced() && grouped(proposal.panel()).stream().allMatch((seat) -> seat.group() == null),
					Refusal.invalid("procedure.balanced",
							"Lika vikt per grupp kräver minst två grupper med minst fem platser var.")))
			.or(() -> observers(proposal, known))
			.or(() -> goesOnFromItsInterimStep(proposal, known));
	}

	private static Optional<Refusal> criteria(List<Weight> criteria) {
		return RoundRules
			.when(criteria.stream().map(Weight::criterion).distinct().count() < criteria.size(),
					Refusal.invalid("procedure.criteria", "Samma kriterium står mer än en gång."))
			.or(() -> RoundRules.when(
					criteria.stream().anyMatch((one) -> one.weight() < 1 || one.weight() > MOST_WEIGHT),
					Refusal.invalid("procedure.criteria", "Ett kriteriums vikt är ett heltal från 1 till 100.")));
	}

	private static Optional<Refusal> observers(Proposal proposal, Known known) {
		List<OrganisationId> observers = proposal.procedure().observers();
		Set<@Nullable OrganisationId> voices = new HashSet<>();
		proposal.panel().forEach((seat) -> {
			voices.add(seat.organisation());
			voices.add(seat.deputy());
		});
		return RoundRules
			.when(observers.stream().anyMatch((one) -> known.directory().organisation(one).isEmpty()),
					Refusal.invalid("procedure.observers", "En av organisationerna finns inte i katalogen."))
			.or(() -> RoundRules.when(observers.stream().anyMatch(voices::contains),
					Refusal.invalid("procedure.observers",
							"Den som har en plats i panelen röstar och är inte åhörare också.")))
			.or(() -> RoundRules.when(new HashSet<>(observers).size() < observers.size(),
					Refusal.invalid("procedure.observers", "En av organisationerna står mer än en gång.")));
	}

	private static Optional<Refusal> goesOnFromItsInterimStep(Proposal proposal, Known known) {
		Procedure procedure = proposal.procedure();
		if (procedure.step() != Step.FINAL) {
			return RoundRules.when(procedure.interim() != null,
					Refusal.invalid("procedure.interim", "Bara ett slutsteg går vidare från ett första steg."));
		}
		Optional<Round> interim = known.interim()
			.filter((round) -> RoundRules.isOfTheSameRow(round, proposal)
					&& round.terms().procedure().step() == Step.INTERIM);
		if (interim.isEmpty()) {
			return Optional.of(Refusal.invalid("procedure.interim",
					"Ange det första steget, en av era egna prioriteringsomgångar i samma omgång."));
		}
		if (known.interimCorrected()) {
			return Optional.of(Refusal.conflict("redan-rattad",
					"Det första steget är rättat. Gå vidare från den prioriteringsomgång som rättar det."));
		}
		return (interim.get() instanceof Round.Closed closed)
				? RoundRules.when(!goingOn(closed).equals(Set.copyOf(proposal.items())),
						Refusal.invalid("items",
								"Slutsteget ska ha just de behov som gick vidare från det första steget."))
				: Optional.of(Refusal.conflict("inte-stangd", "Det första steget måste vara stängt."));
	}

	/**
	 * What an interim round has left for a final one; more than asked where ranks tie.
	 */
	static Set<String> goingOn(Round.Closed interim) {
		return interim.result()
			.ranking()
			.stream()
			.filter((place) -> interim.terms().procedure().goesOn(place.rank()))
			.map(Place::item)
			.collect(Collectors.toSet());
	}

	/**
	 * The panel with groups in which nobody's ballot can be seen: those with fewer than
	 * five seats, and the seats without a group, become one; while that is still too
	 * small, the smallest of the others joins it. What is left as a single group is none.
	 */
	static List<Seat> grouped(List<Seat> panel) {
		Map<String, Integer> sizes = new TreeMap<>();
		panel.forEach((seat) -> sizes.merge(Objects.requireNonNullElse(seat.group(), OTHERS), 1, Integer::sum));
		Map<String, String> becomes = new HashMap<>();
		int others = sizes.getOrDefault(OTHERS, 0);
		List<Map.Entry<String, Integer>> bySize = new ArrayList<>(sizes.entrySet());
		bySize.removeIf((group) -> group.getKey().equals(OTHERS));
		bySize.sort(Comparator.comparing(Map.Entry<String, Integer>::getValue).thenComparing(Map.Entry::getKey));
		for (Map.Entry<String, Integer> group : bySize) {
			if (group.getValue() < SMALLEST_GROUP || (others > 0 && others < SMALLEST_GROUP)) {
				becomes.put(group.getKey(), OTHERS);
				others += group.getValue();
			}
		}
		List<Seat> merged = panel.stream()
			.map((seat) -> inGroup(seat,
					(seat.group() == null) ? OTHERS : becomes.getOrDefault(seat.group(), seat.group())))
			.toList();
		boolean single = merged.stream().map(Seat::group).distinct().count() < 2;
		return single ? panel.stream().map((seat) -> inGroup(seat, null)).toList() : merged;
	}

	private static Seat inGroup(Seat seat, @Nullable String group) {
		return new Seat(seat.seat(), seat.organisation(), seat.office(), seat.deputy(), group);
	}

}
