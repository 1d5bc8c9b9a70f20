package se.lokalabehov.search;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.search.Asked.Unit;
import se.lokalabehov.search.Counting.Counted;
import se.lokalabehov.search.QueryText.How;
import se.lokalabehov.search.QueryText.Part;
import se.lokalabehov.search.SearchPage.Hit;
import se.lokalabehov.search.Swedish.Token;

/**
 * Searches: the plain words of a text are one query in which most words must be answered,
 * each by the best that an item has for it; phrases, fields and exclusions are added.
 */
final class Searching {

	private static final int COUNTED_EXACTLY = 1_000;

	private static final float TITLE_BOOST = 2.5f;

	private static final float TIE = 0.1f;

	private static final int MOST_ANSWERS = 16;

	private static final int PREFIX_EXPANSIONS = 50;

	private final Swedish swedish;

	private final Spelling spelling;

	Searching(Swedish swedish, Spelling spelling) {
		this.swedish = swedish;
		this.spelling = spelling;
	}

	SearchPage search(IndexSearcher searcher, SearchRequest request) throws IOException {
		QueryText text = QueryText.of(request.text());
		String notice = text.notice();
		Asked words = asked(plain(text), searcher.getIndexReader());
		Query query = filtered(query(text, words, true, searcher.getIndexReader()), request);
		Cursor cursor = Cursor.read(request.cursor(), request.order());
		if (request.cursor() != null && cursor == null) {
			notice = "Sidan fanns inte längre; här är den första.";
		}
		TopFieldDocs found = find(searcher, query, request, cursor);
		if (found.scoreDocs.length == 0 && (cursor == null || cursor.lenient()) && words.units().size() > 1) {
			Query lenient = filtered(query(text, words, false, searcher.getIndexReader()), request);
			TopFieldDocs some = find(searcher, lenient, request, cursor);
			if (some.scoreDocs.length > 0) {
				found = some;
				query = lenient;
				notice = "Inget innehåller alla orden; här är det som innehåller några av dem.";
				cursor = new Cursor(request.order(), true, List.of());
			}
		}
		boolean lenient = cursor != null && cursor.lenient();
		Counted counted = request.counted() ? searcher.search(query, new Counting()) : null;
		boolean exact = counted != null || found.totalHits.relation() == TotalHits.Relation.EQUAL_TO;
		ScoreDoc[] shown = Arrays.copyOf(found.scoreDocs, Math.min(found.scoreDocs.length, request.size()));
		return new SearchPage(hits(searcher, shown, marking(text, words, searcher.getIndexReader())),
				(counted != null) ? counted.hits() : found.totalHits.value(), exact,
				(counted != null) ? counted.facets() : Map.of(), next(found.scoreDocs, request, lenient), notice,
				(found.scoreDocs.length == 0) ? didYouMean(words, Folding.repaired(plain(text))) : null);
	}

	/** The query that a request comes to, for measuring against Lucene itself. */
	Query query(IndexSearcher searcher, SearchRequest request) throws IOException {
		QueryText text = QueryText.of(request.text());
		return filtered(query(text, asked(plain(text), searcher.getIndexReader()), true, searcher.getIndexReader()),
				request);
	}

	private Asked asked(String text, IndexReader reader) throws IOException {
		return Asked.of(this.swedish.read(Folding.repaired(text), QueryText.MOST_CHARACTERS), reader, this.swedish,
				this.spelling, QueryText.MOST_PARTS, false);
	}

	private static String plain(QueryText text) {
		return text.groups()
			.stream()
			.filter((group) -> group.size() == 1)
			.map(List::getFirst)
			.filter(Searching::isPlain)
			.map(Part::text)
			.collect(Collectors.joining(" "));
	}

	private static boolean isPlain(Part part) {
		return part.how() == How.WORDS && part.field() == null && !part.without();
	}

