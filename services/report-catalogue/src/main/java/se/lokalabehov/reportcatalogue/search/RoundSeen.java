package se.lokalabehov.reportcatalogue.search;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.eventing.Envelope;

/**
 * A round as far as it decides what is published: what a closed national one has ranked.
 *
 * @param level regional or national
 * @param items what is ranked
 * @param closed whether all is published
 */
record RoundSeen(Level level, List<String> items, boolean closed) {

	static RoundSeen after(@Nullable RoundSeen before, Envelope<RankingEvent> told) {
		return switch (told.event()) {
			case RoundOpened opened ->
				new RoundSeen(opened.level(), opened.items().stream().map(Item::id).toList(), false);
			case RoundClosed closed -> new RoundSeen(known(before).level, known(before).items, true);
			default -> known(before);
		};
	}

	private static RoundSeen known(@Nullable RoundSeen before) {
		return Objects.requireNonNull(before, "a round begins with being opened");
	}

}
