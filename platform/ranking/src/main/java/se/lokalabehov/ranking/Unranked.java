package se.lokalabehov.ranking;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an item that a ballot does not list means. Fixed by the round, and used once, when
 * a ballot is taken in: in a {@link Profile} what is left out is "no opinion", always.
 */
public enum Unranked {

	/** Below all listed: one more group, the last. */
	LAST,
	/** Nothing is said of it. */
	NO_OPINION;

	/**
	 * The name on the command line and in the package, for example {@code no-opinion}.
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The treatment of that name.
	 * @param label as {@link #label()} writes it
	 */
	public static Optional<Unranked> named(String label) {
		return Stream.of(values()).filter((one) -> one.label().equals(label)).findFirst();
	}

}
