package se.lokalabehov.needintake;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.needintake.RegionalNeedDecider.Surroundings;

/**
 * What the other services have told so far, joined when it is asked for.
 */
record Heard(Views<CycleView> cycles, Views<NationalNeedView> nationalNeeds, Views<RoundView> rounds,
		Views<HandOffView> handOffs, Views<FeedbackView> feedback, Views<MembershipView> memberships) {

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
		// Cancelled ones too: never after ranking has opened (domain rule 12).
		Criteria rounds = Criteria.where("state.items")
			.in(Stream.concat(national.stream(), Stream.of(id.value())).toList());
		return new Surroundings(cycle(cycle).orElseThrow(), delivered, this.rounds.count(rounds) > 0,
				!national.isEmpty());
	}

	/**
	 * The published national needs: answered in screening, or in a closed national round.
	 */
	List<NationalNeedView> published() {
		Set<String> ranked = rounds(
				(round) -> round.level() == Level.NATIONAL && round.status() == RoundView.Status.CLOSED)
			.flatMap((round) -> round.items().stream())
			.collect(Collectors.toSet());
		return this.nationalNeeds.every()
			.stream()
			.filter((one) -> ranked.contains(one.id()) || one.state().verdict() == Verdict.EXISTS
					|| one.state().verdict() == Verdict.LOCAL)
			.map(Stored::state)
			.toList();
	}

	/**
	 * Whether a need is published, which it is with a national need that it is behind.
	 */
	boolean isPublished(NeedId need) {
		return published().stream().anyMatch((one) -> one.needs().contains(need));
	}

	/** The regional needs that a social chief with a seat has to rank, or has ranked. */
	Stream<String> rankedBy(OrganisationId municipality) {
		return rounds((round) -> round.level() == Level.REGIONAL && round.status() != RoundView.Status.CANCELLED
				&& round.panel().contains(municipality))
			.flatMap((round) -> round.items().stream());
	}

	/** The regional needs of the closed rounds of a municipality's region. */
	Stream<String> rankedFor(OrganisationId municipality) {
		return rounds((round) -> round.level() == Level.REGIONAL && round.status() == RoundView.Status.CLOSED
				&& cycle(round.cycle()).flatMap((cycle) -> cycle.askerOf(municipality))
					.filter(round.owner()::equals)
					.isPresent())
			.flatMap((round) -> round.items().stream());
	}

	private Stream<RoundView> rounds(Predicate<RoundView> which) {
		return this.rounds.every().stream().map(Stored::state).filter(which);
	}

	/** The national needs that an agency has been given, to screen or to answer. */
	List<NationalNeedView> givenTo(OrganisationId agency) {
		Criteria to = Criteria.where("state.agencies").is(agency.value());
		List<String> handedOver = this.handOffs.all(to).stream().map(Stored::id).toList();
		return nationalNeeds(new Criteria().orOperator(to, Criteria.where("_id").in(handedOver)));
	}

	private List<NationalNeedView> nationalNeeds(Criteria which) {
		return this.nationalNeeds.all(which).stream().map(Stored::state).toList();
	}

	/** Whether an agency screens a national need that a need is behind. */
	boolean screens(OrganisationId agency, NeedId need) {
		return this.nationalNeeds
			.count(Criteria.where("state.needs").is(need.value()).and("state.agencies").is(agency.value())) > 0;
	}

	/** Who asks a municipality on a day: its RSS, or SKR. */
	OrganisationId askerOf(OrganisationId municipality, LocalDate on) {
		return directory().rssOf(municipality, on).orElse(Access.SKR);
	}

	/** Whom an RSS, or SKR, asks on a day. */
	List<OrganisationId> askedBy(OrganisationId asker, LocalDate on) {
		return asker.equals(Access.SKR) ? directory().municipalitiesWithoutRss(on) : directory().members(asker, on);
	}

	private Directory directory() {
		Directory directory = Directory.standard();
		for (Stored<MembershipView> one : this.memberships.all(new Criteria())) {
			for (MembershipChanged change : one.state().changes()) {
				directory = directory.with(change);
			}
		}
		return directory;
	}

}
