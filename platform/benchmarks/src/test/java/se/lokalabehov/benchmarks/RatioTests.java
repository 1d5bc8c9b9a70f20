package se.lokalabehov.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RatioTests {

	@Test
	void oneThatIsAlwaysTwiceTheOtherIsTwiceTheOther() {
		Ratio ratio = Ratio.of(new double[] { 2, 8, 20 }, new double[] { 1, 4, 10 });

		assertThat(ratio).isEqualTo(new Ratio(2, 2, 2, 3));
		assertThat(ratio.includesOne()).isFalse();
	}

	@Test
	void oneThatIsNowMoreNowLessMayBeTheSame() {
		double[] a = IntStream.range(0, 20).mapToDouble((i) -> (i % 2 == 0) ? 110 : 90).toArray();
		double[] b = IntStream.range(0, 20).mapToDouble((i) -> 100).toArray();

		Ratio ratio = Ratio.of(a, b);

		assertThat(ratio.median()).isEqualTo(1);
		assertThat(ratio.low()).isEqualTo(0.9);
		assertThat(ratio.high()).isEqualTo(1.1);
		assertThat(ratio.includesOne()).isTrue();
	}

	@Test
	void theReportHasTablesForPeopleAndFiguresForMachines(@TempDir Path directory) throws Exception {
		Report report = new Report(directory, "a command");
		report.heading("work");
		report.figure("start", "to ready", 1234.5, "ms");
		report.ratio("ours beside ours", new Ratio(1.01, 0.98, 1.04, 10), "");
		report.write();

		assertThat(Files.readString(directory.resolve("benchmarks.md"))).contains("- command: `a command`")
			.contains(
					"| start | to ready | 1235 ms |  |\n| ours beside ours | median of 10 pairs | 1.01 (0.980 to 1.04) |")
			.contains("Load average");
		assertThat(Files.readString(directory.resolve("benchmarks.json"))).contains("1234.5");
	}

}
