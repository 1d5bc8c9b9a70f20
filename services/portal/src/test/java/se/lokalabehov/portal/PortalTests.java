package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.FeedbackEvent;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.ForeignEvents;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Backends;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The portal over HTTP: with the services' events played on the real broker, and a
 * service behind the gateway that can be told to be away.
 */
class PortalTests {

	private static final String TRACES = "/api/v1/traces/";

	private static final AService needIntake = new AService();

	private static final AService prioritisation = new AService();

	private static final AService catalogue = new AService();

	private static final RunningService portal = aPortal();

	private static final ForeignEvents services = new ForeignEvents(Backends.shared().bootstrapServers());

	/** A whole cycle, told once. */
	private static final Story story = new Story(services);

	private final Caller nobody = portal.anybody();

	private final Caller stockholm = as("0180", Role.MUNICIPALITY_APPROVER);

	private final Caller vasby = as("0114", Role.MUNICIPALITY_AUTHOR);

	private final Caller uppsala = as("0380", Role.MUNICIPALITY_APPROVER);

	private final Caller rssStockholm = as("RSS-01", Role.RSS_COORDINATOR);

	private final Caller rssUppsala = as("RSS-03", Role.RSS_COORDINATOR);

	private final Caller skr = as("SKR", Role.SKR_COMPILER);

	private final Caller sbu = as("SBU", Role.AGENCY_OFFICER);

	private final Caller administrator = as("SKR", Role.ADMINISTRATOR);

	@BeforeAll
	static void start() {
		story.untilTheEnd();
		Caller skr = as("SKR", Role.SKR_COMPILER);
		Awaitility.await().untilAsserted(() -> {
			Answer trace = skr.get(TRACES + story.national);
			assertThat(trace.each("answers", "kind")).contains("DELIVERED");
			assertThat(trace.each("chain", "kind")).contains("FOLLOW_UP", "RECORD", "ROUND", "COLLECTION", "HAND_OFF",
					"NEED", "REGIONAL_NEED", "CYCLE", "FEEDBACK");
		});
	}

	private static RunningService aPortal() {
		AService away = new AService();
		away.close();
		String service = "lokala-behov.portal.services.";
		return RunningService.start("portal",
				Map.of(service + "need-intake", needIntake.address(), service + "prioritisation",
						prioritisation.address(), service + "report-catalogue", catalogue.address(),
						service + "national-handoff", away.address(), service + "feedback", away.address(),
						"lokala-behov.portal.time-limit", "2s", "lokala-behov.portal.demo-logins[0]",
						"stockholm-godkannare / demo"),
				PortalApplication.class);
	}

	@AfterAll
	static void stop() {
		portal.close();
		services.close();
		List.of(needIntake, prioritisation, catalogue).forEach(AService::close);
	}

	// The trace

	@Test
	void aNeedIsFollowedFromTheKeyboardToTheDeliveredSupport() {
		Answer trace = this.stockholm.get(TRACES + story.silent);

		assertThat(trace.status()).isEqualTo(200);
		assertThat(trace.header("ETag")).isNotEmpty();
		assertThat(trace.body().path("title").asString()).isEqualTo("Unga och cannabis");
		assertThat(trace.each("chain", "what")).containsSubsequence(
				"SKR öppnade omgången för Skadligt bruk och beroende.",
				"RSS Stockholms län frågade 3 kommuner efter behov, med svar senast 30 november 2026.",
				"Stockholms kommun lämnade in behovet.", "RSS Stockholms län förde in behovet i ett regionalt behov.",
				"RSS Stockholms län levererade 1 regionala behov till SKR.".replace("1 regionala", "ett regionalt"),
				"SKR bildade ett nationellt behov av 2 regionala behov.",
				"Socialstyrelsen bedömde: Nytt kunskapsstöd behövs. Så bedömer vi det.",
				"Socialcheferna rangordnade behovet som nummer 1 av 2.", "SKR överlämnade behovet till SBU.",
				"SBU bekräftade att behovet är mottaget.",
				"SBU beslutade: Ett nytt kunskapsstöd (Översikt om cannabis) tas fram. Frågan är obesvarad.",
				"SBU levererade kunskapsstödet ”Unga och cannabis: en översikt”.");
		assertThat(trace.each("chain", "what")).contains("Stockholms kommun noterade en fråga.",
				"Stockholms kommun följde upp svaret: relevans 4 av 4, användning 3 av 4.");
		assertThat(trace.each("answers", "kind")).containsExactly("DECIDED", "PROGRESS", "DELIVERED");
		assertThat(trace.each("up", "kind")).contains("REGIONAL_NEED", "NATIONAL_NEED", "ROUND", "RECORD", "CYCLE");
	}

