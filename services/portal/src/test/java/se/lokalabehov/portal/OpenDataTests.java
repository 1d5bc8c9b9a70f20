package se.lokalabehov.portal;

import java.io.StringReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.Statement;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.vocabulary.DCAT;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.ForeignEvents;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Backends;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.RunningService;
import se.lokalabehov.web.Table;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The open data over HTTP, after services' events on the real broker. The names of two
 * begin with rows of the requirements.
 */
class OpenDataTests {

	/** Than a file would be made anew by its age. */
	private static final Duration SOONER = Duration.ofSeconds(30);

	private static final String FILES = "/api/v1/open-data/";

	private static final String ADDRESS = "https://lokalabehov.example";

	private static final RunningService portal = aPortal();

	private static final ForeignEvents services = new ForeignEvents(Backends.shared().bootstrapServers());

	/** Finished. */
	private static final Story story = new Story(services);

	/** Still being ranked. */
	private static final Story ranking = new Story(services);

	/** Finished; blanked by a test. */
	private static final Story blanked = new Story(services);

	private static final Caller anybody = portal.anybody();

	private static RunningService aPortal() {
		AService away = new AService();
		away.close();
		Map<String, Object> settings = new HashMap<>(Map.of("lokala-behov.portal.mail.address", ADDRESS + "/"));
		Arrays.stream(Room.values())
			.forEach((room) -> settings.put("lokala-behov.portal.services." + room.service(), away.address()));
		return RunningService.start("portal", settings, PortalApplication.class);
	}

	@BeforeAll
	static void start() {
		story.untilTheEnd();
		blanked.untilTheEnd();
		ranking.untilRanking();
		Caller skr = portal.as("SKR", Role.SKR_COMPILER);
		Stream.of(story, blanked)
			.forEach((one) -> Awaitility.await()
				.untilAsserted(() -> assertThat(skr.get("/api/v1/traces/" + one.national).each("chain", "kind"))
					.contains("FOLLOW_UP", "RECORD", "ROUND", "HAND_OFF", "NEED", "CYCLE", "FEEDBACK")));
		Awaitility.await()
			.untilAsserted(() -> assertThat(skr.get("/api/v1/traces/" + ranking.national).each("chain", "kind"))
				.contains("ROUND", "NEED", "CYCLE"));
	}

	@AfterAll
	static void stop() {
		portal.close();
		services.close();
	}

	private static List<JsonNode> rows(OpenData data, Story of) {
		return anybody.get(FILES + data.file() + ".json")
			.expecting(200)
			.body()
			.valueStream()
			.filter((row) -> row.path("cycle").asString("").equals(of.cycle.value()))
			.toList();
	}

	private static List<String> each(List<JsonNode> rows, String field) {
		return rows.stream().map((row) -> row.path(field).asString("")).toList();
	}

	@Test
	void aFinishedCycleIsThereFromItsChoiceToItsAnswer() {
		assertThat(rows(OpenData.CYCLES, story)).singleElement().satisfies((cycle) -> {
			assertThat(cycle.path("areaName").asString()).isEqualTo("Skadligt bruk och beroende");
			assertThat(cycle.path("why").asString()).isEqualTo("Många frågar");
			assertThat(cycle.path("status").asString()).isEqualTo("OPEN");
			assertThat(cycle.path("lastDayToAnswer").asString()).isEqualTo("2026-12-01");
			assertThat(cycle.has("lastDayToRank")).isFalse();
		});
		assertThat(each(rows(OpenData.NEEDS, story), "need")).containsExactlyInAnyOrder(story.silent.value(),
				story.named.value(), story.uppsala.value(), story.below.value(), story.exists.value());
		List<JsonNode> nationals = rows(OpenData.NATIONAL_NEEDS, story);
		assertThat(each(nationals, "nationalNeed")).containsExactly(story.national.value(), story.nationalBelow.value(),
				story.nationalExists.value());
		assertThat(each(nationals, "verdict")).containsExactly("NEW", "ADAPT", "EXISTS");
		assertThat(each(nationals, "agency")).containsExactly("SBU", "SKR", "SOS");
		assertThat(nationals.getFirst().path("rank").asInt()).isEqualTo(1);
		assertThat(nationals.getFirst().path("municipalityCount").asInt()).isEqualTo(4);
		List<JsonNode> ranked = rows(OpenData.RANKINGS, story);
		assertThat(each(ranked, "round")).containsOnly(story.round.value());
		assertThat(each(ranked, "title")).containsExactly("Nationellt " + story.national,
				"Nationellt " + story.nationalBelow);
		assertThat(rows(OpenData.FEEDBACK, story).stream()
			.filter((row) -> row.path("nationalNeed").asString().equals(story.national.value()))
			.map((row) -> row.path("told").asString())).containsExactly("DECIDED", "PROGRESSED", "DELIVERED");
	}

