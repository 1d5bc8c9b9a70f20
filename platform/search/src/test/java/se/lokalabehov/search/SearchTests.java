package se.lokalabehov.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import se.lokalabehov.search.SearchPage.Count;
import se.lokalabehov.search.SearchPage.Hit;
import se.lokalabehov.search.SearchRequest.Order;

import static org.assertj.core.api.Assertions.assertThat;

/** Searching in the catalogue. */
class SearchTests {

	private final SearchIndex index = SearchIndex.inMemory();

	@AfterEach
	void close() {
		this.index.close();
	}

	@ParameterizedTest
	@CsvSource({ "missbruksvård, vård vid missbruk", "vård vid missbruk, Missbruksvården i kommunen",
			"familjehemsvård, Vård i familjehem", "vård i familjehem, Familjehemsvård: en studie",
			"skadligt bruk, Missbruk bland unga", "missbruk, Skadligt bruk bland unga",
			"försörjningsstöd, Ekonomiskt bistånd", "ekonomiskt bistånd, Socialbidrag och arbete",
			"socialbidrag, Försörjningsstöd", "utvärdera, Utvärderingen", "aldreomsorg, Äldreomsorg på natten",
			"äldreomsorg, Aldreomsorg i skannad rapport", "äldreomsorg, ?ldreomsorg i skannad rapport",
			"äldreomsorg, ldreomsorg i skannad rapport", "?ldreomsorg, Äldreomsorg",
			"tvågnsvård, Tvångsvård enligt LVM", "hem tjänst, Hemtjänst", "placerade barn, Placering av barn" })
	void findsWhatMeansTheSame(String text, String title) {
		put(Item.of(Kind.REPORT, "right", title, ""), Item.of(Kind.REPORT, "other", "Snöröjning på cykelvägar", ""));
		assertThat(ids(search(text))).containsExactly("right");
	}

	@ParameterizedTest
	@CsvSource({ "vård på hemtjenst, vård på hemtjänst", "Försörjningstöd, försörjningsstöd",
			"familjehemm i kommunen, familjehem i kommunen", "Naloxån, naloxon" })
	void whenNothingIsFoundAnotherSpellingIsProposedAsPeopleWriteIt(String text, String meant) {
		put(Item.of(Kind.REPORT, "other", "Snöröjning på cykelvägar", ""));
		SearchPage page = search(text);
		assertThat(page.hits()).isEmpty();
		assertThat(page.didYouMean()).isEqualTo(meant);
		assertThat(search("cykelväg").didYouMean()).isNull();
		assertThat(search("qwxzqwxz").didYouMean()).isNull();
	}

	@Test
	void aPhraseStandsInItsOrder() {
		put(Item.of(Kind.REPORT, "a", "Barn och unga i familjehem", ""),
				Item.of(Kind.REPORT, "b", "Unga föräldrar och deras barn", ""));
		assertThat(ids(search("\"barn och unga\""))).containsExactly("a");
		assertThat(ids(search("barn -familjehem"))).containsExactly("b");
		assertThat(ids(search("-familjehem"))).containsExactly("b");
		assertThat(ids(search("titel:föräldrar"))).containsExactly("b");
		assertThat(ids(search("famil*"))).containsExactly("a");
		assertThat(ids(search("\"unga i\" OR föräldrar"))).containsExactlyInAnyOrder("a", "b");
	}

	@Test
	void onlyWhatOneMaySee() {
		Item item = Item.of(Kind.NEED, "hidden", "Hemtjänst", "");
		put(new Item(item.id(), item.kind(), item.title(), "", "", List.of(), null, null, null, List.of(), List.of(),
				null, null, List.of("RSS-01")));
		assertThat(ids(search("hemtjänst"))).isEmpty();
		assertThat(ids(this.index.search(SearchRequest.of("hemtjänst", Visibility.of("RSS-02"))))).isEmpty();
		assertThat(ids(this.index.search(SearchRequest.of("hemtjänst", Visibility.of())))).isEmpty();
		assertThat(ids(this.index.search(SearchRequest.of("hemtjänst", Visibility.of("RSS-01", "RSS-02")))))
			.containsExactly("hidden");
		assertThat(this.index.suggest(SuggestionRequest.of("hemtjänst", Visibility.PUBLIC))).isEmpty();
		assertThat(this.index.suggest(SuggestionRequest.of("hemtjänst", Visibility.of("RSS-01")))).hasSize(1);
	}

