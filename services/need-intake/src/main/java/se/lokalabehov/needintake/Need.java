package se.lokalabehov.needintake;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.ClarificationId;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.ClarificationAnswered;
import se.lokalabehov.contracts.NeedEvent.ClarificationAsked;
import se.lokalabehov.contracts.NeedEvent.NeedConfirmed;
import se.lokalabehov.contracts.NeedEvent.NeedDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedNotDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedRecorded;
import se.lokalabehov.contracts.NeedEvent.NeedRedacted;
import se.lokalabehov.contracts.NeedEvent.NeedRevised;
import se.lokalabehov.contracts.NeedEvent.NeedSplit;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.NeedSupplemented;
import se.lokalabehov.contracts.NeedEvent.NeedTakenUp;
import se.lokalabehov.contracts.NeedEvent.NeedTurnedBack;
import se.lokalabehov.contracts.NeedEvent.NeedWaitlisted;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedEvent.TurnedBackBecause;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Wording;

/**
 * A need as one municipality wrote it. Submitted (or recorded by the RSS and then
 * confirmed), it is claimed by the regional needs that it becomes part of and delivered
 * with them; or it is answered on the way: turned back, not delivered, or sent to the
 * waiting list, from where a later cycle can take it up. Withdrawal is a mark.
 *
 * @param status where it stands
 * @param cycle the cycle that it answers, none when it went straight to the waiting list
 * @param area its area, which is also the waiting list that it stands on
 * @param rss who may see and merge it
 * @param municipalities who stand behind it now, the first wrote it
 * @param origin how it came in
 * @param versions its words, version 1 first
 * @param clarifications what was asked and replied
 * @param supplements what was added after delivery
 * @param merges the regional needs that have claimed it
 * @param delivery the number of the last delivery of its region that dealt with it, 0
 * before
 * @param deliveredVersion the version of its words that was delivered, 0 when none was
 * @param answer what was last answered, or why it was withdrawn
 */
