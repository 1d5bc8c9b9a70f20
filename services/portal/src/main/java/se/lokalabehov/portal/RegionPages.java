package se.lokalabehov.portal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.CollectionEvent.MunicipalitiesReminded;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Moment 2: who in the region has answered, and those who have not are reminded.
 */
@Page
@For({ Role.RSS_COORDINATOR, Role.SKR_COMPILER })
class RegionPages {

	private final Regions regions;

	private final Traces traces;

	private final Services services;

	RegionPages(Regions regions, Traces traces, Services services) {
		this.regions = regions;
		this.traces = traces;
		this.services = services;
	}

	/**
	 * What a municipality has answered.
	 *
	 * @param code of the municipality
	 * @param answer the last part of a message's key
	 * @param needs how many needs it stands behind
	 * @param comment what it said when it has none
	 */
	record Reply(String code, String name, String answer, int needs, String comment) {

		static Reply of(JsonNode one) {
			String code = one.path("municipality").asString("");
			return new Reply(code, Names.of(code), one.path("answer").asString("NOT_YET"), one.path("needs").asInt(0),
					one.path("comment").asString(""));
		}

		boolean isSilent() {
			return this.answer.equals("NOT_YET");
		}

	}

	/**
	 * A reminder that was sent.
	 *
	 * @param to how many municipalities
	 */
	record Reminded(Instant at, int to, String message) {
	}

	@GetMapping("/region/{rss}/laget")
	@Menu(value = "region", order = 10)
	ModelAndView standing(@PathVariable String rss, @RequestParam Optional<String> omgang,
			@RequestParam Optional<String> svar, @RequestParam Optional<String> q, @RequestParam Optional<String> sida,
			@RequestParam Optional<String> gjort, Caller caller) {
		Regions.own(rss, caller);
		return page(rss, omgang, svar.filter((one) -> !one.isBlank()), q, sida, null, Map.of()).addObject("done",
				gjort.filter("fragat|paminnt|forlangt"::contains).map((one) -> "region.done." + one).orElse(null));
	}

	private ModelAndView page(String rss, Optional<String> wanted, Optional<String> filter, Optional<String> q,
			Optional<String> sida, @Nullable Trouble trouble, Map<String, String> typed) {
		List<Regions.InRegion> cycles = this.regions.of(rss);
		ModelAndView page = new ModelAndView("portal/region-laget").addObject("rss", rss)
			.addObject("region", Names.of(rss))
			.addObject("cycles", cycles)
			.addObject("filter", filter.orElse(""))
			.addObject("trouble", trouble)
			.addObject("typed", typed);
		Optional<Regions.InRegion> cycle = Regions.chosen(cycles, wanted);
		if (cycle.isEmpty()) {
			return wanted.isPresent() ? PageProblems.notFound() : page.addObject("cycle", null);
		}
		page.addObject("cycle", cycle.get());
		Optional<Services.Answer> found = this.services.find("collections/{id}", collection(rss, cycle.get().id()));
		page.addObject("collection", found.map(Services.Answer::body).orElse(null));
		List<Reply> replies = found.map(RegionPages::replies).orElse(List.of());
		page.addObject("all", replies)
			.addObject("tiles",
					replies.stream().map((one) -> new Tile(one.code(), one.name(), one.answer(), one.needs())).toList())
			.addObject("silent", replies.stream().filter(Reply::isSilent).count())
			.addObject("list",
					Listing.of(replies.size(),
							replies.stream().filter((one) -> filter.map(one.answer()::equals).orElse(true)).toList(), q,
							sida, (one) -> one.name() + " " + one.comment()))
			.addObject("reminders", found.isPresent() ? reminders(rss, cycle.get().id()) : List.of());
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private static String collection(String rss, String cycle) {
		return cycle + "." + rss;
	}

	private static List<Reply> replies(Services.Answer collection) {
		return collection.body()
			.path("municipalities")
			.valueStream()
			.map(Reply::of)
			.sorted(Comparator.comparing(Reply::name, Words.SWEDISH))
			.toList();
	}

	/** The service does not say when; the trace does. */
	private List<Reminded> reminders(String rss, String cycle) {
		return this.traces.collection(collection(rss, cycle))
			.stream()
			.flatMap((node) -> node.entries().stream())
			.filter((entry) -> entry.event() instanceof MunicipalitiesReminded)
			.map((entry) -> new Reminded(entry.time(), ((MunicipalitiesReminded) entry.event()).municipalities().size(),
					((MunicipalitiesReminded) entry.event()).message()))
			.toList();
	}

	@GetMapping("/region/{rss}/laget.csv")
	ResponseEntity<byte[]> csv(@PathVariable String rss, @RequestParam String omgang, Caller caller) {
		Regions.own(rss, caller);
		CsvText csv = new CsvText("kommunkod", "kommun", "svar", "behov", "kommentar");
		this.services.find("collections/{id}", collection(rss, omgang))
			.stream()
			.flatMap((found) -> replies(found).stream())
			.forEach((one) -> csv.row(one.code(), one.name(), switch (one.answer()) {
				case "NEEDS" -> "behov";
				case "NO_NEEDS" -> "inga behov";
				default -> "inte svarat";
			}, String.valueOf(one.needs()), one.comment()));
		return csv.file("laget.csv");
	}

	@PostMapping("/region/{rss}/fraga")
	ModelAndView ask(@PathVariable String rss, @RequestParam String omgang, @RequestParam String message,
			@RequestParam String nyckel, Caller caller) {
		return act(rss, omgang, "fragat", caller, Map.of("message", message),
				() -> this.services.post(nyckel, "collections", Map.of("cycle", omgang, "message", message)));
	}

	@PostMapping("/region/{rss}/paminn")
	ModelAndView remind(@PathVariable String rss, @RequestParam String omgang, @RequestParam String message,
			@RequestParam String nyckel, Caller caller) {
		return act(rss, omgang, "paminnt", caller, Map.of("message", message), () -> this.services.post(nyckel,
				"collections/{id}/reminders", Map.of("message", message), collection(rss, omgang)));
	}

	@PostMapping("/region/{rss}/forlang")
	ModelAndView extend(@PathVariable String rss, @RequestParam String omgang, @RequestParam String due,
			@RequestParam String reason, @RequestParam String nyckel, Caller caller) {
		return act(rss, omgang, "forlangt", caller, Map.of("due", due, "reason", reason), () -> this.services
			.post(nyckel, "collections/{id}/extension", Map.of("due", due, "reason", reason), collection(rss, omgang)));
	}

	private ModelAndView act(String rss, String cycle, String done, Caller caller, Map<String, String> typed,
			Supplier<Services.Answer> act) {
		Regions.own(rss, caller);
		Trouble trouble;
		try {
			Services.Answer answer = act.get();
			if (answer.ok()) {
				return new ModelAndView(
						"redirect:/region/" + rss + "/laget?gjort=" + done + "&omgang=" + Words.encoded(cycle));
			}
			trouble = Trouble.of(answer);
		}
		catch (Services.Away ex) {
			trouble = Trouble.of(ex);
		}
		return page(rss, Optional.of(cycle), Optional.empty(), Optional.empty(), Optional.empty(), trouble, typed);
	}

}
