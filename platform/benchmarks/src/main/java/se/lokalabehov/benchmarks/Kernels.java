package se.lokalabehov.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What the pure parts cost by themselves, by JMH: events to JSON and back, a decision, a
 * ranking, a hash.
 */
final class Kernels implements Section {

	@Override
	public String name() {
		return "kernels";
	}

	@Override
	public void run(Settings settings, Report report) throws Exception {
		report.heading("Kernels (JMH)");
		Options options = new OptionsBuilder().include("se\\.lokalabehov\\..*Kernel\\..*")
			.forks(2)
			.warmupIterations(3)
			.warmupTime(TimeValue.seconds(1))
			.measurementIterations(5)
			.measurementTime(TimeValue.seconds(1))
			.jvmArgs("-Xmx512m")
			.build();
		Map<String, Result<?>> results = new TreeMap<>();
		for (RunResult result : new Runner(options).run()) {
			String name = result.getParams().getBenchmark().replaceFirst("^.*\\.([^.]+\\.[^.]+)$", "$1");
			for (String parameter : result.getParams().getParamsKeys()) {
				name += ", " + result.getParams().getParam(parameter);
			}
			results.put(name, result.getPrimaryResult());
		}
		List<List<String>> rows = new ArrayList<>();
		results.forEach((name, result) -> rows.add(List.of(name, Report.number(result.getScore()),
				"± " + Report.number(result.getScoreError()), result.getScoreUnit())));
		report.table(List.of("kernel", "time", "99.9 %", "unit"), rows);
		results.forEach((name, result) -> report.figure("kernel", name, result.getScore(), result.getScoreUnit()));
	}

}
