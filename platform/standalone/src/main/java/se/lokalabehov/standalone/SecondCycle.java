package se.lokalabehov.standalone;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A second cycle, half way: area Barn och unga, needs collected and merged, nothing
 * delivered yet. What the same file has in other areas waits on the lists of those, and
 * what it has in the first cycle's area comes too late for that cycle.
 */
final class SecondCycle {

	private static final String AREA = "BOU";

	private static final String FIRST_AREA = "SBB";

	/** What the RSSs merge so far: some ask the same, one is not merged yet. */
	private static final Map<String, List<String>> MERGED = Map.of("B1", List.of("n04", "n18"), "B2", List.of("n16"),
			"B3", List.of("n28"), "B4", List.of("n03"), "B5", List.of("n05"));

	private final Acts acts;

	private final Progress progress;

	private final String firstCycle;

	SecondCycle(Api api, Progress progress, LocalDate today, String firstCycle) {
		this.acts = new Acts(api, today);
		this.progress = progress;
		this.firstCycle = firstCycle;
	}

	void play() {
		this.progress.moment("1–3 Barn och unga (halvvägs)");
		List<ExampleNeed> all = ExampleNeed.secondCycle();
		List<ExampleNeed> needs = all.stream().filter((need) -> !need.municipalities().isEmpty()).toList();
		this.acts.open(AREA, "Exempel: Barn och unga",
				"Exempel: Socialcheferna i NSK-S väljer barn och unga som nästa område.");
		Set<String> active = needs.stream()
			.map((need) -> this.acts.region(need.author()))
			.collect(Collectors.toCollection(TreeSet::new));
		this.acts.ask(active, "Exempel: Vilken kunskap saknar ni om barn och unga?");
		Parallel.each(Acts.AT_ONCE, needs, (need) -> this.acts.submit(need, into(need), List.of()));
		Map<String, ExampleNeed> byId = needs.stream().collect(Collectors.toMap(ExampleNeed::id, Function.identity()));
		MERGED.forEach((name, members) -> this.acts.form(name, members.stream().map(byId::get).toList()));
		long collected = needs.stream().filter((need) -> need.area().equals(AREA)).count();
		long tooLate = needs.stream().filter((need) -> need.area().equals(FIRST_AREA)).count();
		long waiting = needs.size() - collected - tooLate;
		this.progress.done("%d needs collected and merged into %d regional needs, nothing delivered yet"
			.formatted(collected, MERGED.size()));
		this.progress
			.done("%d needs of other areas wait on their lists, %d too late for the first cycle wait for the next"
				.formatted(waiting, tooLate));
		this.progress.done("%d needs of the file left out: it names no municipality that they could come from"
			.formatted(all.size() - needs.size()));
		this.progress.over(
				"%d RSSs, %d municipalities".formatted(active.size(),
						needs.stream().map(ExampleNeed::author).distinct().count()),
				"%d needs in the cycle, %d waiting".formatted(collected, waiting + tooLate));
	}

	private @Nullable String into(ExampleNeed need) {
		return switch (need.area()) {
			case AREA -> this.acts.cycle();
			case FIRST_AREA -> this.firstCycle;
			default -> null;
		};
	}

}
