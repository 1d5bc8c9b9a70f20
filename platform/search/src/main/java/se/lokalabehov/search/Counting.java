package se.lokalabehov.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

import se.lokalabehov.search.SearchPage.Count;

/**
 * Counts facets, exactly: per segment by ordinal, then by value.
 */
final class Counting implements CollectorManager<Counting.Counter, Counting.Counted> {

	/** Values of one facet that are shown. */
	private static final int MOST_VALUES = 100;

	/**
	 * What was counted.
	 *
	 * @param hits how many hits there are
	 * @param facets values with their counts, the most common first
	 */
	record Counted(long hits, Map<Facet, List<Count>> facets) {
	}

	@Override
	public Counter newCollector() {
		return new Counter();
	}

	@Override
	public Counted reduce(Collection<Counter> counters) throws IOException {
		long hits = 0;
		Map<Facet, Map<String, Long>> sums = new EnumMap<>(Facet.class);
		for (Counter counter : counters) {
			counter.finishSegment();
			hits += counter.hits;
			counter.counts.forEach((facet, values) -> values.forEach((value,
					count) -> sums.computeIfAbsent(facet, (key) -> new HashMap<>()).merge(value, count, Long::sum)));
		}
		Map<Facet, List<Count>> facets = new EnumMap<>(Facet.class);
		for (Facet facet : Facet.values()) {
			List<Count> counts = new ArrayList<>();
			sums.getOrDefault(facet, Map.of()).forEach((value, count) -> counts.add(new Count(value, count)));
			counts.sort(Comparator.comparingLong((Count count) -> -count.count()).thenComparing(Count::value));
			facets.put(facet, List.copyOf(counts.subList(0, Math.min(MOST_VALUES, counts.size()))));
		}
		return new Counted(hits, facets);
	}

	/** Counts in one slice of the index. */
	static final class Counter extends SimpleCollector {

		private static final Facet[] FACETS = Facet.values();

		private long hits;

		private final Map<Facet, Map<String, Long>> counts = new EnumMap<>(Facet.class);

		private final SortedSetDocValues[] values = new SortedSetDocValues[FACETS.length];

		private final int[][] ordinals = new int[FACETS.length][];

		private boolean begun;

		@Override
		protected void doSetNextReader(LeafReaderContext context) throws IOException {
			finishSegment();
			for (int at = 0; at < FACETS.length; at++) {
				this.values[at] = DocValues.getSortedSet(context.reader(), FACETS[at].field());
				this.ordinals[at] = new int[(int) this.values[at].getValueCount()];
			}
			this.begun = true;
		}

		@Override
		public void collect(int doc) throws IOException {
			this.hits++;
			for (int at = 0; at < FACETS.length; at++) {
				SortedSetDocValues of = this.values[at];
				if (of.advanceExact(doc)) {
					for (int count = of.docValueCount(); count > 0; count--) {
						this.ordinals[at][(int) of.nextOrd()]++;
					}
				}
			}
		}

		private void finishSegment() throws IOException {
			if (!this.begun) {
				return;
			}
			for (int at = 0; at < FACETS.length; at++) {
				Map<String, Long> of = this.counts.computeIfAbsent(FACETS[at], (key) -> new HashMap<>());
				for (int ordinal = 0; ordinal < this.ordinals[at].length; ordinal++) {
					if (this.ordinals[at][ordinal] > 0) {
						of.merge(this.values[at].lookupOrd(ordinal).utf8ToString(), (long) this.ordinals[at][ordinal],
								Long::sum);
					}
				}
			}
			this.begun = false;
		}

		@Override
		public ScoreMode scoreMode() {
			return ScoreMode.COMPLETE_NO_SCORES;
		}

	}

}
