package se.lokalabehov.embedded;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.MongoNamespace;
import com.mongodb.ReadConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Field;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.data.mongodb.gridfs.GridFsTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The store as the MongoDB driver and Spring Data use it.
 */
class EmbeddedStoreTests {

	@TempDir
	private Path directory;

	private EmbeddedStore store;

	private MongoClient client;

	private MongoCollection<Document> cases;

	@BeforeEach
	void start() {
		this.store = EmbeddedStore.start(this.directory, 0);
		this.client = Stores.connect(this.store.connectionString());
		this.cases = this.client.getDatabase("test").getCollection("cases");
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.store.close();
	}

	private void restart() {
		List<Document> before = Stores.everything(this.client);
		stop();
		start();
		assertThat(Stores.everything(this.client)).as("after a restart").isEqualTo(before);
	}

	@Test
	void aDirectoryHasOneStoreAtATime() {
		assertThatIllegalStateException().isThrownBy(() -> EmbeddedStore.start(this.directory, 0))
			.withMessageContaining("another process is using " + this.directory);
	}

	/** A driver takes only so much at once. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 7, 1000 })
	void aResultThatIsLongerThanAReplyComesInSeveral(int batch) {
		String text = "å".repeat(600_000);
		List<Integer> written = IntStream.range(0, 60).boxed().toList();
		written.forEach((number) -> this.cases.insertOne(new Document("_id", number).append("text", text)));
		List<Integer> read = new ArrayList<>();
		this.cases.find()
			.sort(Sorts.ascending("_id"))
			.batchSize(batch)
			.forEach((found) -> read.add(found.getInteger("_id")));
		assertThat(read).isEqualTo(written);
		// Those that update read all of it at once.
		assertThat(this.cases.updateMany(new Document(), Updates.set("text", "kort")).getModifiedCount()).isEqualTo(60);
	}

	/** A command is one record, and what is acknowledged must be readable again. */
	@Test
	void moreThanARecordHoldsIsThereAfterARestart() {
		// Just what a driver puts into one message.
		String text = "a".repeat(16_742);
		List<Document> many = IntStream.range(0, 1000)
			.mapToObj((number) -> new Document("_id", number).append("text", text).append("none", null))
			.toList();
		this.cases.insertMany(many);
		restart();
		assertThat(this.cases.find().sort(Sorts.ascending("_id"))).containsExactlyElementsOf(many);
	}

