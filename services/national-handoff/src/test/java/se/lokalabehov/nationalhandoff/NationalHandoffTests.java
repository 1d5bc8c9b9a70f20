package se.lokalabehov.nationalhandoff;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.nationalhandoff.model.CycleSeen;
import se.lokalabehov.nationalhandoff.model.HandOff;
import se.lokalabehov.nationalhandoff.model.NationalNeed;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.Foreign;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moments 4 and 6 over HTTP, with the other services' events played on the real broker.
 */
class NationalHandoffTests {

	private static final String NEEDS = "/api/v1/national-needs";

	private static final String HAND_OFFS = "/api/v1/hand-offs";

	private static final RunningService service = RunningService.start("national-handoff",
			NationalHandoffApplication.class);

	private final String unique = UUID.randomUUID().toString().substring(0, 8);

	private final CycleId cycle = new CycleId("cycle-" + this.unique);

	private final RegionalNeedId cannabis = new RegionalNeedId("regional-cannabis-" + this.unique);

	private final RegionalNeedId relatives = new RegionalNeedId("regional-relatives-" + this.unique);

	private final NeedId silent = new NeedId("need-silent-" + this.unique);

	private final NeedId named = new NeedId("need-named-" + this.unique);

	private final Caller nobody = service.anybody();

	private final Caller skr = as("SKR", Role.SKR_COMPILER);

	private final Caller administrator = as("SKR", Role.ADMINISTRATOR);

	private final Caller sos = as("SOS", Role.AGENCY_OFFICER);

	private final Caller sbu = as("SBU", Role.AGENCY_OFFICER);

	private final Caller fohm = as("FOHM", Role.AGENCY_OFFICER);

	private final Caller stockholm = as("0180", Role.MUNICIPALITY_APPROVER);

	private final Caller vasby = as("0114", Role.MUNICIPALITY_APPROVER);

	private final Caller rssStockholm = as("RSS-01", Role.RSS_COORDINATOR);

	private final Caller chief = as("0184", Role.SOCIAL_CHIEF);

	@AfterAll
	static void stop() {
		service.close();
	}

	/** The region of Stockholm has delivered two regional needs in an open cycle. */
	@BeforeEach
	void givenADelivery() {
		Foreign.publish(Topics.AREA, this.cycle.value(), 1,
				new AreaEvent.AreaChosen("SBB", "Skadligt bruk", "Därför", List.of()), "SKR");
		Foreign.publish(Topics.AREA, this.cycle.value(), 2,
				new AreaEvent.CycleOpened("SBB", List.of("SBB"), "Skadligt bruk", Map.of(), List.of(), "v1"), "SKR");
		submitted(this.silent, false, "0180");
		submitted(this.named, true, "0114", "0115");
		formed(this.cannabis, this.silent, "0180");
		formed(this.relatives, this.named, "0114", "0115");
		String collection = this.cycle + ".RSS-01";
		Foreign.publish(
				Topics.COLLECTION, collection, 1, new CollectionEvent.RegionAsked(this.cycle, "SBB",
						new OrganisationId("RSS-01"), List.of(new OrganisationId("0180")), LocalDate.now(), "Hej"),
				"RSS-01");
		Foreign.publish(Topics.COLLECTION, collection, 2, new CollectionEvent.RegionalListDelivered(1,
				List.of(new CollectionEvent.Delivered(this.cannabis, 1, List.of(member(this.silent, "0180"))),
						new CollectionEvent.Delivered(this.relatives, 1, List.of(member(this.named, "0114", "0115")))),
				List.of()), "RSS-01");
		Known known = service.bean(Known.class);
		Awaitility.await()
			.until(() -> known.deliveries(List.of(this.cannabis, this.relatives)).size() == 2
					&& known.naming(List.of(this.silent, this.named)).size() == 1
					&& known.cycle(this.cycle) instanceof CycleSeen seen && seen.phase() == CycleSeen.Phase.OPEN);
	}

