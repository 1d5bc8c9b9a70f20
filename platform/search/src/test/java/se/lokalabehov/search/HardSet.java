package se.lokalabehov.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.search.RelevanceSet.Asking;

/**
 * A set of queries that is made by machine and meant to be hard: each is a text of the
 * collection disturbed in several ways at once. The collection is that of
 * {@link RelevanceSet} and a crowd of texts from a file (JSON lines, gzip), among them
 * targets too; synonyms come from a thesaurus that the engine does not have (MyThes
 * format, ISO-8859-1). The same files give the same set; dev and test have different
 * targets.
 */
final class HardSet {

	private static final Pattern FIELD = Pattern
		.compile("\"(id|title|abstract|social_domain)\": (?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|(true|false))");

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}-]+");

	private static final Set<String> LITTLE = new HashSet<>(Arrays
		.asList(("och att det som en på är av för med till den har de inte om ett men var jag vi så kan man när år från "
				+ "eller ska vid hur vad vilka vilken vilket får ges blir bli inom efter under över utan dem deras sin sitt "
				+ "sina hos oss våra vårt vår riksdagen ställer sig bakom anförs motionen tillkännager detta regeringen "
				+ "bör andel antal källa")
			.split(" ")));

	/** Which words the trade is known by: no-answer queries are made without them. */
	private static final Pattern TRADE = Pattern
		.compile("(?iu).*(social|vård|omsorg|barn|missbruk|äldre|funktions|ungdom|"
				+ "unga|familj|våld|brott|hemlös|bidrag|bistånd|narkotika|alkohol|stöd|psyk|hälsa|kvinn|kriminell|äldre|"
				+ "pension|arbets|skol|nyanländ|asyl|bostad|spel|heder|trygg|jämställd|föräld|fängel|polis).*");

	private final List<Item> items = new ArrayList<>();

	private final Map<String, List<String>> thesaurus = new HashMap<>();

	private final Set<String> vocabulary = new HashSet<>();

	/** How many items have a word that begins so. */
	private final Map<String, Integer> beginnings = new HashMap<>();

	private final List<String> strangers = new ArrayList<>();

	private final List<Item> targets = new ArrayList<>();

	HardSet(Path texts, Path thesaurus) throws IOException {
		readThesaurus(thesaurus);
		this.items.addAll(RelevanceSet.items());
		this.targets.addAll(this.items.stream().filter((item) -> !item.id().startsWith("d")).toList());
		readCrowd(texts);
		for (Item item : this.items) {
			Set<String> begin = new HashSet<>();
			for (String word : words(item.title() + " " + item.summary())) {
				this.vocabulary.add(lower(word));
				begin.add(beginning(word));
			}
			begin.forEach((beginning) -> this.beginnings.merge(beginning, 1, Integer::sum));
		}
	}

	/** The collection. */
	List<Item> items() {
		return this.items;
	}

	/**
	 * The queries.
	 * @param test those to report, or else those to tune on
	 */
	List<Asking> queries(boolean test) {
		Random random = new Random(test ? 4711 : 42);
		List<Asking> queries = new ArrayList<>();
		for (Item target : this.targets) {
			if ((target.id().hashCode() * 31 % 2 == 0) == test) {
				continue;
			}
			for (int copy = 0; copy < 2; copy++) {
				Asking asking = disturbed(target, random);
				if (asking != null) {
					queries.add(asking);
				}
			}
		}
		List<String> none = new ArrayList<>(this.strangers.stream().filter(this::isStrange).toList());
		Collections.shuffle(none, new Random(3));
		int half = Math.min(150, none.size() / 2);
		for (String title : test ? none.subList(0, half) : none.subList(half, 2 * half)) {
			List<String> words = some(content(words(title)), 6, random);
			queries.add(new Asking("NONE",
					random.nextBoolean() ? String.join(" ", words)
							: words.stream().map((word) -> misspelt(word, random)).collect(Collectors.joining(" ")),
					Set.of()));
		}
		return queries;
	}

	/**
	 * None of its words begins as a word does that stands in few items of the collection.
	 */
	private boolean isStrange(String title) {
		int unknown = 0;
		for (String word : content(words(title))) {
			int count = (word.length() > 3) ? this.beginnings.getOrDefault(beginning(word), 0) : this.items.size();
			unknown += (count == 0) ? 1 : 0;
			if (count > 0 && count < this.items.size() / 50) {
				return false;
			}
		}
		return unknown > 0;
	}

	private static String beginning(String word) {
		return lower(word).substring(0, Math.min(5, word.length()));
	}

	private @Nullable Asking disturbed(Item target, Random random) {
		boolean whole = random.nextInt(3) == 0;
		List<String> words = new ArrayList<>(words(target.title()));
		if (whole || words.size() < 3) {
			List<String> more = words(target.summary());
			words.addAll(more.subList(0, Math.min(14, more.size())));
		}
		words.removeIf((word) -> LITTLE.contains(lower(word)) && random.nextBoolean());
		if (content(words).size() < 2) {
			return null;
		}
		String text = String.join(" ", words);
		String kind = List.of("SYNONYM", "COMPOUND", "MISSPELL", "OCR", "MIXED").get(random.nextInt(5));
		@Nullable String query = switch (kind) {
			case "SYNONYM" -> synonyms(some(content(words), 8, random), random);
			case "COMPOUND" -> compounds(some(words, 2 + random.nextInt(4), random), random);
			case "MISSPELL" -> each(some(words, 2 + random.nextInt(4), random), random);
			case "OCR" -> lost(String.join(" ", some(words, 2 + random.nextInt(4), random)), random);
			default -> mixed(words, random);
		};
		return (query == null || query.equals(text)) ? null : new Asking(kind, query, Set.of(target.id()));
	}

	private static String each(List<String> words, Random random) {
		return words.stream()
			.map((word) -> (word.length() > 3) ? misspelt(word, random) : word)
			.collect(Collectors.joining(" "));
	}

	private String mixed(List<String> words, Random random) {
		List<String> half = some(content(words), 2 + random.nextInt(4), random);
		if (random.nextBoolean()) {
			Collections.shuffle(half, random);
		}
		String text = half.stream()
			.map((word) -> random.nextInt(3) == 0 ? synonym(word, random) : word)
			.map((word) -> random.nextBoolean() ? parted(word, random) : word)
			.map((word) -> random.nextBoolean() && word.length() > 4 ? misspelt(word, random) : word)
			.collect(Collectors.joining(" "));
		return random.nextBoolean() ? lost(text, random) : text;
	}

	private static List<String> content(List<String> words) {
		List<String> content = new ArrayList<>(words);
		content.removeIf((word) -> LITTLE.contains(lower(word)));
		return content;
	}

	/**
	 * A part of the words, at least half of them, in their order, two that say something.
	 */
	private static List<String> some(List<String> words, int most, Random random) {
		List<String> some = new ArrayList<>(words);
		int keep = Math.min(most, Math.max(2, words.size() - random.nextInt(words.size() / 2 + 1)));
		while (some.size() > keep) {
			String word = some.get(random.nextInt(some.size()));
			if (LITTLE.contains(lower(word)) || content(some).size() > 2) {
				some.remove(word);
			}
			else {
				some.removeIf((other) -> LITTLE.contains(lower(other)));
				break;
			}
		}
		return some;
	}

	private @Nullable String synonyms(List<String> words, Random random) {
		int changed = 0;
		int kept = 0;
		List<String> said = new ArrayList<>();
		for (String word : words) {
			String other = synonym(word, random);
			if (!other.equals(word)) {
				changed++;
				said.add(other);
			}
			else if (kept < 2) {
				kept++;
				said.add(word);
			}
		}
		return (changed >= 2) ? String.join(" ", said) : null;
	}

	private String synonym(String word, Random random) {
		for (String form : forms(lower(word))) {
			List<String> others = this.thesaurus.get(form);
			if (others != null) {
				return others.get(random.nextInt(others.size()));
			}
		}
		return word;
	}

	/** The word, and what it may be inflected from. */
	private static List<String> forms(String word) {
		List<String> forms = new ArrayList<>(List.of(word));
		for (String ending : List.of("s", "t", "n", "en", "et", "ar", "er", "or", "na", "arna", "erna", "orna", "r",
				"de", "as", "a", "ade", "at", "erna")) {
			if (word.endsWith(ending) && word.length() - ending.length() >= 3) {
				String base = word.substring(0, word.length() - ending.length());
				forms.add(base);
				forms.add(base + "a");
			}
		}
		return forms;
	}

	private @Nullable String compounds(List<String> words, Random random) {
		List<String> said = new ArrayList<>();
		boolean changed = false;
		for (int at = 0; at < words.size(); at++) {
			String parted = parted(words.get(at), random);
			if (!parted.equals(words.get(at))) {
				changed = true;
				said.add(parted);
			}
			else if (at + 1 < words.size() && words.get(at).length() > 3 && words.get(at + 1).length() > 3
					&& random.nextInt(3) == 0) {
				said.add(words.get(at) + (random.nextBoolean() ? "s" : "") + lower(words.get(at + 1)));
				at++;
				changed = true;
			}
			else {
				said.add(words.get(at));
			}
		}
		if (random.nextInt(3) == 0) {
			Collections.reverse(said);
		}
		return changed ? String.join(" ", said) : null;
	}

	/**
	 * A compound written apart, if both sides of some place are words of the collection.
	 */
	private String parted(String word, Random random) {
		String lower = lower(word);
		for (int at = lower.length() - 4; at >= 4; at--) {
			String tail = lower.substring(at);
			String head = lower.substring(0, at);
			String bare = head.endsWith("s") ? head.substring(0, head.length() - 1) : head;
			boolean known = this.vocabulary.contains(head) || this.vocabulary.contains(bare);
			if (known && (this.vocabulary.contains(tail) || this.thesaurus.containsKey(tail))) {
				return switch (random.nextInt(3)) {
					case 0 -> bare + " " + tail;
					case 1 -> head + " " + tail;
					default -> tail + " " + ((random.nextBoolean()) ? "av " : "för ") + bare;
				};
			}
		}
		return word;
	}

	private static final String[][] SOUNDS = { { "sj", "sk" }, { "sj", "stj" }, { "sk", "sj" }, { "tj", "k" },
			{ "kj", "tj" }, { "ä", "e" }, { "e", "ä" }, { "å", "o" }, { "o", "å" }, { "ng", "n" }, { "k", "ck" },
			{ "c", "k" }, { "c", "s" }, { "ck", "k" }, { "x", "ks" }, { "z", "s" }, { "v", "w" }, { "ti", "tj" },
			{ "tion", "sjon" }, { "ssion", "sjon" }, { "hj", "j" }, { "gj", "j" }, { "lj", "j" }, { "g", "j" },
			{ "rd", "d" }, { "ö", "e" }, { "y", "u" }, { "i", "y" }, { "dd", "d" }, { "mm", "m" }, { "nn", "n" } };

	private static final String KEYS = "qwertyuiopåasdfghjklöäzxcvbnm";

	/** One misspelling, of longer words now and then two. */
	private static String misspelt(String word, Random random) {
		String once = once(word, random);
		return (word.length() > 8 && random.nextInt(3) == 0) ? once(once, random) : once;
	}

	private static String once(String word, Random random) {
		int at = random.nextInt(word.length());
		String before = word.substring(0, at);
		String after = word.substring(at + 1);
		char letter = word.charAt(at);
		return switch (random.nextInt(6)) {
			case 0 -> before + letter + letter + after;
			case 1 -> before + after;
			case 2 -> after.isEmpty() ? word + letter : before + after.charAt(0) + letter + after.substring(1);
			case 3 -> {
				int key = KEYS.indexOf(Character.toLowerCase(letter));
				yield (key < 0) ? before + after : before + KEYS.charAt((key + 1) % KEYS.length()) + after;
			}
			default -> {
				int first = random.nextInt(SOUNDS.length);
				for (int sound = 0; sound < SOUNDS.length; sound++) {
					String[] pair = SOUNDS[(first + sound) % SOUNDS.length];
					int there = lower(word).indexOf(pair[0]);
					if (there >= 0) {
						yield word.substring(0, there) + pair[1] + word.substring(there + pair[0].length());
					}
				}
				yield before + after;
			}
		};
	}

	/** What becomes of å, ä and ö, all in the same way. */
	private static String lost(String text, Random random) {
		int way = random.nextInt(6);
		StringBuilder lost = new StringBuilder();
		for (char letter : text.toCharArray()) {
			int which = "åäöÅÄÖ".indexOf(letter);
			lost.append((which < 0) ? String.valueOf(letter) : switch (way) {
				case 0 -> "aaoAAO".substring(which, which + 1);
				case 1 -> "?";
				case 2 -> "";
				case 3 -> " ";
				case 4 -> List.of("Ã¥", "Ã¤", "Ã¶", "Ã…", "Ã„", "Ã–").get(which);
				default -> List.of("a°", "a¨", "o¨", "A°", "A¨", "O¨").get(which);
			});
		}
		return lost.toString();
	}

	private void readThesaurus(Path file) throws IOException {
		List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
		String head = null;
		for (String line : lines.subList(1, lines.size())) {
			if (!line.startsWith("|")) {
				head = line.substring(0, line.indexOf('|'));
			}
			else if (head != null) {
				this.thesaurus.put(head, Arrays.asList(line.substring(1).split("\\|")));
			}
		}
	}

	private void readCrowd(Path file) throws IOException {
		int others = 0;
		int indicators = 0;
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				Map<String, String> fields = new HashMap<>();
				Matcher field = FIELD.matcher(line);
				while (field.find()) {
					fields.put(field.group(1), (field.group(2) != null) ? field.group(2) : field.group(3));
				}
				boolean social = "true".equals(fields.get("social_domain"));
				String id = fields.getOrDefault("id", "");
				String title = fields.getOrDefault("title", "");
				Item item = Item.of(Kind.REPORT, id, title, fields.getOrDefault("abstract", ""));
				boolean indicator = id.startsWith("kolada");
				if (social && indicator && indicators++ % 2 == 0) {
					this.items.add(item);
				}
				else if (!indicator && !title.startsWith("med anledning") && words(title).size() > 2) {
					int which = others++ % 20;
					if (social || which < 5) {
						this.items.add(item);
						if (which == 0) {
							this.targets.add(item);
						}
					}
					else if (!TRADE.matcher(title).matches()) {
						this.strangers.add(title);
					}
				}
			}
		}
	}

	private static List<String> words(String text) {
		return WORD.matcher(text).results().map((found) -> found.group()).toList();
	}

	private static String lower(String word) {
		return word.toLowerCase(Locale.ROOT);
	}

}
