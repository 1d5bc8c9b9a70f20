package se.lokalabehov.needintake;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CollectionEvent.Delivered;
import se.lokalabehov.contracts.CollectionEvent.NotDelivered;
import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedEvent.OfRegionalNeed;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Envelope;

/**
 * Marks what a delivery names, the regional needs and the needs, when the delivery itself
 * comes back on the topic: at least once, so every mark can be made twice.
 */
record Deliveries(Aggregates<Need, OfNeed> needs, Aggregates<RegionalNeed, OfRegionalNeed> regionalNeeds) {

	/** How many deliveries have been marked. */
	record Marked(int deliveries) {

		static Marked after(@Nullable Marked before, Envelope<CollectionEvent> envelope) {
			int so = (before != null) ? before.deliveries : 0;
			return new Marked(
					(envelope.event() instanceof RegionalListDelivered delivered) ? delivered.delivery() : so);
		}

	}

	void mark(Envelope<CollectionEvent> envelope) {
		if (envelope.event() instanceof RegionalListDelivered list) {
			list.delivered().forEach((one) -> mark(envelope, list.delivery(), one));
			list.notDelivered().forEach((one) -> mark(envelope, list.delivery(), one));
		}
	}

	private void mark(Envelope<CollectionEvent> envelope, int delivery, Delivered delivered) {
		for (Member member : delivered.members()) {
			this.needs
				.execute(member.need().value(), follows(envelope, delivered.regionalNeed() + "|" + member.need()),
						(need) -> NeedDecider.deliver(there(need), delivered.regionalNeed(), delivery))
				.orThrow();
		}
		this.regionalNeeds
			.execute(delivered.regionalNeed().value(), follows(envelope, delivered.regionalNeed().value()),
					(one) -> RegionalNeedDecider.deliver(there(one), delivered.version(), delivery))
			.orThrow();
	}

	private void mark(Envelope<CollectionEvent> envelope, int delivery, NotDelivered left) {
		this.needs
			.execute(left.need().value(), follows(envelope, left.need().value()),
					(need) -> NeedDecider.notDeliver(there(need), delivery, left.reason()))
			.orThrow();
	}

	private static Act follows(Envelope<CollectionEvent> envelope, String what) {
		return Act.system(envelope.by(), envelope.time(), envelope.id() + "|" + what);
	}

	private static <T> T there(@Nullable T stored) {
		return Objects.requireNonNull(stored, "a delivery names what is not stored");
	}

}
