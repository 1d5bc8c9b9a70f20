package se.lokalabehov.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import se.lokalabehov.contracts.Topics;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The published description of the topics ({@code asyncapi.json} in platform/contracts)
 * is what the contracts say, and stays readable for whoever has built by it. Written anew
 * with {@code -Dasyncapi.write=true}, which no change that breaks others gets past; the
 * parser of AsyncAPI reads it in {@code platform/contracts/asyncapi-parse.sh}.
 */
class AsyncApiTests {

	private static final Path PROJECT = Path.of("../..");

	private static final Path FILE = PROJECT.resolve("platform/contracts/src/main/resources/asyncapi.json");

	private static final JsonMapper JSON = JsonMapper.shared();

	@Test
	void thePublishedDescriptionIsWhatTheContractsSay() throws IOException {
		ObjectNode now = new AsyncApi(PROJECT).document();
		if (Boolean.getBoolean("asyncapi.write")) {
			if (Files.exists(FILE)) {
				assertThat(AsyncApi.broken(JSON.readTree(FILE), now)).as("breaks those who read it").isEmpty();
			}
			Files.writeString(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(now) + "\n");
		}
		assertThat(FILE).as("written with -Dasyncapi.write=true").exists();
		assertThat(JSON.readTree(FILE)).isEqualTo(JSON.readTree(now.toString()));
	}

	@Test
	void everyTopicAndEveryReferenceIsThere() throws IOException {
		JsonNode document = JSON.readTree(FILE);

		assertThat(document.path("channels").valueStream().map((one) -> one.path("address").asString()))
			.containsExactlyElementsOf(Topics.all().stream().map((topic) -> topic.name()).toList());
		assertThat(document.findValuesAsString("$ref")).isNotEmpty()
			.allSatisfy((reference) -> assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference)
				.isFalse());
		assertThat(document.path("components").path("messages").valueStream()).hasSizeGreaterThan(60)
			.allSatisfy((message) -> assertThat(message.path("payload").path("properties").valueStream())
				.as(message.path("name").asString())
				.allSatisfy((field) -> assertThat(field.path("description").asString("")).isNotBlank()));
	}

	@Test
	void everyGoldenFitsItsSchema() throws IOException {
		JsonNode document = JSON.readTree(FILE);
		ObjectNode schemas = (ObjectNode) document.path("components").path("schemas");
		document.path("components").path("messages").forEach((message) -> {
			ObjectNode schema = (ObjectNode) message.path("payload").deepCopy();
			schema.putObject("components").set("schemas", schemas);
			assertThat(SchemaRegistry.withDialect(Dialects.getDraft202012())
				.getSchema(schema)
				.validate(message.path("examples").path(0).path("payload"))).as(message.path("name").asString())
				.isEmpty();
		});
	}

	@Test
	void whatBreaksAReaderIsNamedAndWhatDoesNotIsNot() throws IOException {
		assertThat(broken((document) -> {
		})).isEmpty();
		assertThat(broken((document) -> fields(document).remove("unit")))
			.containsExactly("need-submitted.v1.unit: gone");
		assertThat(broken((document) -> ((ObjectNode) fields(document).path("area")).put("type", "integer")))
			.containsExactly("need-submitted.v1.area: type");
		assertThat(broken((document) -> required(document).add("unit"))).containsExactly("need-submitted.v1.unit");
		assertThat(broken((document) -> required(document).remove(0))).containsExactly("need-submitted.v1.area");
		assertThat(broken(
				(document) -> ((ObjectNode) document.path("components").path("messages")).remove("need-submitted.v1")))
			.isNotEmpty();
		assertThat(broken((document) -> ((ArrayNode) document.path("components")
			.path("messages")
			.path("feedback-decided.v1")
			.path("payload")
			.path("properties")
			.path("decision")
			.path("enum")).remove(0))).containsExactly("feedback-decided.v1.decision: NEW_SUPPORT");
		assertThat(broken((document) -> ((ObjectNode) document.path("channels").path("3-need")).put("address", "x")))
			.containsExactly("3-need: address");
		assertThat(broken((document) -> fields(document).putObject("new").put("type", "string"))).isEmpty();
	}

	private static ObjectNode fields(JsonNode document) {
		return (ObjectNode) submitted(document).path("properties");
	}

	private static ArrayNode required(JsonNode document) {
		return (ArrayNode) submitted(document).path("required");
	}

	private static JsonNode submitted(JsonNode document) {
		return document.path("components").path("messages").path("need-submitted.v1").path("payload");
	}

	private static List<String> broken(Consumer<JsonNode> change) throws IOException {
		JsonNode before = JSON.readTree(FILE);
		JsonNode after = JSON.readTree(FILE);
		change.accept(after);
		return AsyncApi.broken(before, after);
	}

}
