package se.lokalabehov.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A text of the search box, read: a list of things that must hold, each of them a list of
 * which one must. Reading never fails: what is no syntax is read as plain words.
 *
 * @param groups what must hold
 * @param notice in Swedish, when it was not read as it was written; otherwise none
 */
record QueryText(List<List<Part>> groups, @Nullable String notice) {

	static final int MOST_CHARACTERS = 1_000;

	static final int MOST_PARTS = 32;

	static final int MOST_PREFIXES = 4;

	private static final int SHORTEST_PREFIX = 3;

	private static final Map<String, String> FIELDS = Map.ofEntries(Map.entry("titel", Fields.TITLE),
			Map.entry("title", Fields.TITLE), Map.entry("författare", Fields.AUTHOR),
			Map.entry("author", Fields.AUTHOR), Map.entry("utgivare", Fields.PUBLISHER),
			Map.entry("publisher", Fields.PUBLISHER), Map.entry("år", Fields.YEAR), Map.entry("year", Fields.YEAR),
			Map.entry("område", Fields.AREA), Map.entry("area", Fields.AREA), Map.entry("språk", Fields.LANGUAGE),
			Map.entry("language", Fields.LANGUAGE), Map.entry("målgrupp", Fields.TARGET_GROUP));

	/** How a part is looked for. */
	enum How {

		WORDS, PHRASE, PREFIX

	}

	/**
	 * One thing that is looked for.
	 *
	 * @param text words
	 * @param field a field of the index, or none for everywhere
	 * @param how in what way
	 * @param without whether it must not be there
	 */
	record Part(String text, @Nullable String field, How how, boolean without) {
	}

	static QueryText of(String text) {
		String shortened = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
		String notice = (shortened.length() < text.length())
				? "Sökfrågan var för lång; bara de första " + MOST_CHARACTERS + " tecknen användes." : null;
		return new Reader(shortened, notice).read();
	}

	private static final class Reader {

		private final String text;

		private @Nullable String notice;

		private final List<List<Part>> groups = new ArrayList<>();

		private int at;

		private int parts;

		private int prefixes;

		Reader(String text, @Nullable String notice) {
			this.text = text;
			this.notice = notice;
		}

		QueryText read() {
			if (this.text.chars().filter((letter) -> letter == '"').count() % 2 == 1) {
				return asWords("Ett citattecken saknar sitt par; sökningen gjordes på orden som de står.");
			}
			boolean either = false;
			while (next()) {
				if (this.text.startsWith("OR", this.at) && isWordEnd(this.at + 2)) {
					this.at += 2;
					if (this.groups.isEmpty() || either) {
						return asWords("OR behöver ett ord på var sida; sökningen gjordes på orden som de står.");
					}
					either = true;
					continue;
				}
				if (this.parts++ >= MOST_PARTS) {
					this.notice = "Sökfrågan hade för många ord; bara de första " + MOST_PARTS + " användes.";
					break;
				}
				Part part = part();
				if (part == null) {
					continue;
				}
				if (either && !part.without() && !this.groups.getLast().getFirst().without()) {
					this.groups.getLast().add(part);
				}
				else {
					this.groups.add(new ArrayList<>(List.of(part)));
				}
				either = false;
			}
			if (either) {
				return asWords("OR behöver ett ord på var sida; sökningen gjordes på orden som de står.");
			}
			return new QueryText(this.groups, this.notice);
		}

		private boolean next() {
			while (this.at < this.text.length() && Character.isWhitespace(this.text.charAt(this.at))) {
				this.at++;
			}
			return this.at < this.text.length();
		}

		private boolean isWordEnd(int place) {
			return place >= this.text.length() || Character.isWhitespace(this.text.charAt(place));
		}

		private @Nullable Part part() {
			boolean without = this.text.charAt(this.at) == '-' && !isWordEnd(this.at + 1);
			if (without) {
				this.at++;
			}
			int begin = this.at;
			int colon = begin;
			while (colon < this.text.length() && Character.isLetter(this.text.charAt(colon))) {
				colon++;
			}
			String field = null;
			if (colon > begin && colon + 1 < this.text.length() && this.text.charAt(colon) == ':'
					&& !Character.isWhitespace(this.text.charAt(colon + 1))) {
				String name = this.text.substring(begin, colon).toLowerCase(Locale.ROOT);
				field = FIELDS.get(name);
				if (field != null) {
					this.at = colon + 1;
				}
				else {
					this.notice = "Fältet " + name + " finns inte; det lästes som vanliga ord.";
				}
			}
			if (this.text.charAt(this.at) == '"') {
				int end = this.text.indexOf('"', this.at + 1);
				String phrase = this.text.substring(this.at + 1, end);
				this.at = end + 1;
				return phrase.isBlank() ? null : new Part(phrase, field, How.PHRASE, without);
			}
			begin = this.at;
			while (!isWordEnd(this.at) && this.text.charAt(this.at) != '"') {
				this.at++;
			}
			return word(this.text.substring(begin, this.at), field, without);
		}

		private Part word(String word, @Nullable String field, boolean without) {
			boolean prefix = word.endsWith("*") && word.indexOf('*') == word.length() - 1
					&& word.chars().limit(word.length() - 1L).allMatch(Character::isLetterOrDigit)
					&& word.length() > SHORTEST_PREFIX;
			if (word.indexOf('*') >= 0 && (!prefix || this.prefixes >= MOST_PREFIXES)) {
				this.notice = "Stjärna kan stå sist i högst " + MOST_PREFIXES + " ord med minst " + SHORTEST_PREFIX
						+ " bokstäver; annars lästes den inte.";
				prefix = false;
			}
			this.prefixes += prefix ? 1 : 0;
			return new Part(prefix ? word.substring(0, word.length() - 1) : word, field,
					prefix ? How.PREFIX : How.WORDS, without);
		}

		private QueryText asWords(String why) {
			return new QueryText(
					List.of(List.of(new Part(this.text.replaceAll("\\bOR\\b|[\"*:]", " "), null, How.WORDS, false))),
					why);
		}

	}

}
