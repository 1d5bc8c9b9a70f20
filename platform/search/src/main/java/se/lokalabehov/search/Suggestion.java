package se.lokalabehov.search;

import java.util.List;

/**
 * Something that resembles what is being written.
 *
 * @param id of the item
 * @param kind what it is
 * @param title its title as stored
 * @param score how sure it is that the two are about the same, 0 to 1; does not depend on
 * how many items there are
 * @param why what they have in common, what weighs most first
 */
public record Suggestion(String id, Kind kind, String title, double score, List<Match> why) {

	/**
	 * Something in common.
	 *
	 * @param inText the word or phrase of the text
	 * @param inItem the word or phrase of the item
	 * @param how in what way they are alike
	 */
	public record Match(String inText, String inItem, How how) {

		/**
		 * For people, such as {@code skadligt bruk ≈ missbruk}.
		 * @return one word or phrase when they are the same, otherwise both
		 */
		public String shown() {
			return this.inText.equalsIgnoreCase(this.inItem) ? this.inText : this.inText + " ≈ " + this.inItem;
		}

	}

	/** In what way a word is like another. */
	public enum How {

		/** The same word, perhaps inflected, or with its å, ä and ö lost. */
		WORD,
		/** One is a part of the other, or they share parts. */
		COMPOUND,
		/** They mean the same, or almost, by the synonyms of the field. */
		SYNONYM,
		/** They are spelt almost alike. */
		SPELLING

	}

}
