package se.lokalabehov.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.search.Lexicon.Piece;
import se.lokalabehov.search.Synonyms.Term;
import se.lokalabehov.search.Word.Part;

/**
 * What a Swedish text says: its words with everything that each can be found by, and the
 * concepts of the field that stand in it. Safe for several threads.
 */
final class Swedish {

	/** Longer words are cut: nobody has written them on purpose. */
	static final int LONGEST_WORD = 64;

	private static final int KEPT_WORDS = 300_000;

	private static final int GRAM = 4;

	private static final Pattern DOUBLED_VOWEL = Pattern.compile("([aeiouy])\\1+");

	private final Lexicon lexicon = Lexicon.STANDARD;

	private final ConcurrentHashMap<String, Word> words = new ConcurrentHashMap<>();

	/**
	 * A word in its place.
	 *
	 * @param begin its first place in the text
	 * @param end the place after its last
	 * @param word the word
	 */
	record Token(int begin, int end, Word word) {
	}

	/**
	 * A concept in its place.
	 *
	 * @param concept its number
	 * @param from the first of its tokens
	 * @param to the last of its tokens
	 */
	record Span(int concept, int from, int to) {
	}

	/**
	 * A text that has been read.
	 *
	 * @param tokens its words in order
	 * @param spans the concepts in order of their first token
	 */
	record Read(List<Token> tokens, List<Span> spans) {
	}

	/**
	 * Reads a text.
	 * @param text any text; places are those of this very text when it needs no repair
	 * @param limit the most words to read
	 */
	Read read(String text, int limit) {
		List<Token> tokens = joined(tokens(text, limit), text);
		return new Read(tokens, spans(tokens));
	}

	private List<Token> tokens(String text, int limit) {
		List<Token> tokens = new ArrayList<>(Math.min(limit, text.length() / 6 + 4));
		int length = text.length();
		int at = 0;
		while (at < length && tokens.size() < limit) {
			if (!begins(text, at)) {
				at++;
				continue;
			}
			int begin = at;
			while (at < length && continues(text, at)) {
				at++;
			}
			tokens.add(new Token(begin, at, word(text.substring(begin, Math.min(at, begin + LONGEST_WORD)))));
		}
		return tokens;
	}

	private static boolean begins(String text, int at) {
		char letter = text.charAt(at);
		return Character.isLetterOrDigit(letter) || (isLostLetter(letter) && at + 1 < text.length()
				&& Character.isLowerCase(text.charAt(at + 1)) && (at == 0 || !isLetter(text, at - 1)));
	}

	private static boolean continues(String text, int at) {
		char letter = text.charAt(at);
		if (Character.isLetterOrDigit(letter) || Character.getType(letter) == Character.NON_SPACING_MARK) {
			return true;
		}
		// A lost letter inside a word; at the end of one it is a question mark.
		return isLostLetter(letter) && at + 1 < text.length() && (Character.isLowerCase(text.charAt(at + 1))
				|| (text.charAt(at + 1) == letter && at + 2 < text.length() && isLetter(text, at + 2)));
	}

	private static boolean isLetter(String text, int at) {
		return Character.isLetter(text.charAt(at));
	}

	private static boolean isLostLetter(char letter) {
		return letter == '?' || letter == '\uFFFD' || letter == '¤';
	}

	/** Lays together what a lost letter has parted: sjukv rd, h lso. */
	private List<Token> joined(List<Token> tokens, String text) {
		List<Token> joined = null;
		for (int at = 0; at < tokens.size(); at++) {
			Token token = tokens.get(at);
			Token last = (joined != null) ? (joined.isEmpty() ? null : joined.getLast())
					: (at > 0) ? tokens.get(at - 1) : null;
			Word whole = (last != null && last.end() + 1 == token.begin()) ? whole(last, token, text) : null;
			if (whole != null && joined == null) {
				joined = new ArrayList<>(tokens.subList(0, at));
			}
			if (joined == null) {
				continue;
			}
			if (whole != null && last != null) {
				joined.removeLast();
				joined.add(new Token(last.begin(), token.end(), whole));
			}
			else {
				joined.add(token);
			}
		}
		return (joined != null) ? joined : tokens;
	}

	private @Nullable Word whole(Token first, Token second, String text) {
		if (second.end() - second.begin() > 12 || first.end() - first.begin() > LONGEST_WORD
				|| (first.word().known() && second.word().known()) || Character.isDigit(text.charAt(first.begin()))) {
			return null;
		}
		String one = Folding.skeleton(Folding.lowerCase(text.substring(first.begin(), first.end())));
		String two = Folding.skeleton(Folding.lowerCase(text.substring(second.begin(), second.end())));
		String restored = restored(one + two);
		if (restored == null || restored.length() != one.length() + two.length() + 1
				|| !Folding.folded(restored).startsWith(one)) {
			return null;
		}
		return word(restored);
	}

	/** A word form with everything that it can be found by. */
	Word word(String written) {
		Word known = this.words.get(written);
		if (known == null) {
			known = worked(Folding.lowerCase(Folding.repaired(written)));
			if (this.words.size() >= KEPT_WORDS) {
				this.words.clear();
			}
			this.words.put(written, known);
		}
		return known;
	}

