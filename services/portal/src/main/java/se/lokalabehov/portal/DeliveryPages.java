package se.lokalabehov.portal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * The end of moment 3: the RSS looks through what goes to SKR and what does not, with the
 * reason that each municipality will read, and delivers.
 */
@Page
@For({ Role.RSS_COORDINATOR, Role.SKR_COMPILER })
class DeliveryPages {

	private static final String REASON = "skal-";

	private final Regions regions;

	private final Services services;

	DeliveryPages(Regions regions, Services services) {
		this.regions = regions;
		this.services = services;
	}

	/**
	 * A regional need that goes.
	 *
	 * @param value its id and version, as the form names it
	 * @param needs how many needs it is made of
	 * @param municipalities how many different municipalities are behind it
	 */
	record Going(String value, String title, int needs, int municipalities) {
	}

	/**
	 * A need that does not go.
	 *
	 * @param field the field of its reason
	 * @param reason what is written there
	 */
	record Left(String id, String title, String from, String field, String reason) {
	}

	/**
	 * A delivery that was made.
	 */
	record Made(int number, int regionalNeeds, int left) {
	}

	@GetMapping("/region/{rss}/leverans")
	ModelAndView check(@PathVariable String rss, @RequestParam Optional<String> omgang,
			@RequestParam Optional<String> levererat, Caller caller) {
		Regions.own(rss, caller);
		return page(rss, omgang, null, Map.of()).addObject("done",
				levererat.map((ignored) -> "delivery.done").orElse(null));
	}

	private ModelAndView page(String rss, Optional<String> wanted, @Nullable Trouble trouble,
			Map<String, String> typed) {
		List<Regions.InRegion> cycles = this.regions.of(rss);
		Optional<Regions.InRegion> cycle = Regions.chosen(cycles, wanted);
		if (cycle.isEmpty() && wanted.isPresent()) {
			return PageProblems.notFound();
		}
		ModelAndView page = new ModelAndView("portal/region-leverans").addObject("rss", rss)
			.addObject("region", Names.of(rss))
			.addObject("cycles", cycles)
			.addObject("cycle", cycle.orElse(null))
			.addObject("trouble", trouble)
			.addObject("common", typed.getOrDefault("reason", ""));
		cycle.ifPresent((one) -> addList(page, rss, one.id(), typed));
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private void addList(ModelAndView page, String rss, String cycle, Map<String, String> typed) {
		Optional<Services.Answer> collection = this.services.find("collections/{id}", cycle + "." + rss);
		List<Made> made = new ArrayList<>();
		collection.ifPresent((found) -> found.body()
			.path("deliveries")
			.valueStream()
			.forEach((one) -> made.add(new Made(one.path("delivery").asInt(0), one.path("delivered").size(),
					one.path("notDelivered").size()))));
		page.addObject("asked", collection.isPresent())
			.addObject("made", made)
			.addObject("going", going(rss, cycle))
			.addObject("left", left(rss, cycle, typed));
	}

	private List<Going> going(String rss, String cycle) {
		return this.services
			.all("regional-needs?cycle={cycle}&rss={rss}&status=FORMED&limit=100", Board.MOST, cycle, rss)
			.stream()
			.map((one) -> new Going(one.path("id").asString("") + ":" + one.path("version").asInt(1),
					one.path("wording").path("title").asString(""), one.path("members").size(),
					one.path("weight").asInt(0)))
			.toList();
	}

	/** The submitted needs that are in no regional need. */
	private List<Left> left(String rss, String cycle, Map<String, String> typed) {
		return this.services.all("needs?cycle={cycle}&status=SUBMITTED&limit=100", Board.MOST, cycle)
			.stream()
			.filter((need) -> need.path("rss").asString("").equals(rss) && need.path("merges").isEmpty())
			.map((need) -> left(need, typed))
			.toList();
	}

	private static Left left(JsonNode need, Map<String, String> typed) {
		String id = need.path("id").asString("");
		return new Left(id, need.path("wording").path("title").asString(""),
				Names.list(need.path("municipalities").valueStream().map((one) -> Names.of(one.asString(""))).toList()),
				REASON + id, typed.getOrDefault(REASON + id, ""));
	}

	@PostMapping("/region/{rss}/leverans")
	ModelAndView deliver(@PathVariable String rss, @RequestParam String omgang,
			@RequestParam Optional<List<String>> behov, @RequestParam(defaultValue = "") String reason,
			@RequestParam String nyckel, @RequestParam MultiValueMap<String, String> form, Caller caller) {
		Regions.own(rss, caller);
		Map<String, String> typed = new LinkedHashMap<>(form.toSingleValueMap());
		List<Map<String, Object>> left = new ArrayList<>();
		boolean missing = false;
		for (Map.Entry<String, String> one : typed.entrySet()) {
			if (one.getKey().startsWith(REASON)) {
				String why = one.getValue().isBlank() ? reason : one.getValue();
				missing |= why.isBlank();
				left.add(Map.of("need", one.getKey().substring(REASON.length()), "reason", why));
			}
		}
		boolean supplement = typed.containsKey("komplettering");
		if (missing && !supplement) {
			return page(rss, Optional.of(omgang), Trouble.message("delivery.missing"), typed);
		}
		left.removeIf((one) -> String.valueOf(one.get("reason")).isBlank());
		List<Map<String, Object>> going = Board.chosen(behov.orElse(null))
			.entrySet()
			.stream()
			.map((one) -> Map.<String, Object>of("id", one.getKey(), "version", one.getValue()))
			.toList();
		Trouble trouble;
		try {
			Services.Answer answer = this.services.post(nyckel, "collections/{id}/deliveries",
					Map.of("regionalNeeds", going, "notDelivered", left), omgang + "." + rss);
			if (answer.ok()) {
				return new ModelAndView(
						"redirect:/region/" + rss + "/leverans?levererat&omgang=" + Words.encoded(omgang));
			}
			trouble = Trouble.of(answer);
		}
		catch (Services.Away ex) {
			trouble = Trouble.of(ex);
		}
		return page(rss, Optional.of(omgang), trouble, typed);
	}

}