record Need(Status status, @Nullable CycleId cycle, String area, OrganisationId rss,
		List<OrganisationId> municipalities, Origin origin, List<Version> versions, List<Clarification> clarifications,
		List<String> supplements, List<Merge> merges, int delivery, int deliveredVersion, @Nullable Answer answer) {

	enum Status {

		RECORDED, SUBMITTED, DELIVERED, NOT_DELIVERED, TURNED_BACK, WAITLISTED, WITHDRAWN

	}

	/**
	 * How a need came in: by its municipality, or at an occasion where the RSS noted it.
	 */
	record Origin(@Nullable String unit, @Nullable String occasion, boolean namesMunicipalities, boolean late,
			@Nullable NeedId reconsiders, @Nullable String newInformation) {

		private Origin redacted() {
			return new Origin(blank(this.unit), blank(this.occasion), this.namesMunicipalities, this.late,
					this.reconsiders, blank(this.newInformation));
		}

	}

	record Version(Wording wording, List<OrganisationId> municipalities) {
	}

	record Clarification(ClarificationId id, String question, LocalDate due, @Nullable String reply) {
	}

	/** A claim by a regional need on the exact version that was current then. */
	record Merge(RegionalNeedId regionalNeed, int version, boolean delivered) {
	}

	record Answer(String text, @Nullable TurnedBackBecause because, @Nullable String support) {
	}

	/** The municipality that wrote it, or for which it was recorded. */
	OrganisationId owner() {
		return this.municipalities.getFirst();
	}

	/** Number of the current version. */
	int version() {
		return this.versions.size();
	}

	Wording wording() {
		return this.versions.getLast().wording();
	}

	boolean isDelivered() {
		return this.deliveredVersion > 0;
	}

	/** The need as a regional need names it. */
	Member asMember(NeedId id) {
		return new Member(id, version(), this.municipalities);
	}

	Optional<Merge> merge(RegionalNeedId regionalNeed) {
		return this.merges.stream().filter((merge) -> merge.regionalNeed().equals(regionalNeed)).findFirst();
	}

	Optional<Clarification> clarification(ClarificationId id) {
		return this.clarifications.stream().filter((one) -> one.id().equals(id)).findFirst();
	}

	static Need evolve(@Nullable Need before, OfNeed event) {
		return switch (event) {
			case NeedSubmitted submitted -> new Need(Status.SUBMITTED, submitted.cycle(), submitted.area(),
					submitted.rss(), submitted.municipalities(),
					new Origin(submitted.unit(), null, submitted.namesMunicipalities(), submitted.late(),
							submitted.reconsiders(), submitted.newInformation()),
					List.of(new Version(submitted.wording(), submitted.municipalities())), List.of(), List.of(),
					List.of(), 0, 0, null);
			case NeedRecorded recorded -> new Need(Status.RECORDED, recorded.cycle(), recorded.area(), recorded.rss(),
					recorded.municipalities(), new Origin(null, recorded.occasion(), false, false, null, null),
					List.of(new Version(recorded.wording(), recorded.municipalities())), List.of(), List.of(),
					List.of(), 0, 0, null);
			default -> Objects.requireNonNull(before, "a need begins with being submitted or recorded").after(event);
		};
	}

	private Need after(OfNeed event) {
		return switch (event) {
			case NeedSubmitted submitted -> throw new IllegalStateException("submitted twice");
			case NeedRecorded recorded -> throw new IllegalStateException("recorded twice");
			case NeedConfirmed confirmed -> with(Status.SUBMITTED).with(new Origin(null, this.origin.occasion(),
					confirmed.namesMunicipalities(), this.origin.late(), null, null));
			case NeedRevised revised -> revised(new Version(revised.wording(), revised.municipalities()));
			case NeedWithdrawn withdrawn -> with(Status.WITHDRAWN).with(new Answer(withdrawn.reason(), null, null));
			case NeedSupplemented supplemented ->
				texts(this.clarifications, appended(this.supplements, supplemented.text()));
			case NeedTurnedBack back ->
				with(Status.TURNED_BACK).with(new Answer(back.answer(), back.because(), back.support()));
			case NeedWaitlisted waits -> placed(this.cycle, waits.area(), this.rss).with(Status.WAITLISTED)
				.with(new Answer(waits.answer(), null, null));
			case NeedTakenUp taken -> (taken.cycle().equals(this.cycle) ? this
					: placed(taken.cycle(), this.area, taken.rss()).delivered(0, 0))
				.with(Status.SUBMITTED)
				.with((Answer) null);
			case ClarificationAsked asked -> texts(
					appended(this.clarifications,
							new Clarification(asked.clarification(), asked.question(), asked.due(), null)),
					this.supplements);
			case ClarificationAnswered answered -> texts(this.clarifications.stream()
				.map((one) -> one.id().equals(answered.clarification())
						? new Clarification(one.id(), one.question(), one.due(), answered.reply()) : one)
				.toList(), this.supplements);
			case NeedMerged merged ->
				merged(appended(without(merged.regionalNeed()), new Merge(merged.regionalNeed(), version(), false)));
			case NeedSplit split -> split(without(split.regionalNeed()));
			case NeedDelivered delivered -> delivered(delivered);
			case NeedNotDelivered not -> with(Status.NOT_DELIVERED).delivered(not.delivery(), this.deliveredVersion)
				.with(new Answer(not.reason(), null, null));
			case NeedRedacted redacted -> redacted();
		};
	}

	private Need delivered(NeedDelivered event) {
		int version = merge(event.regionalNeed()).map(Merge::version).orElse(version());
		// A withdrawn need stays withdrawn, whatever it is delivered with.
		return with((this.status == Status.WITHDRAWN) ? Status.WITHDRAWN : Status.DELIVERED)
			.merged(appended(without(event.regionalNeed()), new Merge(event.regionalNeed(), version, true)))
			.delivered(event.delivery(), version);
	}

	/** Undone after delivery, it is to be answered again unless another merge stands. */
	private Need split(List<Merge> left) {
		boolean undone = this.status == Status.DELIVERED && left.stream().noneMatch(Merge::delivered);
		return (undone ? with(Status.SUBMITTED) : this).merged(left);
	}

	private List<Merge> without(RegionalNeedId regionalNeed) {
		return this.merges.stream().filter((merge) -> !merge.regionalNeed().equals(regionalNeed)).toList();
	}

	private Need with(Status next) {
		return new Need(next, this.cycle, this.area, this.rss, this.municipalities, this.origin, this.versions,
				this.clarifications, this.supplements, this.merges, this.delivery, this.deliveredVersion, this.answer);
	}

	private Need with(Origin changed) {
		return new Need(this.status, this.cycle, this.area, this.rss, this.municipalities, changed, this.versions,
				this.clarifications, this.supplements, this.merges, this.delivery, this.deliveredVersion, this.answer);
	}

	private Need with(@Nullable Answer given) {
		return new Need(this.status, this.cycle, this.area, this.rss, this.municipalities, this.origin, this.versions,
				this.clarifications, this.supplements, this.merges, this.delivery, this.deliveredVersion, given);
	}

	private Need placed(@Nullable CycleId in, String list, OrganisationId asker) {
		return new Need(this.status, in, list, asker, this.municipalities, this.origin, this.versions,
				this.clarifications, this.supplements, this.merges, this.delivery, this.deliveredVersion, this.answer);
	}

	private Need revised(Version version) {
		return new Need(this.status, this.cycle, this.area, this.rss, version.municipalities(), this.origin,
				appended(this.versions, version), this.clarifications, this.supplements, this.merges, this.delivery,
				this.deliveredVersion, this.answer);
	}

	private Need texts(List<Clarification> asked, List<String> added) {
		return new Need(this.status, this.cycle, this.area, this.rss, this.municipalities, this.origin, this.versions,
				asked, added, this.merges, this.delivery, this.deliveredVersion, this.answer);
	}

	private Need merged(List<Merge> now) {
		return new Need(this.status, this.cycle, this.area, this.rss, this.municipalities, this.origin, this.versions,
				this.clarifications, this.supplements, now, this.delivery, this.deliveredVersion, this.answer);
	}

	private Need delivered(int number, int version) {
		return new Need(this.status, this.cycle, this.area, this.rss, this.municipalities, this.origin, this.versions,
				this.clarifications, this.supplements, this.merges, number, version, this.answer);
	}

	private Need redacted() {
		return new Need(this.status, this.cycle, this.area, this.rss, this.municipalities, this.origin.redacted(),
				this.versions.stream()
					.map((one) -> new Version(one.wording().redacted(), one.municipalities()))
					.toList(),
				this.clarifications.stream()
					.map((one) -> new Clarification(one.id(), Wording.REDACTED, one.due(), blank(one.reply())))
					.toList(),
				this.supplements.stream().map((one) -> Wording.REDACTED).toList(), this.merges, this.delivery,
				this.deliveredVersion, (this.answer != null)
						? new Answer(Wording.REDACTED, this.answer.because(), blank(this.answer.support())) : null);
	}

	private static @Nullable String blank(@Nullable String text) {
		return (text != null) ? Wording.REDACTED : null;
	}

	static <T> List<T> appended(List<T> list, T one) {
		return Stream.concat(list.stream(), Stream.of(one)).toList();
	}

}
