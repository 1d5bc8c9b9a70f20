package se.lokalabehov.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import org.bson.Document;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same random commands on the library as it is, which scans for every query, and on
 * the embedded store with its indexes, its updates by field, its journal and compactions:
 * both answer the same, also after the embedded one is started again.
 */
class EquivalenceTests {

	private static final List<String> PATHS = List.of("a", "n.x", "n.y", "tags", "list.k", "list.0.k", "list.v");

	@TempDir
	private Path directory;

	private Random random = new Random(0);

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void indexesUpdatesAndReplayGiveWhatAFullScanGives(long seed) {
		this.random = new Random(seed);
		MongoServer library = new MongoServer(new MemoryBackend());
		try (MongoClient plain = Stores.connect(library.bindAndGetConnectionString())) {
			MongoCollection<Document> expected = plain.getDatabase("test").getCollection("things");
			for (int start = 0; start < 3; start++) {
				try (EmbeddedStore store = EmbeddedStore.start(this.directory, 0, 40_000);
						MongoClient client = Stores.connect(store.connectionString())) {
					MongoCollection<Document> actual = client.getDatabase("test").getCollection("things");
					createIndexes(actual);
					createIndexes(expected);
					compareQueries(expected, actual);
					for (int i = 0; i < 250; i++) {
						Function<MongoCollection<Document>, Object> command = randomWrite();
						assertThat(outcome(command, actual)).isEqualTo(outcome(command, expected));
						if (i % 25 == 0) {
							compareQueries(expected, actual);
						}
					}
					compareQueries(expected, actual);
				}
			}
		}
		finally {
			library.shutdownNow();
		}
	}

	private static void createIndexes(MongoCollection<Document> things) {
		things.createIndex(Indexes.ascending("a"));
		things.createIndex(Indexes.ascending("n.x"));
		things.createIndex(Indexes.ascending("tags"));
		things.createIndex(Indexes.ascending("list.k"));
		things.createIndex(Indexes.ascending("a", "n.x"));
		things.createIndex(Indexes.ascending("list.k", "a", "list.v"));
		things.createIndex(Indexes.ascending("u"), new IndexOptions().unique(true).sparse(true));
	}

	private void compareQueries(MongoCollection<Document> expected, MongoCollection<Document> actual) {
		assertThat(sorted(actual, new Document())).isEqualTo(sorted(expected, new Document()));
		for (int i = 0; i < 40; i++) {
			Document query = randomQuery();
			assertThat(sorted(actual, query)).as("%s", query.toJson()).isEqualTo(sorted(expected, query));
			assertThat(actual.countDocuments(query)).as("%s", query.toJson()).isEqualTo(expected.countDocuments(query));
		}
		Document after = new Document("_id", new Document("$gt", number(60))).append("a", number(5));
		Document byId = new Document("_id", 1);
		assertThat(actual.find(after).sort(byId).limit(3).into(new ArrayList<>()))
			.isEqualTo(expected.find(after).sort(byId).limit(3).into(new ArrayList<>()));
	}

	private static List<Document> sorted(MongoCollection<Document> things, Document query) {
		return things.find(query).sort(new Document("_id", 1)).into(new ArrayList<>());
	}

	private static Object outcome(Function<MongoCollection<Document>, Object> command,
			MongoCollection<Document> things) {
		try {
			return String.valueOf(command.apply(things));
		}
		catch (MongoException ex) {
			return "refused: " + ex.getCode();
		}
	}

	private Function<MongoCollection<Document>, Object> randomWrite() {
		int id = number(60);
		Document byId = new Document("_id", id);
		switch (number(10)) {
			case 0, 1, 2 -> {
				Document thing = new Document("_id", id).append("a", value())
					.append("n", nested())
					.append("tags", tags())
					.append("list", list());
				if (number(2) == 0) {
					thing.append("u", number(80));
				}
				return (things) -> things.insertOne(new Document(thing));
			}
			case 3, 4, 5 -> {
				Document update = randomUpdate();
				Document query = new Document("_id", id).append("a", new Document("$ne", value()));
				return (things) -> things.updateOne(query, update);
			}
			case 6 -> {
				Document update = new Document("$set", new Document("n.x", number(5))).append("$inc",
						new Document("times", 1));
				Document query = randomQuery();
				return (things) -> things.updateMany(query, update);
			}
			case 7 -> {
				Document replacement = new Document("a", value()).append("n", nested()).append("tags", tags());
				return (things) -> things.replaceOne(byId, replacement);
			}
			case 8 -> {
				Document update = randomUpdate();
				boolean upsert = number(2) == 0;
				if (upsert) {
					return (things) -> things.updateOne(byId, update, new UpdateOptions().upsert(true));
				}
				return (things) -> things.findOneAndUpdate(byId, update,
						new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
			}
			default -> {
				Document query = (number(4) == 0) ? randomQuery().append("a", number(5)) : byId;
				return (things) -> things.deleteMany(query);
			}
		}
	}

	private Document randomUpdate() {
		return switch (number(8)) {
			case 0 -> new Document("$set", new Document("a", value()).append("n.x", number(5)));
			case 1 -> new Document("$push", new Document("tags", "t" + number(6)));
			case 2 -> new Document("$push", new Document("list", new Document("$each", list()))).append("$inc",
					new Document("n.count", number(3)));
			case 3 -> new Document("$unset", new Document("a", "").append("n.y", ""));
			case 4 -> new Document("$pull", new Document("tags", "t" + number(6)));
			case 5 -> new Document("$set", new Document("list.0.k", number(5)));
			case 6 -> new Document("$set", new Document("u", number(80)));
			default ->
				new Document("$set", new Document("n", nested())).append("$setOnInsert", new Document("new", true));
		};
	}

	private Document randomQuery() {
		Document first = new Document(path(), condition());
		return switch (number(5)) {
			// (for null the library's own sparse index finds too little)
			case 4 -> new Document("u", new Document("$in", List.of(number(80), number(80), number(80))));
			case 0 -> first;
			case 1 -> first.append(path(), condition());
			case 2 -> new Document("$and", List.of(first, new Document(path(), condition())));
			default -> new Document("a", condition()).append("n.x", condition())
				.append("_id", new Document("$lt", number(60)));
		};
	}

	private Object condition() {
		return switch (number(8)) {
			case 0, 1, 2 -> value();
			case 3 -> new Document("$in", Arrays.asList(value(), value(), number(5)));
			case 4 -> new Document("$eq", value());
			case 5 -> "t" + number(6);
			case 6 -> new Document("$gte", number(5));
			default -> new Document("$in", Arrays.asList("t" + number(6), (double) number(5)));
		};
	}

	private Object value() {
		return switch (number(9)) {
			case 0 -> null;
			case 1 -> "text" + number(3);
			case 2 -> number(5) + 0.5;
			case 3 -> List.of(number(5), number(5));
			case 4 -> List.of();
			default -> number(5);
		};
	}

	private Document nested() {
		Document nested = new Document("x", value());
		return (number(2) == 0) ? nested.append("y", value()) : nested;
	}

	private List<String> tags() {
		return this.random.ints(number(4), 0, 6).mapToObj((i) -> "t" + i).toList();
	}

	private List<Document> list() {
		return this.random.ints(number(4), 0, 5).mapToObj((i) -> new Document("k", i).append("v", value())).toList();
	}

	private String path() {
		return PATHS.get(number(PATHS.size()));
	}

	private int number(int bound) {
		return this.random.nextInt(bound);
	}

}
