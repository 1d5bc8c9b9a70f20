package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.directory.Directory;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Those who publish in the catalogue: a file first, which says what a record could say,
 * then a look at that, then it is published; and what one does with one's records
 * afterwards.
 */
@Page
@For({ Role.FOU_EDITOR, Role.AGENCY_OFFICER })
class EditorPages {

	/** What the page of a record says is done. */
	static final List<String> DONE = List.of("publicerad", "andrad", "aterkallad", "bekraftad", "levererad", "fil",
			"fil-borta");

	private static final List<String> KINDS = List.of("REPORT", "RESEARCH_PROJECT", "KNOWLEDGE_SUPPORT");

	private static final List<String> LANGUAGES = List.of("sv", "en", "no", "da", "fi");

	/** Of own records to choose what was delivered among. */
	private static final int CHOICES = 200;

	private static final int PAGE = 25;

	private static final String ASK = "personuppgift-bekrafta";

	private final Services services;

	private final CurrentDirectory directory;

	private final Ui ui;

	EditorPages(Services services, CurrentDirectory directory, Ui ui) {
		this.services = services;
		this.directory = directory;
		this.ui = ui;
	}

	/** Whether the caller answers for a record. */
	static boolean mayEdit(Caller caller, RecordPage record) {
		return (caller.is(Role.FOU_EDITOR) || caller.is(Role.AGENCY_OFFICER))
				&& caller.organisation().value().equals(record.custodian());
	}

	// A new one

	@GetMapping("/katalog/ny")
	ModelAndView begin() {
		return begin(null, false);
	}

	private static ModelAndView begin(@Nullable Trouble trouble, boolean ask) {
		return told(new ModelAndView("portal/katalog-ny").addObject("kinds", KINDS).addObject("ask", ask), trouble);
	}

	private static ModelAndView told(ModelAndView page, @Nullable Trouble trouble) {
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page.addObject("trouble", trouble);
	}

	/**
	 * The file is a step of its own, so that nothing that is typed depends on it.
	 */
	@PostMapping("/katalog/ny")
	ModelAndView upload(@RequestParam MultipartFile file, @RequestParam(defaultValue = "false") boolean kontrollerat,
			@RequestParam String nyckel) {
		if (file.isEmpty()) {
			return begin(noFile(), false);
		}
		try {
			Services.Answer taken = this.services.send(nyckel, "records/uploads?name={name}", MediaType.APPLICATION_PDF,
					file.getResource(), kontrollerat, name(file));
			return taken.ok() ? form(RecordForm.proposed(taken.body(), this.directory.today()), null, null, false)
					: begin(Trouble.of(taken), taken.problem().equals(ASK));
		}
		catch (Services.Away ex) {
			return begin(Trouble.of(ex), false);
		}
	}

	private static Trouble noFile() {
		return Trouble.message("kat.file.none");
	}

	/** Browsers give the name alone, old ones with where it lay. */
	private static String name(MultipartFile file) {
		String name = file.getOriginalFilename();
		return (name != null) ? name.replaceFirst(".*[/\\\\]", "") : "";
	}

	@GetMapping("/katalog/ny/uppgifter")
	ModelAndView write(@RequestParam(defaultValue = "REPORT") String slag) {
		return KINDS.contains(slag) ? form(RecordForm.empty(slag, this.directory.today()), null, null, false)
				: PageProblems.notFound();
	}

	private ModelAndView form(RecordForm form, @Nullable String id, @Nullable Trouble trouble, boolean ask) {
		Directory now = this.directory.now();
		return told(new ModelAndView("portal/katalog-uppgifter").addObject("form", form)
			.addObject("id", id)
			.addObject("languages", LANGUAGES)
			.addObject("areas", now.terms("area"))
			.addObject("targetGroups", now.terms("target-group"))
			.addObject("supportKinds", now.terms("support-kind"))
			.addObject("ask", ask), (trouble != null) ? RecordForm.place(trouble) : null);
	}

	@PostMapping("/katalog/ny/uppgifter")
	ModelAndView publish(@RequestParam MultiValueMap<String, String> typed, @RequestParam String nyckel,
			Caller caller) {
		RecordForm form = new RecordForm(typed);
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("content", form.content(caller.organisation().value()));
		if (!form.one("upload").isEmpty()) {
			body.put("file", Map.of("upload", form.one("upload"), "name", form.one("filnamn")));
		}
		return sent(form, null,
				() -> this.services.confirmed(isChecked(form), HttpMethod.POST, nyckel, null, "records", body),
				"publicerad");
	}

	private static boolean isChecked(RecordForm form) {
		return form.one("kontrollerat").equals("true");
	}

