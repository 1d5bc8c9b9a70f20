package se.lokalabehov.nationalhandoff.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Source;

/**
 * How far the screening of a cycle has come.
 *
 * @param nationalNeeds how many national needs stand
 * @param screened how many of them have a verdict
 * @param notAsked how many have neither a verdict nor an agency that is asked
 * @param agencies whom one waits for, and for how much, by code
 * @param notCompiled delivered regional needs that no standing national need has taken up
 */
public record ScreeningStatus(int nationalNeeds, int screened, int notAsked, List<OfAgency> agencies,
		List<RegionalNeedId> notCompiled) {

	/**
	 * One agency's part.
	 *
	 * @param agency which
	 * @param asked how many it is asked to judge
	 * @param waiting how many of them still have no verdict, by anyone
	 */
	public record OfAgency(OrganisationId agency, int asked, int waiting) {
	}

	/**
	 * Counts.
	 * @param standing the national needs of a cycle that stand
	 * @param delivered the regional needs that have been delivered in it
	 * @return how far it has come
	 */
	public static ScreeningStatus of(Collection<NationalNeed> standing, Collection<RegionalNeedId> delivered) {
		Set<RegionalNeedId> compiled = new HashSet<>();
		standing.forEach((need) -> need.current().sources().stream().map(Source::regionalNeed).forEach(compiled::add));
		List<OfAgency> agencies = standing.stream()
			.flatMap((need) -> asked(need).stream())
			.distinct()
			.sorted(Comparator.comparing(OrganisationId::value))
			.map((agency) -> new OfAgency(agency, count(standing, (need) -> need.askedOf(agency)),
					count(standing, (need) -> need.askedOf(agency) && need.screening() == null)))
			.toList();
		return new ScreeningStatus(standing.size(), count(standing, (need) -> need.screening() != null),
				count(standing, (need) -> need.screening() == null && need.asked() == null), agencies,
				delivered.stream().filter((one) -> !compiled.contains(one)).toList());
	}

	/**
	 * The same in words.
	 * @param name how an agency is called
	 * @return for example "14 av 66 bedömda, väntar på SBU"
	 */
	public String inWords(Function<OrganisationId, String> name) {
		StringBuilder words = new StringBuilder("%d av %d bedömda".formatted(this.screened, this.nationalNeeds));
		List<String> waiting = this.agencies.stream()
			.filter((agency) -> agency.waiting() > 0)
			.map((agency) -> name.apply(agency.agency()))
			.toList();
		if (!waiting.isEmpty()) {
			words.append(", väntar på ").append(String.join(", ", waiting));
		}
		if (this.notAsked > 0) {
			words.append(", %d inte utskickade".formatted(this.notAsked));
		}
		return words.toString();
	}

	private static List<OrganisationId> asked(NationalNeed need) {
		NationalNeed.ScreeningRequest request = need.asked();
		return (request != null) ? request.agencies() : List.of();
	}

	private static int count(Collection<NationalNeed> needs, Predicate<NationalNeed> which) {
		return (int) needs.stream().filter(which).count();
	}

}