	@Test
	void aNationalNeedIsCompiledScreenedRankedHandedOverReturnedAndReceived() {
		// SKR compiles
		Answer formed = soon(() -> form(this.cannabis, this.relatives), 201);
		String need = NEEDS + "/" + formed.id();
		assertThat(formed.body().path("href").asString()).isEqualTo(need);
		assertThat(this.sos.get(need).status()).isEqualTo(404);

		// SKR asks, the agency judges
		assertThat(ask(formed.id(), "SOS").status()).isEqualTo(200);
		assertThat(status(this.sos).path("summary").asString()).isEqualTo("0 av 1 bedömda, väntar på Socialstyrelsen");
		assertThat(this.sbu.post(need + "/screening", verdict("NEW", null)).status()).isEqualTo(404);
		assertThat(this.skr.post(need + "/screening", verdict("NEW", null)).status()).isEqualTo(403);
		assertThat(this.sos.post(need + "/screening", verdict("NEW", null)).status()).isEqualTo(200);
		assertThat(status(this.skr).path("summary").asString()).isEqualTo("1 av 1 bedömda");
		assertThat(this.skr.get(need).body().path("status").asString()).isEqualTo("SCREENED");

		// the panel opens a round: the chief on it reads, nothing changes any more
		assertThat(this.chief.get(need).status()).isEqualTo(404);
		opened(1, formed.id());
		soon(() -> this.chief.get(need), 200);
		Answer late = this.skr.put(need, body("Andra ord", this.cannabis), "If-Match", this.skr.get(need).eTag());
		assertThat(late.problem()).isEqualTo("prioriteringen-har-oppnat");
		assertThat(this.skr.post(need + "/dissolution", reason("Fel")).problem())
			.isEqualTo("prioriteringen-har-oppnat");
		assertThat(this.sos.post(need + "/screening", verdict("LOCAL", null)).problem())
			.isEqualTo("prioriteringen-har-oppnat");
		assertThat(this.nobody.get(need).status()).isEqualTo(404);
		assertThat(handOver(formed.id(), "SOS").problem()).isEqualTo("inte-framme");

		// the round closes: published, and handed over
		closed(1, formed.id());
		soon(() -> this.nobody.get(need), 200);
		assertThat(handOver(formed.id(), "SKR").status()).isEqualTo(400);
		assertThat(handOver(formed.id(), "SBU", "FOHM").status()).isEqualTo(201);
		String handOff = HAND_OFFS + "/" + formed.id();
		assertThat(this.sos.get(handOff).status()).isEqualTo(404);
		assertThat(this.nobody.get(handOff).status()).isEqualTo(404);
		assertThat(this.fohm.get(handOff).body().path("status").asString()).isEqualTo("AWAITING_RECEIPT");
		assertThat(this.fohm.post(handOff + "/receipt", Map.of()).status()).isEqualTo(403);
		assertThat(this.skr.post(handOff + "/receipt", Map.of()).status()).isEqualTo(403);

		// the agency returns it, another one takes it
		assertThat(this.sbu.post(handOff + "/return", reason("Ligger hos Socialstyrelsen")).status()).isEqualTo(200);
		assertThat(handOver(formed.id(), "SOS").status()).isEqualTo(201);
		assertThat(this.sbu.post(handOff + "/receipt", Map.of()).status()).isEqualTo(403);
		assertThat(this.sos.post(handOff + "/receipt", Map.of("registration", "5.1-1234/2026")).status())
			.isEqualTo(200);
		JsonNode received = this.sos.get(handOff).body();
		assertThat(received.path("status").asString()).isEqualTo("RECEIVED");
		assertThat(received.path("registration").asString()).isEqualTo("5.1-1234/2026");
		assertThat(received.path("returns").path(0).path("agency").asString()).isEqualTo("SBU");
		assertThat(this.sos.post(handOff + "/return", reason("Ändrat oss")).problem())
			.isEqualTo("mottagandet-ar-bekraftat");

		// and every step has been told, with whole provenance
		assertThat(told(formed.id(), CompilationEvent.class)).containsExactly("national-need-formed.v1",
				"screening-asked.v1", "national-need-screened.v1");
		assertThat(told(formed.id(), HandOffEvent.class)).containsExactly("need-handed-over.v1", "need-returned.v1",
				"need-handed-over.v1", "need-received.v1");
		assertThat(handOffs().story(formed.id()).getFirst().event())
			.isInstanceOfSatisfying(HandOffEvent.NeedHandedOver.class, (over) -> {
				assertThat(over.rank()).isEqualTo(1);
				assertThat(over.sources()).containsExactly(source(this.cannabis, member(this.silent, "0180")),
						source(this.relatives, member(this.named, "0114", "0115")));
			});
	}

