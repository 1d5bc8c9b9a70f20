package se.lokalabehov.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.eventing.Act;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.TestIssuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What comes in at the door, and what it answers, over real HTTP.
 */
class DoorTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String NEED = """
			{"wording":{"title":"Våld mot äldre","targetGroups":["ALDRE"],"needType":"METOD","situation":"S","question":"Q"}}""";

	private static final int AT_ONCE = 20;

	private static TestIssuer issuer;

	private static ConfigurableApplicationContext service;

	private static HttpClient client;

	private static URI base;

	@BeforeAll
	static void start() {
		issuer = TestIssuer.start();
		service = new SpringApplicationBuilder(TryOutApplication.class).web(WebApplicationType.SERVLET)
			.properties(issuer.properties())
			.properties(Map.of("server.port", "0", "server.address", "127.0.0.1", "spring.application.name", "try-out",
					"spring.config.name", "try-out", "spring.lifecycle.timeout-per-shutdown-phase", "3s",
					"lokala-behov.web.requests.at-once", AT_ONCE))
			.run();
		base = URI.create("http://127.0.0.1:" + service.getEnvironment().getRequiredProperty("local.server.port"));
		client = HttpClient.newHttpClient();
	}

	@AfterAll
	static void stop() {
		client.close();
		service.close();
		issuer.close();
	}

	@Test
	void anActKnowsWhoWhenAndByWhichKey() {
		Reply reply = send(post("/api/v1/things/acts", "{}").header("Idempotency-Key", "k-1"));

		assertThat(reply.status()).isEqualTo(200);
		JsonNode act = reply.json();
		assertThat(act.get("by").asString()).isEqualTo("0180");
		assertThat(act.get("role").asString()).isEqualTo("MUNICIPALITY_APPROVER,MUNICIPALITY_AUTHOR");
		assertThat(act.get("at").asString()).isEqualTo("2026-01-31T12:00:00Z");
		assertThat(act.get("key").asString()).isEqualTo(Act.sha256(act.get("subject").asString() + "|" + "k-1"));
		assertThat(act.has("expectedVersion")).isFalse();
	}

	@Test
	void theAnswerToACommandGoesOutWholeWithItsLength() {
		Reply reply = send(post("/api/v1/things", "{\"number\":1}").header("Idempotency-Key", "k"));

		assertThat(reply.header("Content-Length")).isEqualTo(String.valueOf(reply.body().length()));
		assertThat(reply.header("Transfer-Encoding")).isEmpty();
	}

	@Test
	void theFingerprintIsThatOfMethodPathAndTheVeryBytes() {
		String body = "{\"å\":1}";

		String print = fingerprint("/api/v1/things/acts", body);

		assertThat(fingerprint("/api/v1/things/acts", body)).isEqualTo(print);
		assertThat(fingerprint("/api/v1/things/acts", "{\"å\": 1}")).isNotEqualTo(print);
		assertThat(fingerprint("/api/v1/things/acts?x=1", body)).isNotEqualTo(print);
	}

	@Test
	void aPostWithoutAnIdempotencyKeyIsRefused() {
		assertProblem(send(post("/api/v1/things/acts", "{}")), 400, "idempotensnyckel-saknas", "Idempotency-Key");
	}

	@Test
	void anIdempotencyKeyIsVisible() {
		assertProblem(send(post("/api/v1/things/acts", "{}").header("Idempotency-Key", "a b")), 400,
				"felaktig-idempotensnyckel", "Idempotency-Key");
		assertProblem(send(post("/api/v1/things/acts", "{}").header("Idempotency-Key", "")), 400,
				"felaktig-idempotensnyckel", "Idempotency-Key");
	}

	@Test
	void anIdempotencyKeyHasTwoHundredCharactersAtMostAndStandsOnce() {
		assertThat(send(post("/api/v1/things/acts", "{}").header("Idempotency-Key", "k".repeat(200))).status())
			.isEqualTo(200);
		assertProblem(send(post("/api/v1/things/acts", "{}").header("Idempotency-Key", "k".repeat(201))), 400,
				"felaktig-idempotensnyckel", "Idempotency-Key");
		assertProblem(
				send(post("/api/v1/things/acts", "{}").header("Idempotency-Key", "a").header("Idempotency-Key", "b")),
				400, "felaktig-idempotensnyckel", "Idempotency-Key");
	}

	@Test
	void aChangeWithoutAVersionIsRefused() {
		assertProblem(send(request("/api/v1/things/x").PUT(body("{}"))), 428, "version-kravs", "If-Match");
		assertProblem(send(request("/api/v1/things/x").DELETE()), 428, "version-kravs", "If-Match");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "3", "W/\"3\"", "\"0\"", "\"-1\"", "\"a\"", "\"3\", \"4\"", "\"\"",
			"\"9999999999999999999\"", "\"03\"", "\"3.\"", "\".3\"", "\"3.a\"" })
	void aVersionIsOneStrongETag(String ifMatch) {
		assertProblem(send(request("/api/v1/things/x").header("If-Match", ifMatch).PUT(body("{}"))), 400,
				"felaktig-version", "If-Match");
	}

	@Test
	void aChangeAnswersWithTheNewVersion() {
		Reply reply = send(request("/api/v1/things/x").header("If-Match", "\"7\"").PUT(body("{}")));

		assertThat(reply.status()).isEqualTo(200);
		assertThat(reply.header("ETag")).isEqualTo("\"8\"");
		assertThat(reply.body()).isEqualTo("{\"id\":\"x\",\"version\":8,\"href\":\"/api/v1/things/x\"}");
		assertThat(send(request("/api/v1/things/x").header("If-Match", "\"7\"").DELETE()).body())
			.isEqualTo("{\"id\":\"x\",\"version\":9,\"href\":\"/api/v1/things/x\"}");
		// Of an ETag that counts more than the version, only the version must fit.
		assertThat(send(request("/api/v1/things/x").header("If-Match", "\"7.12\"").PUT(body("{}"))).body())
			.isEqualTo(reply.body());
	}

	@Test
	void whatIsMadeHasAnAddress() {
		Reply reply = send(post("/api/v1/things", "{\"number\":1}").header("Idempotency-Key", "k"));

		assertThat(reply.status()).isEqualTo(201);
		assertThat(reply.header("Location")).startsWith("/api/v1/things/thing-")
			.isEqualTo(reply.json().get("href").asString());
		assertThat(reply.header("ETag")).isEqualTo("\"1\"");
		assertThat(send(post("/api/v1/things", "{\"number\":1}").header("Idempotency-Key", "k")).body())
			.isEqualTo(reply.body());
	}

	@Test
	void readingGivesAnETagAndNothingTwice() {
		Reply first = send(request("/api/v1/things/x"));

		assertThat(first.header("ETag")).isEqualTo("\"3\"");
		assertThat(send(request("/api/v1/things/x").header("If-None-Match", "\"3\"")).status()).isEqualTo(304);
		assertProblem(send(request("/api/v1/things/none")), 404, "finns-inte");
	}

	@Test
	void aPageLeadsToTheNext() {
		Reply first = send(request("/api/v1/things?q=%C3%A5&cursor=zz&limit=2"));
		assertThat(first.body()).isEqualTo("{\"items\":[{\"limit\":2,\"cursor\":\"zz\"}]}");
		assertThat(first.header("Link")).isEmpty();

		Reply last = send(request("/api/v1/things?q=%C3%A5"));
		assertThat(last.body()).isEqualTo("{\"items\":[{\"limit\":20}],\"next\":\"a b/c=\"}");
		assertThat(last.header("Link")).isEqualTo("</api/v1/things?q=%C3%A5&cursor=a+b%2Fc%3D>; rel=\"next\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=101", "limit=-1", "limit=x", "limit=", "limit=1&limit=2", "cursor=",
			"cursor=%C3%A5" })
	void aPageMustBeAskedForRight(String query) {
		assertProblem(send(request("/api/v1/things?" + query)), 400, "felaktig-uppgift",
				query.substring(0, query.indexOf('=')));
	}

	@Test
	void aCursorThatNoPageHasGivenIsRefused() {
		assertProblem(send(request("/api/v1/things/broken/cursor")), 400, "felaktig-uppgift", "cursor");
	}

	@ParameterizedTest
	@ValueSource(strings = { "q=a%00b", "q=%E2%80%AE", "q=ok&r=%E2%81%A6x" })
	void anAddressHidesNothing(String query) {
		assertProblem(send(request("/api/v1/things?" + query)), 400, "felaktig-begaran");
	}

	@ParameterizedTest
	@CsvSource({ "INVALID,400", "FORBIDDEN,403", "NOT_FOUND,404", "CONFLICT,409", "NOT_HERE_YET,409", "STALE,412",
			"KEY_REUSED,422", "VERSION_REQUIRED,428", "BEHIND,503" })
	void aRefusalIsAProblem(String kind, int status) {
		Reply reply = send(request("/api/v1/things/refusals/" + kind));

		assertProblem(reply, status, "regel", "a");
		assertThat(reply.json().get("detail").asString()).isEqualTo("Så här gör du.");
		assertThat(reply.json().get("instance").asString()).isEqualTo("/api/v1/things/refusals/" + kind);
		assertThat(reply.header("Retry-After"))
			.isEqualTo(kind.equals("NOT_HERE_YET") ? "1" : kind.equals("BEHIND") ? "60" : "");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"number":1,"secretName":2}            | felaktig-uppgift |
			{"number":"1"}                         | felaktig-uppgift | number
			{"number":1.0}                         | felaktig-uppgift | number
			{"number":1.5}                         | felaktig-uppgift | number
			{"number":true}                        | felaktig-uppgift | number
			{"number":null}                        | felaktig-uppgift | number
			{"number":99999999999}                 | felaktig-uppgift | number
			{}                                     | felaktig-uppgift | number
			{"number":1,"text":1}                  | felaktig-uppgift | text
			{"number":1,"text":true}               | felaktig-uppgift | text
			{"number":1,"text":{}}                 | felaktig-uppgift | text
			{"number":1,"text":["a"]}              | felaktig-uppgift | text
			{"number":1,"flag":"true"}             | felaktig-uppgift | flag
			{"number":1,"flag":1}                  | felaktig-uppgift | flag
			{"number":1,"flag":""}                 | felaktig-uppgift | flag
			{"number":1,"colour":"red"}            | felaktig-uppgift | colour
			{"number":1,"colour":0}                | felaktig-uppgift | colour
			{"number":1,"colour":""}               | felaktig-uppgift | colour
			{"number":1,"colour":" RED"}           | felaktig-uppgift | colour
			{"number":1,"day":"2024-02-30"}        | felaktig-uppgift | day
			{"number":1,"day":"2024-2-3"}          | felaktig-uppgift | day
			{"number":1,"day":20240101}            | felaktig-uppgift | day
			{"number":1,"day":[2024,1,1]}          | felaktig-uppgift | day
			{"number":1,"day":""}                  | felaktig-uppgift | day
			{"number":1,"at":"2024-01-01"}         | felaktig-uppgift | at
			{"number":1,"at":1704067200}           | felaktig-uppgift | at
			{"number":1,"need":"å"}                | felaktig-uppgift | need
			{"number":1,"need":""}                 | felaktig-uppgift | need
			{"number":1,"need":7}                  | felaktig-uppgift | need
			{"number":1,"need":{"value":"a"}}      | felaktig-uppgift | need
			{"number":1,"needs":["a","å"]}         | felaktig-uppgift | needs[1]
			{"number":1,"needs":"a"}               | felaktig-uppgift | needs
			{"number":1,"needs":{}}                | felaktig-uppgift | needs
			{"number":1,"shape":{"kind":"Cube"}}   | felaktig-uppgift | shape
			{"number":1,"shape":{"radius":1}}      | felaktig-uppgift | shape
			{"number":1,"shape":{"kind":"Circle","radius":"1"}} | felaktig-uppgift | shape.radius
			{"number":1,"inner":{"number":"1"}}    | felaktig-uppgift | inner.number
			{"number":1,"inner":{"number":1,"secretName":1}} | felaktig-uppgift | inner
			{"number":1,"inner":""}                | felaktig-uppgift | inner
			{"number":1,"inner":[]}                | felaktig-uppgift | inner
			{"number":1,"text":"a\\u0000b"}        | felaktig-uppgift | text
			{"number":1,"text":"a\\u202Eb"}        | felaktig-uppgift | text
			{"number":1,"text":"a\\u2066b"}        | felaktig-uppgift | text
			{"number":1,"text":"a\\uD800b"}        | felaktig-uppgift | text
			{"number":1,"text":"a\\uDC00"}         | felaktig-uppgift | text
			{"number":1,"number":2}                | dubblett-i-json |
			{"number":1} {"number":2}              | olaslig-json |
			{"number":1}x                          | olaslig-json |
			{"number":1                            | olaslig-json |
			{"number":1,}                          | olaslig-json |
			{number:1}                             | olaslig-json |
			{'number':1}                           | olaslig-json |
			{"number":01}                          | olaslig-json |
			{"number":NaN}                         | olaslig-json |
			{"number":1/*hemlig*/}                 | olaslig-json |
			["hemlig"]                             | olaslig-json |
			"hemlig"                               | olaslig-json |
			null                                   | olaslig-json |
			``                                     | olaslig-json |
			{"number":1111111111111111111111111111111111111111111111111} | for-invecklad-json |
			""")
	void onlyTheJsonThatWasAgreedIsTaken(@Nullable String json, String code, @Nullable String field) {
		Reply reply = send(post("/api/v1/things/echo", (json != null) ? json : ""));

		if (code.equals("felaktig-uppgift")) {
			assertProblem(reply, 400, code, (field != null) ? field : "");
		}
		else {
			assertProblem(reply, 400, code);
		}
		assertThat(reply.body()).doesNotContain("secret", "hemlig", "Cube");
	}

	@Test
	void whatIsTooDeepIsRefused() {
		String deep = "{\"number\":1,\"inner\":".repeat(30) + "null" + "}".repeat(30);

		assertProblem(send(post("/api/v1/things/echo", deep)), 400, "for-invecklad-json");
	}

	@Test
	void bytesThatAreNoUtf8AreRefused() {
		HttpRequest.Builder request = request("/api/v1/things/echo").header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] { '{', '"', (byte) 0xC3, '(', '"', '}' }));

		assertProblem(send(request), 400, "olaslig-json");
	}

	@Test
	void everythingComesBackAsItWentInWithoutNulls() {
		String json = """
				{"text":"Å😀","number":1,"flag":true,"colour":"RED","day":"2024-02-29","at":"2024-01-01T00:00:00Z",\
				"need":"need-1","needs":["a","b"],"shape":{"kind":"Circle","radius":2},"inner":{"number":2}}""";

		Reply reply = send(post("/api/v1/things/echo", json));

		assertThat(reply.body()).isEqualTo(json);
	}

	@Test
	void aBodyMayHaveOneMegabyte() {
		String start = "{\"number\":1,\"text\":\"";
		String fits = start + "x".repeat(BodyFilter.LIMIT - start.length() - 2) + "\"}";

		assertThat(send(post("/api/v1/things/echo", fits)).status()).isEqualTo(200);
		assertProblem(send(post("/api/v1/things/echo", fits + " ")), 413, "for-stort");
	}

	@Test
	void aBodyOfUnknownLengthMayHaveOneMegabyteToo() {
		byte[] tooMuch = new byte[BodyFilter.LIMIT + 1];
		HttpRequest.Builder request = request("/api/v1/things/echo").header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooMuch)));

		assertProblem(send(request), 413, "for-stort");
	}

	@Test
	void everyFieldThatIsWrongIsTold() {
		Reply reply = send(post("/api/v1/things/needs", """
				{"wording":{"title":" ","targetGroups":["ALDRE","NOBODY"],"needType":"WISH","situation":"%s",\
				"question":null,"supportWanted":[null]}}""".formatted("x".repeat(4001))));

		assertProblem(reply, 400, "felaktig-uppgift", "wording.needType", "wording.question", "wording.situation",
				"wording.supportWanted[0]", "wording.targetGroups[1]", "wording.title");
		assertThat(reply.json().get("fields").valueStream().map((field) -> field.get("detail").asString()))
			.containsExactly("Är ingen kod i listan need-type.", "Får inte vara tomt.", "Längden ska vara 0 till 4000.",
					"Måste anges.", "Är ingen kod i listan target-group.", "Får inte vara tomt.");
		assertThat(reply.body()).doesNotContain("NOBODY", "WISH", "xxx");
	}

	@Test
	void aWordingMustBeThere() {
		assertProblem(send(post("/api/v1/things/needs", "{}")), 400, "felaktig-uppgift", "wording");
	}

	@Test
	void aTitleIsOneLine() {
		assertProblem(send(post("/api/v1/things/needs", NEED.replace("Våld", "Våld\\n"))), 400, "felaktig-uppgift",
				"wording.title");
	}

	@Test
	void aWordingIsTakenWithItsDefaults() {
		Reply reply = send(post("/api/v1/things/needs", NEED.replace("Våld", "  Våld")));

		assertThat(reply.body()).isEqualTo("""
				{"title":"Våld mot äldre","targetGroups":["ALDRE"],"needType":"METOD","situation":"S",\
				"question":"Q","consequence":"","supportWanted":[]}""");
	}

	@Test
	void personalDataIsRefusedWithItsPositionAndNeverRepeated() {
		Reply reply = send(post("/api/v1/things/needs",
				NEED.replace("\"Q\"", "\"Hur? 850101-1236, ring 070-123 45 67\",\"consequence\":\"a@b.se\"")));

		assertProblem(reply, 400, "personuppgift", "wording.consequence", "wording.question", "wording.question");
		assertThat(reply.json().get("fields").valueStream().map((field) -> field.get("detail").asString()))
			.containsExactly(
					"Texten innehåller en e-postadress vid tecken 1. Ta bort det: behov beskrivs utan uppgifter om enskilda.",
					"Texten innehåller ett personnummer vid tecken 6. Ta bort det: behov beskrivs utan uppgifter om enskilda.",
					"Texten innehåller ett telefonnummer vid tecken 24. Ta bort det: behov beskrivs utan uppgifter om enskilda.");
		assertThat(reply.body()).doesNotContain("850101", "1236", "070", "a@b");
	}

	@Test
	void personalDataInAListIsToldByItsPlace() {
		Reply reply = send(post("/api/v1/things/needs",
				NEED.substring(0, NEED.length() - 1) + ",\"remarks\":[\"bra\",\"a@b.se\"]}"));

		assertProblem(reply, 400, "personuppgift", "remarks[1]");
	}

	@Test
	void personalDataInAWordingIsToldByItsField() {
		Reply reply = send(post("/api/v1/things/wordings", """
				{"wording":{"title":"t","targetGroups":[],"needType":"n","situation":"s","question":"a@b.se",\
				"consequence":"","supportWanted":[]}}"""));

		assertProblem(reply, 400, "personuppgift", "wording.question");
	}

	@Test
	void aRightDateWithAWrongCheckDigitIsAskedAbout() {
		String body = NEED.replace("\"Q\"", "\"850101-1237\"");

		assertProblem(send(post("/api/v1/things/needs", body)), 400, "personuppgift-bekrafta", "wording.question");
		assertThat(send(post("/api/v1/things/needs", body).header("X-Confirm-No-Personal-Data", "true")).status())
			.isEqualTo(200);
		assertProblem(send(post("/api/v1/things/needs", body).header("X-Confirm-No-Personal-Data", "yes")), 400,
				"personuppgift-bekrafta", "wording.question");
	}

	@Test
	void whatIsCertainCanNotBeConfirmedAway() {
		String body = NEED.replace("\"Q\"", "\"850101-1236 eller 850101-1237\"");

		assertProblem(send(post("/api/v1/things/needs", body).header("X-Confirm-No-Personal-Data", "true")), 400,
				"personuppgift", "wording.question");
	}

	@Test
	void aRecordMayHaveContactsButNoPersonalNumber() {
		assertThat(send(post("/api/v1/things/records", "{\"title\":\"a@b.se 070-123 45 67\"}")).status())
			.isEqualTo(200);
		assertProblem(send(post("/api/v1/things/records", "{\"title\":\"850101-1236\"}")), 400, "personuppgift",
				"title");
	}

	@Test
	void aParameterMustHaveItsType() {
		assertProblem(send(request("/api/v1/things/numbers?n=hemlig")), 400, "felaktig-uppgift", "n");
		assertProblem(send(request("/api/v1/things/numbers")), 400, "felaktig-uppgift", "n");
		assertProblem(send(request("/api/v1/things/numbers?n=10")), 400, "felaktig-uppgift", "n");
		assertProblem(send(request("/api/v1/things/numbers?n=1&colour=hemlig")), 400, "felaktig-uppgift", "colour");
		assertProblem(send(request("/api/v1/things/%C3%A5")), 400, "felaktig-uppgift", "id");
	}

	@Test
	void whatTheApiDoesNotHaveIsAProblem() {
		assertProblem(send(request("/api/v1/nothing")), 404, "okand-adress");
		Reply method = send(request("/api/v1/things").header("If-Match", "\"1\"").DELETE());
		assertProblem(method, 405, "fel-metod");
		assertThat(method.header("Allow")).contains("GET", "POST");
		assertProblem(send(request("/api/v1/things").header("Accept", "text/html")), 406, "fel-svarsformat");
		assertProblem(send(request("/api/v1/things/echo").header("Content-Type", "text/plain").POST(body("hemlig"))),
				415, "fel-innehallsformat");
	}

	@Test
	void aStoreThatIsAwayIsSaidToComeBack() {
		for (String how : new String[] { "store", "driver" }) {
			Reply reply = send(request("/api/v1/things/broken/" + how));

			assertProblem(reply, 503, "lagret-svarar-inte");
			assertThat(reply.header("Retry-After")).isEqualTo("5");
			assertThat(reply.body()).doesNotContain("hemlig");
		}
	}

	@Test
	void whoFindsNoRoomIsToldSoAtOnceAndNobodyTakesRoomBySendingSlowly() throws Exception {
		List<Socket> slow = new ArrayList<>();
		List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
		try {
			for (int i = 0; i < AT_ONCE; i++) {
				slow.add(begun());
			}
			for (int i = 0; i < AT_ONCE; i++) {
				waiting.add(client.sendAsync(request("/api/v1/things/waiting").GET().build(),
						HttpResponse.BodyHandlers.ofString()));
			}
			await().until(() -> TryOutApplication.GO.getQueueLength() == AT_ONCE);

			Reply reply = send(post("/api/v1/things/acts", "{}").header("Idempotency-Key", "k-room"));

			assertProblem(reply, 503, "for-manga-samtidigt");
			assertThat(reply.header("Retry-After")).isEqualTo("2");
			assertThat(send(request("/api/v1/things").header("Accept", "text/html")).body())
				.startsWith("<!doctype html><html lang=\"sv\">")
				.contains("ladda om sidan");
			assertThat(send(request("/actuator/health/liveness")).status()).isEqualTo(200);
		}
		finally {
			TryOutApplication.GO.release(AT_ONCE);
			for (Socket one : slow) {
				one.close();
			}
		}
		assertThat(waiting).allSatisfy((one) -> assertThat(one.join().statusCode()).isEqualTo(200));
		assertThat(send(request("/api/v1/things")).status()).isEqualTo(200);
	}

	/** An act of which the body never comes. */
	private static Socket begun() throws IOException {
		HttpRequest act = post("/api/v1/things/acts", "{}").build();
		Socket socket = new Socket(base.getHost(), base.getPort());
		socket.getOutputStream()
			.write(("POST /api/v1/things/acts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
					+ "Content-Type: application/json\r\nIdempotency-Key: k-slow\r\nAuthorization: "
					+ act.headers().firstValue("Authorization").orElseThrow() + "\r\n\r\n{")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	@Test
	void aFaultTellsNothingOfItself() {
		Reply reply = send(request("/api/v1/things/broken/other"));

		assertProblem(reply, 500, "internt-fel");
		assertThat(reply.body()).doesNotContain("hemlig", "Exception", "trace");
	}

	@Test
	void securityAnswersForItself() {
		assertProblem(send(request("/api/v1/things/broken/rule")), 403, "ej-behorig");
		HttpRequest.Builder anonymous = HttpRequest.newBuilder(base.resolve("/api/v1/things/acts")).POST(body("{}"));
		assertProblem(send(anonymous), 401, "ej-inloggad");
	}

	@Test
	void theErrorPageIsAProblemToo() {
		Reply reply = send(request("/api/v1/things/a;b"));

		assertThat(reply.status()).isEqualTo(400);
		assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
	}

	@Test
	void whatAServiceSaysItselfWinsOverTheDefaults() {
		assertThat(service.getEnvironment().getProperty("server.tomcat.max-keep-alive-requests")).isEqualTo("-1");
		assertThat(service.getEnvironment().getProperty("spring.threads.virtual.enabled")).isEqualTo("true");
		assertThat(service.getEnvironment().getProperty("spring.lifecycle.timeout-per-shutdown-phase")).isEqualTo("3s");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/things?limit=%C0%AE", "/api/v1/things?limit=%ED%A0%80", "/api/v1/things/%FF",
			"/api/v1/things/..%2F..%2Fetc", "/api/v1/things/%00", "/api/v1/things/a%5Cb" })
	void anAddressThatCanNotBeDecodedIsAProblem(String path) {
		assertProblem(send(request(path).GET()), 400, "felaktig-begaran");
	}

	@Test
	void aBrowserIsToldInWordsThatItsAddressCanNotBeDecoded() {
		Reply reply = send(request("/%FF").header("Accept", "text/html").GET());

		assertThat(reply.status()).isEqualTo(400);
		assertThat(reply.body()).startsWith("<!doctype html><html lang=\"sv\">").contains("Begäran kan inte tolkas");
	}

	@ParameterizedTest
	@ValueSource(strings = { "no type at all", "application/*", "application/json; charset=utf-7" })
	void whatIsOfNoMediaTypeIsRefusedWhateverItIsSentTo(String type) {
		for (String path : List.of("/api/v1/things/acts", "/api/v1/nowhere")) {
			assertProblem(send(request(path).header("Content-Type", type)
				.header("Idempotency-Key", "k-type")
				.POST(HttpRequest.BodyPublishers.ofString("{}"))), 415, "fel-innehallsformat");
		}
		assertProblem(send(request("/api/v1/things").header("Content-Type", type).GET()), 415, "fel-innehallsformat");
	}

	@Test
	void aFormInPartsThatSaysNoBoundaryIsAProblem() {
		assertProblem(send(request("/api/v1/things/acts").header("Content-Type", "multipart/form-data")
			.header("Idempotency-Key", "k-parts")
			.POST(HttpRequest.BodyPublishers.ofString("{}"))), 400, "felaktig-begaran");
	}

	@Test
	void aPersonalNumberInThePathIsNotRepeated() {
		assertThat(send(request("/api/v1/nothing/850101-1236")).body()).doesNotContain("850101");
	}

	@Test
	void healthAndMetersAreThere() {
		assertThat(send(request("/actuator/health")).json().get("status").asString()).isEqualTo("UP");
		HttpRequest.Builder meters = HttpRequest.newBuilder(base.resolve("/actuator/prometheus"))
			.header("Authorization", "Bearer " + issuer.token("SKR", Role.ADMINISTRATOR));
		assertThat(send(meters).body()).contains("jvm_");
	}

	@Test
	void theApiIsDescribedWithWhatTheDoorAdds() {
		JsonNode api = send(request("/v3/api-docs")).json();

		assertThat(api.get("openapi").asString()).startsWith("3.1");
		assertThat(api.at("/info/title").asString()).isEqualTo("Lokala behov: try-out");
		assertThat(api.at("/info/license/name").asString()).isEqualTo("EUPL-1.2");
		assertThat(api.at("/components/securitySchemes/login/scheme").asString()).isEqualTo("bearer");
		assertThat(api.at("/components/schemas/Problem/properties").propertyNames()).contains("type", "fields");
		JsonNode make = api.at("/paths/~1api~1v1~1things/post");
		assertThat(make.at("/responses/default/content/application~1problem+json/schema/$ref").asString())
			.isEqualTo("#/components/schemas/Problem");
		assertThat(make.get("parameters").valueStream().map((parameter) -> parameter.get("name").asString()))
			.containsExactly("Idempotency-Key", "If-Match", "X-Confirm-No-Personal-Data");
		assertThat(make.at("/responses/201/content/application~1json/schema/$ref").asString())
			.isEqualTo("#/components/schemas/Receipt");
		assertThat(api.at("/components/schemas/Receipt/properties").propertyNames()).containsExactlyInAnyOrder("id",
				"version", "href");
		assertThat(make.at("/parameters/0/required").asBoolean()).isTrue();
		JsonNode change = api.at("/paths/~1api~1v1~1things~1{id}/put/parameters");
		assertThat(change.valueStream()
			.filter((parameter) -> parameter.path("required").asBoolean())
			.map((parameter) -> parameter.get("name").asString())).containsExactlyInAnyOrder("id", "If-Match");
		assertThat(api.at("/paths/~1api~1v1~1things/get/parameters")
			.valueStream()
			.map((parameter) -> parameter.get("name").asString())).containsExactly("limit", "cursor");
		assertThat(api.get("paths").propertyNames()).allMatch((path) -> path.startsWith("/api/"));
	}

	private static String fingerprint(String path, String body) {
		return send(post(path, body).header("Idempotency-Key", "k")).json().get("fingerprint").asString();
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(base.resolve(path))
			.header("Authorization",
					"Bearer " + issuer.token("0180", Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER));
	}

	private static HttpRequest.Builder post(String path, String json) {
		return request(path).header("Content-Type", "application/json").POST(body(json));
	}

	private static HttpRequest.BodyPublisher body(String text) {
		return HttpRequest.BodyPublishers.ofString(text);
	}

	private static Reply send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
			return new Reply(response);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Every problem has the same shape, and these fields in this order. */
	private static void assertProblem(Reply reply, int status, String code, String... fields) {
		assertThat(reply.status()).as(reply.body()).isEqualTo(status);
		assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
		JsonNode problem = reply.json();
		assertThat(problem.get("type").asString()).isEqualTo("https://lokalabehov.se/problem/" + code);
		assertThat(problem.get("status").asInt()).isEqualTo(status);
		assertThat(problem.get("title").asString()).isNotBlank();
		assertThat(problem.get("detail").asString()).isNotBlank();
		assertThat(problem.path("fields").valueStream().map((field) -> field.get("name").asString())).as(reply.body())
			.containsExactly(fields);
		assertThat(problem.path("fields").valueStream().map((field) -> field.get("detail").asString()))
			.allMatch((detail) -> !detail.isBlank());
	}

	/**
	 * What came back.
	 */
	private record Reply(HttpResponse<String> response) {

		int status() {
			return this.response.statusCode();
		}

		String body() {
			return this.response.body();
		}

		String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

		JsonNode json() {
			return JSON.readTree(body());
		}

	}

}
