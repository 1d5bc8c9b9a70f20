package se.lokalabehov.embedded;

import java.util.List;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;

/**
 * One database of the store.
 */
final class StoreDatabase extends AbstractMongoDatabase<Long> {

	StoreDatabase(String databaseName, CursorRegistry cursorRegistry) {
		super(databaseName, cursorRegistry);
		initializeNamespacesAndIndexes();
	}

	/** The collections in the order in which they were created. */
	List<StoreCollection> collections() {
		return resolveCollection("system.namespaces", true).queryAllAsStream()
			.map((namespace) -> String.valueOf(namespace.get("name")).substring(getDatabaseName().length() + 1))
			.map((name) -> (StoreCollection) resolveCollection(name, true))
			.toList();
	}

	/**
	 * The definitions of the collection's indexes as they were given, without the one
	 * that every collection has.
	 */
	List<Document> indexesOf(StoreCollection collection) {
		MongoCollection<Long> definitions = resolveCollection("system.indexes", true);
		return collection.getIndexes().stream().filter((index) -> !index.getName().equals("_id_")).map((index) -> {
			Document wanted = new Document("ns", collection.getFullName()).append("name", index.getName());
			// the library forgets a definition when an index of that name is dropped
			// elsewhere
			return definitions.handleQueryAsStream(wanted).findFirst().orElseGet(index::toIndexDescription);
		}).toList();
	}

	@Override
	public Document handleCommand(Channel channel, String command, Document query, DatabaseResolver databaseResolver,
			Oplog oplog) {
		if (command.equalsIgnoreCase("aggregate")) {
			return aggregate(query, databaseResolver, oplog);
		}
		return super.handleCommand(channel, command, query, databaseResolver, oplog);
	}

	/**
	 * The library's stages, on copies: some of them write into what they get. A leading
	 * {@code $match} is answered as a query, with an index where there is one.
	 */
	private Document aggregate(Document query, DatabaseResolver databaseResolver, Oplog oplog) {
		String name = String.valueOf(query.get("aggregate"));
		List<Document> pipeline = Aggregation.parse(query.get("pipeline"));
		MongoCollection<Long> collection = resolveCollection(name, false);
		Stream<Document> input = Stream.empty();
		if (collection instanceof StoreCollection source) {
			Document match = new Document();
			if (!pipeline.isEmpty() && pipeline.get(0).get("$match") instanceof Document first) {
				match = first;
				pipeline = pipeline.subList(1, pipeline.size());
			}
			// A count is a group and nothing else, which only reads.
			boolean reads = pipeline.size() == 1 && pipeline.get(0).containsKey("$group");
			input = reads ? source.allOf(match) : source.allOf(match).map(Document::cloneDeeply);
		}
		List<Document> result = Aggregation.fromPipeline(pipeline, databaseResolver, this, collection, oplog)
			.runStages(input);
		Document cursor = new Document("id", 0L).append("ns", getFullCollectionNamespace(name))
			.append("firstBatch", result);
		return new Document("cursor", cursor).append("ok", 1.0);
	}

	@Override
	protected StoreCollection openOrCreateCollection(String collectionName, CollectionOptions options) {
		return new StoreCollection(this, collectionName, options, this.cursorRegistry);
	}

	@Override
	protected Index<Long> openOrCreateUniqueIndex(String collectionName, String indexName, List<IndexKey> keys,
			boolean sparse) {
		return new UniqueIndex(indexName, keys, sparse);
	}

	@Override
	protected Index<Long> openOrCreateSecondaryIndex(String collectionName, String indexName, List<IndexKey> keys,
			boolean sparse) {
		return new SecondaryIndex(indexName, keys, sparse);
	}

	@Override
	protected long getStorageSize() {
		return 0;
	}

	@Override
	protected long getFileSize() {
		return 0;
	}

}
