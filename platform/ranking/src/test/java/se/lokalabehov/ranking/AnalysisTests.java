package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Agreement, robustness, scoring and explanation. */
class AnalysisTests {

	private static Parameters parameters(Method method, boolean balanced, int topK) {
		return new Parameters(method, balanced, Unranked.NO_OPINION, topK, 7, 200);
	}

	@Test
	void chanceIsTheGeneratorOfThePaper() {
		// The JDK's class is by the same authors and takes the same steps.
		SplittableRandom jdk = new SplittableRandom(-42);
		SplitMix64 ours = new SplitMix64(-42);
		for (int i = 0; i < 100; i++) {
			assertThat(ours.next()).isEqualTo(jdk.nextLong());
		}
	}

	@Test
	void agreementWithoutTies() {
		// Three judges, four items: rank sums 4, 6, 8, 12; S = 35, W = 12*35/(9*60).
		Profile profile = Panels.profile("ABCD", "1 A>B>C>D", "1 A>B>C>D", "1 B>A=C>D");
		Agreement same = Agreement.of(Panels.profile("ABCD", "3 A>B>C>D"));
		assertThat(same.w()).isEqualByComparingTo("1");
		assertThat(same.p()).isEqualByComparingTo("0.029291");
		Agreement tied = Agreement.of(profile);
		// Rank sums 4.5, 5, 8.5, 12 about 7.5: S = 36.5; 12*36.5/(9*60 - 3*6) = 438/522.
		assertThat(tied.w()).isEqualByComparingTo("0.83908");
		assertThat(tied.meanRanks()).containsExactly("1.5", "5/3", "17/6", "4");
	}

	@Test
	void withoutOpinionsThereIsNoAgreement() {
		Agreement none = Agreement.of(Panels.profile("ABC", "4 A=B=C"));
		assertThat(none.w()).isNull();
		assertThat(none.p()).isNull();
		assertThat(none.meanRanks()).containsExactly("2", "2", "2");
		assertThat(Agreement.of(Panels.profile("ABC", "1 A>B>C")).p()).isNull();
	}

	@Test
	void groupsThatDisagreeAreNamed() {
		Profile profile = Panels.profile(List.of("A", "B", "C"), Unranked.LAST, "6 A>B>C stad", "5 C>B>A land");
		List<Difference> differences = Difference.of(profile);
		assertThat(differences.getFirst()).isEqualTo(new Difference(0, "stad", "1", "land", "3", "2"));
		assertThat(differences.getLast().spread()).isEqualTo("0");
	}

	@ParameterizedTest
	@EnumSource
	void theSameSeedDrawsTheSame(Method method) {
		Profile profile = Panels.opinions(3, 9, 40, 4, "a", "b");
		Parameters parameters = parameters(method, true, 3);
		assertThat(Bootstrap.of(profile, parameters)).isEqualTo(Bootstrap.of(profile, parameters));
		assertThat(Bootstrap.of(profile, parameters).inTop().stream().mapToInt(Integer::intValue).sum())
			.isGreaterThanOrEqualTo(3 * 200);
	}

	@Test
	void theDrawsAreThoseThatTheDocumentationSays() {
		// Recomputed here by hand: one recount at a time, ballots one by one.
		Profile profile = Panels.opinions(5, 5, 11, 3);
		Parameters parameters = parameters(Method.BORDA, false, 2);
		int[] inTop = new int[5];
		SplitMix64 seeds = new SplitMix64(7);
		for (int r = 0; r < 200; r++) {
			SplitMix64 chance = new SplitMix64(seeds.next());
			List<Ballot> urn = new ArrayList<>();
			for (Ballot ballot : profile.ballots()) {
				for (int voter = 0; voter < ballot.count(); voter++) {
					urn.add(new Ballot(ballot.order(), 1, ballot.group()));
				}
			}
			List<Ballot> drawn = new ArrayList<>();
			for (int i = 0; i < urn.size(); i++) {
				drawn.add(urn.get(chance.below(urn.size())));
			}
			Method.BORDA.rank(Profile.of(profile.items(), drawn), false).top(2).forEach((item) -> inTop[item]++);
		}
		assertThat(Bootstrap.of(profile, parameters).inTop()).containsExactly(inTop[0], inTop[1], inTop[2], inTop[3],
				inTop[4]);
	}

	@Test
	void aUnanimousTopIsInEveryDraw() {
		Profile profile = Panels.profile("ABC", "10 A>B>C");
		assertThat(Bootstrap.of(profile, parameters(Method.SCHULZE, false, 1)).inTop()).containsExactly(200, 0, 0);
	}

