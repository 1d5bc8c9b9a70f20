package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured, as Markdown to be read and as JSON to be compared by machines; also
 * said on the console as it comes.
 */
final class Report {

	private final StringBuilder markdown = new StringBuilder();

	private final Map<String, Object> machine = new LinkedHashMap<>();

	private final List<Map<String, Object>> figures = new ArrayList<>();

	private final Path directory;

	private boolean inFigures;

	/**
	 * An empty report, except for what it was made with.
	 * @param directory where {@code benchmarks.md} and {@code benchmarks.json} are
	 * written
	 * @param command how it was asked for
	 */
	Report(Path directory, String command) throws IOException {
		this.directory = directory;
		this.machine.put("command", command);
		this.machine.put("begun", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
		this.machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
		this.machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
		this.machine.put("processor", processor());
		this.machine.put("processors", Runtime.getRuntime().availableProcessors());
		this.machine.put("memory", memory());
		this.machine.put("commit", commit());
		for (Class<?> library : List.of(org.springframework.boot.SpringApplication.class,
				org.apache.kafka.clients.producer.KafkaProducer.class, com.mongodb.client.MongoClient.class)) {
			String jar = Path.of(library.getProtectionDomain().getCodeSource().getLocation().getPath())
				.getFileName()
				.toString();
			this.machine.put(jar.replaceFirst("-[0-9].*", ""), jar.replaceFirst(".*?-([0-9].*)\\.jar", "$1"));
		}
		this.machine.forEach((name, value) -> add("- " + name + ": `" + value + "`\n"));
	}

	private static String processor() throws IOException {
		Path file = Path.of("/proc/cpuinfo");
		return Files.exists(file) ? Files.readAllLines(file)
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse("unknown") : "unknown";
	}

	private static String memory() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system)
				? (system.getTotalMemorySize() >> 20) + " MiB" : "unknown";
	}

	private static String commit() {
		try {
			Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").redirectErrorStream(true)
				.start();
			String said = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
			return (git.waitFor() == 0) ? said.strip() : "unknown";
		}
		catch (IOException ex) {
			return "unknown";
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "unknown";
		}
	}

	/** Begins a section. */
	void heading(String heading) {
		add("\n## " + heading + "\n");
	}

	/** Says something, as a paragraph. */
	void text(String text) {
		add("\n" + text + "\n");
	}

	/** A table, with the load average at this moment. */
	void table(List<String> header, List<List<String>> rows) {
		add("\n" + row(header) + row(header.stream().map((one) -> "---").toList())
				+ rows.stream().map(Report::row).collect(Collectors.joining()));
		load();
	}

	/**
	 * One figure; those that follow each other make a table.
	 * @param work what was done, such as {@code start: standalone}
	 * @param name which figure of it, such as {@code to ready}
	 * @param value the figure
	 * @param unit such as {@code ms}
	 */
	void figure(String work, String name, double value, String unit) {
		figureRow(work, name, number(value) + " " + unit, "");
		this.figures.add(Map.of("work", work, "name", name, "value", value, "unit", unit, "load", loadAverage()));
	}

	/**
	 * How one side stands to another.
	 * @param what which figure of which sides
	 * @param ratio of all pairs
	 * @param goal in words, empty for none
	 */
	void ratio(String what, Ratio ratio, String goal) {
		figureRow(what, "median of " + ratio.pairs() + " pairs", String.format(Locale.ROOT, "%s (%s to %s)",
				number(ratio.median()), number(ratio.low()), number(ratio.high())), goal);
		this.figures.add(Map.of("work", what, "name", "ratio", "value", ratio.median(), "low", ratio.low(), "high",
				ratio.high(), "pairs", ratio.pairs(), "goal", goal, "load", loadAverage()));
	}

	/**
	 * A side beside itself: what this machine and this way of measuring can tell apart.
	 */
	void sameBesideSame(String what, Ratio ratio) {
		ratio(what + ", beside itself", ratio,
				"must include 1: " + (ratio.includesOne() ? "it does" : "it does NOT, so mistrust the others"));
	}

	private void figureRow(String work, String name, String value, String goal) {
		String begun = this.inFigures ? ""
				: "\n" + row(List.of("work", "figure", "value", "goal")) + row(List.of("---", "---", "---", "---"));
		add(begun + row(List.of(work, name, value, goal)));
		this.inFigures = true;
	}

	private static String row(List<String> cells) {
		return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
	}

	private void load() {
		add(String.format(Locale.ROOT, "\nLoad average %.1f.\n", loadAverage()));
	}

	static double loadAverage() {
		return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
	}

	/** Three figures that mean something. */
	static String number(double value) {
		double magnitude = Math.abs(value);
		return String.format(Locale.ROOT,
				(magnitude >= 100) ? "%.0f"
						: (magnitude >= 10) ? "%.1f"
								: (magnitude >= 1 || magnitude == 0) ? "%.2f" : (magnitude >= 0.01) ? "%.3f" : "%.2g",
				value);
	}

	private void add(String text) {
		if (this.inFigures && !text.startsWith("|")) {
			this.inFigures = false;
			load();
		}
		this.markdown.append(text);
		System.out.print(text);
	}

	/** Writes both files as they are by now. */
	void write() throws IOException {
		if (this.inFigures) {
			add("\n");
		}
		Files.createDirectories(this.directory);
		Files.writeString(this.directory.resolve("benchmarks.md"), "# Benchmarks\n\n" + this.markdown);
		Files.writeString(this.directory.resolve("benchmarks.json"),
				JsonMapper.builder()
					.enable(SerializationFeature.INDENT_OUTPUT)
					.build()
					.writeValueAsString(Map.of("machine", this.machine, "figures", this.figures)));
	}

}