	@Test
	void otherMunicipalitiesBehindTheSameNeedAreOnlyCounted() {
		Answer trace = this.stockholm.get(TRACES + story.silent);

		assertThat(trace.text()).contains("3 andra kommuner")
			.doesNotContain(story.named.value(), story.uppsala.value(), "\"0114\"", "\"0115\"", "\"0380\"",
					"Vallentuna", "Uppsala");
	}

	@Test
	void everyIdLeadsToTheSameChainAsFarAsItConcernsIt() {
		for (String id : List.of(story.stockholmCounty.value(), story.national.value(), story.record.value(),
				story.followUp)) {
			assertThat(this.skr.get(TRACES + id).each("chain", "what")).as(id)
				.contains("SKR bildade ett nationellt behov av 2 regionala behov.",
						"SBU levererade kunskapsstödet ”Unga och cannabis: en översikt”.",
						"Stockholms kommun lämnade in behovet.");
		}
		assertThat(this.skr.get(TRACES + story.round).each("down", "id")).containsExactly(story.national.value(),
				story.nationalBelow.value());
		assertThat(this.skr.get(TRACES + story.cycle).each("down", "id")).contains(story.round.value(),
				story.national.value());
		assertThat(this.rssStockholm.get(TRACES + story.collection()).each("down", "id"))
			.contains(story.stockholmCounty.value(), story.silent.value());
		assertThat(this.stockholm.get(TRACES + story.note).each("up", "id")).contains(story.silent.value());
		assertThat(this.skr.get(TRACES + "nagot-annat").status()).isEqualTo(404);
	}

	@Test
	void fromASupportOneWalksBackToTheMunicipalitiesThatHadAsked() {
		Answer trace = this.nobody.get(TRACES + story.record);

		assertThat(trace.each("down", "id")).contains(story.national.value(), story.named.value());
		assertThat(trace.each("down", "what")).contains("Samlar behov från 4 kommuner.",
				"Från Upplands Väsby kommun och Vallentuna kommun.", "Från en kommun.");
	}

	@Test
	void whatIsPublishedNamesAMunicipalityOnlyWhenItChoseTo() {
		Answer silent = this.nobody.get(TRACES + story.silent);
		assertThat(silent.status()).isEqualTo(200);
		assertThat(silent.text()).contains("En kommun lämnade in behovet.").doesNotContain("Stockholms kommun lämnade");
		assertThat(silent.each("chain", "kind")).doesNotContain("FOLLOW_UP", "QUESTION_NOTE", "REGIONAL_NEED",
				"COLLECTION");

		assertThat(this.nobody.get(TRACES + story.named).text()).contains("Upplands Väsby kommun lämnade in behovet.");
	}

