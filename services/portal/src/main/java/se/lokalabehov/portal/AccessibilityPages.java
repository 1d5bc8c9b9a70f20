package se.lokalabehov.portal;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Page.WrongCursor;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * The accessibility statement, and the feedback function that belongs to it (DOS-lagen
 * 2018:1937): for anybody, without logging in, without script and without a cookie; and
 * the page where SKR's administrator answers what has come.
 */
@Page
class AccessibilityPages {

	static final String STATEMENT = "/tillganglighet";

	private static final String REPORTS = "/forvaltning/tillganglighet";

	private static final int PAGE = 25;

	/** Nobody reads and writes so fast. */
	private static final Duration AT_LEAST = Duration.ofSeconds(2);

	private final Aggregates<AccessibilityReport, AccessibilityReport> reports;

	private final Guides guides;

	private final Ui ui;

	private final Clock clock;

	private final int perHour;

	private final @Nullable String operator;

	AccessibilityPages(Aggregates<AccessibilityReport, AccessibilityReport> reports, Guides guides, Ui ui, Clock clock,
			PortalProperties properties) {
		this.reports = reports;
		this.guides = guides;
		this.ui = ui;
		this.clock = clock;
		this.perHour = properties.reportsPerHour();
		this.operator = properties.operator();
	}

	// For anybody

	/**
	 * What was typed.
	 *
	 * @param slag what is wanted, as {@link AccessibilityReport.Kind} calls it
	 * @param sida which page
	 * @param problem what is wrong
	 * @param epost where the answer goes, perhaps nowhere
	 * @param nyckel the form's key
	 * @param visad when the form was shown, milliseconds
	 * @param webbplats a field that no person sees
	 */
	record Form(@Nullable String slag, @Nullable String sida, @Nullable String problem, @Nullable String epost,
			@Nullable String nyckel, @Nullable Long visad, @Nullable String webbplats) {

		AccessibilityReport report(Instant at) {
			return new AccessibilityReport(
					"FORMAT".equals(this.slag) ? AccessibilityReport.Kind.FORMAT : AccessibilityReport.Kind.OBSTACLE,
					written(this.sida), written(this.problem),
					written(this.epost).isEmpty() ? null : written(this.epost), at, null);
		}

		private static String written(@Nullable String text) {
			return (text != null) ? text.strip() : "";
		}

		/** A program fills in every field, at once. */
		boolean isOfAProgram(Instant now) {
			return !written(this.webbplats).isEmpty() || this.visad == null || this.nyckel == null
					|| now.toEpochMilli() - this.visad < AT_LEAST.toMillis();
		}

	}

	@GetMapping(STATEMENT)
	ModelAndView statement(HttpServletRequest request) {
		return page(new Form("OBSTACLE", cameFrom(request), "", "", this.ui.key(), this.clock.millis(), ""), null);
	}

