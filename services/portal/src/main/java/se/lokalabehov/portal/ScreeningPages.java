package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Moment 4: SKR asks agencies to judge the national needs and follows how far that has
 * come; agencies judge, one or many at a time.
 */
@Page
@For({ Role.SKR_COMPILER, Role.AGENCY_OFFICER })
class ScreeningPages {

	/** The pages of national work, by the last part of their addresses. */
	static final List<String> TABS = List.of("sammanstall", "sallning", "overlamning");

	/** The latest overview and two more sources (domain rule 17). */
	private static final List<Integer> SOURCES = List.of(1, 2, 3);

	private final Regions regions;

	private final Services services;

	ScreeningPages(Regions regions, Services services) {
		this.regions = regions;
		this.services = services;
	}

	/**
	 * A national need.
	 *
	 * @param state last part of a message's key
	 * @param verdict code of the verdict, empty before there is one
	 * @param reason its reason
	 * @param by who has judged, or is asked to
	 * @param due last day to judge
	 * @param mine whether the caller can tick it
	 */
	record Row(String id, String title, String question, int municipalities, String state, String verdict,
			String reason, String by, @Nullable LocalDate due, boolean mine) {
	}

	/** How many an agency has before it. */
	record Waiting(String name, int asked, int waiting) {
	}

	@GetMapping("/nationellt/sallning")
	@Menu(value = "screening", order = 41)
	ModelAndView list(@RequestParam Optional<String> omgang, @RequestParam Optional<String> visa,
			@RequestParam Optional<String> q, @RequestParam Optional<String> sida, @RequestParam Optional<String> gjort,
			Caller caller) {
		return page(omgang, visa.orElse(""), null, new LinkedHashMap<>(), List.of(), caller,
				(all, chosen) -> Listing.of(all, chosen, q, sida, ScreeningPages::text))
			.addObject("done",
					gjort.filter("fragat|bedomt"::contains).map((one) -> "screening.done." + one).orElse(null));
	}

