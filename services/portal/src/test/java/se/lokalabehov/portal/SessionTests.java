package se.lokalabehov.portal;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.demoissuer.DemoIssuerApplication;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The session of somebody who has logged in: what it does at the services, when it ends,
 * and what happens to what was typed.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionTests {

	private static final String LEVEL = "http://id.elegnamnden.se/loa/1.0/loa3";

	private static final String CODE = "kod-4f1c9a";

	private static final String NOTE = "Vem frågar man om sekretess mellan förvaltningar?";

	private final AService needIntake = new AService();

	private final AService catalogue = new AService();

	private final int issuerPort = freePort();

	private final String portal = "http://localhost:" + freePort();

	private ConfigurableApplicationContext issuer;

	private RunningService running;

	private Path data;

	@BeforeAll
	void start(@TempDir Path temporary) {
		this.data = temporary;
		this.issuer = anIssuer();
		AService away = new AService();
		away.close();
		String service = "lokala-behov.portal.services.";
		String login = "lokala-behov.portal.logins.lokala-behov.";
		Map<String, Object> properties = new HashMap<>(Map.of(service + "need-intake", this.needIntake.address(),
				service + "report-catalogue", this.catalogue.address(), service + "prioritisation", away.address(),
				service + "national-handoff", away.address(), service + "feedback", away.address(), "server.port",
				this.portal.replaceFirst(".*:", ""), login + "issuer", issuerName(), login + "client-secret", "demo",
				"lokala-behov.portal.renewal", "1s"));
		// Says of each page that it was asked for.
		properties.put("logging.level.org.springframework.web.servlet.DispatcherServlet", "DEBUG");
		properties.put("logging.level.se.lokalabehov", "DEBUG");
		properties.put("lokala-behov.security.issuers[1].issuer", issuerName());
		properties.put("lokala-behov.security.issuers[1].organisations", "*");
		properties.put(login + "acr-values", LEVEL);
		properties.put("lokala-behov.security.assurance.fou-editor", "3");
		this.running = RunningService.start("portal", properties, PortalApplication.class);
	}

	private String issuerName() {
		return "http://localhost:" + this.issuerPort;
	}

	private ConfigurableApplicationContext anIssuer() {
		return new SpringApplicationBuilder(DemoIssuerApplication.class).run("--spring.config.name=demo-issuer",
				"--server.port=" + this.issuerPort, "--lokala-behov.demo-issuer.issuer=" + issuerName(),
				"--lokala-behov.demo-issuer.directory=" + this.data.resolve("issuer"),
				"--lokala-behov.demo-issuer.redirect-uris=" + this.portal + "/login/oauth2/code/lokala-behov",
				"--lokala-behov.demo-issuer.post-logout-redirect-uris=" + this.portal + "/");
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterAll
	void stop() {
		this.running.close();
		this.issuer.close();
		List.of(this.needIntake, this.catalogue).forEach(AService::close);
	}

	private Visitor visitor(String login) {
		Visitor visitor = new Visitor(this.portal);
		assertThat(visitor.logIn(login).to()).isEqualTo(this.portal + "/start");
		return visitor;
	}

	@Test
	void aFormActsAtTheServiceAsThePersonWithItsOwnKey() {
		Visitor author = visitor("forfattare-0180");
		this.needIntake.says(201, "{\"id\":\"note-1\"}", Map.of());
		Map<String, String> form = author.get("/fragor/ny").hidden();
		form.put("text", NOTE);

		assertThat(author.post("/fragor/ny", form).to()).endsWith("/fragor/ny?noterat");

		AService.Asked asked = this.needIntake.asked().getFirst();
		assertThat(asked.method() + " " + asked.target()).isEqualTo("POST /api/v1/question-notes");
		assertThat(asked.body()).contains(NOTE);
		assertThat(asked.headers().getFirst("Idempotency-Key")).isEqualTo(form.get("nyckel"));
		assertThat(claims(asked)).contains("\"organisation\":\"0180\"", "municipality-author");
	}

	private static String claims(AService.Asked asked) {
		String token = String.valueOf(asked.headers().getFirst("Authorization"));
		return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
	}

	@Test
	void theLevelOfALoginIsAskedForAndOneThatDoesNotReachItSaysSo() {
		Visitor editor = new Visitor(this.portal);
		assertThat(editor.get("/oauth2/authorization/lokala-behov").to()).startsWith(issuerName())
			.contains("acr_values=" + LEVEL);

		assertThat(editor.logIn("redaktor-FOUV").to()).isEqualTo(this.portal + "/start");

		assertThat(editor.get("/start").text()).contains("kräver en säkrare inloggning");
		assertThat(editor.get("/katalog/mina").status()).isEqualTo(403);
		assertThat(visitor("forfattare-0180").get("/start").text()).doesNotContain("kräver en säkrare inloggning");
	}

	@Test
	void aLoginThatThisBrowserHasNotAskedForOpensNoSession() {
		Visitor visitor = new Visitor(this.portal);
		String asked = visitor.get("/oauth2/authorization/lokala-behov").to();
		assertThat(asked).contains("state=", "nonce=", "code_challenge=");
		String back = "/login/oauth2/code/lokala-behov?code=x&state=";
		for (String answer : List.of(back + "another", back,
				back + asked.replaceFirst(".*[?&]state=([^&]*).*", "$1"))) {
			assertThat(visitor.get(answer).to()).as(answer).isEqualTo(this.portal + "/logga-in?fel");
			assertThat(visitor.get("/start").to()).as(answer).endsWith("/logga-in");
		}
	}

	@Test
	void anIdentityTokenForAnotherLoginOpensNoSession() {
		Visitor visitor = new Visitor(this.portal);
		Visitor.Seen asked = visitor.get("/oauth2/authorization/lokala-behov");
		Visitor.Seen other = new Visitor.Seen(asked.status(), asked.to().replaceFirst("nonce=[^&]*", "nonce=another"),
				"");

		assertThat(visitor.logIn("forfattare-0180", other).to()).isEqualTo(this.portal + "/logga-in?fel");
		assertThat(visitor.get("/start").to()).endsWith("/logga-in");
		assertThat(visitor.logIn("forfattare-0180", visitor.get("/oauth2/authorization/lokala-behov")).to())
			.as("the same way with its own")
			.isEqualTo(this.portal + "/start");
	}

	@Test
	void aSessionHasSoManyStreamsAndTheyEndWithIt() {
		String stream = "/handelser?omgang=cycle-1";
		Visitor coordinator = visitor("samordnare-RSS-01");
		List<HttpResponse<Stream<String>>> open = Stream.generate(() -> coordinator.listen(stream))
			.limit(Changes.MOST_OF_A_SESSION)
			.toList();
		assertThat(open).allMatch((one) -> one.statusCode() == 200);
		assertThat(coordinator.listen(stream).statusCode()).isEqualTo(503);
		assertThat(visitor("forfattare-0180").listen(stream).statusCode()).isEqualTo(403);

		coordinator.post("/logga-ut", coordinator.get("/om").hidden());

		assertThat(open).allSatisfy((one) -> assertThat(CompletableFuture.supplyAsync(() -> one.body().toList()))
			.succeedsWithin(Duration.ofSeconds(20)));
		assertThat(coordinator.listen(stream).statusCode()).isEqualTo(204);
	}

	@Test
	void aServiceThatIsAwayIsNamedWhatWasTypedIsKeptAndReadingWorks() {
		Visitor author = visitor("forfattare-0180");
		Map<String, String> form = author.get("/fragor/ny").hidden();
		form.put("text", NOTE);
		this.needIntake.hangsUp();

		Visitor.Seen refused = author.post("/fragor/ny", form);

		assertThat(refused.text()).contains("Tjänsten för insamlingar och behov är borta just nu", NOTE);
		assertThat(author.get("/mina-behov").status()).isEqualTo(200);
		assertThat(author.get("/start").text()).contains("Din startsida",
				"Tjänsten för insamlingar och behov är borta just nu");
		assertThat(author.get("/fragor").status()).isEqualTo(503);
		this.needIntake.says(201, "{\"id\":\"note-1\"}", Map.of());
		Awaitility.await()
			.untilAsserted(() -> assertThat(author.fill("/fragor/ny", Map.of("text", NOTE)).status()).isEqualTo(302));
	}

	@Test
	void aServiceThatFailsIsNotTakenForOneThatHasNothing() {
		Visitor author = visitor("forfattare-0180");
		for (int status : List.of(500, 429)) {
			this.needIntake.says(status, "{}", Map.of());

			Visitor.Seen refused = author.get("/fragor");

			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.text()).contains("Tjänsten för insamlingar och behov är borta just nu");
		}
	}

	/** The page that the form stands on needs the same service. */
	@Test
	void whatIsSentToAServiceThatIsAwayIsSentAgainFromThePageThatSaysSo() {
		Visitor approver = visitor("godkannare-0180");
		Map<String, String> form = approver.get("/fragor/ny").hidden();
		form.putAll(Map.of("utkast", "need-1", "nyckel", "n-2"));
		this.needIntake.hangsUp();

		Visitor.Seen refused = approver.post("/behov/nytt/skicka", form);

		assertThat(refused.status()).isEqualTo(503);
		assertThat(refused.text()).contains("Tjänsten för insamlingar och behov är borta just nu", "Försök igen",
				"action=\"/behov/nytt/skicka\"");
		assertThat(refused.hidden()).containsEntry("utkast", "need-1").containsEntry("nyckel", "n-2");
		this.needIntake.says(200, "{\"id\":\"need-1\"}", Map.of());
		Awaitility.await()
			.untilAsserted(() -> assertThat(approver.post("/behov/nytt/skicka", refused.hidden()).to())
				.endsWith("/behov/need-1?inskickat"));
	}

	@Test
	void whatIsOnItsWayIsTriedAgainByItself() {
		Visitor author = visitor("forfattare-0180");
		Map<String, String> form = author.get("/fragor/ny").hidden();
		form.put("text", NOTE);
		this.needIntake.says(409, "{\"type\":\"https://lokalabehov.se/problem/inte-framme\"}",
				Map.of("Content-Type", "application/problem+json"));
		Thread.ofVirtual().start(() -> {
			Awaitility.await().until(() -> this.needIntake.asked().size() > 1);
			this.needIntake.says(201, "{\"id\":\"note-1\"}", Map.of());
		});

		assertThat(author.post("/fragor/ny", form).to()).endsWith("/fragor/ny?noterat");
	}

	@Test
	void whatTheServiceRefusesIsSaidInItsOwnWordsAtItsField() {
		Visitor author = visitor("forfattare-0180");
		this.needIntake.says(422,
				"""
						{"type":"https://lokalabehov.se/problem/felaktig-uppgift","detail":"Rätta det som är fel.","fields":[{"name":"text","detail":"Texten är för lång."}]}""",
				Map.of("Content-Type", "application/problem+json"));

		Visitor.Seen refused = author.fill("/fragor/ny", Map.of("text", NOTE));

		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.text()).contains("Rätta det som är fel.", "href=\"#text\"", "Texten är för lång.",
				"aria-invalid=\"true\"", NOTE);
	}

	@Test
	void aFormThatMeetsNoSessionIsKeptForWhoLogsIn() {
		Visitor author = new Visitor(this.portal);
		assertThat(author.post("/fragor/ny", Map.of("text", NOTE, "nyckel", "n-1", "_csrf", "gammal")).to())
			.isEqualTo(this.portal + "/logga-in");

		assertThat(author.logIn("forfattare-0180").to()).isEqualTo(this.portal + "/fortsatt");
		Map<String, String> kept = author.get("/fortsatt").hidden();
		assertThat(kept).containsEntry("text", NOTE).containsEntry("nyckel", "n-1");
		this.needIntake.says(201, "{\"id\":\"note-1\"}", Map.of());
		assertThat(author.post("/fragor/ny", kept).to()).endsWith("/fragor/ny?noterat");
	}

	@Test
	void aFormOfSomebodyElsesPageIsNeitherTakenNorKept() {
		Visitor author = visitor("forfattare-0180");
		this.needIntake.says(201, "{\"id\":\"note-1\"}", Map.of());
		Map<String, String> form = Map.of("text", NOTE, "nyckel", "n-1");

		assertThat(author.post("/fragor/ny", form, "https://ond.example").status()).isEqualTo(403);
		assertThat(this.needIntake.asked()).isEmpty();
		Visitor stranger = new Visitor(this.portal);
		assertThat(stranger.post("/fragor/ny", form, "https://ond.example").status()).isEqualTo(403);
		assertThat(stranger.logIn("forfattare-0180").to()).isEqualTo(this.portal + "/start");
	}

	@Test
	void onePageIsNotForAnotherRole() {
		Visitor agency = visitor("handlaggare-SOS");

		Visitor.Seen refused = agency.get("/mina-behov");

		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.text()).contains("Sidan är inte för din roll");
		assertThat(agency.post("/behov/nytt", agency.get("/start").hidden()).status()).isEqualTo(403);
	}

	@Test
	void aLoginMakesANewSession() {
		Visitor author = new Visitor(this.portal);
		author.get("/fragor/ny");
		String before = author.cookie("LOKALA_BEHOV");

		author.logIn("forfattare-0180");

		assertThat(before).isNotEmpty();
		assertThat(author.cookie("LOKALA_BEHOV")).isNotEmpty().isNotEqualTo(before);
	}

	@Test
	void whoLogsInAndOutAndWhoCanNotIsInTheAuditLog() {
		Visitor officer = visitor("handlaggare-IVO");
		officer.post("/logga-ut", officer.get("/start").hidden());
		new Visitor(this.portal).get("/login/oauth2/code/lokala-behov?code=" + CODE + "&state=eftergjort");

		Awaitility.await().untilAsserted(() -> {
			String rows = auditLog();
			assertThat(rows).contains("LOGIN IVO AGENCY_OFFICER login 200", "LOGIN IVO AGENCY_OFFICER logout ",
					"LOGIN -  login 401");
			assertThat(rows).doesNotContain(CODE, "handlaggare-IVO");
		});
	}

	@Test
	void whoMayNotReadIsInTheAuditLogToo() {
		Caller author = this.running.as("1280", Role.MUNICIPALITY_AUTHOR);
		assertThat(author.get("/actuator/eventing").status()).isEqualTo(403);
		assertThat(this.running.bearing("a.b.c").get("/api/v1/traces/need-1").status()).isEqualTo(401);

		Awaitility.await()
			.untilAsserted(
					() -> assertThat(auditLog()).contains("REFUSED 1280 MUNICIPALITY_AUTHOR GET /actuator/eventing 403",
							"REFUSED -  GET /api/v1/traces 401"));
	}

	private String auditLog() {
		Caller administrator = this.running.as("SKR", Role.ADMINISTRATOR);
		StringBuilder log = new StringBuilder();
		int from = 1;
		for (JsonNode rows = rows(administrator, from); !rows.isEmpty(); rows = rows(administrator, from)) {
			rows.forEach((row) -> log
				.append(Stream.of("kind", "organisation", "role", "what", "result")
					.map((field) -> row.path(field).asString(""))
					.collect(Collectors.joining(" ")))
				.append('\n'));
			from += rows.size();
		}
		return log.toString();
	}

	private static JsonNode rows(Caller administrator, int from) {
		return administrator.get("/actuator/audit/" + from).body().path("rows");
	}

	@Test
	void noTokenNoCookieAndNoSecretOfALoginIsLogged(CapturedOutput output) {
		Visitor author = visitor("forfattare-0180");
		this.needIntake.says(200, "{\"items\":[]}", Map.of());
		author.get("/fragor");
		String token = String.valueOf(this.needIntake.asked().getFirst().headers().getFirst("Authorization"))
			.replace("Bearer ", "");
		this.needIntake.says(500, "{}", Map.of());
		author.get("/fragor");
		author.post("/fragor/ny", Map.of("text", NOTE, "_csrf", "gammal"));
		String session = author.cookie("LOKALA_BEHOV");
		new Visitor(this.portal).get("/login/oauth2/code/lokala-behov?code=" + CODE + "&state=eftergjort");
		this.running.bearing(token.replaceFirst("[^.]+$", "AAAA")).get("/api/v1/traces/need-1");
		this.running.bearing(token).post("/api/v1/traces", Map.of("text", NOTE));

		assertThat(token).hasSizeGreaterThan(100);
		assertThat(session).hasSizeGreaterThan(20);
		assertThat(output.getAll()).contains("GET \"/fragor\"")
			.doesNotContain(token, token.split("\\.")[1], session, CODE, NOTE);
	}

	@Test
	void theTokensAreRenewedAndWhoTheIssuerNoLongerKnowsIsOut() {
		Visitor author = visitor("forfattare-0180");
		this.needIntake.says(200, "{\"items\":[]}", Map.of());
		author.get("/fragor");
		String first = String.valueOf(this.needIntake.asked().getFirst().headers().getFirst("Authorization"));
		Awaitility.await().untilAsserted(() -> {
			author.get("/fragor");
			assertThat(this.needIntake.asked().getLast().headers().getFirst("Authorization")).isNotEqualTo(first);
		});

		this.issuer.close();
		assertThat(author.get("/fragor").status()).as("the issuer is away for a moment").isEqualTo(200);
		this.issuer = anIssuer();
		// It has forgotten all logins, as it would forget one who was removed.
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(author.get("/fragor").to()).isEqualTo(this.portal + "/logga-in"));
	}

}