	@Test
	void whatOneMayNotSeeIsNotThere() {
		for (String id : List.of(story.turnedBack.value(), story.waiting.value(), story.collection(),
				story.note.value(), story.followUp, story.stockholmCounty.value(), story.regionalRound.value())) {
			assertThat(this.nobody.get(TRACES + id).status()).as(id).isEqualTo(404);
			assertThat(this.uppsala.get(TRACES + id).status()).as(id).isEqualTo(404);
			assertThat(this.rssUppsala.get(TRACES + id).status()).as(id).isEqualTo(404);
		}
		assertThat(this.vasby.get(TRACES + story.turnedBack).status()).isEqualTo(404);
		assertThat(this.stockholm.get(TRACES + story.turnedBack).status()).isEqualTo(200);
		assertThat(this.rssStockholm.get(TRACES + story.turnedBack).status()).isEqualTo(200);
		assertThat(this.skr.get(TRACES + story.turnedBack).status()).isEqualTo(404);
		assertThat(this.skr.get(TRACES + story.waiting).status()).isEqualTo(200);
		assertThat(this.vasby.get(TRACES + story.regionalRound).status()).isEqualTo(200);
		assertThat(this.sbu.get(TRACES + story.followUp).status()).isEqualTo(200);
		assertThat(this.sbu.get(TRACES + story.note).status()).isEqualTo(404);
		assertThat(as("0180", Role.FOU_EDITOR).get(TRACES + story.turnedBack).status()).isEqualTo(404);
	}

	@Test
	void nothingOfARoundIsSeenBeforeItCloses() {
		Story open = new Story(services).untilRanking();
		await(this.skr, open.round.value());
		Caller chief = as("0184", Role.SOCIAL_CHIEF);
		await(chief, open.national.value());

		for (Caller outside : List.of(this.nobody, this.uppsala, this.rssStockholm, this.sbu)) {
			assertThat(outside.get(TRACES + open.round).status()).isEqualTo(404);
		}
		assertThat(this.nobody.get(TRACES + open.national).status()).isEqualTo(404);
		assertThat(this.nobody.get(TRACES + open.silent).status()).isEqualTo(404);
		assertThat(this.nobody.get(TRACES + open.nationalExists).status()).isEqualTo(200);
		Answer own = this.stockholm.get(TRACES + open.silent);
		assertThat(own.each("up", "kind")).contains("NATIONAL_NEED");
		assertThat(own.text()).doesNotContain(open.round.value());
	}

	@Test
	void nobodyWhoAskedIsLeftWithoutAnAnswer() {
		JsonNode ofStockholm = this.stockholm.get("/api/v1/traces?cycle=" + story.cycle).body().path("items");

		assertThat(ofStockholm).hasSize(4);
		Map<String, JsonNode> byId = byId(ofStockholm);
		assertThat(byId.values()).allMatch((standing) -> standing.path("answered").asBoolean());
		assertThat(the(byId, story.silent).path("now").asString())
			.isEqualTo("Kunskapsstödet ”Unga och cannabis: en översikt” finns nu.");
		assertThat(the(byId, story.silent).path("moment").asInt()).isEqualTo(7);
		assertThat(kinds(the(byId, story.turnedBack))).containsExactly("TURNED_BACK");
		assertThat(kinds(the(byId, story.waiting))).containsExactly("WAITLISTED");
		assertThat(kinds(the(byId, story.below))).containsExactly("BELOW_THE_LINE", "DECIDED");

		Map<String, JsonNode> ofVasby = byId(
				this.rssStockholm.get("/api/v1/traces?municipality=0114&cycle=" + story.cycle).body().path("items"));
		assertThat(kinds(the(ofVasby, story.notDelivered))).containsExactly("NOT_DELIVERED");
		assertThat(kinds(the(ofVasby, story.exists))).containsExactly("SCREENED", "DECIDED");
		assertThat(the(ofVasby, story.notDelivered).path("now").asString())
			.isEqualTo("RSS Stockholms län levererade inte behovet vidare.");
	}

