package se.lokalabehov.portal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.security.Role;

/**
 * Moment 6: SKR hands each ranked need over to the agency that leads the answer, or
 * leaves it below the line with a reason.
 */
@Page
@For(Role.SKR_COMPILER)
class HandOverPages {

	private final Regions regions;

	private final Traces traces;

	private final Services services;

	HandOverPages(Regions regions, Traces traces, Services services) {
		this.regions = regions;
		this.traces = traces;
		this.services = services;
	}

	/**
	 * A ranked need.
	 *
	 * @param state last part of a message's key; {@code RANKED} before it is handed over
	 * @param agency who leads, or what the reason is when it is left below the line
	 * @param due last day to confirm
	 * @param open whether it can be handed over now
	 */
	record Row(int rank, String id, String title, String state, String agency, @Nullable LocalDate due, boolean open) {
	}

	@GetMapping("/nationellt/overlamning")
	ModelAndView list(@RequestParam Optional<String> omgang, @RequestParam Optional<String> visa,
			@RequestParam Optional<String> q, @RequestParam Optional<String> sida,
			@RequestParam Optional<String> gjort) {
		String state = visa.orElse("");
		return page(omgang,
				(rows) -> Listing.of(rows.size(),
						rows.stream().filter((one) -> state.isEmpty() || one.state().equals(state)).toList(), q, sida,
						(one) -> one.title() + " " + one.agency()),
				null, Map.of(), List.of())
			.addObject("filter", state)
			.addObject("done",
					gjort.filter("lamnat|under"::contains).map((one) -> "handover.done." + one).orElse(null));
	}

	/** The needs as a file, whatever is chosen on the page. */
	@GetMapping("/nationellt/overlamning.csv")
	ResponseEntity<byte[]> csv(@RequestParam String omgang) {
		CsvText csv = new CsvText("rang", "behov", "rubrik", "lage", "myndighet", "bekrafta_senast");
		rows(omgang).forEach((one) -> csv.row(String.valueOf(one.rank()), one.id(), one.title(), one.state(),
				one.agency(), (one.due() != null) ? one.due().toString() : ""));
		return csv.file("overlamning.csv");
	}

	private ModelAndView page(Optional<String> wanted, Function<List<Row>, Listing<Row>> part,
			@Nullable Trouble trouble, Map<String, String> typed, List<String> ticked) {
		List<Regions.InRegion> cycles = this.regions.all();
		Optional<Regions.InRegion> cycle = Regions.chosen(cycles, wanted);
		if (cycle.isEmpty() && wanted.isPresent()) {
			return PageProblems.notFound();
		}
		List<Row> rows = cycle.map((one) -> rows(one.id())).orElse(List.of());
		ModelAndView page = new ModelAndView("portal/overlamning").addObject("cycles", cycles)
			.addObject("cycle", cycle.orElse(null))
			.addObject("tabs", ScreeningPages.TABS)
			.addObject("list", part.apply(rows))
			.addObject("filter", "")
			.addObject("open", rows.stream().anyMatch(Row::open))
			.addObject("received", rows.stream().filter((one) -> one.state().equals("RECEIVED")).count())
			.addObject("agencies", ScreeningPages.agencies())
			.addObject("typed", typed)
			.addObject("ticked", ticked)
			.addObject("trouble", trouble);
		if (trouble != null) {
			page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
		}
		return page;
	}

	/** By the last national round of the cycle that has closed. */
	private List<Row> rows(String cycle) {
		Optional<Node> round = this.traces.roundsOf(cycle)
			.stream()
			.filter((one) -> Gathered.isNational(one) && one.has(RoundClosed.class))
			.reduce((earlier, later) -> later.latest().time().isAfter(earlier.latest().time()) ? later : earlier);
		if (round.isEmpty()) {
			return List.of();
		}
		Map<String, Node> needs = this.traces.nationals(cycle)
			.stream()
			.collect(Collectors.toMap(Node::id, Function.identity()));
		Map<String, JsonNode> handOffs = this.services.all("hand-offs?cycle={cycle}&limit=100", Board.MOST, cycle)
			.stream()
			.collect(Collectors.toMap((one) -> one.path("id").asString(""), Function.identity()));
		List<Row> rows = new ArrayList<>();
		round.get().ranking().forEach((place) -> {
			Node need = needs.get(place.item());
			rows.add(row(place.rank(), place.item(), (need != null) ? need.title() : "", handOffs.get(place.item())));
		});
		return rows;
	}

	private static Row row(int rank, String id, String title, @Nullable JsonNode handOff) {
		if (handOff == null) {
			return new Row(rank, id, title, "RANKED", "", null, true);
		}
		String state = handOff.path("status").asString("");
		String due = handOff.path("due").asString("");
		boolean below = state.equals("BELOW_THE_LINE");
		return new Row(rank, id, title, state,
				below ? handOff.path("reason").asString("") : Names.of(handOff.path("agency").asString("")),
				due.isEmpty() ? null : LocalDate.parse(due), state.equals("RETURNED"));
	}

	@PostMapping("/nationellt/overlamning")
	ModelAndView handOver(@RequestParam String omgang, @RequestParam Optional<List<String>> behov,
			@RequestParam(defaultValue = "") String agency, @RequestParam(defaultValue = "") String due,
			@RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "lamnat") String gor,
			@RequestParam String nyckel, @RequestParam MultiValueMap<String, String> form) {
		List<String> needs = behov.orElse(List.of());
		boolean below = gor.equals("under");
		Trouble trouble = needs.isEmpty() ? Trouble.message("board.tick") : Bulk
			.each(needs, ScreeningPages.titles(form), nyckel, (own, id) -> below
					? this.services.post(own, "national-needs/{id}/below-the-line", Map.of("reason", reason), id)
					: this.services.post(own, "hand-offs", Map.of("nationalNeed", id, "agency", agency, "due", due)));
		return (trouble == null)
				? new ModelAndView("redirect:/nationellt/overlamning?gjort=" + (below ? "under" : "lamnat") + "&omgang="
						+ Words.encoded(omgang))
				: page(Optional.of(omgang), Listing::whole, trouble, form.toSingleValueMap(), needs);
	}

}
