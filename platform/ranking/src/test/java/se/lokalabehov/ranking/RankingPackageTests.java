package se.lokalabehov.ranking;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is published can be checked, and nothing in it changed unseen. */
class RankingPackageTests {

	private static RankingPackage aPackage(Method method) {
		return aPackage(method, Panels.random(new Random(4), 5, 12, Panels.Form.PARTIAL, "norr", "söder, \"öst\""));
	}

	private static RankingPackage aPackage(Method method, Profile profile) {
		Analysis analysis = Analysis.of(profile, new Parameters(method, true, Unranked.LAST, 2, -9, 50));
		return RankingPackage.of(
				Map.of("id", "omgang-1", "title", "Skadligt bruk: \u2028 rad", "kind", "NATIONAL", "closed",
						"2026-11-22T12:00:00Z", "corrects", "omgang-0"),
				profile.items()
					.stream()
					.map((id) -> new RankingPackage.Item(id, 3, "Behov \"" + id + "\"\nåäö"))
					.toList(),
				analysis);
	}

	@ParameterizedTest
	@EnumSource
	void aPackageIsEqualToItself(Method method) throws Exception {
		RankingPackage made = aPackage(method);
		Verifier.Verification verification = verify(made.entries());
		assertThat(verification.differences()).isEmpty();
		assertThat(verification.sha256()).isEqualTo(made.sha256());
	}

	@Test
	void theSmallestRoundsHavePackagesToo() throws Exception {
		assertThat(verify(aPackage(Method.KEMENY, Profile.of(List.of(), List.of())).entries()).equal()).isTrue();
		assertThat(verify(aPackage(Method.SCHULZE, Panels.profile("ABC")).entries()).equal()).isTrue();
		assertThat(verify(aPackage(Method.BORDA, Panels.tennessee()).entries()).equal()).isTrue();
	}

	@Test
	void theOrderOfCastingIsGone() {
		Profile profile = Panels.random(new Random(4), 5, 12, Panels.Form.PARTIAL, "norr", "syd");
		List<Ballot> shuffled = new ArrayList<>(profile.ballots());
		Collections.shuffle(shuffled, new Random(1));
		assertThat(aPackage(Method.SCHULZE, Profile.of(profile.items(), shuffled)).zip())
			.isEqualTo(aPackage(Method.SCHULZE, profile).zip());
	}

	@Test
	void theHashIsWhatTheReadmeSays() throws Exception {
		RankingPackage made = aPackage(Method.BORDA, Panels.tennessee());
		String form = "{\"ballots\":100,\"format\":\"lokala-behov-ranking-package\",\"groups\":[],\"items\":["
				+ "{\"id\":\"M\",\"version\":3},{\"id\":\"N\",\"version\":3},{\"id\":\"C\",\"version\":3},{\"id\":\"K\",\"version\":3}],"
				+ "\"parameters\":{\"balanced\":true,\"method\":\"borda\",\"resamples\":50,\"seed\":\"-9\",\"topK\":2,\"unranked\":\"last\"},"
				+ "\"round\":{\"closed\":\"2026-11-22T12:00:00Z\",\"corrects\":\"omgang-0\",\"id\":\"omgang-1\",\"kind\":\"NATIONAL\"},"
				+ "\"version\":1}\ngroup,count,order\n,42,1>2>3>4\n,26,2>3>4>1\n,15,3>4>2>1\n,17,4>3>2>1\n";
		assertThat(new String(made.canonicalForm(), StandardCharsets.UTF_8)).isEqualTo(form);
		assertThat(made.sha256()).isEqualTo(HexFormat.of()
			.formatHex(MessageDigest.getInstance("SHA-256").digest(form.getBytes(StandardCharsets.UTF_8))));
		assertThat(made.entries()).containsKey("ballots.soc");
	}

	@Test
	void aRedactedTitleLeavesTheHash() {
		RankingPackage made = aPackage(Method.BORDA);
		Map<String, String> round = new TreeMap<>(made.round());
		round.put("title", "[borttaget]");
		RankingPackage redacted = RankingPackage.of(round, made.items(), made.analysis());
		assertThat(redacted.sha256()).isEqualTo(made.sha256());
		assertThat(redacted.zip()).isNotEqualTo(made.zip());
	}

