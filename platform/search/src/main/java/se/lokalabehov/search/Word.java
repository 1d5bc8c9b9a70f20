package se.lokalabehov.search;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A word form with everything that it can be found by. All text is folded: lower case, å
 * and ä are a, ö is o.
 *
 * @param form the form itself
 * @param stem without its inflection (Snowball)
 * @param root the stem without what makes a noun of a verb and the like, so that
 * behandla, behandling and behandlade are one
 * @param skeleton the stem without å, ä and ö, for texts that have lost them; none when
 * the form has none to lose
 * @param parts what it is composed of, in order; empty unless it is a compound
 * @param stop whether it says nothing
 * @param common whether it stands in a great many texts of the trade
 * @param features what stands for it in an index, the stem first
 * @param hashes of the features, in the same order
 * @param grams hashes of its 4-grams, 16 bits each
 * @param known whether it is a Swedish word, or made of some
 */
record Word(String form, String stem, String root, @Nullable String skeleton, List<Part> parts, boolean stop,
		boolean common, List<String> features, int[] hashes, char[] grams, boolean known) {

	/**
	 * A part of a compound.
	 *
	 * @param root its root
	 * @param common whether it is a common word of the trade
	 * @param concepts the numbers of the concepts that it stands for
	 * @param whole whether it is one of the parts that together make the word; otherwise
	 * it is several of them, as familjehem is in familjehemsvård
	 */
	record Part(String root, boolean common, List<Integer> concepts, boolean whole) {
	}

	/** The root of a word as a part of a compound. */
	static String asPart(String root) {
		return "+" + root;
	}

	/** The root of a word whose stem is longer. */
	static String asRoot(String root) {
		return "^" + root;
	}

	/** What is left of a word that has lost its å, ä and ö. */
	static String asSkeleton(String skeleton) {
		return "~" + skeleton;
	}

	/** A concept of the synonyms. */
	static String asConcept(int concept) {
		return "#" + concept;
	}

	/** A concept that a part of a compound stands for. */
	static String asPartConcept(int concept) {
		return "*" + concept;
	}

	/** Whether a feature is a stem, and so can be read as a word. */
	static boolean isStem(String feature) {
		return Character.isLetterOrDigit(feature.charAt(0));
	}

}
