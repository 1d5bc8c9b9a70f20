package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
 * Moments 6 and 7: an agency confirms what it is given or returns it, and answers:
 * whether and how, why, when; then how it goes and what was delivered. What it says is
 * published as it is said; anybody reads it.
 */
@Page
class AgencyPages {

	private static final List<String> DECISIONS = List.of("NEW_SUPPORT", "ADAPT_EXISTING", "EXISTING_SUFFICES",
			"RESEARCH_GAP", "DECLINED");

	private final Services services;

	private final CurrentDirectory directory;

	AgencyPages(Services services, CurrentDirectory directory) {
		this.services = services;
		this.directory = directory;
	}

	/**
	 * A need that the agency leads.
	 *
	 * @param state last part of a message's key; {@code TO_ANSWER} and {@code ANSWERED}
	 * are received
	 * @param due last day to confirm, none once that is done
	 * @param overdue whether that day has passed
	 */
	record Row(String id, String title, String state, int rank, int municipalities, @Nullable LocalDate due,
			boolean overdue, boolean open) {
	}

	/** Something that was told of an answer. */
	record Told(Instant at, String text, String link) {
	}

	@GetMapping("/myndighet")
	@For(Role.AGENCY_OFFICER)
	@Menu(value = "agency", order = 10)
	ModelAndView list(@RequestParam Optional<String> visa, @RequestParam Optional<String> q,
			@RequestParam Optional<String> sida, @RequestParam Optional<String> gjort, Caller caller) {
		List<Row> rows = rows(caller);
		List<Row> chosen = rows.stream()
			.filter((one) -> visa.orElse("").isEmpty() || one.state().equals(visa.get()))
			.toList();
		return page(rows, Listing.of(rows.size(), chosen, q, sida, Row::title), visa.orElse(""), null, Map.of(),
				List.of(), caller)
			.addObject("done",
					gjort.filter("mottaget|lamnat"::contains).map((one) -> "agency.done." + one).orElse(null));
	}

	/** The needs as a file, whatever is chosen on the page. */
	@GetMapping("/myndighet.csv")
	@For(Role.AGENCY_OFFICER)
	ResponseEntity<byte[]> csv(Caller caller) {
		CsvText csv = new CsvText("behov", "rubrik", "lage", "rang", "kommuner", "bekrafta_senast");
		rows(caller).forEach((one) -> csv.row(one.id(), one.title(), one.state(), String.valueOf(one.rank()),
				String.valueOf(one.municipalities()), (one.due() != null) ? one.due().toString() : ""));
		return csv.file("myndighet.csv");
	}

	private List<Row> rows(Caller caller) {
		String own = caller.organisation().value();
		Set<String> answered = this.services.all("feedback?agency={agency}&limit=100", Board.MOST, own)
			.stream()
			.map((one) -> one.path("nationalNeed").asString(""))
			.collect(Collectors.toSet());
		return this.services.all("hand-offs?agency={agency}&limit=100", Board.MOST, own)
			.stream()
			.filter((one) -> one.path("agency").asString("").equals(own))
			.map((one) -> row(one, answered))
			.toList();
	}