	@Test
	void facetsAreCountedAsByHand() {
		List<Item> items = many(500);
		put(items.toArray(Item[]::new));
		SearchPage page = search("vård");
		Map<String, Long> areas = new TreeMap<>();
		Map<String, Long> years = new TreeMap<>();
		List<Item> right = items.stream().filter((item) -> item.title().contains("vård")).toList();
		right.forEach((item) -> {
			item.areas().forEach((area) -> areas.merge(area, 1L, Long::sum));
			years.merge(String.valueOf(item.year()), 1L, Long::sum);
		});
		assertThat(page.total()).isEqualTo(right.size());
		assertThat(page.exact()).isTrue();
		assertThat(counts(page, Facet.AREA)).isEqualTo(areas);
		assertThat(counts(page, Facet.YEAR)).isEqualTo(years);
		assertThat(counts(page, Facet.KIND)).isEqualTo(Map.of("REPORT", (long) right.size()));
		assertThat(counts(page, Facet.TARGET_GROUP)).isEmpty();
	}

	@Test
	void limitsAndDates() {
		List<Item> items = many(300);
		put(items.toArray(Item[]::new));
		SearchPage page = this.index
			.search(new SearchRequest("", Map.of(Facet.AREA, Set.of("BOU", "ALD")), LocalDate.of(2010, 1, 1),
					LocalDate.of(2015, 12, 31), Order.NEWEST, 100, null, true, Visibility.PUBLIC));
		assertThat(page.total()).isEqualTo(items.stream()
			.filter((item) -> item.areas().contains("BOU") || item.areas().contains("ALD"))
			.filter((item) -> item.year() != null && item.year() >= 2010 && item.year() <= 2015)
			.count());
		assertThat(page.total()).isPositive();
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void pagesHaveEveryHitOnceWhileItemsCome(Order order) {
		List<Item> items = many(230);
		put(items.toArray(Item[]::new));
		SearchRequest request = new SearchRequest("vård", Map.of(), null, null, order, 7, null, false,
				Visibility.PUBLIC);
		List<String> seen = new ArrayList<>();
		SearchPage page = this.index.search(request);
		while (true) {
			seen.addAll(ids(page));
			if (page.next() == null) {
				break;
			}
			if (order != Order.RELEVANCE) {
				put(Item.of(Kind.REPORT, "late" + seen.size(), "Cykelvägar", ""));
			}
			page = this.index.search(request.after(page.next()));
		}
		assertThat(seen).doesNotHaveDuplicates()
			.containsExactlyInAnyOrderElementsOf(
					items.stream().filter((item) -> item.title().contains("vård")).map(Item::id).toList());
	}

	@Test
	void titlesComeInSwedishOrder() {
		put(Item.of(Kind.REPORT, "1", "Östersund", ""), Item.of(Kind.REPORT, "2", "Ängelholm", ""),
				Item.of(Kind.REPORT, "3", "Ånge", ""), Item.of(Kind.REPORT, "4", "zon", ""),
				Item.of(Kind.REPORT, "5", "Alingsås", ""));
		assertThat(ids(this.index
			.search(new SearchRequest("", Map.of(), null, null, Order.TITLE, 20, null, false, Visibility.PUBLIC))))
			.containsExactly("5", "4", "3", "2", "1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "hej", "MCAwIHggeQ", "", "AAAA", "\u0000" })
	void aCursorOfNobodysBeginsAnew(String cursor) {
		put(Item.of(Kind.REPORT, "a", "Vård", ""));
		SearchPage page = this.index.search(SearchRequest.of("vård", Visibility.PUBLIC).after(cursor));
		assertThat(ids(page)).containsExactly("a");
		assertThat(page.notice()).isNotNull();
	}

	@Test
	void whatIsFoundIsMarkedAndTheRestEscaped() {
		put(Item.of(Kind.REPORT, "a", "<b>Missbruksvård</b> & \"annat\"",
				"<script>alert('x')</script> om skadligt bruk </mark>"));
		Hit hit = search("missbruk").hits().getFirst();
		assertThat(hit.title()).isEqualTo("&lt;b&gt;<mark>Missbruksvård</mark>&lt;/b&gt; &amp; &quot;annat&quot;");
		assertThat(hit.excerpt())
			.isEqualTo("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; om <mark>skadligt bruk</mark> &lt;/mark&gt;");
	}

	@Test
	void aLongSummaryIsShownWhereItWasFound() {
		put(Item.of(Kind.REPORT, "a", "Titel", "ord ".repeat(300) + "naloxon " + "ord ".repeat(300)));
		assertThat(search("naloxon").hits().getFirst().excerpt()).contains("<mark>naloxon</mark>")
			.startsWith("… ")
			.endsWith(" …")
			.hasSizeLessThan(400);
	}

	@Test
	void whereNothingIsFoundAnotherSpellingIsProposed() {
		put(Item.of(Kind.NEED, "a", "Naloxon på boenden", ""));
		SearchPage page = this.index.search(new SearchRequest("naloksonn", Map.of(Facet.KIND, Set.of("REPORT")), null,
				null, Order.RELEVANCE, 10, null, true, Visibility.PUBLIC));
		assertThat(page.hits()).isEmpty();
		assertThat(page.didYouMean()).isEqualTo("naloxon");
	}

	@Test
	void whenNothingHasEveryWordWhatHasSomeIsShownAndSaid() {
		put(Item.of(Kind.REPORT, "a", "Naloxon", ""));
		SearchPage page = search("naloxon kvantdatorer");
		assertThat(ids(page)).containsExactly("a");
		assertThat(page.notice()).contains("alla orden");
	}

	@Test
	void anEmptyIndexAnswers() {
		assertThat(search("vård").hits()).isEmpty();
		assertThat(search("").total()).isZero();
		assertThat(this.index.suggest(SuggestionRequest.of("vård", Visibility.PUBLIC))).isEmpty();
		assertThat(this.index.size()).isZero();
	}

	@Test
	void hugeAndHostileTextIsTaken() {
		Random random = new Random(3);
		StringBuilder words = new StringBuilder();
		for (int word = 0; word < 100_000; word++) {
			words.append(Integer.toString(random.nextInt(1_000_000), 36)).append(' ');
		}
		Item item = Item.of(Kind.REPORT, "huge", "(a+)+$ ".repeat(1_000), "\uD83D\uDE00".repeat(5_000) + words);
		put(new Item(item.id(), item.kind(), item.title(), item.summary(), words + "slutordet", List.of(), null, null,
				null, List.of(), List.of(), null, null, List.of(Item.PUBLIC)));
		assertThat(ids(search("slutordet"))).containsExactly("huge");
		assertThat(search(words.toString()).notice()).isNotNull();
		assertThat(this.index.suggest(SuggestionRequest.of(words.toString(), Visibility.PUBLIC)))
			.hasSizeLessThanOrEqualTo(1);
		assertThat(search("(a+)+$ ".repeat(500)).hits()).hasSizeLessThanOrEqualTo(1);
	}

	private void put(Item... items) {
		for (Item item : items) {
			this.index.put(item);
		}
		this.index.refresh();
	}

	private SearchPage search(String text) {
		return this.index.search(SearchRequest.of(text, Visibility.PUBLIC));
	}

	private static List<String> ids(SearchPage page) {
		return page.hits().stream().map(Hit::id).toList();
	}

	private static Map<String, Long> counts(SearchPage page, Facet facet) {
		Map<String, Long> counts = new HashMap<>();
		for (Count count : page.facets().getOrDefault(facet, List.of())) {
			counts.put(count.value(), count.count());
		}
		return counts;
	}

	private static List<Item> many(int count) {
		Random random = new Random(9);
		List<Item> items = new ArrayList<>();
		List<String> areas = List.of("BOU", "SBB", "ALD", "FUN");
		for (int number = 0; number < count; number++) {
			int year = 2000 + random.nextInt(25);
			String title = (random.nextBoolean() ? "vård " : "cykelvägar ") + Integer.toString(number, 36);
			Set<String> of = new LinkedHashSet<>(List.of(areas.get(random.nextInt(4)), areas.get(random.nextInt(4))));
			items.add(new Item("i" + number, Kind.REPORT, title, "", "", List.of(), "Utgivare", year, "sv",
					List.copyOf(of), List.of(), null, LocalDate.of(year, 6, 1), List.of(Item.PUBLIC)));
		}
		return items;
	}

}
