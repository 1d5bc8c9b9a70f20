package se.lokalabehov.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.testsupport.TestIssuer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A small service behind the real filter chain, called over HTTP with good and bad
 * tokens.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhoIsCallingTests {

	private static final String METRICS_TOKEN = "hemligt-for-matningen-0123";

	private final TestIssuer national = TestIssuer.start();

	private final TestIssuer municipal = TestIssuer.start();

	private final TestIssuer untrusted = TestIssuer.start();

	private final TestIssuer away = TestIssuer.start();

	/** Whose address for keys leads elsewhere. */
	private final TestIssuer moved = TestIssuer.start();

	private final HttpServer redirects = redirectsTo(URI.create(this.moved.issuer() + "/jwks"));

	private final HttpClient client = HttpClient.newHttpClient();

	private @Nullable ConfigurableApplicationContext service;

	@BeforeAll
	void startService(@TempDir Path secrets) throws IOException {
		this.away.close();
		Map<String, Object> properties = new HashMap<>(this.national.properties());
		// The municipality's own issuer: other claim names, one organisation, two roles.
		properties.put("lokala-behov.security.issuers[1].issuer", this.municipal.issuer());
		properties.put("lokala-behov.security.issuers[1].jwk-set-uri", this.municipal.issuer() + "/jwks");
		properties.put("lokala-behov.security.issuers[1].organisation-claim", "tenant.id");
		properties.put("lokala-behov.security.issuers[1].organisation-names[212000-0142]", "0180");
		properties.put("lokala-behov.security.issuers[1].roles-claim", "realm_access.roles");
		properties.put("lokala-behov.security.issuers[1].role-names[Behovsgodkannare]", "municipality-approver");
		properties.put("lokala-behov.security.issuers[1].organisations", "0180");
		properties.put("lokala-behov.security.issuers[1].roles", "municipality-author, municipality-approver");
		properties.put("lokala-behov.security.issuers[1].assurance-levels[urn:sambi:strong]", "3");
		properties.put("lokala-behov.security.issuers[1].machines", "system-0180");
		properties.put("lokala-behov.security.issuers[1].token-age", "15m");
		properties.put("lokala-behov.security.assurance.municipality-approver", "3");
		properties.put("lokala-behov.security.issuers[0].assurance", "3");
		properties.put("lokala-behov.security.issuers[2].issuer", this.away.issuer());
		properties.put("lokala-behov.security.issuers[2].organisations", "*");
		properties.put("lokala-behov.security.issuers[3].issuer", this.moved.issuer());
		properties.put("lokala-behov.security.issuers[3].jwk-set-uri",
				"http://127.0.0.1:" + this.redirects.getAddress().getPort() + "/jwks");
		properties.put("lokala-behov.security.issuers[3].organisations", "*");
		properties.put("server.port", "0");
		properties.put("server.address", "127.0.0.1");
		properties.put("management.endpoints.web.exposure.include", "*");
		// As a secret of Kubernetes or a file that somebody has edited, with an end of
		// line.
		Files.writeString(secrets.resolve("lokala-behov.security.metrics-token"), METRICS_TOKEN + "\n");
		properties.put("spring.config.import", "configtree:" + secrets + "/");
		properties.put("management.health.defaults.enabled", "false");
		this.service = new SpringApplicationBuilder(SmallService.class).properties(properties).run();
	}

	@AfterAll
	void stop() {
		if (this.service != null) {
			this.service.close();
		}
		this.national.close();
		this.municipal.close();
		this.untrusted.close();
		this.moved.close();
		this.redirects.stop(0);
	}

	private static HttpServer redirectsTo(URI there) {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", (exchange) -> {
				exchange.getResponseHeaders().set("Location", there.toString());
				exchange.sendResponseHeaders(302, -1);
				exchange.close();
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void aValidTokenSaysWhoForWhomAndInWhichRoles() {
		HttpResponse<String> answer = post(
				this.national.token("kim", "0180", Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER));

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(
				Caller.pseudonym(this.national.issuer(), "kim") + " 0180 [MUNICIPALITY_APPROVER, MUNICIPALITY_AUTHOR]");
		assertThat(answer.body()).doesNotContain("kim");
	}

	@Test
	void anUnknownRoleIsIgnored() {
		String token = this.national.sign(this.national.claims("kim", "0180")
			.claim("roles", List.of("municipality-author", "superuser"))
			.build());

		assertThat(post(token).body()).endsWith(" 0180 [MUNICIPALITY_AUTHOR]");
	}

	@Test
	void rolesMayBeOneTextWithSpacesInEitherSpelling() {
		String token = this.national
			.sign(this.national.claims("kim", "SKR").claim("roles", "SKR_COMPILER administrator").build());

		assertThat(post(token).body()).endsWith(" SKR [ADMINISTRATOR, SKR_COMPILER]");
	}

	@Test
	void aMunicipalitysIssuerUsesItsOwnNamesForOrganisationAndRole() {
		String token = this.municipal
			.sign(ofTheMunicipality("212000-0142", "Behovsgodkannare").claim("acr", "3").build());

		assertThat(post(token).body())
			.isEqualTo(Caller.pseudonym(this.municipal.issuer(), "kim") + " 0180 [MUNICIPALITY_APPROVER]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "3", "4", "http://id.elegnamnden.se/loa/1.0/loa3", "urn:sambi:strong", "1 3" })
	void aRoleCountsWhenTheLoginIsSureEnough(String level) {
		String token = this.municipal
			.sign(ofTheMunicipality("0180", "municipality-approver").claim("acr", level).build());

		assertThat(post(token).body()).endsWith(" 0180 [MUNICIPALITY_APPROVER]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "2", "5", "33", "http://id.elegnamnden.se/loa/1.0/loa2", "urn:sambi:STRONG", "" })
	void aRoleDoesNotCountWhenTheLoginIsTooWeak(String level) {
		String token = this.municipal
			.sign(ofTheMunicipality("0180", "municipality-author municipality-approver").claim("acr", level).build());

		assertThat(post(token).body()).endsWith(" 0180 [MUNICIPALITY_AUTHOR] too weak for [MUNICIPALITY_APPROVER]");
	}

	@Test
	void noLevelIsAskedOfAMachineThatIsListed() {
		JWTClaimsSet.Builder machine = ofTheMunicipality("0180", "municipality-approver").subject("system-0180");

		assertThat(post(this.municipal.sign(machine.build())).body()).endsWith(" 0180 [MUNICIPALITY_APPROVER]");
	}

	@Test
	void aTokenThatIsOlderThanARemovedPersonMayStayIsRefused() {
		Date old = Date.from(Instant.now().minus(Duration.ofMinutes(16)));

		assertThat(post(this.municipal.sign(ofTheMunicipality("0180", "municipality-author").issueTime(old).build()))
			.statusCode()).isEqualTo(401);
		assertThat(post(this.municipal.sign(ofTheMunicipality("0180", "municipality-author").issueTime(null).build()))
			.statusCode()).isEqualTo(401);
	}

	@Test
	void aTokenWhoseSignatureIsRememberedIsRefusedFromWhenItHasExpired() {
		// Half a minute more is allowed, for clocks that differ.
		Date expired = Date.from(Instant.now().minusSeconds(27));
		String token = this.municipal
			.sign(ofTheMunicipality("0180", "municipality-author").issueTime(Date.from(Instant.now().minusSeconds(60)))
				.expirationTime(expired)
				.build());

		assertThat(post(token).statusCode()).isEqualTo(200);
		Awaitility.await().untilAsserted(() -> assertThat(post(token).statusCode()).isEqualTo(401));
	}

	@Test
	void aMunicipalitysIssuerCanNotMakeAnAgencyOfficer() {
		assertThat(post(this.municipal.sign(ofTheMunicipality("SOS", "agency-officer").build())).statusCode())
			.isEqualTo(401);
	}

	@Test
	void aMunicipalitysIssuerCanNotGiveARoleThatIsNotListedForIt() {
		String token = this.municipal.sign(ofTheMunicipality("0180", "administrator").build());

		assertThat(post(token).body()).endsWith(" 0180 []");
		assertThat(get("/actuator/env", token).statusCode()).isEqualTo(403);
	}

	@Test
	void thePublicMayReadAndIsAnonymous() {
		HttpResponse<String> answer = get("/api/v1/things", null);

		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("anonymous");
	}

	@Test
	void thePublicMayNotWrite() {
		HttpResponse<String> answer = post(null);

		assertRefusedAs(answer, 401, "https://lokalabehov.se/problem/ej-inloggad");
		assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
		assertThat(answer.body()).contains("Du behöver logga in");
	}

	static Stream<Named<Forgery>> forgeries() {
		return Stream.of(Named.of("no signature", (test) -> new PlainJWT(test.goodClaims().build()).serialize()),
				Named.of("HS256 with the public key as secret", WhoIsCallingTests::signedWithThePublicKey),
				Named.of("another key under the same key id", (test) -> {
					RSAKey other = new RSAKeyGenerator(2048).keyID(test.national.key().getKeyID()).generate();
					return signed(JWSAlgorithm.RS256, other, test.goodClaims().build(), null);
				}), Named.of("a key that the issuer does not have", (test) -> {
					RSAKey other = new RSAKeyGenerator(2048).keyID("unknown").generate();
					return signed(JWSAlgorithm.RS256, other, test.goodClaims().build(), null);
				}), Named.of("a key that the token itself brings", (test) -> withItsOwnKey(test, (header, other) -> {
					header.jwk(other.toPublicJWK());
				})), Named.of("a key that lies where the token says", (test) -> withItsOwnKey(test, (header, other) -> {
					header.jwkURL(URI.create(test.untrusted.issuer() + "/jwks"));
				})), Named.of("a certificate that lies where the token says",
						(test) -> withItsOwnKey(test, (header, other) -> {
							header.x509CertURL(URI.create(test.untrusted.issuer() + "/jwks"));
						})),
				Named.of("a key id that is a path",
						(test) -> signed(JWSAlgorithm.RS256,
								new RSAKeyGenerator(2048).keyID("../../../../dev/null").generate(),
								test.goodClaims().build(), null)),
				Named.of("an algorithm that is not on the list",
						(test) -> signed(JWSAlgorithm.RS512, test.national.key(), test.goodClaims().build(), null)),
				Named.of("another type of token",
						(test) -> signed(JWSAlgorithm.RS256, test.national.key(), test.goodClaims().build(),
								new JOSEObjectType("logout+jwt"))),
				Named.of("an issuer that is not trusted",
						(test) -> test.untrusted.token("0180", Role.MUNICIPALITY_AUTHOR)),
				Named.of("a trusted issuer's name with an untrusted issuer's key",
						(test) -> test.untrusted.sign(test.goodClaims().build())),
				Named.of("another trusted issuer's name", (test) -> test.municipal.sign(test.goodClaims().build())),
				Named.of("no issuer", (test) -> test.national.sign(test.goodClaims().issuer(null).build())),
				Named.of("another audience",
						(test) -> test.national.sign(test.goodClaims().audience("another-system").build())),
				Named.of("no audience",
						(test) -> test.national.sign(test.goodClaims().audience((String) null).build())),
				Named.of("expired",
						(test) -> test.national.sign(
								test.goodClaims().expirationTime(Date.from(Instant.now().minusSeconds(300))).build())),
				Named.of("never expires", (test) -> test.national.sign(test.goodClaims().expirationTime(null).build())),
				Named.of("not valid yet",
						(test) -> test.national
							.sign(test.goodClaims().notBeforeTime(Date.from(Instant.now().plusSeconds(300))).build())),
				Named.of("no subject", (test) -> test.national.sign(test.goodClaims().subject(null).build())),
				Named.of("no organisation",
						(test) -> test.national.sign(test.goodClaims().claim("organisation", null).build())),
				Named.of("two organisations",
						(test) -> test.national
							.sign(test.goodClaims().claim("organisation", List.of("0180", "1480")).build())),
				Named.of("an organisation that is no identifier",
						(test) -> test.national.sign(test.goodClaims().claim("organisation", "../0180").build())),
				Named.of("no JWT at all", (test) -> "abc"));
	}

	@ParameterizedTest
	@MethodSource("forgeries")
	void aBadTokenIsRefusedAlsoForReading(Forgery forgery) throws Exception {
		String token = forgery.token(this);

		for (HttpResponse<String> answer : List.of(post(token), get("/api/v1/things", token))) {
			assertRefusedAs(answer, 401, "https://lokalabehov.se/problem/ej-inloggad");
			assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
			assertThat(answer.body()).doesNotContain(token);
		}
	}

	@Test
	void aTokenOfAnIssuerThatDoesNotAnswerIsNeitherGoodNorBad() {
		HttpResponse<String> answer = post(this.away.token("0180", Role.MUNICIPALITY_AUTHOR));

		assertRefusedAs(answer, 503, "https://lokalabehov.se/problem/inloggning-nere");
		assertThat(answer.headers().firstValue("Retry-After")).isPresent();
	}

	@Test
	void keysAreNotFetchedFromWhereTheirAddressSendsOneOn() {
		HttpResponse<String> answer = post(this.moved.token("0180", Role.MUNICIPALITY_AUTHOR));

		assertRefusedAs(answer, 503, "https://lokalabehov.se/problem/inloggning-nere");
	}

	@Test
	void theActuatorIsForSkrsAdministratorsExceptHealthAndInfo() {
		String author = this.national.token("0180", Role.MUNICIPALITY_AUTHOR);
		String administrator = this.national.token("SKR", Role.ADMINISTRATOR);

		assertThat(get("/actuator/health", null).statusCode()).isEqualTo(200);
		assertThat(get("/actuator/info", null).statusCode()).isEqualTo(200);
		assertThat(get("/actuator/env", null).statusCode()).isEqualTo(401);
		assertRefusedAs(get("/actuator/env", author), 403, "https://lokalabehov.se/problem/ej-behorig");
		assertRefusedAs(get("/actuator/env", this.national.token("0180", Role.ADMINISTRATOR)), 403,
				"https://lokalabehov.se/problem/ej-behorig");
		assertThat(get("/actuator/env", administrator).statusCode()).isEqualTo(200);
	}

	@Test
	void aSecretIsReadFromTheFileThatIsNamedAsTheSetting() {
		assertThat(get("/actuator/prometheus", METRICS_TOKEN).statusCode()).isEqualTo(200);
	}

	@Test
	void aCollectorOfMetricsMayReadThemAndNothingElse() {
		assertThat(get("/actuator/prometheus", METRICS_TOKEN).statusCode()).isEqualTo(200);
		assertThat(get("/actuator/prometheus", this.national.token("SKR", Role.ADMINISTRATOR)).statusCode())
			.isEqualTo(200);

		assertThat(get("/actuator/prometheus", null).statusCode()).isEqualTo(401);
		assertThat(get("/actuator/prometheus", METRICS_TOKEN + "x").statusCode()).isEqualTo(401);
		assertThat(get("/actuator/prometheus", this.national.token("0180", Role.ADMINISTRATOR)).statusCode())
			.isEqualTo(403);
		assertThat(get("/actuator/env", METRICS_TOKEN).statusCode()).isEqualTo(401);
		assertThat(post(METRICS_TOKEN).statusCode()).isEqualTo(401);
	}

	@Test
	void theDescriptionOfTheApiIsOpenAndAllElseIsDenied() {
		assertThat(get("/v3/api-docs", null).body()).isEqualTo("described");
		assertThat(get("/elsewhere", null).statusCode()).isEqualTo(401);
		assertThat(get("/elsewhere", this.national.token("SKR", Role.ADMINISTRATOR)).statusCode()).isEqualTo(401);
		assertThat(get("/api/v1/no-such-thing", null).statusCode()).isEqualTo(404);
	}

	private JWTClaimsSet.Builder goodClaims() {
		return this.national.claims("kim", "0180", Role.MUNICIPALITY_AUTHOR);
	}

	private JWTClaimsSet.Builder ofTheMunicipality(String tenant, String roles) {
		return this.municipal.claims("kim", "ignored")
			.claim("tenant", Map.of("id", tenant))
			.claim("realm_access", Map.of("roles", List.of(roles.split(" "))));
	}

	private static String signedWithThePublicKey(WhoIsCallingTests test) throws Exception {
		SignedJWT token = new SignedJWT(
				new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(test.national.key().getKeyID()).build(),
				test.goodClaims().build());
		token.sign(new MACSigner(test.national.key().toRSAPublicKey().getEncoded()));
		return token.serialize();
	}

	/** Signed by the untrusted issuer's key, of which the header says something. */
	private static String withItsOwnKey(WhoIsCallingTests test, BiConsumer<JWSHeader.Builder, RSAKey> saying)
			throws Exception {
		RSAKey other = test.untrusted.key();
		JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(other.getKeyID());
		saying.accept(header, other);
		SignedJWT token = new SignedJWT(header.build(), test.goodClaims().build());
		token.sign(new RSASSASigner(other));
		return token.serialize();
	}

	private static String signed(JWSAlgorithm algorithm, RSAKey key, JWTClaimsSet claims, @Nullable JOSEObjectType type)
			throws Exception {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).type(type).build(),
				claims);
		token.sign(new RSASSASigner(key));
		return token.serialize();
	}

	private static void assertRefusedAs(HttpResponse<String> answer, int status, String type) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains("\"type\":\"" + type + "\"", "\"status\":" + status, "\"title\":",
				"\"detail\":");
	}

	private HttpResponse<String> get(String path, @Nullable String token) {
		return send(request(path, token).GET().build());
	}

	private HttpResponse<String> post(@Nullable String token) {
		return send(request("/api/v1/things", token).POST(BodyPublishers.noBody()).build());
	}

	private HttpRequest.Builder request(String path, @Nullable String token) {
		String port = (this.service != null) ? this.service.getEnvironment().getProperty("local.server.port") : null;
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		return request;
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Makes a token that nobody should believe. */
	interface Forgery {

		String token(WhoIsCallingTests test) throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	// What guards a service is tried here, without anything to keep or to publish.
	@EnableAutoConfiguration(excludeName = "se.lokalabehov.eventing.EventingAutoConfiguration")
	@Import(Things.class)
	static class SmallService {

	}

	@RestController
	static class Things {

		@GetMapping("/api/v1/things")
		String read(Caller caller) {
			return caller.isAnonymous() ? "anonymous" : "known";
		}

		@PostMapping("/api/v1/things")
		String write(Caller caller) {
			assertThat(Caller.current()).isEqualTo(caller);
			assertThat(caller.is(Role.ADMINISTRATOR, new OrganisationId("0180"))).isFalse();
			return caller.subject() + " " + caller.organisation() + " "
					+ caller.roles().stream().sorted(Comparator.comparing(Role::name)).toList()
					+ (caller.tooWeak().isEmpty() ? "" : " too weak for " + caller.tooWeak());
		}

		@GetMapping("/v3/api-docs")
		String described() {
			return "described";
		}

		@GetMapping("/elsewhere")
		String elsewhere() {
			return "never seen";
		}

	}

}
