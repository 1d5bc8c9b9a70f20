package se.lokalabehov.reportcatalogue;

import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.Foreign;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The catalogue over HTTP, on the real broker and store.
 */
class RecordHttpTests {

	private static final String RECORDS = "/api/v1/records";

	private static final String REASON = "{\"reason\": \"Uppgifterna var fel.\"}";

	private static final RunningService service = RunningService.start("report-catalogue",
			ReportCatalogueApplication.class);

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void aReportIsPublishedForEveryoneToRead() {
		Answer published = editor("FOUV").post(RECORDS, publish(report("FOUV", "Anhöriga")));

		assertThat(published.status()).isEqualTo(201);
		assertThat(published.header("Location")).matches("/api/v1/records/record-[0-9a-f]{24}");
		JsonNode record = anybody().get(published.header("Location")).body();
		assertThat(record.path("kind").asString()).isEqualTo("REPORT");
		assertThat(record.path("custodian").asString()).isEqualTo("FOUV");
		assertThat(record.path("content").path("title").asString()).isEqualTo("Anhöriga");
		assertThat(record.path("content").path("report").path("year").asInt()).isEqualTo(2025);
		assertThat(record.path("history").get(0).path("what").asString()).isEqualTo("PUBLISHED");
	}

	@Test
	void oneMayBringAProjectWithItsContact() {
		Answer published = officer("SBU").post(RECORDS, publish("""
				{"kind": "RESEARCH_PROJECT", "title": "Anhöriga i fokus", "description": "Om.", "publisher": "SBU",
				 "language": "sv", "areas": ["SBB"], "targetGroups": ["VUX"],
				 "project": {"responsible": "SBU, projektledare", "principal": "Lunds universitet",
				  "ethicsReference": "2025-01234-01", "goals": "Vad hjälper?",
				  "deliverables": [{"what": "Rapport", "due": "2027-06-01"}],
				  "contact": "registrator@sbu.example, 08-123 45 67", "participants": ["0180", "1480"],
				  "administrations": ["Socialförvaltningen"], "confirmedCurrent": "2026-01-15"}}"""));

		assertThat(published.status()).isEqualTo(201);
		JsonNode project = anybody().get(published.header("Location")).body().path("content").path("project");
		assertThat(project.path("participants").get(1).asString()).isEqualTo("1480");
		assertThat(project.path("deliverables").get(0).path("due").asString()).isEqualTo("2027-06-01");
	}

	@Test
	void knowledgeSupportSaysWhichNeedItAnswersWhenThatIsHere() {
		String need = "national-" + UUID.randomUUID().toString().substring(0, 8);
		String support = """
				{"kind": "KNOWLEDGE_SUPPORT", "title": "Vägledning", "description": "Om.", "publisher": "SOS",
				 "language": "sv", "areas": ["SBB"], "support": {"supportKind": "VAGLEDNING", "answers": ["%s"]}}"""
			.formatted(need);

		Answer notHereYet = officer("SOS").post(RECORDS, publish(support));
		assertThat(notHereYet.status()).isEqualTo(409);
		assertThat(notHereYet.header("Retry-After")).isEqualTo("1");

		Foreign.publish(Topics.COMPILATION, need, 1, new NationalNeedFormed(new CycleId("cycle-1"),
				new Wording("Stöd", List.of("VUX"), "METOD", "Så.", "Vad?", "", List.of()), List.of()), "SKR");
		Awaitility.await()
			.untilAsserted(() -> assertThat(officer("SOS").post(RECORDS, publish(support)).status()).isEqualTo(201));
	}

	@Test
	void onlyEditorsPublishAndOnlyInTheirOwnName() {
		String report = publish(report("FOUV", "Anhöriga"));

		assertThat(anybody().post(RECORDS, report).status()).isEqualTo(401);
		assertThat(editor("RSS-01").post(RECORDS, report).status()).isEqualTo(403);
		assertThat(as("FOUV", Role.MUNICIPALITY_AUTHOR).post(RECORDS, report).status()).isEqualTo(403);
	}

