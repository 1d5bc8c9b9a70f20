package se.lokalabehov.reportcatalogue.exports;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.reportcatalogue.open.CatalogueProperties;
import se.lokalabehov.reportcatalogue.open.OpenRecord;
import se.lokalabehov.reportcatalogue.open.OpenRecords;
import se.lokalabehov.reportcatalogue.open.OpenRecords.Wanted;
import se.lokalabehov.reportcatalogue.open.XmlOut;
import se.lokalabehov.web.Answers;

/**
 * Exports, feeds, and what search engines read. Everything here is public.
 */
@RestController
@Tag(name = "records")
class ExportController {

	private static final int CHUNK = 500;

	private static final int FEED = 50;

	/** The protocol's own limit (sitemaps.org). */
	private static final int SITEMAP = 50_000;

	private static final MediaType ATOM = new MediaType("application", "atom+xml", StandardCharsets.UTF_8);

	private static final MediaType XML = new MediaType("application", "xml", StandardCharsets.UTF_8);

	private static final String SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";

	/** The model was published in 2024: nothing is older. */
	private static final YearMonth FIRST_MONTH = YearMonth.of(2024, 1);

	private final OpenRecords records;

	private final CatalogueProperties properties;

	private final java.time.Clock clock;

	ExportController(OpenRecords records, CatalogueProperties properties, java.time.Clock clock) {
		this.records = records;
		this.properties = properties;
		this.clock = clock;
	}

	@GetMapping("/api/v1/records/export")
	@Operation(
			summary = "Ger alla poster, en mängd av dem, en post (id) eller det man söker (q) som CSV, RIS eller BibTeX",
			description = "Mängden skrivs som i OAI-PMH: area:IFO:SBB, publisher:SOS eller kind:REPORT. Med q gäller sökningens parametrar, och högst 5 000 träffar ges.")
	ResponseEntity<StreamingResponseBody> export(@RequestParam Format format, @RequestParam Optional<String> set,
			@RequestParam Optional<String> id) {
		return format.file(this.properties, (out) -> {
			if (id.isPresent()) {
				this.records.find(id.get()).ifPresent(out);
				return;
			}
			String after = null;
			List<OpenRecord> chunk;
			do {
				chunk = this.records.after(Wanted.standingIn(set.orElse(null)), after, CHUNK);
				chunk.forEach(out);
				after = chunk.isEmpty() ? after : chunk.getLast().position();
			}
			while (chunk.size() == CHUNK);
		});
	}

