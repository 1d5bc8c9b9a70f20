package se.lokalabehov.ranking;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The command line, by what it prints and its exit code. */
class RankingCommandTests {

	private Path folder = Path.of("");

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private RankingPackage made = RankingPackage.of(Map.of("id", "1", "title", "t"), List.of(),
			Analysis.of(Profile.of(List.of(), List.of()), new Parameters(Method.BORDA, false, Unranked.LAST, 1, 1, 0)));

	@BeforeEach
	void files(@TempDir Path folder) throws Exception {
		this.folder = folder;
		Profile profile = Panels.tennessee();
		this.made = RankingPackage.of(Map.of("id", "1", "title", "Huvudstad"),
				profile.items().stream().map((id) -> new RankingPackage.Item(id, 1, id)).toList(),
				Analysis.of(profile, new Parameters(Method.SCHULZE, false, Unranked.NO_OPINION, 1, 1, 10)));
		Files.write(this.folder.resolve("good.zip"), this.made.zip());
		Map<String, byte[]> entries = this.made.entries();
		entries.put("sha256.txt", "0\n".getBytes(StandardCharsets.UTF_8));
		Files.write(this.folder.resolve("bad.zip"), RankingPackage.zip(new TreeMap<>(entries)));
		Files.writeString(this.folder.resolve("no.zip"), "not a zip");
		Files.write(this.folder.resolve("tennessee.soc"), this.made.entries().get("ballots.soc"));
		Files.writeString(this.folder.resolve("bad.soc"), "# NUMBER ALTERNATIVES: 2\n1: 3\n");
	}

	@Test
	void anEqualPackageIsZero() {
		assertThat(run("verify FOLDER/good.zip")).isZero();
		assertThat(printed()).startsWith("equal, sha256 " + this.made.sha256());
		assertThat(run("verify FOLDER/good.zip --sha256 " + this.made.sha256())).isZero();
	}

	@Test
	void anotherPackageIsOne() {
		assertThat(run("verify FOLDER/bad.zip")).isOne();
		assertThat(printed()).contains("sha256.txt:1: expected " + this.made.sha256() + ", found 0")
			.contains("NOT EQUAL");
		assertThat(run("verify FOLDER/good.zip --sha256 00")).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "verify", "verify FOLDER/none.zip", "verify FOLDER/no.zip", "verify FOLDER",
			"verify FOLDER/good.zip FOLDER/good.zip", "verify FOLDER/good.zip --hash 1",
			"verify FOLDER/good.zip --sha256", "dance", "rank FOLDER/tennessee.soc",
			"rank --method schulze FOLDER/tennessee.soc",
			"rank --method plurality --unranked last FOLDER/tennessee.soc",
			"rank --method schulze --unranked first FOLDER/tennessee.soc",
			"rank --method schulze --unranked last --balanced yes FOLDER/tennessee.soc",
			"rank --method schulze --unranked last --seconds soon FOLDER/tennessee.soc",
			"rank --method schulze --unranked last FOLDER/bad.soc",
			"rank --method schulze --unranked last FOLDER/none.soc" })
	void wrongUseAndUnreadableFilesAreTwo(String arguments) {
		assertThat(run(arguments)).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).isNotBlank().doesNotContain("\tat ");
		assertThat(printed()).isEmpty();
	}

	@Test
	void anElectionIsRanked() {
		assertThat(run("rank --method kemeny --unranked last --balanced no --seconds 5 FOLDER/tennessee.soc")).isZero();
		Map<?, ?> tree = (Map<?, ?>) Objects.requireNonNull(Json.read(this.out.toByteArray()));
		assertThat(Json.write(tree.get("order"))).isEqualTo(
				"[[{\"id\":\"2\",\"name\":\"N\"}],[{\"id\":\"3\",\"name\":\"C\"}],[{\"id\":\"4\",\"name\":\"K\"}],[{\"id\":\"1\",\"name\":\"M\"}]]");
		assertThat(Json.write(tree.get("proof"))).contains("\"agreement\":393").contains("\"gap\":0");
		assertThat(Json.write(tree.get("pairwise"))).startsWith("[[0,42,42,42],[58,0,68,68]");
		assertThat(tree.get("exact")).isEqualTo(true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "borda", "schulze", "ranked-pairs", "rank-sum" })
	void everyMethodPrintsScores(String method) {
		assertThat(run("rank --method " + method + " --unranked no-opinion FOLDER/tennessee.soc")).isZero();
		assertThat(printed()).contains("\"scores\":{\"1\":").contains("\"method\":\"" + method + "\"");
	}

	private int run(String line) {
		this.out.reset();
		this.err.reset();
		List<String> arguments = Stream.of(line.split(" "))
			.filter((word) -> !word.isEmpty())
			.map((word) -> word.replace("FOLDER", this.folder.toString()))
			.toList();
		return new RankingCommand(new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8))
			.run(arguments);
	}

	private String printed() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

}
