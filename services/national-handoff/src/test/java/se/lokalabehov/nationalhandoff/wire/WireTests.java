package se.lokalabehov.nationalhandoff.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.agencyclient.AgencyClient;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.HandOffEvent.HandOffRedacted;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.HandOffEvent.NeedReturned;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.nationalhandoff.NationalHandoffApplication;
import se.lokalabehov.nationalhandoff.model.HandOff;
import se.lokalabehov.nationalhandoff.wire.Receiver.Mood;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hand-offs to agencies' own systems: by a feed, by webhooks, and their answers.
 */
class WireTests {

	private static final String FEED = "/api/v1/hand-off-feed";

	private static final String ENDPOINTS = "/api/v1/webhook-endpoints";

	private static final OrganisationId SKR = new OrganisationId("SKR");

	private static final String KEY = "the-key-that-secrets-are-sealed-with-now";

	private static final String KEY_BEFORE = "the-key-that-secrets-were-sealed-with-before";

	private static final MovableClock clock = MovableClock.SHARED;

	private static final Map<String, Receiver> receivers = new HashMap<>();

	private static Path disk;

	private static RunningService service;

	private static String database = "";

	@BeforeAll
	static void start(@TempDir Path directory) {
		disk = directory;
		Map<String, Object> properties = new HashMap<>(Map.of("lokala-behov.webhooks.time", "2s",
				"lokala-behov.webhooks.sweep", "100ms", "lokala-behov.webhooks.keys", KEY + "," + KEY_BEFORE));
		for (String agency : List.of("MFD", "TLV", "EHM", "LV", "IVO")) {
			Receiver receiver = new Receiver((listen) -> client(agency, listen));
			receivers.put(agency, receiver);
			properties.put("lokala-behov.webhooks.allowed[" + (receivers.size() - 1) + "]", receiver.place());
		}
		service = RunningService.start("national-handoff", properties, NationalHandoffApplication.class,
				MovableClock.InTheService.class);
		database = service.bean(Environment.class).getRequiredProperty("spring.mongodb.database");
	}

	@AfterAll
	static void stop() {
		receivers.values().forEach(Receiver::close);
		service.close();
	}

	private static AgencyClient client(String agency, InetSocketAddress listen) {
		// The service starts after the receivers, whose addresses it must know.
		return AgencyClient.start(
				new AgencyClient.Settings(URI.create("http://platform.invalid"), agency,
						() -> service.token(agency, Role.AGENCY_OFFICER),
						() -> service.token(agency, Role.ADMINISTRATOR), disk.resolve(agency), listen, List.of()),
				clock);
	}

	// The feed

	@Test
	void aFeedIsReadFromACursorToItsEndAndAnAnswerThatSaysNothingNewIsShort() {
		List<String> needs = IntStream.range(0, 5).mapToObj((i) -> handedOver("FORTE")).toList();
		Caller forte = service.as("FORTE", Role.AGENCY_OFFICER);
		inFeed(forte, needs.size());

		List<String> read = new ArrayList<>();
		String next = FEED + "?limit=2";
		for (Answer part = forte.get(next); !part.body().path("items").isEmpty(); part = forte.get(next)) {
			part.expecting(200).body().path("items").forEach((event) -> read.add(event.path("subject").asString()));
			next = part.header("Link").replaceFirst("<(.*)>; rel=\"next\"", "$1");
		}
		assertThat(read).containsExactlyInAnyOrderElementsOf(needs).doesNotHaveDuplicates();
		Answer end = forte.get(next).expecting(200);
		assertThat(forte.get(next, "If-None-Match", end.eTag()).status()).isEqualTo(304);
		assertThat(forte.get(FEED, "If-None-Match", end.eTag()).status()).isEqualTo(200);

		Answer json = forte.get(FEED);
		Answer batch = forte.get(FEED, "Accept", "application/cloudevents-batch+json").expecting(200);
		assertThat(batch.header("Content-Type")).startsWith("application/cloudevents-batch+json");
		assertThat(batch.body()).isEqualTo(json.body().path("items"));
		assertThat(batch.eTag()).isNotEqualTo(json.eTag());

		JsonNode event = json.body().path("items").path(0);
		Envelope<String> sent = handOffs().sent(event.path("subject").asString()).getFirst();
		assertThat(event.path("id").asString()).isEqualTo(sent.id());
		assertThat(event.path("type").asString()).isEqualTo("need-handed-over.v1");
		assertThat(event.path("data").toString()).as("as in the topic").isEqualTo(sent.event());
		Answer alone = forte.get(FEED + "/" + sent.id()).expecting(200);
		assertThat(alone.text()).isEqualTo(sent.event());
		assertThat(alone.header("ce-id")).isEqualTo(sent.id());
	}

