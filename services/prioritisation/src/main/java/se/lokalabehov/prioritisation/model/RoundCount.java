package se.lokalabehov.prioritisation.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import se.lokalabehov.contracts.RankingEvent;
import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Place;
import se.lokalabehov.contracts.RankingEvent.Seat;
import se.lokalabehov.contracts.RoundId;
import se.lokalabehov.ranking.Analysis;
import se.lokalabehov.ranking.Method;
import se.lokalabehov.ranking.Parameters;
import se.lokalabehov.ranking.Profile;
import se.lokalabehov.ranking.Ranking;
import se.lokalabehov.ranking.RankingPackage;
import se.lokalabehov.ranking.Unranked;

/**
 * The count of a round whose ballots are frozen (domain rule 5). Made anew from the same
 * ballots it is always the same.
 *
 * @param round which round
 * @param terms its terms
 * @param profile items by identifier, and the ballots without seats
 * @param parameters how they are counted
 * @param ranking the result
 */
public record RoundCount(RoundId round, Round.Terms terms, Profile profile, Parameters parameters, Ranking ranking) {

	/** With more items than this the robustness is told from fewer recounts. */
	private static final int MANY_ITEMS = 100;

	/**
	 * Counts.
	 * @param ballots by seat, without fault
	 */
	public static RoundCount of(RoundId round, Round.Terms terms, Map<String, Ballot> ballots) {
		List<String> items = terms.itemIds().stream().sorted().toList();
		Unranked unranked = unranked(terms.unranked());
		List<se.lokalabehov.ranking.Ballot> taken = new ArrayList<>();
		for (Seat seat : terms.panel()) {
			Ballot ballot = ballots.get(seat.seat());
			if (ballot != null) {
				taken.add(se.lokalabehov.ranking.Ballot.of(ballot.ranking(), ballot.conflicts(), items, unranked,
						seat.group()));
			}
		}
		Profile profile = Profile.of(items, taken);
		Method method = Method.named(terms.method())
			.orElseThrow(() -> new IllegalStateException("unknown method " + terms.method()));
		RankingEvent.Procedure run = terms.procedure();
		Parameters parameters = new Parameters(method, run.balanced(), unranked, run.shortlist(), seed(round),
				(items.size() > MANY_ITEMS) ? 100 : 1000);
		return new RoundCount(round, terms, profile, parameters, method.rank(profile, run.balanced()));
	}

	/** What an unlisted item means, as the counting knows it. */
	public static Unranked unranked(RankingEvent.Unranked unranked) {
		return switch (unranked) {
			case LAST -> Unranked.LAST;
			case NO_OPINION -> Unranked.NO_OPINION;
		};
	}

	/** The same, with another number of recounts to tell the robustness from. */
	public RoundCount with(int resamples) {
		return new RoundCount(this.round, this.terms, this.profile,
				new Parameters(this.parameters.method(), this.parameters.balanced(), this.parameters.unranked(),
						this.parameters.topK(), this.parameters.seed(), resamples),
				this.ranking);
	}

	/** How many ballots were cast. */
	public int cast() {
		return Math.toIntExact(this.profile.cast());
	}

	/** Whether fewer have voted than the quorum asks (domain rule 14). */
	public boolean provisional() {
		return cast() < this.terms.quorum();
	}

	/** Every item once, best first; tied ones share a rank and stand by identifier. */
	public List<Place> places() {
		int[] ranks = this.ranking.ranks();
		List<Place> places = new ArrayList<>();
		for (List<Integer> tied : this.ranking.order()) {
			for (int item : tied) {
				places.add(new Place(ranks[item], this.profile.items().get(item),
						this.ranking.scores().isEmpty() ? "" : this.ranking.scores().get(item)));
			}
		}
		return places;
	}

	/** SHA-256, hex, over the canonical form of the package; no written text is in it. */
	public String sha256() {
		return RankingPackage.sha256(facts(), items((id) -> ""), this.profile, this.parameters);
	}

	/**
	 * Everything that is published. Takes its time: seconds for many items.
	 * @param titles the items' titles, by identifier, as they stand now
	 */
	public RankingPackage published(UnaryOperator<String> titles) {
		return RankingPackage.of(facts(), items(titles), Analysis.of(this.profile, this.parameters));
	}

	private Map<String, String> facts() {
		RankingEvent.Procedure run = this.terms.procedure();
		Map<String, String> facts = new TreeMap<>();
		facts.put("id", this.round.value());
		facts.put("title", this.terms.title());
		facts.put("level", this.terms.level().name());
		facts.put("cycle", this.terms.cycle().value());
		facts.put("owner", this.terms.owner().value());
		facts.put("seats", Integer.toString(this.terms.panel().size()));
		facts.put("quorum", Integer.toString(this.terms.quorum()));
		facts.put("provisional", Boolean.toString(provisional()));
		facts.put("step", run.step().name());
		if (run.interim() != null) {
			facts.put("interim", run.interim().value());
		}
		if (this.terms.corrects() != null) {
			facts.put("corrects", this.terms.corrects().value());
		}
		if (!run.criteria().isEmpty()) {
			facts.put("criteria",
					run.criteria()
						.stream()
						.map((one) -> one.criterion() + " " + one.weight())
						.collect(Collectors.joining(", ")));
		}
		return facts;
	}

	private List<RankingPackage.Item> items(UnaryOperator<String> titles) {
		return this.terms.items()
			.stream()
			.sorted(Comparator.comparing(Item::id))
			.map((item) -> new RankingPackage.Item(item.id(), item.version(), titles.apply(item.id())))
			.toList();
	}

	/**
	 * Known to everyone from the opening: the first eight bytes of its name's SHA-256.
	 */
	private static long seed(RoundId round) {
		try {
			return ByteBuffer
				.wrap(MessageDigest.getInstance("SHA-256").digest(round.value().getBytes(StandardCharsets.UTF_8)))
				.getLong();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Says nothing of the ballots. */
	@Override
	public String toString() {
		return "RoundCount[" + this.round + "]";
	}

}
