package se.lokalabehov.portal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A closed round's ranking as shown: what the service for rounds explains, with names for
 * codes and numbers that one can read.
 *
 * @param title the round's
 * @param method how it was counted, in words
 * @param provisional whether too few voted
 * @param turnout who voted, in words
 * @param panel about the whole
 * @param others what the other ways of counting would have changed
 * @param unit what a score counts
 * @param places best first
 * @param methods names of the ways of counting that {@link Place#beside} tells of
 * @param comparisons how many put the row's need before the column's
 * @param hash of the package
 */
record RankingPage(String id, String title, String method, boolean provisional, String turnout, List<String> panel,
		List<String> others, String unit, List<Place> places, List<String> methods, List<List<String>> comparisons,
		String hash) {

	private static final Map<String, String> METHODS = Map.of("borda", "Borda", "schulze", "Schulze", "ranked-pairs",
			"Rangordnade par", "kemeny", "Kemeny", "rank-sum", "Rangsumma");

	private static final Map<String, String> UNITS = Map.of("schulze", "Vinner mot", "ranked-pairs", "Vinner mot",
			"rank-sum", "Summa");

	/**
	 * A need and why it stands there.
	 *
	 * @param sure how often it is among the first ones when ballots are drawn again, in
	 * per cent
	 * @param beside its ranks with the other ways of counting
	 */
	record Place(int rank, String id, String title, @Nullable String score, String sure, List<String> why,
			List<String> beside) {
	}

	/**
	 * Made of what the service tells.
	 * @param round the round
	 * @param explained why
	 */
	static RankingPage of(JsonNode round, JsonNode explained) {
		boolean balanced = explained.path("balanced").asBoolean();
		List<JsonNode> beside = explained.path("figures").path("beside").valueStream().toList();
		List<Map<String, Integer>> ranks = beside.stream().map((one) -> ranks(one.path("order"))).toList();
		List<Place> places = explained.path("items").valueStream().map((item) -> {
			String id = item.path("item").asString();
			return new Place(item.path("rank").asInt(), id, item.path("title").asString(),
					item.path("score").isString() ? readable(item.path("score").asString()) : null,
					percent(item.path("inTop").asInt(), explained.path("resamples").asInt()),
					item.path("why").valueStream().map(JsonNode::asString).toList(),
					ranks.stream().map((one) -> String.valueOf(one.getOrDefault(id, 0))).toList());
		}).toList();
		return new RankingPage(explained.path("round").asString(), round.path("title").asString(),
				name(explained.path("method").asString(), balanced), explained.path("provisional").asBoolean(),
				explained.path("ballots").asInt() + " av " + explained.path("seats").asInt()
						+ " platser röstade; minst " + explained.path("quorum").asInt() + " behövs.",
				explained.path("panel").valueStream().map(JsonNode::asString).toList(),
				explained.path("beside").valueStream().map(JsonNode::asString).toList(),
				UNITS.getOrDefault(explained.path("method").asString(), "Poäng"), places,
				beside.stream()
					.map((one) -> name(one.path("method").asString(), one.path("balanced").asBoolean()))
					.toList(),
				comparisons(explained, places), explained.path("packageHash").asString());
	}

	private static String name(String method, boolean balanced) {
		return METHODS.getOrDefault(method, method) + (balanced ? ", lika vikt per grupp" : "");
	}

	private static Map<String, Integer> ranks(JsonNode order) {
		Map<String, Integer> ranks = new HashMap<>();
		order.forEach((tied) -> {
			int rank = ranks.size() + 1;
			List<String> together = tied.valueStream().map(JsonNode::asString).toList();
			together.forEach((item) -> ranks.put(item, rank));
		});
		return ranks;
	}

	/** Rows and columns in the order of the ranking; the matrix is by identifier. */
	private static List<List<String>> comparisons(JsonNode explained, List<Place> places) {
		JsonNode pairwise = explained.path("figures").path("pairwise");
		BigDecimal unit = new BigDecimal(pairwise.path("unit").asString("1"));
		List<String> sorted = places.stream().map(Place::id).sorted().toList();
		List<Integer> positions = places.stream().map((place) -> sorted.indexOf(place.id())).toList();
		List<List<String>> rows = new ArrayList<>();
		for (int row : positions) {
			rows.add(positions.stream()
				.map((column) -> (column == row) ? "–"
						: readable(new BigDecimal(pairwise.path("before").path(row).path(column).asString("0"))
							.divide(unit, 1, RoundingMode.HALF_UP)
							.stripTrailingZeros()
							.toPlainString()))
				.toList());
		}
		return rows;
	}

	private static String percent(int part, int whole) {
		return (whole == 0) ? "–" : Math.round(100.0 * part / whole) + " %";
	}

	/** A decimal comma, as one writes in Swedish. */
	private static String readable(String number) {
		return number.replace('.', ',');
	}

}