	@Test
	void anAgencySeesWhatConcernsItAndNobodyElseDoes() {
		String need = handedOver("SBU", "FOHM");
		tell(need, "SBU", new NeedReturned("Hör hemma hos en annan"));
		tell(need, "SKR", over("TLV", List.of(), "Tandvård"));
		tell(need, "TLV", new NeedReceived("1234/2026"));
		Caller sbu = service.as("SBU", Role.AGENCY_OFFICER);
		Awaitility.await().until(() -> types(sbu, need).size() == 4);

		assertThat(types(sbu, need)).as("has returned it").hasSize(4);
		assertThat(types(service.as("FOHM", Role.AGENCY_OFFICER), need)).as("contributed to the first")
			.containsExactly("need-handed-over.v1", "need-returned.v1");
		assertThat(types(service.as("TLV", Role.AGENCY_OFFICER), need)).as("leads the second")
			.containsExactly("need-handed-over.v1", "need-received.v1");
		assertThat(types(service.as("MFOF", Role.AGENCY_OFFICER), need)).isEmpty();
		assertThat(sbu.get(FEED + "?agency=TLV").status()).isEqualTo(404);
		Caller skr = service.as("SKR", Role.SKR_COMPILER);
		assertThat(skr.get(FEED).status()).isEqualTo(404);
		assertThat(skr.get(FEED + "?agency=SBU&limit=100").text()).contains(need);
		String event = handOffs().sent(need).getFirst().id();
		assertThat(service.as("MFOF", Role.AGENCY_OFFICER).get(FEED + "/" + event).status()).isEqualTo(404);
		for (Caller other : List.of(service.anybody(), service.as("0180", Role.MUNICIPALITY_APPROVER),
				service.as("SBU", Role.ADMINISTRATOR))) {
			assertThat(other.get(FEED).status()).isEqualTo(404);
		}
	}

	@Test
	void aCursorThatStandsAfterAnotherEventThanTheFeedHasThereIsGone() {
		handedOver("MFOF");
		Caller mfof = service.as("MFOF", Role.AGENCY_OFFICER);
		inFeed(mfof, 1);
		String foreign = Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString("1 6-hand-off.national-annat.1".getBytes(StandardCharsets.UTF_8));
		assertThat(mfof.get(FEED + "?after=" + foreign).expecting(410).problem()).isEqualTo("flodet-ar-aterstallt");
		assertThat(mfof.get(FEED + "?after=skrap").status()).isEqualTo(400);
		assertThat(mfof.get(FEED + "?limit=0").status()).isEqualTo(400);
	}

	@Test
	void redactedWordsAreGoneFromTheFeedAndTheRedactionIsTold() {
		String need = handedOver("FOHM");
		Caller fohm = service.as("FOHM", Role.AGENCY_OFFICER);
		Awaitility.await().until(() -> types(fohm, need).size() == 1);
		Answer before = fohm.get(FEED + "?limit=100");
		assertThat(before.text()).contains("Rubrik för " + need.substring(0, 12));

		// Whoever has had the words is told, also when the need is no longer theirs.
		tell(need, "FOHM", new NeedReturned("Hör hemma hos en annan"));
		tell(need, "SKR", over("SBU", List.of("LV"), "Rubrik för " + need.substring(0, 12)));
		tell(need, "SBU", new NeedReturned("Också fel"));
		tell(need, "SKR", over("TLV", List.of(), "Rubrik för " + need.substring(0, 12)));
		tell(need, "SKR", new HandOffRedacted("En uppgift om en enskild"));
		Awaitility.await().until(() -> types(fohm, need).contains("hand-off-redacted.v1"));
		assertThat(types(service.as("LV", Role.AGENCY_OFFICER), need)).containsExactly("need-handed-over.v1",
				"need-returned.v1", "hand-off-redacted.v1");

		Answer after = fohm.get(FEED + "?limit=100");
		String words = events(fohm).filter((event) -> event.path("subject").asString().equals(need))
			.findFirst()
			.map((event) -> event.path("data").path("wording").path("title").asString())
			.orElseThrow();
		assertThat(words).isEqualTo(Wording.REDACTED);
		assertThat(after.eTag()).isNotEqualTo(before.eTag());
	}

