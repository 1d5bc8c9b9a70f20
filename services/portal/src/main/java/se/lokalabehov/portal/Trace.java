package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The way of something through the seven moments, as one caller may see it.
 *
 * @param id what was asked for
 * @param kind what it is
 * @param title what it is called
 * @param chain what has happened, oldest first
 * @param answers what those who asked have been told, oldest first
 * @param up what it has become part of, towards the answer
 * @param down what it comes from, towards the municipalities
 */
record Trace(String id, Kind kind, String title, List<Step> chain, List<Answer> answers, List<Ref> up, List<Ref> down) {

	/**
	 * Something that happened.
	 *
	 * @param moment 1 to 7
	 * @param kind to what
	 * @param id to which
	 * @param title what that is called
	 * @param what a sentence in Swedish
	 * @param by who did it
	 * @param at when
	 */
	record Step(int moment, Kind kind, String id, String title, String what, Who by, Instant at) {
	}

	/**
	 * An organisation.
	 *
	 * @param id its code, none when it may not be named
	 * @param name its name, or "En kommun"
	 */
	record Who(@Nullable String id, String name) {
	}

	/** What sort of answer. */
	enum AnswerKind {

		/** Out of scope at intake, with the answer. */
		TURNED_BACK,
		/** Waits for another cycle or area. */
		WAITLISTED,
		/** Left out of the regional delivery. */
		NOT_DELIVERED,
		/** Answered by what exists, or solved locally, in screening. */
		SCREENED,
		/** Ranked, and not handed over. */
		BELOW_THE_LINE,
		/** The agency has decided. */
		DECIDED,
		/** How it goes; not an answer by itself. */
		PROGRESS,
		/** Support was delivered. */
		DELIVERED,
		/** The cycle was stopped. */
		CYCLE_CANCELLED

	}

	/**
	 * What somebody who asked has been told.
	 *
	 * @param need the need that it answers; the national or regional need when that was
	 * asked for
	 * @param kind what sort of answer
	 * @param text the words
	 * @param by who answers
	 * @param at when
	 * @param support the support that exists, will come or has come, by name
	 * @param link where it is
	 * @param expected when something is to be expected
	 */
	record Answer(String need, AnswerKind kind, String text, Who by, Instant at, @Nullable String support,
			@Nullable String link, @Nullable LocalDate expected) {
	}

	/**
	 * Something that is linked to what was asked for.
	 *
	 * @param kind what it is
	 * @param id which; none when it is only counted
	 * @param title what it is called; none when it is only counted
	 * @param what a sentence in Swedish
	 * @param rank its rank, in a closed round
	 * @param count how many, when it is only counted
	 */
	record Ref(Kind kind, @Nullable String id, @Nullable String title, String what, @Nullable Integer rank,
			@Nullable Integer count) {

		static Ref to(Node node, String what) {
			return new Ref(node.kind(), node.id(), node.title(), what, null, null);
		}

		static Ref counted(Kind kind, int count, String what) {
			return new Ref(kind, null, null, what, null, count);
		}

	}

	/**
	 * Where one need is now.
	 *
	 * @param id the need
	 * @param title what it is called
	 * @param municipalities who stand behind it
	 * @param cycle the cycle that it is in
	 * @param moment how far it has come, 3 to 7
	 * @param now where it is, a sentence in Swedish
	 * @param answered whether those who asked have an answer, or took it back
	 * @param answers what they have been told, oldest first
	 * @param href the whole trace
	 */
	record Standing(String id, String title, List<Who> municipalities, @Nullable String cycle, int moment, String now,
			boolean answered, List<Answer> answers, String href) {
	}

}
