package se.lokalabehov.standalone;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;

/**
 * What one municipality has been told of all that it asked for, as it reads it itself.
 */
final class AnswersGiven {

	private AnswersGiven() {
	}

	/**
	 * Prints each need of a municipality with its answers.
	 * @param finished the cycle in which every need has been answered; told so here when
	 * the last answer has arrived in the trace
	 */
	static void print(Api api, String municipality, String finished, PrintStream out) {
		out.printf("%nWhat %s (%s) asked for, and the answers it got:%n", Acts.name(municipality), municipality);
		Predicate<JsonNode> answered = (need) -> need.path("answered").asBoolean()
				|| !need.path("cycle").asString("").equals(finished);
		for (JsonNode need : api.as("forfattare-" + municipality)
			.listWhen("/traces?municipality=" + municipality, (needs) -> needs.stream().allMatch(answered))) {
			out.printf("%n  %s%n", need.path("title").asString());
			List<JsonNode> answers = need.path("answers").valueStream().toList();
			for (JsonNode answer : answers) {
				out.printf("    %-12s %s: %s%n", answer.path("kind").asString(),
						answer.path("by").path("name").asString(), answer.path("text").asString());
			}
			if (answers.isEmpty()) {
				out.printf("    %-12s %s%n", "-", need.path("now").asString());
			}
		}
	}

}
