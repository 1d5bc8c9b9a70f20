package se.lokalabehov.nationalhandoff;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the service as one caller.
 *
 * @param port where it listens
 * @param token who calls, nobody when null
 */
record Http(int port, @Nullable String token) {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * An answer.
	 *
	 * @param status the HTTP status
	 * @param body the body, a missing node when there is none
	 * @param version the ETag, empty when there is none
	 */
	record Answer(int status, JsonNode body, String version) {

		String id() {
			return this.body.path("id").asString();
		}

		/** The rule that refused. */
		String code() {
			return this.body.path("type").asString().replace("https://lokalabehov.se/problem/", "");
		}

	}

	Answer get(String path) {
		return send(request(path).GET());
	}

	Answer post(String path, Object body) {
		return post(path, body, Map.of("Idempotency-Key", UUID.randomUUID().toString()));
	}

	Answer post(String path, Object body, Map<String, String> headers) {
		return send(with(headers, request(path)).POST(json(body)));
	}

	Answer put(String path, Object body, Map<String, String> headers) {
		return send(with(headers, request(path)).PUT(json(body)));
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Content-Type", "application/json");
		return (this.token != null) ? request.header("Authorization", "Bearer " + this.token) : request;
	}

	private static HttpRequest.Builder with(Map<String, String> headers, HttpRequest.Builder request) {
		headers.forEach(request::header);
		return request;
	}

	private static HttpRequest.BodyPublisher json(Object body) {
		return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
	}

	private static Answer send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
			return new Answer(response.statusCode(), JSON.readTree(response.body().isEmpty() ? "{}" : response.body()),
					response.headers().firstValue("ETag").orElse(""));
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
