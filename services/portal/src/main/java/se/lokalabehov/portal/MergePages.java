package se.lokalabehov.portal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Moment 3: the RSS merges what asks the same into regional needs. A municipality's words
 * are never changed; the regional need has words of its own, begun with those of the need
 * that is ticked first.
 */
@Page
@For({ Role.RSS_COORDINATOR, Role.SKR_COMPILER })
class MergePages {

	private static final String UNDONE = "Ångrat: sammanfördes av misstag.";

	private final Regions regions;

	private final Traces traces;

	private final Services services;

	private final Candidates candidates;

	MergePages(Regions regions, Traces traces, Services services, Candidates candidates) {
		this.regions = regions;
		this.traces = traces;
		this.services = services;
		this.candidates = candidates;
	}

	@GetMapping("/region/{rss}/sammanfora")
	ModelAndView board(@PathVariable String rss, @RequestParam Optional<String> omgang,
			@RequestParam Optional<String> bildat, @RequestParam Optional<String> gjort,
			@RequestParam Optional<String> q, @RequestParam Optional<String> sida, Caller caller) {
		Regions.own(rss, caller);
		return board(rss, omgang, q, sida, null).addObject("formed", bildat.orElse(null))
			.addObject("done", gjort.filter("andrat|upplost"::contains).map((one) -> "board.done." + one).orElse(null));
	}

	private ModelAndView board(String rss, Optional<String> wanted, @Nullable Trouble trouble) {
		return board(rss, wanted, Optional.empty(), Optional.empty(), trouble);
	}

