package se.lokalabehov.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * From the command until it is ready: the standalone on the example's data, and one
 * service by itself on a broker and a store that run. Each measure beside the same jars
 * without it: an archive of classes (CDS), a cache of linked classes and of profiles
 * (AOT, JDK 24 and newer), lazy beans.
 */
final class Start implements Section {

	private static final List<String> SERVICE = List.of("-Xmx256m", "-XX:+UseSerialGC");

	/** The standalone without what it is run with. */
	private static final List<String> STANDALONE = List.of("-Xmx768m", "-XX:+UseSerialGC");

	private static final String PLAIN = "no measure taken";

	private static final String AGAIN = "no measure taken, again";

	private static final String C1 = "C1 only";

	private static final String AOT = "AOT cache";

	/** Starts it with some options of the JVM and waits; the caller ends it. */
	@FunctionalInterface
	private interface Starting {

		Child start(String log, List<String> options) throws Exception;

	}

	@Override
	public String name() {
		return "start";
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		report.heading("From command to ready");
		try (Servers servers = new Servers(settings, "start")) {
			standalone(servers, settings, report);
			service(servers, settings, report);
		}
	}

	private static void standalone(Servers servers, Settings settings, Report report) throws Exception {
		String jars = jars(servers);
		int port = servers.freePort();
		Starting starting = (log, options) -> {
			Child child = standalone(servers, log, options, jars, port, true);
			child.said("Ready after");
			return child;
		};
		// The data that all start on, and what the first one after an installation does.
		Child first = standalone(servers, "standalone-example", STANDALONE, jars, port, false);
		first.said("Portal");
		servers.end(first);
		Starting training = (log, options) -> {
			Child child = starting.start(log, options);
			ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroy);
			return child;
		};
		Map<String, List<String>> measures = measures(servers, "standalone", training, STANDALONE);
		compare("standalone", C1, "under 15 s", measures, starting, servers, settings, report);
	}

	private static Child standalone(Servers servers, String log, List<String> options, String jars, int port,
			boolean empty) throws IOException {
		List<String> main = new ArrayList<>(List.of("-cp", jars, "se.lokalabehov.standalone.StandaloneApplication",
				"--data=" + servers.directory().resolve("standalone"), "--ports=" + port));
		if (empty) {
			main.add("--empty");
		}
		return servers.start(log, options, main);
	}

	/** The class path with jars only, as archives of classes need it. */
	private static String jars(Servers servers) throws IOException {
		Path made = Files.createDirectories(servers.directory().resolve("jars"));
		List<String> jars = new ArrayList<>();
		for (String entry : Servers.standaloneClassPath().split(File.pathSeparator)) {
			Path path = Path.of(entry);
			if (Files.isDirectory(path)) {
				Path jar = made.resolve(jars.size() + ".jar");
				ToolProvider.findFirst("jar")
					.orElseThrow()
					.run(System.out, System.err, "--create", "--file", jar.toString(), "-C", entry, ".");
				path = jar;
			}
			jars.add(path.toString());
		}
		return String.join(File.pathSeparator, jars);
	}

	private static void service(Servers servers, Settings settings, Report report) throws Exception {
		Servers.Base base = servers.base(List.of("-Xmx512m"));
		Path exec = Servers.jar("services/need-intake");
		Path extracted = extracted(servers, exec);
		List<String> more = new ArrayList<>(base.arguments());
		// Never asked: nobody comes with a token.
		more.addAll(Servers.trusting("http://localhost:1"));
		Starting starting = service(servers, extracted, more);
		// As its image is made (deploy/Dockerfile): neither broker nor store.
		Starting training = (log, options) -> servers.start(log, with(options, "-Dspring.context.exit=onRefresh"),
				List.of("-jar", extracted.toString()));
		Map<String, List<String>> measures = measures(servers, "service", training, SERVICE);
		compare("need-intake alone, its jar extracted", AOT, "under 4 s", measures, starting, servers, settings,
				report);
		Starting nested = service(servers, exec, more);
		compare("need-intake alone, one jar with jars in it", "", "", Map.of(PLAIN, SERVICE), nested, servers, settings,
				report);
	}

	private static Starting service(Servers servers, Path jar, List<String> more) {
		return (log, options) -> {
			int port = servers.freePort();
			List<String> main = new ArrayList<>(List.of("-jar", jar.toString(), "--server.port=" + port,
					"--server.address=127.0.0.1", "--spring.main.banner-mode=off"));
			main.addAll(more);
			Child child = servers.start(log, options, main);
			child.answers(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"));
			return child;
		};
	}

	private static Path extracted(Servers servers, Path exec) throws IOException, InterruptedException {
		Path into = servers.directory().resolve("extracted");
		Child tools = servers.start("extract", List.of("-Djarmode=tools"),
				List.of("-jar", exec.toString(), "extract", "--destination", into.toString()));
		ended(tools);
		try (Stream<Path> files = Files.list(into)) {
			return files.filter((file) -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
		}
	}

	/**
	 * What is tried, by its name, with the options of the JVM; archives are made first.
	 * @param training starts what ends by itself, in order: then an archive is written
	 */
	private static Map<String, List<String>> measures(Servers servers, String what, Starting training,
			List<String> usual) throws Exception {
		Path cds = servers.directory().resolve(what + ".jsa");
		Path aot = servers.directory().resolve(what + ".aot");
		ended(training.start(what + "-cds-made", with(usual, "-XX:ArchiveClassesAtExit=" + cds)));
		ended(training.start(what + "-aot-made", with(usual, "-XX:AOTCacheOutput=" + aot)));
		Map<String, List<String>> measures = new LinkedHashMap<>();
		measures.put(PLAIN, usual);
		measures.put(AGAIN, usual);
		measures.put("class data sharing", with(usual, "-XX:SharedArchiveFile=" + cds));
		measures.put(AOT, with(usual, "-XX:AOTCache=" + aot));
		measures.put("lazy beans", with(usual, "-Dspring.main.lazy-initialization=true"));
		measures.put(C1, with(usual, "-XX:TieredStopAtLevel=1"));
		measures.put("AOT cache and C1 only", with(usual, "-XX:AOTCache=" + aot, "-XX:TieredStopAtLevel=1"));
		return measures;
	}

	private static List<String> with(List<String> usual, String... more) {
		List<String> all = new ArrayList<>(usual);
		all.addAll(List.of(more));
		return all;
	}

	/** Writing an archive takes longer than ending does. */
	private static void ended(Child child) throws InterruptedException {
		Optional<ProcessHandle> process = ProcessHandle.of(child.pid());
		for (int i = 0; i < 3_000 && process.isPresent() && process.get().isAlive(); i++) {
			TimeUnit.MILLISECONDS.sleep(100);
		}
	}

	/**
	 * Measures all in turn.
	 * @param taken the measure with which it is run
	 */
	private static void compare(String what, String taken, String goal, Map<String, List<String>> measures,
			Starting starting, Servers servers, Settings settings, Report report) throws Exception {
		Map<String, double[]> seconds = new LinkedHashMap<>();
		Map<String, double[]> cpu = new LinkedHashMap<>();
		measures.keySet().forEach((name) -> {
			seconds.put(name, new double[settings.rounds()]);
			cpu.put(name, new double[settings.rounds()]);
		});
		List<String> order = new ArrayList<>(measures.keySet());
		for (int round = 0; round < settings.rounds(); round++) {
			for (String name : (round % 2 == 0) ? order : order.reversed()) {
				String log = (what + "-" + name + "-" + round).replaceAll("[^A-Za-z0-9]+", "-");
				long began = System.nanoTime();
				Child child = starting.start(log, Objects.requireNonNull(measures.get(name)));
				Objects.requireNonNull(seconds.get(name))[round] = (System.nanoTime() - began) / 1e9;
				Objects.requireNonNull(cpu.get(name))[round] = child.cpuSeconds();
				servers.end(child);
			}
		}
		double[] plain = Objects.requireNonNull(seconds.get(PLAIN));
		seconds.forEach((name, took) -> {
			report.figure(what + ", " + name,
					"to ready" + (name.equals(taken) ? ", as it is run (goal: " + goal + ")" : ""), Ratio.median(took),
					"s");
			report.figure(what + ", " + name, "processor until then",
					Ratio.median(Objects.requireNonNull(cpu.get(name))), "s");
			if (name.equals(AGAIN)) {
				report.sameBesideSame(what, Ratio.of(took, plain));
			}
			else if (!name.equals(PLAIN)) {
				report.ratio(what + ": " + name + " beside without", Ratio.of(took, plain), "");
			}
		});
	}

}
