package se.lokalabehov.portal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A list is searched and shown in parts.
 */
class ListingTests {

	private static final List<String> HUNDRED_AND_ONE = IntStream.rangeClosed(1, 101)
		.mapToObj((i) -> "behov " + i)
		.toList();

	private static Listing<String> part(String q, String page) {
		return Listing.of(HUNDRED_AND_ONE.size(), HUNDRED_AND_ONE, Optional.of(q), Optional.of(page),
				Function.identity());
	}

	@Test
	void thePartsTogetherAreTheWholeList() {
		assertThat(IntStream.rangeClosed(1, part("", "1").pages())
			.boxed()
			.flatMap((page) -> part("", String.valueOf(page)).rows().stream())).isEqualTo(HUNDRED_AND_ONE);
	}

	@Test
	void everyWordMustBeThereWhateverItsCase() {
		Listing<String> found = Listing.of(3, List.of("Äldre och spel", "äldres boende", "Spel om pengar"),
				Optional.of("  ÄLDRE spel "), Optional.empty(), Function.identity());
		assertThat(found.rows()).containsExactly("Äldre och spel");
		assertThat(found.found()).isEqualTo(1);
		assertThat(found.all()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "x", "", "99999999999", "4", "999999" })
	void anAddressWithAPartThatIsNotThereLeadsToOneThatIs(String page) {
		assertThat(part("", page).page()).isBetween(1, 3);
		assertThat(part("finns inte", page).rows()).isEmpty();
	}

}
