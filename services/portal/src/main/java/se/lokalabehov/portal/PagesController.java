package se.lokalabehov.portal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * The pages that anybody may read: what is published.
 */
@Page
class PagesController implements AutoCloseable {

	private static final Pattern WEB = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

	/** An identifier as it may stand in an address. */
	static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,80}");

	/** The latest, running ones first; the rest is on a page of its own. */
	private static final int AT_START = 12;

	private static final String RUNNING = "running";

	private final Traces traces;

	private final PortalProperties properties;

	/**
	 * Where each running cycle was some seconds ago: all national needs are read for it.
	 */
	private final Held<Integer> moments = new Held<>();

	PagesController(Traces traces, PortalProperties properties) {
		this.traces = traces;
		this.properties = properties;
	}

	@Override
	public void close() {
		this.moments.close();
	}

	/**
	 * A cycle on the start page.
	 *
	 * @param state as {@link CyclePage#state()}
	 * @param moment where a running one is, 1 to 7; 0 for others
	 */
	record Shown(String id, String title, String area, String state, int moment) {
	}

	@GetMapping("/")
	ModelAndView start() {
		List<Node> cycles = this.traces.cycles()
			.stream()
			.filter((cycle) -> cycle.has(CycleOpened.class))
			.sorted(Comparator.comparing((cycle) -> !CyclePage.state(cycle).equals(RUNNING)))
			.toList();
		return new ModelAndView("portal/start")
			.addObject("cycles", cycles.stream().limit(AT_START).map(this::shown).toList())
			.addObject("more", cycles.size() > AT_START)
			.addObject("logins", this.properties.demoLogins());
	}

	private Shown shown(Node cycle) {
		String state = CyclePage.state(cycle);
		return new Shown(cycle.id(), cycle.title(), CyclePage.area(cycle), state,
				state.equals(RUNNING) ? this.moments.get(cycle.id(), () -> moment(cycle.id())) : 0);
	}

	private int moment(String id) {
		return cycle(id).map(CyclePage::moment).orElse(0);
	}

	@GetMapping("/omgangar/{id}")
	ModelAndView cyclePage(@PathVariable String id, @RequestParam Optional<String> q,
			@RequestParam Optional<String> sida, Caller caller) {
		return cycle(id)
			.map((cycle) -> new ModelAndView("portal/omgang").addObject("cycle", cycle)
				.addObject("skr", caller.is(Role.SKR_COMPILER))
				.addObject("list",
						Listing.of(cycle.needs().size(), cycle.needs(), q, sida,
								(one) -> one.title() + " " + one.now())))
			.orElseGet(PageProblems::notFound);
	}

	@GetMapping("/omgangar/{id}/behov.csv")
	ResponseEntity<byte[]> needsOfCycle(@PathVariable String id) {
		return cycle(id).map((cycle) -> {
			CsvText csv = new CsvText("behov", "rubrik", "rang", "nu");
			cycle.needs()
				.forEach((one) -> csv.row(one.id(), one.title(), (one.rank() != null) ? one.rank().toString() : "",
						one.now()));
			return csv.file("nationella-behov.csv");
		}).orElseGet(() -> ResponseEntity.notFound().build());
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

	/**
	 * As whoever asks may see it: anybody what is published, those behind a need all of
	 * it.
	 */
	@GetMapping("/spar/{id}")
	ModelAndView trace(@PathVariable String id, Caller caller) {
		return this.traces.around(id)
			.flatMap((found) -> new Reading(caller, found.around()).trace(found.seed()))
			.map((trace) -> new ModelAndView("portal/spar").addObject("trace", trace)
				.addObject("kind", trace.kind().label())
				.addObject("steps", trace.chain())
				.addObject("answers", trace.answers().stream().map((answer) -> Told.of(answer)).toList()))
			.orElseGet(PageProblems::notFound);
	}

	/** What is said in words only: what this is, how to reach us. */
	@GetMapping({ "/om", "/kontakt" })
	ModelAndView words(HttpServletRequest request) {
		return new ModelAndView("portal/ord").addObject("page", request.getServletPath().substring(1));
	}

	private Reading reading(Traces.Found found) {
		return new Reading(Caller.anonymous(), found.around());
	}

	/**
	 * An answer as shown.
	 *
	 * @param link where the support is, when that is an address on the web
	 */
	record Told(Trace.Answer answer, @Nullable String link) {

		static Told of(Trace.Answer answer) {
			String link = answer.link();
			return new Told(answer, (link != null && WEB.matcher(link).lookingAt()) ? link : null);
		}

	}

}
