package se.lokalabehov.contracts;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Moment 7, feed back: whether and how a need is met ({@link OfFeedback}), and whether
 * the answer was of use ({@link OfFollowUp}).
 */
public sealed interface FeedbackEvent {

	/** What is told of a national need. Key: national need. */
	sealed interface OfFeedback extends FeedbackEvent {

	}

	/** What a municipality says of an answer. Key: follow-up. */
	sealed interface OfFollowUp extends FeedbackEvent {

	}

	/** What an agency decides of a need. */
	enum Decision {

		/** New support will be made. */
		NEW_SUPPORT,
		/** Support that exists will be adapted. */
		ADAPT_EXISTING,
		/** What exists answers it. */
		EXISTING_SUFFICES,
		/** Research is missing. */
		RESEARCH_GAP,
		/** Not taken up. */
		DECLINED

	}

	/** What a follow-up asks (four grades each, 1 low to 4 high). */
	enum Question {

		/** Did it answer the question? */
		RELEVANCE,
		/** Did it come in time? */
		TIMELINESS,
		/** Has it been used? */
		USE,
		/** Has it made a difference to those concerned? */
		DIFFERENCE

	}

	/**
	 * Whether and how the need will be handled, told to every municipality behind it. A
	 * later one replaces an earlier one visibly (domain rule 6).
	 *
	 * @param cycle in which cycle
	 * @param agency who decided
	 * @param decision the decision
	 * @param why in words that a municipality reads
	 * @param expected when something is to be expected
	 * @param support the support that exists or will come, by name
	 * @param registration the agency's registration number (diarienummer)
	 * @param sources who had asked, whole provenance
	 * @param follows the event that it follows from by itself (topic's short name, slash,
	 * event id), for example {@code 4-compilation/national-1a2b.3}; none when the agency
	 * decided
	 */
	@WireName("feedback-decided.v1")
	record FeedbackDecided(CycleId cycle, OrganisationId agency, Decision decision, String why,
			@Nullable LocalDate expected, @Nullable String support, @Nullable String registration, List<Source> sources,
			@Nullable String follows) implements OfFeedback, FreeText<FeedbackDecided> {

		/** Decided by the agency itself. */
		public FeedbackDecided(CycleId cycle, OrganisationId agency, Decision decision, String why,
				@Nullable LocalDate expected, @Nullable String support, @Nullable String registration,
				List<Source> sources) {
			this(cycle, agency, decision, why, expected, support, registration, sources, null);
		}

		@Override
		public FeedbackDecided redacted() {
			return new FeedbackDecided(this.cycle, this.agency, this.decision, Wording.REDACTED, this.expected,
					(this.support != null) ? Wording.REDACTED : null, this.registration, this.sources, this.follows);
		}

	}

	/**
	 * How it goes.
	 *
	 * @param text in words that a municipality reads
	 * @param expected when something is to be expected now
	 */
	@WireName("feedback-progressed.v1")
	record FeedbackProgressed(String text,
			@Nullable LocalDate expected) implements OfFeedback, FreeText<FeedbackProgressed> {

		@Override
		public FeedbackProgressed redacted() {
			return new FeedbackProgressed(Wording.REDACTED, this.expected);
		}

	}

	/**
	 * Support was delivered.
	 *
	 * @param title what it is called
	 * @param kind code of the scheme {@code support-kind}
	 * @param link where it is
	 * @param record its record in the catalogue
	 */
	@WireName("support-delivered.v1")
	record SupportDelivered(String title, String kind, @Nullable String link,
			@Nullable RecordId record) implements OfFeedback, FreeText<SupportDelivered> {

		@Override
		public SupportDelivered redacted() {
			return new SupportDelivered(Wording.REDACTED, this.kind, (this.link != null) ? Wording.REDACTED : null,
					this.record);
		}

	}

	/**
	 * The texts were blanked (domain rule 8).
	 *
	 * @param reason why, without repeating what stood there
	 */
	@WireName("feedback-redacted.v1")
	record FeedbackRedacted(String reason) implements OfFeedback, Redaction {
	}

	/**
	 * A municipality said whether the answer was of use.
	 *
	 * @param nationalNeed the answered need
	 * @param need its own need
	 * @param municipality who
	 * @param grades 1 to 4 for each question
	 * @param comment may be empty
	 */
	@WireName("answer-followed-up.v1")
	record AnswerFollowedUp(NationalNeedId nationalNeed, NeedId need, OrganisationId municipality,
			Map<Question, Integer> grades, String comment) implements OfFollowUp, FreeText<AnswerFollowedUp> {

		@Override
		public AnswerFollowedUp redacted() {
			return new AnswerFollowedUp(this.nationalNeed, this.need, this.municipality, this.grades, Wording.REDACTED);
		}

	}

	/**
	 * The comment was blanked (domain rule 8).
	 *
	 * @param reason why, without repeating what stood there
	 */
	@WireName("follow-up-redacted.v1")
	record FollowUpRedacted(String reason) implements OfFollowUp, Redaction {
	}

}
