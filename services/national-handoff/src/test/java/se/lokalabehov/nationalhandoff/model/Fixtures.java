package se.lokalabehov.nationalhandoff.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.CompilationEvent;
import se.lokalabehov.contracts.CompilationEvent.Evidence;
import se.lokalabehov.contracts.CompilationEvent.Verdict;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.HandOffEvent;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NationalNeedId;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.Procedure;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Source;
import se.lokalabehov.contracts.Topic;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Envelope;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.nationalhandoff.model.CycleSeen.Phase;

/**
 * The domain's words for what the tests need.
 */
final class Fixtures {

	static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

	static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

	static final CycleId CYCLE = new CycleId("cycle-sbb");

	static final NationalNeedId NEED = new NationalNeedId("national-1");

	static final OrganisationId STOCKHOLM = new OrganisationId("RSS-01");

	static final OrganisationId SKR = new OrganisationId("SKR");

	static final OrganisationId SOS = new OrganisationId("SOS");

	static final OrganisationId SBU = new OrganisationId("SBU");

	static final OrganisationId FOHM = new OrganisationId("FOHM");

	static final Set<OrganisationId> AGENCIES = Set.of(SOS, SBU, FOHM);

	static final CycleSeen OPEN_CYCLE = new CycleSeen(Phase.OPEN, null);

	private Fixtures() {
	}

	static Wording wording(String title) {
		return new Wording(title, List.of("BERO"), "METOD", "Så här är det.", "Vad hjälper?", "", List.of("OVERSIKT"));
	}

	static RegionalNeedId regional(String name) {
		return new RegionalNeedId("regional-" + name);
	}

	static List<RegionalNeedId> regionals(String... names) {
		return Arrays.stream(names).map(Fixtures::regional).toList();
	}

	static Member memberFrom(String need, String... municipalities) {
		return new Member(new NeedId("need-" + need), 1,
				Arrays.stream(municipalities).map(OrganisationId::new).toList());
	}

	/** RSS Stockholm has delivered these, each with one need from 0180 behind it. */
	static Map<RegionalNeedId, Compiling.Delivery> delivered(String... names) {
		return deliveredAt(NOW.minusSeconds(3600), names);
	}

	static Map<RegionalNeedId, Compiling.Delivery> deliveredAt(Instant at, String... names) {
		List<RegionSeen.DeliveredNeed> needs = Arrays.stream(names)
			.map((name) -> new RegionSeen.DeliveredNeed(regional(name), 2, List.of(memberFrom(name, "0180")), at))
			.toList();
		RegionSeen region = new RegionSeen(CYCLE, STOCKHOLM, needs);
		Map<RegionalNeedId, Compiling.Delivery> delivered = new LinkedHashMap<>();
		needs.forEach((need) -> delivered.put(need.regionalNeed(), new Compiling.Delivery(region, need)));
		return delivered;
	}

	static Source sourceOf(String name) {
		return new Source(regional(name), 2, STOCKHOLM, List.of(memberFrom(name, "0180")));
	}

	static NationalNeed aNationalNeed() {
		return need(
				new CompilationEvent.NationalNeedFormed(CYCLE, wording("Cannabis och unga"), List.of(sourceOf("a"))));
	}

	static NationalNeed aNeedAskedOf(OrganisationId... agencies) {
		return NationalNeed.evolve(aNationalNeed(),
				new CompilationEvent.ScreeningAsked(List.of(agencies), TODAY.plusDays(30)));
	}

	static NationalNeed aNeedJudged(Verdict verdict) {
		return NationalNeed.evolve(aNeedAskedOf(SOS), screened(verdict, SOS));
	}

	static CompilationEvent.NationalNeedScreened screened(Verdict verdict, OrganisationId by) {
		return new CompilationEvent.NationalNeedScreened(verdict, "Därför.", by, List.of(overview()), TODAY,
				(verdict == Verdict.EXISTS) ? "Handboken" : null);
	}

	static Evidence overview() {
		return new Evidence("Översikt", "SBU", "sbu.se/1", true);
	}

	static Evidence source(String title) {
		return new Evidence(title, "SOS", "socialstyrelsen.se/1", false);
	}

	static NationalNeed need(CompilationEvent... events) {
		NationalNeed need = null;
		for (CompilationEvent event : events) {
			need = NationalNeed.evolve(need, event);
		}
		return java.util.Objects.requireNonNull(need);
	}

	static HandOff handOff(HandOffEvent... events) {
		HandOff handOff = null;
		for (HandOffEvent event : events) {
			handOff = HandOff.evolve(handOff, event);
		}
		return java.util.Objects.requireNonNull(handOff);
	}

	static HandOffEvent.NeedHandedOver handedTo(OrganisationId agency, OrganisationId... contributors) {
		return new HandOffEvent.NeedHandedOver(CYCLE, new RoundId("round-1"), 3, wording("Cannabis och unga"),
				List.of(sourceOf("a")), agency, List.of(contributors), TODAY.plusDays(14));
	}

	static RoundSeen aRound(String id, RoundSeen.Phase phase, @Nullable String corrects, String... ranking) {
		return new RoundSeen(new RoundId(id), Level.NATIONAL, CYCLE, phase,
				Arrays.stream(ranking).map((need) -> new RoundSeen.Item(need, 1)).toList(), List.of(),
				(corrects != null) ? new RoundId(corrects) : null, Procedure.plain(ranking.length),
				(phase != RoundSeen.Phase.CLOSED) ? List.of()
						: java.util.stream.IntStream.range(0, ranking.length)
							.mapToObj((i) -> new RoundSeen.Place(i + 1, ranking[i]))
							.toList(),
				(phase != RoundSeen.Phase.CLOSED) ? null : NOW);
	}

	static <E> Envelope<E> told(Topic<E> topic, String key, long sequence, E event) {
		return new Envelope<>(topic, key, sequence, "test", NOW.plusSeconds(sequence), SKR, "SKR_COMPILER", null,
				event);
	}

	static <E> List<E> accepted(Decision<E> decision) {
		return switch (decision) {
			case Decision.Accepted<E> yes -> yes.events();
			case Decision.Refused<E> no -> throw new AssertionError("refused: " + no.refusal());
		};
	}

	static Refusal refused(Decision<?> decision) {
		return switch (decision) {
			case Decision.Accepted<?> yes -> throw new AssertionError("accepted: " + yes.events());
			case Decision.Refused<?> no -> no.refusal();
		};
	}

}
