package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Why the ranking came out as it did, as data and in plain Swedish. Voters are counted
 * here as persons, also where groups are balanced.
 *
 * @param panel about the whole: agreement, groups, robustness
 * @param beside what the other methods would have changed
 * @param items per item, best first
 */
public record Explanation(List<String> panel, List<String> beside, List<OfItem> items) {

	/** With how many of the following ones an item is compared. */
	private static final int NEXT = 3;

	/**
	 * About one item.
	 *
	 * @param item its position in {@link Profile#items()}
	 * @param rank its rank, shared when tied
	 * @param meanRank its mean rank over the ballots, exact
	 * @param inTop in how many of the resamples it was in the top k
	 * @param next compared with those that follow
	 * @param groups where groups see it differently; none when there are no groups
	 * @param sentences the same in Swedish
	 */
	public record OfItem(int item, int rank, String meanRank, int inTop, List<Versus> next, @Nullable Difference groups,
			List<String> sentences) {

		public OfItem {
			next = List.copyOf(next);
			sentences = List.copyOf(sentences);
		}

	}

	/**
	 * One item and one that follows it.
	 *
	 * @param other the one that follows, or is tied with it
	 * @param before how many voters put the item before the other
	 * @param after how many put it after
	 * @param neither how many tie them, or have no opinion on one of them
	 * @param against whether the majority (weighted, if balanced) is the other way, and
	 * the rest of the comparisons decided
	 * @param chain for Schulze's method, when the majority is against: the strongest
	 * chain from the item to the other; otherwise empty
	 */
	public record Versus(int other, long before, long after, long neither, boolean against, List<Integer> chain) {

		public Versus {
			chain = List.copyOf(chain);
		}

	}

	public Explanation {
		panel = List.copyOf(panel);
		beside = List.copyOf(beside);
		items = List.copyOf(items);
	}

	/**
	 * Explains.
	 * @param analysis what was computed
	 * @param titles the items' titles, in the order of the profile
	 */
	public static Explanation of(Analysis analysis, List<String> titles) {
		Pairwise voters = Pairwise.of(analysis.profile(), false);
		Plain plain = new Plain(analysis, titles);
		List<Integer> order = analysis.ranking().order().stream().flatMap(List::stream).toList();
		int[] ranks = analysis.ranking().ranks();
		List<OfItem> items = new ArrayList<>();
		for (int place = 0; place < order.size(); place++) {
			int item = order.get(place);
			List<Versus> next = order.subList(place + 1, Math.min(place + 1 + NEXT, order.size()))
				.stream()
				.map((other) -> versus(analysis, voters, item, other, ranks[item] < ranks[other]))
				.toList();
			Difference groups = analysis.differences()
				.stream()
				.filter((one) -> one.item() == item)
				.findFirst()
				.orElse(null);
			OfItem one = new OfItem(item, ranks[item], analysis.agreement().meanRanks().get(item),
					analysis.bootstrap().inTop().get(item), next, groups, List.of());
			items.add(new OfItem(one.item(), one.rank(), one.meanRank(), one.inTop(), one.next(), one.groups(),
					plain.item(one)));
		}
		return new Explanation(plain.panel(), plain.beside(), items);
	}

	private static Versus versus(Analysis analysis, Pairwise voters, int item, int other, boolean apart) {
		long before = voters.before(item, other);
		long after = voters.before(other, item);
		boolean against = apart && analysis.votes().margin(item, other) < 0;
		List<Integer> chain = (against && analysis.parameters().method() == Method.SCHULZE)
				? Schulze.path(analysis.votes(), item, other) : List.of();
		return new Versus(other, before, after, voters.total() - before - after, against, chain);
	}

}
