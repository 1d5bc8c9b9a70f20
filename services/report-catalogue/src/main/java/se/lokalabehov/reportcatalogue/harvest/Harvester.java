package se.lokalabehov.reportcatalogue.harvest;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.query.Criteria;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.AggregateType;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Page;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Cluster;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Member;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Original;
import se.lokalabehov.reportcatalogue.harvest.Lineage.Parked;
import se.lokalabehov.reportcatalogue.harvest.Progress.Became;
import se.lokalabehov.reportcatalogue.harvest.Progress.Claim;
import se.lokalabehov.reportcatalogue.harvest.Progress.Counts;

/**
 * Harvests a source from where it was: page by page, each taken whole before its token is
 * kept, so that after a crash the page is taken again, which changes nothing. The next
 * harvest begins some time before the last one did, for records that were slow to appear.
 */
final class Harvester {

	private static final Logger log = LoggerFactory.getLogger(Harvester.class);

	private static final long OVERLAP_SECONDS = 300;

	/** What stopped before its end goes on sooner than what is done begins anew. */
	private static final Duration GOES_ON = Duration.ofHours(1);

	/**
	 * So long whoever harvests may be silent before it is taken to be dead: more than the
	 * longest page takes to come and to be put in.
	 */
	static final Duration SILENCE = Duration.ofMinutes(10);

	private static final Pattern DOI = Pattern.compile("10\\.\\d{4,9}/[^\\s\"<>]+", Pattern.CASE_INSENSITIVE);

	private static final Pattern ISBN = Pattern.compile("97[89][0-9 -]{10,14}");

	private static final OrganisationId SKR = new OrganisationId("SKR");

	private final Aggregates<Source, Source> sources;

	private final Aggregates<Original, Original> originals;

	private final Aggregates<Cluster, Cluster> clusters;

	private final Aggregates<Progress, Progress> progress;

	private final Shelf shelf;

	private final Fetching fetching;

	private final HarvestProperties properties;

	private final Clock clock;

	private volatile boolean stopped;

	Harvester(Eventing eventing, Shelf shelf, Fetching fetching, HarvestProperties properties, Clock clock) {
		eventing.index("harvest-clusters", List.of("state.record"));
		eventing.index("harvest-originals", List.of("state.parked.since"));
		this.sources = eventing.aggregates(AggregateType.kept("harvest-sources", Source.class));
		this.originals = eventing.aggregates(AggregateType.kept("harvest-originals", Original.class));
		this.clusters = eventing.aggregates(AggregateType.kept("harvest-clusters", Cluster.class));
		this.progress = eventing.aggregates(AggregateType.kept("harvest-progress", Progress.class));
		this.shelf = shelf;
		this.fetching = fetching;
		this.properties = properties;
		this.clock = clock;
	}

	/** What is harvested. */
	Aggregates<Source, Source> sources() {
		return this.sources;
	}

	/** Harvests every source whose time it is. */
	void harvestWhatIsDue() {
		for (Stored<Source> source : this.sources.all(Criteria.where("state.paused").is(false))) {
			if (!this.stopped && progress(source).state().isDue(source.state().asked(), this.clock.instant())) {
				harvest(source);
			}
		}
	}

	/** It is time for a source, whatever its progress says. */
	Outcome<Progress> dueNow(Stored<Source> source, Act act) {
		return this.progress.execute(source.id(), act, (before) -> Decision
			.of((before != null) ? before.due(act.at()) : Progress.beginning(source.state().asked())));
	}

	/** How far a source has come. */
	Stored<Progress> progress(Stored<Source> source) {
		return this.progress.find(source.id())
			.orElseGet(() -> new Stored<>(source.id(), 0, 0, source.created(),
					Progress.beginning(source.state().asked())));
	}

	/**
	 * Harvests a source until it is done, or a limit or a problem stops it; not when it
	 * is being harvested already.
	 */
	void harvest(Stored<Source> stored) {
		Source source = stored.state();
		String by = UUID.randomUUID().toString();
		Outcome<Progress> claimed = this.progress.execute(stored.id(), act(), (before) -> {
			if (before != null && before.isClaimed(this.clock.instant())) {
				return Decision.refuse(Refusal.conflict("skordas-redan", "Källan skördas just nu."));
			}
			Progress from = (before != null && before.asked().equals(source.asked())) ? before
					: Progress.beginning(source.asked());
			return Decision.of(from.claimed(claim(by)));
		});
		if (!(claimed instanceof Outcome.Done<Progress> done)) {
			return;
		}
		String problem = null;
		boolean goesOn = true;
		try {
			goesOn = !pages(stored.id(), source, by, done.state());
		}
		catch (HarvestProblem stop) {
			log.warn("harvest of {}: {}", stored.id(), stop.why());
			problem = stop.why();
		}
		Duration wait = (goesOn && GOES_ON.compareTo(source.every()) < 0) ? GOES_ON : source.every();
		// What was stopped with the service, or was paused, goes on with it.
		boolean stops = isToStop(stored.id());
		Instant next = stops ? this.clock.instant() : this.clock.instant().plus(wait);
		String why = stops ? null : problem;
		this.progress.execute(stored.id(), act(), (before) -> (before != null && before.isClaimedBy(by))
				? Decision.of(before.left(next, why)) : Decision.refuse(anotherHasIt()));
	}

