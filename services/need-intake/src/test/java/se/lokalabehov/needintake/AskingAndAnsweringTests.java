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
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.Foreign;
import se.lokalabehov.testsupport.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moments 2 and 3 over HTTP, with the other services played by their events on the real
 * broker. Every test has a cycle of its own.
 */
class AskingAndAnsweringTests {

	private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Europe/Stockholm"));

	private static final OrganisationId RSS = new OrganisationId("RSS-01");

	private static final String COLLECTIONS = "/api/v1/collections";

	private static final String NEEDS = "/api/v1/needs";

	private static final String REGIONAL_NEEDS = "/api/v1/regional-needs";

	private static final String QUESTION_NOTES = "/api/v1/question-notes";

	private static final RunningService service = RunningService.start("need-intake", NeedIntakeApplication.class);

	private final CycleId cycle = new CycleId("cycle-" + UUID.randomUUID().toString().substring(0, 8));

	private final String collection = this.cycle + ".RSS-01";

	private final Caller author = author("0180");

	private final Caller approver = approver("0180");

	private final Caller solna = approver("0184");

	private final Caller rss = rss("RSS-01");

	private final Caller skr = service.as("SKR", Role.SKR_COMPILER);

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
		done(this.rss, COLLECTIONS, Map.of("cycle", this.cycle.value(), "message", "Vad behöver ni veta?"));
		done(approver("0127"), COLLECTIONS + "/" + this.collection + "/no-needs",
				Map.of("municipality", "0127", "comment", ""));
		String need = done(this.author, NEEDS, draft("Vad?", "0180", "0184"));
		assertThat(put(this.author, NEEDS + "/" + need, NEEDS + "/" + need, draft("Vad hjälper?", "0180", "0184"))
			.status()).isEqualTo(200);
		assertThat(this.author.post(NEEDS + "/" + need + "/submission", Map.of()).status()).isEqualTo(403);
		done(this.approver, NEEDS + "/" + need + "/submission", Map.of());
		assertThat(answers()).containsEntry("0180", "NEEDS")
			.containsEntry("0184", "NEEDS")
			.containsEntry("0127", "NO_NEEDS")
			.containsEntry("0126", "NOT_YET");
		done(this.rss, COLLECTIONS + "/" + this.collection + "/reminders", Map.of("message", "Snart!"));

		// when: it is merged and delivered
		String regional = form(Map.of(need, 1));
		done(this.rss, COLLECTIONS + "/" + this.collection + "/deliveries", delivery(regional, 1));

