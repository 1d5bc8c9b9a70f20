package se.lokalabehov.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.sun.management.OperatingSystemMXBean;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.search.RelevanceSet.Asking;
import se.lokalabehov.search.SearchRequest.Order;

/**
 * Measures at scale, on texts put together from sentences of a file of texts (JSON lines,
 * gzip, with title and abstract) or, without one, of the relevance set: how fast an index
 * is built, search against bare Lucene with the same query, and suggestions. Figures are
 * printed with the load of the machine; nothing is asserted.
 */
public final class Bench {

	private static final int THREADS = 2;

	private static final int ROUNDS = 400;

	private static final Pattern TEXTS = Pattern.compile("\"(title|abstract)\": \"((?:[^\"\\\\]++|\\\\.)*+)\"");

	private static final String[] AREAS = { "BOU", "SBB", "EKB", "VNR", "HEM", "FUN", "ALD", "GEN" };

	private final List<String> titles = new ArrayList<>();

	private final List<String> sentences = new ArrayList<>();

	private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

	private Bench() {
	}

	/**
	 * Measures.
	 * @param arguments how many items; then, if there is one, the file of texts
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		int items = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 1_000_000;
		new Bench().measure(items, (arguments.length > 1) ? Path.of(arguments[1]) : null);
	}

	private void measure(int items, @Nullable Path texts) throws IOException, InterruptedException {
		if (texts != null) {
			read(texts);
		}
		for (Item item : RelevanceSet.items()) {
			this.titles.add(item.title());
			this.sentences.addAll(List.of(item.summary().split("(?<=[.?]) ")));
		}
		Path home = Files.createTempDirectory("lokala-behov-search");
		try (SearchIndex index = SearchIndex.open(home)) {
			build(index, items);
			search(index);
			suggest(index);
		}
		finally {
			delete(home);
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

	private Item item(int number) {
		Random random = new Random(number);
		StringBuilder summary = new StringBuilder();
		int count = 2 + random.nextInt(3);
		for (int sentence = 0; sentence < count; sentence++) {
			summary.append(this.sentences.get(random.nextInt(this.sentences.size()))).append(' ');
		}
		int year = 2000 + random.nextInt(27);
		return new Item("i" + number, Kind.values()[random.nextInt(Kind.values().length)],
				this.titles.get(random.nextInt(this.titles.size())), summary.toString(), "", List.of(),
				"Utgivare " + random.nextInt(60), year, "sv", List.of(AREAS[random.nextInt(AREAS.length)]), List.of(),
				null, LocalDate.of(year, 1 + random.nextInt(12), 1), List.of(Item.PUBLIC, "RSS-" + random.nextInt(24)));
	}

	private void build(SearchIndex index, int items) throws InterruptedException {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		long begin = System.nanoTime();
		long beginProcessor = system.getProcessCpuTime();
		SearchIndex.Rebuild rebuild = index.rebuild();
		CountDownLatch done = new CountDownLatch(THREADS);
		for (int thread = 0; thread < THREADS; thread++) {
			int first = thread;
			Thread.ofPlatform().start(() -> {
				for (int number = first; number < items; number += THREADS) {
					rebuild.put(item(number));
				}
				done.countDown();
			});
		}
		done.await();
		rebuild.commit(Map.of("items", String.valueOf(items)));
		rebuild.swap();
		double seconds = (System.nanoTime() - begin) / 1e9;
		double processor = (system.getProcessCpuTime() - beginProcessor) / 1e9;
		print("rebuild: %d items in %.1f s, %.0f a second; %.1f s of processor time, so %.0f a second on %d idle cores",
				items, seconds, items / seconds, processor, items * THREADS / processor, THREADS);
	}

	private void search(SearchIndex index) {
		Random random = new Random(7);
		List<String> queries = new ArrayList<>();
		for (int query = 0; query < ROUNDS; query++) {
			String[] words = this.titles.get(random.nextInt(this.titles.size())).split("[^\\p{L}]+");
			int count = Math.min(words.length, 1 + random.nextInt(4));
			queries.add(String.join(" ", Arrays.copyOfRange(words, words.length - count, words.length)));
		}
		double[] bare = new double[ROUNDS];
		double[] ours = new double[ROUNDS];
		double[] counted = new double[ROUNDS];
		double[] bareCounted = new double[ROUNDS];
		for (int round = -ROUNDS; round < ROUNDS; round++) {
			int at = Math.floorMod(round, ROUNDS);
			SearchRequest page = new SearchRequest(queries.get(at), Map.of(), null, null, Order.RELEVANCE, 20, null,
					false, Visibility.PUBLIC);
			SearchRequest whole = SearchRequest.of(queries.get(at), Visibility.PUBLIC);
			ours[at] = milliseconds(() -> index.search(page));
			bare[at] = index.reading((searcher) -> {
				Query query = index.query(searcher, page);
				long begin = System.nanoTime();
				searcher.search(query, 20);
				return (System.nanoTime() - begin) / 1e6;
			});
			counted[at] = milliseconds(() -> index.search(whole));
			bareCounted[at] = index.reading((searcher) -> {
				Query query = index.query(searcher, whole);
				long begin = System.nanoTime();
				searcher.search(query, 20);
				searcher.search(query, new Counting());
				return (System.nanoTime() - begin) / 1e6;
			});
		}
		print("search, a page:               %s", figures(ours));
		print("bare IndexSearcher, the same: %s  p99 ratio %.2f", figures(bare), p(ours, 99) / p(bare, 99));
		print("search with facets:           %s", figures(counted));
		print("bare with facets, the same:   %s  p99 ratio %.2f", figures(bareCounted),
				p(counted, 99) / p(bareCounted, 99));
	}

	private void suggest(SearchIndex index) {
		Random random = new Random(11);
		List<String> texts = new ArrayList<>();
		List<Asking> queries = RelevanceSet.queries("dev");
		List<Item> needs = RelevanceSet.items().stream().filter((item) -> item.kind() == Kind.NEED).toList();
		for (int text = 0; text < ROUNDS; text++) {
			Item need = needs.get(random.nextInt(needs.size()));
			texts.add((text % 2 == 0) ? queries.get(random.nextInt(queries.size())).text()
					: need.title() + " " + need.summary());
		}
		double[] took = new double[ROUNDS];
		double[] processor = new double[ROUNDS];
		ThreadMXBean thread = ManagementFactory.getThreadMXBean();
		for (int round = -ROUNDS; round < ROUNDS; round++) {
			int at = Math.floorMod(round, ROUNDS);
			long begin = thread.getCurrentThreadCpuTime();
			took[at] = milliseconds(() -> index.suggest(SuggestionRequest.of(texts.get(at), Visibility.PUBLIC)));
			processor[at] = (thread.getCurrentThreadCpuTime() - begin) / 1e6;
		}
		double[] brief = new double[ROUNDS / 2];
		double[] full = new double[ROUNDS / 2];
		for (int at = 0; at < ROUNDS; at++) {
			(((at % 2) == 0) ? brief : full)[at / 2] = took[at];
		}
		print("suggestions, all:             %s", figures(took));
		print("... in processor time:        %s", figures(processor));
		print("suggestions, a few words:     %s", figures(brief));
		print("suggestions, whole needs:     %s", figures(full));
	}

	private static double milliseconds(Runnable run) {
		long begin = System.nanoTime();
		run.run();
		return (System.nanoTime() - begin) / 1e6;
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

	private static void delete(Path home) throws IOException {
		try (Stream<Path> files = Files.walk(home)) {
			for (Path file : files.sorted((one, two) -> two.compareTo(one)).toList()) {
				Files.delete(file);
			}
		}
	}

}
