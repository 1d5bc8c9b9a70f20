package se.lokalabehov.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import se.lokalabehov.testsupport.Node;

/**
 * The drill of backup and restore. A platform is told stories, backed up, told more, and
 * then loses its store (first drill) or its broker's disks (second drill), which are
 * restored from the backup. It must notice, be repaired by the operator's acts as
 * {@code deploy/README.md} says them, and have again what it had; what is gone for good
 * is counted.
 */
public final class RestoreRun {

	private static final Duration REST = Duration.ofMinutes(3);

	private final Path data;

	private final Path backup;

	private final Child platform;

	private final Operator operator;

	private final Duration telling;

	private final Journal journal = new Journal();

	private final List<String> broken = new ArrayList<>();

	/**
	 * What there is, looked at from outside.
	 *
	 * @param events aggregate to how many events its story has
	 * @param others documents that no topic has, by collection
	 * @param ballots how many
	 * @param hashes view to the hash over all its documents
	 */
	private record Holding(Map<String, Integer> events, Map<String, Integer> others, int ballots,
			Map<String, String> hashes) {
	}

	private RestoreRun(Path directory, Duration telling) throws IOException {
		this.data = directory.resolve("data");
		this.backup = directory.resolve("backup");
		this.telling = telling;
		this.platform = new Child(this.data, List.of());
		this.operator = new Operator(this.platform.port());
	}

	/**
	 * The command: {@code --seconds=15}, how long it is told stories before and after the
	 * backup.
	 * @param arguments as above
	 * @throws Exception when it can not be run
	 */
	public static void main(String[] arguments) throws Exception {
		int seconds = 15;
		for (String argument : arguments) {
			seconds = Integer.parseInt(argument.replaceFirst("^--seconds=", ""));
		}
		boolean good = true;
		for (String lost : List.of("store", "broker")) {
			good &= drill(lost, Duration.ofSeconds(seconds), new Journal()).isEmpty();
		}
		System.exit(good ? 0 : 1);
	}

