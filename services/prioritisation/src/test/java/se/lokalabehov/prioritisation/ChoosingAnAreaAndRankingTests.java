package se.lokalabehov.prioritisation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.CompilationEvent.NationalNeedRedacted;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.Foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.prioritisation.TheService.CYCLES;
import static se.lokalabehov.prioritisation.TheService.ROUNDS;
import static se.lokalabehov.prioritisation.TheService.aRound;
import static se.lokalabehov.prioritisation.TheService.aTimetable;
import static se.lokalabehov.prioritisation.TheService.order;

/**
 * Moments 1 and 5 over HTTP.
 */
@ExtendWith(OneService.class)
class ChoosingAnAreaAndRankingTests {

	private final TheService service;

	ChoosingAnAreaAndRankingTests(TheService service) {
		this.service = service;
	}

	@Test
	void aCycleIsChosenByItsChiefsOpenedBySkrAndEnds() {
		Map<String, Object> choice = Map.of("area", "SBB", "title", "Skadligt bruk", "why", "Många frågar", "choosers",
				List.of("0180", "1480"));
		this.service.chief("1280").post(CYCLES, choice).expecting(403);
		String id = this.service.chief("1480").post(CYCLES, choice).expecting(201).id();
		String path = CYCLES + "/" + id;

		// Until it opens it is between SKR and those who chose.
		this.service.nobody().get(path).expecting(404);
		this.service.chief("1280").get(path).expecting(404);
		assertThat(this.service.chief("0180").get(path).expecting(200).body().path("status").asString())
			.isEqualTo("CHOSEN");
		this.service.chief("1480").post(path + "/opening", Map.of("timetable", aTimetable())).expecting(403);
		this.service.chief("1280").post(path + "/opening", Map.of("timetable", aTimetable())).expecting(404);

		this.service.skr().post(path + "/opening", Map.of("timetable", aTimetable())).expecting(200);
		JsonNode open = this.service.nobody().get(path).expecting(200).body();
		assertThat(open.path("status").asString()).isEqualTo("OPEN");
		assertThat(open.path("timetable").propertyNames()).containsExactly("ANSWER", "DELIVER", "SCREEN", "RANK",
				"FEED_BACK");
		assertThat(this.service.nobody().get(CYCLES + "?status=OPEN&limit=100").text()).contains(id);

		this.service.skr()
			.post(path + "/extensions",
					Map.of("step", "FEED_BACK", "until", "2099-01-01", "reason", "Ring 070-123 45 67"))
			.expecting(400);
		this.service.skr()
			.post(path + "/extensions", Map.of("step", "FEED_BACK", "until", "2099-01-01", "reason", "Mer tid behövs"))
			.expecting(200);
		this.service.skr().post(path + "/finish", Map.of("summary", "")).expecting(409);
		this.service.skr().post(path + "/compiling-closing", Map.of()).expecting(200);
		this.service.skr().post(path + "/finish", Map.of("summary", "Alla har svar")).expecting(200);
		this.service.chief("0180").post(path + "/redaction", Map.of("reason", "Fel")).expecting(403);
		this.service.administrator().post(path + "/redaction", Map.of("reason", "Fel")).expecting(200);
		JsonNode finished = this.service.nobody().get(path).expecting(200).body();
		assertThat(finished.path("status").asString()).isEqualTo("FINISHED");
		assertThat(finished.path("summary").asString()).isEqualTo(Wording.REDACTED);
		assertThat(finished.path("extensions").get(0).path("reason").asString()).isEqualTo(Wording.REDACTED);
	}

