package se.lokalabehov.nationalhandoff.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.eventing.Envelope;

/**
 * What one region has delivered in one cycle, from the topic {@code 2-collection}.
 *
 * @param cycle in which cycle
 * @param asker the RSS, or SKR
 * @param delivered the regional needs, in the order of delivery
 */
public record RegionSeen(CycleId cycle, OrganisationId asker, List<DeliveredNeed> delivered) {

	/**
	 * A delivered regional need: exact versions, all the way down.
	 *
	 * @param regionalNeed which
	 * @param version the delivered version
	 * @param members the needs behind it
	 * @param at when it was delivered
	 */
	public record DeliveredNeed(RegionalNeedId regionalNeed, int version, List<Member> members, Instant at) {

		public DeliveredNeed {
			members = List.copyOf(members);
		}

	}

	public RegionSeen {
		delivered = List.copyOf(delivered);
	}

	/**
	 * The region after one more event.
	 * @param before what was known, none before the first event
	 * @param told the event
	 * @return what is known now
	 */
	public static RegionSeen after(@Nullable RegionSeen before, Envelope<CollectionEvent> told) {
		return switch (told.event()) {
			case CollectionEvent.RegionAsked asked -> new RegionSeen(asked.cycle(), asked.asker(), List.of());
			case CollectionEvent.RegionalListDelivered list -> known(before).with(list, told.time());
			case CollectionEvent.MunicipalitiesReminded reminded -> known(before);
			case CollectionEvent.CollectionExtended extended -> known(before);
			case CollectionEvent.NoNeedsAnswered answered -> known(before);
			case CollectionEvent.CollectionRedacted redacted -> known(before);
		};
	}

	/**
	 * A regional need as this region delivered it.
	 * @param regionalNeed which
	 * @return the latest delivery of it, or none
	 */
	public Optional<DeliveredNeed> delivery(RegionalNeedId regionalNeed) {
		return this.delivered.stream().filter((one) -> one.regionalNeed().equals(regionalNeed)).findFirst();
	}

	/**
	 * The provenance that a national need copies.
	 * @param need a delivered need of this region
	 * @return the source, exact versions
	 */
	public Source source(DeliveredNeed need) {
		return new Source(need.regionalNeed(), need.version(), this.asker, need.members());
	}

	private RegionSeen with(CollectionEvent.RegionalListDelivered list, Instant at) {
		List<DeliveredNeed> all = new ArrayList<>(this.delivered);
		for (CollectionEvent.Delivered one : list.delivered()) {
			all.removeIf((earlier) -> earlier.regionalNeed().equals(one.regionalNeed()));
			all.add(new DeliveredNeed(one.regionalNeed(), one.version(), one.members(), at));
		}
		return new RegionSeen(this.cycle, this.asker, all);
	}

	private static RegionSeen known(@Nullable RegionSeen before) {
		return Objects.requireNonNull(before, "a collection begins with its question");
	}

}
