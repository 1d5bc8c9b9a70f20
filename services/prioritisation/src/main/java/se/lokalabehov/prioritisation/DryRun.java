package se.lokalabehov.prioritisation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.prioritisation.model.Ballot;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.prioritisation.model.RoundCount;

/**
 * Shows whoever runs a round how it will be counted, on ballots that are made up. Looks
 * at no real ballot, keeps nothing and tells nobody.
 */
final class DryRun {

	/** With more it would take longer than anyone waits. */
	static final int MOST_ITEMS = 100;

	/** Fewer than in earnest: it is answered at once. */
	private static final int RESAMPLES = 100;

	private DryRun() {
	}

	/**
	 * Counts.
	 * @param ballots by seat; when there are none, one at random for every seat
	 * @param titles the items' titles
	 */
	static RoundSights.Explained of(RoundId round, Round.Terms terms, Map<String, Ballot> ballots,
			UnaryOperator<String> titles) {
		RoundCount counted = RoundCount
			.of(new RoundId(round.value() + "-provkorning"), terms,
					ballots.isEmpty() ? atRandom(round, terms) : ballots)
			.with(RESAMPLES);
		return RoundSights.Explained.of(counted, counted.published(titles), true);
	}

	private static Map<String, Ballot> atRandom(RoundId round, Round.Terms terms) {
		Random random = new Random(round.value().hashCode());
		Map<String, Ballot> made = new HashMap<>();
		for (Seat seat : terms.panel()) {
			List<String> order = new ArrayList<>(terms.itemIds());
			Collections.shuffle(order, random);
			made.put(seat.seat(), new Ballot(order.stream().map(List::of).toList(), List.of()));
		}
		return made;
	}

}