	private Word worked(String lowerCase) {
		String letters = lowerCase.replace('?', Folding.LOST)
			.replace('\uFFFD', Folding.LOST)
			.replace('¤', Folding.LOST);
		boolean damaged = letters.indexOf(Folding.LOST) >= 0;
		String folded = Folding.folded(letters);
		String read = folded;
		if (damaged || (!Folding.hasLosable(letters) && letters.length() >= 3 && !this.lexicon.knows(folded))) {
			String restored = restored(Folding.skeleton(letters));
			if (restored != null) {
				read = Folding.folded(restored);
			}
		}
		read = read.replace(String.valueOf(Folding.LOST), "");
		if (!this.lexicon.knows(read)) {
			// No Swedish word has the same vowel twice in a row, but misspellings do.
			read = DOUBLED_VOWEL.matcher(read).replaceAll("$1");
		}
		if (read.isEmpty()) {
			read = "?";
		}
		String stem = Lexicon.stemOf(read);
		String root = Lexicon.rootOfStem(stem);
		String lost = (damaged || Folding.hasLosable(letters)) ? Lexicon.stemOf(Folding.skeleton(letters)) : null;
		String skeleton = (lost != null && lost.length() >= 3) ? lost : null;
		List<Part> parts = parts(read);
		boolean stop = this.lexicon.isStopword(read) || (read.length() == 1 && !Character.isDigit(read.charAt(0)));
		List<String> features = features(stem, root, skeleton, parts);
		return new Word(read, stem, root, skeleton, parts, stop, this.lexicon.isCommon(root), features,
				features.stream().mapToInt(Said::hash).toArray(), stop ? new char[0] : grams(read),
				this.lexicon.knows(read));
	}

	/** The known word, or the known word and its ending, that lost its letters. */
	private @Nullable String restored(String skeleton) {
		String whole = this.lexicon.restored(skeleton);
		if (whole != null) {
			return whole;
		}
		for (int ending = 1; ending <= 3 && skeleton.length() - ending >= 4; ending++) {
			String word = this.lexicon.restored(skeleton.substring(0, skeleton.length() - ending));
			if (word != null) {
				return word + skeleton.substring(skeleton.length() - ending);
			}
		}
		return null;
	}

	private List<Part> parts(String folded) {
		List<Piece> pieces = this.lexicon.divided(folded);
		if (pieces.isEmpty()) {
			return List.of();
		}
		List<Part> parts = new ArrayList<>();
		for (Piece piece : pieces) {
			parts.add(part(piece.base(), true));
		}
		// What several of them make together is a word too: familjehem in
		// familjehemsvård.
		for (int first = 0; first < pieces.size(); first++) {
			for (int last = first + 1; last < pieces.size() && (first > 0 || last < pieces.size() - 1); last++) {
				String several = folded.substring(pieces.get(first).begin(), pieces.get(last - 1).end())
						+ pieces.get(last).base();
				if (this.lexicon.isWord(several)) {
					parts.add(part(several, false));
				}
			}
		}
		return List.copyOf(parts);
	}

	private Part part(String base, boolean whole) {
		String root = Lexicon.rootOf(base);
		return new Part(root, this.lexicon.isCommon(root), this.lexicon.synonyms().ofWord(root), whole);
	}

	private static List<String> features(String stem, String root, @Nullable String skeleton, List<Part> parts) {
		Set<String> features = new LinkedHashSet<>();
		features.add(stem);
		if (!root.equals(stem)) {
			features.add(Word.asRoot(root));
		}
		if (skeleton != null) {
			features.add(Word.asSkeleton(skeleton));
		}
		for (Part part : parts) {
			features.add(Word.asPart(part.root()));
			part.concepts().forEach((concept) -> features.add(Word.asPartConcept(concept)));
		}
		return List.copyOf(features);
	}

	/** Hashes of the 4-grams of a word with its borders, 16 bits each, no two alike. */
	static char[] grams(String folded) {
		String bordered = "_" + folded + "_";
		Set<Character> grams = new HashSet<>();
		for (int at = 0; at + GRAM <= bordered.length(); at++) {
			int hash = 0;
			for (int offset = 0; offset < GRAM; offset++) {
				hash = hash * 31 + bordered.charAt(at + offset);
			}
			hash *= 0x9E3779B1;
			grams.add((char) (hash >>> 16));
		}
		char[] hashes = new char[grams.size()];
		int next = 0;
		for (char gram : grams) {
			hashes[next++] = gram;
		}
		return hashes;
	}

	private List<Span> spans(List<Token> tokens) {
		Synonyms synonyms = this.lexicon.synonyms();
		List<String> roots = new ArrayList<>(tokens.size());
		for (Token token : tokens) {
			roots.add(token.word().root());
		}
		List<Span> spans = new ArrayList<>();
		for (int at = 0; at < roots.size(); at++) {
			for (Term term : synonyms.beginningWith(roots.get(at))) {
				if (term.standsAt(at, roots)) {
					spans.add(new Span(term.concept(), at, at + term.roots().size() - 1));
				}
			}
		}
		return spans;
	}

}
