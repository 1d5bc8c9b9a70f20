package se.lokalabehov.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import se.lokalabehov.testsupport.TestIssuer;

/**
 * What a command costs its caller beside what any request costs: need-intake's noting of
 * a question, beside its answer to {@code /actuator/info} with the same token. Both come
 * in an open loop at the same rates, which are shares of what it takes of commands. The
 * goal is for half of it, from where queues begin to tell.
 */
final class Door implements Section {

	/** Of what it takes; the last is what the goal is for. */
	private static final List<Double> SHARES = List.of(0.1, 0.25, 0.5);

	@Override
	public String name() {
		return "door";
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		report.heading("HTTP command accepted");
		try (Servers servers = new Servers(settings, name()); TestIssuer issuer = TestIssuer.start()) {
			// Room for all that is written: a store that looks for more stands still,
			// and what is asked here is the service.
			Servers.Base base = servers.base(List.of("-Xms8g", "-Xmx8g", "-XX:+UseZGC"));
			Servers.Running intake = servers
				.service("need-intake", Pipeline.JVM, base, Servers.trusting(issuer.issuer()))
				.ready();
			Bearer bearer = new Bearer(issuer);
			try (Http http = new Http(intake.address())) {
				Load.Action command = () -> Note.send(http, bearer);
				Load.Action trivial = () -> trivial(http, bearer);
				ClosedLoop.run(Seeing.CLIENTS, settings.warm().dividedBy(2), trivial);
				ClosedLoop.run(Seeing.CLIENTS, settings.warm(), command);
				double most = ClosedLoop.run(Seeing.CLIENTS, settings.window(), command).perSecond();
				report.figure("command", "most that are taken", most, "commands/s");
				for (double share : SHARES) {
					beside(settings, report, share, share * most, command, trivial);
				}
			}
		}
	}

	private static void beside(Settings settings, Report report, double share, double rate, Load.Action command,
			Load.Action trivial) throws Exception {
		Duration window = settings.window();
		Pairs<Load> same = Pairs.measure(settings.rounds(), () -> OpenLoop.run(rate, window, command),
				() -> OpenLoop.run(rate, window, command));
		Pairs<Load> pairs = Pairs.measure(settings.rounds(), () -> OpenLoop.run(rate, window, command),
				() -> OpenLoop.run(rate, window, trivial));
		report.table(List.of("request", "rate/s", "p50 ms", "p99 ms", "failed"),
				List.of(row("command", rate, pairs.a()), row("trivial", rate, pairs.b())));
		String at = " at " + share + " of the most";
		report.sameBesideSame("p99 of the command" + at, same.ratio((load) -> load.millis(99)));
		report.ratio("p99, command to trivial" + at, pairs.ratio((load) -> load.millis(99)), "at most 3");
		report.ratio("p50, command to trivial" + at, pairs.ratio((load) -> load.millis(50)), "");
	}

	private static void trivial(Http http, Bearer bearer) throws IOException {
		http.get("/actuator/info", bearer.token()).expecting(200);
	}

	private static List<String> row(String name, double rate, List<Load> loads) {
		return List.of(name, Report.number(rate), Report.number(median(loads, 50)), Report.number(median(loads, 99)),
				Long.toString(loads.stream().mapToLong(Load::failed).sum()));
	}

	private static double median(List<Load> loads, double percentile) {
		return Ratio.median(loads.stream().mapToDouble((load) -> load.millis(percentile)).toArray());
	}

}
