package se.lokalabehov.reportcatalogue.search;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.NeedEvent.NeedDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedConfirmed;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedNotDelivered;
import se.lokalabehov.contracts.NeedEvent.NeedRecorded;
import se.lokalabehov.contracts.NeedEvent.NeedRedacted;
import se.lokalabehov.contracts.NeedEvent.NeedRevised;
import se.lokalabehov.contracts.NeedEvent.NeedSplit;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.NeedTakenUp;
import se.lokalabehov.contracts.NeedEvent.NeedTurnedBack;
import se.lokalabehov.contracts.NeedEvent.NeedWaitlisted;
import se.lokalabehov.contracts.NeedEvent.NeedWithdrawn;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedChanged;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDelivered;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDissolved;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedRedacted;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Envelope;

/**
 * What can be found of a need, a municipality's or a regional one, and by whom.
 *
 * @param found which of the two
 * @param cycle its cycle, if any
 * @param area its area; none for a regional need
 * @param rss who asked, and sees it
 * @param municipalities who stand behind it
 * @param wording the words as they stand; none when it was withdrawn, dissolved or
 * blanked
 * @param version of the words, from 1
 * @param deliveredVersion the version that SKR has got, 0 when none
 * @param status where it stands
 * @param merges the regional needs that a municipality's need is part of
 * @param changed when the words were last changed
 */
record NeedText(Found found, @Nullable CycleId cycle, @Nullable String area, OrganisationId rss,
		List<OrganisationId> municipalities, @Nullable Wording wording, int version, int deliveredVersion,
		Status status, List<Merge> merges, Instant changed) {

	/** Where a need stands. */
	enum Status {

		/** Nobody has dealt with it. */
		OPEN,
		/** It was answered: turned back or not delivered. */
		ANSWERED,
		/** It waits for another cycle. */
		WAITING,
		/** It is delivered. */
		DELIVERED

	}

	/** Part of a regional need, with the words that it had then. */
	record Merge(String regionalNeed, int version) {
	}

	static NeedText after(@Nullable NeedText before, Envelope<NeedEvent> told) {
		return switch (told.event()) {
			case NeedSubmitted one -> new NeedText(Found.NEEDS, one.cycle(), one.area(), one.rss(),
					one.municipalities(), one.wording(), 1, 0, Status.OPEN, List.of(), told.time());
			case NeedRecorded one -> new NeedText(Found.NEEDS, one.cycle(), one.area(), one.rss(), one.municipalities(),
					one.wording(), 1, 0, Status.OPEN, List.of(), told.time());
			case RegionalNeedFormed one -> new NeedText(Found.REGIONAL_NEEDS, one.cycle(), null, one.rss(),
					behind(one.members()), one.wording(), 1, 0, Status.OPEN, List.of(), told.time());
			default ->
				Objects.requireNonNull(before, "a need begins with being submitted, recorded or formed").then(told);
		};
	}

	private NeedText then(Envelope<NeedEvent> told) {
		return switch (told.event()) {
			case NeedRevised one -> said(one.wording(), one.version(), one.municipalities(), told.time());
			case RegionalNeedChanged one -> said(one.wording(), one.version(), behind(one.members()), told.time());
			case NeedConfirmed one -> in(Status.OPEN);
			case NeedTurnedBack one -> in(Status.ANSWERED);
			case NeedNotDelivered one -> in(Status.ANSWERED);
			case NeedWaitlisted one ->
				placed(this.cycle, one.area(), this.rss, this.deliveredVersion).in(Status.WAITING);
			case NeedTakenUp one ->
				placed(one.cycle(), this.area, one.rss(), one.cycle().equals(this.cycle) ? this.deliveredVersion : 0)
					.in(Status.OPEN);
			case NeedMerged one -> with(
					Stream
						.concat(without(one.regionalNeed().value()),
								Stream.of(new Merge(one.regionalNeed().value(), this.version)))
						.toList());
			case NeedSplit one -> {
				List<Merge> left = without(one.regionalNeed().value()).toList();
				yield ((this.status == Status.DELIVERED && left.isEmpty()) ? in(Status.OPEN) : this).with(left);
			}
			case NeedDelivered one -> delivered(this.merges.stream()
				.filter((merge) -> merge.regionalNeed().equals(one.regionalNeed().value()))
				.map(Merge::version)
				.findFirst()
				.orElse(this.version));
			case RegionalNeedDelivered one -> delivered(one.version());
			case NeedWithdrawn one -> gone();
			case NeedRedacted one -> gone();
			case RegionalNeedDissolved one -> gone();
			case RegionalNeedRedacted one -> gone();
			default -> this;
		};
	}

	private static List<OrganisationId> behind(List<Member> members) {
		return members.stream().flatMap((member) -> member.municipalities().stream()).distinct().toList();
	}

	private Stream<Merge> without(String regionalNeed) {
		return this.merges.stream().filter((merge) -> !merge.regionalNeed().equals(regionalNeed));
	}

	/** What was withdrawn or blanked says nothing again. */
	private NeedText said(Wording words, int number, List<OrganisationId> by, Instant at) {
		return new NeedText(this.found, this.cycle, this.area, this.rss, by, (this.wording != null) ? words : null,
				number, this.deliveredVersion, this.status, this.merges, at);
	}

	private NeedText gone() {
		return new NeedText(this.found, this.cycle, this.area, this.rss, this.municipalities, null, this.version,
				this.deliveredVersion, this.status, this.merges, this.changed);
	}

	private NeedText in(Status next) {
		return new NeedText(this.found, this.cycle, this.area, this.rss, this.municipalities, this.wording,
				this.version, this.deliveredVersion, next, this.merges, this.changed);
	}

	private NeedText delivered(int number) {
		return placed(this.cycle, this.area, this.rss, number).in(Status.DELIVERED);
	}

	private NeedText placed(@Nullable CycleId in, @Nullable String list, OrganisationId asker, int delivered) {
		return new NeedText(this.found, in, list, asker, this.municipalities, this.wording, this.version, delivered,
				this.status, this.merges, this.changed);
	}

	private NeedText with(List<Merge> now) {
		return new NeedText(this.found, this.cycle, this.area, this.rss, this.municipalities, this.wording,
				this.version, this.deliveredVersion, this.status, now, this.changed);
	}

	/** Whether what stands here is what SKR has got, to the letter. */
	boolean isDelivered() {
		return this.deliveredVersion == this.version;
	}

}
