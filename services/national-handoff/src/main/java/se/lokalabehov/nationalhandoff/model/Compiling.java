package se.lokalabehov.nationalhandoff.model;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedChanged;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedDissolved;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedRedacted;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.nationalhandoff.model.RegionSeen.DeliveredNeed;

/**
 * Moment 4, compile: when SKR may form, change and dissolve a national need.
 */
public final class Compiling {

	private Compiling() {
	}

	/**
	 * What SKR wants to form.
	 *
	 * @param cycle in which cycle
	 * @param wording the words
	 * @param sources the regional needs behind it
	 */
	public record Form(CycleId cycle, Wording wording, List<RegionalNeedId> sources) {
	}

	/**
	 * What SKR wants it to be instead.
	 *
	 * @param wording the words
	 * @param sources the regional needs behind it
	 */
	public record Change(Wording wording, List<RegionalNeedId> sources) {
	}

	/**
	 * A delivered regional need with the region that delivered it.
	 *
	 * @param region the region
	 * @param need what it delivered
	 */
	public record Delivery(RegionSeen region, DeliveredNeed need) {
	}

	/**
	 * Forms a national need.
	 * @param before none, when all is well
	 * @param form what SKR wants
	 * @param cycle the cycle, if it is known here
	 * @param delivered what is known here to have been delivered, of the sources named
	 * @return formed with the delivered versions as provenance, or a refusal
	 */
	public static Decision<CompilationEvent> form(@Nullable NationalNeed before, Form form, @Nullable CycleSeen cycle,
			Map<RegionalNeedId, Delivery> delivered) {
		if (before != null) {
			return Decision.refuse(Refusal.conflict("finns-redan", "Det nationella behovet finns redan."));
		}
		return Compiling
			.<CompilationEvent>firstOf(cycleIsOpen(cycle),
					sourcesAreSound(form.cycle(), form.sources(), cycle, delivered))
			.orElseGet(() -> Decision
				.of(new NationalNeedFormed(form.cycle(), form.wording(), provenance(form.sources(), delivered))));
	}

	/**
	 * Gives it other words or sources.
	 * @param before the national need
	 * @param change what it shall be
	 * @param cycle its cycle
	 * @param delivered what is known here to have been delivered, of the sources named
	 * @param standing what the rounds say of it
	 * @return changed, nothing when it already was so, or a refusal
	 */
	public static Decision<CompilationEvent> change(@Nullable NationalNeed before, Change change,
			@Nullable CycleSeen cycle, Map<RegionalNeedId, Delivery> delivered, RankStanding standing) {
		if (before == null) {
			return Decision.refuse(Refusal.notFound());
		}
		return Compiling
			.<CompilationEvent>firstOf(cycleIsOpen(cycle), stands(before), isNotAnswered(before),
					rankingHasNotOpened(standing), sourcesAreSound(before.cycle(), change.sources(), cycle, delivered))
			.orElseGet(() -> {
				NationalNeed.Version current = before.current();
				List<Source> sources = provenance(change.sources(), delivered);
				if (current.wording().equals(change.wording()) && current.sources().equals(sources)) {
					return Decision.of();
				}
				return Decision.of(new NationalNeedChanged(current.number() + 1, change.wording(), sources));
			});
	}

	/**
	 * Takes it apart again; its regional needs are free.
	 * @param before the national need
	 * @param reason why
	 * @param cycle its cycle
	 * @param standing what the rounds say of it
	 * @return dissolved, or a refusal
	 */
	public static Decision<CompilationEvent> dissolve(@Nullable NationalNeed before, String reason,
			@Nullable CycleSeen cycle, RankStanding standing) {
		if (before == null) {
			return Decision.refuse(Refusal.notFound());
		}
		return Compiling
			.<CompilationEvent>firstOf(cycleIsOpen(cycle), stands(before), isNotAnswered(before),
					rankingHasNotOpened(standing))
			.orElseGet(() -> Decision.of(new NationalNeedDissolved(reason)));
	}

	/**
	 * Blanks every text of it (domain rule 8); allowed whatever state it is in.
	 * @param before the national need
	 * @param reason why
	 * @return redacted, or a refusal
	 */
	public static Decision<CompilationEvent> redact(@Nullable NationalNeed before, String reason) {
		return (before != null) ? Decision.of(new NationalNeedRedacted(reason)) : Decision.refuse(Refusal.notFound());
	}

