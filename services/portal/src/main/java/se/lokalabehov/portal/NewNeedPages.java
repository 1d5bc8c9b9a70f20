package se.lokalabehov.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.directory.Directory;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Moment 3, a municipality answers: one form in four short steps, saved as it is typed,
 * with what resembles it beside; then check, then send. A draft belongs to the
 * municipality, so whoever writes there goes on where somebody else stopped.
 */
@Page
@For({ Role.MUNICIPALITY_AUTHOR, Role.MUNICIPALITY_APPROVER })
class NewNeedPages {

	private static final int SIMILAR = 5;

	/** Shorter texts resemble everything. */
	private static final int WORTH_LOOKING = 12;

	private static final int LONGEST_ASKED = 1500;

	private final Traces traces;

	private final Services services;

	private final CurrentDirectory directory;

	NewNeedPages(Traces traces, Services services, CurrentDirectory directory) {
		this.traces = traces;
		this.services = services;
		this.directory = directory;
	}

	@GetMapping("/behov/nytt")
	@Menu(value = "new-need", order = 20)
	ModelAndView write(@RequestParam Optional<String> utkast, @RequestParam Optional<String> omgang,
			@RequestParam Optional<List<String>> noteringar, @RequestParam Optional<String> sparat, Caller caller) {
		if (utkast.isPresent()) {
			return this.services.find("needs/{id}", utkast.get())
				.map((saved) -> isDraft(saved)
						? form(NeedDraft.of(saved), null, caller).addObject("done",
								sparat.map((ignored) -> "need.saved").orElse(null))
						: new ModelAndView("redirect:/behov/" + saved.id()))
				.orElseGet(PageProblems::notFound);
		}
		List<Asked> asked = Asked.running(this.traces, caller.organisation().value());
		NeedDraft empty = NeedDraft.empty(
				asked.stream().filter((one) -> omgang.map(one.cycle()::equals).orElse(true)).findFirst().orElse(null));
		return form(noteringar.map((notes) -> of(notes, empty)).orElse(empty), null, caller);
	}

	private static boolean isDraft(Services.Answer saved) {
		return saved.body().path("status").asString("").equals("DRAFT");
	}

	/** The cluster of notes that these are of says what a draft begins with. */
	private NeedDraft of(List<String> notes, NeedDraft empty) {
		return this.services.get("suggestions/clusters?notes=true")
			.items()
			.stream()
			.filter((one) -> one.path("ids").valueStream().map(JsonNode::asString).toList().equals(notes))
			.map((one) -> one.path("draft"))
			.map((draft) -> empty.with(draft.path("area").asString(""),
					draft.path("wording").path("title").asString(""),
					draft.path("wording").path("question").asString(""), notes))
			.findFirst()
			.orElse(empty);
	}

