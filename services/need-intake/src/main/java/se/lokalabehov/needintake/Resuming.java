package se.lokalabehov.needintake;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries on one by one what waits to be carried on: what fails keeps nothing else from
 * it, and has its turn again the next time.
 */
final class Resuming {

	private static final Logger logger = LoggerFactory.getLogger(Resuming.class);

	private Resuming() {
	}

	/**
	 * Carries on each.
	 * @param waiting what waits
	 * @param name of each in the log: an identifier, never words
	 * @param carryOn does it
	 */
	static <T> void each(List<T> waiting, Function<T, String> name, Consumer<T> carryOn) {
		for (T one : waiting) {
			try {
				carryOn.accept(one);
			}
			catch (RuntimeException ex) {
				// Without its message, which may quote what somebody has written.
				logger.warn("{} could not be carried on and is tried again: {} {}", name.apply(one),
						ex.getClass().getName(), where(ex));
			}
		}
	}

	private static String where(RuntimeException ex) {
		return Arrays.stream(ex.getStackTrace())
			.filter((frame) -> frame.getClassName().startsWith("se.lokalabehov."))
			.findFirst()
			.map((frame) -> "at " + frame)
			.orElse("");
	}

}
