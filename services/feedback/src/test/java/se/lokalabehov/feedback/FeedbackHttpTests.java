package se.lokalabehov.feedback;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Kind;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedRedacted;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedNotHandedOver;
import se.lokalabehov.contracts.HandOffEvent.NeedReceived;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.Foreign;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.feedback.Fixtures.org;
import static se.lokalabehov.feedback.Fixtures.screened;
import static se.lokalabehov.feedback.Fixtures.source;
import static se.lokalabehov.feedback.Fixtures.wording;

/**
 * Moment 7 over HTTP, with the other services played by their events on the real broker.
 */
class FeedbackHttpTests {

	private static final String DECISION = """
			{"decision": "NEW_SUPPORT", "why": "Vi tar fram en vägledning.", "registration": "4.1-123/2026"}""";

	private static final RunningService service = RunningService.start("feedback", FeedbackApplication.class);

	/** Every test has a story of its own on the shared broker. */
	private final String story = UUID.randomUUID().toString().substring(0, 8);

	private final CycleId cycle = new CycleId("cycle-" + this.story);

	private final String national = "national-" + this.story;

	private final String stockholms = "need-a-" + this.story;

	private final String joint = "need-b-" + this.story;

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void anAnswerFromScreeningReachesEveryMunicipalityBehindTheNeed() {
		given(Verdict.EXISTS);

		assertThat(answersTo("0180", municipality("0180"))).containsExactly(this.national);
		assertThat(answersTo("1480", municipality("1480"))).containsExactly(this.national);
		assertThat(answersTo("1481", municipality("1481"))).containsExactly(this.national);
		assertThat(answersTo("1280", municipality("1280"))).isEmpty();
		JsonNode answer = municipality("1481").get("/api/v1/feedback/" + this.national).body();
		assertThat(answer.path("decision").path("decision").asString()).isEqualTo("EXISTING_SUFFICES");
		assertThat(answer.path("decision").path("followsFrom").asString()).isEqualTo("SCREENING");
		assertThat(answer.path("decision").path("agency").asString()).isEqualTo("SBU");
		assertThat(answer.path("decision").path("support").asString()).isEqualTo("Handboken om anhörigstöd");
		assertThat(answer.path("standing").asString()).isEqualTo("IN_FORCE");
		assertThat(answer.path("municipalitiesBehind").asInt()).isEqualTo(3);
	}

	@Test
	void aMunicipalityIsNamedOnlyToThoseWhoMayKnowThatItAsked() {
		given(Verdict.EXISTS);

		// Göteborg and Mölndal let themselves be named, Stockholm does not.
		assertThat(behind(anybody())).containsExactlyInAnyOrder("1480", "1481");
		assertThat(behind(municipality("1280"))).containsExactlyInAnyOrder("1480", "1481");
		assertThat(behind(as("SOS", Role.AGENCY_OFFICER))).containsExactlyInAnyOrder("1480", "1481");
		assertThat(behind(municipality("0180"))).containsExactlyInAnyOrder("0180", "1480", "1481");
		assertThat(behind(as("RSS-01", Role.RSS_COORDINATOR))).containsExactlyInAnyOrder("0180", "1480", "1481");
		assertThat(behind(as("SBU", Role.AGENCY_OFFICER))).containsExactlyInAnyOrder("0180", "1480", "1481");
		assertThat(behind(as("SKR", Role.SKR_COMPILER))).containsExactlyInAnyOrder("0180", "1480", "1481");
		assertThat(answersTo("0180", anybody())).isEmpty();
		assertThat(answersTo("0180", municipality("1480"))).isEmpty();
		assertThat(answersTo("0180", as("SOS", Role.AGENCY_OFFICER))).isEmpty();
		assertThat(answersTo("0180", as("RSS-14-GR", Role.RSS_COORDINATOR))).isEmpty();
		assertThat(answersTo("0180", as("RSS-01", Role.RSS_COORDINATOR))).containsExactly(this.national);
		assertThat(answersTo("0180", as("SBU", Role.AGENCY_OFFICER))).containsExactly(this.national);
		assertThat(answersTo("0180", as("SKR", Role.SKR_COMPILER))).containsExactly(this.national);
		assertThat(answersTo("1480", anybody())).containsExactly(this.national);
	}

