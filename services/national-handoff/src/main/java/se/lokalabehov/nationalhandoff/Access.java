package se.lokalabehov.nationalhandoff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.nationalhandoff.model.HandOff;
import se.lokalabehov.nationalhandoff.model.NationalNeed;
import se.lokalabehov.nationalhandoff.model.RankStanding;
import se.lokalabehov.nationalhandoff.model.RoundSeen;
import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;

/**
 * Who may see and do what here (domain rule 7). SKR sees everything; an agency what it is
 * asked to judge or has to do with in a hand-off; a chief on the panel what it ranks;
 * everybody what is published.
 */
final class Access {

	private static final OrganisationId SKR = new OrganisationId("SKR");

	private Access() {
	}

	/** How much of a national need somebody sees. */
	enum Sight {

		/** Nothing: it is not there. */
		NOTHING,
		/** What is published: municipalities only when they may be named. */
		PUBLISHED,
		/** Everything. */
		WHOLE

	}

	/** Forms, changes, dissolves, asks for screening, hands over. */
	static Optional<Refusal> mayCompile(Caller caller) {
		return caller.is(Role.SKR_COMPILER, SKR) ? Optional.empty()
				: Optional.of(Refusal.forbidden("Bara SKR:s sammanställare får göra detta."));
	}

	/**
	 * Judges, receives, returns. For which needs, the deciders say: those it was asked to
	 * judge, those it leads.
	 */
	static Optional<Refusal> mayAnswer(Caller caller) {
		return caller.is(Role.AGENCY_OFFICER) ? Optional.empty()
				: Optional.of(Refusal.forbidden("Bara en handläggare på en nationell myndighet får göra detta."));
	}

	/** Blanks texts. */
	static Optional<Refusal> mayRedact(Caller caller) {
		return caller.is(Role.ADMINISTRATOR, SKR) ? Optional.empty()
				: Optional.of(Refusal.forbidden("Bara SKR:s administratör får göra detta."));
	}

	/** Follows the screening of a cycle. */
	static boolean seesScreeningStatus(Caller caller) {
		return isSkr(caller) || caller.is(Role.AGENCY_OFFICER);
	}

	/** Sees which delivered regional needs no national need has taken up. */
	static boolean seesWhatIsNotCompiled(Caller caller) {
		return isSkr(caller);
	}

	/**
	 * How much of a national need the caller sees.
	 * @param need the need
	 * @param rounds the national rounds of its cycle
	 * @param handOff its hand-off, if any
	 */
	static Sight sight(Caller caller, NationalNeedId id, NationalNeed need, Collection<RoundSeen> rounds,
			@Nullable HandOff handOff) {
		if (isSkr(caller) || isAgencyOf(caller, need, handOff)) {
			return Sight.WHOLE;
		}
		boolean visible = need.answered() || RankStanding.published(id, rounds)
				|| rounds.stream().anyMatch((round) -> ranks(caller, round) && round.item(id.value()).isPresent());
		return visible ? Sight.PUBLISHED : Sight.NOTHING;
	}

	/**
	 * The national needs that the caller sees.
	 * @param rounds the national rounds
	 */
	static Criteria nationalNeeds(Caller caller, Collection<RoundSeen> rounds) {
		if (isSkr(caller)) {
			return new Criteria();
		}
		List<String> ranked = rounds.stream()
			.filter((round) -> round.phase() == RoundSeen.Phase.CLOSED || ranks(caller, round))
			.flatMap((round) -> round.items().stream())
			.map(RoundSeen.Item::id)
			.distinct()
			.toList();
		List<Criteria> any = new ArrayList<>();
		any.add(Criteria.where("_id").in(ranked));
		any.add(Criteria.where("state.screening.verdict").in(Verdict.EXISTS.name(), Verdict.LOCAL.name()));
		if (caller.is(Role.AGENCY_OFFICER)) {
			// Whatever is handed over is ranked, and so published, already.
			String agency = caller.organisation().value();
			any.add(Criteria.where("state.asked.agencies").is(agency));
			any.add(Criteria.where("state.screening.judgedBy").is(agency));
			any.add(Criteria.where("state.replaced.judgedBy").is(agency));
		}
		return new Criteria().orOperator(any);
	}

	/**
	 * Whether the caller sees which municipalities stand behind a need. Their RSS sees
	 * those of its region, and each of them all that it shares a need with.
	 * @param naming the needs whose municipalities may be named
	 */
	static boolean seesMunicipalities(Caller caller, Sight sight, Source source, Member member, Set<NeedId> naming) {
		return sight == Sight.WHOLE || naming.contains(member.need()) || caller.is(Role.RSS_COORDINATOR, source.rss())
				|| (isOfMunicipality(caller) && member.municipalities().contains(caller.organisation()));
	}

	/**
	 * Sees a hand-off: SKR, and the agencies that lead, contribute or have returned it.
	 */
	static boolean seesHandOff(Caller caller, HandOff handOff) {
		return isSkr(caller) || (caller.is(Role.AGENCY_OFFICER) && handOff.concerns(caller.organisation()));
	}

	/** The hand-offs that the caller sees. */
	static Criteria handOffs(Caller caller) {
		if (isSkr(caller)) {
			return new Criteria();
		}
		return caller.is(Role.AGENCY_OFFICER) ? handOffsOf(caller.organisation()) : Criteria.where("_id").in(List.of());
	}

	/** The hand-offs that an agency leads, contributes to or has returned. */
	static Criteria handOffsOf(OrganisationId agency) {
		return new Criteria().orOperator(Criteria.where("state.assignment.agency").is(agency.value()),
				Criteria.where("state.assignment.contributors").is(agency.value()),
				Criteria.where("state.returns.agency").is(agency.value()));
	}

	private static boolean isSkr(Caller caller) {
		return caller.is(Role.SKR_COMPILER, SKR) || caller.is(Role.ADMINISTRATOR, SKR);
	}

	private static boolean isAgencyOf(Caller caller, NationalNeed need, @Nullable HandOff handOff) {
		return caller.is(Role.AGENCY_OFFICER) && (need.concerns(caller.organisation())
				|| (handOff != null && handOff.concerns(caller.organisation())));
	}

	/**
	 * Sits on the panel of a round that is open: one must be able to read what one ranks.
	 */
	private static boolean ranks(Caller caller, RoundSeen round) {
		return round.phase() == RoundSeen.Phase.OPEN && caller.is(Role.SOCIAL_CHIEF)
				&& round.panel().contains(caller.organisation());
	}

	private static boolean isOfMunicipality(Caller caller) {
		return caller.is(Role.MUNICIPALITY_AUTHOR) || caller.is(Role.MUNICIPALITY_APPROVER)
				|| caller.is(Role.SOCIAL_CHIEF);
	}

}
