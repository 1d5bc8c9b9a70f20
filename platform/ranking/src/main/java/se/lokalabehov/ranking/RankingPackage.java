package se.lokalabehov.ranking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What is published when a round has closed: enough for anyone to recompute every figure,
 * and nothing of who voted how or when. The same round always gives the same bytes. The
 * format is described in the module's README; {@link Verifier} is its reader.
 */
public final class RankingPackage {

	static final String FORMAT = "lokala-behov-ranking-package";

	static final int VERSION = 1;

	private final SortedMap<String, String> round;

	private final List<Item> items;

	private final Analysis analysis;

	/**
	 * An item as it is published.
	 *
	 * @param id its identifier; covered by the hash
	 * @param version of its wording; covered by the hash
	 * @param title in words; not covered by the hash, so that a redaction leaves it valid
	 */
	public record Item(String id, int version, String title) {
	}

	private RankingPackage(SortedMap<String, String> round, List<Item> items, Analysis analysis) {
		this.round = round;
		this.items = items;
		this.analysis = analysis;
	}

	/**
	 * Makes the package.
	 * @param round facts of the round in words, by short names of letters and digits:
	 * {@code id} and {@code title} at least; for example kind, level, closed, corrects,
	 * seats, quorum. All but the title are covered by the hash.
	 * @param items the profile's items, in its order
	 * @param analysis everything that was computed
	 * @throws IllegalArgumentException for facts or items that are not so, or words with
	 * control characters where there can be none (identifiers, facts, groups)
	 */
	public static RankingPackage of(Map<String, String> round, List<Item> items, Analysis analysis) {
		TreeMap<String, String> facts = new TreeMap<>();
		round.forEach((name, value) -> facts.put(name, encodable(value)));
		if (!facts.keySet().containsAll(List.of("id", "title")) || facts.size() > 50
				|| !facts.keySet().stream().allMatch((name) -> name.matches("[a-zA-Z][a-zA-Z0-9]{0,40}"))) {
			throw new IllegalArgumentException("a round's facts are id, title, and up to 48 others by short names");
		}
		List<Item> clean = items.stream()
			.map((item) -> new Item(item.id(), item.version(), encodable(item.title())))
			.toList();
		if (!clean.stream().map(Item::id).toList().equals(analysis.profile().items())) {
			throw new IllegalArgumentException("the items are not those of the profile");
		}
		facts.entrySet()
			.stream()
			.filter((fact) -> !fact.getKey().equals("title"))
			.forEach((fact) -> plain(fact.getValue()));
		clean.forEach((item) -> plain(item.id()));
		analysis.profile().groups().forEach(RankingPackage::plain);
		return new RankingPackage(facts, clean, analysis);
	}

	/**
	 * The hash alone, for whoever must tell it before everything else is computed.
	 * @param round facts of the round, as in {@link #of}
	 * @param items the profile's items, in its order
	 * @param profile items and ballots
	 * @param parameters how they are counted
	 * @return what {@link #sha256()} gives of the whole package
	 */
	public static String sha256(Map<String, String> round, List<Item> items, Profile profile, Parameters parameters) {
		return sha256(canonicalForm(round, items, profile, parameters));
	}

	/** Facts of the round. */
	public SortedMap<String, String> round() {
		return Collections.unmodifiableSortedMap(this.round);
	}

	/** The items, number 1 first. */
	public List<Item> items() {
		return this.items;
	}

	/** What was computed. */
	public Analysis analysis() {
		return this.analysis;
	}

	/**
	 * What the hash is taken over, UTF-8: package.json in canonical form without the
	 * members {@code title}, one line feed, ballots.csv.
	 */
	public byte[] canonicalForm() {
		return canonicalForm(this.round, this.items, this.analysis.profile(), this.analysis.parameters());
	}

	/** SHA-256, hex in small letters, over {@link #canonicalForm()}. */
	public String sha256() {
		return sha256(canonicalForm());
	}

