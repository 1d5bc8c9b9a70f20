package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.security.Caller;

/**
 * Knows what waits for somebody in one role, and what has happened to their things. Every
 * bean of this type is asked by the start page; one that is for another role gives
 * {@link Lying#NOTHING}, and none may read all of anything.
 */
interface Desk {

	/**
	 * What lies on the caller's desk.
	 * @throws Services.Away when the service that knows is away; the page says so
	 */
	Lying of(Caller caller);

	/**
	 * What lies there.
	 *
	 * @param tasks what waits, what came first first
	 * @param news what has happened, newest first; a handful
	 */
	record Lying(List<Task> tasks, List<News> news) {

		static final Lying NOTHING = new Lying(List.of(), List.of());

	}

	/**
	 * Something that waits.
	 *
	 * @param key the message that says what, whose {@code {0}} is {@code about}
	 * @param about what it is about: a title, a name, a number
	 * @param href where it is done
	 * @param since when it came, if known
	 * @param due the last day, if there is one
	 */
	record Task(String key, String about, String href, @Nullable Instant since, @Nullable LocalDate due) {
	}

	/**
	 * Something that has happened.
	 *
	 * @param at when
	 * @param title to what
	 * @param what a sentence in Swedish
	 * @param href where one sees it
	 */
	record News(Instant at, String title, String what, String href) {
	}

}
