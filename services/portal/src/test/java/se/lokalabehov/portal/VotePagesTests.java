package se.lokalabehov.portal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moving up and down in a ballot.
 */
class VotePagesTests {

	private static final List<VotePages.Item> ITEMS = List.of(item("a", 1, false), item("b", 2, false),
			item("c", 2, true), item("d", null, false));

	private static VotePages.Item item(String id, @Nullable Integer place, boolean conflict) {
		return new VotePages.Item(id, id.toUpperCase(Locale.ROOT), place, conflict, "", Map.of());
	}

	private static String moved(String id, boolean up) {
		return VotePages.moved(ITEMS, id, up)
			.stream()
			.map((item) -> item.id() + ((item.place() != null) ? item.place() : ""))
			.collect(Collectors.joining(" "));
	}

	@Test
	void whatIsMovedChangesPlaceWithItsNeighbour() {
		assertThat(moved("b", true)).isEqualTo("b1 a2 c3 d");
		assertThat(moved("a", false)).isEqualTo("b1 a2 c3 d");
	}

	@Test
	void theFirstAndTheLastStayWhereTheyAre() {
		assertThat(moved("a", true)).isEqualTo("a1 b2 c3 d");
		assertThat(moved("c", false)).isEqualTo("a1 b2 c3 d");
	}

	@Test
	void whatOneHasNoOpinionOnGetsTheLastPlaceWhenItIsMovedUp() {
		assertThat(moved("d", true)).isEqualTo("a1 b2 c3 d4");
		assertThat(moved("d", false)).isEqualTo("a1 b2 c3 d");
	}

	@Test
	void whatIsNotOnTheBallotMovesNothing() {
		assertThat(VotePages.moved(ITEMS, "x", true)).isEqualTo(ITEMS);
	}

	@Test
	void aConflictOfInterestFollowsItsItem() {
		assertThat(VotePages.moved(ITEMS, "b", true).get(2).conflict()).isTrue();
	}

}
