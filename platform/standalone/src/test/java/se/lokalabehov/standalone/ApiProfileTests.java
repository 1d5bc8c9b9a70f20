package se.lokalabehov.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The joined OpenAPI document of a platform that runs, against the national REST API
 * profile: what the table in platform/web's README says of each rule is what is found.
 */
class ApiProfileTests {

	/** The rules of the requirements, by the profile's ids. */
	private static final Set<String> RULES = Set.of("DOK.03", "DOK.08", "DOK.09", "DOK.15", "DOK.19/20", "DOT.01/04",
			"RES.02", "RES.06", "UFN.01/05", "UFN.02", "UFN.07/08/09", "AME.01/04/05/07", "ARQ.05", "FEL.01/02",
			"VER.05/06", "FNS.01/03/05/06", "FNS.07/08/09", "SAK.01", "SAK.09/10", "SAK.15/16", "SAK.18", "FOR.02");

	private static final Path README = Path.of("../web/README.md");

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| RAP ([A-Z]{3}\\.[0-9/]+) \\| (\\w+)[^|]* \\| (.+) \\|$");

	private static final JsonNode DOCUMENT = document();

	private static JsonNode document() {
		return JsonMapper.shared()
			.readTree(new String(Fetched.from(TriedOut.platform().portal().resolve("/v3/api-docs")),
					StandardCharsets.UTF_8));
	}

	private static Map<String, String> table() throws IOException {
		Map<String, String> table = new TreeMap<>();
		ROW.matcher(Files.readString(README)).results().forEach((row) -> table.put(row.group(1), row.group(2)));
		return table;
	}

	@Test
	void theTableHasEveryRuleOnce() throws IOException {
		assertThat(table().keySet()).isEqualTo(RULES);
		assertThat(table().values()).allMatch(Set.of("kept", "deviation", "deployment")::contains);
		assertThat(new ApiProfile(DOCUMENT).rules()).as("what is not looked at here is the deployment's")
			.isEqualTo(table().entrySet()
				.stream()
				.filter((row) -> !row.getValue().equals("deployment"))
				.map(Map.Entry::getKey)
				.collect(Collectors.toSet()));
	}

	static Stream<String> rules() {
		return new ApiProfile(DOCUMENT).rules().stream();
	}

	@ParameterizedTest
	@MethodSource("rules")
	void aRuleIsKeptOrItsDeviationIsReal(String rule) throws IOException {
		List<String> broken = new ApiProfile(DOCUMENT).broken(rule);

		if ("kept".equals(table().get(rule))) {
			assertThat(broken).isEmpty();
		}
		else {
			assertThat(broken).as("a deviation that is none any more is taken out of the table").isNotEmpty();
		}
	}

	/** Or a rule that looks at nothing would be kept for ever. */
	@Test
	void eachRuleSeesWhatBreaksIt() {
		Map<String, Consumer<JsonNode>> breaking = Map.of("DOK.03",
				(one) -> ((ObjectNode) one.path("info")).remove("contact"), "DOK.08",
				(one) -> ((ObjectNode) one).remove("externalDocs"), "DOK.09",
				(one) -> ((ObjectNode) one.path("info")).put("description", "x"), "DOK.15",
				(one) -> ((ObjectNode) cycles(one).at("/responses/200/content/application~1json")).remove("example"),
				"DOK.19/20", (one) -> ((ObjectNode) cycles(one)).remove("description"), "RES.06",
				(one) -> ((ObjectNode) one.path("paths")).putObject("/api/v1/Big_One").putObject("get"), "FEL.01/02",
				(one) -> ((ObjectNode) cycles(one).path("responses")).remove("default"), "VER.05/06",
				(one) -> ((ObjectNode) one.path("paths")).remove("/api/v1/api-info"), "FOR.02",
				(one) -> ((ObjectNode) cycles(one)).putObject("requestBody"), "SAK.09/10",
				(one) -> ((ObjectNode) one.at("/components/securitySchemes/login")).put("scheme", "basic"));

		breaking.forEach((rule, change) -> {
			JsonNode changed = DOCUMENT.deepCopy();
			change.accept(changed);
			List<String> broken = new ArrayList<>(new ApiProfile(changed).broken(rule));
			broken.removeAll(new ApiProfile(DOCUMENT).broken(rule));
			assertThat(broken).as(rule).isNotEmpty();
		});
	}

	private static JsonNode cycles(JsonNode document) {
		return document.path("paths").path("/api/v1/cycles").path("get");
	}

	/**
	 * They are real answers, so this says that answers are what is described (OAS-01).
	 */
	@Test
	void everyExampleFitsTheSchemaOfItsBody() {
		SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());
		Map<String, List<String>> wrong = new TreeMap<>();
		List<Map.Entry<String, JsonNode>> bodies = new ApiProfile(DOCUMENT).bodies().toList();
		bodies.forEach((body) -> {
			ObjectNode schema = JsonMapper.shared().createObjectNode();
			schema.setAll((ObjectNode) body.getValue().path("schema"));
			schema.set("components", DOCUMENT.path("components"));
			Schema described = registry.getSchema(schema);
			List<String> faults = described.validate(body.getValue().path("example"))
				.stream()
				.map((error) -> error.getInstanceLocation() + " " + error.getMessage())
				.toList();
			if (!faults.isEmpty()) {
				wrong.put(body.getKey(), faults);
			}
		});

		assertThat(bodies).hasSizeGreaterThan(200);
		assertThat(wrong).isEmpty();
	}

}
