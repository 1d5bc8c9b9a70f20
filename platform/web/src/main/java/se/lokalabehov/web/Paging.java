package se.lokalabehov.web;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list the caller wants; a controller takes it as a parameter. It comes
 * from the query parameters {@code limit} (1 to 100) and {@code cursor}.
 *
 * @param limit how many at most, 20 unless told
 * @param cursor where to go on, as the page before said; none from the beginning
 */
public record Paging(int limit, @Nullable String cursor) {

	static final int DEFAULT_LIMIT = 20;

	static final int MAX_LIMIT = 100;

	static final int MAX_CURSOR = 500;

}
