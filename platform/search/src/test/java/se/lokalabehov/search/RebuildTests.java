package se.lokalabehov.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The index on its directory. */
class RebuildTests {

	private final Path home;

	RebuildTests(@TempDir Path home) {
		this.home = home;
	}

	@Test
	void whatIsCommittedLastsWithItsPosition() {
		try (SearchIndex index = SearchIndex.open(this.home)) {
			assertThat(index.position()).isEmpty();
			index.put(Item.of(Kind.REPORT, "a", "Hemtjänst", ""));
			index.commit(Map.of("catalogue-0", "17"));
			index.put(Item.of(Kind.REPORT, "b", "Hemtjänst", ""));
		}
		try (SearchIndex index = SearchIndex.open(this.home)) {
			assertThat(index.position()).isEqualTo(Map.of("catalogue-0", "17"));
			assertThat(index.size()).isEqualTo(1);
		}
	}

	@Test
	void anItemTakesThePlaceOfTheOneBeforeAndCanBeRemoved() {
		try (SearchIndex index = SearchIndex.open(this.home)) {
			index.put(Item.of(Kind.REPORT, "a", "Hemtjänst", ""));
			index.put(Item.of(Kind.REPORT, "a", "Familjehem", ""));
			index.refresh();
			assertThat(total(index, "hemtjänst")).isZero();
			assertThat(total(index, "familjehem")).isEqualTo(1);
			index.remove("a");
			index.refresh();
			assertThat(index.size()).isZero();
		}
	}

	@Test
	void aDamagedIndexIsThrownAway() throws IOException {
		try (SearchIndex index = SearchIndex.open(this.home)) {
			index.put(Item.of(Kind.REPORT, "a", "Hemtjänst", ""));
			index.commit(Map.of("catalogue-0", "17"));
		}
		try (Stream<Path> files = Files.walk(this.home)) {
			for (Path file : files.filter((one) -> one.getFileName().toString().startsWith("segments_")).toList()) {
				Files.writeString(file, "no index");
			}
		}
		try (SearchIndex index = SearchIndex.open(this.home)) {
			assertThat(index.position()).isEmpty();
			assertThat(index.size()).isZero();
		}
	}

	@Test
	void searchesGoOnWhileAnotherIndexIsBuiltAndTakesItsPlace() throws ExecutionException, InterruptedException {
		int items = 300;
		try (SearchIndex index = SearchIndex.open(this.home);
				ExecutorService searchers = Executors.newFixedThreadPool(3)) {
			fill(index, items);
			index.commit(Map.of("n", "0"));
			AtomicBoolean going = new AtomicBoolean(true);
			Callable<Integer> searching = () -> {
				int searched = 0;
				do {
					assertThat(total(index, "hemtjänst")).isEqualTo(items);
					assertThat(index.suggest(SuggestionRequest.of("hemtjänst", Visibility.PUBLIC))).hasSize(5);
					searched++;
				}
				while (going.get());
				return searched;
			};
			List<Future<Integer>> running = Stream.generate(() -> searchers.submit(searching)).limit(3).toList();
			for (int round = 1; round <= 5; round++) {
				try (SearchIndex.Rebuild rebuild = index.rebuild()) {
					fill(rebuild, items);
					rebuild.commit(Map.of("n", String.valueOf(round)));
					rebuild.swap();
				}
				assertThat(index.position()).isEqualTo(Map.of("n", String.valueOf(round)));
			}
			going.set(false);
			for (Future<Integer> one : running) {
				assertThat(one.get()).isPositive();
			}
		}
		try (SearchIndex index = SearchIndex.open(this.home)) {
			assertThat(index.position()).isEqualTo(Map.of("n", "5"));
			assertThat(index.size()).isEqualTo(items);
		}
	}

	@Test
	void aBuildingThatIsBrokenOffLeavesNothing() throws IOException {
		try (SearchIndex index = SearchIndex.open(this.home)) {
			fill(index, 3);
			index.commit(Map.of("n", "1"));
			try (SearchIndex.Rebuild rebuild = index.rebuild()) {
				fill(rebuild, 10);
			}
			assertThat(index.size()).isEqualTo(3);
			try (Stream<Path> files = Files.list(this.home)) {
				assertThat(files.filter(Files::isDirectory)).hasSize(1);
			}
		}
	}

	private static void fill(ItemSink sink, int items) {
		IntStream.range(0, items)
			.forEach((number) -> sink.put(Item.of(Kind.REPORT, "i" + number, "Hemtjänst " + number, "")));
	}

	private static long total(SearchIndex index, String text) {
		return index.search(SearchRequest.of(text, Visibility.PUBLIC)).total();
	}

}
