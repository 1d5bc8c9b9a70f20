package se.lokalabehov.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.contracts.Topics;

/**
 * SKR's administrator at a platform that runs: looks at health, metrics and the window of
 * each service, and acts there as {@code deploy/README.md} says.
 */
final class Operator {

	/** The services by the distance of their port from the portal's, which is 0. */
	static final List<String> SERVICES = List.of("portal", "need-intake", "prioritisation", "national-handoff",
			"feedback", "report-catalogue");

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(2))
		.build();

	private final int portal;

	/**
	 * An operator.
	 * @param portal the portal's port
	 */
	Operator(int portal) {
		this.portal = portal;
	}

	/**
	 * The answer of a service's health.
	 * @param group such as {@code /readiness}, or nothing for the whole truth
	 * @return the status; 0 when there is no answer within 4 s
	 */
	int health(String service, String group) throws InterruptedException {
		try {
			return this.http
				.send(HttpRequest.newBuilder(address(service, "/actuator/health" + group))
					.timeout(Duration.ofSeconds(4))
					.build(), HttpResponse.BodyHandlers.discarding())
				.statusCode();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	/** The sum of a metric over its tags and all services. */
	double metric(String name) throws IOException, InterruptedException {
		return metric(name, "");
	}

	/** The same, of those lines that say something in their tags. */
	double metric(String name, String tag) throws IOException, InterruptedException {
		double sum = 0;
		for (String service : SERVICES) {
			sum += send(HttpRequest.newBuilder(address(service, "/actuator/prometheus")).GET()).lines()
				.filter((line) -> line.startsWith(name + "{") || line.startsWith(name + " "))
				.filter((line) -> tag.isEmpty() || line.contains('"' + tag + '"'))
				.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
				.sum();
		}
		return sum;
	}

	/** What a service's window of eventing shows. */
	JsonNode window(String service, String asked) throws IOException, InterruptedException {
		return JSON.readTree(send(HttpRequest.newBuilder(address(service, "/actuator/eventing" + asked)).GET()));
	}

	/** View to the hash over all its documents. */
	Map<String, String> hashes() throws IOException, InterruptedException {
		Map<String, String> hashes = new TreeMap<>();
		for (String service : SERVICES) {
			window(service, "?hashes=true").path("projections")
				.forEach((one) -> hashes.put(service + "/" + one.path("name").asString(), one.path("hash").asString()));
		}
		return hashes;
	}

	/** Acts; an error is an {@link IllegalStateException}. */
	JsonNode act(String service, Map<String, String> what) throws IOException, InterruptedException {
		JsonNode answer = JSON.readTree(send(HttpRequest.newBuilder(address(service, "/actuator/eventing"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(what)))));
		if (answer.has("error")) {
			throw new IllegalStateException(service + " " + what + ": " + answer);
		}
		return answer;
	}

	/** After a restored backup: stores first, then topics, then views. */
	void repair() throws IOException, InterruptedException {
		for (String action : List.of("repair", "republish")) {
			for (var topic : Topics.all()) {
				act(topic.owner(), Map.of("action", action, "target", topic.name()));
			}
		}
		eachService((service) -> {
			for (JsonNode view : window(service, "").path("projections")) {
				act(service, Map.of("action", "reconsume", "target", view.path("name").asString()));
			}
		});
	}

	/** Makes every view anew from its topic; gives those that are not as before. */
	List<String> rebuild() throws IOException, InterruptedException {
		Queue<String> other = new ConcurrentLinkedQueue<>();
		eachService((service) -> act(service, Map.of("action", "rebuild", "target", "*")).path("projections")
			.forEach((view) -> {
				if (!view.path("identical").asBoolean(false)) {
					other.add(service + " " + view);
				}
			}));
		return List.copyOf(other);
	}

	private interface Asking {

		void ask(String service) throws IOException, InterruptedException;

	}

	/** All services at once. */
	private static void eachService(Asking asking) throws IOException, InterruptedException {
		try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<String>> tasks = SERVICES.stream().<Callable<String>>map((service) -> () -> {
				asking.ask(service);
				return service;
			}).toList();
			for (Future<String> done : each.invokeAll(tasks)) {
				done.get();
			}
		}
		catch (ExecutionException ex) {
			throw new IOException(ex.getCause());
		}
	}

	private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
		HttpResponse<String> answer = this.http.send(
				request.timeout(Duration.ofMinutes(2)).header("Authorization", "Bearer " + token()).build(),
				HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(answer.request().uri() + ": " + answer.statusCode() + " " + answer.body());
		}
		return answer.body();
	}

	/** The status that the bearer of a token gets. */
	int bears(String token) throws IOException, InterruptedException {
		return this.http
			.send(HttpRequest.newBuilder(address("need-intake", "/actuator/eventing"))
				.timeout(Duration.ofSeconds(10))
				.header("Authorization", "Bearer " + token)
				.build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	/** A token of the demo issuer, as it gives them now. */
	String token() throws IOException, InterruptedException {
		return token("administrator-SKR");
	}

	/** The same for any login. */
	String token(String login) throws IOException, InterruptedException {
		HttpResponse<String> answer = this.http.send(HttpRequest
			.newBuilder(URI.create("http://localhost:" + (this.portal + Child.ISSUER) + "/oauth2/token"))
			.timeout(Duration.ofSeconds(10))
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString((login + ":demo").getBytes(StandardCharsets.UTF_8)))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
			.build(), HttpResponse.BodyHandlers.ofString());
		return JSON.readTree(answer.body()).path("access_token").asString("");
	}

	private URI address(String service, String path) {
		return URI.create("http://localhost:" + (this.portal + SERVICES.indexOf(service)) + path);
	}

}
