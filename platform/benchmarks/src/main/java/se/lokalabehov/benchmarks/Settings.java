package se.lokalabehov.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much and how long is measured.
 *
 * @param rounds interleaved pairs of each comparison
 * @param window how long one side is under load at a time
 * @param warm how long each side is under load before the first window
 * @param scale of the amounts that a section's goal names: 1 is the goal's own
 * @param out the directory of the report, of the servers' logs and of their data
 */
record Settings(int rounds, Duration window, Duration warm, double scale, Path out) {

	private static final Map<String, String> USUAL = Map.of("only", "", "rounds", "10", "seconds", "10", "warm", "30",
			"scale", "1", "out", "target/benchmarks");

	/**
	 * Reads the command line.
	 * @param arguments such as {@code --rounds=10}
	 * @return every option, with what is usual where nothing is said
	 */
	static Map<String, String> options(String... arguments) {
		Map<String, String> options = new HashMap<>(USUAL);
		for (String argument : arguments) {
			String[] parts = argument.replaceFirst("^--", "").split("=", 2);
			if (parts.length < 2 || !USUAL.containsKey(parts[0])) {
				throw new IllegalArgumentException("What is " + argument + "? There are " + sorted());
			}
			options.put(parts[0], parts[1]);
		}
		return options;
	}

	private static List<String> sorted() {
		List<String> names = new ArrayList<>();
		USUAL.forEach((name, value) -> names.add("--" + name + "=" + value));
		names.sort(null);
		return names;
	}

	static Settings of(Map<String, String> options) {
		return new Settings(Integer.parseInt(options.getOrDefault("rounds", "")), seconds(options, "seconds"),
				seconds(options, "warm"), Double.parseDouble(options.getOrDefault("scale", "")),
				Path.of(options.getOrDefault("out", "")).toAbsolutePath());
	}

	private static Duration seconds(Map<String, String> options, String name) {
		return Duration.ofMillis(Math.round(1000 * Double.parseDouble(options.getOrDefault(name, ""))));
	}

}
