package se.lokalabehov.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;

import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A unique index, the one on {@code _id} among them: what is refused is the library's
 * decision; that a query with further conditions (such as {@code _id} and a version) also
 * finds its document here is ours.
 */
final class UniqueIndex extends AbstractUniqueIndex<Long> implements CandidateIndex {

	private static final String ID_INDEX = "_id_";

	private final Map<KeyValue, Long> positions = new HashMap<>();

	UniqueIndex(String name, List<IndexKey> keys, boolean sparse) {
		super(name, keys, sparse);
	}

	@Override
	public @Nullable Collection<Long> candidates(Conditions conditions) {
		List<List<@Nullable Object>> wanted = new ArrayList<>();
		for (String path : keys()) {
			List<@Nullable Object> allowed = conditions.allowedAt(path);
			// an array may be addressed by number, and what is missing may not be here
			if (allowed == null || allowed.contains(null) || hasNumber(path)) {
				return null;
			}
			wanted.add(allowed);
		}
		Set<Long> found = new TreeSet<>();
		for (KeyValue key : Keys.combine(wanted)) {
			Long position = this.positions.get(key);
			if (position != null) {
				found.add(position);
			}
		}
		return found;
	}

	private static boolean hasNumber(String path) {
		return path.chars().anyMatch(Character::isDigit);
	}

	@Override
	public void forget(Document document, Long position) {
		remove(document);
	}

	@Override
	public boolean covers(String field) {
		return keys().stream().anyMatch((path) -> path.equals(field) || path.startsWith(field + "."));
	}

	@Override
	public boolean hasSameOptions(Index<?> other) {
		return CandidateIndex.sameDefinition(this, other);
	}

	/** Only the index on {@code _id} is asked: every document is in it, and once. */
	@Override
	public @Nullable Long getPosition(Document document) {
		return getName().equals(ID_INDEX) ? super.getPosition(document) : null;
	}

	@Override
	protected @Nullable Long getPosition(KeyValue keyValue) {
		return this.positions.get(keyValue);
	}

	@Override
	protected @Nullable Long removeDocument(KeyValue keyValue) {
		return this.positions.remove(keyValue);
	}

	@Override
	protected boolean putKeyPosition(KeyValue keyValue, Long position) {
		return this.positions.putIfAbsent(keyValue, position) == null;
	}

	@Override
	protected Iterable<Entry<KeyValue, Long>> getIterable() {
		return this.positions.entrySet();
	}

	@Override
	public long getCount() {
		return this.positions.size();
	}

	@Override
	public long getDataSize() {
		return getCount();
	}

}
