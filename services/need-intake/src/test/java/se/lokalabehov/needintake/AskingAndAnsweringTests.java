package se.lokalabehov.needintake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.AreaEvent.AreaChosen;
import se.lokalabehov.contracts.AreaEvent.CompilingClosed;
import se.lokalabehov.contracts.AreaEvent.CycleCancelled;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedEvent.OfRegionalNeed;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.contracts.RankingEvent.Unranked;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.needintake.Forming.Intent;
import se.lokalabehov.needintake.TheService.Reply;
import se.lokalabehov.needintake.TheService.Somebody;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Foreign;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moments 2 and 3 over HTTP, with the other services played by their events on the real
 * broker. Every test has a cycle of its own.
 */
class AskingAndAnsweringTests {

	private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Stockholm"));

	private static final OrganisationId RSS = new OrganisationId("RSS-01");

	private static final TheService service = TheService.start();

	private final CycleId cycle = new CycleId("cycle-" + UUID.randomUUID().toString().substring(0, 8));

	private final String collection = this.cycle + ".RSS-01";

	private final Somebody author = service.author("0180");

	private final Somebody approver = service.approver("0180");

	private final Somebody solna = service.approver("0184");

	private final Somebody rss = service.rss("RSS-01");

	private final Somebody skr = service.skr();

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void aCycleIsOpen() {
		open(this.cycle, "SBB");
	}

	@Test
	void aRegionIsAskedAnswersAndDelivers() {
		// given: the RSS asks, one municipality has no needs, one writes a joint need
		this.rss.done("/collections", Map.of("cycle", this.cycle.value(), "message", "Vad behöver ni veta?"));
		service.approver("0127")
			.done("/collections/" + this.collection + "/no-needs", Map.of("municipality", "0127", "comment", ""));
		String need = this.author.done("/needs", draft("Vad?", "0180", "0184"));
		assertThat(this.author.put("/needs/" + need, "/needs/" + need, draft("Vad hjälper?", "0180", "0184")).status())
			.isEqualTo(200);
		assertThat(this.author.post("/needs/" + need + "/submission", Map.of()).status()).isEqualTo(403);
		this.approver.done("/needs/" + need + "/submission", Map.of());
		assertThat(answers()).containsEntry("0180", "NEEDS")
			.containsEntry("0184", "NEEDS")
			.containsEntry("0127", "NO_NEEDS")
			.containsEntry("0126", "NOT_YET");
		this.rss.done("/collections/" + this.collection + "/reminders", Map.of("message", "Snart!"));

		// when: it is merged and delivered
		String regional = form(Map.of(need, 1));
		this.rss.done("/collections/" + this.collection + "/deliveries", delivery(regional, 1));

		// then: the municipality can not revise any more, from that very moment
		assertThat(revise(need, "Något annat?").problem()).isEqualTo("redan-levererat");
		awaitStatus(need, "DELIVERED");
		awaitDelivered(regional);
		assertThat(this.solna.get("/needs/" + need).at("merges").get(0).path("regionalNeed").asString())
			.isEqualTo(regional);
		this.approver.done("/needs/" + need + "/supplements", Map.of("text", "Fler frågar nu."));
		assertThat(this.skr.get("/regional-needs/" + regional).at("weight").asInt()).isEqualTo(2);
		assertThat(this.skr.get("/needs/" + need).at("deliveredVersion").asInt()).isEqualTo(1);
		assertThat(this.rss.get("/collections/" + this.collection).at("deliveries")).hasSize(1);
	}

