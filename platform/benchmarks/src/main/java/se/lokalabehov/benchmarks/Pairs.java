package se.lokalabehov.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * Two sides measured in turn, A B then B A, so that what drifts meanwhile touches both.
 *
 * @param a what one side gave, pair by pair
 * @param b what the other gave
 * @param <T> what a measurement gives
 */
record Pairs<T>(List<T> a, List<T> b) {

	static <T> Pairs<T> measure(int rounds, Callable<T> a, Callable<T> b) throws Exception {
		Pairs<T> pairs = new Pairs<>(new ArrayList<>(), new ArrayList<>());
		for (int round = 0; round < rounds; round++) {
			if (round % 2 == 0) {
				pairs.a.add(a.call());
				pairs.b.add(b.call());
			}
			else {
				pairs.b.add(b.call());
				pairs.a.add(a.call());
			}
		}
		return pairs;
	}

	/** The ratio a/b of one figure. */
	Ratio ratio(ToDoubleFunction<T> figure) {
		return Ratio.of(this.a.stream().mapToDouble(figure).toArray(), this.b.stream().mapToDouble(figure).toArray());
	}

	/** The median of one figure of the first side. */
	double medianOfA(ToDoubleFunction<T> figure) {
		return Ratio.median(this.a.stream().mapToDouble(figure).toArray());
	}

	/** The median of one figure of the second side. */
	double medianOfB(ToDoubleFunction<T> figure) {
		return Ratio.median(this.b.stream().mapToDouble(figure).toArray());
	}

}
