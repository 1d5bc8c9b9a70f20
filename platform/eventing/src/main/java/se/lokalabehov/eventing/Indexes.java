package se.lokalabehov.eventing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * The indexes of aggregates and projections, made when a collection is first used.
 */
final class Indexes {

	private final MongoTemplate mongo;

	private final Map<String, List<String>> wanted = new ConcurrentHashMap<>();

	Indexes(MongoTemplate mongo) {
		this.mongo = mongo;
	}

	void want(Projection<?, ?> projection, List<String> fields) {
		this.wanted.put(projection.name(), fields);
	}

	void ensure(Projection<?, ?> projection, int version) {
		ensure(Registry.collection(projection, version), this.wanted.getOrDefault(projection.name(), List.of()));
	}

	void ensure(String collection, List<String> fields) {
		fields.forEach((field) -> this.mongo.indexOps(collection)
			.createIndex(new Index().on(field, Sort.Direction.ASC).named(field)));
	}

	/** What the sweep looks for: few documents at any time. */
	void outbox(String collection) {
		this.mongo.indexOps(collection)
			.createIndex(new Index().on("unpublished", Sort.Direction.ASC)
				.named("unpublished")
				.partial(PartialIndexFilter.of(Criteria.where("unpublished").is(true))));
	}

}
