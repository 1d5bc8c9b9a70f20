package se.lokalabehov.needintake;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.needintake.RegionalNeedDecider.Surroundings;

/**
 * What the other services have told so far, joined when it is asked for.
 */
record Heard(Views<CycleView> cycles, Views<NationalNeedView> nationalNeeds, Views<RoundView> rounds,
		Views<FeedbackView> feedback, Views<MembershipView> memberships) {

	Optional<CycleView> cycle(CycleId id) {
		return this.cycles.find(id.value()).map(Stored::state);
	}

	/** Whether a decision has answered a need. */
	boolean isDecided(NeedId need) {
		return this.feedback.count(Criteria.where("state.needs").is(need.value())) > 0;
	}

	/** What others have made of a regional need. */
	Surroundings surroundings(RegionalNeedId id, CycleId cycle, boolean delivered) {
		List<String> national = this.nationalNeeds.all(Criteria.where("state.regionalNeeds").is(id.value()))
			.stream()
			.map(Stored::id)
			.toList();
		Criteria rounds = Criteria.where("state.items")
			.in(Stream.concat(national.stream(), Stream.of(id.value())).toList())
			.and("state.status")
			.ne(RoundView.Status.CANCELLED.name());
		return new Surroundings(cycle(cycle).orElseThrow(), delivered, this.rounds.count(rounds) > 0,
				!national.isEmpty());
	}

	/** Who would ask a municipality on a day: its RSS, or SKR. */
	OrganisationId askerOf(OrganisationId municipality, LocalDate on) {
		Directory directory = Directory.standard();
		for (MembershipChanged change : this.memberships.find(municipality.value())
			.map((view) -> view.state().changes())
			.orElse(List.of())) {
			directory = directory.with(change);
		}
		return directory.rssOf(municipality, on).orElse(Access.SKR);
	}

}