	@Test
	void everyPostIsDoneOnceHoweverOftenItIsSent() {
		String key = UUID.randomUUID().toString();
		Reply first = this.author.post("/needs", draft("Vad hjälper?", "0180"), key);
		assertThat(this.author.post("/needs", draft("Vad hjälper?", "0180"), key)).isEqualTo(first);
		assertThat(this.author.post("/needs", draft("Annat?", "0180"), key).status()).isEqualTo(422);
		String need = first.id();
		Reply submitted = this.approver.post("/needs/" + need + "/submission", Map.of(), key);
		assertThat(this.approver.post("/needs/" + need + "/submission", Map.of(), key)).isEqualTo(submitted);
		assertThat(this.approver.post("/needs/" + need + "/submission", Map.of()).problem())
			.isEqualTo("redan-inskickat");
		Reply formed = this.rss.post("/regional-needs", regional(Map.of(need, 1)), key);
		assertThat(formed.status()).isEqualTo(201);
		assertThat(this.rss.post("/regional-needs", regional(Map.of(need, 1)), key)).isEqualTo(formed);
		ask();
		Reply delivered = this.rss.post("/collections/" + this.collection + "/deliveries", delivery(formed.id(), 1),
				key);
		assertThat(delivered.status()).isEqualTo(200);
		assertThat(this.rss.post("/collections/" + this.collection + "/deliveries", delivery(formed.id(), 1), key))
			.isEqualTo(delivered);
		assertThat(this.rss.post("/regional-needs", regional(Map.of(need, 1)), key)).isEqualTo(formed);
	}

