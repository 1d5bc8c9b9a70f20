package se.lokalabehov.prioritisation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.Procedure;
import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.contracts.RankingEvent.Unranked;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.prioritisation.model.Round.Comment;
import se.lokalabehov.prioritisation.model.Round.Extension;
import se.lokalabehov.prioritisation.model.Round.HolderChange;
import se.lokalabehov.prioritisation.model.RoundCount;
import se.lokalabehov.ranking.Analysis;
import se.lokalabehov.ranking.Explanation;
import se.lokalabehov.ranking.RankingPackage;

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
	 * @param comments what the observers have said, told to those who take part and them
	 * @param voted the seats that have voted, told to those who take part; never how
	 * @param provisional told when closed, as are the following
	 */
	record Full(String id, Status status, Level level, CycleId cycle, OrganisationId owner, String title,
			List<Item> items, List<Seat> panel, int quorum, Instant deadline, String method, Unranked unranked,
			@Nullable RoundId corrects, Procedure procedure, List<String> correctedBy, List<Extension> extensions,
			List<HolderChange> holderChanges, @Nullable List<String> reminders, @Nullable List<Comment> comments,
			@Nullable List<String> voted, @Nullable String reason, @Nullable Boolean provisional,
			@Nullable Integer ballots, @Nullable Boolean byDeadline, @Nullable String packageHash) {

		/** How many have voted, as far as the caller is told. */
		int turnout() {
			return (this.voted != null) ? this.voted.size() : 0;
		}

		static Full of(Stored<Round> stored, Function<String, String> titles, List<String> correctedBy,
				@Nullable List<String> voted, boolean comments) {
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
					terms.corrects(), terms.procedure(), correctedBy, course.extensions(), course.holderChanges(),
					(voted != null) ? course.reminders() : null, comments ? course.comments() : null, voted,
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
	 * Why the ranking came out as it did, in Swedish and as data.
	 *
	 * @param dryRun whether the ballots were made up
	 * @param topK how many places matter
	 * @param resamples how often the ballots were drawn again
	 * @param panel about the whole, in Swedish
	 * @param beside what the other methods would have changed, in Swedish
	 * @param items best first
	 * @param figures all figures, as in the package's result.json
	 */
	record Explained(String round, boolean dryRun, String method, boolean balanced, boolean provisional, int ballots,
			int seats, int quorum, int topK, int resamples, String packageHash, List<String> panel, List<String> beside,
			List<ExplainedItem> items, Map<String, ?> figures) {

		static Explained of(RoundCount counted, RankingPackage published, boolean dryRun) {
			Analysis analysis = published.analysis();
			List<String> titles = published.items().stream().map(RankingPackage.Item::title).toList();
			Explanation explanation = Explanation.of(analysis, titles);
			List<String> ids = analysis.profile().items();
			return new Explained(counted.round().value(), dryRun, analysis.parameters().method().label(),
					analysis.parameters().balanced(), counted.provisional(), counted.cast(),
					counted.terms().panel().size(), counted.terms().quorum(), analysis.parameters().topK(),
					analysis.parameters().resamples(), published.sha256(), explanation.panel(), explanation.beside(),
					explanation.items()
						.stream()
						.map((one) -> new ExplainedItem(ids.get(one.item()), titles.get(one.item()), one.rank(),
								analysis.ranking().scores().isEmpty() ? null
										: analysis.ranking().scores().get(one.item()),
								one.meanRank(), one.inTop(), one.sentences(),
								one.next()
									.stream()
									.map((other) -> new Compared(ids.get(other.other()), other.before(), other.after(),
											other.neither()))
									.toList()))
						.toList(),
					published.result());
		}

	}

	/**
	 * Why an item stands where it does.
	 *
	 * @param meanRank its mean rank over the ballots, exact
	 * @param inTop in how many of the resamples it was among the first k
	 * @param why in Swedish
	 * @param next compared with those that follow
	 */
	record ExplainedItem(String item, String title, int rank, @Nullable String score, String meanRank, int inTop,
			List<String> why, List<Compared> next) {
	}

	/**
	 * An item and one that follows it.
	 *
	 * @param before how many ballots put it before the other
	 * @param after how many put it after
	 * @param neither how many say nothing of the two
	 */
	record Compared(String item, long before, long after, long neither) {
	}

}
