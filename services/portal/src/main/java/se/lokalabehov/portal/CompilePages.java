package se.lokalabehov.portal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.Wording;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Moment 4: SKR compiles what the regions have delivered into national needs, on the same
 * board as the regions merge on.
 */
@Page
@For(Role.SKR_COMPILER)
class CompilePages {

	private static final String BASE = "/nationellt/sammanstall";

	private static final String UNDONE = "Ångrat: sammanställdes av misstag.";

	private static final Set<String> OPEN = Set.of("FORMED", "IN_SCREENING");

	private final Regions regions;

	private final Traces traces;

	private final Services services;

	private final Candidates candidates;

	CompilePages(Regions regions, Traces traces, Services services, Candidates candidates) {
		this.regions = regions;
		this.traces = traces;
		this.services = services;
		this.candidates = candidates;
	}

	@GetMapping(BASE)
	@Menu(value = "nation", order = 40)
	ModelAndView board(@RequestParam Optional<String> omgang, @RequestParam Optional<String> bildat,
			@RequestParam Optional<String> gjort, @RequestParam Optional<String> q,
			@RequestParam Optional<String> sida) {
		return board(omgang, q, sida, null).addObject("formed", bildat.orElse(null))
			.addObject("done", gjort.filter("andrat|upplost"::contains).map((one) -> "board.done." + one).orElse(null));
	}

	private ModelAndView board(Optional<String> wanted, @Nullable Trouble trouble) {
		return board(wanted, Optional.empty(), Optional.empty(), trouble);
	}

