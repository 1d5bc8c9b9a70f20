package se.lokalabehov.portal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.FeedbackEvent.AnswerFollowedUp;
import se.lokalabehov.contracts.FeedbackEvent.Question;

/**
 * What is counted of some needs: how many reached which stage, how long each moment took,
 * who has been heard, what follow-ups say. Figures of different needs add up to the
 * figures of all of them, medians included, as lead times are kept as so many cases of so
 * many days.
 */
final class Figures {

	/** So many of those who have waited longest are kept. */
	private static final int LONGEST = 5;

	private final Map<Stage, Integer> reached = new EnumMap<>(Stage.class);

	private final Map<Lead, Days> took = new EnumMap<>(Lead.class);

	private final Map<Lead, Days> waits = new EnumMap<>(Lead.class);

	private final Map<String, Heard> coverage = new TreeMap<>();

	private final Map<Question, Grades> grades = new EnumMap<>(Question.class);

	private final List<Waiting> longest = new ArrayList<>();

	private int followUps;

	/**
	 * How long something takes, from one stage to another; the first, from the asking of
	 * a region to a municipality's answer, is of municipalities and not of needs.
	 */
	enum Lead {

		ANSWER(2, null, null), COLLECT(3, Stage.SUBMITTED, Stage.DELIVERED),
		COMPILE(4, Stage.DELIVERED, Stage.SCREENED), RANK(5, Stage.SCREENED, Stage.RANKED),
		RECEIVE(6, Stage.RANKED, Stage.RECEIVED), DECIDE(7, Stage.RECEIVED, Stage.ANSWERED),
		WHOLE(7, Stage.SUBMITTED, Stage.ANSWERED);

		private final int moment;

		private final @Nullable Stage from;

		private final @Nullable Stage to;

		Lead(int moment, @Nullable Stage from, @Nullable Stage to) {
			this.moment = moment;
			this.from = from;
			this.to = to;
		}

		int moment() {
			return this.moment;
		}

	}

	/** Whether a municipality has been heard, the best first. */
	enum State {

		/** It has submitted needs. */
		NEEDS,
		/** It has answered that it has none. */
		NO_NEEDS,
		/** It has been asked. */
		NOT_YET,
		/** Its region has not asked, or is in no cycle. */
		NOT_ASKED

	}

	/** What anybody may know of that, the best first. */
	enum Known {

		/** It has answered, and its region has delivered. */
		HEARD,
		/** Its region has delivered, and it has not answered. */
		SILENT,
		/** Its region collects answers. */
		OPEN,
		/** Its region has not asked, or is in no cycle. */
		NOT_ASKED

	}

	/**
	 * A municipality.
	 *
	 * @param needs how many it stands behind
	 * @param known what is told to everybody
	 */
	record Heard(State state, int needs, Known known) {

		static final Heard NOTHING = new Heard(State.NOT_ASKED, 0, Known.NOT_ASKED);

		/**
		 * @param over whether its region has delivered
		 */
		static Heard of(State state, int needs, boolean over) {
			boolean heard = state == State.NEEDS || state == State.NO_NEEDS;
			return new Heard(state, needs, (state == State.NOT_ASKED) ? Known.NOT_ASKED
					: !over ? Known.OPEN : heard ? Known.HEARD : Known.SILENT);
		}

		private Heard and(Heard other) {
			return new Heard((this.state.compareTo(other.state) < 0) ? this.state : other.state,
					this.needs + other.needs, (this.known.compareTo(other.known) < 0) ? this.known : other.known);
		}

	}

	/** A need that has waited since. */
	record Waiting(String need, Instant since) {
	}

	/**
	 * Cases by how many whole days they took.
	 */
	static final class Days {

		private final NavigableMap<Integer, Integer> cases = new TreeMap<>();

		private void add(Instant from, Instant to) {
			this.cases.merge((int) Math.max(0, Duration.between(from, to).toDays()), 1, Integer::sum);
		}

		private void add(Days other) {
			other.cases.forEach((days, count) -> this.cases.merge(days, count, Integer::sum));
		}

		int count() {
			return this.cases.values().stream().mapToInt(Integer::intValue).sum();
		}

		/** The day by which half of them were through; the lower of two middle ones. */
		int median() {
			int half = (count() + 1) / 2;
			int sum = 0;
			for (Map.Entry<Integer, Integer> one : this.cases.entrySet()) {
				sum += one.getValue();
				if (sum >= half) {
					return one.getKey();
				}
			}
			return 0;
		}

		int longest() {
			return this.cases.isEmpty() ? 0 : this.cases.lastKey();
		}

	}

	/**
	 * How many gave which grade.
	 */
	static final class Grades {

