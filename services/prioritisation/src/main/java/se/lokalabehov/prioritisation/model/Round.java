package se.lokalabehov.prioritisation.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.Place;
import se.lokalabehov.contracts.RankingEvent.Procedure;
import se.lokalabehov.contracts.RankingEvent.RoundCancelled;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RankingEvent.RoundCommented;
import se.lokalabehov.contracts.RankingEvent.RoundExtended;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.contracts.RankingEvent.RoundRedacted;
import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.contracts.RankingEvent.SeatHolderChanged;
import se.lokalabehov.contracts.RankingEvent.SeatsReminded;
import se.lokalabehov.contracts.RankingEvent.Unranked;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Wording;

/**
 * A panel ranks a set of needs (moment 5, and an RSS's own rounds). It begins
 * {@link Open} with everything that decides its result fixed; {@link Closing} is the
 * instant from which no ballot is taken any more and the ranking is being computed; it
 * ends {@link Closed} or {@link Cancelled}, for ever (domain rule 6).
 *
 * <p>
 * Ballots are not in here: they are never events and no state that others read.
 */
public sealed interface Round {

	/** What was fixed when it opened. */
	Terms terms();

	/** What has happened to it since. */
	Course course();

	/**
	 * What was fixed when the round opened.
	 *
	 * @param level regional or national
	 * @param cycle in which cycle
	 * @param owner the RSS, or SKR
	 * @param title its name
	 * @param items what is ranked
	 * @param panel who votes
	 * @param quorum how many ballots make the result more than provisional
	 * @param method name of the method
	 * @param unranked what an unlisted item means
	 * @param corrects the round that this one corrects
	 * @param procedure how it is run
	 */
	record Terms(Level level, CycleId cycle, OrganisationId owner, String title, List<Item> items, List<Seat> panel,
			int quorum, String method, Unranked unranked, @Nullable RoundId corrects, Procedure procedure) {

		public Terms {
			items = List.copyOf(items);
			panel = List.copyOf(panel);
		}

		/** The seat of that name. */
		public Optional<Seat> seat(String name) {
			return this.panel.stream().filter((seat) -> seat.seat().equals(name)).findFirst();
		}

		/** The items' identifiers, in the order of the round. */
		public List<String> itemIds() {
			return this.items.stream().map(Item::id).toList();
		}

		Terms redacted() {
			return new Terms(this.level, this.cycle, this.owner, Wording.REDACTED,
					this.items.stream().map((one) -> new Item(one.id(), one.version(), Wording.REDACTED)).toList(),
					this.panel, this.quorum, this.method, this.unranked, this.corrects, this.procedure);
		}

	}

	/**
	 * What has happened since it opened.
	 *
	 * @param deadlineMillis ballots are taken until then, milliseconds since 1970 UTC: a
	 * number, so that a ballot's conditional write can compare with it
	 * @param extensions how the deadline moved, in order
	 * @param holderChanges offices with a new holder, in order
	 * @param reminders the words that went out, in order
	 * @param comments of those without a vote, in order
	 */
	record Course(long deadlineMillis, List<Extension> extensions, List<HolderChange> holderChanges,
			List<String> reminders, List<Comment> comments) {

		public Course {
			comments = List.copyOf(comments);
			extensions = List.copyOf(extensions);
			holderChanges = List.copyOf(holderChanges);
			reminders = List.copyOf(reminders);
		}

		/** Ballots are taken until then. */
		public Instant deadline() {
			return Instant.ofEpochMilli(this.deadlineMillis);
		}

		Course redacted() {
			return new Course(this.deadlineMillis,
					this.extensions.stream().map((one) -> new Extension(one.deadline(), Wording.REDACTED)).toList(),
					this.holderChanges.stream().map((one) -> new HolderChange(one.seat(), Wording.REDACTED)).toList(),
					this.reminders.stream().map((one) -> Wording.REDACTED).toList(),
					this.comments.stream().map((one) -> new Comment(one.by(), one.item(), Wording.REDACTED)).toList());
		}

	}

	/**
	 * What someone without a vote has said.
	 *
	 * @param by which of the observers
	 * @param item about which item, or about all
	 * @param text in words
	 */
	record Comment(OrganisationId by, @Nullable String item, String text) {
	}

	/**
	 * More time.
	 *
	 * @param deadline the new one
	 * @param reason why
	 */
	record Extension(Instant deadline, String reason) {
	}

	/**
	 * An office has a new holder.
	 *
	 * @param seat which
	 * @param note in words
	 */
	record HolderChange(String seat, String note) {
	}

