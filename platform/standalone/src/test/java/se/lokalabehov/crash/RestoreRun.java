package se.lokalabehov.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
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
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.contracts.Topics;

/**
 * The drill of backup and restore. A platform is told stories, backed up, told more, and
 * then loses its store (first drill) or its broker's disks (second drill), which are
 * restored from the backup. It must notice, be repaired by the operator's acts as
 * {@code deploy/README.md} says them, and have again what it had; what is gone for good
 * is counted.
 */
public final class RestoreRun {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** The services by the distance of their port from the portal's, which is 0. */
	private static final List<String> SERVICES = List.of("portal", "need-intake", "prioritisation", "national-handoff",
			"feedback", "report-catalogue");

	private static final Duration REST = Duration.ofMinutes(3);

	private final HttpClient http = HttpClient.newHttpClient();

	private final Path data;

	private final Path backup;

	private final Child platform;

	private final Duration telling;

	private boolean good = true;

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
		Path directory = Files.createTempDirectory("restore");
		RestoreRun run = new RestoreRun(directory, Duration.ofSeconds(seconds));
		try {
			run.drill("store");
			FileSystemUtils.deleteRecursively(run.data);
			FileSystemUtils.deleteRecursively(run.backup);
			run.drill("broker");
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
		System.exit(run.good ? 0 : 1);
	}

	private void drill(String lost) throws Exception {
		Process child = this.platform.start();
		try {
			tell();
			Child.end(child);
			FileSystemUtils.copyRecursively(this.data, this.backup);
			child = this.platform.start();
			tell();
			Holding before = holding();
			child.destroyForcibly().waitFor();
			FileSystemUtils.deleteRecursively(this.data.resolve(lost));
			FileSystemUtils.copyRecursively(this.backup.resolve(lost), this.data.resolve(lost));
			long began = System.nanoTime();
			child = this.platform.start();
			long started = System.nanoTime();
			System.out.printf("%n%s restored from the backup: %s%n", lost, noticed());
			repair();
			Holding after = restored(before);
			report(lost, before, after, started - began, System.nanoTime() - started);
		}
		finally {
			child.destroyForcibly().waitFor();
		}
	}

	/** Tells stories for a while, and waits until all of them have come to rest. */
	private void tell() throws Exception {
		Journal journal = new Journal();
		List<Client> clients = new ArrayList<>();
		try (ExecutorService executor = Executors.newCachedThreadPool()) {
			for (int i = 0; i < 6; i++) {
				Client client = new Client(this.platform.port(), journal, System.nanoTime());
				clients.add(client);
				executor.execute(() -> {
					while (!client.isStopped()) {
						try {
							new Story(client).tell();
						}
						catch (Client.Abandoned ex) {
							journal.count("stories abandoned");
						}
					}
				});
			}
			TimeUnit.MILLISECONDS.sleep(this.telling.toMillis());
			clients.forEach(Client::stop);
		}
		Invariants invariants = new Invariants(this.platform.store(), this.platform.broker(), journal);
		long deadline = System.nanoTime() + REST.toNanos();
		while (!invariants.check().isEmpty() && System.nanoTime() < deadline) {
			TimeUnit.SECONDS.sleep(1);
		}
		System.out.printf("told: %d commands acknowledged; %s%n", journal.total("ok "), invariants.summary());
	}

	/** What the services say that they miss, before anything is done about it. */
	private String noticed() throws Exception {
		int behind = 0;
		long lost = 0;
		for (String service : SERVICES) {
			JsonNode status = window(service, "");
			behind += status.path("behind").size();
			lost += status.path("lostTails").valueStream().mapToLong(JsonNode::asLong).sum();
		}
		check(behind + lost > 0, "nobody noticed");
		return behind + " keys whose store is behind, " + lost + " records lost from topics";
	}

	/** As the operator does it: stores first, then topics, then views. */
	private void repair() throws Exception {
		for (String action : List.of("repair", "republish")) {
			for (var topic : Topics.all()) {
				act(topic.owner(), action, topic.name());
			}
		}
		for (String service : SERVICES) {
			for (JsonNode projection : window(service, "").path("projections")) {
				act(service, "reconsume", projection.path("name").asString());
			}
		}
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
		Map<String, String> hashes = new TreeMap<>();
		for (String service : SERVICES) {
			window(service, "?hashes=true").path("projections")
				.forEach((one) -> hashes.put(service + "/" + one.path("name").asString(), one.path("hash").asString()));
		}
		return new Holding(events, others, ballots, hashes);
	}

	private JsonNode window(String service, String asked) throws Exception {
		return JSON.readTree(send(HttpRequest.newBuilder(address(service, "/actuator/eventing" + asked)).GET()));
	}

	private void act(String service, String action, String target) throws Exception {
		String answer = send(HttpRequest.newBuilder(address(service, "/actuator/eventing"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers
				.ofString(JSON.writeValueAsString(Map.of("action", action, "target", target)))));
		check(!answer.contains("\"error\""), service + " " + action + " " + target + ": " + answer);
	}

	private String send(HttpRequest.Builder request) throws Exception {
		HttpResponse<String> answer = this.http.send(request.header("Authorization", "Bearer " + token()).build(),
				HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(answer.request().uri() + ": " + answer.statusCode() + " " + answer.body());
		}
		return answer.body();
	}

	private String token() throws Exception {
		HttpResponse<String> answer = this.http.send(HttpRequest
			.newBuilder(URI.create("http://localhost:" + (this.platform.port() + Child.ISSUER) + "/oauth2/token"))
			.header("Authorization",
					"Basic " + Base64.getEncoder()
						.encodeToString("administrator-SKR:demo".getBytes(StandardCharsets.UTF_8)))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
			.build(), HttpResponse.BodyHandlers.ofString());
		return JSON.readTree(answer.body()).path("access_token").asString("");
	}

	private URI address(String service, String path) {
		return URI.create("http://localhost:" + (this.platform.port() + SERVICES.indexOf(service)) + path);
	}

	private void check(boolean holds, String otherwise) {
		if (!holds) {
			this.good = false;
			System.out.println("BROKEN: " + otherwise);
		}
	}

}
