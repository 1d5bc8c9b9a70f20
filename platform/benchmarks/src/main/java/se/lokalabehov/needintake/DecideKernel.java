package se.lokalabehov.needintake;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.NeedEvent.OfNeed;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.eventing.Decision;

/**
 * What deciding about a need costs by itself, without store, broker and HTTP. In this
 * package because deciders are nobody else's business.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecideKernel {

	private static final OrganisationId STOCKHOLM = new OrganisationId("0180");

	private static final OrganisationId RSS = new OrganisationId("RSS-01");

	private final LocalDate today = LocalDate.parse("2026-11-23");

	private final CycleView cycle = new CycleView(CycleView.Status.OPEN, List.of("SBB"),
			Map.of(Step.ANSWER, this.today.plusDays(30)), List.of(new Region(RSS, List.of(STOCKHOLM))), null);

	private final Draft.Content draft = new Draft.Content(new CycleId("cycle-000000000000000000000001"), "SBB",
			List.of(STOCKHOLM), null,
			new Draft.Words("Kortare bedömning än ASI", List.of("BERO"), "BEDOM",
					"ASI-intervjun tar lång tid för både handläggare och klient.",
					"Vilket kortare instrument ger tillräckligt underlag?", "Bedömningen görs på magkänsla.",
					List.of("INSTRUMENT")),
			false, List.of(), null, null);

	/** Submitted: the decision, and the state that follows. */
	@Benchmark
	public Object submit() {
		return switch (NeedDecider.submit(this.draft, this.cycle, RSS, this.today.plusDays(30), this.today)) {
			case Decision.Accepted<OfNeed> accepted -> Need.evolve(null, accepted.events().getFirst());
			case Decision.Refused<OfNeed> refused -> refused.refusal();
		};
	}

}
