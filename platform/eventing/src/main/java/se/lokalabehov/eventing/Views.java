package se.lokalabehov.eventing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/**
 * Reading a projection's views. Criteria name fields of the view as {@code state.field}.
 *
 * @param <V> the view
 */
public final class Views<V> extends Documents<V> {

	private volatile Read<V> before = new Read<>("", Map.of());

	Views(MongoTemplate mongo, Codec codec, Supplier<String> collection, Class<V> type) {
		super(mongo, codec, collection, type);
	}

	/**
	 * Every view, in no certain order, as it stands now: what has not changed since it
	 * was asked for last is not read again but kept in memory. Only where their number is
	 * bounded by nature, and where they are asked for often.
	 */
	public List<Stored<V>> every() {
		String collection = collection();
		Map<String, Stored<V>> known = this.before.of(collection);
		Query heads = new Query(Criteria.where("state").ne(null));
		heads.fields().include("sequence");
		Map<String, Stored<V>> now = new HashMap<>();
		List<String> changed = new ArrayList<>();
		for (Document head : this.mongo.find(heads, Document.class, collection)) {
			String id = head.getString("_id");
			@Nullable Stored<V> there = known.get(id);
			if (there != null && there.sequence() == number(head, "sequence")) {
				now.put(id, there);
			}
			else {
				changed.add(id);
			}
		}
		findAll(changed).forEach((stored) -> now.put(stored.id(), stored));
		this.before = new Read<>(collection, now);
		return List.copyOf(now.values());
	}

	/**
	 * What was read.
	 *
	 * @param collection from where: a view that is made anew is in another one
	 */
	private record Read<V>(String collection, Map<String, Stored<V>> views) {

		Map<String, Stored<V>> of(String now) {
			return this.collection.equals(now) ? this.views : Map.of();
		}

	}

}
