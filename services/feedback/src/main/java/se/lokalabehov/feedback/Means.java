package se.lokalabehov.feedback;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import se.lokalabehov.contracts.FeedbackEvent.Question;

/**
 * How municipalities judge an answer, all in all.
 *
 * @param municipalities how many different municipalities have answered
 * @param means mean grade of each question, 1 to 4, two decimals; empty when nobody has
 * answered. A municipality that has followed up several of its needs counts once, with
 * its own mean (domain rule 12: the same organisation counts once)
 */
record Means(int municipalities, Map<Question, Double> means) {

	static Means of(List<FollowUp> followUps) {
		Map<Question, Double> means = new EnumMap<>(Question.class);
		if (!followUps.isEmpty()) {
			Arrays.stream(Question.values()).forEach((question) -> means.put(question, mean(followUps, question)));
		}
		return new Means((int) followUps.stream().map(FollowUp::municipality).distinct().count(), means);
	}

	private static double mean(List<FollowUp> followUps, Question question) {
		double mean = followUps.stream()
			.map(FollowUp::municipality)
			.distinct()
			.mapToDouble((municipality) -> followUps.stream()
				.filter((one) -> one.municipality().equals(municipality))
				.mapToInt((one) -> Objects.requireNonNull(one.grades().get(question)))
				.average()
				.orElseThrow())
			.average()
			.orElseThrow();
		return Math.round(mean * 100) / 100.0;
	}

}
