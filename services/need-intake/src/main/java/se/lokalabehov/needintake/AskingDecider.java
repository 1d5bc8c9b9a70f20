package se.lokalabehov.needintake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CollectionEvent.CollectionExtended;
import se.lokalabehov.contracts.CollectionEvent.Delivered;
import se.lokalabehov.contracts.CollectionEvent.MunicipalitiesReminded;
import se.lokalabehov.contracts.CollectionEvent.NoNeedsAnswered;
import se.lokalabehov.contracts.CollectionEvent.NotDelivered;
import se.lokalabehov.contracts.CollectionEvent.RegionAsked;
import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;

/**
 * What may happen to a collection: asking, reminding, extending, "no needs", delivering.
 */
final class AskingDecider {

	private AskingDecider() {
	}

	/** What an RSS wants to deliver. */
	record Order(List<Wanted> regionalNeeds, List<NotDelivered> notDelivered) {

		/** A regional need in the version that the RSS has seen. */
		record Wanted(RegionalNeedId id, int version) {
		}

	}

	/**
	 * The region is asked.
	 * @param due last day to answer, by the cycle's timetable when not said
	 */
	static Decision<CollectionEvent> ask(@Nullable Asking before, CycleId id, CycleView cycle, OrganisationId asker,
			@Nullable LocalDate due, String message, LocalDate today) {
		if (before != null) {
			return conflict("redan-fragad", "Regionen är redan tillfrågad i omgången. Påminn eller förläng i stället.");
		}
		Optional<Region> region = cycle.askedBy(asker);
		if (cycle.closedBecause().isPresent()) {
			return Decision.refuse(cycle.closedBecause().get());
		}
		if (region.isEmpty()) {
			return conflict("fragar-ingen", "Ni har inga kommuner att fråga i omgången.");
		}
		LocalDate last = (due != null) ? due : cycle.lastDay(Step.ANSWER);
		return day(last, cycle, today).map(Decision::<CollectionEvent>refuse)
			.orElseGet(() -> Decision.of(new RegionAsked(id, cycle.areas().getFirst(), asker,
					region.get().municipalities(), last, message)));
	}

	private static Optional<Refusal> day(LocalDate due, CycleView cycle, LocalDate today) {
		if (due.isBefore(today)) {
			return Optional.of(Refusal.invalid("due", "Sista svarsdag har redan varit. Välj en senare dag."));
		}
		return due.isAfter(cycle.lastDay(Step.DELIVER)) ? Optional.of(Refusal.invalid("due",
				"Sista svarsdag kan inte vara efter den dag då RSS ska leverera: " + cycle.lastDay(Step.DELIVER) + "."))
				: Optional.empty();
	}

	/**
	 * Those who have not answered are reminded.
	 * @param silent who they are
	 */
	static Decision<CollectionEvent> remind(CycleView cycle, List<OrganisationId> silent, String message) {
		if (cycle.closedBecause().isPresent()) {
			return Decision.refuse(cycle.closedBecause().get());
		}
		return silent.isEmpty() ? conflict("alla-har-svarat", "Alla kommuner har svarat. Ingen behöver påminnas.")
				: Decision.of(new MunicipalitiesReminded(silent, message));
	}

	/** More time, visibly. */
	static Decision<CollectionEvent> extend(Asking asking, CycleView cycle, LocalDate due, String reason,
			LocalDate today) {
		if (cycle.closedBecause().isPresent()) {
			return Decision.refuse(cycle.closedBecause().get());
		}
		if (!due.isAfter(asking.due())) {
			return Decision.refuse(Refusal.invalid("due", "Förläng till en dag efter " + asking.due() + "."));
		}
		return day(due, cycle, today).map(Decision::<CollectionEvent>refuse)
			.orElseGet(() -> Decision.of(new CollectionExtended(due, reason)));
	}

	/**
	 * "No needs" is an answer.
	 * @param needs how many needs the municipality already stands behind in the cycle
	 */
	static Decision<CollectionEvent> noNeeds(Asking asking, CycleView cycle, OrganisationId municipality,
			String comment, long needs) {
		if (!asking.municipalities().contains(municipality)) {
			return Decision.refuse(Refusal.invalid("municipality", "Kommunen hör inte till regionen i omgången."));
		}
		if (cycle.closedBecause().isPresent()) {
			return Decision.refuse(cycle.closedBecause().get());
		}
		if (needs > 0) {
			return conflict("har-behov", "Kommunen har redan lämnat behov i omgången. Dra tillbaka dem först.");
		}
		return asking.noNeeds().stream().anyMatch((one) -> one.municipality().equals(municipality)) ? Decision.of()
				: Decision.of(new NoNeedsAnswered(municipality, comment));
	}