	private static byte[] canonicalForm(Map<String, String> round, List<Item> items, Profile profile,
			Parameters parameters) {
		return (Json.write(description(round, items, profile, parameters, false)) + "\n" + ballots(profile))
			.getBytes(StandardCharsets.UTF_8);
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** All files, by name. */
	public SortedMap<String, byte[]> entries() {
		PrefLib preflib = new PrefLib(title(), this.items.stream().map(Item::title).toList(),
				this.analysis.profile().ballots().stream().filter((one) -> !one.order().isEmpty()).toList());
		TreeMap<String, String> files = new TreeMap<>();
		files.put("README.txt", readme());
		files.put("package.json",
				Json.write(
						description(this.round, this.items, this.analysis.profile(), this.analysis.parameters(), true))
						+ "\n");
		files.put("ballots.csv", ballots(this.analysis.profile()));
		files.put("ballots." + preflib.kind().ending(), preflib.write());
		files.put("result.json", Json.write(result()) + "\n");
		files.put("sha256.txt", sha256() + "\n");
		TreeMap<String, byte[]> entries = new TreeMap<>();
		files.forEach((name, text) -> entries.put(name, text.getBytes(StandardCharsets.UTF_8)));
		return entries;
	}

	/**
	 * The zip: files by name, no times, stored without compression, so that every machine
	 * makes the same bytes.
	 */
	public byte[] zip() {
		return zip(entries());
	}

	static byte[] zip(SortedMap<String, byte[]> entries) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (Map.Entry<String, byte[]> file : entries.entrySet()) {
				ZipEntry entry = new ZipEntry(file.getKey());
				entry.setMethod(ZipEntry.STORED);
				entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
				entry.setSize(file.getValue().length);
				CRC32 sum = new CRC32();
				sum.update(file.getValue());
				entry.setCrc(sum.getValue());
				zip.putNextEntry(entry);
				zip.write(file.getValue());
				zip.closeEntry();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * All figures, as a tree of maps, lists, text and numbers: what result.json holds.
	 */
	public Map<String, ?> result() {
		return new Results(this.analysis.profile().items()).of(this.analysis);
	}

	private static Map<String, Object> description(Map<String, String> round, List<Item> items, Profile profile,
			Parameters parameters, boolean titles) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("format", FORMAT);
		tree.put("version", VERSION);
		Map<String, Object> facts = new TreeMap<>(round);
		if (!titles) {
			facts.remove("title");
		}
		tree.put("round", facts);
		tree.put("parameters",
				Map.of("method", parameters.method().label(), "balanced", parameters.balanced(), "unranked",
						parameters.unranked().label(), "topK", parameters.topK(), "seed",
						Long.toString(parameters.seed()), "resamples", parameters.resamples()));
		tree.put("items", items.stream().map((item) -> {
			Map<String, Object> one = new LinkedHashMap<>();
			one.put("id", item.id());
			one.put("version", item.version());
			if (titles) {
				one.put("title", item.title());
			}
			return one;
		}).toList());
		tree.put("groups", profile.groups());
		tree.put("ballots", profile.cast());
		return tree;
	}

	private static String ballots(Profile profile) {
		StringBuilder text = new StringBuilder("group,count,order\n");
		for (Ballot ballot : profile.ballots()) {
			text.append((ballot.group() != null) ? quoted(ballot.group()) : "")
				.append(',')
				.append(ballot.count())
				.append(',')
				.append(ballot.written())
				.append('\n');
		}
		return text.toString();
	}

	private static String quoted(String group) {
		return (group.contains(",") || group.contains("\"")) ? "\"" + group.replace("\"", "\"\"") + "\"" : group;
	}

	private String title() {
		return this.round.getOrDefault("title", "");
	}

	private String readme() {
		StringBuilder facts = new StringBuilder();
		this.round.forEach((name, value) -> facts.append(name)
			.append(": ")
			.append(value.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " "))
			.append('\n'));
		return """
				PRIORITERINGSOMGÅNG: RESULTAT SOM VEM SOM HELST KAN RÄKNA OM

				%s
				Filer
				package.json  omgången, hur den räknas, och vad som rangordnades (nummer 1 står först)
				ballots.csv   röstsedlarna utan namn, plats och tid: grupp, antal, ordning.
				              3>1=2 betyder att nummer 3 sattes först, därefter 1 och 2 lika; - är en blank.
				              Det som inte nämns har den som röstade ingen åsikt om.
				ballots.so*, ballots.to*  samma röstsedlar i formatet PrefLib
				result.json   alla siffror
				sha256.txt    kontrollsumman, som också står i omgångens händelse

				Kontrollera: java -jar ranking-cli.jar verify FILEN.zip --sha256 KONTROLLSUMMAN
				Programmet räknar om allt ur package.json och ballots.csv och säger om det är lika, eller var det
				inte är det. Hur det räknas, på byten när, står i källkoden under platform/ranking.
				""".formatted(facts);
	}

	/**
	 * As it is after being written as UTF-8: half a character becomes a question mark.
	 */
	private static String encodable(String words) {
		return new String(words.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
	}

	private static void plain(String words) {
		if (words.chars().anyMatch(Character::isISOControl) || !encodable(words).equals(words)) {
			throw new IllegalArgumentException("a control character in an identifier, a fact or a group's name");
		}
	}

}
