package se.lokalabehov.prioritisation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.AreaEvent.Region;
import se.lokalabehov.contracts.AreaEvent.Step;
import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.Procedure;
import se.lokalabehov.contracts.RankingEvent.RoundCancelled;
import se.lokalabehov.contracts.RankingEvent.RoundClosed;
import se.lokalabehov.contracts.RankingEvent.RoundExtended;
import se.lokalabehov.contracts.RankingEvent.RoundOpened;
import se.lokalabehov.contracts.RankingEvent.RoundRedacted;
import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.contracts.RankingEvent.SeatHolderChanged;
import se.lokalabehov.contracts.RankingEvent.SeatsReminded;
import se.lokalabehov.contracts.RankingEvent.Unranked;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Decision;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.prioritisation.RoundRules.Known;
import se.lokalabehov.prioritisation.RoundRules.Proposal;
import se.lokalabehov.prioritisation.model.Ballot;
import se.lokalabehov.prioritisation.model.Cycle;
import se.lokalabehov.prioritisation.model.Round;
import se.lokalabehov.prioritisation.model.RoundCount;

import static org.assertj.core.api.Assertions.assertThat;

class RoundRulesTests {

	private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

	private static final Instant DEADLINE = Instant.parse("2026-03-31T10:00:00Z");

	private static final CycleId CYCLE = new CycleId("cycle-1");

	private static final OrganisationId RSS = new OrganisationId("RSS-01");

	@Test
	void aNationalRoundFixesItemsPanelQuorumAndMethod() {
		RoundOpened opened = (RoundOpened) accepted(open(national(), known())).getFirst();
		assertThat(opened.items()).containsExactly(new Item("national-1", 2, "Behov national-1"),
				new Item("national-2", 2, "Behov national-2"));
		assertThat(opened.panel()).hasSize(2);
		assertThat(opened.owner()).isEqualTo(Access.SKR);
	}

	@Test
	void aRegionalRoundRanksOwnRegionalNeeds() {
		RoundOpened opened = (RoundOpened) accepted(open(regional("0180", "0184"), known())).getFirst();
		assertThat(opened.items()).extracting(Item::id).containsExactly("regional-1");
	}

	@Test
	void aNeedOfAnotherRssIsNotHereJustAsOneThatHasNotArrived() {
		Refusal foreign = refusal(open(with(regional("0180"), List.of("regional-9")), known()));
		Refusal unknown = refusal(open(with(regional("0180"), List.of("regional-404")), known()));
		assertThat(foreign).isEqualTo(unknown);
		assertThat(foreign.kind()).isEqualTo(Refusal.Kind.NOT_HERE_YET);
	}

	@Test
	void onlyNeedsThatAreScreenedAndGoOnAreRanked() {
		assertThat(code(open(with(national(), List.of("national-answered")), known()))).isEqualTo("behovet-besvarat");
		assertThat(code(open(with(national(), List.of("national-unscreened")), known())))
			.isEqualTo("behovet-inte-sallat");
		assertThat(code(open(with(national(), List.of("national-dissolved")), known()))).isEqualTo("behovet-upplost");
	}

	@Test
	void aNeedStandsOnceAndBelongsToTheCycle() {
		assertThat(field(open(with(national(), List.of("national-1", "national-1")), known()))).isEqualTo("items");
		assertThat(field(open(with(national(), List.of("national-other-cycle")), known()))).isEqualTo("items");
	}

	@Test
	void theCycleIsOpen() {
		Known none = new Known(Optional.empty(), known().candidates(), Optional.empty(), false, Optional.empty(), false,
				Directory.standard());
		assertThat(field(open(national(), none))).isEqualTo("cycle");
		Known chosen = new Known(Optional.of(new Cycle.Chosen(aChoice())), known().candidates(), Optional.empty(),
				false, Optional.empty(), false, Directory.standard());
		assertThat(code(open(national(), chosen))).isEqualTo("omgangen-inte-oppen");
	}

	@Test
	void seatNamesAreUniqueAndPlain() {
		assertThat(field(open(panel(national(), seat("A", "0180"), seat("A", "0184")), known()))).isEqualTo("panel");
		for (String name : List.of("", "a.b", "$a", "a b", "a/b", "a".repeat(41))) {
			assertThat(field(open(panel(national(), seat(name, "0180"), seat("B", "0184")), known())))
				.isEqualTo("panel");
		}
		assertThat(accepted(open(panel(national(), seat("Malmö-1_a", "1280"), seat("0184", "0184")), known())))
			.hasSize(1);
	}

