package se.lokalabehov.prioritisation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

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
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.prioritisation.model.Cycle;

import static org.assertj.core.api.Assertions.assertThat;

class CycleRulesTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

	private static final OrganisationId SOLNA = new OrganisationId("0184");

	@Test
	void anAreaIsChosenByMunicipalities() {
		assertThat(accepted(CycleRules.choose(null, aChoice("SBB", "0180", "1480"), Directory.standard())))
			.containsExactly(aChoice("SBB", "0180", "1480"));
	}

	@Test
	void anUnknownAreaIsRefused() {
		assertThat(code(CycleRules.choose(null, aChoice("XYZ", "0180"), Directory.standard())))
			.isEqualTo("felaktig-uppgift");
	}

	@Test
	void onlyMunicipalitiesChooseAndEachOnce() {
		assertThat(code(CycleRules.choose(null, aChoice("SBB", "RSS-01"), Directory.standard())))
			.isEqualTo("felaktig-uppgift");
		assertThat(code(CycleRules.choose(null, aChoice("SBB", "0180", "0180"), Directory.standard())))
			.isEqualTo("felaktig-uppgift");
	}

	@Test
	void openingFreezesAreasRegionsAndVocabulary() {
		CycleOpened opened = (CycleOpened) accepted(
				CycleRules.open(aChosenCycle(), aTimetable(), TODAY, Directory.standard()))
			.getFirst();
		assertThat(opened.areas()).startsWith("SBB");
		assertThat(opened.vocabularyVersion()).isEqualTo(Directory.standard().vocabularyVersion());
		assertThat(opened.regions().stream().flatMap((region) -> region.municipalities().stream())).hasSize(290)
			.doesNotHaveDuplicates();
		assertThat(opened.regions()).filteredOn((region) -> region.municipalities().contains(SOLNA))
			.extracting(Region::asker)
			.containsExactly(new OrganisationId("RSS-01"));
	}

	@Test
	void aMunicipalityWithoutAnRssIsAskedBySkr() {
		Directory directory = Directory.standard().with(new MembershipChanged(SOLNA, null, TODAY));
		CycleOpened opened = (CycleOpened) accepted(CycleRules.open(aChosenCycle(), aTimetable(), TODAY, directory))
			.getFirst();
		assertThat(opened.regions()).filteredOn((region) -> region.municipalities().contains(SOLNA))
			.extracting(Region::asker)
			.containsExactly(Access.SKR);
	}

	@Test
	void aTimetableIsWholeInOrderAndAhead() {
		Map<Step, LocalDate> partly = aTimetable();
		partly.remove(Step.RANK);
		Map<Step, LocalDate> crossed = aTimetable();
		crossed.put(Step.DELIVER, TODAY.plusDays(1));
		Map<Step, LocalDate> past = aTimetable();
		past.put(Step.ANSWER, TODAY.minusDays(1));
		for (Map<Step, LocalDate> timetable : List.of(partly, crossed, past)) {
			assertThat(code(CycleRules.open(aChosenCycle(), timetable, TODAY, Directory.standard())))
				.isEqualTo("felaktig-uppgift");
		}
	}

	@Test
	void aCycleOpensOnce() {
		assertThat(code(CycleRules.open(anOpenCycle(), aTimetable(), TODAY, Directory.standard())))
			.isEqualTo("omgangen-oppnad");
	}

	@Test
	void aStepIsExtendedUpToTheNextOne() {
		Cycle open = anOpenCycle();
		CycleExtended toTheNext = new CycleExtended(Step.ANSWER, TODAY.plusDays(60), "Fler behöver mer tid");
		assertThat(accepted(CycleRules.extend(open, toTheNext, TODAY))).containsExactly(toTheNext);
		assertThat(code(CycleRules.extend(open, new CycleExtended(Step.ANSWER, TODAY.plusDays(61), "Mer"), TODAY)))
			.isEqualTo("felaktig-uppgift");
		assertThat(code(CycleRules.extend(open, new CycleExtended(Step.ANSWER, TODAY.plusDays(30), "Samma"), TODAY)))
			.isEqualTo("felaktig-uppgift");
		Cycle extended = Cycle.evolve(open, toTheNext);
		assertThat(extended.opened().orElseThrow().timetable()).containsEntry(Step.ANSWER, TODAY.plusDays(60));
		assertThat(extended.opened().orElseThrow().extensions()).hasSize(1);
	}

	@Test
	void answersGetNoMoreTimeOnceCompilingIsClosed() {
		Cycle closed = Cycle.evolve(anOpenCycle(), new CompilingClosed());
		assertThat(code(CycleRules.extend(closed, new CycleExtended(Step.ANSWER, TODAY.plusDays(40), "Mer"), TODAY)))
			.isEqualTo("sammanstallningen-stangd");
		assertThat(code(CycleRules.closeCompiling(closed))).isEqualTo("sammanstallningen-stangd");
		assertThat(accepted(CycleRules.extend(closed, new CycleExtended(Step.RANK, TODAY.plusDays(121), "Mer"), TODAY)))
			.hasSize(1);
	}

	@Test
	void itFinishesWhenCompilingIsClosedAndNoRoundIsOpen() {
		CycleFinished finish = new CycleFinished("Klart");
		assertThat(code(CycleRules.finish(anOpenCycle(), finish, 0))).isEqualTo("sammanstallningen-oppen");
		Cycle closed = Cycle.evolve(anOpenCycle(), new CompilingClosed());
		assertThat(code(CycleRules.finish(closed, finish, 1))).isEqualTo("prioritering-pagar");
		assertThat(accepted(CycleRules.finish(closed, finish, 0))).containsExactly(finish);
	}

	@Test
	void whatIsOverStaysOver() {
		Cycle cancelled = Cycle.evolve(anOpenCycle(), new CycleCancelled("Fel område"));
		assertThat(code(CycleRules.cancel(cancelled, new CycleCancelled("Igen")))).isEqualTo("omgangen-avslutad");
		assertThat(code(CycleRules.closeCompiling(cancelled))).isEqualTo("omgangen-avslutad");
		assertThat(code(CycleRules.open(cancelled, aTimetable(), TODAY, Directory.standard())))
			.isEqualTo("omgangen-avslutad");
	}

	@Test
	void aChosenCycleCanBeCancelledButNotExtended() {
		assertThat(accepted(CycleRules.cancel(aChosenCycle(), new CycleCancelled("Ångrat")))).hasSize(1);
		assertThat(code(CycleRules.extend(aChosenCycle(), new CycleExtended(Step.RANK, TODAY, "Mer"), TODAY)))
			.isEqualTo("omgangen-inte-oppnad");
	}

	@Test
	void aRedactionBlanksEveryTextAndKeepsTheRest() {
		Cycle cycle = Cycle.evolve(anOpenCycle(), new CycleExtended(Step.ANSWER, TODAY.plusDays(40), "Hemligt"));
		cycle = Cycle.evolve(cycle, new CycleRedacted("Uppgift om enskild"));
		assertThat(cycle.toString()).doesNotContain("Hemligt", "Skadligt", "Många frågar").contains(Wording.REDACTED);
		assertThat(cycle).isInstanceOf(Cycle.Open.class);
		assertThat(cycle.opened().orElseThrow().timetable()).containsEntry(Step.ANSWER, TODAY.plusDays(40));
	}

	@Test
	void theDayIsTheOneInSweden() {
		assertThat(CycleRules.day(Instant.parse("2026-07-01T22:30:00Z"))).isEqualTo(LocalDate.of(2026, 7, 2));
	}

	private static AreaChosen aChoice(String area, String... choosers) {
		return new AreaChosen(area, "Skadligt bruk och beroende 2026", "Många frågar",
				List.of(choosers).stream().map(OrganisationId::new).toList());
	}

	private static Cycle aChosenCycle() {
		return Cycle.evolve(null, aChoice("SBB", "0180"));
	}

	private static Cycle anOpenCycle() {
		return Cycle.evolve(aChosenCycle(),
				accepted(CycleRules.open(aChosenCycle(), aTimetable(), TODAY, Directory.standard())).getFirst());
	}

	private static Map<Step, LocalDate> aTimetable() {
		Map<Step, LocalDate> timetable = new EnumMap<>(Step.class);
		for (Step step : Step.values()) {
			timetable.put(step, TODAY.plusDays(30L * (step.ordinal() + 1)));
		}
		return timetable;
	}

	private static List<AreaEvent> accepted(Decision<AreaEvent> decision) {
		assertThat(decision).isInstanceOf(Decision.Accepted.class);
		return ((Decision.Accepted<AreaEvent>) decision).events();
	}

	private static String code(Decision<AreaEvent> decision) {
		assertThat(decision).isInstanceOf(Decision.Refused.class);
		return ((Decision.Refused<AreaEvent>) decision).refusal().code();
	}

}