	@Test
	void aNeedBelowTheLineIsDeclinedBySkrWithTheReason() {
		told(1, formed());
		told(1, new NeedNotHandedOver(this.cycle, new RoundId("round-1"), 40, sources(), "Det räckte inte till."));

		JsonNode answer = awaitAnswer();
		assertThat(answer.path("decision").path("agency").asString()).isEqualTo("SKR");
		assertThat(answer.path("decision").path("decision").asString()).isEqualTo("DECLINED");
		assertThat(answer.path("decision").path("why").asString()).isEqualTo("Det räckte inte till.");
		assertThat(answer.path("decision").path("followsFrom").asString()).isEqualTo("RANKING");
	}

	@Test
	void anEventThatComesAgainIsNotAnsweredAgain() {
		given(Verdict.EXISTS);

		told(2, screened(Verdict.EXISTS, "SBU", "Det finns."));
		told(3, new ScreeningAsked(List.of(org("SOS")), Fixtures.TODAY));
		awaitSequence(3);

		assertThat(anybody().get("/api/v1/feedback/" + this.national).header("ETag")).isEqualTo("\"1\"");
	}

	@Test
	void aReactionThatIsRunAgainAfterACrashDoesNothingMore() {
		given(Verdict.EXISTS);
		Envelope<CompilationEvent> verdict = new Envelope<>(Topics.COMPILATION, this.national, 2, "", Fixtures.NOON,
				org("SBU"), "", null, screened(Verdict.EXISTS, "SBU", "Det finns."));
		Views<?> nationalNeeds = service.bean("nationalNeeds");
		NationalNeedSeen then = (NationalNeedSeen) nationalNeeds.find(this.national).map(Stored::state).orElseThrow();
		Reactions reactions = service.bean(Reactions.class);

		reactions.screened(verdict, then, null);
		assertThat(anybody().get("/api/v1/feedback/" + this.national).header("ETag")).isEqualTo("\"1\"");

		handedOverToSos();
		assertThat(decidedBySos().status()).isEqualTo(200);
		reactions.screened(verdict, then, null);
		JsonNode answer = anybody().get("/api/v1/feedback/" + this.national).body();
		assertThat(answer.path("decision").path("agency").asString()).isEqualTo("SOS");
		assertThat(answer.path("replaced")).hasSize(1);
	}

	@Test
	void aNeedThatIsScreenedAnewIsAnsweredAnewByTheAgencyThatGetsIt() {
		given(Verdict.EXISTS);
		String path = "/api/v1/feedback/" + this.national;

		told(3, screened(Verdict.NEW, "SBU", "Det var inte samma sak."));
		awaitSequence(3);
		assertThat(anybody().get(path).body().path("standing").asString()).isEqualTo("SCREENED_ANEW");

		handedOverToSos();
		assertThat(decidedBySos().status()).isEqualTo(200);

		JsonNode answer = municipality("0180").get(path).body();
		assertThat(answer.path("standing").asString()).isEqualTo("IN_FORCE");
		assertThat(answer.path("decision").path("agency").asString()).isEqualTo("SOS");
		assertThat(answer.path("decision").has("followsFrom")).isFalse();
		assertThat(answer.path("replaced")).hasSize(1);
		assertThat(answer.path("replaced").get(0).path("decision").asString()).isEqualTo("EXISTING_SUFFICES");
	}

	@Test
	void theLeadAgencyDecidesTellsAndDelivers() {
		handedOverToSos();
		assertThat(decidedBySos().status()).isEqualTo(200);
		String path = "/api/v1/feedback/" + this.national;
		Caller sos = as("SOS", Role.AGENCY_OFFICER);
		String record = "record-" + this.story;
		Foreign.publish(Topics.CATALOGUE, record, 1,
				new RecordPublished(new Content(Kind.REPORT, "Rapport", "Om.", org("SOS"), "sv", List.of("SBB"),
						List.of(), null, null, List.of(), new Report(List.of("A"), 2026, ""), null, null)),
				"SOS");

		assertThat(sos.post(path + "/progress", """
				{"text": "Arbetet har börjat.", "expected": "2099-06-30"}""").status()).isEqualTo(200);
		String delivery = """
				{"title": "Vägledning", "kind": "VAGLEDNING", "link": "https://example.org/v", "record": "%s"}"""
			.formatted(record);
		Awaitility.await()
			.untilAsserted(() -> assertThat(sos.post(path + "/deliveries", delivery).status()).isEqualTo(200));

		JsonNode answer = municipality("1481").get(path).body();
		assertThat(answer.path("decision").path("registration").asString()).isEqualTo("4.1-123/2026");
		assertThat(answer.path("progress").get(0).path("expected").asString()).isEqualTo("2099-06-30");
		assertThat(answer.path("deliveries")).hasSize(1);
		assertThat(answer.path("deliveries").get(0).path("record").asString()).isEqualTo(record);
		assertThat(anybody().get("/api/v1/feedback?agency=SOS&cycle=" + this.cycle).body().path("items")).hasSize(1);
		assertThat(anybody().get("/api/v1/feedback?agency=SBU&cycle=" + this.cycle).body().path("items")).isEmpty();
	}