	@Test
	void anOrganisationHasOneVoiceAsSeatOrDeputy() {
		assertThat(field(open(panel(national(), seat("A", "0180"), seat("B", "0180")), known()))).isEqualTo("panel");
		assertThat(field(open(panel(national(), deputy("A", "0180", "0184"), seat("B", "0184")), known())))
			.isEqualTo("panel");
		assertThat(field(open(panel(national(), deputy("A", "0180", "0183"), deputy("B", "0184", "0183")), known())))
			.isEqualTo("panel");
		assertThat(accepted(open(panel(national(), deputy("A", "0180", "0183"), seat("B", "0184")), known())))
			.hasSize(1);
	}

	@Test
	void thePanelIsOfMunicipalitiesAndARegionalOneOfTheRegions() {
		assertThat(field(open(panel(national(), seat("A", "SOS"), seat("B", "0180")), known()))).isEqualTo("panel");
		assertThat(field(open(regional("0180", "1280"), known()))).isEqualTo("panel");
		assertThat(field(open(panel(regional("0180"), deputy("A", "0180", "1280")), known()))).isEqualTo("panel");
	}

	@Test
	void theQuorumIsBetweenOneAndTheSeats() {
		assertThat(field(open(quorum(national(), 0), known()))).isEqualTo("quorum");
		assertThat(field(open(quorum(national(), 3), known()))).isEqualTo("quorum");
		assertThat(accepted(open(quorum(national(), 2), known()))).hasSize(1);
	}

	@Test
	void theDeadlineIsAheadAndTheMethodKnown() {
		assertThat(field(RoundRules.open(national(), known(), DEADLINE))).isEqualTo("deadline");
		Proposal p = national();
		assertThat(field(open(new Proposal(p.level(), p.cycle(), p.owner(), p.title(), p.items(), p.panel(), p.quorum(),
				p.deadline(), "lottning", p.unranked(), null, p.procedure()), known())))
			.isEqualTo("method");
	}

	@Test
	void aCorrectionNamesAClosedRoundOfItsOwnOnce() {
		assertThat(field(open(correcting(national()), known()))).isEqualTo("corrects");
		assertThat(code(open(correcting(national()), knownToCorrect(anOpenRound(), false)))).isEqualTo("inte-stangd");
		assertThat(code(open(correcting(national()), knownToCorrect(aClosedRound(), true)))).isEqualTo("redan-rattad");
		assertThat(accepted(open(correcting(national()), knownToCorrect(aClosedRound(), false)))).hasSize(1);
		assertThat(field(open(correcting(regional("0180")), knownToCorrect(aClosedRound(), false))))
			.isEqualTo("corrects");
	}

	@Test
	void timeIsGivenOnlyBeforeItIsOutAndOnlyMore() {
		Instant later = DEADLINE.plusSeconds(60);
		assertThat(accepted(RoundRules.extend(anOpenRound(), new RoundExtended(later, "Sportlov"), NOW))).hasSize(1);
		assertThat(field(RoundRules.extend(anOpenRound(), new RoundExtended(DEADLINE, "Samma"), NOW)))
			.isEqualTo("deadline");
		assertThat(code(RoundRules.extend(anOpenRound(), new RoundExtended(later, "För sent"), DEADLINE)))
			.isEqualTo("tiden-ute");
		assertThat(code(RoundRules.extend(aClosingRound(), new RoundExtended(later, "För sent"), NOW)))
			.isEqualTo("prioriteringsomgangen-stangs");
		Round extended = Round.evolve(anOpenRound(), new RoundExtended(later, "Sportlov"));
		assertThat(extended.course().deadline()).isEqualTo(later);
	}

	@Test
	void ballotsAreTakenOnlyWhileOpenAndBeforeTheDeadline() {
		assertThat(accepted(RoundRules.takesBallots(anOpenRound(), DEADLINE.minusMillis(1)))).isEmpty();
		assertThat(code(RoundRules.takesBallots(anOpenRound(), DEADLINE))).isEqualTo("tiden-ute");
		assertThat(code(RoundRules.takesBallots(aClosingRound(), NOW))).isEqualTo("prioriteringsomgangen-stangs");
		assertThat(code(RoundRules.takesBallots(aClosedRound(), NOW))).isEqualTo("prioriteringsomgangen-stangd");
		assertThat(code(RoundRules.takesBallots(aCancelledRound(), NOW))).isEqualTo("prioriteringsomgangen-avbruten");
	}