	@Test
	void everyFieldThatIsChangedIsFound() throws Exception {
		RankingPackage made = aPackage(Method.SCHULZE);
		int tried = 0;
		for (String file : List.of("package.json", "result.json")) {
			Object tree = Json.read(file(made, file));
			for (Runnable undo : changes(tree)) {
				SortedMap<String, byte[]> entries = made.entries();
				entries.put(file, (Json.write(tree) + "\n").getBytes(StandardCharsets.UTF_8));
				assertThat(noticed(entries)).as(Json.write(tree)).isTrue();
				undo.run();
				tried++;
			}
		}
		assertThat(tried).isGreaterThan(200);
	}

	/** Each change is made when it is asked for; running it takes it back. */
	private static Iterable<Runnable> changes(@Nullable Object tree) {
		List<Runnable[]> pairs = new ArrayList<>();
		collect(tree, pairs);
		return () -> pairs.stream().map((pair) -> {
			pair[0].run();
			return pair[1];
		}).iterator();
	}

	@SuppressWarnings("unchecked")
	private static void collect(@Nullable Object tree, List<Runnable[]> pairs) {
		if (tree instanceof Map<?, ?> map) {
			Map<String, Object> members = (Map<String, Object>) map;
			for (Map.Entry<String, Object> member : new LinkedHashMap<>(members).entrySet()) {
				pairs.add(new Runnable[] { () -> members.put(member.getKey(), other(member.getValue())),
						() -> members.put(member.getKey(), member.getValue()) });
				collect(member.getValue(), pairs);
			}
		}
		else if (tree instanceof List<?> list) {
			List<Object> elements = (List<Object>) list;
			for (int i = 0; i < elements.size(); i++) {
				int at = i;
				Object before = elements.get(i);
				pairs.add(new Runnable[] { () -> elements.set(at, other(before)), () -> elements.set(at, before) });
				collect(before, pairs);
			}
		}
	}

	private static Object other(@Nullable Object value) {
		return switch (value) {
			case null -> 1;
			case Boolean flag -> !flag;
			case Integer number -> number + 1;
			case String text -> text + "1";
			default -> "x";
		};
	}