	@Test
	void aRevisionIsANewVersionAndTheOldOneStays() {
		String path = published("FOUV", "Anhöriga");
		String revision = revise(report("FOUV", "Anhöriga till vuxna"));

		assertThat(editor("FOUV").put(path, revision).status()).isEqualTo(428);
		assertThat(editor("FOUV").put(path, revision, "If-Match", "\"7\"").status()).isEqualTo(412);
		assertThat(editor("RSS-01").put(path, revision, "If-Match", "\"1\"").status()).isEqualTo(403);
		assertThat(editor("FOUV").put(path + "x", revision, "If-Match", "\"1\"").status()).isEqualTo(404);
		assertThat(editor("FOUV").put(path, revision, "If-Match", "\"1\"").status()).isEqualTo(200);

		assertThat(anybody().get(path).header("ETag")).isEqualTo("\"2\"");
		assertThat(anybody().get(path).body().path("version").asInt()).isEqualTo(2);
		assertThat(title(anybody().get(path))).isEqualTo("Anhöriga till vuxna");
		assertThat(title(anybody().get(path + "/versions/1"))).isEqualTo("Anhöriga");
		assertThat(anybody().get(path + "/versions/2").body().path("change").asString()).isEqualTo("Ny titel.");
		assertThat(anybody().get(path + "/versions/3").status()).isEqualTo(404);
		assertThat(anybody().get(path + "/versions/0").status()).isEqualTo(404);
	}

	@Test
	void aWithdrawnRecordLeavesATombstone() {
		String path = published("FOUV", "Anhöriga");

		assertThat(editor("RSS-01").post(path + "/withdrawal", REASON).status()).isEqualTo(403);
		assertThat(editor("FOUV").post(path + "/withdrawal", REASON).status()).isEqualTo(200);
		assertThat(editor("FOUV").post(path + "/withdrawal", REASON).problem()).isEqualTo("aterkallad");

		JsonNode tombstone = anybody().get(path).body();
		assertThat(tombstone.path("withdrawn").asString()).isEqualTo("Uppgifterna var fel.");
		assertThat(tombstone.path("publisher").asString()).isEqualTo("FOUV");
		assertThat(tombstone.has("content")).isFalse();
		assertThat(anybody().get(path + "/versions/1").status()).isEqualTo(404);
		assertThat(editor("RSS-01").get(path + "/versions/1").status()).isEqualTo(404);
		assertThat(title(editor("FOUV").get(path + "/versions/1"))).isEqualTo("Anhöriga");
	}

	@Test
	void aRecordOutlivesItsPublisher() {
		String path = published("FOUV", "Anhöriga");
		String custody = "{\"custodian\": \"RSS-01\", \"reason\": \"FoU-enheten läggs ned.\"}";

		assertThat(editor("RSS-01").post(path + "/custody", custody).status()).isEqualTo(403);
		assertThat(as("RSS-01", Role.ADMINISTRATOR).post(path + "/custody", custody).status()).isEqualTo(403);
		assertThat(administrator().post(path + "/custody", custody).status()).isEqualTo(200);

		assertThat(anybody().get(path).body().path("custodian").asString()).isEqualTo("RSS-01");
		assertThat(anybody().get(path).body().path("publisher").asString()).isEqualTo("FOUV");
		assertThat(editor("FOUV").put(path, revise(report("FOUV", "Ny")), "If-Match", "\"2\"").status()).isEqualTo(403);
		assertThat(editor("RSS-01").put(path, revise(report("FOUV", "Ny")), "If-Match", "\"2\"").status())
			.isEqualTo(200);
	}

	@Test
	void aRedactionBlanksEveryVersion() {
		String path = published("FOUV", "Anhöriga");
		editor("FOUV").put(path, revise(report("FOUV", "Anhöriga till vuxna")), "If-Match", "\"1\"");

		assertThat(editor("FOUV").post(path + "/redaction", REASON).status()).isEqualTo(403);
		assertThat(administrator().post(path + "/redaction", REASON).status()).isEqualTo(200);

		assertThat(title(anybody().get(path))).isEqualTo(Wording.REDACTED);
		assertThat(title(anybody().get(path + "/versions/1"))).isEqualTo(Wording.REDACTED);
		assertThat(anybody().get(path).body().toString()).doesNotContain("Anhöriga", "Ada Lund");
		assertThat(anybody().get(path).body().path("history").get(2).path("what").asString()).isEqualTo("REDACTED");
	}

