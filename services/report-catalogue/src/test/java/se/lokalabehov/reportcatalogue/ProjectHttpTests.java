package se.lokalabehov.reportcatalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Projects that are asked about and deliver, and handing over everything at once, on the
 * real broker and store.
 */
class ProjectHttpTests {

	private static final String RECORDS = "/api/v1/records";

	private static final LocalDate TODAY = LocalDate.now();

	private static final RunningService service = RunningService.start("report-catalogue",
			ReportCatalogueApplication.class);

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void aProjectThatNobodyHasConfirmedIsListedMarkedAndConfirmed() {
		String current = project("FOUV", TODAY.minusMonths(11), TODAY.plusYears(1));
		String old = project("FOUV", TODAY.minusMonths(13), TODAY.plusYears(1));

		assertThat(listed("CONFIRMATION", "FOUV")).contains(old).doesNotContain(current);
		Awaitility.await()
			.untilAsserted(() -> assertThat(read(old).path("confirmationAsked").asString())
				.isEqualTo(TODAY.minusMonths(13).toString()));
		assertThat(happened(old)).containsExactly("PUBLISHED", "CONFIRMATION_ASKED");

		assertThat(editor("RSS-01").post(old + "/confirmation", "{}").status()).isEqualTo(403);
		assertThat(service.anybody().post(old + "/confirmation", "{}").status()).isEqualTo(401);
		editor("FOUV").post(old + "/confirmation", "{}").expecting(200);
		assertThat(read(old).has("confirmationAsked")).isFalse();
		assertThat(listed("CONFIRMATION", "FOUV")).doesNotContain(old);
		assertThat(happened(current)).containsExactly("PUBLISHED");
	}

	@Test
	void whatIsDueIsListedWhatIsLateIsRemindedOfAndWhatIsDeliveredLinksToItsReport() {
		String far = project("RSS-25", TODAY, TODAY.plusDays(40));
		String soon = project("RSS-25", TODAY, TODAY.plusDays(20));
		String late = project("RSS-25", TODAY, TODAY.minusDays(3));

		assertThat(listed("DELIVERY", "RSS-25")).contains(soon, late).doesNotContain(far);
		assertThat(listed("OVERDUE", "RSS-25")).contains(late).doesNotContain(far, soon);
		Awaitility.await().untilAsserted(() -> assertThat(read(late).path("overdue").toString()).isEqualTo("[1]"));

		String report = published("RSS-25", report("RSS-25", "Det blev så"));
		String delivery = "{\"record\": \"%s\"}".formatted(report.substring(report.lastIndexOf('/') + 1));
		assertThat(editor("RSS-01").post(late + "/deliverables/1/delivery", delivery).status()).isEqualTo(403);
		assertThat(editor("RSS-25").post(late + "/deliverables/2/delivery", delivery).status()).isEqualTo(404);
		assertThat(
				editor("RSS-25").post(late + "/deliverables/1/delivery", "{\"record\": \"record-nowhere\"}").status())
			.isEqualTo(400);
		editor("RSS-25").post(late + "/deliverables/1/delivery", delivery).expecting(200);
		JsonNode after = read(late);
		assertThat(report)
			.endsWith(after.path("content").path("project").path("deliverables").get(0).path("delivered").asString());
		assertThat(after.has("overdue")).isFalse();
		assertThat(listed("DELIVERY", "RSS-25")).doesNotContain(late);
		assertThat(happened(late)).containsExactly("PUBLISHED", "OVERDUE", "DELIVERED");
	}

	@Test
	void everyFieldComesBackAsItWasWritten() {
		String path = published("SOS", """
				{"kind": "KNOWLEDGE_SUPPORT", "title": "Utbildning", "description": "Om.", "publisher": "SOS",
				 "language": "sv", "areas": ["SBB"], "edition": "Andra utgåvan",
				 "support": {"supportKind": "VAGLEDNING", "where": "Ges digitalt två gånger om året"}}""");

		assertThat(read(path).path("content").path("edition").asString()).isEqualTo("Andra utgåvan");
		assertThat(read(path).path("content").path("support").path("where").asString())
			.isEqualTo("Ges digitalt två gånger om året");
	}

