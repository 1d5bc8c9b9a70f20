package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold for every profile, tried on ones by chance. The seed stands in the name
 * of the test.
 */
class PropertyTests {

	private static final int SEEDS = 60;

	static Stream<Arguments> seedsAndMethods() {
		return IntStream.range(0, SEEDS)
			.boxed()
			.flatMap((seed) -> Stream.of(Method.values()).map((method) -> Arguments.of(seed, method)));
	}

	/** Borda and the sum of ranks promise nothing to who beats everyone. */
	static Stream<Arguments> seedsAndCondorcetMethods() {
		return seedsAndMethods().filter((one) -> one.get()[1] != Method.BORDA && one.get()[1] != Method.RANK_SUM);
	}

	static IntStream seeds() {
		return IntStream.range(0, SEEDS);
	}

	/** 2 to 8 items; full, tied or partial ballots; every other with groups. */
	private static Profile profile(int seed) {
		Random random = new Random(seed);
		Panels.Form form = Panels.Form.values()[seed % 3];
		int items = 2 + random.nextInt(7);
		int ballots = 1 + random.nextInt(9);
		return (seed % 2 == 0) ? Panels.random(random, items, ballots, form)
				: Panels.random(random, items, ballots, form, "a", "b", "c");
	}

	@ParameterizedTest(name = "seed {0}, {1}")
	@MethodSource("seedsAndMethods")
	void neitherNamesNorTheOrderOfBallotsMatter(int seed, Method method) {
		Profile profile = profile(seed);
		int n = profile.items().size();
		Random random = new Random(seed + 1000);
		List<Integer> shuffled = new ArrayList<>(IntStream.range(0, n).boxed().toList());
		Collections.shuffle(shuffled, random);
		List<Ballot> ballots = new ArrayList<>();
		for (Ballot ballot : profile.ballots()) {
			List<List<Integer>> renamed = ballot.order()
				.stream()
				.map((tied) -> tied.stream().map(shuffled::get).toList())
				.toList();
			for (int voter = 0; voter < ballot.count(); voter++) {
				ballots.add(new Ballot(renamed, 1, ballot.group()));
			}
		}
		Collections.shuffle(ballots, random);
		boolean balanced = seed % 4 == 1;
		int[] before = method.rank(profile, balanced).ranks();
		int[] after = method.rank(Profile.of(Panels.names(n), ballots), balanced).ranks();
		for (int item = 0; item < n; item++) {
			assertThat(after[shuffled.get(item)]).isEqualTo(before[item]);
		}
	}

	@ParameterizedTest(name = "seed {0}, {1}")
	@MethodSource("seedsAndCondorcetMethods")
	void whoBeatsEveryoneStandsAloneInFront(int seed, Method method) {
		Profile random = profile(seed);
		List<Ballot> ballots = new ArrayList<>(random.ballots());
		int winner = new Random(seed).nextInt(random.items().size());
		ballots.add(new Ballot(IntStream
			.concat(IntStream.of(winner), IntStream.range(0, random.items().size()).filter((item) -> item != winner))
			.mapToObj(List::of)
			.toList(), Math.toIntExact(random.cast()) + 1, null));
		Profile profile = Profile.of(random.items(), ballots);
		assertThat(method.rank(profile, false).order().getFirst()).containsExactly(winner);
	}

	@ParameterizedTest(name = "seed {0}, {1}")
	@MethodSource("seedsAndMethods")
	void whatAllPutBeforeStandsBefore(int seed, Method method) {
		// One item is put directly above another on every full ballot, anywhere.
		Random random = new Random(seed);
		int n = 3 + random.nextInt(5);
		List<Ballot> ballots = new ArrayList<>();
		for (int b = 0; b < 1 + random.nextInt(8); b++) {
			List<Integer> order = new ArrayList<>(IntStream.range(1, n).boxed().toList());
			Collections.shuffle(order, random);
			order.add(random.nextInt(order.indexOf(1) + 1), 0);
			ballots.add(new Ballot(order.stream().map(List::of).toList(), 1, null));
		}
		int[] ranks = method.rank(Profile.of(Panels.names(n), ballots), false).ranks();
		if (method == Method.KEMENY) {
			// Every best order has them so; but both may be tied with a third.
			assertThat(ranks[0]).isLessThanOrEqualTo(ranks[1]);
		}
		else {
			assertThat(ranks[0]).isLessThan(ranks[1]);
		}
	}