	@Test
	void onlyTheLeadAgencyTells() {
		handedOverToSos();
		for (String act : List.of("decisions", "progress", "deliveries")) {
			String path = "/api/v1/feedback/" + this.national + "/" + act;
			String body = switch (act) {
				case "decisions" -> DECISION;
				case "progress" -> "{\"text\": \"Arbetet har börjat.\"}";
				default -> "{\"title\": \"Vägledning\", \"kind\": \"VAGLEDNING\"}";
			};
			assertThat(anybody().post(path, body).status()).isEqualTo(401);
			// The contributor sees, the lead decides.
			assertThat(as("SBU", Role.AGENCY_OFFICER).post(path, body).status()).isEqualTo(403);
			// To others there is nothing before the first decision.
			assertThat(as("FOHM", Role.AGENCY_OFFICER).post(path, body).status()).isEqualTo(404);
			assertThat(as("SOS", Role.FOU_EDITOR).post(path, body).status()).isEqualTo(404);
			assertThat(municipality("0180").post(path, body).status()).isEqualTo(404);
			String unknown = path.replace(this.national, "national-unknown");
			assertThat(municipality("0180").post(unknown, body).status()).isEqualTo(404);
			Answer notHereYet = as("SOS", Role.AGENCY_OFFICER).post(unknown, body);
			assertThat(notHereYet.status()).isEqualTo(409);
			assertThat(notHereYet.header("Retry-After")).isEqualTo("1");
		}
		String decisions = "/api/v1/feedback/" + this.national + "/decisions";
		assertThat(as("SOS", Role.AGENCY_OFFICER).post(decisions, DECISION).status()).isEqualTo(200);
		assertThat(as("FOHM", Role.AGENCY_OFFICER).post(decisions, DECISION).status()).isEqualTo(403);
		assertThat(municipality("0180").post(decisions, DECISION).status()).isEqualTo(403);
	}

	@Test
	void theSameKeyGivesTheSameAnswerAndAnotherBodyIsRefused() {
		handedOverToSos();
		Caller sos = as("SOS", Role.AGENCY_OFFICER);
		String path = "/api/v1/feedback/" + this.national + "/decisions";
		String key = "beslut-" + this.story;

		Answer first = sos.post(path, DECISION, "Idempotency-Key", key);
		assertThat(first.status()).isEqualTo(200);
		sos.post("/api/v1/feedback/" + this.national + "/progress", "{\"text\": \"Arbetet har börjat.\"}");
		Answer again = sos.post(path, DECISION, "Idempotency-Key", key);

		assertThat(again.status()).isEqualTo(200);
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(sos.post(path, DECISION.replace("NEW_SUPPORT", "DECLINED"), "Idempotency-Key", key).status())
			.isEqualTo(422);
		assertThat(sos.post(path, DECISION.replace("NEW_SUPPORT", "DECLINED"), "If-Match", "\"1\"").status())
			.isEqualTo(412);
	}

	@Test
	void progressAndDeliveryThatAreSentTwiceTakeEffectOnceAndAreTheLeadAgencysOnly() {
		handedOverToSos();
		assertThat(decidedBySos().status()).isEqualTo(200);
		Caller sos = as("SOS", Role.AGENCY_OFFICER);
		Map.of("progress", "{\"text\": \"Arbetet har börjat.\"}", "deliveries",
				"{\"title\": \"Vägledning\", \"kind\": \"VAGLEDNING\"}")
			.forEach((what, body) -> {
				String path = "/api/v1/feedback/" + this.national + "/" + what;
				String key = what + this.story;
				Answer first = sos.post(path, body, "Idempotency-Key", key).expecting(200);
				String before = sos.get("/api/v1/feedback/" + this.national).text();
				assertThat(sos.post(path, body, "Idempotency-Key", key).expecting(200).body()).isEqualTo(first.body());
				assertThat(sos.get("/api/v1/feedback/" + this.national).text()).isEqualTo(before);
				assertThat(as("LV", Role.AGENCY_OFFICER).post(path, body).status()).isEqualTo(403);
			});
	}

