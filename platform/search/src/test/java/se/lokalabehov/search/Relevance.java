package se.lokalabehov.search;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.LowerCaseFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

import se.lokalabehov.search.RelevanceSet.Asking;

/**
 * Measures suggestions on the frozen relevance set, beside plain BM25, stemming and
 * 4-grams. The baselines give back whatever they find, so each of their suggestions to a
 * query without an answer is false.
 */
public final class Relevance {

	private static final int AMONG = 5;

	private Relevance() {
	}

	/**
	 * What was measured of one kind of query.
	 *
	 * @param queries how many
	 * @param recall share of queries with a right answer among the first five
	 * @param all share of the right answers (at most five each) among the first five
	 * @param mrr mean of one over the place of the first right answer, among the first
	 * five
	 * @param suggesting share of queries to which anything was suggested
	 */
	record Figures(int queries, double recall, double all, double mrr, double suggesting) {
	}

	/** Gives the ids for a text, the best first. */
	interface Way {

		List<String> suggest(String text) throws IOException;

	}

	/**
	 * Measures.
	 * @param arguments a part of the set, or "hard-dev" or "hard-test"; then for those
	 * always, for the others to search in a crowd, the file of texts and the thesaurus
	 * (see {@link HardSet}); then "misses", "sweep", or "features" to list what
	 * candidates are scored by
	 */
	public static void main(String[] arguments) throws IOException {
		String part = (arguments.length > 0) ? arguments[0] : "test";
		boolean crowd = arguments.length > 2;
		HardSet hard = crowd ? new HardSet(Path.of(arguments[1]), Path.of(arguments[2])) : null;
		List<Asking> queries = (hard != null && part.startsWith("hard-")) ? hard.queries(part.equals("hard-test"))
				: RelevanceSet.queries(part);
		List<Item> items = (hard != null) ? hard.items() : RelevanceSet.items();
		int last = crowd ? 3 : 1;
		String more = (arguments.length > last) ? arguments[last] : "";
		PrintStream out = new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
		Map<String, Way> ways = new LinkedHashMap<>();
		if (more.isEmpty()) {
			ways.put("BM25 on words", baseline(new StandardAnalyzer(), items));
			ways.put("BM25 on stems", baseline(new SwedishAnalyzer(), items));
			ways.put("BM25 on 4-grams", baseline(fourGrams(), items));
		}
		try (SearchIndex index = index(items)) {
			ways.put("ours", ours(index));
			out.printf("%-16s %-10s %8s %9s %12s %6s %11s%n", "way", "kind", "queries", "recall@5", "all-right@5",
					"MRR", "suggesting");
			for (Map.Entry<String, Way> way : ways.entrySet()) {
				measure(way.getValue(), queries)
					.forEach((kind, of) -> out.printf(Locale.ROOT, "%-16s %-10s %8d %9.3f %12.3f %6.3f %11.3f%n",
							way.getKey(), kind, of.queries(), of.recall(), of.all(), of.mrr(), of.suggesting()));
			}
			if (more.equals("features")) {
				features(index, queries, out);
			}
			else if (more.equals("sweep")) {
				sweep(index, queries, out);
			}
			else if (more.equals("misses")) {
				for (Asking query : queries) {
					List<Suggestion> found = index.suggest(SuggestionRequest.of(query.text(), Visibility.PUBLIC));
					if (query.right().isEmpty() ? !found.isEmpty()
							: found.stream().noneMatch((one) -> query.right().contains(one.id()))) {
						out.println(query);
						index.alike(SuggestionRequest.of(query.text(), Visibility.PUBLIC), 0.05, true)
							.forEach((one) -> out.printf(Locale.ROOT, "   %s %.2f %s %s%n", one.id(), one.score(),
									one.title(), one.why().stream().map(Suggestion.Match::shown).toList()));
					}
				}
			}
		}
	}

	/** What the score is fitted on: queries (Q) and their candidates (C). */
	private static void features(SearchIndex index, List<Asking> queries, PrintStream out) {
		int number = 0;
		for (Asking query : queries) {
			int at = number++;
			out.printf("Q\t%d\t%s\t%s\t%s%n", at, query.kind(), query.text(), String.join(" ", query.right()));
			index.likenesses(query.text())
				.forEach((id, of) -> out.printf(Locale.ROOT, "C\t%d\t%s\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%d%n", at,
						id, query.right().contains(id) ? 1 : 0, of.covered(), of.title(), of.rest(), of.asked(),
						of.grams(), of.length()));
		}
	}

