package se.lokalabehov.standalone;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.agencyclient.AgencyClient;
import se.lokalabehov.agencyclient.Rule;
import se.lokalabehov.agencyclient.Tokens;
import se.lokalabehov.ranking.Verifier;
import se.lokalabehov.testsupport.Backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The model, walked from the first moment to the last and back: all services, the real
 * broker and the real store (embedded, or in containers: {@code -Dbackends}), through the
 * portal as everybody else. Each moment stands on those before it.
 *
 * <p>
 * Enköping and Knivsta ask together how those who are close to someone with an addiction
 * can be supported, Uppsala asks the same in other words, and so does Stockholm in
 * another region. Solna asks about something that exists, and about something that is
 * ranked last.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SevenMomentsTests {

	private static final String STOCKHOLM = "0180";

	private static final String SOLNA = "0184";

	private static final String HABO = "0305";

	private static final String KNIVSTA = "0330";

	private static final String UPPSALA = "0380";

	private static final String ENKOPING = "0381";

	private static final String GOTEBORG = "1480";

	private static final String RSS_STOCKHOLM = "RSS-01";

	private static final String RSS_UPPSALA = "RSS-03";

	private final LocalDate today = LocalDate.now(ZoneId.of("Europe/Stockholm"));

	private Standalone platform;

	/** Where the agencies' systems keep what they receive. */
	private Path systems = Path.of("");

	private Api api;

	private String cycle = "";

	private String jointNeed = "";

	private String uppsalasNeed = "";

	private String stockholmsNeed = "";

	private String solnasAnsweredNeed = "";

	private String solnasLastNeed = "";

	private String turnedBack = "";

	private String elsewhere = "";

	private String regionalInUppsala = "";

	private String regionalInStockholm = "";

	private String regionalAnswered = "";

	private String regionalLast = "";

	private String nationalOfThree = "";

	private String nationalAnswered = "";

	private String nationalLast = "";

	private String round = "";

	private String record = "";

	@BeforeAll
	void start(@TempDir Path data, @TempDir Path kept) {
		this.systems = kept;
		Options options = Options.empty(data);
		this.platform = Standalone.start(Backends.inContainers()
			.map((real) -> options.using(new Options.Outside(real.bootstrapServers(), real.storeUri())))
			.orElse(options));
		this.api = new Api(this.platform.portal(), this.platform.issuer());
	}

	@AfterAll
	void stop() {
		this.api.close();
		this.platform.close();
	}

	@Test
	@Order(1)
	void moment1SocialChiefsChooseAnAreaAndSkrOpensTheCycle() {
		this.cycle = chief(UPPSALA)
			.post("/cycles", Map.of("area", "SBB", "title", "Skadligt bruk och beroende", "why",
					"Området förändras snabbt.", "choosers", List.of(UPPSALA, STOCKHOLM)))
			.id();
		assertThat(this.api.anybody().tryGet("/cycles/" + this.cycle).status()).as("nobody else sees the choice")
			.isEqualTo(404);

		skr().post("/cycles/" + this.cycle + "/opening", Map.of("timetable", Map.of("ANSWER", day(30), "DELIVER",
				day(60), "SCREEN", day(90), "RANK", day(120), "FEED_BACK", day(365))));

		Answer opened = this.api.anybody().get("/cycles/" + this.cycle);
		assertThat(opened.text("status")).isEqualTo("OPEN");
		assertThat(opened.eTag()).isEqualTo("\"2\"");
		assertThat(opened.list("regions")).as("who asks whom is frozen")
			.anySatisfy((region) -> assertThat(region.path("asker").asString()).isEqualTo(RSS_UPPSALA));
	}

	@Test
	@Order(2)
	void moment2EveryRssAsksItsMunicipalitiesAndSeesWhoHasAnswered() {
		rss(RSS_UPPSALA).post("/collections", Map.of("cycle", this.cycle, "message", "Vad saknar ni?"));
		rss(RSS_STOCKHOLM).post("/collections", Map.of("cycle", this.cycle, "message", "Vad saknar ni?"));
		approver(HABO).post(collection(RSS_UPPSALA) + "/no-needs", Map.of("municipality", HABO, "comment", ""));

		Answer seen = rss(RSS_UPPSALA).get(collection(RSS_UPPSALA));
		assertThat(seen.list("municipalities")).filteredOn(answered("NO_NEEDS")).hasSize(1);
		assertThat(seen.list("municipalities")).filteredOn(answered("NOT_YET")).hasSize(7);
		assertThat(rss(RSS_STOCKHOLM).tryGet(collection(RSS_UPPSALA)).status()).as("another region's").isEqualTo(404);

		rss(RSS_UPPSALA).post(collection(RSS_UPPSALA) + "/reminders", Map.of("message", "Glöm inte att svara."));
	}

	@Test
	@Order(3)
	void moment3MunicipalitiesWriteTheirNeedsAndSubmitThem() {
		String draft = author(ENKOPING)
			.post("/needs",
					draft("SBB", List.of(ENKOPING, KNIVSTA), "Stöd till anhöriga",
							"Vilket stöd hjälper dem som står nära?"))
			.id();
		assertThat(author(ENKOPING).tryPost("/needs/" + draft + "/submission", Map.of()).status())
			.as("an author does not speak for the municipality")
			.isEqualTo(403);
		assertThat(rss(RSS_UPPSALA).tryGet("/needs/" + draft).status()).as("a draft is the municipality's own")
			.isEqualTo(404);

		this.jointNeed = approver(ENKOPING).post("/needs/" + draft + "/submission", Map.of()).id();
		this.uppsalasNeed = submitted(UPPSALA, "SBB", "Anhöriga till den som dricker", "Hur stöder man närstående?");
		this.stockholmsNeed = submitted(STOCKHOLM, "SBB", "Vad hjälper närstående?", "Vad har effekt för anhöriga?");
		this.solnasAnsweredNeed = submitted(SOLNA, "SBB", "Arbete under behandling", "Fungerar IPS hos oss?");
		this.solnasLastNeed = submitted(SOLNA, "SBB", "Upphandling av vård", "Vilka krav bör vi ställa?");
		this.turnedBack = submitted(UPPSALA, "SBB", "Kurs i motiverande samtal", "Var finns en kurs?");
		this.elsewhere = submitted(SOLNA, "DEM", "Oro på kvällen", "Vad minskar oro vid demens?");

		assertThat(author(KNIVSTA).get("/needs/" + this.jointNeed).text("status")).as("a joint need is also Knivsta's")
			.isEqualTo("SUBMITTED");
		assertThat(author(GOTEBORG).tryGet("/needs/" + this.jointNeed).status()).as("and nobody else's").isEqualTo(404);
		assertThat(rss(RSS_STOCKHOLM).tryGet("/needs/" + this.jointNeed).status()).as("nor another region's")
			.isEqualTo(404);
	}

	@Test
	@Order(4)
	void moment3PersonalDataStopsAtTheDoor() {
		Answer refused = author(UPPSALA).tryPost("/needs",
				draft("SBB", List.of(UPPSALA), "Ett enskilt ärende", "Vad gör vi för 640823-3234?"));

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.problem()).isEqualTo("personuppgift");
		assertThat(refused.body().toString()).contains("wording.question").doesNotContain("640823");
	}

	@Test
	@Order(5)
	void moment3AMunicipalityRevisesInTheVersionItHasSeen() {
		String path = "/needs/" + this.uppsalasNeed;
		Answer seen = approver(UPPSALA).get(path);
		Map<String, Object> revised = Map.of("municipalities", List.of(UPPSALA), "wording",
				wording("Anhöriga till den som dricker", "Hur stöder man närstående som inte vill ha kontakt?"));

		assertThat(approver(UPPSALA).tryPut(path + "/wording", revised, null).status()).isEqualTo(428);
		assertThat(approver(UPPSALA).tryPut(path + "/wording", revised, "\"99\"").status()).isEqualTo(412);
		approver(UPPSALA).put(path + "/wording", revised, seen.eTag());

		assertThat(approver(UPPSALA).get(path).body().path("version").asInt()).isEqualTo(2);
		assertThat(approver(UPPSALA).get(path).list("versions")).hasSize(2);
	}

	@Test
	@Order(6)
	void moment3TheSameThingSaidTwiceWithOneKeyIsDoneOnce() {
		String body = """
				{"text": "Vem får ge naloxon på boendet?", "area": "SBB"}""";

		Answer first = author(UPPSALA).tryPost("/question-notes", body, "en-nyckel");
		Answer again = author(UPPSALA).tryPost("/question-notes", body, "en-nyckel");
		Answer other = author(UPPSALA).tryPost("/question-notes", body.replace("naloxon", "något"), "en-nyckel");

		assertThat(first.status()).isEqualTo(201);
		assertThat(again).isEqualTo(first);
		assertThat(other.status()).isEqualTo(422);
		assertThat(author(UPPSALA).list("/question-notes")).hasSize(1);
	}

	@Test
	@Order(7)
	void moment3RssTurnsBackWhatExistsMergesTheRestAndDelivers() {
		rss(RSS_UPPSALA).post("/needs/" + this.turnedBack + "/turning-back",
				Map.of("because", "EXISTS", "answer", "Kursen finns redan.", "support", "Webbkurs i MI"));
		this.regionalInUppsala = formed(RSS_UPPSALA, "Stöd till närstående",
				Map.of(this.jointNeed, 1, this.uppsalasNeed, 2));
		this.regionalInStockholm = formed(RSS_STOCKHOLM, "Effekt av anhörigstöd", Map.of(this.stockholmsNeed, 1));
		this.regionalAnswered = formed(RSS_STOCKHOLM, "Arbete", Map.of(this.solnasAnsweredNeed, 1));
		this.regionalLast = formed(RSS_STOCKHOLM, "Köpt vård", Map.of(this.solnasLastNeed, 1));

		assertThat(skr().tryGet("/regional-needs/" + this.regionalInUppsala).status()).as("not delivered yet")
			.isEqualTo(404);
		delivered(RSS_UPPSALA, this.regionalInUppsala);
		delivered(RSS_STOCKHOLM, this.regionalInStockholm, this.regionalAnswered, this.regionalLast);

		Answer seen = skr().get("/regional-needs/" + this.regionalInUppsala);
		assertThat(seen.body().path("weight").asInt()).as("different municipalities behind").isEqualTo(3);
		assertThat(approver(ENKOPING).get("/needs/" + this.jointNeed).body().path("wording").path("title").asString())
			.as("a need keeps its own words")
			.isEqualTo("Stöd till anhöriga");
		assertThat(approver(UPPSALA)
			.tryPut("/needs/" + this.uppsalasNeed + "/wording",
					Map.of("municipalities", List.of(UPPSALA), "wording", wording("Annat", "Något annat?")),
					approver(UPPSALA).get("/needs/" + this.uppsalasNeed).eTag())
			.status()).as("what is delivered is not revised").isEqualTo(409);
	}

	@Test
	@Order(8)
	void moment4SkrCompilesAndAgenciesScreen() {
		this.nationalOfThree = compiled("Stöd till närstående", this.regionalInUppsala, this.regionalInStockholm);
		this.nationalAnswered = compiled("Arbete under behandling", this.regionalAnswered);
		this.nationalLast = compiled("Krav på köpt vård", this.regionalLast);
		screened(this.nationalOfThree, Map.of("verdict", "NEW"));
		screened(this.nationalLast, Map.of("verdict", "NEW"));
		assertThat(this.api.anybody().tryGet("/national-needs/" + this.nationalOfThree).status())
			.as("nothing is published before the round is closed")
			.isEqualTo(404);

		screened(this.nationalAnswered, Map.of("verdict", "EXISTS", "support", "Riktlinjer om IPS", "evidence", List
			.of(Map.of("title", "Översikt om IPS", "publisher", "SBU", "reference", "SBU 300", "overview", true))));

		Answer seen = skr().get("/national-needs/" + this.nationalOfThree);
		assertThat(seen.body().path("municipalities").asInt()).isEqualTo(4);
		assertThat(skr().get("/national-needs/screening-status?cycle=" + this.cycle).body().path("screened").asInt())
			.isEqualTo(3);
		await().untilAsserted(() -> assertThat(answersTo(SOLNA)).as("what exists is told at once, by itself")
			.anyMatch((answer) -> answer.contains("Riktlinjer om IPS")));
		await().untilAsserted(
				() -> assertThat(needsThatOthersSee()).as("and to everybody").containsExactly(this.solnasAnsweredNeed));
	}

	/** All of them, in pages of one. */
	private List<String> needsThatOthersSee() {
		List<String> seen = new ArrayList<>();
		String next = "";
		do {
			Answer page = author(GOTEBORG).get("/needs?limit=1&cycle=" + this.cycle + next);
			seen.addAll(ids(page.list("items")));
			next = "&cursor=" + page.text("next");
		}
		while (!next.equals("&cursor="));
		return seen;
	}

	@Test
	@Order(9)
	void moment5SocialChiefsRankAndNobodySeesABallot() throws Exception {
		Map<String, Object> proposal = new HashMap<>(Map.of("level", "NATIONAL", "cycle", this.cycle, "title",
				"Nationell prioritering", "panel",
				List.of(seat(UPPSALA, "Öst"), seat(STOCKHOLM, "Öst"), seat(GOTEBORG, "Väst")), "quorum", 2, "deadline",
				Instant.now().plus(Duration.ofDays(1)).toString(), "method", "borda", "unranked", "LAST"));
		proposal.put("items", List.of(this.nationalOfThree, this.nationalAnswered));
		assertThat(skr().tryPost("/prioritisation-rounds", proposal).status()).as("what is answered is not ranked")
			.isEqualTo(409);
		proposal.put("items", List.of(this.nationalLast, this.nationalOfThree));
		this.round = skr().post("/prioritisation-rounds", proposal).id();

		vote(UPPSALA, List.of(List.of(this.nationalOfThree), List.of(this.nationalLast)), List.of());
		vote(STOCKHOLM, List.of(List.of(this.nationalOfThree, this.nationalLast)), List.of());
		vote(GOTEBORG, List.of(List.of(this.nationalOfThree)), List.of(this.nationalLast));

		Answer open = skr().get(rounds());
		assertThat(open.list("voted")).hasSize(3);
		assertThat(open.body().toString()).doesNotContain("ranking");
		assertThat(skr().tryGet(rounds() + "/ranking").status()).as("no interim result").isNotEqualTo(200);
		assertThat(skr().tryGet(rounds() + "/ballots/plats-0380").status()).as("not even for SKR").isEqualTo(404);
		assertThat(chief(UPPSALA).get(rounds() + "/ballots/plats-0380").status()).isEqualTo(200);

		skr().post(rounds() + "/closing", Map.of());

		List<JsonNode> places = this.api.anybody().get(rounds() + "/ranking").list("places");
		assertThat(places).extracting((place) -> place.path("item").asString())
			.containsExactly(this.nationalOfThree, this.nationalLast);
		JsonNode explanation = this.api.anybody().get(rounds() + "/explanation").body();
		assertThat(explanation.path("provisional").asBoolean()).isFalse();
		assertThat(explanation.path("ballots").asInt()).isEqualTo(3);
		assertThat(explanation.path("panel").valueStream()).as("in words").isNotEmpty();
		assertThat(explanation.toString()).as("ballots are anonymous").doesNotContain("plats-");
		Verifier.Verification verification = Verifier
			.verify(new ByteArrayInputStream(fetched("/api/v1" + rounds() + "/package")));
		assertThat(verification.differences()).as("anyone can recompute it").isEmpty();
		assertThat(verification.sha256()).isEqualTo(explanation.path("packageHash").asString());
		assertThat(new String(fetched("/prioritering/" + this.round + "/resultat"), StandardCharsets.UTF_8))
			.contains("3 av", "Andra sätt att räkna", "--sha256 " + verification.sha256());
		assertThat(chief(UPPSALA)
			.tryPost(rounds() + "/ballots", Map.of("seat", "plats-0380", "ranking", List.of(), "conflicts", List.of()))
			.status()).as("a closed round stays closed").isEqualTo(409);
	}

	private byte[] fetched(String path) throws Exception {
		try (HttpClient http = HttpClient.newHttpClient()) {
			HttpResponse<byte[]> answer = http.send(
					HttpRequest.newBuilder(this.platform.portal().resolve(path)).build(),
					HttpResponse.BodyHandlers.ofByteArray());
			assertThat(answer.statusCode()).as(path).isEqualTo(200);
			return answer.body();
		}
	}

	@Test
	@Order(10)
	void moment6EveryRankedNeedIsHandedOverAndReceivedOrToldWhyNot() {
		// The agencies' own systems read their feeds and answer, with clients'
		// credentials.
		handedOver("SBU");
		answeredBy("SBU", new Rule(List.of(), "Frågan hör till Socialstyrelsen.", null));
		handedOver("SOS");
		answeredBy("SOS", new Rule(List.of(), null, null));
		skr().post("/national-needs/" + this.nationalLast + "/below-the-line",
				Map.of("reason", "Myndigheterna räcker inte till fler behov i den här omgången."));

		assertThat(agency("SOS").get("/hand-offs/" + this.nationalOfThree).text("status")).isEqualTo("RECEIVED");
		assertThat(author(UPPSALA).tryGet("/hand-offs/" + this.nationalOfThree).status()).isEqualTo(404);
	}

	private void answeredBy(String agency, Rule rule) {
		Clock clock = Clock.systemUTC();
		try (HttpClient http = HttpClient.newHttpClient();
				AgencyClient system = AgencyClient.start(new AgencyClient.Settings(this.platform.portal(), agency,
						new Tokens(http, this.platform.issuer().resolve("/oauth2/token"), "handlaggare-" + agency,
								"demo", clock),
						() -> "", Files.createTempDirectory(this.systems, agency),
						new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of(rule)), clock)) {
			await().until(() -> {
				system.pull();
				return system.received()
					.stream()
					.anyMatch((event) -> event.path("subject").asString().equals(this.nationalOfThree)
							&& event.path("type").asString().equals("need-handed-over.v1"))
						&& system.work() == 0;
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	@Order(11)
	void moment7TheAgencyDecidesDeliversAndIsFollowedUp() {
		String feedback = "/feedback/" + this.nationalOfThree;
		// The system is started anew: it has confirmed already, and now decides.
		answeredBy("SOS",
				new Rule(List.of(), null,
						JsonMapper.shared()
							.valueToTree(Map.of("decision", "NEW_SUPPORT", "why",
									"Vi tar fram en vägledning om stöd till närstående.", "expected", day(300)))));
		assertThat(
				agency("SBU").tryPost(feedback + "/decisions", Map.of("decision", "DECLINED", "why", "Nej.")).status())
			.as("only the lead agency decides")
			.isEqualTo(403);
		agency("SOS").post(feedback + "/progress", Map.of("text", "Arbetet följer planen."));
		this.record = agency("SOS")
			.post("/records",
					Map.of("content",
							Map.of("kind", "KNOWLEDGE_SUPPORT", "title", "Vägledning: stöd till närstående",
									"description", "Hur närstående kan stödjas.", "publisher", "SOS", "language", "sv",
									"areas", List.of("SBB"), "support",
									Map.of("supportKind", "VAGLEDNING", "answers", List.of(this.nationalOfThree)))))
			.id();
		agency("SOS").post(feedback + "/deliveries",
				Map.of("title", "Vägledning: stöd till närstående", "kind", "VAGLEDNING", "record", this.record));
		followedUp(KNIVSTA, this.jointNeed, 4);
		followedUp(STOCKHOLM, this.stockholmsNeed, 2);

		Answer answer = this.api.anybody().get(feedback);
		assertThat(answer.body().path("decision").path("decision").asString()).isEqualTo("NEW_SUPPORT");
		assertThat(answer.body().path("municipalitiesBehind").asInt()).isEqualTo(4);
		assertThat(this.api.anybody()
			.get("/follow-ups?nationalNeed=" + this.nationalOfThree)
			.body()
			.path("means")
			.path("USE")
			.asDouble()).isEqualTo(3.0);
	}

	@Test
	@Order(12)
	void nobodyWhoAskedIsLeftWithoutAnAnswer() {
		for (String municipality : List.of(ENKOPING, KNIVSTA, UPPSALA, STOCKHOLM)) {
			await().untilAsserted(() -> assertThat(answersTo(municipality)).as("to " + municipality)
				.anyMatch((answer) -> answer.startsWith("DECIDED") && answer.contains("vägledning"))
				.anyMatch((answer) -> answer.startsWith("DELIVERED")));
		}
		assertThat(answersTo(UPPSALA)).anyMatch((answer) -> answer.startsWith("TURNED_BACK Kursen finns redan."));
		await().untilAsserted(() -> assertThat(answersTo(SOLNA))
			.anyMatch((answer) -> answer.startsWith("BELOW_THE_LINE") && answer.contains("räcker inte till"))
			.anyMatch((answer) -> answer.startsWith("WAITLISTED"))
			.anyMatch((answer) -> answer.contains("Riktlinjer om IPS")));
		for (String municipality : List.of(ENKOPING, KNIVSTA, UPPSALA, STOCKHOLM, SOLNA)) {
			assertThat(author(municipality).list("/traces?municipality=" + municipality)).isNotEmpty()
				.allMatch((need) -> need.path("answered").asBoolean());
		}
		assertThat(author(GOTEBORG).list("/traces?municipality=" + GOTEBORG)).as("who did not ask").isEmpty();
		assertThat(author(GOTEBORG).tryGet("/traces?municipality=" + UPPSALA).status()).isEqualTo(404);
	}

	@Test
	@Order(13)
	void fromTheMunicipalityTheWholeWayIsSeen() {
		await().untilAsserted(() -> {
			Answer trace = author(KNIVSTA).get("/traces/" + this.jointNeed);
			assertThat(trace.list("chain")).extracting((step) -> step.path("moment").asInt()).contains(3, 4, 5, 6, 7);
			assertThat(trace.list("chain")).extracting((step) -> step.path("kind").asString())
				.contains("NEED", "REGIONAL_NEED", "NATIONAL_NEED", "ROUND", "HAND_OFF", "FEEDBACK", "FOLLOW_UP");
			assertThat(trace.list("chain")).extracting((step) -> step.path("by").path("id").asString())
				.contains(ENKOPING, RSS_UPPSALA, "SKR", "SBU", "SOS");
			assertThat(ids(trace.list("up"))).contains(this.regionalInUppsala, this.nationalOfThree, this.round,
					this.record);
		});
	}

	@Test
	@Order(14)
	void fromTheDeliveredSupportOneComesBackToEveryMunicipalityThatHadAsked() {
		await().untilAsserted(() -> assertThat(ids(skr().get("/traces/" + this.record).list("down"))).contains(
				this.nationalOfThree, this.regionalInUppsala, this.regionalInStockholm, this.jointNeed,
				this.uppsalasNeed, this.stockholmsNeed));
		assertThat(skr().get("/traces/" + this.nationalOfThree).list("chain"))
			.extracting((step) -> step.path("by").path("id").asString())
			.contains(ENKOPING, UPPSALA, STOCKHOLM);
	}

	@Test
	@Order(15)
	void othersSeeOnlyWhatIsPublished() {
		assertThat(author(GOTEBORG).tryGet("/needs/" + this.turnedBack).status()).isEqualTo(404);
		assertThat(author(GOTEBORG).tryGet("/traces/" + this.turnedBack).status()).isEqualTo(404);
		assertThat(author(GOTEBORG).tryGet("/needs/" + this.elsewhere).status()).isEqualTo(404);

		assertThat(needsThatOthersSee()).containsExactlyInAnyOrder(this.jointNeed, this.uppsalasNeed,
				this.stockholmsNeed, this.solnasAnsweredNeed, this.solnasLastNeed);
		assertThat(author(GOTEBORG).list("/needs?cycle=" + this.cycle + "&municipality=" + KNIVSTA))
			.as("nor can one look for whose it is")
			.isEmpty();
		Answer published = author(GOTEBORG).get("/needs/" + this.jointNeed);
		assertThat(published.text("status")).isEqualTo("PUBLISHED");
		assertThat(published.body().toString()).as("without whose it is").doesNotContain(ENKOPING, KNIVSTA);
		assertThat(this.api.anybody().get("/traces/" + this.nationalOfThree).body().toString())
			.doesNotContain("\"" + ENKOPING + "\"", "\"" + KNIVSTA + "\"");
	}

	@Test
	@Order(16)
	void theCycleIsFinishedAndWhatComesLaterWaitsForTheNext() {
		skr().post("/cycles/" + this.cycle + "/compiling-closing", Map.of());
		skr().post("/cycles/" + this.cycle + "/finish", Map.of("summary", "Alla har fått svar."));

		assertThat(this.api.anybody().get("/cycles/" + this.cycle).text("status")).isEqualTo("FINISHED");
		String tooLate = submitted(STOCKHOLM, "SBB", "Ett till", "Kommer det här med?");
		await().untilAsserted(() -> {
			Answer seen = author(STOCKHOLM).get("/needs/" + tooLate);
			assertThat(seen.text("status")).as("waits for the next cycle, and is told so").isEqualTo("WAITLISTED");
			assertThat(seen.body().path("answer").toString()).contains("nästa");
		});
	}

	private Api.As author(String municipality) {
		return this.api.as("forfattare-" + municipality);
	}

	private Api.As approver(String municipality) {
		return this.api.as("godkannare-" + municipality);
	}

	private Api.As chief(String municipality) {
		return this.api.as("socialchef-" + municipality);
	}

	private Api.As rss(String rss) {
		return this.api.as("samordnare-" + rss);
	}

	private Api.As skr() {
		return this.api.as("sammanstallare-SKR");
	}

	private Api.As agency(String agency) {
		return this.api.as("handlaggare-" + agency);
	}

	private String day(int after) {
		return this.today.plusDays(after).toString();
	}

	private String collection(String rss) {
		return "/collections/" + this.cycle + "." + rss;
	}

	private String rounds() {
		return "/prioritisation-rounds/" + this.round;
	}

	private static Predicate<JsonNode> answered(String how) {
		return (municipality) -> municipality.path("answer").asString().equals(how);
	}

	private static Map<String, Object> wording(String title, String question) {
		return Map.of("title", title, "targetGroups", List.of("ANH"), "needType", "METOD", "situation",
				"Så här är det hos oss.", "question", question, "consequence", "Annars händer inget.", "supportWanted",
				List.of("VAGLEDNING"));
	}

	private Map<String, Object> draft(String area, List<String> municipalities, String title, String question) {
		return Map.of("cycle", this.cycle, "area", area, "municipalities", municipalities, "wording",
				wording(title, question), "namesMunicipalities", false);
	}

	private String submitted(String municipality, String area, String title, String question) {
		String id = author(municipality).post("/needs", draft(area, List.of(municipality), title, question)).id();
		return approver(municipality).post("/needs/" + id + "/submission", Map.of()).id();
	}

	private String formed(String rss, String title, Map<String, Integer> needs) {
		return rss(rss).post("/regional-needs",
				Map.of("cycle", this.cycle, "wording", wording(title, "Vad vet man?"), "members",
						needs.entrySet()
							.stream()
							.map((need) -> Map.of("need", need.getKey(), "version", need.getValue()))
							.toList()))
			.id();
	}

	private void delivered(String rss, String... regionalNeeds) {
		rss(rss).post(collection(rss) + "/deliveries", Map.of("regionalNeeds",
				List.of(regionalNeeds).stream().map((id) -> Map.of("id", id, "version", 1)).toList()));
	}

	private String compiled(String title, String... regionalNeeds) {
		return skr()
			.post("/national-needs", Map.of("cycle", this.cycle, "wording", wording(title, "Vad vet man?"), "sources",
					List.of(regionalNeeds)))
			.id();
	}

	private void screened(String nationalNeed, Map<String, Object> verdict) {
		skr().post("/national-needs/" + nationalNeed + "/screening-request",
				Map.of("agencies", List.of("SBU"), "due", day(90)));
		Map<String, Object> body = new HashMap<>(Map.of("reason", "Så säger underlaget.", "searchedOn", day(0)));
		body.putAll(verdict);
		agency("SBU").post("/national-needs/" + nationalNeed + "/screening", body);
	}

	private static Map<String, Object> seat(String municipality, String group) {
		return Map.of("seat", "plats-" + municipality, "organisation", municipality, "office", "Socialchef", "group",
				group);
	}

	private void vote(String municipality, List<List<String>> ranking, List<String> conflicts) {
		chief(municipality).post(rounds() + "/ballots",
				Map.of("seat", "plats-" + municipality, "ranking", ranking, "conflicts", conflicts));
	}

	private void handedOver(String agency) {
		skr().post("/hand-offs", Map.of("nationalNeed", this.nationalOfThree, "agency", agency, "contributors",
				List.of(), "due", day(30)));
	}

	private void followedUp(String municipality, String need, int grade) {
		approver(municipality).post("/follow-ups", Map.of("nationalNeed", this.nationalOfThree, "need", need, "grades",
				Map.of("RELEVANCE", grade, "TIMELINESS", grade, "USE", grade, "DIFFERENCE", grade), "comment", ""));
	}

	/** What a municipality has been told: sort of answer, text and support. */
	private List<String> answersTo(String municipality) {
		List<String> answers = new ArrayList<>();
		for (JsonNode need : author(municipality).list("/traces?municipality=" + municipality)) {
			need.path("answers")
				.forEach((answer) -> answers.add(answer.path("kind").asString() + " " + answer.path("text").asString()
						+ " " + answer.path("support").asString("")));
		}
		return answers;
	}

	private static List<String> ids(List<JsonNode> all) {
		return all.stream().map((one) -> one.path("id").asString("")).toList();
	}

}
