package se.lokalabehov.eventing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * The indexes of aggregates and projections, made when a collection is first used. What
 * is wanted before the service starts is made when it does, so that a context can be made
 * without a store (which is how a cache of its classes is made, {@code deploy}).
 */
final class Indexes {

	private final MongoTemplate mongo;

	private final Map<String, List<String>> wanted = new ConcurrentHashMap<>();

	private final List<Runnable> waiting = new ArrayList<>();

	private boolean started;

	Indexes(MongoTemplate mongo) {
		this.mongo = mongo;
	}

	synchronized void start() {
		this.waiting.forEach(Runnable::run);
		this.waiting.clear();
		this.started = true;
	}

	private synchronized void make(String collection, IndexDefinition index) {
		Runnable making = () -> this.mongo.indexOps(collection).createIndex(index);
		if (this.started) {
			making.run();
		}
		else {
			this.waiting.add(making);
		}
	}

	void want(Projection<?, ?> projection, List<String> fields) {
		this.wanted.put(projection.name(), fields);
	}

	void ensure(Projection<?, ?> projection, int version) {
		ensure(Registry.collection(projection, version), this.wanted.getOrDefault(projection.name(), List.of()));
	}

	void ensure(String collection, List<String> fields) {
		fields.forEach((field) -> {
			Index index = new Index().named(field);
			Stream.of(field.split(",")).forEach((one) -> index.on(one, Sort.Direction.ASC));
			make(collection, index);
		});
	}

	/** The order of lists: a page of one ends when it is full. */
	void pages(String collection) {
		make(collection, new Index().on("created", Sort.Direction.ASC).on("_id", Sort.Direction.ASC).named("created"));
	}

	/** What the sweep looks for: few documents at any time. */
	void outbox(String collection) {
		make(collection,
				new Index().on("unpublished", Sort.Direction.ASC)
					.named("unpublished")
					.partial(PartialIndexFilter.of(Criteria.where("unpublished").is(true))));
	}

}