	@Test
	void whatIsPutDownByManyAtOnceStandsOnceAndNoReaderPassesAnything() throws Exception {
		OrganisationId nobodys = new OrganisationId("PROV-" + UUID.randomUUID().toString().substring(0, 6));
		Feed feed = service.bean(Feed.class);
		int events = 60;
		List<Long> read = new ArrayList<>();
		List<String> seen = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
			List<Callable<Boolean>> writers = IntStream.range(0, 4 * events).mapToObj((i) -> (Callable<Boolean>) () -> {
				feed.tell(envelope("national-samtidigt-" + (i % events)), List.of(nobodys));
				return true;
			}).toList();
			AtomicBoolean written = new AtomicBoolean();
			var reader = threads.submit(() -> {
				boolean last;
				List<FeedEntry> part;
				do {
					last = written.get();
					part = feed.after(nobodys, read.isEmpty() ? 0 : read.getLast(), 7);
					part.forEach((entry) -> {
						read.add(entry.position());
						seen.add(entry.event());
					});
				}
				while (!last || !part.isEmpty());
				return true;
			});
			try {
				for (var one : threads.invokeAll(writers)) {
					one.get();
				}
			}
			finally {
				written.set(true);
			}
			reader.get();
		}
		assertThat(read).containsExactlyElementsOf(IntStream.rangeClosed(1, events).mapToObj(Long::valueOf).toList());
		assertThat(seen).doesNotHaveDuplicates();
		assertThat(feed.last(nobodys).position()).isEqualTo(events);
	}

	// Endpoints

	@Test
	void anEndpointIsRegisteredByTheAgencysAdministratorOrSkrsAndIsHttpsOnTheOpenNetwork() {
		Caller administrator = service.as("EHM", Role.ADMINISTRATOR);
		Map<String, Object> good = Map.of("name", "Ärendesystemet", "url", "https://mottagare.example/webhook");
		String key = UUID.randomUUID().toString();
		Answer made = administrator.post(ENDPOINTS, good, "Idempotency-Key", key).expecting(201);
		Answer again = administrator.post(ENDPOINTS, good, "Idempotency-Key", key).expecting(201);
		String secret = made.body().path("secret").asString();
		assertThat(secret).startsWith("whsec_").hasSizeGreaterThan(40);
		assertThat(again.body()).isEqualTo(made.body());
		String endpoint = ENDPOINTS + "/" + made.id();
		assertThat(administrator.get(endpoint).expecting(200).text()).doesNotContain(secret.substring(6));
		assertThat(administrator.get(ENDPOINTS).expecting(200).ids()).contains(made.id());

		assertThat(service.as("SKR", Role.ADMINISTRATOR)
			.post(ENDPOINTS, Map.of("name", "Åt EHM", "url", "https://annan.example/", "agency", "EHM"))
			.status()).isEqualTo(201);
		for (Caller other : List.of(service.as("LV", Role.ADMINISTRATOR), service.as("EHM", Role.AGENCY_OFFICER),
				service.as("0180", Role.ADMINISTRATOR), service.anybody())) {
			assertThat(other.get(endpoint).status()).isEqualTo(404);
			assertThat(other.get(endpoint + "/deliveries").status()).isEqualTo(404);
		}
		assertThat(service.as("LV", Role.ADMINISTRATOR).post(endpoint + "/secret", Map.of()).status()).isEqualTo(404);
		assertThat(service.as("EHM", Role.AGENCY_OFFICER).post(ENDPOINTS, good).status()).isEqualTo(403);
		assertThat(service.as("0180", Role.ADMINISTRATOR).post(ENDPOINTS, good).status()).isEqualTo(403);
		assertThat(service.as("SKR", Role.ADMINISTRATOR)
			.post(ENDPOINTS, Map.of("name", "x", "url", "https://a.example/", "agency", "0180"))
			.status()).isEqualTo(400);
		for (String url : List.of("http://mottagare.example/", "https://127.0.0.1/", "https://[::1]/",
				"https://2130706433/", "https://169.254.169.254/latest", "https://a@b.example/", "ftp://b.example/",
				"https://b.example/#del", "https://10.0.0.1:8443/")) {
			assertThat(administrator.post(ENDPOINTS, Map.of("name", "Fel", "url", url)).status()).as(url)
				.isEqualTo(400);
		}

		assertThat(administrator.post(endpoint + "/removal", Map.of()).status()).isEqualTo(200);
		assertThat(administrator.get(endpoint).status()).isEqualTo(404);
		assertThat(administrator.post(endpoint + "/enabling", Map.of()).status()).isEqualTo(404);
		assertThat(administrator.post(ENDPOINTS, good, "Idempotency-Key", key).expecting(409).problem())
			.isEqualTo("mottagaren-ar-borttagen");
	}

	@Test
	void aSecretIsChangedWithoutAnythingBeingRefused() {
		Receiver receiver = receiver("EHM");
		String endpoint = registered("EHM");
		String old = handedOver("EHM");
		awaitReceived(receiver, List.of(old));

		Caller administrator = service.as("EHM", Role.ADMINISTRATOR);
		administrator.post(ENDPOINTS + "/" + endpoint + "/secret", Map.of()).expecting(200);
		// The receiver still knows the old one only.
		String between = handedOver("EHM");
		awaitReceived(receiver, List.of(old, between));
		assertThat(signatures(receiver)).hasSize(2);
		AgencyClient system = rerouted("EHM");
		system.rotate(endpoint);
		clock.pass(Duration.ofHours(25));
		String after = handedOver("EHM");
		awaitReceived(receiver, List.of(old, between, after));
		assertThat(signatures(receiver)).hasSize(1);

		administrator.post(ENDPOINTS + "/" + endpoint + "/test", Map.of()).expecting(200);
		Awaitility.await()
			.until(() -> receiver.system()
				.received()
				.stream()
				.anyMatch((event) -> event.path("type").asString().equals(Webhooks.TEST)));
	}

	@Test
	void aSecretIsKeptEncryptedAndOneThatIsNotStillSignsAndIsEncryptedWhenNextWritten() {
		Receiver receiver = receiver("EHM");
		String endpoint = registered("EHM");
		String sealed = kept(endpoint);
		String secret = new Keys(List.of(KEY)).open(sealed).orElseThrow();
		assertThat(secret).startsWith("whsec_");
		assertThat(sealed).doesNotContain(secret.substring("whsec_".length()));

		keep(endpoint, secret);
		String asItWas = handedOver("EHM");
		awaitReceived(receiver, List.of(asItWas));
		Awaitility.await().untilAsserted(() -> assertThat(kept(endpoint)).doesNotContain(secret));

		keep(endpoint, new Keys(List.of(KEY_BEFORE)).seal(secret));
		String withTheKeyBefore = handedOver("EHM");
		awaitReceived(receiver, List.of(asItWas, withTheKeyBefore));
		Awaitility.await()
			.untilAsserted(() -> assertThat(new Keys(List.of(KEY)).open(kept(endpoint))).contains(secret));
	}

	@Test
	void aSecretWhoseKeyIsNotThereIsSaidInTheLogOfDeliveriesAndNothingIsLost() {
		Receiver receiver = receiver("EHM");
		String endpoint = registered("EHM");
		String sealed = kept(endpoint);
		keep(endpoint, new Keys(List.of("a key that nobody has put among the settings"))
			.seal(new Keys(List.of(KEY)).open(sealed).orElseThrow()));
		Caller administrator = service.as("EHM", Role.ADMINISTRATOR);
		String need = handedOver("EHM");
		Awaitility.await()
			.until(() -> administrator.get(ENDPOINTS + "/" + endpoint + "/deliveries")
				.text()
				.contains("Hemligheten går inte att läsa"));
		assertThat(receiver.came()).isEmpty();

		keep(endpoint, sealed);
		hours(1);
		awaitReceived(receiver, List.of(need));
	}

	/** The latest secret as it lies in the store. */
	private static String kept(String endpoint) {
		return Objects
			.requireNonNull(service.bean(MongoTemplate.class).findById(endpoint, Document.class, "webhook-endpoints"))
			.get("state", Document.class)
			.getList("secrets", Document.class)
			.getFirst()
			.getString("value");
	}

	private static void keep(String endpoint, String secret) {
		service.bean(MongoTemplate.class)
			.updateFirst(new Query(Criteria.where("_id").is(endpoint)),
					new Update().set("state.secrets.0.value", secret), "webhook-endpoints");
	}

	@Test
	void anEventThatIsTooLongIsSentWithoutItsWordsAndFetched() {
		Receiver receiver = receiver("LV");
		registered("LV");
		String need = "national-" + UUID.randomUUID();
		String text = "å".repeat(4000);
		tell(need, "SKR",
				over("LV", List.of(), new Wording("Lång", List.of("BERO"), "METOD", text, text, text, List.of())));
		awaitReceived(receiver, List.of(need));

		JsonNode event = receiver.system().received().getLast();
		assertThat(receiver.came().getLast().body().getBytes(StandardCharsets.UTF_8).length).isLessThan(20_000);
		assertThat(event.has("data")).isFalse();
		String dataref = event.path("dataref").asString();
		assertThat(dataref).isEqualTo("http://localhost:8080" + FEED + "/" + event.path("id").asString());
		assertThat(service.as("LV", Role.AGENCY_OFFICER)
			.get(dataref.substring("http://localhost:8080".length()))
			.body()
			.path("wording")
			.path("question")
			.asString()).isEqualTo(text);
	}

	@Test
	void whatIsNotTakenIsTriedAgainWithGrowingPausesAndGivenUpAfterDaysAndSentAgainByHand() {
		Receiver receiver = receiver("TLV");
		String endpoint = registered("TLV");
		Caller administrator = service.as("TLV", Role.ADMINISTRATOR);
		receiver.is(Mood.BUSY);
		String need = handedOver("TLV");
		String log = ENDPOINTS + "/" + endpoint + "/deliveries";
		Awaitility.await().until(() -> attempts(administrator, log, need) == 1);
		assertThat(administrator.get(log).body().path("items").path(0).path("attempts").path(0).path("status").asInt())
			.isEqualTo(503);
		Instant next = Instant.parse(administrator.get(log).body().path("items").path(0).path("next").asString());
		assertThat(next).as("Retry-After").isAfterOrEqualTo(clock.instant().plus(Duration.ofMinutes(115)));

		receiver.is(Mood.FAILING);
		for (int tries = 2; tries <= 10; tries++) {
			clock.pass(Duration.ofHours(30));
			int expected = tries;
			Awaitility.await().until(() -> attempts(administrator, log, need) == expected);
		}
		Awaitility.await()
			.until(() -> administrator.get(log + "?status=FAILED").body().path("items").toString().contains(need));
		assertThat(receiver.system().received()).noneMatch((event) -> event.path("subject").asString().equals(need));
		Set<String> ids = new HashSet<>();
		Set<String> times = new HashSet<>();
		receiver.came().stream().filter((one) -> one.body().contains(need)).forEach((one) -> {
			ids.addAll(Objects.requireNonNull(one.headers().get("Webhook-id")));
			times.addAll(Objects.requireNonNull(one.headers().get("Webhook-timestamp")));
		});
		assertThat(ids).as("the same at each attempt").hasSize(1).noneMatch((id) -> id.contains("."));
		assertThat(times).as("new at each attempt").hasSize(10);

		receiver.is(Mood.WELL);
		String delivery = administrator.get(log + "?status=FAILED").body().path("items").path(0).path("id").asString();
		administrator.post(log + "/" + delivery + "/redelivery", Map.of()).expecting(200);
		clock.pass(Duration.ofHours(1));
		awaitReceived(receiver, List.of(need));
		int before = receiver.came().size();
		int again = administrator
			.post(ENDPOINTS + "/" + endpoint + "/redelivery", Map.of("since", Instant.EPOCH.toString()))
			.expecting(200)
			.body()
			.path("deliveries")
			.asInt();
		assertThat(again).isPositive();
		Awaitility.await().until(() -> receiver.came().size() == before + again);
		assertThat(received(receiver)).doesNotHaveDuplicates();
	}

	@Test
	void anEndpointThatFailsAgainAndAgainIsLeftAloneForAWhileAndAskedWithOneThen() {
		Receiver failing = receiver("LV");
		registered("LV");
		registered("EHM");
		failing.is(Mood.FAILING);
		List<String> needs = IntStream.range(0, 8).mapToObj((i) -> handedOver("LV")).toList();
		Awaitility.await().until(() -> failing.came().size() == 5);
		awaitReceived(receiver("EHM"), List.of(handedOver("EHM")));
		assertThat(failing.came()).as("three more are due and left for now").hasSize(5);

		clock.pass(Duration.ofSeconds(90));
		Awaitility.await().until(() -> failing.came().size() == 6);
		awaitReceived(receiver("EHM"), List.of(handedOver("EHM")));
		assertThat(failing.came()).as("one to see whether it is well").hasSize(6);

		failing.is(Mood.WELL);
		Awaitility.await().until(() -> {
			clock.pass(Duration.ofMinutes(10));
			return received(failing).containsAll(needs);
		});
		assertThat(received(failing)).doesNotHaveDuplicates();
	}

	@Test
	void aSlowDeadLyingReceiverGetsEveryHandOffOnceInEffectAndNobodyElseWaits() throws Exception {
		Receiver bad = receiver("MFD");
		Receiver good = receiver("IVO");
		String endpoint = registered("MFD");
		registered("IVO");
		Caller administrator = service.as("MFD", Role.ADMINISTRATOR);
		List<String> toBad = new ArrayList<>();
		List<String> toGood = new ArrayList<>();
		Runnable both = () -> {
			toBad.add(handedOver("MFD"));
			toGood.add(handedOver("IVO"));
		};

		// It holds every request: the other one gets all while nothing moves here.
		bad.is(Mood.HOLDING);
		both.run();
		Awaitility.await().until(() -> !bad.came().isEmpty());
		IntStream.range(0, 5).forEach((i) -> both.run());
		awaitReceived(good, toGood);
		assertThat(bad.came().stream().map((one) -> one.headers().get("Webhook-id")).distinct())
			.as("one at a time, and the rest waits here")
			.hasSizeLessThan(toBad.size());

		for (Mood mood : List.of(Mood.DRIPPING, Mood.DOWN, Mood.FAILING, Mood.REPLAYING)) {
			bad.is(mood);
			both.run();
			int before = bad.came().size();
			hours(1);
			Awaitility.await().until(() -> bad.came().size() > before);
			awaitReceived(good, toGood);
		}

		// Sent to somewhere else, which must not be asked.
		AtomicInteger lured = new AtomicInteger();
		try (ServerSocket elsewhere = listening(lured)) {
			bad.sendsTo(URI.create("http://127.0.0.1:" + elsewhere.getLocalPort() + "/"));
			both.run();
			int before = bad.came().size();
			hours(6);
			Awaitility.await().until(() -> bad.came().size() > before);

			// An endpoint that lies about where it is: a name that leads inside.
			String liar = administrator
				.post(ENDPOINTS,
						Map.of("name", "Lögnaren", "url", "https://localhost:" + elsewhere.getLocalPort() + "/"))
				.expecting(201)
				.id();
			administrator.post(ENDPOINTS + "/" + liar + "/test", Map.of()).expecting(200);
			Awaitility.await()
				.until(() -> administrator.get(ENDPOINTS + "/" + liar + "/deliveries")
					.text()
					.contains("leder inte ut på det öppna nätet"));
			administrator.post(ENDPOINTS + "/" + liar + "/removal", Map.of()).expecting(200);
			assertThat(lured).as("neither redirects nor names lead inside").hasValue(0);
		}

		// It says that it is there no longer: left alone until somebody says otherwise.
		bad.is(Mood.GONE);
		both.run();
		hours(6);
		Awaitility.await()
			.until(() -> administrator.get(ENDPOINTS + "/" + endpoint)
				.body()
				.path("status")
				.asString()
				.equals("DISABLED"));
		awaitReceived(good, toGood);
		int asked = bad.came().size();
		both.run();
		hours(6);
		awaitReceived(good, toGood);
		assertThat(bad.came()).hasSize(asked);

		// Well again, with the system started anew from its disk.
		bad.letGo();
		bad.is(Mood.WELL);
		bad.restarted((listen) -> client("MFD", listen));
		administrator.post(ENDPOINTS + "/" + endpoint + "/enabling", Map.of()).expecting(200);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			clock.pass(Duration.ofHours(1));
			return received(bad).containsAll(toBad);
		});
		assertThat(received(bad)).as("each once in effect").doesNotHaveDuplicates();
		assertThat(bad.came().size()).as("although it came more often").isGreaterThan(toBad.size());
		assertThat(received(good)).containsExactlyInAnyOrderElementsOf(toGood);
		assertThat(good.came()).as("and what went well was sent once").hasSize(toGood.size());

		// What somebody has listened to and sends again later is not taken.
		Receiver.Came heard = bad.came().getLast();
		assertThat(bad.system().receive(heard.headers(), heard.body().replace("MFD", "IVO"))).isEqualTo(401);
		clock.pass(Duration.ofMinutes(10));
		assertThat(bad.system().receive(heard.headers(), heard.body())).isEqualTo(401);

		// Its answers, given twice, take effect once; and by the feed nothing is new.
		AgencyClient system = rerouted("MFD");
		assertThat(system.pull()).isPositive();
		assertThat(received(bad)).doesNotHaveDuplicates();
		assertThat(system.work()).isZero();
		toBad.forEach((need) -> assertThat(handOffs().story(need).stream().map(Envelope::type))
			.containsExactly("need-handed-over.v1", "need-received.v1"));
	}

	@Test
	void whatWaitsIsSentAfterARestart() {
		Receiver receiver = receiver("TLV");
		registered("TLV");
		receiver.is(Mood.DOWN);
		String need = handedOver("TLV");
		Awaitility.await().until(() -> receiver.came().stream().anyMatch((one) -> one.body().contains(need)));
		service.close();
		receiver.is(Mood.WELL);
		Map<String, Object> properties = new HashMap<>(Map.of("lokala-behov.webhooks.time", "2s",
				"lokala-behov.webhooks.sweep", "100ms", "lokala-behov.webhooks.keys", KEY, "spring.mongodb.database",
				database, "spring.cloud.stream.bindings.inbox-in-0.group", database));
		int i = 0;
		for (Receiver one : receivers.values()) {
			properties.put("lokala-behov.webhooks.allowed[" + i++ + "]", one.place());
		}
		service = RunningService.start("national-handoff", properties, NationalHandoffApplication.class,
				MovableClock.InTheService.class);
		clock.pass(Duration.ofMinutes(1));
		awaitReceived(receiver, List.of(need));
	}

	// Answers

	@Test
	void anAnswerThatIsSentTwiceTakesEffectOnceAndIsTheAgencysOwn() {
		String need = handedOver("SOS");
		Caller sos = service.as("SOS", Role.AGENCY_OFFICER);
		String path = "/api/v1/hand-offs/" + need;
		assertThat(service.as("LV", Role.AGENCY_OFFICER).post(path + "/receipt", Map.of()).status()).isEqualTo(404);
		assertThat(service.as("LV", Role.AGENCY_OFFICER).post(path + "/return", Map.of("reason", "Fel")).status())
			.isEqualTo(404);
		String key = UUID.randomUUID().toString();
		Answer first = sos.post(path + "/receipt", Map.of("registration", "1/2026"), "Idempotency-Key", key);
		Answer second = sos.post(path + "/receipt", Map.of("registration", "1/2026"), "Idempotency-Key", key);
		assertThat(first.expecting(200).body()).isEqualTo(second.expecting(200).body());
		assertThat(sos.post(path + "/receipt", Map.of("registration", "2/2026"), "Idempotency-Key", key).status())
			.isEqualTo(422);
		assertThat(handOffs().story(need)).hasSize(2);

		String other = handedOver("SOS");
		String back = "/api/v1/hand-offs/" + other + "/return";
		sos.post(back, Map.of("reason", "Ligger hos en annan"), "Idempotency-Key", key + "r").expecting(200);
		sos.post(back, Map.of("reason", "Ligger hos en annan"), "Idempotency-Key", key + "r").expecting(200);
		assertThat(handOffs().story(other)).hasSize(2);
	}

	// Given

	private static Receiver receiver(String agency) {
		Receiver receiver = Objects.requireNonNull(receivers.get(agency));
		receiver.is(Mood.WELL);
		return receiver;
	}

	/** The reference client, with the service where it is now. */
	private static AgencyClient rerouted(String agency) {
		Receiver receiver = Objects.requireNonNull(receivers.get(agency));
		receiver.restarted((listen) -> AgencyClient.start(
				new AgencyClient.Settings(URI.create(service.address()), agency,
						() -> service.token(agency, Role.AGENCY_OFFICER),
						() -> service.token(agency, Role.ADMINISTRATOR), disk.resolve(agency), listen, List.of()),
				clock));
		return receiver.system();
	}

	/** Each test has an endpoint of its own; the one before it is taken away. */
	private static String registered(String agency) {
		Caller administrator = service.as(agency, Role.ADMINISTRATOR);
		administrator.get(ENDPOINTS)
			.ids()
			.forEach((id) -> administrator.post(ENDPOINTS + "/" + id + "/removal", Map.of()).expecting(200));
		Receiver receiver = Objects.requireNonNull(receivers.get(agency));
		receiver.came().clear();
		return rerouted(agency).register(receiver.address());
	}

	private static String handedOver(String agency, String... contributors) {
		String need = "national-" + UUID.randomUUID();
		tell(need, "SKR", over(agency, List.of(contributors), "Rubrik för " + need.substring(0, 12)));
		return need;
	}

	private static NeedHandedOver over(String agency, List<String> contributors, String title) {
		return over(agency, contributors,
				new Wording(title, List.of("BERO"), "METOD", "Så här är det.", "Vad hjälper?", "", List.of()));
	}

	private static NeedHandedOver over(String agency, List<String> contributors, Wording wording) {
		return new NeedHandedOver(new CycleId("cycle-wire"), new RoundId("round-wire"), 1, wording,
				List.of(new Source(new RegionalNeedId("regional-wire"), 1, new OrganisationId("RSS-01"),
						List.of(new Member(new NeedId("need-wire"), 1, List.of(new OrganisationId("0180")))))),
				new OrganisationId(agency), contributors.stream().map(OrganisationId::new).toList(),
				LocalDate.of(2030, 1, 31));
	}

	private static void tell(String need, String by, HandOffEvent event) {
		Act act = new Act(by.equals("SKR") ? SKR : new OrganisationId(by), "SYSTEM", "system", clock.instant(), null,
				"", null);
		handOffs().execute(need, act, (before) -> Decision.of(event)).orThrow();
	}

	private static Envelope<Object> envelope(String key) {
		return new Envelope<>(Topics.HAND_OFF, key, 1, "need-handed-over.v1", clock.instant(), SKR, "SYSTEM", null,
				key);
	}

	private static void hours(int hours) {
		clock.pass(Duration.ofHours(hours));
	}

	private static ServerSocket listening(AtomicInteger asked) throws IOException {
		ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		Thread.startVirtualThread(() -> {
			while (!socket.isClosed()) {
				try {
					socket.accept().close();
					asked.incrementAndGet();
				}
				catch (IOException ex) {
					return;
				}
			}
		});
		return socket;
	}

	// Then

	private static Aggregates<HandOff, HandOffEvent> handOffs() {
		return service.bean("handOffs");
	}

	private static void inFeed(Caller officer, int atLeast) {
		Awaitility.await().until(() -> officer.get(FEED + "?limit=100").body().path("items").size() >= atLeast);
	}

	private static java.util.stream.Stream<JsonNode> events(Caller officer) {
		return StreamSupport.stream(officer.get(FEED + "?limit=100").expecting(200).body().path("items").spliterator(),
				false);
	}

	private static List<String> types(Caller officer, String need) {
		return events(officer).filter((event) -> event.path("subject").asString().equals(need))
			.map((event) -> event.path("type").asString())
			.toList();
	}

	private static List<String> received(Receiver receiver) {
		return receiver.system()
			.received()
			.stream()
			.filter((event) -> event.path("type").asString().equals("need-handed-over.v1"))
			.map((event) -> event.path("subject").asString())
			.toList();
	}

	private static void awaitReceived(Receiver receiver, List<String> needs) {
		Awaitility.await().until(() -> received(receiver).containsAll(needs));
	}

	private static String[] signatures(Receiver receiver) {
		return Objects.requireNonNull(receiver.came().getLast().headers().get("Webhook-signature"))
			.getFirst()
			.split(" ");
	}

	private static int attempts(Caller administrator, String log, String need) {
		return StreamSupport.stream(administrator.get(log).body().path("items").spliterator(), false)
			.filter((one) -> one.path("about").asString().equals(need))
			.mapToInt((one) -> one.path("attempts").size())
			.sum();
	}

}
