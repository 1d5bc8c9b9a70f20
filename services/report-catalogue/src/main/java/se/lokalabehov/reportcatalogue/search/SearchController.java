package se.lokalabehov.reportcatalogue.search;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import se.lokalabehov.contracts.CatalogueEvent;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.reportcatalogue.exports.Format;
import se.lokalabehov.reportcatalogue.open.CatalogueProperties;
import se.lokalabehov.reportcatalogue.open.OpenRecords;
import se.lokalabehov.reportcatalogue.search.Found.What;
import se.lokalabehov.search.Facet;
import se.lokalabehov.search.Kind;
import se.lokalabehov.search.SearchPage;
import se.lokalabehov.search.SearchRequest;
import se.lokalabehov.search.SearchRequest.Order;
import se.lokalabehov.search.Visibility;
import se.lokalabehov.web.Paging;

/**
 * The catalogue's search box. Without {@code q} the same address is the list.
 */
@RestController
@Tag(name = "records")
class SearchController {

	private static final Directory DIRECTORY = Directory.standard();

	private final Finding finding;

	private static final int AT_A_TIME = 100;

	/** So many hits are given out at most. */
	private static final int EXPORTED = 5000;

	private final Audience audience;

	private final OpenRecords records;

	private final CatalogueProperties properties;

	SearchController(Finding finding, Audience audience, OpenRecords records, CatalogueProperties properties) {
		this.finding = finding;
		this.audience = audience;
		this.records = records;
		this.properties = properties;
	}

	/**
	 * A page of hits.
	 *
	 * @param items the hits
	 * @param total how many there are, or at least so many
	 * @param exact whether there are exactly so many
	 * @param facets by kind, area, publisher, year, language and targetGroup: the values
	 * and their counts, the most common first; on the first page only
	 * @param notice in Swedish, when the text was read in another way than it was written
	 * @param didYouMean another text, when nothing was found
	 * @param next cursor of the next page; none on the last
	 */
	record Hits(List<Hit> items, long total, boolean exact, @Nullable Map<String, List<SearchPage.Count>> facets,
			@Nullable String notice, @Nullable String didYouMean, @Nullable String next) {
	}

	/**
	 * A hit.
	 *
	 * @param id of the record
	 * @param kind what it describes
	 * @param title HTML: escaped, with what was found between {@code <mark>} and
	 * {@code </mark>}
	 * @param excerpt of the description, HTML in the same way
	 * @param href where it is
	 */
	record Hit(String id, What kind, String title, String excerpt, String href) {
	}

	@GetMapping(path = "/api/v1/records", params = "q")
	@Operation(summary = "Söker bland posterna (q), med facetter och markerade träffar; utan q visas listan")
	ResponseEntity<Object> search(@RequestParam String q, @RequestParam Optional<CatalogueEvent.Kind> kind,
			@RequestParam Optional<String> area, @RequestParam Optional<OrganisationId> publisher,
			@RequestParam Optional<Integer> year, @RequestParam Optional<String> language,
			@RequestParam Optional<String> targetGroup, @RequestParam(defaultValue = "RELEVANCE") Order sort,
			@RequestParam Optional<LocalDate> from, @RequestParam Optional<LocalDate> to, Paging paging) {
		SearchRequest request = request(new Wanted(q, kind, area, publisher, year, language, targetGroup, from, to),
				sort, paging);
		if (request.hasWrongCursor()) {
			throw new Page.WrongCursor();
		}
		Hits hits = hits(this.finding.search(request));
		this.audience.shown(hits.items().stream().map(Hit::id).toList());
		return ResponseEntity.ok(hits);
	}

