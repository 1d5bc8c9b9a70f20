package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory the standalone holds, run as its command runs it: with nothing in it,
 * with the example, while 32 clients write, and when they have gone.
 */
final class Memory implements Section {

	/** As {@code mvn -Prun package} starts it. */
	static final List<String> AS_RUN = List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	private static final int CLIENTS = 32;

	private static final String NOTE = """
			{"text": "Vilket stöd hjälper närstående när den som dricker inte vill ha kontakt?", "area": "SBB"}""";

	private static final Pattern MOST = Pattern.compile("VmHWM:\\s+([0-9]+) kB");

	@Override
	public String name() {
		return "memory";
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		report.heading("Resident memory of the standalone, " + String.join(" ", AS_RUN));
		try (Servers servers = new Servers(settings, "memory")) {
			Servers.Running empty = servers.standalone("empty", AS_RUN, "--empty");
			empty.child().said("Ready after");
			rest(settings);
			figure(report, "empty, idle for " + settings.warm().toSeconds() + " s (goal: under 1024)", empty);
			servers.end(empty.child());
			Servers.Running example = servers.standalone("example", AS_RUN);
			example.child().said("Portal");
			rest(settings);
			figure(report, "with the example, idle (goal: under 1024)", example);
			write(settings, report, example);
			figure(report, "while " + CLIENTS + " clients have written", example);
			rest(settings);
			figure(report, "idle again", example);
			report.figure("standalone", "most that it ever held", most(example) / 1048576.0, "MiB");
		}
	}

	private static void rest(Settings settings) throws InterruptedException {
		TimeUnit.MILLISECONDS.sleep(settings.warm().toMillis());
	}

	private static void figure(Report report, String name, Servers.Running platform) throws IOException {
		report.figure("standalone", name, platform.child().resident() / 1048576.0, "MiB");
	}

	private static void write(Settings settings, Report report, Servers.Running platform) throws IOException {
		String token = Servers.token(platform.address(), "forfattare-0180");
		try (Http http = new Http(platform.address())) {
			Load load = ClosedLoop.run(CLIENTS, settings.warm().plus(settings.window()),
					() -> http
						.send("POST", "/api/v1/question-notes", token, NOTE, "Idempotency-Key",
								UUID.randomUUID().toString())
						.expecting(201));
			report.figure("standalone", "commands accepted meanwhile, through the portal", load.perSecond(), "1/s");
		}
	}

	private static long most(Servers.Running platform) throws IOException {
		Path status = Path.of("/proc", Long.toString(platform.child().pid()), "status");
		if (!Files.exists(status)) {
			return 0;
		}
		Matcher matcher = MOST.matcher(Files.readString(status));
		return matcher.find() ? 1024 * Long.parseLong(matcher.group(1)) : 0;
	}

}
