package se.lokalabehov.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What the page for developers shows is run as it stands there, against a platform with
 * the example. It needs {@code sh}, {@code curl} and {@code python3}, as its reader does.
 */
class DeveloperGuideTests {

	private static final Path GUIDES = Path.of("../../services/portal/src/main/resources/se/lokalabehov/portal/guides");

	private static final Pattern SNIPPET = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

	/**
	 * A piece of code.
	 *
	 * @param language as the page says it
	 */
	record Snippet(String language, String code) {
	}

	private static List<Snippet> snippets(String guide) throws IOException {
		return SNIPPET.matcher(Files.readString(GUIDES.resolve(guide)))
			.results()
			.map((one) -> new Snippet(one.group(1), one.group(2)))
			.toList();
	}

	@Test
	void bothLanguagesShowTheSameCode() throws IOException {
		assertThat(snippets("utvecklare_en.md")).isEqualTo(snippets("utvecklare.md")).hasSize(5);
	}

	@Test
	void everySnippetRunsAsItStands(@TempDir Path work) throws IOException, InterruptedException {
		List.of("sh", "curl", "python3")
			.forEach((tool) -> assumeTrue(isInstalled(tool),
					tool + " is not installed, so the guide's code is not run"));
		List<String> said = new ArrayList<>();
		for (Snippet snippet : snippets("utvecklare.md")) {
			said.add(run(snippet, work));
		}

		assertThat(said.get(0)).startsWith("\uFEFFnationalNeed,").contains("national-");
		assertThat(said.get(1)).contains("Exempel:", "304");
		assertThat(said.get(2)).contains("\"kind\":\"NEED\"", "\"chain\":[");
		List<String> notes = said.get(3).lines().filter((line) -> !line.isBlank()).toList();
		assertThat(notes).hasSize(2).allMatch((line) -> line.contains("note-"));
		assertThat(notes.get(1)).as("the same answer to the same key").isEqualTo(notes.get(0));
		assertThat(said.get(4).lines()).hasSize(2).allMatch((line) -> line.startsWith("cycle-"));
	}

	private static boolean isInstalled(String tool) {
		return Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, tool)));
	}

	private static String run(Snippet snippet, Path work) throws IOException, InterruptedException {
		String portal = TriedOut.platform().portal().toString().replaceAll("/$", "");
		String issuer = TriedOut.platform().issuer().toString().replaceAll("/$", "");
		String code = snippet.code().replace("http://localhost:8080", portal).replace("http://localhost:9000", issuer);
		List<String> command = switch (snippet.language()) {
			case "sh" -> List.of("sh", "-eu", file(work, "snippet.sh", code));
			case "python" -> List.of("python3", file(work, "snippet.py", code));
			case "java" -> List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					file(work, "Trace.java", code));
			default -> throw new IllegalArgumentException("who runs " + snippet.language() + "?");
		};
		Path out = work.resolve("out.txt");
		Process process = new ProcessBuilder(command).directory(work.toFile())
			.redirectErrorStream(true)
			.redirectOutput(out.toFile())
			.start();
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		String said = Files.readString(out, StandardCharsets.UTF_8);
		assertThat(process.exitValue()).as("%s said %s", snippet.code(), said).isZero();
		return said;
	}

	private static String file(Path work, String name, String code) throws IOException {
		return Files.writeString(work.resolve(name), code).toString();
	}

}