	@Test
	void oneListsOnlyWhatIsOnesOwn() {
		String ofCycle = "/api/v1/traces?limit=100&cycle=" + story.cycle;
		assertThat(ids(this.vasby, ofCycle)).containsExactlyInAnyOrder(story.named.value(), story.exists.value(),
				story.notDelivered.value());
		assertThat(ids(this.rssUppsala, ofCycle)).containsExactly(story.uppsala.value());
		assertThat(ids(this.rssUppsala, ofCycle + "&municipality=0180")).isEmpty();
		assertThat(ids(this.skr, ofCycle)).contains(story.silent.value(), story.waiting.value())
			.doesNotContain(story.turnedBack.value(), story.notDelivered.value());
		assertThat(this.vasby.get(ofCycle + "&municipality=0180").status()).isEqualTo(404);
		assertThat(this.nobody.get(ofCycle).status()).isEqualTo(404);
		assertThat(this.sbu.get(ofCycle).status()).isEqualTo(404);
		Answer first = this.vasby.get("/api/v1/traces?limit=2&cycle=" + story.cycle);
		assertThat(first.body().path("items")).hasSize(2);
		assertThat(this.vasby
			.get("/api/v1/traces?limit=2&cycle=" + story.cycle + "&cursor=" + first.body().path("next").asString())
			.body()
			.path("items")).hasSize(1);
		assertThat(this.vasby.get("/api/v1/traces?cursor=strunt").status()).isEqualTo(400);
	}

	@Test
	void aRedactionBlanksTheTrace() {
		Story other = new Story(services).untilDelivered();
		await(this.stockholm, other.silent.value());
		assertThat(this.stockholm.get(TRACES + other.silent).text()).contains("Unga och cannabis");

		other.tell(Topics.NEED, other.silent.value(), "SKR", new NeedEvent.NeedRedacted("Ett namn stod i texten"));

		Awaitility.await()
			.untilAsserted(() -> assertThat(this.stockholm.get(TRACES + other.silent).text())
				.doesNotContain("Unga och cannabis")
				.contains("[borttaget]", "Texter togs bort: Ett namn stod i texten"));
	}

	@Test
	void theTraceIsEmptiedAndRebuiltToTheSame() {
		String whole = this.skr.get(TRACES + story.national).text();
		for (String topic : List.of("3-need", "4-compilation", "5-ranking", "7-feedback")) {
			Answer rebuilt = this.administrator.post("/actuator/eventing",
					Map.of("action", "rebuild", "target", "trace-" + topic));
			assertThat(rebuilt.status()).as(rebuilt.text()).isEqualTo(200);
			assertThat(rebuilt.body().path("identical").asBoolean()).as(topic).isTrue();
			assertThat(rebuilt.body().path("documents").asLong()).as(topic).isPositive();
		}
		assertThat(this.skr.get(TRACES + story.national).text()).isEqualTo(whole);
	}

	@Test
	void aTraceOfAFeedbackThatComesBeforeItsNeedIsNotBroken() {
		NationalNeedId early = new NationalNeedId(story.national + "-tidigt");
		story.tell(Topics.FEEDBACK, early.value(), "SBU",
				new FeedbackEvent.FeedbackDecided(story.cycle, new OrganisationId("SBU"),
						FeedbackEvent.Decision.RESEARCH_GAP, "Det forskas inte.", null, null, null, List.of()));
		await(this.nobody, early.value());

		assertThat(this.nobody.get(TRACES + early).body().path("kind").asString()).isEqualTo("FEEDBACK");
	}

	// The gateway

