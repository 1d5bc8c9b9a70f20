package se.lokalabehov.search;

import java.util.Set;

/**
 * What is being written, for which something similar is asked.
 *
 * @param text free text of any length; the first 400 words are read
 * @param kinds what may be suggested
 * @param visibility who is asking
 * @param limit the most suggestions, 1 to 50
 * @param without ids that are not suggested, such as the need that is being revised
 */
public record SuggestionRequest(String text, Set<Kind> kinds, Visibility visibility, int limit, Set<String> without) {

	public SuggestionRequest {
		kinds = Set.copyOf(kinds);
		without = Set.copyOf(without);
		limit = Math.clamp(limit, 1, 50);
	}

	/**
	 * Five suggestions of any kind but notes.
	 * @param text what is being written
	 * @param visibility who is asking
	 * @return the request
	 */
	public static SuggestionRequest of(String text, Visibility visibility) {
		return new SuggestionRequest(text, Set.of(Kind.NEED, Kind.REPORT, Kind.PROJECT, Kind.SUPPORT), visibility, 5,
				Set.of());
	}

}
