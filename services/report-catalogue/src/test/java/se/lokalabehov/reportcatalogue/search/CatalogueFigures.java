package se.lokalabehov.reportcatalogue.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.sun.management.OperatingSystemMXBean;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CatalogueEvent.Content;
import se.lokalabehov.contracts.CatalogueEvent.Kind;
import se.lokalabehov.contracts.CatalogueEvent.RecordPublished;
import se.lokalabehov.contracts.CatalogueEvent.Report;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.directory.Term;
import se.lokalabehov.eventing.ForeignEvents;
import se.lokalabehov.reportcatalogue.ReportCatalogueApplication;
import se.lokalabehov.reportcatalogue.oai.LastPage;
import se.lokalabehov.search.BareLucene;
import se.lokalabehov.search.Facet;
import se.lokalabehov.search.SearchRequest;
import se.lokalabehov.search.SearchRequest.Order;
import se.lokalabehov.search.Visibility;
import se.lokalabehov.testsupport.Backends;
import se.lokalabehov.testsupport.RunningService;

/**
 * Measures the catalogue at scale, whole, on a real broker: how fast its views follow the
 * topic and its index is made anew, search over HTTP against bare Lucene with the same
 * query on the same index, suggestions, and the first page of an OAI-PMH harvest against
 * the last. Figures are printed with the load of the machine; nothing is asserted.
 */
public final class CatalogueFigures {

	private static final int ROUNDS = 400;

	private static final int PAGES = 5;

	/** Records in a page of OAI-PMH. */
	private static final int PAGE = 100;

	private static final String KEY = "bara för mätning, bara för mätning";

	private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");

	private static final Pattern TEXTS = Pattern.compile("\"(title|abstract)\": \"((?:[^\"\\\\]++|\\\\.)*+)\"");

	private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

	private final HttpClient http = HttpClient.newHttpClient();

	private final List<String> titles = new ArrayList<>();

	private final List<String> sentences = new ArrayList<>();

	private final List<OrganisationId> publishers = new ArrayList<>();

	private final List<String> areas = Directory.standard().terms("area").stream().map(Term::code).toList();

	private CatalogueFigures() {
		for (se.lokalabehov.directory.Kind kind : se.lokalabehov.directory.Kind.values()) {
			Directory.standard().organisations(kind).stream().map(Organisation::id).forEach(this.publishers::add);
		}
	}

	/**
	 * Measures.
	 * @param arguments how many records; then, if there is one, the file of texts (JSON
	 * lines, gzip, with title and abstract)
	 */
	public static void main(String[] arguments) throws Exception {
		new CatalogueFigures().measure((arguments.length > 0) ? Integer.parseInt(arguments[0]) : 1_000_000,
				(arguments.length > 1) ? Path.of(arguments[1]) : null);
		System.exit(0);
	}

	private void measure(int records, @Nullable Path texts) throws Exception {
		if (texts != null) {
			read(texts);
		}
		else {
			write();
		}
		String database = "figures";
		// It makes the topic.
		RunningService.start("report-catalogue", ReportCatalogueApplication.class).close();
		timed("published", records, () -> publish(records));
		known(database);
		try (RunningService service = timed("in the views and the index, from the topic", records,
				() -> started(database, records))) {
			Finding finding = service.bean(Finding.class);
			// The consumers read all of it once more, and skip what the views have.
			quiet();
			timed("the index made anew", records, () -> {
				finding.rebuild();
				return finding;
			});
			search(service, finding);
			harvest(service, records);
		}
	}

	/** Waits until this process does next to nothing. */
	private static void quiet() throws InterruptedException {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		for (int calm = 0; calm < 3;) {
			long before = system.getProcessCpuTime();
			Thread.sleep(1000);
			calm = (system.getProcessCpuTime() - before < 200_000_000) ? calm + 1 : 0;
		}
	}