	@Test
	void itClosesOnlyWhenItsBallotsAreFrozenAndOnlyOnce() {
		RoundCount counted = RoundCount.of(new RoundId("round-1"), anOpenRound().terms(),
				Map.of("A", new Ballot(List.of(List.of("national-2")), List.of())));
		assertThat(code(RoundRules.close(anOpenRound(), counted))).isEqualTo("prioriteringsomgangen-stangs");
		RoundClosed closed = (RoundClosed) accepted(RoundRules.close(aClosingRound(), counted)).getFirst();
		assertThat(closed.ranking().getFirst().item()).isEqualTo("national-2");
		assertThat(closed.provisional()).isTrue();
		assertThat(closed.byDeadline()).isTrue();
		assertThat(closed.packageHash()).isEqualTo(counted.sha256());
		assertThat(code(RoundRules.close(aClosedRound(), counted))).isEqualTo("prioriteringsomgangen-stangd");
	}

	@Test
	void aClosedOrCancelledRoundStaysSo() {
		for (Round round : List.of(aClosedRound(), aCancelledRound())) {
			assertThat(RoundRules.beginClosing(round)).isInstanceOf(Decision.Refused.class);
			assertThat(RoundRules.cancel(round, new RoundCancelled("Nej"))).isInstanceOf(Decision.Refused.class);
			assertThat(RoundRules.remind(round, new SeatsReminded("Rösta"), NOW)).isInstanceOf(Decision.Refused.class);
			assertThat(RoundRules.changeHolder(round, new SeatHolderChanged("A", "Ny")))
				.isInstanceOf(Decision.Refused.class);
		}
	}

	@Test
	void aHolderChangesOnASeatOfThePanel() {
		assertThat(accepted(RoundRules.changeHolder(anOpenRound(), new SeatHolderChanged("A", "Ny socialchef"))))
			.hasSize(1);
		assertThat(code(RoundRules.changeHolder(anOpenRound(), new SeatHolderChanged("Z", "Ny"))))
			.isEqualTo("finns-inte");
	}

	@Test
	void aRedactionWaitsForTheClosingAndBlanksEveryText() {
		RoundRedacted redaction = new RoundRedacted("Uppgift om enskild");
		assertThat(code(RoundRules.redact(aClosingRound(), redaction))).isEqualTo("prioriteringsomgangen-stangs");
		Round told = Round.evolve(anOpenRound(), new SeatsReminded("Hemligt"));
		told = Round.evolve(told, new SeatHolderChanged("A", "Hemligt"));
		told = Round.evolve(told, new RoundExtended(DEADLINE.plusSeconds(1), "Hemligt"));
		told = Round.evolve(told, new RoundCancelled("Hemligt"));
		Round redacted = Round.evolve(told, redaction);
		assertThat(redacted.toString()).doesNotContain("Hemligt", "Behov national", "Rundan")
			.contains(Wording.REDACTED);
		assertThat(redacted.course().deadline()).isEqualTo(DEADLINE.plusSeconds(1));
	}

	@Test
	void aFaultyBallotIsRefusedWithoutSayingHowOneVoted() {
		Round round = anOpenRound();
		for (Ballot ballot : List.of(new Ballot(List.of(List.of("national-404")), List.of()),
				new Ballot(List.of(List.of("national-1", "national-1")), List.of()),
				new Ballot(List.of(List.of("national-1"), List.of()), List.of()),
				new Ballot(List.of(List.of("national-1")), List.of("national-1")))) {
			assertThat(RoundRules.ballotIsWhole(ballot, round).orElseThrow().toString()).doesNotContain("national-");
		}
		assertThat(RoundRules.ballotIsWhole(new Ballot(List.of(List.of("national-2")), List.of("national-1")), round))
			.isEmpty();
	}

	private static Decision<RankingEvent> open(Proposal proposal, Known known) {
		return RoundRules.open(proposal, known, NOW);
	}

	private static Proposal national() {
		return new Proposal(Level.NATIONAL, CYCLE, Access.SKR, "Rundan", List.of("national-1", "national-2"),
				List.of(seat("A", "0180"), seat("B", "1480")), 2, DEADLINE, "borda", Unranked.LAST, null,
				Procedure.plain(2));
	}

	private static Proposal regional(String... municipalities) {
		return new Proposal(Level.REGIONAL, CYCLE, RSS, "Rundan", List.of("regional-1"),
				Stream.of(municipalities).map((code) -> seat(code, code)).toList(), 1, DEADLINE, "borda",
				Unranked.NO_OPINION, null, Procedure.plain(1));
	}