	/** A command that refers to a cycle needs it here, and open. */
	static Optional<Refusal> cycleIsOpen(@Nullable CycleSeen cycle) {
		if (cycle == null) {
			return Optional.of(Refusal.notHereYet("Omgången"));
		}
		return switch (cycle.phase()) {
			case OPEN -> Optional.empty();
			// The opening may be on its way here.
			case CHOSEN -> Optional.of(Refusal.notHereYet("Omgångens öppnande"));
			case FINISHED -> Optional.of(Refusal.conflict("omgangen-ar-avslutad",
					"Omgången är avslutad. Det som är nytt hör till en kommande omgång."));
			case CANCELLED -> Optional.of(cancelled());
		};
	}

	static Refusal cancelled() {
		return Refusal.conflict("omgangen-ar-avbruten", "Omgången är avbruten. Inget mer kan göras i den.");
	}

	static Optional<Refusal> stands(NationalNeed need) {
		return (need.dissolved() == null) ? Optional.empty() : Optional.of(Refusal.conflict("behovet-ar-upplost",
				"Det nationella behovet är upplöst. Bilda ett nytt om de regionala behoven ska vidare."));
	}

	/** Domain rule 12: until ranking has opened, never after. */
	static Optional<Refusal> rankingHasNotOpened(RankStanding standing) {
		return (standing instanceof RankStanding.Unopened) ? Optional.empty()
				: Optional.of(Refusal.conflict("prioriteringen-har-oppnat",
						"En nationell prioriteringsomgång har öppnat med behovet. Då kan det inte längre ändras."));
	}

	/** Domain rules 6 and 17: whoever asked has been told the answer to these words. */
	private static Optional<Refusal> isNotAnswered(NationalNeed need) {
		return need.answered() ? Optional.of(Refusal.conflict("behovet-ar-besvarat",
				"Behovet är besvarat i sållningen och svaret har gått ut. Bilda ett nytt nationellt behov, eller be en myndighet att ändra bedömningen först."))
				: Optional.empty();
	}

	private static Optional<Refusal> sourcesAreSound(CycleId id, List<RegionalNeedId> sources,
			@Nullable CycleSeen cycle, Map<RegionalNeedId, Delivery> delivered) {
		if (sources.isEmpty()) {
			return Optional.of(Refusal.invalid("sources", "Ange minst ett regionalt behov."));
		}
		if (new HashSet<>(sources).size() < sources.size()) {
			return Optional.of(Refusal.invalid("sources", "Ett regionalt behov kan bara anges en gång."));
		}
		return IntStream.range(0, sources.size())
			.mapToObj((i) -> isSound("sources[" + i + "]", delivered.get(sources.get(i)), id, cycle))
			.flatMap(Optional::stream)
			.findFirst();
	}

	private static Optional<Refusal> isSound(String field, @Nullable Delivery delivery, CycleId id,
			@Nullable CycleSeen cycle) {
		if (delivery == null) {
			return Optional.of(isNotHere(field));
		}
		return isOfCycle(field, delivery, id).or(() -> cameInTime(delivery, cycle));
	}

	/** What has not arrived can not be told from what was never delivered. */
	private static Refusal isNotHere(String field) {
		Refusal refusal = Refusal.notHereYet("Leveransen av ett av de regionala behoven");
		return new Refusal(refusal.kind(), refusal.code(), refusal.detail(),
				List.of(new Refusal.Field(field, refusal.detail())));
	}

	private static Optional<Refusal> isOfCycle(String field, Delivery one, CycleId cycle) {
		return one.region().cycle().equals(cycle) ? Optional.empty()
				: Optional.of(Refusal.invalid(field, "Det regionala behovet hör till en annan omgång."));
	}

	/** A supplement that came after compiling was closed waits for the next cycle. */
	private static Optional<Refusal> cameInTime(Delivery one, @Nullable CycleSeen cycle) {
		Instant closed = (cycle != null) ? cycle.compilingClosed() : null;
		return (closed == null || !one.need().at().isAfter(closed)) ? Optional.empty()
				: Optional.of(Refusal.conflict("sammanstallningen-ar-stangd",
						"Det regionala behovet " + one.need().regionalNeed()
								+ " levererades efter att sammanställningen stängdes och väntar till nästa omgång."));
	}

	private static List<Source> provenance(List<RegionalNeedId> sources, Map<RegionalNeedId, Delivery> delivered) {
		return sources.stream()
			.map(delivered::get)
			.flatMap(Stream::ofNullable)
			.map((one) -> one.region().source(one.need()))
			.toList();
	}

	/** The first rule that says no, as a decision. */
	@SafeVarargs
	static <E> Optional<Decision<E>> firstOf(Optional<Refusal>... rules) {
		return Stream.of(rules).flatMap(Optional::stream).findFirst().map(Decision::refuse);
	}

}
