package se.lokalabehov.needintake;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.QuestionNoteEvent.NoteTakenUp;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.embedded.EmbeddedBroker;
import se.lokalabehov.embedded.EmbeddedStore;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Backends;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.RunningService;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a service says of itself to those who run it, with a broker and a store that go
 * away and come back, and what it writes in its log.
 */
@ExtendWith(OutputCaptureExtension.class)
class OperationTests {

	private static final String NOTES = "/api/v1/question-notes";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Test
	void withoutTheBrokerActsAreTakenAndWithoutTheStoreNothingIsButTheProcessLives(@TempDir Path directory) {
		EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
		EmbeddedStore store = EmbeddedStore.start(directory.resolve("store"), 0);
		int brokersPort = port(broker.bootstrapServers());
		int storesPort = port(store.connectionString());
		// In a second, so that what is away is soon noticed.
		String uri = store.connectionString() + "?serverSelectionTimeoutMS=1000";
		try (RunningService service = RunningService.start("need-intake",
				Map.of("spring.kafka.bootstrap-servers", broker.bootstrapServers(), "spring.mongodb.uri", uri),
				NeedIntakeApplication.class)) {
			Caller author = service.as("0180", Role.MUNICIPALITY_AUTHOR);
			assertThat(status(service, "")).isEqualTo(200);
			note(author);
			awaitMeter(service, "lokalabehov_outbox_pending", 0);

			broker.close();

			note(author);
			assertThat(status(service, "/liveness")).isEqualTo(200);
			assertThat(status(service, "/readiness")).isEqualTo(200);
			Awaitility.await().until(() -> status(service, "") == 503);
			assertThat(service.anybody().get("/actuator/health").body().path("components").path("broker").toString())
				.contains("DOWN");
			assertThat(meter(service, "lokalabehov_outbox_pending")).isEqualTo(1);
			Awaitility.await().until(() -> meter(service, "lokalabehov_outbox_oldest_seconds") > 0);

			broker = EmbeddedBroker.start(directory.resolve("broker"), brokersPort);
			awaitMeter(service, "lokalabehov_outbox_pending", 0);
			Awaitility.await().until(() -> status(service, "") == 200);

			store.close();

			Awaitility.await().until(() -> status(service, "/readiness") == 503);
			assertThat(status(service, "/liveness")).isEqualTo(200);
			assertThat(author.post(NOTES, Map.of("text", "Vad gäller?")).status()).isGreaterThanOrEqualTo(500);

			store = EmbeddedStore.start(directory.resolve("store"), storesPort);
			Awaitility.await().until(() -> status(service, "/readiness") == 200);
			note(author);
		}
		finally {
			broker.close();
			store.close();
		}
	}

	@Test
	void theLogIsOneJsonObjectPerLineWithTheTraceAndNothingThatAnybodyWrote(CapturedOutput output) {
		String trace = UUID.randomUUID().toString().replace("-", "");
		String secret = "Hemligt " + UUID.randomUUID();
		int before = output.getOut().length();
		try (RunningService service = RunningService.start("need-intake",
				Map.of("logging.config", "classpath:structured-logback.xml", "logging.structured.format.console", "ecs",
						"logging.level.se.lokalabehov", "DEBUG",
						// Says of each request that it came and was answered.
						"logging.level.org.springframework.web.servlet.DispatcherServlet", "DEBUG"),
				NeedIntakeApplication.class)) {
			Caller author = service.as("0180", Role.MUNICIPALITY_AUTHOR);
			String parent = "00-" + trace + "-00f067aa0ba902b7-01";

			author.post(NOTES, Map.of("text", secret + " om Kim Exempelsson"), "traceparent", parent).expecting(201);
			author.post(NOTES, Map.of("text", secret + " 19811228-9874"), "traceparent", parent).expecting(400);
			author.post(NOTES, Map.of("text", secret + " kim@example.org 070-174 06 05"), "traceparent", parent)
				.expecting(400);
			author.post(NOTES, "{\"text\": \"" + secret + "\", \"unknown\": 1}", "traceparent", parent).expecting(400);
			publishUnreadable(secret);
			author.get("/api/v1/needs/" + secret.replace(' ', '-'), "traceparent", parent);
			Awaitility.await().until(() -> output.getOut().substring(before).contains("Parked"));
		}
		List<JsonNode> lines = output.getOut()
			.substring(before)
			.lines()
			.filter((line) -> line.startsWith("{"))
			.map(JSON::readTree)
			.toList();
		assertThat(lines).isNotEmpty();
		assertThat(lines)
			.allSatisfy((line) -> assertThat(line.path("service").path("name").asString()).isEqualTo("need-intake"));
		assertThat(lines.toString()).doesNotContain(secret, "Exempelsson", "19811228", "kim@example.org", "174 06 05");
		assertThat(lines).anySatisfy((line) -> assertThat(line.path("traceId").asString()).isEqualTo(trace));
	}

	private static void publishUnreadable(String secret) {
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", Backends.shared().bootstrapServers()), new ByteArraySerializer(),
				new ByteArraySerializer())) {
			producer.send(new ProducerRecord<>(Topics.AREA.name(), UUID.randomUUID().toString().getBytes(UTF_8),
					("{\"title\": \"" + secret).getBytes(UTF_8)));
		}
	}

	private static void note(Caller author) {
		author.post(NOTES, Map.of("text", "Var finns skyddat boende?")).expecting(201);
	}

	private static int status(RunningService service, String group) {
		return service.anybody().get("/actuator/health" + group).status();
	}

	private static void awaitMeter(RunningService service, String name, double value) {
		Awaitility.await().until(() -> meter(service, name) == value);
	}

	private static double meter(RunningService service, String name) {
		String all = service.as("SKR", Role.ADMINISTRATOR).get("/actuator/prometheus").expecting(200).text();
		Matcher line = Pattern.compile("^" + name + "(?:\\{[^}]*})? (\\S+)$", Pattern.MULTILINE).matcher(all);
		assertThat(line.find()).as(name).isTrue();
		return Double.parseDouble(line.group(1));
	}

	private static int port(String address) {
		Matcher port = Pattern.compile(":(\\d+)").matcher(address);
		assertThat(port.find()).isTrue();
		return Integer.parseInt(port.group(1));
	}

}
