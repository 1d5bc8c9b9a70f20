package se.lokalabehov.prioritisation;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.data.mongodb.core.query.Criteria;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.DirectoryEvent.MembershipChanged;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.prioritisation.model.Cycle;

/**
 * What rounds and cycles look at but do not change: the directory as it stands, the needs
 * that have arrived here, and the cycle that a round belongs to.
 */
final class Surroundings {

	private final Aggregates<Cycle, AreaEvent> cycles;

	private final Views<NeedSeen> needs;

	private final Views<NationalNeedSeen> nationalNeeds;

	private final Views<MembershipsSeen> memberships;

	Surroundings(Aggregates<Cycle, AreaEvent> cycles, Views<NeedSeen> needs, Views<NationalNeedSeen> nationalNeeds,
			Views<MembershipsSeen> memberships) {
		this.cycles = cycles;
		this.needs = needs;
		this.nationalNeeds = nationalNeeds;
		this.memberships = memberships;
	}

	/** The reference files with every change that was told since. */
	Directory directory() {
		Directory directory = Directory.standard();
		for (Stored<MembershipsSeen> seen : this.memberships.all(new Criteria())) {
			for (MembershipChanged change : seen.state().changes()) {
				directory = directory.with(change);
			}
		}
		return directory;
	}

	Optional<Cycle> cycle(CycleId id) {
		return this.cycles.find(id.value()).map(Stored::state);
	}

	/** Who asks a municipality, in every cycle that has asked it. */
	Map<String, OrganisationId> askersOf(OrganisationId municipality) {
		Map<String, OrganisationId> askers = new HashMap<>();
		for (Stored<Cycle> cycle : this.cycles
			.all(Criteria.where("state.opening.regions.municipalities").is(municipality.value()))) {
			cycle.state()
				.opened()
				.stream()
				.flatMap((opening) -> opening.regions().stream())
				.filter((region) -> region.municipalities().contains(municipality))
				.forEach((region) -> askers.put(cycle.id(), region.asker()));
		}
		return askers;
	}

	/** The regional and national needs with these identifiers that have arrived here. */
	Map<String, Candidate> candidates(Collection<String> ids) {
		Map<String, Candidate> found = new HashMap<>();
		List<String> wanted = List.copyOf(ids);
		for (Stored<NeedSeen> need : this.needs.findAll(wanted)) {
			if (need.state() instanceof NeedSeen.Regional regional) {
				found.put(need.id(), regional.candidate(need.id()));
			}
		}
		for (Stored<NationalNeedSeen> need : this.nationalNeeds.findAll(wanted)) {
			found.put(need.id(), need.state().candidate(need.id()));
		}
		return found;
	}

}