	/**
	 * One drill.
	 * @param lost {@code store} or {@code broker}
	 * @param telling how long it is told stories before and after the backup
	 * @param told what the clients have seen is added here
	 * @return what does not hold; nothing is good
	 * @throws Exception when it can not be run
	 */
	static List<String> drill(String lost, Duration telling, Journal told) throws Exception {
		Path directory = Files.createTempDirectory("restore");
		try {
			RestoreRun run = new RestoreRun(directory, telling);
			run.drill(lost);
			run.journal.byKind().forEach(told::count);
			return run.broken;
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private void drill(String lost) throws Exception {
		Node child = this.platform.start();
		try {
			tell();
			Child.end(child);
			FileSystemUtils.copyRecursively(this.data, this.backup);
			child = this.platform.start();
			tell();
			Holding before = holding();
			child.kill();
			FileSystemUtils.deleteRecursively(this.data.resolve(lost));
			FileSystemUtils.copyRecursively(this.backup.resolve(lost), this.data.resolve(lost));
			long began = System.nanoTime();
			child = this.platform.start();
			long started = System.nanoTime();
			System.out.printf("%n%s restored from the backup: %s%n", lost, noticed());
			this.operator.repair();
			Holding after = restored(before);
			report(lost, before, after, started - began, System.nanoTime() - started);
		}
		finally {
			child.kill();
		}
	}

	/** Tells stories for a while, and waits until all of them have come to rest. */
	private void tell() throws Exception {
		List<Client> clients = new ArrayList<>();
		try (ExecutorService executor = Executors.newCachedThreadPool()) {
			for (int i = 0; i < 6; i++) {
				Client client = new Client(this.platform.port(), this.journal, System.nanoTime());
				clients.add(client);
				executor.execute(client::tellOn);
			}
			TimeUnit.MILLISECONDS.sleep(this.telling.toMillis());
			clients.forEach(Client::stop);
		}
		Invariants invariants = new Invariants(this.platform.store(), this.platform.broker(), this.journal);
		long deadline = System.nanoTime() + REST.toNanos();
		while (!invariants.check().isEmpty() && System.nanoTime() < deadline) {
			TimeUnit.SECONDS.sleep(1);
		}
		System.out.printf("told: %d commands acknowledged; %s%n", this.journal.total("ok "), invariants.summary());
	}

	/** What the services say that they miss, before anything is done about it. */
	private String noticed() throws Exception {
		int behind = 0;
		long lost = 0;
		for (String service : Operator.SERVICES) {
			JsonNode status = this.operator.window(service, "");
			behind += status.path("behind").size();
			lost += status.path("lostTails").valueStream().mapToLong(JsonNode::asLong).sum();
		}
		check(behind + lost > 0, "nobody noticed");
		return behind + " keys whose store is behind, " + lost + " records lost from topics";
	}

	/** Waits until it is as before, or long enough; then gives what there is. */
	private Holding restored(Holding before) throws Exception {
		long deadline = System.nanoTime() + REST.toNanos();
		Holding after = holding();
		while (!(after.events().equals(before.events()) && after.hashes().equals(before.hashes()))
				&& System.nanoTime() < deadline) {
			TimeUnit.SECONDS.sleep(1);
			after = holding();
		}
		return after;
	}

	private void report(String lost, Holding before, Holding after, long starting, long repairing) {
		Set<String> missing = new TreeSet<>();
		before.events().forEach((one, count) -> {
			if (after.events().getOrDefault(one, 0) < count) {
				missing.add(one);
			}
		});
		Set<String> views = new TreeSet<>();
		before.hashes().forEach((one, hash) -> {
			if (!hash.equals(after.hashes().get(one))) {
				views.add(one);
			}
		});
		System.out.printf(Locale.ROOT, """
				  started again after               %.1f s
				  repaired and as before after      %.1f s more
				  events                            %d before, %d lost
				  views                             %d, %d of them other than before %s
				  ballots                           %d before, %d lost
				  drafts and the like (no topic)    %s before, %s after
				""", starting / 1e9, repairing / 1e9, sum(before.events()), sum(before.events()) - sum(after.events()),
				before.hashes().size(), views.size(), views, before.ballots(), before.ballots() - after.ballots(),
				before.others(), after.others());
		check(missing.isEmpty(), "events are lost of " + missing);
		check(views.isEmpty(), "views are not as before: " + views);
		// These are nowhere but in the store.
		check(lost.equals("store") || (before.ballots() == after.ballots() && before.others().equals(after.others())),
				"the store has changed");
	}

	private static int sum(Map<String, Integer> counts) {
		return counts.values().stream().mapToInt(Integer::intValue).sum();
	}

	private Holding holding() throws Exception {
		Map<String, Integer> events = new TreeMap<>();
		Map<String, Integer> others = new TreeMap<>();
		int ballots = 0;
		try (MongoClient client = MongoClients.create(this.platform.store())) {
			Set<String> names = client.listDatabaseNames().into(new HashSet<>());
			for (String name : names.stream()
				.filter((one) -> one.startsWith("lokala-behov-"))
				.collect(Collectors.toCollection(TreeSet::new))) {
				for (String collection : client.getDatabase(name).listCollectionNames()) {
					for (Document document : client.getDatabase(name).getCollection(collection).find()) {
						if (!document.containsKey("acts")) {
							break;
						}
						List<?> story = document.getList("events", Object.class, List.of());
						if (story.isEmpty()) {
							others.merge(collection, 1, Integer::sum);
						}
						else {
							events.put(collection + "/" + document.getString("_id"), story.size());
						}
						ballots += document.get("ballots", new Document()).size();
					}
				}
			}
		}
		return new Holding(events, others, ballots, this.operator.hashes());
	}

	private void check(boolean holds, String otherwise) {
		if (!holds) {
			this.broken.add(otherwise);
			System.out.println("BROKEN: " + otherwise);
		}
	}

}
