package se.lokalabehov.portal;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * The audit log of each service (platform/eventing, "The audit log"): its rows, and
 * whether the chain is as it was written.
 */
@Page
@For(Role.ADMINISTRATOR)
class AuditLogPages {

	private static final String LOG = "/actuator/audit";

	/** So many rows a window shows at a time. */
	private static final int PART = 100;

	private final Windows windows;

	AuditLogPages(Windows windows) {
		this.windows = windows;
	}

	/**
	 * A service's log has a hundred rows at a time, the newest unless it is said from
	 * which number.
	 * @param kontroll whether the whole chain is gone through as well
	 */
	@GetMapping("/forvaltning/logg")
	ModelAndView log(@RequestParam(defaultValue = "need-intake") String tjanst, @RequestParam Optional<String> fran,
			@RequestParam Optional<String> kontroll, Caller caller) {
		Access.mustRunThePlatform(caller);
		if (!this.windows.addresses().containsKey(tjanst)) {
			return PageProblems.notFound();
		}
		@Nullable List<JsonNode> rows = rows(tjanst, fran);
		@Nullable JsonNode verified = kontroll.isPresent() ? this.windows.read(tjanst, LOG) : null;
		boolean away = rows == null || (kontroll.isPresent() && verified == null);
		ModelAndView page = new ModelAndView("portal/logg")
			.addObject("services", this.windows.addresses().keySet().stream().toList())
			.addObject("service", tjanst)
			.addObject("rows", (rows != null) ? rows : List.of())
			.addObject("verified", verified)
			.addObject("trouble", away ? Trouble.message("operation.away") : null);
		if (rows != null && !rows.isEmpty()) {
			long first = rows.getFirst().path("number").asLong();
			page.addObject("earlier", (first > 1) ? Math.max(1, first - PART) : null)
				.addObject("later", (rows.size() == PART && fran.isPresent()) ? first + PART : null);
		}
		return page;
	}

	@GetMapping("/forvaltning/logg/{tjanst}.csv")
	ResponseEntity<byte[]> csv(@PathVariable String tjanst, @RequestParam Optional<String> fran, Caller caller) {
		Access.mustRunThePlatform(caller);
		CsvText csv = new CsvText("nummer", "när", "slag", "organisation", "roll", "person", "vad", "om", "utfall",
				"kontrollsumma");
		@Nullable List<JsonNode> rows = this.windows.addresses().containsKey(tjanst) ? rows(tjanst, fran) : null;
		if (rows == null) {
			return ResponseEntity.notFound().build();
		}
		rows.forEach((row) -> csv.row(row.path("number").asString(), row.path("at").asString(),
				row.path("kind").asString(), row.path("organisation").asString(), row.path("role").asString(),
				row.path("person").asString(), row.path("what").asString(), row.path("about").asString(),
				row.path("result").asString(), row.path("hash").asString()));
		return csv.file("logg-" + tjanst + ".csv");
	}

	private @Nullable List<JsonNode> rows(String service, Optional<String> from) {
		@Nullable JsonNode answer = this.windows.read(service,
				LOG + "/" + from.filter((number) -> number.matches("\\d{1,18}")).orElse("newest"));
		return (answer != null) ? answer.path("rows").valueStream().toList() : null;
	}

}
