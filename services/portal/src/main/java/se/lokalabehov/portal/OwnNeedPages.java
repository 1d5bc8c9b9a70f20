package se.lokalabehov.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Page.WrongCursor;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;
import se.lokalabehov.web.Paging;

/**
 * A municipality's own needs: where each is in the seven moments, read from the portal's
 * own trace, so that it can be read while the services are away; and what one does with
 * them.
 */
@Page
class OwnNeedPages {

	private static final int PAGE = 25;

	private static final int WHOLE_PAGE = 100;

	private final Traces traces;

	private final Services services;

	OwnNeedPages(Traces traces, Services services) {
		this.traces = traces;
		this.services = services;
	}

	/**
	 * A cycle to choose.
	 */
	record Choice(String id, String title) {
	}

	/**
	 * One row of the list.
	 *
	 * @param moment how far it has come
	 * @param now where it is, a sentence in Swedish
	 * @param changed when something last happened to the need itself
	 */
	record Row(String id, String title, int moment, String now, boolean answered, Instant changed) {
	}

	@GetMapping("/mina-behov")
	@For({ Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER, Role.SOCIAL_CHIEF })
	@Menu(value = "my-needs", order = 10)
	ModelAndView list(@RequestParam Optional<String> omgang, @RequestParam Optional<String> q,
			@RequestParam Optional<String> sida, @RequestParam Optional<String> fran, Caller caller) {
		String municipality = caller.organisation().value();
		String cycle = omgang.filter((one) -> !one.isBlank()).orElse(null);
		try {
			boolean searched = q.filter((one) -> !one.isBlank()).isPresent();
			se.lokalabehov.eventing.Page<Row> page = searched
					? new se.lokalabehov.eventing.Page<>(all(caller, cycle), null)
					: rows(caller, cycle, new Paging(PAGE, fran.orElse(null)));
			int count = (int) this.traces.countOf(municipality, cycle);
			return new ModelAndView("portal/mina-behov")
				.addObject("list",
						searched ? Listing.of(count, page.items(), q, sida, (one) -> one.title() + " " + one.now())
								: Listing.begun(page.items(), count))
				.addObject("next", page.next())
				.addObject("cycle", cycle)
				.addObject("cycles", this.traces.cycles(
						this.traces.askedOf(municipality).stream().map((one) -> String.valueOf(one.cycle())).toList())
					.stream()
					.map((one) -> new Choice(one.id(), one.title()))
					.toList());
		}
		catch (WrongCursor ex) {
			return new ModelAndView("redirect:/mina-behov");
		}
	}

	private se.lokalabehov.eventing.Page<Row> rows(Caller caller, @Nullable String cycle, Paging paging) {
		var page = this.traces.latestNeeds(new Access.Scope(caller.organisation().value(), null, false), cycle, paging);
		Reading reading = new Reading(caller, this.traces.aroundNeeds(page.items()));
		return page.map((need) -> {
			Trace.Standing standing = reading.standing(need);
			return new Row(need.id(), need.title(), standing.moment(), standing.now(), standing.answered(),
					need.latest().time());
		});
	}

	/** Some ten or hundred; where a need is now is in no index, so all are read. */
	private List<Row> all(Caller caller, @Nullable String cycle) {
		List<Row> all = new ArrayList<>();
		String cursor = null;
		do {
			var page = rows(caller, cycle, new Paging(WHOLE_PAGE, cursor));
			all.addAll(page.items());
			cursor = page.next();
		}
		while (cursor != null);
		return all;
	}

	@GetMapping("/mina-behov.csv")
	@For({ Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER, Role.SOCIAL_CHIEF })
	ResponseEntity<byte[]> csv(@RequestParam Optional<String> omgang, Caller caller) {
		CsvText csv = new CsvText("behov", "rubrik", "moment", "nu", "besvarat", "senast");
		all(caller, omgang.filter((one) -> !one.isBlank()).orElse(null)).forEach((row) -> csv.row(row.id(), row.title(),
				String.valueOf(row.moment()), row.now(), row.answered() ? "ja" : "nej", row.changed().toString()));
		return csv.file("mina-behov.csv");
	}

	@GetMapping("/behov/{id}")
	@For
	ModelAndView read(@PathVariable String id, @RequestParam Optional<String> inskickat, Caller caller) {
		return need(id, caller, null, "")
			.map((page) -> page.addObject("done", inskickat.map((ignored) -> "need.sent").orElse(null)))
			.orElseGet(() -> inskickat.isPresent() ? PageProblems.later("later.on-its-way", HttpStatus.OK)
					: PageProblems.notFound());
	}

	/** A need with what can be done; none when it is not there for the caller. */
	private Optional<ModelAndView> need(String id, Caller caller, @Nullable Trouble trouble, String typed) {
		return this.traces.around(id).filter((found) -> found.seed().kind() == Kind.NEED).flatMap((found) -> {
			Node need = found.seed();
			Reading reading = new Reading(caller, found.around());
			if (!reading.sees(need)) {
				return Optional.empty();
			}
			Wording wording = need.wording().orElse(null);
			boolean own = Access.isOwn(caller, need);
			ModelAndView page = new ModelAndView("portal/behov").addObject("need", need)
				.addObject("title", need.title())
				.addObject("wording", wording)
				.addObject("standing", reading.standing(need))
				.addObject("questions", Question.of(need))
				.addObject("mayReply",
						own && (caller.is(Role.MUNICIPALITY_AUTHOR) || caller.is(Role.MUNICIPALITY_APPROVER)))
				.addObject("mayConfirm",
						own && caller.is(Role.MUNICIPALITY_APPROVER) && Question.waitsForConfirmation(need))
				.addObject("mayWithdraw",
						own && caller.is(Role.MUNICIPALITY_APPROVER) && !reading.standing(need).answered())
				.addObject("trouble", trouble)
				.addObject("typed", typed);
			if (trouble != null) {
				page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			}
			return Optional.of(page);
		});
	}

