package se.lokalabehov.eventing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * Which collection holds a projection now: a rebuild writes beside it and then swaps.
 */
final class Registry {

	private static final String COLLECTION = "projections";

	private static final long TRUST_NANOS = 1_000_000_000L;

	private final MongoTemplate mongo;

	private final Map<String, Known> known = new ConcurrentHashMap<>();

	Registry(MongoTemplate mongo) {
		this.mongo = mongo;
	}

	/** The version that is read and written now; 0 when it was never made. */
	int version(Projection<?, ?> projection) {
		Document found = this.mongo.findOne(new Query(Criteria.where("_id").is(projection.name())), Document.class,
				COLLECTION);
		return Optional.ofNullable(found).map((entry) -> entry.getInteger("version")).orElse(0);
	}

	/** The collection that is read and written now; looked up again every second. */
	String active(Projection<?, ?> projection) {
		Known one = this.known.get(projection.name());
		if (one == null || System.nanoTime() - one.at() > TRUST_NANOS) {
			one = new Known(collection(projection, Math.max(1, version(projection))), System.nanoTime());
			this.known.put(projection.name(), one);
		}
		return one.collection();
	}

	static String collection(Projection<?, ?> projection, int version) {
		return projection.name() + ".v" + version;
	}

	void activate(Projection<?, ?> projection, int version) {
		this.mongo.upsert(new Query(Criteria.where("_id").is(projection.name())), new Update().set("version", version),
				COLLECTION);
		this.known.remove(projection.name());
	}

	private record Known(String collection, long at) {
	}

}
