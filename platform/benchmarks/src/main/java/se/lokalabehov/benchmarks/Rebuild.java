package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All read models of the portal, which has one for every topic, made anew from the topics
 * by the operator's act, beside reading the same topics and inserting what they hold as
 * it is, into the same store. The act also compares every view with the one before, and
 * waits a second and a half until no other process can still write to those.
 */
final class Rebuild implements Section {

	private static final int NEEDS = 100_000;

	/** The collector is the one of the pipeline's sides. */
	private static final List<String> JVM = List.of("-Xmx1g", "-XX:+UseSerialGC");

	private static final JsonMapper JSON = JsonMapper.shared();

	/** One measurement. */
	private record Took(double seconds, double cpu) {
	}

	@Override
	public String name() {
		return "rebuild";
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		int needs = Math.max(100, (int) (NEEDS * settings.scale()));
		report.heading("Rebuilding all read models of " + needs + " needs beside plain consume and bulk insert");
		try (Servers servers = new Servers(settings, "rebuild");
				HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			// Both sides' copies have room beside each other.
			Servers.Base base = servers.base(List.of("-Xmx" + (1024 + needs / 15) + "m", "-XX:+UseParallelGC"));
			PortalAlone portal = PortalAlone.start(servers, "portal", base, JVM);
			int port = servers.freePort();
			Child plain = servers.start("plain", JVM, PlainReading.class, base.bootstrap(), base.store(),
					Integer.toString(port));
			plain.said("READY");
			long told = new Country(needs).tell(base.bootstrap());
			portal.takesAll();
			portal.quiet();
			List<String> topics = topics(http, portal, token(portal));
			URI reading = URI.create("http://localhost:" + port + "/");
			Callable<Took> ours = () -> {
				long began = System.nanoTime();
				double cpu = portal.cpuSeconds();
				String token = token(portal);
				act(http, portal, token).path("projections").forEach((said) -> {
					if (!said.path("identical").asBoolean(false)) {
						report.text("**Not identical**: " + said);
					}
				});
				return new Took((System.nanoTime() - began) / 1e9, portal.cpuSeconds() - cpu);
			};
			Callable<Took> theirs = () -> {
				long began = System.nanoTime();
				double cpu = portal.cpuSeconds() + plain.cpuSeconds();
				for (String topic : topics) {
					answered(http, HttpRequest.newBuilder(reading.resolve("/" + topic)).build());
				}
				return new Took((System.nanoTime() - began) / 1e9, portal.cpuSeconds() + plain.cpuSeconds() - cpu);
			};
			ours.call();
			theirs.call();
			Pairs<Took> pairs = Pairs.measure(settings.rounds(), theirs, ours);
			String work = told + " events, " + topics.size() + " views";
			report.figure(work, "plain", told / pairs.medianOfA(Took::seconds), "events/s");
			report.figure(work, "ours", told / pairs.medianOfB(Took::seconds), "events/s");
			report.figure(work, "plain: processor per event", 1e6 * pairs.medianOfA(Took::cpu) / told, "us");
			report.figure(work, "ours: processor per event", 1e6 * pairs.medianOfB(Took::cpu) / told, "us");
			report.ratio("rebuild: plain's time by ours", pairs.ratio(Took::seconds), "at least 0.7");
			report.sameBesideSame("plain", Pairs.measure(settings.rounds(), theirs, theirs).ratio(Took::seconds));
		}
	}

	/** It lasts an hour. */
	private static String token(PortalAlone portal) throws IOException {
		return Servers.token(portal.address(), "administrator-SKR");
	}

	/** The topic of each view. */
	private static List<String> topics(HttpClient http, PortalAlone portal, String token)
			throws IOException, InterruptedException {
		List<String> topics = new ArrayList<>();
		answered(http, HttpRequest.newBuilder(window(portal)).header("Authorization", "Bearer " + token).build())
			.path("projections")
			.forEach((one) -> topics.add(one.path("topic").asString("")));
		return topics;
	}

	private static JsonNode act(HttpClient http, PortalAlone portal, String token)
			throws IOException, InterruptedException {
		return answered(http,
				HttpRequest.newBuilder(window(portal))
					.header("Authorization", "Bearer " + token)
					.header("Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers
						.ofString(JSON.writeValueAsString(Map.of("action", "rebuild", "target", "*"))))
					.build());
	}

	private static URI window(PortalAlone portal) {
		return portal.address().resolve("/actuator/eventing");
	}

	private static JsonNode answered(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
		HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
		}
		return JSON.readTree(answer.body());
	}

}
