package se.lokalabehov.prioritisation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.prioritisation.model.Cycle;

/**
 * What may happen to a cycle (moment 1). Pure: the day and the directory arrive as data.
 */
final class CycleRules {

	private CycleRules() {
	}

	/** The day it is in Sweden. */
	static LocalDate day(Instant at) {
		return LocalDate.ofInstant(at, ZoneId.of("Europe/Stockholm"));
	}

	static Decision<AreaEvent> choose(@Nullable Cycle cycle, AreaChosen choice, Directory directory) {
		if (cycle != null) {
			return Decision.refuse(Refusal.conflict("omgangen-finns", "Omgången finns redan."));
		}
		return refuseOr(areaIsKnown(choice.area(), directory).or(() -> choosersAreMunicipalities(choice, directory)),
				choice);
	}

	static Decision<AreaEvent> open(@Nullable Cycle cycle, Map<Step, LocalDate> timetable, LocalDate today,
			Directory directory) {
		return switch (cycle) {
			case null -> Decision.refuse(Refusal.notFound());
			case Cycle.Chosen chosen -> refuseOr(
					wholeTimetable(timetable).or(() -> inOrder(timetable)).or(() -> notPast(timetable, today)),
					new CycleOpened(chosen.choice().area(),
							List.copyOf(directory.areaWithNarrower(chosen.choice().area())), chosen.choice().title(),
							timetable, regions(directory, today), directory.vocabularyVersion()));
			case Cycle.Open open -> Decision
				.refuse(Refusal.conflict("omgangen-oppnad", "Omgången är redan öppnad. Förläng den i stället."));
			case Cycle.Finished finished -> Decision.refuse(over());
			case Cycle.Cancelled cancelled -> Decision.refuse(over());
		};
	}

	static Decision<AreaEvent> extend(@Nullable Cycle cycle, CycleExtended extension, LocalDate today) {
		return whileOpen(cycle,
				(open) -> refuseOr(stillTaken(open, extension.step()).or(() -> laterThanBefore(open, extension))
					.or(() -> extensionNotPast(extension, today))
					.or(() -> beforeNextStep(open, extension)), extension));
	}

	static Decision<AreaEvent> closeCompiling(@Nullable Cycle cycle) {
		return whileOpen(cycle,
				(open) -> open.opening().compilingClosed()
						? Decision
							.refuse(Refusal.conflict("sammanstallningen-stangd", "Sammanställningen är redan stängd."))
						: Decision.of(new CompilingClosed()));
	}

	static Decision<AreaEvent> cancel(@Nullable Cycle cycle, CycleCancelled cancellation) {
		return switch (cycle) {
			case null -> Decision.refuse(Refusal.notFound());
			case Cycle.Chosen chosen -> Decision.of(cancellation);
			case Cycle.Open open -> Decision.of(cancellation);
			case Cycle.Finished finished -> Decision.refuse(over());
			case Cycle.Cancelled cancelled -> Decision.refuse(over());
		};
	}

	/**
	 * Ends a cycle.
	 * @param openRounds how many of its rounds still take ballots
	 */
	static Decision<AreaEvent> finish(@Nullable Cycle cycle, CycleFinished finish, long openRounds) {
		return whileOpen(cycle, (open) -> refuseOr(compilingIsClosed(open).or(() -> noOpenRounds(openRounds)), finish));
	}

	static Decision<AreaEvent> redact(@Nullable Cycle cycle, CycleRedacted redaction) {
		return (cycle != null) ? Decision.of(redaction) : Decision.refuse(Refusal.notFound());
	}

	private static Decision<AreaEvent> whileOpen(@Nullable Cycle cycle,
			Function<Cycle.Open, Decision<AreaEvent>> decide) {
		return switch (cycle) {
			case null -> Decision.refuse(Refusal.notFound());
			case Cycle.Chosen chosen -> Decision
				.refuse(Refusal.conflict("omgangen-inte-oppnad", "Omgången är inte öppnad än. Öppna den först."));
			case Cycle.Open open -> decide.apply(open);
			case Cycle.Finished finished -> Decision.refuse(over());
			case Cycle.Cancelled cancelled -> Decision.refuse(over());
		};
	}

	private static Decision<AreaEvent> refuseOr(Optional<Refusal> refusal, AreaEvent event) {
		return refusal.<Decision<AreaEvent>>map(Decision::refuse).orElseGet(() -> Decision.of(event));
	}

