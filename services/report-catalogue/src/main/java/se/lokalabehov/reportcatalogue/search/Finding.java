package se.lokalabehov.reportcatalogue.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.FileSystemUtils;

import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Eventing;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.reportcatalogue.search.Texts.Told;
import se.lokalabehov.search.Item;
import se.lokalabehov.search.ItemSink;
import se.lokalabehov.search.SearchIndex;
import se.lokalabehov.search.SearchPage;
import se.lokalabehov.search.SearchRequest;
import se.lokalabehov.search.Suggestion;
import se.lokalabehov.search.SuggestionRequest;

/**
 * The index, which follows the views. A reaction says what was told of; one thread waits
 * until that stands in the view and makes the items anew that depend on it, so whatever
 * order topics come in, the last of the things that an item is made of makes it right.
 *
 * <p>
 * An index that was closed in order is opened again and goes on; otherwise it is made
 * from the views before the service answers.
 */
final class Finding implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(Finding.class);

	/**
	 * What an index was closed with that lacks nothing. Another form of the items, or
	 * another way to read words, is another number.
	 */
	private static final Map<String, String> WHOLE = Map.of("form", "1");

	private static final int AT_ONCE = 500;

	/** Of which it is known what was written: three cycles. */
	private static final int MOST_WRITTEN = 50_000;

	private static final int PAUSE_MILLIS = 20;

	/** After something went wrong. */
	private static final int LONG_PAUSE_MILLIS = 1000;

	private final Texts texts;

	private final @Nullable Path configured;

	private final Timer searches;

	private final Timer suggestions;

	private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();

	/**
	 * What was last written of an item to the index that answers, by its digest: most of
	 * what is told of a need changes nothing that can be found of it or by whom, and
	 * writing an item takes longer than all else.
	 */
	private final Cache<String, String> written = Caffeine.newBuilder().maximumSize(MOST_WRITTEN).build();

	/** Held by whoever writes to the index that answers. */
	private final Object writing = new Object();

	private @Nullable Set<Change> sinceRebuild;

	private @Nullable Path home;

	private @Nullable SearchIndex opened;

	private @Nullable Thread follower;

	private volatile boolean running;

	/**
	 * Something that was told of.
	 *
	 * @param sequence the view must have come so far
	 */
	private record Change(Told told, String id, long sequence) {
	}

	/**
	 * An index of what the topics tell.
	 * @param eventing where the views are kept
	 * @param files what can be read in the files of records
	 * @param configured its directory; none for one of its own that is thrown away
	 * @param meters told how long it takes to answer
	 */
	Finding(Eventing eventing, FileTexts files, @Nullable Path configured, MeterRegistry meters) {
		this.configured = configured;
		Gauge.builder("lokalabehov.search.waiting", this.changes, Collection::size)
			.description("Changes that the index has not taken")
			.register(meters);
		this.searches = latency(meters, "search");
		this.suggestions = latency(meters, "suggest");
		this.texts = Texts.of(eventing, files,
				(told, id, sequence) -> this.changes.add(new Change(told, id, sequence)));
	}

	private static Timer latency(MeterRegistry meters, String what) {
		return Timer.builder("lokalabehov.search.latency")
			.description("How long the index takes to answer")
			.tags("what", what)
			.serviceLevelObjectives(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(200),
					Duration.ofSeconds(1), Duration.ofSeconds(3))
			.register(meters);
	}

	Texts texts() {
		return this.texts;
	}

	SearchPage search(SearchRequest request) {
		return Objects.requireNonNull(this.searches.record(() -> index().search(request)));
	}

	/** Something of the index that answers, for measuring. */
	<T> T measured(Function<SearchIndex, T> of) {
		return of.apply(index());
	}

	List<Suggestion> suggest(SuggestionRequest request) {
		return Objects.requireNonNull(this.suggestions.record(() -> index().suggest(request)));
	}

	/**
	 * Makes the index anew from the views, beside the one that answers, and swaps.
	 */
	void rebuild() {
		Set<Change> since = new HashSet<>();
		synchronized (this.writing) {
			if (this.sinceRebuild != null) {
				throw new IllegalStateException("it is being rebuilt already");
			}
			this.sinceRebuild = since;
		}
		try (SearchIndex.Rebuild next = index().rebuild()) {
			this.texts.all((id, item) -> put(next, id, item));
			synchronized (this.writing) {
				make(since, (id, item) -> put(next, id, item));
				next.swap();
				this.written.invalidateAll();
			}
		}
		finally {
			synchronized (this.writing) {
				this.sinceRebuild = null;
			}
		}
	}

	private static void put(ItemSink sink, String id, @Nullable Item item) {
		if (item != null) {
			sink.put(item);
		}
		else {
			sink.remove(id);
		}
	}

	private void putIfChanged(String id, @Nullable Item item) {
		String digest = Act.sha256(String.valueOf(item));
		if (!digest.equals(this.written.getIfPresent(id))) {
			put(index(), id, item);
			this.written.put(id, digest);
		}
	}

	private void make(Iterable<Change> of, BiConsumer<String, @Nullable Item> sink) {
		Map<Told, Set<String>> ids = new HashMap<>();
		of.forEach((one) -> ids.computeIfAbsent(one.told(), (told) -> new HashSet<>()).add(one.id()));
		ids.forEach((told, some) -> this.texts.dependent(told, some, sink));
	}

	private void follow() {
		List<Change> some = new ArrayList<>();
		while (this.running || !this.changes.isEmpty()) {
			int pause = PAUSE_MILLIS;
			try {
				Change first = this.changes.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
				if (first == null) {
					continue;
				}
				some.add(first);
				// Those that come together are one refresh of the index.
				Thread.sleep(PAUSE_MILLIS);
				this.changes.drainTo(some, AT_ONCE - 1);
				some.removeAll(take(some));
			}
			catch (InterruptedException ex) {
				return;
			}
			catch (RuntimeException ex) {
				logger.warn("The index does not follow: {}", ex.toString());
				this.written.invalidateAll();
				mend();
				pause = LONG_PAUSE_MILLIS;
			}
			if (!some.isEmpty()) {
				this.changes.addAll(some);
				some.clear();
				if (!this.running) {
					return;
				}
				pause(pause);
			}
		}
	}

	/**
	 * What has failed to write once (a full disk) never writes again: it answers with
	 * what it had until there is room to make it anew from the views.
	 */
	private void mend() {
		if (index().isWritable()) {
			return;
		}
		try {
			rebuild();
			logger.info("The index was made anew and follows again");
		}
		catch (RuntimeException ex) {
			logger.warn("The index can not be made anew yet: {}", ex.toString());
		}
	}

	private static void pause(int millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Takes those of the changes that the views have. */
	private Set<Change> take(List<Change> some) {
		Set<Change> here = new HashSet<>();
		Map<Told, List<Change>> byKind = some.stream().collect(Collectors.groupingBy(Change::told));
		byKind.forEach((told, changed) -> {
			Map<String, Long> reached = this.texts.reached(told, changed.stream().map(Change::id).distinct().toList())
				.stream()
				.collect(Collectors.toMap(Stored::id, Stored::sequence));
			changed.stream().filter((one) -> reached.getOrDefault(one.id(), 0L) >= one.sequence()).forEach(here::add);
		});
		synchronized (this.writing) {
			make(here, this::putIfChanged);
			index().refresh();
			if (this.sinceRebuild != null) {
				this.sinceRebuild.addAll(here);
			}
		}
		return here;
	}

	private SearchIndex index() {
		SearchIndex index = this.opened;
		if (index == null) {
			throw new IllegalStateException("not started");
		}
		return index;
	}

	@Override
	public void start() {
		try {
			Path directory = (this.configured != null) ? this.configured
					: Files.createTempDirectory("lokala-behov-index");
			this.home = directory;
			this.opened = SearchIndex.open(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (index().position().equals(WHOLE)) {
			// Whole no longer, until it is closed in order again.
			index().commit(Map.of());
		}
		else {
			// All that has been told of stands in the views.
			this.changes.clear();
			rebuild();
		}
		this.running = true;
		this.follower = Thread.ofPlatform().name("index").start(this::follow);
	}

	@Override
	public void stop() {
		this.running = false;
		Thread thread = this.follower;
		try {
			if (thread != null) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		try (SearchIndex index = index()) {
			if (this.changes.isEmpty()) {
				index.commit(WHOLE);
			}
		}
		finally {
			this.opened = null;
			if (this.configured == null) {
				FileSystemUtils.deleteRecursively((this.home != null) ? this.home.toFile() : null);
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** After the views have been made, before anything comes or is asked for. */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE + 600;
	}

}
