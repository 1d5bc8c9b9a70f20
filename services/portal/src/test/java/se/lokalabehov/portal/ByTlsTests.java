package se.lokalabehov.portal;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The portal as an installation has it: behind a proxy that ends TLS, where people find
 * it by {@code https}; and with a limit that is low enough to be reached.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ByTlsTests {

	private static final int LIMIT = 30;

	private static final int AT_ONCE = 4;

	private final AService needIntake = new AService();

	private RunningService portal;

	@BeforeAll
	void start() {
		AService away = new AService();
		away.close();
		String service = "lokala-behov.portal.services.";
		this.portal = RunningService.start("portal",
				Map.of(service + "need-intake", this.needIntake.address(), service + "report-catalogue", away.address(),
						service + "prioritisation", away.address(), service + "national-handoff", away.address(),
						service + "feedback", away.address(), "lokala-behov.portal.mail.address",
						"https://lokalabehov.example", "server.forward-headers-strategy", "native",
						"lokala-behov.portal.limit.requests", LIMIT, "lokala-behov.portal.limit.period", "1h"),
				PortalApplication.class);
	}

	@AfterAll
	void stop() {
		this.portal.close();
		this.needIntake.close();
	}

	private Answer from(String address, String path) {
		return this.portal.anybody().get(path, "X-Forwarded-For", address, "X-Forwarded-Proto", "https");
	}

	@Test
	void aCookieIsOfThisHostAndGoesByTlsOnly() {
		// A page with a form makes a session.
		List<String> cookies = from("198.51.100.1", "/tillganglighet?sprak=en").headers().allValues("Set-Cookie");

		assertThat(cookies).anySatisfy((cookie) -> assertThat(cookie).startsWith("__Host-sprak="))
			.allSatisfy((cookie) -> assertThat(cookie).startsWith("__Host-")
				.contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax")
				.doesNotContain("Domain"));
		assertThat(from("198.51.100.1", "/oauth2/authorization/none").headers().allValues("Set-Cookie"))
			.allSatisfy((cookie) -> assertThat(cookie).startsWith("__Host-"));
	}

	@Test
	void whatIsForSomebodyIsNotKeptAndEveryAnswerSaysWhatABrowserMayDoWithIt() {
		this.needIntake.says(200, "{\"items\":[]}", Map.of());
		for (String path : List.of("/", "/api/v1/directory/organisations", "/api/v1/needs", "/api/v1/nothing",
				"/v3/api-docs", "/finns-inte")) {
			Answer answer = from("198.51.100.2", path);
			assertThat(answer.header("Content-Security-Policy")).as(path)
				.contains("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'");
			assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
			assertThat(answer.header("Referrer-Policy")).as(path).isNotEmpty();
			assertThat(answer.header("Strict-Transport-Security")).as(path)
				.contains("max-age=31536000", "includeSubDomains");
			assertThat(answer.headers().allValues("Content-Security-Policy")).as(path).hasSize(1);
		}
		assertThat(from("198.51.100.2", "/").header("Cache-Control")).contains("no-store");
	}

	@Test
	void whoAsksTooOftenWaitsAndNobodyElseDoes() {
		this.needIntake.says(200, "{\"items\":[]}", Map.of());
		Caller flooder = this.portal.as("0114", Role.MUNICIPALITY_AUTHOR);
		assertThat(IntStream.range(0, LIMIT).map((i) -> flooder.get("/api/v1/needs").status())).containsOnly(200);

		Answer tooMany = flooder.get("/api/v1/needs");

		assertThat(tooMany.status()).isEqualTo(429);
		assertThat(tooMany.header("Retry-After")).isEqualTo("3600");
		assertThat(tooMany.problem()).isEqualTo("for-manga");
		assertThat(flooder.post("/api/v1/needs", Map.of()).status()).isEqualTo(429);
		assertThat(this.needIntake.asked()).hasSize(LIMIT);
		assertThat(this.portal.as("0115", Role.MUNICIPALITY_AUTHOR).get("/api/v1/needs").status()).isEqualTo(200);
		assertThat(from("198.51.100.3", "/api/v1/needs").status()).isEqualTo(200);
		assertThat(flooder.get("/actuator/health/liveness").status()).isEqualTo(200);
	}

	@Test
	void whoAsksForMuchAtOnceWaitsForATurnAndNobodyElseDoes() throws Exception {
		this.needIntake.says(200, "{\"items\":[]}", Map.of());
		this.needIntake.holds();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> answers = new ArrayList<>();
			IntStream.range(0, 3 * AT_ONCE).forEach((i) -> answers.add(threads.submit(() -> asked("0116"))));
			await().untilAsserted(() -> assertThat(this.needIntake.asked()).hasSize(AT_ONCE));
			answers.add(threads.submit(() -> asked("0117")));
			await().untilAsserted(() -> assertThat(this.needIntake.asked()).hasSize(AT_ONCE + 1));
			this.needIntake.goesOn();
			for (Future<Integer> answer : answers) {
				assertThat(answer.get()).isEqualTo(200);
			}
		}
	}

	private int asked(String organisation) {
		return this.portal.as(organisation, Role.MUNICIPALITY_AUTHOR).get("/api/v1/needs").status();
	}

	@Test
	void whoTakesWhatIsLongSlowlyDoesNotKeepTheTurn() throws Exception {
		this.needIntake.says(200, "\"" + "å".repeat(4_000_000) + "\"", Map.of());
		HttpRequest question = HttpRequest.newBuilder(URI.create(this.portal.address() + "/api/v1/needs"))
			.header("Authorization", "Bearer " + this.portal.token("0118", Role.MUNICIPALITY_AUTHOR))
			.build();
		HttpClient reader = HttpClient.newHttpClient();
		try {
			for (int i = 0; i <= AT_ONCE; i++) {
				assertThat(reader.send(question, HttpResponse.BodyHandlers.ofInputStream()).statusCode())
					.as("the others are not read")
					.isEqualTo(200);
			}
		}
		finally {
			reader.shutdownNow();
		}
	}

	@Test
	void whoHasNotLoggedInIsAnAddress() {
		assertThat(IntStream.range(0, LIMIT).map((i) -> from("2001:db8:1:2::" + i, "/om").status())).containsOnly(200);

		assertThat(from("2001:db8:1:2:ffff::1", "/om").status()).isEqualTo(429);
		assertThat(from("2001:db8:1:3::1", "/om").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "198.51.100.7, 198.51.100.7", "2001:db8:1:2:3::4, 20010db800010002",
			"2001:db8:1:2:0:0:0:4, 20010db800010002", "ett-namn.example, ett-namn.example" })
	void aNetworkOfIpv6IsOneCallerAndANameIsNotLookedUp(String address, String place) {
		assertThat(CallerLimit.placeOf(address)).isEqualTo(place);
	}

}
