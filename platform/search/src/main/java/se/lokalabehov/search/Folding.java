package se.lokalabehov.search;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Folding of Swedish letters, and repair of what other programs have done to them.
 */
final class Folding {

	/** Stands for a letter that was lost but left its place. */
	static final char LOST = '\uE000';

	/**
	 * Marks that stand beside the letter that they belong on, as PDF programs give them.
	 */
	private static final String[][] BESIDE = { { "a¨", "ä" }, { "o¨", "ö" }, { "A¨", "Ä" }, { "O¨", "Ö" },
			{ "¨a", "ä" }, { "¨o", "ö" }, { "¨A", "Ä" }, { "¨O", "Ö" }, { "a°", "å" }, { "A°", "Å" }, { "a˚", "å" },
			{ "A˚", "Å" }, { "˚a", "å" }, { "˚A", "Å" } };

	private static final String[][] MOJIBAKE = { { "Ã¥", "å" }, { "Ã¤", "ä" }, { "Ã¶", "ö" }, { "Ã…", "Å" },
			{ "Ã„", "Ä" }, { "Ã–", "Ö" }, { "Ã©", "é" } };

	private Folding() {
	}

	/**
	 * The same text with composed letters and without the traces of UTF-8 that was read
	 * as Latin-1.
	 */
	static String repaired(String text) {
		String repaired = Normalizer.isNormalized(text, Normalizer.Form.NFC) ? text
				: Normalizer.normalize(text, Normalizer.Form.NFC);
		if (repaired.indexOf('Ã') >= 0) {
			repaired = replaced(repaired, MOJIBAKE);
		}
		if (repaired.indexOf('¨') >= 0 || repaired.indexOf('°') >= 0 || repaired.indexOf('˚') >= 0) {
			repaired = replaced(repaired, BESIDE);
		}
		return repaired;
	}

	private static String replaced(String text, String[][] pairs) {
		String replaced = text;
		for (String[] pair : pairs) {
			replaced = replaced.replace(pair[0], pair[1]);
		}
		return replaced;
	}

	/** Lower case, å and ä to a, ö to o, accents off; one letter stays one letter. */
	static String folded(String lowerCase) {
		StringBuilder folded = null;
		for (int at = 0; at < lowerCase.length(); at++) {
			char letter = lowerCase.charAt(at);
			char to = folded(letter);
			if (to != letter && folded == null) {
				folded = new StringBuilder(lowerCase);
			}
			if (folded != null) {
				folded.setCharAt(at, to);
			}
		}
		return (folded != null) ? folded.toString() : lowerCase;
	}

	static String lowerCase(String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		// A letter whose lower case is longer would move every place after it.
		return (lower.length() == text.length()) ? lower : text;
	}

	/** Without å, ä, ö and lost letters. */
	static String skeleton(String lowerCase) {
		StringBuilder skeleton = new StringBuilder(lowerCase.length());
		for (int at = 0; at < lowerCase.length(); at++) {
			char letter = lowerCase.charAt(at);
			if (!isLosable(letter)) {
				skeleton.append(folded(letter));
			}
		}
		return skeleton.toString();
	}

	static boolean hasLosable(String lowerCase) {
		for (int at = 0; at < lowerCase.length(); at++) {
			if (isLosable(lowerCase.charAt(at))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isLosable(char letter) {
		return letter == 'å' || letter == 'ä' || letter == 'ö' || letter == LOST;
	}

	static char folded(char letter) {
		return switch (letter) {
			case 'å', 'ä', 'á', 'à', 'â', 'ã', 'æ' -> 'a';
			case 'ö', 'ø', 'ó', 'ò', 'ô', 'õ' -> 'o';
			case 'é', 'è', 'ê', 'ë' -> 'e';
			case 'ü', 'ú', 'ù', 'û' -> 'u';
			case 'í', 'ì', 'î', 'ï' -> 'i';
			case 'ç' -> 'c';
			case 'ñ' -> 'n';
			default -> letter;
		};
	}

}
