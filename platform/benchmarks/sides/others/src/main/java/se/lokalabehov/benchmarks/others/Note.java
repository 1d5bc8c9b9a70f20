package se.lokalabehov.benchmarks.others;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A note as it is kept, as it is told, and as it is seen.
 *
 * @param id its identifier, also its key
 * @param organisation whose
 * @param area area code if guessed
 * @param text the question
 */
public record Note(@Id String id, String organisation, @Nullable String area, String text) {

	/** Where it is kept by its owner. */
	public static final String KEPT = "notes";

	/** Where it is kept by who has heard of it. */
	public static final String SEEN = "notes-seen";

}
