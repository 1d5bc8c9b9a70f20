package se.lokalabehov.portal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

import se.lokalabehov.security.Caller;

/**
 * The catalogue for anybody: search it, read a record, cite it.
 */
@Page
class CataloguePages {

	static final String API = "/api/v1/";

	private static final String RECORDS = API + "records";

	private static final int PAGE = 20;

	/** Whatever a trace can be asked for by; a record has a page of its own. */
	private static final Pattern SOMETHING = Pattern.compile("[a-z]+(-[a-z]+)*-[0-9a-f]{24}");

	private static final Pattern MARK = Pattern.compile("</?mark>");

	private final Services services;

	private final Traces traces;

	private final Ui ui;

	CataloguePages(Services services, Traces traces, Ui ui) {
		this.services = services;
		this.traces = traces;
		this.ui = ui;
	}

	/**
	 * By what hits are narrowed: in the address of the page, and as the service calls it.
	 */
	private enum Facet {

		KIND("slag", "kind"), AREA("omrade", "area"), TARGET_GROUP("malgrupp", "targetGroup"),
		PUBLISHER("utgivare", "publisher"), YEAR("ar", "year"), LANGUAGE("skrivet", "language");

		private final String ours;

		private final String theirs;

		Facet(String ours, String theirs) {
			this.ours = ours;
			this.theirs = theirs;
		}

	}

	/**
	 * By what one can narrow.
	 *
	 * @param key of its words
	 * @param values the most common first
	 * @param chosen the one that is chosen, none when none is
	 * @param without where all are
	 */
	record Narrowing(String key, List<Value> values, @Nullable String chosen, String without) {
	}

	/** One value, how many hits have it, and where these are. */
	record Value(String label, int count, String href) {
	}

	/** A piece of a text, and whether it is what was searched for. */
	record Piece(String text, boolean found) {
	}

	/**
	 * A hit.
	 *
	 * @param kind last part of a message's key
	 * @param about who published it and when, as far as that is known here
	 */
	record Hit(String id, String kind, List<Piece> title, List<Piece> excerpt, String about) {
	}

	@GetMapping("/katalog")
	@Menu(value = "catalogue", order = 90)
	ModelAndView search(@RequestParam Map<String, String> asked) {
		String text = asked.getOrDefault("q", "").strip();
		if (SOMETHING.matcher(text).matches()) {
			return new ModelAndView(
					"redirect:" + (text.startsWith("record-") ? "/katalog/" : "/spar/") + Words.encoded(text));
		}
		Map<String, String> chosen = chosen(asked);
		Map<String, String> query = query(text, chosen, asked.getOrDefault("ordning", ""));
		Services.Answer found = this.services.get(
				"records?limit=" + PAGE + variables(query) + (asked.containsKey("fran") ? "&cursor={cursor}" : ""),
				values(query, asked.get("fran")));
		if (!found.ok()) {
			return new ModelAndView("redirect:/katalog?q=" + Words.encoded(text));
		}
		JsonNode page = found.body();
		String next = found.next();
		return new ModelAndView("portal/katalog").addObject("q", text)
			.addObject("hits", hits(found.items()))
			.addObject("total", page.path("total").asLong(0))
			.addObject("exact", page.path("exact").asBoolean(true))
			.addObject("notice", page.path("notice").asString(null))
			.addObject("didYouMean", page.path("didYouMean").asString(null))
			.addObject("narrowings", narrowings(page.path("facets"), asked, chosen))
			.addObject("kept", chosen)
			.addObject("order", query.get("sort"))
			.addObject("orders", List.of("RELEVANCE", "NEWEST", "OLDEST", "TITLE"))
			.addObject("csv", export(query, "CSV"))
			.addObject("ris", export(query, "RIS"))
			.addObject("next", (next != null) ? address(asked, "fran", next) : null);
	}

	private static Map<String, String> chosen(Map<String, String> asked) {
		Map<String, String> chosen = new LinkedHashMap<>();
		for (Facet facet : Facet.values()) {
			String value = asked.getOrDefault(facet.ours, "");
			if (!value.isBlank()) {
				chosen.put(facet.ours, value);
			}
		}
		return chosen;
	}

	/** As the service is asked, page after page. */
	private static Map<String, String> query(String text, Map<String, String> chosen, String order) {
		Map<String, String> query = new LinkedHashMap<>();
		query.put("q", text);
		for (Facet facet : Facet.values()) {
			String value = chosen.get(facet.ours);
			if (value != null) {
				query.put(facet.theirs, value);
			}
		}
		// Without words nothing is more relevant than anything else.
		query.put("sort", !order.isBlank() ? order : text.isEmpty() ? "NEWEST" : "RELEVANCE");
		return query;
	}

	private static String variables(Map<String, String> query) {
		return query.keySet().stream().map((name) -> "&" + name + "={" + name + "}").collect(Collectors.joining());
	}

	private static @Nullable Object[] values(Map<String, String> query, @Nullable String cursor) {
		List<@Nullable Object> values = new ArrayList<>(query.values());
		if (cursor != null) {
			values.add(cursor);
		}
		return values.toArray();
	}

	private static String export(Map<String, String> query, String format) {
		UriComponentsBuilder address = UriComponentsBuilder.fromPath(RECORDS + "/export").queryParam("format", format);
		query.forEach((name, value) -> address.queryParam(name, "{" + name + "}"));
		return address.encode().buildAndExpand(query).toUriString();
	}

