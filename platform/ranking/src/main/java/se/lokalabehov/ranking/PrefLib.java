package se.lokalabehov.ranking;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * An election in the format of PrefLib (N. Mattei and T. Walsh, "PrefLib: a library for
 * preferences", ADT 2013; the format with {@code # KEY: value} lines, in use since 2022):
 * orders that are strict and complete (soc), strict and incomplete (soi), with ties and
 * complete (toc), with ties and incomplete (toi). <pre>
 * # TITLE: example
 * # DATA TYPE: toi
 * # NUMBER ALTERNATIVES: 3
 * # ALTERNATIVE NAME 1: the first
 * 12: 2,{1,3}
 * </pre>
 *
 * @param title what the file calls itself; may be empty
 * @param names of the alternatives, number 1 first
 * @param ballots equal ones counted together, in the order of the file; an item is its
 * number less one; what is unlisted is left out
 */
public record PrefLib(String title, List<String> names, List<Ballot> ballots) {

	/** The most alternatives that are read. */
	public static final int MOST_ALTERNATIVES = 10_000;

	private static final Pattern NAME = Pattern.compile("ALTERNATIVE NAME ([0-9]{1,6})");

	private static final Pattern COUNT = Pattern.compile("[0-9]{1,10}");

	/** The kinds of order. */
	public enum Kind {

		/** Strict, complete. */
		SOC,
		/** Strict, incomplete. */
		SOI,
		/** With ties, complete. */
		TOC,
		/** With ties, incomplete. */
		TOI;

		static Kind of(boolean ties, boolean incomplete) {
			return ties ? (incomplete ? TOI : TOC) : (incomplete ? SOI : SOC);
		}

		/** The ending of a file's name, for example {@code soc}. */
		public String ending() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/** A file that is no election: says in which line, and why. */
	public static final class Malformed extends IOException {

		private static final long serialVersionUID = 1L;

		Malformed(int line, String why) {
			super("line " + line + ": " + why);
		}

	}

	public PrefLib {
		names = List.copyOf(names);
		ballots = List.copyOf(ballots);
	}

	/** The narrowest kind that fits. */
	public Kind kind() {
		return Kind.of(this.ballots.stream().anyMatch(PrefLib::ties),
				this.ballots.stream().anyMatch((ballot) -> listed(ballot) < this.names.size()));
	}

	/**
	 * The ballots as a profile. Its items are the alternatives' numbers, {@code 1} first.
	 * @param unranked what an unlisted alternative means
	 */
	public Profile profile(Unranked unranked) {
		int n = this.names.size();
		List<String> items = IntStream.rangeClosed(1, n).mapToObj(Integer::toString).toList();
		return Profile.of(items,
				this.ballots.stream()
					.map((ballot) -> new Ballot(Ballot.completed(ballot.order(),
							ballot.order().stream().flatMap(List::stream).collect(Collectors.toSet()), n, unranked),
							ballot.count(), ballot.group()))
					.toList());
	}

	/**
	 * Reads line by line. Blank lines, a byte order mark, spaces about numbers and any
	 * ends of lines are taken as they come; anything that is not of the format is
	 * refused.
	 * @throws Malformed with the number of the line, from 1
	 */
	public static PrefLib read(Reader source) throws IOException {
		return new Reading().read(new BufferedReader(source));
	}

	/**
	 * Writes, each line ended by one line feed. Blank ballots have no line, and groups of
	 * the panel are not told: the format has neither.
	 */
	public String write() {
		List<Ballot> written = this.ballots.stream().filter((ballot) -> !ballot.order().isEmpty()).toList();
		Map<String, Long> lines = new TreeMap<>();
		written.forEach((ballot) -> lines.merge(line(ballot), (long) ballot.count(), Long::sum));
		StringBuilder text = new StringBuilder();
		head(text, "TITLE", oneLine(this.title));
		head(text, "DATA TYPE", new PrefLib(this.title, this.names, written).kind().ending());
		head(text, "NUMBER ALTERNATIVES", this.names.size());
		head(text, "NUMBER VOTERS", lines.values().stream().mapToLong(Long::longValue).sum());
		head(text, "NUMBER UNIQUE ORDERS", lines.size());
		for (int item = 0; item < this.names.size(); item++) {
			head(text, "ALTERNATIVE NAME " + (item + 1), oneLine(this.names.get(item)));
		}
		lines.forEach((order, count) -> text.append(count).append(": ").append(order).append('\n'));
		return text.toString();
	}

	private static void head(StringBuilder text, String key, Object value) {
		text.append("# ").append(key).append(": ").append(value).append('\n');
	}

	private static String oneLine(String words) {
		return words.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
	}

	private static String line(Ballot ballot) {
		return ballot.order().stream().map((tied) -> {
			String items = tied.stream().map((item) -> "" + (item + 1)).collect(Collectors.joining(","));
			return (tied.size() > 1) ? "{" + items + "}" : items;
		}).collect(Collectors.joining(","));
	}

	private static boolean ties(Ballot ballot) {
		return ballot.order().stream().anyMatch((tied) -> tied.size() > 1);
	}

	private static int listed(Ballot ballot) {
		return ballot.order().stream().mapToInt(List::size).sum();
	}

	/** Says nothing of ballots. */
	@Override
	public String toString() {
		return "PrefLib[" + this.names.size() + " alternatives]";
	}

	private static final class Reading {

		private int number;

		private String title = "";

		private @Nullable Kind kind;

		private long alternatives = -1;

		private long voters = -1;

		private long orders = -1;

		private final TreeMap<Integer, String> names = new TreeMap<>();

		private final HashSet<String> seen = new HashSet<>();

		private final List<Ballot> ballots = new ArrayList<>();

		PrefLib read(BufferedReader lines) throws IOException {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				this.number++;
				String text = ((this.number == 1 && line.startsWith("\uFEFF")) ? line.substring(1) : line).strip();
				if (text.startsWith("#")) {
					head(text.substring(1).strip());
				}
				else if (!text.isEmpty()) {
					ballot(text);
				}
			}
			check(this.alternatives >= 0, "no line NUMBER ALTERNATIVES");
			checkNames();
			long cast = this.ballots.stream().mapToLong(Ballot::count).sum();
			check(this.voters < 0 || this.voters == cast,
					"NUMBER VOTERS says " + this.voters + ", the orders count " + cast);
			check(this.orders < 0 || this.orders == this.ballots.size(),
					"NUMBER UNIQUE ORDERS says " + this.orders + ", there are " + this.ballots.size());
			return new PrefLib(this.title, List.copyOf(this.names.values()), this.ballots);
		}

		private void head(String text) throws Malformed {
			int colon = text.indexOf(':');
			if (colon < 0) {
				return;
			}
			String key = text.substring(0, colon).strip();
			String value = text.substring(colon + 1).strip();
			Matcher name = NAME.matcher(key);
			if (!this.seen.add(key) && (name.matches() || key.startsWith("NUMBER ") || key.equals("DATA TYPE"))) {
				throw new Malformed(this.number, key + " stands twice");
			}
			if (name.matches()) {
				this.names.put(Integer.parseInt(name.group(1)), value);
			}
			else if (key.equals("TITLE")) {
				this.title = value;
			}
			else if (key.equals("DATA TYPE")) {
				this.kind = kind(value);
			}
			else if (key.equals("NUMBER ALTERNATIVES")) {
				this.alternatives = count(value);
				check(this.alternatives <= MOST_ALTERNATIVES, "more than " + MOST_ALTERNATIVES + " alternatives");
			}
			else if (key.equals("NUMBER VOTERS")) {
				this.voters = count(value);
			}
			else if (key.equals("NUMBER UNIQUE ORDERS")) {
				this.orders = count(value);
			}
		}

		private Kind kind(String value) throws Malformed {
			for (Kind one : Kind.values()) {
				if (one.ending().equals(value.toLowerCase(Locale.ROOT))) {
					return one;
				}
			}
			throw new Malformed(this.number, "DATA TYPE is none of soc, soi, toc, toi");
		}

		private void ballot(String text) throws Malformed {
			check(this.alternatives >= 0, "an order before the line NUMBER ALTERNATIVES");
			int colon = text.indexOf(':');
			check(colon > 0, "not of the form count: 1,2,{3,4}");
			long count = count(text.substring(0, colon).strip());
			check(count >= 1 && count <= Integer.MAX_VALUE, "a count from 1 to " + Integer.MAX_VALUE);
			Ballot ballot = new Ballot(order(text.substring(colon + 1)), (int) count, null);
			check(this.kind == null || this.kind == Kind.TOC || this.kind == Kind.TOI || !ties(ballot),
					"a tie, where DATA TYPE says there is none");
			check(this.kind == null || this.kind == Kind.SOI || this.kind == Kind.TOI
					|| listed(ballot) == this.alternatives, "incomplete, where DATA TYPE says complete");
			this.ballots.add(ballot);
		}

		private List<List<Integer>> order(String text) throws Malformed {
			List<List<Integer>> order = new ArrayList<>();
			BitSet listed = new BitSet();
			@Nullable List<Integer> tied = null;
			for (String part : text.split(",", -1)) {
				String word = part.strip();
				if (word.startsWith("{")) {
					check(tied == null, "{ within {");
					tied = new ArrayList<>();
					word = word.substring(1).strip();
				}
				boolean closes = word.endsWith("}");
				word = closes ? word.substring(0, word.length() - 1).strip() : word;
				check(!closes || tied != null, "} without {");
				long item = count(word);
				check(item >= 1 && item <= this.alternatives, "no alternative " + item);
				check(!listed.get((int) item), "alternative " + item + " stands twice");
				listed.set((int) item);
				if (tied == null) {
					order.add(List.of((int) item - 1));
				}
				else {
					tied.add((int) item - 1);
				}
				if (closes && tied != null) {
					order.add(tied);
					tied = null;
				}
			}
			check(tied == null, "{ without }");
			return order;
		}

		private void checkNames() throws Malformed {
			for (int item = 1; item <= this.alternatives; item++) {
				this.names.putIfAbsent(item, "Alternative " + item);
			}
			check(this.names.size() == this.alternatives,
					"names of more alternatives than NUMBER ALTERNATIVES says, or of number 0");
		}

		private long count(String word) throws Malformed {
			check(COUNT.matcher(word).matches(),
					"'" + word.substring(0, Math.min(20, word.length())) + "' is no number");
			return Long.parseLong(word);
		}

		private void check(boolean holds, String otherwise) throws Malformed {
			if (!holds) {
				throw new Malformed(this.number, otherwise);
			}
		}

	}

}
