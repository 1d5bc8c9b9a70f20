package se.lokalabehov.portal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;

/**
 * A need as it stands in the form: what was typed, right or wrong.
 *
 * @param id of the draft, empty before it was first saved
 * @param version the entity tag of what was opened, empty before it was first saved
 * @param cycle the cycle to answer, empty for a waiting list
 */
record NeedDraft(String id, String version, String cycle, String area, String unit, String title, String question,
		String situation, String consequence, List<String> targetGroups, String needType, List<String> supportWanted,
		boolean namesMunicipalities, List<String> notes) {

	/** An empty form, begun for a cycle if there is one. */
	static NeedDraft empty(@Nullable Asked asked) {
		return new NeedDraft("", "", (asked != null) ? asked.cycle() : "", (asked != null) ? asked.area() : "", "", "",
				"", "", "", List.of(), "", List.of(), false, List.of());
	}

	/** Begun with the question notes that ask it. */
	NeedDraft with(String newArea, String newTitle, String newQuestion, List<String> newNotes) {
		return new NeedDraft(this.id, this.version, this.cycle, newArea.isEmpty() ? this.area : newArea, this.unit,
				newTitle, newQuestion, this.situation, this.consequence, this.targetGroups, this.needType,
				this.supportWanted, this.namesMunicipalities, newNotes);
	}

	/** What was saved at the service. */
	static NeedDraft of(Services.Answer saved) {
		JsonNode body = saved.body();
		JsonNode wording = body.path("wording");
		return new NeedDraft(saved.id(), (saved.version() != null) ? saved.version() : "",
				body.path("cycle").asString(""), body.path("area").asString(""), body.path("unit").asString(""),
				wording.path("title").asString(""), wording.path("question").asString(""),
				wording.path("situation").asString(""), wording.path("consequence").asString(""),
				strings(wording.path("targetGroups")), wording.path("needType").asString(""),
				strings(wording.path("supportWanted")), body.path("namesMunicipalities").asBoolean(),
				strings(body.path("notes")));
	}

	/** What was sent from the form. */
	static NeedDraft of(MultiValueMap<String, String> form) {
		return new NeedDraft(one(form, "utkast"), one(form, "version"), one(form, "cycle"), one(form, "area"),
				one(form, "unit"), one(form, "wording-title"), one(form, "wording-question"),
				one(form, "wording-situation"), one(form, "wording-consequence"), all(form, "wording-targetGroups"),
				one(form, "wording-needType"), all(form, "wording-supportWanted"),
				"true".equals(one(form, "namesMunicipalities")), all(form, "notes"));
	}

	private static String one(MultiValueMap<String, String> form, String name) {
		String value = form.getFirst(name);
		return (value != null) ? value : "";
	}

	private static List<String> all(MultiValueMap<String, String> form, String name) {
		return form.getOrDefault(name, List.of()).stream().filter((value) -> !value.isBlank()).toList();
	}

	private static List<String> strings(JsonNode list) {
		return list.valueStream().map(JsonNode::asString).toList();
	}

	/** As the service takes it: what is not written is left out. */
	Map<String, Object> body(String municipality) {
		Map<String, Object> wording = new LinkedHashMap<>();
		put(wording, "title", this.title);
		put(wording, "question", this.question);
		put(wording, "situation", this.situation);
		put(wording, "consequence", this.consequence);
		put(wording, "needType", this.needType);
		wording.put("targetGroups", this.targetGroups);
		wording.put("supportWanted", this.supportWanted);
		Map<String, Object> body = new LinkedHashMap<>();
		put(body, "cycle", this.cycle);
		put(body, "area", this.area);
		put(body, "unit", this.unit);
		body.put("municipalities", List.of(municipality));
		body.put("wording", wording);
		body.put("namesMunicipalities", this.namesMunicipalities);
		if (!this.notes.isEmpty()) {
			body.put("notes", this.notes);
		}
		return body;
	}

	private static void put(Map<String, Object> into, String name, String value) {
		if (!value.isBlank()) {
			into.put(name, value);
		}
	}

	/** Saved as another version. */
	NeedDraft saved(String newId, String newVersion) {
		return new NeedDraft(newId, newVersion, this.cycle, this.area, this.unit, this.title, this.question,
				this.situation, this.consequence, this.targetGroups, this.needType, this.supportWanted,
				this.namesMunicipalities, this.notes);
	}

	/** The type that is chosen, as a list of none or one. */
	public List<String> chosenType() {
		return this.needType.isEmpty() ? List.of() : List.of(this.needType);
	}

	/** What similar needs and existing knowledge are looked for by. */
	String words() {
		return String.join(" ", this.title, this.question, this.situation).strip();
	}

	/** What is still to be written, by the ids of the fields; as the service will say. */
	public List<String> missing() {
		Map<String, Boolean> written = new LinkedHashMap<>();
		written.put("wording-title", !this.title.isBlank());
		written.put("wording-question", !this.question.isBlank());
		written.put("wording-situation", !this.situation.isBlank());
		written.put("wording-targetGroups", !this.targetGroups.isEmpty());
		written.put("wording-needType", !this.needType.isBlank());
		return written.entrySet().stream().filter((one) -> !one.getValue()).map(Map.Entry::getKey).toList();
	}

}
