package se.lokalabehov.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import se.lokalabehov.search.Suggestion.Match;

/**
 * Candidate clusters among texts: needs that may be merged, question notes that may be
 * one question. Two texts are neighbours when each is among the most alike to the other
 * and they are alike enough; neighbours of neighbours are one cluster (single link over
 * mutual neighbours). The same texts give the same clusters in whatever order they come.
 */
public final class Clusters {

	/** Chosen on half of the example cycle's national needs. */
	static final double LEAST_SCORE = 0.65;

	private static final int NEIGHBOURS = 4;

	private Clusters() {
	}

	/**
	 * A text that may have its like.
	 *
	 * @param id unique
	 * @param title a title, may be empty
	 * @param text the rest
	 */
	public record Text(String id, String title, String text) {
	}

	/**
	 * Texts that may mean the same.
	 *
	 * @param ids of at least two texts, in order
	 * @param central the id of the one that is most like the others; its title is what
	 * the cluster may be called
	 * @param title of the most central, or its text when it has no title
	 * @param why what the most central has in common with the others, what weighs most
	 * first
	 */
	public record Cluster(List<String> ids, String central, String title, List<Match> why) {
	}

	/**
	 * Finds clusters.
	 * @param texts up to some thousands; time grows in proportion to their number
	 * @return the clusters, the largest first; texts without their like are in none
	 */
	public static List<Cluster> of(Collection<Text> texts) {
		return of(texts, LEAST_SCORE);
	}

	static List<Cluster> of(Collection<Text> texts, double least) {
		TreeMap<String, Text> byId = new TreeMap<>();
		texts.forEach((text) -> byId.put(text.id(), text));
		try (SearchIndex index = SearchIndex.inMemory()) {
			byId.values()
				.forEach((text) -> index
					.put(Item.of(Kind.NOTE, text.id(), titleOf(text), text.title().isBlank() ? "" : text.text())));
			index.refresh();
			return linked(byId, neighbours(index, byId, least));
		}
	}

	private static String titleOf(Text text) {
		return text.title().isBlank() ? text.text() : text.title();
	}

	private static Map<String, Map<String, Suggestion>> neighbours(SearchIndex index, Map<String, Text> texts,
			double least) {
		Map<String, Map<String, Suggestion>> neighbours = new LinkedHashMap<>();
		for (Text text : texts.values()) {
			Map<String, Suggestion> of = new LinkedHashMap<>();
			index
				.alike(new SuggestionRequest(text.title() + "\n" + text.text(), SearchIndex.everyKind(),
						Visibility.EVERYTHING, NEIGHBOURS, Set.of(text.id())), least / 2, true)
				.forEach((one) -> of.put(one.id(), one));
			neighbours.put(text.id(), of);
		}
		Map<String, Map<String, Suggestion>> mutual = new LinkedHashMap<>();
		neighbours.forEach((id, of) -> {
			Map<String, Suggestion> both = new LinkedHashMap<>();
			of.forEach((other, there) -> {
				Suggestion back = neighbours.getOrDefault(other, Map.of()).get(id);
				if (back != null && (there.score() + back.score()) / 2 >= least) {
					both.put(other, there);
				}
			});
			mutual.put(id, both);
		});
		return mutual;
	}

	private static List<Cluster> linked(Map<String, Text> texts, Map<String, Map<String, Suggestion>> neighbours) {
		List<Cluster> clusters = new ArrayList<>();
		Set<String> seen = new LinkedHashSet<>();
		for (String first : texts.keySet()) {
			List<String> members = new ArrayList<>(List.of(first));
			for (int at = 0; at < members.size() && seen.add(members.get(at)); at++) {
				for (String other : neighbours.getOrDefault(members.get(at), Map.of()).keySet()) {
					if (!members.contains(other)) {
						members.add(other);
					}
				}
			}
			if (members.size() > 1 && !clusters.stream().anyMatch((cluster) -> cluster.ids().contains(first))) {
				members.sort(Comparator.naturalOrder());
				clusters.add(cluster(members, texts, neighbours));
			}
		}
		clusters.sort(Comparator.comparingInt((Cluster cluster) -> -cluster.ids().size())
			.thenComparing((cluster) -> cluster.ids().getFirst()));
		return clusters;
	}

	private static Cluster cluster(List<String> members, Map<String, Text> texts,
			Map<String, Map<String, Suggestion>> neighbours) {
		Map<String, Double> centrality = new HashMap<>();
		for (String member : members) {
			neighbours.getOrDefault(member, Map.of()).forEach((other, alike) -> {
				centrality.merge(member, alike.score(), Double::sum);
				centrality.merge(other, alike.score(), Double::sum);
			});
		}
		String central = members.stream()
			.min(Comparator.comparingDouble((String member) -> -centrality.getOrDefault(member, 0.0))
				.thenComparing(Comparator.naturalOrder()))
			.orElseThrow();
		List<Match> why = neighbours.getOrDefault(central, Map.of())
			.values()
			.stream()
			.flatMap((one) -> one.why().stream())
			.distinct()
			.limit(6)
			.toList();
		Text text = texts.get(central);
		return new Cluster(List.copyOf(members), central, (text != null) ? titleOf(text) : central, why);
	}

}
