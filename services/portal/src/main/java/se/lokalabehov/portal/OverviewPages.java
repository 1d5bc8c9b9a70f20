package se.lokalabehov.portal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.contracts.AreaEvent.CycleOpened;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.security.Caller;

/**
 * How it goes, at three levels: the country, a region, a municipality. Who is told which
 * numbers: {@link Overview}, {@link Access}.
 */
@Page
class OverviewPages {

	private static final Locale SWEDISH = Locale.of("sv");

	private final Counting counting;

	private final Traces traces;

	private final Services services;

	private final CurrentDirectory directory;

	private final MessageSource messages;

	OverviewPages(Counting counting, Traces traces, Services services, CurrentDirectory directory,
			MessageSource messages) {
		this.counting = counting;
		this.traces = traces;
		this.services = services;
		this.directory = directory;
		this.messages = messages;
	}

	/**
	 * A region on the map.
	 *
	 * @param code of the RSS; none for municipalities without
	 * @param heard how many of its municipalities are known to have been heard
	 */
	record Area(@Nullable String code, String name, long heard, List<Tile> tiles) {
	}

	/** What one municipality has answered in a cycle. */
	record Answered(String id, String title, String state, int needs) {
	}

	/** A need that has waited, with its title. */
	record Waiting(String id, String title, Instant since, long days) {
	}

	/** How the catalogue is used. */
	record Use(long records, long neverOpened, long shown, long opened, long fetched) {
	}

	/**
	 * Of whom figures are.
	 *
	 * @param level last part of messages' keys
	 * @param code of the region or municipality, empty for the country
	 * @param rss the RSS that it is or belongs to, if any
	 * @param exact whether the caller belongs there
	 */
	private record Scope(String level, String code, String name, @Nullable String rss, boolean exact) {

		String path() {
			return switch (this.level) {
				case "region" -> "/oversikt/region/" + this.code;
				case "municipality" -> "/oversikt/kommun/" + this.code;
				default -> "/oversikt";
			};
		}

		/** What the file's address says of it. */
		Map<String, String> query() {
			return switch (this.level) {
				case "region" -> Map.of("region", this.code);
				case "municipality" -> Map.of("kommun", this.code);
				default -> Map.of();
			};
		}

	}

	@GetMapping("/oversikt")
	@Menu(value = "overview", order = 80)
	ModelAndView country(@RequestParam Optional<String> omgang, Caller caller) {
		return page(country(caller), omgang, caller);
	}

	@GetMapping("/oversikt/region/{rss}")
	ModelAndView region(@PathVariable String rss, @RequestParam Optional<String> omgang, Caller caller) {
		return region(rss, caller).map((scope) -> page(scope, omgang, caller)).orElseGet(PageProblems::notFound);
	}

	@GetMapping("/oversikt/kommun/{kod}")
	ModelAndView municipality(@PathVariable String kod, @RequestParam Optional<String> omgang, Caller caller) {
		return municipality(kod, caller).map((scope) -> page(scope, omgang, caller)).orElseGet(PageProblems::notFound);
	}

	private static Scope country(Caller caller) {
		return new Scope("country", "", "", null, Access.counts(caller));
	}

	private Optional<Scope> region(String rss, Caller caller) {
		return organisation(Kind.RSS, rss)
			.map((one) -> new Scope("region", rss, one.name(), rss, Access.countsRegion(caller, rss)));
	}

	private Optional<Scope> municipality(String code, Caller caller) {
		return organisation(Kind.MUNICIPALITY, code).map((one) -> {
			String rss = this.directory.now()
				.rssOf(one.id(), this.directory.today())
				.map(OrganisationId::value)
				.orElse(null);
			return new Scope("municipality", code, one.officialName(), rss,
					Access.countsMunicipality(caller, code, rss));
		});
	}

	private static Optional<Organisation> organisation(Kind kind, String code) {
		return Directory.standard()
			.organisations(kind)
			.stream()
			.filter((one) -> one.id().value().equals(code))
			.findFirst();
	}

	/** Where the caller's own numbers are, if there are any. */
	private @Nullable String own(Caller caller) {
		String code = caller.organisation().value();
		return region(code, caller).or(() -> municipality(code, caller)).map(Scope::path).orElse(null);
	}

	/** The opened cycles, the latest first. */
	private Map<String, Node> cycles() {
		Map<String, Node> cycles = new LinkedHashMap<>();
		this.traces.cycles()
			.stream()
			.filter((cycle) -> cycle.has(CycleOpened.class) && !cycle.isCancelled())
			.forEach((cycle) -> cycles.put(cycle.id(), cycle));
		return cycles;
	}

	/**
	 * What was counted of a scope in the cycles that are asked for.
	 *
	 * @param at when, the oldest of it
	 * @param all of the whole country
	 * @param own of the scope
	 */
	private record Counted(Instant at, Figures all, Figures own) {
	}

