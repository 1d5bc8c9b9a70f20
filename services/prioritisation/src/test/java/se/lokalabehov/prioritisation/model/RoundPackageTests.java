package se.lokalabehov.prioritisation.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import se.lokalabehov.contracts.CycleId;
import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Level;
import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.contracts.RankingEvent.Unranked;
import se.lokalabehov.contracts.RoundId;

import static org.assertj.core.api.Assertions.assertThat;

class RoundPackageTests {

	private static final RoundId ROUND = new RoundId("round-1");

	@Test
	void theCanonicalFormIsWrittenAsDocumented() {
		RoundPackage published = RoundPackage.of(ROUND, terms(Unranked.LAST),
				List.of(new Ballot(List.of(List.of("national-b"), List.of("national-a")), List.of()),
						new Ballot(List.of(List.of("national-b"), List.of("national-a")), List.of()),
						new Ballot(List.of(List.of("national-c", "national-a")), List.of("national-b")),
						new Ballot(List.of(), List.of())));
		assertThat(published.canonicalForm()).isEqualTo("""
				lokala-behov-package 1
				round round-1
				level NATIONAL
				method borda
				unranked LAST
				seats 5
				quorum 3
				ballots 4
				item 1 national-a 2
				item 2 national-b 1
				item 3 national-c 7
				ballot 1 1=2=3
				ballot 1 1=3
				ballot 2 2>1>3
				place 1 2 10
				place 2 1 8
				place 3 3 6
				""");
	}

	@Test
	void theHashIsThatOfTheCanonicalForm() {
		// Computed elsewhere, over the form of a round without ballots.
		RoundPackage published = RoundPackage.of(ROUND, terms(Unranked.NO_OPINION), List.of());
		assertThat(published.sha256()).isEqualTo("90592270aa9658a6e4e173fb0a324bfec778b4268bd3e85ce6244f6b8affd42a");
	}

	@Test
	void theOrderOfCastingLeavesNoTrace() {
		Random random = new Random(5);
		List<String> items = terms(Unranked.LAST).itemIds();
		for (int round = 0; round < 100; round++) {
			List<Ballot> ballots = new ArrayList<>(BordaTests.anyBallots(random, items));
			String before = RoundPackage.of(ROUND, terms(Unranked.LAST), ballots).sha256();
			Collections.shuffle(ballots, random);
			assertThat(RoundPackage.of(ROUND, terms(Unranked.LAST), ballots).sha256()).isEqualTo(before);
		}
	}

	@Test
	void oneChangedBallotChangesTheHash() {
		List<Ballot> ballots = List.of(new Ballot(List.of(List.of("national-a")), List.of()));
		List<Ballot> other = List.of(new Ballot(List.of(List.of("national-b")), List.of()));
		assertThat(RoundPackage.of(ROUND, terms(Unranked.LAST), ballots).sha256())
			.isNotEqualTo(RoundPackage.of(ROUND, terms(Unranked.LAST), other).sha256());
	}

	@Test
	void aRedactionOfTheTextsKeepsTheHash() {
		Round.Terms terms = terms(Unranked.LAST);
		List<Ballot> ballots = List.of(new Ballot(List.of(List.of("national-a")), List.of()));
		assertThat(RoundPackage.of(ROUND, terms.redacted(), ballots).sha256())
			.isEqualTo(RoundPackage.of(ROUND, terms, ballots).sha256());
	}

	@Test
	void whatIsPublishedSufficesToRecount() {
		Random random = new Random(9);
		for (int round = 0; round < 100; round++) {
			for (Unranked unranked : Unranked.values()) {
				Round.Terms terms = terms(unranked);
				RoundPackage published = RoundPackage.of(ROUND, terms, BordaTests.anyBallots(random, terms.itemIds()));
				List<Ballot> anonymous = published.profile()
					.votes()
					.stream()
					.flatMap((vote) -> Collections.nCopies(vote.count(), ballot(published.profile(), vote)).stream())
					.toList();
				assertThat(Method.named("borda")
					.orElseThrow()
					.rank(Profile.of(terms.itemIds(), anonymous, Unranked.NO_OPINION))).isEqualTo(published.ranking());
			}
		}
	}

	@Test
	void underQuorumItIsProvisional() {
		Ballot ballot = new Ballot(List.of(), List.of());
		assertThat(RoundPackage.of(ROUND, terms(Unranked.LAST), List.of(ballot, ballot)).provisional()).isTrue();
		assertThat(RoundPackage.of(ROUND, terms(Unranked.LAST), List.of(ballot, ballot, ballot)).provisional())
			.isFalse();
	}

	private static Ballot ballot(Profile profile, Profile.Vote vote) {
		return new Ballot(
				vote.groups().stream().map((group) -> group.stream().map(profile.items()::get).toList()).toList(),
				List.of());
	}

	private static Round.Terms terms(Unranked unranked) {
		List<Item> items = List.of(new Item("national-c", 7, "C"), new Item("national-a", 2, "A"),
				new Item("national-b", 1, "B"));
		List<Seat> panel = List.of("0114", "0115", "0117", "0120", "0123")
			.stream()
			.map((code) -> new Seat(code, new OrganisationId(code), "Socialchef", null, null))
			.toList();
		return new Round.Terms(Level.NATIONAL, new CycleId("cycle-1"), new OrganisationId("SKR"), "Rundan", items,
				panel, 3, "borda", unranked, null);
	}

}
