package se.lokalabehov.eventing;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * Which collection holds a projection now: a rebuild writes beside it and then swaps.
 */
final class Registry {

	private static final String COLLECTION = "projections";

	/** How long what was looked up is trusted. */
	private static final Duration TRUST = Duration.ofSeconds(1);

	/**
	 * So long after a swap nobody, in no process, writes to the old collection any more:
	 * it may have been looked up just before, and used at the end of its trust for a
	 * write that takes a while.
	 */
	static final Duration SETTLED = TRUST.plus(Duration.ofMillis(500));

	private final MongoTemplate mongo;

	private final Map<String, Known> known = new ConcurrentHashMap<>();

	Registry(MongoTemplate mongo) {
		this.mongo = mongo;
	}

	/** The version that is read and written now; 0 when it was never made. */
	int version(Projection<?, ?> projection) {
		return version(projection.name());
	}

	/**
	 * The collection of the one in whose place a projection is, if that was ever made.
	 */
	@Nullable String former(Projection<?, ?> projection) {
		String former = projection.former();
		int version = (former != null) ? version(former) : 0;
		return (version > 0) ? collection(Objects.requireNonNull(former), version) : null;
	}

	private int version(String name) {
		Document found = this.mongo.findOne(new Query(Criteria.where("_id").is(name)), Document.class, COLLECTION);
		return Optional.ofNullable(found).map((entry) -> entry.getInteger("version")).orElse(0);
	}

	/**
	 * The collection that is read and written now; looked up again when it is no longer
	 * trusted.
	 */
	String active(Projection<?, ?> projection) {
		Known one = this.known.get(projection.name());
		if (one == null || System.nanoTime() - one.at() > TRUST.toNanos()) {
			one = new Known(collection(projection, Math.max(1, version(projection))), System.nanoTime());
			this.known.put(projection.name(), one);
		}
		return one.collection();
	}

	static String collection(Projection<?, ?> projection, int version) {
		return collection(projection.name(), version);
	}

	private static String collection(String name, int version) {
		return name + ".v" + version;
	}

	void activate(Projection<?, ?> projection, int version) {
		Update made = new Update().set("version", version);
		if (projection.former() != null) {
			// For who looks from outside: the other one is fed by older versions only.
			made.set("replaces", projection.former());
		}
		this.mongo.upsert(new Query(Criteria.where("_id").is(projection.name())), made, COLLECTION);
		this.known.remove(projection.name());
	}

	private record Known(String collection, long at) {
	}

}
