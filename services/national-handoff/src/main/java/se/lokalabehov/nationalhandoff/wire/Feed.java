package se.lokalabehov.nationalhandoff.wire;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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

	private static final Refusal TAKEN = Refusal.conflict("platsen-ar-tagen", "Platsen är tagen.");

	private final Aggregates<FeedEntry, FeedEntry> entries;

	private final Aggregates<?, ?> needs;

	private final Aggregates<?, ?> handOffs;

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
		return this.entries.inReverse(of(agency), "state.position", 1)
			.stream()
			.map(Stored::state)
			.map((entry) -> new Cursor(entry.position(), entry.event()))
			.findFirst()
			.orElse(Cursor.BEGINNING);
	}

	/** Whether an agency's feed is the one in which this cursor was given. */
	boolean knows(OrganisationId agency, Cursor cursor) {
		return cursor.equals(Cursor.BEGINNING) || this.entries.find(id(agency, cursor.position()))
			.filter((stored) -> stored.state().event().equals(cursor.event()))
			.isPresent();
	}

	/** What stands after a position, in order. */
	List<FeedEntry> after(OrganisationId agency, long position, int limit) {
		return this.entries.inOrder(of(agency).and("state.position").gt(position), "state.position", limit)
			.stream()
			.map(Stored::state)
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
