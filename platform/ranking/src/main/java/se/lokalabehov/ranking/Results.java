package se.lokalabehov.ranking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** Figures as trees for {@link Json}. Items are told by their names. */
final class Results {

	private final List<String> items;

	Results(List<String> items) {
		this.items = items;
	}

	Map<String, @Nullable Object> of(Analysis analysis) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		tree.put("ranking", ranking(analysis.ranking(), analysis.parameters().balanced()));
		tree.put("beside", analysis.beside().stream().map((one) -> ranking(one.ranking(), one.balanced())).toList());
		tree.put("pairwise", pairwise(analysis.votes()));
		tree.put("agreement", agreement(analysis.agreement()));
		Map<String, Object> groups = new LinkedHashMap<>();
		analysis.groups().forEach((group, agreement) -> groups.put(group, agreement(agreement)));
		tree.put("groups", groups);
		tree.put("differences", analysis.differences().stream().map(this::difference).toList());
		tree.put("bootstrap",
				Map.of("resamples", analysis.bootstrap().resamples(), "inTop", byItem(analysis.bootstrap().inTop())));
		tree.put("alteration", (analysis.alteration() != null) ? alteration(analysis.alteration()) : null);
		return tree;
	}

	Map<String, @Nullable Object> ranking(Ranking ranking, boolean balanced) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		tree.put("method", ranking.method().label());
		tree.put("balanced", balanced);
		tree.put("order", ranking.order().stream().map(this::names).toList());
		tree.put("scores", ranking.scores().isEmpty() ? null : byItem(ranking.scores()));
		tree.put("proof", (ranking.proof() != null) ? proof(ranking.proof()) : null);
		return tree;
	}

	static Map<String, Object> proof(Ranking.Proof proof) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("agreement", proof.agreement());
		tree.put("agreementBound", proof.agreementBound());
		tree.put("distance", proof.distance());
		tree.put("distanceBound", proof.bound());
		tree.put("gap", proof.gap());
		tree.put("exact", proof.exact());
		tree.put("complete", proof.complete());
		return tree;
	}

	Map<String, Object> pairwise(Pairwise votes) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("unit", votes.unit());
		tree.put("total", votes.total());
		tree.put("exact", votes.exact());
		tree.put("before", Stream.of(votes.matrix()).map((row) -> LongStream.of(row).boxed().toList()).toList());
		return tree;
	}

	private Map<String, @Nullable Object> agreement(Agreement agreement) {
		Map<String, @Nullable Object> tree = new LinkedHashMap<>();
		tree.put("ballots", agreement.ballots());
		tree.put("w", agreement.w());
		tree.put("p", agreement.p());
		tree.put("meanRanks", byItem(agreement.meanRanks()));
		return tree;
	}

	private Map<String, Object> difference(Difference one) {
		return Map.of("item", this.items.get(one.item()), "highest", one.highest(), "highestMean", one.highestMean(),
				"lowest", one.lowest(), "lowestMean", one.lowestMean(), "spread", one.spread());
	}

	private Map<String, Object> alteration(Alteration alteration) {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("ballots", alteration.ballots());
		tree.put("bound", alteration.bound());
		tree.put("minimum", alteration.minimum());
		tree.put("before", names(alteration.before()));
		tree.put("after", names(alteration.after()));
		List<Object> changes = new ArrayList<>();
		for (Alteration.Change change : alteration.changes()) {
			Map<String, @Nullable Object> one = new LinkedHashMap<>();
			one.put("group", change.group());
			one.put("count", change.count());
			one.put("from", new Ballot(change.from(), change.count(), change.group()).written());
			one.put("to", new Ballot(change.to(), change.count(), change.group()).written());
			changes.add(one);
		}
		tree.put("changes", changes);
		return tree;
	}

	private List<String> names(List<Integer> group) {
		return group.stream().map(this.items::get).sorted().toList();
	}

	private Map<String, Object> byItem(List<?> values) {
		Map<String, Object> tree = new LinkedHashMap<>();
		for (int item = 0; item < values.size(); item++) {
			tree.put(this.items.get(item), values.get(item));
		}
		return tree;
	}

}
