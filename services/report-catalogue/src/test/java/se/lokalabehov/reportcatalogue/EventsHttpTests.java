package se.lokalabehov.reportcatalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events over HTTP, read by the CloudEvents project's own library. The names begin with
 * the rows of the requirements.
 */
class EventsHttpTests {

	private static final RunningService service = RunningService.start("report-catalogue",
			ReportCatalogueApplication.class);

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void ce03AnEventIsBinaryUnlessAskedForOtherwise() throws Exception {
		String record = published("Åldrande \"hemma\"");

		for (String accept : List.of("*/*", "application/json")) {
			Answer answer = service.anybody().get(record + "/events/1", "Accept", accept).expecting(200);
			CloudEvent event = HttpMessageFactory.createReader(one(answer), answer.bytes()).toEvent();

			assertThat(answer.header("Content-Type")).isEqualTo("application/json");
			assertThat(answer.headers().firstValue("ce-datacontenttype")).isEmpty();
			assertThat(event.getId()).isEqualTo("catalogue." + id(record) + ".1");
			assertThat(event.getSource()).hasToString("/lokala-behov/report-catalogue");
			assertThat(event.getType()).isEqualTo("record-published.v1");
			assertThat(event.getSubject()).isEqualTo(id(record));
			assertThat(event.getExtension("organisation")).isEqualTo("RSS-14-FY");
			assertThat(answer.body().path("content").path("title").asString()).isEqualTo("Åldrande \"hemma\"");
		}
	}

	@Test
	void ce03AnEventIsStructuredWhenThatIsAskedFor() {
		String record = published("Åldrande");
		Answer answer = service.anybody()
			.get(record + "/events/1", "Accept", "application/cloudevents+json")
			.expecting(200);

		CloudEvent event = new JsonFormat().deserialize(answer.bytes());

		assertThat(answer.header("Content-Type")).startsWith("application/cloudevents+json");
		assertThat(answer.headers().map().keySet()).noneMatch((name) -> name.startsWith("ce-"));
		assertThat(event.getId()).isEqualTo("catalogue." + id(record) + ".1");
		assertThat(event.getDataContentType()).isEqualTo("application/json");
		assertThat(answer.body().path("data").path("content").path("title").asString()).isEqualTo("Åldrande");
		assertThat(answer.body().path("data_base64").isMissingNode()).isTrue();
	}

	@Test
	void ce03EventsComeInABatchOnlyWhenThatIsAskedFor() {
		String record = published("Åldrande");
		editor().post(record + "/withdrawal", "{\"reason\": \"Fel.\"}").expecting(200);

		JsonNode batch = editor()
			.get(record + "/events", "Accept", "application/json;q=0.5, application/cloudevents-batch+json")
			.expecting(200)
			.body();
		assertThat(batch.isArray()).isTrue();
		assertThat(batch.valueStream().map((one) -> one.path("type").asString())).containsExactly("record-published.v1",
				"record-withdrawn.v1");
		batch.forEach((one) -> assertThat(
				new JsonFormat().deserialize(one.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)).getId())
			.startsWith("catalogue."));

		Answer list = editor().get(record + "/events").expecting(200);
		assertThat(list.header("Content-Type")).startsWith("application/json");
		assertThat(list.each("items", "href")).containsExactly(record + "/events/1", record + "/events/2");
	}

	@Test
	void ofAWithdrawnRecordOnlyItsCustodianSeesTheEvents() {
		String record = published("Åldrande");
		editor().post(record + "/withdrawal", "{\"reason\": \"Fel.\"}").expecting(200);

		for (Caller other : List.of(service.anybody(), service.as("RSS-01", Role.FOU_EDITOR))) {
			assertThat(other.get(record + "/events").status()).isEqualTo(404);
			assertThat(other.get(record + "/events/1").status()).isEqualTo(404);
		}
		assertThat(editor().get(record + "/events/3").status()).isEqualTo(404);
		assertThat(editor().get(record + "/events/ett").status()).isIn(400, 404);
	}

	private static Map<String, String> one(Answer answer) {
		Map<String, String> headers = new HashMap<>();
		answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
		return headers;
	}

	private static String id(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	private static String published(String title) {
		return editor()
			.post("/api/v1/records",
					"""
							{"content": {"kind": "REPORT", "title": "%s", "description": "Om stöd.", "publisher": "RSS-14-FY",
							 "language": "sv", "areas": ["SBB"], "report": {"authors": ["Ada Lund"], "year": 2025}}}"""
						.formatted(title.replace("\"", "\\\"")))
			.expecting(201)
			.header("Location");
	}

	private static Caller editor() {
		return service.as("RSS-14-FY", Role.FOU_EDITOR);
	}

}
