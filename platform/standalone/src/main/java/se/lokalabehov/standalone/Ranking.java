package se.lokalabehov.standalone;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * A prioritisation round as it goes: opened, reminded, voted in and closed. Some rank
 * everything, some only what matters most to them, some put several equal, one declares a
 * conflict of interest, and one does not vote at all.
 */
final class Ranking {

	private static final int AT_ONCE = 8;

	private Ranking() {
	}

	/** A seat on the panel: a municipality's social chief, in a group or not. */
	record Seat(String municipality, @Nullable String group) {

		Map<String, Object> body() {
			Map<String, Object> body = new HashMap<>();
			body.put("seat", name());
			body.put("organisation", this.municipality);
			body.put("office", "Socialchef");
			if (this.group != null) {
				body.put("group", this.group);
			}
			return body;
		}

		String name() {
			return "plats-" + this.municipality;
		}

	}

	/** What is ranked, and by whom. */
	record Round(String level, String cycle, String title, List<String> items, List<Seat> panel, int quorum,
			Instant deadline) {

		Map<String, Object> body() {
			return Map.of("level", this.level, "cycle", this.cycle, "title", this.title, "items", this.items, "panel",
					this.panel.stream().map(Seat::body).toList(), "quorum", this.quorum, "deadline",
					this.deadline.toString(), "method", "borda", "unranked", "LAST");
		}

	}

	/** What came out. */
	record Result(int ballots, String first) {
	}

	/** Runs a whole round. */
	static Result run(Api api, String owner, Round round, Random random) {
		String path = "/prioritisation-rounds/" + api.as(owner).post("/prioritisation-rounds", round.body()).id();
		Map<Seat, Map<String, Object>> ballots = new HashMap<>();
		for (Seat seat : round.panel()) {
			ballots.put(seat, ballot(seat, round, random));
		}
		// Somebody does not find the time.
		ballots.remove(round.panel().getLast());
		Parallel.each(AT_ONCE, ballots.entrySet(), (vote) -> api.as("socialchef-" + vote.getKey().municipality())
			.post(path + "/ballots", vote.getValue()));
		api.as(owner).post(path + "/reminders", Map.of("message", "Exempel: En röst saknas."));
		api.as(owner).post(path + "/closing", Map.of());
		Answer ranking = api.as(owner).get(path + "/ranking");
		return new Result(ranking.body().path("ballots").asInt(),
				ranking.list("places").getFirst().path("title").asString());
	}

	/** Near the order of the items, and differently so for each. */
	private static Map<String, Object> ballot(Seat seat, Round round, Random random) {
		List<String> order = new ArrayList<>(round.items());
		for (int i = 0; i < order.size(); i++) {
			Collections.swap(order, i, Math.min(order.size() - 1, i + random.nextInt(6)));
		}
		int seatNumber = round.panel().indexOf(seat);
		List<String> conflicts = (seatNumber == 1) ? List.of(order.removeLast()) : List.of();
		if (seatNumber % 4 == 3) {
			order = order.subList(0, Math.min(10, order.size()));
		}
		List<List<String>> groups = new ArrayList<>();
		int size = (seatNumber % 3 == 2) ? 2 : 1;
		for (int i = 0; i < order.size(); i += size) {
			groups.add(List.copyOf(order.subList(i, Math.min(i + size, order.size()))));
		}
		return Map.of("seat", seat.name(), "ranking", groups, "conflicts", conflicts);
	}

}
