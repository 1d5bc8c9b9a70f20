package se.lokalabehov.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.Wording;

/**
 * The words of a regional or national need as they stand in a form: what was typed, right
 * or wrong.
 */
record Words(String title, String question, String situation, String consequence, List<String> targetGroups,
		String needType, List<String> supportWanted) {

	/** Å, ä and ö come last. */
	static final Comparator<String> SWEDISH = (one, other) -> Collator.getInstance(Locale.of("sv")).compare(one, other);

	/** Begun with those of what it is made of. */
	static Words of(Wording wording) {
		return new Words(wording.title(), wording.question(), wording.situation(), wording.consequence(),
				wording.targetGroups(), wording.needType(), wording.supportWanted());
	}

	/** As a service has them. */
	static Words of(JsonNode wording) {
		return new Words(wording.path("title").asString(""), wording.path("question").asString(""),
				wording.path("situation").asString(""), wording.path("consequence").asString(""),
				strings(wording.path("targetGroups")), wording.path("needType").asString(""),
				strings(wording.path("supportWanted")));
	}

	private static List<String> strings(JsonNode list) {
		return list.valueStream().map(JsonNode::asString).toList();
	}

	/** What was sent from the form. */
	static Words of(MultiValueMap<String, String> form) {
		return new Words(one(form, "wording-title"), one(form, "wording-question"), one(form, "wording-situation"),
				one(form, "wording-consequence"), all(form, "wording-targetGroups"), one(form, "wording-needType"),
				all(form, "wording-supportWanted"));
	}

	private static String one(MultiValueMap<String, String> form, String name) {
		String value = form.getFirst(name);
		return (value != null) ? value : "";
	}

	private static List<String> all(MultiValueMap<String, String> form, String name) {
		return form.getOrDefault(name, List.of()).stream().filter((value) -> !value.isBlank()).toList();
	}

	/** As the services take it. */
	Map<String, Object> body() {
		Map<String, Object> wording = new LinkedHashMap<>();
		wording.put("title", this.title);
		wording.put("targetGroups", this.targetGroups);
		if (!this.needType.isEmpty()) {
			wording.put("needType", this.needType);
		}
		wording.put("situation", this.situation);
		wording.put("question", this.question);
		wording.put("consequence", this.consequence);
		wording.put("supportWanted", this.supportWanted);
		return wording;
	}

	/** The type that is chosen, as a list of none or one. */
	public List<String> chosenType() {
		return this.needType.isEmpty() ? List.of() : List.of(this.needType);
	}

	/** For an address. */
	static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
