package se.lokalabehov.standalone;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The open data of the whole example, beside what somebody who has not logged in reads in
 * the traces and at the services: nothing else, nothing less, and the same words.
 */
class OpenDataTests {

	private final Api.As anybody = TriedOut.platform().api().anybody();

	private final Api.As skr = TriedOut.platform().api().as("administrator-SKR");

	private List<JsonNode> rows(String file) {
		return this.anybody.get("/open-data/" + file + ".json").body().valueStream().toList();
	}

	private Set<String> ids(String file, String field) {
		return rows(file).stream().map((row) -> row.path(field).asString()).collect(Collectors.toSet());
	}

	private boolean mayBeRead(String id) {
		return this.anybody.tryGet("/traces/" + id).status() == 200;
	}

	@Test
	void everyNeedThatAnybodyMayReadIsThereAndNoOther() {
		Set<String> all = this.skr.list("/traces")
			.stream()
			.map((one) -> one.path("id").asString())
			.collect(Collectors.toSet());

		assertThat(all).hasSizeGreaterThan(90);
		assertThat(ids("needs", "need")).isNotEmpty()
			.isEqualTo(all.stream().filter(this::mayBeRead).collect(Collectors.toSet()));
	}

	@Test
	void everythingInTheFilesHasAPublicTraceWithTheSameTitle() {
		Map<String, String> files = Map.of("cycles", "cycle", "needs", "need", "national-needs", "nationalNeed");
		files.forEach((file, id) -> assertThat(rows(file)).as(file)
			.isNotEmpty()
			.allSatisfy((row) -> assertThat(this.anybody.get("/traces/" + row.path(id).asString()).body().path("title"))
				.isEqualTo(row.path("title"))));
		assertThat(ids("rankings", "round")).isNotEmpty().allMatch(this::mayBeRead);
		assertThat(ids("national-needs", "nationalNeed")).containsAll(ids("rankings", "nationalNeed"))
			.containsAll(ids("feedback", "nationalNeed"));
	}

	/** The services are asked one by one, with their own rules of what is public. */
	@Test
	void theServicesShowAnybodyTheSameWordsAndMunicipalities() {
		for (JsonNode row : rows("needs")) {
			JsonNode need = this.anybody.get("/needs/" + row.path("need").asString()).body();
			for (String field : List.of("title", "situation", "question", "consequence", "needType", "targetGroups",
					"supportWanted")) {
				assertThat(need.path("wording").path(field)).as(field).isEqualTo(row.path(field));
			}
			assertThat(texts(need.path("municipalities"))).isEqualTo(texts(row.path("municipalities")));
		}
		for (JsonNode row : rows("national-needs")) {
			JsonNode national = this.anybody.get("/national-needs/" + row.path("nationalNeed").asString()).body();
			assertThat(national.path("wording").path("situation")).isEqualTo(row.path("situation"));
			assertThat(national.path("screening").path("verdict").asString(""))
				.isEqualTo(row.path("verdict").asString(""));
		}
	}

	private static Set<String> texts(JsonNode list) {
		return list.valueStream().map(JsonNode::asString).collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Each closed national round whole, by the ranking that its own service publishes.
	 */
	@Test
	void theRankingIsThePublishedOne() {
		for (String round : ids("rankings", "round")) {
			List<String> file = rows("rankings").stream()
				.filter((row) -> row.path("round").asString().equals(round))
				.map((row) -> row.path("rank").asInt() + " " + row.path("nationalNeed").asString())
				.toList();
			List<String> service = this.anybody.get("/prioritisation-rounds/" + round + "/ranking")
				.body()
				.path("places")
				.valueStream()
				.map((place) -> place.path("rank").asInt() + " " + place.path("item").asString())
				.toList();
			assertThat(file).isEqualTo(service);
		}
	}

}
