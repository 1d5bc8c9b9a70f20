package se.lokalabehov.prioritisation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.security.Role;
import se.lokalabehov.testsupport.Caller;
import se.lokalabehov.testsupport.Caller.Answer;
import se.lokalabehov.testsupport.Foreign;
import se.lokalabehov.testsupport.RunningService;

/**
 * The service as it is, on a real broker and store, called over HTTP; started once for
 * all tests.
 */
final class TheService implements AutoCloseable {

	static final String CYCLES = "/api/v1/cycles";

	static final String ROUNDS = "/api/v1/prioritisation-rounds";

	private final RunningService service = RunningService.start("prioritisation", PrioritisationApplication.class,
			SettableClock.class);

	TheService() {
		// Until the store is compared with its topics, whatever is commanded is put off.
		Awaitility.await()
			.until(() -> skr()
				.post(CYCLES, Map.of("area", "XYZ", "title", "T", "why", "W", "choosers", List.of("0180")))
				.status() == 400);
	}

	@Override
	public void close() {
		this.service.close();
	}

	<T> T bean(Class<T> type) {
		return this.service.bean(type);
	}

	Aggregates<Round, RankingEvent> rounds() {
		return this.service.bean("rounds");
	}

	Caller as(String organisation, Role role) {
		return this.service.as(organisation, role);
	}

	Caller nobody() {
		return this.service.anybody();
	}

	Caller skr() {
		return this.service.as("SKR", Role.SKR_COMPILER);
	}

	Caller administrator() {
		return this.service.as("SKR", Role.ADMINISTRATOR);
	}

	Caller rss(String rss) {
		return this.service.as(rss, Role.RSS_COORDINATOR);
	}

	Caller chief(String municipality) {
		return this.service.as(municipality, Role.SOCIAL_CHIEF);
	}

	Caller author(String municipality) {
		return this.service.as(municipality, Role.MUNICIPALITY_AUTHOR);
	}

	/** A cycle that SKR has opened, today. */
	String anOpenCycle() {
		String id = skr()
			.post(CYCLES,
					Map.of("area", "SBB", "title", "Skadligt bruk", "why", "Många frågar", "choosers", List.of("0180")))
			.expecting(201)
			.id();
		skr().post(CYCLES + "/" + id + "/opening", Map.of("timetable", aTimetable())).expecting(200);
		return id;
	}

	static Map<String, String> aTimetable() {
		LocalDate today = CycleRules.day(Instant.now());
		Map<String, String> timetable = new LinkedHashMap<>();
		List.of("ANSWER", "DELIVER", "SCREEN", "RANK", "FEED_BACK")
			.forEach((step) -> timetable.put(step, today.plusDays(10L * (timetable.size() + 1)).toString()));
		return timetable;
	}

	/** National needs that an agency has found to be new. */
	List<String> nationalNeeds(String cycle, int count) {
		return IntStream.range(0, count).mapToObj((i) -> {
			String id = "national-" + UUID.randomUUID();
			Foreign.publish(Topics.COMPILATION, id, 1,
					new NationalNeedFormed(new CycleId(cycle), aWording(i), List.of()), "SKR");
			Foreign.publish(Topics.COMPILATION, id, 2, new NationalNeedScreened(Verdict.NEW, "Inget finns",
					new OrganisationId("SOS"), List.of(), LocalDate.of(2026, 1, 1), null), "SOS");
			return id;
		}).toList();
	}

	/** Regional needs of an RSS. */
	List<String> regionalNeeds(String cycle, String rss, int count) {
		return IntStream.range(0, count).mapToObj((i) -> {
			String id = "regional-" + UUID.randomUUID();
			Foreign.publish(Topics.NEED, id, 1,
					new RegionalNeedFormed(new CycleId(cycle), new OrganisationId(rss), aWording(i), List.of()), rss);
			return id;
		}).toList();
	}

	static Wording aWording(int number) {
		return new Wording("Behov nummer " + number, List.of("BERO"), "METOD", "Läget", "Frågan", "Följden", List.of());
	}

	static Map<String, Object> aRound(String cycle, String level, List<String> items, List<String> municipalities,
			Instant deadline) {
		Map<String, Object> round = new HashMap<>();
		round.put("level", level);
		round.put("cycle", cycle);
		round.put("title", "Prioritering");
		round.put("items", items);
		round.put("panel",
				municipalities.stream()
					.map((code) -> Map.of("seat", code, "organisation", code, "office", "Socialchef"))
					.toList());
		round.put("quorum", 2);
		round.put("deadline", deadline.toString());
		round.put("method", "borda");
		round.put("unranked", "LAST");
		return round;
	}

	/** Whether nothing that the round's needs have told is still on its way. */
	static boolean everythingHasArrived(Answer answer) {
		return answer.status() != 409 || !List.of("inte-framme", "behovet-inte-sallat").contains(answer.problem());
	}

	/** Opens a round, as soon as its needs have arrived. */
	String open(Caller caller, Map<String, Object> round) {
		return Awaitility.await()
			.until(() -> caller.post(ROUNDS, round), TheService::everythingHasArrived)
			.expecting(201)
			.id();
	}

	Answer cast(String municipality, String round, List<List<String>> ranking) {
		return cast(municipality, round, municipality, ranking);
	}

	Answer cast(String municipality, String round, String seat, List<List<String>> ranking, String... headers) {
		return cast(municipality, round, seat, ranking, List.of(), headers);
	}

	Answer cast(String municipality, String round, String seat, List<List<String>> ranking, List<String> conflicts,
			String... headers) {
		return chief(municipality).post(ROUNDS + "/" + round + "/ballots",
				Map.of("seat", seat, "ranking", ranking, "conflicts", conflicts), headers);
	}

	static List<List<String>> order(List<String> items) {
		return items.stream().map(List::of).toList();
	}

}
