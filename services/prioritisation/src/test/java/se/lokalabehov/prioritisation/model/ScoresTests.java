package se.lokalabehov.prioritisation.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.RankingEvent.Criterion;
import se.lokalabehov.contracts.RankingEvent.Weight;
import se.lokalabehov.prioritisation.model.Scores.Fault;

import static org.assertj.core.api.Assertions.assertThat;

class ScoresTests {

	private static final List<String> ITEMS = List.of("need-a", "need-b", "need-c");

	private static final List<Weight> CRITERIA = List.of(new Weight(Criterion.URGENCY, 3),
			new Weight(Criterion.HOW_MANY, 1));

	@Test
	void theOrderFollowsFromTheWeightedSums() {
		// a 3*2+4 = 10, b 3*3+1 = 10, c 3*4+1 = 13
		Scores scores = new Scores(Map.of("need-a", Map.of(Criterion.URGENCY, 2, Criterion.HOW_MANY, 4), "need-b",
				Map.of(Criterion.URGENCY, 3, Criterion.HOW_MANY, 1), "need-c",
				Map.of(Criterion.URGENCY, 4, Criterion.HOW_MANY, 1)));
		assertThat(scores.order(CRITERIA)).containsExactly(List.of("need-c"), List.of("need-a", "need-b"));
	}

	@Test
	void anItemThatIsNotScoredOnEveryCriterionIsNotListed() {
		Scores scores = new Scores(Map.of("need-a", Map.of(Criterion.URGENCY, 4), "need-b",
				Map.of(Criterion.URGENCY, 1, Criterion.HOW_MANY, 1)));
		assertThat(scores.order(CRITERIA)).containsExactly(List.of("need-b"));
	}

	@Test
	void whatIsWrongIsSaidWithoutNamingIt() {
		assertThat(new Scores(Map.of("need-x", Map.of())).fault(ITEMS, CRITERIA)).contains(Fault.UNKNOWN_ITEM);
		assertThat(new Scores(Map.of("need-a", Map.of(Criterion.INEQUALITY, 1))).fault(ITEMS, CRITERIA))
			.contains(Fault.UNKNOWN_CRITERION);
		assertThat(new Scores(Map.of("need-a", Map.of(Criterion.URGENCY, 5))).fault(ITEMS, CRITERIA))
			.contains(Fault.OUTSIDE);
		assertThat(new Scores(Map.of("need-a", Map.of(Criterion.URGENCY, 4))).fault(ITEMS, CRITERIA)).isEmpty();
		assertThat(new Scores(Map.of("need-a", Map.of(Criterion.URGENCY, 4)))).asString()
			.doesNotContain("need-a", "URGENCY", "4");
	}

	@Test
	void readsWhatItWrote() {
		Random random = new Random(4);
		for (int round = 0; round < 200; round++) {
			Map<String, Map<Criterion, Integer>> given = new HashMap<>();
			for (String item : ITEMS) {
				Map<Criterion, Integer> one = new HashMap<>();
				for (Criterion criterion : Criterion.values()) {
					if (random.nextBoolean()) {
						one.put(criterion, 1 + random.nextInt(4));
					}
				}
				if (random.nextBoolean()) {
					given.put(item, one);
				}
			}
			Scores scores = new Scores(given);
			assertThat(Scores.read(ITEMS, scores.written(ITEMS))).isEqualTo(scores);
		}
	}

}
