package se.lokalabehov.nationalhandoff.model;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.AreaEvent;
import se.lokalabehov.contracts.CollectionEvent;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.contracts.Wording;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.nationalhandoff.model.Fixtures.CYCLE;
import static se.lokalabehov.nationalhandoff.model.Fixtures.NOW;
import static se.lokalabehov.nationalhandoff.model.Fixtures.SKR;
import static se.lokalabehov.nationalhandoff.model.Fixtures.STOCKHOLM;
import static se.lokalabehov.nationalhandoff.model.Fixtures.TODAY;
import static se.lokalabehov.nationalhandoff.model.Fixtures.memberFrom;
import static se.lokalabehov.nationalhandoff.model.Fixtures.regional;
import static se.lokalabehov.nationalhandoff.model.Fixtures.sourceOf;
import static se.lokalabehov.nationalhandoff.model.Fixtures.told;
import static se.lokalabehov.nationalhandoff.model.Fixtures.wording;

/**
 * What is seen of the other rooms.
 */
class SeenTests {

	@Test
	void aCycleIsSeenFromChoiceToEnd() {
		var chosen = CycleSeen.after(null,
				told(Topics.AREA, "cycle-sbb", 1, new AreaEvent.AreaChosen("SBB", "Omgång", "Därför", List.of())));
		var opened = CycleSeen.after(chosen, told(Topics.AREA, "cycle-sbb", 2,
				new AreaEvent.CycleOpened("SBB", List.of("SBB"), "Omgång", Map.of(), List.of(), "v1")));
		var closed = CycleSeen.after(opened, told(Topics.AREA, "cycle-sbb", 3, new AreaEvent.CompilingClosed()));

		assertThat(chosen.phase()).isEqualTo(CycleSeen.Phase.CHOSEN);
		assertThat(opened).isEqualTo(new CycleSeen(CycleSeen.Phase.OPEN, null));
		assertThat(closed).isEqualTo(new CycleSeen(CycleSeen.Phase.OPEN, NOW.plusSeconds(3)));
		assertThat(CycleSeen.after(closed, told(Topics.AREA, "cycle-sbb", 4, new AreaEvent.CycleFinished(""))))
			.isEqualTo(new CycleSeen(CycleSeen.Phase.FINISHED, NOW.plusSeconds(3)));
		assertThat(CycleSeen.after(closed, told(Topics.AREA, "cycle-sbb", 4, new AreaEvent.CycleCancelled("Skäl")))
			.phase()).isEqualTo(CycleSeen.Phase.CANCELLED);
	}

	@Test
	void aDeliveryKeepsExactVersionsMembersAndTime() {
		var asked = RegionSeen.after(null, told(Topics.COLLECTION, "cycle-sbb.RSS-01", 1,
				new CollectionEvent.RegionAsked(CYCLE, "SBB", STOCKHOLM, List.of(), TODAY, "Hej")));
		var first = RegionSeen.after(asked, told(Topics.COLLECTION, "cycle-sbb.RSS-01", 2, list(1, "a")));
		var second = RegionSeen.after(first, told(Topics.COLLECTION, "cycle-sbb.RSS-01", 3, list(2, "b")));

		assertThat(second.delivered()).extracting("regionalNeed", "at")
			.containsExactly(org.assertj.core.groups.Tuple.tuple(regional("a"), NOW.plusSeconds(2)),
					org.assertj.core.groups.Tuple.tuple(regional("b"), NOW.plusSeconds(3)));
		assertThat(second.delivery(regional("a")).map(second::source)).contains(sourceOf("a"));
		assertThat(second.delivery(regional("c"))).isEmpty();
	}

