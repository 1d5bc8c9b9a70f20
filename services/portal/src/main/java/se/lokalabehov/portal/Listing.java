package se.lokalabehov.portal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * A list as a page shows it: searched by words, counted, so many at a time. What is
 * searched for and which part is shown stand in the address ({@code q}, {@code sida}).
 *
 * @param <T> what is listed
 * @param rows this part of it
 * @param found how many there are of what was searched for
 * @param all how many there are
 * @param page which part this is, from 1
 * @param pages how many parts there are, at least 1
 * @param q what was searched for, empty when nothing was
 */
record Listing<T>(List<T> rows, int found, int all, int page, int pages, String q) {

	/** So many are shown at a time. */
	static final int SIZE = 50;

	private static final Locale SWEDISH = Locale.of("sv");

	/**
	 * A part of a list.
	 * @param all how many there are before any choice
	 * @param chosen those that were chosen among them
	 * @param q words that must all be there
	 * @param page which part; the nearest there is, whatever was asked for
	 * @param text where the words are looked for
	 */
	static <T> Listing<T> of(int all, List<T> chosen, Optional<String> q, Optional<String> page,
			Function<T, String> text) {
		return of(all, chosen, q, page, SIZE, text);
	}

	/**
	 * The same where one has to see more at a time.
	 * @param size so many
	 */
	static <T> Listing<T> of(int all, List<T> chosen, Optional<String> q, Optional<String> page, int size,
			Function<T, String> text) {
		String wanted = q.orElse("").strip();
		List<String> words = List.of(wanted.toLowerCase(SWEDISH).split("\\s+"));
		List<T> found = chosen.stream()
			.filter((one) -> words.stream().allMatch(text.apply(one).toLowerCase(SWEDISH)::contains))
			.toList();
		int pages = Math.max(1, (found.size() + size - 1) / size);
		int at = page.filter((one) -> one.matches("\\d{1,6}"))
			.map((one) -> Math.clamp(Integer.parseInt(one), 1, pages))
			.orElse(1);
		return new Listing<>(found.stream().skip((at - 1L) * size).limit(size).toList(), found.size(), all, at, pages,
				wanted);
	}

	/**
	 * The first of a list that goes on by a cursor of its own.
	 */
	static <T> Listing<T> begun(List<T> first, int all) {
		return new Listing<>(first, all, all, 1, 1, "");
	}

	/**
	 * All of a list, for a form that was not taken: what was ticked in it stays.
	 */
	static <T> Listing<T> whole(List<T> all) {
		return new Listing<>(all, all.size(), all.size(), 1, 1, "");
	}

	/** The address of the part before, none before the first. */
	public @Nullable String previous() {
		return (this.page > 1) ? at(this.page - 1) : null;
	}

	/** The address of the next part, none after the last. */
	public @Nullable String next() {
		return (this.page < this.pages) ? at(this.page + 1) : null;
	}

	private static String at(int page) {
		var here = ServletUriComponentsBuilder.fromCurrentRequest().replaceQueryParam("sida", page).build();
		return here.getPath() + "?" + here.getQuery();
	}

}
