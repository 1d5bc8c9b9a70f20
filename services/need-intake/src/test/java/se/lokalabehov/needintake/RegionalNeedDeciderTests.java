package se.lokalabehov.needintake;

import java.util.List;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent.OfRegionalNeed;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedChanged;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDelivered;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedDissolved;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedRedacted;
import se.lokalabehov.contracts.NeedEvent.UndoingRequested;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.Wording;
import se.lokalabehov.needintake.RegionalNeedDecider.Surroundings;

import static org.assertj.core.api.Assertions.assertThat;
import static se.lokalabehov.needintake.Fixtures.CYCLE;
import static se.lokalabehov.needintake.Fixtures.RSS;
import static se.lokalabehov.needintake.Fixtures.SOLNA;
import static se.lokalabehov.needintake.Fixtures.STOCKHOLM;
import static se.lokalabehov.needintake.Fixtures.aCycle;
import static se.lokalabehov.needintake.Fixtures.aRegionalNeed;
import static se.lokalabehov.needintake.Fixtures.aWording;
import static se.lokalabehov.needintake.Fixtures.events;
import static se.lokalabehov.needintake.Fixtures.member;
import static se.lokalabehov.needintake.Fixtures.refusal;

class RegionalNeedDeciderTests {

	private static final RegionalNeed FORMED = aRegionalNeed(member("need-1", 1, STOCKHOLM, SOLNA),
			member("need-2", 1, STOCKHOLM));

	private static final RegionalNeed DELIVERED = RegionalNeed.evolve(FORMED, new RegionalNeedDelivered(1, 1));

	private static final Surroundings FREE = new Surroundings(aCycle(CycleView.Status.OPEN), false, false, false);

	private static final Surroundings LISTED = new Surroundings(aCycle(CycleView.Status.OPEN), true, false, false);

	private static final Surroundings RANKED = new Surroundings(aCycle(CycleView.Status.OPEN), false, true, false);

	@Test
	void weightCountsDifferentMunicipalitiesOnce() {
		assertThat(FORMED.behind()).containsExactly(STOCKHOLM, SOLNA);
	}

	@Test
	void formedInAnOpenCycleOnly() {
		assertThat(events(RegionalNeedDecider.form(null, CYCLE, aCycle(CycleView.Status.OPEN), RSS, aWording("Vad?"),
				List.of(member("need-1", 1, STOCKHOLM)))))
			.hasSize(1);
		assertThat(refusal(RegionalNeedDecider.form(null, CYCLE, aCycle(CycleView.Status.COMPILED), RSS,
				aWording("Vad?"), List.of(member("need-1", 1, STOCKHOLM)))))
			.isEqualTo("sammanstallningen-stangd");
	}

	@Test
	void changedUntilDeliveredOrBeingRanked() {
		List<Member> fewer = List.of(member("need-2", 1, STOCKHOLM));

		assertThat(events(RegionalNeedDecider.change(FORMED, FREE, aWording("Nytt?"), fewer)))
			.containsExactly(new RegionalNeedChanged(2, aWording("Nytt?"), fewer));
		assertThat(refusal(RegionalNeedDecider.change(FORMED, LISTED, aWording("Nytt?"), fewer)))
			.isEqualTo("redan-levererat");
		assertThat(refusal(RegionalNeedDecider.change(FORMED, RANKED, aWording("Nytt?"), fewer)))
			.isEqualTo("prioritering-oppnad");
	}

	@Test
	void dissolvedByTheRssUntilDelivered() {
		assertThat(events(RegionalNeedDecider.dissolve(FORMED, FREE, "Fel.")))
			.containsExactly(new RegionalNeedDissolved("Fel."));
		assertThat(refusal(RegionalNeedDecider.dissolve(DELIVERED, LISTED, "Fel."))).isEqualTo("redan-levererat");
		RegionalNeed dissolved = RegionalNeed.evolve(FORMED, new RegionalNeedDissolved("Fel."));
		assertThat(events(RegionalNeedDecider.dissolve(dissolved, FREE, "Fel."))).isEmpty();
		assertThat(dissolved.claims(new NeedId("need-1"))).isFalse();
	}

	@Test
	void undoneBySkrUntilRankingHasOpened() {
		assertThat(events(RegionalNeedDecider.undo(DELIVERED, LISTED, "Fel.")))
			.containsExactly(new RegionalNeedDissolved("Fel."));
		assertThat(refusal(RegionalNeedDecider.undo(FORMED, LISTED, "Fel."))).isEqualTo("ej-levererat");
		Surroundings ranked = new Surroundings(LISTED.cycle(), true, true, true);
		assertThat(refusal(RegionalNeedDecider.undo(DELIVERED, ranked, "Fel."))).isEqualTo("prioritering-oppnad");
		Surroundings compiled = new Surroundings(LISTED.cycle(), true, false, true);
		assertThat(refusal(RegionalNeedDecider.undo(DELIVERED, compiled, "Fel."))).isEqualTo("sammanstallt");
	}

	@Test
	void undoingIsAskedForAfterDeliveryOnly() {
		assertThat(events(RegionalNeedDecider.requestUndoing(DELIVERED, LISTED, "Fel.")))
			.containsExactly(new UndoingRequested("Fel."));
		assertThat(refusal(RegionalNeedDecider.requestUndoing(FORMED, FREE, "Fel."))).isEqualTo("ej-levererat");
	}

	@Test
	void theDeliveredVersionStands() {
		RegionalNeed changed = RegionalNeed.evolve(FORMED,
				new RegionalNeedChanged(2, aWording("Nytt?"), List.of(member("need-2", 1, STOCKHOLM))));
		RegionalNeed delivered = RegionalNeed.evolve(changed, new RegionalNeedDelivered(1, 1));

		assertThat(delivered.standing().wording()).isEqualTo(aWording("Vad hjälper?"));
		assertThat(delivered.behind()).containsExactly(STOCKHOLM, SOLNA);
	}

	@Test
	void theMarkIsMadeOnceAndNeverOnWhatIsDissolved() {
		assertThat(events(RegionalNeedDecider.deliver(FORMED, 1, 1))).containsExactly(new RegionalNeedDelivered(1, 1));
		assertThat(events(RegionalNeedDecider.deliver(DELIVERED, 1, 1))).isEmpty();
		assertThat(events(
				RegionalNeedDecider.deliver(RegionalNeed.evolve(DELIVERED, new RegionalNeedDissolved("Fel.")), 1, 1)))
			.isEmpty();
	}

	@Test
	void aRedactionBlanksEveryText() {
		RegionalNeed redacted = FORMED;
		for (OfRegionalNeed event : List.of(new UndoingRequested("Text."), new RegionalNeedDissolved("Text."),
				new RegionalNeedRedacted("Namn."))) {
			redacted = RegionalNeed.evolve(redacted, event);
		}

		assertThat(redacted.current().wording()).isEqualTo(aWording("Vad hjälper?").redacted());
		assertThat(redacted.undoing()).isEqualTo(Wording.REDACTED);
		assertThat(redacted.dissolved()).isEqualTo(Wording.REDACTED);
	}

}
