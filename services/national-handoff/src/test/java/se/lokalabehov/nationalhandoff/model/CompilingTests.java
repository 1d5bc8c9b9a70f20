package se.lokalabehov.nationalhandoff.model;

import java.util.List;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedChanged;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedDissolved;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal.Kind;
import se.lokalabehov.nationalhandoff.model.CycleSeen.Phase;
import se.lokalabehov.nationalhandoff.model.RankStanding.Ranked;
import se.lokalabehov.nationalhandoff.model.RankStanding.Undecided;
import se.lokalabehov.nationalhandoff.model.RankStanding.Unopened;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.nationalhandoff.model.Fixtures.CYCLE;
import static se.lokalabehov.nationalhandoff.model.Fixtures.NOW;
import static se.lokalabehov.nationalhandoff.model.Fixtures.OPEN_CYCLE;
import static se.lokalabehov.nationalhandoff.model.Fixtures.aNationalNeed;
import static se.lokalabehov.nationalhandoff.model.Fixtures.aNeedJudged;
import static se.lokalabehov.nationalhandoff.model.Fixtures.accepted;
import static se.lokalabehov.nationalhandoff.model.Fixtures.delivered;
import static se.lokalabehov.nationalhandoff.model.Fixtures.deliveredAt;
import static se.lokalabehov.nationalhandoff.model.Fixtures.refused;
import static se.lokalabehov.nationalhandoff.model.Fixtures.regionals;
import static se.lokalabehov.nationalhandoff.model.Fixtures.sourceOf;
import static se.lokalabehov.nationalhandoff.model.Fixtures.wording;

/**
 * Moment 4, compile.
 */
class CompilingTests {

	@Test
	void theDeliveredVersionsAndTheirMembersBecomeTheProvenance() {
		var decision = form(CYCLE, OPEN_CYCLE, "a", "b");

		assertThat(accepted(decision))
			.containsExactly(new NationalNeedFormed(CYCLE, wording("Unga"), List.of(sourceOf("a"), sourceOf("b"))));
	}

	@Test
	void whatHasNotBeenDeliveredIsNotHereYet() {
		var decision = Compiling.form(null, new Compiling.Form(CYCLE, wording("Unga"), regionals("a", "b")), OPEN_CYCLE,
				delivered("a"));

		assertThat(refused(decision).kind()).isEqualTo(Kind.NOT_HERE_YET);
		assertThat(refused(decision).fields()).extracting("name").containsExactly("sources[1]");
	}

	@Test
	void aRegionalNeedStandsOnceInANationalNeed() {
		var decision = Compiling.form(null, new Compiling.Form(CYCLE, wording("Unga"), regionals("a", "a")), OPEN_CYCLE,
				delivered("a"));

		assertThat(refused(decision).kind()).isEqualTo(Kind.INVALID);
	}

	@Test
	void aNationalNeedHasAtLeastOneSource() {
		assertThat(refused(form(CYCLE, OPEN_CYCLE)).kind()).isEqualTo(Kind.INVALID);
	}

	@Test
	void theSourcesBelongToTheCycle() {
		assertThat(refused(form(new CycleId("cycle-other"), OPEN_CYCLE, "a")).kind()).isEqualTo(Kind.INVALID);
	}

	@Test
	void anUnknownCycleIsNotHereYet() {
		assertThat(refused(form(CYCLE, null, "a")).kind()).isEqualTo(Kind.NOT_HERE_YET);
	}

	@Test
	void aCycleThatIsNotSeenToHaveOpenedIsNotHereYet() {
		assertThat(refused(form(CYCLE, new CycleSeen(Phase.CHOSEN, null), "a")).kind()).isEqualTo(Kind.NOT_HERE_YET);
	}

	@Test
	void nothingIsFormedInACancelledOrFinishedCycle() {
		assertThat(refused(form(CYCLE, new CycleSeen(Phase.CANCELLED, null), "a")).code())
			.isEqualTo("omgangen-ar-avbruten");
		assertThat(refused(form(CYCLE, new CycleSeen(Phase.FINISHED, null), "a")).code())
			.isEqualTo("omgangen-ar-avslutad");
	}

	@Test
	void aSupplementAfterCompilingWasClosedWaitsForTheNextCycle() {
		var closed = new CycleSeen(Phase.OPEN, NOW);
		var form = new Compiling.Form(CYCLE, wording("Unga"), regionals("a"));

		assertThat(refused(Compiling.form(null, form, closed, deliveredAt(NOW.plusMillis(1), "a"))).code())
			.isEqualTo("sammanstallningen-ar-stangd");
	}

