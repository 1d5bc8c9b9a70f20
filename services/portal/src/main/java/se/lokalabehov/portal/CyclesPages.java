package se.lokalabehov.portal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.AreaEvent.AreaChosen;
import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Moment 1: which cycles there are, an area is chosen, and SKR opens the cycle, moves its
 * days and ends it.
 */
@Page
class CyclesPages {

	private static final int PAGE = 50;

	/** What SKR does with a cycle, and what is then told as done. */
	private static final Set<String> ACTS = Set.of("oppna", "forlang", "stang", "avsluta", "avbryt");

	/** Proposed days, in months from today: a cycle takes one to two years. */
	private static final Map<Step, Integer> USUAL = Map.of(Step.ANSWER, 3, Step.DELIVER, 5, Step.SCREEN, 8, Step.RANK,
			10, Step.FEED_BACK, 18);

	private final Traces traces;

	private final Services services;

	private final Ui ui;

	private final Clock clock;

	CyclesPages(Traces traces, Services services, Ui ui, Clock clock) {
		this.traces = traces;
		this.services = services;
		this.ui = ui;
		this.clock = clock;
	}

	/**
	 * A cycle in the list.
	 *
	 * @param state last part of a message's key
	 * @param timetable the last days, none before it is opened
	 * @param step the step whose last day is next, none when there is none
	 */
	record Row(String id, String title, String area, String state, Map<Step, LocalDate> timetable,
			@Nullable Step step) {

		/** The last day of the step that is next. */
		public @Nullable LocalDate next() {
			return (this.step != null) ? this.timetable.get(this.step) : null;
		}

	}

