package se.lokalabehov.prioritisation.model;

import java.util.List;
import java.util.Optional;

import se.lokalabehov.contracts.RankingEvent.Place;

/**
 * A way of making one common order of many ballots. A method is a pure function: the same
 * profile always gives the same places, whatever the items are called and in whatever
 * order the ballots came. A new method is one class, named in {@link #named}.
 */
public interface Method {

	/** The name by which a round fixes it, for example {@code borda}. */
	String name();

	/**
	 * Ranks.
	 * @param profile items and ballots; perhaps no ballot
	 * @return every item once, best first; items with equal scores share a rank, the next
	 * rank counts them all (1, 2, 2, 4), and they stand by identifier
	 */
	List<Place> rank(Profile profile);

	/** The method of that name. */
	static Optional<Method> named(String name) {
		return List.<Method>of(new Borda()).stream().filter((method) -> method.name().equals(name)).findFirst();
	}

}
