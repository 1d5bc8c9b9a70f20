package se.lokalabehov.nationalhandoff.wire;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.nationalhandoff.wire.FeedEntry.Cursor;

/**
 * What each agency is told, in order: one place per event. A place is given by inserting
 * the document that has its number, which only one writer can, and only after the place
 * before it can be read: whoever has read up to a place never misses what comes to stand
 * before it. An event gets one place per agency however often it is heard of. What an
 * event says is read from its story as it is sent now, to the letter the same as in the
 * topic but for what has been redacted since.
 */
final class Feed {

	private static final String COLLECTION = "agency-feed";

	private static final int AT_A_TIME = 20;

	private static final Refusal TAKEN = Refusal.conflict("platsen-ar-tagen", "Platsen är tagen.");

	private final Aggregates<FeedEntry, FeedEntry> entries;

	private final Aggregates<?, ?> needs;

	private final Aggregates<?, ?> handOffs;

	/** Where each feed has been seen to end. */
	private final Map<OrganisationId, Cursor> ends = new ConcurrentHashMap<>();

	private volatile Consumer<OrganisationId> listener = (agency) -> {
	};

	Feed(Eventing eventing, Aggregates<?, ?> needs, Aggregates<?, ?> handOffs) {
		this.entries = eventing.aggregates(AggregateType.kept(COLLECTION, FeedEntry.class));
		eventing.index(COLLECTION, List.of("state.agency", "state.event"));
		this.needs = needs;
		this.handOffs = handOffs;
	}

	/** Who wants to know at once that an agency has something new. */
	void wake(Consumer<OrganisationId> whom) {
		this.listener = whom;
	}

	/** Tells agencies of an event, each once. */
	void tell(Envelope<?> told, Collection<OrganisationId> agencies) {
		agencies.forEach((agency) -> {
			while (find(agency, told.id()).isEmpty() && !placed(told, agency)) {
				// Somebody else took the place: the next one is tried.
			}
			this.listener.accept(agency);
		});
	}

	private boolean placed(Envelope<?> told, OrganisationId agency) {
		long position = last(agency).position() + 1;
		// It may have got its place since it was looked for; then this place is not the
		// next.
		if (find(agency, told.id()).isPresent()) {
			return true;
		}
		FeedEntry entry = new FeedEntry(agency, position, told.id(), told.topic().name(), told.key(), told.sequence(),
				told.type(), told.time());
		return this.entries.execute(id(agency, position), Act.system(agency, told.time(), told.id()),
				(before) -> (before == null) ? Decision.of(entry)
						: Decision.refuse(TAKEN)) instanceof Outcome.Done<FeedEntry>;
	}

	private static String id(OrganisationId agency, long position) {
		return agency.value() + "." + position;
	}

	/** Where an agency's feed ends now. */
	Cursor last(OrganisationId agency) {
		Cursor last = this.ends.computeIfAbsent(agency,
				(whole) -> this.entries.inReverse(of(whole), "state.position", 1)
					.stream()
					.map((stored) -> cursor(stored.state()))
					.findFirst()
					.orElse(Cursor.BEGINNING));
		for (List<FeedEntry> more = after(agency, last.position(), AT_A_TIME); !more.isEmpty(); more = after(agency,
				last.position(), AT_A_TIME)) {
			last = cursor(more.getLast());
		}
		this.ends.put(agency, last);
		return last;
	}

	private static Cursor cursor(FeedEntry entry) {
		return new Cursor(entry.position(), entry.event());
	}

	/** Whether an agency's feed is the one in which this cursor was given. */
	boolean knows(OrganisationId agency, Cursor cursor) {
		return cursor.equals(Cursor.BEGINNING) || this.entries.find(id(agency, cursor.position()))
			.filter((stored) -> stored.state().event().equals(cursor.event()))
			.isPresent();
	}

	/**
	 * What stands after a position, in order. Places are taken one after the other and
	 * none is ever given up, so they are read by their names, up to the first that is not
	 * there yet.
	 */
	List<FeedEntry> after(OrganisationId agency, long position, int limit) {
		List<String> places = LongStream.rangeClosed(position + 1, position + limit)
			.mapToObj((place) -> id(agency, place))
			.toList();
		Map<String, FeedEntry> found = this.entries.findAll(places)
			.stream()
			.collect(Collectors.toMap(Stored::id, Stored::state));
		return places.stream().map(found::get).takeWhile(Objects::nonNull).toList();
	}

	/** What has happened since a time, in order. */
	List<FeedEntry> since(OrganisationId agency, Instant since) {
		return this.entries.all(of(agency))
			.stream()
			.map(Stored::state)
			.filter((entry) -> !entry.at().isBefore(since))
			.sorted(Comparator.comparingLong(FeedEntry::position))
			.toList();
	}

	/** The place of an event among what an agency is told. */
	Optional<FeedEntry> find(OrganisationId agency, String event) {
		return this.entries.all(Criteria.where("state.event").is(event))
			.stream()
			.map(Stored::state)
			.filter((entry) -> entry.agency().equals(agency))
			.findFirst();
	}

	/**
	 * What stands there, as it is told now: the data as JSON text.
	 * @return none while the store is behind its topic and lacks the story
	 */
	Optional<Envelope<String>> event(FeedEntry entry) {
		Aggregates<?, ?> owner = entry.topic().equals(Topics.HAND_OFF.name()) ? this.handOffs : this.needs;
		return owner.sent(entry.key()).stream().filter((event) -> event.sequence() == entry.sequence()).findFirst();
	}

	private static Criteria of(OrganisationId agency) {
		return Criteria.where("state.agency").is(agency.value());
	}

}
