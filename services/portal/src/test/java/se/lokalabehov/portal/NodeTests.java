package se.lokalabehov.portal;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.Member;
import se.lokalabehov.contracts.NeedEvent;
import se.lokalabehov.contracts.NeedEvent.NeedMerged;
import se.lokalabehov.contracts.NeedEvent.NeedRedacted;
import se.lokalabehov.contracts.NeedEvent.NeedRevised;
import se.lokalabehov.contracts.NeedEvent.NeedSplit;
import se.lokalabehov.contracts.NeedEvent.NeedSubmitted;
import se.lokalabehov.contracts.NeedEvent.NeedTakenUp;
import se.lokalabehov.contracts.NeedEvent.NeedWaitlisted;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedChanged;
import se.lokalabehov.contracts.NeedEvent.RegionalNeedFormed;
import se.lokalabehov.contracts.NeedId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RegionalNeedId;
import se.lokalabehov.contracts.Topics;
import se.lokalabehov.eventing.Envelope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node of the trace knows of its events.
 */
class NodeTests {

	private static final OrganisationId RSS = new OrganisationId("RSS-01");

	private static final RegionalNeedId REGIONAL = new RegionalNeedId("regional-1");

	private static final NeedSubmitted SUBMITTED = new NeedSubmitted(new CycleId("cycle-1"), "SBB",
			List.of(new OrganisationId("0180")), RSS, Story.wording("Unga och cannabis"), "Socialförvaltningen", false,
			null, null, false);

	@Test
	void aNeedKnowsWhoseItIsAndWhatItIsPartOf() {
		Node need = node("need-1", SUBMITTED, new NeedMerged(REGIONAL));

		assertThat(need.kind()).isEqualTo(Kind.NEED);
		assertThat(need.municipalities()).containsExactly("0180");
		assertThat(need.cycle()).isEqualTo("cycle-1");
		assertThat(need.rss()).isEqualTo("RSS-01");
		assertThat(need.links()).containsExactly("regional-1");
		assertThat(node("need-1", SUBMITTED, new NeedMerged(REGIONAL), new NeedSplit(REGIONAL, "Fel")).links())
			.isEmpty();
	}

	@Test
	void theLastWordsAndMunicipalitiesHold() {
		Node need = node("need-1", SUBMITTED,
				new NeedRevised(2, Story.wording("Nya ord"), List.of(new OrganisationId("0114"))));

		assertThat(need.title()).isEqualTo("Nya ord");
		assertThat(need.municipalities()).containsExactly("0114");
	}

	@Test
	void aNeedWaitsUntilItIsTakenUpByWhoAsksThen() {
		Node waiting = node("need-1", SUBMITTED, new NeedWaitlisted("BOU", "Senare"));
		Node takenUp = node("need-1", SUBMITTED, new NeedWaitlisted("BOU", "Senare"),
				new NeedTakenUp(new CycleId("cycle-2"), new OrganisationId("RSS-03")));

		assertThat(waiting.waiting()).isTrue();
		assertThat(takenUp.waiting()).isFalse();
		assertThat(takenUp.cycle()).isEqualTo("cycle-2");
		assertThat(takenUp.rss()).isEqualTo("RSS-03");
	}

	@Test
	void theMembersOfARegionalNeedAreTheLastOnes() {
		Node regional = node("regional-1",
				new RegionalNeedFormed(new CycleId("cycle-1"), RSS, Story.wording("Ett"),
						List.of(member("need-1", "0180"), member("need-2", "0114"))),
				new RegionalNeedChanged(2, Story.wording("Två"), List.of(member("need-2", "0114"))));

		assertThat(regional.kind()).isEqualTo(Kind.REGIONAL_NEED);
		assertThat(regional.links()).containsExactly("need-2");
		assertThat(regional.municipalities()).containsExactly("0114");
	}

	@Test
	void aRedactionBlanksEveryTextBeforeItAndStands() {
		Node need = node("need-1", SUBMITTED, new NeedRevised(2, Story.wording("Nya ord"), List.of()),
				new NeedRedacted("Ett namn"));

		assertThat(need.toString()).doesNotContain("cannabis", "Nya ord", "Socialförvaltningen").contains("Ett namn");
		assertThat(need.title()).isEqualTo("[borttaget]");
		assertThat(need.entries()).hasSize(3);
	}

	private static Member member(String need, String municipality) {
		return new Member(new NeedId(need), 1, List.of(new OrganisationId(municipality)));
	}

	private static Node node(String id, NeedEvent first, NeedEvent... more) {
		Node node = after(null, id, 1, first);
		for (int i = 0; i < more.length; i++) {
			node = after(node, id, i + 2, more[i]);
		}
		return node;
	}

	private static Node after(@Nullable Node before, String id, long sequence, NeedEvent event) {
		return Node.after(before, new Envelope<>(Topics.NEED, id, sequence, WireNames.of(event.getClass()),
				Instant.parse("2026-11-21T10:00:00Z").plusSeconds(sequence), RSS, "RSS_COORDINATOR", null, event));
	}

}
