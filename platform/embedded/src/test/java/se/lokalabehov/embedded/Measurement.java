package se.lokalabehov.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import org.bson.Document;

/**
 * Prints the figures of the README. Not a test: run it by hand, on a quiet machine, with
 * the test class path.
 */
final class Measurement {

	private static final int CLIENTS = 32;

	private Measurement() {
	}

	public static void main(String[] arguments) throws Exception {
		Path directory = Files.createTempDirectory("measurement");
		try {
			System.out
				.println("| operations/s | insert x1 | insert x32 | update x1 | update x32 | push x1, 500 events |");
			System.out.println("|---|---|---|---|---|---|");
			for (int round = 0; round < 2; round++) {
				MongoServer library = new MongoServer(new MemoryBackend());
				try (MongoClient client = Stores.connect(library.bindAndGetConnectionString())) {
					System.out.println("| library in memory, nothing durable " + operations(client, round));
				}
				library.shutdownNow();
				try (EmbeddedStore store = EmbeddedStore.start(directory.resolve("round" + round), 0);
						MongoClient client = Stores.connect(store.connectionString())) {
					System.out.println("| embedded store " + operations(client, round));
				}
			}
			queries(directory.resolve("queries"));
			broker(directory.resolve("broker"));
		}
		finally {
			delete(directory);
		}
	}

	private static String operations(MongoClient client, int round) throws Exception {
		MongoCollection<Document> needs = client.getDatabase("test").getCollection("needs" + round);
		StringBuilder row = new StringBuilder();
		row.append(perSecond(1, 8_000, (i) -> needs.insertOne(need(i))));
		row.append(perSecond(CLIENTS, 24_000, (i) -> needs.insertOne(need(100_000 + i))));
		row.append(perSecond(1, 8_000, (i) -> update(needs, i)));
		row.append(perSecond(CLIENTS, 24_000, (i) -> update(needs, 100_000 + i)));
		needs.insertOne(new Document("_id", "story").append("events",
				IntStream.range(0, 500).mapToObj(Measurement::need).toList()));
		row.append(perSecond(1, 500, (i) -> needs.updateOne(Filters.eq("_id", "story"),
				Updates.combine(Updates.push("events", need(i)), Updates.inc("version", 1)))));
		return row.append("|").toString();
	}

	private static void update(MongoCollection<Document> needs, int id) {
		needs.updateOne(Filters.eq("_id", id),
				Updates.combine(Updates.set("state", "submitted"), Updates.inc("version", 1)));
	}

	private static Document need(int id) {
		return new Document("_id", id).append("municipality", "%04d".formatted(id % 290))
			.append("version", 1)
			.append("state", "draft")
			.append("question", "q".repeat(200))
			.append("situation", "s".repeat(200))
			.append("kinds", List.of("method", "overview"))
			.append("author", new Document("organisation", "0180").append("unit", "north"));
	}

	private static String perSecond(int clients, int operations, IntConsumer operation)
			throws InterruptedException, ExecutionException {
		long start = System.nanoTime();
		try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
			List<Future<?>> running = new ArrayList<>();
			for (int client = 0; client < clients; client++) {
				int first = client;
				running.add(threads.submit(() -> {
					for (int i = first; i < operations; i += clients) {
						operation.accept(i);
					}
				}));
			}
			for (Future<?> each : running) {
				each.get();
			}
		}
		return "| %,d ".formatted(operations * 1_000_000_000L / (System.nanoTime() - start));
	}

	private static void queries(Path directory) throws IOException {
		int count = 200_000;
		try (EmbeddedStore store = EmbeddedStore.start(directory, 0);
				MongoClient client = Stores.connect(store.connectionString())) {
			MongoCollection<Document> needs = client.getDatabase("test").getCollection("needs");
			for (int first = 0; first < count; first += 1_000) {
				needs.insertMany(IntStream.range(first, first + 1_000).mapToObj(Measurement::need).toList());
			}
			System.out.printf("%n%,d documents, %,d bytes each in the journal, heap %,d MB%n", count,
					Files.size(directory.resolve("journal")) / count, usedHeap());
			time("find {municipality} (690 hits) by a scan", 10,
					() -> needs.find(Filters.eq("municipality", "0017")).into(new ArrayList<>()));
			needs.createIndex(Indexes.ascending("municipality", "state"));
			System.out.printf("heap with an index %,d MB%n", usedHeap());
			time("find {municipality} (690 hits) with the index", 50,
					() -> needs.find(Filters.eq("municipality", "0017")).into(new ArrayList<>()));
			time("update {_id, version}", 1_000,
					() -> needs.updateOne(Filters.and(Filters.eq("_id", 7_000), Filters.gte("version", 1)),
							Updates.inc("version", 1)));
			time("a page of 500 by {_id: {$gt}}, sorted", 10,
					() -> needs.find(Filters.gt("_id", 100_000))
						.sort(Sorts.ascending("_id"))
						.limit(500)
						.into(new ArrayList<>()));
		}
		for (String what : List.of("open", "open again")) {
			long start = System.nanoTime();
			EmbeddedStore store = EmbeddedStore.start(directory, 0);
			System.out.printf("%s: %,d ms%n", what, (System.nanoTime() - start) / 1_000_000);
			store.close();
		}
	}

	private static void broker(Path directory) {
		for (String what : List.of("broker, new", "broker, again")) {
			long start = System.nanoTime();
			EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
			broker.evictDeadConsumers();
			long started = System.nanoTime();
			System.out.printf("%n%s: ready after %,d ms, heap of everything %,d MB", what,
					(started - start) / 1_000_000, usedHeap());
			broker.close();
			System.out.printf(", closed after %,d ms%n", (System.nanoTime() - started) / 1_000_000);
		}
	}

	private static void time(String what, int times, Runnable operation) {
		for (int i = 0; i < times; i++) {
			operation.run();
		}
		long start = System.nanoTime();
		for (int i = 0; i < times; i++) {
			operation.run();
		}
		System.out.printf("%s: %.2f ms%n", what, (System.nanoTime() - start) / 1e6 / times);
	}

	private static long usedHeap() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000;
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

}