	private ModelAndView sent(RecordForm form, @Nullable String id, Supplier<Services.Answer> act, String done) {
		try {
			Services.Answer answer = act.get();
			return answer.ok() ? done((id != null) ? id : answer.id(), done)
					: form(form, id, Trouble.of(answer), answer.problem().equals(ASK));
		}
		catch (Services.Away ex) {
			return form(form, id, Trouble.of(ex), false);
		}
	}

	private static ModelAndView done(String id, String what) {
		return new ModelAndView("redirect:/katalog/" + Words.encoded(id) + "?gjort=" + what);
	}

	// One that is there

	@GetMapping("/katalog/{id}/andra")
	ModelAndView edit(@PathVariable String id, Caller caller) {
		return own(id, caller).map((answer) -> form(RecordForm.of(answer), id, null, false))
			.orElseGet(PageProblems::notFound);
	}

	/** Nothing when it is somebody else's, or withdrawn. */
	private Optional<Services.Answer> own(String id, Caller caller) {
		return this.services.find("records/{id}", id)
			.filter((answer) -> mayEdit(caller, RecordPage.of(answer, this.ui)))
			.filter((answer) -> answer.body().has("content"));
	}

	@PostMapping("/katalog/{id}/andra")
	ModelAndView revise(@PathVariable String id, @RequestParam MultiValueMap<String, String> typed,
			@RequestParam String nyckel, Caller caller) {
		RecordForm form = new RecordForm(typed);
		return own(id, caller).map((answer) -> {
			String publisher = answer.body().path("content").path("publisher").asString("");
			return sent(form, id,
					() -> this.services.confirmed(isChecked(form), HttpMethod.PUT, nyckel, form.one("version"),
							"records/{id}", Map.of("content", form.content(publisher), "change", form.one("change")),
							id),
					"andrad");
		}).orElseGet(PageProblems::notFound);
	}

	@GetMapping("/katalog/{id}/skota")
	ModelAndView look(@PathVariable String id, Caller caller) {
		return look(id, caller, null, Map.of(), false);
	}

	/** Files, what a project has delivered, whether it goes on, withdrawing. */
	private ModelAndView look(String id, Caller caller, @Nullable Trouble trouble, Map<String, String> typed,
			boolean ask) {
		return own(id, caller).map((answer) -> {
			RecordPage record = RecordPage.of(answer, this.ui);
			List<JsonNode> choices = record.deliverables().isEmpty() ? List.of()
					: this.services.all("records?publisher={own}&limit=100", CHOICES, caller.organisation().value());
			return told(new ModelAndView("portal/katalog-skota").addObject("record", record)
				.addObject("choices",
						choices.stream()
							.filter((one) -> !one.path("id").asString("").equals(id))
							.map(Choice::of)
							.toList())
				.addObject("typed", typed)
				.addObject("ask", ask), trouble);
		}).orElseGet(PageProblems::notFound);
	}

	/** A record to choose. */
	record Choice(String id, String title) {

		static Choice of(JsonNode record) {
			return new Choice(record.path("id").asString(""), record.path("content").path("title").asString(""));
		}

	}

	@PostMapping("/katalog/{id}/aterkalla")
	ModelAndView withdraw(@PathVariable String id, @RequestParam String reason, @RequestParam String nyckel,
			Caller caller) {
		return act(id, caller, Map.of("reason", reason), "aterkallad",
				() -> this.services.post(nyckel, "records/{id}/withdrawal", Map.of("reason", reason), id));
	}

	@PostMapping("/katalog/{id}/bekrafta")
	ModelAndView confirm(@PathVariable String id, @RequestParam String nyckel, Caller caller) {
		return act(id, caller, Map.of(), "bekraftad",
				() -> this.services.post(nyckel, "records/{id}/confirmation", Map.of(), id));
	}

	@PostMapping("/katalog/{id}/leverans")
	ModelAndView deliver(@PathVariable String id, @RequestParam int nummer, @RequestParam String record,
			@RequestParam String nyckel, Caller caller) {
		return act(id, caller, Map.of(), "levererad", () -> this.services.post(nyckel,
				"records/{id}/deliverables/{number}/delivery", Map.of("record", record), id, nummer));
	}

	@PostMapping("/katalog/{id}/skota")
	ModelAndView attach(@PathVariable String id, @RequestParam MultipartFile file,
			@RequestParam(defaultValue = "false") boolean kontrollerat, @RequestParam String nyckel, Caller caller) {
		if (file.isEmpty()) {
			return look(id, caller, noFile(), Map.of(), false);
		}
		return act(id, caller, Map.of(), "fil", () -> this.services.send(nyckel, "records/{id}/files?name={name}",
				MediaType.APPLICATION_PDF, file.getResource(), kontrollerat, id, name(file)));
	}

