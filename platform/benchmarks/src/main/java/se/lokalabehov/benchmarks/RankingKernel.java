package se.lokalabehov.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import se.lokalabehov.ranking.Ballot;
import se.lokalabehov.ranking.Method;
import se.lokalabehov.ranking.Profile;
import se.lokalabehov.ranking.Ranking;

/**
 * What a national round costs to count: 66 needs by 100 seats that partly agree.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RankingKernel {

	private static final int NEEDS = 66;

	private static final int SEATS = 100;

	@Param({ "BORDA", "SCHULZE" })
	public Method method = Method.BORDA;

	private final Profile profile = Profile.of(
			IntStream.range(0, NEEDS).mapToObj((need) -> String.format("national-%024x", need)).toList(),
			IntStream.range(0, SEATS).mapToObj(RankingKernel::ballot).toList());

	private static Ballot ballot(int seat) {
		Random random = new Random(seat);
		double[] places = IntStream.range(0, NEEDS).mapToDouble((need) -> need + 12 * random.nextGaussian()).toArray();
		return new Ballot(IntStream.range(0, NEEDS)
			.boxed()
			.sorted((one, other) -> Double.compare(places[one], places[other]))
			.map(List::of)
			.toList(), 1, null);
	}

	@Benchmark
	public Ranking rank() {
		return this.method.rank(this.profile, false);
	}

}