	/** Ends what is under way after the record that it is at; it goes on later. */
	void stop() {
		this.stopped = true;
	}

	private boolean isToStop(String id) {
		return this.stopped || this.sources.find(id).filter((one) -> one.state().paused()).isPresent();
	}

	/** Whether everything was taken. */
	private boolean pages(String id, Source source, String by, Progress claimed) throws HarvestProblem {
		Progress now = claimed;
		Set<String> seen = new HashSet<>();
		boolean forgotten = false;
		for (int page = 0; page < this.properties.pages(); page++) {
			if (isToStop(id)) {
				return false;
			}
			Element root = answered(address(source, now));
			Element error = Harvested.child(root, "error");
			String code = (error != null) ? error.getAttribute("code") : "";
			if (code.equals("badResumptionToken") && now.token() != null) {
				if (forgotten) {
					throw new HarvestProblem("Förvaret känner inte igen sina egna fortsättningar.");
				}
				now = keep(id, by, Progress::again);
				seen.clear();
				forgotten = true;
				continue;
			}
			if (!code.isEmpty() && !code.equals("noRecordsMatch")) {
				throw new HarvestProblem("Förvaret svarade med ett fel enligt OAI-PMH.");
			}
			String begun = (now.begun() != null) ? now.begun() : responseDate(root);
			NodeList records = recordsIn(root);
			Counts counts = now.counts();
			for (int i = 0; i < records.getLength(); i++) {
				if (this.stopped) {
					return false;
				}
				counts = counts.and(take(id, source, (Element) records.item(i)));
			}
			String token = token(root);
			Counts reached = counts;
			if (token == null) {
				keep(id, by, (before) -> before.whole(begun, reached));
				return true;
			}
			if (!seen.add(token) || records.getLength() == 0) {
				throw new HarvestProblem("Listan tar aldrig slut.");
			}
			now = keep(id, by, (before) -> before.at(begun, token, reached, claim(by)));
		}
		return false;
	}

	private Progress keep(String id, String by, UnaryOperator<Progress> change) throws HarvestProblem {
		Outcome<Progress> outcome = this.progress.execute(id, act(),
				(before) -> (before != null && before.isClaimedBy(by)) ? Decision.of(change.apply(before))
						: Decision.refuse(anotherHasIt()));
		if (outcome instanceof Outcome.Done<Progress> done) {
			return done.state();
		}
		throw new HarvestProblem(anotherHasIt().detail());
	}

	private static Refusal anotherHasIt() {
		return Refusal.conflict("skordas-redan", "En annan har tagit över skörden.");
	}

	private Claim claim(String by) {
		return new Claim(by, this.clock.instant().plus(SILENCE));
	}

	private Element answered(URI address) throws HarvestProblem {
		Element root = this.fetching.page(address).getDocumentElement();
		if (root == null || !"OAI-PMH".equals(root.getLocalName())) {
			throw new HarvestProblem("Svaret är inte OAI-PMH.");
		}
		return root;
	}

	private static NodeList recordsIn(Element root) {
		return root.getElementsByTagNameNS("http://www.openarchives.org/OAI/2.0/", "record");
	}

	/**
	 * Asks for one record by itself, and takes it.
	 * @param identifier the repository's
	 * @throws HarvestProblem why it was not taken
	 */
	void retry(Stored<Source> source, String identifier) throws HarvestProblem {
		Element root = answered(uri(source.state().address() + "?verb=GetRecord&metadataPrefix="
				+ encoded(source.state().prefix()) + "&identifier=" + encoded(identifier)));
		NodeList records = recordsIn(root);
		if (records.getLength() != 1 || !Harvested.identifierOf((Element) records.item(0)).equals(identifier)) {
			throw new HarvestProblem("Förvaret lämnar inte ut posten.");
		}
		take(source.id(), source.state(), (Element) records.item(0));
		Parked parked = this.originals.find(idOf(source.id(), identifier)).orElseThrow().state().parked();
		if (parked != null) {
			throw new HarvestProblem(parked.why());
		}
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
		return uri(source.address().toString() + query);
	}

