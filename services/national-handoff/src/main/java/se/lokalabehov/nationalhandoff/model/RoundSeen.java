package se.lokalabehov.nationalhandoff.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.eventing.Envelope;

/**
 * A prioritisation round as it is known here, from the topic {@code 5-ranking}.
 *
 * @param id which
 * @param level regional or national
 * @param cycle in which cycle
 * @param phase how far it has come
 * @param items what it ranks, exact versions
 * @param panel the organisations, sorted, whose chiefs vote or stand in
 * @param corrects the round that this one corrects (domain rule 6)
 * @param run how it is run
 * @param places its ranking, empty until it has closed; without those that a later step
 * ranks
 * @param closed when it closed
 */
public record RoundSeen(RoundId id, RankingEvent.Level level, CycleId cycle, Phase phase, List<Item> items,
		List<OrganisationId> panel, @Nullable RoundId corrects, RankingEvent.Procedure run, List<Place> places,
		@Nullable Instant closed) {

	/** How far a round has come. */
	public enum Phase {

		/** Ballots are taken. */
		OPEN,
		/** It has its ranking. */
		CLOSED,
		/** Stopped without a result. */
		CANCELLED

	}

	/**
	 * An item that is ranked; its title is not needed here.
	 *
	 * @param id a regional or national need
	 * @param version the exact version
	 */
	public record Item(String id, int version) {
	}

	/**
	 * A place in the ranking.
	 *
	 * @param rank from 1
	 * @param item the item
	 */
	public record Place(int rank, String item) {
	}

	public RoundSeen {
		items = List.copyOf(items);
		panel = List.copyOf(panel);
		places = List.copyOf(places);
	}

	/**
	 * The round after one more event.
	 * @param before what was known, none before the first event
	 * @param told the event
	 * @return what is known now
	 */
	public static RoundSeen after(@Nullable RoundSeen before, Envelope<RankingEvent> told) {
		return switch (told.event()) {
			case RankingEvent.RoundOpened opened -> opened(new RoundId(told.key()), opened);
			case RankingEvent.RoundClosed closed -> known(before).with(Phase.CLOSED,
					closed.ranking()
						.stream()
						.filter((place) -> !known(before).run().goesOn(place.rank()))
						.map((place) -> new Place(place.rank(), place.item()))
						.toList(),
					told.time());
			case RankingEvent.RoundCancelled cancelled -> known(before).with(Phase.CANCELLED, List.of(), null);
			case RankingEvent.RoundExtended extended -> known(before);
			case RankingEvent.SeatsReminded reminded -> known(before);
			case RankingEvent.SeatHolderChanged changed -> known(before);
			case RankingEvent.RoundCommented commented -> known(before);
			case RankingEvent.RoundRedacted redacted -> known(before);
		};
	}

	/**
	 * The item of a need in this round.
	 * @param need its identifier
	 * @return the item with its exact version, or none
	 */
	public Optional<Item> item(String need) {
		return this.items.stream().filter((item) -> item.id().equals(need)).findFirst();
	}

	private static RoundSeen opened(RoundId id, RankingEvent.RoundOpened opened) {
		List<OrganisationId> panel = opened.panel()
			.stream()
			.flatMap((seat) -> Stream.of(Optional.of(seat.organisation()), Optional.ofNullable(seat.deputy())))
			.flatMap(Optional::stream)
			.distinct()
			.sorted(Comparator.comparing(OrganisationId::value))
			.toList();
		return new RoundSeen(id, opened.level(), opened.cycle(), Phase.OPEN,
				opened.items().stream().map((item) -> new Item(item.id(), item.version())).toList(), panel,
				opened.corrects(), opened.run(), List.of(), null);
	}

	private RoundSeen with(Phase next, List<Place> ranking, @Nullable Instant at) {
		return new RoundSeen(this.id, this.level, this.cycle, next, this.items, this.panel, this.corrects, this.run,
				ranking, at);
	}

	private static RoundSeen known(@Nullable RoundSeen before) {
		return Objects.requireNonNull(before, "a round begins with its opening");
	}

}
