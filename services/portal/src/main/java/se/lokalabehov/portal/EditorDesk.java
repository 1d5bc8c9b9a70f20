package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * What lies on the desk of those who publish in the catalogue: projects that nobody has
 * confirmed for a year, and what they should soon deliver.
 */
@Component
class EditorDesk implements Desk {

	private static final int MOST = 10;

	private final Services services;

	EditorDesk(Services services) {
		this.services = services;
	}

	@Override
	public Lying of(Caller caller) {
		if (!caller.is(Role.FOU_EDITOR) && !caller.is(Role.AGENCY_OFFICER)) {
			return Lying.NOTHING;
		}
		List<Task> tasks = new ArrayList<>();
		due(caller, "DELIVERY").forEach((record) -> record.path("content")
			.path("project")
			.path("deliverables")
			.valueStream()
			.filter((one) -> one.path("delivered").asString("").isEmpty())
			.map((one) -> LocalDate.parse(one.path("due").asString("")))
			.min(LocalDate::compareTo)
			.ifPresent((day) -> tasks.add(new Task("kat.desk.deliver", title(record), href(record), null, day))));
		due(caller, "CONFIRMATION")
			.forEach((record) -> tasks.add(new Task("kat.desk.confirm", title(record), href(record), null, null)));
		return new Lying(tasks, List.of());
	}

	private List<JsonNode> due(Caller caller, String what) {
		return this.services
			.get("records?publisher={own}&due={what}&limit={limit}", caller.organisation().value(), what, MOST)
			.items();
	}

	private static String title(JsonNode record) {
		return record.path("content").path("title").asString("");
	}

	private static String href(JsonNode record) {
		return "/katalog/" + record.path("id").asString("") + "/skota";
	}

}
