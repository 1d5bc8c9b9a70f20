package se.lokalabehov.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written of security, as far as it can drift: every class and file that it names
 * is there, every requirement of the standard has one row, and what is said to hold says
 * where.
 */
class SecurityDocsTests {

	private static final Path ROOT = Path.of("../..");

	private static final Path SECURITY = ROOT.resolve("platform/security");

	/** ASVS 5.0.0 has 70 requirements of level 1 and 183 of level 2. */
	private static final Pattern ROW = Pattern
		.compile("\\| (V\\d+\\.\\d+\\.\\d+) \\| ([12]) \\| [^|]+ \\| ([a-z/]+) \\| ([^|]+) \\|");

	/** A class, a test, or a file, but no setting and no word of code. */
	private static final Pattern NAMED = Pattern
		.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*|[a-z.-]+\\.(?:yml|yaml|html|txt|sh))`");

	/** Of the frameworks. */
	private static final Set<String> OF_OTHERS = Set.of("StrictHttpFirewall", "ContentDisposition", "SecureRandom");

	private static final Set<String> FILES = files();

	private static List<String[]> rows() {
		return text(SECURITY.resolve("asvs.md")).lines().filter((line) -> line.startsWith("| V")).map((line) -> {
			Matcher row = ROW.matcher(line);
			assertThat(row.matches()).as(line).isTrue();
			return new String[] { row.group(1), row.group(2), row.group(3), row.group(4) };
		}).toList();
	}

	@Test
	void everyRequirementOfTheStandardHasOneRow() {
		List<String[]> rows = rows();

		assertThat(rows).extracting((row) -> row[0]).doesNotHaveDuplicates();
		assertThat(rows.stream().filter((row) -> row[1].equals("1"))).hasSize(70);
		assertThat(rows.stream().filter((row) -> row[1].equals("2"))).hasSize(183);
		String counted = Stream.of("holds", "deployment", "missing", "n/a")
			.map((state) -> state.replace("n/a", "not applicable") + " "
					+ rows.stream().filter((row) -> row[2].equals(state)).count())
			.collect(Collectors.joining(", "));
		assertThat(text(SECURITY.resolve("asvs.md"))).contains(counted + ".");
	}

	@ParameterizedTest
	@ValueSource(strings = { "platform/security/asvs.md", "platform/security/threat-model.md",
			"platform/security/rules.md", "platform/security/personal-data.md", ".github/SECURITY.md" })
	void whatIsNamedIsThere(String document) {
		Path path = ROOT.resolve(document);
		Set<String> named = NAMED.matcher(text(path))
			.results()
			.map((name) -> name.group(1))
			.collect(Collectors.toSet());
		named.removeAll(OF_OTHERS);

		assertThat(named).allSatisfy((name) -> assertThat(FILES.contains(name) || FILES.contains(name + ".java"))
			.as("%s names %s, which is not there", document, name)
			.isTrue());
		Matcher links = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)").matcher(text(path));
		while (links.find()) {
			assertThat(path.resolveSibling(links.group(1))).as(document).exists();
		}
	}

	private static Set<String> files() {
		Set<String> files = new HashSet<>();
		try {
			Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
				@Override
				public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
					String name = directory.getFileName().toString();
					return Set.of("target", ".git", "data").contains(name) ? FileVisitResult.SKIP_SUBTREE
							: FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					files.add(file.getFileName().toString());
					return FileVisitResult.CONTINUE;
				}
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return files;
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
