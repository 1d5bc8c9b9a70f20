package se.lokalabehov.agencyclient;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a need that is handed to us is answered. The first rule that fits holds; when none
 * does, it is confirmed and left to a person.
 *
 * @param words fits when one of them stands in the need's title; every need when there
 * are none
 * @param returned why it is given back; not given back when missing
 * @param decision what is decided: the body of the decision as the API takes it; nothing
 * yet when missing
 */
public record Rule(@Nullable List<String> words, @Nullable String returned, @Nullable JsonNode decision) {

	/** What is done when no rule fits. */
	static final Rule CONFIRM = new Rule(null, null, null);

	static Rule first(List<Rule> rules, String title) {
		return rules.stream().filter((rule) -> rule.fits(title)).findFirst().orElse(CONFIRM);
	}

	private boolean fits(String title) {
		String lower = title.toLowerCase(Locale.ROOT);
		return this.words == null || this.words.isEmpty()
				|| this.words.stream().anyMatch((word) -> lower.contains(word.toLowerCase(Locale.ROOT)));
	}

}
