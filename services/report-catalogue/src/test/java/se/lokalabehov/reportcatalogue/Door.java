package se.lokalabehov.reportcatalogue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks HTTP with the service, as somebody.
 */
final class Door {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newHttpClient();

	private final String origin;

	private final @Nullable String token;

	Door(String origin, @Nullable String token) {
		this.origin = origin;
		this.token = token;
	}

	/** What came back. */
	record Reply(int status, java.net.http.HttpHeaders headers, JsonNode body) {

		/** The last part of a problem's type. */
		String problem() {
			String type = this.body.path("type").asString();
			return type.substring(type.lastIndexOf('/') + 1);
		}

		String header(String name) {
			return this.headers.firstValue(name).orElse("");
		}

	}

	Reply get(String path) {
		return send(request(path).GET());
	}

	Reply post(String path, String body) {
		return post(path, UUID.randomUUID().toString(), body);
	}

	Reply post(String path, String key, String body) {
		return send(request(path).header("Idempotency-Key", key)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	Reply put(String path, String eTag, String body) {
		return send(request(path).header("If-Match", eTag)
			.header("Content-Type", "application/json")
			.PUT(HttpRequest.BodyPublishers.ofString(body)));
	}

	Reply putBlindly(String path, String body) {
		return send(request(path).header("Content-Type", "application/json")
			.PUT(HttpRequest.BodyPublishers.ofString(body)));
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.origin + path));
		return (this.token != null) ? request.header("Authorization", "Bearer " + this.token) : request;
	}

	private Reply send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
			return new Reply(response.statusCode(), response.headers(),
					JSON.readTree(response.body().isEmpty() ? "null" : response.body()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
