package se.lokalabehov.agencyclient;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Supplier;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Access tokens by client credentials (RFC 6749, 4.4), each used until shortly before it
 * expires.
 */
public final class Tokens implements Supplier<String> {

	private static final Duration BEFORE = Duration.ofSeconds(30);

	private final HttpClient http;

	private final URI endpoint;

	private final String credentials;

	private final Clock clock;

	private String token = "";

	private Instant until = Instant.MIN;

	/**
	 * Asks with a client's credentials.
	 * @param endpoint the issuer's token endpoint
	 * @param client its id
	 * @param secret its secret
	 */
	public Tokens(HttpClient http, URI endpoint, String client, String secret, Clock clock) {
		this.http = http;
		this.endpoint = endpoint;
		this.credentials = Base64.getEncoder()
			.encodeToString((encoded(client) + ":" + encoded(secret)).getBytes(StandardCharsets.UTF_8));
		this.clock = clock;
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	@Override
	public synchronized String get() {
		if (this.clock.instant().isAfter(this.until)) {
			JsonNode answer = asked();
			this.token = answer.path("access_token").asString();
			this.until = this.clock.instant().plusSeconds(answer.path("expires_in").asLong(60)).minus(BEFORE);
		}
		return this.token;
	}

	private JsonNode asked() {
		HttpRequest request = HttpRequest.newBuilder(this.endpoint)
			.timeout(Duration.ofSeconds(20))
			.header("Authorization", "Basic " + this.credentials)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
			.build();
		try {
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() != 200) {
				throw new IllegalStateException("no token: " + response.statusCode());
			}
			return JsonMapper.shared().readTree(response.body());
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