	@Test
	void everyBallotThatIsChangedIsFound() throws Exception {
		RankingPackage made = aPackage(Method.BORDA);
		String csv = new String(file(made, "ballots.csv"), StandardCharsets.UTF_8);
		List<String> lines = csv.lines().toList();
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i);
			String count = line.replaceFirst(",([0-9]+),(?=[^,]*$)", ",9$1,");
			for (String changed : List.of("", "norr" + line + "\n", line + "\n" + line + "\n", line + "0\n",
					count.equals(line) ? "\n" : count + "\n")) {
				List<String> others = new ArrayList<>(lines.subList(0, i));
				String before = String.join("\n", others) + (others.isEmpty() ? "" : "\n");
				String after = String.join("\n", lines.subList(i + 1, lines.size()));
				SortedMap<String, byte[]> entries = made.entries();
				entries.put("ballots.csv",
						(before + changed + after + (after.isEmpty() ? "" : "\n")).getBytes(StandardCharsets.UTF_8));
				assertThat(noticed(entries)).as(changed).isTrue();
			}
		}
	}

	@Test
	void everyByteThatIsChangedInTheOtherFilesIsFound() throws Exception {
		RankingPackage made = aPackage(Method.BORDA);
		for (String file : List.of("README.txt", "sha256.txt", "ballots.toi")) {
			byte[] bytes = file(made, file);
			for (int i = 0; i < bytes.length; i += 7) {
				SortedMap<String, byte[]> entries = made.entries();
				byte[] changed = bytes.clone();
				changed[i] ^= 1;
				entries.put(file, changed);
				assertThat(noticed(entries)).isTrue();
			}
			SortedMap<String, byte[]> without = made.entries();
			without.remove(file);
			assertThat(verify(without).differences()).containsExactly(file + ": missing");
		}
	}

	@Test
	void aDifferenceIsToldByItsPath() throws Exception {
		RankingPackage made = aPackage(Method.BORDA, Panels.tennessee());
		SortedMap<String, byte[]> entries = made.entries();
		String result = new String(entries.get("result.json"), StandardCharsets.UTF_8);
		entries.put("result.json", result.replace("\"M\":\"226\"", "\"M\":\"227\"").getBytes(StandardCharsets.UTF_8));
		assertThat(verify(entries).differences())
			.containsExactly("result.json:$.ranking.scores.M: expected \"226\", found \"227\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{", "null", "{\"format\":1}", "{\"a\":1,\"a\":2}", "[[[[[[[[[[[[[[[[[[[[[[[[[[",
			"{\"format\":\"lokala-behov-ranking-package\",\"version\":2}",
			"{\"format\":\"lokala-behov-ranking-package\",\"version\":1}",
			"{\"format\":\"lokala-behov-ranking-package\",\"version\":1,\"parameters\":{\"method\":\"borda\",\"balanced\":true,\"unranked\":\"last\",\"topK\":0,\"seed\":\"1\",\"resamples\":0}}",
			"{\"format\":\"lokala-behov-ranking-package\",\"version\":1,\"parameters\":{\"method\":\"borda\",\"balanced\":true,\"unranked\":\"last\",\"topK\":1,\"seed\":\"x\",\"resamples\":0}}",
			"{\"format\":\"lokala-behov-ranking-package\",\"version\":1e999999999}" })
	void aBadDescriptionIsUnreadable(String json) {
		SortedMap<String, byte[]> entries = aPackage(Method.BORDA).entries();
		entries.put("package.json", json.getBytes(StandardCharsets.UTF_8));
		assertThatThrownBy(() -> verify(entries)).isInstanceOf(Verifier.Unreadable.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "group,count,order", "group,count,order\n,1", "group,count,order\n,1,1>>2\n",
			"group,count,order\n,0,1\n", "group,count,order\n,1,1>1\n", "group,count,order\n,1,99\n",
			"group,count,order\n,99999999999,1\n", "group,count,order\n,999999999,1\n", "group,count,order\n,1,1>0\n" })
	void badBallotsAreUnreadable(String csv) {
		SortedMap<String, byte[]> entries = aPackage(Method.BORDA).entries();
		entries.put("ballots.csv", csv.getBytes(StandardCharsets.UTF_8));
		assertThatThrownBy(() -> verify(entries)).isInstanceOf(Verifier.Unreadable.class);
	}

	@Test
	void veryLongLinesAreNoTrouble() {
		SortedMap<String, byte[]> entries = aPackage(Method.BORDA).entries();
		entries.put("ballots.csv",
				("group,count,order\n\"" + "\"\"".repeat(500_000) + "\",1," + "1>".repeat(500_000) + "\n")
					.getBytes(StandardCharsets.UTF_8));
		assertThatThrownBy(() -> verify(entries)).isInstanceOf(Verifier.Unreadable.class);
	}

	@Test
	void otherFilesAndPathsAreRefused() {
		for (String name : List.of("../package.json", "/etc/passwd", "a/package.json", "extra.txt")) {
			SortedMap<String, byte[]> entries = aPackage(Method.BORDA).entries();
			entries.put(name, new byte[3]);
			assertThatThrownBy(() -> verify(entries)).isInstanceOf(Verifier.Unreadable.class)
				.hasMessageContaining("does not belong");
		}
	}

	@Test
	void aZipBombIsRefused() throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.putNextEntry(new ZipEntry("result.json"));
			byte[] zeros = new byte[1 << 20];
			for (int i = 0; i < 65; i++) {
				zip.write(zeros);
			}
		}
		assertThatThrownBy(() -> Verifier.verify(new ByteArrayInputStream(bytes.toByteArray())))
			.isInstanceOf(Verifier.Unreadable.class)
			.hasMessageContaining("too large");
	}

	@Test
	void aBrokenZipIsUnreadable() {
		byte[] zip = aPackage(Method.BORDA).zip();
		Random random = new Random(2);
		for (int i = 0; i < 300; i++) {
			byte[] broken = zip.clone();
			broken[random.nextInt(60)] ^= (byte) (1 + random.nextInt(255));
			try {
				Verifier.verify(new ByteArrayInputStream(broken, 0, 100 + random.nextInt(zip.length - 100)));
			}
			catch (IOException ex) {
				assertThat(ex).isInstanceOf(Verifier.Unreadable.class);
			}
		}
	}

	@Test
	void factsAndItemsMustBeInOrder() {
		RankingPackage made = aPackage(Method.BORDA);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RankingPackage.of(Map.of("id", "x"), made.items(), made.analysis()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RankingPackage.of(Map.of("id", "x\ny", "title", ""), made.items(), made.analysis()));
		assertThatIllegalArgumentException().isThrownBy(
				() -> RankingPackage.of(made.round(), made.items().subList(1, made.items().size()), made.analysis()));
	}

	private static Verifier.Verification verify(SortedMap<String, byte[]> entries) throws IOException {
		return Verifier.verify(new ByteArrayInputStream(RankingPackage.zip(entries)));
	}

	private static byte[] file(RankingPackage made, String name) {
		return made.entries().getOrDefault(name, new byte[0]);
	}

	private static boolean noticed(SortedMap<String, byte[]> entries) throws IOException {
		try {
			return !verify(entries).equal();
		}
		catch (Verifier.Unreadable ex) {
			return true;
		}
	}

}
