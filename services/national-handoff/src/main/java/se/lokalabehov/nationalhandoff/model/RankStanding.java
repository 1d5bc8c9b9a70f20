package se.lokalabehov.nationalhandoff.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.nationalhandoff.model.RoundSeen.Phase;
import se.lokalabehov.nationalhandoff.model.RoundSeen.Place;

/**
 * What the national rounds that are known here say of one national need.
 */
public sealed interface RankStanding {

	/**
	 * No national round has ever opened with it: it may still be changed.
	 */
	record Unopened() implements RankStanding {
	}

	/**
	 * A national round has opened with it, so it is locked (domain rule 12: never after),
	 * but there is no ranking to act on: the round is open, was cancelled, or is being
	 * corrected.
	 */
	record Undecided() implements RankStanding {
	}

	/**
	 * Ranked by a closed national round that no later round corrects.
	 *
	 * @param round which
	 * @param rank from 1
	 * @param version the exact version that was ranked
	 */
	record Ranked(RoundId round, int rank, int version) implements RankStanding {
	}

	/**
	 * What the rounds say.
	 * @param need the national need
	 * @param rounds every round that is known of its cycle
	 * @return its standing; of several rankings that nothing corrects, the one that
	 * closed last
	 */
	static RankStanding of(NationalNeedId need, Collection<RoundSeen> rounds) {
		List<RoundSeen> with = rounds.stream()
			.filter((round) -> round.level() == RankingEvent.Level.NATIONAL)
			.filter((round) -> round.item(need.value()).isPresent())
			.toList();
		if (with.isEmpty()) {
			return new Unopened();
		}
		if (with.stream().anyMatch((round) -> round.phase() == Phase.OPEN)) {
			return new Undecided();
		}
		return with.stream()
			.filter((round) -> round.closed() != null && !corrected(round, rounds))
			.sorted(Comparator.comparing(RoundSeen::closed, Comparator.nullsFirst(Comparator.naturalOrder()))
				.reversed())
			.map((round) -> ranked(need, round))
			.flatMap(Optional::stream)
			.findFirst()
			.map(RankStanding.class::cast)
			.orElseGet(Undecided::new);
	}

	/**
	 * Whether a national need is published by a ranking: once one round with it has
	 * closed, whatever corrects it later (domain rule 6).
	 * @param need the national need
	 * @param rounds every round that is known of its cycle
	 * @return true when it is
	 */
	static boolean published(NationalNeedId need, Collection<RoundSeen> rounds) {
		return rounds.stream()
			.filter((round) -> round.level() == RankingEvent.Level.NATIONAL && round.phase() == Phase.CLOSED)
			.anyMatch((round) -> round.item(need.value()).isPresent());
	}

	/**
	 * A correction counts from its opening: whoever corrects a ranking says that it is
	 * not to be acted on. A cancelled correction leaves it as it was.
	 */
	private static boolean corrected(RoundSeen round, Collection<RoundSeen> rounds) {
		return rounds.stream()
			.anyMatch((other) -> round.id().equals(other.corrects()) && other.phase() != Phase.CANCELLED);
	}

	private static Optional<Ranked> ranked(NationalNeedId need, RoundSeen round) {
		return round.item(need.value())
			.flatMap((item) -> round.places()
				.stream()
				.filter((place) -> place.item().equals(item.id()))
				.findFirst()
				.map((Place place) -> new Ranked(round.id(), place.rank(), item.version())));
	}

}
