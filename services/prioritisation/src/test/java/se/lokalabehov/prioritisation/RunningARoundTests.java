package se.lokalabehov.prioritisation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.prioritisation.TheService.ROUNDS;
import static se.lokalabehov.prioritisation.TheService.aRound;
import static se.lokalabehov.prioritisation.TheService.order;

/**
 * How a round is run beside its method: steps, groups, criteria, observers, dry runs; and
 * what is published of it.
 */
@ExtendWith(OneService.class)
class RunningARoundTests {

	private final TheService service;

	RunningARoundTests(TheService service) {
		this.service = service;
	}

	@Test
	void anInterimStepShortensTheListForTheFinalOne() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 4);
		Map<String, Object> body = round(cycle, needs, Map.of("step", "INTERIM", "shortlist", 2));
		String interim = this.service.open(this.service.skr(), body);
		Map<String, Object> last = round(cycle, needs.subList(0, 2),
				Map.of("step", "FINAL", "interim", interim, "shortlist", 1));
		assertThat(problemOf(last)).isEqualTo("inte-stangd");
		this.service.cast("0180", interim, order(needs)).expecting(200);
		this.service.cast("1280", interim, order(needs)).expecting(200);
		this.service.skr().post(ROUNDS + "/" + interim + "/closing", Map.of()).expecting(200);

		assertThat(fieldOf(round(cycle, needs.subList(1, 3), Map.of("step", "FINAL", "interim", interim))))
			.isEqualTo("items");
		assertThat(fieldOf(round(cycle, needs.subList(0, 2), Map.of("step", "FINAL")))).isEqualTo("procedure.interim");
		assertThat(fieldOf(round(cycle, needs, Map.of("step", "INTERIM", "shortlist", 4))))
			.isEqualTo("procedure.shortlist");
		assertThat(fieldOf(round(cycle, needs, Map.of("shortlist", 5)))).isEqualTo("procedure.shortlist");
		String ending = this.service.open(this.service.skr(), last);
		assertThat(this.service.skr().get(ROUNDS + "/" + ending).body().path("procedure").path("interim").asString())
			.isEqualTo(interim);
	}

	@Test
	void seatsScoreOnCriteriaAndTheirBallotFollows() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 3);
		List<Map<String, Object>> criteria = List.of(Map.of("criterion", "URGENCY", "weight", 3),
				Map.of("criterion", "HOW_MANY", "weight", 1));
		assertThat(fieldOf(round(cycle, needs, Map.of("criteria", List.of(criteria.get(0), criteria.get(0))))))
			.isEqualTo("procedure.criteria");
		assertThat(
				fieldOf(round(cycle, needs, Map.of("criteria", List.of(Map.of("criterion", "URGENCY", "weight", 0))))))
			.isEqualTo("procedure.criteria");
		String round = this.service.open(this.service.skr(), round(cycle, needs, Map.of("criteria", criteria)));
		String path = ROUNDS + "/" + round + "/ballots";

		assertThat(this.service.cast("0180", round, order(needs)).expecting(400).text()).contains("poäng");
		Map<String, Object> ballot = new HashMap<>(Map.of("seat", "0180", "conflicts", List.of(), "scores",
				Map.of(needs.get(0), Map.of("URGENCY", 2, "HOW_MANY", 4), needs.get(1),
						Map.of("URGENCY", 3, "HOW_MANY", 1), needs.get(2), Map.of("URGENCY", 4, "HOW_MANY", 5))));
		Answer refused = this.service.chief("0180").post(path, ballot).expecting(400);
		assertThat(refused.text()).contains("hela tal från 1 till 4").doesNotContain(needs);
		ballot.put("scores", Map.of(needs.get(0), Map.of("URGENCY", 2, "HOW_MANY", 4), needs.get(1),
				Map.of("URGENCY", 3, "HOW_MANY", 1), needs.get(2), Map.of("URGENCY", 4, "HOW_MANY", 1)));
		this.service.chief("0180").post(path, ballot).expecting(200);

		JsonNode own = this.service.chief("0180").get(path + "/0180").expecting(200).body();
		assertThat(own.path("scores").path(needs.get(2)).path("URGENCY").asInt()).isEqualTo(4);
		assertThat(own.path("ranking").path(0).path(0).asString()).isEqualTo(needs.get(2));
		assertThat(own.path("ranking").path(1).size()).isEqualTo(2);
		this.service.skr().post(ROUNDS + "/" + round + "/closing", Map.of()).expecting(200);
		Published published = Published.of(this.service.nobody(), round);
		List<String> tied = List.of(needs.get(0), needs.get(1)).stream().sorted().toList();
		assertThat(published.ballots()).containsExactly(":" + needs.get(2) + ">" + String.join("=", tied));
		assertThat(published.description().path("round").path("criteria").asString())
			.isEqualTo("URGENCY 3, HOW_MANY 1");
	}

	@Test
	void observersCommentAndDoNotVote() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 2);
		assertThat(fieldOf(round(cycle, needs, Map.of("observers", List.of("0180"))))).isEqualTo("procedure.observers");
		String round = this.service.open(this.service.skr(), round(cycle, needs, Map.of("observers", List.of("SBU"))));
		String path = ROUNDS + "/" + round;
		var observer = this.service.as("SBU", Role.AGENCY_OFFICER);

		observer.get(path).expecting(200);
		assertThat(observer.get(ROUNDS + "?cycle=" + cycle).ids()).containsExactly(round);
		assertThat(observer.get(path).body().has("voted")).isFalse();
		Map<String, Object> comment = Map.of("item", needs.get(0), "text", "En översikt väntas i vår.");
		observer.post(path + "/comments", comment).expecting(200);
		assertThat(observer.post(path + "/comments", Map.of("item", "national-404", "text", "x")).expecting(400).text())
			.contains("inte med");
		observer.post(path + "/ballots", Map.of("seat", "0180", "ranking", List.of(), "conflicts", List.of()))
			.expecting(403);
		this.service.chief("0180").post(path + "/comments", comment).expecting(403);
		this.service.chief("0184").post(path + "/comments", comment).expecting(404);
		assertThat(this.service.chief("1280").get(path).body().path("comments").path(0).path("text").asString())
			.isEqualTo("En översikt väntas i vår.");
		this.service.skr().post(path + "/closing", Map.of()).expecting(200);
		assertThat(this.service.nobody().get(path).expecting(200).text()).doesNotContain("översikt");
		assertThat(observer.post(path + "/comments", comment).expecting(409).problem())
			.isEqualTo("prioriteringsomgangen-stangd");
	}

	@Test
	void aDryRunIsMarkedAndLeavesNothingBehind() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 3);
		String round = this.service.open(this.service.skr(), round(cycle, needs, Map.of()));
		String path = ROUNDS + "/" + round;
		this.service.cast("0180", round, order(needs)).expecting(200);
		String before = this.service.rounds().find(round).toString();

		JsonNode random = this.service.skr()
			.post(path + "/dry-runs", Map.of("ballots", List.of()))
			.expecting(200)
			.body();
		assertThat(random.path("dryRun").asBoolean()).isTrue();
		assertThat(random.path("round").asString()).isEqualTo(round + "-provkorning");
		assertThat(random.path("ballots").asInt()).isEqualTo(3);
		List<Map<String, Object>> ballots = List
			.of(Map.of("seat", "1280", "ranking", order(needs.reversed()), "conflicts", List.of()));
		JsonNode given = this.service.skr().post(path + "/dry-runs", Map.of("ballots", ballots)).expecting(200).body();
		assertThat(given.path("items").path(0).path("item").asString()).isEqualTo(needs.get(2));
		assertThat(given.path("ballots").asInt()).isEqualTo(1);
		this.service.chief("0180").post(path + "/dry-runs", Map.of("ballots", List.of())).expecting(403);
		this.service.nobody().post(path + "/dry-runs", Map.of("ballots", List.of())).expecting(401);
		this.service.skr()
			.post(path + "/dry-runs", Map.of("ballots", List.of(ballots.getFirst(), ballots.getFirst())))
			.expecting(400);

		assertThat(this.service.rounds().find(round)).hasToString(before);
		assertThat(this.service.rounds().story(round)).extracting(Envelope::type).containsExactly("round-opened.v1");
		assertThat(this.service.chief("1280").get(path + "/ballots/1280").status()).isEqualTo(404);
	}

	@Test
	void aDryRunOfAVeryLongListIsRefused() {
		String cycle = this.service.anOpenCycle();
		String round = this.service.open(this.service.skr(),
				round(cycle, this.service.nationalNeeds(cycle, DryRun.MOST_ITEMS + 1), Map.of()));
		assertThat(this.service.skr()
			.post(ROUNDS + "/" + round + "/dry-runs", Map.of("ballots", List.of()))
			.expecting(409)
			.problem()).isEqualTo("for-stor-provkorning");
	}

	@ParameterizedTest
	@ValueSource(strings = { "borda", "schulze", "ranked-pairs", "kemeny", "rank-sum" })
	void everyMethodCountsARound(String method) {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 4);
		Map<String, Object> body = round(cycle, needs, Map.of("shortlist", 2));
		body.put("method", method);
		String round = this.service.open(this.service.skr(), body);
		String path = ROUNDS + "/" + round;
		this.service.chief("0180").get(path + "/explanation").expecting(409);
		this.service.cast("0180", round, order(needs)).expecting(200);
		this.service.cast("1280", round, order(needs)).expecting(200);
		this.service.cast("1480", round, order(needs.reversed())).expecting(200);
		this.service.skr().post(path + "/closing", Map.of()).expecting(200);

		Published.of(this.service.nobody(), round);
		JsonNode explanation = this.service.nobody().get(path + "/explanation").expecting(200).body();
		assertThat(explanation.path("method").asString()).isEqualTo(method);
		assertThat(explanation.path("items").valueStream().map((one) -> one.path("item").asString()))
			.containsExactlyElementsOf(needs);
		assertThat(explanation.path("items").path(0).path("why").size()).isPositive();
		assertThat(explanation.path("panel").size()).isPositive();
		assertThat(explanation.path("figures").path("beside").size()).isEqualTo(4);
		assertThat(explanation.path("items").path(0).path("next").path(0).path("before").asInt()).isEqualTo(2);
	}

	private Map<String, Object> round(String cycle, List<String> needs, Map<String, Object> procedure) {
		Map<String, Object> body = aRound(cycle, "NATIONAL", needs, List.of("0180", "1280", "1480"),
				ChoosingAnAreaAndRankingTests.inAnHour());
		body.put("procedure", procedure);
		return body;
	}

	/** Refused for good, once its needs have arrived. */
	private Answer refusal(Map<String, Object> body) {
		return Awaitility.await().until(() -> this.service.skr().post(ROUNDS, body), TheService::everythingHasArrived);
	}

	private String fieldOf(Map<String, Object> body) {
		return Objects
			.requireNonNull(refusal(body).expecting(400).body().path("fields").path(0).path("name").asString());
	}

	private String problemOf(Map<String, Object> body) {
		return refusal(body).expecting(409).problem();
	}

}