	@Test
	void aMunicipalNeedTellsWhetherItsMunicipalitiesMayBeNamed() {
		var submitted = NeedSeen.after(null, told(Topics.NEED, "need-1", 1, new NeedEvent.NeedSubmitted(CYCLE, "SBB",
				List.of(new OrganisationId("0180")), STOCKHOLM, wording("Unga"), null, true, null, null, false)));
		var recorded = NeedSeen.after(null, told(Topics.NEED, "need-2", 1, new NeedEvent.NeedRecorded(CYCLE, "SBB",
				List.of(new OrganisationId("0180")), STOCKHOLM, wording("Unga"), "Nätverksträff")));

		assertThat(submitted).isEqualTo(new NeedSeen.Municipal(true));
		assertThat(recorded).isEqualTo(new NeedSeen.Municipal(false));
		assertThat(NeedSeen.after(recorded, told(Topics.NEED, "need-2", 2, new NeedEvent.NeedConfirmed(true))))
			.isEqualTo(new NeedSeen.Municipal(true));
	}

	@Test
	void aRegionalNeedTellsItsLastWordsAndWhetherItShallBeUndone() {
		var formed = NeedSeen.after(null, told(Topics.NEED, "regional-a", 1,
				new NeedEvent.RegionalNeedFormed(CYCLE, STOCKHOLM, wording("Unga"), List.of(memberFrom("a", "0180")))));
		var changed = NeedSeen.after(formed, told(Topics.NEED, "regional-a", 2,
				new NeedEvent.RegionalNeedChanged(2, wording("Andra ord"), List.of(memberFrom("a", "0180")))));
		var asked = NeedSeen.after(changed,
				told(Topics.NEED, "regional-a", 3, new NeedEvent.UndoingRequested("Två frågor")));
		var redacted = NeedSeen.after(asked,
				told(Topics.NEED, "regional-a", 4, new NeedEvent.RegionalNeedRedacted("Personuppgift")));

		assertThat(asked).isEqualTo(new NeedSeen.Regional(CYCLE, STOCKHOLM, wording("Andra ord"), "Två frågor"));
		assertThat(redacted)
			.isEqualTo(new NeedSeen.Regional(CYCLE, STOCKHOLM, wording("").redacted(), Wording.REDACTED));
	}

	@Test
	void aRoundIsSeenWithPanelItemsAndRanking() {
		var opened = RoundSeen.after(null, told(Topics.RANKING, "round-1", 1, new RankingEvent.RoundOpened(
				RankingEvent.Level.NATIONAL, CYCLE, SKR, "Rangordning",
				List.of(new RankingEvent.Item("national-1", 2, "Unga")),
				List.of(new RankingEvent.Seat("A", new OrganisationId("0180"), "Socialchef", new OrganisationId("0114"),
						null), new RankingEvent.Seat("B", new OrganisationId("0180"), "Socialchef", null, null)),
				1, NOW, "borda", RankingEvent.Unranked.LAST, new RoundId("round-0"), null)));
		var closed = RoundSeen.after(opened, told(Topics.RANKING, "round-1", 2, new RankingEvent.RoundClosed(
				List.of(new RankingEvent.Place(1, "national-1", "4")), "borda", 2, false, "abc", false)));

		assertThat(opened.panel()).extracting(OrganisationId::value).containsExactly("0114", "0180");
		assertThat(opened.corrects()).isEqualTo(new RoundId("round-0"));
		assertThat(opened.item("national-1")).contains(new RoundSeen.Item("national-1", 2));
		assertThat(closed.phase()).isEqualTo(RoundSeen.Phase.CLOSED);
		assertThat(closed.places()).containsExactly(new RoundSeen.Place(1, "national-1"));
		assertThat(closed.closed()).isEqualTo(NOW.plusSeconds(2));
		assertThat(RoundSeen.after(opened, told(Topics.RANKING, "round-1", 2, new RankingEvent.RoundCancelled("Fel")))
			.phase()).isEqualTo(RoundSeen.Phase.CANCELLED);
	}

	private static CollectionEvent.RegionalListDelivered list(int delivery, String regional) {
		return new CollectionEvent.RegionalListDelivered(delivery,
				List.of(new CollectionEvent.Delivered(regional(regional), 2, List.of(memberFrom(regional, "0180")))),
				List.of());
	}

}
