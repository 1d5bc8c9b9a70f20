package se.lokalabehov.needintake;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.eventing.Decision;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The words of the domain, for tests.
 */
final class Fixtures {

	static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

	static final CycleId CYCLE = new CycleId("cycle-sbb");

	static final OrganisationId STOCKHOLM = new OrganisationId("0180");

	static final OrganisationId SOLNA = new OrganisationId("0184");

	static final OrganisationId RSS = new OrganisationId("RSS-01");

	static final RegionalNeedId R1 = new RegionalNeedId("regional-1");

	private Fixtures() {
	}

	static CycleView aCycle(CycleView.Status status) {
		return new CycleView(status, List.of("SBB"), timetable(TODAY),
				List.of(new Region(RSS, List.of(STOCKHOLM, SOLNA))), null);
	}

	static Map<Step, LocalDate> timetable(LocalDate from) {
		return Map.of(Step.ANSWER, from.plusDays(10), Step.DELIVER, from.plusDays(20), Step.SCREEN, from.plusDays(30),
				Step.RANK, from.plusDays(40), Step.FEED_BACK, from.plusDays(300));
	}

	static Wording aWording(String question) {
		return new Wording("Stöd till närstående", List.of("ANH"), "METOD", "Vi har inget i dag.", question, "",
				List.of("METOD"));
	}

	static NeedSubmitted submitted(OrganisationId... municipalities) {
		return new NeedSubmitted(CYCLE, "SBB", List.of(municipalities), RSS, aWording("Vad hjälper?"), null, false,
				null, null, false);
	}

	static Need aNeedFrom(OrganisationId... municipalities) {
		return Need.evolve(null, submitted(municipalities));
	}

	static Need after(@Nullable Need need, OfNeed... events) {
		for (OfNeed event : events) {
			need = Need.evolve(need, event);
		}
		return Objects.requireNonNull(need);
	}

	static Need mergedInR1(Need need) {
		return after(need, new NeedMerged(R1));
	}

	static Member member(String id, int version, OrganisationId... municipalities) {
		return new Member(new NeedId(id), version, List.of(municipalities));
	}

	static RegionalNeed aRegionalNeed(Member... members) {
		return RegionalNeed.evolve(null,
				new RegionalNeedFormed(CYCLE, RSS, aWording("Vad hjälper?"), List.of(members)));
	}

	/** The state after the events of an accepted decision. */
	static Need apply(@Nullable Need need, Decision<OfNeed> decision) {
		return after(need, events(decision).toArray(OfNeed[]::new));
	}

	static <E> List<E> events(Decision<E> decision) {
		assertThat(decision).isInstanceOf(Decision.Accepted.class);
		return ((Decision.Accepted<E>) decision).events();
	}

	static String refusal(Decision<?> decision) {
		assertThat(decision).isInstanceOf(Decision.Refused.class);
		return Stream.of(decision)
			.map(Decision.Refused.class::cast)
			.map((refused) -> refused.refusal().code())
			.findFirst()
			.orElseThrow();
	}

}
