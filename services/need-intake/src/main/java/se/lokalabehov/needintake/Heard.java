package se.lokalabehov.needintake;

import java.time.LocalDate;
import java.util.Collection;
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

	/** Verdicts that answer a need before anyone has ranked it. */
	private static final Set<Verdict> ANSWERED = Set.of(Verdict.EXISTS, Verdict.LOCAL);

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
	 * Among which needs the published ones are. Named by what there is little of, however
	 * long the platform has run: ranked cycles, and in the others what screening has
	 * answered. Which of them are published, {@link #published} says.
	 */
	Criteria mayBePublished() {
		List<String> ranked = this.rounds
			.all(Criteria.where("state.level")
				.is(Level.NATIONAL.name())
				.and("state.status")
				.is(RoundView.Status.CLOSED.name()))
			.stream()
			.map((round) -> round.state().cycle().value())
			.toList();
		List<NationalNeedView> answered = nationalNeeds(Criteria.where("state.verdict")
			.in(ANSWERED.stream().map(Enum::name).toList())
			.and("state.cycle")
			.nin(ranked));
		return new Criteria().orOperator(Criteria.where("state.cycle").in(ranked), behind(answered));
	}

	/** The needs behind some national needs, by the regional needs between. */
	static Criteria behind(List<NationalNeedView> nationalNeeds) {
		return Criteria.where("state.merges.regionalNeed")
			.in(nationalNeeds.stream()
				.flatMap((one) -> one.regionalNeeds().stream())
				.map(RegionalNeedId::value)
				.distinct()
				.toList());
	}

	/**
	 * Those of some needs that are published, which they are with a national need that
	 * they are behind: one that screening has answered, or that has been ranked.
	 */
	Set<NeedId> published(Collection<NeedId> needs) {
		List<Stored<NationalNeedView>> before = before(needs);
		List<String> ids = before.stream().map(Stored::id).toList();
		Set<String> ranked = ids.isEmpty() ? Set.of()
				: this.rounds.all(Criteria.where("state.items").in(ids))
					.stream()
					.map(Stored::state)
					.filter((round) -> round.level() == Level.NATIONAL && round.status() == RoundView.Status.CLOSED)
					.flatMap((round) -> round.items().stream())
					.collect(Collectors.toSet());
		return needs(before.stream()
			.filter((one) -> ranked.contains(one.id())
					|| one.state().verdict() != null && ANSWERED.contains(one.state().verdict())));
	}

	/** Those of some needs that an agency has been given, to screen or to answer. */
	Set<NeedId> given(OrganisationId agency, Collection<NeedId> needs) {
		List<Stored<NationalNeedView>> before = before(needs);
		Set<String> handedOver = this.handOffs.findAll(before.stream().map(Stored::id).toList())
			.stream()
			.filter((one) -> one.state().agencies().contains(agency))
			.map(Stored::id)
			.collect(Collectors.toSet());
		return needs(before.stream()
			.filter((one) -> handedOver.contains(one.id()) || one.state().agencies().contains(agency)));
	}

	/** The national needs that some needs are behind. */
	private List<Stored<NationalNeedView>> before(Collection<NeedId> needs) {
		return needs.isEmpty() ? List.of()
				: this.nationalNeeds.all(Criteria.where("state.needs").in(needs.stream().map(NeedId::value).toList()));
	}

	private static Set<NeedId> needs(Stream<Stored<NationalNeedView>> nationalNeeds) {
		return nationalNeeds.flatMap((one) -> one.state().needs().stream()).collect(Collectors.toSet());
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
