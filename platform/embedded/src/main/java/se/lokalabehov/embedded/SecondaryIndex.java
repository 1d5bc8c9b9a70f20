package se.lokalabehov.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A non-unique index: for every prefix of its keys, where the documents with those values
 * are. The library accepts such an index and ignores it.
 */
final class SecondaryIndex extends Index<Long> implements CandidateIndex {

	private final List<List<String>> paths;

	private final Map<KeyValue, NavigableSet<Long>> positions = new HashMap<>();

	SecondaryIndex(String name, List<IndexKey> keys, boolean sparse) {
		super(name, keys, sparse);
		this.paths = keys.stream().map((key) -> Utils.splitPath(key.getKey())).toList();
	}

	@Override
	public @Nullable Collection<Long> candidates(Conditions conditions) {
		List<List<@Nullable Object>> prefix = new ArrayList<>();
		for (String path : keys()) {
			List<@Nullable Object> allowed = conditions.allowedAt(path);
			if (allowed == null) {
				break;
			}
			prefix.add(allowed);
		}
		if (prefix.isEmpty()) {
			return null;
		}
		Set<KeyValue> wanted = Keys.combine(prefix);
		if (wanted.size() == 1) {
			return at(wanted.iterator().next());
		}
		NavigableSet<Long> union = new TreeSet<>();
		wanted.forEach((key) -> union.addAll(at(key)));
		return union;
	}

	private NavigableSet<Long> at(KeyValue key) {
		return this.positions.getOrDefault(key, Collections.emptyNavigableSet());
	}

	@Override
	public void add(Document document, Long position, MongoCollection<Long> collection) {
		keysOf(document).forEach((key) -> put(key, position));
	}

	@Override
	public void forget(Document document, Long position) {
		keysOf(document).forEach((key) -> take(key, position));
	}

	@Override
	public void updateInPlace(Document oldDocument, Document newDocument, Long position,
			MongoCollection<Long> collection) {
		Set<KeyValue> before = keysOf(oldDocument);
		Set<KeyValue> after = keysOf(newDocument);
		before.stream().filter((key) -> !after.contains(key)).forEach((key) -> take(key, position));
		after.stream().filter((key) -> !before.contains(key)).forEach((key) -> put(key, position));
	}

	private Set<KeyValue> keysOf(Document document) {
		Set<KeyValue> keys = new LinkedHashSet<>();
		List<Set<@Nullable Object>> values = new ArrayList<>();
		for (List<String> path : this.paths) {
			values.add(Keys.valuesAt(document, path));
			keys.addAll(Keys.combine(values));
		}
		return keys;
	}

	private void put(KeyValue key, Long position) {
		this.positions.computeIfAbsent(key, (absent) -> new TreeSet<>()).add(position);
	}

	private void take(KeyValue key, Long position) {
		this.positions.computeIfPresent(key, (present, at) -> {
			at.remove(position);
			return at.isEmpty() ? null : at;
		});
	}

	@Override
	public boolean covers(String field) {
		return this.paths.stream().anyMatch((path) -> path.get(0).equals(field));
	}

	@Override
	public boolean hasSameOptions(Index<?> other) {
		return CandidateIndex.sameDefinition(this, other);
	}

	@Override
	public long getCount() {
		return this.positions.size();
	}

	@Override
	public long getDataSize() {
		return getCount();
	}

	@Override
	public @Nullable Long getPosition(Document document) {
		// many may share a key: the collection asks the _id index
		return null;
	}

	@Override
	public Long remove(Document document) {
		throw new UnsupportedOperationException("a document is forgotten at its position");
	}

	@Override
	public boolean canHandle(Document query) {
		return false;
	}

	@Override
	public Iterable<Long> getPositions(Document query) {
		throw new UnsupportedOperationException("the collection asks for candidates");
	}

	@Override
	public void checkAdd(Document document, MongoCollection<Long> collection) {
		// nothing to refuse
	}

	@Override
	public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Long> collection) {
		// nothing to refuse
	}

	@Override
	public void drop() {
		this.positions.clear();
	}

}
