package se.lokalabehov.ranking;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What others have published, and the smallest cases. */
class PublishedVectorTests {

	@ParameterizedTest
	@CsvSource({ "schulze, E>A>C>B>D", "borda, E>A>B>C>D", "rank-sum, E>A>B>C>D", "kemeny, E>B>A>D>C",
			"ranked-pairs, A>C>E>B>D" })
	void schulzesExample(String method, String order) {
		assertThat(order(method, Panels.schulze())).isEqualTo(order);
	}

	@Test
	void schulzesExampleHasItsBordaPoints() {
		assertThat(Method.BORDA.rank(Panels.schulze(), false).scores()).containsExactly("143", "137", "134", "114",
				"147");
	}

	@Test
	void schulzesExampleHasItsStrongestPaths() {
		Pairwise votes = Pairwise.of(Panels.schulze(), false);
		int[] paths = Schulze.links(votes);
		Schulze.strongest(paths, 5);
		assertThat(List.of(paths[1], paths[2], paths[3], paths[4])).containsExactly(28, 28, 30, 24);
		assertThat(List.of(paths[5], paths[7], paths[8], paths[9])).containsExactly(25, 28, 33, 24);
		assertThat(Schulze.path(votes, 0, 1)).containsExactly(0, 3, 2, 1);
	}

	@ParameterizedTest
	@CsvSource({ "schulze, N>C>K>M", "ranked-pairs, N>C>K>M", "kemeny, N>C>K>M", "borda, N>C>M>K" })
	void tennesseesCapital(String method, String order) {
		assertThat(order(method, Panels.tennessee())).isEqualTo(order);
	}

	@Test
	void kemenysPublishedScores() {
		Ranking.Proof tennessee = proof(Panels.tennessee());
		assertThat(tennessee.agreement()).isEqualTo(393);
		assertThat(tennessee.distance()).isEqualTo(600 - 393);
		assertThat(tennessee.exact()).isTrue();
		Ranking.Proof schulze = proof(Panels.schulze());
		assertThat(schulze.agreement()).isEqualTo(260);
		assertThat(schulze.agreementBound()).isEqualTo(260);
		assertThat(schulze.exact()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void inAPureCycleNothingIsToldApart(Method method) {
		Profile profile = Panels.profile("ABC", "1 A>B>C", "1 B>C>A", "1 C>A>B");
		assertThat(Panels.written(profile, method.rank(profile, false))).isEqualTo("A=B=C");
	}

	@ParameterizedTest
	@EnumSource
	void allTiedStaysTied(Method method) {
		Profile profile = Panels.profile("ABCD", "7 A=B=C=D");
		assertThat(Panels.written(profile, method.rank(profile, false))).isEqualTo("A=B=C=D");
	}

	@ParameterizedTest
	@EnumSource
	void aSingleBallotIsTheOrder(Method method) {
		Profile profile = Panels.profile("ABCD", "1 C>A=D>B");
		assertThat(Panels.written(profile, method.rank(profile, false))).isEqualTo("C>A=D>B");
	}

	@ParameterizedTest
	@EnumSource
	void withoutBallotsEverythingIsTied(Method method) {
		Profile profile = Panels.profile("ABC");
		Ranking ranking = method.rank(profile, true);
		assertThat(Panels.written(profile, ranking)).isEqualTo("A=B=C");
		assertThat(ranking.ranks()).containsExactly(1, 1, 1);
	}

	@ParameterizedTest
	@EnumSource
	void withoutItemsThereIsNoOrder(Method method) {
		Profile profile = Profile.of(List.of(), List.of(new Ballot(List.of(), 3, null)));
		assertThat(method.rank(profile, false).order()).isEmpty();
	}

	@Test
	void bordaOnPartialBallots() {
		// Cullinan, Hsiao and Polett: A is above C only, tied with B, not compared with
		// D.
		Profile last = Panels.profile(List.of("A", "B", "C", "D"), Unranked.LAST, "1 A=B");
		assertThat(Method.BORDA.rank(last, false).scores()).containsExactly("3.5", "3.5", "1.5", "1.5");
		Profile silent = Panels.profile("ABCD", "1 A=B>C");
		assertThat(Method.BORDA.rank(silent, false).scores()).containsExactly("3", "3", "1.5", "2.5");
		assertThat(Method.RANK_SUM.rank(silent, false).scores()).containsExactly("2", "2", "3.5", "2.5");
	}

	@Test
	void balancedGroupsWeighTheSame() {
		Profile profile = Panels.profile(List.of("A", "B"), Unranked.LAST, "5 A>B stor", "2 B>A liten", "1 A>B liten");
		assertThat(order("borda", profile)).isEqualTo("A>B");
		Ranking balanced = Method.BORDA.rank(profile, true);
		assertThat(Panels.written(profile, balanced)).isEqualTo("A>B");
		assertThat(balanced.scores()).containsExactly("10/3", "8/3");
		Pairwise votes = Pairwise.of(profile, true);
		assertThat(votes.unit()).isEqualTo(15);
		assertThat(votes.total()).isEqualTo(30);
		assertThat(votes.before(0, 1)).isEqualTo(20);
		assertThat(votes.before(1, 0)).isEqualTo(10);
	}

	@Test
	void groupsOfAwkwardSizesAreRoundedAndSaySo() {
		String[] lines = new String[16];
		int[] primes = { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53 };
		for (int i = 0; i < primes.length; i++) {
			lines[i] = primes[i] + " A>B g" + i;
		}
		Pairwise votes = Pairwise.of(Panels.profile(List.of("A", "B"), Unranked.LAST, lines), true);
		assertThat(votes.exact()).isFalse();
		assertThat(votes.before(0, 1) / (double) votes.unit()).isCloseTo(16, within(1e-9));
	}

	private static String order(String method, Profile profile) {
		return Panels.written(profile, Method.named(method).orElseThrow().rank(profile, false));
	}

	private static Ranking.Proof proof(Profile profile) {
		return Objects.requireNonNull(Method.KEMENY.rank(profile, false).proof());
	}

}
