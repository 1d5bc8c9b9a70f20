package se.lokalabehov.demoissuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.jwt.BadJwtException;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.CallerTokens;
import se.lokalabehov.security.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The demo issuer as a whole, called over HTTP as scripts and browsers do.
 */
class DemoIssuerTests {

	private static final String ISSUER = "http://demo.example:9000";

	private static final String REDIRECT = "http://localhost:8080/login/oauth2/code/lokala-behov";

	@TempDir
	private Path data = Path.of("");

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

	private Optional<ConfigurableApplicationContext> running = Optional.empty();

	@BeforeEach
	void start() {
		this.running = Optional
			.of(new SpringApplicationBuilder(DemoIssuerApplication.class).properties("spring.config.name=demo-issuer")
				.run("--server.port=0", "--lokala-behov.demo-issuer.issuer=" + ISSUER,
						"--lokala-behov.demo-issuer.directory=" + this.data.resolve("issuer")));
	}

	@AfterEach
	void stop() {
		this.running.ifPresent(ConfigurableApplicationContext::close);
	}

	@ParameterizedTest
	@CsvSource({ "forfattare-0180, MUNICIPALITY_AUTHOR, 0180", "godkannare-0180, MUNICIPALITY_APPROVER, 0180",
			"socialchef-0180, SOCIAL_CHIEF, 0180", "samordnare-RSS-14-GR, RSS_COORDINATOR, RSS-14-GR",
			"sammanstallare-SKR, SKR_COMPILER, SKR", "handlaggare-SOS, AGENCY_OFFICER, SOS",
			"redaktor-FOUV, FOU_EDITOR, FOUV", "administrator-SKR, ADMINISTRATOR, SKR" })
	void aScriptGetsATokenThatTheServicesBelieve(String login, Role role, String organisation) throws Exception {
		HttpResponse<String> answer = tokenFor(login, "demo");

		assertThat(answer.statusCode()).isEqualTo(200);
		servicesThatTrustTheIssuer().run((service) -> {
			Caller caller = service.getBean(CallerTokens.class).read(accessToken(answer));
			assertThat(caller)
				.isEqualTo(new Caller(Caller.pseudonym(ISSUER, login), new OrganisationId(organisation), Set.of(role)));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "handlaggare-0180", "forfattare-9999", "samordnare-SOS", "portal-0180" })
	void whoDoesNotExistGetsNoToken(String login) {
		assertThat(tokenFor(login, "demo").statusCode()).isEqualTo(401);
	}

	@Test
	void aWrongSecretGetsNoToken() {
		assertThat(tokenFor("forfattare-0180", "wrong").statusCode()).isEqualTo(401);
	}

	@Test
	void thePortalCanNotActAsItself() {
		assertThat(tokenFor("portal", "demo").statusCode()).isEqualTo(400);
	}

	@Test
	void aBrowserLogsInWithFormAndCodeAndProofKey() throws Exception {
		String verifier = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";
		HttpResponse<String> toLogin = browse(authorizeWith(challengeOf(verifier)));
		assertThat(toLogin.statusCode()).isEqualTo(302);
		assertThat(location(toLogin)).endsWith("/login");

		HttpResponse<String> form = browse("/login");
		assertThat(form.body()).contains("Endast för prov", "<html lang=\"sv\">", "samordnare-RSS-01");

		HttpResponse<String> wrong = submit(form, "forfattare-0180", "wrong");
		assertThat(location(wrong)).endsWith("/login?error");
		HttpResponse<String> again = browse("/login?error");
		assertThat(again.body()).contains("stämmer inte");

		HttpResponse<String> loggedIn = submit(again, "forfattare-0180", "demo");
		assertThat(location(loggedIn)).contains("/oauth2/authorize");
		HttpResponse<String> toPortal = browse(authorizeWith(challengeOf(verifier)));
		assertThat(location(toPortal)).startsWith(REDIRECT + "?code=").endsWith("state=s1");

		String code = found("code=([^&]+)", location(toPortal));
		HttpResponse<String> tokens = post("/oauth2/token", "portal", "demo", Map.of("grant_type", "authorization_code",
				"code", code, "redirect_uri", REDIRECT, "code_verifier", verifier));
		assertThat(tokens.statusCode()).isEqualTo(200);
		JWTClaimsSet identity = SignedJWT.parse(text(tokens, "id_token")).getJWTClaimsSet();
		assertThat(identity.getAudience()).containsExactly("portal");
		assertThat(identity.getClaimAsString("name")).isEqualTo("Författare i en kommun, Stockholm");
		servicesThatTrustTheIssuer().run((service) -> {
			CallerTokens reader = service.getBean(CallerTokens.class);
			assertThat(reader.read(accessToken(tokens)).is(Role.MUNICIPALITY_AUTHOR, new OrganisationId("0180")))
				.isTrue();
			assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> reader.read(text(tokens, "id_token")));
		});

		HttpResponse<String> refreshed = post("/oauth2/token", "portal", "demo",
				Map.of("grant_type", "refresh_token", "refresh_token", text(tokens, "refresh_token")));
		assertThat(refreshed.statusCode()).isEqualTo(200);
		HttpResponse<String> userInfo = send(
				request("/userinfo").header("Authorization", "Bearer " + accessToken(refreshed)).build());
		assertThat(userInfo.body()).contains("forfattare-0180");
	}

