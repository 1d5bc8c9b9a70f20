package se.lokalabehov.prioritisation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.contracts.RankingEvent.Unranked;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.prioritisation.model.Profile;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.prioritisation.model.Round.Extension;
import se.lokalabehov.prioritisation.model.Round.HolderChange;
import se.lokalabehov.prioritisation.model.RoundPackage;

/**
 * What one gets to see of a round.
 */
final class RoundSights {

	private RoundSights() {
	}

	/** Where a round stands, as the API says it. */
	enum Status {

		OPEN("Open"), CLOSING("Closing"), CLOSED("Closed"), CANCELLED("Cancelled");

		private final String kind;

		Status(String kind) {
			this.kind = kind;
		}

		String kind() {
			return this.kind;
		}

		static Status of(Round round) {
			return switch (round) {
				case Round.Open open -> OPEN;
				case Round.Closing closing -> CLOSING;
				case Round.Closed closed -> CLOSED;
				case Round.Cancelled cancelled -> CANCELLED;
			};
		}

	}

	/**
	 * The items' titles. Where the round's own were blanked, for one need's sake perhaps,
	 * those that the needs have today.
	 */
	static Function<String, String> titles(Round.Terms terms,
			Function<Collection<String>, Map<String, Candidate>> seen) {
		Map<String, String> titles = terms.items().stream().collect(Collectors.toMap(Item::id, Item::title));
		if (titles.containsValue(Wording.REDACTED)) {
			seen.apply(titles.keySet()).forEach((id, candidate) -> titles.put(id, candidate.title()));
		}
		return (item) -> titles.getOrDefault(item, Wording.REDACTED);
	}

	/** A round in a list. */
	record Brief(String id, Status status, Level level, CycleId cycle, OrganisationId owner, String title,
			Instant deadline, @Nullable RoundId corrects) {

		static Brief of(Stored<Round> stored) {
			Round.Terms terms = stored.state().terms();
			return new Brief(stored.id(), Status.of(stored.state()), terms.level(), terms.cycle(), terms.owner(),
					terms.title(), stored.state().course().deadline(), terms.corrects());
		}

	}

	/**
	 * A round by itself.
	 *
	 * @param voted the seats that have voted, told to those who take part; never how
	 * @param provisional told when closed, as are the following
	 */
	record Full(String id, Status status, Level level, CycleId cycle, OrganisationId owner, String title,
			List<Item> items, List<Seat> panel, int quorum, Instant deadline, String method, Unranked unranked,
			@Nullable RoundId corrects, List<String> correctedBy, List<Extension> extensions,
			List<HolderChange> holderChanges, @Nullable List<String> reminders, @Nullable List<String> voted,
			@Nullable String reason, @Nullable Boolean provisional, @Nullable Integer ballots,
			@Nullable Boolean byDeadline, @Nullable String packageHash) {

		/** How many have voted, as far as the caller is told. */
		int turnout() {
			return (this.voted != null) ? this.voted.size() : 0;
		}

		static Full of(Stored<Round> stored, Function<String, String> titles, List<String> correctedBy,
				@Nullable List<String> voted) {
			Round round = stored.state();
			Round.Terms terms = round.terms();
			Round.Course course = round.course();
			Round.@Nullable Result result = (round instanceof Round.Closed closed) ? closed.result() : null;
			return new Full(stored.id(), Status.of(round), terms.level(), terms.cycle(), terms.owner(), terms.title(),
					terms.items()
						.stream()
						.map((item) -> new Item(item.id(), item.version(), titles.apply(item.id())))
						.toList(),
					terms.panel(), terms.quorum(), course.deadline(), terms.method(), terms.unranked(),
					terms.corrects(), correctedBy, course.extensions(), course.holderChanges(),
					(voted != null) ? course.reminders() : null, voted,
					(round instanceof Round.Cancelled cancelled) ? cancelled.reason() : null,
					(result != null) ? result.provisional() : null, (result != null) ? result.ballots() : null,
					(result != null) ? result.byDeadline() : null, (result != null) ? result.packageHash() : null);
		}

	}

	/**
	 * A place in the common order.
	 *
	 * @param rank from 1; items with equal scores share a rank
	 * @param item the need
	 * @param title its title
	 * @param score exact, as decimal text
	 */
	record Placed(int rank, String item, String title, String score) {

		static List<Placed> all(Round.Closed closed, Function<String, String> titles) {
			return closed.result()
				.ranking()
				.stream()
				.map((place) -> new Placed(place.rank(), place.item(), titles.apply(place.item()), place.score()))
				.toList();
		}

	}

	/** The common order. */
	record Ranking(String round, String method, boolean provisional, int ballots, int quorum, int seats,
			List<Placed> places, String packageHash) {

		static Ranking of(String id, Round.Closed closed, Function<String, String> titles) {
			Round.Result result = closed.result();
			return new Ranking(id, closed.terms().method(), result.provisional(), result.ballots(),
					closed.terms().quorum(), closed.terms().panel().size(), Placed.all(closed, titles),
					result.packageHash());
		}

	}

	/**
	 * Equal ballots, without seats.
	 *
	 * @param count how many
	 * @param ranking groups of item numbers, best first; an item that is left out is one
	 * without opinion
	 */
	record Anonymous(int count, List<List<Integer>> ranking) {

		static Anonymous of(Profile.Vote vote) {
			return new Anonymous(vote.count(),
					vote.groups().stream().map((group) -> group.stream().map((item) -> item + 1).toList()).toList());
		}

	}

	/**
	 * An item with the number that the ballots use.
	 *
	 * @param number from 1, by identifier
	 * @param id the need
	 * @param version its exact version
	 * @param title its title
	 */
	record Numbered(int number, String id, int version, String title) {
	}

	/**
	 * The published package: anyone can recompute {@code places} from {@code ballots},
	 * and {@code sha256} from {@code canonicalForm}.
	 */
	record Published(String round, Level level, String method, Unranked unranked, int seats, int quorum, int cast,
			boolean provisional, List<Numbered> items, List<Anonymous> ballots, List<Placed> places,
			String canonicalForm, String sha256) {

		static Published of(Round.Closed closed, RoundPackage counted, Function<String, String> titles) {
			if (!counted.sha256().equals(closed.result().packageHash())) {
				throw new IllegalStateException(counted.round() + ": the ballots do not give what was published");
			}
			List<Item> items = counted.items();
			return new Published(counted.round().value(), counted.terms().level(), counted.terms().method(),
					counted.terms().unranked(), counted.terms().panel().size(), counted.terms().quorum(),
					counted.profile().cast(), counted.provisional(),
					IntStream.range(0, items.size())
						.mapToObj((i) -> new Numbered(i + 1, items.get(i).id(), items.get(i).version(),
								titles.apply(items.get(i).id())))
						.toList(),
					counted.profile().votes().stream().map(Anonymous::of).toList(), Placed.all(closed, titles),
					counted.canonicalForm(), counted.sha256());
		}

	}

}
