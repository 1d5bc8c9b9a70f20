package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How robust the top is: the ballots are drawn anew, with replacement, as many as there
 * are, and counted, many times (B. Efron, "Bootstrap methods: another look at the
 * jackknife", Annals of Statistics 7, 1979).
 *
 * <p>
 * Anyone can draw the same: recount number r uses {@link SplitMix64} with the r-th number
 * of {@code SplitMix64(seed)} as its seed. The ballots stand in the order of the profile,
 * each as many times as it was cast; a draw from m of them is a number below m, from 0.
 * Where groups are balanced each group draws among its own, in the order of the profile,
 * so that every group keeps its number of ballots.
 *
 * @param resamples how many recounts
 * @param inTop per item: in how many of them its rank was at most k
 */
public record Bootstrap(int resamples, List<Integer> inTop) {

	public Bootstrap {
		inTop = List.copyOf(inTop);
	}

	/** Draws and counts, on all processors. */
	public static Bootstrap of(Profile profile, Parameters parameters) {
		Pairwise.Weights weights = Pairwise.Weights.of(profile, parameters.balanced());
		List<int[]> urns = urns(profile, parameters.balanced());
		SplitMix64 seeds = new SplitMix64(parameters.seed());
		long[] each = LongStream.generate(seeds::next).limit(parameters.resamples()).toArray();
		int[] inTop = new int[profile.items().size()];
		IntStream.range(0, each.length)
			.parallel()
			.mapToObj((r) -> parameters.method()
				.rank(Pairwise.of(profile, weights, drawn(profile, urns, each[r])), Limit.SMALL)
				.top(parameters.topK()))
			.toList()
			.forEach((top) -> top.forEach((item) -> inTop[item]++));
		return new Bootstrap(parameters.resamples(), IntStream.of(inTop).boxed().toList());
	}

	private static long[] drawn(Profile profile, List<int[]> urns, long seed) {
		SplitMix64 chance = new SplitMix64(seed);
		long[] counts = new long[profile.ballots().size()];
		for (int[] urn : urns) {
			for (int draw = 0; draw < urn.length; draw++) {
				counts[urn[chance.below(urn.length)]]++;
			}
		}
		return counts;
	}

	/** The ballots to draw among, each as many times as it was cast. */
	private static List<int[]> urns(Profile profile, boolean balanced) {
		List<int[]> urns = new ArrayList<>();
		List<Ballot> ballots = profile.ballots();
		int from = 0;
		while (from < ballots.size()) {
			int end = from + 1;
			while (end < ballots.size()
					&& (!balanced || Objects.equals(ballots.get(end).group(), ballots.get(from).group()))) {
				end++;
			}
			urns.add(IntStream.range(from, end)
				.flatMap((b) -> IntStream.generate(() -> b).limit(ballots.get(b).count()))
				.toArray());
			from = end;
		}
		return urns;
	}

}