	@Test
	void whatIsWrongIsToldFieldByField() {
		assertThat(fields(editor("FOUV").post(RECORDS, publish(report("FOUV", "Anhöriga").replace("2025", "20255")))))
			.containsExactly("content.report.year");
		assertThat(fields(editor("FOUV").post(RECORDS, publish(report("FOUV", "Anhöriga").replace("SBB", "XXX")))))
			.singleElement()
			.asString()
			.startsWith("content.areas");
		assertThat(fields(editor("FOUV").post(RECORDS,
				publish(report("FOUV", "Anhöriga").replace("https://example.org", "ftp://example.org")))))
			.containsExactly("content.link");
		assertThat(editor("FOUV").post(RECORDS, publish(report("FOUV", "Anhöriga").replace("\"title\"", "\"titel\"")))
			.status()).isEqualTo(400);
	}

	@Test
	void personalNumbersStopAtTheDoorAndNamesPass() {
		Answer refused = editor("FOUV").post(RECORDS, publish(report("FOUV", "Anhöriga till 19121212-1212")));

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.problem()).isEqualTo("personuppgift");
		assertThat(refused.body().toString()).doesNotContain("1212");
	}

	@Test
	void theListShowsWhatStandsAndOnRequestWhatWasWithdrawn() {
		String publisher = "RSS-20";
		String first = published(publisher, "Första");
		String second = published(publisher, "Andra");
		String third = published(publisher, "Tredje");
		editor(publisher).post(second + "/withdrawal", REASON);
		String list = RECORDS + "?publisher=" + publisher;

		assertThat(addresses(anybody().get(list))).containsExactly(first, third);
		assertThat(addresses(anybody().get(list + "&status=WITHDRAWN"))).containsExactly(second);
		assertThat(addresses(anybody().get(list + "&kind=RESEARCH_PROJECT"))).isEmpty();
		assertThat(addresses(anybody().get(list + "&area=SBB"))).containsExactly(first, third);
		assertThat(addresses(anybody().get(list + "&area=ALD"))).isEmpty();
		Answer page = anybody().get(list + "&limit=1");
		assertThat(addresses(page)).containsExactly(first);
		assertThat(addresses(anybody().get(list + "&limit=1&cursor=" + page.body().path("next").asString())))
			.containsExactly(third);
		assertThat(anybody().get(list + "&kind=BOOK").status()).isEqualTo(400);
	}

	private static String published(String publisher, String title) {
		Answer reply = editor(publisher).post(RECORDS, publish(report(publisher, title)));
		assertThat(reply.status()).isEqualTo(201);
		return reply.header("Location");
	}

	private static String report(String publisher, String title) {
		return """
				{"kind": "REPORT", "title": "%s", "description": "Om stöd.", "publisher": "%s", "language": "sv",
				 "areas": ["SBB"], "targetGroups": ["VUX"], "link": "https://example.org/1", "licence": "CC-BY-4.0",
				 "identifiers": ["ISBN 978-91-0000-000-0"],
				 "report": {"authors": ["Ada Lund"], "year": 2025, "method": "Intervjuer"}}""".formatted(title,
				publisher);
	}

	private static String publish(String content) {
		return "{\"content\": " + content + "}";
	}

	private static String revise(String content) {
		return "{\"change\": \"Ny titel.\", \"content\": " + content + "}";
	}

	private static String title(Answer reply) {
		assertThat(reply.status()).isEqualTo(200);
		return reply.body().path("content").path("title").asString();
	}

	private static List<String> addresses(Answer reply) {
		assertThat(reply.status()).isEqualTo(200);
		return reply.ids().stream().map((id) -> RECORDS + "/" + id).toList();
	}

	private static List<String> fields(Answer reply) {
		assertThat(reply.status()).isEqualTo(400);
		return reply.each("fields", "name");
	}

	private static Caller anybody() {
		return service.anybody();
	}

	private static Caller editor(String organisation) {
		return as(organisation, Role.FOU_EDITOR);
	}

	private static Caller officer(String organisation) {
		return as(organisation, Role.AGENCY_OFFICER);
	}

	private static Caller administrator() {
		return as("SKR", Role.ADMINISTRATOR);
	}

	private static Caller as(String organisation, Role... roles) {
		return service.as(organisation, roles);
	}

}
