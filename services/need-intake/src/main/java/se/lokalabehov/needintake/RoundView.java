package se.lokalabehov.needintake;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.RoundCancelled;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RankingEvent.RoundCommented;
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
 * @param cycle in which cycle
 * @param owner the RSS, or SKR
 * @param items the needs that are ranked
 * @param panel the organisations of the seats and their deputies
 * @param status open, closed or cancelled
 */
record RoundView(Level level, CycleId cycle, OrganisationId owner, List<String> items, List<OrganisationId> panel,
		Status status) {

	enum Status {

		OPEN, CLOSED, CANCELLED

	}

	static RoundView after(@Nullable RoundView before, Envelope<RankingEvent> envelope) {
		return switch (envelope.event()) {
			case RoundOpened opened -> new RoundView(opened.level(), opened.cycle(), opened.owner(),
					opened.items().stream().map(Item::id).toList(),
					opened.panel()
						.stream()
						.flatMap((seat) -> Stream.of(seat.organisation(), seat.deputy()))
						.filter(Objects::nonNull)
						.toList(),
					Status.OPEN);
			case RoundClosed closed -> known(before).in(Status.CLOSED);
			case RoundCancelled cancelled -> known(before).in(Status.CANCELLED);
			case RoundExtended extended -> known(before);
			case SeatsReminded reminded -> known(before);
			case SeatHolderChanged changed -> known(before);
			case RoundCommented commented -> known(before);
			case RoundRedacted redacted -> known(before);
		};
	}

	private RoundView in(Status next) {
		return new RoundView(this.level, this.cycle, this.owner, this.items, this.panel, next);
	}

	private static RoundView known(@Nullable RoundView before) {
		return Objects.requireNonNull(before, "a round begins with being opened");
	}

}
