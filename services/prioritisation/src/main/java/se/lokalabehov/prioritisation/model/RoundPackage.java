package se.lokalabehov.prioritisation.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import se.lokalabehov.contracts.RankingEvent.Item;
import se.lokalabehov.contracts.RankingEvent.Place;
import se.lokalabehov.contracts.RoundId;

/**
 * What is published when a round closes: enough for anyone to recompute the ranking
 * (domain rule 5), and nothing of who voted how or when. Made anew from the frozen
 * ballots it is always the same.
 *
 * @param round which round
 * @param terms its terms
 * @param profile items and anonymised ballots
 * @param ranking best first
 */
public record RoundPackage(RoundId round, Round.Terms terms, Profile profile, List<Place> ranking) {

	/**
	 * Counts.
	 * @param ballots one per seat that voted, in any order
	 */
	public static RoundPackage of(RoundId round, Round.Terms terms, Collection<Ballot> ballots) {
		Method method = Method.named(terms.method())
			.orElseThrow(() -> new IllegalStateException("unknown method " + terms.method()));
		Profile profile = Profile.of(terms.itemIds(), ballots, terms.unranked());
		return new RoundPackage(round, terms, profile, method.rank(profile));
	}

	/** Whether fewer have voted than the quorum asks (domain rule 14). */
	public boolean provisional() {
		return this.profile.cast() < this.terms.quorum();
	}

	/** The items, numbered from 1 by their place in this list. */
	public List<Item> items() {
		return this.terms.items().stream().sorted(Comparator.comparing(Item::id)).toList();
	}

	/**
	 * What the hash is taken over: lines of UTF-8 text, each ended by one line feed,
	 * words parted by one space. It holds no text that anyone wrote, so it survives a
	 * redaction. <pre>
	 * lokala-behov-package 1
	 * round ROUND
	 * level REGIONAL|NATIONAL
	 * method METHOD
	 * unranked LAST|NO_OPINION     what it meant when the ballots were cast
	 * seats SEATS
	 * quorum QUORUM
	 * ballots CAST
	 * item NUMBER ID VERSION       by ID, numbered from 1
	 * ballot COUNT ORDER           by ORDER, for example 3&gt;1=2, or - for a blank one;
	 *                              an item that is left out is one without opinion
	 * place RANK NUMBER SCORE      best first, equal ones by NUMBER
	 * </pre>
	 */
	public String canonicalForm() {
		StringBuilder text = new StringBuilder();
		line(text, "lokala-behov-package", 1);
		line(text, "round", this.round);
		line(text, "level", this.terms.level());
		line(text, "method", this.terms.method());
		line(text, "unranked", this.terms.unranked());
		line(text, "seats", this.terms.panel().size());
		line(text, "quorum", this.terms.quorum());
		line(text, "ballots", this.profile.cast());
		List<Item> items = items();
		for (int i = 0; i < items.size(); i++) {
			line(text, "item", i + 1, items.get(i).id(), items.get(i).version());
		}
		this.profile.votes().forEach((vote) -> line(text, "ballot", vote.count(), vote.written()));
		this.ranking.forEach((place) -> line(text, "place", place.rank(), number(place.item()), place.score()));
		return text.toString();
	}

	/** SHA-256, hex, over {@link #canonicalForm()} in UTF-8. */
	public String sha256() {
		try {
			byte[] form = canonicalForm().getBytes(StandardCharsets.UTF_8);
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(form));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The number that an item has in this package, from 1. */
	public int number(String item) {
		return this.profile.items().indexOf(item) + 1;
	}

	/** The item's title, as it stands now. */
	public Optional<String> title(String item) {
		return this.terms.items().stream().filter((one) -> one.id().equals(item)).map(Item::title).findFirst();
	}

	private static void line(StringBuilder text, Object... words) {
		for (int i = 0; i < words.length; i++) {
			text.append((i > 0) ? " " : "").append(words[i]);
		}
		text.append('\n');
	}

}