	private void read(Path texts) throws IOException {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(new GZIPInputStream(Files.newInputStream(texts)), StandardCharsets.UTF_8))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				Matcher text = TEXTS.matcher(line);
				while (text.find()) {
					if (text.group(1).equals("title")) {
						this.titles.add(text.group(2));
					}
					else {
						Stream.of(text.group(2).split("(?<=[.?]) "))
							.filter((sentence) -> sentence.length() > 30 && sentence.length() < 300)
							.forEach(this.sentences::add);
					}
				}
			}
		}
	}

	/** From the words of the field, when there is no file. */
	private void write() {
		List<String> words = Stream.of("area", "target-group", "need-type", "support-kind")
			.flatMap((scheme) -> Directory.standard().terms(scheme).stream())
			.map(Term::label)
			.toList();
		Random random = new Random(3);
		for (int i = 0; i < 20_000; i++) {
			String first = words.get(random.nextInt(words.size()));
			String second = words.get(random.nextInt(words.size())).toLowerCase(Locale.of("sv"));
			this.titles.add(first + " och " + second + " " + i % 97);
			this.sentences.add("Rapporten handlar om " + first.toLowerCase(Locale.of("sv")) + " i mötet med " + second
					+ ", avsnitt " + i % 991 + ".");
		}
	}

	private <T> T timed(String what, int records, Callable<T> act) throws Exception {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		long begin = System.nanoTime();
		long processor = system.getProcessCpuTime();
		T made = act.call();
		double seconds = (System.nanoTime() - begin) / 1e9;
		double used = (system.getProcessCpuTime() - processor) / 1e9;
		print("%s: %d records in %.1f s, %.0f a second; %.1f s of processor time", what, records, seconds,
				records / seconds, used);
		return made;
	}

	private Content content(int number) {
		Random random = new Random(number);
		StringBuilder description = new StringBuilder();
		for (int sentence = 2 + random.nextInt(3); sentence > 0; sentence--) {
			description.append(this.sentences.get(random.nextInt(this.sentences.size()))).append(' ');
		}
		return new Content(Kind.REPORT, this.titles.get(random.nextInt(this.titles.size())), description.toString(),
				this.publishers.get(random.nextInt(this.publishers.size())), "sv",
				List.of(this.areas.get(random.nextInt(this.areas.size()))), List.of(), null, null, List.of(),
				new Report(List.of("Författare " + random.nextInt(5000)), 2000 + random.nextInt(27), ""), null, null);
	}

	private static String id(int number) {
		return String.format("record-%024x", number);
	}

	private static Instant time(int number) {
		return BEGIN.plusSeconds(number / 10);
	}

	/** Where a record stands in the list. */
	private static String position(int number) {
		return time(number) + " " + id(number);
	}

	private int publish(int records) {
		try (ForeignEvents events = new ForeignEvents(Backends.shared().bootstrapServers())) {
			for (int number = 0; number < records; number++) {
				events.publish(Topics.CATALOGUE, id(number), 1, new RecordPublished(content(number)), time(number),
						"SKR");
			}
			events.flush();
		}
		return records;
	}

	/** The service owns the topic: it is told that it has confirmed what stands there. */
	private static void known(String database) {
		Properties properties = new Properties();
		properties.put("bootstrap.servers", Backends.shared().bootstrapServers());
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(),
				new ByteArrayDeserializer()); MongoClient store = MongoClients.create(Backends.shared().storeUri())) {
			List<TopicPartition> partitions = consumer.partitionsFor(Topics.CATALOGUE.name())
				.stream()
				.map((one) -> new TopicPartition(one.topic(), one.partition()))
				.toList();
			consumer.endOffsets(partitions)
				.forEach((partition, end) -> store.getDatabase(database)
					.getCollection("topic-positions")
					.insertOne(new Document("_id", partition.toString()).append("offset", end)));
		}
	}

	private static RunningService started(String database, int records) throws InterruptedException {
		RunningService service = RunningService.start("report-catalogue", Map.of("spring.mongodb.database", database,
				"lokala-behov.catalogue.token-key", KEY, "lokala-behov.catalogue.page-size", PAGE),
				ReportCatalogueApplication.class);
		Finding finding = service.bean(Finding.class);
		SearchRequest last = SearchRequest.of("", Visibility.PUBLIC);
		while (finding.search(last).total() < records) {
			Thread.sleep(1000);
		}
		return service;
	}

	private void search(RunningService service, Finding finding) throws Exception {
		Random random = new Random(7);
		List<String> queries = new ArrayList<>();
		List<String> texts = new ArrayList<>();
		for (int query = 0; query < ROUNDS; query++) {
			String[] words = this.titles.get(random.nextInt(this.titles.size())).split("[^\\p{L}]+");
			int count = Math.min(words.length, 1 + random.nextInt(4));
			queries.add(String.join(" ", Arrays.copyOfRange(words, words.length - count, words.length)));
			texts.add(this.titles.get(random.nextInt(this.titles.size())));
		}
		double[] bare = new double[ROUNDS];
		double[] ours = new double[ROUNDS];
		double[] suggested = new double[ROUNDS];
		Map<Facet, Set<String>> all = Map.of(Facet.KIND, Set.of("REPORT", "PROJECT", "SUPPORT"));
		for (int round = -ROUNDS; round < ROUNDS; round++) {
			int at = Math.floorMod(round, ROUNDS);
			SearchRequest request = new SearchRequest(queries.get(at), all, null, null, Order.RELEVANCE, 20, null, true,
					Visibility.PUBLIC);
			bare[at] = finding.measured((index) -> BareLucene.search(index, request));
			ours[at] = got(service, "/api/v1/records?limit=20&q=" + encoded(queries.get(at)));
			suggested[at] = got(service, "/api/v1/suggestions?text=" + encoded(texts.get(at)));
		}
		print("search over HTTP, with facets:     %s", figures(ours));
		print("bare IndexSearcher, the same:      %s  p99 ratio %.2f", figures(bare), p(ours, 99) / p(bare, 99));
		print("suggestions over HTTP for a title: %s", figures(suggested));
	}

	private void harvest(RunningService service, int records) throws Exception {
		int before = records - PAGE - 1;
		String list = "/oai?verb=ListRecords&";
		String token = LastPage.token(KEY, position(before), before + 1);
		double[] first = new double[PAGES];
		double[] last = new double[PAGES];
		for (int page = -PAGES; page < PAGES; page++) {
			int at = Math.floorMod(page, PAGES);
			first[at] = got(service, list + "metadataPrefix=oai_dc");
			last[at] = got(service, list + "resumptionToken=" + token);
		}
		print("OAI-PMH, the first page: %s", figures(first));
		print("OAI-PMH, the last page:  %s  p50 ratio %.2f", figures(last), p(last, 50) / p(first, 50));
	}

	private double got(RunningService service, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + path)).build();
		long begin = System.nanoTime();
		HttpResponse<byte[]> answer = this.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
		double took = (System.nanoTime() - begin) / 1e6;
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
		}
		return took;
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static double p(double[] values, int percent) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
	}

	private static String figures(double[] values) {
		return String.format(Locale.ROOT, "p50 %.1f ms, p90 %.1f ms, p99 %.1f ms", p(values, 50), p(values, 90),
				p(values, 99));
	}

	private void print(String format, Object... values) {
		this.out.printf(Locale.ROOT, format, values);
		this.out.printf(Locale.ROOT, "  (load %.1f)%n",
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

}
