package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.FeedbackEvent.Decision;

/**
 * The bulk files of what is published: one for each kind. A column is a component of its
 * row, and means the same in every file where its name stands; the files, their schemas
 * and their descriptions follow from the records, the words from the messages
 * {@code open-data.<file>} and {@code open-column.<column>}. A column may be added; one
 * that is taken away or means something else is a new version of the address.
 */
enum OpenData {

	/** Cycles that have opened. */
	CYCLES(Cycle.class),

	/** Municipalities' needs that a published national need rests on. */
	NEEDS(Need.class),

	/** National needs: ranked in a closed round, or answered in screening. */
	NATIONAL_NEEDS(NationalNeed.class),

	/** Places in closed national rounds. */
	RANKINGS(Ranked.class),

	/** What agencies have told those who asked. */
	FEEDBACK(Feedback.class);

	private final Class<? extends Record> row;

	OpenData(Class<? extends Record> row) {
		this.row = row;
	}

	/** The name of its files, without ending. */
	String file() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** What one row holds. */
	Class<? extends Record> row() {
		return this.row;
	}

	/** How a cycle stands. */
	enum Status {

		/** It runs. */
		OPEN,
		/** Every need has its answer. */
		FINISHED,
		/** It was stopped. */
		CANCELLED

	}

	/** What was told. */
	enum Told {

		/** Whether and how the need is met. */
		DECIDED,
		/** How it goes. */
		PROGRESSED,
		/** Support was delivered. */
		DELIVERED

	}

	/** A row of the cycles. */
	record Cycle(String cycle, String area, String areaName, String title, String why, Status status, Instant opened,
			@Nullable Instant ended, @Nullable LocalDate lastDayToAnswer, @Nullable LocalDate lastDayToDeliver,
			@Nullable LocalDate lastDayToScreen, @Nullable LocalDate lastDayToRank,
			@Nullable LocalDate lastDayToFeedBack, String vocabularyVersion) {
	}

	/** A row of the needs. */
	record Need(String need, @Nullable String cycle, String title, List<String> targetGroups, String needType,
			String situation, String question, String consequence, List<String> supportWanted,
			List<String> municipalities, List<String> nationalNeeds) {
	}

	/** A row of the national needs. */
	record NationalNeed(String nationalNeed, @Nullable String cycle, String title, List<String> targetGroups,
			String needType, String situation, String question, String consequence, List<String> supportWanted,
			int municipalityCount, @Nullable Verdict verdict, @Nullable String verdictReason,
			@Nullable String verdictBy, @Nullable String support, @Nullable String round, @Nullable Integer rank,
			@Nullable String agency) {
	}

	/** A row of the rankings. */
	record Ranked(String round, @Nullable String cycle, String roundTitle, @Nullable String corrects, String method,
			int ballots, boolean provisional, Instant closed, String packageHash, int rank, String nationalNeed,
			String title, String score) {
	}

	/** A row of the feedback. */
	record Feedback(String nationalNeed, @Nullable String cycle, int number, Told told, Instant at, String agency,
			@Nullable Decision decision, @Nullable String text, @Nullable LocalDate expected, @Nullable String support,
			@Nullable String supportKind, @Nullable String link, @Nullable String record) {
	}

}
