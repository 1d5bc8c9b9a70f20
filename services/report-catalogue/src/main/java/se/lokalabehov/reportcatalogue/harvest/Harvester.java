package se.lokalabehov.reportcatalogue.harvest;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.query.Criteria;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.reportcatalogue.harvest.HarvestProperties.Source;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Cluster;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Original;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Progress;

/**
 * Harvests a source from where it was: page by page, each taken whole before its token is
 * kept, so that after a crash the page is taken again, which changes nothing. The next
 * harvest begins some time before the last one did, for records that were slow to appear.
 */
final class Harvester {

	private static final Logger log = LoggerFactory.getLogger(Harvester.class);

	private static final long OVERLAP_SECONDS = 300;

	private static final Pattern DOI = Pattern.compile("10\\.\\d{4,9}/[^\\s\"<>]+", Pattern.CASE_INSENSITIVE);

	private static final Pattern ISBN = Pattern.compile("97[89][0-9 -]{10,14}");

	private static final OrganisationId SKR = new OrganisationId("SKR");

	private final Aggregates<Original, Original> originals;

	private final Aggregates<Cluster, Cluster> clusters;

	private final Aggregates<Progress, Progress> progress;

	private final Shelf shelf;

	private final Fetching fetching;

	private final HarvestProperties properties;

	private final Clock clock;

	Harvester(Eventing eventing, Shelf shelf, Fetching fetching, HarvestProperties properties, Clock clock) {
		this.originals = eventing.aggregates(AggregateType.kept("harvest-originals", Original.class));
		this.clusters = eventing.aggregates(AggregateType.kept("harvest-clusters", Cluster.class));
		this.progress = eventing.aggregates(AggregateType.kept("harvest-progress", Progress.class));
		this.shelf = shelf;
		this.fetching = fetching;
		this.properties = properties;
		this.clock = clock;
	}

	/** Harvests every source whose time it is. */
	void harvestWhatIsDue() {
		this.properties.sources().forEach((name, source) -> {
			long next = this.progress.find(name).map((stored) -> stored.state().next()).orElse(0L);
			if (next <= this.clock.millis()) {
				harvest(name, source);
			}
		});
	}

	/** How far a source has come. */
	Progress progress(String name) {
		return this.progress.find(name).map(Stored::state).orElseGet(() -> new Progress(null, null, null, 0, null));
	}

	/** Harvests a source until it is done, or a limit or a problem stops it. */
	Progress harvest(String name, Source source) {
		Progress before = progress(name);
		long next = this.clock.millis() + source.every().toMillis();
		Progress now = before;
		try {
			now = pages(name, source, before);
			now = new Progress(now.from(), now.begun(), now.token(), next, null);
		}
		catch (HarvestProblem problem) {
			log.warn("harvest of {}: {}", name, problem.why());
			Progress reached = progress(name);
			now = new Progress(reached.from(), reached.begun(), reached.token(), next, problem.why());
		}
		keep(this.progress, name, now);
		return now;
	}

	private Progress pages(String name, Source source, Progress before) throws HarvestProblem {
		Progress now = before;
		Set<String> seen = new HashSet<>();
		boolean forgotten = false;
		for (int page = 0; page < this.properties.pages(); page++) {
			Document document = this.fetching.page(address(source, now));
			Element root = document.getDocumentElement();
			if (root == null || !"OAI-PMH".equals(root.getLocalName())) {
				throw new HarvestProblem("Svaret är inte OAI-PMH.");
			}
			Element error = Harvested.child(root, "error");
			String code = (error != null) ? error.getAttribute("code") : "";
			String begun = (now.begun() != null) ? now.begun() : responseDate(root);
			if (code.equals("badResumptionToken") && now.token() != null) {
				// Forgotten there: the same harvest from its beginning.
				now = new Progress(now.from(), null, null, now.next(), null);
				keep(this.progress, name, now);
				seen.clear();
				if (forgotten) {
					throw new HarvestProblem("Förvaret känner inte igen sina egna fortsättningar.");
				}
				forgotten = true;
				continue;
			}
			if (!code.isEmpty() && !code.equals("noRecordsMatch")) {
				throw new HarvestProblem("Förvaret svarade med ett fel enligt OAI-PMH.");
			}
			NodeList records = root.getElementsByTagNameNS("http://www.openarchives.org/OAI/2.0/", "record");
			for (int i = 0; i < records.getLength(); i++) {
				take(name, source, (Element) records.item(i));
			}
			String token = token(root);
			if (token == null) {
				return new Progress(begun, null, null, now.next(), null);
			}
			if (!seen.add(token) || records.getLength() == 0) {
				throw new HarvestProblem("Listan tar aldrig slut.");
			}
			now = new Progress(now.from(), begun, token, now.next(), null);
			keep(this.progress, name, now);
		}
		return now;
	}

