package se.lokalabehov.feedback;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedChanged;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedFormed;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.FeedbackEvent.AnswerFollowedUp;
import se.lokalabehov.contracts.FeedbackEvent.Decision;
import se.lokalabehov.contracts.FeedbackEvent.FeedbackDecided;
import se.lokalabehov.contracts.FeedbackEvent.OfFeedback;
import se.lokalabehov.contracts.FeedbackEvent.Question;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.HandOffEvent.NeedHandedOver;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Envelope;

/**
 * What the tests tell of: a national need with two regions behind it.
 */
final class Fixtures {

	static final CycleId CYCLE = new CycleId("cycle-1");

	static final String NATIONAL = "national-1";

	static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

	static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

	private Fixtures() {
	}

	static OrganisationId org(String code) {
		return new OrganisationId(code);
	}

	static Wording wording(String title) {
		return new Wording(title, List.of("VUX"), "METOD", "Så här ser det ut.", "Vad hjälper?", "", List.of());
	}

	/** A regional need with one need behind it. */
	static Source source(String rss, String need, String... municipalities) {
		return new Source(new RegionalNeedId("regional-" + rss), 1, org(rss), List.of(member(need, municipalities)));
	}

	static Member member(String need, String... municipalities) {
		return new Member(new NeedId(need), 1, Arrays.stream(municipalities).map(Fixtures::org).toList());
	}

	/** Stockholm alone; Göteborg and Mölndal together. */
	static List<Source> sources() {
		return List.of(source("RSS-01", "need-a", "0180"), source("RSS-14-GR", "need-b", "1480", "1481"));
	}

	static NationalNeedFormed formed() {
		return new NationalNeedFormed(CYCLE, wording("Stöd till anhöriga"), sources());
	}

	static NationalNeedChanged changed(String title, List<Source> sources) {
		return new NationalNeedChanged(2, wording(title), sources);
	}

	static NationalNeedScreened screened(Verdict verdict, String by, String reason) {
		return new NationalNeedScreened(verdict, reason, org(by), List.of(), LocalDate.of(2026, 3, 1),
				(verdict == Verdict.EXISTS) ? "Handboken om anhörigstöd" : null);
	}

	static NeedHandedOver handedOver(String agency, String... contributors) {
		return new NeedHandedOver(CYCLE, new RoundId("round-1"), 1, wording("Stöd till anhöriga"), sources(),
				org(agency), Arrays.stream(contributors).map(Fixtures::org).toList(), LocalDate.of(2026, 12, 1));
	}

	static FeedbackDecided decided(String agency, Decision decision, String why) {
		return new FeedbackDecided(CYCLE, org(agency), decision, why, null,
				(decision == Decision.EXISTING_SUFFICES) ? "Handboken om anhörigstöd" : null, null, sources());
	}

	static AnswerFollowedUp followedUp(String municipality, String need, int relevance, int timeliness, int use,
			int difference) {
		return new AnswerFollowedUp(new NationalNeedId(NATIONAL), new NeedId(need), org(municipality),
				Map.of(Question.RELEVANCE, relevance, Question.TIMELINESS, timeliness, Question.USE, use,
						Question.DIFFERENCE, difference),
				"");
	}

	/** The national need after these events, in sequence from 1. */
	static NationalNeedSeen nationalNeedAfter(CompilationEvent... events) {
		@Nullable NationalNeedSeen seen = null;
		for (int i = 0; i < events.length; i++) {
			seen = NationalNeedSeen.after(seen, new Envelope<>(Topics.COMPILATION, NATIONAL, i + 1, "",
					NOON.plusSeconds(i), org("SKR"), "", null, events[i]));
		}
		return Objects.requireNonNull(seen);
	}

	/** The hand-off after these events, in sequence from 1. */
	static HandOffSeen handOffAfter(HandOffEvent... events) {
		@Nullable HandOffSeen seen = null;
		for (int i = 0; i < events.length; i++) {
			seen = HandOffSeen.after(seen, new Envelope<>(Topics.HAND_OFF, NATIONAL, i + 1, "", NOON.plusSeconds(i),
					org("SKR"), "", null, events[i]));
		}
		return Objects.requireNonNull(seen);
	}

	/** The feedback after these events. */
	static Feedback feedbackAfter(OfFeedback... events) {
		@Nullable Feedback feedback = null;
		for (OfFeedback event : events) {
			feedback = Feedback.after(feedback, event);
		}
		return Objects.requireNonNull(feedback);
	}

}
