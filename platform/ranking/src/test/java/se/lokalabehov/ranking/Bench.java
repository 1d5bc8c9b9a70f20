package se.lokalabehov.ranking;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/** Measures, and prints a table. Warms up first; each figure is a median of repeats. */
final class Bench {

	private static final int REPEATS = 7;

	private static double sink;

	private Bench() {
	}

	private interface Work {

		double run();

	}

	/** Prints the table. */
	public static void main(String[] arguments) {
		System.out.printf(Locale.ROOT, "%nJava %s, %d processors, load average %.2f at the start%n%n",
				Runtime.version(), Runtime.getRuntime().availableProcessors(), load());
		System.out.println("| figure | median | min | max | bar |\n|---|---|---|---|---|");
		schulze();
		kemeny();
		bootstrap();
		System.out.printf(Locale.ROOT, "%nload average %.2f at the end (%s)%n", load(), (sink == 0) ? "-" : "done");
	}

	private static void schulze() {
		Profile large = Panels.opinions(1, 500, 1000, 150);
		Profile copy = Profile.of(large.items(), large.ballots());
		line("Schulze, 1,000 ballots x 500 items, ballots to result", "1 s",
				times(() -> Method.SCHULZE.rank(Profile.of(copy.items(), copy.ballots()), false).ranks()[0]));
		Pairwise votes = Pairwise.of(large, false);
		int[] links = Schulze.links(votes);
		double[] ours = times(() -> {
			int[] paths = links.clone();
			Schulze.strongest(paths, 500);
			return paths[1];
		});
		double[] plain = times(() -> {
			int[] paths = links.clone();
			plainFloydWarshall(paths, 500);
			return paths[1];
		});
		line("strongest paths, 500 items", "", ours);
		line("plain Floyd-Warshall (least sums), 500 items, int[]", "", plain);
		System.out.printf(Locale.ROOT, "| strongest paths as a share of the plain one | %.2f | | | 1.5 |%n",
				median(ours) / median(plain));
	}

	private static void plainFloydWarshall(int[] distance, int n) {
		for (int k = 0; k < n; k++) {
			for (int i = 0; i < n; i++) {
				for (int j = 0; j < n; j++) {
					int sum = distance[i * n + k] + distance[k * n + j];
					if (sum < distance[i * n + j]) {
						distance[i * n + j] = sum;
					}
				}
			}
		}
	}

	private static void kemeny() {
		kemeny("a common order, disturbed", Panels.opinions(2, 12, 300, 12));
		kemeny("ballots by pure chance", Panels.random(new Random(3), 12, 200, Panels.Form.FULL));
		kemeny("a common order, disturbed", Panels.opinions(2, 20, 300, 20));
		kemeny("ballots by pure chance", Panels.random(new Random(3), 20, 200, Panels.Form.FULL));
		kemeny("a common order, disturbed", Panels.opinions(2, 40, 300, 30));
		kemeny("ballots by pure chance", Panels.random(new Random(3), 40, 200, Panels.Form.FULL));
	}

	private static void kemeny(String what, Profile profile) {
		Ranking.Proof[] proof = new Ranking.Proof[1];
		double[] times = times(() -> {
			proof[0] = Objects.requireNonNull(Method.KEMENY.rank(profile, false).proof());
			return proof[0].distance();
		});
		int items = profile.items().size();
		line("Kemeny, %d ballots, %d items, %s: %s".formatted(profile.cast(), items, what,
				proof[0].exact() ? "exact" : "gap " + proof[0].gap().movePointRight(2).toPlainString() + " %"),
				(items == 12) ? "exact in 5 s" : (items == 20) ? "exact or gap 2 %" : "", times);
	}

	private static void bootstrap() {
		Profile profile = Panels.opinions(4, 66, 300, 25, "a", "b", "c", "d", "e");
		for (Method method : Method.values()) {
			Parameters parameters = new Parameters(method, false, Unranked.LAST, 10, 1, 1000);
			line("bootstrap 1,000 resamples, 66 items, 300 ballots, " + method.label(), "5 s",
					times(() -> Bootstrap.of(profile, parameters).inTop().getFirst()));
		}
		for (Method method : new Method[] { Method.SCHULZE, Method.KEMENY }) {
			Parameters parameters = new Parameters(method, true, Unranked.LAST, 10, 1, 1000);
			line("everything of a round (5 groups, balanced, all methods, package), " + method.label(), "",
					times(() -> RankingPackage
						.of(Map.of("id", "1", "title", "t"),
								profile.items().stream().map((id) -> new RankingPackage.Item(id, 1, id)).toList(),
								Analysis.of(profile, parameters))
						.zip().length));
		}
	}

	private static double[] times(Work work) {
		long begin = System.nanoTime();
		for (int i = 0; i < 10 && (i == 0 || System.nanoTime() - begin < 3e9); i++) {
			sink += work.run();
		}
		return IntStream.range(0, REPEATS).mapToDouble((i) -> {
			long start = System.nanoTime();
			sink += work.run();
			return (System.nanoTime() - start) / 1e6;
		}).toArray();
	}

	private static double median(double[] times) {
		double[] sorted = times.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

	private static void line(String what, String bar, double[] times) {
		System.out.printf(Locale.ROOT, "| %s | %.0f ms | %.0f ms | %.0f ms | %s |%n", what, median(times),
				Arrays.stream(times).min().orElse(0), Arrays.stream(times).max().orElse(0), bar);
	}

	private static double load() {
		return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
	}

}
