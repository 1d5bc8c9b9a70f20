package se.lokalabehov.standalone;

import java.io.PrintStream;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * What one municipality has been told of all that it asked for, as it reads it itself.
 */
final class AnswersGiven {

	private AnswersGiven() {
	}

	/** Prints each need of a municipality with its answers. */
	static void print(Api api, String municipality, PrintStream out) {
		out.printf("%nWhat %s (%s) asked for, and the answers it got:%n", Acts.name(municipality), municipality);
		for (JsonNode need : api.as("forfattare-" + municipality).list("/traces?municipality=" + municipality)) {
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
