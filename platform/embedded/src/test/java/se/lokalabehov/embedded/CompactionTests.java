package se.lokalabehov.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The journal does not grow without bound, and what a compaction leaves says the same.
 */
class CompactionTests {

	@TempDir
	private Path directory;

	@Test
	void compactionBesideWritersLosesNothingAndBoundsTheFile() throws Exception {
		long written;
		List<Document> before;
		try (EmbeddedStore store = EmbeddedStore.start(this.directory, 0, 50_000);
				MongoClient client = Stores.connect(store.connectionString())) {
			MongoCollection<Document> cases = client.getDatabase("test").getCollection("cases");
			cases.createIndex(Indexes.ascending("state", "round"));
			cases.createIndex(Indexes.ascending("code"), new IndexOptions().unique(true));
			try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
				List<Future<?>> running = new ArrayList<>();
				for (int number = 0; number < 8; number++) {
					int first = number * 10;
					running.add(clients.submit(() -> rewrite(cases, first)));
				}
				for (Future<?> each : running) {
					each.get();
				}
			}
			written = 8 * 60 * 10 * 250L;
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(Files.size(journal())).isLessThan(written / 3));
			before = Stores.everything(client);
		}
		assertThat(before).filteredOn((found) -> Integer.valueOf(59).equals(found.get("round"))).hasSize(80);
		for (long floor : new long[] { Long.MAX_VALUE, 0, Long.MAX_VALUE }) {
			try (EmbeddedStore store = EmbeddedStore.start(this.directory, 0, floor);
					MongoClient client = Stores.connect(store.connectionString())) {
				assertThat(Stores.everything(client)).isEqualTo(before);
			}
		}
		assertThat(this.directory.resolve("journal.next")).doesNotExist();
	}

	private static void rewrite(MongoCollection<Document> cases, int first) {
		for (int round = 0; round < 60; round++) {
			for (int id = first; id < first + 10; id++) {
				cases.updateOne(new Document("_id", id),
						Updates.combine(Updates.set("round", round), Updates.set("state", "s" + round % 3),
								Updates.set("code", "c" + id + "/" + round), Updates.set("text", "x".repeat(100))),
						new UpdateOptions().upsert(true));
			}
			cases.deleteOne(new Document("_id", first));
			cases.insertOne(new Document("_id", first).append("round", round).append("code", "new " + first));
		}
	}

	/**
	 * An update without a sort takes the first match in natural order, which must not
	 * depend on when the journal was compacted.
	 */
	@Test
	void theNaturalOrderSurvivesCompaction() {
		try (EmbeddedStore store = EmbeddedStore.start(this.directory, 0, Long.MAX_VALUE);
				MongoClient client = Stores.connect(store.connectionString())) {
			MongoCollection<Document> cases = client.getDatabase("test").getCollection("cases");
			for (int id = 0; id < 10; id++) {
				cases.insertOne(new Document("_id", id).append("open", true));
			}
			cases.deleteOne(new Document("_id", 3));
		}
		try (EmbeddedStore store = EmbeddedStore.start(this.directory, 0, 0);
				MongoClient client = Stores.connect(store.connectionString())) {
			MongoCollection<Document> cases = client.getDatabase("test").getCollection("cases");
			cases.insertOne(new Document("_id", 30).append("open", true));
			cases.insertOne(new Document("_id", 2.5).append("open", true));
			cases.deleteMany(new Document("_id", new Document("$lt", 2.2)));
			assertThat(cases.find().map((found) -> found.get("_id")).into(new ArrayList<>()))
				.isEqualTo(List.of(4, 5, 6, 7, 8, 9, 30, 2.5));
			cases.updateOne(new Document("open", true), Updates.set("open", false));
			cases.findOneAndDelete(new Document("open", true));
		}
		try (EmbeddedStore store = EmbeddedStore.start(this.directory, 0, Long.MAX_VALUE);
				MongoClient client = Stores.connect(store.connectionString())) {
			MongoCollection<Document> cases = client.getDatabase("test").getCollection("cases");
			assertThat(cases.find().map((found) -> found.get("_id")).into(new ArrayList<>()))
				.isEqualTo(List.of(4, 6, 7, 8, 9, 30, 2.5));
			assertThat(cases.find(new Document("open", false)).first()).containsEntry("_id", 4);
		}
	}

	private Path journal() {
		return this.directory.resolve("journal");
	}

}