	private ModelAndView form(NeedDraft draft, @Nullable Trouble trouble, Caller caller) {
		Directory now = this.directory.now();
		ModelAndView page = new ModelAndView("portal/behov-nytt").addObject("need", draft)
			.addObject("trouble", trouble)
			.addObject("asked", Asked.running(this.traces, caller.organisation().value()))
			.addObject("areas", now.terms("area"))
			.addObject("targetGroups", now.terms("target-group"))
			.addObject("needTypes", now.terms("need-type"))
			.addObject("supportKinds", now.terms("support-kind"));
		addSimilar(page, draft);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	/** Saves, by button; then on to checking when that was the button. */
	@PostMapping("/behov/nytt")
	ModelAndView save(@RequestParam MultiValueMap<String, String> form, @RequestParam String nyckel, Caller caller) {
		NeedDraft draft = NeedDraft.of(form);
		try {
			Services.Answer saved = save(draft, nyckel, caller);
			if (saved.ok()) {
				boolean check = "granska".equals(form.getFirst("gor"));
				return new ModelAndView(
						(check ? "redirect:/behov/nytt/granska?utkast=" : "redirect:/behov/nytt?sparat&utkast=")
								+ encoded(id(saved, draft)));
			}
			if (saved.status() == HttpStatus.PRECONDITION_FAILED.value()) {
				return changedByAnother(draft, caller);
			}
			return form(draft, Trouble.of(saved), caller);
		}
		catch (Services.Away ex) {
			ModelAndView page = form(draft, Trouble.of(ex), caller);
			page.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
			return page;
		}
	}

	/**
	 * What was typed stays, what was saved stands beside it, and saving again is a
	 * choice.
	 */
	private ModelAndView changedByAnother(NeedDraft draft, Caller caller) {
		return this.services.find("needs/{id}", draft.id())
			.map(NeedDraft::of)
			.map((saved) -> form(draft.saved(draft.id(), saved.version()), Trouble.message("trouble.changed"), caller)
				.addObject("theirs", saved))
			.orElseGet(PageProblems::notFound);
	}

	/** Saves as it is typed: the part of the page that says so. */
	@PostMapping("/behov/nytt/spara")
	ModelAndView saveWhileTyping(@RequestParam MultiValueMap<String, String> form, @RequestParam String nyckel,
			Caller caller) {
		NeedDraft draft = NeedDraft.of(form);
		ModelAndView part = new ModelAndView("portal/behov-delar :: sparat");
		try {
			Services.Answer saved = save(draft, nyckel, caller);
			NeedDraft now = saved.ok()
					? draft.saved(id(saved, draft), (saved.version() != null) ? saved.version() : draft.version())
					: draft;
			part.addObject("need", now).addObject("trouble", saved.ok() ? null : Trouble.of(saved));
			addSimilar(part, now);
			return part;
		}
		catch (Services.Away ex) {
			addSimilar(part, draft);
			return part.addObject("need", draft).addObject("trouble", Trouble.of(ex));
		}
	}

	/**
	 * The first time the form's own key makes the draft, so that two savings at once make
	 * one; afterwards the version guards it, and every saving is an act of its own.
	 */
	private Services.Answer save(NeedDraft draft, String key, Caller caller) {
		Map<String, Object> body = draft.body(caller.organisation().value());
		return draft.id().isEmpty() ? this.services.post(key, "needs", body)
				: this.services.put(UUID.randomUUID().toString(), draft.version(), "needs/{id}", body, draft.id());
	}

	private static String id(Services.Answer saved, NeedDraft draft) {
		return draft.id().isEmpty() ? saved.id() : draft.id();
	}

	/**
	 * What resembles it. The catalogue may be away: the need can be written all the same.
	 */
	private void addSimilar(ModelAndView page, NeedDraft draft) {
		page.addObject("similarAway", false).addObject("similar", List.of());
		String words = draft.words();
		if (words.length() < WORTH_LOOKING) {
			return;
		}
		try {
			page.addObject("similar",
					this.services
						.get("suggestions?limit={limit}&text={text}", SIMILAR,
								words.substring(0, Math.min(words.length(), LONGEST_ASKED)))
						.items()
						.stream()
						.map(Similar::of)
						.toList());
		}
		catch (Services.Away ex) {
			page.addObject("similarAway", true);
		}
	}

	@GetMapping("/behov/nytt/granska")
	ModelAndView check(@RequestParam String utkast, Caller caller) {
		return this.services.find("needs/{id}", utkast)
			.filter(NewNeedPages::isDraft)
			.map((saved) -> check(NeedDraft.of(saved), null, caller))
			.orElseGet(PageProblems::notFound);
	}

	private ModelAndView check(NeedDraft draft, @Nullable Trouble trouble, Caller caller) {
		ModelAndView page = new ModelAndView("portal/behov-granska").addObject("need", draft)
			.addObject("trouble", trouble)
			.addObject("cycle",
					this.traces.cycles(List.of(draft.cycle())).stream().map(Node::title).findFirst().orElse(null))
			.addObject("maySend", caller.is(Role.MUNICIPALITY_APPROVER));
		addSimilar(page, draft);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	@PostMapping("/behov/nytt/skicka")
	@For(Role.MUNICIPALITY_APPROVER)
	ModelAndView send(@RequestParam String utkast, @RequestParam String nyckel, Caller caller) {
		Services.Answer sent = this.services.post(nyckel, "needs/{id}/submission", Map.of(), utkast);
		if (sent.ok()) {
			return new ModelAndView("redirect:/behov/" + encoded(utkast) + "?inskickat");
		}
		return this.services.find("needs/{id}", utkast)
			.map((saved) -> isDraft(saved) ? check(NeedDraft.of(saved), Trouble.of(sent), caller)
					: new ModelAndView("redirect:/behov/" + encoded(utkast)))
			.orElseGet(PageProblems::notFound);
	}

	private static String encoded(String id) {
		return URLEncoder.encode(id, StandardCharsets.UTF_8);
	}

	/**
	 * Something that resembles what is written.
	 *
	 * @param kind what it is, the last part of a message's key
	 * @param href where it is, for people
	 * @param why what they have in common
	 */
	record Similar(String kind, String title, String href, List<String> why) {

		static Similar of(JsonNode one) {
			String kind = one.path("kind").asString("");
			String id = one.path("id").asString("");
			String href = one.path("href").asString("").contains("/records/") ? "/api/v1/records/" + id : "/spar/" + id;
			return new Similar(kind, one.path("title").asString(""), href,
					one.path("why").valueStream().map((why) -> why.path("shown").asString("")).limit(3).toList());
		}

	}

}
