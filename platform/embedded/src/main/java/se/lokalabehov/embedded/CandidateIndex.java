package se.lokalabehov.embedded;

import java.util.Collection;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What an index of this store does beyond the library's: it says which documents come
 * into question even when the query says more than its own keys.
 */
interface CandidateIndex {

	/**
	 * The positions of all documents that can meet the conditions (and maybe of others),
	 * or null if this index cannot tell.
	 */
	@Nullable Collection<Long> candidates(Conditions conditions);

	/** Forgets the document at the position. */
	void forget(Document document, Long position);

	/**
	 * Whether a change of the field concerns this index.
	 * @param field name of a top-level field
	 */
	boolean covers(String field);

	/** Two definitions of one name must say the same. */
	static boolean sameDefinition(Index<?> one, Index<?> other) {
		return one.toIndexDescription().equals(other.toIndexDescription());
	}

}
