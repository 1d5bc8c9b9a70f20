package se.lokalabehov.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The process with the store is killed (kill -9) while 16 clients write, and compactions
 * go on: what was acknowledged is there, what was not is there wholly or not at all.
 */
class StoreCrashTests {

	private static final int CLIENTS = 16;

	private static final int ENOUGH = 200;

	/** Per client: the highest sequence tried, and the sequences acknowledged. */
	private final Map<Integer, Integer> tried = new ConcurrentHashMap<>();

	private final Map<Integer, List<Integer>> acknowledged = new ConcurrentHashMap<>();

	private final AtomicInteger writes = new AtomicInteger();

	@TempDir
	private Path directory;

	@Test
	void noAcknowledgedWriteIsLostWhenTheProcessIsKilled() throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		int port = 0;
		for (int round = 0; round < 3; round++) {
			try (ChildProcess child = ChildProcess.store(this.directory, port, 200_000);
					MongoClient client = Stores.connect(child.address())) {
				port = URI.create(child.address()).getPort();
				MongoCollection<Document> cases = cases(client);
				assertEverythingAcknowledgedIsThere(cases, seed);
				writeUntilKilled(child, cases, random.nextInt(700));
			}
		}
		List<Document> before;
		try (ChildProcess child = ChildProcess.store(this.directory, port, 200_000);
				MongoClient client = Stores.connect(child.address())) {
			assertEverythingAcknowledgedIsThere(cases(client), seed);
			before = Stores.everything(client);
		}
		try (ChildProcess child = ChildProcess.store(this.directory, port, Long.MAX_VALUE);
				MongoClient client = Stores.connect(child.address())) {
			assertThat(Stores.everything(client)).as("seed %s", seed).isEqualTo(before);
		}
	}

	private static MongoCollection<Document> cases(MongoClient client) {
		MongoCollection<Document> cases = client.getDatabase("test").getCollection("cases");
		cases.createIndex(Indexes.ascending("client"));
		return cases;
	}

	private void writeUntilKilled(ChildProcess child, MongoCollection<Document> cases, int millis)
			throws InterruptedException, ExecutionException {
		try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
			List<Future<?>> running = new ArrayList<>();
			for (int number = 0; number < CLIENTS; number++) {
				int client = number;
				running.add(clients.submit(() -> write(cases, client)));
			}
			int before = this.writes.get();
			// However slow the machine is: something must have been acknowledged to be
			// lost.
			await().atMost(Duration.ofMinutes(1)).until(() -> this.writes.get() > before + ENOUGH);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
			child.kill();
			for (Future<?> each : running) {
				each.get();
			}
		}
	}

	/** One document per client, and one per write, until the store is away. */
	private void write(MongoCollection<Document> cases, int client) {
		List<Integer> done = this.acknowledged.computeIfAbsent(client, (key) -> new ArrayList<>());
		try {
			while (true) {
				int sequence = this.tried.merge(client, 1, Integer::sum);
				cases.insertOne(new Document("_id", client + "/" + sequence).append("client", client)
					.append("sequence", sequence)
					.append("text", "x".repeat(200)));
				cases.updateOne(Filters.eq("_id", client), Updates.push("told", sequence),
						new UpdateOptions().upsert(true));
				done.add(sequence);
				this.writes.incrementAndGet();
			}
		}
		catch (MongoException ex) {
			// killed: what was under way is unknown
		}
	}

	private void assertEverythingAcknowledgedIsThere(MongoCollection<Document> cases, long seed) {
		for (int client : this.tried.keySet()) {
			List<Integer> inserted = new ArrayList<>();
			cases.find(Filters.eq("client", client)).forEach((found) -> inserted.add(found.getInteger("sequence")));
			Document own = cases.find(Filters.eq("_id", client)).first();
			List<Integer> told = (own != null) ? own.getList("told", Integer.class) : List.of();
			for (List<Integer> found : List.of(inserted, told)) {
				assertThat(found).as("client %s, seed %s", client, seed)
					.containsAll(this.acknowledged.get(client))
					.doesNotHaveDuplicates()
					.isSorted()
					.allMatch((sequence) -> sequence <= this.tried.get(client));
			}
		}
	}

}
