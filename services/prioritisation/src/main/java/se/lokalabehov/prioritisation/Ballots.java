package se.lokalabehov.prioritisation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.prioritisation.model.Ballot;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.prioritisation.model.Scores;

/**
 * The ballots, and the conditional writes around them (house.md 9). They stand in the
 * round's own document beside {@code state}, as {@code ballots.SEAT}, so that one write
 * decides between a ballot and the closing of its round. Nothing else reads or writes
 * that field, and nothing of it is ever logged.
 */
final class Ballots {

	static final String COLLECTION = "rounds";

	private static final long KEEP_ACTS_MILLIS = 7 * 24 * 3600 * 1000L;

	private final MongoTemplate mongo;

	Ballots(MongoTemplate mongo) {
		this.mongo = mongo;
	}

	/**
	 * What a seat has cast.
	 *
	 * @param version counts the seat's ballots, from 1; 0 before the first
	 * @param ranking the order, as {@link Ballot#writtenRanking} writes it
	 * @param conflicts the conflicts, as {@link Ballot#writtenConflicts} writes them
	 * @param scores the scores that the order was derived from, as {@link Scores#written}
	 * writes them
	 * @param acts the acts that cast it, for repetitions
	 */
	record Cast(long version, String ranking, String conflicts, String scores, List<Document> acts) {

		static final Cast NONE = new Cast(0, "", "", "", List.of());

		private static Cast of(Document found) {
			return new Cast(found.getLong("version"), found.getString("ranking"), found.getString("conflicts"),
					found.get("scores", ""), found.getList("acts", Document.class));
		}

		private Document document() {
			return new Document("version", this.version).append("ranking", this.ranking)
				.append("conflicts", this.conflicts)
				.append("scores", this.scores)
				.append("acts", this.acts);
		}

		/** The next one. */
		Cast next(Ballot ballot, Scores scores, List<String> items, Act act) {
			long oldest = act.at().toEpochMilli() - KEEP_ACTS_MILLIS;
			List<Document> kept = new ArrayList<>(
					this.acts.stream().filter((one) -> one.getDate("at").getTime() >= oldest).toList());
			if (act.key() != null) {
				kept.add(new Document("key", act.key()).append("fingerprint", act.fingerprint())
					.append("version", this.version + 1)
					.append("at", Date.from(act.at())));
			}
			return new Cast(this.version + 1, ballot.writtenRanking(items), ballot.writtenConflicts(items),
					scores.written(items), kept);
		}

		Ballot ballot(List<String> items) {
			return Ballot.read(items, this.ranking, this.conflicts);
		}

		@Override
		public String toString() {
			return "Cast[secret]";
		}

	}

	/** What a seat has cast so far; {@link Cast#NONE} when nothing. */
	Cast of(String round, String seat) {
		return find(round, "ballots." + seat).map((found) -> found.get("ballots", Document.class))
			.map((ballots) -> ballots.get(seat, Document.class))
			.map(Cast::of)
			.orElse(Cast.NONE);
	}

	/** The seats that have voted, in the order of the panel; never how. */
	List<String> voted(String round, Round.Terms terms) {
		List<String> seats = terms.panel().stream().map(Seat::seat).toList();
		Document ballots = find(round,
				seats.stream().map((seat) -> "ballots." + seat + ".version").toArray(String[]::new))
			.map((found) -> found.get("ballots", Document.class))
			.orElseGet(Document::new);
		return seats.stream().filter(ballots::containsKey).toList();
	}

	/** Every seat's ballot, by seat; to be counted, once they are frozen. */
	Map<String, Ballot> all(String round, Round.Terms terms) {
		Document ballots = find(round, "ballots").map((found) -> found.get("ballots", Document.class))
			.orElseGet(Document::new);
		Map<String, Ballot> all = new HashMap<>();
		ballots.forEach((seat, ballot) -> all.put(seat, Cast.of((Document) ballot).ballot(terms.itemIds())));
		return all;
	}

	private Optional<Document> find(String round, String... fields) {
		Query query = new Query(Criteria.where("_id").is(round));
		query.fields().include(fields);
		return Optional.ofNullable(this.mongo.findOne(query, Document.class, COLLECTION));
	}

	/**
	 * Casts a ballot, if the round is open, the clock stands before its deadline, and the
	 * seat has cast nothing else meanwhile: one conditional write. It leaves no trace
	 * elsewhere in the round, whose version others see too.
	 * @return whether it is cast
	 */
	boolean put(String round, String seat, Cast before, Cast after, Instant now) {
		String field = "ballots." + seat;
		Bson unchanged = (before.version() == 0) ? Filters.exists(field, false)
				: Filters.eq(field + ".version", before.version());
		Bson open = Filters.and(Filters.eq("_id", round), Filters.eq("state.kind", "Open"),
				Filters.gt("state.course.deadlineMillis", now.toEpochMilli()), unchanged);
		return write(open, Updates.set(field, after.document()));
	}

	/**
	 * Stops the ballots of an open round for good, and remembers the act that did: one
	 * conditional write, after which no ballot can be cast.
	 * @param expectedVersion the version that whoever closes it has seen, if said
	 * @return whether this act did it
	 */
	boolean freeze(String round, Round.Freeze freeze, @Nullable Long expectedVersion) {
		List<Bson> open = new ArrayList<>(List.of(Filters.eq("_id", round), Filters.eq("state.kind", "Open")));
		if (freeze.byDeadline()) {
			open.add(Filters.lte("state.course.deadlineMillis", freeze.at().toEpochMilli()));
		}
		if (expectedVersion != null) {
			open.add(Filters.eq("version", expectedVersion));
		}
		Document act = new Document("byDeadline", freeze.byDeadline()).append("at", freeze.at().toString())
			.append("by", freeze.by().value())
			.append("role", freeze.role())
			.append("subject", freeze.subject())
			.append("fingerprint", freeze.fingerprint());
		if (freeze.key() != null) {
			act.append("key", freeze.key());
		}
		// The version counts on, so that whoever has read the round as open must read
		// again.
		return write(Filters.and(open), Updates.combine(Updates.set("state.kind", "Closing"),
				Updates.set("state.freeze", act), Updates.inc("version", 1L)));
	}

	/** By the driver itself: Spring Data writes whole updates to its debug log. */
	private boolean write(Bson filter, Bson update) {
		try {
			return this.mongo.getCollection(COLLECTION).updateOne(filter, update).getModifiedCount() == 1;
		}
		catch (MongoWriteException | MongoCommandException ex) {
			// What the store says of a failed write may quote the ballot.
			throw new IllegalStateException("a round could not be written: " + ex.getCode());
		}
	}

}
