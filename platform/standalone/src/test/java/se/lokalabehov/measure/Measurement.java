package se.lokalabehov.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures a standalone that runs on the usual ports (start it first, in another process,
 * so that the load generator does not share its heap): how long an acknowledged command
 * takes to be seen in the trace on an otherwise idle system, and how many commands are
 * accepted with 32 clients. The arguments are the seconds to warm up and the seconds to
 * measure.
 */
public final class Measurement {

	private static final URI PORTAL = URI.create("http://localhost:8080");

	private static final URI INTAKE = URI.create("http://localhost:8081");

	private static final URI ISSUER = URI.create("http://localhost:9000");

	private static final JsonMapper JSON = JsonMapper.shared();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private Measurement() {
	}

	/**
	 * Measures.
	 * @param arguments seconds to warm up (20), seconds to measure (30)
	 * @throws Exception when the platform does not answer
	 */
	public static void main(String[] arguments) throws Exception {
		int warm = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 20;
		int measured = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 30;
		Measurement measurement = new Measurement();
		System.out.printf(Locale.ROOT, "load average %.1f, %d processors%n",
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
				Runtime.getRuntime().availableProcessors());
		String token = measurement.token("forfattare-0180");
		measurement.visible(token, 200);
		measurement.print("acknowledged -> visible in the trace, one client, through the portal",
				measurement.visible(token, 500));
		measurement.accepted(token, PORTAL, warm, 32);
		measurement.print32("through the portal", measurement.accepted(token, PORTAL, measured, 32), measured);
		measurement.print32("at the service", measurement.accepted(token, INTAKE, measured, 32), measured);
		System.exit(0);
	}

	private String token(String login) throws IOException, InterruptedException {
		HttpResponse<String> answer = this.http.send(HttpRequest.newBuilder(ISSUER.resolve("/oauth2/token"))
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString((login + ":demo").getBytes(StandardCharsets.UTF_8)))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("grant_type=client_credentials"))
			.build(), BodyHandlers.ofString());
		return JSON.readTree(answer.body()).path("access_token").asString("");
	}

	private HttpResponse<String> note(String token, URI where) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(where.resolve("/api/v1/question-notes"))
			.timeout(Duration.ofSeconds(30))
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.header("Idempotency-Key", UUID.randomUUID().toString())
			.POST(BodyPublishers.ofString(
					"""
							{"text": "Vilket stöd hjälper närstående när den som dricker inte vill ha kontakt?", "area": "SBB"}"""))
			.build(), BodyHandlers.ofString());
	}

	/** Nanoseconds from the answer until the trace tells of it, one after the other. */
	private long[] visible(String token, int count) throws IOException, InterruptedException {
		long[] nanos = new long[count];
		for (int i = 0; i < count; i++) {
			HttpResponse<String> answer = note(token, PORTAL);
			long acknowledged = System.nanoTime();
			String id = JSON.readTree(answer.body()).path("id").asString("");
			HttpRequest trace = HttpRequest.newBuilder(PORTAL.resolve("/api/v1/traces/" + id))
				.header("Authorization", "Bearer " + token)
				.build();
			while (this.http.send(trace, BodyHandlers.ofString()).statusCode() != 200) {
				Thread.onSpinWait();
			}
			nanos[i] = System.nanoTime() - acknowledged;
		}
		return nanos;
	}

	/** Nanoseconds per accepted command, zeros after them. */
	private long[] accepted(String token, URI where, int seconds, int clients) throws InterruptedException {
		AtomicInteger count = new AtomicInteger();
		AtomicLongArray nanos = new AtomicLongArray(200_000);
		long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
			for (int i = 0; i < clients; i++) {
				executor.submit(() -> {
					while (System.nanoTime() < until) {
						long began = System.nanoTime();
						if (note(token, where).statusCode() == 201) {
							nanos.set(Math.min(count.getAndIncrement(), nanos.length() - 1), System.nanoTime() - began);
						}
					}
					return null;
				});
			}
		}
		long[] measured = new long[Math.min(count.get(), nanos.length())];
		Arrays.setAll(measured, nanos::get);
		return measured;
	}

	private void print32(String where, long[] nanos, int seconds) {
		System.out.printf(Locale.ROOT, "accepted commands/s, 32 clients, %s: %.0f%n", where,
				nanos.length / (double) seconds);
		print("  answer time", nanos);
	}

	private void print(String what, long[] nanos) {
		Arrays.sort(nanos);
		System.out.printf(Locale.ROOT, "%s: p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d)%n", what, at(nanos, 0.50),
				at(nanos, 0.99), at(nanos, 1.0), nanos.length);
	}

	private static double at(long[] sorted, double share) {
		return (sorted.length == 0) ? 0
				: sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e6;
	}

}
