package se.lokalabehov.search;

/**
 * The same question without anything around it: Lucene's own searcher, on the same
 * reader, with the query that the text comes to.
 */
public final class BareLucene {

	private BareLucene() {
	}

	/**
	 * How long the best of a page take, in milliseconds; with the counts of facets, or
	 * not.
	 */
	public static double search(SearchIndex index, SearchRequest request) {
		return index.reading((searcher) -> {
			var query = index.query(searcher, request);
			long begin = System.nanoTime();
			searcher.search(query, request.size());
			if (request.counted()) {
				searcher.search(query, new Counting());
			}
			return (System.nanoTime() - begin) / 1e6;
		});
	}

}