	private static URI address(Source source, Progress now) throws HarvestProblem {
		StringBuilder query = new StringBuilder("?verb=ListRecords");
		if (now.token() != null) {
			query.append("&resumptionToken=").append(encoded(now.token()));
		}
		else {
			query.append("&metadataPrefix=").append(encoded(source.prefix()));
			if (source.set() != null) {
				query.append("&set=").append(encoded(source.set()));
			}
			if (now.from() != null) {
				query.append("&from=")
					.append(encoded(Instant.parse(now.from()).minusSeconds(OVERLAP_SECONDS).toString()));
			}
		}
		try {
			return URI.create(source.address().toString() + query);
		}
		catch (IllegalArgumentException ex) {
			throw new HarvestProblem("Adressen är ingen webbadress.");
		}
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	private String responseDate(Element root) {
		Element date = Harvested.child(root, "responseDate");
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		try {
			Instant theirs = (date != null) ? Instant.parse(date.getTextContent().strip()) : now;
			return (theirs.isBefore(now) ? theirs : now).truncatedTo(ChronoUnit.SECONDS).toString();
		}
		catch (DateTimeException ex) {
			return now.toString();
		}
	}

	private static @Nullable String token(Element root) throws HarvestProblem {
		Element list = Harvested.child(root, "ListRecords");
		Element token = (list != null) ? Harvested.child(list, "resumptionToken") : null;
		String text = (token != null) ? token.getTextContent().strip() : "";
		if (text.length() > 4000) {
			throw new HarvestProblem("Fortsättningen är för lång.");
		}
		return text.isEmpty() ? null : text;
	}

	/** Takes one record; a bad one is parked with its cause. */
	private void take(String name, Source source, Element element) {
		String identifier = Harvested.identifierOf(element);
		String id = Act.sha256(name + "\n" + identifier);
		Original before = this.originals.find(id).map(Stored::state).orElse(null);
		String cluster = (before != null) ? before.cluster() : null;
		try {
			Harvested harvested = Harvested.of(element, source);
			Content content = harvested.content();
			if (content == null) {
				keep(this.originals, id, new Original(name, identifier, cluster, null, null));
			}
			else {
				if (cluster == null) {
					cluster = clusterFor(name, id, identifier, content, source);
				}
				keep(this.originals, id, new Original(name, identifier, cluster, content, null));
			}
			if (cluster != null) {
				show(cluster, source.publisher());
			}
		}
		catch (HarvestProblem problem) {
			keep(this.originals, id, new Original(name, shortened(identifier), cluster,
					(before != null) ? before.content() : null, problem.why()));
		}
	}

	private static String shortened(String identifier) {
		return (identifier.length() <= 500) ? identifier : identifier.substring(0, 500);
	}

	/** The cluster of a new original: of the same work in another source, or its own. */
	private String clusterFor(String name, String id, String identifier, Content content, Source source) {
		String shared = Act.sha256(sameness(content));
		Cluster there = this.clusters.find(shared).map(Stored::state).orElse(null);
		boolean sameSource = there != null && this.originals.findAll(there.originals())
			.stream()
			.anyMatch((one) -> one.state().source().equals(name) && !one.id().equals(id));
		String key = sameSource ? Act.sha256("only " + id) : shared;
		Cluster before = sameSource ? this.clusters.find(key).map(Stored::state).orElse(null) : there;
		if (before == null) {
			keep(this.clusters, key, new Cluster(recordId(identifier, key, source), List.of(id)));
		}
		else if (!before.originals().contains(id)) {
			List<String> more = new ArrayList<>(before.originals());
			more.add(id);
			keep(this.clusters, key, new Cluster(before.record(), more));
		}
		return key;
	}

	/** Another catalogue of this kind keeps the names of its records. */
	private static String recordId(String identifier, String key, Source source) {
		String last = identifier.substring(identifier.lastIndexOf(':') + 1);
		return (source.prefix().equals("lb") && last.matches("record-[0-9a-f]{24}")) ? last
				: "record-" + key.substring(0, 24);
	}

	/** What two descriptions of one work have in common. */
	static String sameness(Content content) {
		List<String> identifiers = new ArrayList<>(content.identifiers());
		if (content.link() != null) {
			identifiers.add(content.link());
		}
		for (String identifier : identifiers) {
			Matcher doi = DOI.matcher(identifier);
			if (doi.find()) {
				return "doi " + doi.group().toLowerCase(Locale.ROOT);
			}
			Matcher isbn = ISBN.matcher(identifier);
			if (isbn.find()) {
				return "isbn " + isbn.group().replaceAll("[^0-9]", "");
			}
		}
		return "title " + content.title().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip() + "|"
				+ ((content.report() != null) ? content.report().year() : content.kind());
	}

	/** Brings the record of a cluster up to what its originals say. */
	private void show(String key, OrganisationId by) throws HarvestProblem {
		Cluster cluster = this.clusters.find(key).orElseThrow().state();
		List<Stored<Original>> all = this.originals.findAll(cluster.originals());
		Content shown = cluster.originals()
			.stream()
			.map((id) -> all.stream().filter((one) -> one.id().equals(id)).findFirst().orElse(null))
			.filter(Objects::nonNull)
			.map((one) -> one.state().content())
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		if (shown == null) {
			this.shelf.withdraw(cluster.record(), by);
			return;
		}
		String refused = this.shelf.place(cluster.record(), shown);
		if (refused != null) {
			throw new HarvestProblem(refused);
		}
	}

	private <S> void keep(Aggregates<S, S> where, String id, S state) {
		Act act = new Act(SKR, "SYSTEM", "harvester", this.clock.instant(), null, "", null);
		where.execute(id, act, (before) -> state.equals(before) ? Decision.of() : Decision.of(state)).orThrow();
	}

	/** Every original that was parked, with its cause. */
	List<Original> parked() {
		return this.originals.all(Criteria.where("state.parked").exists(true)).stream().map(Stored::state).toList();
	}

	/** The originals behind a record, through its clusters. */
	List<Original> originalsOf(String record) {
		return this.clusters.all(Criteria.where("state.record").is(record))
			.stream()
			.flatMap((cluster) -> this.originals.findAll(cluster.state().originals()).stream())
			.map(Stored::state)
			.toList();
	}

}
