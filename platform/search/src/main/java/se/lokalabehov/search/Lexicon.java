package se.lokalabehov.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.tartarus.snowball.ext.SwedishStemmer;

/**
 * What is known of Swedish words before any text is read: the words that say nothing, the
 * words of the trade, what compounds are made of, and the synonyms. All from data files
 * beside this class.
 */
final class Lexicon {

	/** The shortest part of a compound that is not listed by hand. */
	private static final int SHORTEST_PART = 4;

	private static final int LONGEST_COMPOUND = 40;

	private static final int LONGEST_CLOSED_FORM = 24;

	/** Ends of words, never the last part of a compound. */
	private static final Set<String> ENDINGS = Set.of("ling", "ning", "else", "skap", "ande", "ende", "aren", "erna",
			"arna", "orna", "ings", "ades", "lig", "ligt", "liga", "sam", "samt", "bart", "aste", "heten", "ares",
			"isk", "iska", "iskt", "inna", "ering", "erad", "erat", "full", "fullt", "lingar", "massig", "sion", "tion",
			"itet", "ansk", "arnas", "dera");

	private static final String[] DERIVATIONS = { "eringar", "ering", "ningar", "ning", "elser", "else", "ingar", "ing",
			"ande", "ende", "andet", "endet", "heter", "het", "tion", "isk", "are", "lig", "era", "ist", "and", "end",
			"bar", "ar", "er", "ad", "at", "ig", "a", "e" };

	private static final int SHORTEST_ROOT = 4;

	static final Lexicon STANDARD = new Lexicon();

	private final Set<String> stopwords = new HashSet<>();

	private final Set<String> common = new HashSet<>();

	/** Folded forms of the words that compounds are made of. */
	private final Set<String> parts = new HashSet<>(200_000);

	private final Set<String> partStems = new HashSet<>(100_000);

	/** Stems of all known words, each with its shortest word as it is written. */
	private final Map<String, String> stems = new HashMap<>(200_000);

	/** What words with å, ä or ö look like when those are gone: skeleton to word. */
	private final Map<String, String> lost = new HashMap<>();

	private final Synonyms synonyms;

	/** Roots that mean about the same by a general thesaurus. */
	private final Map<String, Set<String>> thesaurus = new HashMap<>(30_000);

	private Lexicon() {
		words("stopwords.txt").forEach((word) -> this.stopwords.add(Folding.folded(word)));
		words("common-words.txt").forEach((word) -> this.common.add(rootOf(Folding.folded(word))));
		words("own-parts.txt").forEach(this::addPart);
		for (String line : words("words.txt")) {
			boolean part = line.startsWith("+");
			String word = part ? line.substring(1) : line;
			this.stems.merge(stemOf(Folding.folded(word)), word, Lexicon::shorter);
			if (part) {
				addPart(word);
			}
			remember(word);
		}
		this.synonyms = Synonyms.read(lines("synonyms.txt"));
		this.synonyms.words().forEach((word) -> {
			this.stems.putIfAbsent(stemOf(Folding.folded(word)), word);
			remember(word);
		});
		for (String line : lines("thesaurus.txt")) {
			String[] words = line.split(" ");
			String first = rootOf(Folding.folded(words[0]));
			for (int at = 1; at < words.length; at++) {
				String other = rootOf(Folding.folded(words[at]));
				this.thesaurus.computeIfAbsent(first, (key) -> new LinkedHashSet<>(4)).add(other);
				this.thesaurus.computeIfAbsent(other, (key) -> new LinkedHashSet<>(4)).add(first);
			}
		}
	}

	/** The roots that mean about the same as a root by a general thesaurus. */
	Set<String> like(String root) {
		return this.thesaurus.getOrDefault(root, Set.of());
	}

	private void addPart(String word) {
		String folded = Folding.folded(word);
		this.parts.add(folded);
		this.partStems.add(stemOf(folded));
		if (folded.length() > 4 && folded.matches(".*[^aeiouy]e[lnr]")) {
			// fröken, fröknar
			this.partStems
				.add(stemOf(folded.substring(0, folded.length() - 2) + folded.charAt(folded.length() - 1) + "ar"));
		}
		remember(word);
	}

	private void remember(String word) {
		if (word.length() >= 4 && Folding.hasLosable(word)) {
			this.lost.putIfAbsent(Folding.skeleton(word), word);
		}
	}

	Synonyms synonyms() {
		return this.synonyms;
	}

	boolean isStopword(String folded) {
		return this.stopwords.contains(folded);
	}

	/** The words that say nothing. */
	Set<String> stopwords() {
		return this.stopwords;
	}

	boolean isCommon(String root) {
		return this.common.contains(root);
	}

	/** Whether it is a Swedish word, or made of some. */
	boolean knows(String folded) {
		return isWord(folded) || isStopword(folded) || !divided(folded).isEmpty();
	}

	/** Whether it is a word in the data files as it is. */
	boolean isWord(String folded) {
		return this.parts.contains(folded) || this.stems.containsKey(stemOf(folded));
	}