		private final int[] given = new int[4];

		private void add(int grade) {
			this.given[grade - 1]++;
		}

		private void add(Grades other) {
			for (int i = 0; i < this.given.length; i++) {
				this.given[i] += other.given[i];
			}
		}

		/** How many gave it, 1 to 4. */
		int of(int grade) {
			return this.given[grade - 1];
		}

		int count() {
			return this.given[0] + this.given[1] + this.given[2] + this.given[3];
		}

	}

	/** A need, with everything that it has reached. */
	void need(String id, Map<Stage, Instant> at, Instant now) {
		at.keySet().forEach((stage) -> this.reached.merge(stage, 1, Integer::sum));
		boolean ended = at.containsKey(Stage.ANSWERED) || at.containsKey(Stage.WITHDRAWN);
		for (Lead lead : Lead.values()) {
			@Nullable Instant from = (lead.from != null) ? at.get(lead.from) : null;
			@Nullable Instant to = (lead.to != null) ? at.get(lead.to) : null;
			if (from != null && to != null) {
				days(this.took, lead).add(from, to);
			}
			else if (from != null && !ended) {
				days(this.waits, lead).add(from, now);
			}
		}
		@Nullable Instant submitted = at.get(Stage.SUBMITTED);
		if (submitted != null && !ended) {
			waiting(List.of(new Waiting(id, submitted)));
		}
	}

	private static Days days(Map<Lead, Days> of, Lead lead) {
		return of.computeIfAbsent(lead, (one) -> new Days());
	}

	private void waiting(List<Waiting> more) {
		this.longest.addAll(more);
		this.longest.sort(Comparator.comparing(Waiting::since).thenComparing(Waiting::need));
		while (this.longest.size() > LONGEST) {
			this.longest.removeLast();
		}
	}

	/**
	 * A municipality.
	 * @param asked when it was asked, none when it was not
	 * @param answered when it first answered, if it has
	 */
	void municipality(String code, Heard heard, @Nullable Instant asked, @Nullable Instant answered, Instant now) {
		this.coverage.merge(code, heard, Heard::and);
		if (asked != null && answered != null) {
			days(this.took, Lead.ANSWER).add(asked, answered);
		}
		else if (asked != null && heard.known() == Known.OPEN) {
			days(this.waits, Lead.ANSWER).add(asked, now);
		}
	}

	/** What a municipality said of an answer. */
	void followUp(AnswerFollowedUp said) {
		this.followUps++;
		said.grades()
			.forEach((question, grade) -> this.grades.computeIfAbsent(question, (one) -> new Grades()).add(grade));
	}

	/** The figures of all of them together. */
	static Figures sum(Collection<Figures> all) {
		Figures sum = new Figures();
		all.forEach((one) -> {
			one.reached.forEach((stage, count) -> sum.reached.merge(stage, count, Integer::sum));
			one.took.forEach((lead, days) -> days(sum.took, lead).add(days));
			one.waits.forEach((lead, days) -> days(sum.waits, lead).add(days));
			one.coverage.forEach((code, heard) -> sum.coverage.merge(code, heard, Heard::and));
			one.grades.forEach(
					(question, grades) -> sum.grades.computeIfAbsent(question, (same) -> new Grades()).add(grades));
			sum.followUps += one.followUps;
			sum.waiting(one.longest);
		});
		return sum;
	}

	int reached(Stage stage) {
		return this.reached.getOrDefault(stage, 0);
	}

	/** The cases that are done. */
	Days took(Lead lead) {
		return this.took.getOrDefault(lead, new Days());
	}

	/** The cases that wait. */
	Days waits(Lead lead) {
		return this.waits.getOrDefault(lead, new Days());
	}

	Grades grades(Question question) {
		return this.grades.getOrDefault(question, new Grades());
	}

	int followUps() {
		return this.followUps;
	}

	/** Of a municipality; in no cycle when nothing is known. */
	Heard heard(String municipality) {
		return this.coverage.getOrDefault(municipality, Heard.NOTHING);
	}

	/** How many municipalities there are here in these states. */
	long municipalities(State... states) {
		List<State> wanted = List.of(states);
		return this.coverage.values().stream().filter((one) -> wanted.contains(one.state())).count();
	}

	/** How many of them everybody knows to have been heard. */
	long knownToBeHeard() {
		return this.coverage.values().stream().filter((one) -> one.known() == Known.HEARD).count();
	}

	/** How many municipalities there are here. */
	int municipalities() {
		return this.coverage.size();
	}

	/** Who has waited longest, longest first; a handful. */
	List<Waiting> longest() {
		return List.copyOf(this.longest);
	}

}
