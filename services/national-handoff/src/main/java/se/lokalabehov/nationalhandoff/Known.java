package se.lokalabehov.nationalhandoff;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.directory.Kind;
import se.lokalabehov.directory.Organisation;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.eventing.Views;
import se.lokalabehov.nationalhandoff.model.Compiling.Delivery;
import se.lokalabehov.nationalhandoff.model.CycleSeen;
import se.lokalabehov.nationalhandoff.model.NeedSeen;
import se.lokalabehov.nationalhandoff.model.RankStanding;
import se.lokalabehov.nationalhandoff.model.RegionSeen;
import se.lokalabehov.nationalhandoff.model.RoundSeen;

/**
 * What is known here of what the other services own, joined when it is asked for.
 */
@Component
class Known {

	private final Views<CycleSeen> cycles;

	private final Views<RegionSeen> regions;

	private final Views<NeedSeen> needs;

	private final Views<RoundSeen> rounds;

	Known(Views<CycleSeen> cycles, Views<RegionSeen> regions, Views<NeedSeen> needs, Views<RoundSeen> rounds) {
		this.cycles = cycles;
		this.regions = regions;
		this.needs = needs;
		this.rounds = rounds;
	}

	@Nullable CycleSeen cycle(CycleId cycle) {
		return this.cycles.find(cycle.value()).map(Stored::state).orElse(null);
	}

	/** Those of the regional needs that are known to have been delivered. */
	Map<RegionalNeedId, Delivery> deliveries(Collection<RegionalNeedId> regionalNeeds) {
		Map<RegionalNeedId, NeedSeen.Regional> formed = regional(regionalNeeds);
		// A collection's key is the cycle and who asks in it.
		Map<String, RegionSeen> asked = new HashMap<>();
		this.regions
			.findAll(
					formed.values().stream().map((need) -> need.cycle() + "." + need.rss()).collect(Collectors.toSet()))
			.forEach((region) -> asked.put(region.id(), region.state()));
		Map<RegionalNeedId, Delivery> delivered = new LinkedHashMap<>();
		formed.forEach((id, need) -> {
			RegionSeen region = asked.get(need.cycle() + "." + need.rss());
			if (region != null) {
				region.delivery(id).ifPresent((one) -> delivered.put(id, new Delivery(region, one)));
			}
		});
		return delivered;
	}

	/** Every regional need that has been delivered in a cycle. */
	List<RegionalNeedId> delivered(CycleId cycle) {
		return this.regions.all(Criteria.where("state.cycle").is(cycle.value()))
			.stream()
			.flatMap((region) -> region.state().delivered().stream())
			.map(RegionSeen.DeliveredNeed::regionalNeed)
			.toList();
	}

	/** The regional needs themselves, those that are here. */
	Map<RegionalNeedId, NeedSeen.Regional> regional(Collection<RegionalNeedId> ids) {
		Map<RegionalNeedId, NeedSeen.Regional> found = new LinkedHashMap<>();
		this.needs.findAll(ids.stream().map(RegionalNeedId::value).toList()).forEach((need) -> {
			if (need.state() instanceof NeedSeen.Regional regional) {
				found.put(new RegionalNeedId(need.id()), regional);
			}
		});
		return found;
	}

	/** Those of the needs whose municipalities may be named. */
	Set<NeedId> naming(Collection<NeedId> ids) {
		return this.needs.findAll(ids.stream().map(NeedId::value).collect(Collectors.toSet()))
			.stream()
			.filter((need) -> need.state() instanceof NeedSeen.Municipal municipal && municipal.namesMunicipalities())
			.map((need) -> new NeedId(need.id()))
			.collect(Collectors.toSet());
	}

	/** What the rounds say of a national need. */
	RankStanding standing(NationalNeedId need, CycleId cycle) {
		return RankStanding.of(need, rounds(cycle));
	}

	/** The national rounds of a cycle, of every cycle when none is named. */
	List<RoundSeen> rounds(@Nullable CycleId cycle) {
		Criteria national = Criteria.where("state.level").is(RankingEvent.Level.NATIONAL.name());
		if (cycle != null) {
			national.and("state.cycle").is(cycle.value());
		}
		return this.rounds.all(national).stream().map(Stored::state).toList();
	}

	/** The agencies that may judge, lead and contribute. */
	Set<OrganisationId> agencies() {
		return Directory.standard()
			.organisations(Kind.AGENCY)
			.stream()
			.map(Organisation::id)
			.collect(Collectors.toSet());
	}

}