	@Test
	void aPublishedNeedNamesOnlyTheMunicipalitiesThatMayBeNamed() {
		String need = NEEDS + "/" + answered(this.cannabis, this.relatives);

		assertThat(municipalities(this.nobody.get(need))).containsExactly("-", "0114,0115");
		assertThat(municipalities(this.fohm.get(need))).containsExactly("-", "0114,0115");
		assertThat(municipalities(this.vasby.get(need))).containsExactly("-", "0114,0115");
		assertThat(municipalities(as("RSS-04", Role.RSS_COORDINATOR).get(need))).containsExactly("-", "0114,0115");
		assertThat(municipalities(this.stockholm.get(need))).containsExactly("0180", "0114,0115");
		assertThat(municipalities(this.rssStockholm.get(need))).containsExactly("0180", "0114,0115");
		assertThat(municipalities(this.sos.get(need))).containsExactly("0180", "0114,0115");
		assertThat(municipalities(this.skr.get(need))).containsExactly("0180", "0114,0115");
		// A region can be one municipality, so it is not named where none of its needs
		// is.
		assertThat(this.nobody.get(need).body().path("sources").path(0).has("rss")).isFalse();
		assertThat(this.nobody.get(need).body().path("sources").path(1).path("rss").asString()).isEqualTo("RSS-01");
		assertThat(this.nobody.get(need).body().path("municipalities").asInt()).isEqualTo(3);
		assertThat(this.nobody.get(need).body().path("sources").path(0).has("wording")).isFalse();
		assertThat(this.skr.get(need).body().path("sources").path(0).path("wording").path("title").asString())
			.isEqualTo("Regionalt behov");
	}

	@Test
	void everyoneListsWhatOneSees() {
		String answered = answered(this.cannabis);
		String asked = form(this.relatives).id();
		ask(asked, "SBU");

		assertThat(listed(this.skr)).containsExactly(answered, asked);
		assertThat(listed(this.sos)).containsExactly(answered);
		assertThat(listed(this.sbu)).containsExactly(answered, asked);
		assertThat(listed(this.nobody)).containsExactly(answered);
		assertThat(listed(this.chief)).containsExactly(answered);
		assertThat(this.skr.get(NEEDS + "?cycle=" + this.cycle + "&verdict=EXISTS").ids()).containsExactly(answered);
		assertThat(this.skr.get(NEEDS + "?cycle=" + this.cycle + "&agency=SBU").ids()).containsExactly(asked);
		assertThat(this.skr.get(NEEDS + "?verdict=MAYBE").status()).isEqualTo(400);

		opened(1, asked);
		soon(() -> this.chief.get(NEEDS + "/" + asked), 200);
		assertThat(listed(this.chief)).containsExactly(answered, asked);
		assertThat(listed(this.stockholm)).containsExactly(answered);
	}

	@Test
	void handOffsAreListedForSkrAndTheAgenciesConcerned() {
		String need = ranked(this.cannabis);
		handOver(need, "SBU", "FOHM");

		assertThat(handOffsListed(this.skr, "")).containsExactly(need);
		assertThat(handOffsListed(this.sbu, "")).containsExactly(need);
		assertThat(handOffsListed(this.fohm, "")).containsExactly(need);
		assertThat(handOffsListed(this.sos, "")).isEmpty();
		assertThat(handOffsListed(this.stockholm, "")).isEmpty();
		assertThat(handOffsListed(this.nobody, "")).isEmpty();
		assertThat(handOffsListed(this.skr, "&agency=FOHM&status=AWAITING_RECEIPT")).containsExactly(need);
		assertThat(handOffsListed(this.skr, "&status=RECEIVED")).isEmpty();
	}

