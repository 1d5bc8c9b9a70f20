package se.lokalabehov.contracts;

import java.time.LocalDate;
import java.util.List;

/**
 * Moment 2, ask: one region asked in one cycle, from the first letter to the delivered
 * list. Who has sent a need is seen in {@link NeedEvent}.
 */
public sealed interface CollectionEvent {

	/**
	 * A regional need in a delivery.
	 *
	 * @param regionalNeed which
	 * @param version the exact version delivered
	 * @param members the needs behind it, exact versions
	 */
	record Delivered(RegionalNeedId regionalNeed, int version, List<Member> members) {

		public Delivered {
			members = List.copyOf(members);
		}

	}

	/**
	 * A need that was not delivered, with the answer that its municipalities read.
	 *
	 * @param need which
	 * @param reason why
	 */
	record NotDelivered(NeedId need, String reason) {
	}

	/**
	 * The region was asked.
	 *
	 * @param cycle in which cycle
	 * @param area its area code
	 * @param asker the RSS, or SKR
	 * @param municipalities who were asked
	 * @param due last day to answer
	 * @param message the words that went out
	 */
	@WireName("region-asked.v1")
	record RegionAsked(CycleId cycle, String area, OrganisationId asker, List<OrganisationId> municipalities,
			LocalDate due, String message) implements CollectionEvent, FreeText<RegionAsked> {

		@Override
		public RegionAsked redacted() {
			return new RegionAsked(this.cycle, this.area, this.asker, this.municipalities, this.due, Wording.REDACTED);
		}

	}

	/**
	 * Those who had not answered were reminded.
	 *
	 * @param municipalities who
	 * @param message the words that went out
	 */
	@WireName("municipalities-reminded.v1")
	record MunicipalitiesReminded(List<OrganisationId> municipalities,
			String message) implements CollectionEvent, FreeText<MunicipalitiesReminded> {

		@Override
		public MunicipalitiesReminded redacted() {
			return new MunicipalitiesReminded(this.municipalities, Wording.REDACTED);
		}

	}

	/**
	 * The last day was moved, visibly.
	 *
	 * @param due the new last day
	 * @param reason why
	 */
	@WireName("collection-extended.v1")
	record CollectionExtended(LocalDate due, String reason) implements CollectionEvent, FreeText<CollectionExtended> {

		@Override
		public CollectionExtended redacted() {
			return new CollectionExtended(this.due, Wording.REDACTED);
		}

	}

	/**
	 * A municipality answered that it has no needs: that too is an answer.
	 *
	 * @param municipality who
	 * @param comment may be empty
	 */
	@WireName("no-needs-answered.v1")
	record NoNeedsAnswered(OrganisationId municipality,
			String comment) implements CollectionEvent, FreeText<NoNeedsAnswered> {

		@Override
		public NoNeedsAnswered redacted() {
			return new NoNeedsAnswered(this.municipality, Wording.REDACTED);
		}

	}

	/**
	 * The RSS delivered its list, or a supplement to it.
	 *
	 * @param delivery 1 for the first, then 2, 3 ... for supplements
	 * @param delivered the regional needs
	 * @param notDelivered the needs left out
	 */
	@WireName("regional-list-delivered.v1")
	record RegionalListDelivered(int delivery, List<Delivered> delivered,
			List<NotDelivered> notDelivered) implements CollectionEvent, FreeText<RegionalListDelivered> {

		@Override
		public RegionalListDelivered redacted() {
			return new RegionalListDelivered(this.delivery, this.delivered,
					this.notDelivered.stream().map((one) -> new NotDelivered(one.need(), Wording.REDACTED)).toList());
		}

	}

	/**
	 * The texts were blanked (domain rule 8).
	 *
	 * @param reason why, without repeating what stood there
	 */
	@WireName("collection-redacted.v1")
	record CollectionRedacted(String reason) implements CollectionEvent, Redaction {
	}

}