	private static String shorter(String one, String two) {
		return (two.length() < one.length()) ? two : one;
	}

	/** A folded form or stem as people write it, if the word is known. */
	String written(String folded) {
		return this.stems.getOrDefault(stemOf(folded), this.stems.getOrDefault(folded, folded));
	}

	/**
	 * The word whose å, ä and ö have been lost.
	 * @param skeleton a form without them
	 * @return the word with them, if one is known
	 */
	@Nullable String restored(String skeleton) {
		return (skeleton.length() >= 3) ? this.lost.get(skeleton) : null;
	}

	/** The stem of a folded form, by Snowball's Swedish stemmer (BSD-3-Clause). */
	static String stemOf(String folded) {
		SwedishStemmer stemmer = new SwedishStemmer();
		stemmer.setCurrent(folded);
		stemmer.stem();
		String stem = stemmer.getCurrent();
		return stem.isEmpty() ? folded : stem;
	}

	/** The root of a folded form. */
	static String rootOf(String folded) {
		return rootOfStem(stemOf(folded));
	}

	static String rootOfStem(String stem) {
		for (String ending : DERIVATIONS) {
			if (stem.endsWith(ending) && stem.length() - ending.length() >= SHORTEST_ROOT) {
				return stem.substring(0, stem.length() - ending.length());
			}
		}
		return stem;
	}

	/**
	 * What a compound is made of.
	 * @param folded a folded form
	 * @return where each part begins and ends (without the letter that binds it to the
	 * next), fewest parts first and among those the one with the longest; empty when the
	 * form is a word of its own or cannot be divided
	 */
	List<Piece> divided(String folded) {
		int length = folded.length();
		if (length < 7 || length > LONGEST_COMPOUND || this.parts.contains(folded)
				|| (length < 10 && this.partStems.contains(stemOf(folded)))) {
			return List.of();
		}
		// best[i]: the best division of the first i letters
		Division[] best = new Division[length + 1];
		best[0] = new Division(0, 0, null, null);
		for (int end = 3; end <= length; end++) {
			for (int begin = Math.max(0, end - LONGEST_CLOSED_FORM); begin <= end - 3; begin++) {
				Division before = best[begin];
				if (before == null || before.count >= 4) {
					continue;
				}
				String base = base(folded, begin, end, end == length);
				if (base != null) {
					int span = end - begin;
					Division candidate = new Division(before.count + 1, before.squares + span * span, before,
							new Piece(begin, end, base));
					if (candidate.betterThan(best[end])) {
						best[end] = candidate;
					}
				}
			}
		}
		Division whole = best[length];
		if (whole == null || whole.count < 2) {
			return List.of();
		}
		List<Piece> pieces = new ArrayList<>();
		for (Division at = whole; at.before != null; at = at.before) {
			pieces.addFirst(Objects.requireNonNull(at.piece));
		}
		return pieces;
	}

	/** The word that stands between two places, or none. */
	private @Nullable String base(String folded, int begin, int end, boolean last) {
		String part = folded.substring(begin, end);
		if (last) {
			if (ENDINGS.contains(part) || part.length() < 3) {
				return null;
			}
			if (this.parts.contains(part)) {
				return part;
			}
			return (part.length() >= SHORTEST_PART && this.partStems.contains(stemOf(part))) ? part : null;
		}
		int length = part.length();
		char binding = part.charAt(length - 1);
		String without = part.substring(0, length - 1);
		if ((binding == 'o' || binding == 'u') && this.parts.contains(without + "a")) {
			return without + "a";
		}
		if (this.parts.contains(part)) {
			return part;
		}
		if (length > 3 && binding == 's' && this.parts.contains(without)) {
			return without;
		}
		if (length < SHORTEST_PART) {
			return null;
		}
		if (binding == 'e' && this.parts.contains(without + "a")) {
			return without + "a";
		}
		if ((binding == 'e' || binding == 'a') && this.parts.contains(without)) {
			return without;
		}
		return this.parts.contains(part + "a") ? part + "a" : null;
	}

	/**
	 * A part of a compound.
	 *
	 * @param begin its first place
	 * @param end the place after its last
	 * @param base the word that it is
	 */
	record Piece(int begin, int end, String base) {
	}

	private record Division(int count, int squares, @Nullable Division before, @Nullable Piece piece) {

		boolean betterThan(@Nullable Division other) {
			return other == null || this.count < other.count
					|| (this.count == other.count && this.squares > other.squares);
		}

	}

	private static Collection<String> words(String file) {
		Set<String> words = new LinkedHashSet<>();
		for (String line : lines(file)) {
			for (String word : line.split(" ")) {
				if (!word.isBlank()) {
					words.add(word);
				}
			}
		}
		return words;
	}

	/** The lines of a data file, without the remarks. */
	private static List<String> lines(String file) {
		try (InputStream stream = Objects.requireNonNull(Lexicon.class.getResourceAsStream(file), file);
				BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
			return reader.lines().filter((line) -> !line.isBlank() && !line.startsWith("#")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