	@Test
	void whatIsAnsweredInScreeningIsPublishedAndNotHandedOver() {
		Answer formed = soon(() -> form(this.cannabis), 201);
		ask(formed.id(), "SOS");
		assertThat(this.nobody.get(NEEDS + "/" + formed.id()).status()).isEqualTo(404);
		assertThat(this.sos.post(NEEDS + "/" + formed.id() + "/screening", verdict("EXISTS", null)).status())
			.isEqualTo(400);
		assertThat(this.sos.post(NEEDS + "/" + formed.id() + "/screening", verdict("EXISTS", "Handboken")).status())
			.isEqualTo(200);

		JsonNode published = this.nobody.get(NEEDS + "/" + formed.id()).body();
		assertThat(published.path("status").asString()).isEqualTo("ANSWERED");
		assertThat(published.path("screening").path("support").asString()).isEqualTo("Handboken");
		assertThat(handOver(formed.id(), "SOS").problem()).isEqualTo("behovet-ar-besvarat");
	}

	@Test
	void aLateVerdictReplacesTheFormerVisibly() {
		String need = NEEDS + "/" + answered(this.cannabis);

		this.sos.post(need + "/screening", verdict("ADAPT", "Handboken"));

		JsonNode now = this.skr.get(need).body();
		assertThat(now.path("screening").path("verdict").asString()).isEqualTo("ADAPT");
		assertThat(now.path("replacedScreenings").path(0).path("verdict").asString()).isEqualTo("EXISTS");
		assertThat(this.nobody.get(need).status()).isEqualTo(404);
	}

	@Test
	void skrChangesAndDissolvesBeforeRanking() {
		Answer formed = soon(() -> form(this.cannabis), 201);
		String need = NEEDS + "/" + formed.id();

		assertThat(this.skr.put(need, body("Andra ord", this.cannabis, this.relatives)).status()).isEqualTo(428);
		assertThat(this.skr.put(need, body("Andra ord", this.cannabis, this.relatives), "If-Match", formed.eTag())
			.status()).isEqualTo(200);
		assertThat(this.skr.put(need, body("Tredje", this.cannabis), "If-Match", formed.eTag()).status())
			.isEqualTo(412);
		JsonNode changed = this.skr.get(need).body();
		assertThat(changed.path("version").asInt()).isEqualTo(2);
		assertThat(changed.path("earlierVersions").path(0).path("wording").path("title").asString())
			.isEqualTo("Nationellt behov");
		assertThat(status(this.skr).path("notCompiled")).isEmpty();

		assertThat(this.skr.post(need + "/dissolution", reason("Två frågor i en")).status()).isEqualTo(200);
		assertThat(this.skr.get(need).body().path("status").asString()).isEqualTo("DISSOLVED");
		assertThat(status(this.skr).path("notCompiled")).hasSize(2);
		assertThat(status(this.sos).has("notCompiled")).isFalse();
		assertThat(this.nobody.get(NEEDS + "/screening-status?cycle=" + this.cycle).status()).isEqualTo(404);
	}

