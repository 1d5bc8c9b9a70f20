package se.lokalabehov.contracts;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moment 3, answer: the life of a municipality's need ({@link OfNeed}) and of the
 * regional need that an RSS forms of it ({@link OfRegionalNeed}).
 */
public sealed interface NeedEvent {

	/** What happens to a municipality's own need. */
	sealed interface OfNeed extends NeedEvent {

	}

	/** What happens to a regional need. */
	sealed interface OfRegionalNeed extends NeedEvent {

	}

	/** Why a need was turned back at intake (domain rule 11). */
	enum TurnedBackBecause {

		/** A course or support that exists covers it. */
		EXISTS,
		/** It is solved locally. */
		LOCAL,
		/** It is not about knowledge that is missing. */
		OUT_OF_SCOPE

	}

	/**
	 * Submitted by the municipality's approver. Never edited by anyone else (domain rule
	 * 1).
	 *
	 * @param cycle the cycle that it answers; none when it goes straight to the waiting
	 * list
	 * @param area area code
	 * @param municipalities who stand behind it, the first is the one that wrote it
	 * @param rss who may see and merge it
	 * @param wording the words, version 1
	 * @param unit the administration or district board, as the municipality writes it
	 * @param namesMunicipalities whether the municipality may be named when published
	 * @param reconsiders the answered need that is taken up again (domain rule 16)
	 * @param newInformation what is new since then
	 * @param late whether it came after the last day
	 */
	@WireName("need-submitted.v1")
	record NeedSubmitted(@Nullable CycleId cycle, String area, List<OrganisationId> municipalities, OrganisationId rss,
			Wording wording, @Nullable String unit, boolean namesMunicipalities, @Nullable NeedId reconsiders,
			@Nullable String newInformation, boolean late) implements OfNeed, FreeText<NeedSubmitted> {

		@Override
		public NeedSubmitted redacted() {
			return new NeedSubmitted(this.cycle, this.area, this.municipalities, this.rss, this.wording.redacted(),
					(this.unit != null) ? Wording.REDACTED : null, this.namesMunicipalities, this.reconsiders,
					(this.newInformation != null) ? Wording.REDACTED : null, this.late);
		}

	}

	/**
	 * Recorded by an RSS for a municipality; not the municipality's own until confirmed.
	 *
	 * @param cycle the cycle
	 * @param area area code
	 * @param municipalities for whom, the first confirms
	 * @param rss who recorded it
	 * @param wording the words, version 1
	 * @param occasion where it was said, for example a network meeting
	 */
	@WireName("need-recorded.v1")
	record NeedRecorded(CycleId cycle, String area, List<OrganisationId> municipalities, OrganisationId rss,
			Wording wording, String occasion) implements OfNeed, FreeText<NeedRecorded> {

		@Override
		public NeedRecorded redacted() {
			return new NeedRecorded(this.cycle, this.area, this.municipalities, this.rss, this.wording.redacted(),
					Wording.REDACTED);
		}

	}

	/**
	 * The municipality made a recorded need its own.
	 *
	 * @param namesMunicipalities whether it may be named when published
	 */
	@WireName("need-confirmed.v1")
	record NeedConfirmed(boolean namesMunicipalities) implements OfNeed {
	}

	/**
	 * A new version of the words.
	 *
	 * @param version from 2
	 * @param wording the words
	 * @param municipalities who stand behind it now
	 */
	@WireName("need-revised.v1")
	record NeedRevised(int version, Wording wording,
			List<OrganisationId> municipalities) implements OfNeed, FreeText<NeedRevised> {

		@Override
		public NeedRevised redacted() {
			return new NeedRevised(this.version, this.wording.redacted(), this.municipalities);
		}

	}

	/**
	 * Withdrawn by its municipality: a mark, never removal.
	 *
	 * @param reason why
	 */
	@WireName("need-withdrawn.v1")
	record NeedWithdrawn(String reason) implements OfNeed, FreeText<NeedWithdrawn> {

		@Override
		public NeedWithdrawn redacted() {
			return new NeedWithdrawn(Wording.REDACTED);
		}

	}

	/**
	 * Added to after delivery, when the words can no longer be revised.
	 *
	 * @param text the supplement
	 */
	@WireName("need-supplemented.v1")
	record NeedSupplemented(String text) implements OfNeed, FreeText<NeedSupplemented> {

		@Override
		public NeedSupplemented redacted() {
			return new NeedSupplemented(Wording.REDACTED);
		}

	}

	/**
	 * Out of scope: turned back, with the answer.
	 *
	 * @param because why
	 * @param answer what the municipality reads
	 * @param support the support that exists, by name
	 */
	@WireName("need-turned-back.v1")
	record NeedTurnedBack(TurnedBackBecause because, String answer,
			@Nullable String support) implements OfNeed, FreeText<NeedTurnedBack> {

		@Override
		public NeedTurnedBack redacted() {
			return new NeedTurnedBack(this.because, Wording.REDACTED, (this.support != null) ? Wording.REDACTED : null);
		}

	}

	/**
	 * Belongs to another area, or came too late: waits.
	 *
	 * @param area the area on whose waiting list it stands
	 * @param answer what the municipality reads
	 */
	@WireName("need-waitlisted.v1")
	record NeedWaitlisted(String area, String answer) implements OfNeed, FreeText<NeedWaitlisted> {

		@Override
		public NeedWaitlisted redacted() {
			return new NeedWaitlisted(this.area, Wording.REDACTED);
		}

	}

