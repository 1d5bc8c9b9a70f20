package se.lokalabehov.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The command that measures: every section in order, or those that {@code --only} names.
 */
public final class Benchmarks {

	private static final List<Section> SECTIONS = List.of(new Pipeline(), new Door(), new Processes(), new Pages(),
			new Rebuild(), new Cycle(), new Memory(), new Start(), new Kernels());

	private Benchmarks() {
	}

	/**
	 * Measures. The report is written after each section; what breaks one is told in it,
	 * the others go on, and it ends with 1.
	 * @param arguments {@code --only=a,b --rounds=10 --seconds=10 --warm=30 --scale=1
	 * --out=target/benchmarks}, which are the usual ones except for the first
	 * @throws Exception when the report can not be written
	 */
	public static void main(String[] arguments) throws Exception {
		Map<String, String> options = Settings.options(arguments);
		Runtime.getRuntime()
			.addShutdownHook(
					new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
		Settings settings = Settings.of(options);
		Report report = new Report(settings.out(), "Benchmarks " + String.join(" ", arguments));
		boolean whole = true;
		for (Section section : chosen(options.getOrDefault("only", ""))) {
			try {
				section.run(settings, report);
			}
			catch (Exception ex) {
				whole = false;
				report.text("**Broken off**: " + ex);
				ex.printStackTrace();
			}
			report.write();
		}
		System.exit(whole ? 0 : 1);
	}

	private static List<Section> chosen(String only) {
		if (only.isEmpty()) {
			return SECTIONS;
		}
		TreeSet<String> unknown = new TreeSet<>(Arrays.asList(only.split(",")));
		List<Section> chosen = new ArrayList<>();
		for (Section section : SECTIONS) {
			if (unknown.remove(section.name())) {
				chosen.add(section);
			}
		}
		if (!unknown.isEmpty()) {
			throw new IllegalArgumentException(
					"There is no " + unknown + " among " + SECTIONS.stream().map(Section::name).toList());
		}
		return chosen;
	}

}