	@ParameterizedTest
	@EnumSource
	void anAlterationIsConfirmedByCounting(Method method) {
		for (int seed = 0; seed < 25; seed++) {
			boolean balanced = seed % 2 == 1;
			Profile profile = (seed % 3 == 0) ? Panels.random(new Random(seed), 4, 6, Panels.Form.PARTIAL, "a", "b")
					: Panels.opinions(seed, 8, 21, 3, "a", "b");
			Parameters parameters = parameters(method, balanced, 2);
			Ranking ranking = method.rank(profile, balanced);
			Alteration found = Alteration.of(profile, parameters, ranking).orElseThrow();
			assertThat(found.confirmed(profile, parameters)).as("seed " + seed).isTrue();
			assertThat(found.before()).isEqualTo(ranking.top(2));
			assertThat(found.after()).isNotEqualTo(found.before());
			assertThat(found.bound()).isBetween(1, found.ballots());
			assertThat(found.changes().stream().mapToInt(Alteration.Change::count).sum()).isEqualTo(found.ballots());
		}
	}

	@ParameterizedTest
	@EnumSource
	void noSmallerAlterationThanTheBound(Method method) {
		// All changes of the ballots of three voters on three items, tried here anew.
		for (int seed = 0; seed < 12; seed++) {
			Profile profile = Panels.random(new Random(seed), 3, 3, Panels.Form.values()[seed % 3]);
			Parameters parameters = parameters(method, false, 1);
			List<Integer> top = method.rank(profile, false).top(1);
			Alteration found = Alteration.of(profile, parameters, method.rank(profile, false)).orElseThrow();
			boolean one = false;
			for (Ballot ballot : profile.ballots()) {
				for (List<List<Integer>> form : Alteration.forms(3)) {
					Profile changed = profile.with(List.of(new Ballot(ballot.order(), 1, null)),
							List.of(new Ballot(form, 1, null)));
					one |= !method.rank(changed, false).top(1).equals(top);
				}
			}
			assertThat(found.ballots() == 1).as("seed " + seed).isEqualTo(one);
			assertThat(found.bound() > 1).as("seed " + seed).isEqualTo(!one);
		}
	}

	@Test
	void aClearMajorityHasABoundAboveOne() {
		Profile profile = Panels.profile("ABCDEFG", "30 A>B>C>D>E>F>G", "10 B>A>D>C>G>F>E");
		for (Method method : Method.values()) {
			Alteration found = Alteration.of(profile, parameters(method, false, 2), method.rank(profile, false))
				.orElseThrow();
			assertThat(found.bound()).as(method.label()).isGreaterThan(1);
		}
	}

	@Test
	void thereAreAsManyFormsOfABallotAsMathematicsSays() {
		// Sums over subsets of the ordered Bell numbers 1, 1, 3, 13, 75, 541.
		assertThat(List.of(Alteration.forms(0).size(), Alteration.forms(1).size(), Alteration.forms(2).size(),
				Alteration.forms(3).size(), Alteration.forms(4).size(), Alteration.forms(5).size()))
			.containsExactly(1, 2, 6, 26, 150, 1082);
	}