	/** The page that one was on, when it was one of ours. */
	private static String cameFrom(HttpServletRequest request) {
		@Nullable String referer = request.getHeader(HttpHeaders.REFERER);
		try {
			URI from = URI.create((referer != null) ? referer : "");
			@Nullable String path = from.getPath();
			return (request.getServerName().equals(from.getHost()) && path != null && !path.equals(STATEMENT)) ? path
					: "";
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	private ModelAndView page(Form form, @Nullable Trouble trouble) {
		Guides.Guide statement = this.guides
			.named("tillganglighetsredogorelse" + (this.ui.language().equals("en") ? "_en" : ""))
			.orElseThrow();
		ModelAndView page = new ModelAndView("portal/tillganglighet").addObject("statement", statement)
			.addObject("form", form)
			.addObject("trouble", trouble)
			.addObject("days", AccessibilityReport.DAYS)
			.addObject("operator", this.operator);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	/**
	 * It is answered with the receipt at once: whoever reloads the page sends the same
	 * form and gets the same number.
	 */
	@PostMapping(STATEMENT)
	ModelAndView report(Form form, Caller caller) {
		Instant now = this.clock.instant();
		if (form.isOfAProgram(now)) {
			return page(
					new Form(form.slag(), form.sida(), form.problem(), form.epost(),
							(form.nyckel() != null) ? form.nyckel() : this.ui.key(), 0L, ""),
					Trouble.message("report.program"));
		}
		if (this.reports
			.count(Criteria.where("created").gt(Date.from(now.minus(Duration.ofHours(1))))) >= this.perHour) {
			return page(form, Trouble.message("report.many"));
		}
		AccessibilityReport report = form.report(now);
		String number = report.number(String.valueOf(form.nyckel()));
		return switch (this.reports.execute(number, act(caller, now, "report|" + number), report::received)) {
			case Outcome.Refused<AccessibilityReport> refused -> page(form, trouble(refused.refusal()));
			case Outcome.Done<AccessibilityReport> done ->
				new ModelAndView("portal/tillganglighet-kvitto").addObject("number", number)
					.addObject("due", done.state().due())
					.addObject("answered", done.state().email() != null);
		};
	}

	private static Act act(Caller caller, Instant at, String key) {
		return new Act(caller.organisation(), "ANYBODY", caller.subject(), at, Act.sha256(key), Act.sha256(key), null);
	}

	private static Trouble trouble(Refusal refusal) {
		return new Trouble(refusal.detail(), null,
				refusal.fields().stream().map((field) -> new Trouble.Field(field.name(), field.detail())).toList());
	}

	// For SKR's administrator

	@GetMapping(REPORTS)
	@For(Role.ADMINISTRATOR)
	ModelAndView list(@RequestParam Optional<String> visa, @RequestParam Optional<String> nummer,
			@RequestParam Optional<String> fran, @RequestParam Optional<String> besvarad, Caller caller) {
		try {
			return list(visa.orElse(""), nummer.orElse("").strip().toUpperCase(Locale.ROOT), fran.orElse(null), caller)
				.addObject("done", besvarad.map((ignored) -> "reports.done").orElse(null));
		}
		catch (WrongCursor ex) {
			return new ModelAndView("redirect:" + REPORTS);
		}
	}

	private ModelAndView list(String show, String number, @Nullable String from, Caller caller) {
		own(caller);
		Criteria criteria = criteria(show, number);
		var page = this.reports.page(criteria, from, PAGE);
		return new ModelAndView("portal/forvaltning-tillganglighet").addObject("rows", page.items())
			.addObject("next", page.next())
			.addObject("count", this.reports.count(criteria))
			.addObject("show", show)
			.addObject("number", number)
			.addObject("trouble", null)
			.addObject("typed", "")
			.addObject("at", "");
	}

	private static void own(Caller caller) {
		if (!Access.mayAnswerReports(caller)) {
			throw new WhoMayOpen.NotForYou();
		}
	}

	private static Criteria criteria(String show, String number) {
		if (!number.isEmpty()) {
			return Criteria.where("_id").is(number);
		}
		return switch (show) {
			case "alla" -> new Criteria();
			case "besvarade" -> Criteria.where("state.handled").ne(null);
			default -> waiting();
		};
	}

	/** What has not been answered. */
	static Criteria waiting() {
		return Criteria.where("state.handled").is(null);
	}

	@GetMapping(REPORTS + ".csv")
	@For(Role.ADMINISTRATOR)
	ResponseEntity<byte[]> csv(@RequestParam Optional<String> visa, Caller caller) {
		own(caller);
		CsvText csv = new CsvText("nummer", "kom", "slag", "sida", "text", "besvara senast", "besvarad", "svar");
		String cursor = null;
		do {
			var page = this.reports.page(criteria(visa.orElse(""), ""), cursor, PAGE);
			page.items().forEach((one) -> row(csv, one));
			cursor = page.next();
		}
		while (cursor != null);
		return csv.file("tillganglighet.csv");
	}

	private static void row(CsvText csv, Stored<AccessibilityReport> one) {
		AccessibilityReport report = one.state();
		AccessibilityReport.@Nullable Handled handled = report.handled();
		csv.row(one.id(), report.at().toString(), switch (report.kind()) {
			case OBSTACLE -> "hinder";
			case FORMAT -> "annat format";
		}, report.page(), report.text(), report.due().toString(), (handled != null) ? handled.at().toString() : "",
				(handled != null) ? handled.what() : "");
	}

	@PostMapping(REPORTS + "/{number}/besvarad")
	@For(Role.ADMINISTRATOR)
	ModelAndView answered(@PathVariable String number, @RequestParam String svar, @RequestParam String nyckel,
			Caller caller) {
		own(caller);
		Instant now = this.clock.instant();
		return switch (this.reports.execute(number, act(caller, now, "answered|" + nyckel),
				(before) -> AccessibilityReport.handled(before, svar.strip(), now))) {
			case Outcome.Done<AccessibilityReport> done -> new ModelAndView("redirect:" + REPORTS + "?besvarad");
			case Outcome.Refused<AccessibilityReport> refused -> {
				ModelAndView page = list("", number, null, caller).addObject("trouble", trouble(refused.refusal()))
					.addObject("typed", svar)
					.addObject("at", number);
				page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
				yield page;
			}
		};
	}

	/**
	 * That something has been told waits for SKR's administrator.
	 */
	@Component
	static class OnTheDesk implements Desk {

		private final Aggregates<AccessibilityReport, AccessibilityReport> reports;

		OnTheDesk(Aggregates<AccessibilityReport, AccessibilityReport> reports) {
			this.reports = reports;
		}

		@Override
		public Lying of(Caller caller) {
			if (!Access.mayAnswerReports(caller)) {
				return Lying.NOTHING;
			}
			List<Stored<AccessibilityReport>> oldest = this.reports.page(waiting(), null, 1).items();
			return new Lying(oldest.stream()
				.map((one) -> new Task("desk.report", one.id(), REPORTS, one.created(), one.state().due()))
				.toList(), List.of());
		}

	}

}
