package se.lokalabehov.search;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The 4-grams of a text that is asked with, each with how much it says, and which of them
 * an item has. What they say together needs no word to be known or spelt right.
 */
final class Grams {

	/** In order, no two alike. */
	private final char[] asked;

	private final double[] weights;

	private final double mass;

	private final boolean[] found;

	/**
	 * Takes what is asked with.
	 * @param weights how much each says
	 */
	Grams(Map<Character, Double> weights) {
		this.asked = new char[weights.size()];
		this.weights = new double[weights.size()];
		int at = 0;
		for (Map.Entry<Character, Double> gram : new TreeMap<>(weights).entrySet()) {
			this.asked[at] = gram.getKey();
			this.weights[at++] = gram.getValue();
		}
		this.mass = Arrays.stream(this.weights).sum();
		this.found = new boolean[this.asked.length];
	}

	/**
	 * Looks for them in an item.
	 * @param buffer holds the grams of the item, in order
	 * @param at where they begin
	 * @param count how many they are
	 * @return the share of what is asked that the item has, 0 to 1
	 */
	double share(ByteBuffer buffer, int at, int count) {
		double said = 0;
		int next = 0;
		for (int gram = 0; gram < this.asked.length; gram++) {
			while (next < count && buffer.getChar(at + 2 * next) < this.asked[gram]) {
				next++;
			}
			this.found[gram] = next < count && buffer.getChar(at + 2 * next) == this.asked[gram];
			said += this.found[gram] ? this.weights[gram] : 0;
		}
		return (this.mass > 0) ? said / this.mass : 0;
	}

	/** The share of one word's grams that the item has that was looked at last. */
	double share(char[] word) {
		double said = 0;
		double all = 0;
		for (char gram : word) {
			int at = Arrays.binarySearch(this.asked, gram);
			all += this.weights[at];
			said += this.found[at] ? this.weights[at] : 0;
		}
		return (all > 0) ? said / all : 0;
	}

	/** How much a gram says that is asked with. */
	double weight(char gram) {
		return this.weights[Arrays.binarySearch(this.asked, gram)];
	}

}
