package se.lokalabehov.needintake;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.RoundCancelled;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RankingEvent.RoundExtended;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.contracts.RankingEvent.RoundRedacted;
import se.lokalabehov.contracts.RankingEvent.SeatHolderChanged;
import se.lokalabehov.contracts.RankingEvent.SeatsReminded;
import se.lokalabehov.eventing.Envelope;

/**
 * A prioritisation round as it has been heard of here.
 *
 * @param level regional or national
 * @param items the needs that are ranked
 * @param status open, closed or cancelled
 */
record RoundView(Level level, List<String> items, Status status) {

	enum Status {

		OPEN, CLOSED, CANCELLED

	}

	static RoundView after(@Nullable RoundView before, Envelope<RankingEvent> envelope) {
		return switch (envelope.event()) {
			case RoundOpened opened ->
				new RoundView(opened.level(), opened.items().stream().map(Item::id).toList(), Status.OPEN);
			case RoundClosed closed -> known(before).in(Status.CLOSED);
			case RoundCancelled cancelled -> known(before).in(Status.CANCELLED);
			case RoundExtended extended -> known(before);
			case SeatsReminded reminded -> known(before);
			case SeatHolderChanged changed -> known(before);
			case RoundRedacted redacted -> known(before);
		};
	}

	private RoundView in(Status next) {
		return new RoundView(this.level, this.items, next);
	}

	private static RoundView known(@Nullable RoundView before) {
		return Objects.requireNonNull(before, "a round begins with being opened");
	}

}
