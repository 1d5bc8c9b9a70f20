package se.lokalabehov.portal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the portal as one caller.
 *
 * @param port where it listens
 * @param token who calls, nobody when null
 */
record Http(int port, @Nullable String token) {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * An answer.
	 */
	record Answer(int status, String text, HttpResponse<String> response) {

		JsonNode body() {
			return JSON.readTree(this.text.isEmpty() ? "{}" : this.text);
		}

		String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

		/** The rule that refused. */
		String code() {
			return body().path("type").asString().replace("https://lokalabehov.se/problem/", "");
		}

		/** Every value of a field in a list. */
		List<String> each(String list, String field) {
			return StreamSupport.stream(body().path(list).spliterator(), false)
				.map((item) -> item.path(field).asString(""))
				.toList();
		}

	}

	Answer get(String path, String... headers) {
		return send("GET", path, null, headers);
	}

	Answer post(String path, Object body, String... headers) {
		return send("POST", path, JSON.writeValueAsString(body), headers);
	}

	Answer send(String method, String path, @Nullable String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		Map<String, String> standard = (body != null)
				? Map.of("Content-Type", "application/json", "Idempotency-Key", UUID.randomUUID().toString())
				: Map.of();
		standard.forEach(request::setHeader);
		for (int i = 0; i < headers.length; i += 2) {
			request.setHeader(headers[i], headers[i + 1]);
		}
		if (this.token != null) {
			request.header("Authorization", "Bearer " + this.token);
		}
		try {
			HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.body(), response);
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