	/** Recall against false suggestions by threshold, to choose it on the dev queries. */
	private static void sweep(SearchIndex index, List<Asking> queries, PrintStream out) throws IOException {
		for (double least = 0.1; least < 0.96; least += 0.05) {
			double threshold = least;
			Map<String, Figures> figures = measure(
					(text) -> index.alike(SuggestionRequest.of(text, Visibility.PUBLIC), threshold, false)
						.stream()
						.map(Suggestion::id)
						.toList(),
					queries);
			out.printf(Locale.ROOT, "%.2f", least);
			figures.forEach((kind, of) -> out.printf(Locale.ROOT, "  %s %.2f", kind,
					kind.equals("NONE") ? of.suggesting() : of.recall()));
			out.println();
		}
	}

	static SearchIndex index() {
		return index(RelevanceSet.items());
	}

	private static SearchIndex index(List<Item> items) {
		SearchIndex index = SearchIndex.inMemory();
		items.forEach(index::put);
		index.refresh();
		return index;
	}

	static Way ours(SearchIndex index) {
		return (text) -> index.suggest(SuggestionRequest.of(text, Visibility.PUBLIC))
			.stream()
			.map(Suggestion::id)
			.toList();
	}

	/** Figures by kind of query; ALL is of every query that has an answer. */
	static Map<String, Figures> measure(Way way, List<Asking> queries) throws IOException {
		Map<String, List<double[]>> rows = new LinkedHashMap<>();
		for (Asking query : queries) {
			List<String> found = way.suggest(query.text());
			double first = 0;
			double right = 0;
			for (int at = 0; at < found.size(); at++) {
				if (query.right().contains(found.get(at))) {
					first = (first == 0) ? 1.0 / (at + 1) : first;
					right++;
				}
			}
			double[] row = { (first > 0) ? 1 : 0, right / Math.max(1, Math.min(AMONG, query.right().size())), first,
					found.isEmpty() ? 0 : 1 };
			rows.computeIfAbsent(query.kind(), (kind) -> new ArrayList<>()).add(row);
			if (!query.right().isEmpty()) {
				rows.computeIfAbsent("ALL", (kind) -> new ArrayList<>()).add(row);
			}
		}
		Map<String, Figures> figures = new LinkedHashMap<>();
		rows.forEach((kind, of) -> figures.put(kind,
				new Figures(of.size(), mean(of, 0), mean(of, 1), mean(of, 2), mean(of, 3))));
		return figures;
	}

	private static double mean(List<double[]> rows, int column) {
		return rows.stream().mapToDouble((row) -> row[column]).average().orElse(0);
	}

	private static Analyzer fourGrams() {
		return new Analyzer() {
			@Override
			protected TokenStreamComponents createComponents(String field) {
				Tokenizer words = new StandardTokenizer();
				return new TokenStreamComponents(words, new NGramTokenFilter(new LowerCaseFilter(words), 4, 4, true));
			}
		};
	}

	private static Way baseline(Analyzer analyzer, List<Item> items) throws IOException {
		ByteBuffersDirectory directory = new ByteBuffersDirectory();
		try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
			for (Item item : items) {
				Document document = new Document();
				document.add(new StringField("id", item.id(), Field.Store.YES));
				document.add(new TextField("text", item.title() + " " + item.summary(), Field.Store.NO));
				writer.addDocument(document);
			}
		}
		IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
		return (text) -> {
			BooleanQuery.Builder query = new BooleanQuery.Builder();
			try (TokenStream tokens = analyzer.tokenStream("text", text)) {
				tokens.reset();
				while (tokens.incrementToken()) {
					query.add(new TermQuery(new Term("text", tokens.getAttribute(CharTermAttribute.class).toString())),
							Occur.SHOULD);
				}
			}
			List<String> ids = new ArrayList<>();
			for (ScoreDoc hit : searcher.search(query.build(), AMONG).scoreDocs) {
				ids.add(searcher.storedFields().document(hit.doc).get("id"));
			}
			return ids;
		};
	}

}