	/**
	 * The list, or a supplement to it. Exact versions are named, as they are stored now,
	 * and the first time nobody is left out without an answer (domain rule 3).
	 * @param regionalNeeds those of the region and cycle, as stored
	 * @param needs those of the region and cycle, as stored
	 */
	static Decision<CollectionEvent> deliver(Asking asking, CycleView cycle, Order order,
			Map<RegionalNeedId, RegionalNeed> regionalNeeds, Map<NeedId, Need> needs) {
		if (cycle.closedBecause().isPresent()) {
			return Decision.refuse(cycle.closedBecause().get());
		}
		boolean supplement = !asking.deliveries().isEmpty();
		if (supplement && order.regionalNeeds().isEmpty() && order.notDelivered().isEmpty()) {
			return conflict("tom-leverans", "En kompletterande leverans måste innehålla något.");
		}
		List<Delivered> delivered = new ArrayList<>();
		Set<NeedId> settled = new HashSet<>();
		for (Order.Wanted wanted : order.regionalNeeds()) {
			RegionalNeed stored = regionalNeeds.get(wanted.id());
			Optional<Refusal> refusal = undeliverable(asking, wanted, stored, needs);
			if (refusal.isPresent()) {
				return Decision.refuse(refusal.get());
			}
			if (stored == null || delivered.stream().anyMatch((one) -> one.regionalNeed().equals(wanted.id()))) {
				return Decision.refuse(Refusal.invalid("regionalNeeds", "Samma regionala behov står två gånger."));
			}
			delivered.add(new Delivered(wanted.id(), stored.version(), stored.current().members()));
			stored.current().members().forEach((member) -> settled.add(member.need()));
		}
		for (NotDelivered left : order.notDelivered()) {
			Need need = needs.get(left.need());
			if (need == null || need.status() != Need.Status.SUBMITTED || asking.isAboutToMark(left.need(), need)
					|| !settled.add(left.need())) {
				return Decision.refuse(Refusal.invalid("notDelivered",
						"Behovet " + left.need() + " väntar inte på svar, levereras, eller står två gånger."));
			}
		}
		List<NeedId> forgotten = needs.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().status() == Need.Status.SUBMITTED)
			.map(Map.Entry::getKey)
			.filter((need) -> !settled.contains(need))
			.toList();
		if (!supplement && !forgotten.isEmpty()) {
			return Decision.refuse(new Refusal(Refusal.Kind.CONFLICT, "obesvarade-behov",
					"Alla inskickade behov måste levereras eller få ett svar. Ta med dem eller ange varför de inte levereras.",
					forgotten.stream()
						.map((need) -> new Refusal.Field(need.value(), "Saknas i leveransen."))
						.toList()));
		}
		return Decision.of(new RegionalListDelivered(asking.deliveries().size() + 1, delivered, order.notDelivered()));
	}

	private static Optional<Refusal> undeliverable(Asking asking, Order.Wanted wanted, @Nullable RegionalNeed stored,
			Map<NeedId, Need> needs) {
		if (stored == null || stored.status() == RegionalNeed.Status.DISSOLVED) {
			return Optional.of(Refusal.invalid("regionalNeeds",
					"Det regionala behovet " + wanted.id() + " finns inte i er region och omgång."));
		}
		if (asking.deliveryOf(wanted.id()).isPresent()) {
			return Optional.of(Refusal.conflict("redan-levererat",
					"Det regionala behovet " + wanted.id() + " är redan levererat."));
		}
		if (stored.version() != wanted.version()) {
			return Optional.of(Refusal.conflict("andrad-under-tiden",
					"Det regionala behovet " + wanted.id() + " har ändrats. Läs det på nytt och leverera sedan."));
		}
		return stored.current()
			.members()
			.stream()
			.filter((member) -> !stands(member, needs.get(member.need())))
			.findFirst()
			.map((member) -> Refusal.conflict("andrad-under-tiden", "Behovet " + member.need() + " i " + wanted.id()
					+ " har reviderats eller dragits tillbaka. Ändra det regionala behovet först."));
	}

	private static boolean stands(Member member, @Nullable Need need) {
		return need != null && need.version() == member.version()
				&& (need.status() == Need.Status.SUBMITTED || need.status() == Need.Status.DELIVERED);
	}

	private static Decision<CollectionEvent> conflict(String code, String detail) {
		return Decision.refuse(Refusal.conflict(code, detail));
	}

}
