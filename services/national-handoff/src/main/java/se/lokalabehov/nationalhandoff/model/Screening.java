package se.lokalabehov.nationalhandoff.model;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.Evidence;
import se.lokalabehov.contracts.CompilationEvent.NationalNeedScreened;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;

/**
 * Moment 4, screen: who is asked to judge a national need, and what a verdict must hold
 * (domain rule 17).
 */
public final class Screening {

	/** The latest overview and two more sources. */
	private static final int MOST_EVIDENCE = 3;

	private Screening() {
	}

	/**
	 * What an agency says.
	 *
	 * @param verdict the verdict
	 * @param reason in words that the municipality reads
	 * @param judgedBy the agency
	 * @param evidence what it rests on
	 * @param searchedOn when one last searched
	 * @param support what exists, by name
	 */
	public record Judge(Verdict verdict, String reason, OrganisationId judgedBy, List<Evidence> evidence,
			LocalDate searchedOn, @Nullable String support) {
	}

	/**
	 * Gives it to agencies to judge. A new request takes the place of the former.
	 * @param before the national need
	 * @param request whom, until when
	 * @param agencies the national agencies that there are
	 * @param today the day of the act
	 * @param cycle its cycle
	 * @param standing what the rounds say of it
	 * @return asked, or a refusal
	 */
	public static Decision<CompilationEvent> ask(@Nullable NationalNeed before, ScreeningAsked request,
			Set<OrganisationId> agencies, LocalDate today, @Nullable CycleSeen cycle, RankStanding standing) {
		if (before == null) {
			return Decision.refuse(Refusal.notFound());
		}
		return Compiling
			.<CompilationEvent>firstOf(Compiling.cycleIsOpen(cycle), Compiling.stands(before),
					Compiling.rankingHasNotOpened(standing), areAgencies("agencies", request.agencies(), agencies),
					isNamedOnce("agencies", request.agencies()), isNotPast(request.due(), today))
			.orElseGet(() -> Decision.of(request));
	}

	/**
	 * Judges it. A later verdict, of the same agency or of another that is asked, takes
	 * the place of the former, visibly, until ranking has opened.
	 * @param before the national need
	 * @param judge the verdict
	 * @param today the day of the act
	 * @param cycle its cycle
	 * @param standing what the rounds say of it
	 * @return screened, or a refusal
	 */
	public static Decision<CompilationEvent> judge(@Nullable NationalNeed before, Judge judge, LocalDate today,
			@Nullable CycleSeen cycle, RankStanding standing) {
		if (before == null) {
			return Decision.refuse(Refusal.notFound());
		}
		return Compiling
			.<CompilationEvent>firstOf(isAsked(before, judge.judgedBy()), Compiling.cycleIsOpen(cycle),
					Compiling.stands(before), Compiling.rankingHasNotOpened(standing),
					isNoMoreThanThreeSources(judge.evidence()), hasOneOverviewAtMost(judge.evidence()),
					existsIsShown(judge), supportFitsTheVerdict(judge), isNotAhead(judge.searchedOn(), today))
			.orElseGet(() -> Decision.of(new NationalNeedScreened(judge.verdict(), judge.reason(), judge.judgedBy(),
					judge.evidence(), judge.searchedOn(), judge.support())));
	}

	/**
	 * Only a national agency judges, leads or contributes: SKR and other bodies do not.
	 */
	static Optional<Refusal> areAgencies(String field, List<OrganisationId> named, Set<OrganisationId> agencies) {
		return agencies.containsAll(named) ? Optional.empty()
				: Optional.of(Refusal.invalid(field, "Ange bara nationella myndigheter som finns i katalogen."));
	}

	static Optional<Refusal> isNamedOnce(String field, List<OrganisationId> named) {
		return (new HashSet<>(named).size() == named.size()) ? Optional.empty()
				: Optional.of(Refusal.invalid(field, "En myndighet kan bara anges en gång."));
	}

	static Optional<Refusal> isNotPast(LocalDate due, LocalDate today) {
		return due.isBefore(today) ? Optional.of(Refusal.invalid("due", "Sista dagen har redan varit."))
				: Optional.empty();
	}

	private static Optional<Refusal> isAsked(NationalNeed need, OrganisationId agency) {
		return need.askedOf(agency) ? Optional.empty() : Optional
			.of(Refusal.forbidden("Bara en myndighet som har fått behovet för bedömning kan bedöma det."));
	}

	private static Optional<Refusal> isNoMoreThanThreeSources(List<Evidence> evidence) {
		return (evidence.size() <= MOST_EVIDENCE) ? Optional.empty()
				: Optional.of(Refusal.invalid("evidence", "Ange högst den senaste översikten och två källor till."));
	}

	private static Optional<Refusal> hasOneOverviewAtMost(List<Evidence> evidence) {
		long overviews = evidence.stream().filter(Evidence::overview).count();
		if (overviews > 1) {
			return Optional.of(Refusal.invalid("evidence", "Ange bara den senaste översikten."));
		}
		return (evidence.size() - overviews <= MOST_EVIDENCE - 1) ? Optional.empty()
				: Optional.of(Refusal.invalid("evidence", "Ange högst två källor utöver översikten."));
	}

	private static Optional<Refusal> existsIsShown(Judge judge) {
		if (judge.verdict() != Verdict.EXISTS) {
			return Optional.empty();
		}
		if (judge.support() == null) {
			return Optional.of(Refusal.invalid("support", "Ange vilket kunskapsstöd som finns."));
		}
		return judge.evidence().isEmpty()
				? Optional.of(Refusal.invalid("evidence", "Ange minst en källa som visar att kunskapsstödet finns."))
				: Optional.empty();
	}

	private static Optional<Refusal> supportFitsTheVerdict(Judge judge) {
		boolean fits = judge.support() == null || judge.verdict() == Verdict.EXISTS || judge.verdict() == Verdict.ADAPT;
		return fits ? Optional.empty() : Optional.of(Refusal.invalid("support",
				"Befintligt kunskapsstöd anges bara när stödet finns eller behöver anpassas."));
	}

	private static Optional<Refusal> isNotAhead(LocalDate searchedOn, LocalDate today) {
		return searchedOn.isAfter(today)
				? Optional.of(Refusal.invalid("searchedOn", "Sökningens dag kan inte ligga framåt i tiden."))
				: Optional.empty();
	}

}
