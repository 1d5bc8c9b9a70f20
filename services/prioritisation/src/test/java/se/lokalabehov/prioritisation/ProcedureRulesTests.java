package se.lokalabehov.prioritisation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.Seat;

import static org.assertj.core.api.Assertions.assertThat;

class ProcedureRulesTests {

	@Test
	void groupsOfFiveStandAsTheyAre() {
		assertThat(sizes(panel("A", 5, "B", 7))).isEqualTo(Map.of("A", 5L, "B", 7L));
	}

	@Test
	void smallGroupsAndSeatsWithoutOneBecomeOne() {
		assertThat(sizes(panel("A", 6, "B", 3, "C", 1, null, 2))).isEqualTo(Map.of("A", 6L, "Övriga", 6L));
	}

	@Test
	void whatIsStillTooSmallTakesTheSmallestOfTheOthersWithIt() {
		assertThat(sizes(panel("A", 9, "B", 6, "C", 2, "D", 8))).isEqualTo(Map.of("A", 9L, "D", 8L, "Övriga", 8L));
	}

	@Test
	void whatIsLeftAsASingleGroupIsNone() {
		assertThat(sizes(panel("A", 3, "B", 3, "C", 3))).isEqualTo(Map.of("-", 9L));
		assertThat(sizes(panel("A", 5, "B", 4))).isEqualTo(Map.of("-", 9L));
		assertThat(sizes(panel("A", 20))).isEqualTo(Map.of("-", 20L));
		assertThat(sizes(panel(null, 6))).isEqualTo(Map.of("-", 6L));
	}

	@Test
	void noGroupIsEverSmallerThanFive() {
		for (int a = 0; a < 8; a++) {
			for (int b = 0; b < 8; b++) {
				for (int c = 0; c < 8; c++) {
					for (int none = 0; none < 6; none++) {
						List<Seat> panel = panel("A", a, "B", b, "C", c, null, none);
						Map<String, Long> sizes = sizes(panel);
						assertThat(sizes.containsKey("-") ? sizes.size() : 1).isEqualTo(1);
						assertThat(sizes.containsKey("-") ? List.of(5L) : sizes.values())
							.allMatch((size) -> size >= ProcedureRules.SMALLEST_GROUP);
						assertThat(sizes.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(panel.size());
					}
				}
			}
		}
	}

	private static Map<String, Long> sizes(List<Seat> panel) {
		return ProcedureRules.grouped(panel)
			.stream()
			.collect(Collectors.groupingBy((seat) -> Objects.requireNonNullElse(seat.group(), "-"),
					Collectors.counting()));
	}

	/** Names and sizes in turn. */
	private static List<Seat> panel(@Nullable Object... groups) {
		List<Seat> panel = new ArrayList<>();
		for (int i = 0; i < groups.length; i += 2) {
			for (int seat = (Integer) Objects.requireNonNull(groups[i + 1]); seat > 0; seat--) {
				panel.add(new Seat("s" + panel.size(), new OrganisationId("0180"), "Socialchef", null,
						(String) groups[i]));
			}
		}
		return panel;
	}

}
