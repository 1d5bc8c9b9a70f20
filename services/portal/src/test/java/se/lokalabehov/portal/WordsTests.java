package se.lokalabehov.portal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every word that a page shows stands in the message files, and in both languages.
 */
class WordsTests {

	private static final Pattern KEY = Pattern.compile("#\\{([a-zA-Z0-9.-]+)[(}]");

	private static final Pattern PARTIAL = Pattern.compile("#\\{\\|([a-zA-Z0-9.-]+)\\$");

	private static final Pattern NOT_TEXT = Pattern
		.compile("(?s)<!--.*?-->|<!DOCTYPE[^>]*>|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>");

	private static final Pattern TAG = Pattern.compile("<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>");

	private static final Pattern SPOKEN = Pattern
		.compile("\\s(?:aria-label|alt|title|placeholder|value)=\"([^\"]*\\p{L}{3}[^\"]*)\"");

	@Test
	void bothLanguagesSayTheSameThings() throws IOException {
		Properties swedish = messages("messages.properties");
		Properties english = messages("messages_en.properties");

		assertThat(english.stringPropertyNames()).isEqualTo(swedish.stringPropertyNames());
		assertThat(swedish.stringPropertyNames()).allSatisfy((key) -> {
			assertThat(swedish.getProperty(key)).as(key).isNotBlank();
			assertThat(english.getProperty(key)).as(key).isNotBlank();
			assertThat(places(english.getProperty(key))).as(key).isEqualTo(places(swedish.getProperty(key)));
		});
	}

	private static Set<String> places(String text) {
		return new TreeSet<>(Pattern.compile("\\{\\d").matcher(text).results().map(MatchResult::group).toList());
	}

	@Test
	void noTemplateHasWordsOfItsOwn() throws IOException {
		Map<String, List<String>> words = new TreeMap<>();
		for (Resource template : templates()) {
			String text = template.getContentAsString(StandardCharsets.UTF_8);
			List<String> found = new ArrayList<>();
			Arrays.stream(NOT_TEXT.split(text))
				.map(String::strip)
				.filter((one) -> one.matches("(?s).*\\p{L}.*"))
				.forEach(found::add);
			SPOKEN.matcher(text)
				.results()
				.map((match) -> match.group(1))
				.filter((one) -> !one.matches("[a-zA-Z]+"))
				.forEach(found::add);
			if (!found.isEmpty()) {
				words.put(String.valueOf(template.getFilename()), found);
			}
		}
		assertThat(words).isEmpty();
	}

	@Test
	void everyKeyOfATemplateIsThere() throws IOException {
		Set<String> known = messages("messages.properties").stringPropertyNames();
		for (Resource template : templates()) {
			String text = template.getContentAsString(StandardCharsets.UTF_8);
			assertThat(KEY.matcher(text).results().map((match) -> match.group(1))).as(template.getFilename())
				.allMatch(known::contains);
			assertThat(PARTIAL.matcher(text).results().map((match) -> match.group(1))).as(template.getFilename())
				.allMatch((beginning) -> known.stream().anyMatch((key) -> key.startsWith(beginning)));
		}
	}

	/** Thymeleaf replaces first and asks whether it should afterwards. */
	@Test
	void noElementIsBothReplacedAndConditional() throws IOException {
		for (Resource template : templates()) {
			assertThat(
					TAG.matcher(template.getContentAsString(StandardCharsets.UTF_8)).results().map(MatchResult::group))
				.as(template.getFilename())
				.noneMatch(
						(tag) -> (tag.contains("th:if=") || tag.contains("th:unless=")) && tag.contains("th:replace="));
		}
	}

	private static Resource[] templates() throws IOException {
		Resource[] templates = new PathMatchingResourcePatternResolver()
			.getResources("classpath:templates/portal/*.html");
		assertThat(templates).isNotEmpty();
		return templates;
	}

	private static Properties messages(String file) throws IOException {
		Properties messages = new Properties();
		try (var in = new java.io.InputStreamReader(
				WordsTests.class.getResourceAsStream("/se/lokalabehov/portal/" + file), StandardCharsets.UTF_8)) {
			messages.load(in);
		}
		return messages;
	}

}
