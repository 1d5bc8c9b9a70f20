package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Everything that is told of a round when it closes. A pure function of ballots and
 * parameters: whoever has these gets the same figures.
 *
 * @param profile items and ballots
 * @param parameters fixed before
 * @param votes the comparisons by which the ranking was made (weighted, if balanced)
 * @param ranking the result
 * @param beside the other methods; and, where the panel has two groups or more, all
 * methods with the other choice of weights
 * @param agreement of the whole panel
 * @param groups agreement within each named group of the panel
 * @param differences where groups disagree, largest first
 * @param bootstrap how robust the top is against who was asked
 * @param alteration how few ballots would change the top; none when none can
 */
public record Analysis(Profile profile, Parameters parameters, Pairwise votes, Ranking ranking, List<Beside> beside,
		Agreement agreement, SortedMap<String, Agreement> groups, List<Difference> differences, Bootstrap bootstrap,
		@Nullable Alteration alteration) {

	/** The most items there may be. */
	public static final int MOST_ITEMS = 1_000;

	/** The most ballots there may be. */
	public static final int MOST_BALLOTS = 1_000_000;

	/** The most groups of the panel there may be. */
	public static final int MOST_GROUPS = 1_000;

	/** The most work, counted in {@link #work}. */
	public static final double MOST_WORK = 1e12;

	/**
	 * What another way would have given.
	 *
	 * @param balanced with equal weight of groups
	 * @param ranking the order
	 */
	public record Beside(boolean balanced, Ranking ranking) {
	}

	/**
	 * Computes.
	 * @throws IllegalArgumentException for more than the limits
	 */
	public static Analysis of(Profile profile, Parameters parameters) {
		if (profile.items().size() > MOST_ITEMS || profile.cast() > MOST_BALLOTS
				|| profile.groups().size() > MOST_GROUPS || work(profile, parameters) > MOST_WORK) {
			throw new IllegalArgumentException("too many items, ballots, groups or resamples");
		}
		Pairwise votes = Pairwise.of(profile, parameters.balanced());
		Ranking ranking = parameters.method().rank(votes, Limit.STANDARD);
		TreeMap<String, Agreement> groups = new TreeMap<>();
		profile.groups().forEach((group) -> groups.put(group, Agreement.of(profile.of(group))));
		return new Analysis(profile, parameters, votes, ranking, beside(profile, parameters, votes),
				Agreement.of(profile), groups, Difference.of(profile), Bootstrap.of(profile, parameters),
				Alteration.of(profile, parameters, ranking).orElse(null));
	}

	/** About how many steps it takes: (resamples + 100) x (ballots + items) x items². */
	static double work(Profile profile, Parameters parameters) {
		double items = profile.items().size();
		return (parameters.resamples() + 100.0) * (profile.ballots().size() + items) * items * items;
	}

	private static List<Beside> beside(Profile profile, Parameters parameters, Pairwise votes) {
		List<Beside> beside = new ArrayList<>();
		for (Method method : Method.values()) {
			if (method != parameters.method()) {
				beside.add(new Beside(parameters.balanced(), method.rank(votes, Limit.STANDARD)));
			}
		}
		if (profile.groups().size() > 1) {
			Pairwise other = Pairwise.of(profile, !parameters.balanced());
			for (Method method : Method.values()) {
				beside.add(new Beside(!parameters.balanced(), method.rank(other, Limit.STANDARD)));
			}
		}
		return beside;
	}

}