	private ModelAndView board(Optional<String> wanted, Optional<String> q, Optional<String> sida,
			@Nullable Trouble trouble) {
		List<Regions.InRegion> cycles = this.regions.all();
		Optional<Regions.InRegion> cycle = Regions.chosen(cycles, wanted);
		if (cycle.isEmpty() && wanted.isPresent()) {
			return PageProblems.notFound();
		}
		ModelAndView page = new ModelAndView("portal/sammanfora").addObject("whose", Names.of(Access.SKR))
			.addObject("cycles", cycles)
			.addObject("cycle", cycle.orElse(null))
			.addObject("tabs", ScreeningPages.TABS)
			.addObject("root", "/nationellt")
			.addObject("menu", "menu.nation")
			.addObject("here", "sammanstall")
			.addObject("trouble", trouble)
			.addObject("suggestionsAway", false);
		cycle.ifPresent((one) -> addBoard(page, one.id(), q, sida));
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private void addBoard(ModelAndView page, String cycle, Optional<String> q, Optional<String> sida) {
		Set<String> free = this.services.get("national-needs/screening-status?cycle={cycle}", cycle)
			.body()
			.path("notCompiled")
			.valueStream()
			.map(JsonNode::asString)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		List<Board.Part> parts = parts(free);
		Map<String, Node> nationals = this.traces.nationals(cycle)
			.stream()
			.collect(Collectors.toMap(Node::id, Function.identity()));
		Set<String> sources = new LinkedHashSet<>();
		nationals.values()
			.forEach((one) -> one.sources().forEach((source) -> sources.add(source.regionalNeed().value())));
		Map<String, Board.Part> known = parts(sources).stream()
			.collect(Collectors.toMap(Board.Part::id, Function.identity()));
		List<Board.Whole> wholes = this.services.all("national-needs?cycle={cycle}&limit=100", Board.MOST, cycle)
			.stream()
			.filter((one) -> !one.path("status").asString("").equals("DISSOLVED"))
			.map((one) -> whole(one, nationals.get(one.path("id").asString("")), known))
			.toList();
		List<Board.Candidate> candidates = List.of();
		try {
			candidates = Board.candidates(this.candidates.of(Access.SKR, cycle), parts);
		}
		catch (Services.Away ex) {
			page.addObject("suggestionsAway", true);
		}
		page.addObject("board", Board.of("nation", BASE, candidates, parts, wholes, q, sida));
	}

	private static Board.Whole whole(JsonNode one, @Nullable Node trace, Map<String, Board.Part> known) {
		List<Board.Part> parts = new ArrayList<>();
		if (trace != null) {
			trace.sources().forEach((source) -> {
				Board.Part part = known.get(source.regionalNeed().value());
				if (part != null) {
					parts.add(part);
				}
			});
		}
		String state = one.path("status").asString("FORMED");
		return new Board.Whole(one.path("id").asString(""), one.path("wording").path("title").asString(""), state,
				one.path("municipalities").asInt(0), parts, OPEN.contains(state));
	}

	/** Delivered regional needs, in the order that they are named. */
	private List<Board.Part> parts(Collection<String> ids) {
		Map<String, Node> found = this.traces.needs(ids)
			.stream()
			.filter((one) -> one.kind() == Kind.REGIONAL_NEED && one.delivered())
			.collect(Collectors.toMap(Node::id, Function.identity()));
		List<Board.Part> parts = new ArrayList<>();
		for (String id : ids) {
			Node one = found.get(id);
			if (one != null) {
				Optional<Wording> words = one.wording();
				parts
					.add(new Board.Part(id, 0, one.title(),
							Names.of(String.valueOf(one.rss())) + ": " + Names
								.list(one.municipalities().stream().map(Names::of).sorted(Words.SWEDISH).toList()),
							words.map(Wording::question).orElse(""), words.map(Wording::situation).orElse("")));
			}
		}
		return parts;
	}

	@PostMapping(BASE)
	ModelAndView choose(@RequestParam String omgang, @RequestParam Optional<List<String>> behov,
			@RequestParam(defaultValue = "") String till, @RequestParam String nyckel) {
		Set<String> more = Board.chosen(behov.orElse(null)).keySet();
		if (more.isEmpty()) {
			return board(Optional.of(omgang), Trouble.message("board.tick"));
		}
		if (till.isEmpty()) {
			return Board.toNew(BASE, omgang, behov.orElseThrow());
		}
		Optional<Services.Answer> found = this.services.find("national-needs/{id}", till);
		if (found.isEmpty()) {
			return PageProblems.notFound();
		}
		Set<String> sources = sources(found.get());
		sources.addAll(more);
		Services.Answer answer = this.services.put(nyckel, String.valueOf(found.get().version()), "national-needs/{id}",
				Map.of("wording", Words.of(found.get().body().path("wording")).body(), "sources", sources), till);
		return answer.ok() ? to(omgang, "gjort=andrat") : board(Optional.of(omgang), Trouble.of(answer));
	}

	private static Set<String> sources(Services.Answer national) {
		return national.body()
			.path("sources")
			.valueStream()
			.map((source) -> source.path("regionalNeed").asString(""))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static ModelAndView to(String cycle, String what) {
		return new ModelAndView("redirect:" + BASE + "?omgang=" + Words.encoded(cycle) + "&" + what);
	}

	@GetMapping(BASE + "/nytt")
	ModelAndView write(@RequestParam String omgang, @RequestParam Optional<List<String>> behov) {
		Set<String> chosen = Board.chosen(behov.orElse(null)).keySet();
		List<Board.Part> parts = parts(chosen);
		if (parts.isEmpty()) {
			return board(Optional.of(omgang), Trouble.message("board.tick"));
		}
		Words words = this.traces.needs(List.of(parts.getFirst().id()))
			.stream()
			.flatMap((one) -> one.wording().stream())
			.map(Words::of)
			.findFirst()
			.orElseThrow();
		return form(omgang, null, "", parts, chosen, words, null);
	}

	private static ModelAndView form(String cycle, @Nullable String id, String version, List<Board.Part> parts,
			Set<String> ticked, Words words, @Nullable Trouble trouble) {
		ModelAndView page = new ModelAndView("portal/sammanfora-ord").addObject("level", "nation")
			.addObject("base", BASE)
			.addObject("action", BASE + "/" + ((id != null) ? Words.encoded(id) : "nytt"))
			.addObject("cycle", cycle)
			.addObject("id", id)
			.addObject("version", version)
			.addObject("parts", parts)
			.addObject("ticked", ticked)
			.addObject("words", words)
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	@PostMapping(BASE + "/nytt")
	ModelAndView formNew(@RequestParam String omgang, @RequestParam Optional<List<String>> behov,
			@RequestParam Optional<List<String>> med, @RequestParam String nyckel,
			@RequestParam MultiValueMap<String, String> form) {
		Words words = Words.of(form);
		Set<String> ticked = Board.chosen(behov.orElse(null)).keySet();
		Trouble trouble;
		try {
			Services.Answer answer = this.services.post(nyckel, "national-needs",
					Map.of("cycle", omgang, "wording", words.body(), "sources", ticked));
			if (answer.ok()) {
				return to(omgang, "bildat=" + Words.encoded(answer.id()));
			}
			trouble = Trouble.of(answer);
		}
		catch (Services.Away ex) {
			trouble = Trouble.of(ex);
		}
		return form(omgang, null, "", parts(Board.chosen(med.or(() -> behov).orElse(null)).keySet()), ticked, words,
				trouble);
	}

	@GetMapping(BASE + "/{id}")
	ModelAndView open(@PathVariable String id) {
		return this.services.find("national-needs/{id}", id)
			.map((found) -> form(found.body().path("cycle").asString(""), id, String.valueOf(found.version()),
					parts(sources(found)), sources(found), Words.of(found.body().path("wording")), null))
			.orElseGet(PageProblems::notFound);
	}

	@PostMapping(BASE + "/{id}")
	ModelAndView change(@PathVariable String id, @RequestParam String omgang,
			@RequestParam Optional<List<String>> behov, @RequestParam Optional<List<String>> med,
			@RequestParam String version, @RequestParam String nyckel,
			@RequestParam MultiValueMap<String, String> form) {
		Words words = Words.of(form);
		Set<String> ticked = Board.chosen(behov.orElse(null)).keySet();
		Trouble trouble;
		try {
			Services.Answer answer = this.services.put(nyckel, version, "national-needs/{id}",
					Map.of("wording", words.body(), "sources", ticked), id);
			if (answer.ok()) {
				return to(omgang, "gjort=andrat");
			}
			trouble = Trouble.of(answer);
		}
		catch (Services.Away ex) {
			trouble = Trouble.of(ex);
		}
		return form(omgang, id, version, parts(Board.chosen(med.or(() -> behov).orElse(null)).keySet()), ticked, words,
				trouble);
	}

	@PostMapping(BASE + "/{id}/los-upp")
	ModelAndView dissolve(@PathVariable String id, @RequestParam String omgang, @RequestParam Optional<String> reason,
			@RequestParam String nyckel) {
		Services.Answer answer = this.services.post(nyckel, "national-needs/{id}/dissolution",
				Map.of("reason", reason.filter((one) -> !one.isBlank()).orElse(UNDONE)), id);
		return answer.ok() ? to(omgang, "gjort=upplost") : board(Optional.of(omgang), Trouble.of(answer));
	}

}
