package se.lokalabehov.reportcatalogue.open;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;

/**
 * The list of all open records, in the order of their last change.
 */
public final class OpenRecords {

	private static final String POSITION = "state.position";

	/** Sorts after every position of its second. */
	private static final String END_OF_SECOND = "~";

	private final Views<OpenRecord> views;

	/** Reads from the views. */
	public OpenRecords(Views<OpenRecord> views) {
		this.views = views;
	}

	/**
	 * Which records are wanted.
	 *
	 * @param set of this set; of all when none
	 * @param from not before this second
	 * @param until not after this second
	 * @param standing true for those that are not withdrawn, false for all
	 */
	public record Wanted(@Nullable String set, @Nullable Instant from, @Nullable Instant until, boolean standing) {

		/** Everything that stands. */
		public static final Wanted STANDING = new Wanted(null, null, null, true);

		/** What stands in a set. */
		public static Wanted standingIn(@Nullable String set) {
			return new Wanted(set, null, null, true);
		}

	}

	/** One record; none when it is not there. */
	public Optional<OpenRecord> find(String id) {
		return this.views.find(id).map(Stored::state);
	}

	/**
	 * A part of the list: the work does not depend on where in the list it is.
	 * @param wanted which records
	 * @param after the position that it follows on; from the beginning when none
	 * @param limit at most so many
	 */
	public List<OpenRecord> after(Wanted wanted, @Nullable String after, int limit) {
		return this.views.inOrder(criteria(wanted, after, false), POSITION, limit).stream().map(Stored::state).toList();
	}

	/** The latest of the list, the latest first. */
	public List<OpenRecord> latest(Wanted wanted, @Nullable String before, int limit) {
		return this.views.inReverse(criteria(wanted, before, true), POSITION, limit)
			.stream()
			.map(Stored::state)
			.toList();
	}

	/** How many there are. */
	public long count(Wanted wanted) {
		return this.views.count(criteria(wanted, null, false));
	}

	private static Criteria criteria(Wanted wanted, @Nullable String at, boolean reverse) {
		List<Criteria> all = new ArrayList<>();
		if (wanted.set() != null) {
			all.add(Criteria.where("state.sets").is(wanted.set()));
		}
		if (wanted.standing()) {
			all.add(Criteria.where("state.content").exists(true));
		}
		if (at != null) {
			all.add(reverse ? Criteria.where(POSITION).lt(at) : Criteria.where(POSITION).gt(at));
		}
		if (wanted.from() != null && (at == null || reverse)) {
			all.add(Criteria.where(POSITION).gte(wanted.from().toString()));
		}
		if (wanted.until() != null) {
			all.add(Criteria.where(POSITION).lt(wanted.until() + END_OF_SECOND));
		}
		return all.isEmpty() ? new Criteria() : new Criteria().andOperator(all);
	}

}