	/**
	 * Taken from the waiting list into a cycle.
	 *
	 * @param cycle which
	 * @param rss who asks the municipality in that cycle: membership may have changed
	 * while the need waited
	 */
	@WireName("need-taken-up.v1")
	record NeedTakenUp(CycleId cycle, OrganisationId rss) implements OfNeed {
	}

	/**
	 * The author was asked something.
	 *
	 * @param clarification which
	 * @param question the question
	 * @param due last day to reply
	 */
	@WireName("clarification-asked.v1")
	record ClarificationAsked(ClarificationId clarification, String question,
			LocalDate due) implements OfNeed, FreeText<ClarificationAsked> {

		@Override
		public ClarificationAsked redacted() {
			return new ClarificationAsked(this.clarification, Wording.REDACTED, this.due);
		}

	}

	/**
	 * The author replied.
	 *
	 * @param clarification to which
	 * @param reply the words
	 */
	@WireName("clarification-answered.v1")
	record ClarificationAnswered(ClarificationId clarification,
			String reply) implements OfNeed, FreeText<ClarificationAnswered> {

		@Override
		public ClarificationAnswered redacted() {
			return new ClarificationAnswered(this.clarification, Wording.REDACTED);
		}

	}

	/**
	 * Claimed by a regional need; a need may be part of several.
	 *
	 * @param regionalNeed which
	 */
	@WireName("need-merged.v1")
	record NeedMerged(RegionalNeedId regionalNeed) implements OfNeed {
	}

	/**
	 * Released by a regional need.
	 *
	 * @param regionalNeed which
	 * @param reason why
	 */
	@WireName("need-split.v1")
	record NeedSplit(RegionalNeedId regionalNeed, String reason) implements OfNeed, FreeText<NeedSplit> {

		@Override
		public NeedSplit redacted() {
			return new NeedSplit(this.regionalNeed, Wording.REDACTED);
		}

	}

	/**
	 * Delivered to SKR as part of a regional need.
	 *
	 * @param regionalNeed which
	 * @param delivery the number of the delivery
	 */
	@WireName("need-delivered.v1")
	record NeedDelivered(RegionalNeedId regionalNeed, int delivery) implements OfNeed {
	}

	/**
	 * Left out of the delivery: an answer, with the reason (domain rule 3).
	 *
	 * @param delivery the number of the delivery
	 * @param reason what the municipality reads
	 */
	@WireName("need-not-delivered.v1")
	record NeedNotDelivered(int delivery, String reason) implements OfNeed, FreeText<NeedNotDelivered> {

		@Override
		public NeedNotDelivered redacted() {
			return new NeedNotDelivered(this.delivery, Wording.REDACTED);
		}

	}

	/**
	 * The texts were blanked in every version (domain rule 8).
	 *
	 * @param reason why, without repeating what stood there
	 */
	@WireName("need-redacted.v1")
	record NeedRedacted(String reason) implements OfNeed, Redaction {
	}

	/**
	 * Formed by an RSS from needs that ask the same.
	 *
	 * @param cycle in which cycle
	 * @param rss by whom
	 * @param wording the words, version 1
	 * @param members the needs behind it, at least one
	 */
	@WireName("regional-need-formed.v1")
	record RegionalNeedFormed(CycleId cycle, OrganisationId rss, Wording wording,
			List<Member> members) implements OfRegionalNeed, FreeText<RegionalNeedFormed> {

		@Override
		public RegionalNeedFormed redacted() {
			return new RegionalNeedFormed(this.cycle, this.rss, this.wording.redacted(), this.members);
		}

	}

	/**
	 * Other words or other members, before delivery.
	 *
	 * @param version from 2
	 * @param wording the words
	 * @param members the needs behind it
	 */
	@WireName("regional-need-changed.v1")
	record RegionalNeedChanged(int version, Wording wording,
			List<Member> members) implements OfRegionalNeed, FreeText<RegionalNeedChanged> {

		@Override
		public RegionalNeedChanged redacted() {
			return new RegionalNeedChanged(this.version, this.wording.redacted(), this.members);
		}

	}

	/**
	 * Split again: all its needs are free.
	 *
	 * @param reason why
	 */
	@WireName("regional-need-dissolved.v1")
	record RegionalNeedDissolved(String reason) implements OfRegionalNeed, FreeText<RegionalNeedDissolved> {

		@Override
		public RegionalNeedDissolved redacted() {
			return new RegionalNeedDissolved(Wording.REDACTED);
		}

	}

	/**
	 * Delivered to SKR.
	 *
	 * @param version the delivered version
	 * @param delivery the number of the delivery
	 */
	@WireName("regional-need-delivered.v1")
	record RegionalNeedDelivered(int version, int delivery) implements OfRegionalNeed {
	}

	/**
	 * The RSS asks SKR to undo a merge that is delivered.
	 *
	 * @param reason why
	 */
	@WireName("undoing-requested.v1")
	record UndoingRequested(String reason) implements OfRegionalNeed, FreeText<UndoingRequested> {

		@Override
		public UndoingRequested redacted() {
			return new UndoingRequested(Wording.REDACTED);
		}

	}

	/**
	 * The texts were blanked in every version (domain rule 8).
	 *
	 * @param reason why, without repeating what stood there
	 */
	@WireName("regional-need-redacted.v1")
	record RegionalNeedRedacted(String reason) implements OfRegionalNeed, Redaction {
	}

}
