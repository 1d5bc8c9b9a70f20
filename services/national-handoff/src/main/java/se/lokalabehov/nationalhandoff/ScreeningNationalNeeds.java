package se.lokalabehov.nationalhandoff;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.ScreeningAsked;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Outcome;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.nationalhandoff.model.CycleSeen;
import se.lokalabehov.nationalhandoff.model.NationalNeed;
import se.lokalabehov.nationalhandoff.model.RankStanding;
import se.lokalabehov.nationalhandoff.model.Screening;
import se.lokalabehov.nationalhandoff.model.Screening.Judge;
import se.lokalabehov.nationalhandoff.model.ScreeningStatus;
import se.lokalabehov.security.Caller;

/**
 * Moment 4: agencies judge whether knowledge support already exists.
 */
@Component
class ScreeningNationalNeeds {

	/** Days are days in Sweden. */
	private static final ZoneId SWEDEN = ZoneId.of("Europe/Stockholm");

	private final Aggregates<NationalNeed, CompilationEvent> needs;

	private final Known known;

	private final Finding finding;

	ScreeningNationalNeeds(Aggregates<NationalNeed, CompilationEvent> needs, Known known, Finding finding) {
		this.needs = needs;
		this.known = known;
		this.finding = finding;
	}

	static LocalDate day(Instant at) {
		return LocalDate.ofInstant(at, SWEDEN);
	}

	Outcome<NationalNeed> ask(Caller caller, Act act, String id, ScreeningAsked request) {
		Set<OrganisationId> agencies = this.known.agencies();
		return this.finding.withNationalNeed(caller, id, Access::mayCompile, (need) -> {
			CycleSeen cycle = this.known.cycle(need.cycle());
			RankStanding standing = this.known.standing(new NationalNeedId(id), need.cycle());
			return this.needs.execute(id, act, (@Nullable NationalNeed before) -> Screening.ask(before, request,
					agencies, day(act.at()), cycle, standing));
		});
	}

	Outcome<NationalNeed> judge(Caller caller, Act act, String id, Judge judge) {
		return this.finding.withNationalNeed(caller, id, Access::mayAnswer, (need) -> {
			CycleSeen cycle = this.known.cycle(need.cycle());
			RankStanding standing = this.known.standing(new NationalNeedId(id), need.cycle());
			return this.needs.execute(id, act,
					(@Nullable NationalNeed before) -> Screening.judge(before, judge, day(act.at()), cycle, standing));
		});
	}

	/** How far the screening of a cycle has come. */
	ScreeningStatus status(CycleId cycle) {
		return ScreeningStatus
			.of(this.needs.all(Criteria.where("state.cycle").is(cycle.value()).and("state.dissolved").exists(false))
				.stream()
				.map(Stored::state)
				.toList(), this.known.delivered(cycle));
	}

}