	private Marking marking(QueryText text, Asked words, IndexReader reader) throws IOException {
		if (text.groups().stream().allMatch((group) -> group.size() == 1 && isPlain(group.getFirst()))) {
			return new Marking(this.swedish, words);
		}
		String sought = text.groups()
			.stream()
			.flatMap(List::stream)
			.filter((part) -> !part.without() && (part.field() == null || part.field().equals(Fields.TITLE)))
			.map(Part::text)
			.collect(Collectors.joining(" "));
		return new Marking(this.swedish, asked(sought, reader));
	}

	private TopFieldDocs find(IndexSearcher searcher, Query query, SearchRequest request, @Nullable Cursor cursor)
			throws IOException {
		FieldDoc after = (cursor != null && !cursor.values().isEmpty()) ? cursor.after() : null;
		return searcher.search(query,
				new TopFieldCollectorManager(Cursor.sort(request.order()), request.size() + 1, after, COUNTED_EXACTLY));
	}

	private static @Nullable String next(ScoreDoc[] docs, SearchRequest request, boolean lenient) {
		// One more than a page was looked for.
		return (docs.length > request.size())
				? Cursor.of(request.order(), lenient, (FieldDoc) docs[request.size() - 1]).written() : null;
	}

	private static Query filtered(Query query, SearchRequest request) {
		BooleanQuery.Builder filtered = new BooleanQuery.Builder().add(query, Occur.MUST);
		Filters.of(request.visibility(), SearchIndex.everyKind())
			.forEach((filter) -> filtered.add(filter, Occur.FILTER));
		request.limits().forEach((facet, values) -> filtered.add(Filters.anyOf(facet.field(), values), Occur.FILTER));
		LocalDate from = request.from();
		LocalDate to = request.to();
		if (from != null || to != null) {
			filtered.add(LongField.newRangeQuery(Fields.DATE, (from != null) ? from.toEpochDay() : Long.MIN_VALUE,
					(to != null) ? to.toEpochDay() : Long.MAX_VALUE), Occur.FILTER);
		}
		return filtered.build();
	}

	private Query query(QueryText text, Asked words, boolean most, IndexReader reader) throws IOException {
		BooleanQuery.Builder all = new BooleanQuery.Builder();
		boolean wanted = false;
		boolean unwanted = false;
		if (!words.units().isEmpty()) {
			all.add(words(words, most, reader), Occur.MUST);
			wanted = true;
		}
		for (List<Part> group : text.groups()) {
			if (group.size() == 1 && isPlain(group.getFirst())) {
				continue;
			}
			List<Query> either = new ArrayList<>();
			for (Part part : group) {
				either.add(part(part, reader));
			}
			boolean without = group.getFirst().without();
			all.add(new DisjunctionMaxQuery(either, TIE), without ? Occur.MUST_NOT : Occur.MUST);
			wanted |= !without;
			unwanted |= without;
		}
		if (!wanted && !unwanted && !text.groups().isEmpty()) {
			// Nothing but words that say nothing.
			return new MatchNoDocsQuery();
		}
		if (!wanted) {
			all.add(new MatchAllDocsQuery(), Occur.MUST);
		}
		return all.build();
	}

	/** Of up to two words every one must be answered, of more about two in three. */
	private static Query words(Asked asked, boolean most, IndexReader reader) throws IOException {
		BooleanQuery.Builder words = new BooleanQuery.Builder();
		List<Unit> units = asked.units();
		for (Unit unit : units) {
			words.add(unit(asked, unit, List.of(Fields.TEXT, Fields.TITLE), reader), Occur.SHOULD);
		}
		words.setMinimumNumberShouldMatch(most ? units.size() - units.size() / 3 : 1);
		return words.build();
	}

	private static Query unit(Asked asked, Unit unit, List<String> fields, IndexReader reader) throws IOException {
		List<Query> ways = new ArrayList<>(answers(asked.answersTo(unit), fields, reader));
		List<Map<String, Double>> parts = asked.answersToParts(unit);
		if (!parts.isEmpty()) {
			BooleanQuery.Builder together = new BooleanQuery.Builder();
			for (Map<String, Double> part : parts) {
				together.add(new DisjunctionMaxQuery(answers(part, fields, reader), TIE), Occur.MUST);
			}
			ways.add(new BoostQuery(together.build(), 0.6f));
		}
		return new DisjunctionMaxQuery(ways, TIE);
	}

