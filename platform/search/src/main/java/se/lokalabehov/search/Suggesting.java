package se.lokalabehov.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.apache.lucene.document.Document;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.jspecify.annotations.Nullable;

import se.lokalabehov.search.Asked.Likeness;
import se.lokalabehov.search.Asked.Unit;
import se.lokalabehov.search.Suggestion.How;
import se.lokalabehov.search.Suggestion.Match;
import se.lokalabehov.search.Swedish.Read;
import se.lokalabehov.search.Swedish.Span;
import se.lokalabehov.search.Swedish.Token;

/**
 * Suggests in two steps: a bounded query finds a few hundred candidates, and those are
 * scored exactly by the share of the text's information content that they answer.
 */
final class Suggesting {

	private static final int MOST_WORDS = 400;

	private static final int MOST_UNITS = 60;

	private static final int CANDIDATES = 300;

	private final Swedish swedish;

	private final Spelling spelling;

	Suggesting(Swedish swedish, Spelling spelling) {
		this.swedish = swedish;
		this.spelling = spelling;
	}

	/**
	 * What is alike.
	 * @param least the least score, 0 to 1
	 */
	List<Suggestion> suggest(IndexSearcher searcher, SuggestionRequest request, double least, boolean explained)
			throws IOException {
		String text = Folding.repaired(request.text());
		Asked asked = Asked.of(this.swedish.read(text, MOST_WORDS), searcher.getIndexReader(), this.swedish,
				this.spelling, MOST_UNITS, true);
		if (asked.mass() == 0) {
			return List.of();
		}
		BooleanQuery.Builder query = new BooleanQuery.Builder().add(asked.candidates(), Occur.MUST);
		for (Query filter : Filters.of(request.visibility(), request.kinds())) {
			query.add(filter, Occur.FILTER);
		}
		ScoreDoc[] candidates = searcher.search(query.build(),
				new TopScoreDocCollectorManager(CANDIDATES, null, CANDIDATES)).scoreDocs;
		List<Scored> scored = scored(searcher, asked, candidates, least);
		List<Suggestion> suggestions = new ArrayList<>();
		for (Scored one : scored) {
			if (suggestions.size() == request.limit()) {
				break;
			}
			Document document = searcher.storedFields().document(one.doc());
			String id = document.get(Fields.ID);
			if (!request.without().contains(id)) {
				suggestions
					.add(new Suggestion(id, Kind.valueOf(document.get(Fields.KIND)), document.get(Fields.SHOWN_TITLE),
							one.score(), explained ? why(asked, text, document) : List.of()));
			}
		}
		return suggestions;
	}

	private record Scored(int doc, double score) {
	}

	/** What the candidates for a text are scored by, to fit the score on. */
	Map<String, Likeness> likenesses(IndexSearcher searcher, String text) throws IOException {
		Asked asked = Asked.of(this.swedish.read(Folding.repaired(text), MOST_WORDS), searcher.getIndexReader(),
				this.swedish, this.spelling, MOST_UNITS, true);
		Map<String, Likeness> likenesses = new LinkedHashMap<>();
		for (ScoreDoc candidate : searcher.search(asked.candidates(), CANDIDATES).scoreDocs) {
			BinaryDocValues said = MultiDocValues.getBinaryValues(searcher.getIndexReader(), Fields.SAID);
			if (said != null && said.advanceExact(candidate.doc)) {
				likenesses.put(searcher.storedFields().document(candidate.doc).get(Fields.ID),
						asked.likeness(said.binaryValue()));
			}
		}
		return likenesses;
	}

	private static List<Scored> scored(IndexSearcher searcher, Asked asked, ScoreDoc[] candidates, double least)
			throws IOException {
		List<Scored> scored = new ArrayList<>();
		List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
		ScoreDoc[] inOrder = candidates.clone();
		Arrays.sort(inOrder, Comparator.comparingInt((ScoreDoc doc) -> doc.doc));
		int leaf = -1;
		BinaryDocValues values = null;
		for (ScoreDoc candidate : inOrder) {
			int of = ReaderUtil.subIndex(candidate.doc, leaves);
			if (of != leaf) {
				leaf = of;
				values = leaves.get(leaf).reader().getBinaryDocValues(Fields.SAID);
			}
			BinaryDocValues said = Objects.requireNonNull(values, "every item has what it says");
			if (said.advanceExact(candidate.doc - leaves.get(leaf).docBase)) {
				double score = asked.likeness(said.binaryValue()).score();
				if (score >= least) {
					scored.add(new Scored(candidate.doc, score));
				}
			}
		}
		scored.sort(Comparator.comparingDouble((Scored one) -> -one.score()).thenComparingInt(Scored::doc));
		return scored;
	}

	private static final int MOST_REASONS = 6;

	/** What a text and an item have in common, what weighs most first. */
	private List<Match> why(Asked asked, String asking, Document document) {
		String text = document.get(Fields.SHOWN_TITLE) + ".\n" + document.get(Fields.SHOWN_SUMMARY);
		String repaired = Folding.repaired(text);
		Read item = this.swedish.read(repaired, Documents.SUMMARY_WORDS);
		List<Reason> reasons = new ArrayList<>();
		for (Unit unit : asked.units()) {
			String written = written(asking, unit.token().begin(), unit.token().end());
			Reason best = reason(asked, unit, written, item, repaired);
			if (best != null) {
				reasons.add(best);
			}
		}
		reasons.sort(Comparator.comparingDouble((Reason reason) -> -reason.weight()));
		Set<Match> matches = new HashSet<>();
		return reasons.stream().map(Reason::match).filter(matches::add).limit(MOST_REASONS).toList();
	}

	private record Reason(Match match, double weight) {
	}

	private @Nullable Reason reason(Asked asked, Unit unit, String written, Read item, String text) {
		Match best = null;
		double most = 0.4;
		for (Token token : item.tokens()) {
			for (String feature : token.word().stop() ? List.<String>of() : token.word().features()) {
				double likeness = asked.answered(feature, unit);
				if (likeness > most) {
					most = likeness;
					best = new Match(written, written(text, token.begin(), token.end()),
							how(unit, token.word(), feature));
				}
			}
		}
		for (Span span : item.spans()) {
			double likeness = asked.answered(Word.asConcept(span.concept()), unit);
			if (likeness > most) {
				most = likeness;
				best = new Match(written,
						written(text, item.tokens().get(span.from()).begin(), item.tokens().get(span.to()).end()),
						How.SYNONYM);
			}
		}
		return (best != null) ? new Reason(best, most * unit.weight()) : null;
	}

	private static How how(Unit unit, Word word, String feature) {
		if (word.root().equals(unit.token().word().root())) {
			return How.WORD;
		}
		if (!unit.corrected().isEmpty()) {
			return How.SPELLING;
		}
		return switch (feature.charAt(0)) {
			case '#', '*' -> How.SYNONYM;
			case '~' -> How.WORD;
			case '+' -> How.COMPOUND;
			default -> unit.parts().isEmpty() ? How.WORD : How.COMPOUND;
		};
	}

	private static String written(String text, int begin, int end) {
		return text.substring(begin, end).toLowerCase(Locale.ROOT);
	}

}
