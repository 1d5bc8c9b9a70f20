package se.lokalabehov.crash;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The short form of the fault suite.
 */
class FaultTests {

	@Test
	void nothingAcknowledgedIsLostAndNothingIsInEffectTwiceWhateverIsKilledCutOffOrEnded() throws Exception {
		try (FaultRun run = new FaultRun(20261122)) {
			FaultRun.Row row = run.play(Faults.sample(), 3);

			System.out.println(row.line());
			assertThat(row.why()).isEmpty();
			assertThat(row.broken()).isEmpty();
			assertThat(row.times()).isEqualTo(3);
			assertThat(row.ok()).isGreaterThan(120);
		}
	}

}
