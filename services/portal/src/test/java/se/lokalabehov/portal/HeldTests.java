package se.lokalabehov.portal;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What is held is made elsewhere, and fails as if it were made here.
 */
class HeldTests {

	@Test
	void whoAsksIsToldWhyItCouldNotBeMade() {
		try (Held<String> held = new Held<>()) {
			assertThatIllegalStateException().isThrownBy(() -> held.get("plats", () -> {
				throw new IllegalStateException("borta");
			})).withMessage("borta");
			// It is not kept.
			Awaitility.await().ignoreExceptions().until(() -> held.get("plats", () -> "framme").equals("framme"));
		}
	}

}