	private static ModelAndView page(List<Row> rows, Listing<Row> list, String filter, @Nullable Trouble trouble,
			Map<String, String> typed, List<String> ticked, Caller caller) {
		ModelAndView page = new ModelAndView("portal/myndighet").addObject("agency", Names.of(caller.organisation()))
			.addObject("list", list)
			.addObject("open", rows.stream().anyMatch(Row::open))
			.addObject("filter", filter)
			.addObject("typed", typed)
			.addObject("ticked", ticked)
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	private Row row(JsonNode one, Set<String> answered) {
		String id = one.path("id").asString("");
		String status = one.path("status").asString("");
		boolean waits = status.equals("AWAITING_RECEIPT");
		String state = !status.equals("RECEIVED") ? status : answered.contains(id) ? "ANSWERED" : "TO_ANSWER";
		String last = one.path("due").asString("");
		LocalDate due = (waits && !last.isEmpty()) ? LocalDate.parse(last) : null;
		return new Row(id, one.path("wording").path("title").asString(""), state, one.path("rank").asInt(0),
				one.path("municipalities").asInt(0), due, due != null && due.isBefore(this.directory.today()), waits);
	}

	/** Confirms, or gives back. */
	@PostMapping("/myndighet")
	@For(Role.AGENCY_OFFICER)
	ModelAndView receive(@RequestParam Optional<List<String>> behov,
			@RequestParam(defaultValue = "") String registration, @RequestParam(defaultValue = "") String reason,
			@RequestParam(defaultValue = "mottaget") String gor, @RequestParam String nyckel,
			@RequestParam MultiValueMap<String, String> form, Caller caller) {
		List<String> needs = behov.orElse(List.of());
		boolean back = gor.equals("lamnat");
		Map<String, Object> body = back ? Map.of("reason", reason)
				: registration.isBlank() ? Map.of() : Map.of("registration", registration);
		Trouble trouble = needs.isEmpty() ? Trouble.message("board.tick") : Bulk.each(needs,
				ScreeningPages.titles(form), nyckel,
				(own, id) -> this.services.post(own, "hand-offs/{id}/" + (back ? "return" : "receipt"), body, id));
		if (trouble == null) {
			return new ModelAndView("redirect:/myndighet?gjort=" + (back ? "lamnat" : "mottaget"));
		}
		List<Row> rows = rows(caller);
		return page(rows, Listing.whole(rows), "", trouble, form.toSingleValueMap(), needs, caller);
	}

	// The answer

	@GetMapping("/aterkoppling/{id}")
	ModelAndView read(@PathVariable String id, @RequestParam Optional<String> gjort, Caller caller) {
		return answer(id, null, Map.of(), caller).map((page) -> page.addObject("done",
				gjort.filter("beslutat|berattat|levererat"::contains)
					.map((one) -> "feedback.done." + one)
					.orElse(null)))
			.orElseGet(PageProblems::notFound);
	}

	/** None when nothing is published and it is not the caller's to answer. */
	private Optional<ModelAndView> answer(String id, @Nullable Trouble trouble, Map<String, String> typed,
			Caller caller) {
		Optional<JsonNode> told = this.services.find("feedback/{id}", id).map(Services.Answer::body);
		Optional<JsonNode> handOff = caller.is(Role.AGENCY_OFFICER)
				? this.services.find("hand-offs/{id}", id).map(Services.Answer::body) : Optional.empty();
		boolean mine = handOff
			.filter((one) -> one.path("agency").asString("").equals(caller.organisation().value())
					&& one.path("status").asString("").equals("RECEIVED"))
			.isPresent();
		if (told.isEmpty() && !mine) {
			return Optional.empty();
		}
		JsonNode decision = told.map((one) -> one.path("decision")).orElse(null);
		ModelAndView page = new ModelAndView("portal/aterkoppling").addObject("id", id)
			.addObject("title",
					told.map((one) -> one.path("title").asString(""))
						.filter((title) -> !title.isEmpty())
						.or(() -> handOff.map((one) -> one.path("wording").path("title").asString("")))
						.orElse(Kind.FEEDBACK.label()))
			.addObject("question", handOff.map((one) -> one.path("wording").path("question").asString("")).orElse(""))
			.addObject("decision", (decision != null) ? decision.path("decision").asString("") : "")
			.addObject("why", (decision != null) ? decision.path("why").asString("") : "")
			.addObject("by", (decision != null) ? Names.of(decision.path("agency").asString("")) : "")
			.addObject("at", (decision != null) ? Instant.parse(decision.path("at").asString("")) : null)
			.addObject("support", (decision != null) ? decision.path("support").asString("") : "")
			.addObject("expected", day(decision, "expected"))
			.addObject("asked", told.map((one) -> one.path("municipalitiesBehind").asInt(0)).orElse(0))
			.addObject("progress", told.map((one) -> told(one.path("progress"), "text")).orElse(List.of()))
			.addObject("deliveries", told.map((one) -> told(one.path("deliveries"), "title")).orElse(List.of()))
			.addObject("mine", mine)
			.addObject("decisions", DECISIONS)
			.addObject("typed", typed)
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return Optional.of(page);
	}

	private static @Nullable LocalDate day(@Nullable JsonNode of, String field) {
		String day = (of != null) ? of.path(field).asString("") : "";
		return day.isEmpty() ? null : LocalDate.parse(day);
	}

	private static List<Told> told(JsonNode list, String text) {
		return list.valueStream().map((one) -> {
			String link = one.path("link").asString("");
			return new Told(Instant.parse(one.path("at").asString("")), one.path(text).asString(""),
					link.matches("https?://.*") ? link : "");
		}).toList();
	}

	@PostMapping("/aterkoppling/{id}")
	@For(Role.AGENCY_OFFICER)
	ModelAndView tell(@PathVariable String id, @RequestParam String gor, @RequestParam String nyckel,
			@RequestParam MultiValueMap<String, String> form, Caller caller) {
		Map<String, String> typed = form.toSingleValueMap();
		Act act = switch (gor) {
			case "beslutat" -> new Act("decisions", List.of("decision", "why", "expected", "support", "registration"));
			case "berattat" -> new Act("progress", List.of("text", "expected"));
			default -> new Act("deliveries", List.of("title", "kind", "link"));
		};
		Map<String, Object> body = new LinkedHashMap<>();
		act.fields().forEach((field) -> {
			String value = typed.getOrDefault(field, "");
			if (!value.isBlank()) {
				body.put(field, value);
			}
		});
		Trouble trouble = Bulk.each(List.of(id), Map.of(), nyckel,
				(own, one) -> this.services.post(own, "feedback/{id}/" + act.path(), body, one));
		return (trouble == null)
				? new ModelAndView("redirect:/aterkoppling/" + Words.encoded(id) + "?gjort="
						+ (Set.of("beslutat", "berattat").contains(gor) ? gor : "levererat"))
				: answer(id, trouble, typed, caller).orElseGet(PageProblems::notFound);
	}

	/** What is told: where, and which fields it has. */
	private record Act(String path, List<String> fields) {
	}

}