	@PostMapping("/katalog/{id}/fil/ta-bort")
	ModelAndView remove(@PathVariable String id, @RequestParam String sha256, @RequestParam String reason,
			@RequestParam String nyckel, Caller caller) {
		return act(id, caller, Map.of(sha256, reason), "fil-borta", () -> this.services.post(nyckel,
				"records/{id}/files/{sha256}/removal", Map.of("reason", reason), id, sha256));
	}

	private ModelAndView act(String id, Caller caller, Map<String, String> typed, String done,
			Supplier<Services.Answer> act) {
		try {
			Services.Answer answer = act.get();
			return answer.ok() ? done(id, done)
					: look(id, caller, Trouble.of(answer), typed, answer.problem().equals(ASK));
		}
		catch (Services.Away ex) {
			return look(id, caller, Trouble.of(ex), typed, false);
		}
	}

	// All of one's own

	/**
	 * A row of the list.
	 *
	 * @param key of its kind
	 * @param due the next day on which something is to be delivered, none when nothing is
	 * @param ask whether a project should be confirmed
	 */
	record Row(String id, String title, String key, long shown, long opened, long fetched, @Nullable LocalDate due,
			boolean overdue, boolean ask) {

		static Row of(JsonNode record, LocalDate today) {
			JsonNode content = record.path("content");
			JsonNode use = record.path("use");
			LocalDate due = content.path("project")
				.path("deliverables")
				.valueStream()
				.filter((one) -> one.path("delivered").asString("").isEmpty())
				.map((one) -> LocalDate.parse(one.path("due").asString("")))
				.min(LocalDate::compareTo)
				.orElse(null);
			LocalDate confirmed = content.path("project").has("confirmedCurrent")
					? LocalDate.parse(content.path("project").path("confirmedCurrent").asString("")) : null;
			return new Row(record.path("id").asString(""), content.path("title").asString(""),
					"kat.kind." + record.path("kind").asString(""), use.path("shown").asLong(0),
					use.path("opened").asLong(0), use.path("fetched").asLong(0), due,
					due != null && due.isBefore(today), confirmed != null && confirmed.isBefore(today.minusYears(1)));
		}

	}

	/**
	 * How far an import has come.
	 *
	 * @param rows how many rows change something
	 * @param done how many of them are done
	 * @param refused what did not take effect, and why
	 */
	record Importing(String id, int rows, int done, boolean finished, List<String> refused) {
	}

	private Optional<Importing> progress(String id) {
		return this.services.find("records/imports/{id}", id)
			.map(Services.Answer::body)
			.map((one) -> new Importing(id, one.path("rows").asInt(0), one.path("done").asInt(0),
					!one.path("finished").asString("").isEmpty(),
					one.path("refused")
						.valueStream()
						.map((row) -> row.path("row").asInt(0) + ": " + row.path("refused").asString(""))
						.toList()));
	}

	/** Which of one's records, and what is asked of the service for them. */
	private static final Map<String, String> WHICH = Map.of("alla", "", "rapporter", "&kind=REPORT", "projekt",
			"&kind=RESEARCH_PROJECT", "stod", "&kind=KNOWLEDGE_SUPPORT", "oppnas-aldrig", "&use=NEVER_OPENED",
			"levereras", "&due=DELIVERY", "bekraftas", "&due=CONFIRMATION");

	private static final List<String> TABS = List.of("alla", "rapporter", "projekt", "stod", "levereras", "bekraftas",
			"oppnas-aldrig");

	@GetMapping("/katalog/mina")
	@Menu(value = "own-records", order = 50)
	ModelAndView own(@RequestParam(defaultValue = "alla") String visa, @RequestParam Optional<String> fran,
			@RequestParam Optional<String> importerat, Caller caller) {
		String which = WHICH.containsKey(visa) ? visa : "alla";
		String own = caller.organisation().value();
		Services.Answer page = this.services.get("records?publisher={own}&limit=" + PAGE + WHICH.get(which)
				+ (fran.isPresent() ? "&cursor={cursor}" : ""), own, fran.orElse(""));
		if (!page.ok()) {
			return new ModelAndView("redirect:/katalog/mina");
		}
		JsonNode use = this.services.get("records/statistics?publisher={own}", own).body();
		return new ModelAndView("portal/katalog-mina")
			.addObject("rows", page.items().stream().map((one) -> Row.of(one, this.directory.today())).toList())
			.addObject("next", page.next())
			.addObject("which", which)
			.addObject("progress", importerat.flatMap(this::progress).orElse(null))
			.addObject("tabs", TABS)
			.addObject("count", use.path("records").asLong(0))
			.addObject("never", use.path("neverOpened").asLong(0))
			.addObject("publisher", own);
	}

}