	@Test
	void whatWasDeliveredBeforeCompilingWasClosedIsStillCompiled() {
		var closed = new CycleSeen(Phase.OPEN, NOW);
		var form = new Compiling.Form(CYCLE, wording("Unga"), regionals("a"));

		assertThat(accepted(Compiling.form(null, form, closed, deliveredAt(NOW, "a")))).hasSize(1);
	}

	@Test
	void aChangeIsANewVersion() {
		var decision = change(aNationalNeed(), new Unopened(), "Andra ord", "a", "b");

		assertThat(accepted(decision))
			.containsExactly(new NationalNeedChanged(2, wording("Andra ord"), List.of(sourceOf("a"), sourceOf("b"))));
	}

	@Test
	void aChangeToWhatItAlreadyIsChangesNothing() {
		assertThat(accepted(change(aNationalNeed(), new Unopened(), "Cannabis och unga", "a"))).isEmpty();
	}

	@Test
	void nothingIsChangedOrDissolvedOnceARoundHasOpenedWithIt() {
		for (RankStanding opened : List.of(new Undecided(),
				new Ranked(new se.lokalabehov.contracts.RoundId("round-1"), 1, 1))) {
			assertThat(refused(change(aNationalNeed(), opened, "Andra ord", "a")).code())
				.isEqualTo("prioriteringen-har-oppnat");
			assertThat(refused(Compiling.dissolve(aNationalNeed(), "Fel", OPEN_CYCLE, opened)).code())
				.isEqualTo("prioriteringen-har-oppnat");
		}
	}

	@Test
	void whatScreeningHasAnsweredIsNeitherChangedNorDissolved() {
		for (Verdict answer : List.of(Verdict.EXISTS, Verdict.LOCAL)) {
			assertThat(refused(change(aNeedJudged(answer), new Unopened(), "Andra ord", "a")).code())
				.isEqualTo("behovet-ar-besvarat");
			assertThat(refused(Compiling.dissolve(aNeedJudged(answer), "Fel", OPEN_CYCLE, new Unopened())).code())
				.isEqualTo("behovet-ar-besvarat");
		}
	}

	@Test
	void aDissolvedNeedStaysDissolved() {
		var dissolved = NationalNeed.evolve(aNationalNeed(), new NationalNeedDissolved("Två frågor i en"));

		assertThat(accepted(Compiling.dissolve(aNationalNeed(), "Två frågor i en", OPEN_CYCLE, new Unopened())))
			.containsExactly(new NationalNeedDissolved("Två frågor i en"));
		assertThat(refused(Compiling.dissolve(dissolved, "Igen", OPEN_CYCLE, new Unopened())).code())
			.isEqualTo("behovet-ar-upplost");
		assertThat(refused(change(dissolved, new Unopened(), "Andra ord", "a")).code()).isEqualTo("behovet-ar-upplost");
	}

	@Test
	void aRedactionBlanksEveryVersionAndVerdict() {
		var need = NationalNeed.evolve(
				NationalNeed.evolve(aNeedJudged(Verdict.ADAPT),
						new NationalNeedChanged(2, wording("Andra ord"), List.of(sourceOf("a")))),
				Fixtures.screened(Verdict.EXISTS, Fixtures.SBU));

		var redacted = NationalNeed.evolve(need, accepted(Compiling.redact(need, "Personuppgift")).getFirst());

		assertThat(redacted.toString()).doesNotContain("Andra ord", "Cannabis", "Därför", "Handboken", "Översikt")
			.contains("[borttaget]");
		assertThat(redacted.versions()).hasSize(2);
		assertThat(redacted.current().sources()).containsExactly(sourceOf("a"));
	}

	@Test
	void thereIsNothingToChangeDissolveOrRedactInNothing() {
		assertThat(refused(change(null, new Unopened(), "Andra ord", "a")).kind()).isEqualTo(Kind.NOT_FOUND);
		assertThat(refused(Compiling.dissolve(null, "Fel", OPEN_CYCLE, new Unopened())).kind())
			.isEqualTo(Kind.NOT_FOUND);
		assertThat(refused(Compiling.redact(null, "Fel")).kind()).isEqualTo(Kind.NOT_FOUND);
	}

	private static Decision<CompilationEvent> form(CycleId id, @org.jspecify.annotations.Nullable CycleSeen cycle,
			String... sources) {
		return Compiling.form(null, new Compiling.Form(id, wording("Unga"), regionals(sources)), cycle,
				delivered(sources));
	}

	private static Decision<CompilationEvent> change(@org.jspecify.annotations.Nullable NationalNeed before,
			RankStanding standing, String title, String... sources) {
		return Compiling.change(before, new Compiling.Change(wording(title), regionals(sources)), OPEN_CYCLE,
				delivered(sources), standing);
	}

}
