package se.lokalabehov.nationalhandoff.model;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.Evidence;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal.Kind;
import se.lokalabehov.nationalhandoff.model.CycleSeen.Phase;
import se.lokalabehov.nationalhandoff.model.RankStanding.Undecided;
import se.lokalabehov.nationalhandoff.model.RankStanding.Unopened;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.nationalhandoff.model.Fixtures.AGENCIES;
import static se.lokalabehov.nationalhandoff.model.Fixtures.NOW;
import static se.lokalabehov.nationalhandoff.model.Fixtures.OPEN_CYCLE;
import static se.lokalabehov.nationalhandoff.model.Fixtures.SBU;
import static se.lokalabehov.nationalhandoff.model.Fixtures.SKR;
import static se.lokalabehov.nationalhandoff.model.Fixtures.SOS;
import static se.lokalabehov.nationalhandoff.model.Fixtures.TODAY;
import static se.lokalabehov.nationalhandoff.model.Fixtures.aNationalNeed;
import static se.lokalabehov.nationalhandoff.model.Fixtures.aNeedAskedOf;
import static se.lokalabehov.nationalhandoff.model.Fixtures.accepted;
import static se.lokalabehov.nationalhandoff.model.Fixtures.overview;
import static se.lokalabehov.nationalhandoff.model.Fixtures.refused;
import static se.lokalabehov.nationalhandoff.model.Fixtures.source;

/**
 * Moment 4, screen (domain rule 17).
 */
class ScreeningTests {

	@Test
	void skrAsksAgenciesToJudge() {
		var request = new ScreeningAsked(List.of(SOS, SBU), TODAY);

		assertThat(accepted(ask(request, new Unopened()))).containsExactly(request);
	}

	@Test
	void onlyNationalAgenciesAreAskedEachOnceAndNotForAPastDay() {
		assertThat(refused(ask(new ScreeningAsked(List.of(SOS, SKR), TODAY), new Unopened())).fields())
			.extracting("name")
			.containsExactly("agencies");
		assertThat(refused(ask(new ScreeningAsked(List.of(SOS, SOS), TODAY), new Unopened())).fields())
			.extracting("name")
			.containsExactly("agencies");
		assertThat(refused(ask(new ScreeningAsked(List.of(SOS), TODAY.minusDays(1)), new Unopened())).fields())
			.extracting("name")
			.containsExactly("due");
	}

	@Test
	void nobodyIsAskedOnceARoundHasOpenedWithIt() {
		assertThat(refused(ask(new ScreeningAsked(List.of(SOS), TODAY), new Undecided())).code())
			.isEqualTo("prioriteringen-har-oppnat");
	}

	@Test
	void aVerdictCitesItsEvidence() {
		var evidence = List.of(overview(), source("En"), source("Två"));

		assertThat(accepted(judge(Verdict.NEW, SOS, evidence, TODAY, null)))
			.containsExactly(new NationalNeedScreened(Verdict.NEW, "Därför.", SOS, evidence, TODAY, null));
	}

	@Test
	void onlyAnAgencyThatIsAskedJudges() {
		assertThat(refused(judge(Verdict.NEW, SBU, List.of(), TODAY, null)).kind()).isEqualTo(Kind.FORBIDDEN);
		assertThat(refused(Screening.judge(aNationalNeed(), verdict(Verdict.NEW, SOS, List.of(), TODAY, null), TODAY,
				OPEN_CYCLE, new Unopened()))
			.kind()).isEqualTo(Kind.FORBIDDEN);
	}

	@Test
	void atMostOneOverviewAndTwoMoreSources() {
		assertThat(invalidField(Verdict.NEW, List.of(overview(), overview()), TODAY, null)).isEqualTo("evidence");
		assertThat(invalidField(Verdict.NEW, List.of(source("1"), source("2"), source("3")), TODAY, null))
			.isEqualTo("evidence");
		assertThat(invalidField(Verdict.NEW, List.of(overview(), source("1"), source("2"), source("3")), TODAY, null))
			.isEqualTo("evidence");
		assertThat(accepted(judge(Verdict.NEW, SOS, List.of(source("1"), source("2")), TODAY, null))).hasSize(1);
	}

	@Test
	void existsNamesTheSupportAndShowsIt() {
		assertThat(invalidField(Verdict.EXISTS, List.of(overview()), TODAY, null)).isEqualTo("support");
		assertThat(invalidField(Verdict.EXISTS, List.of(), TODAY, "Handboken")).isEqualTo("evidence");
		assertThat(accepted(judge(Verdict.EXISTS, SOS, List.of(overview()), TODAY, "Handboken"))).hasSize(1);
	}