	@Test
	void whatOneMayNotReadInTheTracesIsInNoFile() {
		assertThat(List.of(story.turnedBack.value(), story.waiting.value(), story.notDelivered.value(),
				story.stockholmCounty.value(), story.uppsalaCounty.value(), story.regionalRound.value(),
				story.note.value(), story.followUp, story.collection(), ranking.national.value(),
				ranking.nationalBelow.value(), ranking.silent.value(), ranking.below.value(), ranking.round.value()))
			.allSatisfy((id) -> {
				assertThat(anybody.get("/api/v1/traces/" + id).status()).as(id).isEqualTo(404);
				for (OpenData data : OpenData.values()) {
					assertThat(anybody.get(FILES + data.file() + ".csv").text()).doesNotContain(id);
					assertThat(anybody.get(FILES + data.file() + ".json").text()).doesNotContain(id);
				}
			});
		assertThat(each(rows(OpenData.NATIONAL_NEEDS, ranking), "nationalNeed"))
			.as("answered in screening, and so published")
			.containsExactly(ranking.nationalExists.value());
	}

	@Test
	void aMunicipalityIsNamedOnlyWhereItChoseToBe() {
		Map<String, List<String>> named = new TreeMap<>();
		rows(OpenData.NEEDS, story).forEach((need) -> named.put(need.path("need").asString(),
				need.path("municipalities").valueStream().map(JsonNode::asString).toList()));

		assertThat(named.remove(story.named.value())).containsExactly("0114", "0115");
		assertThat(named.values()).hasSize(4).allMatch(List::isEmpty);
	}

