package se.lokalabehov.needintake;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.CollectionEvent.CollectionExtended;
import se.lokalabehov.contracts.CollectionEvent.CollectionRedacted;
import se.lokalabehov.contracts.CollectionEvent.Delivered;
import se.lokalabehov.contracts.CollectionEvent.MunicipalitiesReminded;
import se.lokalabehov.contracts.CollectionEvent.NoNeedsAnswered;
import se.lokalabehov.contracts.CollectionEvent.NotDelivered;
import se.lokalabehov.contracts.CollectionEvent.RegionAsked;
import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.CollectionId;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Wording;

/**
 * The asking of one region in one cycle, a collection: asked, reminded, given more time,
 * until its list is delivered, with supplements. Who has answered with needs is seen from
 * the needs.
 *
 * @param cycle in which cycle
 * @param asker the RSS, or SKR
 * @param municipalities who were asked
 * @param due last day to answer
 * @param message the words that went out
 * @param reminders who was reminded
 * @param extensions how the last day was moved
 * @param noNeeds who answered that there are no needs
 * @param deliveries the first one, then the supplements
 */
record Asking(CycleId cycle, OrganisationId asker, List<OrganisationId> municipalities, LocalDate due, String message,
		List<Reminder> reminders, List<Extension> extensions, List<NoNeeds> noNeeds, List<Delivery> deliveries) {

	record Reminder(List<OrganisationId> municipalities, String message) {
	}

	record Extension(LocalDate due, String reason) {
	}

	record NoNeeds(OrganisationId municipality, String comment) {
	}

	record Delivery(List<Delivered> delivered, List<NotDelivered> notDelivered) {

		boolean settles(NeedId need) {
			return this.notDelivered.stream().anyMatch((left) -> left.need().equals(need)) || this.delivered.stream()
				.flatMap((one) -> one.members().stream())
				.anyMatch((member) -> member.need().equals(need));
		}

	}

	static CollectionId id(CycleId cycle, OrganisationId asker) {
		return new CollectionId(cycle + "." + asker);
	}

	/** The reminders that a municipality got, which does not learn who else did. */
	List<Reminder> remindersTo(OrganisationId municipality) {
		return this.reminders.stream()
			.filter((one) -> one.municipalities().contains(municipality))
			.map((one) -> new Reminder(List.of(municipality), one.message()))
			.toList();
	}

	/** Number of the delivery that a regional need was part of. */
	Optional<Integer> deliveryOf(RegionalNeedId regionalNeed) {
		return IntStream.rangeClosed(1, this.deliveries.size())
			.filter((number) -> this.deliveries.get(number - 1)
				.delivered()
				.stream()
				.anyMatch((one) -> one.regionalNeed().equals(regionalNeed)))
			.boxed()
			.findFirst();
	}

	/** Whether a delivery has dealt with a need that does not bear its mark yet. */
	boolean isAboutToMark(NeedId id, Need need) {
		return IntStream.rangeClosed(need.delivery() + 1, this.deliveries.size())
			.anyMatch((number) -> this.deliveries.get(number - 1).settles(id));
	}

	static Asking evolve(@Nullable Asking before, CollectionEvent event) {
		return (event instanceof RegionAsked asked)
				? new Asking(asked.cycle(), asked.asker(), asked.municipalities(), asked.due(), asked.message(),
						List.of(), List.of(), List.of(), List.of())
				: Objects.requireNonNull(before, "a collection begins with the region being asked").after(event);
	}

	private Asking after(CollectionEvent event) {
		return switch (event) {
			case RegionAsked asked -> throw new IllegalStateException("asked twice");
			case MunicipalitiesReminded reminded -> with(this.due, this.message,
					Need.appended(this.reminders, new Reminder(reminded.municipalities(), reminded.message())),
					this.extensions, this.noNeeds, this.deliveries);
			case CollectionExtended extended -> with(extended.due(), this.message, this.reminders,
					Need.appended(this.extensions, new Extension(extended.due(), extended.reason())), this.noNeeds,
					this.deliveries);
			case NoNeedsAnswered answered -> with(this.due, this.message, this.reminders, this.extensions,
					Need.appended(this.noNeeds, new NoNeeds(answered.municipality(), answered.comment())),
					this.deliveries);
			case RegionalListDelivered delivered ->
				with(this.due, this.message, this.reminders, this.extensions, this.noNeeds,
						Need.appended(this.deliveries, new Delivery(delivered.delivered(), delivered.notDelivered())));
			case CollectionRedacted redacted -> redacted();
		};
	}

	private Asking redacted() {
		return with(this.due, Wording.REDACTED,
				this.reminders.stream().map((one) -> new Reminder(one.municipalities(), Wording.REDACTED)).toList(),
				this.extensions.stream().map((one) -> new Extension(one.due(), Wording.REDACTED)).toList(),
				this.noNeeds.stream().map((one) -> new NoNeeds(one.municipality(), Wording.REDACTED)).toList(),
				this.deliveries.stream()
					.map((one) -> new Delivery(one.delivered(),
							one.notDelivered()
								.stream()
								.map((left) -> new NotDelivered(left.need(), Wording.REDACTED))
								.toList()))
					.toList());
	}

	private Asking with(LocalDate until, String words, List<Reminder> reminded, List<Extension> extended,
			List<NoNeeds> none, List<Delivery> made) {
		return new Asking(this.cycle, this.asker, this.municipalities, until, words, reminded, extended, none, made);
	}

}