	/** The same page, with another value of one thing; without it when that is empty. */
	private static String address(Map<String, String> asked, String name, String value) {
		Map<String, String> all = new LinkedHashMap<>(asked);
		all.remove("fran");
		all.remove("sprak");
		all.put(name, value);
		all.values().removeIf(String::isBlank);
		UriComponentsBuilder address = UriComponentsBuilder.fromPath("/katalog");
		all.forEach((one, said) -> address.queryParam(Words.encoded(one), Words.encoded(said)));
		return address.build(true).toUriString();
	}

	private List<Narrowing> narrowings(JsonNode facets, Map<String, String> asked, Map<String, String> chosen) {
		return Arrays.stream(Facet.values()).map((facet) -> {
			String value = chosen.get(facet.ours);
			return new Narrowing("kat.by." + facet.ours,
					facets.path(facet.theirs)
						.valueStream()
						.map((one) -> new Value(label(facet, one.path("value").asString("")),
								one.path("count").asInt(0), address(asked, facet.ours, one.path("value").asString(""))))
						.toList(),
					(value != null) ? label(facet, value) : null, address(asked, facet.ours, ""));
		}).filter((one) -> !one.values().isEmpty() || one.chosen() != null).toList();
	}

	private String label(Facet facet, String value) {
		return switch (facet) {
			case KIND -> kind(value);
			case AREA -> this.ui.term("area", value);
			case TARGET_GROUP -> this.ui.term("target-group", value);
			case PUBLISHER -> Names.of(value);
			case YEAR -> value;
			case LANGUAGE -> language(value);
		};
	}

	private String kind(String value) {
		return List.of("REPORT", "RESEARCH_PROJECT", "KNOWLEDGE_SUPPORT").contains(value)
				? this.ui.text("kat.kind." + value) : value;
	}

	private static String language(String code) {
		return Locale.of(code).getDisplayLanguage(LocaleContextHolder.getLocale());
	}

	/** Who published a hit stands in the trace already. */
	private List<Hit> hits(List<JsonNode> found) {
		Map<String, String> about = new HashMap<>();
		this.traces.records(found.stream().map((one) -> one.path("id").asString("")).toList())
			.forEach((node) -> about.put(node.id(), about(node)));
		return found.stream().map((one) -> {
			String id = one.path("id").asString("");
			return new Hit(id, "kat.kind." + one.path("kind").asString(""), pieces(one.path("title").asString("")),
					pieces(one.path("excerpt").asString("")), about.getOrDefault(id, ""));
		}).toList();
	}

	private static String about(Node record) {
		return record.content()
			.map((content) -> Names.of(content.publisher())
					+ ((content.report() != null) ? ", " + content.report().year() : ""))
			.orElse("");
	}

	/** The service marks what it found in escaped HTML; a page escapes for itself. */
	private static List<Piece> pieces(String marked) {
		List<Piece> pieces = new ArrayList<>();
		boolean found = marked.startsWith("<mark>");
		for (String piece : MARK.split(marked)) {
			if (!piece.isEmpty()) {
				pieces.add(new Piece(HtmlUtils.htmlUnescape(piece), found));
				found = !found;
			}
		}
		return pieces;
	}

	// A record

	@GetMapping("/katalog/{id}")
	ModelAndView read(@PathVariable String id, @RequestParam Optional<String> gjort, Caller caller,
			HttpServletResponse response) {
		return this.services.find("records/{id}", id).map((answer) -> {
			RecordPage record = RecordPage.of(answer, this.ui);
			String here = ServletUriComponentsBuilder.fromCurrentContextPath()
				.path("/katalog/{id}")
				.buildAndExpand(id)
				.toUriString();
			Optional<Trace> trace = this.traces.around(id)
				.filter((found) -> found.seed().kind() == Kind.RECORD)
				.flatMap((found) -> new Reading(caller, found.around()).trace(found.seed()));
			if (record.withdrawn() == null) {
				response.addHeader(HttpHeaders.LINK,
						"<%s/%s/schema-org>; rel=\"alternate\"; type=\"application/ld+json\"".formatted(RECORDS, id));
			}
			return new ModelAndView("portal/katalogpost").addObject("record", record)
				.addObject("citation", record.citation(here))
				.addObject("use", use(id))
				.addObject("cites", trace.map((one) -> cites(one)).orElse(List.of()))
				.addObject("mine", EditorPages.mayEdit(caller, record))
				.addObject("done",
						gjort.filter(EditorPages.DONE::contains).map((one) -> "kat.done." + one).orElse(null));
		}).orElseGet(PageProblems::notFound);
	}

	/** What it answers and what was asked; a cycle says nothing of a record. */
	private static List<Trace.Ref> cites(Trace trace) {
		return trace.down().stream().filter((one) -> one.kind() != Kind.CYCLE).toList();
	}

	/**
	 * How much it is used.
	 */
	record Used(long shown, long opened, long fetched, long needs, long answers) {
	}

	private Used use(String id) {
		JsonNode use = this.services.get("records/{id}/statistics", id).body();
		return new Used(use.path("shown").asLong(0), use.path("opened").asLong(0), use.path("fetched").asLong(0),
				use.path("citedByNeeds").asLong(0), use.path("citedByFeedback").asLong(0));
	}

	/** An earlier version, as it was. */
	@GetMapping("/katalog/{id}/version/{version}")
	ModelAndView version(@PathVariable String id, @PathVariable int version) {
		return this.services.find("records/{id}/versions/{version}", id, version)
			.map((answer) -> new ModelAndView("portal/katalogversion")
				.addObject("record", RecordPage.ofVersion(id, answer, this.ui))
				.addObject("at", Instant.parse(answer.body().path("at").asString("")))
				.addObject("change", answer.body().path("change").asString(""))
				.addObject("number", version))
			.orElseGet(PageProblems::notFound);
	}

}
