package se.lokalabehov.crash;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The short form of the crash run.
 */
class CrashTests {

	@Test
	void nothingAcknowledgedIsLostAndNothingIsInEffectTwiceOverThreeKills() throws Exception {
		CrashRun.Result result = CrashRun.run(new CrashRun.Plan(3, 6, 20261122, "NONE", false));

		System.out.println(result.report());
		assertThat(result.broken()).isEmpty();
		assertThat(result.kills()).isEqualTo(3);
		assertThat(result.acknowledged()).isGreaterThan(100);
	}

	@Test
	void underLoadItEndsInOrderWhenItIsToldToAndNothingAcknowledgedIsLost() throws Exception {
		CrashRun.Result result = CrashRun.run(new CrashRun.Plan(1, 6, 20261123, "NONE", true));

		System.out.println(result.report());
		assertThat(result.exits()).as("128 + SIGTERM: by itself, after its shutdown hooks").containsExactly(143);
		assertThat(result.broken()).isEmpty();
	}

}
