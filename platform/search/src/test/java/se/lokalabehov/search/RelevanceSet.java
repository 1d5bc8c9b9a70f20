package se.lokalabehov.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The frozen relevance set, see {@code src/test/resources/relevance/README.md}.
 */
final class RelevanceSet {

	private RelevanceSet() {
	}

	/**
	 * A query with its right answers.
	 *
	 * @param kind of difficulty, such as SYNONYM or NONE
	 * @param text what is written
	 * @param right ids of the right answers; empty when there are none
	 */
	record Asking(String kind, String text, Set<String> right) {
	}

	/** Every item: the needs of both files, the records and the distractors. */
	static List<Item> items() {
		List<Item> items = new ArrayList<>();
		for (String file : List.of("needs.csv", "cycle-needs.csv")) {
			List<List<String>> rows = csv(file);
			List<String> head = rows.getFirst();
			for (List<String> row : rows.subList(1, rows.size())) {
				items.add(Item.of(Kind.NEED, row.get(head.indexOf("id")), row.get(head.indexOf("title")),
						row.get(head.indexOf("situation")) + " " + row.get(head.indexOf("question")) + " "
								+ row.get(head.indexOf("consequence"))));
			}
		}
		for (String line : lines("records.tsv")) {
			String[] record = line.split("\t");
			Item item = Item.of(Kind.valueOf(record[1]), record[0], record[5], record[6]);
			items.add(new Item(item.id(), item.kind(), item.title(), item.summary(), "", List.of(), record[4],
					Integer.valueOf(record[3]), "sv", List.of(record[2]), List.of(), null, null, List.of(Item.PUBLIC)));
		}
		return items;
	}

	static List<Asking> queries(String part) {
		List<Asking> queries = new ArrayList<>();
		for (String line : lines("queries-" + part + ".tsv")) {
			String[] query = line.split("\t");
			queries.add(new Asking(query[0], query[1], query[2].equals("-") ? Set.of() : Set.of(query[2].split(" "))));
		}
		return queries;
	}

	/** National need by need, where more than one need stands behind it. */
	static Map<String, String> groups() {
		Map<String, String> groups = new LinkedHashMap<>();
		List<List<String>> rows = csv("cycle-plan.csv");
		for (List<String> row : rows.subList(1, rows.size())) {
			String national = row.get(rows.getFirst().indexOf("national_need"));
			if (!national.isEmpty() && Integer.parseInt(national.substring(1)) <= 14) {
				groups.put(row.getFirst(), national);
			}
		}
		return groups;
	}

	static List<String> lines(String file) {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				Objects.requireNonNull(RelevanceSet.class.getResourceAsStream("/relevance/" + file), file),
				StandardCharsets.UTF_8))) {
			return reader.lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<List<String>> csv(String file) {
		List<List<String>> rows = new ArrayList<>();
		for (String line : lines(file)) {
			List<String> row = new ArrayList<>();
			StringBuilder value = new StringBuilder();
			boolean quoted = false;
			for (int at = 0; at < line.length(); at++) {
				char letter = line.charAt(at);
				if (letter == '"') {
					quoted = !quoted;
				}
				else if (letter == ',' && !quoted) {
					row.add(value.toString());
					value.setLength(0);
				}
				else {
					value.append(letter);
				}
			}
			row.add(value.toString());
			rows.add(row);
		}
		return rows;
	}

}