	private Counted counted(Scope scope, Map<String, Node> cycles, Optional<String> wanted) {
		Map<String, Counting.Cycle> counted = new LinkedHashMap<>();
		// A municipality's figures are held for all cycles at once.
		boolean all = wanted.isEmpty() || scope.level().equals("municipality");
		cycles.forEach((id, cycle) -> {
			if (all || wanted.get().equals(id)) {
				counted.put(id, this.counting.cycle(cycle));
			}
		});
		Map<String, Figures> own = scope.level().equals("municipality")
				? this.counting.municipality(scope.code(), counted) : Map.of();
		counted.keySet().removeIf((id) -> wanted.isPresent() && !wanted.get().equals(id));
		Figures whole = Figures
			.sum(counted.values().stream().flatMap((one) -> one.regions().values().stream()).toList());
		return new Counted(
				counted.values().stream().map(Counting.Cycle::at).min(Comparator.naturalOrder()).orElse(Instant.EPOCH),
				whole, switch (scope.level()) {
					case "region" -> Figures.sum(counted.values()
						.stream()
						.flatMap((one) -> Optional.ofNullable(one.regions().get(scope.code())).stream())
						.toList());
					case "municipality" -> Figures.sum(counted.keySet()
						.stream()
						.flatMap((id) -> Optional.ofNullable(own.get(id)).stream())
						.toList());
					default -> whole;
				});
	}

	private static boolean exact(Scope scope, Figures figures) {
		// The sums of the whole country stand on the page of each cycle as well.
		return scope.exact()
				|| scope.level().equals("country") && figures.municipalities(Figures.State.NEEDS) >= Overview.FEWEST;
	}

	private ModelAndView page(Scope scope, Optional<String> omgang, Caller caller) {
		Map<String, Node> cycles = cycles();
		Optional<String> wanted = omgang.filter((one) -> !one.isBlank());
		if (wanted.isPresent() && !cycles.containsKey(wanted.get())) {
			return PageProblems.notFound();
		}
		Counted counted = counted(scope, cycles, wanted);
		Figures own = counted.own();
		boolean municipal = scope.level().equals("municipality");
		return new ModelAndView("portal/oversikt").addObject("scope", scope.level())
			.addObject("name", scope.name())
			.addObject("code", scope.code())
			.addObject("path", scope.path())
			.addObject("query", scope.query())
			.addObject("rss", municipal ? scope.rss() : null)
			.addObject("region", (municipal && scope.rss() != null) ? Names.of(scope.rss()) : null)
			.addObject("belongs", scope.exact())
			.addObject("own", scope.code().isEmpty() ? own(caller) : null)
			.addObject("cycles",
					cycles.values()
						.stream()
						.map((cycle) -> new OwnNeedPages.Choice(cycle.id(), cycle.title()))
						.toList())
			.addObject("cycle", wanted.orElse(null))
			.addObject("at", counted.at())
			.addObject("overview",
					(municipal && !scope.exact()) ? null
							: Overview.of(own, exact(scope, own), scope.exact(), municipal))
			.addObject("areas", municipal ? List.of() : areas(scope, counted.all()))
			.addObject("answers", municipal ? answers(scope, cycles, wanted) : List.of())
			.addObject("longest", longest(scope, own, counted.at(), caller))
			.addObject("use", use(scope).orElse(null));
	}

	/**
	 * The map: the regions with their municipalities, as the directory has them today.
	 */
	private List<Area> areas(Scope scope, Figures figures) {
		Map<String, List<Tile>> tiles = new LinkedHashMap<>();
		Directory now = this.directory.now();
		boolean exact = scope.exact();
		now.organisations(Kind.MUNICIPALITY).forEach((one) -> {
			String rss = now.rssOf(one.id(), this.directory.today()).map(OrganisationId::value).orElse("");
			if (scope.rss() == null || scope.rss().equals(rss)) {
				Figures.Heard heard = figures.heard(one.id().value());
				tiles.computeIfAbsent(rss, (code) -> new ArrayList<>())
					.add(new Tile(one.id().value(), one.name(), state(heard, exact), exact ? heard.needs() : 0));
			}
		});
		return tiles.entrySet().stream().map((region) -> {
			List<Tile> sorted = region.getValue()
				.stream()
				.sorted(Comparator.comparing(Tile::name, Words.SWEDISH))
				.toList();
			return new Area(region.getKey().isEmpty() ? null : region.getKey(), Names.of(region.getKey()),
					sorted.stream().filter((one) -> HEARD.contains(one.state())).count(), sorted);
		}).sorted(Comparator.comparing(Area::name, Words.SWEDISH)).toList();
	}

	/** The states of those who have been heard. */
	private static final List<String> HEARD = List.of("NEEDS", "NO_NEEDS", "HEARD");

	private static String state(Figures.Heard heard, boolean exact) {
		return exact ? heard.state().name() : heard.known().name();
	}

	private List<Answered> answers(Scope scope, Map<String, Node> cycles, Optional<String> wanted) {
		return cycles.values().stream().filter((cycle) -> wanted.map(cycle.id()::equals).orElse(true)).map((cycle) -> {
			Figures.Heard heard = Figures.sum(this.counting.cycle(cycle).regions().values()).heard(scope.code());
			return new Answered(cycle.id(), cycle.title(), state(heard, scope.exact()),
					scope.exact() ? heard.needs() : 0);
		}).toList();
	}