	@GetMapping("/omgangar")
	@Menu(value = "cycles", order = 5)
	ModelAndView list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String lage,
			@RequestParam(defaultValue = "") String fran, @RequestParam(defaultValue = "") String gjort,
			Caller caller) {
		List<Row> all = rows(caller);
		List<Row> rows = wanted(all, q, lage);
		int from = fran.matches("[0-9]{1,6}") ? Math.min(Integer.parseInt(fran), rows.size()) : 0;
		int to = Math.min(from + PAGE, rows.size());
		return new ModelAndView("portal/omgangar").addObject("rows", rows.subList(from, to))
			.addObject("found", rows.size())
			.addObject("count", all.size())
			.addObject("q", q)
			.addObject("lage", lage)
			.addObject("next", (to < rows.size()) ? Integer.valueOf(to) : null)
			.addObject("skr", caller.is(Role.SKR_COMPILER))
			.addObject("chooses", caller.is(Role.SKR_COMPILER) || caller.is(Role.SOCIAL_CHIEF))
			.addObject("done", gjort.equals("vald") ? "cycles.done.vald" : null);
	}

	@GetMapping("/omgangar.csv")
	ResponseEntity<byte[]> csv(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String lage,
			Caller caller) {
		CsvText csv = new CsvText("omgång", "område", "läge", "kommunernas svar", "leverans", "sållning",
				"prioritering", "återkoppling");
		wanted(rows(caller), q, lage).forEach((row) -> csv.row(row.title(), row.area(),
				this.ui.text("cycle." + row.state()), text(row, Step.ANSWER), text(row, Step.DELIVER),
				text(row, Step.SCREEN), text(row, Step.RANK), text(row, Step.FEED_BACK)));
		return ResponseEntity.ok()
			.contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=omgangar.csv")
			.body(csv.bytes());
	}

	private static String text(Row row, Step step) {
		LocalDate day = row.timetable().get(step);
		return (day != null) ? day.toString() : "";
	}

	/** What the caller may see, the latest first. */
	private List<Row> rows(Caller caller) {
		LocalDate today = today();
		return this.traces.cycles()
			.stream()
			.filter((cycle) -> Access.sight(caller, cycle, new Gathered()) != Sight.NONE)
			.map((cycle) -> row(cycle, today))
			.toList();
	}

	private static Row row(Node cycle, LocalDate today) {
		String state = state(cycle);
		Map<Step, LocalDate> timetable = cycle.timetable();
		Step next = state.equals("running") ? timetable.entrySet()
			.stream()
			.filter((one) -> !one.getValue().isBefore(today))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null) : null;
		return new Row(cycle.id(), cycle.title(),
				Names.area(cycle.last(AreaChosen.class)
					.map(AreaChosen::area)
					.or(() -> cycle.last(CycleOpened.class).map(CycleOpened::area))
					.orElse(null)),
				state, timetable, next);
	}

	private static String state(Node cycle) {
		return (cycle.has(CycleOpened.class) || cycle.isCancelled()) ? CyclePage.state(cycle) : "chosen";
	}

	private static List<Row> wanted(List<Row> rows, String words, String state) {
		String sought = words.strip().toLowerCase(Locale.ROOT);
		return rows.stream()
			.filter((row) -> state.isEmpty() || row.state().equals(state))
			.filter((row) -> (row.title() + " " + row.area()).toLowerCase(Locale.ROOT).contains(sought))
			.toList();
	}

	private LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), Memberships.SWEDEN);
	}

	@GetMapping("/omgangar/ny")
	@For({ Role.SKR_COMPILER, Role.SOCIAL_CHIEF })
	ModelAndView begin(Caller caller) {
		return choice(Map.of(), caller.is(Role.SOCIAL_CHIEF) ? List.of(caller.organisation().value()) : List.of(),
				null);
	}

	private ModelAndView choice(Map<String, String> typed, List<String> choosers, @Nullable Trouble trouble) {
		return answered(new ModelAndView("portal/omgang-ny").addObject("typed", typed)
			.addObject("choosers", choosers)
			.addObject("groups", NewRoundPages.groupsToday(today()))
			.addObject("trouble", trouble), trouble);
	}

	private static ModelAndView answered(ModelAndView page, @Nullable Trouble trouble) {
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	@PostMapping("/omgangar/ny")
	@For({ Role.SKR_COMPILER, Role.SOCIAL_CHIEF })
	ModelAndView choose(@RequestParam String nyckel, @RequestParam MultiValueMap<String, String> form, Caller caller) {
		Map<String, String> typed = form.toSingleValueMap();
		List<String> choosers = form.getOrDefault("choosers", List.of());
		try {
			Services.Answer answer = this.services.post(nyckel, "cycles",
					Map.of("area", typed.getOrDefault("area", ""), "title", typed.getOrDefault("title", ""), "why",
							typed.getOrDefault("why", ""), "choosers", choosers));
			if (!answer.ok()) {
				return choice(typed, choosers, Trouble.of(answer));
			}
			return new ModelAndView(caller.is(Role.SKR_COMPILER) ? "redirect:/omgangar/" + answer.id() + "/skota"
					: "redirect:/omgangar?gjort=vald");
		}
		catch (Services.Away ex) {
			return choice(typed, choosers, Trouble.of(ex));
		}
	}

	@GetMapping("/omgangar/{id}/skota")
	@For(Role.SKR_COMPILER)
	ModelAndView run(@PathVariable String id, @RequestParam(defaultValue = "") String gjort) {
		return page(id, null, Map.of()).addObject("done", ACTS.contains(gjort) ? "cycles.done." + gjort : null);
	}

	private ModelAndView page(String id, @Nullable Trouble trouble, Map<String, String> typed) {
		Optional<JsonNode> found = this.services.find("cycles/{id}", id).map(Services.Answer::body);
		if (found.isEmpty()) {
			return PageProblems.notFound();
		}
		JsonNode cycle = found.get();
		Map<String, LocalDate> timetable = new LinkedHashMap<>();
		Map<String, String> proposed = new LinkedHashMap<>();
		for (Step step : Step.values()) {
			String day = cycle.path("timetable").path(step.name()).asString("");
			if (!day.isEmpty()) {
				timetable.put(step.name(), LocalDate.parse(day));
			}
			proposed.put(step.name(),
					typed.getOrDefault("oppna-" + step, today().plusMonths(USUAL.getOrDefault(step, 1)).toString()));
		}
		return answered(new ModelAndView("portal/omgang-skota").addObject("cycle", cycle)
			.addObject("id", id)
			.addObject("status", cycle.path("status").asString(""))
			.addObject("area", Names.area(cycle.path("area").asString("")))
			.addObject("choosers",
					Names.list(RoundPages.strings(cycle.path("choosers")).stream().map(Names::of).toList()))
			.addObject("timetable", timetable)
			.addObject("proposed", proposed)
			.addObject("steps", Step.values())
			.addObject("compilingClosed", cycle.path("compilingClosed").asBoolean())
			.addObject("typed", typed)
			.addObject("trouble", trouble), trouble);
	}

	/** The fields of an act begin with its name. */
	@PostMapping("/omgangar/{id}/skota")
	@For(Role.SKR_COMPILER)
	ModelAndView act(@PathVariable String id, @RequestParam(defaultValue = "") String gor, @RequestParam String nyckel,
			@RequestParam MultiValueMap<String, String> form) {
		if (!ACTS.contains(gor)) {
			return PageProblems.notFound();
		}
		Map<String, String> typed = form.toSingleValueMap();
		Optional<Trouble.Field> wrong = wrongDay(gor, typed);
		if (wrong.isPresent()) {
			return page(id, new Trouble(null, null, List.of(wrong.get())), typed);
		}
		try {
			Services.Answer answer = switch (gor) {
				case "oppna" ->
					this.services.post(nyckel, "cycles/{id}/opening", Map.of("timetable", timetable(typed)), id);
				case "forlang" ->
					this.services
						.post(nyckel, "cycles/{id}/extensions",
								Map.of("step", typed.getOrDefault("forlang-step", ""), "until",
										typed.get("forlang-until"), "reason", typed.getOrDefault("forlang-reason", "")),
								id);
				case "stang" -> this.services.post(nyckel, "cycles/{id}/compiling-closing", Map.of(), id);
				case "avsluta" -> this.services.post(nyckel, "cycles/{id}/finish",
						Map.of("summary", typed.getOrDefault("avsluta-summary", "")), id);
				default -> this.services.post(nyckel, "cycles/{id}/cancellation",
						Map.of("reason", typed.getOrDefault("avbryt-reason", "")), id);
			};
			return answer.ok() ? new ModelAndView("redirect:/omgangar/" + Words.encoded(id) + "/skota?gjort=" + gor)
					: page(id, RoundPages.prefixed(Trouble.of(answer), gor), typed);
		}
		catch (Services.Away ex) {
			return page(id, Trouble.of(ex), typed);
		}
	}

	private static Map<String, String> timetable(Map<String, String> typed) {
		Map<String, String> timetable = new LinkedHashMap<>();
		for (Step step : Step.values()) {
			timetable.put(step.name(), typed.getOrDefault("oppna-" + step, ""));
		}
		return timetable;
	}

	/** What is no day is told here, in words that name the step and not its code. */
	private Optional<Trouble.Field> wrongDay(String act, Map<String, String> typed) {
		if (act.equals("forlang") && !isDay(typed.get("forlang-until"))) {
			return Optional.of(new Trouble.Field("forlang-until", this.ui.text("cycles.day.wrong")));
		}
		if (!act.equals("oppna")) {
			return Optional.empty();
		}
		return timetable(typed).entrySet()
			.stream()
			.filter((day) -> !isDay(day.getValue()))
			.map((day) -> new Trouble.Field("oppna-" + day.getKey(),
					this.ui.text("cycles.day.missing", this.ui.text("step." + day.getKey()))))
			.findFirst();
	}

	private static boolean isDay(@Nullable String typed) {
		try {
			return typed != null && LocalDate.parse(typed).getYear() > 0;
		}
		catch (DateTimeParseException ex) {
			return false;
		}
	}

}