	private static Proposal with(Proposal p, List<String> items) {
		return new Proposal(p.level(), p.cycle(), p.owner(), p.title(), items, p.panel(), p.quorum(), p.deadline(),
				p.method(), p.unranked(), p.corrects(), p.procedure());
	}

	private static Proposal panel(Proposal p, Seat... panel) {
		return new Proposal(p.level(), p.cycle(), p.owner(), p.title(), p.items(), List.of(panel), 1, p.deadline(),
				p.method(), p.unranked(), p.corrects(), p.procedure());
	}

	private static Proposal quorum(Proposal p, int quorum) {
		return new Proposal(p.level(), p.cycle(), p.owner(), p.title(), p.items(), p.panel(), quorum, p.deadline(),
				p.method(), p.unranked(), p.corrects(), p.procedure());
	}

	private static Proposal correcting(Proposal p) {
		return new Proposal(p.level(), p.cycle(), p.owner(), p.title(), p.items(), p.panel(), p.quorum(), p.deadline(),
				p.method(), p.unranked(), new RoundId("round-0"), p.procedure());
	}

	private static Seat seat(String name, String organisation) {
		return new Seat(name, new OrganisationId(organisation), "Socialchef", null, null);
	}

	private static Seat deputy(String name, String organisation, String deputy) {
		return new Seat(name, new OrganisationId(organisation), "Socialchef", new OrganisationId(deputy), null);
	}

	private static Known known() {
		Map<String, Candidate> candidates = Stream
			.of(candidate("national-1", CYCLE, Access.SKR, Candidate.Fit.YES),
					candidate("national-2", CYCLE, Access.SKR, Candidate.Fit.YES),
					candidate("national-answered", CYCLE, Access.SKR, Candidate.Fit.ANSWERED),
					candidate("national-unscreened", CYCLE, Access.SKR, Candidate.Fit.NOT_SCREENED),
					candidate("national-dissolved", CYCLE, Access.SKR, Candidate.Fit.DISSOLVED),
					candidate("national-other-cycle", new CycleId("cycle-2"), Access.SKR, Candidate.Fit.YES),
					candidate("regional-1", CYCLE, RSS, Candidate.Fit.YES),
					candidate("regional-9", CYCLE, new OrganisationId("RSS-12"), Candidate.Fit.YES))
			.collect(Collectors.toMap(Candidate::id, Function.identity()));
		Cycle cycle = new Cycle.Open(aChoice(),
				new Cycle.Opening(List.of("SBB"), Map.of(Step.RANK, CycleRules.day(DEADLINE)),
						List.of(new Region(RSS, List.of(new OrganisationId("0180"), new OrganisationId("0184")))), "v",
						List.of(), false));
		return new Known(Optional.of(cycle), candidates, Optional.empty(), false, Optional.empty(), false,
				Directory.standard());
	}

	private static Known knownToCorrect(Round round, boolean already) {
		return new Known(known().cycle(), known().candidates(), Optional.of(round), already, Optional.empty(), false,
				Directory.standard());
	}

	private static Candidate candidate(String id, CycleId cycle, OrganisationId owner, Candidate.Fit fit) {
		return new Candidate(id, cycle, owner, 2, "Behov " + id, fit);
	}

	private static Cycle.Choice aChoice() {
		return new Cycle.Choice("SBB", "Omgången", "Därför", List.of(new OrganisationId("0180")));
	}

	private static Round anOpenRound() {
		return Round.evolve(null, accepted(open(national(), known())).getFirst());
	}

	private static Round aClosingRound() {
		Round open = anOpenRound();
		return new Round.Closing(open.terms(), open.course(),
				new Round.Freeze(true, DEADLINE, Access.SKR, "SYSTEM", "system", null, "f"));
	}

	private static Round aClosedRound() {
		return Round.evolve(anOpenRound(), new RoundClosed(List.of(), "borda", 0, true, "hash", true));
	}

	private static Round aCancelledRound() {
		return Round.evolve(anOpenRound(), new RoundCancelled("Fel panel"));
	}

	private static List<RankingEvent> accepted(Decision<RankingEvent> decision) {
		assertThat(decision).isInstanceOf(Decision.Accepted.class);
		return ((Decision.Accepted<RankingEvent>) decision).events();
	}

	private static Refusal refusal(Decision<RankingEvent> decision) {
		assertThat(decision).isInstanceOf(Decision.Refused.class);
		return ((Decision.Refused<RankingEvent>) decision).refusal();
	}

	private static String code(Decision<RankingEvent> decision) {
		return refusal(decision).code();
	}

	private static String field(Decision<RankingEvent> decision) {
		return refusal(decision).fields().getFirst().name();
	}

}
