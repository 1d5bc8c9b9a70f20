package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Topics;

/**
 * A portal and its demo issuer: what it shows comes from the topics, and the services
 * have nothing to add.
 */
final class PortalAlone {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"");

	private static final String COOKIE = "LOKALA_BEHOV";

	/** The demo issuer's port as {@link Servers#token} expects it. */
	private static final int ISSUER = 920;

	private final Servers.Base base;

	private final Child child;

	private final URI address;

	private PortalAlone(Servers.Base base, Child child, URI address) {
		this.base = base;
		this.child = child;
		this.address = address;
	}

	/**
	 * Starts both; the topics are there then.
	 * @param options of the portal's JVM
	 */
	static PortalAlone start(Servers servers, String name, Servers.Base base, List<String> options)
			throws IOException, InterruptedException {
		int port = servers.freePort();
		URI address = URI.create("http://localhost:" + port);
		URI issuer = Servers.beside(address, ISSUER);
		Child issuing = servers.start(name + "-issuer", List.of("-Xmx256m", "-XX:+UseSerialGC"),
				List.of("-jar", Servers.jar("platform/demo-issuer").toString(), "--server.port=" + issuer.getPort(),
						"--lokala-behov.demo-issuer.issuer=" + issuer,
						"--lokala-behov.demo-issuer.directory=" + servers.directory().resolve(name + "-key"),
						"--lokala-behov.demo-issuer.redirect-uris="
								+ address.resolve("/login/oauth2/code/lokala-behov"),
						"--lokala-behov.demo-issuer.post-logout-redirect-uris=" + address.resolve("/")));
		issuing.answers(issuer.resolve("/oauth2/jwks"));
		List<String> main = new ArrayList<>(List.of("-jar", Servers.jar("services/portal").toString(),
				"--server.port=" + port, "--server.address=127.0.0.1", "--spring.main.banner-mode=off",
				"--lokala-behov.portal.limit.requests=1000000",
				"--lokala-behov.portal.logins.lokala-behov.issuer=" + issuer,
				"--lokala-behov.portal.logins.lokala-behov.client-secret=demo"));
		main.addAll(base.arguments());
		main.addAll(Servers.trusting(issuer.toString()));
		int services = servers.freePort();
		servers
			.start(name + "-services", List.of("-Xmx64m", "-XX:+UseSerialGC"), NothingThere.class,
					Integer.toString(services))
			.said("READY");
		for (String service : List.of("need-intake", "prioritisation", "national-handoff", "feedback",
				"report-catalogue")) {
			main.add("--lokala-behov.portal.services." + service + "=http://localhost:" + services);
		}
		Child child = servers.start(name, options, main);
		child.answers(address.resolve("/actuator/health/readiness"));
		return new PortalAlone(base, child, address);
	}

	Child child() {
		return this.child;
	}

	URI address() {
		return this.address;
	}

	/** Seconds of a processor that the portal, its broker and its store have used. */
	double cpuSeconds() {
		return this.child.cpuSeconds() + this.base.children().stream().mapToDouble(Child::cpuSeconds).sum();
	}

	/** Logs somebody in as a browser does; gives the cookie that says so. */
	String cookie(String login) throws IOException, InterruptedException {
		CookieManager cookies = new CookieManager();
		try (HttpClient http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.cookieHandler(cookies)
			.followRedirects(HttpClient.Redirect.NORMAL)
			.build()) {
			HttpResponse<String> form = http.send(
					HttpRequest.newBuilder(this.address.resolve("/logga-in")).header("Accept", "text/html").build(),
					HttpResponse.BodyHandlers.ofString());
			Matcher csrf = CSRF.matcher(form.body());
			if (!csrf.find()) {
				throw new IllegalStateException("no login at " + form.uri());
			}
			http.send(HttpRequest.newBuilder(form.uri())
				.header("Accept", "text/html")
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers
					.ofString("username=" + login + "&password=demo&_csrf=" + csrf.group(1)))
				.build(), HttpResponse.BodyHandlers.ofString());
		}
		return cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(COOKIE))
			.map(HttpCookie::getValue)
			.findFirst()
			.map((value) -> COOKIE + "=" + value)
			.orElseThrow(() -> new IllegalStateException(login + " is not logged in"));
	}

	/** Waits until its consumers have taken everything that is told. */
	void takesAll() throws InterruptedException, ExecutionException {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", this.base.bootstrap()))) {
			Map<TopicPartition, Long> ends = ends(admin);
			while (lag(admin, ends) > 0) {
				TimeUnit.MILLISECONDS.sleep(200);
			}
		}
	}

	private static Map<TopicPartition, Long> ends(Admin admin) throws InterruptedException, ExecutionException {
		Map<TopicPartition, OffsetSpec> all = new HashMap<>();
		admin.describeTopics(Topics.all().stream().map(Topic::name).toList())
			.allTopicNames()
			.get()
			.forEach((name, topic) -> topic.partitions()
				.forEach((one) -> all.put(new TopicPartition(name, one.partition()), OffsetSpec.latest())));
		return admin.listOffsets(all)
			.all()
			.get()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (end) -> end.getValue().offset()));
	}

	private static long lag(Admin admin, Map<TopicPartition, Long> ends)
			throws InterruptedException, ExecutionException {
		Map<TopicPartition, Long> reached = new HashMap<>();
		for (var group : admin.listGroups().all().get()) {
			for (Map.Entry<TopicPartition, OffsetAndMetadata> one : admin.listConsumerGroupOffsets(group.groupId())
				.partitionsToOffsetAndMetadata()
				.get()
				.entrySet()) {
				reached.merge(one.getKey(), one.getValue().offset(), Math::max);
			}
		}
		return ends.entrySet()
			.stream()
			.filter((end) -> !end.getKey().topic().equals(Topics.DIRECTORY.name()))
			.mapToLong((end) -> end.getValue() - reached.getOrDefault(end.getKey(), 0L))
			.sum();
	}

	/** Waits until it does next to nothing. */
	void quiet() throws InterruptedException {
		Duration second = Duration.ofSeconds(1);
		for (int calm = 0; calm < 3;) {
			double before = cpuSeconds();
			Thread.sleep(second);
			calm = (cpuSeconds() - before < 0.2) ? calm + 1 : 0;
		}
	}

}
