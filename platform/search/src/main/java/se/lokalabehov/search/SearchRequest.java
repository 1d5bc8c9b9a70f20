package se.lokalabehov.search;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is searched for.
 *
 * @param text words, "phrases", -without, field:value and OR, as {@code README.md} tells;
 * empty for everything
 * @param limits for each facet the values of which one must be there
 * @param from the first date, or none
 * @param to the last date, or none
 * @param order in what order
 * @param size hits on a page, 1 to 100
 * @param cursor where the last page ended, or none for the first
 * @param counted whether facets are counted; a later page need not count them again
 * @param visibility who is asking
 */
public record SearchRequest(String text, Map<Facet, Set<String>> limits, @Nullable LocalDate from,
		@Nullable LocalDate to, Order order, int size, @Nullable String cursor, boolean counted,
		Visibility visibility) {

	public SearchRequest {
		limits = Map.copyOf(limits);
		size = Math.clamp(size, 1, 100);
	}

	/**
	 * The first twenty by relevance, with facets.
	 * @param text what for
	 * @param visibility who is asking
	 * @return the request
	 */
	public static SearchRequest of(String text, Visibility visibility) {
		return new SearchRequest(text, Map.of(), null, null, Order.RELEVANCE, 20, null, true, visibility);
	}

	/**
	 * The same from where a page ended.
	 * @param next {@link SearchPage#next()}
	 * @return the request, without facets
	 */
	public SearchRequest after(@Nullable String next) {
		return new SearchRequest(this.text, this.limits, this.from, this.to, this.order, this.size, next, false,
				this.visibility);
	}

	/**
	 * Whether the cursor is none that a page in this order has given; such a request is
	 * answered from the beginning.
	 * @return true when there is a cursor that cannot be read
	 */
	public boolean hasWrongCursor() {
		return this.cursor != null && Cursor.read(this.cursor, this.order) == null;
	}

	/** In what order hits come; what is alike comes in an order that never changes. */
	public enum Order {

		/** The most relevant first. */
		RELEVANCE,
		/** The newest year first. */
		NEWEST,
		/** The oldest year first. */
		OLDEST,
		/** By title, in Swedish order. */
		TITLE

	}

}
