package se.lokalabehov.ranking;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.jspecify.annotations.Nullable;

/**
 * Recomputes a package from its package.json and ballots.csv, makes it anew, and compares
 * every file. Trusts nothing of what it reads: only the names of the format, at most 64
 * MB a file and 128 MB in all, work within the limits of {@link Analysis}; no name is
 * ever used as a path.
 */
public final class Verifier {

	private static final Pattern NAMES = Pattern
		.compile("README\\.txt|package\\.json|ballots\\.(csv|soc|soi|toc|toi)|result\\.json|sha256\\.txt");

	private static final int MOST_BYTES = 64 << 20;

	private static final int MOST_BALLOTS = 200_000;

	private Verifier() {
	}

	/**
	 * What came out.
	 *
	 * @param differences where the package is not what it should be: path, what was
	 * expected, what was found; at most about ten, none when it is equal
	 * @param sha256 the hash that the package's own description and ballots have
	 */
	public record Verification(List<String> differences, String sha256) {

		public Verification {
			differences = List.copyOf(differences);
		}

		/** Whether every figure and every byte came out the same. */
		public boolean equal() {
			return this.differences.isEmpty();
		}

	}

	/** What cannot be read as a package: says why. */
	public static final class Unreadable extends IOException {

		private static final long serialVersionUID = 1L;

		Unreadable(String why) {
			super(why);
		}

	}

	/**
	 * Verifies.
	 * @param zip the package; closed by the caller
	 * @throws Unreadable when it is no package
	 */
	public static Verification verify(InputStream zip) throws IOException {
		SortedMap<String, byte[]> found = unzip(zip);
		RankingPackage anew;
		try {
			anew = read(required(found, "package.json"), required(found, "ballots.csv"));
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new Unreadable((ex.getMessage() != null) ? Json.brief(ex.getMessage()) : "not a package");
		}
		List<String> differences = new ArrayList<>();
		SortedMap<String, byte[]> expected = anew.entries();
		TreeSet<String> names = new TreeSet<>(expected.keySet());
		names.addAll(found.keySet());
		for (String name : names) {
			compare(name, expected.get(name), found.get(name), differences);
		}
		return new Verification(differences, anew.sha256());
	}

	private static void compare(String name, byte @Nullable [] expected, byte @Nullable [] found,
			List<String> differences) {
		if (expected == null || found == null) {
			differences.add(name + ((found == null) ? ": missing" : ": should not be there"));
		}
		else if (!Arrays.equals(expected, found)) {
			int before = differences.size();
			if (name.endsWith(".json")) {
				try {
					Json.compare(name + ":$", Json.read(expected), Json.read(found), differences);
				}
				catch (IllegalArgumentException ex) {
					differences.add(name + ": " + Json.brief(String.valueOf(ex.getMessage())));
				}
			}
			else {
				lines(name, lossy(expected).split("\n", -1), lossy(found).split("\n", -1), differences);
			}
			if (differences.size() == before) {
				differences.add(name + ": the same figures, written with other bytes");
			}
		}
	}

	private static void lines(String name, String[] expected, String[] found, List<String> differences) {
		for (int i = 0; i < Math.max(expected.length, found.length); i++) {
			String one = (i < expected.length) ? expected[i] : "(nothing)";
			String other = (i < found.length) ? found[i] : "(nothing)";
			if (!one.equals(other)) {
				differences
					.add(name + ":" + (i + 1) + ": expected " + Json.brief(one) + ", found " + Json.brief(other));
				return;
			}
		}
	}