	@GetMapping("/api/v1/records/feed")
	@Operation(summary = "Ger det senaste i katalogen, eller i ett område, som Atom")
	ResponseEntity<Object> feed(@RequestParam Optional<String> area) {
		if (area.isPresent() && Directory.standard().area(area.get()).isEmpty()) {
			return Answers.refused(Refusal.invalid("area", "Det finns inget sådant område."));
		}
		String set = area.map(OpenRecord::setOfArea).orElse(null);
		List<OpenRecord> latest = this.records.latest(Wanted.standingIn(set), null, FEED);
		String self = this.properties.at("/api/v1/records/feed" + area.map((one) -> "?area=" + one).orElse(""));
		Instant updated = latest.isEmpty() ? FIRST_MONTH.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC)
				: latest.getFirst().changed();
		return ResponseEntity.ok().contentType(ATOM).body(XmlOut.document((out) -> out.element("feed", () -> {
			out.attribute("xmlns", "http://www.w3.org/2005/Atom").attribute("xml:lang", "sv");
			out.element("id", self);
			out.element("title",
					area.flatMap(Directory.standard()::area)
						.map((one) -> "Nytt i katalogen om " + one.label())
						.orElse("Nytt i katalogen"));
			out.element("updated", updated);
			out.element("link", () -> out.attribute("rel", "self").attribute("href", self));
			latest.forEach((record) -> entry(record, out));
		})));
	}

	private void entry(OpenRecord record, XmlOut out) {
		Content content = record.content();
		if (content != null) {
			String address = this.properties.addressOf(record.id());
			out.element("entry", () -> {
				out.element("id", address);
				out.element("title", content.title());
				out.element("updated", record.changed());
				out.element("published", record.published());
				out.element("author", () -> out.element("name", Format.name(content.publisher())));
				out.element("link", () -> out.attribute("rel", "alternate").attribute("href", address));
				out.element("summary", content.description());
			});
		}
	}

	@GetMapping("/api/v1/records/{id}/schema-org")
	@Operation(summary = "Visar en post som JSON-LD enligt schema.org")
	ResponseEntity<Object> schemaOrg(@PathVariable String id) {
		return this.records.find(id)
			.filter((record) -> record.content() != null)
			.map((record) -> ResponseEntity.ok()
				.contentType(new MediaType("application", "ld+json"))
				.<Object>body(schemaOrg(record, java.util.Objects.requireNonNull(record.content()))))
			.orElseGet(() -> Answers.refused(Refusal.notFound()));
	}

	private Map<String, Object> schemaOrg(OpenRecord record, Content content) {
		Map<String, Object> said = new LinkedHashMap<>();
		said.put("@context", "https://schema.org");
		said.put("@type", switch (content.kind()) {
			case REPORT -> "Report";
			case RESEARCH_PROJECT -> "ResearchProject";
			case KNOWLEDGE_SUPPORT -> "CreativeWork";
		});
		said.put("@id", this.properties.addressOf(record.id()));
		said.put("name", content.title());
		said.put("description", content.description());
		boolean work = content.project() == null;
		Map<String, String> publisher = Map.of("@type", "Organization", "name", Format.name(content.publisher()));
		said.put(work ? "publisher" : "parentOrganization", publisher);
		if (work) {
			said.put("inLanguage", content.language());
			said.put("dateModified", record.changed().toString());
			put(said, "license", content.licence());
		}
		put(said, "url", content.link());
		if (content.report() != null) {
			said.put("datePublished", Integer.toString(content.report().year()));
			said.put("author",
					content.report().authors().stream().map((one) -> Map.of("@type", "Person", "name", one)).toList());
		}
		if (!content.identifiers().isEmpty()) {
			said.put("identifier", content.identifiers());
		}
		if (!record.files().isEmpty()) {
			said.put(work ? "encoding" : "subjectOf",
					record.files()
						.stream()
						.map((file) -> Map.of("@type", work ? "MediaObject" : "DigitalDocument",
								work ? "contentUrl" : "url", this.properties.addressOf(record.id(), file),
								"encodingFormat", "application/pdf", "name", file.name()))
						.toList());
		}
		return said;
	}

	private static void put(Map<String, Object> said, String name, @Nullable String value) {
		if (value != null) {
			said.put(name, value);
		}
	}

	@GetMapping("/sitemap.xml")
	ResponseEntity<byte[]> sitemap(@RequestParam Optional<YearMonth> month,
			@RequestParam(defaultValue = "1") int part) {
		return month.map((one) -> sitemap(one, part)).orElseGet(this::sitemaps);
	}

	/** The list of lists: one for each month in which something last changed. */
	private ResponseEntity<byte[]> sitemaps() {
		YearMonth last = YearMonth.from(this.clock.instant().atZone(ZoneOffset.UTC));
		return xml("sitemapindex", (out) -> {
			for (YearMonth month = FIRST_MONTH; !month.isAfter(last); month = month.plusMonths(1)) {
				long parts = (this.records.count(in(month)) + SITEMAP - 1) / SITEMAP;
				for (long part = 1; part <= parts; part++) {
					String address = this.properties.at("/sitemap.xml?month=" + month + "&part=" + part);
					out.element("sitemap", () -> out.element("loc", address));
				}
			}
		});
	}

	private ResponseEntity<byte[]> sitemap(YearMonth month, int part) {
		Wanted wanted = in(month);
		return xml("urlset", (out) -> {
			String after = null;
			List<OpenRecord> chunk;
			long seen = 0;
			do {
				chunk = this.records.after(wanted, after, CHUNK);
				for (OpenRecord record : chunk) {
					if (seen / SITEMAP == part - 1) {
						out.element("url", () -> out.element("loc", this.properties.addressOf(record.id()))
							.element("lastmod", record.changed()));
					}
					seen++;
					after = record.position();
				}
			}
			while (chunk.size() == CHUNK && seen < (long) part * SITEMAP);
		});
	}

	private static Wanted in(YearMonth month) {
		Function<YearMonth, Instant> start = (one) -> one.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
		return new Wanted(null, start.apply(month), start.apply(month.plusMonths(1)).minusSeconds(1), true);
	}

	private static ResponseEntity<byte[]> xml(String root, Consumer<XmlOut> content) {
		return ResponseEntity.ok().contentType(XML).body(XmlOut.document((out) -> out.element(root, () -> {
			out.attribute("xmlns", SITEMAP_NAMESPACE);
			content.accept(out);
		})));
	}

}
