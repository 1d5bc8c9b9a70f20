package se.lokalabehov.eventing;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list.
 *
 * @param <T> what is listed
 * @param items at most as many as asked for
 * @param next cursor of the next page, none on the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

	/** The same page of something else. */
	public <R> Page<R> map(Function<T, R> mapper) {
		return new Page<>(this.items.stream().map(mapper).toList(), this.next);
	}

	/**
	 * A cursor that no page has given.
	 */
	public static final class WrongCursor extends IllegalArgumentException {

		private static final long serialVersionUID = 1L;

		/** Refuses it. */
		public WrongCursor() {
			super("not a cursor");
		}

	}

}
