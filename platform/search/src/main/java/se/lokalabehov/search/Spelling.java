package se.lokalabehov.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;

/**
 * Known words that are spelt almost like an unknown one: by edit distance (optimal string
 * alignment), at most two, among the synonyms of the field and the words of the index.
 */
final class Spelling {

	private static final int MOST = 3;

	private static final int MOST_LOOKED_AT = 500;

	private final List<String> ofTheField;

	Spelling(Synonyms synonyms) {
		this.ofTheField = synonyms.words().stream().map(Folding::folded).filter((word) -> word.length() > 4).toList();
	}

	/**
	 * A known word.
	 *
	 * @param form a folded form or stem
	 * @param distance in letters
	 */
	record Near(String form, int distance) {
	}

	/** The nearest known words, at most three, the nearest first. */
	List<Near> near(Word unknown, IndexReader reader, String field) throws IOException {
		int most = (unknown.form().length() > 6) ? 2 : (unknown.form().length() > 3) ? 1 : 0;
		if (most == 0 || unknown.form().length() > 40 || Character.isDigit(unknown.form().charAt(0))) {
			return List.of();
		}
		Map<String, Near> found = new LinkedHashMap<>();
		for (String word : this.ofTheField) {
			int distance = distance(unknown.form(), word, most);
			if (distance > 0 && distance <= most) {
				found.put(word, new Near(word, distance));
			}
		}
		Terms terms = MultiTerms.getTerms(reader, field);
		if (terms != null) {
			FuzzyTermsEnum near = new FuzzyTermsEnum(terms, new Term(field, unknown.stem()), most, 1, true);
			int looked = 0;
			for (BytesRef term = near.next(); term != null && looked < MOST_LOOKED_AT; term = near.next()) {
				looked++;
				String stem = term.utf8ToString();
				if (Word.isStem(stem)) {
					int distance = distance(unknown.stem(), stem, most);
					if (distance > 0 && distance <= most) {
						found.putIfAbsent(stem, new Near(stem, distance));
					}
				}
			}
		}
		List<Near> nearest = new ArrayList<>(found.values());
		nearest.sort(Comparator.comparingInt(Near::distance)
			.thenComparingInt((word) -> -commonBeginning(word.form(), unknown.form()))
			.thenComparing(Near::form));
		int best = nearest.isEmpty() ? 0 : nearest.getFirst().distance();
		return nearest.stream().filter((word) -> word.distance() == best).limit(MOST).toList();
	}

	private static int commonBeginning(String one, String two) {
		int at = 0;
		while (at < one.length() && at < two.length() && one.charAt(at) == two.charAt(at)) {
			at++;
		}
		return at;
	}

	/**
	 * The edit distance, neighbours changing places counted as one.
	 * @return the distance, or more than most
	 */
	static int distance(String one, String two, int most) {
		if (Math.abs(one.length() - two.length()) > most) {
			return most + 1;
		}
		int width = two.length() + 1;
		int[] beforeLast = new int[width];
		int[] last = new int[width];
		int[] now = new int[width];
		for (int at = 0; at < width; at++) {
			last[at] = at;
		}
		for (int row = 1; row <= one.length(); row++) {
			now[0] = row;
			int least = row;
			for (int at = 1; at < width; at++) {
				int change = (one.charAt(row - 1) != two.charAt(at - 1)) ? 1 : 0;
				int cost = Math.min(Math.min(now[at - 1], last[at]) + 1, last[at - 1] + change);
				if (row > 1 && at > 1 && one.charAt(row - 1) == two.charAt(at - 2)
						&& one.charAt(row - 2) == two.charAt(at - 1)) {
					cost = Math.min(cost, beforeLast[at - 2] + 1);
				}
				now[at] = cost;
				least = Math.min(least, cost);
			}
			if (least > most) {
				return most + 1;
			}
			int[] spare = beforeLast;
			beforeLast = last;
			last = now;
			now = spare;
		}
		return last[width - 1];
	}

}
