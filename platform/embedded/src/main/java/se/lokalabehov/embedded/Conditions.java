package se.lokalabehov.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a query demands of single fields: for each path the values of which one must stand
 * there. Only what an index can answer is kept, so the documents that meet these
 * conditions are never too few, and often too many: the whole query decides.
 */
final class Conditions {

	private static final String ID = "_id";

	private final Map<String, List<@Nullable Object>> allowed = new LinkedHashMap<>();

	private Conditions() {
	}

	static Conditions of(Document query) {
		Conditions conditions = new Conditions();
		conditions.collect(query);
		return conditions;
	}

	/**
	 * Whether a query asks for nothing but one of certain ids, which the index on those
	 * answers to the full.
	 */
	static boolean areOfIdAlone(Document query) {
		return query.size() == 1 && query.containsKey(ID) && valuesOf(ID, query.get(ID)) != null
				&& !(query.get(ID) instanceof Document operators && hasOperator(operators) && operators.size() > 1);
	}

	/** The values of which one must stand at the path, or null if any may. */
	@Nullable List<@Nullable Object> allowedAt(String path) {
		return this.allowed.get(path);
	}

	boolean isEmpty() {
		return this.allowed.isEmpty();
	}

	private void collect(Document query) {
		query.forEach((path, demand) -> {
			if (path.equals("$and") && demand instanceof List<?> parts) {
				parts.forEach((part) -> collect((Document) part));
			}
			else if (!path.startsWith("$")) {
				List<@Nullable Object> values = valuesOf(path, demand);
				if (values != null) {
					this.allowed.putIfAbsent(path, values);
				}
			}
		});
	}

	private static @Nullable List<@Nullable Object> valuesOf(String path, @Nullable Object demand) {
		List<@Nullable Object> values = new ArrayList<>();
		if (demand instanceof Document operators && hasOperator(operators)) {
			if (operators.containsKey("$eq")) {
				values.add(operators.get("$eq"));
			}
			else if (operators.get("$in") instanceof Collection<?> alternatives) {
				values.addAll(alternatives);
			}
			else {
				return null;
			}
		}
		else {
			values.add(demand);
		}
		return values.stream().allMatch((value) -> isExact(path, value)) ? values : null;
	}

	private static boolean hasOperator(Document document) {
		return document.keySet().stream().anyMatch((key) -> key.startsWith("$"));
	}

	/** A whole array or document may also match by its parts, except as an id. */
	private static boolean isExact(String path, @Nullable Object value) {
		if (value instanceof Collection || value instanceof BsonRegularExpression) {
			return false;
		}
		return !(value instanceof Document) || path.equals(ID);
	}

}