	private static SortedMap<String, byte[]> unzip(InputStream source) throws IOException {
		TreeMap<String, byte[]> files = new TreeMap<>();
		long left = 2L * MOST_BYTES;
		try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(limited(source)))) {
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				String name = entry.getName();
				if (!NAMES.matcher(name).matches()) {
					throw new Unreadable("a file that does not belong there: " + Json.brief(name));
				}
				byte[] bytes = zip.readNBytes((int) Math.min(MOST_BYTES, left) + 1);
				left -= bytes.length;
				if (bytes.length > MOST_BYTES || left < 0) {
					throw new Unreadable(name + " is too large");
				}
				if (files.put(name, bytes) != null) {
					throw new Unreadable(name + " stands twice");
				}
			}
		}
		catch (Unreadable ex) {
			throw ex;
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new Unreadable("not a zip that can be read: " + Json.brief(String.valueOf(ex.getMessage())));
		}
		if (files.isEmpty()) {
			throw new Unreadable("not a zip, or an empty one");
		}
		return files;
	}

	private static byte[] limited(InputStream source) throws IOException {
		byte[] bytes = source.readNBytes(2 * MOST_BYTES);
		if (bytes.length == 2 * MOST_BYTES) {
			throw new Unreadable("the zip is too large");
		}
		return bytes;
	}

	private static byte[] required(Map<String, byte[]> files, String name) throws Unreadable {
		byte[] bytes = files.get(name);
		if (bytes == null) {
			throw new Unreadable(name + " is missing");
		}
		return bytes;
	}

	private static RankingPackage read(byte[] description, byte[] ballots) {
		Node root = new Node("package.json", Json.read(description));
		if (!root.text("format").equals(RankingPackage.FORMAT) || root.whole("version") != RankingPackage.VERSION) {
			throw new IllegalArgumentException("package.json: another format or version than this program reads");
		}
		Node given = root.node("parameters");
		Parameters parameters = new Parameters(
				Method.named(given.text("method")).orElseThrow(() -> new IllegalArgumentException("unknown method")),
				given.flag("balanced"),
				Unranked.named(given.text("unranked"))
					.orElseThrow(() -> new IllegalArgumentException("unknown treatment of unranked items")),
				given.whole("topK"), Long.parseLong(given.text("seed")), given.whole("resamples"));
		Map<String, String> round = new TreeMap<>();
		Node facts = root.node("round");
		facts.names().forEach((name) -> round.put(name, facts.text(name)));
		List<RankingPackage.Item> items = root.list("items")
			.stream()
			.map((item) -> new RankingPackage.Item(item.text("id"), item.whole("version"), item.text("title")))
			.toList();
		Profile profile = Profile.of(items.stream().map(RankingPackage.Item::id).toList(), ballots(ballots));
		return RankingPackage.of(round, items, Analysis.of(profile, parameters));
	}

	private static List<Ballot> ballots(byte[] bytes) {
		String[] lines = strict(bytes).split("\n", -1);
		if (lines.length < 2 || !lines[0].equals("group,count,order") || !lines[lines.length - 1].isEmpty()
				|| lines.length > MOST_BALLOTS) {
			throw new IllegalArgumentException(
					"ballots.csv: not the header group,count,order and up to " + MOST_BALLOTS + " lines");
		}
		List<Ballot> ballots = new ArrayList<>();
		for (int i = 1; i < lines.length - 1; i++) {
			try {
				ballots.add(ballot(lines[i]));
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("ballots.csv:" + (i + 1) + ": " + ex.getMessage(), ex);
			}
		}
		return ballots;
	}

	private static Ballot ballot(String line) {
		int order = line.lastIndexOf(',');
		int count = line.lastIndexOf(',', order - 1);
		if (order < 0 || count < 0) {
			throw new IllegalArgumentException("not group,count,order");
		}
		String group = line.substring(0, count);
		if (group.length() > 1 && group.startsWith("\"") && group.endsWith("\"")) {
			group = group.substring(1, group.length() - 1).replace("\"\"", "\"");
		}
		return new Ballot(Ballot.read(line.substring(order + 1)), Integer.parseInt(line.substring(count + 1, order)),
				group.isEmpty() ? null : group);
	}

	private static String strict(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("ballots.csv: not UTF-8", ex);
		}
	}

	private static String lossy(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/** A place in a tree that may hold anything. */
	private record Node(String path, @Nullable Object value) {

		private Map<?, ?> map() {
			if (this.value instanceof Map<?, ?> map) {
				return map;
			}
			throw new IllegalArgumentException(this.path + ": not an object");
		}

		List<String> names() {
			return map().keySet().stream().map(String::valueOf).toList();
		}

		Node node(String name) {
			return new Node(this.path + "." + name, map().get(name));
		}

		String text(String name) {
			if (map().get(name) instanceof String text) {
				return text;
			}
			throw new IllegalArgumentException(this.path + "." + name + ": not a text");
		}

		int whole(String name) {
			if (map().get(name) instanceof Integer number) {
				return number;
			}
			throw new IllegalArgumentException(this.path + "." + name + ": not a whole number");
		}

		boolean flag(String name) {
			if (map().get(name) instanceof Boolean flag) {
				return flag;
			}
			throw new IllegalArgumentException(this.path + "." + name + ": neither true nor false");
		}

		List<Node> list(String name) {
			if (map().get(name) instanceof List<?> list && list.size() <= Analysis.MOST_ITEMS) {
				return list.stream().map((one) -> new Node(this.path + "." + name, one)).toList();
			}
			throw new IllegalArgumentException(
					this.path + "." + name + ": not a list of at most " + Analysis.MOST_ITEMS);
		}

	}

}
