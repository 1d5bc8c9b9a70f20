package se.lokalabehov.reportcatalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.FeedbackEvent.FeedbackRedacted;
import se.lokalabehov.contracts.FeedbackEvent.SupportDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RecordId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Foreign;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much records are used, on the real broker and store.
 */
class StatisticsHttpTests {

	private static final String RECORDS = "/api/v1/records";

	private static final RunningService service = RunningService.start("report-catalogue",
			ReportCatalogueApplication.class);

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void whatIsShownAndOpenedIsCountedByDayAndNotByWhom() {
		String read = published("RSS-08");
		String unread = published("RSS-08");
		String list = RECORDS + "?publisher=RSS-08";

		IntStream.range(0, 3).forEach((i) -> service.anybody().get(read).expecting(200));
		editor("RSS-08").get(read).expecting(200);
		service.anybody().get(list).expecting(200);
		service.anybody().get(list + "&use=NEVER_OPENED").expecting(200);
		service.anybody().get(list + "&due=DELIVERY").expecting(200);
		service.bean(Use.class).add();

		JsonNode statistics = statistics(read);
		assertThat(statistics.path("opened").asInt()).isEqualTo(3);
		assertThat(statistics.path("shown").asInt()).isEqualTo(1);
		assertThat(statistics.path("days").size()).isEqualTo(1);
		assertThat(statistics.path("days").get(0).path("opened").asInt()).isEqualTo(3);
		assertThat(service.anybody().get(list + "&use=NEVER_OPENED").ids()).containsExactly(id(unread));
		JsonNode publisher = service.anybody().get(RECORDS + "/statistics?publisher=RSS-08").expecting(200).body();
		assertThat(publisher.path("records").asInt()).isEqualTo(2);
		assertThat(publisher.path("neverOpened").asInt()).isEqualTo(1);
		assertThat(publisher.path("opened").asInt()).isEqualTo(3);
		assertThat(publisher.path("shown").asInt()).isEqualTo(2);
		assertThat(service.bean(Eventing.class).store().getCollection("record-use").find().into(new ArrayList<>()))
			.allSatisfy((day) -> assertThat(List.of("_id", "record", "day", "shown", "opened", "fetched"))
				.containsAll(day.keySet()));
	}

	@Test
	void aHitOfASearchIsShown() {
		String record = published("RSS-14-SJ");
		Awaitility.await()
			.untilAsserted(() -> assertThat(service.anybody().get(RECORDS + "?q=&publisher=RSS-14-SJ").ids())
				.containsExactly(id(record)));
		service.bean(Use.class).add();
		int before = statistics(record).path("shown").asInt();

		service.anybody().get(RECORDS + "?q=stod&publisher=RSS-14-SJ").expecting(200);
		service.anybody().get(RECORDS + "?q=kvantmekanik&publisher=RSS-14-SJ").expecting(200);
		service.bean(Use.class).add();

		assertThat(before).isPositive();
		assertThat(statistics(record).path("shown").asInt()).isEqualTo(before + 1);
	}

	@Test
	void countingChangesNeitherVersionNorStory() {
		String record = published("RSS-07");
		String eTag = service.anybody().get(record).eTag();

		service.bean(Use.class).add();
		editor("RSS-07").post(record + "/withdrawal", "{\"reason\": \"Fel.\"}", "If-Match", eTag).expecting(200);
		assertThat(statistics(record).path("opened").asInt()).isEqualTo(1);
	}

	@Test
	void whatIsNotThereHasNoStatistics() {
		assertThat(service.anybody().get(RECORDS + "/record-none/statistics").status()).isEqualTo(404);
		assertThat(service.anybody().get(RECORDS + "/record-none").status()).isEqualTo(404);
		service.bean(Use.class).add();
		assertThat(service.anybody().get(RECORDS + "/record-none/statistics").status()).isEqualTo(404);
	}

	@Test
	void withoutAPublisherEverybodysRecordsAreCounted() {
		published("RSS-19");
		long own = service.anybody()
			.get(RECORDS + "/statistics?publisher=RSS-19")
			.expecting(200)
			.body()
			.path("records")
			.asLong();
		published("RSS-20");

		assertThat(service.anybody().get(RECORDS + "/statistics").expecting(200).body().path("records").asLong())
			.isGreaterThan(own);
	}

	@Test
	void aRecordIsCitedByTheNeedsThatNameItAndTheAnswersThatDeliverIt() {
		String record = published("RSS-06");
		String need = "need-" + UUID.randomUUID();
		String answered = "national-" + UUID.randomUUID();

		Foreign.publish(Topics.NEED, need, 1,
				new NeedSubmitted(null, "SBB", List.of(new OrganisationId("0680")), new OrganisationId("RSS-06"),
						new Wording("Stöd", List.of("VUX"), "KUNSKAP",
								"Vi har läst https://lokalabehov.se" + record + ".", "Vad mer?", "", List.of()),
						null, false, null, null, false),
				"0680");
		Foreign.publish(Topics.FEEDBACK, answered, 1,
				new SupportDelivered("Vägledning", "VAGLEDNING", null, new RecordId(id(record))), "SOS");

		Awaitility.await().untilAsserted(() -> {
			assertThat(statistics(record).path("citedByNeeds").asInt()).isEqualTo(1);
			assertThat(statistics(record).path("citedByFeedback").asInt()).isEqualTo(1);
		});
		Foreign.publish(Topics.FEEDBACK, answered, 2, new FeedbackRedacted("Uppgift om en person."), "SOS");
		Awaitility.await().untilAsserted(() -> assertThat(statistics(record).path("citedByFeedback").asInt()).isZero());
	}

	private static JsonNode statistics(String record) {
		return service.anybody().get(record + "/statistics").expecting(200).body();
	}

	private static String id(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private static String published(String publisher) {
		return editor(publisher)
			.post(RECORDS,
					"""
							{"content": {"kind": "REPORT", "title": "Anhöriga", "description": "Om stöd.", "publisher": "%s",
							 "language": "sv", "areas": ["SBB"], "report": {"authors": ["Ada Lund"], "year": 2025}}}"""
						.formatted(publisher))
			.expecting(201)
			.header("Location");
	}

	private static Caller editor(String organisation) {
		return service.as(organisation, Role.FOU_EDITOR);
	}

}
