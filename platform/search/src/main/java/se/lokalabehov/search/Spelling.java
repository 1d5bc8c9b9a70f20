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

	/**
	 * The nearest known words, at most three, the nearest first. What may be a Swedish
	 * word, if only a compound that makes no sense (familjehemm), is taken for a long
	 * word of the field that differs in one letter, and for nothing else.
	 */
	List<Near> near(Word unknown, IndexReader reader, String field) throws IOException {
		int length = unknown.form().length();
		int most = (length > 7) ? 2 : (length > 3) ? 1 : 0;
		if (unknown.known()) {
			most = (length > 7) ? 1 : 0;
		}
		if (most == 0 || length > 40 || Character.isDigit(unknown.form().charAt(0))) {
			return List.of();
		}
		Map<String, Near> found = new LinkedHashMap<>();
		for (String word : this.ofTheField) {
			keep(found, unknown.form(), word, most);
		}
		Terms terms = unknown.known() ? null : MultiTerms.getTerms(reader, field);
		if (terms != null) {
			collect(found, terms, field, unknown.stem(), most, 1);
			if (found.isEmpty()) {
				collect(found, terms, field, unknown.stem(), 1, 0);
			}
		}
		List<Near> nearest = new ArrayList<>(found.values());
		nearest.removeIf((word) -> Lexicon.stemOf(word.form()).equals(unknown.stem()));
		nearest.sort(Comparator.comparingInt(Near::distance)
			.thenComparingInt((word) -> -commonBeginning(word.form(), unknown.form()))
			.thenComparing(Near::form));
		int best = nearest.isEmpty() ? 0 : nearest.getFirst().distance();
		return nearest.stream().filter((word) -> word.distance() == best).limit(MOST).toList();
	}

	/** Whether an unknown word is one that says nothing, with one letter wrong. */
	static boolean saysNothing(Word unknown) {
		String form = unknown.form();
		return !unknown.known() && form.length() > 3
				&& Lexicon.STANDARD.stopwords()
					.stream()
					.anyMatch((word) -> word.length() > 2 && distance(form, word, 1) <= 1);
	}

	private static void collect(Map<String, Near> found, Terms terms, String field, String stem, int most, int prefix)
			throws IOException {
		FuzzyTermsEnum near = new FuzzyTermsEnum(terms, new Term(field, stem), most, prefix, true);
		int looked = 0;
		for (BytesRef term = near.next(); term != null && looked < MOST_LOOKED_AT; term = near.next()) {
			looked++;
			String word = term.utf8ToString();
			if (Word.isStem(word)) {
				keep(found, stem, word, most);
			}
		}
	}

	/** A word that sounds the same is nearer than one that differs in a letter. */
	private static void keep(Map<String, Near> found, String unknown, String word, int most) {
		int distance = distance(unknown, word, most);
		if (distance > 0 && distance <= most) {
			found.putIfAbsent(word, new Near(word, sound(unknown).equals(sound(word)) ? 1 : distance));
		}
	}

	/** How a folded word sounds, roughly: what spells the same sound is one. */
	static String sound(String word) {
		StringBuilder sound = new StringBuilder(word.length());
		String letters = word.replace("stj", "sj")
			.replace("skj", "sj")
			.replace("sch", "sj")
			.replace("ssion", "sjon")
			.replace("tion", "sjon")
			.replace("sion", "sjon")
			.replace("ck", "k")
			.replace("ph", "f")
			.replace("x", "ks")
			.replace("tj", "kj")
			.replace("hj", "j")
			.replace("lj", "j")
			.replace("gj", "j");
		for (int at = 0; at < letters.length(); at++) {
			char letter = switch (letters.charAt(at)) {
				case 'c' -> (at + 1 < letters.length() && "eiy".indexOf(letters.charAt(at + 1)) >= 0) ? 's' : 'k';
				case 'q' -> 'k';
				case 'w' -> 'v';
				case 'z' -> 's';
				case 'e' -> 'a';
				default -> letters.charAt(at);
			};
			if (sound.isEmpty() || sound.charAt(sound.length() - 1) != letter) {
				sound.append(letter);
			}
		}
		return sound.toString();
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