	@Test
	void anOrganisationThatCeasesHandsOverEverythingAndTheAddressesStay() {
		List<String> all = IntStream.range(0, 230)
			.mapToObj((i) -> published("RSS-17", report("RSS-17", "Rapport " + i)))
			.toList();
		String tombstone = published("RSS-17", report("RSS-17", "Fel"));
		editor("RSS-17").post(tombstone + "/withdrawal", "{\"reason\": \"Fel.\"}").expecting(200);
		String body = "{\"from\": \"RSS-17\", \"custodian\": \"RSS-20\", \"reason\": \"Enheten läggs ned.\"}";

		assertThat(editor("RSS-20").post("/api/v1/custody-transfers", body).status()).isEqualTo(403);
		assertThat(editor("RSS-17").post("/api/v1/custody-transfers", body.replace("RSS-20", "RSS-17")).status())
			.isEqualTo(400);
		assertThat(editor("RSS-17").post("/api/v1/custody-transfers", body.replace("RSS-20", "INGEN")).status())
			.isEqualTo(400);
		String key = UUID.randomUUID().toString();
		Answer begun = editor("RSS-17").post("/api/v1/custody-transfers", body, "Idempotency-Key", key).expecting(201);
		Answer again = editor("RSS-17").post("/api/v1/custody-transfers", body, "Idempotency-Key", key).expecting(201);

		assertThat(again.id()).isEqualTo(begun.id());
		Awaitility.await().untilAsserted(() -> {
			JsonNode transfer = service.anybody().get(begun.header("Location")).body();
			assertThat(transfer.path("records").asInt()).isEqualTo(231);
			assertThat(transfer.path("left").asInt()).isZero();
			assertThat(transfer.has("finished")).isTrue();
		});
		for (String path : all) {
			assertThat(read(path).path("custodian").asString()).isEqualTo("RSS-20");
			assertThat(happened(path)).containsExactly("PUBLISHED", "CUSTODY_TRANSFERRED");
		}
		assertThat(read(tombstone).path("custodian").asString()).isEqualTo("RSS-20");
		assertThat(read(all.getFirst()).path("publisher").asString()).isEqualTo("RSS-17");
	}

	@Test
	void aHandingOverThatWasInterruptedGoesOnAndHandsOverNothingTwice() {
		String first = published("RSS-21", report("RSS-21", "Första"));
		String second = published("RSS-21", report("RSS-21", "Andra"));
		// As after a crash in the middle: the first is handed over by itself already.
		as("SKR", Role.ADMINISTRATOR)
			.post(first + "/custody", "{\"custodian\": \"RSS-22\", \"reason\": \"Enheten läggs ned.\"}")
			.expecting(200);
		String location = as("SKR", Role.ADMINISTRATOR)
			.post("/api/v1/custody-transfers",
					"{\"from\": \"RSS-21\", \"custodian\": \"RSS-22\", \"reason\": \"Enheten läggs ned.\"}")
			.expecting(201)
			.header("Location");

		Awaitility.await()
			.untilAsserted(() -> assertThat(service.anybody().get(location).body().has("finished")).isTrue());
		service.bean(HandingOver.class).sweep();
		assertThat(happened(first)).containsExactly("PUBLISHED", "CUSTODY_TRANSFERRED");
		assertThat(happened(second)).containsExactly("PUBLISHED", "CUSTODY_TRANSFERRED");
	}

	private static List<String> listed(String due, String publisher) {
		return service.anybody()
			.get(RECORDS + "?limit=100&due=" + due + "&publisher=" + publisher)
			.expecting(200)
			.ids()
			.stream()
			.map((id) -> RECORDS + "/" + id)
			.toList();
	}

	private static List<String> happened(String path) {
		return service.anybody().get(path).each("history", "what");
	}

	private static JsonNode read(String path) {
		return service.anybody().get(path).expecting(200).body();
	}

	private static String project(String publisher, LocalDate confirmed, LocalDate due) {
		return published(publisher, """
				{"kind": "RESEARCH_PROJECT", "title": "Anhöriga i fokus", "description": "Om.", "publisher": "%s",
				 "language": "sv", "areas": ["SBB"],
				 "project": {"responsible": "FoU, projektledare", "principal": "Lunds universitet",
				  "goals": "Vad hjälper?", "deliverables": [{"what": "Rapport", "due": "%s"}],
				  "contact": "Projektledaren", "confirmedCurrent": "%s"}}""".formatted(publisher, due, confirmed));
	}

	private static String report(String publisher, String title) {
		return """
				{"kind": "REPORT", "title": "%s", "description": "Om stöd.", "publisher": "%s", "language": "sv",
				 "areas": ["SBB"], "report": {"authors": ["Ada Lund"], "year": 2025}}""".formatted(title, publisher);
	}

	private static String published(String publisher, String content) {
		return editor(publisher).post(RECORDS, "{\"content\": " + content + "}").expecting(201).header("Location");
	}

	private static Caller editor(String organisation) {
		return as(organisation, Role.FOU_EDITOR);
	}

	private static Caller as(String organisation, Role... roles) {
		return service.as(organisation, roles);
	}

}
