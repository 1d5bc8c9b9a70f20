package se.lokalabehov.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.agencyclient.AgencyClient;

/**
 * Row 13: the platform's clock goes wrong by an hour, backwards and forward, while the
 * clients and an agency keep the right time. Tokens and webhooks of another hour are
 * refused, a deadline fires once, and what the agency has refused is kept for it.
 */
final class Clocks implements Fault.Injection {

	private static final Duration SOON = Duration.ofSeconds(90);

	private static final String AGENCY = "SOS";

	/** The agency's; chosen before the platform starts, which must let it through. */
	private static final int PORT = freePort();

	/** What the agency is sent, and what it would read. */
	private @Nullable AgencyClient sent;

	private @Nullable AgencyClient reading;

	/** What the platform is started with: one does not wait for a retry here. */
	static List<String> options() {
		return List.of("-Dlokala-behov.webhooks.allowed=127.0.0.1:" + PORT,
				"-Dlokala-behov.webhooks.retries=" + String.join(",", Collections.nCopies(500, "1s")));
	}

	@Override
	public void inject(Rig rig, int time) throws Exception {
		Operator operator = rig.operator();
		if (this.sent == null) {
			AgencyClient agency = agency(rig, PORT);
			agency.register(agency.webhook());
			this.sent = agency;
			this.reading = agency(rig, 0);
		}
		// Refused when the clock was ahead the last time: tried again within the hour.
		Set<String> late = missing();
		String round = new Story(rig.client()).untilRanked(Instant.now().plus(Duration.ofMinutes(30)));
		wrong(rig, -3600);
		if (closings(rig, round) != 0) {
			rig.broken("D", "a deadline fired before its time");
		}
		right(rig);
		rig.await("L", "the agency is sent what it had refused", SOON, () -> late.containsAll(missing()));
		wrong(rig, 3600);
		rig.await("D", "the deadline fires", SOON, () -> closings(rig, round) > 0);
		right(rig);
		if (closings(rig, round) != 1) {
			rig.broken("D", "a deadline fired " + closings(rig, round) + " times");
		}
		// Their next attempt was set by the clock that was wrong: within the hour.
		rig.await("L", "what the agency was not sent waits for it", SOON,
				() -> missing().size() <= operator.metric("lokalabehov_webhooks_pending"));
	}

	private void wrong(Rig rig, int seconds) throws Exception {
		Operator operator = rig.operator();
		String before = operator.token();
		double refused = operator.metric("lokalabehov_webhooks_attempts_total", "refused");
		rig.clock(seconds);
		rig.await("H", "a token of another hour is refused", SOON, () -> operator.bears(before) == 401);
		int acknowledged = rig.journal().total("ok ");
		rig.await("L", "acts are taken with tokens of this hour", SOON,
				() -> rig.journal().total("ok ") > acknowledged + 20);
		rig.await("H", "a webhook of another hour is refused, and the metrics say so", SOON,
				() -> operator.metric("lokalabehov_webhooks_attempts_total", "refused") > refused);
	}

	private static void right(Rig rig) throws Exception {
		rig.clock(0);
		rig.await("H", "its own tokens are good again", SOON,
				() -> rig.operator().bears(rig.operator().token()) == 200);
	}

	/** The events in the feed that the agency has not been sent. */
	private Set<String> missing() {
		AgencyClient feed = Objects.requireNonNull(this.reading);
		feed.pull();
		Set<String> missing = ids(feed);
		missing.removeAll(ids(Objects.requireNonNull(this.sent)));
		return missing;
	}

	private static Set<String> ids(AgencyClient agency) {
		return agency.received()
			.stream()
			.map((event) -> event.path("id").asString())
			.collect(Collectors.toCollection(HashSet::new));
	}

	private static AgencyClient agency(Rig rig, int port) throws IOException {
		URI api = URI.create("http://localhost:" + rig.platforms().getFirst().child().port());
		return AgencyClient.start(new AgencyClient.Settings(api, AGENCY, token(rig, "handlaggare-" + AGENCY),
				token(rig, "administrator-" + AGENCY), Files.createTempDirectory("agency"),
				new InetSocketAddress(InetAddress.getLoopbackAddress(), port), List.of()), Clock.systemUTC());
	}

	private static Supplier<String> token(Rig rig, String login) {
		return () -> {
			try {
				return rig.operator().token(login);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

	/** How often a round was closed, as its owner remembers it. */
	private static long closings(Rig rig, String round) {
		try (MongoClient client = MongoClients.create(rig.storeAddress())) {
			Document document = client.getDatabase("lokala-behov-prioritisation")
				.getCollection("rounds")
				.find(Filters.eq(round))
				.first();
			return Objects.requireNonNull(document)
				.getList("events", Document.class)
				.stream()
				.filter((event) -> event.getString("type").equals("round-closed.v1"))
				.count();
		}
	}

	private static int freePort() {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return free.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
