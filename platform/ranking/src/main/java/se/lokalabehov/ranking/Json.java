package se.lokalabehov.ranking;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as trees of maps, lists, text, numbers, booleans and null, written in canonical
 * form: RFC 8785 (members by name, code unit by code unit; no spaces; least escapes),
 * except that whole numbers have all their digits. Fractions have at most six decimals,
 * for which RFC 8785 writes the same.
 */
final class Json {

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).maxNumberLength(40).build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private Json() {
	}

	/**
	 * Reads.
	 * @throws IllegalArgumentException when it is no JSON, has a member twice or nests
	 * deeply
	 */
	static @Nullable Object read(byte[] bytes) {
		try {
			return MAPPER.readValue(bytes, Object.class);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("not JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	/** Writes. */
	static String write(@Nullable Object tree) {
		StringBuilder text = new StringBuilder();
		write(tree, text);
		return text.toString();
	}

	private static void write(@Nullable Object tree, StringBuilder text) {
		if (tree instanceof Map<?, ?> map) {
			String separator = "{";
			for (Map.Entry<?, ?> member : sorted(map).entrySet()) {
				text.append(separator);
				quote((String) member.getKey(), text);
				text.append(':');
				write(member.getValue(), text);
				separator = ",";
			}
			text.append(map.isEmpty() ? "{}" : "}");
		}
		else if (tree instanceof Collection<?> list) {
			String separator = "[";
			for (Object element : list) {
				text.append(separator);
				write(element, text);
				separator = ",";
			}
			text.append(list.isEmpty() ? "[]" : "]");
		}
		else if (tree instanceof long[] numbers) {
			text.append('[');
			for (int i = 0; i < numbers.length; i++) {
				text.append((i > 0) ? "," : "").append(numbers[i]);
			}
			text.append(']');
		}
		else if (tree instanceof String string) {
			quote(string, text);
		}
		else if (tree instanceof BigDecimal number) {
			BigDecimal normal = Exact.normal(number);
			text.append((Math.abs((long) normal.scale()) > 50) ? normal.toString() : normal.toPlainString());
		}
		else {
			text.append(tree);
		}
	}

	private static TreeMap<String, Object> sorted(Map<?, ?> map) {
		TreeMap<String, Object> sorted = new TreeMap<>();
		map.forEach((name, value) -> sorted.put((String) name, value));
		return sorted;
	}

	private static void quote(String string, StringBuilder text) {
		text.append('"');
		for (int i = 0; i < string.length(); i++) {
			char c = string.charAt(i);
			switch (c) {
				case '"' -> text.append("\\\"");
				case '\\' -> text.append("\\\\");
				case '\b' -> text.append("\\b");
				case '\f' -> text.append("\\f");
				case '\n' -> text.append("\\n");
				case '\r' -> text.append("\\r");
				case '\t' -> text.append("\\t");
				default -> text.append((c < 0x20) ? String.format("\\u%04x", (int) c) : Character.toString(c));
			}
		}
		text.append('"');
	}

	/**
	 * Where two trees differ.
	 * @param differences gets a line for each place, path first, until it has ten
	 */
	static void compare(String path, @Nullable Object expected, @Nullable Object found, List<String> differences) {
		if (differences.size() >= 10) {
			return;
		}
		if (expected instanceof Map<?, ?> one && found instanceof Map<?, ?> other) {
			TreeSet<String> names = new TreeSet<>(sorted(one).keySet());
			names.addAll(sorted(other).keySet());
			for (String name : names) {
				if (!one.containsKey(name) || !other.containsKey(name)) {
					compare(path + "." + name, one.containsKey(name) ? one.get(name) : "(nothing)",
							other.containsKey(name) ? other.get(name) : "(nothing)", differences);
				}
				else {
					compare(path + "." + name, one.get(name), other.get(name), differences);
				}
			}
		}
		else if (expected instanceof List<?> one && found instanceof List<?> other && one.size() == other.size()) {
			for (int i = 0; i < one.size(); i++) {
				compare(path + "[" + i + "]", one.get(i), other.get(i), differences);
			}
		}
		else if (!write(expected).equals(write(found))) {
			differences.add(path + ": expected " + brief(write(expected)) + ", found " + brief(write(found)));
		}
	}

	static String brief(String text) {
		String line = text.replaceAll("\\p{Cntrl}", " ");
		return (line.length() > 120) ? line.substring(0, 117) + "..." : line;
	}

}