	@GetMapping(path = "/api/v1/records/export", params = "q")
	@Operation(summary = "Ger det man söker som CSV, RIS eller BibTeX, högst 5 000 träffar")
	ResponseEntity<StreamingResponseBody> export(@RequestParam Format format, @RequestParam String q,
			@RequestParam Optional<CatalogueEvent.Kind> kind, @RequestParam Optional<String> area,
			@RequestParam Optional<OrganisationId> publisher, @RequestParam Optional<Integer> year,
			@RequestParam Optional<String> language, @RequestParam Optional<String> targetGroup,
			@RequestParam(defaultValue = "RELEVANCE") Order sort, @RequestParam Optional<LocalDate> from,
			@RequestParam Optional<LocalDate> to) {
		Wanted wanted = new Wanted(q, kind, area, publisher, year, language, targetGroup, from, to);
		return format.file(this.properties, (out) -> {
			String cursor = null;
			int given = 0;
			do {
				SearchPage page = this.finding.search(request(wanted, sort, new Paging(AT_A_TIME, cursor)));
				page.hits().forEach((hit) -> this.records.find(Found.id(hit.id())).ifPresent(out));
				given += page.hits().size();
				cursor = page.next();
			}
			while (cursor != null && given < EXPORTED);
		});
	}

	/**
	 * What is searched for.
	 */
	private record Wanted(String q, Optional<CatalogueEvent.Kind> kind, Optional<String> area,
			Optional<OrganisationId> publisher, Optional<Integer> year, Optional<String> language,
			Optional<String> targetGroup, Optional<LocalDate> from, Optional<LocalDate> to) {
	}

	private static SearchRequest request(Wanted wanted, Order sort, Paging paging) {
		Map<Facet, Set<String>> limits = new EnumMap<>(Facet.class);
		limits.put(Facet.KIND,
				wanted.kind()
					.map((one) -> Set.of(RecordItem.kind(one).name()))
					.orElse(Stream.of(Kind.REPORT, Kind.PROJECT, Kind.SUPPORT)
						.map(Kind::name)
						.collect(Collectors.toUnmodifiableSet())));
		wanted.area().ifPresent((one) -> limits.put(Facet.AREA, withNarrower(one)));
		wanted.publisher().ifPresent((one) -> limits.put(Facet.PUBLISHER, Set.of(one.value())));
		wanted.year().ifPresent((one) -> limits.put(Facet.YEAR, Set.of(one.toString())));
		wanted.language().ifPresent((one) -> limits.put(Facet.LANGUAGE, Set.of(one)));
		wanted.targetGroup().ifPresent((one) -> limits.put(Facet.TARGET_GROUP, Set.of(one)));
		return new SearchRequest(wanted.q(), limits, wanted.from().orElse(null), wanted.to().orElse(null), sort,
				paging.limit(), paging.cursor(), paging.cursor() == null, Visibility.PUBLIC);
	}

	private static Set<String> withNarrower(String area) {
		Set<String> areas = DIRECTORY.areaWithNarrower(area);
		return areas.isEmpty() ? Set.of(area) : areas;
	}

	private static Hits hits(SearchPage page) {
		return new Hits(
				page.hits()
					.stream()
					.map((hit) -> new Hit(Found.id(hit.id()), What.of(hit.kind()), hit.title(), hit.excerpt(),
							Found.href(hit.id())))
					.toList(),
				page.total(), page.exact(), page.facets().isEmpty() ? null : facets(page.facets()), page.notice(),
				page.didYouMean(), page.next());
	}

	private static Map<String, List<SearchPage.Count>> facets(Map<Facet, List<SearchPage.Count>> facets) {
		return facets.entrySet()
			.stream()
			.collect(Collectors.toMap((facet) -> name(facet.getKey()),
					(facet) -> (facet.getKey() == Facet.KIND) ? facet.getValue()
						.stream()
						.map((one) -> new SearchPage.Count(What.of(Kind.valueOf(one.value())).name(), one.count()))
						.toList() : facet.getValue()));
	}

	/** As the parameter is called. */
	private static String name(Facet facet) {
		return (facet == Facet.TARGET_GROUP) ? "targetGroup" : facet.name().toLowerCase(Locale.ROOT);
	}

}
