package se.lokalabehov.portal;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.NeedEvent.NeedConfirmed;
import se.lokalabehov.contracts.NeedEvent.NeedDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedNotDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedRecorded;
import se.lokalabehov.contracts.NeedEvent.NeedRevised;
import se.lokalabehov.contracts.NeedEvent.NeedSplit;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.NeedTakenUp;
import se.lokalabehov.contracts.NeedEvent.NeedTurnedBack;
import se.lokalabehov.contracts.NeedEvent.NeedWaitlisted;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Projection;

/**
 * When a need reached what in its own region: all that counting takes, a hundredth of
 * what its trace holds. A regional need, which shares the topic, is in no collection here
 * and so is never read.
 *
 * @param id the need
 * @param collection cycle and RSS ({@code cycle.rss}); none outside a cycle
 * @param municipalities who stand behind it
 * @param at when it reached which stage; ANSWERED here is by its own region: turned back,
 * put on a waiting list, not delivered
 */
record NeedTimes(String id, @Nullable String collection, List<String> municipalities, Map<Stage, Instant> at) {

	static final String COLLECTION = "state.collection";

	static final String MUNICIPALITIES = "state.municipalities";

	static final Projection<NeedEvent, NeedTimes> PROJECTION = Projection.of("need-times", Topics.NEED, NeedTimes.class,
			NeedTimes::after);

	static NeedTimes after(@Nullable NeedTimes before, Envelope<NeedEvent> envelope) {
		NeedTimes need = (before != null) ? before : new NeedTimes(envelope.key(), null, List.of(), Map.of());
		Instant at = envelope.time();
		return switch (envelope.event()) {
			case NeedSubmitted event ->
				need.in(event.cycle(), event.rss()).behind(event.municipalities()).with(Stage.SUBMITTED, at);
			case NeedRecorded event -> need.in(event.cycle(), event.rss()).behind(event.municipalities());
			case NeedConfirmed ignored -> need.with(Stage.SUBMITTED, at);
			case NeedRevised event -> need.behind(event.municipalities());
			case NeedTakenUp event -> need.in(event.cycle(), event.rss()).with(Stage.ANSWERED, null);
			case NeedMerged ignored -> need.with(Stage.MERGED, at);
			case NeedSplit ignored -> need.with(Stage.MERGED, null);
			case NeedDelivered ignored -> need.with(Stage.DELIVERED, at);
			case NeedTurnedBack ignored -> need.with(Stage.ANSWERED, at);
			case NeedWaitlisted ignored -> need.with(Stage.ANSWERED, at);
			case NeedNotDelivered ignored -> need.with(Stage.ANSWERED, at);
			case NeedWithdrawn ignored -> need.with(Stage.WITHDRAWN, at);
			default -> need;
		};
	}

	private NeedTimes in(@Nullable CycleId cycle, OrganisationId rss) {
		return new NeedTimes(this.id, (cycle != null) ? cycle + "." + rss : null, this.municipalities, this.at);
	}

	private NeedTimes behind(List<OrganisationId> organisations) {
		return new NeedTimes(this.id, this.collection, organisations.stream().map(OrganisationId::value).toList(),
				this.at);
	}

	private NeedTimes with(Stage stage, @Nullable Instant when) {
		Map<Stage, Instant> changed = new EnumMap<>(Stage.class);
		changed.putAll(this.at);
		if (when != null) {
			changed.put(stage, when);
		}
		else {
			changed.remove(stage);
		}
		return new NeedTimes(this.id, this.collection, this.municipalities, changed);
	}

}
