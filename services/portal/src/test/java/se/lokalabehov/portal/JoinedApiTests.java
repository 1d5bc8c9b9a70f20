package se.lokalabehov.portal;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Joining OpenAPI documents.
 */
class JoinedApiTests {

	private final JoinedApi joined = new JoinedApi();

	@Test
	void whatIsTheSameIsKeptOnce() {
		add("one", "/a", "Page", "{\"type\":\"string\"}");
		add("two", "/b", "Page", "{\"type\":\"string\"}");

		assertThat(document().path("components").path("schemas").propertyNames()).containsExactly("Page");
		assertThat(document().at("/paths/~1b/get/schema/$ref").asString()).isEqualTo("#/components/schemas/Page");
	}

	@Test
	void whatIsNotTheSameCarriesTheServicesName() {
		add("one", "/a", "Page", "{\"type\":\"string\"}");
		add("two", "/b", "Page", "{\"type\":\"object\"}");

		assertThat(document().at("/components/schemas/Page/type").asString()).isEqualTo("string");
		assertThat(document().at("/components/schemas/two.Page/type").asString()).isEqualTo("object");
		assertThat(document().at("/paths/~1a/get/schema/$ref").asString()).isEqualTo("#/components/schemas/Page");
		assertThat(document().at("/paths/~1b/get/schema/$ref").asString()).isEqualTo("#/components/schemas/two.Page");
	}

	@Test
	void whatPointsToSomethingElseIsNotTheSame() {
		String points = "{\"items\":{\"$ref\":\"#/components/schemas/Page\"}}";
		this.joined.add("one", schemas("\"List\":" + points + ",\"Page\":{\"type\":\"string\"}"));
		this.joined.add("two", schemas("\"List\":" + points + ",\"Page\":{\"type\":\"object\"}"));

		assertThat(document().at("/components/schemas/two.List/items/$ref").asString())
			.isEqualTo("#/components/schemas/two.Page");
		assertThat(document().at("/components/schemas/List/items/$ref").asString())
			.isEqualTo("#/components/schemas/Page");
	}

	@Test
	void anOperationsNameIsUsedOnce() {
		add("one", "/a", "Page", "{}");
		add("two", "/b", "Page", "{}");

		assertThat(document().at("/paths/~1a/get/operationId").asString()).isEqualTo("list");
		assertThat(document().at("/paths/~1b/get/operationId").asString()).isEqualTo("two_list");
	}

	@Test
	void whatIsAwayIsNamed() {
		assertThat(document().path("x-unavailable").path(0).asString()).isEqualTo("feedback");
		assertThat(document().path("openapi").asString()).isEqualTo("3.1.0");
	}

	private void add(String service, String path, String schema, String definition) {
		this.joined.add(service, this.joined.read("""
				{"paths":{"%s":{"get":{"operationId":"list","schema":{"$ref":"#/components/schemas/%s"}}}},
				 "components":{"schemas":{"%s":%s}}}""".formatted(path, schema, schema, definition)));
	}

	private JsonNode schemas(String schemas) {
		return this.joined.read("{\"components\":{\"schemas\":{" + schemas + "}}}");
	}

	private JsonNode document() {
		return JsonMapper.shared()
			.readTree(this.joined.document(List.of("feedback"), "https://example.se", "x@example.se"));
	}

}