	@PostMapping("/behov/{id}/svar")
	@For({ Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER })
	ModelAndView reply(@PathVariable String id, @RequestParam String fraga, @RequestParam String reply,
			@RequestParam String nyckel, Caller caller) {
		return act(id, caller, reply, () -> this.services.post(nyckel, "needs/{id}/clarifications/{question}/reply",
				Map.of("reply", reply), id, fraga));
	}

	@PostMapping("/behov/{id}/bekrafta")
	@For(Role.MUNICIPALITY_APPROVER)
	ModelAndView confirm(@PathVariable String id, @RequestParam(defaultValue = "false") boolean namesMunicipalities,
			@RequestParam String nyckel, Caller caller) {
		return act(id, caller, "", () -> this.services.post(nyckel, "needs/{id}/confirmation",
				Map.of("namesMunicipalities", namesMunicipalities), id));
	}

	@PostMapping("/behov/{id}/dra-tillbaka")
	@For(Role.MUNICIPALITY_APPROVER)
	ModelAndView withdraw(@PathVariable String id, @RequestParam String reason, @RequestParam String nyckel,
			Caller caller) {
		return act(id, caller, reason,
				() -> this.services.post(nyckel, "needs/{id}/withdrawal", Map.of("reason", reason), id));
	}

	private ModelAndView act(String id, Caller caller, String typed, Supplier<Services.Answer> act) {
		Trouble trouble;
		try {
			Services.Answer answer = act.get();
			if (answer.ok()) {
				return new ModelAndView("redirect:/behov/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
			}
			trouble = Trouble.of(answer);
		}
		catch (Services.Away ex) {
			trouble = Trouble.of(ex);
		}
		return need(id, caller, trouble, typed).orElseGet(PageProblems::notFound);
	}

	@GetMapping("/behov/{id}/spar")
	@For
	ModelAndView trace(@PathVariable String id, Caller caller) {
		return this.traces.around(id)
			.flatMap((found) -> new Reading(caller, found.around()).trace(found.seed()))
			.map((trace) -> new ModelAndView("portal/spar").addObject("trace", trace)
				.addObject("kind", trace.kind().label())
				.addObject("steps", trace.chain())
				.addObject("answers", trace.answers().stream().map(PagesController.Told::of).toList()))
			.orElseGet(PageProblems::notFound);
	}

	// Follow-up

	@GetMapping("/uppfoljning/{id}")
	@For({ Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER, Role.SOCIAL_CHIEF })
	ModelAndView followUp(@PathVariable String id, Caller caller) {
		return followUp(id, caller, Map.of(), "", null);
	}

	private ModelAndView followUp(String id, Caller caller, Map<String, String> grades, String comment,
			@Nullable Trouble trouble) {
		return this.traces.around(id)
			.filter((found) -> found.seed().kind() == Kind.NEED && Access.isOwn(caller, found.seed()))
			.flatMap((found) -> {
				Reading reading = new Reading(caller, found.around());
				return found.around()
					.nationalsWith(id)
					.filter((national) -> found.around().find(Kind.FEEDBACK, national.id()).isPresent())
					.findFirst()
					.map((national) -> new ModelAndView("portal/uppfoljning").addObject("need", found.seed())
						.addObject("title", found.seed().title())
						.addObject("national", national.id())
						.addObject("answers",
								reading.answersTo(found.seed()).stream().map(PagesController.Told::of).toList())
						.addObject("questions", FOLLOW_UP)
						.addObject("given", grades)
						.addObject("comment", comment)
						.addObject("trouble", trouble));
			})
			.map((page) -> {
				if (trouble != null) {
					page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
				}
				return page;
			})
			.orElseGet(PageProblems::notFound);
	}

	/** As the contract calls them. */
	private static final List<String> FOLLOW_UP = List.of("RELEVANCE", "TIMELINESS", "USE", "DIFFERENCE");

	@PostMapping("/uppfoljning/{id}")
	@For({ Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER, Role.SOCIAL_CHIEF })
	ModelAndView sendFollowUp(@PathVariable String id, @RequestParam String svar, @RequestParam String comment,
			@RequestParam Map<String, String> form, Caller caller) {
		Map<String, Integer> grades = new LinkedHashMap<>();
		FOLLOW_UP.forEach((question) -> {
			String grade = form.get(question);
			if (grade != null && grade.matches("[1-4]")) {
				grades.put(question, Integer.valueOf(grade));
			}
		});
		if (grades.size() < FOLLOW_UP.size()) {
			return followUp(id, caller, form, comment, new Trouble(null, "follow-up.missing", List.of()));
		}
		try {
			Services.Answer answer = this.services.post(String.valueOf(form.get("nyckel")), "follow-ups",
					Map.of("nationalNeed", svar, "need", id, "grades", grades, "comment", comment));
			return answer.ok()
					? new ModelAndView("redirect:/behov/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "?uppfoljt")
					: followUp(id, caller, form, comment, Trouble.of(answer));
		}
		catch (Services.Away ex) {
			return followUp(id, caller, form, comment, Trouble.of(ex));
		}
	}

}