	private ModelAndView page(Optional<String> wanted, String filter, @Nullable Trouble trouble,
			Map<String, String> typed, List<String> ticked, Caller caller,
			BiFunction<Integer, List<Row>, Listing<Row>> part) {
		List<Regions.InRegion> cycles = this.regions.all();
		Optional<Regions.InRegion> cycle = Regions.chosen(cycles, wanted);
		if (cycle.isEmpty() && wanted.isPresent()) {
			return PageProblems.notFound();
		}
		boolean skr = caller.is(Role.SKR_COMPILER);
		ModelAndView page = new ModelAndView("portal/sallning").addObject("cycles", cycles)
			.addObject("cycle", cycle.orElse(null))
			.addObject("tabs", skr ? TABS : List.of())
			.addObject("skr", skr)
			.addObject("filter", filter)
			.addObject("typed", typed)
			.addObject("ticked", ticked)
			.addObject("sources", SOURCES)
			.addObject("agencies", agencies())
			.addObject("trouble", trouble);
		cycle.ifPresent((one) -> addRows(page, one.id(), filter, caller, part));
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	/** The agencies that can be asked, by name. */
	static List<Organisation> agencies() {
		return Directory.standard()
			.organisations(se.lokalabehov.directory.Kind.AGENCY)
			.stream()
			.sorted((one, other) -> Words.SWEDISH.compare(one.name(), other.name()))
			.toList();
	}

	private void addRows(ModelAndView page, String cycle, String filter, Caller caller,
			BiFunction<Integer, List<Row>, Listing<Row>> part) {
		JsonNode status = this.services.get("national-needs/screening-status?cycle={cycle}", cycle).body();
		List<Row> rows = rows(cycle, caller);
		page.addObject("summary", status.path("summary").asString(""))
			.addObject("waiting",
					status.path("agencies")
						.valueStream()
						.map((one) -> new Waiting(Names.of(one.path("agency").asString("")), one.path("asked").asInt(0),
								one.path("waiting").asInt(0)))
						.toList())
			.addObject("list", part.apply(rows.size(), chosen(rows, filter)))
			.addObject("mine", rows.stream().anyMatch(Row::mine));
	}

	private static List<Row> chosen(List<Row> rows, String filter) {
		return rows.stream().filter((one) -> switch (filter) {
			case "vantar" -> one.verdict().isEmpty();
			case "bedomda" -> !one.verdict().isEmpty();
			default -> true;
		}).toList();
	}

	/** Where words are looked for. */
	private static String text(Row row) {
		return row.title() + " " + row.question() + " " + row.by() + " " + row.reason();
	}

	/** The needs as a file, whatever is chosen on the page. */
	@GetMapping("/nationellt/sallning.csv")
	ResponseEntity<byte[]> csv(@RequestParam String omgang, Caller caller) {
		CsvText csv = new CsvText("behov", "rubrik", "kommuner", "lage", "bedomning", "skal", "vem", "senast");
		rows(omgang, caller).forEach((one) -> csv.row(one.id(), one.title(), String.valueOf(one.municipalities()),
				one.state(), one.verdict(), one.reason(), one.by(), (one.due() != null) ? one.due().toString() : ""));
		return csv.file("sallning.csv");
	}

	private List<Row> rows(String cycle, Caller caller) {
		boolean skr = caller.is(Role.SKR_COMPILER);
		String own = caller.organisation().value();
		List<JsonNode> needs = skr ? this.services.all("national-needs?cycle={cycle}&limit=100", Board.MOST, cycle)
				: this.services.all("national-needs?cycle={cycle}&agency={agency}&limit=100", Board.MOST, cycle, own);
		return needs.stream()
			.filter((one) -> !one.path("status").asString("").equals("DISSOLVED"))
			.map((one) -> row(one, skr, own))
			.toList();
	}

	private static Row row(JsonNode one, boolean skr, String own) {
		JsonNode screening = one.path("screening");
		JsonNode asked = one.path("asked");
		String verdict = screening.path("verdict").asString("");
		String by = verdict.isEmpty()
				? Names
					.list(asked.path("agencies").valueStream().map((agency) -> Names.of(agency.asString(""))).toList())
				: Names.of(screening.path("judgedBy").asString(""));
		boolean askedOfMe = asked.path("agencies").valueStream().anyMatch((agency) -> agency.asString("").equals(own));
		String due = asked.path("due").asString("");
		return new Row(one.path("id").asString(""), one.path("wording").path("title").asString(""),
				one.path("wording").path("question").asString(""), one.path("municipalities").asInt(0),
				one.path("status").asString("FORMED"), verdict, screening.path("reason").asString(""), by,
				due.isEmpty() ? null : LocalDate.parse(due), verdict.isEmpty() && (skr || askedOfMe));
	}

	@PostMapping("/nationellt/sallning/be")
	@For(Role.SKR_COMPILER)
	ModelAndView ask(@RequestParam String omgang, @RequestParam Optional<List<String>> behov,
			@RequestParam Optional<List<String>> agencies, @RequestParam String due, @RequestParam String nyckel,
			@RequestParam MultiValueMap<String, String> form, Caller caller) {
		Map<String, Object> body = Map.of("agencies", agencies.orElse(List.of()), "due", due);
		return each("fragat", omgang, behov.orElse(List.of()), nyckel, "screening-request", body, form, caller);
	}

	@PostMapping("/nationellt/sallning/bedom")
	@For(Role.AGENCY_OFFICER)
	ModelAndView judge(@RequestParam String omgang, @RequestParam Optional<List<String>> behov,
			@RequestParam String nyckel, @RequestParam MultiValueMap<String, String> form, Caller caller) {
		Map<String, String> typed = form.toSingleValueMap();
		Map<String, Object> body = new LinkedHashMap<>();
		List.of("verdict", "reason", "searchedOn", "support").forEach((name) -> {
			String value = typed.getOrDefault(name, "");
			if (!value.isBlank()) {
				body.put(name, value);
			}
		});
		List<Map<String, Object>> evidence = new ArrayList<>();
		for (int number : SOURCES) {
			String title = typed.getOrDefault("kalla-" + number + "-title", "");
			if (!title.isBlank()) {
				evidence.add(Map.of("title", title, "publisher",
						typed.getOrDefault("kalla-" + number + "-publisher", ""), "reference",
						typed.getOrDefault("kalla-" + number + "-reference", ""), "overview", number == 1));
			}
		}
		body.put("evidence", evidence);
		return each("bedomt", omgang, behov.orElse(List.of()), nyckel, "screening", body, form, caller);
	}

	private ModelAndView each(String done, String cycle, List<String> needs, String key, String act, Object body,
			MultiValueMap<String, String> form, Caller caller) {
		Trouble trouble = needs.isEmpty() ? Trouble.message("board.tick") : Bulk.each(needs, titles(form), key,
				(own, id) -> this.services.post(own, "national-needs/{id}/" + act, body, id));
		return (trouble == null)
				? new ModelAndView("redirect:/nationellt/sallning?gjort=" + done + "&omgang=" + Words.encoded(cycle))
				: page(Optional.of(cycle), "", trouble, form.toSingleValueMap(), needs, caller,
						(all, chosen) -> Listing.whole(chosen));
	}

	/** What the page called each thing, so that a refusal can name it. */
	static Map<String, String> titles(MultiValueMap<String, String> form) {
		return form.toSingleValueMap()
			.entrySet()
			.stream()
			.filter((one) -> one.getKey().startsWith("rubrik-"))
			.collect(Collectors.toMap((one) -> one.getKey().substring("rubrik-".length()), Map.Entry::getValue));
	}

}