	@Test
	void anIncompleteDraftWaitsInTheOrganisation() {
		Map<String, Object> half = draft("Vad hjälper?", "0180");
		half.put("wording", Map.of("title", "Halvskrivet"));
		String need = this.author.done("/needs", half);

		Reply refused = this.approver.post("/needs/" + need + "/submission", Map.of());

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.at("fields").valueStream().map((field) -> field.path("name").asString()))
			.containsExactly("wording.targetGroups", "wording.needType", "wording.situation", "wording.question");
		assertThat(this.approver.get("/needs?status=DRAFT&limit=100").ids()).contains(need);
		assertThat(this.solna.get("/needs/" + need).status()).isEqualTo(404);
		assertThat(this.rss.get("/needs/" + need).status()).isEqualTo(404);
		assertThat(service.anybody().get("/needs?status=DRAFT").ids()).isEmpty();
	}

	@Test
	void anRssCanNotSubmitNeedsOfItsOwn() {
		assertThat(this.rss.post("/needs", draft("Vad?", "0180")).status()).isEqualTo(403);
		assertThat(this.rss.post("/needs", draft("Vad?", "RSS-01")).status()).isEqualTo(400);
		assertThat(this.rss.post("/needs/recordings", recording("1480")).status()).isEqualTo(400);
	}

	@Test
	void aRecordedNeedCountsWhenTheMunicipalityHasConfirmed() {
		ask();
		String need = this.rss.done("/needs/recordings", recording("0184"));
		assertThat(answers()).containsEntry("0184", "NOT_YET");
		assertThat(this.rss.post("/needs/" + need + "/confirmation", Map.of("namesMunicipalities", true)).status())
			.isEqualTo(403);

		this.solna.done("/needs/" + need + "/confirmation", Map.of("namesMunicipalities", true));

		assertThat(answers()).containsEntry("0184", "NEEDS");
	}

	@Test
	void aRevisionStopsTheDeliveryUntilTheRssHasReadIt() {
		ask();
		String need = submitted("Vad hjälper?", "0180");
		String regional = form(Map.of(need, 1));
		assertThat(revise(need, "Vad hjälper barnen?").status()).isEqualTo(200);

		Reply stopped = this.rss.post("/collections/" + this.collection + "/deliveries", delivery(regional, 1));

		assertThat(stopped.problem()).isEqualTo("andrad-under-tiden");
		assertThat(change(regional, Map.of(need, 2)).status()).isEqualTo(200);
		this.rss.done("/collections/" + this.collection + "/deliveries", delivery(regional, 2));
		awaitStatus(need, "DELIVERED");
		assertThat(this.skr.get("/needs/" + need).at("deliveredVersion").asInt()).isEqualTo(2);
		assertThat(this.skr.get("/needs/" + need).at("versions")).hasSize(1);
	}

	@Test
	void revisionsAndADeliveryAtTheSameTimeNeverDeliverWhatIsNotStored() throws Exception {
		ask();
		String need = submitted("Vad hjälper?", "0180");
		String regional = form(Map.of(need, 1));
		List<Callable<Reply>> acts = IntStream.range(0, 8)
			.mapToObj((i) -> (Callable<Reply>) () -> (i == 4)
					? this.rss.post("/collections/" + this.collection + "/deliveries", delivery(regional, 1))
					: revise(need, "Vad hjälper grupp " + i + "?"))
			.toList();

		List<Reply> replies;
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			replies = threads.invokeAll(acts).stream().map((reply) -> reply.resultNow()).toList();
		}

		if (replies.get(4).status() == 200) {
			awaitStatus(need, "DELIVERED");
			assertThat(this.skr.get("/needs/" + need).at("deliveredVersion").asInt()).isEqualTo(1);
			assertThat(revise(need, "Mer?").problem()).isEqualTo("redan-levererat");
		}
		else {
			assertThat(replies.get(4).problem()).isEqualTo("andrad-under-tiden");
			assertThat(this.approver.get("/needs/" + need).at("version").asInt()).isGreaterThan(1);
		}
	}

	@Test
	void ifOneClaimIsRefusedNoNeedIsClaimed() {
		String free = submitted("Vad hjälper?", "0180");
		String revised = submitted("Vad hjälper mer?", "0184");
		assertThat(this.solna
			.put("/needs/" + revised + "/wording", "/needs/" + revised,
					Map.of("wording", wording("Ny fråga?"), "municipalities", List.of("0184")))
			.status()).isEqualTo(200);

		Reply refused = this.rss.post("/regional-needs", regional(Map.of(free, 1, revised, 1)));

		assertThat(refused.problem()).isEqualTo("andrad-under-tiden");
		assertThat(this.rss.get("/needs/" + free).at("merges")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	void formingIsCarriedOutWhicheverWriteACrashCameAfter(int writes) {
		List<String> members = List.of(submitted("Vad hjälper?", "0180"), submitted("Vad stödjer?", "0184"));
		Intent.Form form = aForm(members);

		crash(form, writes);
		service.bean(RegionalLists.class).resume();

		assertThat(this.rss.get("/regional-needs/" + form.regionalNeed()).at("members")).hasSize(2);
		members.forEach((need) -> assertThat(this.rss.get("/needs/" + need).at("merges")).hasSize(1));
		assertThat(intent()).isNull();
		assertThat(this.<Aggregates<Need, OfNeed>>bean("needs").story(members.getFirst()))
			.extracting((event) -> event.type())
			.containsExactly("need-submitted.v1", "need-merged.v1");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void aFormingThatIsRefusedLetsGoWhicheverWriteACrashCameAfter(int writes) {
		List<String> members = List.of(submitted("Vad hjälper?", "0180"), submitted("Vad stödjer?", "0184"));
		Intent.Form form = aForm(members);
		crash(form, writes);
		this.solna.done("/needs/" + members.getLast() + "/withdrawal", Map.of("reason", "Löst."));

		service.bean(RegionalLists.class).resume();

		assertThat(this.rss.get("/regional-needs/" + form.regionalNeed()).status()).isEqualTo(404);
		members.forEach((need) -> assertThat(this.rss.get("/needs/" + need).at("merges")).isEmpty());
		assertThat(intent()).isNull();
	}

	@Test
	void aSubmissionThatACrashInterruptedIsCarriedOn() {
		String need = this.author.done("/needs", draft("Vad hjälper?", "0180"));
		Aggregates<Draft, Draft> drafts = bean("drafts");
		Act act = Act.system(new OrganisationId("0180"), Instant.now(), "submission " + need);
		drafts.execute(need, act, (draft) -> Objects.requireNonNull(draft).submit(act));
		assertThat(this.author.put("/needs/" + need, "/needs/" + need, draft("Annat?", "0180")).problem())
			.isEqualTo("redan-inskickat");

		service.bean(Drafting.class).resume();

		assertThat(this.approver.get("/needs/" + need).at("status").asString()).isEqualTo("SUBMITTED");
		assertThat(drafts.find(need).orElseThrow().state().content().wording().question()).isNull();
	}

	@Test
	void membersComeAndGoUntilDeliveryAndAreFreeAfterDissolution() {
		String one = submitted("Vad hjälper?", "0180");
		String two = submitted("Vad stödjer?", "0184");
		String regional = form(Map.of(one, 1));

		assertThat(change(regional, Map.of(two, 1)).status()).isEqualTo(200);
		assertThat(this.rss.get("/needs/" + one).at("merges")).isEmpty();
		assertThat(this.rss.get("/needs/" + two).at("merges")).hasSize(1);
		assertThat(this.rss.post("/needs/" + two + "/turning-back", Map.of("because", "LOCAL", "answer", "Lokalt."))
			.problem()).isEqualTo("sammanslaget");
		this.rss.done("/regional-needs/" + regional + "/dissolution", Map.of("reason", "Inte samma sak."));

		assertThat(this.rss.get("/needs/" + two).at("merges")).isEmpty();
		this.rss.done("/needs/" + two + "/turning-back", Map.of("because", "LOCAL", "answer", "Löses lokalt."));
		assertThat(this.solna.get("/needs/" + two).at("answer").path("text").asString()).isEqualTo("Löses lokalt.");
	}

	@Test
	void aDeliveredMergeIsUndoneBySkrOnTheRequestOfTheRssUntilRankingHasOpened() {
		ask();
		String need = submitted("Vad hjälper?", "0180");
		String regional = delivered(need);
		assertThat(this.rss.post("/regional-needs/" + regional + "/dissolution", Map.of("reason", "Fel.")).problem())
			.isEqualTo("redan-levererat");
		this.rss.done("/regional-needs/" + regional + "/undoing-request", Map.of("reason", "Två olika frågor."));

		this.skr.done("/regional-needs/" + regional + "/dissolution", Map.of("reason", "På begäran."));

		assertThat(this.approver.get("/needs/" + need).at("status").asString()).isEqualTo("SUBMITTED");
		String again = form(Map.of(need, 1));
		this.rss.done("/collections/" + this.collection + "/deliveries", delivery(again, 1));
		awaitDelivered(again);
		Foreign.publish(Topics.RANKING, "round-" + this.cycle, 1,
				new RoundOpened(Level.REGIONAL, this.cycle, RSS, "Regional", List.of(new Item(again, 1, "Stöd")),
						List.of(new Seat("1", new OrganisationId("0126"), "Socialchef", null, null)), 1, Instant.now(),
						"borda", Unranked.LAST, null),
				"RSS-01");
		Awaitility.await()
			.untilAsserted(() -> assertThat(
					this.skr.post("/regional-needs/" + again + "/dissolution", Map.of("reason", "Igen.")).problem())
				.isEqualTo("prioritering-oppnad"));
		assertThat(service.as("0126", Role.SOCIAL_CHIEF).get("/regional-needs/" + again).status()).isEqualTo(200);
		assertThat(service.approver("0126").get("/regional-needs/" + again).status()).isEqualTo(404);
		Foreign.publish(Topics.RANKING, "round-" + this.cycle, 2,
				new RoundClosed(List.of(), "borda", 1, false, "", false), "RSS-01");
		Somebody neighbour = service.approver("0126");
		Awaitility.await().until(() -> neighbour.get("/regional-needs/" + again).status() == 200);
		assertThat(neighbour.get("/regional-needs?cycle=" + this.cycle).ids()).containsExactly(again);
		assertThat(neighbour.get("/regional-needs/" + again).at("members")).isEmpty();
		assertThat(service.approver("1480").get("/regional-needs/" + again).status()).isEqualTo(404);
	}

	@Test
	void whatIsNotDeliveredWhenCompilingClosesWaitsForTheNextCycleAndIsTakenUp() {
		ask();
		String merged = submitted("Vad hjälper?", "0180");
		String regional = form(Map.of(merged, 1));
		String recorded = this.rss.done("/needs/recordings", recording("0184"));

		Foreign.publish(Topics.AREA, this.cycle.value(), 3, new CompilingClosed(), "SKR");

		awaitStatus(merged, "WAITLISTED");
		Reply need = this.approver.get("/needs/" + merged);
		assertThat(need.at("answer").path("text").asString()).isEqualTo(NeedDecider.TOO_LATE);
		assertThat(need.at("merges")).isEmpty();
		assertThat(this.rss.get("/regional-needs/" + regional).at("status").asString()).isEqualTo("DISSOLVED");
		String late = submitted("Vad är för sent?", "0180");
		assertThat(this.approver.get("/needs/" + late).at("status").asString()).isEqualTo("WAITLISTED");
		this.solna.done("/needs/" + recorded + "/confirmation", Map.of("namesMunicipalities", false));
		assertThat(this.solna.get("/needs/" + recorded).at("status").asString()).isEqualTo("WAITLISTED");
		assertThat(this.rss.post("/needs/" + late + "/take-up", Map.of("cycle", this.cycle.value())).problem())
			.isEqualTo("sammanstallningen-stangd");
		CycleId next = new CycleId(this.cycle + "-next");
		open(next, "SBB");
		this.skr.done("/needs/" + late + "/take-up", Map.of("cycle", next.value()));
		assertThat(this.approver.get("/needs?cycle=" + next).ids()).containsExactly(late);
	}

	@Test
	void aCancelledCycleLetsEveryNeedWaitAndSaysWhy() {
		ask();
		String delivered = submitted("Vad hjälper?", "0180");
		delivered(delivered);

		Foreign.publish(Topics.AREA, this.cycle.value(), 3, new CycleCancelled("Ny lag på gång."), "SKR");

		awaitStatus(delivered, "WAITLISTED");
		assertThat(this.approver.get("/needs/" + delivered).at("answer").path("text").asString())
			.contains("Ny lag på gång.");
	}

	@Test
	void everyoneSeesTheirOwnAndNothingElse() {
		ask();
		String need = submitted("Vad hjälper?", "0180", "0184");
		Somebody goteborg = service.approver("1480");
		Somebody otherRss = service.rss("RSS-14-GR");
		Somebody sos = service.agency("SOS");
		List<Somebody> strangers = List.of(goteborg, otherRss, sos, service.anybody(), this.skr,
				service.as("0180", Role.FOU_EDITOR));
		strangers.forEach((stranger) -> {
			assertThat(stranger.get("/needs/" + need).status()).isEqualTo(404);
			assertThat(stranger.get("/needs?limit=100").ids()).doesNotContain(need);
		});
		assertThat(goteborg.post("/needs/" + need + "/withdrawal", Map.of("reason", "Mitt.")).status()).isEqualTo(404);
		assertThat(this.solna.post("/needs/" + need + "/withdrawal", Map.of("reason", "Mitt.")).status())
			.isEqualTo(403);
		assertThat(this.rss.post("/needs/" + need + "/withdrawal", Map.of("reason", "Mitt.")).status()).isEqualTo(403);
		assertThat(this.solna.get("/needs?cycle=" + this.cycle).ids()).containsExactly(need);

		String regional = delivered(need);
		assertThat(this.skr.get("/needs/" + need).status()).isEqualTo(200);
		assertThat(sos.get("/needs/" + need).status()).isEqualTo(404);
		assertThat(sos.get("/regional-needs/" + regional).status()).isEqualTo(404);
		assertThat(this.solna.get("/regional-needs/" + regional).at("members").get(0).path("municipalities"))
			.extracting(JsonNode::asString)
			.containsExactly("0184");

		String national = "national-" + this.cycle;
		Foreign
			.publish(Topics.COMPILATION, national, 1,
					new NationalNeedFormed(this.cycle, Fixtures.aWording("Vad?"),
							List.of(new Source(new RegionalNeedId(regional), 1, RSS,
									List.of(new Member(new NeedId(need), 1,
											List.of(new OrganisationId("0180"), new OrganisationId("0184"))))))),
					"SKR");
		Foreign.publish(Topics.COMPILATION, national, 2,
				new ScreeningAsked(List.of(new OrganisationId("SOS")), TODAY.plusDays(30)), "SKR");
		Awaitility.await().until(() -> sos.get("/needs/" + need).status() == 200);
		assertThat(sos.get("/regional-needs?cycle=" + this.cycle).ids()).containsExactly(regional);
		assertThat(service.agency("SBU").get("/needs/" + need).status()).isEqualTo(404);
		sos.done("/needs/" + need + "/clarifications",
				Map.of("question", "Vilka menar ni?", "due", TODAY.plusDays(5).toString()));
		String clarification = this.author.get("/needs/" + need).at("clarifications").get(0).path("id").asString();
		this.author.done("/needs/" + need + "/clarifications/" + clarification + "/reply", Map.of("reply", "Vuxna."));

		Foreign.publish(Topics.COMPILATION, national, 3, new NationalNeedScreened(Verdict.EXISTS, "Finns.",
				new OrganisationId("SOS"), List.of(), TODAY, "Handboken"), "SOS");
		Awaitility.await().until(() -> service.anybody().get("/needs/" + need).status() == 200);
		Reply open = service.anybody().get("/needs/" + need);
		assertThat(open.at("wording").path("question").asString()).isEqualTo("Vad hjälper?");
		assertThat(open.body().propertyNames()).containsExactlyInAnyOrder("id", "status", "cycle", "area", "version",
				"wording");
		assertThat(service.anybody().get("/needs?cycle=" + this.cycle).ids()).containsExactly(need);
		assertThat(goteborg.get("/needs?municipality=0180&limit=100").ids()).doesNotContain(need);
		assertThat(goteborg.post("/needs/" + need + "/withdrawal", Map.of("reason", "Mitt.")).status()).isEqualTo(403);
	}

	@Test
	void anAnsweredNeedIsAskedAgainOnlyWithNewInformation() {
		String old = submitted("Vad hjälper?", "0180");
		Map<String, Object> again = draft("Vad hjälper nu?", "0180");
		again.put("reconsiders", old);
		assertThat(this.author.post("/needs", again).status()).isEqualTo(400);
		again.put("newInformation", "En ny studie visar annat.");
		String draft = this.author.done("/needs", again);
		assertThat(this.approver.post("/needs/" + draft + "/submission", Map.of()).problem()).isEqualTo("ej-besvarat");
		this.rss.done("/needs/" + old + "/turning-back", Map.of("because", "LOCAL", "answer", "Löses lokalt."));

		this.approver.done("/needs/" + draft + "/submission", Map.of());

		assertThat(this.rss.get("/needs/" + draft).at("reconsiders").asString()).isEqualTo(old);
	}

	@Test
	void personalDataStopsAtTheDoorAndWhatSlipsThroughIsBlankedEverywhere() {
		Reply refused = this.author.post("/needs", draft("Vad gäller 19811228-9874?", "0180"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.problem()).isEqualTo("personuppgift");
		assertThat(refused.body().toString()).doesNotContain("9874");
		String need = submitted("Vad hjälper Kalle?", "0180");

		assertThat(this.skr.post("/needs/" + need + "/redaction", Map.of("reason", "Namn.")).status()).isEqualTo(404);
		service.as("SKR", Role.ADMINISTRATOR).done("/needs/" + need + "/redaction", Map.of("reason", "Namn."));

		assertThat(this.approver.get("/needs/" + need).body().toString()).doesNotContain("Kalle")
			.contains(Wording.REDACTED);
		assertThat(this.<Aggregates<Need, OfNeed>>bean("needs").story(need).toString()).doesNotContain("Kalle");
		assertThat(this.<Aggregates<Draft, Draft>>bean("drafts").find(need).toString()).doesNotContain("Kalle");
	}

	@Test
	void questionsFromDailyWorkBecomeANeed() {
		String note = this.author.done("/question-notes", Map.of("text", "Var finns skyddat boende?"));
		this.rss.done("/question-notes/" + note + "/clustering", Map.of("cluster", "Boende " + this.cycle));
		assertThat(this.solna.get("/question-notes/" + note).status()).isEqualTo(404);
		assertThat(this.approver.get("/question-notes/clusters")
			.at("items")
			.valueStream()
			.map((cluster) -> cluster.path("cluster").asString())).contains("Boende " + this.cycle);
		Map<String, Object> draft = draft("Vilket boende?", "0180");
		draft.put("notes", List.of(note));

		String need = this.author.done("/needs", draft);

		assertThat(this.author.get("/question-notes/" + note).at("need").asString()).isEqualTo(need);
		Map<String, Object> foreign = draft("Vilket boende?", "0184");
		foreign.put("notes", List.of(note));
		assertThat(service.author("0184").post("/needs", foreign).status()).isEqualTo(400);
	}

	@Test
	void whoSaysNothingOfACycleThatHasNotArrivedIsToldToTryAgain() {
		Map<String, Object> asked = Map.of("cycle", "cycle-unknown", "message", "Vad?");

		assertThat(this.rss.post("/collections", asked).problem()).isEqualTo("inte-framme");
		assertThat(service.approver("0180").post("/collections", asked).status()).isEqualTo(403);
		assertThat(service.anybody().post("/collections", asked).status()).isEqualTo(401);
	}

	@Test
	void theServiceDescribesEveryEndpoint() {
		JsonNode description = service.anybody().description().body();

		assertThat(description.path("openapi").asString()).startsWith("3.1");
		assertThat(description.path("paths").propertyNames()).contains("/api/v1/needs", "/api/v1/needs/{id}/submission",
				"/api/v1/collections/{id}/deliveries", "/api/v1/regional-needs/{id}/dissolution",
				"/api/v1/question-notes/clusters");
	}

	private static void open(CycleId id, String area) {
		Foreign.publish(Topics.AREA, id.value(), 1,
				new AreaChosen(area, "Omgång", "Därför.", List.of(new OrganisationId("0180"))), "SKR");
		Foreign.publish(Topics.AREA, id.value(), 2,
				new CycleOpened(
						area, List.of(area), "Omgång", Fixtures.timetable(TODAY), List.of(
								new Region(RSS,
										List.of(new OrganisationId("0126"), new OrganisationId("0127"),
												new OrganisationId("0180"), new OrganisationId("0184"))),
								new Region(new OrganisationId("RSS-14-GR"), List.of(new OrganisationId("1480")))),
						"v1"),
				"SKR");
		Awaitility.await().until(() -> service.bean(Heard.class).cycle(id).filter(CycleView::isOpen).isPresent());
	}

	private void ask() {
		this.rss.done("/collections", Map.of("cycle", this.cycle.value(), "message", "Vad behöver ni veta?"));
	}

	private Map<String, String> answers() {
		Map<String, String> answers = new HashMap<>();
		this.rss.get("/collections/" + this.collection)
			.at("municipalities")
			.forEach((one) -> answers.put(one.path("municipality").asString(), one.path("answer").asString()));
		return answers;
	}

	private String submitted(String question, String... municipalities) {
		String need = service.author(municipalities[0]).done("/needs", draft(question, municipalities));
		service.approver(municipalities[0]).done("/needs/" + need + "/submission", Map.of());
		return need;
	}

	private String form(Map<String, Integer> members) {
		return this.rss.done("/regional-needs", regional(members));
	}

	private Reply change(String regional, Map<String, Integer> members) {
		Map<String, Object> body = regional(members);
		body.remove("cycle");
		return this.rss.put("/regional-needs/" + regional, "/regional-needs/" + regional, body);
	}

	private String delivered(String need) {
		String regional = form(Map.of(need, 1));
		this.rss.done("/collections/" + this.collection + "/deliveries", delivery(regional, 1));
		awaitDelivered(regional);
		return regional;
	}

	/** Reads the version first, again when the mark of a delivery came in between. */
	private Reply revise(String need, String question) {
		Reply reply = this.approver.put("/needs/" + need + "/wording", "/needs/" + need,
				Map.of("wording", wording(question), "municipalities", List.of("0180")));
		return (reply.status() == 412) ? revise(need, question) : reply;
	}

	private void awaitStatus(String need, String status) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.rss.get("/needs/" + need).at("status").asString()).isEqualTo(status));
	}

	private void awaitDelivered(String regional) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.rss.get("/regional-needs/" + regional).at("status").asString())
				.isEqualTo("DELIVERED"));
	}

	private Map<String, Object> draft(String question, String... municipalities) {
		return new HashMap<>(Map.of("cycle", this.cycle.value(), "area", "SBB", "municipalities",
				List.of(municipalities), "wording", wording(question), "namesMunicipalities", false));
	}

	private Map<String, Object> recording(String municipality) {
		return Map.of("cycle", this.cycle.value(), "area", "SBB", "municipalities", List.of(municipality), "wording",
				wording("Vad sades på mötet?"), "occasion", "Nätverksmöte");
	}

	private Map<String, Object> regional(Map<String, Integer> members) {
		return new HashMap<>(Map.of("cycle", this.cycle.value(), "wording", wording("Vad behöver regionen?"), "members",
				members.entrySet()
					.stream()
					.map((one) -> Map.of("need", one.getKey(), "version", one.getValue()))
					.toList()));
	}

	private static Map<String, Object> delivery(String regional, int version) {
		return Map.of("regionalNeeds", List.of(Map.of("id", regional, "version", version)), "notDelivered", List.of());
	}

	private static Map<String, Object> wording(String question) {
		return Map.of("title", "Stöd till närstående", "targetGroups", List.of("ANH"), "needType", "METOD", "situation",
				"Vi har inget i dag.", "question", question);
	}

	/** Does what {@link RegionalLists} does, and stops after some of its writes. */
	private void crash(Intent.Form form, int claims) {
		Aggregates<Forming, Forming> formings = bean("formings");
		formings.execute(this.collection, unkeyed(form.act()), (none) -> Decision.of(new Forming(form)));
		form.members()
			.stream()
			.limit(claims)
			.forEach((member) -> this.<Aggregates<Need, OfNeed>>bean("needs")
				.execute(member.need().value(), unkeyed(form.act()),
						(need) -> NeedDecider.claim(need, form.regionalNeed(), member, this.cycle, RSS)));
		if (claims > form.members().size()) {
			this.<Aggregates<RegionalNeed, OfRegionalNeed>>bean("regionalNeeds")
				.execute(form.regionalNeed().value(), form.act(),
						(none) -> RegionalNeedDecider.form(none, this.cycle,
								service.bean(Heard.class).cycle(this.cycle).orElseThrow(), RSS, form.wording(),
								form.members()));
		}
	}

	private Intent.Form aForm(List<String> members) {
		Act act = new Act(RSS, "RSS_COORDINATOR", "somebody", Instant.now(), UUID.randomUUID().toString(), "print",
				null);
		return new Intent.Form(act, new RegionalNeedId(act.newId("regional")), this.cycle, RSS,
				Fixtures.aWording("Vad behöver regionen?"),
				members.stream()
					.map((need) -> this.<Aggregates<Need, OfNeed>>bean("needs")
						.find(need)
						.orElseThrow()
						.state()
						.asMember(new NeedId(need)))
					.toList());
	}

	private static Act unkeyed(Act act) {
		return new Act(act.by(), act.role(), act.subject(), act.at(), null, act.fingerprint(), null);
	}

	private @Nullable Intent intent() {
		return this.<Aggregates<Forming, Forming>>bean("formings").find(this.collection).orElseThrow().state().intent();
	}

	private <T> T bean(String name) {
		return service.bean(name);
	}

}