	@Test
	void supportIsNamedOnlyWhenItExists() {
		assertThat(accepted(judge(Verdict.ADAPT, SOS, List.of(), TODAY, "Handboken"))).hasSize(1);
		assertThat(invalidField(Verdict.NEW, List.of(), TODAY, "Handboken")).isEqualTo("support");
		assertThat(invalidField(Verdict.LOCAL, List.of(), TODAY, "Handboken")).isEqualTo("support");
	}

	@Test
	void nobodyHasSearchedTomorrow() {
		assertThat(invalidField(Verdict.NEW, List.of(), TODAY.plusDays(1), null)).isEqualTo("searchedOn");
	}

	@Test
	void aNewVerdictReplacesTheFormerVisiblyUntilRankingHasOpened() {
		var judged = Fixtures.need(
				new CompilationEvent.NationalNeedFormed(Fixtures.CYCLE, Fixtures.wording("Unga"),
						List.of(Fixtures.sourceOf("a"))),
				new ScreeningAsked(List.of(SOS, SBU), TODAY), Fixtures.screened(Verdict.EXISTS, SOS));
		var second = verdict(Verdict.NEW, SBU, List.of(), TODAY, null);

		var after = NationalNeed.evolve(judged,
				accepted(Screening.judge(judged, second, TODAY, OPEN_CYCLE, new Unopened())).getFirst());

		assertThat(after.screening()).extracting("verdict", "judgedBy").containsExactly(Verdict.NEW, SBU);
		assertThat(after.replaced()).extracting("verdict", "judgedBy")
			.containsExactly(org.assertj.core.groups.Tuple.tuple(Verdict.EXISTS, SOS));
		assertThat(after.answered()).isFalse();
		assertThat(after.concerns(SOS)).isTrue();
		assertThat(refused(Screening.judge(judged, second, TODAY, OPEN_CYCLE, new Undecided())).code())
			.isEqualTo("prioriteringen-har-oppnat");
	}

	@Test
	void existsAndLocalLeaveTheRankingAndKeepTheirTrace() {
		for (Verdict answer : List.of(Verdict.EXISTS, Verdict.LOCAL)) {
			var need = Fixtures.aNeedJudged(answer);

			assertThat(need.answered()).isTrue();
			assertThat(need.current().sources()).containsExactly(Fixtures.sourceOf("a"));
		}
	}

	@Test
	void closedCompilingDoesNotStopScreening() {
		var closed = new CycleSeen(Phase.OPEN, NOW);

		assertThat(accepted(Screening.judge(aNeedAskedOf(SOS), verdict(Verdict.NEW, SOS, List.of(), TODAY, null), TODAY,
				closed, new Unopened())))
			.hasSize(1);
	}

	@Test
	void aVerdictKnowsWhichVersionItJudged() {
		var changed = NationalNeed.evolve(aNeedAskedOf(SOS), new CompilationEvent.NationalNeedChanged(2,
				Fixtures.wording("Andra ord"), List.of(Fixtures.sourceOf("a"))));

		var judged = NationalNeed.evolve(changed, Fixtures.screened(Verdict.NEW, SOS));

		assertThat(judged.screening()).extracting("version").isEqualTo(2);
	}

	private static Decision<CompilationEvent> ask(ScreeningAsked request, RankStanding standing) {
		return Screening.ask(aNationalNeed(), request, AGENCIES, TODAY, OPEN_CYCLE, standing);
	}

	private static Decision<CompilationEvent> judge(Verdict verdict, OrganisationId by, List<Evidence> evidence,
			LocalDate searchedOn, @Nullable String support) {
		return Screening.judge(aNeedAskedOf(SOS), verdict(verdict, by, evidence, searchedOn, support), TODAY,
				OPEN_CYCLE, new Unopened());
	}

	private static String invalidField(Verdict verdict, List<Evidence> evidence, LocalDate searchedOn,
			@Nullable String support) {
		return refused(judge(verdict, SOS, evidence, searchedOn, support)).fields().getFirst().name();
	}

	private static Screening.Judge verdict(Verdict verdict, OrganisationId by, List<Evidence> evidence,
			LocalDate searchedOn, @Nullable String support) {
		return new Screening.Judge(verdict, "Därför.", by, evidence, searchedOn, support);
	}

}