	@Test
	void aBallotIsDerivedFromScores() {
		Criteria criteria = new Criteria(List.of(new Criteria.Criterion("följd för den enskilde", 3),
				new Criteria.Criterion("hur många", 2), new Criteria.Criterion("brådska", 1)));
		Map<String, Map<String, Integer>> scores = Map.of("x",
				Map.of("följd för den enskilde", 4, "hur många", 1, "brådska", 1), "y",
				Map.of("följd för den enskilde", 2, "hur många", 4, "brådska", 1), "z",
				Map.of("följd för den enskilde", 4, "hur många", 4, "brådska", 4), "w", Map.of("hur många", 4));
		assertThat(criteria.order(scores)).containsExactly(List.of("z"), List.of("x", "y"));
		assertThat(criteria.sum(List.of(4, 1, 1))).isEqualTo(15);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 5, -1 })
	void aScoreOutsideTheScaleIsRefused(int score) {
		Criteria criteria = new Criteria(List.of(new Criteria.Criterion("brådska", 1)));
		assertThatIllegalArgumentException().isThrownBy(() -> criteria.order(Map.of("x", Map.of("brådska", score))));
		assertThatIllegalArgumentException().isThrownBy(() -> criteria.order(Map.of("x", Map.of("annat", 2))));
	}

	@Test
	void aBallotIsTakenInAsTheRoundSays() {
		List<String> items = List.of("A", "B", "C", "D");
		List<List<String>> order = List.of(List.of("C"), List.of("B"));
		assertThat(Ballot.of(order, List.of("A"), items, Unranked.LAST, null).written()).isEqualTo("3>2>4");
		assertThat(Ballot.of(order, List.of("A"), items, Unranked.NO_OPINION, null).written()).isEqualTo("3>2");
		assertThat(Ballot.of(List.of(), List.of(), items, Unranked.NO_OPINION, null).written()).isEqualTo("-");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Ballot.of(order, List.of("C"), items, Unranked.LAST, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Ballot.of(List.of(List.of("E")), List.of(), items, Unranked.LAST, null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Ballot.of(List.of(List.of("A", "A")), List.of(), items, Unranked.LAST, null));
	}

	@Test
	void noBallotIsPrinted() {
		Profile profile = Panels.profile("ABC", "3 A>B>C");
		assertThat(profile.toString() + profile.ballots()).doesNotContain("1>2").doesNotContain("[0]");
	}

	@Test
	void theExplanationTellsOfTheChainThatDecided() {
		// Fewer put E before A (22 to 23), but E has the stronger chain.
		Analysis analysis = Analysis.of(Panels.schulze(), parameters(Method.SCHULZE, false, 2));
		Explanation explanation = Explanation.of(analysis, List.of("A", "B", "C", "D", "E"));
		Explanation.OfItem first = explanation.items().getFirst();
		assertThat(first.item()).isEqualTo(4);
		assertThat(first.sentences().getFirst()).isEqualTo("”E” hamnar på plats 1 av 5 och står före 4 av de andra.");
		assertThat(first.next().getFirst()).isEqualTo(new Explanation.Versus(0, 23, 22, 0, false, List.of()));
		Explanation.OfItem second = explanation.items().get(1);
		assertThat(second.sentences()).contains(
				"Jämfört med ”C”: 26 sätter ”A” före, 19 sätter den efter, och för 0 är de lika eller finns ingen åsikt.");
		Explanation.OfItem third = explanation.items().get(2);
		assertThat(third.item()).isEqualTo(2);
		Explanation.Versus versus = second.next().get(1);
		assertThat(versus).isEqualTo(new Explanation.Versus(1, 20, 25, 0, true, List.of(0, 3, 2, 1)));
		assertThat(second.sentences()).anyMatch((one) -> one.contains("”A” före ”D” före ”C” före ”B”"));
		assertThat(explanation.panel().getFirst()).startsWith("45 röstsedlar räknades med Schulzes metod");
	}

	@Test
	void theExplanationTellsWhereGroupsDisagree() {
		Profile profile = Panels.profile(List.of("A", "B", "C"), Unranked.LAST, "6 A>B>C stad", "5 C>B>A land");
		Explanation explanation = Explanation.of(Analysis.of(profile, parameters(Method.BORDA, true, 1)),
				List.of("akut", "boende", "chefer"));
		assertThat(explanation.items().getFirst().sentences()).contains(
				"Grupperna ser olika på den: stad sätter den högst (i genomsnitt plats 1), land lägst (plats 3).");
		assertThat(explanation.panel()).contains("Inom gruppen land är samstämmigheten 1.")
			.anyMatch((one) -> one.contains("varje grupp väger lika mycket"));
	}

	@ParameterizedTest
	@EnumSource
	void everyMethodIsExplainedWhateverTheBallots(Method method) {
		for (int seed = 0; seed < 20; seed++) {
			Profile profile = Panels.random(new Random(seed), seed % 7, seed % 5, Panels.Form.values()[seed % 3], "a",
					"b");
			Analysis analysis = Analysis.of(profile, new Parameters(method, seed % 2 == 0, Unranked.LAST, 2, seed, 20));
			Explanation explanation = Explanation.of(analysis, profile.items());
			assertThat(explanation.items()).hasSize(profile.items().size());
			assertThat(explanation.toString()).doesNotContain("null%").doesNotContain("%s");
			assertThat(explanation.items()).allSatisfy((one) -> assertThat(one.sentences()).isNotEmpty());
		}
	}

	@Test
	void tooMuchWorkIsRefused() {
		Profile profile = Profile.of(Panels.names(1001), List.of());
		assertThatIllegalArgumentException().isThrownBy(() -> Analysis.of(profile, parameters(Method.BORDA, false, 1)));
		assertThat(
				Objects.requireNonNull(Analysis.of(Panels.schulze(), parameters(Method.BORDA, false, 5))).alteration())
			.isNull();
	}

}