	private static List<Query> answers(Map<String, Double> answers, List<String> fields, IndexReader reader)
			throws IOException {
		List<Map.Entry<String, Double>> best = answers.entrySet()
			.stream()
			.sorted(Comparator.comparingDouble((Map.Entry<String, Double> answer) -> -answer.getValue()))
			.toList();
		List<Query> queries = new ArrayList<>();
		for (Map.Entry<String, Double> answer : best) {
			for (String field : fields) {
				Term term = new Term(field, answer.getKey());
				if (queries.size() < MOST_ANSWERS * fields.size() && reader.docFreq(term) > 0) {
					float boost = answer.getValue().floatValue() * (field.equals(Fields.TITLE) ? TITLE_BOOST : 1);
					queries.add(new BoostQuery(new TermQuery(term), boost));
				}
			}
		}
		return queries;
	}

	private Query part(Part part, IndexReader reader) throws IOException {
		String field = part.field();
		if (field != null && !field.equals(Fields.TITLE) && !field.equals(Fields.AUTHOR)) {
			return new TermQuery(new Term(field, part.text()));
		}
		String in = Fields.TITLE.equals(field) ? Fields.TITLE
				: Fields.AUTHOR.equals(field) ? Fields.AUTHOR : Fields.TEXT;
		return switch (part.how()) {
			case PREFIX -> new PrefixQuery(new Term(in, Folding.folded(Folding.lowerCase(part.text()))),
					new MultiTermQuery.TopTermsBoostOnlyBooleanQueryRewrite(PREFIX_EXPANSIONS));
			case PHRASE -> phrase(part.text(), in);
			case WORDS -> {
				Asked asked = asked(part.text(), reader);
				BooleanQuery.Builder every = new BooleanQuery.Builder();
				for (Unit unit : asked.units()) {
					every.add(unit(asked, unit, List.of(in), reader), Occur.MUST);
				}
				yield asked.units().isEmpty() ? new MatchNoDocsQuery() : every.build();
			}
		};
	}

	/** The words in this order, whatever their inflection. */
	private Query phrase(String text, String field) {
		PhraseQuery.Builder phrase = new PhraseQuery.Builder();
		int at = 0;
		boolean any = false;
		for (Token token : this.swedish.read(Folding.repaired(text), QueryText.MOST_PARTS).tokens()) {
			if (!token.word().stop()) {
				phrase.add(new Term(field, token.word().stem()), at);
				any = true;
			}
			at++;
		}
		return any ? phrase.build() : new MatchNoDocsQuery();
	}

	/** What was asked for, with the words that nobody knows spelt as known ones. */
	private static @Nullable String didYouMean(Asked words, String text) {
		StringBuilder meant = new StringBuilder();
		boolean changed = false;
		for (Token token : words.read().tokens()) {
			String form = text.substring(token.begin(), token.end());
			for (Unit unit : words.units()) {
				if (unit.token().word().root().equals(token.word().root()) && !unit.corrected().isEmpty()) {
					form = Lexicon.STANDARD.written(unit.corrected().getFirst().form());
					changed = true;
				}
			}
			meant.append(meant.isEmpty() ? "" : " ").append(form);
		}
		return changed ? meant.toString() : null;
	}

	private static List<Hit> hits(IndexSearcher searcher, ScoreDoc[] docs, Marking marking) throws IOException {
		List<Hit> hits = new ArrayList<>();
		for (ScoreDoc doc : docs) {
			Document document = searcher.storedFields().document(doc.doc);
			hits.add(new Hit(document.get(Fields.ID), Kind.valueOf(document.get(Fields.KIND)),
					marking.whole(document.get(Fields.SHOWN_TITLE)),
					marking.excerpt(document.get(Fields.SHOWN_SUMMARY))));
		}
		return hits;
	}

}