	@Test
	void aTakenPortIsReportedAndTheDirectoryIsFreeAgain(@TempDir Path other) {
		int taken = URI.create(this.store.connectionString()).getPort();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> EmbeddedStore.start(other, taken));
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> EmbeddedBroker.start(other, taken));
		EmbeddedStore.start(other, 0).close();
	}

	@Test
	void bulkWritesAndFindAndModifyAreDurable() {
		this.cases.bulkWrite(List.of(new InsertOneModel<>(new Document("_id", 1).append("n", 1)),
				new InsertOneModel<>(new Document("_id", 2).append("n", 2)),
				new UpdateOneModel<>(Filters.eq("_id", 1), Updates.inc("n", 10)),
				new UpdateManyModel<>(Filters.gte("n", 2), Updates.push("told", new Document("at", "now"))),
				new UpdateOneModel<>(Filters.eq("_id", 3), Updates.set("n", 3), new UpdateOptions().upsert(true)),
				new DeleteOneModel<>(Filters.eq("_id", 2))));
		Document counted = this.cases.findOneAndUpdate(Filters.eq("_id", "counter"), Updates.inc("value", 5),
				new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
		assertThat(counted).containsEntry("value", 5);
		assertThat(this.cases.findOneAndDelete(Filters.eq("_id", 3))).containsEntry("n", 3);
		restart();
		assertThat(this.cases.find(Filters.eq("_id", 1)).first()).containsEntry("n", 11)
			.containsEntry("told", List.of(new Document("at", "now")));
		assertThat(this.cases.countDocuments()).isEqualTo(2);
	}

	@Test
	void collectionsAndIndexesCanBeDroppedAndRenamed() {
		this.cases.createIndex(Indexes.ascending("code"), new IndexOptions().unique(true));
		this.cases.createIndex(Indexes.ascending("state"));
		this.cases.insertOne(new Document("_id", 1).append("code", "a"));
		this.cases.dropIndex(Indexes.ascending("code"));
		this.cases.insertOne(new Document("_id", 2).append("code", "a"));
		MongoDatabase database = this.client.getDatabase("test");
		database.getCollection("gone").insertOne(new Document("_id", 1));
		database.getCollection("gone").drop();
		this.cases.renameCollection(new MongoNamespace("test", "renamed"));
		restart();
		assertThat(this.client.getDatabase("test").listCollectionNames().into(new ArrayList<>()))
			.containsExactly("renamed");
		this.client.getDatabase("other").getCollection("x").insertOne(new Document());
		this.client.getDatabase("other").drop();
		restart();
	}

	@Test
	void gridFsFilesAreKept() {
		byte[] report = new byte[700_000];
		new Random(1).nextBytes(report);
		GridFSBucket files = GridFSBuckets.create(this.client.getDatabase("test"), "reports");
		ObjectId id = files.uploadFromStream("report.pdf", new ByteArrayInputStream(report));
		restart();
		files = GridFSBuckets.create(this.client.getDatabase("test"), "reports");
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		files.downloadToStream(id, read);
		assertThat(read.toByteArray()).isEqualTo(report);
		files.delete(id);
		restart();
	}

	@Test
	void aggregationReadsAndNeverWrites() {
		for (int id = 0; id < 20; id++) {
			this.cases.insertOne(
					new Document("_id", id).append("region", "r" + id % 4).append("inner", new Document("n", id)));
		}
		this.cases.createIndex(Indexes.ascending("region"));
		List<Document> before = Stores.everything(this.client);
		List<Document> sums = this.cases.aggregate(List.of(Aggregates.match(Filters.in("region", "r1", "r2")),
				Aggregates.addFields(new Field<>("inner", new Document("n", 1000))),
				new Document("$addFields", new Document("inner", new Document("extra", 1))),
				Aggregates.group("$region", Accumulators.sum("sum", "$inner.n")),
				Aggregates.sort(Sorts.ascending("_id"))))
			.into(new ArrayList<>());
		assertThat(sums).extracting((sum) -> sum.get("_id")).containsExactly("r1", "r2");
		assertThat(Stores.everything(this.client)).isEqualTo(before);
		assertThatExceptionOfType(MongoCommandException.class)
			.isThrownBy(() -> this.cases.aggregate(List.of(Aggregates.out("copy"))).toCollection())
			.withMessageContaining("an aggregation cannot write here");
	}

	@Test
	void whatCannotBeReplayedIsRefused() {
		assertRefused(() -> this.cases.updateOne(Filters.eq("state", "x"), Updates.set("n", 1),
				new UpdateOptions().upsert(true)), "must name the _id");
		assertRefused(() -> this.cases.updateOne(Filters.eq("_id", 1), Updates.currentDate("at")), "$currentDate");
		assertRefused(() -> this.cases.updateOne(Filters.eq("_id", 1), List.of(Updates.set("n", 1))), "pipeline");
		assertRefused(() -> this.cases.deleteMany(Filters.expr(new Document("$lt", List.of("$until", "$$NOW")))),
				"$$NOW");
		assertRefused(() -> this.cases.createIndex(Indexes.ascending("x"),
				new IndexOptions().unique(true).partialFilterExpression(Filters.exists("y"))), "unique index");
		assertRefused(
				() -> this.cases.createIndex(Indexes.ascending("x"), new IndexOptions().expireAfter(1L, TimeUnit.DAYS)),
				"expires");
		assertThat(this.cases.countDocuments()).isZero();
		restart();
	}

	private static void assertRefused(Callable<?> command, String reason) {
		assertThatExceptionOfType(MongoCommandException.class).isThrownBy(command::call)
			.withMessageContaining("embedded store")
			.withMessageContaining(reason);
	}

	@Test
	void anIndexCannotChangeItsMeaningUnderItsName() {
		this.cases.createIndex(Indexes.ascending("code"), new IndexOptions().name("code"));
		this.cases.createIndex(Indexes.ascending("code"), new IndexOptions().name("code"));
		assertThatExceptionOfType(MongoCommandException.class).isThrownBy(
				() -> this.cases.createIndex(Indexes.ascending("code"), new IndexOptions().name("code").unique(true)))
			.withMessageContaining("same name");
	}

	@Test
	void aRaceForAUniqueValueHasOneWinner() throws Exception {
		this.cases.createIndex(Indexes.ascending("round", "seat"), new IndexOptions().unique(true));
		for (int round = 0; round < 5; round++) {
			int number = round;
			List<Callable<Boolean>> racers = new ArrayList<>();
			for (int racer = 0; racer < 32; racer++) {
				int id = number * 100 + racer;
				racers.add(() -> {
					try {
						this.cases.insertOne(new Document("_id", id).append("round", number).append("seat", 1));
						return true;
					}
					catch (MongoWriteException ex) {
						assertThat(ex.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY);
						return false;
					}
				});
			}
			assertThat(together(racers)).filteredOn((won) -> won).hasSize(1);
		}
		restart();
		assertThat(this.cases.countDocuments()).isEqualTo(5);
	}

	@Test
	void readersAndWritersOfOneDocumentDoNotDisturbEachOther() throws Exception {
		this.cases.insertOne(new Document("_id", 1).append("n", 0).append("told", List.of()));
		AtomicBoolean writing = new AtomicBoolean(true);
		List<Callable<Integer>> clients = new ArrayList<>();
		for (int writer = 0; writer < 4; writer++) {
			Bson update = (writer % 2 == 0)
					? Updates.combine(Updates.inc("n", 1), Updates.push("told", new Document("by", writer)))
					: new Document("$inc", new Document("n", 1)).append("$push", new Document("told",
							new Document("$each", List.of(new Document("by", writer))).append("$slice", -1000)));
			clients.add(() -> {
				for (int i = 0; i < 150; i++) {
					this.cases.updateOne(Filters.eq("_id", 1), update);
				}
				writing.set(false);
				return 0;
			});
		}
		for (int reader = 0; reader < 4; reader++) {
			clients.add(() -> {
				int reads = 0;
				while (writing.get()) {
					Document found = this.cases.withReadConcern(ReadConcern.MAJORITY).find().first();
					assertThat(found.getList("told", Document.class)).hasSize(found.getInteger("n"));
					reads++;
				}
				return reads;
			});
		}
		assertThat(together(clients)).filteredOn((reads) -> reads > 0).isNotEmpty();
		assertThat(this.cases.find().first()).containsEntry("n", 600);
		restart();
	}

	private static <T> List<T> together(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
		try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
			List<T> results = new ArrayList<>();
			for (Future<T> future : threads.invokeAll(tasks)) {
				results.add(future.get());
			}
			return results;
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 7 })
	void pagingByIdGivesEveryDocumentOnce(int batchSize) {
		List<String> expected = new ArrayList<>();
		for (int id = 0; id < 100; id++) {
			String key = "k%03d".formatted((id * 37) % 100);
			this.cases.insertOne(new Document("_id", key).append("state", new Document("x", id % 2)));
		}
		for (int id = 0; id < 100; id++) {
			expected.add("k%03d".formatted(id));
		}
		List<String> read = new ArrayList<>();
		String last = "";
		while (true) {
			List<Document> page = this.cases.find(Filters.gt("_id", last))
				.sort(Sorts.ascending("_id"))
				.limit(9)
				.batchSize(batchSize)
				.into(new ArrayList<>());
			if (page.isEmpty()) {
				break;
			}
			page.forEach((found) -> read.add(found.getString("_id")));
			last = read.get(read.size() - 1);
		}
		assertThat(read).isEqualTo(expected);
		assertThat(this.cases.find(Filters.and(Filters.eq("state.x", 1), Filters.lte("_id", "k050")))
			.sort(Sorts.descending("_id"))
			.limit(3)).extracting((found) -> found.getString("_id")).isSortedAccordingTo((a, b) -> b.compareTo(a));
	}

	record Case(@Id String id, @Version Long version, String region, List<String> notes) {
	}

	@Test
	void springDataKeepsItsVersions() {
		MongoTemplate template = new MongoTemplate(new SimpleMongoClientDatabaseFactory(this.client, "test"));
		Case first = template.insert(new Case("c1", null, "north", List.of()));
		Case second = template.save(new Case(first.id(), first.version(), "south", List.of("moved")));
		assertThat(second.version()).isEqualTo(1);
		assertThatExceptionOfType(OptimisticLockingFailureException.class).isThrownBy(() -> template.save(first));
		template.updateFirst(Query.query(Criteria.where("id").is("c1").and("version").is(1)),
				new Update().push("notes", "answered"), Case.class);
		Case found = template.findAndModify(Query.query(Criteria.where("region").is("south")),
				new Update().set("region", "west"), Case.class);
		assertThat(found.notes()).containsExactly("moved", "answered");
		assertThat(template.find(Query.query(Criteria.where("region").in("west", "east")), Case.class))
			.extracting(Case::version)
			.containsExactly(3L);
		GridFsTemplate files = new GridFsTemplate(template.getMongoDatabaseFactory(), template.getConverter());
		files.store(new ByteArrayInputStream(new byte[] { 1, 2, 3 }), "three.bin");
		restart();
	}

}