	@ParameterizedTest(name = "seed {0}, {1}")
	@MethodSource("seedsAndMethods")
	void turningAllBallotsTurnsTheOrder(int seed, Method method) {
		Profile profile = profile(seed);
		Profile turned = Profile.of(profile.items(),
				profile.ballots()
					.stream()
					.map((ballot) -> new Ballot(ballot.order().reversed(), ballot.count(), ballot.group()))
					.toList());
		assertThat(sorted(method.rank(turned, false).order()))
			.isEqualTo(sorted(method.rank(profile, false).order()).reversed());
	}

	@ParameterizedTest(name = "seed {0}, {1}")
	@MethodSource("seedsAndMethods")
	void castingAllBallotsAgainChangesNothing(int seed, Method method) {
		Profile profile = profile(seed);
		Profile twice = Profile.of(profile.items(),
				Stream.concat(profile.ballots().stream(), profile.ballots().stream()).toList());
		assertThat(sorted(method.rank(twice, false).order())).isEqualTo(sorted(method.rank(profile, false).order()));
		assertThat(sorted(method.rank(twice, true).order())).isEqualTo(sorted(method.rank(profile, true).order()));
	}

	@ParameterizedTest(name = "seed {0}, {1}")
	@MethodSource("seedsAndMethods")
	void aBalancedGroupMayBeLargerWithoutWeighingMore(int seed, Method method) {
		Profile profile = Panels.random(new Random(seed), 5, 8, Panels.Form.values()[seed % 3], "a", "b");
		Profile larger = Profile.of(profile.items(),
				profile.ballots()
					.stream()
					.map((ballot) -> new Ballot(ballot.order(), ballot.count() * ("a".equals(ballot.group()) ? 7 : 1),
							ballot.group()))
					.toList());
		assertThat(sorted(method.rank(larger, true).order())).isEqualTo(sorted(method.rank(profile, true).order()));
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void kemenyIsBruteForce(int seed) {
		Profile profile = profile(seed);
		int n = profile.items().size();
		Pairwise votes = Pairwise.of(profile, seed % 4 == 1);
		long[] least = { Long.MAX_VALUE };
		boolean[][] seen = new boolean[n][n];
		permute(new int[n], new boolean[n], 0, (order) -> {
			long cost = 0;
			for (int i = 0; i < n; i++) {
				for (int j = i + 1; j < n; j++) {
					cost += votes.before(order[j], order[i]);
				}
			}
			if (cost < least[0]) {
				least[0] = cost;
				for (boolean[] row : seen) {
					Arrays.fill(row, false);
				}
			}
			if (cost == least[0]) {
				for (int i = 0; i < n; i++) {
					for (int j = i + 1; j < n; j++) {
						seen[order[i]][order[j]] = true;
					}
				}
			}
		});
		Ranking ranking = Method.KEMENY.rank(votes, Limit.STANDARD);
		Ranking.Proof proof = Objects.requireNonNull(ranking.proof());
		assertThat(proof.distance()).isEqualTo(least[0]);
		assertThat(proof.bound()).isEqualTo(least[0]);
		assertThat(proof.exact() && proof.complete()).isTrue();
		int[] ranks = ranking.ranks();
		for (int a = 0; a < n; a++) {
			for (int b = 0; b < n; b++) {
				if (a != b && ranks[a] < ranks[b]) {
					assertThat(seen[a][b] && !seen[b][a]).as("told apart only as all best orders do").isTrue();
				}
			}
		}
		// Going through the groups in order is itself a best order.
		long cost = 0;
		for (int a = 0; a < n; a++) {
			for (int b = 0; b < n; b++) {
				cost += (ranks[a] < ranks[b]) ? votes.before(b, a) : 0;
			}
		}
		assertThat(cost).isLessThanOrEqualTo(least[0]);
	}

	private static void permute(int[] order, boolean[] used, int place, Consumer<int[]> visit) {
		if (place == order.length) {
			visit.accept(order);
			return;
		}
		for (int item = 0; item < order.length; item++) {
			if (!used[item]) {
				used[item] = true;
				order[place] = item;
				permute(order, used, place + 1, visit);
				used[item] = false;
			}
		}
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void aStoppedKemenyHasABoundThatHolds(int seed) {
		Pairwise votes = Pairwise.of(Panels.random(new Random(seed), 10, 7, Panels.Form.values()[seed % 3]), false);
		Ranking.Proof exact = Objects.requireNonNull(Method.KEMENY.rank(votes, Limit.STANDARD).proof());
		for (int steps : new int[] { 0, 15, 40, 120 }) {
			Ranking.Proof stopped = Objects.requireNonNull(Method.KEMENY.rank(votes, Limit.steps(steps)).proof());
			assertThat(stopped.bound()).isLessThanOrEqualTo(exact.distance());
			assertThat(stopped.distance()).isGreaterThanOrEqualTo(exact.distance());
			assertThat(stopped.agreementBound()).isGreaterThanOrEqualTo(exact.agreement());
			assertThat(stopped.exact()).isEqualTo(stopped.bound() == stopped.distance());
		}
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void schulzeIsTheStrongestOfAllPaths(int seed) {
		Profile profile = Panels.random(new Random(seed), 6, 7, Panels.Form.values()[seed % 3]);
		Pairwise votes = Pairwise.of(profile, false);
		int[] paths = Schulze.links(votes);
		Schulze.strongest(paths, 6);
		int[] ranks = Method.SCHULZE.rank(votes, Limit.STANDARD).ranks();
		for (int a = 0; a < 6; a++) {
			for (int b = 0; b < 6; b++) {
				if (a != b) {
					long there = widest(votes, a, b, new boolean[6], Long.MAX_VALUE);
					long back = widest(votes, b, a, new boolean[6], Long.MAX_VALUE);
					assertThat((long) paths[a * 6 + b]).isEqualTo(there);
					if (there > back) {
						assertThat(ranks[a]).isLessThan(ranks[b]);
					}
				}
			}
		}
	}

	private static long widest(Pairwise votes, int from, int to, boolean[] visited, long width) {
		if (from == to) {
			return width;
		}
		visited[from] = true;
		long best = 0;
		for (int next = 0; next < visited.length; next++) {
			if (!visited[next] && votes.before(from, next) > votes.before(next, from)) {
				best = Math.max(best, widest(votes, next, to, visited, Math.min(width, votes.before(from, next))));
			}
		}
		visited[from] = false;
		return best;
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void schulzeIsTheSameWhenWeightsAreTooLargeForAnInt(int seed) {
		Profile profile = profile(seed);
		Pairwise votes = Pairwise.of(profile, false);
		long[] heavy = Stream.of(votes.matrix())
			.flatMapToLong(LongStream::of)
			.map((weight) -> weight * 3_000_000_007L)
			.toArray();
		assertThat(Schulze.rank(new Pairwise(votes.items(), votes.total() * 3_000_000_007L, 1, true, heavy)))
			.isEqualTo(Schulze.rank(votes));
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void rankedPairsIsTheNaiveOne(int seed) {
		Profile profile = profile(seed);
		int n = profile.items().size();
		Pairwise votes = Pairwise.of(profile, false);
		List<int[]> locked = new ArrayList<>();
		for (long strength = votes.total(); strength > 0; strength--) {
			List<int[]> equal = new ArrayList<>();
			for (int a = 0; a < n; a++) {
				for (int b = 0; b < n; b++) {
					if (votes.before(a, b) == strength && votes.before(b, a) < strength && !leads(locked, b, a, n)) {
						equal.add(new int[] { a, b });
					}
				}
			}
			locked.addAll(equal);
		}
		int[] balance = new int[n];
		for (int a = 0; a < n; a++) {
			for (int b = 0; b < n; b++) {
				if (a != b && leads(locked, a, b, n) && !leads(locked, b, a, n)) {
					balance[a]++;
					balance[b]--;
				}
			}
		}
		assertThat(Method.RANKED_PAIRS.rank(votes, Limit.STANDARD).scores())
			.isEqualTo(IntStream.of(balance).mapToObj(Integer::toString).toList());
	}

	private static boolean leads(List<int[]> locked, int from, int to, int n) {
		boolean[] reached = new boolean[n];
		reached[from] = true;
		for (int round = 0; round < n; round++) {
			for (int[] one : locked) {
				reached[one[1]] |= reached[one[0]];
			}
		}
		return reached[to];
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void bordaIsCountedBallotByBallot(int seed) {
		Profile profile = profile(seed);
		int n = profile.items().size();
		long[] doubled = new long[n];
		for (Ballot ballot : profile.ballots()) {
			int[] place = new int[n];
			for (int g = 0; g < ballot.order().size(); g++) {
				for (int item : ballot.order().get(g)) {
					place[item] = g + 1;
				}
			}
			for (int a = 0; a < n; a++) {
				doubled[a] += 2L * ballot.count();
				for (int b = 0; b < n; b++) {
					boolean compared = place[a] > 0 && place[b] > 0 && place[a] != place[b];
					if (a != b) {
						doubled[a] += (long) ballot.count() * (!compared ? 1 : (place[a] < place[b]) ? 2 : 0);
					}
				}
			}
		}
		assertThat(Borda.doubled(Pairwise.of(profile, false), 1)).isEqualTo(doubled);
	}

	private static List<List<Integer>> sorted(List<List<Integer>> order) {
		return order.stream().map((tied) -> tied.stream().sorted().toList()).toList();
	}

}