	private ModelAndView board(String rss, Optional<String> wanted, Optional<String> q, Optional<String> sida,
			@Nullable Trouble trouble) {
		List<Regions.InRegion> cycles = this.regions.of(rss);
		Optional<Regions.InRegion> cycle = Regions.chosen(cycles, wanted);
		if (cycle.isEmpty() && wanted.isPresent()) {
			return PageProblems.notFound();
		}
		ModelAndView page = new ModelAndView("portal/sammanfora").addObject("whose", Names.of(rss))
			.addObject("cycles", cycles)
			.addObject("cycle", cycle.orElse(null))
			.addObject("tabs", List.of("laget", "sammanfora", "leverans"))
			.addObject("root", "/region/" + rss)
			.addObject("menu", "menu.region")
			.addObject("here", "sammanfora")
			.addObject("trouble", trouble)
			.addObject("suggestionsAway", false);
		cycle.ifPresent((one) -> addBoard(page, rss, one.id(), q, sida));
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private void addBoard(ModelAndView page, String rss, String cycle, Optional<String> q, Optional<String> sida) {
		List<Board.Part> parts = notMerged(this.services, cycle);
		List<JsonNode> formed = regionalNeeds(rss, cycle);
		Map<String, Node> members = members(formed);
		List<Board.Candidate> candidates = List.of();
		try {
			candidates = Board.candidates(this.candidates.of(new OrganisationId(rss), cycle), parts);
		}
		catch (Services.Away ex) {
			page.addObject("suggestionsAway", true);
		}
		page.addObject("board", Board.of("region", "/region/" + rss + "/sammanfora", candidates, parts,
				formed.stream().map((one) -> whole(one, members)).toList(), q, sida));
	}

	/** The submitted needs of one's own region that are in no regional need. */
	static List<Board.Part> notMerged(Services services, String cycle) {
		return services.get("needs/not-merged?cycle={cycle}", cycle)
			.body()
			.path("needs")
			.valueStream()
			.map((need) -> new Board.Part(need.path("id").asString(""), need.path("version").asInt(1),
					need.path("title").asString(""), names(need.path("municipalities")), "", ""))
			.toList();
	}

	/** What is formed and stands. */
	private List<JsonNode> regionalNeeds(String rss, String cycle) {
		return this.services.all("regional-needs?cycle={cycle}&rss={rss}&limit=100", Board.MOST, cycle, rss)
			.stream()
			.filter((one) -> !one.path("status").asString("").equals("DISSOLVED"))
			.toList();
	}

	private Map<String, Node> members(List<JsonNode> regionalNeeds) {
		Set<String> ids = new LinkedHashSet<>();
		regionalNeeds.forEach((one) -> one.path("members")
			.valueStream()
			.forEach((member) -> ids.add(member.path("need").asString(""))));
		return this.traces.needs(ids).stream().collect(Collectors.toMap(Node::id, Function.identity()));
	}

	private static String names(JsonNode municipalities) {
		return Names.list(municipalities.valueStream().map((one) -> Names.of(one.asString(""))).toList());
	}

	private static Board.Part member(JsonNode member, @Nullable Node need) {
		return part(member.path("need").asString(""), member.path("version").asInt(1), need,
				names(member.path("municipalities")));
	}

	private static Board.Part part(String id, int version, @Nullable Node need, String from) {
		Optional<Wording> words = Optional.ofNullable(need).flatMap(Node::wording);
		return new Board.Part(id, version, words.map(Wording::title).orElse(Kind.NEED.label()), from,
				words.map(Wording::question).orElse(""), words.map(Wording::situation).orElse(""));
	}

	private static Board.Whole whole(JsonNode one, Map<String, Node> members) {
		boolean delivered = one.path("status").asString("").equals("DELIVERED");
		return new Board.Whole(one.path("id").asString(""), one.path("wording").path("title").asString(""),
				one.path("status").asString("FORMED"), one.path("weight").asInt(0),
				one.path("members")
					.valueStream()
					.map((member) -> member(member, members.get(member.path("need").asString(""))))
					.toList(),
				!delivered);
	}

	// Forming

	@GetMapping("/region/{rss}/sammanfora/nytt")
	ModelAndView write(@PathVariable String rss, @RequestParam String omgang,
			@RequestParam Optional<List<String>> behov, Caller caller) {
		Regions.own(rss, caller);
		List<Board.Part> parts = parts(rss, Board.chosen(behov.orElse(null)));
		if (parts.isEmpty()) {
			return board(rss, Optional.of(omgang), Trouble.message("board.tick"));
		}
		Words words = this.traces.needs(List.of(parts.getFirst().id()))
			.stream()
			.flatMap((need) -> need.wording().stream())
			.map(Words::of)
			.findFirst()
			.orElseThrow();
		return form(rss, omgang, null, "", parts, Board.chosen(behov.orElse(null)).keySet(), words, null);
	}

	/** The needs of the region that are named. */
	private List<Board.Part> parts(String rss, Map<String, Integer> chosen) {
		Map<String, Node> found = this.traces.needs(chosen.keySet())
			.stream()
			.filter((need) -> rss.equals(need.rss()))
			.collect(Collectors.toMap(Node::id, Function.identity()));
		List<Board.Part> parts = new ArrayList<>();
		chosen.forEach((id, version) -> {
			Node need = found.get(id);
			if (need != null) {
				parts.add(part(id, version, need,
						Names.list(need.municipalities().stream().map(Names::of).sorted(Words.SWEDISH).toList())));
			}
		});
		return parts;
	}

	private static ModelAndView form(String rss, String cycle, @Nullable String id, String version,
			List<Board.Part> parts, Set<String> ticked, Words words, @Nullable Trouble trouble) {
		ModelAndView page = new ModelAndView("portal/sammanfora-ord").addObject("level", "region")
			.addObject("base", "/region/" + rss + "/sammanfora")
			.addObject("action", "/region/" + rss + "/sammanfora/" + ((id != null) ? Words.encoded(id) : "nytt"))
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

	@PostMapping("/region/{rss}/sammanfora/nytt")
	ModelAndView formNew(@PathVariable String rss, @RequestParam String omgang,
			@RequestParam Optional<List<String>> behov, @RequestParam Optional<List<String>> med,
			@RequestParam String nyckel, @RequestParam MultiValueMap<String, String> form, Caller caller) {
		Regions.own(rss, caller);
		Words words = Words.of(form);
		Map<String, Integer> ticked = Board.chosen(behov.orElse(null));
		Trouble trouble;
		try {
			Services.Answer answer = this.services.post(nyckel, "regional-needs",
					Map.of("cycle", omgang, "wording", words.body(), "members", body(ticked)));
			if (answer.ok()) {
				return to(rss, omgang, "bildat=" + Words.encoded(answer.id()));
			}
			trouble = Trouble.of(answer);
		}
		catch (Services.Away ex) {
			trouble = Trouble.of(ex);
		}
		return form(rss, omgang, null, "", parts(rss, Board.chosen(med.or(() -> behov).orElse(null))), ticked.keySet(),
				words, trouble);
	}

	private static ModelAndView to(String rss, String cycle, String what) {
		return new ModelAndView("redirect:/region/" + rss + "/sammanfora?omgang=" + Words.encoded(cycle) + "&" + what);
	}

	private static List<Map<String, Object>> body(Map<String, Integer> members) {
		return members.entrySet()
			.stream()
			.map((one) -> Map.<String, Object>of("need", one.getKey(), "version", one.getValue()))
			.toList();
	}

	// Changing

	@GetMapping("/region/{rss}/sammanfora/{id}")
	ModelAndView open(@PathVariable String rss, @PathVariable String id, Caller caller) {
		Regions.own(rss, caller);
		return this.services.find("regional-needs/{id}", id)
			.filter((found) -> found.body().path("rss").asString("").equals(rss))
			.map((found) -> {
				Map<String, Integer> members = members(found);
				return form(rss, found.body().path("cycle").asString(""), id, String.valueOf(found.version()),
						parts(rss, members), members.keySet(), Words.of(found.body().path("wording")), null);
			})
			.orElseGet(PageProblems::notFound);
	}

	private static Map<String, Integer> members(Services.Answer regionalNeed) {
		Map<String, Integer> members = new LinkedHashMap<>();
		regionalNeed.body()
			.path("members")
			.valueStream()
			.forEach((member) -> members.put(member.path("need").asString(""), member.path("version").asInt(1)));
		return members;
	}

	@PostMapping("/region/{rss}/sammanfora/{id}")
	ModelAndView change(@PathVariable String rss, @PathVariable String id, @RequestParam String omgang,
			@RequestParam Optional<List<String>> behov, @RequestParam Optional<List<String>> med,
			@RequestParam String version, @RequestParam String nyckel, @RequestParam MultiValueMap<String, String> form,
			Caller caller) {
		Regions.own(rss, caller);
		Words words = Words.of(form);
		Map<String, Integer> ticked = Board.chosen(behov.orElse(null));
		Trouble trouble;
		try {
			Services.Answer answer = this.services.put(nyckel, version, "regional-needs/{id}",
					Map.of("wording", words.body(), "members", body(ticked)), id);
			if (answer.ok()) {
				return to(rss, omgang, "gjort=andrat");
			}
			trouble = Trouble.of(answer);
		}
		catch (Services.Away ex) {
			trouble = Trouble.of(ex);
		}
		return form(rss, omgang, id, version, parts(rss, Board.chosen(med.or(() -> behov).orElse(null))),
				ticked.keySet(), words, trouble);
	}

	/**
	 * What is ticked on the board becomes a new one, or is put into one that is there.
	 */
	@PostMapping("/region/{rss}/sammanfora")
	ModelAndView choose(@PathVariable String rss, @RequestParam String omgang,
			@RequestParam Optional<List<String>> behov, @RequestParam(defaultValue = "") String till,
			@RequestParam String nyckel, Caller caller) {
		Regions.own(rss, caller);
		Map<String, Integer> more = Board.chosen(behov.orElse(null));
		if (more.isEmpty()) {
			return board(rss, Optional.of(omgang), Trouble.message("board.tick"));
		}
		if (till.isEmpty()) {
			return Board.toNew("/region/" + rss + "/sammanfora", omgang, behov.orElseThrow());
		}
		Optional<Services.Answer> found = this.services.find("regional-needs/{id}", till);
		if (found.isEmpty()) {
			return PageProblems.notFound();
		}
		Map<String, Integer> members = members(found.get());
		members.putAll(more);
		Services.Answer answer = this.services.put(nyckel, String.valueOf(found.get().version()), "regional-needs/{id}",
				Map.of("wording", Words.of(found.get().body().path("wording")).body(), "members", body(members)), till);
		return answer.ok() ? to(rss, omgang, "gjort=andrat") : board(rss, Optional.of(omgang), Trouble.of(answer));
	}

	@PostMapping("/region/{rss}/sammanfora/{id}/los-upp")
	ModelAndView dissolve(@PathVariable String rss, @PathVariable String id, @RequestParam String omgang,
			@RequestParam Optional<String> reason, @RequestParam String nyckel, Caller caller) {
		Regions.own(rss, caller);
		Services.Answer answer = this.services.post(nyckel, "regional-needs/{id}/dissolution",
				Map.of("reason", reason.filter((one) -> !one.isBlank()).orElse(UNDONE)), id);
		return answer.ok() ? to(rss, omgang, "gjort=upplost") : board(rss, Optional.of(omgang), Trouble.of(answer));
	}

}