	@Test
	void aPanelRanksNationalNeeds() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 3);
		Map<String, Object> body = aRound(cycle, "NATIONAL", needs, List.of("0180", "1280", "1480"), inAnHour());
		this.service.rss("RSS-01").post(ROUNDS, body).expecting(403);
		String round = this.service.open(this.service.skr(), body);
		String path = ROUNDS + "/" + round;

		// While it is open it is between SKR and the panel.
		this.service.nobody().get(path).expecting(404);
		this.service.author("0180").get(path).expecting(404);
		this.service.chief("0184").get(path).expecting(404);
		this.service.chief("0180").get(path + "/ranking").expecting(409);
		this.service.chief("0180").get(path + "/package").expecting(409);

		// Each need is in one open round at a time.
		assertThat(this.service.skr().post(ROUNDS, body).expecting(409).problem()).isEqualTo("behovet-prioriteras");

		Answer first = this.service.cast("0180", round, order(needs)).expecting(200);
		assertThat(first.body().path("href").asString()).isEqualTo(path + "/ballots/0180");
		this.service.cast("0180", round, "1280", order(needs)).expecting(403);
		this.service.skr()
			.post(path + "/ballots", Map.of("seat", "0180", "ranking", List.of(), "conflicts", List.of()))
			.expecting(403);
		this.service.cast("0184", round, order(needs)).expecting(404);
		this.service.cast("1280", round, List.of(List.of("national-404"))).expecting(400);
		// Replaced, with ties and a declared conflict.
		this.service
			.cast("0180", round, "0180", List.of(List.of(needs.get(2)), List.of(needs.get(1))), List.of(needs.get(0)),
					"If-Match", "\"1\"")
			.expecting(200);
		this.service.cast("0180", round, "0180", order(needs), "If-Match", "\"1\"").expecting(412);

		this.service.chief("1280").get(path + "/ballots/0180").expecting(404);
		this.service.skr().get(path + "/ballots/0180").expecting(404);
		this.service.chief("1280").get(path + "/ballots/1280").expecting(404);
		Answer own = this.service.chief("0180").get(path + "/ballots/0180").expecting(200);
		assertThat(own.eTag()).isEqualTo("\"2\"");
		assertThat(own.body().path("conflicts").get(0).asString()).isEqualTo(needs.get(0));
		assertThat(this.service.skr().get(path).expecting(200).body().path("voted").values())
			.extracting(JsonNode::asString)
			.containsExactly("0180");

		this.service.skr().post(path + "/reminders", Map.of("message", "Rösta före fredag")).expecting(200);
		this.service.skr()
			.post(path + "/seats/1280/holder-change", Map.of("note", "Ny socialchef från 1 mars"))
			.expecting(200);
		this.service.chief("0180").post(path + "/closing", Map.of()).expecting(403);
		this.service.chief("0184").post(path + "/closing", Map.of()).expecting(404);
		this.service.cast("1480", round, order(needs)).expecting(200);
		String[] key = { "Idempotency-Key", UUID.randomUUID().toString() };
		Answer closed = this.service.skr().post(path + "/closing", Map.of(), key).expecting(200);
		assertThat(this.service.skr().post(path + "/closing", Map.of(), key).expecting(200).text())
			.isEqualTo(closed.text());
		assertThat(this.service.skr().post(path + "/closing", Map.of()).expecting(409).problem())
			.isEqualTo("prioriteringsomgangen-stangd");
		assertThat(this.service.cast("1280", round, order(needs)).expecting(409).problem())
			.isEqualTo("prioriteringsomgangen-stangd");

		// Then everything is public at once, but who voted how never is.
		JsonNode ranking = this.service.nobody().get(path + "/ranking").expecting(200).body();
		assertThat(ranking.path("provisional").asBoolean()).isFalse();
		assertThat(ranking.path("ballots").asInt()).isEqualTo(2);
		assertThat(ranking.path("places").values()).extracting((place) -> place.path("item").asString())
			.containsExactlyInAnyOrderElementsOf(needs);
		Published published = Published.of(this.service.nobody(), round);
		assertThat(published.sha256()).isEqualTo(ranking.path("packageHash").asString());
		assertThat(published.ballots()).containsExactlyInAnyOrder(":" + needs.get(2) + ">" + needs.get(1),
				":" + String.join(">", needs));
		JsonNode seen = this.service.nobody().get(path).expecting(200).body();
		assertThat(seen.has("voted")).isFalse();
		assertThat(seen.path("byDeadline").asBoolean()).isFalse();

		// A mistake is corrected by a new round that names the old one.
		Map<String, Object> correction = new HashMap<>(body);
		correction.put("corrects", round);
		String corrected = this.service.open(this.service.skr(), correction);
		assertThat(this.service.nobody().get(path).body().path("correctedBy").isEmpty()).isTrue();
		assertThat(this.service.skr().get(path).body().path("correctedBy").get(0).asString()).isEqualTo(corrected);
		this.service.skr().post(ROUNDS + "/" + corrected + "/cancellation", Map.of("reason", "Nej")).expecting(200);
	}

	@Test
	void anRssRunsARoundOfItsOwn() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.regionalNeeds(cycle, "RSS-01", 2);
		Map<String, Object> body = aRound(cycle, "REGIONAL", needs, List.of("0180", "0184"), inAnHour());
		assertThat(this.service.rss("RSS-12").post(ROUNDS, body).expecting(409).problem()).isEqualTo("inte-framme");
		String round = this.service.open(this.service.rss("RSS-01"), body);
		String path = ROUNDS + "/" + round;
		this.service.rss("RSS-12").get(path).expecting(404);
		this.service.rss("RSS-12").post(path + "/closing", Map.of()).expecting(404);
		this.service.skr().post(path + "/closing", Map.of()).expecting(404);
		this.service.cast("0180", round, order(needs)).expecting(200);
		this.service.rss("RSS-01").post(path + "/closing", Map.of()).expecting(200);

		// Closed, it is the region's: not the neighbour's, and not the public's.
		assertThat(this.service.author("0127")
			.get(path + "/ranking")
			.expecting(200)
			.body()
			.path("provisional")
			.asBoolean()).isTrue();
		this.service.author("1280").get(path + "/ranking").expecting(404);
		this.service.nobody().get(path + "/ranking").expecting(404);
		String list = ROUNDS + "?level=REGIONAL&cycle=" + cycle;
		assertThat(this.service.author("0127").get(list).text()).contains(round);
		assertThat(this.service.author("1280").get(list).text()).doesNotContain(round);
		assertThat(this.service.nobody().get(list).text()).doesNotContain(round);
	}

	@Test
	void aRepeatedBallotIsCastOnceAndNeverOverwritesALaterOne() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 2);
		String round = this.service.open(this.service.skr(),
				aRound(cycle, "NATIONAL", needs, List.of("0180", "1280"), inAnHour()));
		String[] key = { "Idempotency-Key", UUID.randomUUID().toString() };
		Answer first = this.service.cast("0180", round, "0180", order(needs), key).expecting(200);
		this.service.cast("0180", round, order(needs.reversed())).expecting(200);
		Answer again = this.service.cast("0180", round, "0180", order(needs), key).expecting(200);
		assertThat(again.text()).isEqualTo(first.text());
		assertThat(this.service.cast("0180", round, "0180", order(needs.reversed()), key).expecting(422).problem())
			.isEqualTo("nyckeln-redan-anvand");
		String path = ROUNDS + "/" + round;
		assertThat(
				this.service.chief("0180").get(path + "/ballots/0180").body().path("ranking").get(0).get(0).asString())
			.isEqualTo(needs.get(1));
		this.service.skr().post(path + "/closing", Map.of()).expecting(200);
		// What was acknowledged is still acknowledged.
		assertThat(this.service.cast("0180", round, "0180", order(needs), key).expecting(200).text())
			.isEqualTo(first.text());
	}

	@Test
	void aDeputyVotesForTheSeatAndAChangeOfHolderKeepsItsBallot() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 2);
		Map<String, Object> body = aRound(cycle, "NATIONAL", needs, List.of("0180"), inAnHour());
		body.put("quorum", 1);
		body.put("panel",
				List.of(Map.of("seat", "Storstad", "organisation", "0180", "office", "Socialchef", "deputy", "1280")));
		String round = this.service.open(this.service.skr(), body);
		String path = ROUNDS + "/" + round;
		this.service.cast("1280", round, "Storstad", order(needs.reversed())).expecting(200);
		this.service.skr().post(path + "/seats/Storstad/holder-change", Map.of("note", "Ny innehavare")).expecting(200);
		assertThat(this.service.chief("0180").get(path + "/ballots/Storstad").expecting(200).text())
			.contains(needs.getFirst());
		this.service.skr().post(path + "/closing", Map.of()).expecting(200);
		JsonNode ranking = this.service.nobody().get(path + "/ranking").body();
		assertThat(ranking.path("provisional").asBoolean()).isFalse();
		assertThat(ranking.path("places").get(0).path("item").asString()).isEqualTo(needs.get(1));
	}

	@Test
	void aRedactedNeedIsRedactedInItsRoundsAndTheHashStands() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 2);
		String round = this.service.open(this.service.skr(),
				aRound(cycle, "NATIONAL", needs, List.of("0180", "1280"), inAnHour()));
		String path = ROUNDS + "/" + round;
		this.service.cast("0180", round, order(needs)).expecting(200);
		this.service.skr().post(path + "/closing", Map.of()).expecting(200);
		String hash = Published.of(this.service.nobody(), round).sha256();

		Foreign.publish(Topics.COMPILATION, needs.getFirst(), 3, new NationalNeedRedacted("Uppgift om enskild"), "SKR");

		Awaitility.await().untilAsserted(() -> {
			Published published = Published.of(this.service.nobody(), round);
			assertThat(published.description().path("items").values())
				.extracting((item) -> item.path("id").asString() + " " + item.path("title").asString())
				.containsExactlyInAnyOrder(needs.get(0) + " " + Wording.REDACTED, needs.get(1) + " Behov nummer 1");
			assertThat(published.sha256()).isEqualTo(hash);
			assertThat(this.service.nobody().get(path + "/explanation").expecting(200).text())
				.doesNotContain("Behov nummer 0");
		});
		assertThat(this.service.rounds().story(round).toString()).doesNotContain("Behov nummer 0");
	}

	@Test
	void aCancelledCycleLeavesNoRoundOpen() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 2);
		String round = this.service.open(this.service.skr(),
				aRound(cycle, "NATIONAL", needs, List.of("0180", "1280"), inAnHour()));
		this.service.skr().post(CYCLES + "/" + cycle + "/cancellation", Map.of("reason", "Fel område")).expecting(200);
		assertThat(this.service.skr().get(ROUNDS + "/" + round).body().path("status").asString())
			.isEqualTo("CANCELLED");
		this.service.nobody().get(ROUNDS + "/" + round).expecting(404);
	}

	@Test
	void theApiIsDescribed() {
		JsonNode api = this.service.nobody().get("/v3/api-docs").expecting(200).body();
		assertThat(api.path("openapi").asString()).startsWith("3.1");
		assertThat(api.path("paths").propertyNames()).contains(ROUNDS + "/{id}/ballots", CYCLES + "/{id}/opening");
	}

	static Instant inAnHour() {
		return Instant.now().plus(1, ChronoUnit.HOURS);
	}

}
