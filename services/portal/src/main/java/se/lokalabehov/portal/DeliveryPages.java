package se.lokalabehov.portal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import se.lokalabehov.contracts.CollectionEvent.RegionalListDelivered;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.Stored;
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

	private final Traces traces;

	private final Services services;

	DeliveryPages(Regions regions, Traces traces, Services services) {
		this.regions = regions;
		this.traces = traces;
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
		return page(rss, omgang, null, Map.of(), Optional.empty()).addObject("done",
				levererat.map((ignored) -> "delivery.done").orElse(null));
	}

	private ModelAndView page(String rss, Optional<String> wanted, @Nullable Trouble trouble, Map<String, String> typed,
			Optional<String> sida) {
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
		cycle.ifPresent((one) -> addList(page, rss, one.id(), typed, sida));
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private void addList(ModelAndView page, String rss, String cycle, Map<String, String> typed,
			Optional<String> sida) {
		Optional<Node> collection = this.traces.find(Topics.COLLECTION, cycle + "." + rss).map(Stored::state);
		List<Made> made = collection.stream()
			.flatMap((found) -> found.events(RegionalListDelivered.class))
			.map((one) -> new Made(one.delivery(), one.delivered().size(), one.notDelivered().size()))
			.toList();
		List<Left> all = MergePages.notMerged(this.services, cycle).stream().map((need) -> left(need, typed)).toList();
		Listing<Left> left = Listing.of(all.size(), all, Optional.empty(), sida, Board.AT_ONCE, Left::title);
		page.addObject("asked", collection.isPresent())
			.addObject("made", made)
			.addObject("going", going(rss, cycle))
			.addObject("left", left)
			.addObject("all", all.stream().map(Left::id).collect(Collectors.joining(" ")))
			.addObject("elsewhere",
					all.stream().filter((one) -> !one.reason().isEmpty() && !left.rows().contains(one)).toList());
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

	private static Left left(Board.Part need, Map<String, String> typed) {
		String field = REASON + need.id();
		return new Left(need.id(), need.title(), need.from(), field, typed.getOrDefault(field, ""));
	}

	@PostMapping("/region/{rss}/leverans")
	ModelAndView deliver(@PathVariable String rss, @RequestParam String omgang,
			@RequestParam Optional<List<String>> behov, @RequestParam(defaultValue = "") String reason,
			@RequestParam(defaultValue = "") String kvar, @RequestParam Optional<String> sida,
			@RequestParam String nyckel, @RequestParam MultiValueMap<String, String> form, Caller caller) {
		Regions.own(rss, caller);
		Map<String, String> typed = new LinkedHashMap<>(form.toSingleValueMap());
		if (sida.isPresent()) {
			return page(rss, Optional.of(omgang), null, typed, sida);
		}
		List<Map<String, Object>> left = new ArrayList<>();
		boolean missing = false;
		// Those that stood in the list: what has come since is not answered unseen.
		for (String id : kvar.isBlank() ? List.<String>of() : List.of(kvar.strip().split("\\s+"))) {
			String own = typed.getOrDefault(REASON + id, "");
			String why = own.isBlank() ? reason : own;
			missing |= why.isBlank();
			left.add(Map.of("need", id, "reason", why));
		}
		boolean supplement = typed.containsKey("komplettering");
		if (missing && !supplement) {
			return page(rss, Optional.of(omgang), Trouble.message("delivery.missing"), typed, Optional.empty());
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
		return page(rss, Optional.of(omgang), trouble, typed, Optional.empty());
	}

}