	/**
	 * The act that began the closing, kept so that whoever finishes it after a crash does
	 * the same act.
	 *
	 * @param byDeadline whether time closed it
	 * @param at when
	 * @param by for which organisation
	 * @param role in which role
	 * @param subject pseudonym of who acted
	 * @param key idempotency key
	 * @param fingerprint of the request
	 */
	record Freeze(boolean byDeadline, Instant at, OrganisationId by, String role, String subject, @Nullable String key,
			String fingerprint) {
	}

	/**
	 * What came out, all published at once (domain rule 13).
	 *
	 * @param ranking best first
	 * @param ballots how many were cast
	 * @param provisional whether that is under quorum
	 * @param packageHash SHA-256, hex, that {@link RoundCount#sha256()} gives
	 * @param byDeadline whether time closed it
	 */
	record Result(List<Place> ranking, int ballots, boolean provisional, String packageHash, boolean byDeadline) {

		public Result {
			ranking = List.copyOf(ranking);
		}

	}

	/**
	 * Ballots are taken.
	 *
	 * @param terms the terms
	 * @param course the course
	 */
	record Open(Terms terms, Course course) implements Round {
	}

	/**
	 * No ballot is taken any more; the ranking is being computed. Not reached by an event
	 * but by the conditional write that stops the ballots.
	 *
	 * @param terms the terms
	 * @param course the course
	 * @param freeze who closes it
	 */
	record Closing(Terms terms, Course course, Freeze freeze) implements Round {
	}

	/**
	 * It has its ranking.
	 *
	 * @param terms the terms
	 * @param course the course
	 * @param result what came out
	 */
	record Closed(Terms terms, Course course, Result result) implements Round {
	}

	/**
	 * Stopped without a result.
	 *
	 * @param terms the terms
	 * @param course the course
	 * @param reason why
	 */
	record Cancelled(Terms terms, Course course, String reason) implements Round {
	}

	/** Folds an event into the state. */
	static Round evolve(@Nullable Round before, RankingEvent event) {
		if (event instanceof RoundOpened opened) {
			return opened(opened);
		}
		Round round = Objects.requireNonNull(before, "a round begins by being opened");
		Terms terms = round.terms();
		Course course = round.course();
		return switch (event) {
			case RoundOpened opened -> throw new IllegalStateException("handled above");
			case RoundExtended extended -> new Open(terms,
					new Course(extended.deadline().toEpochMilli(),
							plus(course.extensions(), new Extension(extended.deadline(), extended.reason())),
							course.holderChanges(), course.reminders(), course.comments()));
			case SeatsReminded reminded -> new Open(terms, new Course(course.deadlineMillis(), course.extensions(),
					course.holderChanges(), plus(course.reminders(), reminded.message()), course.comments()));
			case SeatHolderChanged changed -> new Open(terms,
					new Course(course.deadlineMillis(), course.extensions(),
							plus(course.holderChanges(), new HolderChange(changed.seat(), changed.note())),
							course.reminders(), course.comments()));
			case RoundCommented commented -> new Open(terms,
					new Course(course.deadlineMillis(), course.extensions(), course.holderChanges(), course.reminders(),
							plus(course.comments(), new Comment(commented.by(), commented.item(), commented.text()))));
			case RoundCancelled cancelled -> new Cancelled(terms, course, cancelled.reason());
			case RoundClosed closed -> new Closed(terms, course, new Result(closed.ranking(), closed.ballots(),
					closed.provisional(), closed.packageHash(), closed.byDeadline()));
			case RoundRedacted redacted -> redacted(round);
		};
	}

	private static Round opened(RoundOpened opened) {
		return new Open(new Terms(opened.level(), opened.cycle(), opened.owner(), opened.title(), opened.items(),
				opened.panel(), opened.quorum(), opened.method(), opened.unranked(), opened.corrects(), opened.run()),
				new Course(opened.deadline().toEpochMilli(), List.of(), List.of(), List.of(), List.of()));
	}

	private static Round redacted(Round round) {
		Terms terms = round.terms().redacted();
		Course course = round.course().redacted();
		return switch (round) {
			case Open open -> new Open(terms, course);
			case Closing closing -> new Closing(terms, course, closing.freeze());
			case Closed closed -> new Closed(terms, course, closed.result());
			case Cancelled cancelled -> new Cancelled(terms, course, Wording.REDACTED);
		};
	}

	private static <T> List<T> plus(List<T> list, T one) {
		return Stream.concat(list.stream(), Stream.of(one)).toList();
	}

}