		// then: the municipality can not revise any more, from that very moment
		assertThat(revise(need, "Något annat?").problem()).isEqualTo("redan-levererat");
		awaitStatus(need, "DELIVERED");
		awaitDelivered(regional);
		assertThat(this.solna.get(NEEDS + "/" + need).body().path("merges").get(0).path("regionalNeed").asString())
			.isEqualTo(regional);
		done(this.approver, NEEDS + "/" + need + "/supplements", Map.of("text", "Fler frågar nu."));
		assertThat(this.skr.get(REGIONAL_NEEDS + "/" + regional).body().path("weight").asInt()).isEqualTo(2);
		assertThat(this.skr.get(NEEDS + "/" + need).body().path("deliveredVersion").asInt()).isEqualTo(1);
		assertThat(this.rss.get(COLLECTIONS + "/" + this.collection).body().path("deliveries")).hasSize(1);
	}

	@Test
	void aMunicipalityReadsTheRemindersThatItGot() {
		ask();
		String path = COLLECTIONS + "/" + this.collection;
		done(approver("0127"), path + "/no-needs", Map.of("municipality", "0127", "comment", ""));
		done(this.rss, path + "/reminders", Map.of("message", "Snart!"));
		submitted("Vad hjälper?", "0180");
		done(this.rss, path + "/reminders", Map.of("message", "Sista dagen!"));

		assertThat(this.solna.get(path).each("reminders", "message")).containsExactly("Snart!", "Sista dagen!");
		assertThat(this.approver.get(path).each("reminders", "message")).containsExactly("Snart!");
		assertThat(approver("0127").get(path).body().path("reminders").isArray()).isTrue();
		assertThat(approver("0127").get(path).body().path("reminders")).isEmpty();
		// Who else has not answered is between those and the RSS.
		assertThat(this.solna.get(path).text()).doesNotContain("0126", "0127", "0180");
		assertThat(this.solna.get(COLLECTIONS + "?cycle=" + this.cycle).text()).doesNotContain("0126", "0127", "0180");
		assertThat(this.rss.get(path).body().path("reminders").path(0).path("municipalities"))
			.extracting(JsonNode::asString)
			.containsExactly("0126", "0180", "0184");
	}

	@Test
	void everyPostIsDoneOnceHoweverOftenItIsSent() {
		String[] key = { "Idempotency-Key", UUID.randomUUID().toString() };
		Answer first = this.author.post(NEEDS, draft("Vad hjälper?", "0180"), key);
		assertThat(told(this.author.post(NEEDS, draft("Vad hjälper?", "0180"), key))).isEqualTo(told(first));
		assertThat(this.author.post(NEEDS, draft("Annat?", "0180"), key).status()).isEqualTo(422);
		String submission = NEEDS + "/" + first.id() + "/submission";
		Answer submitted = this.approver.post(submission, Map.of(), key);
		assertThat(told(this.approver.post(submission, Map.of(), key))).isEqualTo(told(submitted));
		assertThat(this.approver.post(submission, Map.of()).problem()).isEqualTo("redan-inskickat");
		Map<String, Object> regional = regional(Map.of(first.id(), 1));
		Answer formed = this.rss.post(REGIONAL_NEEDS, regional, key);
		assertThat(formed.status()).isEqualTo(201);
		assertThat(told(this.rss.post(REGIONAL_NEEDS, regional, key))).isEqualTo(told(formed));
		ask();
		String deliveries = COLLECTIONS + "/" + this.collection + "/deliveries";
		Answer delivered = this.rss.post(deliveries, delivery(formed.id(), 1), key);
		assertThat(delivered.status()).isEqualTo(200);
		assertThat(told(this.rss.post(deliveries, delivery(formed.id(), 1), key))).isEqualTo(told(delivered));
		assertThat(told(this.rss.post(REGIONAL_NEEDS, regional, key))).isEqualTo(told(formed));
	}

	@Test
	void anIncompleteDraftWaitsInTheOrganisation() {
		Map<String, Object> half = draft("Vad hjälper?", "0180");
		half.put("wording", Map.of("title", "Halvskrivet"));
		String need = done(this.author, NEEDS, half);

		Answer refused = this.approver.post(NEEDS + "/" + need + "/submission", Map.of());

		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.body().path("fields").valueStream().map((field) -> field.path("name").asString()))
			.containsExactly("wording.targetGroups", "wording.needType", "wording.situation", "wording.question");
		assertThat(this.approver.get(NEEDS + "?status=DRAFT&limit=100").ids()).contains(need);
		assertThat(this.solna.get(NEEDS + "/" + need).status()).isEqualTo(404);
		assertThat(this.rss.get(NEEDS + "/" + need).status()).isEqualTo(404);
		assertThat(service.anybody().get(NEEDS + "?status=DRAFT").ids()).isEmpty();
	}

	@Test
	void anRssCanNotSubmitNeedsOfItsOwn() {
		assertThat(this.rss.post(NEEDS, draft("Vad?", "0180")).status()).isEqualTo(403);
		assertThat(this.rss.post(NEEDS, draft("Vad?", "RSS-01")).status()).isEqualTo(400);
		assertThat(this.rss.post(NEEDS + "/recordings", recording("1480")).status()).isEqualTo(400);
	}

	@Test
	void aRecordedNeedCountsWhenTheMunicipalityHasConfirmed() {
		ask();
		String need = done(this.rss, NEEDS + "/recordings", recording("0184"));
		assertThat(answers()).containsEntry("0184", "NOT_YET");
		assertThat(this.rss.post(NEEDS + "/" + need + "/confirmation", Map.of("namesMunicipalities", true)).status())
			.isEqualTo(403);

		done(this.solna, NEEDS + "/" + need + "/confirmation", Map.of("namesMunicipalities", true));

		assertThat(answers()).containsEntry("0184", "NEEDS");
	}

	@Test
	void aRevisionStopsTheDeliveryUntilTheRssHasReadIt() {
		ask();
		String need = submitted("Vad hjälper?", "0180");
		String regional = form(Map.of(need, 1));
		assertThat(revise(need, "Vad hjälper barnen?").status()).isEqualTo(200);

		Answer stopped = this.rss.post(COLLECTIONS + "/" + this.collection + "/deliveries", delivery(regional, 1));

		assertThat(stopped.problem()).isEqualTo("andrad-under-tiden");
		assertThat(change(regional, Map.of(need, 2)).status()).isEqualTo(200);
		done(this.rss, COLLECTIONS + "/" + this.collection + "/deliveries", delivery(regional, 2));
		awaitStatus(need, "DELIVERED");
		assertThat(this.skr.get(NEEDS + "/" + need).body().path("deliveredVersion").asInt()).isEqualTo(2);
		assertThat(this.skr.get(NEEDS + "/" + need).body().path("versions")).hasSize(1);
	}

	@Test
	void revisionsAndADeliveryAtTheSameTimeNeverDeliverWhatIsNotStored() throws Exception {
		ask();
		String need = submitted("Vad hjälper?", "0180");
		String regional = form(Map.of(need, 1));
		List<Callable<Answer>> acts = IntStream.range(0, 8)
			.mapToObj((i) -> (Callable<Answer>) () -> (i == 4)
					? this.rss.post(COLLECTIONS + "/" + this.collection + "/deliveries", delivery(regional, 1))
					: revise(need, "Vad hjälper grupp " + i + "?"))
			.toList();

		List<Answer> replies;
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			replies = threads.invokeAll(acts).stream().map((reply) -> reply.resultNow()).toList();
		}

		if (replies.get(4).status() == 200) {
			awaitStatus(need, "DELIVERED");
			assertThat(this.skr.get(NEEDS + "/" + need).body().path("deliveredVersion").asInt()).isEqualTo(1);
			assertThat(revise(need, "Mer?").problem()).isEqualTo("redan-levererat");
		}
		else {
			assertThat(replies.get(4).problem()).isEqualTo("andrad-under-tiden");
			assertThat(this.approver.get(NEEDS + "/" + need).body().path("version").asInt()).isGreaterThan(1);
		}
	}

	@Test
	void ifOneClaimIsRefusedNoNeedIsClaimed() {
		String free = submitted("Vad hjälper?", "0180");
		String revised = submitted("Vad hjälper mer?", "0184");
		assertThat(put(this.solna, NEEDS + "/" + revised + "/wording", NEEDS + "/" + revised,
				Map.of("wording", wording("Ny fråga?"), "municipalities", List.of("0184")))
			.status()).isEqualTo(200);

		Answer refused = this.rss.post(REGIONAL_NEEDS, regional(Map.of(free, 1, revised, 1)));

		assertThat(refused.problem()).isEqualTo("andrad-under-tiden");
		assertThat(this.rss.get(NEEDS + "/" + free).body().path("merges")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3 })
	void formingIsCarriedOutWhicheverWriteACrashCameAfter(int writes) {
		List<String> members = List.of(submitted("Vad hjälper?", "0180"), submitted("Vad stödjer?", "0184"));
		Intent.Form form = aForm(members);

		crash(form, writes);
		service.bean(RegionalLists.class).resume();

		assertThat(this.rss.get(REGIONAL_NEEDS + "/" + form.regionalNeed()).body().path("members")).hasSize(2);
		members.forEach((need) -> assertThat(this.rss.get(NEEDS + "/" + need).body().path("merges")).hasSize(1));
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
		done(this.solna, NEEDS + "/" + members.getLast() + "/withdrawal", Map.of("reason", "Löst."));

		service.bean(RegionalLists.class).resume();

		assertThat(this.rss.get(REGIONAL_NEEDS + "/" + form.regionalNeed()).status()).isEqualTo(404);
		members.forEach((need) -> assertThat(this.rss.get(NEEDS + "/" + need).body().path("merges")).isEmpty());
		assertThat(intent()).isNull();
	}

	@Test
	void aSubmissionThatACrashInterruptedIsCarriedOn() {
		String need = done(this.author, NEEDS, draft("Vad hjälper?", "0180"));
		Aggregates<Draft, Draft> drafts = bean("drafts");
		Act act = Act.system(new OrganisationId("0180"), Instant.now(), "submission " + need);
		drafts.execute(need, act, (draft) -> Objects.requireNonNull(draft).submit(act));
		assertThat(put(this.author, NEEDS + "/" + need, NEEDS + "/" + need, draft("Annat?", "0180")).problem())
			.isEqualTo("redan-inskickat");

		service.bean(Drafting.class).resume();

		assertThat(this.approver.get(NEEDS + "/" + need).body().path("status").asString()).isEqualTo("SUBMITTED");
		assertThat(drafts.find(need).orElseThrow().state().content().wording().question()).isNull();
	}

	@Test
	void whatCanNotBeCarriedOnKeepsNothingElseFromIt() {
		Aggregates<Draft, Draft> drafts = bean("drafts");
		Aggregates<Forming, Forming> formings = bean("formings");
		OrganisationId owner = new OrganisationId("0180");
		String broken = "need-" + UUID.randomUUID();
		Act act = Act.system(owner, Instant.now(), "broken " + broken);
		drafts
			.execute(
					broken, act, (
							none) -> Decision.of(
									new Draft(
											owner, Draft.Phase.SUBMITTING, new Draft.Content(this.cycle, "SBB",
													List.of(owner), null, new Draft.Words("Stöd", List.of(), null, null,
															null, null, List.of()),
													false, List.of(), null, null),
											null)));
		String brokenList = this.cycle + ".RSS-14-GR";
		formings.execute(brokenList, act, (none) -> Decision
			.of(new Forming(new Intent.Dissolve(act, new RegionalNeedId("regional-not-there"), "Fel.", false))));
		String need = done(this.author, NEEDS, draft("Vad hjälper?", "0180"));
		drafts.execute(need, act, (draft) -> Objects.requireNonNull(draft).submit(act));
		Intent.Form form = aForm(List.of(submitted("Vad hjälper?", "0180")));
		crash(form, 0);

		service.bean(Drafting.class).resume();
		service.bean(RegionalLists.class).resume();

		assertThat(this.approver.get(NEEDS + "/" + need).body().path("status").asString()).isEqualTo("SUBMITTED");
		assertThat(this.rss.get(REGIONAL_NEEDS + "/" + form.regionalNeed()).body().path("members")).hasSize(1);
		drafts.execute(broken, Act.system(owner, Instant.now(), "mended " + broken),
				(draft) -> Objects.requireNonNull(draft).done());
		formings.execute(brokenList, Act.system(owner, Instant.now(), "mended " + brokenList),
				(forming) -> Decision.of(Forming.NOTHING));
	}

	@Test
	void membersComeAndGoUntilDeliveryAndAreFreeAfterDissolution() {
		String one = submitted("Vad hjälper?", "0180");
		String two = submitted("Vad stödjer?", "0184");
		String regional = form(Map.of(one, 1));

		assertThat(change(regional, Map.of(two, 1)).status()).isEqualTo(200);
		assertThat(this.rss.get(NEEDS + "/" + one).body().path("merges")).isEmpty();
		assertThat(this.rss.get(NEEDS + "/" + two).body().path("merges")).hasSize(1);
		assertThat(this.rss.post(NEEDS + "/" + two + "/turning-back", Map.of("because", "LOCAL", "answer", "Lokalt."))
			.problem()).isEqualTo("sammanslaget");
		done(this.rss, REGIONAL_NEEDS + "/" + regional + "/dissolution", Map.of("reason", "Inte samma sak."));

		assertThat(this.rss.get(NEEDS + "/" + two).body().path("merges")).isEmpty();
		done(this.rss, NEEDS + "/" + two + "/turning-back", Map.of("because", "LOCAL", "answer", "Löses lokalt."));
		assertThat(this.solna.get(NEEDS + "/" + two).body().path("answer").path("text").asString())
			.isEqualTo("Löses lokalt.");
	}

	@Test
	void whatIsNotMergedIsReadAllAtOnceByItsRegionAlone() {
		ask();
		String first = submitted("Vad hjälper?", "0180");
		String second = submitted("Vad hjälper mer?", "0126");
		String path = NEEDS + "/not-merged?cycle=" + this.cycle;

		assertThat(notMerged(this.rss, path)).containsExactly(first, second);
		form(Map.of(first, 1));

		assertThat(notMerged(this.rss, path)).containsExactly(second);
		assertThat(notMerged(service.as("RSS-12", Role.RSS_COORDINATOR), path)).isEmpty();
		assertThat(this.approver.get(path).status()).isEqualTo(403);
	}

	private static List<String> notMerged(Caller caller, String path) {
		return caller.get(path).body().path("needs").valueStream().map((one) -> one.path("id").asString()).toList();
	}

	@Test
	void aDeliveredMergeIsUndoneBySkrOnTheRequestOfTheRssUntilRankingHasOpened() {
		ask();
		String need = submitted("Vad hjälper?", "0180");
		String regional = delivered(need);
		assertThat(this.rss.post(REGIONAL_NEEDS + "/" + regional + "/dissolution", Map.of("reason", "Fel.")).problem())
			.isEqualTo("redan-levererat");
		done(this.rss, REGIONAL_NEEDS + "/" + regional + "/undoing-request", Map.of("reason", "Två olika frågor."));

		done(this.skr, REGIONAL_NEEDS + "/" + regional + "/dissolution", Map.of("reason", "På begäran."));

		assertThat(this.approver.get(NEEDS + "/" + need).body().path("status").asString()).isEqualTo("SUBMITTED");
		String again = form(Map.of(need, 1));
		done(this.rss, COLLECTIONS + "/" + this.collection + "/deliveries", delivery(again, 1));
		awaitDelivered(again);
		Foreign.publish(Topics.RANKING, "round-" + this.cycle, 1,
				new RoundOpened(Level.REGIONAL, this.cycle, RSS, "Regional", List.of(new Item(again, 1, "Stöd")),
						List.of(new Seat("1", new OrganisationId("0126"), "Socialchef", null, null)), 1, Instant.now(),
						"borda", Unranked.LAST, null, null),
				"RSS-01");
		Awaitility.await()
			.untilAsserted(() -> assertThat(
					this.skr.post(REGIONAL_NEEDS + "/" + again + "/dissolution", Map.of("reason", "Igen.")).problem())
				.isEqualTo("prioritering-oppnad"));
		assertThat(service.as("0126", Role.SOCIAL_CHIEF).get(REGIONAL_NEEDS + "/" + again).status()).isEqualTo(200);
		assertThat(approver("0126").get(REGIONAL_NEEDS + "/" + again).status()).isEqualTo(404);
		Foreign.publish(Topics.RANKING, "round-" + this.cycle, 2,
				new RoundClosed(List.of(), "borda", 1, false, "", false), "RSS-01");
		Caller neighbour = approver("0126");
		Awaitility.await().until(() -> neighbour.get(REGIONAL_NEEDS + "/" + again).status() == 200);
		assertThat(neighbour.get(REGIONAL_NEEDS + "?cycle=" + this.cycle).ids()).containsExactly(again);
		assertThat(neighbour.get(REGIONAL_NEEDS + "/" + again).body().path("members")).isEmpty();
		assertThat(approver("1480").get(REGIONAL_NEEDS + "/" + again).status()).isEqualTo(404);
	}

	@Test
	void whatIsNotDeliveredWhenCompilingClosesWaitsForTheNextCycleAndIsTakenUp() {
		ask();
		String merged = submitted("Vad hjälper?", "0180");
		String regional = form(Map.of(merged, 1));
		String recorded = done(this.rss, NEEDS + "/recordings", recording("0184"));

		Foreign.publish(Topics.AREA, this.cycle.value(), 3, new CompilingClosed(), "SKR");

		awaitStatus(merged, "WAITLISTED");
		Answer need = this.approver.get(NEEDS + "/" + merged);
		assertThat(need.body().path("answer").path("text").asString()).isEqualTo(NeedDecider.TOO_LATE);
		assertThat(need.body().path("merges")).isEmpty();
		assertThat(this.rss.get(REGIONAL_NEEDS + "/" + regional).body().path("status").asString())
			.isEqualTo("DISSOLVED");
		String late = submitted("Vad är för sent?", "0180");
		assertThat(this.approver.get(NEEDS + "/" + late).body().path("status").asString()).isEqualTo("WAITLISTED");
		done(this.solna, NEEDS + "/" + recorded + "/confirmation", Map.of("namesMunicipalities", false));
		assertThat(this.solna.get(NEEDS + "/" + recorded).body().path("status").asString()).isEqualTo("WAITLISTED");
		assertThat(this.rss.post(NEEDS + "/" + late + "/take-up", Map.of("cycle", this.cycle.value())).problem())
			.isEqualTo("sammanstallningen-stangd");
		CycleId next = new CycleId(this.cycle + "-next");
		open(next, "SBB");
		done(this.skr, NEEDS + "/" + late + "/take-up", Map.of("cycle", next.value()));
		assertThat(this.approver.get(NEEDS + "?cycle=" + next).ids()).containsExactly(late);
	}

	@Test
	void aCancelledCycleLetsEveryNeedWaitAndSaysWhy() {
		ask();
		String delivered = submitted("Vad hjälper?", "0180");
		delivered(delivered);

		Foreign.publish(Topics.AREA, this.cycle.value(), 3, new CycleCancelled("Ny lag på gång."), "SKR");

		awaitStatus(delivered, "WAITLISTED");
		assertThat(this.approver.get(NEEDS + "/" + delivered).body().path("answer").path("text").asString())
			.contains("Ny lag på gång.");
	}

	@Test
	void everyoneSeesTheirOwnAndNothingElse() {
		ask();
		String need = submitted("Vad hjälper?", "0180", "0184");
		Caller goteborg = approver("1480");
		Caller otherRss = rss("RSS-14-GR");
		Caller sos = agency("SOS");
		List<Caller> strangers = List.of(goteborg, otherRss, sos, service.anybody(), this.skr,
				service.as("0180", Role.FOU_EDITOR));
		strangers.forEach((stranger) -> {
			assertThat(stranger.get(NEEDS + "/" + need).status()).isEqualTo(404);
			assertThat(stranger.get(NEEDS + "?limit=100").ids()).doesNotContain(need);
		});
		assertThat(goteborg.post(NEEDS + "/" + need + "/withdrawal", Map.of("reason", "Mitt.")).status())
			.isEqualTo(404);
		assertThat(this.solna.post(NEEDS + "/" + need + "/withdrawal", Map.of("reason", "Mitt.")).status())
			.isEqualTo(403);
		assertThat(this.rss.post(NEEDS + "/" + need + "/withdrawal", Map.of("reason", "Mitt.")).status())
			.isEqualTo(403);
		assertThat(this.solna.get(NEEDS + "?cycle=" + this.cycle).ids()).containsExactly(need);

		String regional = delivered(need);
		assertThat(this.skr.get(NEEDS + "/" + need).status()).isEqualTo(200);
		assertThat(sos.get(NEEDS + "/" + need).status()).isEqualTo(404);
		assertThat(sos.get(REGIONAL_NEEDS + "/" + regional).status()).isEqualTo(404);
		assertThat(this.solna.get(REGIONAL_NEEDS + "/" + regional).body().path("members").get(0).path("municipalities"))
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
		Awaitility.await().until(() -> sos.get(NEEDS + "/" + need).status() == 200);
		assertThat(sos.get(REGIONAL_NEEDS + "?cycle=" + this.cycle).ids()).containsExactly(regional);
		assertThat(agency("SBU").get(NEEDS + "/" + need).status()).isEqualTo(404);
		done(sos, NEEDS + "/" + need + "/clarifications",
				Map.of("question", "Vilka menar ni?", "due", TODAY.plusDays(5).toString()));
		String clarification = this.author.get(NEEDS + "/" + need)
			.body()
			.path("clarifications")
			.get(0)
			.path("id")
			.asString();
		done(this.author, NEEDS + "/" + need + "/clarifications/" + clarification + "/reply",
				Map.of("reply", "Vuxna."));

		Foreign.publish(Topics.COMPILATION, national, 3, new NationalNeedScreened(Verdict.EXISTS, "Finns.",
				new OrganisationId("SOS"), List.of(), TODAY, "Handboken"), "SOS");
		Awaitility.await().until(() -> service.anybody().get(NEEDS + "/" + need).status() == 200);
		Answer open = service.anybody().get(NEEDS + "/" + need);
		assertThat(open.body().path("wording").path("question").asString()).isEqualTo("Vad hjälper?");
		assertThat(open.body().propertyNames()).containsExactlyInAnyOrder("id", "status", "cycle", "area", "version",
				"wording");
		assertThat(service.anybody().get(NEEDS + "?cycle=" + this.cycle).ids()).containsExactly(need);
		assertThat(goteborg.get(NEEDS + "?municipality=0180&limit=100").ids()).doesNotContain(need);
		assertThat(goteborg.post(NEEDS + "/" + need + "/withdrawal", Map.of("reason", "Mitt.")).status())
			.isEqualTo(403);
	}

	@Test
	void anAnsweredNeedIsAskedAgainOnlyWithNewInformation() {
		String old = submitted("Vad hjälper?", "0180");
		Map<String, Object> again = draft("Vad hjälper nu?", "0180");
		again.put("reconsiders", old);
		assertThat(this.author.post(NEEDS, again).status()).isEqualTo(400);
		again.put("newInformation", "En ny studie visar annat.");
		String draft = done(this.author, NEEDS, again);
		assertThat(this.approver.post(NEEDS + "/" + draft + "/submission", Map.of()).problem())
			.isEqualTo("ej-besvarat");
		done(this.rss, NEEDS + "/" + old + "/turning-back", Map.of("because", "LOCAL", "answer", "Löses lokalt."));

		done(this.approver, NEEDS + "/" + draft + "/submission", Map.of());

		assertThat(this.rss.get(NEEDS + "/" + draft).body().path("reconsiders").asString()).isEqualTo(old);
	}

	@Test
	void personalDataStopsAtTheDoorAndWhatSlipsThroughIsBlankedEverywhere() {
		Answer refused = this.author.post(NEEDS, draft("Vad gäller 19811228-9874?", "0180"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.problem()).isEqualTo("personuppgift");
		assertThat(refused.body().toString()).doesNotContain("9874");
		String need = submitted("Vad hjälper Kalle?", "0180");

		assertThat(this.skr.post(NEEDS + "/" + need + "/redaction", Map.of("reason", "Namn.")).status()).isEqualTo(404);
		done(service.as("SKR", Role.ADMINISTRATOR), NEEDS + "/" + need + "/redaction", Map.of("reason", "Namn."));

		assertThat(this.approver.get(NEEDS + "/" + need).body().toString()).doesNotContain("Kalle")
			.contains(Wording.REDACTED);
		assertThat(this.<Aggregates<Need, OfNeed>>bean("needs").story(need).toString()).doesNotContain("Kalle");
		assertThat(this.<Aggregates<Draft, Draft>>bean("drafts").find(need).toString()).doesNotContain("Kalle");
	}

	@Test
	void questionsFromDailyWorkBecomeANeed() {
		String note = done(this.author, QUESTION_NOTES, Map.of("text", "Var finns skyddat boende?"));
		done(this.rss, QUESTION_NOTES + "/" + note + "/clustering", Map.of("cluster", "Boende " + this.cycle));
		assertThat(this.solna.get(QUESTION_NOTES + "/" + note).status()).isEqualTo(404);
		assertThat(this.approver.get(QUESTION_NOTES + "/clusters")
			.body()
			.path("items")
			.valueStream()
			.map((cluster) -> cluster.path("cluster").asString())).contains("Boende " + this.cycle);
		Map<String, Object> draft = draft("Vilket boende?", "0180");
		draft.put("notes", List.of(note));

		String need = done(this.author, NEEDS, draft);

		assertThat(this.author.get(QUESTION_NOTES + "/" + note).body().path("need").asString()).isEqualTo(need);
		Map<String, Object> foreign = draft("Vilket boende?", "0184");
		foreign.put("notes", List.of(note));
		assertThat(author("0184").post(NEEDS, foreign).status()).isEqualTo(400);
	}

	@Test
	void whoSaysNothingOfACycleThatHasNotArrivedIsToldToTryAgain() {
		Map<String, Object> asked = Map.of("cycle", "cycle-unknown", "message", "Vad?");

		assertThat(this.rss.post(COLLECTIONS, asked).problem()).isEqualTo("inte-framme");
		assertThat(approver("0180").post(COLLECTIONS, asked).status()).isEqualTo(403);
		assertThat(service.anybody().post(COLLECTIONS, asked).status()).isEqualTo(401);
	}

	@Test
	void theServiceDescribesEveryEndpoint() {
		JsonNode description = service.anybody().get("/v3/api-docs").body();

		assertThat(description.path("openapi").asString()).startsWith("3.1");
		assertThat(description.path("paths").propertyNames()).contains("/api/v1/needs", "/api/v1/needs/{id}/submission",
				"/api/v1/collections/{id}/deliveries", "/api/v1/regional-needs/{id}/dissolution",
				"/api/v1/question-notes/clusters");
	}

	private static Caller author(String municipality) {
		return service.as(municipality, Role.MUNICIPALITY_AUTHOR);
	}

	private static Caller approver(String municipality) {
		return service.as(municipality, Role.MUNICIPALITY_APPROVER);
	}

	private static Caller rss(String rss) {
		return service.as(rss, Role.RSS_COORDINATOR);
	}

	private static Caller agency(String agency) {
		return service.as(agency, Role.AGENCY_OFFICER);
	}

	/** Done, or the test has failed. */
	private static String done(Caller who, String path, Object body) {
		Answer answer = who.post(path, body);
		assertThat(answer.status()).as(answer.text()).isLessThan(300);
		return answer.id();
	}

	/** Replaces the version that the caller reads first. */
	private static Answer put(Caller who, String path, String of, Object body) {
		return who.put(path, body, "If-Match", who.get(of).eTag());
	}

	/** What a repeated answer repeats. */
	private static List<Object> told(Answer answer) {
		return List.of(answer.status(), answer.eTag(), answer.text());
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
		done(this.rss, COLLECTIONS, Map.of("cycle", this.cycle.value(), "message", "Vad behöver ni veta?"));
	}

	private Map<String, String> answers() {
		Map<String, String> answers = new HashMap<>();
		this.rss.get(COLLECTIONS + "/" + this.collection)
			.body()
			.path("municipalities")
			.forEach((one) -> answers.put(one.path("municipality").asString(), one.path("answer").asString()));
		return answers;
	}

	private String submitted(String question, String... municipalities) {
		String need = done(author(municipalities[0]), NEEDS, draft(question, municipalities));
		done(approver(municipalities[0]), NEEDS + "/" + need + "/submission", Map.of());
		return need;
	}

	private String form(Map<String, Integer> members) {
		return done(this.rss, REGIONAL_NEEDS, regional(members));
	}

	private Answer change(String regional, Map<String, Integer> members) {
		Map<String, Object> body = regional(members);
		body.remove("cycle");
		return put(this.rss, REGIONAL_NEEDS + "/" + regional, REGIONAL_NEEDS + "/" + regional, body);
	}

	private String delivered(String need) {
		String regional = form(Map.of(need, 1));
		done(this.rss, COLLECTIONS + "/" + this.collection + "/deliveries", delivery(regional, 1));
		awaitDelivered(regional);
		return regional;
	}

	/** Reads the version first, again when the mark of a delivery came in between. */
	private Answer revise(String need, String question) {
		Answer reply = put(this.approver, NEEDS + "/" + need + "/wording", NEEDS + "/" + need,
				Map.of("wording", wording(question), "municipalities", List.of("0180")));
		return (reply.status() == 412) ? revise(need, question) : reply;
	}

	private void awaitStatus(String need, String status) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.rss.get(NEEDS + "/" + need).body().path("status").asString())
				.isEqualTo(status));
	}

	private void awaitDelivered(String regional) {
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(this.rss.get(REGIONAL_NEEDS + "/" + regional).body().path("status").asString())
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