	@Test
	void whatIsBlankedIsBlankedInTheFileAtOnce() {
		assertThat(each(rows(OpenData.NEEDS, blanked), "title")).contains("Cannabis i skolan");

		blanked.tell(Topics.NEED, blanked.uppsala.value(), "SKR", new NeedEvent.NeedRedacted("Ett namn"));

		Awaitility.await().atMost(SOONER).untilAsserted(() -> {
			JsonNode need = rows(OpenData.NEEDS, blanked).stream()
				.filter((row) -> row.path("need").asString().equals(blanked.uppsala.value()))
				.findFirst()
				.orElseThrow();
			assertThat(need.path("title").asString()).isEqualTo(Wording.REDACTED);
			assertThat(need.path("situation").asString()).isEqualTo(Wording.REDACTED);
			assertThat(need.path("needType").asString()).isEqualTo("METOD");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "cycles.json", "cycles.csv", "needs.csv", "rankings.csv", "feedback.json" })
	void aFileThatOneHasIsNotSentAgain(String file) {
		Answer first = anybody.get(FILES + file).expecting(200);

		assertThat(first.header("Cache-Control")).contains("no-cache", "public");
		assertThat(first.header("Access-Control-Allow-Origin")).isEqualTo("*");
		assertThat(first.header("Link")).contains("describedby");
		Answer same = anybody.get(FILES + file, "If-None-Match", first.eTag());
		assertThat(same.status()).isEqualTo(304);
		assertThat(same.bytes()).isEmpty();
		assertThat(anybody.get(FILES + file, "If-Modified-Since", first.header("Last-Modified")).status())
			.isEqualTo(304);
		assertThat(anybody.get(FILES + file, "If-None-Match", "W/\"another\"").expecting(200).bytes())
			.isEqualTo(first.bytes());
	}

	@ParameterizedTest
	@EnumSource
	void aFileIsAsItsSchemaSays(OpenData data) {
		JsonNode schema = anybody.get(FILES + data.file() + ".schema.json").expecting(200).body();
		JsonNode rows = anybody.get(FILES + data.file() + ".json").body();

		var validator = SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(schema);
		assertThat(validator.validate(rows,
				(context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true))))
			.isEmpty();
		assertThat(rows.valueStream().flatMap((row) -> row.propertyNames().stream()).distinct())
			.isSubsetOf(schema.path("items").path("properties").propertyNames());
		JsonNode lacking = rows.deepCopy();
		((ObjectNode) Objects.requireNonNull(lacking.get(0))).remove("cycle");
		((ObjectNode) Objects.requireNonNull(lacking.get(0))).remove("nationalNeed");
		((ObjectNode) Objects.requireNonNull(lacking.get(0))).remove("need");
		assertThat(validator.validate(lacking)).isNotEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void theTableSaysTheSameAsTheObjectsAndIsDescribed(OpenData data) throws Table.NoTable {
		JsonNode described = anybody.get(FILES + data.file() + ".csv-metadata.json").expecting(200).body();
		List<JsonNode> columns = described.path("tableSchema").path("columns").valueStream().toList();
		Table table = Table.read(anybody.get(FILES + data.file() + ".csv").expecting(200).bytes());
		List<JsonNode> rows = anybody.get(FILES + data.file() + ".json").body().valueStream().toList();

		assertThat(described.path("url").asString()).isEqualTo(data.file() + ".csv");
		assertThat(table.header()).isEqualTo(each(columns, "name"));
		assertThat(table.rows()).hasSameSizeAs(rows).isNotEmpty();
		for (int row = 0; row < rows.size(); row++) {
			for (int column = 0; column < columns.size(); column++) {
				JsonNode value = rows.get(row).path(columns.get(column).path("name").asString());
				String separator = columns.get(column).path("separator").asString("");
				String written = value.isArray()
						? String.join(separator, value.valueStream().map(JsonNode::asString).toList())
						: value.asString("");
				assertThat(table.rows().get(row).cells().get(column)).isEqualTo(written);
			}
		}
	}

	@Test
	void dcat01TheDescriptionConformsAndEveryFileIsWhereItSays() {
		Answer answer = anybody.get("/api/v1/open-data").expecting(200);
		assertThat(answer.header("Content-Type")).startsWith("application/ld+json");
		Model described = graph(answer.text());
		Model shapes = RDFDataMgr.loadModel("dcat-ap-mandatory.ttl");

		ValidationReport report = ShaclValidator.get().validate(shapes.getGraph(), described.getGraph());
		assertThat(report.conforms()).as(report.getEntries().toString()).isTrue();
		assertThat(described.listResourcesWithProperty(RDF.type, DCAT.Dataset).toList())
			.hasSize(OpenData.values().length);
		assertThat(described.listObjectsOfProperty(DCAT.downloadURL).toList()).hasSize(2 * OpenData.values().length)
			.allSatisfy(
					(file) -> assertThat(anybody.get(file.asResource().getURI().substring(ADDRESS.length())).status())
						.isEqualTo(200));
		assertThat(described.listObjectsOfProperty(DCTerms.conformsTo).toList()).allSatisfy(
				(schema) -> assertThat(anybody.get(schema.asResource().getURI().substring(ADDRESS.length())).status())
					.isEqualTo(200));
		described.removeAll(null, DCTerms.title, null);
		assertThat(ShaclValidator.get().conforms(shapes.getGraph(), described.getGraph())).isFalse();
	}

	@Test
	void dcatse01TheSwedishProfilesOwnAreThereToo() {
		Model described = graph(anybody.get("/api/v1/open-data").text());

		assertThat(described.listResourcesWithProperty(RDF.type, DCAT.Dataset).toList()).allSatisfy((dataset) -> {
			assertThat(dataset.hasProperty(DCAT.contactPoint)).isTrue();
			assertThat(dataset.hasProperty(DCTerms.publisher)).isTrue();
			assertThat(StreamSupport
				.stream(((Iterable<Statement>) () -> dataset.listProperties(DCTerms.title)).spliterator(), false)
				.map((title) -> title.getLanguage())).containsExactlyInAnyOrder("sv", "en");
		});
		assertThat(described.listResourcesWithProperty(RDF.type, DCAT.Distribution).toList())
			.allSatisfy((file) -> assertThat(file.getPropertyResourceValue(DCTerms.license).getURI())
				.isEqualTo("https://creativecommons.org/publicdomain/zero/1.0/"));
		assertThat(described.getResource(ADDRESS + "/api/v1/open-data#catalogue").hasProperty(DCTerms.license))
			.isTrue();
	}

	private static Model graph(String json) {
		Model model = ModelFactory.createDefaultModel();
		RDFDataMgr.read(model, new StringReader(json), null, Lang.JSONLD11);
		return model;
	}

	@ParameterizedTest
	@ValueSource(strings = { "needs", "needs.xml", "behov.csv", ".csv", "needs.csv.json", "NEEDS.csv" })
	void whatIsNoFileIsNotFound(String file) {
		assertThat(anybody.get(FILES + file).status()).isEqualTo(404);
	}

}
