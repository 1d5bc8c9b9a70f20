package se.lokalabehov.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The keys under which an index finds a document.
 */
final class Keys {

	private Keys() {
	}

	/** Every combination of one value from each list; numbers compare by their value. */
	static Set<KeyValue> combine(List<? extends Collection<? extends @Nullable Object>> valuesPerPath) {
		List<List<@Nullable Object>> combinations = List.of(List.of());
		for (Collection<? extends @Nullable Object> values : valuesPerPath) {
			List<List<@Nullable Object>> longer = new ArrayList<>(combinations.size() * values.size());
			for (List<@Nullable Object> combination : combinations) {
				for (@Nullable
				Object value : values) {
					List<@Nullable Object> next = new ArrayList<>(combination);
					next.add(value);
					longer.add(next);
				}
			}
			combinations = longer;
		}
		Set<KeyValue> keys = new LinkedHashSet<>();
		combinations.forEach((combination) -> keys.add(new KeyValue(combination).normalized()));
		return keys;
	}

	/**
	 * Every value that a condition on the path can meet in the document: through
	 * documents, into arrays and their elements; null where something is missing.
	 */
	static Set<@Nullable Object> valuesAt(Document document, List<String> path) {
		Set<@Nullable Object> values = new LinkedHashSet<>();
		collect(document, path, 0, values);
		return values;
	}

	private static void collect(@Nullable Object value, List<String> path, int depth, Set<@Nullable Object> found) {
		if (depth == path.size()) {
			if (value instanceof Collection<?> elements) {
				found.addAll(elements);
			}
			else {
				found.add((value instanceof Missing) ? null : value);
			}
			return;
		}
		String field = path.get(depth);
		if (value instanceof Document document) {
			collect(document.getOrMissing(field), path, depth + 1, found);
		}
		else if (value instanceof List<?> elements) {
			boolean numeric = field.chars().allMatch(Character::isDigit);
			if (numeric && field.length() < 10 && Integer.parseInt(field) < elements.size()) {
				collect(elements.get(Integer.parseInt(field)), path, depth + 1, found);
			}
			found.add(null);
			elements.forEach((element) -> collect(element, path, depth, found));
		}
		else {
			found.add(null);
		}
	}

}
