package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * What lies on an agency's desk: what it is asked to screen, what it is to confirm, and
 * what it is to answer.
 */
@Component
class AgencyDesk implements Desk {

	private static final int LOOKED_AT = 50;

	private final Services services;

	AgencyDesk(Services services) {
		this.services = services;
	}

	@Override
	public Lying of(Caller caller) {
		if (!caller.is(Role.AGENCY_OFFICER)) {
			return Lying.NOTHING;
		}
		String agency = caller.organisation().value();
		List<Task> tasks = new ArrayList<>();
		this.services.get("national-needs?agency={agency}&limit={limit}", agency, LOOKED_AT)
			.items()
			.stream()
			.filter((one) -> one.path("screening").isMissingNode() && asks(one, agency))
			.map((one) -> task("desk.screen", one, one.path("asked").path("due").asString(null)))
			.forEach(tasks::add);
		this.services.get("hand-offs?agency={agency}&status=AWAITING_RECEIPT&limit={limit}", agency, LOOKED_AT)
			.items()
			.stream()
			.map((one) -> task("desk.receive", one, one.path("due").asString(null)))
			.forEach(tasks::add);
		return new Lying(tasks, List.of());
	}

	private static boolean asks(JsonNode national, String agency) {
		return national.path("asked").path("agencies").valueStream().anyMatch((one) -> one.asString("").equals(agency));
	}

	private static Task task(String key, JsonNode one, @Nullable String due) {
		return new Task(key, one.path("wording").path("title").asString("…"),
				"/behov/" + one.path("id").asString("") + "/spar", null, (due != null) ? LocalDate.parse(due) : null);
	}

}