	@Test
	void personalDataStopsAtTheDoor() {
		handedOverToSos();

		Answer refused = as("SOS", Role.AGENCY_OFFICER).post("/api/v1/feedback/" + this.national + "/decisions",
				DECISION.replace("vägledning", "vägledning, ring 08-123 45 67"));

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.problem()).isEqualTo("personuppgift");
		assertThat(refused.body().toString()).contains("why").doesNotContain("123 45");
	}

	@Test
	void whatDoesNotHoldIsRefusedWithTheField() {
		handedOverToSos();
		Caller sos = as("SOS", Role.AGENCY_OFFICER);
		String path = "/api/v1/feedback/" + this.national;

		assertThat(fields(sos.post(path + "/decisions", """
				{"decision": "NEW_SUPPORT", "why": "Vi gör det.", "expected": "2020-01-01"}""")))
			.containsExactly("expected");
		assertThat(fields(sos.post(path + "/decisions", """
				{"decision": "EXISTING_SUFFICES", "why": "Det finns."}"""))).containsExactly("support");
		assertThat(fields(sos.post(path + "/deliveries", """
				{"title": "Vägledning", "kind": "BOK", "link": "javascript:alert(1)"}""")))
			.containsExactlyInAnyOrder("kind", "link");
		assertThat(sos.post(path + "/progress", "{\"text\": \"Snart.\"}").problem()).isEqualTo("inget-beslut");
	}

	@Test
	void municipalitiesBehindTheNeedFollowUpTheAnswer() {
		given(Verdict.EXISTS);

		Answer stockholm = followUp(municipality("0180"), this.stockholms, 4, 1);
		assertThat(stockholm.status()).isEqualTo(201);
		assertThat(followUp(as("1480", Role.MUNICIPALITY_APPROVER), this.joint, 2, 2).status()).isEqualTo(201);
		assertThat(followUp(municipality("1481"), this.joint, 3, 3).status()).isEqualTo(201);
		assertThat(followUp(municipality("0180"), this.stockholms, 4, 1).problem()).isEqualTo("redan-uppfoljt");

		String list = "/api/v1/follow-ups?nationalNeed=" + this.national;
		JsonNode seenBySkr = as("SKR", Role.SKR_COMPILER).get(list).body();
		assertThat(seenBySkr.path("items")).hasSize(3);
		assertThat(seenBySkr.path("municipalities").asInt()).isEqualTo(3);
		assertThat(seenBySkr.path("means").path("RELEVANCE").asDouble()).isEqualTo(3.0);
		assertThat(seenBySkr.path("means").path("USE").asDouble()).isEqualTo(2.0);
		assertThat(followedUpBy(municipality("0180").get(list))).containsExactly("0180");
		assertThat(followedUpBy(as("SBU", Role.AGENCY_OFFICER).get(list))).containsExactlyInAnyOrder("0180", "1480",
				"1481");
		assertThat(followedUpBy(as("RSS-14-GR", Role.RSS_COORDINATOR).get(list))).containsExactlyInAnyOrder("1480",
				"1481");
		assertThat(followedUpBy(as("SOS", Role.AGENCY_OFFICER).get(list))).isEmpty();
		assertThat(followedUpBy(anybody().get(list))).isEmpty();
		assertThat(anybody().get(list).body().path("means").path("RELEVANCE").asDouble()).isEqualTo(3.0);
		String own = stockholm.header("Location");
		assertThat(municipality("0180").get(own).body().path("grades").path("RELEVANCE").asInt()).isEqualTo(4);
		assertThat(as("RSS-01", Role.RSS_COORDINATOR).get(own).status()).isEqualTo(200);
		assertThat(municipality("1480").get(own).status()).isEqualTo(404);
		assertThat(anybody().get(own).status()).isEqualTo(404);
	}

	@Test
	void nobodyElseFollowsUp() {
		given(Verdict.EXISTS);

		assertThat(followUp(anybody(), this.stockholms, 4, 1).status()).isEqualTo(401);
		assertThat(followUp(municipality("1280"), this.stockholms, 4, 1).status()).isEqualTo(403);
		assertThat(followUp(municipality("0180"), this.joint, 4, 1).status()).isEqualTo(403);
		assertThat(followUp(as("0180", Role.SOCIAL_CHIEF), this.stockholms, 4, 1).status()).isEqualTo(403);
		assertThat(followUp(as("SBU", Role.AGENCY_OFFICER), this.stockholms, 4, 1).status()).isEqualTo(403);
		assertThat(fields(followUp(municipality("0180"), this.stockholms, 5, 1))).isNotEmpty();
		assertThat(municipality("0180").post("/api/v1/follow-ups", """
				{"nationalNeed": "national-unknown", "need": "need-unknown", "grades": {"RELEVANCE": 1}}""").problem())
			.isEqualTo("inget-svar-an");
	}

	@Test
	void aRedactionBlanksTheAnswerAndLeavesAMark() {
		handedOverToSos();
		decidedBySos();
		String path = "/api/v1/feedback/" + this.national;
		String reason = "{\"reason\": \"Texten pekade ut en enskild.\"}";

		assertThat(as("SOS", Role.AGENCY_OFFICER).post(path + "/redaction", reason).status()).isEqualTo(403);
		assertThat(as("SOS", Role.ADMINISTRATOR).post(path + "/redaction", reason).status()).isEqualTo(403);
		assertThat(administrator().post(path + "x/redaction", reason).status()).isEqualTo(404);
		assertThat(administrator().post(path + "/redaction", reason).status()).isEqualTo(200);

		JsonNode answer = anybody().get(path).body();
		assertThat(answer.path("decision").path("why").asString()).isEqualTo(Wording.REDACTED);
		assertThat(answer.path("redactions").get(0).path("reason").asString())
			.isEqualTo("Texten pekade ut en enskild.");
	}

	@Test
	void whatIsBlankedAtTheSourceIsBlankedInTheAnswerThatTookItOver() {
		given(Verdict.EXISTS);

		told(3, new NationalNeedRedacted("Texten pekade ut en enskild."));

		String path = "/api/v1/feedback/" + this.national;
		Awaitility.await()
			.untilAsserted(() -> assertThat(anybody().get(path).body().path("decision").path("why").asString())
				.isEqualTo(Wording.REDACTED));
		awaitSequence(3);
		assertThat(anybody().get(path).body().path("title").asString()).isEqualTo(Wording.REDACTED);
		assertThat(anybody().get(path).body().path("standing").asString()).isEqualTo("IN_FORCE");
	}

	@Test
	void aFollowUpsCommentIsBlankedByTheAdministrator() {
		given(Verdict.EXISTS);
		String path = followUp(municipality("0180"), this.stockholms, 4, 1).header("Location");
		String reason = "{\"reason\": \"Texten pekade ut en enskild.\"}";

		assertThat(municipality("0180").post(path + "/redaction", reason).status()).isEqualTo(403);
		assertThat(municipality("1480").post(path + "/redaction", reason).status()).isEqualTo(404);
		assertThat(administrator().post(path + "/redaction", reason).status()).isEqualTo(200);
		assertThat(municipality("0180").get(path).body().path("comment").asString()).isEqualTo(Wording.REDACTED);
	}

	@Test
	void listsComeInPages() {
		given(Verdict.EXISTS);
		NationalNeedFormed another = formed();
		Foreign.publish(Topics.COMPILATION, this.national + "-2", 1, another, "SKR");
		Foreign.publish(Topics.COMPILATION, this.national + "-2", 2, screened(Verdict.LOCAL, "SBU", "Lokalt."), "SBU");
		String list = "/api/v1/feedback?limit=1&cycle=" + this.cycle;
		Awaitility.await().untilAsserted(() -> assertThat(anybody().get(list).header("Link")).contains("rel=\"next\""));

		Answer first = anybody().get(list);
		Answer second = anybody().get(list + "&cursor=" + first.body().path("next").asString());

		assertThat(ids(first)).containsExactly(this.national);
		assertThat(ids(second)).containsExactly(this.national + "-2");
		assertThat(second.body().has("next")).isFalse();
	}

	@Test
	void theServiceDescribesItself() {
		JsonNode described = anybody().get("/v3/api-docs").body();

		assertThat(described.path("openapi").asString()).startsWith("3.1");
		assertThat(described.path("paths").propertyNames()).contains("/api/v1/feedback/{id}/decisions",
				"/api/v1/follow-ups");
	}

	/** Two needs, of Stockholm and of Göteborg with Mölndal, answered in screening. */
	private void given(Verdict verdict) {
		submitted(this.stockholms, false, "RSS-01", "0180");
		submitted(this.joint, true, "RSS-14-GR", "1480", "1481");
		told(1, formed());
		told(2, screened(verdict, "SBU", "Det finns."));
		awaitAnswer();
		Views<?> needs = service.bean("needs");
		Awaitility.await().until(() -> needs.find(this.stockholms).isPresent() && needs.find(this.joint).isPresent());
	}

	private void handedOverToSos() {
		told(1, new NeedHandedOver(this.cycle, new RoundId("round-1"), 1, wording("Stöd till anhöriga"), sources(),
				org("SOS"), List.of(org("SBU")), Fixtures.TODAY));
		told(2, new NeedReceived("4.1-123/2026"));
	}

	private Answer decidedBySos() {
		Caller sos = as("SOS", Role.AGENCY_OFFICER);
		return Awaitility.await()
			.until(() -> sos.post("/api/v1/feedback/" + this.national + "/decisions", DECISION),
					(reply) -> reply.status() != 409);
	}

	private void submitted(String need, boolean named, String rss, String... municipalities) {
		Foreign.publish(Topics.NEED, need, 1,
				new NeedSubmitted(this.cycle, "SBB",
						source(rss, need, municipalities).members().get(0).municipalities(), org(rss), wording("Stöd"),
						null, named, null, null, false),
				municipalities[0]);
	}

	private NationalNeedFormed formed() {
		return new NationalNeedFormed(this.cycle, wording("Stöd till anhöriga"), sources());
	}

	private List<Source> sources() {
		return List.of(source("RSS-01", this.stockholms, "0180"), source("RSS-14-GR", this.joint, "1480", "1481"));
	}

	private void told(long sequence, CompilationEvent event) {
		Foreign.publish(Topics.COMPILATION, this.national, sequence, event, "SKR");
	}

	private void told(long sequence, HandOffEvent event) {
		Foreign.publish(Topics.HAND_OFF, this.national, sequence, event, "SKR");
		Views<?> handOffs = service.bean("handOffs");
		Awaitility.await()
			.until(() -> handOffs.find(this.national).filter((seen) -> seen.sequence() >= sequence).isPresent());
	}

	private JsonNode awaitAnswer() {
		return Awaitility.await()
			.until(() -> anybody().get("/api/v1/feedback/" + this.national), (reply) -> reply.status() == 200)
			.body();
	}

	private void awaitSequence(long sequence) {
		Views<?> nationalNeeds = service.bean("nationalNeeds");
		Awaitility.await()
			.until(() -> nationalNeeds.find(this.national).filter((seen) -> seen.sequence() >= sequence).isPresent());
	}

	private Answer followUp(Caller who, String need, int relevance, int use) {
		return who.post("/api/v1/follow-ups", """
				{"nationalNeed": "%s", "need": "%s", "comment": "Vi använder den.",
				 "grades": {"RELEVANCE": %d, "TIMELINESS": 2, "USE": %d, "DIFFERENCE": 3}}""".formatted(this.national,
				need, relevance, use));
	}

	private List<String> answersTo(String municipality, Caller who) {
		return ids(who.get("/api/v1/feedback?municipality=" + municipality + "&cycle=" + this.cycle));
	}

	private List<String> behind(Caller who) {
		return StreamSupport
			.stream(who.get("/api/v1/feedback/" + this.national).body().path("behind").spliterator(), false)
			.flatMap((need) -> StreamSupport.stream(need.path("municipalities").spliterator(), false))
			.map(JsonNode::asString)
			.toList();
	}

	private static List<String> ids(Answer reply) {
		assertThat(reply.status()).isEqualTo(200);
		return reply.each("items", "nationalNeed");
	}

	private static List<String> followedUpBy(Answer reply) {
		assertThat(reply.status()).isEqualTo(200);
		return reply.each("items", "municipality");
	}

	private static List<String> fields(Answer reply) {
		assertThat(reply.status()).isEqualTo(400);
		return reply.each("fields", "name");
	}

	private static Caller anybody() {
		return service.anybody();
	}

	private static Caller municipality(String code) {
		return as(code, Role.MUNICIPALITY_AUTHOR);
	}

	private static Caller administrator() {
		return as("SKR", Role.ADMINISTRATOR);
	}

	private static Caller as(String organisation, Role... roles) {
		return service.as(organisation, roles);
	}

}
