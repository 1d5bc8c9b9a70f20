package se.lokalabehov.portal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.FeedbackEvent.Question;

/**
 * Figures as one caller may read them. A number of needs tells something of who asked
 * when few are behind it. So whoever does not belong there reads it rounded to the
 * nearest five, and not at all below five: no difference between two pages gives away
 * what a third one hides.
 *
 * @param exact whether the numbers are told as they are
 * @param funnel how many reached which stage
 * @param leads how long each moment takes
 * @param grades what follow-ups say
 * @param followUps how many follow-ups there are
 * @param answered of how many answered needs
 */
record Overview(boolean exact, List<Bar> funnel, List<LeadTime> leads, List<Graded> grades, Shown followUps,
		Shown answered) {

	/** The fewest cases that are told of. */
	static final int FEWEST = 5;

	/** The stages that are shown, in order. */
	private static final List<Stage> STAGES = List.of(Stage.SUBMITTED, Stage.MERGED, Stage.DELIVERED, Stage.COMPILED,
			Stage.SCREENED, Stage.RANKED, Stage.RECEIVED, Stage.ANSWERED);

	/**
	 * A number as it is told.
	 *
	 * @param key of the message that tells it: the number itself, about that, or few
	 * @param number what stands in the message
	 */
	record Shown(String key, long number) {

		static Shown of(long number, boolean exact) {
			if (exact) {
				return new Shown("overview.number", number);
			}
			return (number < FEWEST) ? new Shown("overview.few", FEWEST)
					: new Shown("overview.about", Math.round((double) number / FEWEST) * FEWEST);
		}

		/** The number, or a bound in words that a spreadsheet takes for text. */
		String csv() {
			return switch (this.key) {
				case "overview.few" -> "färre än " + this.number;
				case "overview.about" -> "cirka " + this.number;
				default -> String.valueOf(this.number);
			};
		}

		/** For drawing. */
		private long drawn() {
			return this.key.equals("overview.few") ? 0 : this.number;
		}

	}

	/**
	 * A row of the funnel.
	 *
	 * @param key last part of a message's key
	 * @param moment 1 to 7
	 * @param count how many
	 * @param of how many of these there are in all
	 * @param width of the bar, in hundredths
	 */
	record Bar(String key, int moment, Shown count, Shown of, long width) {

		private static Bar of(String key, int moment, Shown count, Shown of) {
			return new Bar(key, moment, count, of,
					(of.drawn() == 0) ? 0 : Math.min(100, Math.round(100.0 * count.drawn() / of.drawn())));
		}

	}

	/**
	 * How long a moment takes, in whole days.
	 *
	 * @param count how many cases are done
	 * @param median none when there are too few to tell
	 * @param longest of those that are done
	 * @param waiting how many cases wait
	 * @param waited how long the one has waited that has waited longest
	 * @param width of the bar of the median, in hundredths of the longest median
	 */
	record LeadTime(String key, int moment, Shown count, @Nullable Integer median, @Nullable Integer longest,
			Shown waiting, @Nullable Integer waited, long width) {
	}

	/**
	 * The grades of a question.
	 *
	 * @param counts of grade 1, 2, 3 and 4; none when there are too few to tell
	 * @param widths of the parts of the bar, in hundredths
	 * @param starts where the parts begin
	 */
	record Graded(String key, @Nullable List<Integer> counts, List<Long> widths, List<Long> starts) {
	}

	/**
	 * Figures as they are told.
	 * @param exact whether numbers are told as they are
	 * @param belongs whether the caller belongs there, and so is told of few cases
	 * @param municipal whether they are one municipality's, whose answering is told by
	 * itself
	 */
	static Overview of(Figures figures, boolean exact, boolean belongs, boolean municipal) {
		List<Bar> funnel = new ArrayList<>();
		if (!municipal) {
			long asked = figures.municipalities() - figures.municipalities(Figures.State.NOT_ASKED);
			long heard = exact ? figures.municipalities(Figures.State.NEEDS, Figures.State.NO_NEEDS)
					: figures.knownToBeHeard();
			funnel.add(Bar.of("asked", 1, Shown.of(asked, true), Shown.of(figures.municipalities(), true)));
			funnel.add(Bar.of("heard", 2, Shown.of(heard, true), Shown.of(asked, true)));
		}
		Shown submitted = Shown.of(figures.reached(Stage.SUBMITTED), exact);
		STAGES.forEach((stage) -> funnel
			.add(Bar.of(stage.name(), stage.moment(), Shown.of(figures.reached(stage), exact), submitted)));
		return new Overview(exact, funnel, leads(figures, exact, belongs, municipal), grades(figures, belongs),
				Shown.of(figures.followUps(), exact), Shown.of(figures.reached(Stage.ANSWERED), exact));
	}

	private static List<LeadTime> leads(Figures figures, boolean exact, boolean belongs, boolean municipal) {
		int widest = Arrays.stream(Figures.Lead.values())
			.map(figures::took)
			.filter((days) -> tells(days.count(), belongs))
			.mapToInt(Figures.Days::median)
			.max()
			.orElse(0);
		return Arrays.stream(Figures.Lead.values())
			.filter((lead) -> !municipal || lead != Figures.Lead.ANSWER)
			.map((lead) -> {
				Figures.Days took = figures.took(lead);
				Figures.Days waits = figures.waits(lead);
				boolean done = tells(took.count(), belongs);
				return new LeadTime(lead.name(), lead.moment(), Shown.of(took.count(), exact),
						done ? took.median() : null, done ? took.longest() : null, Shown.of(waits.count(), exact),
						tells(waits.count(), belongs) ? waits.longest() : null,
						(done && widest > 0) ? Math.round(100.0 * took.median() / widest) : 0);
			})
			.toList();
	}

	private static boolean tells(int cases, boolean belongs) {
		return cases >= (belongs ? 1 : FEWEST);
	}

	private static List<Graded> grades(Figures figures, boolean belongs) {
		return Arrays.stream(Question.values()).map((question) -> {
			Figures.Grades grades = figures.grades(question);
			int all = grades.count();
			if (!tells(all, belongs)) {
				return new Graded(question.name(), null, List.of(), List.of());
			}
			List<Integer> counts = IntStream.rangeClosed(1, 4).map(grades::of).boxed().toList();
			List<Long> starts = IntStream.range(0, 4)
				.mapToObj((i) -> Math.round(100.0 * counts.stream().limit(i).mapToInt(Integer::intValue).sum() / all))
				.toList();
			List<Long> widths = IntStream.range(0, 4)
				.mapToObj((i) -> ((i < 3) ? starts.get(i + 1) : 100L) - starts.get(i))
				.toList();
			return new Graded(question.name(), counts, widths, starts);
		}).toList();
	}

	/** Whole days since a moment. */
	static long days(Instant since, Instant now) {
		return Math.max(0, ChronoUnit.DAYS.between(since, now));
	}

}
