package se.lokalabehov.needintake;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.AreaEvent.AreaChosen;
import se.lokalabehov.contracts.AreaEvent.CompilingClosed;
import se.lokalabehov.contracts.AreaEvent.CycleCancelled;
import se.lokalabehov.contracts.AreaEvent.CycleExtended;
import se.lokalabehov.contracts.AreaEvent.CycleFinished;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.CycleRedacted;
import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Refusal;

/**
 * A cycle as it has been heard of here.
 *
 * @param status how far it has come
 * @param areas its area and the narrower ones, none before it opened
 * @param timetable last day of each step
 * @param regions who asks whom, frozen when it opened
 * @param reason why it was cancelled
 */
record CycleView(Status status, List<String> areas, Map<Step, LocalDate> timetable, List<Region> regions,
		@Nullable String reason) {

	enum Status {

		/** Chosen, not yet open. */
		CHOSEN,
		/** Takes needs and deliveries. */
		OPEN,
		/** Takes no more: SKR has closed compiling. */
		COMPILED,
		/** Stopped. */
		CANCELLED,
		/** Over. */
		FINISHED

	}

	boolean isOpen() {
		return this.status == Status.OPEN;
	}

	/** Why it takes no needs and no lists now; none when it does. */
	Optional<Refusal> closedBecause() {
		return switch (this.status) {
			case OPEN -> Optional.empty();
			case CHOSEN -> Optional.of(Refusal.conflict("omgangen-ej-oppen",
					"Omgången har inte öppnat än. Vänta tills SKR har öppnat den."));
			case COMPILED -> Optional.of(Refusal.conflict("sammanstallningen-stangd",
					"SKR har stängt sammanställningen. Det som kommer nu får vänta till nästa omgång."));
			case CANCELLED, FINISHED -> Optional.of(Refusal.conflict("omgangen-avslutad",
					"Omgången är avslutad eller avbruten. Det som kommer nu får vänta till nästa omgång."));
		};
	}

	/** Who asks the municipality in this cycle. */
	Optional<OrganisationId> askerOf(OrganisationId municipality) {
		return this.regions.stream()
			.filter((region) -> region.municipalities().contains(municipality))
			.map(Region::asker)
			.findFirst();
	}

	Optional<Region> askedBy(OrganisationId asker) {
		return this.regions.stream().filter((region) -> region.asker().equals(asker)).findFirst();
	}

	/** The last day of a step; every open cycle has all of them. */
	LocalDate lastDay(Step step) {
		return Objects.requireNonNull(this.timetable.get(step), () -> "no last day of " + step);
	}

	static CycleView after(@Nullable CycleView before, Envelope<AreaEvent> envelope) {
		return switch (envelope.event()) {
			case AreaChosen chosen -> new CycleView(Status.CHOSEN, List.of(), Map.of(), List.of(), null);
			case CycleOpened opened ->
				new CycleView(Status.OPEN, opened.areas(), opened.timetable(), opened.regions(), null);
			case CycleExtended extended -> known(before).extended(extended);
			case CompilingClosed closed -> known(before).in(Status.COMPILED, null);
			case CycleCancelled cancelled -> known(before).in(Status.CANCELLED, cancelled.reason());
			case CycleFinished finished -> known(before).in(Status.FINISHED, null);
			case CycleRedacted redacted -> {
				CycleView cycle = known(before);
				yield cycle.in(cycle.status, (cycle.reason != null) ? Wording.REDACTED : null);
			}
		};
	}

	private CycleView extended(CycleExtended event) {
		Map<Step, LocalDate> extended = new EnumMap<>(Step.class);
		extended.putAll(this.timetable);
		extended.put(event.step(), event.until());
		return new CycleView(this.status, this.areas, extended, this.regions, this.reason);
	}

	private CycleView in(Status next, @Nullable String why) {
		return new CycleView(next, this.areas, this.timetable, this.regions, why);
	}

	private static CycleView known(@Nullable CycleView before) {
		return Objects.requireNonNull(before, "a cycle begins with its area being chosen");
	}

}
