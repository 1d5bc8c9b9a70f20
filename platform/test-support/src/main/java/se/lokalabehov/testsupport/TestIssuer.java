package se.lokalabehov.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import se.lokalabehov.security.Role;

/**
 * An OIDC issuer for tests: serves its discovery document and its keys on a free loopback
 * port and signs whatever token a test asks for, good or bad.
 */
public final class TestIssuer implements AutoCloseable {

	private static final String AUDIENCE = "lokala-behov";

	private static final Duration LIFETIME = Duration.ofHours(1);

	private final HttpServer server;

	private final RSAKey key;

	private TestIssuer(HttpServer server, RSAKey key) {
		this.server = server;
		this.key = key;
		serve("/.well-known/openid-configuration", JSONObjectUtils.toJSONString(
				Map.of("issuer", issuer(), "jwks_uri", issuer() + "/jwks", "token_endpoint", issuer() + "/token")));
		serve("/jwks", new JWKSet(key).toString());
	}

	/**
	 * Starts an issuer with a fresh key.
	 * @return the issuer, answering
	 */
	public static TestIssuer start() {
		try {
			RSAKey key = new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			TestIssuer issuer = new TestIssuer(server, key);
			server.start();
			return issuer;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The issuer's name and address.
	 * @return {@code http://127.0.0.1:<port>}
	 */
	public String issuer() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * What a service must be told to trust this issuer for all organisations and roles.
	 * @return configuration properties by name
	 */
	public Map<String, Object> properties() {
		return Map.of("lokala-behov.security.issuers[0].issuer", issuer(),
				"lokala-behov.security.issuers[0].organisations[0]", "*");
	}

	/**
	 * A valid token for somebody at an organisation; the same organisation and roles are
	 * the same person.
	 * @param organisation the organisation's id, such as "0180"
	 * @param roles the roles
	 * @return a signed JWT that lasts an hour
	 */
	public String token(String organisation, Role... roles) {
		return token(organisation + Arrays.toString(roles), organisation, roles);
	}

	/**
	 * A valid token for a certain person.
	 * @param subject the person
	 * @param organisation the organisation's id, such as "0180"
	 * @param roles the roles
	 * @return a signed JWT that lasts an hour
	 */
	public String token(String subject, String organisation, Role... roles) {
		return sign(claims(subject, organisation, roles).build());
	}

	/**
	 * The claims of a valid token, to be spoilt by a test before it signs them.
	 * @param subject the person
	 * @param organisation the organisation's id
	 * @param roles the roles
	 * @return a builder with iss, aud, sub, iat, exp, organisation and roles
	 */
	public JWTClaimsSet.Builder claims(String subject, String organisation, Role... roles) {
		Instant now = Instant.now();
		return new JWTClaimsSet.Builder().issuer(issuer())
			.audience(AUDIENCE)
			.subject(subject)
			.issueTime(Date.from(now))
			.expirationTime(Date.from(now.plus(LIFETIME)))
			.claim("organisation", organisation)
			.claim("roles", Arrays.stream(roles).map(Role::wireName).toList());
	}

	/**
	 * Signs any claims with this issuer's key (RS256).
	 * @param claims the claims
	 * @return the JWT
	 */
	public String sign(JWTClaimsSet claims) {
		try {
			SignedJWT token = new SignedJWT(
					new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(this.key.getKeyID()).build(), claims);
			token.sign(new RSASSASigner(this.key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The signing key, for forgeries.
	 * @return the key with its private part
	 */
	public RSAKey key() {
		return this.key;
	}

	/** Stops answering and frees the port. */
	@Override
	public void close() {
		this.server.stop(0);
	}

	private void serve(String path, String json) {
		this.server.createContext(path, (exchange) -> answer(exchange, json));
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		try (exchange) {
			byte[] body = json.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
		}
	}

}
