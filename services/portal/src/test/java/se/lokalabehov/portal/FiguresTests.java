package se.lokalabehov.portal;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import se.lokalabehov.portal.Figures.Heard;
import se.lokalabehov.portal.Figures.Lead;
import se.lokalabehov.portal.Figures.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted, and what of it is told to whom.
 */
class FiguresTests {

	private static final Instant DAY_ONE = Instant.parse("2026-01-01T12:00:00Z");

	private static final Instant NOW = after(100);

	private static Instant after(int days) {
		return DAY_ONE.plus(Duration.ofDays(days));
	}

	private static Map<Stage, Instant> submitted(int day, int deliveredAfter) {
		Map<Stage, Instant> at = new EnumMap<>(Stage.class);
		at.put(Stage.SUBMITTED, after(day));
		at.put(Stage.DELIVERED, after(day + deliveredAfter));
		return at;
	}

	@Test
	void theMedianOfAllIsThatOfAllCasesAndNotOfTheRegionsMedians() {
		Figures one = new Figures();
		Figures other = new Figures();
		List.of(1, 1, 1).forEach((days) -> one.need("a" + days, submitted(0, days), NOW));
		List.of(10, 20, 30, 40).forEach((days) -> other.need("b" + days, submitted(0, days), NOW));

		Figures.Days took = Figures.sum(List.of(one, other)).took(Lead.COLLECT);

		assertThat(took.count()).isEqualTo(7);
		assertThat(took.median()).isEqualTo(10);
		assertThat(took.longest()).isEqualTo(40);
	}

	@Test
	void aNeedWaitsUntilItIsAnsweredOrTakenBack() {
		Figures figures = new Figures();
		Map<Stage, Instant> answered = submitted(0, 5);
		answered.put(Stage.ANSWERED, after(6));
		Map<Stage, Instant> withdrawn = submitted(0, 5);
		withdrawn.put(Stage.WITHDRAWN, after(6));
		figures.need("answered", answered, NOW);
		figures.need("withdrawn", withdrawn, NOW);
		figures.need("late", submitted(80, 5), NOW);
		figures.need("early", submitted(10, 5), NOW);

		assertThat(figures.waits(Lead.WHOLE).count()).isEqualTo(2);
		assertThat(figures.waits(Lead.WHOLE).longest()).isEqualTo(90);
		assertThat(figures.waits(Lead.COMPILE).longest()).isEqualTo(85);
		assertThat(figures.longest()).extracting(Figures.Waiting::need).containsExactly("early", "late");
	}

	@Test
	void whoHasAnsweredIsKnownToAllWhenTheRegionHasDelivered() {
		Figures figures = new Figures();
		figures.municipality("0180", Heard.of(State.NEEDS, 2, true), DAY_ONE, after(3), NOW);
		figures.municipality("0114", Heard.of(State.NOT_YET, 0, true), DAY_ONE, null, NOW);
		figures.municipality("0380", Heard.of(State.NEEDS, 1, false), DAY_ONE, after(1), NOW);
		figures.municipality("0480", Heard.of(State.NOT_ASKED, 0, false), null, null, NOW);

		assertThat(figures.municipalities(State.NEEDS, State.NO_NEEDS)).isEqualTo(2);
		assertThat(figures.knownToBeHeard()).isEqualTo(1);
		assertThat(figures.heard("0114").known()).isEqualTo(Figures.Known.SILENT);
		assertThat(figures.heard("0380").known()).isEqualTo(Figures.Known.OPEN);
		assertThat(figures.heard("9999")).isEqualTo(Heard.NOTHING);
	}

	@Test
	void thatOneAnswersASecondCycleIsNotToldBecauseTheFirstIsOver() {
		Figures first = new Figures();
		Figures second = new Figures();
		first.municipality("0180", Heard.of(State.NOT_YET, 0, true), DAY_ONE, null, NOW);
		second.municipality("0180", Heard.of(State.NEEDS, 1, false), DAY_ONE, after(1), NOW);

		Heard both = Figures.sum(List.of(first, second)).heard("0180");

		assertThat(both.state()).isEqualTo(State.NEEDS);
		assertThat(both.known()).isEqualTo(Figures.Known.SILENT);
	}

	@Test
	void whoDoesNotBelongThereReadsRoundedNumbersAndNoneBelowFive() {
		Figures figures = new Figures();
		for (int i = 0; i < 13; i++) {
			figures.need("need-" + i, (i < 4) ? submitted(0, i) : Map.of(Stage.SUBMITTED, DAY_ONE), NOW);
		}

		Overview own = Overview.of(figures, true, true, true);
		Overview others = Overview.of(figures, false, false, true);

		assertThat(own.funnel()).extracting((bar) -> bar.count().csv()).startsWith("13", "0", "4");
		assertThat(others.funnel()).extracting((bar) -> bar.count().csv())
			.startsWith("cirka 15", "färre än 5", "färre än 5");
		assertThat(lead(own).median()).isEqualTo(1);
		assertThat(lead(others).median()).isNull();
		assertThat(lead(Overview.of(figures, true, false, false)).median())
			.as("few cases are not told of, also where numbers are")
			.isNull();
	}

	private static Overview.LeadTime lead(Overview overview) {
		return overview.leads()
			.stream()
			.filter((one) -> one.key().equals(Lead.COLLECT.name()))
			.findFirst()
			.orElseThrow();
	}

}