	@Test
	void theGatewayPassesWhatMeansSomethingBothWays() {
		needIntake.says(201, "{\"id\":\"need-1\"}",
				Map.of("Location", needIntake.address() + "/api/v1/needs/need-1", "ETag", "\"3\"", "Retry-After", "7"));

		Answer answer = this.stockholm.post("/api/v1/needs?a=%C3%A5&b=1", "{\"titel\":\"å\"}", "If-Match", "\"2\"",
				"Idempotency-Key", "nyckel-1", "X-Forwarded-For", "6.6.6.6", "Forwarded", "for=6.6.6.6", "Cookie",
				"a=b", "X-Forwarded-Host", "ond.example");

		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.body().path("id").asString()).isEqualTo("need-1");
		assertThat(answer.header("Location")).isEqualTo("/api/v1/needs/need-1");
		assertThat(answer.header("ETag")).isEqualTo("\"3\"");
		assertThat(answer.header("Retry-After")).isEqualTo("7");
		assertThat(needIntake.asked()).hasSize(1);
		AService.Asked asked = needIntake.asked().getFirst();
		assertThat(asked.method()).isEqualTo("POST");
		assertThat(asked.target()).startsWith("/api/v1/needs?").contains("a=%C3%A5", "b=1");
		assertThat(asked.body()).isEqualTo("{\"titel\":\"å\"}");
		assertThat(asked.headers().getFirst("Idempotency-Key")).isEqualTo("nyckel-1");
		assertThat(asked.headers().getFirst("If-Match")).isEqualTo("\"2\"");
		assertThat(asked.headers().getFirst("Authorization")).startsWith("Bearer ");
		assertThat(asked.headers().keySet()).doesNotContain("X-forwarded-for", "Forwarded", "Cookie",
				"X-forwarded-host", "X-forwarded-proto");
	}

	@Test
	void aRefusalOfTheServicePassesAsItIsAndNeverOpensTheBreaker() {
		needIntake.says(409, "{\"type\":\"https://lokalabehov.se/problem/inte-framme\"}",
				Map.of("Content-Type", "application/problem+json", "Retry-After", "1"));
		for (int i = 0; i < 30; i++) {
			Answer answer = this.stockholm.get("/api/v1/needs/need-1");
			assertThat(answer.status()).isEqualTo(409);
			assertThat(answer.problem()).isEqualTo("inte-framme");
			assertThat(answer.header("Retry-After")).isEqualTo("1");
		}
		assertThat(needIntake.asked()).hasSize(30);
	}

	@Test
	void aProblemOfTheServiceItselfIsNotTakenForItsAbsence() {
		needIntake.says(503, "{\"type\":\"https://lokalabehov.se/problem/lagret-svarar-inte\"}",
				Map.of("Content-Type", "application/problem+json", "Retry-After", "5"));
		for (int i = 0; i < 10; i++) {
			assertThat(this.stockholm.get("/api/v1/needs/need-1").problem()).isEqualTo("lagret-svarar-inte");
		}
		assertThat(needIntake.asked()).hasSize(10);
	}

	@Test
	void aServiceThatIsAwayIsNamedInAProblem() {
		for (int i = 0; i < 10; i++) {
			Answer answer = this.nobody.get("/api/v1/national-needs");
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
			assertThat(answer.problem()).isEqualTo("tjansten-svarar-inte");
			assertThat(answer.body().path("detail").asString())
				.startsWith("Tjänsten för nationella behov och överlämning är borta just nu.");
			assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
		}
		assertThat(as("SBU", Role.AGENCY_OFFICER).post("/api/v1/feedback/x/decisions", Map.of())
			.body()
			.path("detail")
			.asString()).startsWith("Tjänsten för återkoppling och uppföljning är borta just nu.");
	}

	@Test
	void onlyWhatIsSafeIsTriedOnceMore() {
		catalogue.hangsUp();
		Answer read = this.nobody.get("/api/v1/records");
		assertThat(read.status()).isEqualTo(503);
		// The JDK's own client tries once more as well, when the connection was lost.
		assertThat(catalogue.asked()).hasSizeBetween(2, 4);

		catalogue.hangsUp();
		assertThat(this.sbu.post("/api/v1/records", Map.of()).status()).isEqualTo(503);
		assertThat(catalogue.asked()).hasSize(1);
	}

	@Test
	void theBreakerLeavesAServiceAloneThatIsAwayAndTriesItAgain() {
		prioritisation.says(502, "<html>", Map.of("Content-Type", "text/html"));
		for (int i = 0; i < 10; i++) {
			assertThat(this.nobody.get("/api/v1/cycles").status()).isEqualTo(503);
		}
		assertThat(prioritisation.asked()).hasSizeLessThan(10);
		Answer page = this.nobody.get("/prioritering/round-1/resultat");
		assertThat(page.status()).isEqualTo(503);
		assertThat(page.text()).contains("borta just nu", "Inget har gått förlorat");
		prioritisation.says(200, "{\"items\":[]}", Map.of());
		Awaitility.await().untilAsserted(() -> assertThat(this.nobody.get("/api/v1/cycles").status()).isEqualTo(200));
	}

	@Test
	void harvestersAskByQueryAndByForm() {
		catalogue.says(200, "<OAI-PMH/>", Map.of("Content-Type", "text/xml;charset=UTF-8"));

		assertThat(this.nobody.get("/oai?verb=Identify").text()).isEqualTo("<OAI-PMH/>");
		assertThat(catalogue.asked().getLast().target()).isEqualTo("/oai?verb=Identify");
		Answer posted = this.nobody.send("POST", "/oai", "verb=ListRecords&metadataPrefix=lb", "Content-Type",
				"application/x-www-form-urlencoded");
		assertThat(posted.status()).isEqualTo(200);
		assertThat(catalogue.asked().getLast().body()).isEqualTo("verb=ListRecords&metadataPrefix=lb");
		assertThat(this.nobody.send("POST", "/oai/lb.xsd", "x").status()).isNotEqualTo(200);
	}

	@Test
	void nothingElseIsForwardedAndTheDoorHoldsAtThePortal() {
		assertThat(this.nobody.get("/api/v1/nagot").status()).isEqualTo(404);
		assertThat(this.nobody.get("/inbox").status()).isEqualTo(404);
		assertThat(this.nobody.post("/inbox", "{}").status()).isIn(401, 403);
		assertThat(this.nobody.post("/api/v1/needs", Map.of()).status()).isEqualTo(401);
		assertThat(portal.bearing("strunt").get("/api/v1/needs").status()).isEqualTo(401);
		needIntake.says(200, "{}", Map.of());
		assertThat(this.stockholm.post("/api/v1/needs", "\"" + "x".repeat(1024 * 1024) + "\"").status()).isEqualTo(413);
		assertThat(needIntake.asked()).isEmpty();
	}

	// The directory

	@Test
	void theDirectoryIsOpenToEverybody() {
		assertThat(this.nobody.get("/api/v1/directory/municipalities").body().path("items")).hasSize(290);
		Answer stockholmsKommun = this.nobody.get("/api/v1/directory/municipalities/0180");
		assertThat(stockholmsKommun.body().path("rss").asString()).isEqualTo("RSS-01");
		assertThat(this.nobody
			.get("/api/v1/directory/municipalities/0180", "If-None-Match", stockholmsKommun.header("ETag"))
			.status()).isEqualTo(304);
		assertThat(this.nobody.get("/api/v1/directory/municipalities?county=03").body().path("items")).hasSize(8);
		assertThat(this.nobody.get("/api/v1/directory/rss").body().path("items")).hasSize(24);
		assertThat(this.nobody.get("/api/v1/directory/agencies/SBU").body().path("name").asString()).isEqualTo("SBU");
		assertThat(this.nobody.get("/api/v1/directory/areas/SBB").body().path("label").asString())
			.isEqualTo("Skadligt bruk och beroende");
		assertThat(this.nobody.get("/api/v1/directory/vocabulary").body().path("schemes")).hasSize(5);
		assertThat(this.nobody.get("/api/v1/directory/vocabulary/need-type").body().path("terms")).isNotEmpty();
		assertThat(this.nobody.get("/api/v1/directory/municipalities/9999").status()).isEqualTo(404);
		assertThat(this.nobody.get("/api/v1/directory/municipalities/0180?on=igar").status()).isEqualTo(400);
	}

	@Test
	void aMembershipChangesFromADayOn() {
		LocalDate day = LocalDate.now().plusMonths(2);
		Map<String, String> change = Map.of("municipality", "0188", "rss", "RSS-03", "from", day.toString());
		assertThat(this.nobody.post("/api/v1/directory/memberships", change).status()).isEqualTo(401);
		assertThat(this.skr.post("/api/v1/directory/memberships", change).status()).isEqualTo(403);

		Answer changed = this.administrator.post("/api/v1/directory/memberships", change, "Idempotency-Key", "flytt-1");
		assertThat(changed.status()).as(changed.text()).isEqualTo(201);
		assertThat(changed.header("Location")).isEqualTo("/api/v1/directory/municipalities/0188");
		assertThat(
				this.administrator.post("/api/v1/directory/memberships", change, "Idempotency-Key", "flytt-1").text())
			.isEqualTo(changed.text());

		String norrtalje = "/api/v1/directory/municipalities/0188";
		assertThat(this.nobody.get(norrtalje).body().path("rss").asString()).isEqualTo("RSS-01");
		assertThat(this.nobody.get(norrtalje + "?on=" + day.minusDays(1)).body().path("rss").asString())
			.isEqualTo("RSS-01");
		assertThat(this.nobody.get(norrtalje + "?on=" + day).body().path("rss").asString()).isEqualTo("RSS-03");
		assertThat(this.administrator.post("/api/v1/directory/memberships", change).status()).isEqualTo(409);
		assertThat(this.administrator
			.post("/api/v1/directory/memberships", Map.of("municipality", "0188", "from", day.toString(), "okant", "1"))
			.status()).isEqualTo(400);
	}

	// The joined description

	@Test
	void theDescriptionsAreJoinedAndWhatIsAwayIsNamed() {
		needIntake.says(200, """
				{"openapi":"3.1.0","tags":[{"name":"needs"}],
				 "paths":{"/api/v1/needs":{"get":{"operationId":"trace","responses":{"200":{"description":"ok",
				   "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Trace"}}}}}}}},
				 "components":{"schemas":{"Trace":{"type":"string"}}}}""", Map.of());

		Answer joined = this.nobody.get("/v3/api-docs");

		assertThat(joined.status()).isEqualTo(200);
		JsonNode document = joined.body();
		assertThat(document.path("openapi").asString()).startsWith("3.1");
		assertThat(document.path("paths").propertyNames()).contains("/api/v1/needs", "/api/v1/traces/{id}",
				"/api/v1/directory/memberships");
		assertThat(joined.each("tags", "name")).contains("needs", "traces", "directory");
		assertThat(StreamSupport.stream(document.path("x-unavailable").spliterator(), false)
			.map((service) -> service.asString())).contains("national-handoff", "feedback");
		assertThat(danglingReferences(document, document)).isEmpty();
		assertThat(document.at("/components/schemas/NewMembership/properties/municipality/type").asString())
			.isEqualTo("string");
		List<String> operations = document.findValuesAsString("operationId");
		assertThat(operations).doesNotHaveDuplicates();
	}

	// The pages

	@Test
	void thePagesShowWhatIsPublishedAndNothingFromElsewhere() {
		Answer start = this.nobody.get("/");
		assertThat(start.status()).isEqualTo(200);
		assertThat(start.text())
			.contains("<html lang=\"sv\"", "De sju momenten", "Skadligt bruk och beroende 2026",
					"stockholm-godkannare / demo")
			.doesNotContain("<script>", "http://", "https://", "style=");
		assertThat(start.header("Content-Security-Policy")).startsWith("default-src 'none'").doesNotContain("unsafe");
		assertThat(this.nobody.get("/portal/stil.css").status()).isEqualTo(200);

		Answer cycle = this.nobody.get("/omgangar/" + story.cycle);
		assertThat(cycle.text()).contains("Nationellt " + story.national, "1 december 2026",
				"Kunskapsstödet ”Unga och cannabis: en översikt” finns nu.");

		Answer trace = this.nobody.get("/spar/" + story.national);
		assertThat(trace.text()).contains("Socialcheferna rangordnade behovet som nummer 1 av 2.",
				"Ett nytt kunskapsstöd (Översikt om cannabis) tas fram. Frågan är obesvarad.", "En kommun lämnade in")
			.doesNotContain("Stockholms kommun lämnade");
	}

	@Test
	void theStartPageHasTwelveCyclesThatRunFirstThenTheLatest() {
		for (int i = 1; i <= 12; i++) {
			story.tell(
					Topics.AREA, story.cycle + "-" + i, "SKR", new AreaEvent.CycleOpened("SBB", List.of("SBB"),
							"Tidigare omgång " + i + ".", Map.of(), List.of(), "v1"),
					new AreaEvent.CycleFinished("Klart"));
		}
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(this.nobody.get("/omgangar?q=tidigare&lage=finished").text().split("Tidigare"))
						.hasSizeGreaterThan(12));

		String page = this.nobody.get("/").text();
		assertThat(page.split("<h3><a href=\"/omgangar/")).hasSize(1 + 12);
		assertThat(page).containsSubsequence("/omgangar/" + story.cycle + '"', "Tidigare omgång 12.",
				"Tidigare omgång 11.", "Alla omgångar");
		assertThat(page).doesNotContain("Tidigare omgång 1.");
	}

	@Test
	void thePagesNeverShowWhatIsNotPublished() {
		assertThat(this.stockholm.get("/spar/" + story.turnedBack).status()).isEqualTo(404);
		assertThat(this.nobody.get("/omgangar/finns-inte").text()).contains("Det finns inte här");
		assertThat(this.nobody.get("/nagot", "Accept", "text/html").text()).contains("Det finns inte här");
		assertThat(this.nobody.get("/spar?id=%3Cb%3E").text()).contains("En identitet har bara");
		Answer found = this.nobody.get("/spar?id=" + story.national);
		assertThat(found.status()).isEqualTo(302);
		assertThat(found.header("Location")).endsWith("/spar/" + story.national);
		assertThat(this.nobody.post("/spar", "{}").status()).isIn(401, 403);
	}

	@Test
	void aPageForSomebodyIsNotOpenedByABearerToken() {
		for (String page : List.of("/start", "/mina-behov", "/behov/nytt", "/behov/" + story.silent)) {
			assertThat(this.stockholm.get(page).status()).as(page).isEqualTo(302);
			assertThat(this.stockholm.get(page).header("Location")).as(page).endsWith("/logga-in");
		}
	}

	private static void await(Caller caller, String id) {
		Awaitility.await().untilAsserted(() -> assertThat(caller.get(TRACES + id).status()).isEqualTo(200));
	}

	private static Set<String> danglingReferences(JsonNode node, JsonNode document) {
		Set<String> dangling = new HashSet<>();
		node.findValues("$ref").forEach((reference) -> {
			if (document.at(reference.asString().substring(1)).isMissingNode()) {
				dangling.add(reference.asString());
			}
		});
		return dangling;
	}

	private static List<String> ids(Caller caller, String path) {
		return caller.get(path).ids();
	}

	private static Map<String, JsonNode> byId(JsonNode items) {
		Map<String, JsonNode> byId = new HashMap<>();
		items.forEach((item) -> byId.put(item.path("id").asString(), item));
		return byId;
	}

	private static JsonNode the(Map<String, JsonNode> byId, NeedId need) {
		return Objects.requireNonNull(byId.get(need.value()), need::value);
	}

	private static List<String> kinds(JsonNode standing) {
		return StreamSupport.stream(standing.path("answers").spliterator(), false)
			.map((answer) -> answer.path("kind").asString())
			.toList();
	}

	private static Caller as(String organisation, Role... roles) {
		return portal.as(organisation, roles);
	}

}
