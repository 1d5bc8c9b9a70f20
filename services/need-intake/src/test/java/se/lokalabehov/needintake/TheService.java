package se.lokalabehov.needintake;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Backends;
import se.lokalabehov.testsupport.TestIssuer;

/**
 * The service on a real broker and store, spoken to over HTTP as somebody.
 */
final class TheService implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newHttpClient();

	private final TestIssuer issuer = TestIssuer.start();

	private final ConfigurableApplicationContext context;

	private TheService() {
		Map<String, Object> properties = new HashMap<>(Backends.shared().properties("need-intake"));
		properties.putAll(this.issuer.properties());
		properties.put("spring.config.name", "need-intake");
		this.context = new SpringApplicationBuilder(NeedIntakeApplication.class).run(properties.entrySet()
			.stream()
			.map((one) -> "--" + one.getKey() + "=" + one.getValue())
			.toArray(String[]::new));
	}

	static TheService start() {
		return new TheService();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@SuppressWarnings("unchecked")
	<T> T bean(String name) {
		return (T) this.context.getBean(name);
	}

	Somebody as(String organisation, Role... roles) {
		return new Somebody(this.issuer.token(organisation, roles));
	}

	Somebody author(String municipality) {
		return as(municipality, Role.MUNICIPALITY_AUTHOR);
	}

	Somebody approver(String municipality) {
		return as(municipality, Role.MUNICIPALITY_APPROVER);
	}

	Somebody rss(String rss) {
		return as(rss, Role.RSS_COORDINATOR);
	}

	Somebody skr() {
		return as("SKR", Role.SKR_COMPILER);
	}

	Somebody agency(String agency) {
		return as(agency, Role.AGENCY_OFFICER);
	}

	Somebody anybody() {
		return new Somebody(null);
	}

	@Override
	public void close() {
		this.context.close();
		this.issuer.close();
	}

	/** What came back. */
	record Reply(int status, String eTag, JsonNode body) {

		String id() {
			return this.body.path("id").asString();
		}

		/** The last part of a problem's type. */
		String problem() {
			String type = this.body.path("type").asString("");
			return type.substring(type.lastIndexOf('/') + 1);
		}

		JsonNode at(String field) {
			return this.body.path(field);
		}

		List<String> ids() {
			return this.body.path("items").valueStream().map((item) -> item.path("id").asString()).toList();
		}

	}

	/** Calls as one caller. */
	final class Somebody {

		private final @Nullable String token;

		private Somebody(@Nullable String token) {
			this.token = token;
		}

		Reply get(String path) {
			return send(request(path).GET());
		}

		/** What the service says about itself. */
		Reply description() {
			return send(HttpRequest.newBuilder(URI.create(origin() + "/v3/api-docs")).GET());
		}

		Reply post(String path, Object body) {
			return post(path, body, UUID.randomUUID().toString());
		}

		Reply post(String path, Object body, String key) {
			return send(request(path).header("Idempotency-Key", key).POST(json(body)));
		}

		/** Fetches the version first. */
		Reply put(String path, String of, Object body) {
			return send(request(path).header("If-Match", get(of).eTag()).PUT(json(body)));
		}

		/** Done, or the test has failed. */
		String done(String path, Object body) {
			Reply reply = post(path, body);
			if (reply.status() >= 300) {
				throw new AssertionError(path + ": " + reply);
			}
			return reply.id();
		}

		private HttpRequest.Builder request(String path) {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + "/api/v1" + path))
				.header("Content-Type", "application/json");
			return (this.token != null) ? request.header("Authorization", "Bearer " + this.token) : request;
		}

		private String origin() {
			return "http://127.0.0.1:" + TheService.this.context.getEnvironment().getProperty("local.server.port");
		}

		private static HttpRequest.BodyPublisher json(Object body) {
			return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
		}

		private Reply send(HttpRequest.Builder request) {
			try {
				HttpResponse<String> response = TheService.this.http.send(request.build(),
						HttpResponse.BodyHandlers.ofString());
				return new Reply(response.statusCode(), response.headers().firstValue("ETag").orElse(""),
						JSON.readTree(response.body().isEmpty() ? "{}" : response.body()));
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

}