	private static URI uri(String address) throws HarvestProblem {
		try {
			return URI.create(address);
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

	private static String idOf(String source, String identifier) {
		return Act.sha256(source + "\n" + identifier);
	}

	/** Takes one record; a bad one is parked with its cause. */
	private Became take(String sourceId, Source source, Element element) {
		String identifier = Harvested.identifierOf(element);
		String id = idOf(sourceId, identifier);
		Original before = this.originals.find(id).map(Stored::state).orElse(null);
		String cluster = (before != null) ? before.cluster() : null;
		try {
			Harvested harvested = Harvested.of(element, source);
			Content content = harvested.content();
			if (content != null && cluster == null) {
				cluster = clusterFor(new Member(sourceId, id), identifier, content, source);
			}
			keep(id, new Original(sourceId, identifier, cluster, content, null));
			if (cluster != null) {
				show(cluster);
			}
			return (content != null) ? Became.TAKEN : Became.DELETED;
		}
		catch (HarvestProblem problem) {
			Parked last = (before != null) ? before.parked() : null;
			Parked parked = (last != null && last.why().equals(problem.why())) ? last
					: new Parked(problem.why(), this.clock.instant());
			keep(id, new Original(sourceId, shortened(identifier), cluster, (before != null) ? before.content() : null,
					parked));
			return Became.PARKED;
		}
	}

	private void keep(String id, Original original) {
		this.originals.execute(id, act(), (before) -> original.equals(before) ? Decision.of() : Decision.of(original))
			.orThrow();
	}

	private static String shortened(String identifier) {
		return (identifier.length() <= 500) ? identifier : identifier.substring(0, 500);
	}

	/** The cluster of a new original: of the same work in another source, or its own. */
	private String clusterFor(Member member, String identifier, Content content, Source source) {
		String shared = Act.sha256(sameness(content));
		String own = Act.sha256("only " + member.original());
		String key = joins(shared, member, identifier, source) ? shared : own;
		if (key.equals(own)) {
			joins(own, member, identifier, source);
		}
		return key;
	}

	/** Whether an original is now of a cluster; not when another of its source is. */
	private boolean joins(String key, Member member, String identifier, Source source) {
		return this.clusters.execute(key, act(), (before) -> {
			if (before == null) {
				return Decision.of(new Cluster(recordId(identifier, key, source), List.of(member)));
			}
			if (before.has(member.original())) {
				return Decision.of();
			}
			return before.members().stream().anyMatch((one) -> one.source().equals(member.source()))
					? Decision.refuse(Refusal.conflict("samma-kalla", "Inom en källa slås inget samman."))
					: Decision.of(before.and(member));
		}) instanceof Outcome.Done<Cluster>;
	}

	/**
	 * Another catalogue of this kind keeps the names of its records, but for those that
	 * somebody else has here.
	 */
	private String recordId(String identifier, String key, Source source) {
		String last = identifier.substring(identifier.lastIndexOf(':') + 1);
		return (source.prefix().equals(Source.OWN) && last.matches("record-[0-9a-f]{24}") && !this.shelf.holds(last))
				? last : "record-" + key.substring(0, 24);
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
	private void show(String key) throws HarvestProblem {
		Cluster cluster = this.clusters.find(key).orElseThrow().state();
		Optional<Content> shown = shownOf(cluster).map(Original::content);
		if (shown.isEmpty()) {
			this.shelf.withdraw(cluster.record());
			return;
		}
		String refused = this.shelf.place(cluster.record(), shown.get());
		if (refused != null) {
			throw new HarvestProblem(refused);
		}
	}

	private Optional<Original> shownOf(Cluster cluster) {
		return originalsOf(cluster).filter((one) -> one.content() != null).findFirst();
	}

	/** In the order of the cluster, those that are kept already. */
	private Stream<Original> originalsOf(Cluster cluster) {
		Map<String, Original> all = this.originals.findAll(cluster.originals())
			.stream()
			.collect(Collectors.toMap(Stored::id, Stored::state));
		return cluster.originals().stream().map(all::get).filter(Objects::nonNull);
	}

	private Act act() {
		return new Act(SKR, "SYSTEM", "harvester", this.clock.instant(), null, "", null);
	}

	/** The parked originals of a source, with their causes. */
	Page<Stored<Original>> parked(String source, @Nullable String cursor, int limit) {
		// A range of the index: texts only, so not those that are not parked.
		return this.originals.page(Criteria.where("state.parked.since").gt("").and("state.source").is(source), cursor,
				limit);
	}

	/**
	 * The originals behind a record, those that came first before the others.
	 * @return empty when nothing of it was harvested
	 */
	List<Behind> behind(String record) {
		return this.clusters.all(Criteria.where("state.record").is(record)).stream().flatMap((cluster) -> {
			Original shown = shownOf(cluster.state()).orElse(null);
			return originalsOf(cluster.state()).map((one) -> new Behind(one, one.equals(shown)));
		}).toList();
	}

	/**
	 * An original behind a record.
	 *
	 * @param shown whether it is the one that the record shows
	 */
	record Behind(Original original, boolean shown) {
	}

}
