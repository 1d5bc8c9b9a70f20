package se.lokalabehov.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls a service as somebody, or as nobody. Paths are whole, such as
 * {@code /api/v1/needs}; a body is JSON text as it stands, bytes as they are, or anything
 * that can be written as JSON; headers are given as name, value, name, value.
 */
public final class Caller {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final String address;

	private final @Nullable String token;

	Caller(String address, @Nullable String token) {
		this.address = address;
		this.token = token;
	}

	/**
	 * What came back.
	 *
	 * @param status the HTTP status
	 * @param bytes the body, may be empty
	 * @param headers the headers
	 */
	public record Answer(int status, byte[] bytes, HttpHeaders headers) {

		/** The body as text, may be empty. */
		public String text() {
			return new String(this.bytes, StandardCharsets.UTF_8);
		}

		/** The body as JSON; a missing node when there is none. */
		public JsonNode body() {
			return (this.bytes.length == 0) ? JSON.missingNode() : JSON.readTree(this.bytes);
		}

		/** The identifier of what was made, changed or read. */
		public String id() {
			return body().path("id").asString("");
		}

		/** The rule that refused: the last part of a problem's type. */
		public String problem() {
			String type = body().path("type").asString("");
			return type.substring(type.lastIndexOf('/') + 1);
		}

		/** The value of a header, empty when there is none. */
		public String header(String name) {
			return this.headers.firstValue(name).orElse("");
		}

		/** The entity tag, with its quotation marks. */
		public String eTag() {
			return header("ETag");
		}

		/** The values of a field in a list of the body, in its order. */
		public List<String> each(String list, String field) {
			return body().path(list).valueStream().map((one) -> one.path(field).asString("")).toList();
		}

		/** The identifiers in a page of a list. */
		public List<String> ids() {
			return each("items", "id");
		}

		/** The same answer, or the test has failed. */
		public Answer expecting(int status) {
			assertThat(this.status).as(text()).isEqualTo(status);
			return this;
		}

	}

	/** Reads. */
	public Answer get(String path, String... headers) {
		return send("GET", path, null, headers);
	}

	/** Acts, with an {@code Idempotency-Key} of its own unless one is given. */
	public Answer post(String path, Object body, String... headers) {
		return send("POST", path, body, keyed(headers));
	}

	/** Replaces. */
	public Answer put(String path, Object body, String... headers) {
		return send("PUT", path, body, headers);
	}

	/** Sends exactly this, and what kind of body it is. */
	public Answer send(String method, String path, @Nullable Object body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.address + path));
		if (body != null) {
			request.setHeader("Content-Type", "application/json");
		}
		if (this.token != null) {
			request.setHeader("Authorization", "Bearer " + this.token);
		}
		for (int i = 0; i < headers.length; i += 2) {
			request.setHeader(headers[i], headers[i + 1]);
		}
		return sent(request.method(method, (body != null) ? published(body) : HttpRequest.BodyPublishers.noBody()));
	}

	private static HttpRequest.BodyPublisher published(Object body) {
		return (body instanceof byte[] bytes) ? HttpRequest.BodyPublishers.ofByteArray(bytes)
				: HttpRequest.BodyPublishers.ofString(text(body));
	}

	private static String[] keyed(String... headers) {
		String[] keyed = new String[headers.length + 2];
		keyed[0] = "Idempotency-Key";
		keyed[1] = UUID.randomUUID().toString();
		System.arraycopy(headers, 0, keyed, 2, headers.length);
		return keyed;
	}

	private static String text(Object body) {
		return (body instanceof String text) ? text : JSON.writeValueAsString(body);
	}

	private static Answer sent(HttpRequest.Builder request) {
		try {
			HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
			return new Answer(response.statusCode(), response.body(), response.headers());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
