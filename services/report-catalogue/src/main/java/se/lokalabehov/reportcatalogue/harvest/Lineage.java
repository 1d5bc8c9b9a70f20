package se.lokalabehov.reportcatalogue.harvest;

import java.util.List;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent.Content;

/**
 * What was harvested, what it was found to be the same as, and which record shows it:
 * original, cluster, shown.
 */
final class Lineage {

	private Lineage() {
	}

	/**
	 * A record as a source has it.
	 *
	 * @param source its name
	 * @param identifier the source's own
	 * @param cluster where it belongs; decided once
	 * @param content what it says; none when deleted or parked
	 * @param parked why it was not taken, if it was not
	 */
	record Original(String source, String identifier, @Nullable String cluster, @Nullable Content content,
			@Nullable String parked) {
	}

	/**
	 * The same work, in one source or several.
	 *
	 * @param record the record that shows it
	 * @param originals ids of the originals, the first come first: the first that stands
	 * is shown
	 */
	record Cluster(String record, List<String> originals) {
	}

	/**
	 * How far a source has been harvested.
	 *
	 * @param from the date of the last whole harvest; none before the first
	 * @param begun the date of the harvest that is under way, if one is
	 * @param token where that goes on
	 * @param next when it is time again, milliseconds of the epoch
	 * @param problem why the last attempt stopped, if it did
	 */
	record Progress(@Nullable String from, @Nullable String begun, @Nullable String token, long next,
			@Nullable String problem) {
	}

}
