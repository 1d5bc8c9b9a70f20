package se.lokalabehov.authorisation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A row of the table {@code matrix.txt}: what everybody is answered by one endpoint.
 *
 * @param method HTTP method
 * @param path with places; {@code ~} stands for {@code /api/v1}
 * @param target what it is tried on
 * @param expected status by caller
 */
record Row(String method, String path, String target, Map<Who, Integer> expected) {

	/** Reads the table. */
	static List<Row> all() {
		List<Row> rows = new ArrayList<>();
		List<String> heads = List.of();
		for (String line : text().lines().map(String::strip).toList()) {
			List<String> words = Arrays.stream(line.split("[\\s|]+")).filter((word) -> !word.isEmpty()).toList();
			if (line.isEmpty() || line.startsWith("#")) {
				continue;
			}
			if (words.getFirst().equals("endpoint")) {
				heads = words.subList(2, words.size());
			}
			else {
				rows.add(of(words));
			}
		}
		if (!heads.equals(Who.columns())) {
			throw new IllegalStateException("the table's heads are " + heads + ", the callers " + Who.columns());
		}
		return rows;
	}

	private static Row of(List<String> words) {
		if (words.size() != 3 + Who.values().length) {
			throw new IllegalStateException("a row says method, path, target and one status per caller: " + words);
		}
		Map<Who, Integer> expected = new EnumMap<>(Who.class);
		for (Who who : Who.values()) {
			expected.put(who, Integer.valueOf(words.get(3 + who.ordinal())));
		}
		return new Row(words.get(0), words.get(1), words.get(2), expected);
	}

	private static String text() {
		try (InputStream table = Objects.requireNonNull(Row.class.getResourceAsStream("matrix.txt"))) {
			return new String(table.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String endpoint() {
		return this.method + " " + this.path;
	}

	String name() {
		return endpoint() + " | " + this.target;
	}

	boolean isReading() {
		return this.method.equals("GET");
	}

	boolean isOperation() {
		return this.path.startsWith("/actuator");
	}

	boolean isAllowed(Who who) {
		return status(who) / 100 == 2;
	}

	int status(Who who) {
		return Objects.requireNonNull(this.expected.get(who));
	}

	/** Those who are allowed, in the order of the table. */
	List<Who> allowed() {
		return Arrays.stream(Who.values()).filter(this::isAllowed).toList();
	}

}
