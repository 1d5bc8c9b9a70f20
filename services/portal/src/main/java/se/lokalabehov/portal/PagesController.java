package se.lokalabehov.portal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.swagger.v3.oas.annotations.Hidden;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.security.Caller;

/**
 * The pages that anybody may read: what is published, as plain HTML without script.
 */
@Hidden
@Controller
class PagesController {

	/** The seven moments, as they are called on every page. */
	private static final List<Moment> MOMENTS = List.of(new Moment(1, "Välja område", "Socialchefer"),
			new Moment(2, "Fråga", "RSS"), new Moment(3, "Svara", "Kommuner och RSS"),
			new Moment(4, "Sammanställa och sålla", "SKR och myndigheter"), new Moment(5, "Prioritera", "Socialchefer"),
			new Moment(6, "Överlämna och ta emot", "SKR och myndigheter"), new Moment(7, "Återkoppla", "Myndigheter"));

	private static final Pattern WEB = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

	/** An identifier as it may stand in an address. */
	static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,80}");

	private final Traces traces;

	private final PortalProperties properties;

	PagesController(Traces traces, PortalProperties properties) {
		this.traces = traces;
		this.properties = properties;
	}

	@GetMapping("/")
	ModelAndView start() {
		List<CyclePage> cycles = this.traces.cycles()
			.stream()
			.filter((cycle) -> cycle.has(CycleOpened.class))
			.flatMap((cycle) -> cycle(cycle.id()).stream())
			.toList();
		return new ModelAndView("portal/start").addObject("moments", MOMENTS)
			.addObject("cycles", cycles)
			.addObject("logins", this.properties.demoLogins());
	}

	@GetMapping("/omgangar/{id}")
	ModelAndView cyclePage(@PathVariable String id) {
		return cycle(id)
			.map((cycle) -> new ModelAndView("portal/omgang").addObject("cycle", cycle).addObject("moments", MOMENTS))
			.orElseGet(PagesController::notFound);
	}

	private Optional<CyclePage> cycle(String id) {
		return this.traces.around(id)
			.filter((found) -> found.seed().kind() == Kind.CYCLE && found.seed().has(CycleOpened.class))
			.map((found) -> CyclePage.of(found.seed(), reading(found), found.around(),
					this.traces.count(Kind.NEED, found.seed().id()),
					this.traces.count(Kind.REGIONAL_NEED, found.seed().id())));
	}

	@GetMapping("/spar")
	ModelAndView search(@RequestParam @Nullable String id) {
		String wanted = (id != null) ? id.strip() : "";
		return ID.matcher(wanted).matches()
				? new ModelAndView(
						"redirect:" + UriComponentsBuilder.fromPath("/spar/{id}").buildAndExpand(wanted).encode())
				: new ModelAndView("portal/sok").addObject("wrong", !wanted.isEmpty());
	}

	@GetMapping("/spar/{id}")
	ModelAndView trace(@PathVariable String id) {
		return this.traces.around(id)
			.flatMap((found) -> reading(found).trace(found.seed()))
			.map((trace) -> new ModelAndView("portal/spar").addObject("trace", trace)
				.addObject("kind", trace.kind().label())
				.addObject("steps", trace.chain().stream().map((step) -> Row.of(step, MOMENTS)).toList())
				.addObject("answers", trace.answers().stream().map((answer) -> Told.of(answer)).toList()))
			.orElseGet(PagesController::notFound);
	}

	private Reading reading(Traces.Found found) {
		return new Reading(Caller.anonymous(), found.around());
	}

	static ModelAndView notFound() {
		ModelAndView page = new ModelAndView("portal/finns-inte");
		page.setStatus(HttpStatus.NOT_FOUND);
		return page;
	}

	private static String dayOf(Instant at) {
		return Names.day(LocalDate.ofInstant(at, Memberships.SWEDEN));
	}

	/**
	 * One of the seven moments.
	 */
	record Moment(int number, String name, String who) {
	}

	/**
	 * A step of a trace as shown.
	 */
	record Row(String moment, String day, Trace.Step step) {

		static Row of(Trace.Step step, List<Moment> moments) {
			return new Row(step.moment() + ". " + moments.get(step.moment() - 1).name(), dayOf(step.at()), step);
		}

	}

	/**
	 * An answer as shown.
	 *
	 * @param link where the support is, when that is an address on the web
	 */
	record Told(String day, Trace.Answer answer, @Nullable String link) {

		static Told of(Trace.Answer answer) {
			String link = answer.link();
			return new Told(dayOf(answer.at()), answer, (link != null && WEB.matcher(link).lookingAt()) ? link : null);
		}

	}

}
