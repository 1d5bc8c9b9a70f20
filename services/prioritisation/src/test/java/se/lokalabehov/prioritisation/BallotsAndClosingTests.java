package se.lokalabehov.prioritisation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.prioritisation.Ballots.Cast;
import se.lokalabehov.prioritisation.model.Ballot;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.prioritisation.model.Scores;
import se.lokalabehov.testsupport.Caller.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.prioritisation.TheService.ROUNDS;
import static se.lokalabehov.prioritisation.TheService.aRound;
import static se.lokalabehov.prioritisation.TheService.order;

/**
 * Closing is one act (house.md 9): a ballot is in the package and acknowledged, or
 * refused; none in between, whatever happens at the same time or in the middle.
 */
@ExtendWith(OneService.class)
class BallotsAndClosingTests {

	private final TheService service;

	BallotsAndClosingTests(TheService service) {
		this.service = service;
	}

	@Test
	void twoHundredSeatsCastAndReplaceWhileTheRoundCloses() throws Exception {
		List<String> seats = Directory.standard()
			.organisations(Kind.MUNICIPALITY)
			.stream()
			.map((municipality) -> municipality.id().value())
			.limit(200)
			.toList();
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 6);
		String round = this.service.open(this.service.skr(),
				aRound(cycle, "NATIONAL", needs, seats, ChoosingAnAreaAndRankingTests.inAnHour()));
		List<List<String>> orders = permutations(needs);
		// Every seat casts orders that no other seat casts.
		Map<String, String> acknowledged = new ConcurrentHashMap<>();
		Map<String, Integer> refused = new ConcurrentHashMap<>();
		CountDownLatch many = new CountDownLatch(150);
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> voters = new ArrayList<>();
			for (int i = 0; i < seats.size(); i++) {
				String seat = seats.get(i);
				List<List<String>> own = List.of(orders.get(3 * i), orders.get(3 * i + 1), orders.get(3 * i + 2));
				voters.add(executor.submit(() -> {
					for (List<String> ranking : own) {
						Answer answer = whenThereIsRoom(() -> this.service.cast(seat, round, order(ranking)));
						if (answer.status() == 200) {
							acknowledged.put(seat, written(needs, ranking));
							many.countDown();
						}
						else {
							refused.merge(answer.problem(), 1, Integer::sum);
						}
					}
				}));
			}
			many.await();
			whenThereIsRoom(() -> this.service.skr().post(ROUNDS + "/" + round + "/closing", Map.of())).expecting(200);
			for (Future<?> voter : voters) {
				voter.get();
			}
		}
		assertThat(refused.keySet()).isSubsetOf("prioriteringsomgangen-stangs", "prioriteringsomgangen-stangd");
		assertThat(published(round)).containsExactlyInAnyOrderElementsOf(acknowledged.values());
		assertThat(refused).isNotEmpty();
	}

	/**
	 * What is answered when a service has room for it: it takes 200 at once, and asks the
	 * next to come back before it has done anything.
	 */
	private static Answer whenThereIsRoom(Supplier<Answer> act) {
		Answer answer = act.get();
		while (answer.status() == 503) {
			answer = act.get();
		}
		return answer;
	}

	@Test
	void aRoundClosesByItsDeadlineAndStaysClosedWhenTheClockGoesBack() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 2);
		String round = this.service.open(this.service.skr(),
				aRound(cycle, "NATIONAL", needs, List.of("0180", "1280"), ChoosingAnAreaAndRankingTests.inAnHour()));
		this.service.cast("0180", round, order(needs)).expecting(200);
		SettableClock clock = this.service.bean(SettableClock.class);
		try {
			clock.setAhead(Duration.ofHours(2));
			this.service.cast("1280", round, order(needs)).expecting(409);
			Awaitility.await()
				.until(() -> this.service.rounds().find(round).orElseThrow().state() instanceof Round.Closed);
		}
		finally {
			clock.setAhead(Duration.ZERO);
		}
		this.service.cast("1280", round, order(needs)).expecting(409);
		JsonNode closed = this.service.nobody().get(ROUNDS + "/" + round).body();
		assertThat(closed.path("byDeadline").asBoolean()).isTrue();
		assertThat(closed.path("provisional").asBoolean()).isTrue();
		assertThat(published(round)).hasSize(1);
		assertThat(this.service.rounds().story(round)).last().extracting(Envelope::role).isEqualTo("SYSTEM");
	}

	@Test
	void aRoundWithMoreTimeStaysOpenPastItsOldDeadline() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 2);
		Instant deadline = ChoosingAnAreaAndRankingTests.inAnHour();
		String round = this.service.open(this.service.skr(),
				aRound(cycle, "NATIONAL", needs, List.of("0180", "1280"), deadline));
		this.service.skr()
			.post(ROUNDS + "/" + round + "/extensions",
					Map.of("deadline", deadline.plus(Duration.ofDays(1)).toString(), "reason", "Sportlov"))
			.expecting(200);
		SettableClock clock = this.service.bean(SettableClock.class);
		try {
			clock.setAhead(Duration.ofHours(2));
			this.service.bean(ClosingRound.class).sweep();
			this.service.cast("0180", round, order(needs)).expecting(200);
		}
		finally {
			clock.setAhead(Duration.ZERO);
		}
	}

	@Test
	void whatACrashLeftHalfClosedIsFinishedWithTheSameActAndTakesNoBallot() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 2);
		String round = this.service.open(this.service.skr(),
				aRound(cycle, "NATIONAL", needs, List.of("0180", "1280"), ChoosingAnAreaAndRankingTests.inAnHour()));
		this.service.cast("0180", round, order(needs)).expecting(200);
		Act act = new Act(Access.SKR, "SKR_COMPILER", "someone", Instant.now(), UUID.randomUUID().toString(), "f",
				null);
		// As a process that died just after the freeze leaves it.
		assertThat(this.service.bean(Ballots.class)
			.freeze(round, new Round.Freeze(false, act.at(), act.by(), act.role(), act.subject(), act.key(),
					act.fingerprint()), null))
			.isTrue();
		assertThat(this.service.cast("1280", round, order(needs)).expecting(409).problem())
			.startsWith("prioriteringsomgangen-stang");
		assertThat(this.service.skr()
			.post(ROUNDS + "/" + round + "/extensions", Map.of("deadline", "2099-01-01T00:00:00Z", "reason", "Nej"))
			.status()).isEqualTo(409);
		Awaitility.await().until(() -> this.service.rounds().find(round).orElseThrow().state() instanceof Round.Closed);
		assertThat(published(round)).hasSize(1);
		// The client that never got its answer gets it when it asks again.
		Outcome<Round> again = this.service.bean(ClosingRound.class).close(round, act);
		assertThat(again).isInstanceOf(Outcome.Done.class);
		assertThat(this.service.rounds().story(round)).extracting(Envelope::type)
			.containsExactly("round-opened.v1", "round-closed.v1");
	}

	@Test
	void aBallotThatPassedItsChecksJustBeforeTheFreezeOrTheDeadlineIsStillRefused() {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 2);
		Instant deadline = ChoosingAnAreaAndRankingTests.inAnHour().truncatedTo(ChronoUnit.MILLIS);
		String round = this.service.open(this.service.skr(),
				aRound(cycle, "NATIONAL", needs, List.of("0180", "1280"), deadline));
		Ballots ballots = this.service.bean(Ballots.class);
		Act act = new Act(Access.SKR, "SKR_COMPILER", "someone", Instant.now(), null, "f", null);
		Cast cast = Cast.NONE.next(new Ballot(order(needs), List.of()), Scores.NONE, needs, act);
		assertThat(ballots.put(round, "0180", Cast.NONE, cast, deadline)).isFalse();
		assertThat(ballots.put(round, "0180", Cast.NONE, cast, deadline.minusMillis(1))).isTrue();
		assertThat(ballots.put(round, "0180", Cast.NONE, cast, deadline.minusMillis(1))).isFalse();
		ballots.freeze(round, new Round.Freeze(false, act.at(), act.by(), act.role(), act.subject(), null, "f"), null);
		assertThat(ballots.put(round, "1280", Cast.NONE, cast, deadline.minusMillis(1))).isFalse();
		assertThat(ballots.put(round, "0180", cast,
				cast.next(new Ballot(List.of(), List.of()), Scores.NONE, needs, act), deadline.minusMillis(1)))
			.isFalse();
		Awaitility.await().until(() -> this.service.rounds().find(round).orElseThrow().state() instanceof Round.Closed);
		assertThat(published(round)).containsExactly(written(needs, needs));
	}

	@Test
	void manyClosersCloseOnce() throws Exception {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 2);
		String round = this.service.open(this.service.skr(),
				aRound(cycle, "NATIONAL", needs, List.of("0180", "1280"), ChoosingAnAreaAndRankingTests.inAnHour()));
		List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 20; i++) {
				executor.submit(() -> statuses
					.add(this.service.skr().post(ROUNDS + "/" + round + "/closing", Map.of()).status()));
			}
		}
		assertThat(statuses).hasSize(20).containsOnlyOnce(200).containsOnly(200, 409);
		assertThat(this.service.rounds().story(round)).hasSize(2);
	}

	@Test
	void twoRoundsNeverTakeTheSameNeedAtOnce() throws Exception {
		String cycle = this.service.anOpenCycle();
		List<String> needs = this.service.nationalNeeds(cycle, 3);
		Map<String, Object> warm = aRound(cycle, "NATIONAL", needs, List.of("0180", "1280"),
				ChoosingAnAreaAndRankingTests.inAnHour());
		String first = this.service.open(this.service.skr(), warm);
		this.service.skr().post(ROUNDS + "/" + first + "/cancellation", Map.of("reason", "Prov")).expecting(200);
		List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 10; i++) {
				Map<String, Object> body = new HashMap<>(warm);
				body.put("items", List.of(needs.get(i % 2), needs.get(2)));
				executor.submit(() -> statuses.add(this.service.skr().post(ROUNDS, body).status()));
			}
		}
		assertThat(statuses).hasSize(10).containsOnlyOnce(201).containsOnly(201, 409);
	}

	/** The published ballots, each as often as it was cast. */
	private List<String> published(String round) {
		return Published.of(this.service.nobody(), round).ballots().stream().map((one) -> one.substring(1)).toList();
	}

	private static String written(List<String> needs, List<String> ranking) {
		assertThat(ranking).hasSameSizeAs(needs);
		return String.join(">", ranking);
	}

	private static List<List<String>> permutations(List<String> items) {
		List<List<String>> all = new ArrayList<>();
		permute(new ArrayList<>(items), 0, all);
		Collections.shuffle(all, new Random(45));
		return all;
	}

	private static void permute(List<String> items, int from, List<List<String>> all) {
		if (from == items.size()) {
			all.add(List.copyOf(items));
			return;
		}
		for (int i = from; i < items.size(); i++) {
			Collections.swap(items, from, i);
			permute(items, from + 1, all);
			Collections.swap(items, from, i);
		}
	}

}
