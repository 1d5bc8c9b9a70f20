package se.lokalabehov.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.lucene.util.IntsRefBuilder;

/**
 * The synonyms of the field: concepts, each with the words and phrases that stand for it.
 */
final class Synonyms {

	/** Terms by their first root. */
	private final Map<String, List<Term>> terms = new HashMap<>();

	/** Concepts whose terms are near each other but do not mean the same. */
	private final Set<Integer> related = new LinkedHashSet<>();

	/** Of each concept, the hash of its feature. */
	private final IntsRefBuilder hashes = new IntsRefBuilder();

	private final Set<String> words = new LinkedHashSet<>();

	private Synonyms() {
	}

	/**
	 * Reads the data file: a concept a line, its terms divided by commas; a line that
	 * begins with ~ holds terms that are near each other.
	 */
	static Synonyms read(List<String> lines) {
		Synonyms synonyms = new Synonyms();
		int concept = 0;
		for (String line : lines) {
			boolean near = line.startsWith("~");
			if (near) {
				synonyms.related.add(concept);
			}
			for (String written : (near ? line.substring(1) : line).split(",")) {
				List<String> roots = new ArrayList<>();
				for (String word : Folding.lowerCase(written).strip().split("[^\\p{L}\\p{N}]+")) {
					if (!word.isEmpty()) {
						synonyms.words.add(word);
					}
					String folded = Folding.folded(word);
					if (!folded.isEmpty()) {
						roots.add(Lexicon.rootOf(folded));
					}
				}
				if (!roots.isEmpty()) {
					Term term = new Term(List.copyOf(roots), concept);
					List<Term> of = synonyms.terms.computeIfAbsent(roots.getFirst(), (first) -> new ArrayList<>());
					if (!of.contains(term)) {
						of.add(term);
					}
				}
			}
			synonyms.hashes.append(Said.hash(Word.asConcept(concept)));
			concept++;
		}
		synonyms.terms.values().forEach((of) -> of.sort((one, two) -> two.roots.size() - one.roots.size()));
		return synonyms;
	}

	/** The hash of a concept as a feature. */
	int hash(int concept) {
		return this.hashes.intAt(concept);
	}

	/** Every word of every term, as written. */
	Set<String> words() {
		return this.words;
	}

	/** Whether the terms of a concept are near each other only. */
	boolean isRelated(int concept) {
		return this.related.contains(concept);
	}

	/** The terms that begin with a root, the longest first. */
	List<Term> beginningWith(String root) {
		return this.terms.getOrDefault(root, List.of());
	}

	/** The concepts that a single word stands for. */
	List<Integer> ofWord(String root) {
		return beginningWith(root).stream()
			.filter((term) -> term.roots.size() == 1)
			.map(Term::concept)
			.distinct()
			.toList();
	}

	/**
	 * A word or phrase.
	 *
	 * @param roots of its words
	 * @param concept what it stands for
	 */
	record Term(List<String> roots, int concept) {

		boolean standsAt(int at, List<String> text) {
			if (at + this.roots.size() > text.size()) {
				return false;
			}
			for (int offset = 1; offset < this.roots.size(); offset++) {
				if (!this.roots.get(offset).equals(text.get(at + offset))) {
					return false;
				}
			}
			return true;
		}

	}

}
