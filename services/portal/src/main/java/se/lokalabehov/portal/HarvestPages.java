package se.lokalabehov.portal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * The repositories that the catalogue harvests: how far each has come, what was not taken
 * and why, another one, one more time. Shows itself anew while something is harvested.
 */
@Page
@For(Role.ADMINISTRATOR)
class HarvestPages {

	private static final String PAGE = "/forvaltning/skord";

	private static final int MOST = 500;

	private final Services services;

	HarvestPages(Services services) {
		this.services = services;
	}

	/**
	 * A repository.
	 *
	 * @param state last part of a message's key
	 * @param taken records of the harvest that goes on, or else of the last
	 * @param next when it is time again
	 * @param problem why the last attempt stopped, if it did
	 */
	record Source(String id, String name, String address, String state, int taken, int deleted, int parked,
			@Nullable Instant next, @Nullable String problem) {

		private static Source of(JsonNode source) {
			JsonNode progress = source.path("progress");
			String problem = progress.path("problem").asString("");
			String state = progress.path("harvesting").asBoolean(false) ? "now"
					: source.path("paused").asBoolean(false) ? "paused" : problem.isEmpty() ? "waits" : "stopped";
			String next = progress.path("next").asString("");
			return new Source(source.path("id").asString(""), source.path("name").asString(""),
					source.path("address").asString(""), state, progress.path("taken").asInt(0),
					progress.path("deleted").asInt(0), progress.path("parked").asInt(0),
					next.isEmpty() ? null : Instant.parse(next), problem.isEmpty() ? null : problem);
		}

	}

	/**
	 * A record that was not taken.
	 */
	record NotTaken(String identifier, String why) {
	}

	@GetMapping(PAGE)
	ModelAndView list(@RequestParam Optional<String> klart, Caller caller) {
		return page(Map.of(), null, caller).addObject("done",
				klart.map((what) -> what.equals("ny") ? "harvest.added" : "harvest.run").orElse(null));
	}

	private ModelAndView page(Map<String, String> typed, @Nullable Trouble trouble, Caller caller) {
		Access.mustRunThePlatform(caller);
		List<Source> sources = this.services.all("harvest-sources?limit=100", MOST).stream().map(Source::of).toList();
		ModelAndView page = new ModelAndView("portal/skord").addObject("sources", sources)
			.addObject("harvesting", sources.stream().anyMatch((one) -> one.state().equals("now")))
			.addObject("typed", typed)
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	@PostMapping(PAGE)
	ModelAndView add(@RequestParam Map<String, String> form, Caller caller) {
		return act(
				form, caller, () -> this.services.post(form.getOrDefault("nyckel", ""), "harvest-sources", Map
					.of("name", form.getOrDefault("name", ""), "address", form.getOrDefault("address", "").strip())),
				"ny");
	}

	@PostMapping(PAGE + "/{id}/kor")
	ModelAndView run(@PathVariable String id, @RequestParam String nyckel, Caller caller) {
		return act(Map.of(), caller, () -> this.services.post(nyckel, "harvest-sources/{id}/run", Map.of(), id), "kor");
	}

	private ModelAndView act(Map<String, String> typed, Caller caller, Supplier<Services.Answer> act, String done) {
		try {
			Services.Answer answer = act.get();
			return answer.ok() ? new ModelAndView("redirect:" + PAGE + "?klart=" + done)
					: page(typed, Trouble.of(answer), caller);
		}
		catch (Services.Away ex) {
			return page(typed, Trouble.of(ex), caller);
		}
	}

	@GetMapping(PAGE + "/{id}")
	ModelAndView parked(@PathVariable String id, Caller caller) {
		Access.mustRunThePlatform(caller);
		return this.services.find("harvest-sources/{id}", id)
			.map((found) -> new ModelAndView("portal/skord-kvar").addObject("source", Source.of(found.body()))
				.addObject("rows", this.services.all("harvest-sources/{id}/parked?limit=100", MOST, id)
					.stream()
					.map((one) -> new NotTaken(one.path("identifier").asString(""), one.path("why").asString("")))
					.toList()))
			.orElseGet(PageProblems::notFound);
	}

}
