package se.lokalabehov.contracts;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moment 6, hand over: a ranked need given to one lead agency, until it has confirmed.
 */
public sealed interface HandOffEvent {

	/**
	 * Handed over.
	 *
	 * @param cycle in which cycle
	 * @param round the round that ranked it
	 * @param rank its rank there
	 * @param wording the words, as ranked
	 * @param sources whole provenance
	 * @param agency the lead agency
	 * @param contributors other agencies
	 * @param due last day to confirm
	 */
	@WireName("need-handed-over.v1")
	record NeedHandedOver(CycleId cycle, RoundId round, int rank, Wording wording, List<Source> sources,
			OrganisationId agency, List<OrganisationId> contributors,
			LocalDate due) implements HandOffEvent, FreeText<NeedHandedOver> {

		@Override
		public NeedHandedOver redacted() {
			return new NeedHandedOver(this.cycle, this.round, this.rank, this.wording.redacted(), this.sources,
					this.agency, this.contributors, this.due);
		}

	}

	/**
	 * The agency confirmed that it has received it.
	 *
	 * @param registration the agency's registration number (diarienummer)
	 */
	@WireName("need-received.v1")
	record NeedReceived(@Nullable String registration) implements HandOffEvent {
	}

	/**
	 * The agency gave it back: SKR hands it to another.
	 *
	 * @param reason why
	 */
	@WireName("need-returned.v1")
	record NeedReturned(String reason) implements HandOffEvent, FreeText<NeedReturned> {

		@Override
		public NeedReturned redacted() {
			return new NeedReturned(Wording.REDACTED);
		}

	}

	/**
	 * Ranked, but below the line: an answer, with the reason (domain rule 3).
	 *
	 * @param cycle in which cycle
	 * @param round the round that ranked it
	 * @param rank its rank there
	 * @param sources whole provenance
	 * @param reason what the municipalities read
	 */
	@WireName("need-not-handed-over.v1")
	record NeedNotHandedOver(CycleId cycle, RoundId round, int rank, List<Source> sources,
			String reason) implements HandOffEvent, FreeText<NeedNotHandedOver> {

		@Override
		public NeedNotHandedOver redacted() {
			return new NeedNotHandedOver(this.cycle, this.round, this.rank, this.sources, Wording.REDACTED);
		}

	}

	/**
	 * The texts were blanked (domain rule 8).
	 *
	 * @param reason why, without repeating what stood there
	 */
	@WireName("hand-off-redacted.v1")
	record HandOffRedacted(String reason) implements HandOffEvent, Redaction {
	}

}