	private static Refusal over() {
		return Refusal.conflict("omgangen-avslutad",
				"Omgången är avslutad och kan inte ändras. Börja en ny omgång i stället.");
	}

	private static Optional<Refusal> areaIsKnown(String area, Directory directory) {
		return when(directory.area(area).isEmpty(),
				Refusal.invalid("area", "Verksamhetsområdet finns inte i vokabulären."));
	}

	private static Optional<Refusal> choosersAreMunicipalities(AreaChosen choice, Directory directory) {
		boolean known = choice.choosers()
			.stream()
			.allMatch((chooser) -> directory.organisation(chooser)
				.filter((organisation) -> organisation.kind() == Kind.MUNICIPALITY)
				.isPresent());
		return when(!known, Refusal.invalid("choosers", "Bara kommuner kan stå som väljare; ange kommunkoder."))
			.or(() -> when(new HashSet<>(choice.choosers()).size() < choice.choosers().size(),
					Refusal.invalid("choosers", "Samma kommun står mer än en gång.")));
	}

	private static Optional<Refusal> wholeTimetable(Map<Step, LocalDate> timetable) {
		return when(timetable.size() < Step.values().length, Refusal.invalid("timetable",
				"Ange sista dag för alla steg: ANSWER, DELIVER, SCREEN, RANK, FEED_BACK."));
	}

	private static Optional<Refusal> inOrder(Map<Step, LocalDate> timetable) {
		List<LocalDate> days = new ArrayList<>();
		for (Step step : Step.values()) {
			Optional.ofNullable(timetable.get(step)).ifPresent(days::add);
		}
		return when(!days.equals(days.stream().sorted().toList()),
				Refusal.invalid("timetable", "Stegens sista dagar måste komma i stegens ordning."));
	}

	private static Optional<Refusal> notPast(Map<Step, LocalDate> timetable, LocalDate today) {
		return when(timetable.values().stream().anyMatch((day) -> day.isBefore(today)),
				Refusal.invalid("timetable", "En sista dag får inte ha passerat redan."));
	}

	private static Optional<Refusal> stillTaken(Cycle.Open open, Step step) {
		return when(open.opening().compilingClosed() && (step == Step.ANSWER || step == Step.DELIVER),
				Refusal.conflict("sammanstallningen-stangd",
						"Sammanställningen är stängd, så svar och leveranser kan inte få mer tid i den här omgången."));
	}

	private static Optional<Refusal> laterThanBefore(Cycle.Open open, CycleExtended extension) {
		LocalDate before = open.opening().timetable().get(extension.step());
		return when(before != null && !extension.until().isAfter(before),
				Refusal.invalid("until", "Den nya sista dagen måste ligga efter den som gäller nu."));
	}

	private static Optional<Refusal> extensionNotPast(CycleExtended extension, LocalDate today) {
		return when(extension.until().isBefore(today),
				Refusal.invalid("until", "Den nya sista dagen har redan passerat."));
	}

	private static Optional<Refusal> beforeNextStep(Cycle.Open open, CycleExtended extension) {
		return inOrder(open.opening().timetableWith(extension.step(), extension.until())).map((refusal) -> Refusal
			.invalid("until", "Den nya sista dagen ligger efter nästa stegs sista dag. Förläng det steget först."));
	}

	private static Optional<Refusal> compilingIsClosed(Cycle.Open open) {
		return when(!open.opening().compilingClosed(), Refusal.conflict("sammanstallningen-oppen",
				"Stäng sammanställningen först; till dess kan nya behov komma in."));
	}

	private static Optional<Refusal> noOpenRounds(long openRounds) {
		return when(openRounds > 0, Refusal.conflict("prioritering-pagar",
				"Omgången har prioriteringsomgångar som pågår. Stäng eller avbryt dem först."));
	}

	private static Optional<Refusal> when(boolean broken, Refusal refusal) {
		return broken ? Optional.of(refusal) : Optional.empty();
	}

	private static List<Region> regions(Directory directory, LocalDate today) {
		List<Region> regions = new ArrayList<>();
		for (Organisation rss : directory.organisations(Kind.RSS)) {
			region(regions, rss.id(), directory.members(rss.id(), today));
		}
		region(regions, Access.SKR, directory.municipalitiesWithoutRss(today));
		return regions;
	}

	private static void region(List<Region> regions, OrganisationId asker, List<OrganisationId> municipalities) {
		if (!municipalities.isEmpty()) {
			regions.add(new Region(asker, municipalities));
		}
	}

}
