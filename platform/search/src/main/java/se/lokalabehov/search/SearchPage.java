package se.lokalabehov.search;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A page of hits.
 *
 * @param hits in the order that was asked for
 * @param total how many hits there are
 * @param exact whether there are exactly so many; otherwise at least so many
 * @param facets for each facet its values with their counts, the most common first; empty
 * unless they were asked for
 * @param next the cursor of the next page; none on the last
 * @param notice in Swedish, when the text was read in another way than it was written;
 * otherwise none
 * @param didYouMean another text to search for, when nothing was found; otherwise none
 */
public record SearchPage(List<Hit> hits, long total, boolean exact, Map<Facet, List<Count>> facets,
		@Nullable String next, @Nullable String notice, @Nullable String didYouMean) {

	/**
	 * A hit.
	 *
	 * @param id of the item
	 * @param kind what it is
	 * @param title as HTML: escaped, with what was found between {@code <mark>} and
	 * {@code </mark>}
	 * @param excerpt of the summary, as HTML in the same way
	 */
	public record Hit(String id, Kind kind, String title, String excerpt) {
	}

	/**
	 * A value of a facet.
	 *
	 * @param value the value
	 * @param count how many hits have it
	 */
	public record Count(String value, long count) {
	}

}