	/** Told to those who may read the needs themselves. */
	private List<Waiting> longest(Scope scope, Figures figures, Instant now, Caller caller) {
		boolean own = !scope.code().isEmpty() && caller.organisation().value().equals(scope.code()) && scope.exact();
		if (!own) {
			return List.of();
		}
		Map<String, String> titles = new LinkedHashMap<>();
		this.traces.needs(figures.longest().stream().map(Figures.Waiting::need).toList())
			.forEach((need) -> titles.put(need.id(), need.title()));
		return figures.longest()
			.stream()
			.filter((one) -> titles.containsKey(one.need()))
			.map((one) -> new Waiting(one.need(), String.valueOf(titles.get(one.need())), one.since(),
					Overview.days(one.since(), now)))
			.toList();
	}

	/** None while the catalogue is away. */
	private Optional<Use> use(Scope scope) {
		try {
			Services.Answer answer = scope.code().isEmpty() ? this.services.get("records/statistics")
					: this.services.get("records/statistics?publisher={publisher}", scope.code());
			JsonNode use = answer.body();
			return answer.ok()
					? Optional.of(new Use(use.path("records").asLong(0), use.path("neverOpened").asLong(0),
							use.path("shown").asLong(0), use.path("opened").asLong(0), use.path("fetched").asLong(0)))
					: Optional.empty();
		}
		catch (Services.Away ex) {
			return Optional.empty();
		}
	}

	// The tables as files

	@GetMapping("/oversikt.csv")
	ResponseEntity<byte[]> csv(@RequestParam String del, @RequestParam Optional<String> omgang,
			@RequestParam Optional<String> region, @RequestParam Optional<String> kommun, Caller caller) {
		Optional<Scope> scope = kommun.map((code) -> municipality(code, caller))
			.or(() -> region.map((code) -> region(code, caller)))
			.orElseGet(() -> Optional.of(country(caller)));
		Optional<String> wanted = omgang.filter((one) -> !one.isBlank());
		Map<String, Node> cycles = cycles();
		boolean known = wanted.map(cycles::containsKey).orElse(true);
		return scope.filter((one) -> known)
			.flatMap((one) -> table(one, del, counted(one, cycles, wanted)))
			.map((csv) -> csv.file("oversikt-" + del + ".csv"))
			.orElseGet(() -> ResponseEntity.notFound().build());
	}

	private Optional<CsvText> table(Scope scope, String part, Counted counted) {
		boolean municipal = scope.level().equals("municipality");
		if (municipal && !scope.exact()) {
			return Optional.empty();
		}
		Overview overview = Overview.of(counted.own(), exact(scope, counted.own()), scope.exact(), municipal);
		return switch (part) {
			case "tratt" -> Optional.of(funnel(overview));
			case "ledtider" -> Optional.of(leads(overview));
			case "uppfoljning" -> Optional.of(grades(overview));
			case "tackning" -> municipal ? Optional.empty() : Optional.of(coverage(scope, counted.all()));
			default -> Optional.empty();
		};
	}

	/** In Swedish, whoever reads, so that a file is the same file. */
	private String word(String key) {
		return this.messages.getMessage(key, new Object[0], SWEDISH);
	}

	private CsvText funnel(Overview overview) {
		CsvText csv = new CsvText("moment", "steg", "antal", "av");
		overview.funnel()
			.forEach((one) -> csv.row(String.valueOf(one.moment()), word("overview.stage." + one.key()),
					one.count().csv(), one.of().csv()));
		return csv;
	}

	private CsvText leads(Overview overview) {
		CsvText csv = new CsvText("moment", "ledtid", "klara", "median_dagar", "langsta_dagar", "vantar",
				"vantat_langst_dagar");
		overview.leads()
			.forEach((one) -> csv.row(String.valueOf(one.moment()), word("overview.lead." + one.key()),
					one.count().csv(), text(one.median()), text(one.longest()), one.waiting().csv(),
					text(one.waited())));
		return csv;
	}

	private CsvText grades(Overview overview) {
		CsvText csv = new CsvText("fraga", "betyg_1", "betyg_2", "betyg_3", "betyg_4");
		overview.grades().forEach((one) -> {
			List<Integer> counts = one.counts();
			csv.row(word("follow-up." + one.key()), (counts != null) ? text(counts.get(0)) : "",
					(counts != null) ? text(counts.get(1)) : "", (counts != null) ? text(counts.get(2)) : "",
					(counts != null) ? text(counts.get(3)) : "");
		});
		return csv;
	}

	private CsvText coverage(Scope scope, Figures figures) {
		CsvText csv = new CsvText("rss", "rss_namn", "kommunkod", "kommun", "svar", "behov");
		areas(scope, figures).forEach((area) -> area.tiles()
			.forEach((tile) -> csv.row((area.code() != null) ? area.code() : "", area.name(), tile.code(), tile.name(),
					word("tile.kind." + tile.state()), scope.exact() ? String.valueOf(tile.needs()) : "")));
		return csv;
	}

	private static String text(@Nullable Integer number) {
		return (number != null) ? number.toString() : "";
	}

}