	@Test
	void whatHasNotBeenDeliveredIsNotHereYet() {
		soon(() -> form(this.cannabis), 201);
		RegionalNeedId undelivered = new RegionalNeedId("regional-undelivered-" + this.unique);
		formed(undelivered, this.silent, "0180");

		Answer refused = form(undelivered);

		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.problem()).isEqualTo("inte-framme");
	}

	@Test
	void aSupplementAfterCompilingWasClosedWaitsForTheNextCycle() {
		RegionalNeedId late = new RegionalNeedId("regional-late-" + this.unique);
		Foreign.publish(Topics.AREA, this.cycle.value(), 3, new AreaEvent.CompilingClosed(), "SKR");
		formed(late, this.silent, "0180");
		Foreign.publish(Topics.COLLECTION, this.cycle + ".RSS-01", 3, new CollectionEvent.RegionalListDelivered(2,
				List.of(new CollectionEvent.Delivered(late, 1, List.of(member(this.silent, "0180")))), List.of()),
				"RSS-01");

		Awaitility.await()
			.untilAsserted(() -> assertThat(form(late).problem()).isEqualTo("sammanstallningen-ar-stangd"));
		soon(() -> form(this.cannabis), 201);
	}

	@Test
	void whatStaysBelowTheLineSaysWhy() {
		String need = ranked(this.cannabis);

		assertThat(this.sos.post(NEEDS + "/" + need + "/below-the-line", reason("Resurser")).status()).isEqualTo(403);
		assertThat(this.skr.post(NEEDS + "/" + need + "/below-the-line", reason("Resurser")).status()).isEqualTo(201);
		assertThat(this.skr.get(HAND_OFFS + "/" + need).body().path("reason").asString()).isEqualTo("Resurser");
		assertThat(handOver(need, "SOS").problem()).isEqualTo("behovet-stannar-under-strecket");
	}

	@Test
	void aRankingThatIsCorrectedIsNotActedOnUntilTheCorrectionHasClosed() {
		String need = ranked(this.cannabis);
		Foreign.publish(Topics.RANKING, round(2).value(), 1, open(round(1), need), "SKR");
		Awaitility.await().untilAsserted(() -> assertThat(handOver(need, "SKR").problem()).isEqualTo("inte-framme"));

		closed(2, need);

		soon(() -> handOver(need, "SOS"), 201);
		assertThat(this.skr.get(HAND_OFFS + "/" + need).body().path("round").asString()).isEqualTo(round(2).value());
	}

	@Test
	void aRedactionOfTheNationalNeedReachesItsHandOff() {
		String need = ranked(this.cannabis);
		handOver(need, "SOS");
		assertThat(this.skr.post(NEEDS + "/" + need + "/redaction", reason("Personuppgift")).status()).isEqualTo(403);
		assertThat(this.nobody.post(NEEDS + "/" + need + "/redaction", reason("Personuppgift")).status())
			.isEqualTo(401);

		assertThat(this.administrator.post(NEEDS + "/" + need + "/redaction", reason("Personuppgift")).status())
			.isEqualTo(200);

		assertThat(this.skr.get(NEEDS + "/" + need).body().toString()).doesNotContain("Nationellt behov", "Därför.");
		Awaitility.await()
			.untilAsserted(() -> assertThat(
					this.sos.get(HAND_OFFS + "/" + need).body().path("wording").path("title").asString())
				.isEqualTo(Wording.REDACTED));
		assertThat(handOffs().story(need).stream().map(Envelope::event).toList().toString())
			.doesNotContain("Nationellt behov");
	}

	@Test
	void aHandOffIsRedactedByItself() {
		String need = ranked(this.cannabis);
		handOver(need, "SOS");
		this.sos.post(HAND_OFFS + "/" + need + "/return", reason("Ligger inte hos oss"));

		assertThat(this.sos.post(HAND_OFFS + "/" + need + "/redaction", reason("Personuppgift")).status())
			.isEqualTo(403);
		assertThat(this.administrator.post(HAND_OFFS + "/" + need + "/redaction", reason("Personuppgift")).status())
			.isEqualTo(200);

		assertThat(this.skr.get(HAND_OFFS + "/" + need).body().toString()).doesNotContain("Ligger inte hos oss");
		assertThat(this.skr.get(NEEDS + "/" + need).body().toString()).contains("Nationellt behov");
	}

	@Test
	void theDoorHoldsForEveryCommand() {
		Map<String, Object> body = formBody(this.cannabis);
		soon(() -> form(this.cannabis), 201);
		String key = "form-" + this.unique;

		Answer first = this.skr.post(NEEDS, body, "Idempotency-Key", key);
		assertThat(this.skr.post(NEEDS, body, "Idempotency-Key", key).body()).isEqualTo(first.body());
		assertThat(this.skr.post(NEEDS, formBody(this.relatives), "Idempotency-Key", key).status()).isEqualTo(422);
		assertThat(this.skr.send("POST", NEEDS, body).status()).isEqualTo(400);
		assertThat(this.nobody.post(NEEDS, body).status()).isEqualTo(401);
		assertThat(this.sos.post(NEEDS, body).status()).isEqualTo(403);
		assertThat(this.sos.post(HAND_OFFS, handOverBody(first.id(), "SOS")).status()).isEqualTo(403);
		assertThat(this.administrator.post(NEEDS, body).status()).isEqualTo(403);
		Answer personal = this.skr.post(NEEDS + "/" + first.id() + "/dissolution", reason("Ring 08-123 456 78"));
		assertThat(personal.problem()).isEqualTo("personuppgift");
		ask(first.id(), "SOS");
		Map<String, Object> verdict = new HashMap<>(verdict("NEW", null));
		verdict.put("evidence",
				List.of(Map.of("title", "anna@example.se", "publisher", "SBU", "reference", "https://www.sbu.se/123")));
		assertThat(this.sos.post(NEEDS + "/" + first.id() + "/screening", verdict).problem())
			.isEqualTo("personuppgift");
		assertThat(ask(first.id(), "0180").status()).isEqualTo(400);
	}

	@Test
	void theApiDescribesItself() {
		JsonNode description = this.nobody.get("/v3/api-docs").body();

		assertThat(description.path("openapi").asString()).startsWith("3.1");
		assertThat(description.path("paths").has(NEEDS + "/{id}/screening")).isTrue();
		assertThat(description.path("paths").has(HAND_OFFS + "/{id}/receipt")).isTrue();
	}

	// What the other services tell

	private void submitted(NeedId need, boolean names, String... municipalities) {
		Foreign.publish(Topics.NEED, need.value(), 1,
				new NeedEvent.NeedSubmitted(this.cycle, "SBB",
						List.of(municipalities).stream().map(OrganisationId::new).toList(),
						new OrganisationId("RSS-01"), wording("Behov"), null, names, null, null, false),
				municipalities[0]);
	}

	private void formed(RegionalNeedId regional, NeedId need, String... municipalities) {
		Foreign.publish(Topics.NEED, regional.value(), 1, new NeedEvent.RegionalNeedFormed(this.cycle,
				new OrganisationId("RSS-01"), wording("Regionalt behov"), List.of(member(need, municipalities))),
				"RSS-01");
	}

	private void opened(int round, String need) {
		Foreign.publish(Topics.RANKING, round(round).value(), 1, open(null, need), "SKR");
	}

	private RankingEvent.RoundOpened open(@Nullable RoundId corrects, String need) {
		return new RankingEvent.RoundOpened(RankingEvent.Level.NATIONAL, this.cycle, new OrganisationId("SKR"),
				"Rangordning", List.of(new RankingEvent.Item(need, 1, "Nationellt behov")),
				List.of(new RankingEvent.Seat("A", new OrganisationId("0184"), "Socialchef", null, null)), 1,
				Instant.now().plus(Duration.ofDays(1)), "borda", RankingEvent.Unranked.LAST, corrects, null);
	}

	private void closed(int round, String need) {
		Foreign.publish(Topics.RANKING, round(round).value(), 2, new RankingEvent.RoundClosed(
				List.of(new RankingEvent.Place(1, need, "1")), "borda", 1, false, "hash", false), "SKR");
	}

	private RoundId round(int number) {
		return new RoundId("round-" + number + "-" + this.unique);
	}

	// What happens here

	private Answer form(RegionalNeedId... sources) {
		return this.skr.post(NEEDS, formBody(sources));
	}

	private Map<String, Object> formBody(RegionalNeedId... sources) {
		Map<String, Object> body = new HashMap<>(body("Nationellt behov", sources));
		body.put("cycle", this.cycle.value());
		return body;
	}

	private static Map<String, Object> body(String title, RegionalNeedId... sources) {
		Wording wording = wording(title);
		return Map.of("wording",
				Map.of("title", wording.title(), "targetGroups", wording.targetGroups(), "needType", wording.needType(),
						"situation", wording.situation(), "question", wording.question()),
				"sources", List.of(sources).stream().map(RegionalNeedId::value).toList());
	}

	private Answer ask(String need, String... agencies) {
		return this.skr.post(NEEDS + "/" + need + "/screening-request",
				Map.of("agencies", List.of(agencies), "due", LocalDate.now().plusDays(30).toString()));
	}

	private static Map<String, Object> verdict(String verdict, @Nullable String support) {
		Map<String, Object> body = new HashMap<>(Map.of("verdict", verdict, "reason", "Därför.", "searchedOn",
				LocalDate.now().minusDays(1).toString(), "evidence", List.of(Map.of("title", "Översikt", "publisher",
						"SBU", "reference", "https://www.sbu.se/20260102", "overview", true))));
		if (support != null) {
			body.put("support", support);
		}
		return body;
	}

	private static Map<String, Object> reason(String reason) {
		return Map.of("reason", reason);
	}

	private Answer handOver(String need, String agency, String... contributors) {
		return this.skr.post(HAND_OFFS, handOverBody(need, agency, contributors));
	}

	private static Map<String, Object> handOverBody(String need, String agency, String... contributors) {
		return Map.of("nationalNeed", need, "agency", agency, "contributors", List.of(contributors), "due",
				LocalDate.now().plusDays(14).toString());
	}

	private String answered(RegionalNeedId... sources) {
		String need = soon(() -> form(sources), 201).id();
		ask(need, "SOS");
		assertThat(this.sos.post(NEEDS + "/" + need + "/screening", verdict("EXISTS", "Handboken")).status())
			.isEqualTo(200);
		return need;
	}

	private String ranked(RegionalNeedId... sources) {
		String need = soon(() -> form(sources), 201).id();
		ask(need, "SOS");
		this.sos.post(NEEDS + "/" + need + "/screening", verdict("NEW", null));
		opened(1, need);
		closed(1, need);
		soon(() -> this.nobody.get(NEEDS + "/" + need), 200);
		return need;
	}

	// What is seen

	private JsonNode status(Caller caller) {
		return caller.get(NEEDS + "/screening-status?cycle=" + this.cycle).body();
	}

	private List<String> listed(Caller caller) {
		return caller.get(NEEDS + "?cycle=" + this.cycle).ids();
	}

	private List<String> handOffsListed(Caller caller, String more) {
		return caller.get(HAND_OFFS + "?cycle=" + this.cycle + more).ids();
	}

	/** The municipalities of each member, a hyphen where they are not told. */
	private static List<String> municipalities(Answer need) {
		List<String> all = new ArrayList<>();
		need.body().path("sources").forEach((source) -> source.path("members").forEach((member) -> {
			List<String> codes = new ArrayList<>();
			member.path("municipalities").forEach((code) -> codes.add(code.asString()));
			all.add(codes.isEmpty() ? "-" : String.join(",", codes));
		}));
		return all;
	}

	private List<String> told(String id, Class<?> events) {
		return ((events == HandOffEvent.class) ? handOffs().story(id) : needs().story(id)).stream()
			.map(Envelope::type)
			.toList();
	}

	private static Aggregates<HandOff, HandOffEvent> handOffs() {
		return service.bean("handOffs");
	}

	private static Aggregates<NationalNeed, CompilationEvent> needs() {
		return service.bean("nationalNeeds");
	}

	/** What another service has told takes a moment to arrive. */
	private static Answer soon(Supplier<Answer> call, int status) {
		return Awaitility.await().until(call::get, (answer) -> answer.status() == status);
	}

	private static Caller as(String organisation, Role role) {
		return service.as(organisation, role);
	}

	private static Member member(NeedId need, String... municipalities) {
		return new Member(need, 1, List.of(municipalities).stream().map(OrganisationId::new).toList());
	}

	private static Source source(RegionalNeedId regional, Member... members) {
		return new Source(regional, 1, new OrganisationId("RSS-01"), List.of(members));
	}

	private static Wording wording(String title) {
		return new Wording(title, List.of("BERO"), "METOD", "Så här är det.", "Vad hjälper?", "", List.of());
	}

}
