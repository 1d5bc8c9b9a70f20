package se.lokalabehov.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import se.lokalabehov.search.Clusters.Text;
import se.lokalabehov.search.Relevance.Figures;
import se.lokalabehov.search.RelevanceSet.Asking;
import se.lokalabehov.search.Suggestion.How;
import se.lokalabehov.search.Suggestion.Match;

import static org.assertj.core.api.Assertions.assertThat;

/** Suggestions and clusters, on the frozen set and one by one. */
class SuggestionTests {

	@Test
	void theFrozenSetHoldsTheBar() throws IOException {
		List<Asking> queries = RelevanceSet.queries("test");
		assertThat(queries).hasSize(162);
		try (SearchIndex index = Relevance.index()) {
			Map<String, Figures> figures = Relevance.measure(Relevance.ours(index), queries);
			assertThat(figures).hasEntrySatisfying("ALL",
					(all) -> assertThat(all.recall()).isGreaterThanOrEqualTo(0.85));
			assertThat(figures).hasEntrySatisfying("NONE", (none) -> assertThat(none.suggesting()).isLessThan(0.2));
		}
	}

	@Test
	void theSetInTalkHoldsTheBar() throws IOException {
		List<Asking> queries = RelevanceSet.queries("talk-test");
		assertThat(queries).hasSize(103);
		try (SearchIndex index = Relevance.index()) {
			Map<String, Figures> figures = Relevance.measure(Relevance.ours(index), queries);
			assertThat(figures).hasEntrySatisfying("ALL",
					(all) -> assertThat(all.recall()).isGreaterThanOrEqualTo(0.85));
			assertThat(figures).hasEntrySatisfying("NONE", (none) -> assertThat(none.suggesting()).isLessThan(0.2));
		}
	}

	@ParameterizedTest
	@CsvSource({ "knark på kåken, Droger på anstalt",
			"social bidrag till barn familjer, Försörjningsstöd till hushåll med barn",
			"krökande gubbar på servicehus, Äldre män som dricker på särskilt boende",
			"ähldreommsorg på natten, Äldreomsorg om natten", "undrr föör hemtjensten, Hemtjänsten" })
	void findsWhatIsSaidInOtherWordsAndMisspelt(String text, String title) {
		try (SearchIndex index = SearchIndex.inMemory()) {
			index.put(Item.of(Kind.REPORT, "right", title, ""));
			index.put(Item.of(Kind.REPORT, "other", "Snöröjning på cykelvägar",
					"Sopsaltning prövas i stället för sand."));
			index.refresh();
			assertThat(index.suggest(SuggestionRequest.of(text, Visibility.PUBLIC))).extracting(Suggestion::id)
				.containsExactly("right");
		}
	}

	@Test
	void theScoreDoesNotDependOnHowManyItemsThereAre() {
		Item need = Item.of(Kind.NEED, "n", "Naloxon på kommunens boenden", "Personal vill kunna häva en överdos.");
		try (SearchIndex few = SearchIndex.inMemory(); SearchIndex many = SearchIndex.inMemory()) {
			few.put(need);
			many.put(need);
			RelevanceSet.items().forEach(few::put);
			for (int copy = 0; copy < 20; copy++) {
				int number = copy;
				RelevanceSet.items()
					.stream()
					.map((item) -> Item.of(item.kind(), item.id() + "-" + number, item.title() + " " + number,
							item.summary()))
					.filter((item) -> !item.title().contains("Naloxon"))
					.forEach(many::put);
			}
			few.refresh();
			many.refresh();
			String text = "får vi ge naloxon vid överdos på våra boenden";
			assertThat(score(many, text, "n")).isBetween(score(few, text, "n") - 0.15, score(few, text, "n") + 0.15);
		}
	}

	private static double score(SearchIndex index, String text, String id) {
		return index.suggest(SuggestionRequest.of(text, Visibility.PUBLIC))
			.stream()
			.filter((one) -> one.id().equals(id))
			.findFirst()
			.orElseThrow()
			.score();
	}

	@Test
	void saysWhy() {
		try (SearchIndex index = SearchIndex.inMemory()) {
			index.put(Item.of(Kind.REPORT, "r", "Missbruk bland äldre kvinnor", "Intervjuer om hemtjänst."));
			index.refresh();
			List<Match> why = index
				.suggest(SuggestionRequest.of("skadligt bruk hos kvinnor med hemtjänst", Visibility.PUBLIC))
				.getFirst()
				.why();
			assertThat(why)
				.contains(new Match("kvinnor", "kvinnor", How.WORD), new Match("hemtjänst", "hemtjänst", How.WORD))
				.anySatisfy((match) -> assertThat(match.shown()).contains("≈ missbruk"));
		}
	}

	@Test
	void whatIsBeingRevisedIsNotItsOwnLike() {
		try (SearchIndex index = Relevance.index()) {
			SuggestionRequest request = SuggestionRequest.of("Lågtröskelboende: vad händer efteråt?",
					Visibility.PUBLIC);
			assertThat(index.suggest(request)).extracting(Suggestion::id).contains("n10");
			assertThat(index.suggest(
					new SuggestionRequest(request.text(), request.kinds(), request.visibility(), 5, Set.of("n10"))))
				.extracting(Suggestion::id)
				.doesNotContain("n10");
		}
	}

	@Test
	void clustersGatherWhatMeansTheSame() {
		ClusterFigures.Figures figures = ClusterFigures.of(Clusters.LEAST_SCORE, 1, 14);
		assertThat(figures.precision()).isGreaterThanOrEqualTo(0.6);
		assertThat(figures.recall()).isGreaterThanOrEqualTo(0.4);
	}

	@Test
	void clustersAreTheSameInWhateverOrderTheTextsCome() {
		List<Text> texts = new ArrayList<>(ClusterFigures.texts());
		List<Clusters.Cluster> before = Clusters.of(texts);
		Collections.shuffle(texts, new Random(1));
		assertThat(Clusters.of(texts)).isEqualTo(before).isNotEmpty();
		assertThat(before).allSatisfy((cluster) -> assertThat(cluster.ids()).contains(cluster.central()));
	}

	@Test
	void notesWithoutTitlesAreClustered() {
		List<Text> notes = List.of(new Text("1", "", "Får vi testa ungdomar för cannabis med urinprov?"),
				new Text("2", "", "Hur ofta ska man ta drogtest på tonåringar som röker hasch?"),
				new Text("3", "", "Vem betalar för trygghetslarm när makarna flyttar?"));
		assertThat(Clusters.of(notes)).singleElement()
			.satisfies((cluster) -> assertThat(cluster.ids()).containsExactly("1", "2"));
		assertThat(Clusters.of(List.of())).isEmpty();
	}

}