	@Test
	void aBrowserWithoutProofKeyOrWithAnotherAddressIsTurnedAway() {
		assertThat(location(browse(authorizeWith("") + "&prompt=none"))).contains("error=invalid_request");
		assertThat(browse(authorizeWith("abc").replace("8080", "8081")).statusCode()).isEqualTo(400);
	}

	@Test
	void tokensAndKeySurviveARestart() throws Exception {
		String before = accessToken(tokenFor("forfattare-0180", "demo"));
		stop();
		start();

		servicesThatTrustTheIssuer()
			.run((service) -> assertThat(service.getBean(CallerTokens.class).read(before).organisation())
				.isEqualTo(new OrganisationId("0180")));
		Path key = this.data.resolve("issuer/signing-key.json");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("rw-------");
	}

	@Test
	void theDiscoveryDocumentNamesTheIssuer() throws Exception {
		HttpResponse<String> document = browse("/.well-known/openid-configuration");

		assertThat(text(document, "issuer")).isEqualTo(ISSUER);
		assertThat(text(document, "jwks_uri")).isEqualTo(ISSUER + "/oauth2/jwks");
	}

	/**
	 * A service with the platform's own security, as its auto-configuration sets it up.
	 */
	private WebApplicationContextRunner servicesThatTrustTheIssuer() throws ClassNotFoundException {
		return new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(Class.forName("se.lokalabehov.security.SecurityAutoConfiguration"),
					WebMvcAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class))
			.withPropertyValues("lokala-behov.security.issuers[0].issuer=" + ISSUER,
					"lokala-behov.security.issuers[0].jwk-set-uri=" + address("/oauth2/jwks"),
					"lokala-behov.security.issuers[0].organisations=*");
	}

	private HttpResponse<String> tokenFor(String login, String secret) {
		return post("/oauth2/token", login, secret, Map.of("grant_type", "client_credentials"));
	}

	private HttpResponse<String> submit(HttpResponse<String> page, String name, String password) {
		return send(request("/login")
			.POST(form(Map.of("_csrf", found("name=\"_csrf\" value=\"([^\"]+)\"", page.body()), "username", name,
					"password", password)))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.build());
	}

	private HttpResponse<String> post(String path, String login, String secret, Map<String, String> fields) {
		String basic = Base64.getEncoder().encodeToString((login + ':' + secret).getBytes(StandardCharsets.UTF_8));
		return send(request(path).POST(form(fields))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("Authorization", "Basic " + basic)
			.build());
	}

	private HttpResponse<String> browse(String path) {
		return send(request(path).header("Accept", "text/html").build());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(address(path)));
	}

	private String address(String path) {
		return "http://127.0.0.1:" + this.running.orElseThrow().getEnvironment().getProperty("local.server.port")
				+ path;
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

	private static String authorizeWith(String challenge) {
		return "/oauth2/authorize?response_type=code&client_id=portal&scope=openid&state=s1&redirect_uri="
				+ encoded(REDIRECT)
				+ (challenge.isEmpty() ? "" : "&code_challenge=" + challenge + "&code_challenge_method=S256");
	}

	private static String challengeOf(String verifier) throws Exception {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
	}

	private static HttpRequest.BodyPublisher form(Map<String, String> fields) {
		return BodyPublishers.ofString(fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + '=' + encoded(field.getValue()))
			.collect(Collectors.joining("&")));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static String location(HttpResponse<String> answer) {
		return answer.headers().firstValue("Location").orElseThrow();
	}

	private static String found(String pattern, String text) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
		return matcher.group(1);
	}

	private static String accessToken(HttpResponse<String> tokens) throws ParseException {
		return text(tokens, "access_token");
	}

	private static String text(HttpResponse<String> answer, String field) throws ParseException {
		return Objects.requireNonNull(JSONObjectUtils.getString(JSONObjectUtils.parse(answer.body()), field));
	}

}
